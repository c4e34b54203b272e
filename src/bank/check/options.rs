//! Options: how many (E02), none alike (E03), each with its reason (E07), and what they refer to.

use super::report::Report;
use super::source::words;
use super::{Context, quote};
use crate::bank::raw::{RawChoice, RawItem, YesNo};
use crate::bank::{Choice, Kind};
use crate::text::fold;

/// Fewest words of a reason.
const REASON_WORDS: usize = 6;

/// Openings that say only that an option is wrong.
const EMPTY_OPENINGS: [&str; 4] = ["wrong", "incorrect", "false", "not correct"];

/// Checks the options of an item, and makes them: keys and distractors.
pub(super) fn check(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> (Vec<Choice>, Vec<Choice>) {
    let key = raw.key.iter().map(|choice| ("key".to_owned(), choice));
    let keys: Vec<(String, &RawChoice)> =
        key.chain(raw.keys.iter().enumerate().map(|(at, choice)| (format!("keys[{at}]"), choice))).collect();
    let distractors: Vec<(String, &RawChoice)> =
        raw.distractors.iter().enumerate().map(|(at, choice)| (format!("distractors[{at}]"), choice)).collect();
    count(raw, keys.len(), report);
    let all: Vec<&(String, &RawChoice)> = keys.iter().chain(&distractors).collect();
    alike(&all, report);
    reasons(&all, report);
    if raw.kind == Kind::Vocabulary
        && !distractors.is_empty()
        && !raw.distractors.iter().any(|choice| choice.other_sense == Some(YesNo(true)))
    {
        report.error(
            "E02",
            "distractors:",
            "no distractor is another sense of the word",
            "let one be another sense from the dictionary, and mark it `other_sense: yes`",
        );
    }
    let mut make = |list: &[(String, &RawChoice)]| {
        list.iter().map(|(path, choice)| choice_of(choice, path, context, report)).collect()
    };
    (make(&keys), make(&distractors))
}

fn choice_of(raw: &RawChoice, path: &str, context: &Context<'_>, report: &mut Report) -> Choice {
    if let Some(id) = &raw.misconception {
        context.names.misconception(report, &format!("{path}.misconception"), id);
    }
    Choice {
        text: raw.text.0.clone(),
        because: raw.because.clone(),
        misconception: raw.misconception.clone(),
        cite: raw.cite.as_ref().and_then(|cite| quote::place(cite, &format!("{path}.cite"), context.source, report)),
        pin: raw.pin,
        other_sense: raw.other_sense == Some(YesNo(true)),
    }
}

fn count(raw: &RawItem, keys: usize, report: &mut Report) {
    let wrong = raw.distractors.len();
    if keys == 0 || wrong == 0 {
        return;
    }
    let all = keys + wrong;
    if raw.kind == Kind::MultipleSelect {
        if keys < 2 {
            report.error("E02", "keys:", "a single key", "with one key it is a single-choice; or add a key");
        }
        if !(5..=7).contains(&all) {
            report.error(
                "E02",
                "distractors:",
                format!("{all} options in all"),
                "a multiple-select has five to seven options, keys included",
            );
        }
    } else if !(2..=4).contains(&wrong) {
        let options = if wrong == 1 { "1 distractor".to_owned() } else { format!("{wrong} distractors") };
        report.error("E02", "distractors:", options, "write two to four distractors: three good options are enough");
    }
}

fn alike(all: &[&(String, &RawChoice)], report: &mut Report) {
    let folded: Vec<String> = all.iter().map(|(_, choice)| plain(&choice.text)).collect();
    for (at, (path, choice)) in all.iter().enumerate() {
        for other in 0..at {
            let (here, there) = (&folded[at], &folded[other]);
            if here.is_empty() {
                continue;
            }
            if here == there {
                report.error(
                    "E03",
                    &format!("{path}.text"),
                    format!("this option is the same as “{}”", all[other].1.text.0),
                    "make them differ, or take one out",
                );
            } else if inside(here, there) || inside(there, here) {
                let (shorter, longer) = if here.len() < there.len() {
                    (&choice.text, &all[other].1.text)
                } else {
                    (&all[other].1.text, &choice.text)
                };
                report.warning(
                    "E03",
                    &format!("{path}.text"),
                    format!("“{}” stands inside “{}”", shorter.0, longer.0),
                    "options must exclude each other",
                );
            }
        }
    }
}

/// The words only, in one case.
fn plain(text: &str) -> String {
    let words: Vec<_> = words(text).into_iter().map(|word| word.folded).collect();
    if words.is_empty() { fold(text.trim()) } else { words.join(" ") }
}

/// Whether the words of one stand in a row in the other.
fn inside(part: &str, whole: &str) -> bool {
    format!(" {whole} ").contains(&format!(" {part} "))
}

fn reasons(all: &[&(String, &RawChoice)], report: &mut Report) {
    let mut seen: Vec<String> = Vec::with_capacity(all.len());
    for (path, choice) in all {
        let at = format!("{path}.because");
        let reason = words(&choice.because);
        let folded = plain(&choice.because);
        if let Some(opening) =
            EMPTY_OPENINGS.iter().find(|opening| inside(opening, &folded) && folded.starts_with(*opening))
        {
            report.error(
                "E07",
                &at,
                format!("a reason does not begin with “{opening}”"),
                "say what the letter has instead, or what the option misreads",
            );
        } else if !reason.is_empty() && reason.len() < REASON_WORDS {
            report.error(
                "E07",
                &at,
                format!("a reason of {} words", reason.len()),
                "say in six words or more what makes the option right or wrong",
            );
        }
        if !folded.is_empty() && seen.contains(&folded) {
            report.error(
                "E07",
                &at,
                "the same reason stands at another option",
                "each option is right or wrong for a reason of its own",
            );
        }
        seen.push(folded);
    }
}
