//! Rules on the stem: W02, W08, W09, W10, W18.

use super::View;
use crate::bank::Kind;
use crate::bank::check::report::Report;
use crate::bank::check::source::words;

/// Words that turn a question round.
const NEGATIVES: [&str; 3] = ["not", "except", "least"];

/// Words that begin a clause of its own, in which a negative does not turn the question round.
const CLAUSES: [&str; 13] =
    ["that", "because", "if", "although", "though", "when", "who", "whom", "why", "whether", "as", "since", "where"];

/// The negative word of the question itself, if it has one.
pub(super) fn negative(view: &View<'_>) -> Option<String> {
    let turns = |word: &str| NEGATIVES.contains(&word) || word.ends_with("n't");
    // Few stems have one anywhere.
    if !view.is_choice() || !view.stem_words.iter().any(|word| turns(&word.folded)) {
        return None;
    }
    let question = view.question();
    let words = words(&question);
    let asks = words
        .first()
        .is_some_and(|word| matches!(&*word.folded, "which" | "what" | "who" | "all" | "each" | "every" | "in"));
    if !asks {
        return None;
    }
    let clause =
        words.iter().skip(1).position(|word| CLAUSES.contains(&&*word.folded)).map_or(words.len(), |at| at + 1);
    let found = words[..clause].iter().enumerate().find(|(at, word)| {
        let after = |other: &str| *at > 0 && words[at - 1].folded == other;
        let before = |other: &str| words.get(at + 1).is_some_and(|word| word.folded == other);
        turns(&word.folded) && (word.folded.ends_with("n't") || !after("at") && !before("only") && !before("just"))
    });
    found.map(|(_, word)| question[word.at.clone()].to_owned())
}

/// W02: a negative word stands in bold capitals.
pub(super) fn unmarked_negative(view: &View<'_>, report: &mut Report) {
    if let Some(word) = negative(view) {
        let marked = format!("**{}**", word.to_uppercase());
        if !view.stem.contains(&marked) {
            let help = if word.ends_with('t') && word.contains(['\'', '’']) { "**NOT**".to_owned() } else { marked };
            report.error(
                "W02",
                "stem",
                format!("“{word}” turns the question round and can be overlooked"),
                format!("write {help}, or ask without it"),
            );
        }
    }
}

/// Stems that leave to the options what is asked.
const EMPTY: [&str; 5] = [
    "which of the following is true",
    "which of these is true",
    "which statement is true",
    "which is correct",
    "which of the following is correct",
];

/// W08: a stem asks something.
pub(super) fn asks_something(view: &View<'_>, report: &mut Report) {
    if view.stem.is_empty() || !(view.is_choice() || view.raw.kind == Kind::Numeric) {
        return;
    }
    let stem = view.stem.trim_end().trim_end_matches(['”', '"', ')', '*']);
    let asked = &view.stem_words;
    let count = asked.len();
    if !stem.ends_with(['?', ':', '_', '…']) {
        report.warning(
            "W08",
            "stem",
            "this stem asks nothing",
            "end it with a question mark, or with a colon where the options complete it",
        );
    } else if EMPTY.iter().any(|empty| empty.split(' ').eq(asked.iter().map(|word| &*word.folded))) {
        report.warning(
            "W08",
            "stem",
            "this stem does not say what is asked",
            "pose one problem, so that it can be answered without looking at the options",
        );
    } else if count < 6 {
        report.warning("W08", "stem", format!("a stem of {count} words"), "pose the problem in six words or more");
    }
}

/// W09: a blank in a stem stands at its end.
pub(super) fn blank_at_the_end(view: &View<'_>, report: &mut Report) {
    if !view.is_choice() {
        return;
    }
    if let Some(at) = view.stem.find("____")
        && view.stem[at..].chars().any(char::is_alphanumeric)
    {
        report.warning(
            "W09",
            "stem",
            "the blank stands before the stem’s end",
            "turn the sentence so that the blank comes last, or ask a question",
        );
    }
}

/// W10: the article must not tell whether the key begins with a vowel.
pub(super) fn ends_in_an_article(view: &View<'_>, report: &mut Report) {
    if !view.is_choice() {
        return;
    }
    let stem = view.stem.trim_end_matches(|c: char| !c.is_alphanumeric());
    if let Some(article @ ("a" | "an")) = stem.rsplit(|c: char| !c.is_alphanumeric()).next() {
        report.error(
            "W10",
            "stem",
            format!("the stem ends in “{article}”, which fits some options only"),
            "put the article into the options, or write a(n)",
        );
    }
}

/// W18: a keyed item does not ask what the pupil thinks.
pub(super) fn asks_for_an_opinion(view: &View<'_>, report: &mut Report) {
    if matches!(view.raw.kind, Kind::Essay | Kind::Discussion | Kind::Organizer) {
        return;
    }
    let stem = &view.stem_words;
    for opinion in ["do you think", "do you feel", "do you believe", "in your opinion", "would you say"] {
        let count = opinion.split(' ').count();
        if stem.windows(count).any(|run| opinion.split(' ').eq(run.iter().map(|word| &*word.folded))) {
            report.warning(
                "W18",
                "stem",
                format!("“{opinion}” asks for an opinion, which cannot be wrong"),
                "ask what the letter says or shows; or make it a discussion",
            );
        }
    }
}
