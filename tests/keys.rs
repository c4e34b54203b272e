//! What a teacher finds in an answer key: letters that cannot be mistaken, reasons in the order of the sheet, evidence once.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::common::{bank, done, first_form_of, kennedy};
use pilcrow::cmd::source::{Look, Source};
use pilcrow::compose::{self, Context, Heading, KeyContext};
use pilcrow::doc::{AnswerGrid, Block, Document, Labelled, Numbers, Print, Role, Style, Table};
use pilcrow::layout::{Faces, Ink, NodeRole, Pages, lay_out, line_map};
use pilcrow::sheet::{Prompt, Right, Sheet};
use pilcrow::text::plain;

/// The bank with a question of every kind.
fn every_kind() -> Source {
    bank("tests/cases/bank")
}

/// The first form of a blueprint, its worksheet and its key.
fn made(source: &Source, blueprint: &str, style: Style) -> (Sheet, [Document; 2]) {
    let look = Look::read(None).unwrap_or_else(|failure| panic!("{failure}"));
    let (blueprint, sheets) = first_form_of(source, blueprint);
    let heading = Heading::default();
    let aids = compose::Aids::default();
    let shared = Context {
        letter: &source.letter,
        sets: &source.bank.sets,
        labels: &look.labels,
        style,
        aids: &aids.all,
        heading: &heading,
    };
    let seed = pilcrow::rng::Seed::new(1).unwrap();
    let context =
        KeyContext { shared, bank: &source.bank, blueprint: Some(&blueprint), forms: &sheets, seed, aids: &aids };
    let documents = [compose::worksheet(&sheets[0].paper, shared), compose::key(&sheets[0], context)];
    (sheets.into_iter().next().unwrap(), documents)
}

fn key(source: &Source, blueprint: &str, style: Style) -> (Sheet, Document) {
    let (sheet, [_, key]) = made(source, blueprint, style);
    (sheet, key)
}

/// The blocks under each question's number.
fn entries(key: &Document) -> BTreeMap<u32, Vec<Block>> {
    let entry = |block: &Block| match block {
        Block::Numbered { label, body, .. } => Some((label.parse().ok()?, flat(body))),
        _ => None,
    };
    key.blocks.iter().filter_map(entry).collect()
}

fn flat(blocks: &[Block]) -> Vec<Block> {
    let inside = |block: &Block| match block {
        Block::Keep(body) => flat(body),
        other => vec![other.clone()],
    };
    blocks.iter().flat_map(inside).collect()
}

/// The texts of paragraphs, lists and options.
fn texts(blocks: &[Block]) -> Vec<String> {
    let texts = |block: &Block| match block {
        Block::Paragraph { text, .. } => vec![plain(text)],
        Block::List(entries) => entries.iter().map(|entry| plain(entry)).collect(),
        Block::Options { options, .. } => {
            options.iter().map(|option| format!("{} {}", option.label, plain(&option.text))).collect()
        }
        _ => Vec::new(),
    };
    blocks.iter().flat_map(texts).collect()
}

/// The options after each paragraph that is a label alone.
fn under<'a>(blocks: &'a [Block], label: &str) -> &'a [Labelled] {
    let found = blocks.windows(2).find_map(|pair| match pair {
        [Block::Paragraph { text, .. }, Block::Options { options, .. }] if plain(text) == label => Some(options),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("nothing under {label:?} in {:#?}", texts(blocks)))
}

fn table<'a>(key: &'a Document, first: &str) -> &'a Table {
    let table = |block: &'a Block| match block {
        Block::Table(table) if table.header.first().is_some_and(|head| plain(head) == first) => Some(table),
        _ => None,
    };
    key.blocks.iter().find_map(table).unwrap()
}

/// The lines of all pages: page, place of the first run, and the words.
fn lines(pages: &Pages) -> Vec<(usize, f32, f32, String)> {
    let mut lines: Vec<(usize, f32, f32, String)> = Vec::new();
    for (number, page) in pages.pages.iter().enumerate() {
        let mut runs: Vec<(f32, f32, &str)> = page
            .all()
            .filter_map(|mark| match &mark.ink {
                Ink::Text(run) => Some((run.y, run.x, run.text.as_str())),
                _ => None,
            })
            .collect();
        runs.sort_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).unwrap());
        for (y, x, text) in runs {
            match lines.last_mut() {
                Some((page, _, line, words)) if (*page, *line) == (number, y) => {
                    words.push('|');
                    words.push_str(text);
                }
                _ => lines.push((number, x, y, text.to_owned())),
            }
        }
    }
    lines
}

#[test]
fn the_letters_of_parts_and_of_answers_cannot_be_taken_for_one_another() {
    let source = every_kind();
    let (sheet, key) = key(&source, "every-kind", Style::default());
    let answer = sheet.key.answers.iter().find(|answer| matches!(answer.right, Right::Paired(..))).unwrap();
    let Right::Paired(a, b) = &answer.right else { unreachable!() };
    let [part_a, part_b] = [("Part A", a), ("Part B", b)].map(|(part, letter)| format!("{part} → {letter}"));
    let spaced = |text: &str| text.replace('\u{a0}', " ");

    let row = &table(&key, "No.").rows[answer.number as usize - 1];
    assert_eq!(spaced(&texts(&row[1]).concat()), format!("{part_a} · {part_b}"));
    let entry = texts(&entries(&key)[&answer.number]);
    let said = entry.iter().map(|text| spaced(text)).find(|text| text.starts_with("Answer: ")).unwrap();
    assert!(said.starts_with(&format!("Answer: {part_a} ")) && said.contains(&format!("; {part_b} ¶3 “")), "{said}");
    assert!(entry.contains(&"Why the others fail (Part A)".to_owned()), "{entry:?}");

    let folder = tempfile::tempdir().unwrap();
    let bank = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/bank");
    let bank = bank.to_str().unwrap();
    let all = ["--bank", bank, "--blueprint", "every-kind", "--forms", "1", "--documents", "keys", "--format", "html"];
    done(folder.path(), &[&["make"], all.as_slice()].concat());
    let manifest = std::fs::read_to_string(folder.path().join("worksheets/manifest.yaml")).unwrap();
    let code = manifest.lines().find_map(|line| line.trim().trim_start_matches("- ").strip_prefix("code: ")).unwrap();
    let shown = done(folder.path(), &["key", code.trim_matches('"'), "--bank", bank]);
    assert!(spaced(&shown).contains("Part A → ") && !shown.contains("A: "), "{shown}");
}

#[test]
fn labels_are_told_apart_from_what_they_lead_in() {
    let (_, key) = key(&every_kind(), "every-kind", Style::default());
    for (number, entry) in entries(&key) {
        for block in &entry {
            let Block::Paragraph { role: Role::Remark, text } = block else { continue };
            let (label, rest) = text.split_first().unwrap();
            let label = plain(std::slice::from_ref(label));
            assert!(rest.is_empty() || label.ends_with(": "), "{number}: {label:?} {:?}", plain(rest));
        }
        let remedy = texts(&entry).into_iter().find(|text| text.starts_with("If most miss this: ")).unwrap();
        assert!(remedy.ends_with(" again.") && !remedy.contains('·'), "{number}: {remedy}");
    }
}

#[test]
fn matching_is_marked_from_a_list_in_the_order_of_the_sheet() {
    let (sheet, key) = key(&every_kind(), "every-kind", Style::default());
    let entries = entries(&key);
    let mut kinds = 0;
    for (question, answer) in sheet.paper.questions().zip(&sheet.key.answers) {
        let Right::Pairs(pairs) = &answer.right else { continue };
        let (left, right) = match &question.prompt {
            Prompt::Matching { premises, responses, .. } => (premises, responses),
            Prompt::Attribution { speakers, statements } => (statements, speakers),
            _ => unreachable!(),
        };
        kinds += 1;
        let entry = &entries[&question.number];
        let labels: Vec<String> = pairs.iter().map(|(premise, response)| format!("{premise}–{response}")).collect();
        assert!(texts(entry).contains(&format!("Answer: {}", labels.join(", "))), "{:?}", texts(entry));
        let told = under(entry, "Why");
        assert_eq!(told.iter().map(|option| option.label.clone()).collect::<Vec<_>>(), labels);
        for ((premise, response), option) in pairs.iter().zip(told) {
            let text = |label: &str, list: &[pilcrow::sheet::Labelled]| {
                let found = list.iter().find(|entry| entry.label == label).unwrap();
                plain(&pilcrow::text::parse(found.text.trim_end_matches('.')))
            };
            let both = format!("{} → {}", text(premise, left), text(response, right));
            let said = plain(&option.text);
            assert!(said.starts_with(&both) && said.len() > both.len() + 10, "{said}");
        }
        if let Prompt::Matching { responses, .. } = &question.prompt {
            let unused = responses.iter().filter(|response| pairs.iter().all(|(_, used)| *used != response.label));
            let unused: Vec<&str> = unused.map(|response| response.label.as_str()).collect();
            let told = under(entry, "Why the others fail");
            assert_eq!(told.iter().map(|option| option.label.as_str()).collect::<Vec<_>>(), unused);
        }
    }
    assert_eq!(kinds, 2);
}

#[test]
fn evidence_is_labelled_and_stands_once_before_why_the_others_fail() {
    for (source, blueprint) in [(every_kind(), "every-kind"), (kennedy(), "class-period")] {
        let (sheet, key) = key(&source, blueprint, Style::default());
        let entries = entries(&key);
        for (question, answer) in sheet.paper.questions().zip(&sheet.key.answers) {
            let entry = &entries[&question.number];
            assert!(!entry.iter().any(|block| matches!(block, Block::Paragraph { role: Role::Quotation, .. })));
            let said = texts(entry);
            let item = source.bank.item(&question.item).unwrap();
            for evidence in &item.evidence {
                let quote = plain(&pilcrow::text::parse(&evidence.quote.text)).replace('“', "‘").replace('”', "’");
                let ends = said.iter().filter(|text| text.ends_with(&format!("“{quote}”"))).count();
                let stands = said.iter().any(|text| text.contains(&quote));
                // An answer that is a quotation may stand within its evidence, and is not said again.
                let answered = matches!(question.prompt, Prompt::Paired { .. } | Prompt::EvidenceFinding { .. });
                assert!(
                    (stands || answered) && ends <= 1,
                    "{}: {quote} stands {ends} times in {said:#?}",
                    question.number
                );
            }
            let place = |label: &str| said.iter().position(|text| text.starts_with(label));
            if let (Some(evidence), Some(others)) = (place("Evidence"), place("Why the others fail")) {
                assert!(evidence < others, "{said:#?}");
            }
            if let Right::Sequence(sequence) = &answer.right {
                let steps: Vec<&str> = under(entry, "Why").iter().map(|option| option.label.as_str()).collect();
                assert_eq!(steps, *sequence);
            }
        }
    }
}

#[test]
fn a_key_to_numbered_lines_keeps_its_paragraphs_and_says_where_each_stands() {
    let source = kennedy();
    let (_, [worksheet, mut key]) =
        made(&source, "close-reading", Style { numbers: Numbers::Lines, ..Style::default() });
    let faces = Faces::load().unwrap();
    key.lines = line_map(&worksheet, &faces).unwrap().map(Arc::new);
    assert!(key.lines.is_some());
    let words: Vec<String> =
        lines(&lay_out(&key, &faces).unwrap()).into_iter().map(|(.., words)| words.replace('|', "")).collect();
    let words = words.join(" ").replace('\u{a0}', " ");
    assert!(words.contains("In ¶11 (lines 1–6) Kennedy sets two kinds of peace"), "{words}");
    assert!(words.contains("Why: ¶14 (lines 24–34) grants the first part"), "{words}");
    assert!(words.contains("Evidence: ¶14 (lines 28–29) “this does not excuse us"), "{words}");
    assert!(!words.contains("the paragraph at") && !words.contains("The paragraph at"), "{words}");
}

#[test]
fn a_row_to_lay_beside_the_grid_is_only_in_keys_of_sheets_that_have_one() {
    let source = kennedy();
    let has = |blueprint: &str, style: Style| {
        let (_, documents) = made(&source, blueprint, style);
        documents.map(|document| {
            let blocks = flat(&document.blocks);
            let row = blocks.iter().any(|block| matches!(block, Block::Grid(_)));
            (row, texts(&blocks).iter().any(|text| text.contains("Lay the row")))
        })
    };
    let style = Style::default();
    assert_eq!(has("class-period", style), [(true, false), (true, true)]);
    assert_eq!(has("exit-ticket", style), [(false, false), (false, false)]);
    assert_eq!(has("class-period", Style { fillable: true, ..style }), [(false, false), (false, false)]);
    let none = Style { answer_grid: AnswerGrid::None, ..style };
    assert_eq!(has("class-period", none), [(false, false), (false, false)]);
}

#[test]
fn no_line_of_a_key_begins_with_a_dot() {
    let faces = Faces::load().unwrap();
    for (source, blueprint) in [(every_kind(), "every-kind"), (kennedy(), "document-exam")] {
        for print in [Print::Standard, Print::Large] {
            let (_, key) = key(&source, blueprint, Style { print, ..Style::default() });
            for (page, _, _, words) in lines(&lay_out(&key, &faces).unwrap()) {
                assert!(!words.trim_start().starts_with('·'), "{blueprint}, page {}: {words}", page + 1);
            }
        }
    }
}

#[test]
fn at_a_glance_keeps_its_columns_on_a_phone() {
    let folder = tempfile::tempdir().unwrap();
    // Its longest cells are words in blanks and a quotation.
    let bank = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/bank");
    let flags = ["make", "--bank", bank.to_str().unwrap(), "--blueprint", "every-kind", "--forms", "1"];
    done(folder.path(), &[&flags[..], &["--documents", "keys", "--format", "html", "--out", "out"]].concat());
    let html = std::fs::read_to_string(folder.path().join("out/kennedy-1961-TEACHER-key-A.html")).unwrap();
    let class = html.split("<table class=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(class, "ruled brief", "the first table of a key");
    assert!(html.contains("ruled stacking"), "others do not");
}

#[test]
fn at_a_glance_stands_on_one_page_in_two_groups_and_is_one_table() {
    let source = kennedy();
    let faces = Faces::load().unwrap();
    for blueprint in ["class-period", "document-exam"] {
        let (sheet, key) = key(&source, blueprint, Style::default());
        let pages = lay_out(&key, &faces).unwrap();
        let all = lines(&pages);
        let head = all.iter().position(|(.., words)| words == "No.|Answer|Points|No.|Answer|Points").unwrap();
        let total = all.iter().position(|(.., words)| words.contains("|Total|")).unwrap();
        assert_eq!((all[head].0, all[total].0), (0, 0), "{blueprint}");
        // Read down: the second group goes on where the first ends.
        let count = sheet.key.answers.len();
        let per = (count + 1).div_ceil(2);
        let first = all[head + 1].3.split('|').filter(|words| words.parse::<usize>().is_ok()).collect::<Vec<_>>();
        assert!(first.contains(&"1") && first.contains(&(per + 1).to_string().as_str()), "{first:?}");
        // One table: three headers read once, a row for each question and the total.
        let nodes = pages.tree.nodes();
        let table = nodes.iter().position(|node| node.role == NodeRole::Table).unwrap();
        let inside = |node: usize| {
            (0..nodes.len()).filter(|at| nodes[*at].parent == node && *at != node).collect::<Vec<usize>>()
        };
        let rows: Vec<Vec<NodeRole>> = inside(table)
            .into_iter()
            .map(|row| inside(row).into_iter().map(|cell| nodes[cell].role).collect())
            .collect();
        assert_eq!(rows.len(), count + 2);
        assert_eq!(rows[0], [NodeRole::ColumnHeader; 3]);
        let cells = [NodeRole::RowHeader, NodeRole::Cell, NodeRole::Cell];
        assert!(rows[1..].iter().all(|row| *row == cells), "{rows:?}");
    }
    let heads = |key: &Document| {
        let all = lines(&lay_out(key, &faces).unwrap());
        all.iter().filter(|(.., words)| words.starts_with("No.|Answer|Points")).map(|line| line.3.clone()).collect()
    };
    let (_, large) = key(&source, "class-period", Style { print: Print::Large, ..Style::default() });
    let seen: Vec<String> = heads(&large);
    assert!(!seen.is_empty() && seen.iter().all(|words| words == "No.|Answer|Points"), "{seen:?}");
    // More than a page holds is read down page after page.
    let (_, mut long) = key(&source, "class-period", Style::default());
    for block in &mut long.blocks {
        if let Block::Table(table) = block
            && table.side_by_side
        {
            table.rows = table.rows.iter().cycle().take(150).cloned().collect();
        }
    }
    let seen: Vec<String> = heads(&long);
    assert!(seen.len() > 2 && seen.iter().all(|words| words == "No.|Answer|Points"), "{seen:?}");
}

#[test]
fn every_column_to_fill_in_has_a_head() {
    let (_, key) = key(&kennedy(), "class-period", Style::default());
    let scores = table(&key, "Section");
    assert!(scores.header.iter().all(|head| !plain(head).is_empty()), "{:?}", scores.header);
}

#[test]
fn who_and_where_are_those_whom_the_questions_name() {
    let source = kennedy();
    let (sheet, key) = key(&source, "exit-ticket", Style::default());
    let named: Vec<String> = table(&key, "Name").rows.iter().map(|row| texts(&row[0]).concat()).collect();
    let about = &source.letter.about;
    let cited = |name: &pilcrow::letter::Named| {
        name.places().any(|place| sheet.paper.questions().any(|question| question.cite.contains(&place)))
    };
    let all: Vec<&str> =
        about.people.iter().chain(&about.places).filter(|name| cited(name)).map(|name| name.name.as_str()).collect();
    assert!(named.iter().all(|name| all.contains(&name.as_str())), "{named:?}");
    assert!(named.iter().any(|name| name == "Black Sea"), "{named:?}");
    assert!(!named.iter().any(|name| name == "Cape Cod" || name == "Ambassador Thompson"), "{named:?}");
}
