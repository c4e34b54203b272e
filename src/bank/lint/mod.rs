//! Wording rules with few false alarms (W01–W22), each a small function over the item's view.

mod numbers;
mod options;
mod stem;
mod typing;

use super::Kind;
use super::check::report::Report;
use super::check::source::{Source, Word, words};
use super::check::wording::unquoted;
use super::raw::{RawChoice, RawItem};

/// Every rule, in the order of its code. A new rule is a function and a line here, and a line in the table of rules.
const LINTS: &[fn(&View<'_>, &mut Report)] = &[
    options::all_of_the_above,
    stem::unmarked_negative,
    options::double_negative,
    options::key_conspicuously_long,
    stem::asks_something,
    stem::blank_at_the_end,
    stem::ends_in_an_article,
    options::same_opening,
    numbers::ascending,
    numbers::overlapping,
    options::letters_words_in_key_alone,
    stem::asks_for_an_opinion,
    typing::clean,
    options::distractor_with_a_source,
];

/// Checks the wording of an item.
pub(super) fn item(raw: &RawItem, source: &Source<'_>, report: &mut Report) {
    let view = View::new(raw, source);
    for lint in LINTS {
        lint(&view, report);
    }
}

/// An option with its path.
struct Shown<'a> {
    path: String,
    choice: &'a RawChoice<'a>,
    words: Vec<Word<'a>>,
    is_key: bool,
}

/// What the rules look at.
struct View<'a> {
    raw: &'a RawItem<'a>,
    source: &'a Source<'a>,
    stem: &'a str,
    /// Keys, then distractors.
    options: Vec<Shown<'a>>,
}

impl<'a> View<'a> {
    fn new(raw: &'a RawItem<'_>, source: &'a Source<'a>) -> Self {
        let shown = |path: String, choice: &'a RawChoice<'a>, is_key| Shown {
            path,
            choice,
            words: words(&choice.text),
            is_key,
        };
        let mut options: Vec<Shown<'a>> = raw.key.iter().map(|choice| shown("key".to_owned(), choice, true)).collect();
        options.extend(raw.keys.iter().enumerate().map(|(at, choice)| shown(format!("keys[{at}]"), choice, true)));
        options.extend(
            raw.distractors.iter().enumerate().map(|(at, choice)| shown(format!("distractors[{at}]"), choice, false)),
        );
        View { raw, source, stem: raw.stem.as_deref().unwrap_or(""), options }
    }

    /// A kind with options to choose from.
    fn is_choice(&self) -> bool {
        matches!(self.raw.kind, Kind::SingleChoice | Kind::MultipleSelect | Kind::Vocabulary | Kind::PairedEvidence)
    }

    fn keys(&self) -> impl Iterator<Item = &Shown<'a>> {
        self.options.iter().filter(|option| option.is_key)
    }

    fn distractors(&self) -> impl Iterator<Item = &Shown<'a>> {
        self.options.iter().filter(|option| !option.is_key)
    }

    /// The last sentence of the stem without quotations: what is asked.
    fn question(&self) -> String {
        let stem = unquoted(self.stem);
        let body = stem.trim_end().trim_end_matches(['?', ':', '.', ' ', '_']);
        let start = body.rfind(['.', '?', '!', ';']).map_or(0, |at| at + 1);
        body[start..].trim().to_owned()
    }
}
