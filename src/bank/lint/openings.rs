//! Rules on how options begin: W11, W13.

use super::{Shown, View};
use crate::bank::check::report::Report;

/// What an option begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    Noun,
    Participle,
    Infinitive,
    Clause,
    Quotation,
    Preposition,
    Question,
    Number,
}

impl Opening {
    /// In a message: “begins with …”.
    fn named(self) -> &'static str {
        match self {
            Opening::Noun => "a noun with its article",
            Opening::Participle => "an -ing form",
            Opening::Infinitive => "“to” and a verb",
            Opening::Clause => "a subject and its verb",
            Opening::Quotation => "a quotation",
            Opening::Preposition => "a preposition",
            Opening::Question => "a clause with what, how or that",
            Opening::Number => "a number",
        }
    }
}

const ARTICLES: [&str; 14] =
    ["the", "a", "an", "its", "his", "her", "their", "our", "this", "these", "those", "some", "any", "both"];
const SUBJECTS: [&str; 7] = ["he", "she", "it", "they", "we", "i", "you"];
const PREPOSITIONS: [&str; 22] = [
    "by", "in", "on", "at", "from", "for", "with", "without", "of", "as", "into", "under", "over", "after", "before",
    "between", "against", "through", "during", "until", "about", "among",
];
const QUESTIONS: [&str; 9] = ["what", "how", "that", "why", "whether", "which", "who", "when", "where"];

/// Nouns and adjectives that end as participles do.
const NO_PARTICIPLES: [&str; 9] =
    ["nothing", "anything", "something", "everything", "king", "spring", "morning", "evening", "string"];

/// What the option begins with, where its first word tells.
fn opening(option: &Shown<'_>) -> Option<Opening> {
    let text = option.choice.text.trim_start_matches('*');
    if text.starts_with(['“', '"']) {
        return Some(Opening::Quotation);
    }
    let first = &*option.words().first()?.folded;
    let second = option.words().get(1).map_or("", |word| &*word.folded);
    match first {
        "to" if !ARTICLES.contains(&second) && !QUESTIONS.contains(&second) => Some(Opening::Infinitive),
        "to" => Some(Opening::Preposition),
        _ if first.starts_with(|c: char| c.is_ascii_digit()) => Some(Opening::Number),
        _ if ARTICLES.contains(&first) => Some(Opening::Noun),
        _ if SUBJECTS.contains(&first) => Some(Opening::Clause),
        _ if PREPOSITIONS.contains(&first) => Some(Opening::Preposition),
        _ if QUESTIONS.contains(&first) => Some(Opening::Question),
        _ if first.len() > 5 && first.ends_with("ing") && !NO_PARTICIPLES.contains(&first) => Some(Opening::Participle),
        _ => None,
    }
}

/// W11: the key does not begin otherwise than all distractors.
pub(super) fn key_begins_otherwise(view: &View<'_>, report: &mut Report) {
    let distractors: Vec<Option<Opening>> = view.distractors().map(opening).collect();
    let (Some(Some(theirs)), true) = (distractors.first().copied(), distractors.len() >= 2 && view.is_choice()) else {
        return;
    };
    if distractors.iter().any(|other| *other != Some(theirs)) {
        return;
    }
    // Several keys are told from the distractors only if none begins as those do.
    if view.keys().any(|key| opening(key).is_none_or(|own| own == theirs)) {
        return;
    }
    if let Some((key, own)) = view.keys().find_map(|key| Some((key, opening(key)?))) {
        report.warning(
            "W11",
            format!("{}.text", key.path),
            format!("the key begins with {}, every distractor with {}", own.named(), theirs.named()),
            "let all options be built alike",
        );
    }
}

/// W13: words that open every option belong in the stem.
pub(super) fn same_opening(view: &View<'_>, report: &mut Report) {
    let Some((first, others)) = view.options.split_first() else { return };
    let shared = first
        .words()
        .iter()
        .enumerate()
        .take_while(|(at, word)| {
            others.iter().all(|other| other.words().get(*at).is_some_and(|w| w.folded == word.folded))
        })
        .count();
    if shared >= 3 && !others.is_empty() && view.is_choice() {
        let opening = &first.choice.text[..first.words()[shared - 1].at.end];
        report.note(
            "W13",
            format!("{}.text", first.path),
            format!("every option opens with “{opening}”"),
            "these words can stand in the stem",
        );
    }
}
