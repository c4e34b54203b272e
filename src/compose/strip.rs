//! Sheets → marking strip: every form's letters in rows as wide as the answer grid of the sheet, and the other answers in a table.

use super::worksheet::{grid_cells, lettered};
use super::{Context, DOT, Labels, aids, fill, languages, tables};
use crate::doc::{Block, Document, Grid, GridCell, Inlines, Masthead, Role};
use crate::sheet::{Answer, Question, Right, Sheet};
use crate::text::{Inline, parse};

/// The marking strip of several sheets, in the order given (the forms of a run, or a pile as it lies).
pub fn strip(sheets: &[Sheet], context: Context<'_>) -> Document {
    let labels = context.labels;
    let title = sheets.first().map(|s| context.title(&s.paper).to_owned()).unwrap_or_default();
    let mut blocks = vec![
        Block::Masthead(Masthead {
            kicker: labels.marking_strip.clone(),
            title: title.clone(),
            subtitle: context.subtitle(),
            form: None,
            fields: Vec::new(),
            citation: context.letter.about.citation.clone(),
        }),
        Block::Paragraph { role: Role::Note, text: parse(&labels.strip_note) },
    ];
    blocks.extend(
        sheets
            .iter()
            .filter_map(|sheet| strip_grid(sheet, &context.version(sheet.paper.form), context))
            .map(Block::Grid),
    );
    blocks.extend(tables::other_answers(sheets, labels));
    let codes: Vec<String> = sheets
        .iter()
        .map(|s| {
            let version = fill(&labels.version, &[("form", &s.paper.form.letter())]);
            format!("{version} {}", aids::marked_code(&s.paper, context))
        })
        .collect();
    blocks.push(Block::Paragraph { role: Role::Note, text: parse(&codes.join(DOT)) });
    languages::mark(&mut blocks, &context.letter.about.languages);
    Document {
        title: format!("{} · {title}", labels.marking_strip),
        language: context.letter.about.language.clone(),
        style: context.style,
        words: context.labels.page_words.clone(),
        running: context.running(
            format!("{} · {title}", labels.marking_strip),
            letters(sheets),
            sheets.first().map(|s| s.paper.code.to_string()).unwrap_or_default(),
            true,
        ),
        lines: None,
        blocks,
    }
}

/// The letters of the forms for the head of each page: `A B C`, or `A–Z` for a row of forms too long to be listed there.
fn letters(sheets: &[Sheet]) -> String {
    const LISTED: usize = 12;
    let in_a_row = sheets.windows(2).all(|pair| pair[0].paper.form.index() + 1 == pair[1].paper.form.index());
    match sheets {
        [first, .., last] if in_a_row && sheets.len() > LISTED => {
            format!("{}–{}", first.paper.form.letter(), last.paper.form.letter())
        }
        _ => sheets.iter().map(|s| s.paper.form.letter()).collect::<Vec<_>>().join(" "),
    }
}

/// A form's answers in the cells of its answer grid; `None` where no question has a letter for an answer.
pub(super) fn strip_grid(sheet: &Sheet, label: &str, context: Context<'_>) -> Option<Grid> {
    let cells: Vec<GridCell> = lettered(&sheet.paper, context.labels)
        .iter()
        .flat_map(|question| {
            let answer = sheet.key.answers.iter().find(|answer| answer.number == question.number);
            let right = match answer.map(|answer| &answer.right) {
                Some(Right::Labels(labels)) => vec![labels.clone()],
                Some(Right::Word(word)) => vec![vec![word.clone()]],
                Some(Right::Paired(a, b)) => vec![vec![a.clone()], vec![b.clone()]],
                _ => Vec::new(),
            };
            grid_cells(question, &right, context)
        })
        .collect();
    (!cells.is_empty()).then(|| Grid { label: label.to_owned(), cells })
}

/// An answer in a few characters; `None` for what a teacher marks by its key.
pub fn answer_text(answer: &Answer, labels: &Labels) -> Option<String> {
    Some(match &answer.right {
        Right::Labels(labels) => labels.join(", "),
        Right::Word(word) => word.clone(),
        Right::Pairs(pairs) => pairs.iter().map(|(a, b)| pair(a, b)).collect::<Vec<_>>().join(", "),
        Right::Sequence(labels) => labels.join(" "),
        Right::Words(words) => (1..).zip(words).map(|(n, w)| format!("{n}\u{a0}{w}")).collect::<Vec<_>>().join(", "),
        Right::Paired(a, b) => {
            let parts = [(&labels.part_a, a), (&labels.part_b, b)];
            parts.map(|(part, letter)| Labels::part_answer(part, letter)).join(DOT)
        }
        Right::Open => return None,
    })
}

/// What belongs together in a matching exercise: `a–H`.
pub(super) fn pair(premise: &str, response: &str) -> String {
    format!("{premise}–{response}")
}

/// The answer in a table's cell: short where a strip has it, the text where it must be read.
pub(super) fn glance(question: &Question, answer: &Answer, labels: &Labels) -> Inlines {
    match answer_text(answer, labels) {
        Some(text) if matches!(question.prompt, crate::sheet::Prompt::EvidenceFinding { .. }) => {
            let words: Vec<&str> = text.split_whitespace().collect();
            let end = if words.len() > 8 { " …" } else { "" };
            vec![Inline::text(format!("“{}{end}”", words[..words.len().min(8)].join(" ")))]
        }
        Some(text) => vec![Inline::text(text)],
        None => vec![Inline::emphasis(&labels.see_below)],
    }
}
