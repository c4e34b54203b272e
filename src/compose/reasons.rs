//! Why an answer is right and others are wrong, as the key prints it under a question.

use super::key::KeyContext;
use super::open_answers::{essay, organizer, short_answer};
use super::{Labels, labelled};
use crate::bank::{Attributed, Choice, Item, Quote, Remark, Segment, Task};
use crate::doc::{Block, Flow, Inlines, Labelled, Role};
use crate::sheet::Answer;
use crate::text::{Inline, parse};

/// Why the key is right and each distractor wrong; for open answers, what is credited and what is not.
pub(super) fn reasons(answer: &Answer, item: &Item, context: KeyContext<'_>, body: &mut Vec<Block>) {
    let labels = context.shared.labels;
    let why = |text: &str| Block::Paragraph { role: Role::Remark, text: labelled(&labels.why, text) };
    let heading = |label: &str| Block::Paragraph { role: Role::Remark, text: vec![Inline::strong(label)] };
    match &item.task {
        Task::SingleChoice { key, distractors, .. } | Task::Vocabulary { key, distractors, .. } => {
            body.push(why(&key.because));
            failing(answer, 1, &distractors.iter().collect::<Vec<_>>(), context, body);
        }
        Task::PairedEvidence { key, distractors, .. } => {
            body.push(why(&key.0.because));
            failing(answer, 1, &distractors.iter().map(|(c, _)| c).collect::<Vec<_>>(), context, body);
        }
        Task::MultipleSelect { keys, distractors, .. } => {
            let list = keys.iter().zip(&answer.labels).map(|(key, label)| option(&label.label, key, context));
            body.extend([heading(&labels.why), listed(list.collect())]);
            failing(answer, keys.len(), &distractors.iter().collect::<Vec<_>>(), context, body);
        }
        Task::TrueFalse { because, correction } => {
            body.push(why(because));
            if let Some(correction) = correction {
                let text = format!("{} → {}", correction.replace, correction.with);
                body.push(Block::Paragraph { role: Role::Remark, text: labelled(&labels.accepted, &text) });
                list_of(&labels.also_accept, &correction.accept, body);
                list_of(&labels.must_mention, &correction.must_mention, body);
                remarks(&labels.rejected, &correction.reject, body);
            }
        }
        Task::StatementCheck { because, .. } => body.push(why(because)),
        Task::Matching { pairs, extra, .. } => {
            let list = pairs.iter().filter(|p| !p.because.is_empty()).map(|p| with_reason(&p.premise, &p.because));
            let list: Vec<Inlines> = list.collect();
            if !list.is_empty() {
                body.extend([heading(&labels.why), Block::List(list)]);
            }
            remarks(&labels.others_fail, extra, body);
        }
        Task::Attribution { statements, .. } => {
            let list = statements.iter().map(|s: &Attributed| {
                let mut text = with_reason(&s.text, &s.because);
                text.extend(misconception(s.misconception.as_deref(), context));
                text
            });
            body.extend([heading(&labels.why), Block::List(list.collect())]);
        }
        Task::Ordering { elements, .. } => {
            let list = elements.iter().map(|e| labels.quotation(e.quote.cite, &e.quote.text));
            body.extend([heading(&labels.evidence), Block::List(list.collect())]);
        }
        Task::Cloze { passage, .. } => {
            let also: Vec<String> = passage
                .iter()
                .filter_map(|segment| match segment {
                    Segment::Blank(answers) if answers.len() > 1 => Some(answers.join(" / ")),
                    _ => None,
                })
                .collect();
            list_of(&labels.also_accept, &also, body);
        }
        Task::Numeric { accept, known_errors, .. } => {
            list_of(&labels.also_accept, accept, body);
            remarks(&labels.known_errors, known_errors, body);
        }
        Task::EvidenceFinding { partial, .. } => {
            let list: Vec<Inlines> =
                partial.iter().map(|(quote, because)| with_quote(quote, because, labels)).collect();
            if !list.is_empty() {
                body.extend([heading(&labels.count_points(1)), Block::List(list)]);
            }
        }
        Task::ShortAnswer { .. } => short_answer(item, context, body),
        Task::Essay { .. } => essay(item, context, body),
        Task::Organizer { .. } => organizer(item, context, body),
        Task::Discussion { .. } => {}
    }
}

/// Each distractor under its printed letter. `labels` of the answer stand in the author's order, keys first.
fn failing(answer: &Answer, keys: usize, distractors: &[&Choice], context: KeyContext<'_>, body: &mut Vec<Block>) {
    let list = distractors.iter().zip(answer.labels.iter().skip(keys));
    let list = list.map(|(choice, label)| option(&label.label, choice, context)).collect();
    body.push(Block::Paragraph { role: Role::Remark, text: vec![Inline::strong(&context.shared.labels.others_fail)] });
    body.push(listed(list));
}

/// Options with their reasons, in the order of their printed letters.
fn listed(mut options: Vec<Labelled>) -> Block {
    options.sort_by(|a, b| a.label.cmp(&b.label));
    Block::Options { flow: Flow::Stacked, options, choice: None }
}

/// An option with its printed letter, its text and its reason.
fn option(label: &str, choice: &Choice, context: KeyContext<'_>) -> Labelled {
    let mut text = with_reason(&choice.text, &choice.because);
    text.extend(misconception(choice.misconception.as_deref(), context));
    Labelled { label: label.to_owned(), text }
}

fn misconception(id: Option<&str>, context: KeyContext<'_>) -> Inlines {
    match id.and_then(|id| context.bank.misconception(id)) {
        Some(m) => parse(&format!(" ({}: {})", context.shared.labels.misconception, m.says)),
        None => Inlines::new(),
    }
}

/// `Text. Reason`: the text emphasized, ended by a stop if it has none.
pub(super) fn with_reason(text: &str, because: &str) -> Inlines {
    let stop = if text.ends_with(['.', '?', '!', '”']) { " " } else { ". " };
    let mut out = vec![Inline::Emphasis(parse(text)), Inline::text(stop)];
    out.extend(parse(because));
    out
}

fn with_quote(quote: &Quote, because: &str, labels: &Labels) -> Inlines {
    let mut out = labels.quotation(quote.cite, &quote.text);
    out.push(Inline::text(" "));
    out.extend(parse(because));
    out
}

/// A heading and a list of texts with reasons, if there are any.
pub(super) fn remarks(label: &str, list: &[Remark], body: &mut Vec<Block>) {
    if !list.is_empty() {
        body.push(Block::Paragraph { role: Role::Remark, text: vec![Inline::strong(label)] });
        body.push(Block::List(list.iter().map(|r| with_reason(&r.text, &r.because)).collect()));
    }
}

/// A label and texts after it in one line, if there are any.
fn list_of(label: &str, list: &[String], body: &mut Vec<Block>) {
    if !list.is_empty() {
        body.push(Block::Paragraph { role: Role::Remark, text: labelled(label, &list.join("; ")) });
    }
}
