//! The valid bank: items for one letter, each sound by the rules of `check`.

mod canonical;
mod check;
mod fingerprint;
mod lint;
pub mod raw;
mod rules;
mod shown;
mod task;
mod words;

pub use check::{Unchecked, load, load_proved, load_telling, prose_of_letter};
pub use rules::{RULES, Rule};
pub use task::*;
pub use words::*;

use std::sync::Arc;

use crate::letter::Place;
use crate::picture::OnDemand;

/// The months of English dates, folded: options that are dates have an order of their own.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// All items for one letter, ready to be drawn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Bank {
    /// Items that may be drawn, in the order of files and lines.
    pub items: Vec<Item>,
    /// Items that are sound and may not be drawn yet.
    pub drafts: Vec<Item>,
    /// Stimulus sets.
    pub sets: Vec<StimulusSet>,
    /// Misconceptions that distractors name.
    pub misconceptions: Vec<Misconception>,
    /// Files of pictures that its files name, drafts and all, sorted.
    pub pictures: Vec<String>,
    /// SHA-256 over the letter's, the items' and their pictures' content, 64 hex digits: what a sheet code is checked against.
    pub fingerprint: String,
}

/// An item as it lies in the bank.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its own name.
    pub id: String,
    /// The places it is about, in the letter's order.
    pub cite: Vec<Place>,
    /// Index of its section in the letter's list: that of the first paragraph in `cite`, 0 where none is cited.
    pub section: usize,
    /// Theme tag.
    pub theme: Option<String>,
    /// What poses the problem; the statement, for kinds that have one.
    pub stem: String,
    /// A picture over the question.
    pub figure: Option<Arc<Figure>>,
    /// What is asked, with the key.
    pub task: Task,
    /// Quotations that prove the key.
    pub evidence: Vec<Evidence>,
    /// What the item teaches.
    pub explanation: String,
    /// Steps of help.
    pub hints: Vec<String>,
    /// Points to be had; follows from the parts.
    pub points: u32,
    /// Time to answer, in tenths of a minute.
    pub tenths_of_minutes: u32,
    /// Bloom's level.
    pub bloom: Bloom,
    /// Webb's depth of knowledge, 1–4.
    pub dok: u8,
    /// Difficulty band.
    pub difficulty: Difficulty,
    /// Expected share of right answers, in thousandths.
    pub estimate: u32,
    /// Skills exercised.
    pub skills: Vec<Skill>,
    /// Codes of standards.
    pub standards: Vec<String>,
    /// What must be known beside the letter.
    pub outside: Outside,
    /// Items that must not stand on the same sheet.
    pub enemies: Vec<String>,
    /// What would tell its answer on the same sheet, as its author says.
    pub given_away_by: Vec<Teller>,
    /// Openings of sentences for its answer.
    pub starters: Vec<String>,
    /// Index in `Bank::sets`.
    pub set: Option<usize>,
    /// May serve as a common item of parallel forms.
    pub anchor: bool,
    /// For the teacher.
    pub teacher_note: Option<String>,
    /// Readings without the key.
    pub reviews: Vec<Review>,
}

/// A reading of an item by somebody who answered it without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who read it.
    pub by: String,
    /// When: `2026-11-27`.
    pub date: String,
    /// Whether the answer was the key.
    pub blind: Blind,
    /// What was remarked; may be empty.
    pub note: String,
}

/// A quotation with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Where.
    pub cite: Place,
    /// The words as the letter has them (not as the author typed them: quotes and dashes are the letter's own).
    pub text: String,
    /// Byte range of the words in the text at `cite`.
    pub at: std::ops::Range<usize>,
}

/// A quotation and what it does for the item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The quotation.
    pub quote: Quote,
    /// Its work.
    pub role: EvidenceRole,
}

/// Items that share a stimulus and stay together.
#[derive(Debug, Clone, PartialEq)]
pub struct StimulusSet {
    /// Its own name.
    pub id: String,
    /// Title over the stimulus.
    pub title: String,
    /// What to do.
    pub intro: String,
    /// The stimulus.
    pub passages: Vec<Passage>,
}

/// A passage of a stimulus.
#[derive(Debug, Clone, PartialEq)]
pub enum Passage {
    /// From the letter.
    Letter(Quote),
    /// From elsewhere: text and source.
    Other(String, String),
    /// To be looked at.
    Figure(Arc<Figure>),
}

/// A picture with what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Name of the file in the bank folder.
    pub file: String,
    /// The picture.
    pub picture: Arc<OnDemand>,
    /// What is to be seen, for those who do not see it; never empty.
    pub alt: String,
    /// Printed under it; may be empty.
    pub caption: String,
    /// Where it is from; may be empty.
    pub credit: String,
    /// Width on paper, mm; `None`: its own size.
    pub width: Option<f32>,
}

/// A misreading, and what the letter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misconception {
    /// Its own name.
    pub id: String,
    /// The misreading.
    pub says: String,
    /// What the letter says.
    pub answer: String,
    /// Where.
    pub cite: Vec<Place>,
}

impl Item {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.task.kind()
    }

    /// The ¶ numbers among the places it cites.
    pub fn paragraphs(&self) -> impl Iterator<Item = u32> + '_ {
        self.cite.iter().copied().filter_map(Place::paragraph)
    }

    /// Paragraphs that may not be printed on the same sheet: the source of a verbatim cloze (rule F13).
    pub fn hidden(&self) -> Vec<u32> {
        match &self.task {
            Task::Cloze { mode: ClozeMode::Verbatim, .. } => self.paragraphs().collect(),
            _ => Vec::new(),
        }
    }
}

impl Bank {
    /// The item with an id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The misconception with an id.
    pub fn misconception(&self, id: &str) -> Option<&Misconception> {
        self.misconceptions.iter().find(|m| m.id == id)
    }
}
