//! One assembled form as a value: the questions, and apart from them the key. Plain, comparable, without layout.

use std::collections::BTreeSet;

use crate::blueprint::{Headnote, Reading};
use crate::code::SheetCode;
use crate::letter::{Gloss, Letter, Place};
use crate::rng::Form;

/// One assembled form. What composes the worksheet is given `paper` alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What the pupil gets.
    pub paper: Paper,
    /// What the teacher gets.
    pub key: Key,
}

/// The pupil's side of a form: nothing in it tells an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Title.
    pub title: String,
    /// Which form.
    pub form: Form,
    /// Printed on every page.
    pub code: SheetCode,
    /// What of the letter is printed first.
    pub reading: Reading,
    /// Introduction at the head.
    pub headnote: Headnote,
    /// The words of the glossary that this form may explain: those of its paragraphs that no question asks about.
    pub glossary: Vec<Gloss>,
    /// Parts, in order.
    pub parts: Vec<PaperPart>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperPart {
    /// Heading.
    pub title: String,
    /// Directions.
    pub directions: String,
    /// Questions and sets, in order.
    pub entries: Vec<Entry>,
}

/// What stands in a part.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A question by itself.
    Question(Question),
    /// Questions under a shared stimulus: index of the set in the bank, and its questions.
    Set(usize, Vec<Question>),
}

/// An item numbered on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Printed number, from 1.
    pub number: u32,
    /// Id of the item. Not printed: an id may hint at the key.
    pub item: String,
    /// Stem, in the mark-up of `text`.
    pub stem: String,
    /// Points to be had.
    pub points: u32,
    /// The places that the item cites, for the reading.
    pub cite: Vec<crate::letter::Place>,
    /// A picture over it.
    pub figure: Option<std::sync::Arc<crate::bank::Figure>>,
    /// Openings of sentences for its answer.
    pub starters: Vec<String>,
    /// What the pupil does.
    pub prompt: Prompt,
}

/// A label and a text in the mark-up of `text`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Labelled {
    /// `A`.
    pub label: String,
    /// The text.
    pub text: String,
}

/// What the pupil does.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the fields are named after what is printed")]
pub enum Prompt {
    /// Choose so many of the options.
    Choice { options: Vec<Labelled>, choose: u32 },
    /// Judge the stem true or false and correct or prove it.
    TrueFalse,
    /// Judge the stem supported, contradicted or not stated.
    StatementCheck,
    /// Find each premise's response.
    Matching { heads: [String; 2], premises: Vec<Labelled>, responses: Vec<Labelled> },
    /// Find each statement's speaker.
    Attribution { speakers: Vec<Labelled>, statements: Vec<Labelled> },
    /// Put the elements in order.
    Ordering { by_time: bool, elements: Vec<Labelled> },
    /// Fill the blanks (`None`) of a passage from the words.
    Cloze { passage: Vec<Option<String>>, words: Vec<String> },
    /// Write a number or date.
    Numeric { unit: String },
    /// Write a few lines.
    ShortAnswer { lines: u32 },
    /// Copy the words that show it.
    EvidenceFinding { search_in: Vec<u32> },
    /// Choose an answer, and the words that prove it.
    Paired { answers: Vec<Labelled>, part_b: String, quotations: Vec<Labelled> },
    /// Write an essay; the criteria by which it is marked, with their points.
    Essay { criteria: Vec<(String, u32, String)>, lines: u32 },
    /// Fill in a table: prompt, points and lines of each row.
    Organizer { rows: Vec<(String, u32, u32)> },
    /// Talk.
    Discussion { stance: Option<[String; 2]>, follow_ups: Vec<String>, norms: Vec<String> },
}

/// The teacher's side of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// An answer for each question, in the order of the sheet.
    pub answers: Vec<Answer>,
    /// How fair the form is, in figures.
    pub fairness: Fairness,
}

/// The answer to one question, in the labels of its sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Printed number.
    pub number: u32,
    /// Id of the item, whose rationales the key prints.
    pub item: String,
    /// What is right.
    pub right: Right,
    /// Labels of the options as printed, with the text they stand for, in the author's order (key first).
    pub labels: Vec<Labelled>,
}

/// What is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Right {
    /// Labels to choose.
    Labels(Vec<String>),
    /// A word to write: `T`, `Supported`, `1939`.
    Word(String),
    /// Labels of premises or statements, each with the label that belongs to it.
    Pairs(Vec<(String, String)>),
    /// Labels in their right order.
    Sequence(Vec<String>),
    /// Words of the blanks, in order.
    Words(Vec<String>),
    /// Labels of the answer and of its quotation.
    Paired(String, String),
    /// Marked by the teacher.
    Open,
}

/// A form's figures, printed in its key.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fairness {
    /// Points.
    pub points: u32,
    /// Minutes, in tenths.
    pub tenths_of_minutes: u32,
    /// Mean of the items' estimates, weighted by points, in thousandths.
    pub estimate: u32,
    /// Mark to be expected by guessing, in hundredths of a point.
    pub guessing: u32,
    /// Words that a pupil reads in the questions.
    pub words: u32,
    /// Skill and its points (an item counts for each of its skills).
    pub skills: Vec<(String, u32)>,
    /// Depth of knowledge 1–4 and its points.
    pub dok: [u32; 4],
    /// Easy, medium, hard: number of questions.
    pub difficulty: [u32; 3],
    /// ¶ and the number of questions that cite it.
    pub paragraphs: Vec<(u32, u32)>,
    /// Section id and its points.
    pub sections: Vec<(String, u32)>,
    /// Label and how often it is the key of a choice.
    pub histogram: Vec<(String, u32)>,
    /// Longest run of one label.
    pub longest_run: u32,
    /// Questions whose key is the longest option, the shortest, and questions with a choice in all.
    pub longest_shortest: [u32; 3],
    /// Numbers of the questions that are common to all parallel forms.
    pub anchors: Vec<u32>,
    /// Limits that no draw could meet, each as a sentence; empty on a sound form.
    pub unmet: Vec<String>,
}

impl Question {
    /// Whether it asks for an answer in the pupil's own sentences.
    pub fn is_written(&self) -> bool {
        matches!(self.prompt, Prompt::ShortAnswer { .. } | Prompt::Essay { .. } | Prompt::Organizer { .. })
    }
}

impl Paper {
    /// The paragraphs that it prints, or cites where it prints none.
    pub fn paragraphs(&self, letter: &Letter) -> BTreeSet<u32> {
        if self.reading == Reading::Full {
            return letter.paragraphs.iter().map(|p| p.number).collect();
        }
        self.questions().flat_map(|q| &q.cite).copied().filter_map(Place::paragraph).collect()
    }

    /// Every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.parts.iter().flat_map(|part| &part.entries).flat_map(|entry| match entry {
            Entry::Question(question) => std::slice::from_ref(question),
            Entry::Set(_, questions) => questions.as_slice(),
        })
    }

    /// Points of the form.
    pub fn points(&self) -> u32 {
        self.questions().map(|q| q.points).sum()
    }
}
