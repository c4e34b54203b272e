//! Which fields a kind of item needs, which it may have, and which it does not know (rule E18).

use super::report::Report;
use super::wording::{Path, choices};
use crate::bank::Kind;
use crate::bank::raw::{RawChoice, RawItem};
use crate::diag::did_you_mean;

/// Fields that a kind needs, and those that it may have, beside the fields that every item has.
fn own(kind: Kind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        Kind::SingleChoice => (&["stem", "key", "distractors"], &["order"]),
        Kind::MultipleSelect => (&["stem", "keys", "distractors"], &["order"]),
        Kind::TrueFalse => (&["statement", "answer", "because"], &["correction"]),
        Kind::StatementCheck => (&["statement", "verdict", "because"], &[]),
        Kind::Matching => (&["stem", "heads", "pairs"], &["extra_responses", "order"]),
        Kind::Attribution => (&["stem", "speakers", "statements"], &[]),
        Kind::Ordering => (&["stem", "basis", "elements"], &[]),
        Kind::Cloze => (&["stem", "mode", "passage"], &["extra_words"]),
        Kind::Numeric => (&["stem", "answer"], &["unit", "tolerance", "accept", "known_errors"]),
        Kind::ShortAnswer => (&["stem", "accepted"], &["full_marks", "not_credited", "samples", "lines", "starters"]),
        Kind::EvidenceFinding => (&["stem", "core"], &["search_in", "partial", "max_extra_words"]),
        Kind::Vocabulary => (&["stem", "word", "phrase", "key", "distractors"], &["order"]),
        Kind::PairedEvidence => (&["stem", "key", "distractors"], &["part_b"]),
        Kind::Essay => {
            (&["stem", "rubric"], &["draw_on", "not_credited", "samples", "misconceptions", "lines", "starters"])
        }
        Kind::Organizer => (&["stem", "layout", "rows"], &["starters"]),
        Kind::Discussion => (&["stem"], &["stance", "follow_ups", "starters", "norms"]),
    }
}

/// The fields of kinds that are written in an item.
fn written(raw: &RawItem) -> Vec<&'static str> {
    let fields = [
        ("stem", raw.stem.is_some()),
        ("statement", raw.statement.is_some()),
        ("word", raw.word.is_some()),
        ("phrase", raw.phrase.is_some()),
        ("key", raw.key.is_some()),
        ("keys", !raw.keys.is_empty()),
        ("distractors", !raw.distractors.is_empty()),
        ("order", raw.order.is_some()),
        ("answer", raw.answer.is_some()),
        ("unit", raw.unit.is_some()),
        ("tolerance", raw.tolerance.is_some()),
        ("accept", !raw.accept.is_empty()),
        ("known_errors", !raw.known_errors.is_empty()),
        ("because", raw.because.is_some()),
        ("correction", raw.correction.is_some()),
        ("verdict", raw.verdict.is_some()),
        ("heads", raw.heads.is_some()),
        ("pairs", !raw.pairs.is_empty()),
        ("extra_responses", !raw.extra_responses.is_empty()),
        ("speakers", !raw.speakers.is_empty()),
        ("statements", !raw.statements.is_empty()),
        ("basis", raw.basis.is_some()),
        ("elements", !raw.elements.is_empty()),
        ("mode", raw.mode.is_some()),
        ("passage", raw.passage.is_some()),
        ("extra_words", !raw.extra_words.is_empty()),
        ("accepted", !raw.accepted.is_empty()),
        ("full_marks", raw.full_marks.is_some()),
        ("not_credited", !raw.not_credited.is_empty()),
        ("samples", !raw.samples.is_empty()),
        ("lines", raw.lines.is_some()),
        ("search_in", !raw.search_in.is_empty()),
        ("core", raw.core.is_some()),
        ("partial", !raw.partial.is_empty()),
        ("max_extra_words", raw.max_extra_words.is_some()),
        ("part_b", raw.part_b.is_some()),
        ("rubric", !raw.rubric.is_empty()),
        ("draw_on", !raw.draw_on.is_empty()),
        ("misconceptions", !raw.misconceptions.is_empty()),
        ("layout", raw.layout.is_some()),
        ("rows", !raw.rows.is_empty()),
        ("stance", raw.stance.is_some()),
        ("follow_ups", !raw.follow_ups.is_empty()),
        ("starters", !raw.starters.is_empty()),
        ("norms", !raw.norms.is_empty()),
    ];
    fields.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect()
}

/// Whether an item of the kind must quote what proves its key; in others pupils bring the quotations.
pub(super) fn must_prove(kind: Kind) -> bool {
    !open_ended(kind)
}

/// Marked by a reader, or not marked.
fn open_ended(kind: Kind) -> bool {
    matches!(kind, Kind::Essay | Kind::Organizer | Kind::Discussion)
}

/// Reports what is missing and what is too much.
pub(super) fn check(raw: &RawItem, report: &mut Report) {
    let (needed, optional) = own(raw.kind);
    let written = written(raw);
    let mut foreign: Vec<&str> =
        written.iter().copied().filter(|name| !needed.contains(name) && !optional.contains(name)).collect();
    for name in needed.iter().filter(|name| !written.contains(name)) {
        let meant = |other: &str| did_you_mean(name, [other]).is_some() || (other == "stem" && *name == "statement");
        let help = match foreign.iter().position(|other| meant(other)) {
            Some(at) => format!("is `{}` meant to be `{name}`?", foreign.remove(at)),
            None => format!("{} needs {}", raw.kind, needed.join(", ")),
        };
        report.error("E18", "kind", format!("this {} has no `{name}`", raw.kind), help);
    }
    for name in foreign {
        let known: Vec<&str> = needed.iter().chain(optional).copied().collect();
        let message = format!("a {} has no use for `{name}`", raw.kind);
        report.error(
            "E18",
            format_args!("{name}:"),
            message,
            format!("take it out; its own fields are {}", known.join(", ")),
        );
    }
    for (at, choice) in choices(raw) {
        option(raw.kind, at, choice, report);
    }
    if raw.hints.is_empty() && !open_ended(raw.kind) {
        report.gap("E18", "id", "there are no hints", "write `hints: [\"where to look\", \"what to look for\"]`");
    }
    if raw.skills.is_empty() {
        report.gap("E18", "skills:", "no skill is named", "name one or more, such as [close-reading]");
    }
    if raw.cite.is_empty() {
        report.gap(
            "E18",
            "cite:",
            "no paragraph is cited",
            "write the numbers of the paragraphs that the item is about: cite: [6]",
        );
    }
}

fn option(kind: Kind, at: Path, choice: &RawChoice, report: &mut Report) {
    if choice.quote.is_some() && kind != Kind::PairedEvidence {
        report.error(
            "E18",
            format_args!("{at}.quote:"),
            "an option has a quotation of its own in paired-evidence only",
            "take it out, or put it under `evidence` with `role: refutes`",
        );
    }
    if choice.other_sense.is_some() && kind != Kind::Vocabulary {
        report.error("E18", format_args!("{at}.other_sense:"), "`other_sense` is for vocabulary only", "take it out");
    }
}
