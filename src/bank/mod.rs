//! The valid bank: items for one letter, each sound by the rules of `check`.

use crate::letter::Place;

/// All items for one letter, ready to be drawn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Bank {
    /// Items that may be drawn, in the order of files and lines.
    pub items: Vec<Item>,
    /// Stimulus sets.
    pub sets: Vec<StimulusSet>,
    /// Misconceptions that distractors name.
    pub misconceptions: Vec<Misconception>,
    /// SHA-256 over the letter's and the items' content, 64 hex digits: what a sheet code is checked against.
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
    /// Index in `Bank::sets`.
    pub set: Option<usize>,
    /// May serve as a common item of parallel forms.
    pub anchor: bool,
    /// For the teacher.
    pub teacher_note: Option<String>,
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
    /// An answer and the words that prove it: each option has its own quotation.
    PairedEvidence { key: (Choice, Quote), distractors: Vec<(Choice, Quote)>, part_b: String },
    /// An essay with its rubric.
    Essay { rubric: Vec<Criterion>, draw_on: Vec<Quote>, not_credited: Vec<Remark>, samples: Vec<Sample>, misconceptions: Vec<String>, lines: u32 },
    /// A table to fill in.
    Organizer { layout: OrganizerLayout, rows: Vec<OrganizerRow> },
    /// For talk, not for points.
    Discussion { stance: Option<[String; 2]>, follow_ups: Vec<String>, starters: Vec<String>, norms: Vec<String> },
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

/// Items that share a stimulus and stay together.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// From the letter.
    Letter(Quote),
    /// From elsewhere: text and source.
    Other(String, String),
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

/// A closed list of the format: kebab-case in YAML.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word for it in YAML, flags and tables.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.word()) }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|v| v.word() == text).ok_or_else(|| {
                    let words: Vec<&str> = Self::ALL.iter().map(|v| v.word()).collect();
                    match crate::diag::did_you_mean(text, words.iter().copied()) {
                        Some(near) => format!("“{text}” is not known here; did you mean “{near}”?"),
                        None => format!("“{text}” is not known here; it is one of {}", words.join(", ")),
                    }
                })
            }
        }
    };
}

words! {
    /// The kinds of item.
    Kind {
        /// One key among distractors.
        SingleChoice = "single-choice",
        /// Several keys.
        MultipleSelect = "multiple-select",
        /// True or false with correction.
        TrueFalse = "true-false",
        /// Supported, contradicted, not stated.
        StatementCheck = "statement-check",
        /// Pairs.
        Matching = "matching",
        /// Who says it?
        Attribution = "attribution",
        /// Elements to order.
        Ordering = "ordering",
        /// A passage with blanks.
        Cloze = "cloze",
        /// A number or date.
        Numeric = "numeric",
        /// A few lines.
        ShortAnswer = "short-answer",
        /// Copy the words.
        EvidenceFinding = "evidence-finding",
        /// A word in context.
        Vocabulary = "vocabulary",
        /// Answer and evidence.
        PairedEvidence = "paired-evidence",
        /// Essay with rubric.
        Essay = "essay",
        /// Table to fill in.
        Organizer = "organizer",
        /// For talk.
        Discussion = "discussion",
    }
}

words! {
    /// Bloom's levels, as revised in 2001.
    Bloom { /// 1
        Remember = "remember", /// 2
        Understand = "understand", /// 3
        Apply = "apply", /// 4
        Analyze = "analyze", /// 5
        Evaluate = "evaluate", /// 6
        Create = "create" }
}

words! {
    /// Difficulty bands.
    Difficulty { /// Estimate 0.8 unless given.
        Easy = "easy", /// Estimate 0.6 unless given.
        Medium = "medium", /// Estimate 0.4 unless given.
        Hard = "hard" }
}

words! {
    /// Skills.
    Skill {
        /// Who, when, why; how far to trust it.
        Sourcing = "sourcing",
        /// Time and place.
        Contextualization = "contextualization",
        /// One source against another, or against the words it quotes.
        Corroboration = "corroboration",
        /// What the text says and how.
        CloseReading = "close-reading",
        /// A word in its place.
        Vocabulary = "vocabulary",
        /// Image and comparison.
        FigurativeLanguage = "figurative-language",
        /// How the text is built.
        TextStructure = "text-structure",
        /// Claim and reason.
        Argument = "argument",
        /// Order in time.
        Chronology = "chronology",
        /// Words that prove.
        Evidence = "evidence",
    }
}

words! {
    /// What must be known beside the letter's own text.
    Outside { /// Nothing.
        None = "none", /// Date or place of the heading.
        Header = "header", /// What the stem gives.
        Stem = "stem", /// A second source that is given.
        Source = "source", /// What was learned elsewhere.
        Required = "required" }
}

words! {
    /// What a quotation does.
    EvidenceRole { /// Proves the key.
        Key = "key", /// Refutes a distractor.
        Refutes = "refutes", /// Gives the context.
        Context = "context" }
}

words! {
    /// Order of options.
    Order { /// Shuffled on each form.
        Shuffle = "shuffle", /// By number, date or alphabet on every form.
        Logical = "logical", /// In the order of the letter.
        Text = "text" }
}

words! {
    /// A lock on an option.
    Pin { /// Stays first.
        First = "first", /// Stays last.
        Last = "last" }
}

words! {
    /// Verdicts of a statement check.
    Verdict { /// The letter says it.
        Supported = "supported", /// The letter says otherwise.
        Contradicted = "contradicted", /// The letter does not say.
        NotStated = "not-stated" }
}

words! {
    /// What an ordering goes by.
    Basis { /// Order in the letter.
        Text = "text", /// Order in time.
        Time = "time" }
}

words! {
    /// Whose words a cloze has.
    ClozeMode { /// The letter's: its paragraph is not printed on the same sheet.
        Verbatim = "verbatim", /// The author's.
        Summary = "summary" }
}

words! {
    /// Organizer layouts.
    OrganizerLayout { /// Origin, purpose, value, limitations.
        Opvl = "opvl", /// The National Archives' four steps.
        Nara4 = "nara4", /// Sourcing, context, corroboration, close reading.
        Dig4 = "dig4", /// Claim, evidence, reasoning.
        Cer = "cer" }
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

impl Item {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.task.kind()
    }

    /// The ¶ numbers among the places it cites.
    pub fn paragraphs(&self) -> impl Iterator<Item = u32> + '_ {
        self.cite.iter().filter_map(|place| match place {
            Place::Paragraph(n) => Some(*n),
            _ => None,
        })
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
