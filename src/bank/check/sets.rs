//! Stimulus sets (rule E20) and misconceptions.

use super::names::Names;
use super::pictures::Album;
use super::report::Report;
use super::source::Source;
use super::{File, quote};
use crate::bank::lint;
use crate::bank::raw::RawPassage;
use crate::bank::{Bank, Misconception, Passage, StimulusSet};

/// Takes over the misconceptions of a file.
pub(super) fn misconceptions(file: &mut File, source: &Source<'_>, bank: &mut Bank) {
    for (at, raw) in file.raw.misconceptions.iter().enumerate() {
        let mut report = file.report("misconceptions", at);
        for (field, text) in [("says", &raw.says), ("answer", &raw.answer)] {
            lint::language(&|| field.to_owned(), text, &mut report);
        }
        let cite = raw.cite.iter().enumerate();
        let cite = cite
            .filter_map(|(at, typed)| quote::place(typed, format_args!("cite[{at}]"), source, &mut report))
            .collect();
        bank.misconceptions.push(Misconception {
            id: raw.id.owned(),
            says: raw.says.owned(),
            answer: raw.answer.owned(),
            cite,
        });
        file.found.extend(report.found);
    }
}

/// Takes over the stimulus sets of a file.
pub(super) fn sets(file: &mut File, at_hand: (&Source<'_>, &Album<'_>), names: &Names, bank: &mut Bank) {
    for (at, raw) in file.raw.sets.iter().enumerate() {
        let mut report = file.report("sets", at);
        for (field, text) in [("title", &raw.title), ("intro", &raw.intro)] {
            lint::language(&|| field.to_owned(), text, &mut report);
        }
        let passages = raw.passages.iter().enumerate();
        let passages: Vec<Passage> = passages.filter_map(|(at, raw)| passage(raw, at, at_hand, &mut report)).collect();
        if raw.passages.is_empty() {
            report.error(
                "E20",
                "passages:",
                "the set has no stimulus",
                "give it a passage: `{cite: 14, quote: \"…\"}`",
            );
        }
        let members = names.members(&raw.id);
        if !(2..=4).contains(&members) && !names.incomplete() {
            let items = if members == 1 { "item says" } else { "items say" };
            report.error("E20", "id", format!("{members} {items} `set: {}`", raw.id), "a set has two to four items");
        }
        bank.sets.push(StimulusSet {
            id: raw.id.owned(),
            title: raw.title.owned(),
            intro: raw.intro.owned(),
            passages,
        });
        file.found.extend(report.found);
    }
}

fn passage(
    raw: &RawPassage,
    at: usize,
    (source, album): (&Source<'_>, &Album<'_>),
    report: &mut Report,
) -> Option<Passage> {
    let path = format_args!("passages[{at}]");
    match (&raw.cite, &raw.quote, &raw.text, &raw.source, &raw.picture) {
        (None, None, None, None, Some(picture)) => {
            album.figure(picture, &format!("{path}.picture"), report).map(Passage::Figure)
        }
        (Some(cite), Some(words), None, None, None) => {
            quote::quote(cite, words, path, source, report).map(Passage::Letter)
        }
        (None, None, Some(text), Some(from), None) => {
            for (field, text) in [("text", text), ("source", from)] {
                lint::language(&|| format!("{path}.{field}"), text, report);
            }
            Some(Passage::Other(text.owned(), from.owned()))
        }
        _ => {
            report.error(
                "E20",
                path,
                "a passage is either quoted or given, or a picture",
                "write `cite` and `quote`, or `text` and `source`, or `picture`; for more, another passage",
            );
            None
        }
    }
}
