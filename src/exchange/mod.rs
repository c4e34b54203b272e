//! What banks and other programs have in common: exercises in the few interactions that every system knows, inline text in
//! its notations, zip archives, XML, CSV and workbooks. `export` writes from here, `import` reads to here.

mod answer;
pub mod archive;
pub mod inline;
mod model;
mod notes;
mod notesort;
mod of_item;
mod of_sheet;
mod pictures;
pub mod qti;
mod simpler;
pub mod table;
mod tags;
pub mod workbook;
pub mod xml;

pub use answer::{Answer, as_number, blanks, each_once};
pub use model::*;
pub use notesort::NoteSort;
pub use of_item::Wording;
pub use of_sheet::{from_bank, from_sheets};
pub use pictures::{picture_ending, picture_file};
pub use simpler::{Split, choices, entries, letter};
pub use tags::{in_a_tag, tagged_run};
