//! What the page asks in each question, with the key, under the names that the script reads.

use serde::{Deserialize, Serialize};

use super::Text;

/// Whether a list may be shuffled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// All but what is pinned.
    Shuffle,
    /// It lies in the order in which it is shown.
    Fixed,
}

/// Where a lock keeps an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pin {
    /// First.
    First,
    /// Last.
    Last,
}

/// What the pupil does, with the key. Indices count from 0 in the lists as they lie here.
#[expect(missing_docs, reason = "the fields are named after what is shown")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Task {
    /// Choose so many.
    Choice {
        choose: usize,
        options: Vec<Choice>,
        order: Order,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        word: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        phrase: Option<Text>,
    },
    /// Judge, and choose how it is put right.
    TrueFalse { answer: bool, because: Text, corrections: Vec<Choice> },
    /// Supported, contradicted, not stated.
    Statement { verdict: String, because: Text },
    /// A response for each premise.
    Matching { heads: [Text; 2], premises: Vec<Premise>, responses: Vec<Choice>, order: Order },
    /// A speaker for each statement.
    Attribution { speakers: Vec<Choice>, statements: Vec<Statement> },
    /// Elements, here in their right order.
    Ordering { by: String, elements: Vec<Element> },
    /// Fill the blanks.
    Cloze { passage: Vec<Piece>, blanks: Vec<Vec<String>>, words: Vec<String> },
    /// A number or date.
    Numeric { answer: String, unit: String, tolerance: Option<f64>, accept: Vec<String>, errors: Vec<Choice> },
    /// An answer and the words that prove it.
    Paired { answers: Vec<Choice>, part_b: Text, quotations: Vec<Quotation> },
    /// The sentence that shows it.
    Finding { search_in: Vec<u32>, core: Place, partial: Vec<Near> },
    /// A list to check oneself by.
    Ideas { ideas: Vec<Idea>, not_credited: Vec<Choice>, samples: Vec<Sample> },
}

/// Words to choose, or words with a reason.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Choice {
    /// The words.
    pub text: Text,
    /// Whether it is a key.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub right: bool,
    /// Why it is right or wrong.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub because: Text,
    /// Where a lock keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Pin>,
    /// The paragraph that it misreads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<u32>,
    /// What the letter says against the misreading it stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misconception: Option<Text>,
}

/// A premise of a matching.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Premise {
    /// As shown.
    pub text: Text,
    /// Index of its response.
    pub response: usize,
    /// Why.
    #[serde(default)]
    pub because: Text,
}

/// A statement with its speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// As shown.
    pub text: Text,
    /// Index of the speaker.
    pub speaker: usize,
    /// Why.
    #[serde(default)]
    pub because: Text,
    /// Its paragraph.
    #[serde(default)]
    pub p: Option<u32>,
}

/// An element of an ordering.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Element {
    /// As shown.
    pub text: Text,
    /// Its paragraph.
    #[serde(default)]
    pub p: Option<u32>,
}

/// A piece of a cloze.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Piece {
    /// A blank, by its index.
    Blank {
        /// Its index.
        blank: usize,
    },
    /// Words.
    Words(Text),
}

/// A quotation of a Part B.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    /// The words.
    pub text: String,
    /// Their paragraph.
    #[serde(default)]
    pub p: Option<u32>,
    /// Index of the answer that it supports.
    pub answer: usize,
}

/// Sentences of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The paragraph.
    pub p: u32,
    /// Indices of the sentences.
    pub s: Vec<usize>,
}

/// Sentences that show a part of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Near {
    /// The paragraph.
    pub p: u32,
    /// Indices of the sentences.
    pub s: Vec<usize>,
    /// What they lack.
    #[serde(default)]
    pub because: Text,
}

/// An idea of a short answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Idea {
    /// The idea.
    pub idea: Text,
    /// Its points on paper.
    pub points: u32,
}

/// A sample answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Points it gets on paper.
    pub score: u32,
    /// The answer.
    pub text: Text,
}
