//! Inline text: emphasis, strong, blanks and ¶ references; its small mark-up, and the folding used for comparison.

mod folded;
mod language;
mod markup;
mod sentences;
mod typographic;
mod wrapped;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

pub use folded::{Folded, FoldedTexts, Wanted, fold};
pub use language::{LONGEST_MARKED, faulty_mark, foreign, is_language_tag, tag_after, without_languages};
pub use markup::parse;
pub use sentences::sentences;
pub use typographic::typographic;
pub use wrapped::wrapped;

/// What stands between quotation marks in authored text, in its order, however the marks are typed.
pub fn quotations(text: &str) -> Vec<String> {
    // The first byte of “ tells most texts apart without a look at their characters.
    if memchr::memchr2(b'"', "“".as_bytes()[0], text.as_bytes()).is_none() || !text.contains(['“', '"']) {
        return Vec::new();
    }
    let text = typographic(&without_languages(text));
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some(open) = rest.find('“') {
        let after = &rest[open + '“'.len_utf8()..];
        let Some(close) = after.find('”') else { break };
        found.push(after[..close].replace('*', ""));
        rest = &after[close..];
    }
    found
}

/// A piece of inline text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// Emphasis: italics, or bold where a print has no italics.
    Emphasis(Vec<Inline>),
    /// Strong: bold.
    Strong(Vec<Inline>),
    /// Words in another language than the text's, with its BCP 47 tag.
    Foreign(Arc<str>, Vec<Inline>),
    /// A reference to a paragraph, printed `¶7`, read “paragraph 7”.
    ParagraphRef(u32),
    /// The call of a footnote: its number, raised, read “footnote 2”. It is none of the text’s own words.
    Call(u32),
    /// A reference to numbered lines of a reading: printed, spoken.
    Lines([String; 2]),
    /// The label of a numbered entry of the same document, which leads to it: `7`.
    Entry(String),
    /// A blank to fill in: its number and how many there are (`blank 3 of 5`), or a lone blank; width in ems.
    Blank {
        /// Number of this blank and of all, from 1.
        number: Option<(u32, u32)>,
        /// Width in ems.
        width: f32,
        /// What is asked for, where it is filled in on a screen.
        asked: Option<Arc<Asked>>,
    },
}

/// What is asked for at a place that is filled in on a screen: a blank, a choice, room to write in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Asked {
    /// Unique in its document, in parts with dots between them: `7.blank.3`.
    pub name: String,
    /// Spoken to those who do not see where they write: `Question 7, blank 3 of 5`.
    pub words: String,
}

impl Inline {
    /// Plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Inline::Text(text.into())
    }

    /// Strong words.
    pub fn strong(text: impl Into<String>) -> Self {
        Inline::Strong(vec![Inline::Text(text.into())])
    }

    /// A blank on paper, of so many ems.
    pub fn blank(number: Option<(u32, u32)>, width: f32) -> Self {
        Inline::Blank { number, width, asked: None }
    }

    /// Emphasized words.
    pub fn emphasis(text: impl Into<String>) -> Self {
        Inline::Emphasis(vec![Inline::Text(text.into())])
    }
}

impl Hash for Inline {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Inline::Text(text) | Inline::Entry(text) => text.hash(state),
            Inline::Emphasis(inner) | Inline::Strong(inner) => inner.hash(state),
            Inline::Foreign(language, inner) => (language, inner).hash(state),
            Inline::ParagraphRef(number) | Inline::Call(number) => number.hash(state),
            Inline::Lines(words) => words.hash(state),
            Inline::Blank { number, width, asked } => (number, width.to_bits(), asked).hash(state),
        }
    }
}

/// The words alone, for places without mark-up: `¶7` for a reference, `____` for a blank.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Entry(text) => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Foreign(_, inner) => push_plain(inner, out),
            Inline::ParagraphRef(number) => {
                out.push('¶');
                out.push_str(&number.to_string());
            }
            Inline::Call(number) => out.push_str(&raised(*number)),
            Inline::Lines([printed, _]) => out.push_str(printed),
            Inline::Blank { .. } => out.push_str("____"),
        }
    }
}

/// A number as it calls a footnote: `²`.
pub fn raised(number: u32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().bytes().filter_map(|digit| DIGITS.get(usize::from(digit - b'0'))).collect()
}

/// A label with its places filled in: `fill("{n} points", &[("n", "3")])`.
pub fn fill(label: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(label.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
