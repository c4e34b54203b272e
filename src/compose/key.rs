//! Sheet and bank → answer key: the strip first, then each question with its reasons, then the form's figures.

use super::open_answers::{essay, organizer, short_answer};
use super::strip::strip_grid;
use super::{Context, Labels, figure, fill, labelled, languages, tables, worksheet};
use crate::bank::{Attributed, Bank, Choice, Item, Outside, Quote, Remark, Task};
use crate::blueprint::Blueprint;
use crate::doc::{Block, Document, Flow, Inlines, Labelled, Masthead, Role};
use crate::sheet::{Answer, Question, Sheet};
use crate::text::{Inline, parse};

/// What a key needs beside its sheet.
#[derive(Clone, Copy)]
pub struct KeyContext<'a> {
    /// What all documents share.
    pub shared: Context<'a>,
    /// The bank, whose rationales are printed.
    pub bank: &'a Bank,
    /// The blueprint of the form.
    pub blueprint: &'a Blueprint,
    /// The forms of its block, for the numbers of a question in the others: a list of hundreds would help nobody.
    pub forms: &'a [Sheet],
    /// The seed of the run.
    pub seed: crate::rng::Seed,
}

/// The answer key of a form.
pub fn key(sheet: &Sheet, context: KeyContext<'_>) -> Document {
    let (shared, labels) = (context.shared, context.shared.labels);
    let title = shared.title(&sheet.paper).to_owned();
    let version = shared.version(sheet.paper.form);
    let heading = |text: &str| Block::Heading { level: 2, text: parse(text), note: None };
    let mut blocks = vec![
        Block::Masthead(Masthead {
            kicker: labels.answer_key.clone(),
            title: title.clone(),
            subtitle: shared.subtitle(),
            form: Some((sheet.paper.form.letter(), version.clone())),
            fields: Vec::new(),
        }),
        Block::Paragraph { role: Role::Note, text: parse(&labels.study_note) },
        heading(&labels.at_a_glance),
    ];
    blocks.extend(strip_grid(sheet, &labels.answers, shared).map(|grid| {
        Block::Keep(vec![
            Block::Paragraph { role: Role::Note, text: parse(&labels.at_a_glance_note) },
            Block::Grid(grid),
        ])
    }));
    blocks.push(tables::at_a_glance(sheet, labels));
    blocks.push(heading(&labels.question_by_question));
    let mut set = None;
    for (question, answer) in sheet.paper.questions().zip(&sheet.key.answers) {
        if let Some(item) = context.bank.item(&question.item) {
            blocks.extend(figure::told_of_set(item, &mut set, context));
            blocks.push(entry(question, answer, item, context));
        }
    }
    blocks.extend(tables::misconceptions(sheet, context));
    blocks.push(heading(&labels.fairness));
    blocks.push(tables::fairness(&sheet.key.fairness, labels));
    blocks.push(heading(&labels.score_sheet));
    blocks.push(tables::score_sheet(sheet, context));
    blocks.extend(tables::tally(sheet, labels));
    blocks.push(heading(&labels.made_from));
    blocks.push(tables::made_from(sheet, context));
    languages::mark(&mut blocks, &shared.letter.about.languages);
    Document {
        title: format!("{} · {title} · {version}", labels.answer_key),
        language: shared.letter.about.language.clone(),
        style: shared.style,
        words: shared.labels.page_words.clone(),
        running: shared.running(
            format!("{} · {title}", labels.answer_key),
            version,
            sheet.paper.code.to_string(),
            true,
        ),
        lines: None,
        blocks,
    }
}

/// Everything about one question.
fn entry(question: &Question, answer: &Answer, item: &Item, context: KeyContext<'_>) -> Block {
    let labels = context.shared.labels;
    let remark = |label: &str, text: &str| Block::Paragraph { role: Role::Remark, text: labelled(label, text) };
    let mut body = Vec::new();
    let stem = if item.stem.is_empty() { &labels.cloze_stem } else { &item.stem };
    let mut right = vec![Inline::strong(format!("{} ", labels.answer))];
    right.extend(full_answer(question, answer, item, context));
    // Stem and answer stay together; the reasons under them may go on over a page's end.
    body.push(Block::Keep(vec![
        Block::Paragraph { role: Role::Stem, text: parse(stem) },
        Block::Paragraph { role: Role::Remark, text: right },
    ]));
    body.extend(item.figure.iter().map(|shown| figure::told(shown, labels)));
    // Where the points at the edge say all, the rule goes to the small print.
    let plain_rule = item.points <= 1;
    if !plain_rule {
        body.push(remark(&labels.rule, &rule(item, context)));
    }
    reasons(answer, item, context, &mut body);
    for evidence in &item.evidence {
        body.push(Block::Paragraph {
            role: Role::Quotation,
            text: labels.quotation(evidence.quote.cite, &evidence.quote.text),
        });
    }
    body.push(remark(&labels.explanation, &item.explanation));
    let outside = match item.outside {
        Outside::None => None,
        Outside::Header => Some(&labels.outside_header),
        Outside::Stem => Some(&labels.outside_stem),
        Outside::Source => Some(&labels.outside_source),
        Outside::Required => Some(&labels.outside_required),
    };
    body.extend(outside.map(|text| remark(&context.shared.named(&labels.outside), text)));
    body.extend(item.teacher_note.as_ref().map(|note| remark(&labels.note, note)));
    let (before, after) = labels.reread_text.split_once("{places}").unwrap_or((&labels.reread_text, ""));
    let mut last = vec![Inline::strong(format!("{}: ", labels.reread))];
    last.extend(parse(before));
    last.extend(labels.places(&item.cite));
    last.extend(parse(after));
    last.push(Inline::text(" · "));
    if plain_rule {
        last.extend(parse(rule(item, context).trim_end_matches('.')));
        last.push(Inline::text(" · "));
    }
    last.extend(level(question, item, context));
    body.push(Block::Paragraph { role: Role::Note, text: last });
    let note = (question.points > 0).then(|| labels.count_points(question.points));
    Block::Numbered { label: question.number.to_string(), note, body, whole: false }
}

/// Letter and text: a letter alone would betray nothing to one who holds the wrong form.
fn full_answer(question: &Question, answer: &Answer, item: &Item, context: KeyContext<'_>) -> Inlines {
    use crate::sheet::{Prompt, Right};
    let labels = context.shared.labels;
    let text_of = |label: &str, list: &[crate::sheet::Labelled]| {
        list.iter().find(|l| l.label == label).map(|l| l.text.clone()).unwrap_or_default()
    };
    let mut out = Inlines::new();
    let mut push = |label: &str, text: &str| {
        if !out.is_empty() {
            out.push(Inline::text("; "));
        }
        out.push(Inline::strong(label));
        out.push(Inline::text(" "));
        out.extend(parse(text));
    };
    match (&answer.right, &question.prompt) {
        (Right::Labels(right), Prompt::Choice { options, .. }) => {
            right.iter().for_each(|label| push(label, &text_of(label, options)))
        }
        (Right::Pairs(pairs), Prompt::Matching { premises, responses, .. }) => {
            for (premise, response) in pairs {
                push(
                    &format!("{premise}–{response}"),
                    &joined(&text_of(premise, premises), &text_of(response, responses)),
                );
            }
        }
        (Right::Pairs(pairs), Prompt::Attribution { speakers, statements }) => {
            for (statement, speaker) in pairs {
                push(
                    &format!("{statement}–{speaker}"),
                    &joined(&text_of(statement, statements), &text_of(speaker, speakers)),
                );
            }
        }
        (Right::Sequence(sequence), Prompt::Ordering { elements, .. }) => {
            sequence.iter().for_each(|label| push(label, &text_of(label, elements)));
        }
        (Right::Paired(answer, evidence), Prompt::Paired { answers, quotations, .. }) => {
            push(&format!("{} {answer}", labels.part_a), &text_of(answer, answers));
            push(&format!("{} {evidence}", labels.part_b), &super::quoted(&text_of(evidence, quotations)));
        }
        (Right::Words(words), _) => {
            for (number, word) in (1..).zip(words) {
                push(&number.to_string(), word);
            }
        }
        (Right::Word(word), Prompt::TrueFalse) => {
            push(word, if word == "T" { &labels.true_word } else { &labels.false_word });
        }
        (Right::Word(word), Prompt::StatementCheck) => {
            let supported = context.shared.named(&labels.supported_word);
            let verdict = match word.as_str() {
                "S" => &supported,
                "C" => &labels.contradicted_word,
                _ => &labels.not_stated_word,
            };
            push(word, verdict);
        }
        (Right::Word(word), Prompt::EvidenceFinding { .. }) => {
            if let Task::EvidenceFinding { core, .. } = &item.task {
                return labels.quotation(core.cite, word);
            }
        }
        (Right::Word(word), _) => push(word, ""),
        _ => push(&labels.see_below, ""),
    }
    out
}

/// A premise with what belongs to it, `premise → response`; the full stops would stand in the middle of the line.
fn joined(premise: &str, response: &str) -> String {
    format!("{} → {}", premise.trim_end_matches('.'), response.trim_end_matches('.'))
}

/// How points are given, in words.
fn rule(item: &Item, context: KeyContext<'_>) -> String {
    let labels = context.shared.labels;
    let n = item.points.to_string();
    match &item.task {
        Task::SingleChoice { .. } | Task::Vocabulary { .. } => labels.rule_choice.clone(),
        Task::MultipleSelect { .. } => labels.rule_multiple.clone(),
        Task::TrueFalse { .. } => labels.rule_true_false.clone(),
        Task::StatementCheck { .. } => labels.rule_statement.clone(),
        Task::Matching { .. } => labels.rule_pairs.clone(),
        Task::Attribution { .. } => labels.rule_statements.clone(),
        Task::Ordering { .. } => labels.rule_ordering.clone(),
        Task::Cloze { .. } => labels.rule_cloze.clone(),
        Task::Numeric { .. } => labels.rule_numeric.clone(),
        Task::ShortAnswer { .. } => format!("{} {}", labels.rule_open, labels.spelling),
        Task::EvidenceFinding { max_extra_words, .. } => {
            fill(&labels.rule_evidence, &[("n", &max_extra_words.to_string())])
        }
        Task::PairedEvidence { .. } => labels.rule_paired.clone(),
        Task::Essay { .. } => fill(&labels.rule_rubric, &[("n", &n)]),
        Task::Organizer { .. } => fill(&labels.rule_rows, &[("n", &n)]),
        Task::Discussion { .. } => labels.rule_none.clone(),
    }
}

/// Why the key is right and each distractor wrong; for open answers, what is credited and what is not.
fn reasons(answer: &Answer, item: &Item, context: KeyContext<'_>, body: &mut Vec<Block>) {
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
                    crate::bank::Segment::Blank(answers) if answers.len() > 1 => Some(answers.join(" / ")),
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

/// Bloom, depth, difficulty, skills, standards, the item's name, and its number in the other forms.
fn level(question: &Question, item: &Item, context: KeyContext<'_>) -> Inlines {
    let skills: Vec<&str> = item.skills.iter().map(|s| s.word()).collect();
    let labels = context.shared.labels;
    let estimate = (item.estimate / 10).to_string();
    let mut parts = vec![
        worksheet::capitalized(item.bloom.word()),
        fill(&labels.depth, &[("n", &item.dok.to_string())]),
        fill(&labels.estimated, &[("band", item.difficulty.word()), ("n", &estimate)]),
        skills.join(", "),
    ];
    if !item.standards.is_empty() {
        parts.push(item.standards.join(", "));
    }
    parts.push(fill(&labels.item_name, &[("id", &item.id)]));
    let elsewhere: Vec<String> = context
        .forms
        .iter()
        .filter_map(|form| {
            let other = form.paper.questions().find(|q| q.item == question.item)?;
            Some((form.paper.form, other.number))
        })
        .filter(|(_, number)| *number != question.number)
        .map(|(form, number)| format!("{} {number}", form.letter()))
        .collect();
    if !elsewhere.is_empty() {
        parts.push(format!("{}: {}", labels.in_other_forms, elsewhere.join(", ")));
    }
    vec![Inline::text(parts.join(" · "))]
}
