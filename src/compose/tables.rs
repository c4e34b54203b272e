//! The tables of keys and strips: answers at a glance, fairness, scores by section, item analysis, misconceptions, provenance.

use super::DOT;
use super::key::{Asked, KeyContext};
use super::labels::Labels;
use super::strip::{answer_text, glance};
use super::worksheet::lettered;
use crate::bank::{Difficulty, Task};
use crate::blueprint::{Blueprint, Mode};
use crate::doc::{Block, Inlines, Print, Role, Style, Table};
use crate::sheet::{Fairness, Prompt, Sheet};
use crate::text::{Inline, fill, parse};

/// Every question with its answer and points, and the total.
pub(super) fn at_a_glance(sheet: &Sheet, labels: &Labels) -> Block {
    let mut rows: Vec<Vec<Vec<Block>>> = sheet
        .paper
        .questions()
        .zip(&sheet.key.answers)
        .map(|(q, a)| {
            vec![
                cell(vec![Inline::Entry(q.number.to_string())]),
                cell(glance(q, a, labels)),
                plain(q.points.to_string()),
            ]
        })
        .collect();
    rows.push(vec![
        cell(vec![Inline::strong(&labels.total)]),
        Vec::new(),
        cell(vec![Inline::strong(sheet.paper.points().to_string())]),
    ]);
    let header = [&labels.number, &labels.answer, &labels.points].map(|text| parse(text)).to_vec();
    let widths = vec![0.6, 5.0, 0.8];
    Block::Table(Table { widths, header, rows, ruled: true, row_headers: true, side_by_side: true })
}

/// Answers that are no single letter, a column for each form; nothing where all are letters.
pub(super) fn other_answers(sheets: &[Sheet], labels: &Labels) -> Vec<Block> {
    let first = match sheets.first() {
        Some(first) => first,
        None => return Vec::new(),
    };
    let lettered: Vec<u32> = lettered(&first.paper, labels).iter().map(|question| question.number).collect();
    // Forms whose columns would be too narrow to read are set one under another instead.
    let per_table = 4;
    let mut blocks = Vec::new();
    for group in sheets.chunks(per_table) {
        let numbers = group[0].paper.questions().map(|q| q.number).filter(|n| !lettered.contains(n));
        let rows: Vec<Vec<Vec<Block>>> = numbers
            .filter_map(|n| {
                let texts: Vec<Option<String>> = group
                    .iter()
                    .map(|sheet| {
                        let found = sheet.paper.questions().zip(&sheet.key.answers).find(|(q, _)| q.number == n);
                        let found = found.filter(|(_, a)| answer_text(a, labels).is_some());
                        found.map(|(q, a)| crate::text::plain(&glance(q, a, labels)))
                    })
                    .collect();
                if texts.iter().all(Option::is_none) {
                    return None;
                }
                let mut row = vec![plain(n.to_string())];
                row.extend(texts.into_iter().map(|t| plain(t.unwrap_or_default())));
                Some(row)
            })
            .collect();
        if rows.is_empty() {
            continue;
        }
        let mut widths = vec![0.5];
        widths.extend(group.iter().map(|_| 2.0));
        let mut header: Vec<String> = vec![labels.number.clone()];
        header.extend(group.iter().map(|s| s.paper.form.letter()));
        blocks.push(table(&widths, &header.iter().map(String::as_str).collect::<Vec<_>>(), rows));
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::Heading { level: 2, text: parse(&labels.strip_other), note: None });
    }
    blocks
}

/// Which misconceptions the form tests, with what to say and the questions that show them.
pub(super) fn misconceptions(asked: &[Asked<'_>], context: KeyContext<'_>) -> Vec<Block> {
    let labels = context.shared.labels;
    let named: Vec<(u32, Vec<&str>)> =
        asked.iter().map(|(question, _, item)| (question.number, named_by(&item.task))).collect();
    let rows: Vec<Vec<Vec<Block>>> = context
        .bank
        .misconceptions
        .iter()
        .filter_map(|m| {
            let numbers: Vec<Inline> = named
                .iter()
                .filter(|(_, ids)| ids.contains(&m.id.as_str()))
                .flat_map(|(number, _)| [Inline::text(", "), Inline::Entry(number.to_string())])
                .skip(1)
                .collect();
            (!numbers.is_empty()).then(|| vec![cell(parse(&m.says)), cell(parse(&m.answer)), cell(numbers)])
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let answer = context.shared.named(&labels.misconception_answer);
    vec![
        Block::Heading { level: 2, text: parse(&labels.misconceptions), note: None },
        table(&[2.2, 3.2, 0.9], &[&labels.misconception_says, &answer, &labels.questions], rows),
    ]
}

/// Ids of the misconceptions that an item's options stand for.
fn named_by(task: &Task) -> Vec<&str> {
    match task {
        Task::SingleChoice { distractors, .. }
        | Task::Vocabulary { distractors, .. }
        | Task::MultipleSelect { distractors, .. } => {
            distractors.iter().filter_map(|c| c.misconception.as_deref()).collect()
        }
        Task::PairedEvidence { distractors, .. } => {
            distractors.iter().filter_map(|(c, _)| c.misconception.as_deref()).collect()
        }
        Task::Attribution { statements, .. } => statements.iter().filter_map(|s| s.misconception.as_deref()).collect(),
        Task::Essay { misconceptions, .. } => misconceptions.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The form's figures.
pub(super) fn fairness(f: &Fairness, labels: &Labels) -> Block {
    let tenths = |n: u32| format!("{}.{}", n / 10, n % 10);
    let list = |pairs: &[(String, u32)]| {
        pairs.iter().map(|(name, n)| format!("{name}\u{a0}{n}")).collect::<Vec<_>>().join(", ")
    };
    let [longest, shortest, choices] = f.longest_shortest;
    let dok: Vec<String> = (1..).zip(f.dok).map(|(n, points)| format!("{}:\u{a0}{points}", labels.dok(n))).collect();
    let bands: Vec<String> =
        Difficulty::ALL.iter().zip(f.difficulty).map(|(band, n)| format!("{band}\u{a0}{n}")).collect();
    let paragraphs: Vec<String> = f.paragraphs.iter().map(|(n, count)| format!("¶{n}:\u{a0}{count}")).collect();
    let anchors: Vec<String> = f.anchors.iter().map(u32::to_string).collect();
    let guessed = format!("{}.{:02}", f.guessing / 100, f.guessing % 100);
    let mut facts = vec![
        (&labels.fair_points, f.points.to_string()),
        (&labels.fair_minutes, tenths(f.tenths_of_minutes)),
        (&labels.fair_words, f.words.to_string()),
        (&labels.fair_estimate, format!("{} %", f.estimate / 10)),
        (&labels.fair_guessing, fill(&labels.fair_guessing_of, &[("mark", &guessed), ("n", &f.points.to_string())])),
        (&labels.fair_sections, list(&f.sections)),
        (&labels.fair_paragraphs, paragraphs.join(", ")),
        (&labels.fair_skills, list(&f.skills)),
        (&labels.fair_dok, dok.join(", ")),
        (&labels.fair_difficulty, bands.join(", ")),
        (&labels.fair_letters, list(&f.histogram)),
        (&labels.fair_run, f.longest_run.to_string()),
        (
            &labels.fair_length,
            fill(
                &labels.fair_length_of,
                &[("longest", &longest.to_string()), ("shortest", &shortest.to_string()), ("n", &choices.to_string())],
            ),
        ),
    ];
    if !anchors.is_empty() {
        facts.push((&labels.fair_anchors, anchors.join(", ")));
    }
    let unmet = if f.unmet.is_empty() { labels.fair_met.clone() } else { f.unmet.join("; ") };
    facts.push((&labels.fair_limits, unmet));
    let rows = facts.into_iter().map(|(name, value)| vec![plain(name.clone()), cell(parse(&value))]).collect();
    table(&[2.0, 4.0], &[], rows)
}

/// So many pupils have a column in the table of scores: fewer in large print, where no more stand beside the sections' names.
fn pupils(style: &Style) -> usize {
    match (style.print, style.large) {
        (Print::Large, ..=20) => 2,
        (Print::Large, _) => 1,
        _ => 4,
    }
}

/// Sections with their points, and columns for the scores of some pupils.
pub(super) fn score_sheet(asked: &[Asked<'_>], context: KeyContext<'_>) -> Block {
    let labels = context.shared.labels;
    let pupils = pupils(&context.shared.style);
    let large = context.shared.style.print == Print::Large;
    let rows = context.shared.letter.about.sections.iter().enumerate().filter_map(|(at, section)| {
        let inside: Vec<&crate::sheet::Question> =
            asked.iter().filter(|(_, _, item)| item.section == at).map(|(question, ..)| *question).collect();
        let points: u32 = inside.iter().map(|q| q.points).sum();
        let numbers = inside.iter().map(|q| q.number.to_string()).collect::<Vec<_>>().join(", ");
        let name = format!("{}{DOT}{}", section.id, section.title);
        (!inside.is_empty()).then(|| {
            // A column of its own for the questions would leave the names none in large print.
            let mut row = if large {
                let numbers = fill(&labels.score_questions, &[("numbers", &numbers)]);
                let numbers = Block::Paragraph { role: Role::Note, text: vec![Inline::Text(numbers)] };
                vec![[plain(name), vec![numbers]].concat()]
            } else {
                vec![plain(name), plain(numbers)]
            };
            row.push(plain(points.to_string()));
            row.extend((0..pupils).map(|_| Vec::new()));
            row
        })
    });
    let own: &[(&str, f32)] = &[(&labels.section, 2.8), (&labels.questions, 1.4), (&labels.points, 0.8)];
    let own = own.iter().filter(|(name, _)| !large || *name != labels.questions).copied();
    let (header, widths): (Vec<&str>, Vec<f32>) =
        own.chain(std::iter::repeat_n((labels.initials.as_str(), 0.75), pupils)).unzip();
    table(&widths, &header, rows.collect())
}

/// A table to count who chose what: a column for each letter.
pub(super) fn tally(sheet: &Sheet, labels: &Labels) -> Vec<Block> {
    let lettered: Vec<(String, usize, &crate::sheet::Answer)> = sheet
        .paper
        .questions()
        .zip(&sheet.key.answers)
        .filter_map(|(q, a)| match &q.prompt {
            Prompt::Choice { options, choose: 1 } => Some((q.number.to_string(), options.len(), a)),
            Prompt::Paired { answers, .. } => Some((format!("{}A", q.number), answers.len(), a)),
            _ => None,
        })
        .collect();
    let most = lettered.iter().map(|(_, options, _)| *options).max().unwrap_or(0);
    if most == 0 {
        return Vec::new();
    }
    let letters: Vec<String> = ('A'..='Z').take(most).map(String::from).collect();
    let rows = lettered.into_iter().map(|(number, options, answer)| {
        let mut row = vec![plain(number)];
        row.extend((0..most).map(|at| if at < options { Vec::new() } else { plain("–".to_owned()) }));
        let key = answer.labels.first().map(|l| l.label.clone()).unwrap_or_default();
        row.extend([plain(key), Vec::new()]);
        row
    });
    let header = std::iter::once(&labels.number).chain(&letters).chain([&labels.answer, &labels.right]);
    let header: Vec<&str> = header.map(String::as_str).collect();
    let widths: Vec<f32> = [0.8].into_iter().chain(letters.iter().map(|_| 1.0)).chain([0.8, 1.0]).collect();
    vec![
        Block::Heading { level: 2, text: parse(&labels.tally), note: None },
        Block::Paragraph { role: Role::Note, text: parse(&labels.tally_note) },
        table(&widths, &header, rows.collect()),
    ]
}

/// Blueprint, seed, fingerprints, code: enough to make the form again.
pub(super) fn made_from(sheet: &Sheet, blueprint: &Blueprint, context: KeyContext<'_>) -> Block {
    let labels = context.shared.labels;
    let short = |hex: &str| hex.chars().take(16).collect::<String>();
    let cells: Vec<String> = blueprint
        .parts
        .iter()
        .map(|part| {
            let taken: u32 = part.cells.iter().map(|c| c.take + c.take_sets).sum();
            format!("{}: {taken}", part.title)
        })
        .collect();
    let facts = [
        (&labels.from_code, sheet.paper.code.to_string()),
        (&labels.from_blueprint, format!("{} ({}); {}", blueprint.name, mode(blueprint, labels), cells.join("; "))),
        (&labels.from_seed, format!("{}{DOT}{}", context.seed.get(), sheet.paper.form.letter())),
        (&labels.from_bank, format!("{}{DOT}{}", context.shared.letter.about.id, short(&context.bank.fingerprint))),
        (&labels.from_blueprint_print, short(&blueprint.fingerprint())),
        (&labels.from_program, format!("pilcrow {}", env!("CARGO_PKG_VERSION"))),
    ];
    let rows = facts.into_iter().map(|(name, value)| vec![plain(name.clone()), plain(value)]).collect();
    table(&[1.4, 4.6], &[], rows)
}

fn mode<'a>(blueprint: &Blueprint, labels: &'a Labels) -> &'a str {
    match blueprint.mode() {
        Mode::SameItems => &labels.mode_same_items,
        Mode::SectionShuffle => &labels.mode_section_shuffle,
        Mode::Parallel => &labels.mode_parallel,
    }
}

fn table(widths: &[f32], header: &[&str], rows: Vec<Vec<Vec<Block>>>) -> Block {
    let header = header.iter().map(|text| parse(text)).collect();
    Block::Table(Table { widths: widths.to_vec(), header, rows, ruled: true, row_headers: true, side_by_side: false })
}

fn cell(text: Inlines) -> Vec<Block> {
    vec![Block::Paragraph { role: Role::Body, text }]
}

fn plain(text: String) -> Vec<Block> {
    cell(vec![Inline::Text(text)])
}
