//! Rules on words that say too much or hedge: W04, W05. Pupils who know no answer strike out the one and guess the other.

use super::{Shown, View};
use crate::bank::check::report::Report;
use crate::bank::check::source::Word;

/// Words that allow no exception.
const ABSOLUTE: [&str; 9] =
    ["always", "never", "all", "none", "only", "every", "completely", "absolutely", "impossible"];

/// Words that leave a way out.
const HEDGES: [&str; 9] = ["may", "might", "could", "often", "usually", "sometimes", "some", "perhaps", "generally"];

/// Numbers after which `all` counts and does not exaggerate: all three passages.
const NUMBERS: [&str; 10] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "of"];

/// W04: no absolute word in distractors alone.
pub(super) fn absolute_in_distractors_alone(view: &View<'_>, report: &mut Report) {
    if !view.is_choice() || view.keys().any(|key| absolute(key).is_some()) {
        return;
    }
    for option in view.distractors() {
        if let Some(word) = absolute(option)
            && !report.has("W01")
        {
            report.warning(
                "W04",
                format!("{}.text", option.path),
                format!("“{}” makes this distractor easy to strike out", &option.choice.text[word.at.clone()]),
                "say it without the absolute word: let the distractor be wrong by what the letter says",
            );
        }
    }
}

fn absolute<'s>(option: &'s Shown<'_>) -> Option<&'s Word<'s>> {
    let word = |at: Option<usize>| at.and_then(|at| option.words().get(at)).map_or("", |word| &*word.folded);
    option.own_words().find_map(|(at, found)| {
        let (before, after) = (word(at.checked_sub(1)), word(at.checked_add(1)));
        let mild = match &*found.folded {
            "all" => matches!(before, "at" | "after" | "above" | "in" | "once") || NUMBERS[..9].contains(&after),
            "only" => before == "not",
            "every" => after == "other",
            _ => false,
        };
        (ABSOLUTE.contains(&&*found.folded) && !mild).then_some(found)
    })
}

/// W05: no hedge in the key alone.
pub(super) fn hedge_in_key_alone(view: &View<'_>, report: &mut Report) {
    if !view.is_choice() || view.distractors().any(|option| hedge(option).is_some()) {
        return;
    }
    for key in view.keys() {
        if let Some(word) = hedge(key) {
            report.warning(
                "W05",
                format!("{}.text", key.path),
                format!("“{}” stands in the key and in no distractor", &key.choice.text[word.at.clone()]),
                "take the hedge out, or give a distractor one: a cautious answer is guessed first",
            );
        }
    }
}

fn hedge<'s>(option: &'s Shown<'_>) -> Option<&'s Word<'s>> {
    // May is a month where it has a capital inside the text.
    let month = |word: &Word<'_>| word.at.start > 0 && option.choice.text[word.at.clone()].starts_with('M');
    option.own_words().map(|(_, word)| word).find(|word| HEDGES.contains(&&*word.folded) && !month(word))
}
