//! Why an answer is right and others are wrong, as the key prints it under a question.

use super::Labels;
use super::key::KeyContext;
use super::open_answers::{essay, organizer, short_answer};
use super::strip::pair;
use crate::bank::{Choice, Item, Quote, Remark, Segment, Task};
use crate::doc::{Block, Flow, Inlines, Labelled, Role};
use crate::sheet::{self, Answer, Prompt, Question, Right};
use crate::text::{Inline, parse};

/// Why the key is right, the words that prove it, and why each distractor is wrong; for open answers, what is credited and what
/// is not.
pub(super) fn reasons(
    question: &Question,
    answer: &Answer,
    item: &Item,
    context: KeyContext<'_>,
    body: &mut Vec<Block>,
) {
    let labels = context.shared.labels;
    let why = |text: &str| Block::Paragraph { role: Role::Remark, text: labels.led_in(&labels.why, parse(text)) };
    match &item.task {
        Task::SingleChoice { key, distractors, .. } | Task::Vocabulary { key, distractors, .. } => {
            body.push(why(&key.because));
            evidence(item, labels, body);
            let wrong = options(answer, 1, distractors, context);
            listed(&labels.others_fail, wrong, body);
        }
        Task::PairedEvidence { key, distractors, .. } => {
            body.push(why(&key.0.because));
            evidence(item, labels, body);
            let wrong = options(answer, 1, distractors.iter().map(|(choice, _)| choice), context);
            // The letters of both parts look the same.
            listed(&format!("{} ({})", labels.others_fail, labels.part_a), wrong, body);
        }
        Task::MultipleSelect { keys, distractors, .. } => {
            listed(&labels.why, options(answer, 0, keys, context), body);
            evidence(item, labels, body);
            listed(&labels.others_fail, options(answer, keys.len(), distractors, context), body);
        }
        Task::TrueFalse { because, correction } => {
            body.push(why(because));
            evidence(item, labels, body);
            if let Some(correction) = correction {
                let text = parse(&format!("{} → {}", correction.replace, correction.with));
                body.push(Block::Paragraph { role: Role::Remark, text: labels.led_in(&labels.accepted, text) });
                list_of(&labels.also_accept, &correction.accept, labels, body);
                list_of(&labels.must_mention, &correction.must_mention, labels, body);
                remarks(&labels.rejected, &correction.reject, body);
            }
        }
        Task::StatementCheck { because, .. } => {
            body.push(why(because));
            evidence(item, labels, body);
        }
        Task::Matching { .. } | Task::Attribution { .. } => {
            listed(&labels.why, pairs(question, answer, item, context), body);
            evidence(item, labels, body);
            listed(&labels.others_fail, unmatched(question, item), body);
        }
        Task::Ordering { .. } => {
            listed(&labels.why, steps(question, item, labels), body);
            evidence(item, labels, body);
        }
        Task::Cloze { passage, .. } => {
            let also: Vec<String> = passage
                .iter()
                .filter_map(|segment| match segment {
                    Segment::Blank(answers) if answers.len() > 1 => Some(answers.join(" / ")),
                    _ => None,
                })
                .collect();
            evidence(item, labels, body);
            list_of(&labels.also_accept, &also, labels, body);
        }
        Task::Numeric { accept, known_errors, .. } => {
            evidence(item, labels, body);
            list_of(&labels.also_accept, accept, labels, body);
            remarks(&labels.known_errors, known_errors, body);
        }
        Task::EvidenceFinding { partial, .. } => {
            evidence(item, labels, body);
            let list: Vec<Inlines> =
                partial.iter().map(|(quote, because)| with_quote(quote, because, labels)).collect();
            if !list.is_empty() {
                body.extend([heading(&labels.count_points(1)), Block::List(list)]);
            }
        }
        Task::ShortAnswer { .. } | Task::Essay { .. } | Task::Organizer { .. } | Task::Discussion { .. } => {
            short_answer(item, context, body);
            essay(item, context, body);
            organizer(item, context, body);
            evidence(item, labels, body);
        }
    }
}

/// The quotations that prove the key, but for those that its reasons have quoted already.
fn evidence(item: &Item, labels: &Labels, body: &mut Vec<Block>) {
    let quoted = quoted_by(&item.task);
    let holds = |outer: &Quote, inner: &Quote| {
        outer.cite == inner.cite && outer.at.start <= inner.at.start && inner.at.end <= outer.at.end
    };
    // Where the answer is a quotation, a few words more around it prove no more.
    let is_answer = matches!(item.task, Task::EvidenceFinding { .. } | Task::PairedEvidence { .. });
    let within = |quote: &Quote| quoted.iter().any(|q| holds(q, quote) || is_answer && holds(quote, q));
    let quotes = item.evidence.iter().map(|evidence| &evidence.quote).filter(|quote| !within(quote));
    let mut quotes: Vec<Inlines> = quotes.map(|quote| labels.quotation(quote.cite, &quote.text)).collect();
    if quotes.len() > 1 {
        body.extend([heading(&labels.evidence), Block::List(quotes)]);
    } else if let Some(quote) = quotes.pop() {
        body.push(Block::Paragraph { role: Role::Remark, text: labels.led_in(&labels.evidence, quote) });
    }
}

/// The quotations that a key prints beside what they prove.
fn quoted_by(task: &Task) -> Vec<&Quote> {
    match task {
        Task::Ordering { elements, .. } => elements.iter().map(|element| &element.quote).collect(),
        Task::EvidenceFinding { core, .. } => vec![core],
        Task::PairedEvidence { key: (_, quote), .. } => vec![quote],
        Task::ShortAnswer { accepted, .. } => accepted.iter().filter_map(|idea| idea.quote.as_ref()).collect(),
        Task::Essay { draw_on, .. } => draw_on.iter().collect(),
        _ => Vec::new(),
    }
}

/// Each premise or statement with what belongs to it and the reason, in the order of the sheet.
fn pairs(question: &Question, answer: &Answer, item: &Item, context: KeyContext<'_>) -> Vec<Labelled> {
    let Right::Pairs(right) = &answer.right else { return Vec::new() };
    let (left, other) = match &question.prompt {
        Prompt::Matching { premises, responses, .. } => (premises, responses),
        Prompt::Attribution { speakers, statements } => (statements, speakers),
        _ => return Vec::new(),
    };
    let text_of = |label: &str, list: &[sheet::Labelled]| {
        list.iter().find(|entry| entry.label == label).map(|entry| entry.text.clone()).unwrap_or_default()
    };
    let entry = |(premise, response): &(String, String)| {
        let (text, belongs) = (text_of(premise, left), text_of(response, other));
        let (because, thought) = match &item.task {
            Task::Matching { pairs, .. } => {
                (pairs.iter().find(|p| p.premise == text).map(|p| p.because.as_str()), None)
            }
            Task::Attribution { statements, .. } => {
                let statement = statements.iter().find(|s| s.text == text);
                (statement.map(|s| s.because.as_str()), statement.and_then(|s| s.misconception.as_deref()))
            }
            _ => (None, None),
        };
        let mut said = with_reason(&joined(&text, &belongs), because.unwrap_or_default());
        said.extend(misconception(thought, context));
        Labelled { label: pair(premise, response), text: said }
    };
    right.iter().map(entry).collect()
}

/// A premise with what belongs to it, `premise → response`; a full stop would stand in the middle of the line.
fn joined(premise: &str, response: &str) -> String {
    format!("{} → {}", premise.trim_end_matches('.'), response.trim_end_matches('.'))
}

/// The responses that belong to no premise, under their printed letters.
fn unmatched(question: &Question, item: &Item) -> Vec<Labelled> {
    let (Task::Matching { extra, .. }, Prompt::Matching { responses, .. }) = (&item.task, &question.prompt) else {
        return Vec::new();
    };
    let entry = |remark: &Remark| {
        let printed = responses.iter().find(|response| response.text == remark.text)?;
        Some(Labelled { label: printed.label.clone(), text: with_reason(&remark.text, &remark.because) })
    };
    sorted(extra.iter().filter_map(entry))
}

/// The elements in their right order under their printed letters, each with the words that give it its place.
fn steps(question: &Question, item: &Item, labels: &Labels) -> Vec<Labelled> {
    let (Task::Ordering { elements, .. }, Prompt::Ordering { elements: printed, .. }) = (&item.task, &question.prompt)
    else {
        return Vec::new();
    };
    let entry = |element: &crate::bank::Element| {
        let label = printed.iter().find(|shown| shown.text == element.text)?.label.clone();
        let mut text = with_reason(&element.text, "");
        text.extend(labels.quotation(element.quote.cite, &element.quote.text));
        Some(Labelled { label, text })
    };
    elements.iter().filter_map(entry).collect()
}

/// Choices with their printed letters, texts and reasons, in the order of the letters. `labels` of the answer stand in the
/// author's order, keys first; the choices begin at one of them.
fn options<'a>(
    answer: &Answer,
    first: usize,
    choices: impl IntoIterator<Item = &'a Choice>,
    context: KeyContext<'_>,
) -> Vec<Labelled> {
    let entry = |(choice, label): (&Choice, &sheet::Labelled)| {
        let mut text = with_reason(&choice.text, &choice.because);
        text.extend(misconception(choice.misconception.as_deref(), context));
        Labelled { label: label.label.clone(), text }
    };
    sorted(choices.into_iter().zip(answer.labels.iter().skip(first)).map(entry))
}

fn sorted(options: impl Iterator<Item = Labelled>) -> Vec<Labelled> {
    let mut options: Vec<Labelled> = options.collect();
    options.sort_by(|a, b| a.label.cmp(&b.label));
    options
}

fn heading(label: &str) -> Block {
    Block::Paragraph { role: Role::Remark, text: vec![Inline::strong(label)] }
}

/// A heading and options with their reasons, if there are any.
fn listed(label: &str, options: Vec<Labelled>, body: &mut Vec<Block>) {
    if !options.is_empty() {
        body.extend([heading(label), Block::Options { flow: Flow::Stacked, options, choice: None }]);
    }
}

fn misconception(id: Option<&str>, context: KeyContext<'_>) -> Inlines {
    match id.and_then(|id| context.bank.misconception(id)) {
        Some(m) => parse(&format!(" ({}: {})", context.shared.labels.misconception, m.says)),
        None => Inlines::new(),
    }
}

/// `Text. Reason`: the text emphasized, ended by a stop if it has none. The end of a quotation is none, and a reason that
/// begins with another would run into it.
pub(super) fn with_reason(text: &str, because: &str) -> Inlines {
    let mut out = vec![Inline::Emphasis(parse(text)), Inline::text(stop(text, because))];
    out.extend(parse(because));
    out
}

fn with_quote(quote: &Quote, because: &str, labels: &Labels) -> Inlines {
    let mut out = labels.quotation(quote.cite, &quote.text);
    out.push(Inline::text(stop(&format!("{}”", quote.text), because)));
    out.extend(parse(because));
    out
}

/// What stands between a text and its reason.
fn stop(text: &str, because: &str) -> &'static str {
    let inside = text.trim_end_matches(['”', '’', '"', '*', ')']);
    let stopped = inside.ends_with(['.', '?', '!', '…']);
    let quoted = text.ends_with(['”', '"']);
    match (stopped, quoted) {
        (_, true) if because.starts_with(['“', '"']) => ": ",
        (true, _) => " ",
        (false, true) => ": ",
        (false, false) => ". ",
    }
}

/// A heading and a list of texts with reasons, if there are any.
pub(super) fn remarks(label: &str, list: &[Remark], body: &mut Vec<Block>) {
    if !list.is_empty() {
        body.push(heading(label));
        body.push(Block::List(list.iter().map(|r| with_reason(&r.text, &r.because)).collect()));
    }
}

/// A label and texts after it in one line, if there are any.
fn list_of(label: &str, list: &[String], labels: &Labels, body: &mut Vec<Block>) {
    if !list.is_empty() {
        let text = labels.led_in(label, parse(&list.join("; ")));
        body.push(Block::Paragraph { role: Role::Remark, text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    #[test]
    fn a_text_and_its_reason_do_not_run_into_one_another() {
        let said = |text: &str, because: &str| plain(&with_reason(text, because));
        assert_eq!(said("He asks for it", "He does not."), "He asks for it. He does not.");
        assert_eq!(said("Why?", "He knows."), "Why? He knows.");
        assert_eq!(said("“belligerent”", "“As it is termed” gives it."), "“belligerent”: “As it is termed” gives it.");
        assert_eq!(said("He asks: “Why?”", "“Why” asks."), "He asks: “Why?”: “Why” asks.");
    }
}
