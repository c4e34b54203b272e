//! What the key prints for answers that a teacher marks: credited ideas, samples, rubrics, rows.

use super::DOT;
use super::key::KeyContext;
use super::question::capitalized;
use super::reasons::{remarks, with_reason};
use crate::bank::{Item, Sample, Task};
use crate::doc::{Block, Inlines, Role, Table};
use crate::text::{Inline, parse};

/// Credited ideas with their points and quotations, what is not credited, samples at each score.
pub(super) fn short_answer(item: &Item, context: KeyContext<'_>, body: &mut Vec<Block>) {
    let Task::ShortAnswer { accepted, not_credited, samples: given, .. } = &item.task else { return };
    let labels = context.shared.labels;
    let list = accepted.iter().map(|idea| {
        let mut text = vec![Inline::strong(format!("{} ", labels.count_points(idea.points)))];
        text.extend(parse(&idea.idea));
        if let Some(quote) = &idea.quote {
            text.push(Inline::text(DOT));
            text.extend(labels.quotation(quote.cite, &quote.text));
        }
        text
    });
    body.push(Block::Paragraph { role: Role::Remark, text: vec![Inline::strong(&labels.accepted)] });
    body.push(Block::List(list.collect()));
    remarks(&labels.not_credited, not_credited, body);
    samples(given, context, body);
}

/// The rubric as a table, the passages to draw on, samples.
pub(super) fn essay(item: &Item, context: KeyContext<'_>, body: &mut Vec<Block>) {
    let Task::Essay { rubric, draw_on, not_credited, samples: given, misconceptions, .. } = &item.task else { return };
    let labels = context.shared.labels;
    let rows = rubric.iter().map(|c| {
        vec![
            cell(vec![Inline::text(capitalized(&c.id))]),
            cell(vec![Inline::text(c.max.to_string())]),
            cell(parse(&c.earns)),
            cell(parse(&c.example)),
        ]
    });
    let header = [&labels.rubric_criterion, &labels.points, &labels.rubric_earns, &labels.rubric_example];
    body.push(Block::Table(Table {
        widths: vec![1.1, 0.6, 2.4, 2.4],
        header: header.map(|label| parse(label)).to_vec(),
        rows: rows.collect(),
        ruled: true,
        row_headers: true,
        side_by_side: false,
    }));
    if !draw_on.is_empty() {
        body.push(Block::Paragraph { role: Role::Remark, text: vec![Inline::strong(&labels.draw_on)] });
        body.push(Block::List(draw_on.iter().map(|q| labels.quotation(q.cite, &q.text)).collect()));
    }
    remarks(&labels.not_credited, not_credited, body);
    let known: Vec<Inlines> = misconceptions
        .iter()
        .filter_map(|id| context.bank.misconception(id))
        .map(|m| with_reason(&m.says, &m.answer))
        .collect();
    if !known.is_empty() {
        body.push(Block::Paragraph { role: Role::Remark, text: vec![Inline::strong(&labels.misconceptions)] });
        body.push(Block::List(known));
    }
    samples(given, context, body);
}

/// Each row with its points and what is accepted.
pub(super) fn organizer(item: &Item, context: KeyContext<'_>, body: &mut Vec<Block>) {
    let Task::Organizer { rows, .. } = &item.task else { return };
    let labels = context.shared.labels;
    let rows = rows.iter().map(|row| {
        let accept = Block::List(row.accept.iter().map(|text| parse(text)).collect());
        vec![cell(parse(&row.prompt)), cell(vec![Inline::text(row.points.to_string())]), vec![accept]]
    });
    body.push(Block::Table(Table {
        widths: vec![1.6, 0.6, 3.2],
        header: [&labels.rubric_criterion, &labels.points, &labels.accepted].map(|label| parse(label)).to_vec(),
        rows: rows.collect(),
        ruled: true,
        row_headers: true,
        side_by_side: false,
    }));
    body.push(Block::Paragraph { role: Role::Remark, text: labels.led_in(&labels.note, parse(&labels.spelling)) });
}

fn samples(list: &[Sample], context: KeyContext<'_>, body: &mut Vec<Block>) {
    if list.is_empty() {
        return;
    }
    let labels = context.shared.labels;
    let mut sorted: Vec<&Sample> = list.iter().collect();
    sorted.sort_by_key(|sample| std::cmp::Reverse(sample.score));
    let rows = sorted
        .iter()
        .map(|s| vec![cell(vec![Inline::text(s.score.to_string())]), cell(parse(&s.text)), cell(parse(&s.because))]);
    body.push(Block::Table(Table {
        widths: vec![0.6, 3.2, 2.2],
        header: [&labels.points, &labels.samples, &labels.why].map(|label| parse(label)).to_vec(),
        rows: rows.collect(),
        ruled: true,
        row_headers: true,
        side_by_side: false,
    }));
}

fn cell(text: Inlines) -> Vec<Block> {
    vec![Block::Paragraph { role: Role::Body, text }]
}
