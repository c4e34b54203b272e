//! Valid items whose answer is looked for, written or spoken, back into the shape in which a file has them.

use super::of_item::{all_typed, place, proved, quoted, remarks, samples, texts, typed};
use super::{RawCriterion, RawIdea, RawItem, RawPartial, RawRow, RawStance};
use crate::bank::{Item, Quote, Task};

/// The fields of kinds whose answer is looked for, written or spoken.
pub(super) fn open_task(item: &Item, raw: &mut RawItem<'static>) {
    match &item.task {
        Task::EvidenceFinding { search_in, core, partial, max_extra_words } => {
            raw.search_in.clone_from(search_in);
            raw.core = Some(quoted(core).into());
            let near = |(quote, because): &(Quote, String)| RawPartial {
                cite: place(quote.cite),
                quote: typed(&quote.text),
                because: typed(because),
            };
            raw.partial = partial.iter().map(near).collect();
            raw.max_extra_words = Some(*max_extra_words);
        }
        Task::PairedEvidence { key, distractors, part_b } => {
            raw.key = Some(proved(key).into());
            raw.distractors = distractors.iter().map(proved).collect();
            raw.part_b = (!part_b.is_empty()).then(|| typed(part_b));
        }
        Task::ShortAnswer { accepted, not_credited, samples: list, lines } => {
            let idea = |idea: &crate::bank::Idea| RawIdea {
                idea: typed(&idea.idea),
                points: idea.points,
                cite: idea.quote.as_ref().map(|quote| place(quote.cite)),
                quote: idea.quote.as_ref().map(|quote| typed(&quote.text)),
            };
            raw.accepted = accepted.iter().map(idea).collect();
            let sum: u32 = accepted.iter().map(|idea| idea.points).sum();
            raw.full_marks = (item.points != sum).then_some(item.points);
            raw.not_credited = remarks(not_credited);
            raw.samples = samples(list);
            raw.lines = Some(*lines);
        }
        Task::Essay { rubric, draw_on, not_credited, samples: list, misconceptions, lines } => {
            let row = |row: &crate::bank::Criterion| RawCriterion {
                id: typed(&row.id),
                max: row.max,
                earns: typed(&row.earns),
                example: typed(&row.example),
            };
            raw.rubric = rubric.iter().map(row).collect();
            raw.draw_on = draw_on.iter().map(quoted).collect();
            raw.not_credited = remarks(not_credited);
            raw.samples = samples(list);
            raw.misconceptions = all_typed(misconceptions);
            raw.lines = Some(*lines);
        }
        Task::Organizer { layout, rows } => {
            raw.layout = Some(*layout);
            let row = |row: &crate::bank::OrganizerRow| RawRow {
                id: typed(&row.id),
                prompt: typed(&row.prompt),
                accept: texts(&row.accept),
                points: row.points,
                lines: Some(row.lines),
            };
            raw.rows = rows.iter().map(row).collect();
        }
        Task::Discussion { stance, follow_ups, norms } => {
            raw.stance =
                stance.as_ref().map(|[left, right]| RawStance { left: typed(left), right: typed(right) }.into());
            raw.follow_ups = all_typed(follow_ups);
            raw.norms = all_typed(norms);
        }
        _ => {}
    }
}
