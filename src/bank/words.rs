//! The closed lists of the format: the words that a field may have.

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
    Bloom { /// Recalls what the text says.
        Remember = "remember", /// Says it in other words, explains it.
        Understand = "understand", /// Uses it in a new case.
        Apply = "apply", /// Takes it apart: parts, order, purpose.
        Analyze = "analyze", /// Judges it by reasons.
        Evaluate = "evaluate", /// Makes something new of it.
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

words! {
    /// What can stand on a sheet beside the questions and tell an answer.
    Teller { /// The headnote, short or full.
        Headnote = "headnote", /// The full headnote alone.
        FullHeadnote = "full-headnote", /// The adapted text.
        Adapted = "adapted" }
}

words! {
    /// What came of reading an item without its key.
    Blind { /// The reader’s answer was the key.
        Agreed = "agreed", /// It was another.
        Differed = "differed" }
}

words! {
    /// Whether an item may be drawn.
    Status { /// It may.
        Ready = "ready", /// Checked, never drawn.
        Draft = "draft" }
}
