//! Tasks that a reader marks: short answer, essay, organizer (rule E12).

use super::report::Report;
use super::tasks::{remarks, typed};
use super::{Context, quote};
use crate::bank::raw::{RawItem, owned};
use crate::bank::{Criterion, Idea, OrganizerRow, Sample, Task};

/// Usual numbers of ruled lines.
const LINES_SHORT: u32 = 4;
const LINES_ESSAY: u32 = 24;
const LINES_ROW: u32 = 3;

fn samples(raw: &RawItem) -> Vec<Sample> {
    raw.samples
        .iter()
        .map(|sample| Sample { score: sample.score, text: sample.text.owned(), because: sample.because.owned() })
        .collect()
}

/// Checks a short answer and makes its task.
pub(super) fn short_answer(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> Option<Task> {
    let mut accepted = Vec::with_capacity(raw.accepted.len());
    for (at, idea) in raw.accepted.iter().enumerate() {
        let path = format_args!("accepted[{at}]");
        let quote = match (&idea.cite, &idea.quote) {
            (Some(cite), Some(words)) => quote::quote(cite, words, path, context.source, report),
            (None, None) => None,
            _ => {
                report.error("E18", path, "`cite` and `quote` go together", "write both, or neither");
                None
            }
        };
        if idea.points == 0 {
            report.error(
                "E12",
                format_args!("{path}.points"),
                "an idea that earns nothing",
                "give it a point, or list it under `not_credited`",
            );
        }
        accepted.push(Idea { idea: idea.idea.owned(), points: idea.points, quote });
    }
    let sum: u32 = accepted.iter().map(|idea| idea.points).sum();
    if let Some(full) = raw.full_marks
        && (full > sum || full == 0)
    {
        report.error(
            "E12",
            "full_marks",
            format!("{full} points for a full answer, and the ideas add up to {sum}"),
            "it is at most what the ideas add up to, and at least 1",
        );
    }
    let lines = raw.lines.unwrap_or(LINES_SHORT);
    (!accepted.is_empty()).then(|| Task::ShortAnswer {
        accepted,
        not_credited: remarks(&raw.not_credited),
        samples: samples(raw),
        lines,
    })
}

/// Checks an essay and makes its task.
pub(super) fn essay(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> Option<Task> {
    for (at, criterion) in raw.rubric.iter().enumerate() {
        let path = format_args!("rubric[{at}]");
        if criterion.max == 0 {
            report.error(
                "E12",
                format_args!("{path}.max"),
                "a row that earns nothing",
                "give it a point, or take it out",
            );
        }
        if raw.rubric[..at].iter().any(|other| other.id == criterion.id) {
            report.error(
                "E01",
                format_args!("{path}.id"),
                format!("the row “{}” stands twice", criterion.id),
                "give each row an id of its own",
            );
        }
    }
    let quotes = raw.draw_on.iter().enumerate();
    let draw_on = quotes
        .filter_map(|(at, typed)| {
            quote::quote(&typed.cite, &typed.quote, format_args!("draw_on[{at}]"), context.source, report)
        })
        .collect();
    let rubric = raw.rubric.iter().map(|row| Criterion {
        id: row.id.owned(),
        max: row.max,
        earns: row.earns.owned(),
        example: row.example.owned(),
    });
    (!raw.rubric.is_empty()).then(|| Task::Essay {
        rubric: rubric.collect(),
        draw_on,
        not_credited: remarks(&raw.not_credited),
        samples: samples(raw),
        misconceptions: owned(&raw.misconceptions),
        lines: raw.lines.unwrap_or(LINES_ESSAY),
    })
}

/// Checks an organizer and makes its task.
pub(super) fn organizer(raw: &RawItem, report: &mut Report) -> Option<Task> {
    for (at, row) in raw.rows.iter().enumerate() {
        let path = format_args!("rows[{at}]");
        if row.points == 0 {
            report.error(
                "E12",
                format_args!("{path}.points"),
                "a row that earns nothing",
                "give it a point, or take it out",
            );
        }
        if raw.rows[..at].iter().any(|other| other.id == row.id) {
            report.error(
                "E01",
                format_args!("{path}.id"),
                format!("the row “{}” stands twice", row.id),
                "give each row an id of its own",
            );
        }
    }
    let rows = raw.rows.iter().map(|row| OrganizerRow {
        id: row.id.owned(),
        prompt: row.prompt.owned(),
        accept: typed(&row.accept),
        points: row.points,
        lines: row.lines.unwrap_or(LINES_ROW),
    });
    Some(Task::Organizer { layout: raw.layout?, rows: rows.collect() })
}
