//! Rules on options: W01, W03, W06, W07, W17, W22.

use super::stem::negative;
use super::{Shown, View};
use crate::bank::Kind;
use crate::bank::check::report::Report;
use crate::bank::check::source::{Word, first_words, run_in, words};
use crate::bank::check::wording::unquoted;
use crate::letter::Place;
use crate::text::without_languages;

/// Words in a row that are the letter's own.
const OWN_WORDS: usize = 5;

/// From so many words on, the lengths of options are compared.
const SHORT_WORDS: usize = 4;

/// Longest option to shortest, at most, in tenths.
const SPREAD_TENTHS: usize = 18;

/// W01: an option refers to no other.
pub(super) fn all_of_the_above(view: &View<'_>, report: &mut Report) {
    for option in &view.options {
        // One more than any of these has.
        let words = first_words(&option.choice.text, 5);
        let folded: Vec<&str> = words.iter().map(|word| &**word).collect();
        let label = |word: &str| word.len() == 1 && matches!(word, "a" | "b" | "c" | "d" | "e" | "f");
        let refers = match folded.as_slice() {
            ["all" | "none", "of", "the", "above", ..]
            | ["all" | "none", "of", "these", ..]
            | ["all", "the", "above", ..] => true,
            ["both", first, "and", second, ..] => label(first) && label(second),
            [first, "and", second] | [first, "and", second, "only"] => label(first) && label(second),
            _ => false,
        };
        if refers {
            report.error(
                "W01",
                format!("{}.text", option.path),
                "this option only points at others",
                "write an option of its own; after a shuffle nothing stands above",
            );
        }
    }
}

/// W03: a negative option under a negative stem.
pub(super) fn double_negative(view: &View<'_>, report: &mut Report) {
    let Some(negative) = negative(view) else { return };
    for option in &view.options {
        let unquoted = unquoted(&option.choice.text);
        let own = words(&unquoted);
        if let Some(second) = own
            .iter()
            .find(|word| matches!(&*word.folded, "not" | "never" | "no" | "none") || word.folded.ends_with("n't"))
        {
            report.error(
                "W03",
                format!("{}.text", option.path),
                format!("“{}” under a stem with “{negative}”", second.folded),
                "say it without the negative, or turn the question round",
            );
        }
    }
}

/// W06: the key is not known by its length.
pub(super) fn key_conspicuously_long(view: &View<'_>, report: &mut Report) {
    if view.raw.kind == Kind::MultipleSelect {
        return;
    }
    let length = |text: &str| without_languages(text).chars().count();
    let lengths: Vec<usize> = view.distractors().map(|option| length(&option.choice.text)).collect();
    let (Some(key), Some(longest)) = (view.keys().next(), lengths.iter().max()) else { return };
    let own = length(&key.choice.text);
    // In hundredths of the distractors' mean length.
    let share = own * lengths.len() * 100 / lengths.iter().sum::<usize>().max(1);
    if share <= 120 || own < longest + 8 {
        return;
    }
    let message = format!("the key has {own} characters, the longest distractor {longest}");
    let help = "shorten the key, or lengthen a distractor: the longest option is guessed first";
    match share > 150 {
        true => report.error("W06", "key.text", message, help),
        false => report.warning("W06", "key.text", message, help),
    }
}

/// W07: no option is conspicuously longer than another; two or three words may be of any length.
pub(super) fn uneven(view: &View<'_>, report: &mut Report) {
    if !view.is_choice() || view.options.iter().any(|option| option.words().len() < SHORT_WORDS) {
        return;
    }
    let length = |option: &&Shown<'_>| without_languages(&option.choice.text).chars().count();
    let (Some(longest), Some(shortest)) =
        (view.options.iter().max_by_key(length), view.options.iter().min_by_key(length))
    else {
        return;
    };
    let [most, least] = [longest, shortest].map(|option| length(&option));
    // A long key has been reported as what it is.
    if most * 10 > least * SPREAD_TENTHS && !report.has("W06") {
        report.warning(
            "W07",
            format!("{}.text", longest.path),
            format!("this option has {most} characters, the shortest {least}"),
            "make the options alike in length: what stands out is chosen, or passed over, unread",
        );
    }
}

/// W17: the letter's words in the key alone give it away.
pub(super) fn letters_words_in_key_alone(view: &View<'_>, report: &mut Report) {
    if !matches!(view.raw.kind, Kind::SingleChoice | Kind::PairedEvidence) {
        return;
    }
    let places: Vec<Place> = view.raw.cite.iter().filter_map(|cite| cite.parse().ok()).collect();
    let copied = |option: &[Word<'_>]| view.source.run_at(&places, option, OWN_WORDS);
    let Some(key) = view.keys().next() else { return };
    if let Some(at) = copied(key.words())
        && view.distractors().all(|option| copied(option.words()).is_none())
        && let run = &key.words()[at..at + OWN_WORDS]
        && run_in(run, &view.stem_words).is_none()
        && let (Some(first), Some(last)) = (run.first(), run.last())
    {
        let shown = &key.choice.text[first.at.start..last.at.end];
        report.warning(
            "W17",
            "key.text",
            format!("“{shown}” is the letter’s own, and in the key alone"),
            "put the key in other words, or give distractors words of the letter too",
        );
    }
}

/// W22: each distractor says what misreading it comes from.
pub(super) fn distractor_with_a_source(view: &View<'_>, report: &mut Report) {
    if view.raw.kind == Kind::Vocabulary {
        return;
    }
    for option in view.distractors() {
        let choice = option.choice;
        if choice.misconception.is_none() && choice.cite.is_none() && !choice.because.contains('¶') {
            report.note(
                "W22",
                format!("{}.text", option.path),
                "this distractor names neither a misconception nor a paragraph",
                "add `misconception` or `cite`, and the key can say where it comes from",
            );
        }
    }
}
