//! Distractors that are true (W25): the letter's own words, or what another item keys as supported.

use std::collections::BTreeMap;

use super::View;
use crate::bank::check::report::Report;
use crate::bank::check::source::{Word, words};
use crate::bank::raw::RawItem;
use crate::bank::{Kind, Verdict};
use crate::letter::Place;

/// Fewest words of the letter that say something by themselves, as in W17: shorter ones name places and things.
const QUOTED: usize = 5;

/// Words that statements may differ by and still say the same.
const ARTICLES: [&str; 4] = ["a", "an", "the", "that"];

/// The statements that a bank keys as what the letter says, by their words, with the items that do.
#[derive(Debug, Default)]
pub(in crate::bank) struct Supported(BTreeMap<String, String>);

impl Supported {
    /// Those of all items.
    pub fn of<'a>(items: impl Iterator<Item = &'a RawItem<'a>>) -> Self {
        let supported = |item: &&RawItem<'_>| match item.kind {
            Kind::StatementCheck => item.verdict == Some(Verdict::Supported),
            Kind::TrueFalse => item.answer.as_ref().is_some_and(|answer| matches!(&**answer, "true" | "yes")),
            _ => false,
        };
        let statements = items.filter(supported).filter_map(|item| Some((item.statement.as_ref()?, &item.id)));
        Supported(statements.map(|(statement, id)| (said(&words(statement)), id.to_string())).collect())
    }
}

/// What words say, whatever their signs, case and articles.
fn said(words: &[Word<'_>]) -> String {
    let kept = words.iter().map(|word| &*word.folded).filter(|word| !ARTICLES.contains(word));
    kept.collect::<Vec<_>>().join(" ")
}

/// W25.
pub(super) fn distractor_is_true(view: &View<'_>, report: &mut Report) {
    // A word that replaces another says nothing that could be true; quotations to choose from are all the letter's.
    if !view.is_choice() || view.raw.kind == Kind::Vocabulary {
        return;
    }
    let places: Vec<Place> = view.raw.cite.iter().filter_map(|cite| cite.parse().ok()).collect();
    let quoted =
        |words: &[Word<'_>]| words.len() >= QUOTED && view.source.run_at(&places, words, words.len()).is_some();
    let marked = |text: &str| text.trim_start().starts_with(['“', '"']);
    let key_quotes = view.keys().any(|key| quoted(key.words()) || marked(&key.choice.text));
    for option in view.distractors() {
        if !key_quotes && quoted(option.words()) {
            report.warning(
                "W25",
                format!("{}.text", option.path),
                "these are the letter’s own words: who chooses them can point to them",
                "put a misreading in place of the quotation, or let the key quote too",
            );
        } else if !view.supported.0.is_empty()
            && let Some(id) = view.supported.0.get(&said(option.words())).filter(|id| ***id != *view.raw.id)
        {
            report.warning(
                "W25",
                format!("{}.text", option.path),
                format!("`{id}` keys these words as supported by the letter"),
                "a distractor must be false: change it, or change what that item says",
            );
        }
    }
}
