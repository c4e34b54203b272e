//! Document → pages of placed glyphs and rules, with the reading structure.

use std::fmt;

use crate::doc::{Document, Imposition, LineMap, Print, Style};

pub mod face;
pub mod impose;
pub mod page;
pub mod tree;

mod ahead;
mod answers;
mod apart;
mod blanks;
mod breaks;
mod columns;
mod fields;
mod figure;
mod frame;
mod furniture;
mod galley;
mod grid;
mod heading;
mod inline;
mod line;
mod linebreak;
mod lists;
mod look;
mod makeup;
mod masthead;
mod paginate;
mod paragraph;
mod passage;
mod references;
mod setter;
mod shape;
mod table;
mod terms;

pub use face::{FaceId, Faces, FontFile};
pub use page::{Entry, Field, Filling, Glyph, Ink, Known, Mark, Page, Pages, Part, Run, Setting, Spot};
pub use tree::{Node, NodeId, NodeRole, Numbering, Tree};

use makeup::{Cores, MakeUp};

/// Why a document cannot be laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LayoutError {
    /// No built-in face has this character.
    Missing {
        /// The character.
        character: char,
        /// The words around it.
        near: String,
    },
    /// Matter that no break can part and no page can hold.
    TooHigh {
        /// Its first words.
        near: String,
        /// By how much it is too high, pt.
        by: u32,
    },
    /// A built-in font file that cannot be read.
    Font(&'static str),
    /// A font file of the user's own that cannot serve.
    OwnFont {
        /// The file.
        file: String,
        /// Why.
        fault: String,
    },
}

impl LayoutError {
    fn missing(character: char, text: &str) -> Self {
        LayoutError::Missing { character, near: text.chars().take(60).collect() }
    }
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LayoutError::Missing { character, near } => {
                let code = u32::from(*character);
                write!(f, "no font has the character “{character}” (U+{code:04X}), in “{near}”")
            }
            LayoutError::TooHigh { near, by } => {
                write!(
                    f,
                    "“{near}” is {by} pt higher than a page and cannot be parted; shorten it or choose another print"
                )
            }
            LayoutError::Font(name) => write!(f, "the built-in font {name} cannot be read"),
            LayoutError::OwnFont { file, fault } => write!(f, "{file}: {fault}"),
        }
    }
}

impl std::error::Error for LayoutError {}

/// Lays a document out on pages: a booklet on its sheets, small pages that are cut one by one, as [`impose::cut_stack`] takes
/// them. The result depends on the document alone.
///
/// # Errors
/// A character that no face has, or matter that no page can hold.
pub fn lay_out(document: &Document, faces: &Faces) -> Result<Pages, LayoutError> {
    lay_out_by(document, faces, Cores::One)
}

/// The same by all cores that are free: for the first documents of a run, for which all others wait.
///
/// # Errors
/// The same.
pub fn lay_out_together(document: &Document, faces: &Faces) -> Result<Pages, LayoutError> {
    lay_out_by(document, faces, Cores::All)
}

fn lay_out_by(document: &Document, faces: &Faces, cores: Cores) -> Result<Pages, LayoutError> {
    let mut made_up = MakeUp::of(document, document.style, (faces, cores))?;
    if document.style.print != Print::Standard {
        let standard = Style { print: Print::Standard, ..document.style };
        let standard = MakeUp::of(document, standard, (faces, cores))?;
        made_up.mark_standard_pages(&standard.finish())?;
    }
    let pages = made_up.pages()?;
    Ok(if document.imposed() == Imposition::Booklet { impose::booklet(pages) } else { pages })
}

/// The numbered lines of a document's reading, for other documents that refer to them; `None` where lines have no numbers.
///
/// # Errors
/// A character that no face has.
pub fn line_map(document: &Document, faces: &Faces) -> Result<Option<LineMap>, LayoutError> {
    makeup::line_map(document, document.style, faces)
}
