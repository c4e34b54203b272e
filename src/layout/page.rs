//! The page model: glyphs and rules at their places, and the structure that they belong to. No output format is known here.

use std::ops::{Deref, Range};
use std::sync::Arc;

use super::face::FaceId;
use super::tree::{NodeId, Tree};
use crate::picture::Picture;
use crate::text::Asked;

/// A document laid out. Lengths are points (1/72 in); x runs right and y down from the page's top left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// Title for metadata and the window.
    pub title: String,
    /// BCP 47 tag.
    pub language: String,
    /// Width and height of each page, pt.
    pub size: (f32, f32),
    /// What no ink may leave: left, top, right, bottom of the printed area, furniture included, pt.
    pub live: [f32; 4],
    /// The reading structure.
    pub tree: Tree,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The documents that stand on these pages, in reading order: one, unless several are imposed together.
    pub parts: Vec<Part>,
    /// Headings for the reader's outline, part after part, in order.
    pub outline: Vec<Entry>,
    /// Where the numbered entries begin to which links lead.
    pub entries: Vec<(String, Spot)>,
}

/// A place to which something leads.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spot {
    /// Index of the page.
    pub page: usize,
    /// Left edge of what is shown there: 0 but on an imposed page, pt.
    pub x: f32,
    /// Its top, pt.
    pub y: f32,
}

/// A document among those that stand on pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its title.
    pub title: String,
    /// The root of its structure.
    pub node: NodeId,
    /// Where it begins.
    pub start: Spot,
    /// How many entries it has in the outline.
    pub headings: usize,
}

impl Pages {
    /// The document whose structure has this root. Their roots stand in the order of the documents.
    pub fn part(&self, root: NodeId) -> Option<&Part> {
        self.parts.binary_search_by_key(&root, |part| part.node).ok().and_then(|at| self.parts.get(at))
    }
}

/// One page. What stands on it is parted from its furniture, which differs from form to form where the rest may not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// Head and foot, which nothing reads aloud: all that pages of a document may have in common.
    pub furniture: Vec<Mark>,
    /// Its number, read as little. Of small pages on one paper, the numbers are with the furniture.
    pub number: Vec<Mark>,
    /// All other marks, in reading order.
    pub marks: Vec<Mark>,
    /// On an imposed page, when each of its small pages is read: its number in reading order, and the first of its marks.
    /// Empty on a page that is read whole; such pages are read one after another.
    pub turns: Vec<(usize, usize)>,
}

impl Page {
    /// Everything printed on it, furniture first.
    pub fn all(&self) -> impl Iterator<Item = &Mark> {
        self.furniture.iter().chain(&self.number).chain(&self.marks)
    }
}

/// A heading in the outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// 1 to 3.
    pub level: u8,
    /// The heading's words.
    pub text: String,
    /// Where it stands.
    pub at: Spot,
}

/// Something printed, and the node that it is content of; `None` for furniture and decoration.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The structure node.
    pub node: Option<NodeId>,
    /// What is printed.
    pub ink: Ink,
}

/// What can be printed.
#[derive(Debug, Clone, PartialEq)]
pub enum Ink {
    /// Glyphs of one face and size on one baseline.
    Text(Run),
    /// A straight line.
    Rule {
        /// Start, pt.
        from: (f32, f32),
        /// End, pt.
        to: (f32, f32),
        /// Thickness, pt.
        thickness: f32,
    },
    /// A circle.
    Circle {
        /// Its centre, pt.
        centre: (f32, f32),
        /// From the centre to the middle of its line, or to the edge of a filled one, pt.
        radius: f32,
        /// Thickness of its line, pt; `None` for a filled one.
        thickness: Option<f32>,
    },
    /// The outline of a rectangle.
    Frame {
        /// Left, top, width, height, pt.
        rect: [f32; 4],
        /// Thickness of its line, pt.
        thickness: f32,
    },
    /// A picture, which fills its rectangle.
    Picture {
        /// Left, top, width, height, pt.
        rect: [f32; 4],
        /// The picture.
        picture: Arc<Picture>,
    },
    /// A place that is filled in on a screen.
    Field {
        /// Left, top, width, height, pt.
        rect: [f32; 4],
        /// What is filled in.
        field: Arc<Field>,
    },
}

/// What is filled in on a screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Unique in its document, in parts with dots between them: `7.blank.3`. The options of which one is chosen share it.
    pub name: String,
    /// Spoken to those who do not see it.
    pub words: String,
    /// How it is filled in.
    pub filling: Filling,
    /// Size of what is typed, or of the circle or box to mark, pt.
    pub size: f32,
}

impl Field {
    /// What is asked for, filled in at a size, pt.
    pub fn of(asked: &Asked, filling: Filling, size: f32) -> Self {
        Field { name: asked.name.clone(), words: asked.words.clone(), filling, size }
    }
}

/// How a field is filled in.
#[derive(Debug, Clone, PartialEq)]
pub enum Filling {
    /// With words on one line; what is known already stands there.
    Line(Option<Known>),
    /// With words on several lines.
    Lines,
    /// By choosing one of several options: this one's label, and what is spoken for all of them.
    One(String, String),
    /// By choosing any of several options: this one's label.
    Any(String),
}

/// Words that fill a field already.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The words.
    pub text: String,
    /// The same as glyphs, from the field's top left corner.
    pub runs: Vec<Run>,
}

/// Glyphs of one face and size at their place on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Left end of the baseline, pt.
    pub x: f32,
    /// The baseline, pt from the top.
    pub y: f32,
    /// Whether it is white, on what is printed before it.
    pub white: bool,
    /// What stands there: shared by all pages on which the same words are set in the same line.
    pub setting: Arc<Setting>,
}

impl Deref for Run {
    type Target = Setting;

    fn deref(&self) -> &Setting {
        &self.setting
    }
}

/// Glyphs of one face and size on one baseline, wherever that may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The face.
    pub face: FaceId,
    /// Size, pt.
    pub size: f32,
    /// The glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
    /// What the glyphs spell; [`Glyph::text`] points into it.
    pub text: String,
    /// What is to be read and copied in place of `text`: `blank 3 of 5`.
    pub instead: Option<Arc<str>>,
}

/// One glyph.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Glyph number in its face.
    pub id: u16,
    /// How far the pen moves on, thousandths of the size; kerning, tracking and justification are in it.
    pub advance: f32,
    /// Offset from the pen, thousandths of the size, right and up.
    pub offset: (f32, f32),
    /// The characters that it shows: bytes of [`Setting::text`]. Empty for the second glyph of a cluster.
    pub text: Range<u32>,
}

impl Setting {
    /// Its width, pt.
    pub fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * self.size / 1000.0
    }
}

impl Ink {
    /// Its glyphs; those of a field are placed from its corner.
    pub fn runs(&self) -> &[Run] {
        match self {
            Ink::Text(run) => std::slice::from_ref(run),
            Ink::Field { field, .. } => match &field.filling {
                Filling::Line(Some(known)) => &known.runs,
                _ => &[],
            },
            Ink::Rule { .. } | Ink::Circle { .. } | Ink::Frame { .. } | Ink::Picture { .. } => &[],
        }
    }
}

impl Mark {
    /// The mark moved right and down, pt.
    pub fn moved(mut self, dx: f32, dy: f32) -> Self {
        match &mut self.ink {
            Ink::Text(run) => {
                run.x += dx;
                run.y += dy;
            }
            Ink::Circle { centre, .. } => {
                centre.0 += dx;
                centre.1 += dy;
            }
            Ink::Rule { from, to, .. } => {
                for end in [from, to] {
                    end.0 += dx;
                    end.1 += dy;
                }
            }
            Ink::Frame { rect, .. } | Ink::Picture { rect, .. } | Ink::Field { rect, .. } => {
                rect[0] += dx;
                rect[1] += dy;
            }
        }
        self
    }

    /// The same mark, in white if it is of glyphs.
    pub fn white(mut self) -> Self {
        if let Ink::Text(run) = &mut self.ink {
            run.white = true;
        }
        self
    }

    /// The same mark as decoration, which is not read.
    pub fn unread(mut self) -> Self {
        self.node = None;
        self
    }
}
