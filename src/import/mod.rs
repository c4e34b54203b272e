//! Another program's file → a bank that a person would be glad to edit, with a report of what became of each question.

mod aiken;
mod anki;
mod csv;
mod detect;
mod draft;
mod exercise;
mod gift;
mod graded;
mod html;
mod ledger;
mod letter;
mod moodle;
mod names;
mod page;
mod propose;
mod qti;
mod qti12;
mod row;
mod yaml;

pub use detect::Opened;
pub use html::{Marked, from_html};
pub use ledger::{Became, Line};
pub use letter::{Ground, LetterFiles};

use crate::exchange::archive::Packed;
use crate::exchange::{Exercise, Interaction, Piece, Share, Stimulus};

/// A kind of file that is read.
#[derive(Debug)]
pub struct Reader {
    /// The word for it in `--from`; the export format of the same name has the same word.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether an opened file is of this kind, by its content and never by its name. The readers are asked in their order.
    pub detects: fn(&Opened) -> bool,
    /// Reads it: every question, or why the file as a whole cannot be read (in a sentence). A question that cannot be read is an
    /// entry of its own, and never stops the others.
    pub read: fn(&Opened) -> Result<Read, String>,
}

/// Every kind of file that is read, in the order in which they are asked whether a file is theirs: headers tell
/// tables and decks from texts with braces. A new one is a file in this folder, its `mod` and its line here.
pub const READERS: &[&Reader] = &[
    &moodle::READER,    // XML whose first element is quiz
    &gift::READER,      // answers in braces
    &aiken::READER,     // lines of ANSWER:
    &anki::READER,      // notes of cards
    &qti::QTI3_READER,  // packages and items
    &qti::QTI21_READER, // the older ones
    &qti12::READER,     // Canvas, Blackboard, cartridges
    &csv::READER,       // the last
];

impl Reader {
    /// The reader with a name.
    ///
    /// # Errors
    /// What names there are, or the nearest.
    pub fn of(name: &str) -> Result<&'static Reader, String> {
        READERS.iter().copied().find(|reader| reader.name == name).ok_or_else(|| {
            let names = || READERS.iter().map(|reader| reader.name);
            match crate::diag::did_you_mean(name, names()) {
                Some(near) => format!("“{name}” cannot be imported; did you mean “{near}”?"),
                None => format!("“{name}” cannot be imported; there are {}", names().collect::<Vec<_>>().join(", ")),
            }
        })
    }
}

/// What was read of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// Title of the whole, if the file has one.
    pub title: String,
    /// Questions in the order of the file.
    pub entries: Vec<Entry>,
    /// Passages that questions share; `Exercise::stimulus` counts from 0 here.
    pub stimuli: Vec<Stimulus>,
    /// Pictures that questions show.
    pub pictures: Vec<FoundPicture>,
    /// What was changed or left out of the file as a whole, a sentence each.
    pub notes: Vec<String>,
}

impl Read {
    /// Index of a passage, which is kept once, however many questions share it.
    fn stimulus(&mut self, stimulus: Stimulus) -> usize {
        self.stimuli.iter().position(|known| *known == stimulus).unwrap_or_else(|| {
            self.stimuli.push(stimulus);
            self.stimuli.len() - 1
        })
    }
}

/// A question of the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// It was read.
    Question(Box<Question>),
    /// It could not be: what it is called there, and why, as the end of a sentence.
    Dropped {
        /// Its id, number or first words.
        name: String,
        /// `a calculated question has no like in a bank`.
        why: String,
    },
}

/// A question as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// In the common model. `id` is what the file calls it (any text; a legal id is made of it), `item` and `figure` are left
    /// empty, `kind` is a proposal ([`kind_of`] has one), `tags` are read as `export` writes them, `lost` stays empty.
    pub exercise: Exercise,
    /// Index in `Read::pictures` of the picture over the question.
    pub picture: Option<usize>,
    /// What was changed in reading it, each as the end of a sentence: `a table in the stem became lines`.
    pub changed: Vec<String>,
}

/// A picture of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPicture {
    /// Its name, and its bytes.
    pub file: Packed,
    /// Its description; empty where the file has none.
    pub alt: String,
}

/// What an import gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The files of the new bank folder, by their paths in it.
    pub files: Vec<Packed>,
    /// What became of each question, in order.
    pub lines: Vec<Line>,
    /// What was changed or left out of the file as a whole.
    pub notes: Vec<String>,
}

impl Imported {
    /// How many questions are in the bank.
    pub fn carried(&self) -> usize {
        self.lines.iter().filter(|line| line.became != Became::Dropped).count()
    }
}

/// Makes a bank of what was read: a pure function.
pub fn import(read: &Read, reader: &Reader, ground: &Ground) -> Imported {
    let mut ledger = ledger::Ledger::default();
    let places = propose::Places::new(&ground.letter);
    let pictures = draft::picture_files(read);
    let all = whole_questions(read);
    let of = |at: usize| {
        let questions = all.iter().filter_map(|question| question.as_ref().ok());
        questions.filter(|(question, _)| question.exercise.stimulus == Some(at)).count()
    };
    let sets = draft::sets(read, ground, of);
    let shared = draft::Shared { read, pictures: &pictures, sets: &sets };
    let mut drafts = Vec::new();
    for question in &all {
        match question {
            Err((name, why)) => ledger.dropped(name, why),
            Ok(parts) => drafts.push(draft::of(*parts, &shared, (reader, ground, &places), &mut ledger)),
        }
    }
    let mut notes = read.notes.clone();
    let alone = read.stimuli.iter().enumerate().filter(|(at, _)| of(*at) == 0);
    notes.extend(alone.map(|(_, stimulus)| {
        let title = if stimulus.title.is_empty() { "A passage" } else { &stimulus.title };
        format!("“{title}” asks nothing, and no question is about it: it stands in a comment at the head of the file.")
    }));
    let mut files = ground.files.0.clone();
    files.push(Packed::new("bank/imported.yaml", yaml::bank((&drafts, &sets), read, reader, ground)));
    let named = pictures.into_iter().zip(&read.pictures);
    files.extend(named.filter_map(|(name, picture)| Some(Packed::new(name.ok()?, picture.file.bytes.clone()))));
    Imported { files, lines: ledger.lines, notes }
}

/// A question with the part that asks for its evidence, if it has one.
type Parts<'r> = (&'r Question, Option<&'r Question>);

/// The questions of a file with the parts that hang from them; of what is dropped: what it is called, and why.
fn whole_questions(read: &Read) -> Vec<Result<Parts<'_>, (String, String)>> {
    let mut all = Vec::new();
    let mut entries = read.entries.iter().peekable();
    while let Some(entry) = entries.next() {
        all.push(match entry {
            Entry::Dropped { name, why } => Err((name.clone(), why.clone())),
            Entry::Question(question) => match lacks(&question.exercise) {
                Some(why) => {
                    let name = match &question.exercise {
                        Exercise { id, .. } if !id.is_empty() => id.clone(),
                        Exercise { stem, .. } if !stem.trim().is_empty() => draft::first_words(stem),
                        _ => format!("question {}", all.len() + 1),
                    };
                    Err((name, why.to_owned()))
                }
                None => {
                    // The part that asks for the evidence of an answer follows it.
                    let gated = |next: &&Entry| matches!(next, Entry::Question(q) if q.exercise.gate.as_ref() == Some(&question.exercise.id));
                    let second = match entries.next_if(gated) {
                        Some(Entry::Question(second)) => Some(second.as_ref()),
                        _ => None,
                    };
                    Ok((question.as_ref(), second))
                }
            },
        });
    }
    all
}

/// What no item can be without, if an exercise lacks it, as the end of a sentence: it would be an error of the whole bank.
fn lacks(exercise: &Exercise) -> Option<&'static str> {
    if exercise.stem.trim().is_empty() {
        return Some("it asks nothing");
    }
    match &exercise.interaction {
        Interaction::Choice { options, .. } if !options.iter().any(|option| option.right) => {
            Some("none of its options is right")
        }
        Interaction::Choice { options, .. } if options.iter().all(|option| option.right) => {
            Some("none of its options is wrong")
        }
        Interaction::Gaps { passage, .. } => {
            let mut gaps = passage.iter().filter_map(|piece| match piece {
                Piece::Gap(answers) => Some(answers.iter().all(|answer| answer.trim().is_empty())),
                Piece::Text(_) => None,
            });
            // No gap is as bad as one without an answer.
            let first = gaps.next().unwrap_or(true);
            (first || gaps.any(|is_empty| is_empty)).then_some("one of its gaps has no answer")
        }
        Interaction::Entry { answers, .. }
            if !answers.iter().any(|answer| answer.share == Share::ALL && !answer.text.trim().is_empty()) =>
        {
            Some("it has no answer that is right")
        }
        Interaction::Matching { premises, .. } if premises.is_empty() => Some("it has no pairs"),
        _ => None,
    }
}

/// Most words of an answer that is a number or a date: `about 3 million people`.
const NUMBER_WORDS: usize = 4;

/// The kind of item that an interaction is nearest to.
pub fn kind_of(interaction: &Interaction) -> crate::bank::Kind {
    use crate::bank::Kind;
    use crate::exchange::ChoiceSort;
    match interaction {
        Interaction::Choice { sort: ChoiceSort::TrueFalse, .. } => Kind::TrueFalse,
        Interaction::Choice { sort: ChoiceSort::Several(2..), .. } => Kind::MultipleSelect,
        Interaction::Choice { .. } => Kind::SingleChoice,
        Interaction::Matching { reuse: true, .. } => Kind::Attribution,
        Interaction::Matching { .. } => Kind::Matching,
        Interaction::Ordering { .. } => Kind::Ordering,
        Interaction::Gaps { .. } => Kind::Cloze,
        Interaction::Entry { answers, .. } => {
            // `1961`, `16 October`, `$50`; no sentence with a number in it, and not `U-2`.
            let number = |word: &str| {
                word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_ascii_digit())
            };
            let is_number = answers.first().is_some_and(|answer| {
                answer.text.split_whitespace().count() <= NUMBER_WORDS && answer.text.split_whitespace().any(number)
            });
            if is_number { Kind::Numeric } else { Kind::ShortAnswer }
        }
        Interaction::HotText { .. } => Kind::EvidenceFinding,
        Interaction::Extended { rows, .. } if !rows.is_empty() => Kind::Organizer,
        Interaction::Extended { .. } => Kind::ShortAnswer,
        Interaction::Talk { .. } => Kind::Discussion,
    }
}
