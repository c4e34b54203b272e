//! What banks and other programs have in common: exercises in the few interactions that every system knows, inline text in
//! its notations, zip archives, XML and CSV. `export` writes from here, `import` reads to here.

mod answer;
pub mod archive;
pub mod inline;
mod model;
mod notes;
mod of_item;
mod of_sheet;
mod simpler;
pub mod table;
mod tags;
pub mod xml;

pub use answer::Answer;
pub use model::*;
pub use of_item::Wording;
pub use of_sheet::{from_bank, from_sheets};
pub use simpler::{Split, choices, entries};
