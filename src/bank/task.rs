//! What is asked, with the key: the sixteen kinds of task and their parts.

use super::{Basis, ClozeMode, Kind, Order, OrganizerLayout, Pin, Quote, Verdict};
use crate::letter::Place;

/// An option: the text, why it is right or wrong, and where a lock keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As shown.
    pub text: String,
    /// Rationale.
    pub because: String,
    /// Id of the misconception it stands for.
    pub misconception: Option<String>,
    /// The place it misreads.
    pub cite: Option<Place>,
    /// Kept in its place.
    pub pin: Option<Pin>,
    /// For vocabulary: another sense of the word from the dictionary.
    pub other_sense: bool,
}

/// Words with a reason: what is not credited, a rejected correction, a foreseen error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The words.
    pub text: String,
    /// The reason.
    pub because: String,
}

/// A sample answer with its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Points it gets.
    pub score: u32,
    /// The answer.
    pub text: String,
    /// Why that score.
    pub because: String,
}

/// What is asked, with the key. Keys and distractors are named, never indexed.
#[expect(missing_docs, reason = "the fields are those of the manual, under the same names")]
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// One key among distractors; `vocabulary` holds the word and its phrase where the item is one on vocabulary.
    SingleChoice { key: Choice, distractors: Vec<Choice>, order: Order },
    /// A word in its place.
    Vocabulary { word: String, phrase: Quote, key: Choice, distractors: Vec<Choice>, order: Order },
    /// Several keys; the sheet says how many.
    MultipleSelect { keys: Vec<Choice>, distractors: Vec<Choice>, order: Order },
    /// True, or false with a correction (`None` exactly when true).
    TrueFalse { because: String, correction: Option<Correction> },
    /// Supported, contradicted, not stated.
    StatementCheck { verdict: Verdict, because: String },
    /// Pairs and responses too many.
    Matching { heads: [String; 2], pairs: Vec<Pair>, extra: Vec<Remark>, order: Order },
    /// Who says it?
    Attribution { speakers: Vec<Speaker>, statements: Vec<Attributed> },
    /// Elements in their right order.
    Ordering { basis: Basis, elements: Vec<Element> },
    /// A passage with blanks.
    Cloze { mode: ClozeMode, passage: Vec<Segment>, extra_words: Vec<String> },
    /// A number, year or date.
    Numeric { answer: String, unit: String, tolerance: Option<f64>, accept: Vec<String>, known_errors: Vec<Remark> },
    /// A few lines, marked by ideas.
    ShortAnswer { accepted: Vec<Idea>, not_credited: Vec<Remark>, samples: Vec<Sample>, lines: u32 },
    /// Copy the words that show it.
    EvidenceFinding { search_in: Vec<u32>, core: Quote, partial: Vec<(Quote, String)>, max_extra_words: u32 },
    /// An answer and the words that prove it: each option has its own quotation. Without a `part_b`, Part B asks the usual question.
    PairedEvidence { key: (Choice, Quote), distractors: Vec<(Choice, Quote)>, part_b: String },
    /// An essay with its rubric.
    Essay {
        rubric: Vec<Criterion>,
        draw_on: Vec<Quote>,
        not_credited: Vec<Remark>,
        samples: Vec<Sample>,
        misconceptions: Vec<String>,
        lines: u32,
    },
    /// A table to fill in.
    Organizer { layout: OrganizerLayout, rows: Vec<OrganizerRow> },
    /// For talk, not for points.
    Discussion { stance: Option<[String; 2]>, follow_ups: Vec<String>, norms: Vec<String> },
}

/// How a false statement is put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The words of the statement that are false.
    pub replace: String,
    /// What they should be.
    pub with: String,
    /// Other corrections to accept.
    pub accept: Vec<String>,
    /// Words that a correction must have.
    pub must_mention: Vec<String>,
    /// Corrections to refuse.
    pub reject: Vec<Remark>,
}

/// A premise with its response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Left.
    pub premise: String,
    /// Right.
    pub response: String,
    /// Why.
    pub because: String,
}

/// A category of an attribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Its own name.
    pub id: String,
    /// As shown.
    pub text: String,
}

/// A statement with its speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributed {
    /// As shown.
    pub text: String,
    /// Id of the speaker.
    pub speaker: String,
    /// Where.
    pub cite: Place,
    /// Why.
    pub because: String,
    /// Misreading it guards against.
    pub misconception: Option<String>,
}

/// An element of an ordering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// As shown.
    pub text: String,
    /// Where it stands.
    pub quote: Quote,
    /// For `basis: time`: when, as `1961-07-25` or any prefix of it.
    pub when: Option<String>,
}

/// A piece of a cloze passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Words as printed.
    Text(String),
    /// A blank with its answers, the first being the one in the word bank.
    Blank(Vec<String>),
}

/// An idea that earns points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idea {
    /// The idea.
    pub idea: String,
    /// Its points.
    pub points: u32,
    /// The words behind it.
    pub quote: Option<Quote>,
}

/// A row of a rubric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its name: `thesis`.
    pub id: String,
    /// Points to be had.
    pub max: u32,
    /// What earns them.
    pub earns: String,
    /// An example.
    pub example: String,
}

/// A row of an organizer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizerRow {
    /// Its name: `origin`.
    pub id: String,
    /// As shown.
    pub prompt: String,
    /// Answers to accept.
    pub accept: Vec<String>,
    /// Points.
    pub points: u32,
    /// Ruled lines.
    pub lines: u32,
}

impl Task {
    /// The kind of item that has this task.
    pub fn kind(&self) -> Kind {
        match self {
            Task::SingleChoice { .. } => Kind::SingleChoice,
            Task::Vocabulary { .. } => Kind::Vocabulary,
            Task::MultipleSelect { .. } => Kind::MultipleSelect,
            Task::TrueFalse { .. } => Kind::TrueFalse,
            Task::StatementCheck { .. } => Kind::StatementCheck,
            Task::Matching { .. } => Kind::Matching,
            Task::Attribution { .. } => Kind::Attribution,
            Task::Ordering { .. } => Kind::Ordering,
            Task::Cloze { .. } => Kind::Cloze,
            Task::Numeric { .. } => Kind::Numeric,
            Task::ShortAnswer { .. } => Kind::ShortAnswer,
            Task::EvidenceFinding { .. } => Kind::EvidenceFinding,
            Task::PairedEvidence { .. } => Kind::PairedEvidence,
            Task::Essay { .. } => Kind::Essay,
            Task::Organizer { .. } => Kind::Organizer,
            Task::Discussion { .. } => Kind::Discussion,
        }
    }
}
