//! What a person who marks an open answer is told, as paragraphs in the mark-up of `text`, which an import reads back.

use super::Wording;
use super::inline::as_markup;
use crate::bank::{Item, Quote, Remark, Sample, Task};

/// The paragraphs for an item that a person marks; none for others.
pub(super) fn grading(item: &Item, wording: Wording<'_>) -> Vec<String> {
    let notes = Notes { wording };
    match &item.task {
        Task::ShortAnswer { accepted, not_credited, samples, .. } => {
            let ideas = accepted.iter().map(|idea| {
                let proof = idea.quote.as_ref().map(|quote| format!(" ({})", quoted(quote))).unwrap_or_default();
                format!("**{}** {}{proof}", notes.points(idea.points), idea.idea)
            });
            ideas.chain(notes.refused(not_credited)).chain(notes.samples(samples)).collect()
        }
        Task::Essay { rubric, draw_on, not_credited, samples, misconceptions, .. } => {
            let rows = rubric.iter().map(|row| {
                let example = if row.example.is_empty() { String::new() } else { format!(" *{}*", row.example) };
                format!("**{}, {}:** {}{example}", row.id, notes.points(row.max), row.earns)
            });
            let labels = wording.labels;
            let draw = draw_on.iter().map(|quote| format!("**{}** {}", labels.draw_on, quoted(quote)));
            let misread = misconceptions.iter().filter_map(|id| wording.bank.misconception(id));
            let misread = misread.map(|found| format!("**{}** {} {}", labels.misconception, found.says, found.answer));
            rows.chain(draw).chain(notes.refused(not_credited)).chain(notes.samples(samples)).chain(misread).collect()
        }
        Task::Organizer { rows, .. } => {
            let row = |row: &crate::bank::OrganizerRow| {
                let accept: Vec<String> = row.accept.iter().map(|text| format!("– {text}")).collect();
                format!("**{}** ({}) {}", row.prompt, notes.points(row.points), accept.join(" "))
            };
            rows.iter().map(row).collect()
        }
        Task::EvidenceFinding { core, partial, .. } => {
            let near =
                partial.iter().map(|(quote, because)| format!("**{}** {} {because}", notes.points(1), quoted(quote)));
            std::iter::once(format!("**{}** {}", notes.points(item.points), quoted(core))).chain(near).collect()
        }
        _ => Vec::new(),
    }
}

/// `¶6 “…”`, in mark-up.
fn quoted(quote: &Quote) -> String {
    format!("{} “{}”", quote.cite, as_markup(&quote.text))
}

/// A reason as it stands behind the words that it is for; an import parts them by it.
fn bracketed(because: &str) -> String {
    if because.is_empty() { String::new() } else { format!(" ({because})") }
}

struct Notes<'a> {
    wording: Wording<'a>,
}

impl<'a> Notes<'a> {
    fn points(&self, points: u32) -> String {
        self.wording.labels.count_points(points)
    }

    fn refused(&self, remarks: &'a [Remark]) -> impl Iterator<Item = String> + 'a {
        let label = &self.wording.labels.not_credited;
        remarks.iter().map(move |remark| format!("**{label}:** {}{}", remark.text, bracketed(&remark.because)))
    }

    fn samples(&self, samples: &'a [Sample]) -> impl Iterator<Item = String> + 'a {
        let labels = self.wording.labels;
        samples.iter().map(move |sample| {
            let (score, because) = (labels.count_points(sample.score), bracketed(&sample.because));
            format!("**{}, {score}:** {}{because}", labels.samples, sample.text)
        })
    }
}
