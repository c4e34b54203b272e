//! Options: how many (E02), none alike (E03), each with its reason (E07), and what they refer to.

use super::report::Report;
use super::source::joined_words;
use super::wording::{Path, choices};
use super::{Context, quote};
use crate::bank::raw::{RawChoice, RawItem, Typed, YesNo};
use crate::bank::{Choice, Kind};
use crate::text::fold;

/// Fewest words of a reason.
const REASON_WORDS: usize = 6;

/// Openings that say only that an option is wrong.
const EMPTY_OPENINGS: [&str; 4] = ["wrong", "incorrect", "false", "not correct"];

/// Checks the options of an item, and makes them: keys and distractors.
pub(super) fn check(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> (Vec<Choice>, Vec<Choice>) {
    let all: Vec<(Path, &RawChoice)> = choices(raw).collect();
    let (keys, distractors) = all.split_at(all.len() - raw.distractors.len());
    if !context.proved {
        count(raw, keys.len(), report);
        alike(&all, report);
        reasons(&all, report);
    }
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
    let mut make = |list: &[(Path, &RawChoice)]| {
        list.iter().map(|(path, choice)| choice_of(choice, *path, context, report)).collect()
    };
    (make(keys), make(distractors))
}

fn choice_of(raw: &RawChoice, path: Path, context: &Context<'_>, report: &mut Report) -> Choice {
    if let Some(id) = &raw.misconception {
        context.names.misconception(report, format_args!("{path}.misconception"), id);
    }
    Choice {
        text: raw.text.0.owned(),
        because: raw.because.owned(),
        misconception: raw.misconception.as_ref().map(Typed::owned),
        cite: raw
            .cite
            .as_ref()
            .and_then(|cite| quote::place(cite, format_args!("{path}.cite"), context.source, report)),
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

fn alike(all: &[(Path, &RawChoice)], report: &mut Report) {
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
                    format_args!("{path}.text"),
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
                    format_args!("{path}.text"),
                    format!("“{}” stands inside “{}”", shorter.0, longer.0),
                    "options must exclude each other",
                );
            }
        }
    }
}

/// The words only, in one case.
fn plain(text: &str) -> String {
    let (words, count) = joined_words(text);
    if count == 0 { fold(text.trim()) } else { words }
}

/// Whether the words of one stand in a row in the other.
fn inside(part: &str, whole: &str) -> bool {
    let begins = |at: usize| at == 0 || whole.as_bytes()[at - 1] == b' ';
    let ends = |at: usize| at == whole.len() || whole.as_bytes()[at] == b' ';
    let last = whole.len().checked_sub(part.len());
    last.is_some_and(|last| {
        (0..=last).any(|at| begins(at) && ends(at + part.len()) && whole.as_bytes()[at..].starts_with(part.as_bytes()))
    })
}

fn reasons(all: &[(Path, &RawChoice)], report: &mut Report) {
    let mut seen: Vec<String> = Vec::with_capacity(all.len());
    for (path, choice) in all {
        let at = format_args!("{path}.because");
        let (words, count) = joined_words(&choice.because);
        let folded = if count == 0 { fold(choice.because.trim()) } else { words };
        if let Some(opening) =
            EMPTY_OPENINGS.iter().find(|opening| folded.starts_with(*opening) && inside(opening, &folded))
        {
            report.error(
                "E07",
                at,
                format!("a reason does not begin with “{opening}”"),
                "say what the letter has instead, or what the option misreads",
            );
        } else if (1..REASON_WORDS).contains(&count) {
            report.error(
                "E07",
                at,
                format!("a reason of {count} words"),
                "say in six words or more what makes the option right or wrong",
            );
        }
        if !folded.is_empty() && seen.contains(&folded) {
            report.error(
                "E07",
                at,
                "the same reason stands at another option",
                "each option is right or wrong for a reason of its own",
            );
        }
        seen.push(folded);
    }
}
