//! Document → pages of placed glyphs and rules, with the reading structure.

use std::fmt;

use crate::doc::{Block, Document};
use crate::text::Inline;

pub mod face;
pub mod page;
pub mod tree;

mod figure;
mod furniture;
mod galley;
mod grid;
mod inline;
mod linebreak;
mod lists;
mod look;
mod masthead;
mod paginate;
mod paragraph;
mod passage;
mod setter;
mod shape;
mod table;

pub use face::{FaceId, Faces};
pub use page::{Entry, Glyph, Ink, Mark, Page, Pages, Run};
pub use tree::{Node, NodeId, NodeRole, Numbering, Tree};

use furniture::Furniture;
use galley::{Galley, Slab};
use look::{EDGE, Fill, Look};
use paginate::{Column, Regions, balance, paginate};
use paragraph::Paragraphs;
use setter::{Setter, Slot};
use shape::Shaper;

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
                write!(f, "no built-in face has the character “{character}” (U+{code:04X}), in “{near}”")
            }
            LayoutError::TooHigh { near, by } => {
                write!(
                    f,
                    "“{near}” is {by} pt higher than a page and cannot be parted; shorten it or choose another print"
                )
            }
            LayoutError::Font(name) => write!(f, "the built-in font {name} cannot be read"),
        }
    }
}

impl std::error::Error for LayoutError {}

/// Lays a document out on pages. The result depends on the document alone.
///
/// # Errors
/// A character that no face has, or matter that no page can hold.
pub fn lay_out(document: &Document, faces: &Faces) -> Result<Pages, LayoutError> {
    let look = Look::new(&document.style, document.running.stamp.is_some());
    let language = document.language.as_bytes();
    let hyphens = match language.get(..2) {
        Some(&[a, b]) if look.hyphenate => hypher::Lang::from_iso([a, b]),
        _ => None,
    };
    let mut text = Paragraphs {
        shaper: Shaper::new(faces),
        tree: Tree::new(),
        hyphens,
        figures: look.figures.0,
        words: &document.words,
    };
    let furniture = Furniture::new(&document.running, &look, &mut text)?;
    let (first_top, top) = furniture.tops();
    let bottom = furniture.bottom();
    let column = Slot { x: 0.0, width: look.column(), node: Tree::ROOT };
    let wide = Slot { width: look.width(), ..column };
    let mut setter = Setter::new(text, look, document.style, bottom - top);

    let (heads, blocks) = leading_mastheads(&document.blocks);
    setter.blocks(heads, wide)?;
    let head = std::mem::take(&mut setter.galley);
    let space = setter.look.body.leading * 1.1;
    setter.blocks(blocks, column)?;
    let body = std::mem::take(&mut setter.galley);

    let head_height = head.height(0) + if heads.is_empty() { 0.0 } else { space };
    fits(head.slabs.iter().chain(&body.slabs), bottom - top)?;
    let regions = Regions { heights: (bottom - first_top - head_height, bottom - top), columns: setter.look.columns };
    let mut columns = paginate(&body.slabs, regions);
    for page in columns.chunks_mut(regions.columns) {
        balance(&body.slabs, page);
    }
    let placer = Placer { look: &setter.look, tops: (first_top + head_height, top) };
    let (mut pages, outline) = placer.pages(head, first_top, &body.slabs, &columns);
    if document.style.duplex && pages.len() % 2 == 1 {
        pages.push(blank_page(&mut setter)?);
    }
    let count = pages.len();
    for (at, page) in pages.iter_mut().enumerate() {
        let mut marks = furniture.head(&mut setter.text, at + 1)?;
        marks.append(&mut page.marks);
        marks.extend(furniture.foot(&mut setter.text, at + 1, count)?);
        page.marks = marks;
    }
    let size = setter.look.page;
    Ok(Pages {
        title: document.title.clone(),
        language: document.language.clone(),
        size,
        live: [EDGE, EDGE, size.0 - EDGE, size.1 - EDGE],
        tree: setter.text.tree,
        pages,
        outline,
    })
}

/// Nothing may run over the foot of its page unsaid.
fn fits<'a>(slabs: impl Iterator<Item = &'a Slab>, room: f32) -> Result<(), LayoutError> {
    for slab in slabs {
        let over = slab.height + slab.repeat.as_ref().map_or(0.0, |head| head.height) - room;
        if over > 0.01 {
            let words = slab.marks.iter().find_map(|mark| match &mark.ink {
                Ink::Text(run) if mark.node.is_some() => Some(run.text.chars().take(60).collect()),
                _ => None,
            });
            return Err(LayoutError::TooHigh { near: words.unwrap_or_default(), by: over.ceil() as u32 });
        }
    }
    Ok(())
}

/// The masthead runs over all columns; what follows it flows in them.
fn leading_mastheads(blocks: &[Block]) -> (&[Block], &[Block]) {
    let heads = blocks.iter().take_while(|block| matches!(block, Block::Masthead(_))).count();
    blocks.split_at(heads)
}

/// Puts slabs on pages.
struct Placer<'a> {
    look: &'a Look,
    /// Top of the columns on the first page and on others, pt.
    tops: (f32, f32),
}

impl Placer<'_> {
    fn pages(&self, head: Galley, top: f32, body: &[Slab], columns: &[Column]) -> (Vec<Page>, Vec<Entry>) {
        let mut pages = vec![Page::default()];
        let mut outline = Vec::new();
        for (y, slab) in head.stacked() {
            self.place(&mut pages, &mut outline, (self.look.side, top + y), &slab);
        }
        for (at, column) in columns.iter().enumerate() {
            let (page, column_of_page) = (at / self.look.columns, at % self.look.columns);
            if page >= pages.len() {
                pages.push(Page::default());
            }
            let x = self.look.side + column_of_page as f32 * (self.look.column() + self.look.gutter);
            let mut y = if page == 0 { self.tops.0 } else { self.tops.1 };
            for (index, slab) in body.get(column.clone()).unwrap_or_default().iter().enumerate() {
                if index > 0 {
                    y += slab.gap;
                } else if let Some(repeat) = &slab.repeat {
                    self.place(&mut pages, &mut outline, (x, y), repeat);
                    y += repeat.height;
                }
                self.place(&mut pages, &mut outline, (x, y), slab);
                y += slab.height;
            }
        }
        (pages, outline)
    }

    fn place(&self, pages: &mut [Page], outline: &mut Vec<Entry>, (x, y): (f32, f32), slab: &Slab) {
        let number = pages.len() - 1;
        if let Some((level, text)) = &slab.entry {
            outline.push(Entry { level: *level, text: text.clone(), page: number, y });
        }
        if let Some(page) = pages.last_mut() {
            page.marks.extend(slab.marks.iter().cloned().map(|mark| mark.moved(x, y)));
        }
    }
}

/// The back of the last sheet, which says that nothing is missing from it.
fn blank_page(setter: &mut Setter<'_>) -> Result<Page, LayoutError> {
    let node = setter.node(Tree::ROOT, NodeRole::Paragraph);
    let kind = setter.look.note.fill(Fill::Centered);
    let words = [Inline::text(setter.text.words.empty_page.as_str())];
    let lines = setter.text.lines(&words, &kind, node, (setter.look.width(), 0.0))?;
    let (x, y) = (setter.look.side, setter.look.page.1 * 0.45);
    Ok(Page { marks: lines.into_iter().flat_map(|line| line.marks).map(|mark| mark.moved(x, y)).collect() })
}
