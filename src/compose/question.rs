//! Question → blocks: stem, options, and room to write.

use super::asked::ask;
use super::figure::figure;
use super::{Context, aids, fill, quoted};
use crate::doc::{Block, Choice, Flow, Inlines, Labelled, Role, Table};
use crate::letter::Place;
use crate::sheet::{self, Prompt, Question};
use crate::text::{Inline, parse};

/// A question as it stands on a sheet.
pub(super) fn question(q: &Question, context: Context<'_>) -> Block {
    let note = (q.points > 0).then(|| context.labels.count_points(q.points));
    let mut body: Vec<Block> = q.figure.iter().map(|shown| figure(shown)).chain(body(q, context)).collect();
    if context.style.fillable {
        ask(q.number, &mut body, context.labels);
    }
    Block::Numbered { label: q.number.to_string(), note, body, whole: true }
}

/// Stem, options and room to write.
fn body(q: &Question, context: Context<'_>) -> Vec<Block> {
    let labels = context.labels;
    let stem = |text: &str| Block::Paragraph { role: Role::Stem, text: parse(text) };
    let note = |label: &str, values: &[(&str, &str)]| Block::Paragraph {
        role: Role::Directions,
        text: parse(&fill(label, values)),
    };
    let mut out = vec![stem(&q.stem)];
    match &q.prompt {
        Prompt::Choice { options, choose } => {
            if *choose > 1 {
                out.push(note(&labels.choose, &[("n", &choose.to_string())]));
            }
            let flow = if *choose == 1 { Flow::Pairs } else { Flow::Stacked };
            out.push(listed(flow, options, choice(*choose, "")));
        }
        Prompt::TrueFalse => {
            let judgments = [(&labels.true_letter, &labels.true_word), (&labels.false_letter, &labels.false_word)];
            out.push(row(&judgments, choice(1, "")));
            out.push(note(&labels.correct_it, &[]));
            out.push(space(2));
        }
        Prompt::StatementCheck => {
            let judgments = [
                (&labels.supported_letter, &context.named(&labels.supported_word)),
                (&labels.contradicted_letter, &labels.contradicted_word),
                (&labels.not_stated_letter, &labels.not_stated_word),
            ];
            out.push(row(&judgments, choice(1, "")));
        }
        Prompt::Matching { heads, premises, responses } => out.push(matching(heads, premises, responses)),
        Prompt::Attribution { speakers, statements } => {
            let speakers: Vec<(&String, &String)> = speakers.iter().map(|s| (&s.label, &s.text)).collect();
            out.push(row(&speakers, None));
            let options = statements.iter().map(with_blank).collect();
            out.push(Block::Options { flow: Flow::Stacked, options, choice: None });
        }
        Prompt::Ordering { by_time, elements } => {
            out.push(listed(Flow::Stacked, elements, None));
            let mut text = parse(&context.named(if *by_time { &labels.order_time } else { &labels.order_text }));
            for at in 1..=elements.len() as u32 {
                // The dot ends a line rather than beginning one.
                text.push(Inline::text(if at == 1 { " " } else { "\u{a0}· " }));
                text.push(Inline::blank(Some((at, elements.len() as u32)), 2.5));
            }
            out.push(Block::Paragraph { role: Role::Blanks, text });
        }
        Prompt::Cloze { passage, words } => {
            if q.stem.is_empty() {
                out[0] = stem(&labels.cloze_stem);
            }
            out.push(Block::Paragraph { role: Role::Quotation, text: cloze(passage) });
            out.push(Block::WordBank(words.iter().map(|word| vec![Inline::text(word)]).collect()));
        }
        Prompt::Numeric { unit } => {
            let mut text = parse(&labels.answer_line);
            text.push(Inline::text(" "));
            text.push(Inline::blank(None, 12.0));
            text.push(Inline::text(if unit.is_empty() { String::new() } else { format!(" {unit}") }));
            out.push(Block::Paragraph { role: Role::Body, text });
        }
        Prompt::ShortAnswer { lines } => {
            out.extend(aids::own_starters(q, context));
            out.push(space(*lines));
        }
        Prompt::EvidenceFinding { search_in } => {
            let list: Vec<Place> = search_in.iter().map(|n| Place::Paragraph(*n)).collect();
            let where_to: String = crate::text::plain(&labels.places(&list));
            out.push(note(&labels.look_in, &[("places", &where_to)]));
            out.push(space(3));
        }
        Prompt::Paired { answers, part_b, quotations } => {
            let part_b = if part_b.is_empty() { &context.named(&labels.part_b_stem) } else { part_b };
            let quotations = quotations
                .iter()
                .map(|o| Labelled { label: o.label.clone(), text: vec![Inline::text(quoted(&o.text))] });
            let options = quotations.collect();
            let quotations = Block::Options { flow: Flow::Stacked, options, choice: choice(1, &labels.part_b) };
            let part = |label: &str, text: &str| {
                let head = Inline::strong(format!("{label} "));
                Block::Paragraph { role: Role::Stem, text: std::iter::once(head).chain(parse(text)).collect() }
            };
            out = vec![
                part(&labels.part_a, &q.stem),
                listed(Flow::Stacked, answers, choice(1, &labels.part_a)),
                part(&labels.part_b, part_b),
                quotations,
            ];
        }
        Prompt::Essay { criteria, lines } => {
            let list = criteria.iter().map(|(id, max, earns)| {
                let mut text = vec![Inline::strong(capitalized(id))];
                text.push(Inline::text(format!(" ({}): ", labels.count_points(*max))));
                text.extend(parse(earns));
                text
            });
            let body = vec![Block::List(list.collect())];
            out.push(Block::Frame { title: Some(parse(&labels.marked_by)), body, whole: true });
            out.extend(aids::own_starters(q, context));
            out.push(space(*lines));
        }
        Prompt::Organizer { rows } => {
            out.extend(aids::own_starters(q, context));
            out.push(organizer(rows, context));
        }
        Prompt::Discussion { stance, follow_ups, norms } => {
            if let Some([left, right]) = stance {
                let mut line = parse(left);
                line.push(Inline::text(" "));
                line.push(Inline::blank(None, 16.0));
                line.push(Inline::text(" "));
                line.extend(parse(right));
                out.push(Block::Paragraph { role: Role::Scale, text: line });
            }
            let list = |texts: &[String]| Block::List(texts.iter().map(|text| parse(text)).collect());
            out.extend((!follow_ups.is_empty()).then(|| list(follow_ups)));
            out.extend(aids::listed_starters(q, labels));
            if !norms.is_empty() {
                out.extend([note(&labels.talk_norms, &[]), list(norms)]);
            }
        }
    }
    out
}

/// So many options may be chosen.
fn choice(most: u32, part: &str) -> Option<Choice> {
    Some(Choice { most, part: part.to_owned(), asked: None })
}

fn space(lines: u32) -> Block {
    Block::AnswerSpace { lines, asked: None }
}

fn listed(flow: Flow, options: &[sheet::Labelled], choice: Option<Choice>) -> Block {
    let options = options.iter().map(|o| Labelled { label: o.label.clone(), text: parse(&o.text) });
    Block::Options { flow, options: options.collect(), choice }
}

fn row<L: AsRef<str>, T: AsRef<str>>(options: &[(L, T)], choice: Option<Choice>) -> Block {
    let options =
        options.iter().map(|(label, text)| Labelled { label: label.as_ref().to_owned(), text: parse(text.as_ref()) });
    Block::Options { flow: Flow::Row, options: options.collect(), choice }
}

fn with_blank(option: &sheet::Labelled) -> Labelled {
    let mut text: Inlines = vec![Inline::blank(None, 2.5), Inline::text(" ")];
    text.extend(parse(&option.text));
    Labelled { label: option.label.clone(), text }
}

/// Premises with a blank on the left, responses on the right.
fn matching(heads: &[String; 2], premises: &[sheet::Labelled], responses: &[sheet::Labelled]) -> Block {
    // Two lists side by side, each with its own lines: a long premise leaves no hole among the responses.
    let options = premises.iter().map(with_blank).collect();
    let premises = Block::Options { flow: Flow::Stacked, options, choice: None };
    let rows = vec![vec![vec![premises], vec![listed(Flow::Stacked, responses, None)]]];
    let header = if heads.iter().all(String::is_empty) { Vec::new() } else { heads.iter().map(|h| parse(h)).collect() };
    Block::Table(Table { widths: vec![1.0, 1.15], header, rows, ruled: false, row_headers: false, side_by_side: false })
}

fn cloze(passage: &[Option<String>]) -> Inlines {
    let count = passage.iter().filter(|piece| piece.is_none()).count() as u32;
    let mut number = 0;
    passage
        .iter()
        .flat_map(|piece| match piece {
            Some(text) => parse(text),
            None => {
                number += 1;
                vec![Inline::blank(Some((number, count)), 7.0)]
            }
        })
        .collect()
}

fn organizer(rows: &[(String, u32, u32)], context: Context<'_>) -> Block {
    let labels = context.labels;
    let rows = rows.iter().map(|(prompt, points, lines)| {
        let mut cell = vec![Block::Paragraph { role: Role::Body, text: parse(prompt) }];
        if *points > 0 {
            cell.push(Block::Paragraph { role: Role::Note, text: vec![Inline::text(labels.count_points(*points))] });
        }
        vec![cell, vec![space(*lines)]]
    });
    Block::Table(Table {
        widths: vec![1.0, 2.2],
        header: Vec::new(),
        rows: rows.collect(),
        ruled: true,
        row_headers: true,
        side_by_side: false,
    })
}

/// A name such as `line-of-reasoning` as a heading: `Line of reasoning`.
pub(super) fn capitalized(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
