//! The letter: paragraphs, sentences, sections, page anchors, notes; and the reader of plain text.

mod about;
mod aids;
mod blocks;
mod check;
mod decode;
mod marks;
mod read;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

pub use about::{About, Adapted, Cited, ForeignWords, Gloss, Headnote, Known, KnownFrom, Named, Section, Starters};
pub use aids::aids;
pub(crate) use check::FINGERPRINT;
pub use decode::{decode, plain};
pub(crate) use read::number;
pub use read::read;

/// The number under which reports name the letter's text: a run puts it first in its list of inputs.
pub const TEXT_INPUT: usize = 0;

/// A primary source, numbered and with what is known about it. It does not know that questions exist.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// What `letter.yaml` says.
    pub about: About,
    /// The source's own heading, without its footnote mark; citable as `head`.
    pub head: String,
    /// Paragraphs ¶1…¶n: `paragraphs[0]` is ¶1.
    pub paragraphs: Vec<Paragraph>,
    /// Editors' notes between paragraphs; `editorial[0]` is `ed1`.
    pub editorial: Vec<Editorial>,
    /// Footnotes; `footnotes[0]` is `fn1`.
    pub footnotes: Vec<Footnote>,
    /// Where the pages of the printed volume begin.
    pub anchors: Vec<PageAnchor>,
    /// SHA-256 over the whole, 64 hex digits.
    pub fingerprint: String,
}

/// A numbered paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// ¶ number, from 1.
    pub number: u32,
    /// Text, normalized: NFC, single spaces, without page and footnote marks.
    pub text: String,
    /// Byte ranges of its sentences.
    pub sentences: Vec<Range<usize>>,
    /// SHA-256 of the text, 64 hex digits.
    pub sha256: String,
}

/// The editor's words, not the author's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editorial {
    /// Text without its brackets.
    pub text: String,
    /// The paragraph it follows; 0 before the first.
    pub after: u32,
}

/// A footnote of the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// Text without its number.
    pub text: String,
    /// Where its mark stood: place and byte offset. `None` where the text has no mark for it.
    pub mark: Option<(Place, usize)>,
}

/// Where a page of the printed volume begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageAnchor {
    /// Printed page.
    pub page: u32,
    /// Paragraph in which, or before which, it begins.
    pub paragraph: u32,
    /// Byte offset in that paragraph; 0 before it.
    pub offset: usize,
}

/// A place that can be cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The source's heading.
    Head,
    /// ¶n.
    Paragraph(u32),
    /// An editor's note.
    Editorial(u32),
    /// A footnote.
    Footnote(u32),
}

impl Place {
    /// The number of a paragraph; `None` for other places.
    pub fn paragraph(self) -> Option<u32> {
        match self {
            Place::Paragraph(n) => Some(n),
            Place::Head | Place::Editorial(_) | Place::Footnote(_) => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Head => f.write_str("head"),
            Place::Paragraph(n) => write!(f, "¶{n}"),
            Place::Editorial(n) => write!(f, "ed{n}"),
            Place::Footnote(n) => write!(f, "fn{n}"),
        }
    }
}

impl FromStr for Place {
    type Err = ();

    /// Reads `6`, `¶6`, `head`, `ed1`, `fn2`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let number = |digits: &str| match digits.parse::<u32>() {
            Ok(n) if n > 0 && !digits.starts_with('+') => Ok(n),
            _ => Err(()),
        };
        match text.trim() {
            "head" => Ok(Place::Head),
            text if text.starts_with("ed") => number(&text[2..]).map(Place::Editorial),
            text if text.starts_with("fn") => number(&text[2..]).map(Place::Footnote),
            text => number(text.strip_prefix('¶').unwrap_or(text)).map(Place::Paragraph),
        }
    }
}

impl Letter {
    /// The text at a place, if the letter has it.
    pub fn text_at(&self, place: Place) -> Option<&str> {
        let nth = |n: u32| n.checked_sub(1).map(|n| n as usize);
        match place {
            Place::Head => Some(&self.head),
            Place::Paragraph(n) => self.paragraphs.get(nth(n)?).map(|p| p.text.as_str()),
            Place::Editorial(n) => self.editorial.get(nth(n)?).map(|e| e.text.as_str()),
            Place::Footnote(n) => self.footnotes.get(nth(n)?).map(|f| f.text.as_str()),
        }
    }

    /// The index in `about.sections` of the section that holds ¶n.
    pub fn section_of(&self, paragraph: u32) -> Option<usize> {
        self.about.sections.iter().position(|s| s.range().contains(&paragraph))
    }
}

impl Paragraph {
    /// How many words; an em dash parts them.
    pub fn word_count(&self) -> usize {
        word_count(&self.text)
    }
}

/// How many words a text has; an em dash parts them.
pub fn word_count(text: &str) -> usize {
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    text.split(|c: char| c.is_whitespace() || c == '—').filter(is_word).count()
}
