//! The letter: paragraphs, sentences, sections, page anchors, notes; and the reader of plain text.

mod blocks;
mod check;
mod decode;
mod marks;
mod read;
mod sentences;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::text::is_language_tag;

pub(crate) use check::FINGERPRINT;
pub use decode::{decode, plain};
pub(crate) use read::number;
pub use read::read;
pub use sentences::sentences;

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

/// What the printed text does not say of itself (`letter.yaml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Short name, used in file names.
    pub id: String,
    /// Title of the source.
    pub title: String,
    /// Title for running heads.
    pub short_title: String,
    /// What sheets call it: letter, speech, diary.
    #[serde(default = "text")]
    pub genre: String,
    /// Who wrote it.
    pub author: String,
    /// To whom.
    #[serde(default)]
    pub recipient: String,
    /// When, in words.
    #[serde(default)]
    pub date: String,
    /// Where.
    #[serde(default)]
    pub place: String,
    /// Number of the document in its collection.
    #[serde(default)]
    pub document: String,
    /// BCP 47 tag.
    #[serde(default = "english")]
    pub language: String,
    /// The source's citation, printed at the foot of every page.
    pub citation: String,
    /// Page of the printed volume on which it begins.
    #[serde(default)]
    pub first_page: Option<u32>,
    /// Opening words of ¶1 that are the salutation.
    #[serde(default)]
    pub salutation: String,
    /// Sections, in order, which together hold every paragraph once.
    pub sections: Vec<Section>,
    /// Theme tags that items may carry.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Introduction for the pupil.
    #[serde(default)]
    pub headnote: Headnote,
    /// What was done to the text.
    #[serde(default)]
    pub edition_note: String,
    /// Words that the letter does not contain (rule E16).
    #[serde(default)]
    pub absent: Vec<String>,
    /// Names of things that came after the letter (rule W26), beside those that are known everywhere.
    #[serde(default)]
    pub later: Vec<String>,
    /// Names and terms that the dictionary need not have (rule W27).
    #[serde(default)]
    pub words: Vec<String>,
    /// Words explained.
    #[serde(default)]
    pub glossary: Vec<Gloss>,
    /// Words of other languages, read aloud in their own wherever they stand: in the text, on sheets and in keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<ForeignWords>,
    /// The first ten hex digits of each paragraph's SHA-256.
    #[serde(default)]
    pub fingerprints: Vec<String>,
}

fn english() -> String {
    "en-US".to_owned()
}

fn text() -> String {
    "text".to_owned()
}

/// A section of the letter.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// `A`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its paragraphs, `1-3` or `4`.
    pub paragraphs: String,
    /// In one line.
    #[serde(default)]
    pub summary: String,
}

/// Introduction for the pupil, in two lengths.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Headnote {
    /// Two sentences.
    #[serde(default)]
    pub short: String,
    /// A paragraph.
    #[serde(default)]
    pub full: String,
}

/// A word explained in plain words.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gloss {
    /// The word as the letter has it.
    pub word: String,
    /// Where it stands.
    pub cite: u32,
    /// Its meaning there.
    pub meaning: String,
}

/// Words of another language.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForeignWords {
    /// BCP 47 tag: `fr`.
    pub language: String,
    /// Words and phrases, as they are written.
    pub words: Vec<String>,
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

impl About {
    /// What of it is faulty by itself: its path in the file, what is wrong, the remedy.
    pub fn faults(&self) -> Vec<(String, String, &'static str)> {
        let lists = self.languages.iter().enumerate();
        let tags = lists.clone().map(|(at, list)| (format!("languages[{at}].language"), &list.language));
        let tags = std::iter::once(("language".to_owned(), &self.language)).chain(tags);
        let tags = tags.filter(|(_, tag)| !is_language_tag(tag)).map(|(path, tag)| {
            let help =
                "write its code of two or three letters, and its region after a hyphen if that matters: fr, de, pt-BR";
            (path, format!("“{tag}” is not the tag of a language"), help)
        });
        let empty = lists.filter(|(_, list)| list.words.iter().all(|words| words.trim().is_empty()));
        let empty = empty.map(|(at, list)| {
            let message = format!("no words are listed as {}", list.language);
            (format!("languages[{at}].words:"), message, "list them, as they are written; or take the entry out")
        });
        tags.chain(empty).collect()
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

impl Section {
    /// Its paragraphs as numbers; empty where `paragraphs` cannot be read.
    pub fn range(&self) -> Range<u32> {
        let mut ends = self.paragraphs.split(['-', '–']).map(|n| n.trim().parse::<u32>().unwrap_or(0));
        let first = ends.next().unwrap_or(0);
        let last = ends.next().unwrap_or(first);
        if first == 0 || last < first { 0..0 } else { first..last.saturating_add(1) }
    }
}

impl Paragraph {
    /// How many words; an em dash parts them.
    pub fn word_count(&self) -> usize {
        let is_word = |word: &&str| word.contains(char::is_alphanumeric);
        self.text.split(|c: char| c.is_whitespace() || c == '—').filter(is_word).count()
    }
}
