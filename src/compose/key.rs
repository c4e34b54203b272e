//! Sheet and bank → answer key: the strip first, then each question with its reasons, then the form's figures.

use super::question::capitalized;
use super::reasons::reasons;
use super::strip::{pair, strip_grid};
use super::worksheet::{has_answer_grid, without_form};
use super::{Aids, Context, DOT, Labels, aids, figure, fill, languages, tables};
use crate::bank::{Bank, Item, Outside, Task};
use crate::blueprint::Blueprint;
use crate::doc::{Block, Document, Inlines, Masthead, Numbers, Role, Style};
use crate::known::Known;
use crate::sheet::{Answer, Prompt, Question, Right, Sheet};
use crate::text::{Inline, parse};

/// What a key needs beside its sheet.
#[derive(Clone, Copy)]
pub struct KeyContext<'a> {
    /// What all documents share.
    pub shared: Context<'a>,
    /// The bank, whose rationales are printed.
    pub bank: &'a Bank,
    /// The blueprint of the form; `None` for the items of a bank, which no blueprint chose: their key has no form's figures.
    pub blueprint: Option<&'a Blueprint>,
    /// The forms of its block, for the numbers of a question in the others: a list of hundreds would help nobody.
    pub forms: &'a [Sheet],
    /// The seed of the run.
    pub seed: crate::rng::Seed,
    /// What its sheets have to help with reading and writing.
    pub aids: &'a Aids,
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
            citation: shared.letter.about.citation.clone(),
        }),
        Block::Paragraph { role: Role::Note, text: parse(&labels.study_note) },
    ];
    blocks.extend(aids::told(&sheet.paper, context));
    blocks.push(heading(&labels.at_a_glance));
    // Where the sheet has no grid, a row to lay beside it would be the table once more.
    let grid = strip_grid(sheet, &labels.answers, shared).filter(|_| has_answer_grid(&sheet.paper, shared));
    blocks.extend(grid.map(|grid| {
        Block::Keep(vec![
            Block::Paragraph { role: Role::Note, text: parse(&labels.at_a_glance_note) },
            Block::Grid(grid),
        ])
    }));
    blocks.push(tables::at_a_glance(sheet, labels));
    blocks.push(heading(&labels.question_by_question));
    let (asked, mut set) = (asked(sheet, context.bank), None);
    for (question, answer, item) in &asked {
        blocks.extend(figure::told_of_set(item, &mut set, context));
        blocks.push(entry(question, answer, item, context));
    }
    blocks.extend(tables::misconceptions(&asked, context));
    blocks.extend(aids::who_and_where(&sheet.paper, context));
    if let Some(blueprint) = context.blueprint {
        blocks.push(heading(&labels.fairness));
        blocks.push(tables::fairness(&sheet.key.fairness, labels));
        blocks.push(heading(&labels.score_sheet));
        blocks.push(Block::Paragraph { role: Role::Note, text: parse(&labels.score_sheet_note) });
        blocks.push(tables::score_sheet(&asked, context));
        blocks.extend(tables::tally(sheet, labels));
        blocks.push(heading(&labels.made_from));
        blocks.push(tables::made_from(sheet, blueprint, context));
    }
    languages::mark(&mut blocks, &shared.letter.about.languages);
    let key = Document {
        title: format!("{} · {title} · {version}", labels.answer_key),
        language: shared.letter.about.language.clone(),
        style: style(shared.style),
        words: shared.labels.page_words.clone(),
        running: shared.running(
            format!("{} · {title}", labels.answer_key),
            version,
            sheet.paper.code.to_string(),
            true,
        ),
        lines: None,
        blocks,
    };
    if context.blueprint.is_none() { without_form(key, &sheet.paper, shared) } else { key }
}

/// A question of the sheet with its answer and what the bank has of it.
pub(super) type Asked<'a> = (&'a Question, &'a Answer, &'a Item);

/// All questions of a sheet.
fn asked<'a>(sheet: &'a Sheet, bank: &'a Bank) -> Vec<Asked<'a>> {
    let mut items: Known<&str, Option<&Item>> = Known::default();
    sheet.paper.questions().for_each(|question| items.insert(&question.item, None));
    // One pass: a bank may have very many items.
    for item in &bank.items {
        if let Some(None) = items.get(&*item.id) {
            items.insert(&item.id, Some(item));
        }
    }
    let questions = sheet.paper.questions().zip(&sheet.key.answers);
    questions.filter_map(|(question, answer)| Some((question, answer, (*items.get(&*question.item)?)?))).collect()
}

/// A bank is keyed to paragraphs, and its sentences name them: where the sheet has numbered lines alone, its key has the
/// paragraphs and says at each where it stands, `¶7 (lines 10–12)`.
fn style(style: Style) -> Style {
    let numbers = if style.numbers == Numbers::Lines { Numbers::Both } else { style.numbers };
    Style { numbers, ..style }
}

/// Everything about one question.
fn entry(question: &Question, answer: &Answer, item: &Item, context: KeyContext<'_>) -> Block {
    let labels = context.shared.labels;
    let told = |label: &str, text: Inlines| Block::Paragraph { role: Role::Remark, text: labels.led_in(label, text) };
    let remark = |label: &str, text: &str| told(label, parse(text));
    let mut body = Vec::new();
    let stem = if item.stem.is_empty() { &labels.cloze_stem } else { &item.stem };
    // Stem and answer stay together; the reasons under them may go on over a page's end.
    body.push(Block::Keep(vec![
        Block::Paragraph { role: Role::Stem, text: parse(stem) },
        told(&labels.answer, full_answer(question, answer, item, context)),
    ]));
    body.extend(item.figure.iter().map(|shown| figure::told(shown, labels)));
    // Where the points at the edge say all, the rule goes to the small print.
    let plain_rule = item.points <= 1 && (answer.right != Right::Open || item.points == 0);
    if !plain_rule {
        body.push(remark(&labels.rule, &rule(item, context)));
    }
    reasons(question, answer, item, context, &mut body);
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
    let again = parse(before).into_iter().chain(labels.places(&item.cite)).chain(parse(after));
    body.push(told(&labels.reread, again.collect()));
    let rule = plain_rule.then(|| rule(item, context).trim_end_matches('.').to_owned());
    // What the edge of the question says already is not said again.
    let rule = rule.filter(|rule| *rule != labels.count_points(question.points));
    let mut data = rule.map(|rule| parse(&(rule + DOT))).unwrap_or_default();
    data.push(Inline::text(level(question, item, context).join(DOT)));
    body.push(Block::Paragraph { role: Role::Note, text: data });
    let note = (question.points > 0).then(|| labels.count_points(question.points));
    Block::Numbered { label: question.number.to_string(), note, body, whole: false }
}

/// Letter and text: a letter alone would betray nothing to one who holds the wrong form. Where every entry of a list is
/// answered, the letters alone, as they stand on the sheet: the texts follow with their reasons.
fn full_answer(question: &Question, answer: &Answer, item: &Item, context: KeyContext<'_>) -> Inlines {
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
        if !text.is_empty() {
            out.push(Inline::text("\u{a0}"));
        }
        out.extend(parse(text));
    };
    match (&answer.right, &question.prompt) {
        (Right::Labels(right), Prompt::Choice { options, .. }) => {
            right.iter().for_each(|label| push(label, &text_of(label, options)))
        }
        (Right::Pairs(pairs), _) => {
            let pairs: Vec<String> = pairs.iter().map(|(premise, response)| pair(premise, response)).collect();
            push(&pairs.join(", "), "");
        }
        (Right::Sequence(sequence), _) => push(&sequence.join(" "), ""),
        (Right::Paired(answer, evidence), Prompt::Paired { answers, .. }) => {
            push(&Labels::part_answer(&labels.part_a, answer), &text_of(answer, answers));
            push(&Labels::part_answer(&labels.part_b, evidence), "");
            if let Task::PairedEvidence { key: (_, quote), .. } = &item.task {
                out.push(Inline::text("\u{a0}"));
                out.extend(labels.quotation(quote.cite, &quote.text));
            }
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
        _ => out.extend(parse(&labels.see_below)),
    }
    out
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

/// Bloom, depth, difficulty, skills, standards, the item's name, and its number in the other forms.
fn level(question: &Question, item: &Item, context: KeyContext<'_>) -> Vec<String> {
    let skills: Vec<&str> = item.skills.iter().map(|s| s.word()).collect();
    let labels = context.shared.labels;
    let estimate = (item.estimate / 10).to_string();
    let mut parts = vec![
        capitalized(item.bloom.word()),
        labels.dok(item.dok.into()),
        fill(&labels.estimated, &[("band", item.difficulty.word()), ("n", &estimate)]),
        skills.join(", "),
    ];
    if !item.standards.is_empty() {
        parts.push(item.standards.join(", "));
    }
    parts.push(fill(&labels.item_name.replace(' ', "\u{a0}"), &[("id", &item.id)]));
    let elsewhere: Vec<String> = context
        .forms
        .iter()
        .filter_map(|form| {
            let other = form.paper.questions().find(|q| q.item == question.item)?;
            Some((form.paper.form, other.number))
        })
        .filter(|(_, number)| *number != question.number)
        .map(|(form, number)| format!("{}\u{a0}{number}", form.letter()))
        .collect();
    if !elsewhere.is_empty() {
        parts.push(format!("{}: {}", labels.in_other_forms, elsewhere.join(", ")));
    }
    parts
}
