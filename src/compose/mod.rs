//! Sheet → worksheet, answer key, marking strip, as documents.
//!
//! What composes the worksheet is given a [`Paper`](crate::sheet::Paper), which has no key in it: the key is a value, not a flag.

mod aids;
mod asked;
mod figure;
mod key;
mod labels;
mod languages;
mod names;
mod open_answers;
mod question;
mod reading;
mod reasons;
mod strip;
mod tables;
mod worksheet;

pub use crate::text::fill;
pub use aids::Aids;
pub use key::{KeyContext, key};
pub use labels::Labels;
pub(crate) use languages::marked;
pub use strip::{answer_text, strip};
pub use worksheet::{alone, collection, worksheet};

use std::collections::BTreeSet;

use crate::blueprint::Aid;
use crate::doc::Running;
use crate::letter::Letter;

/// What a teacher adds to the head of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heading {
    /// Instead of the blueprint's title.
    pub title: Option<String>,
    /// Class.
    pub class: String,
    /// Teacher.
    pub teacher: String,
    /// The pupil's name, on a personal sheet.
    pub pupil: String,
}

/// What every document of a run shares.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The letter.
    pub letter: &'a Letter,
    /// The stimulus sets: what they show is no key.
    pub sets: &'a [crate::bank::StimulusSet],
    /// The words on the sheet.
    pub labels: &'a Labels,
    /// The look.
    pub style: crate::doc::Style,
    /// What is printed to help with reading and writing.
    pub aids: &'a BTreeSet<Aid>,
    /// What the teacher adds.
    pub heading: &'a Heading,
}

impl Context<'_> {
    fn title<'a>(&'a self, paper: &'a crate::sheet::Paper) -> &'a str {
        self.heading.title.as_deref().unwrap_or(&paper.title)
    }

    fn subtitle(&self) -> String {
        let about = &self.letter.about;
        let parts = [about.title.as_str(), about.place.as_str(), about.date.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn running(&self, left: String, form: String, code: String, stamp: bool) -> Running {
        // A page that has come loose is known by its name.
        let left = match self.heading.pupil.as_str() {
            "" => left,
            pupil => format!("{pupil} · {left}"),
        };
        Running {
            head: [left, form],
            stamp: stamp.then(|| self.labels.teacher.clone()),
            code,
            citation: self.letter.about.citation.clone(),
        }
    }

    /// A label with the word for the source in its place: `The letter`, `The speech`.
    fn named(&self, label: &str) -> String {
        fill(label, &[("genre", &self.letter.about.genre)])
    }

    fn version(&self, form: crate::rng::Form) -> String {
        fill(&self.labels.version, &[("form", &form.letter())])
    }
}

/// Between the parts of a line; it ends a line rather than beginning one.
const DOT: &str = "\u{a0}· ";

/// Words in quotation marks, those inside them changed to single ones.
fn quoted(words: &str) -> String {
    format!("“{}”", words.replace('“', "‘").replace('”', "’"))
}
