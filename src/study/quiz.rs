//! What the page of a self-study quiz holds, as plain structs: the script reads them as JSON under these names.

use serde::Serialize;

use super::{Task, Text};

/// A quiz.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quiz {
    /// Of this shape.
    pub version: u32,
    /// Ids of its letters, joined by `+`: what a device keeps progress under.
    pub id: String,
    /// Title over it.
    pub title: String,
    /// BCP 47 tag.
    pub lang: String,
    /// Questions of a round unless the pupil says otherwise; `None`: all.
    pub length: Option<u32>,
    /// Whether the letter is shown.
    pub letter: bool,
    /// The letters.
    pub sources: Vec<Source>,
    /// Skills that its items exercise.
    pub skills: Vec<Named>,
    /// What is asked.
    pub items: Vec<Item>,
}

/// A word of a closed list and what the pupil reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// `close_reading`.
    pub id: String,
    /// `Close reading`.
    pub label: String,
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// `kennedy-1961`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is called: `letter`.
    pub genre: String,
    /// Who, to whom, when, where, in a line.
    pub about: Text,
    /// Introduction.
    pub headnote: Text,
    /// Where it is printed, and what was done to its text.
    pub edition: Text,
    /// Its sections.
    pub sections: Vec<Section>,
    /// What stands before ¶1.
    pub heading: Vec<Text>,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Editors' notes between paragraphs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub editorial: Vec<Editorial>,
    /// Footnotes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<Text>,
    /// Words explained.
    pub glossary: Vec<Gloss>,
    /// What several items share.
    pub stimuli: Vec<Stimulus>,
}

/// A section of a letter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// `A`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// In a line.
    pub summary: Text,
    /// Number of its first paragraph.
    pub first: u32,
    /// And of its last.
    pub last: u32,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paragraph {
    /// ¶ number.
    pub n: u32,
    /// Its sentences.
    pub sentences: Vec<Text>,
}

/// An editor's note.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Editorial {
    /// The paragraph it follows.
    pub after: u32,
    /// The note.
    pub text: Text,
}

/// A word explained.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gloss {
    /// The word.
    pub term: String,
    /// Its meaning.
    pub meaning: Text,
    /// Forms as they stand in the letter.
    pub words: Vec<String>,
    /// Where it stands.
    pub p: u32,
}

/// What several items share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stimulus {
    /// Its title.
    pub title: Text,
    /// What to do.
    pub intro: Text,
    /// What is read or seen.
    pub passages: Vec<Passage>,
}

/// A passage of a stimulus.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Passage {
    /// To be looked at.
    Figure {
        /// The picture.
        figure: Figure,
    },
    /// To be read.
    Words {
        /// The words.
        text: Text,
        /// Where they are from; empty for the letter's own.
        credit: Text,
        /// The paragraph that they are from.
        p: Option<u32>,
    },
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The file as a `data:` address.
    pub src: String,
    /// What is to be seen.
    pub alt: String,
    /// Under it.
    pub caption: Text,
    /// Where it is from.
    pub credit: Text,
    /// As it is to be seen, px at 96 to the inch.
    pub width: u32,
    /// The same.
    pub height: u32,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Its name: what progress is kept by.
    pub id: String,
    /// Index in `Quiz::sources`.
    pub source: usize,
    /// `single_choice`.
    pub kind: String,
    /// Id of its section.
    pub section: String,
    /// Ids of its skills.
    pub skills: Vec<String>,
    /// Points to be had here; 0 where the pupil checks the answer alone.
    pub points: u32,
    /// Paragraphs that it is about.
    pub cite: Vec<u32>,
    /// What poses the problem.
    pub stem: Text,
    /// A picture over it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<Figure>,
    /// Index in the source's stimuli.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stimulus: Option<usize>,
    /// Steps of help.
    pub hints: Vec<Text>,
    /// What it teaches.
    pub explanation: Text,
    /// Words that prove the key.
    pub evidence: Vec<Evidence>,
    /// The letter is hidden while it is asked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hide: bool,
    /// What the pupil does.
    pub task: Task,
}

/// Words of the source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// Their paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p: Option<u32>,
    /// Their sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub s: Vec<usize>,
    /// Where they stand, if in no paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The words.
    pub text: String,
    /// `key`, `refutes`, `context`.
    pub role: String,
}
