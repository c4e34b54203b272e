//! The common model: a package of exercises, each in one of eight interactions. Every text is in the mark-up of `text`.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::bank::{Bank, Figure, Item, Kind, Quote};
use crate::blueprint::Blueprint;
use crate::compose::Labels;
use crate::letter::Letter;
use crate::sheet::Sheet;

/// What is exported: a whole bank, some of its items, or drawn sheets.
#[derive(Debug, Clone)]
pub struct Package<'a> {
    /// Title of the whole, plain.
    pub title: String,
    /// The letter, for its title, language, citation and words.
    pub letter: &'a Letter,
    /// The bank, for what a format holds as it is.
    pub bank: &'a Bank,
    /// The items that are exported, each once, in the bank's order.
    pub items: Vec<&'a Item>,
    /// Sections of the letter, or sheets; none is empty.
    pub groups: Vec<Group>,
    /// What sets of exercises share.
    pub stimuli: Vec<Stimulus>,
    /// The groups are sheets: their questions keep the order, labels and options of paper.
    pub drawn: bool,
    /// The sheets, for formats that are paper themselves: those of the groups, or one of all items.
    pub sheets: Arc<[Sheet]>,
    /// What they were drawn by, where they were drawn.
    pub blueprint: Option<Arc<Blueprint>>,
    /// The words on a sheet.
    pub labels: &'a Labels,
}

/// Exercises that stand together: a category of a question bank, or a test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// Unique in the package, small letters, digits and hyphens, begins with a letter: `section-c`, `form-a`.
    pub id: String,
    /// As shown.
    pub title: String,
    /// In order; those of a set follow one another.
    pub exercises: Vec<Exercise>,
}

/// What several exercises share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stimulus {
    /// The set's id.
    pub id: String,
    /// Title, plain.
    pub title: String,
    /// What to do; may be empty.
    pub intro: String,
    /// In order.
    pub passages: Vec<Shown>,
}

/// A passage of a stimulus.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The letter's words: where, and as it has them (no mark-up in them).
    Quoted(Quoted),
    /// Words from elsewhere in the mark-up of `text`, and their source.
    Text(String, String),
    /// A picture.
    #[serde(serialize_with = "one_figure_told")]
    Figure(Arc<Figure>),
}

/// Words of the letter, without mark-up, with their place as it is written: `¶6`, `fn1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quoted {
    /// `¶6`.
    pub place: String,
    /// The words.
    pub words: String,
}

/// A question as other programs know it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exercise {
    /// Unique in the package and the same on every export: the item’s id, with `--b` for its second part (no item has two hyphens
    /// together, so that it is no other item’s id) and `-form-a` on a
    /// sheet. Small letters, digits and hyphens; it may begin with a digit.
    pub id: String,
    /// Id of the item.
    pub item: String,
    /// The item's kind.
    pub kind: Kind,
    /// Printed number, on a sheet.
    pub number: Option<u32>,
    /// What is asked.
    pub stem: String,
    /// A picture over it.
    #[serde(serialize_with = "figure_told")]
    pub figure: Option<Arc<Figure>>,
    /// Index in `Package::stimuli`.
    pub stimulus: Option<usize>,
    /// Points to be had here.
    pub points: u32,
    /// Id of the exercise without whose right answer this one earns nothing.
    pub gate: Option<String>,
    /// What is done.
    pub interaction: Interaction,
    /// Why the key is right and what it teaches: shown after any answer. May be empty.
    pub explanation: String,
    /// The words that prove it.
    pub evidence: Vec<Quoted>,
    /// Steps of help.
    pub hints: Vec<String>,
    /// For the teacher alone; may be empty.
    pub teacher_note: String,
    /// Words to search by: kind, skills, standards, difficulty, ¶, as `skill:close-reading`.
    pub tags: Vec<String>,
    /// What of the item the interaction has no place for, whatever the format; each a sentence's end: `the correction is not
    /// asked for`.
    pub lost: Vec<String>,
}

/// What the pupil does. Ids are unique in their exercise, short, and tell nothing of the key.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are said with their variant")]
pub enum Interaction {
    /// Choose among options, in the order shown; `shuffle` where a program may change it (but for pinned ones).
    Choice { options: Vec<Alternative>, sort: ChoiceSort, shuffle: bool },
    /// Find the response of each premise. Responses that belong to none are among them; `reuse`: one may serve several times.
    Matching { heads: [String; 2], premises: Vec<Premise>, responses: Vec<Labelled>, shuffle: bool, reuse: bool },
    /// Put elements in order: as shown, and their ids in the right order. A point for each right step from one to the next.
    Ordering { elements: Vec<Labelled>, right: Vec<String>, by: String },
    /// Fill the gaps of a passage, a point each, from the words if there are any, sorted.
    Gaps { passage: Vec<Piece>, words: Vec<String> },
    /// Type a number, date or word.
    Entry { answers: Vec<Accepted>, number: Option<Number>, unit: String },
    /// Mark the sentences that show it.
    HotText { passages: Vec<HotPassage>, choose: u32 },
    /// Write; marked by a person, by the paragraphs of `grading`. `rows` where a table is to be filled in, `starters` to begin with.
    Extended { lines: u32, rows: Vec<Row>, starters: Vec<String>, grading: Vec<String> },
    /// Talk; nothing is marked.
    Talk { stance: Option<[String; 2]>, follow_ups: Vec<String>, starters: Vec<String>, norms: Vec<String> },
}

/// Kinds of choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceSort {
    /// One option is right, all or nothing.
    Single,
    /// The options are True and False, in this order.
    TrueFalse,
    /// So many are right; right choices less wrong ones, never below 0.
    Several(u32),
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// `A` … in the order shown.
    pub id: String,
    /// As shown.
    pub text: String,
    /// Whether it is a key.
    pub right: bool,
    /// What it earns of the exercise's points: one for a key, less than nothing for a wrong one of several.
    pub share: Share,
    /// Why; may be empty.
    pub feedback: String,
    /// Stays where it is when others are shuffled.
    pub fixed: bool,
}

/// A part of the points: `of`/`whole`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Numerator; negative where points are taken off.
    pub of: i32,
    /// Denominator, at least 1.
    pub whole: u32,
}

/// An id and a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Labelled {
    /// Unique in its list.
    pub id: String,
    /// As shown.
    pub text: String,
}

/// What asks for a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Premise {
    /// `a` … in the order shown.
    pub id: String,
    /// As shown.
    pub text: String,
    /// Id of the right response.
    pub response: String,
    /// Why; may be empty.
    pub feedback: String,
}

/// A piece of a passage with gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Words, in the mark-up of `text`.
    Text(String),
    /// A gap: its answers, the first being that of the word list.
    Gap(Vec<String>),
}

/// An answer that earns points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Accepted {
    /// The words, plain.
    pub text: String,
    /// What they earn; nothing for a foreseen error.
    pub share: Share,
    /// What is said to them; may be empty.
    pub feedback: String,
}

/// A number that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Number {
    /// It.
    pub value: f64,
    /// How far off is right as well.
    pub tolerance: f64,
}

/// A paragraph whose sentences can be marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HotPassage {
    /// `¶6`.
    pub place: String,
    /// Its sentences, in order; a space stands between them.
    pub sentences: Vec<HotSentence>,
}

/// A sentence that can be marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HotSentence {
    /// `p6s2`.
    pub id: String,
    /// The letter's words, without mark-up.
    pub words: String,
    /// What marking it earns.
    pub share: Share,
    /// What is said to it; may be empty.
    pub feedback: String,
}

/// A row to be filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it asks.
    pub prompt: String,
    /// Its points.
    pub points: u32,
    /// Room, in lines.
    pub lines: u32,
}

/// A picture by its file and description: its bytes are beside.
#[derive(Serialize)]
struct ToldFigure<'a> {
    file: &'a str,
    alt: &'a str,
    caption: &'a str,
    credit: &'a str,
}

fn one_figure_told<S: Serializer>(figure: &Figure, serializer: S) -> Result<S::Ok, S::Error> {
    let Figure { file, alt, caption, credit, .. } = figure;
    ToldFigure { file, alt, caption, credit }.serialize(serializer)
}

fn figure_told<S: Serializer>(figure: &Option<Arc<Figure>>, serializer: S) -> Result<S::Ok, S::Error> {
    match figure {
        Some(figure) => one_figure_told(figure, serializer),
        None => serializer.serialize_none(),
    }
}

impl Share {
    /// All of the points.
    pub const ALL: Share = Share { of: 1, whole: 1 };
    /// None of them.
    pub const NOTHING: Share = Share { of: 0, whole: 1 };

    /// As percent with five decimals, as Moodle has it: `100`, `33.33333`, `-50`.
    pub fn percent(self) -> String {
        decimal(f64::from(self.of) * 100.0 / f64::from(self.whole.max(1)))
    }

    /// So much of so many points: `1`, `0.33333`.
    pub fn of_points(self, points: u32) -> String {
        decimal(f64::from(self.of) * f64::from(points) / f64::from(self.whole.max(1)))
    }
}

/// A number with at most five decimals and no noughts at its end.
pub fn decimal(number: f64) -> String {
    let text = format!("{number:.5}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

impl From<&Quote> for Quoted {
    fn from(quote: &Quote) -> Self {
        Quoted { place: quote.cite.to_string(), words: quote.text.clone() }
    }
}

impl Package<'_> {
    /// Every exercise, in order.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        self.groups.iter().flat_map(|group| &group.exercises)
    }
}

impl Exercise {
    /// Its name in a list of questions, plain: the id, and the first words of the stem.
    pub fn title(&self) -> String {
        const LONGEST: usize = 60;
        let stem = super::inline::plain(&self.stem);
        let mut title = format!("{}: ", self.id);
        for word in stem.split_whitespace() {
            if title.chars().count() + word.chars().count() > LONGEST {
                title.push('…');
                break;
            }
            title.push_str(word);
            title.push(' ');
        }
        title.trim_end().trim_end_matches(':').to_owned()
    }

    /// The words of a field among its tags, in order: of `skill`, those of `skill:sourcing` and its like.
    pub fn tagged<'e>(&'e self, field: &'e str) -> impl Iterator<Item = &'e str> {
        self.tags.iter().filter_map(move |tag| tag.strip_prefix(field)?.strip_prefix(':'))
    }

    /// Whether a program can mark it by itself.
    pub fn is_marked_by_program(&self) -> bool {
        !matches!(self.interaction, Interaction::Extended { .. } | Interaction::Talk { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_written_as_moodle_reads_them() {
        let percent = |of, whole| Share { of, whole }.percent();
        assert_eq!([percent(1, 1), percent(1, 3), percent(-1, 2), percent(0, 1)], ["100", "33.33333", "-50", "0"]);
        assert_eq!(Share { of: 1, whole: 2 }.of_points(3), "1.5");
    }
}
