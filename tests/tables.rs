//! Tables in every print, on every paper, in one column and in two: no word is cut, no list is torn, no line stands twice.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pilcrow::cmd::source::{Look, Source};
use pilcrow::compose::{self, Aids, Context, Heading, KeyContext};
use pilcrow::doc::{Block, Document, Paper, Print, Style};
use pilcrow::layout::{Faces, Ink, Mark, NodeId, NodeRole, Pages, Run, Tree, lay_out};
use pilcrow::rng::Seed;

use crate::common::{bank, first_form, shipped};

/// A document, its bank, blueprint and style, laid out.
struct Sheet {
    blueprint: String,
    style: Style,
    pages: Pages,
    /// Whether it is a key.
    key: bool,
}

/// All that have a table, on both papers.
static WORKSHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| {
    let own = bank("tests/cases/bank");
    let faces = Faces::load().unwrap();
    let sources = shipped().map(|bank| bank.source).into_iter().chain([own]);
    let sheets: Vec<Sheet> = sources.flat_map(|source| laid_out(&source, &faces)).collect();
    assert!(sheets.len() > 100, "{}", sheets.len());
    sheets
});

fn styles() -> Vec<Style> {
    let prints =
        [(Print::Standard, 18), (Print::Dyslexia, 18), (Print::Spaced, 18), (Print::Large, 18), (Print::Large, 24)];
    let mut styles = Vec::new();
    for paper in [Paper::Letter, Paper::A4] {
        for (print, large) in prints {
            // Large print has one column.
            for columns in 1..=if print == Print::Large { 1 } else { 2 } {
                styles.push(Style { paper, print, large, columns, ..Style::default() });
            }
        }
    }
    styles
}

/// The worksheet of the first form of each blueprint, and of one blueprint its key.
fn laid_out(source: &Source, faces: &Faces) -> Vec<Sheet> {
    let look = Look::read(None).unwrap_or_else(|failure| panic!("{failure}"));
    let heading = Heading::default();
    let mut sheets = Vec::new();
    for blueprint in &source.blueprints {
        let (blueprint, forms) = first_form(source, blueprint);
        for style in styles() {
            let (letter, sets, labels) = (&source.letter, source.bank.sets.as_slice(), &look.labels);
            let shared = Context { letter, sets, labels, style, aids: &blueprint.aids, heading: &heading };
            let mut documents = vec![compose::worksheet(&forms[0].paper, shared)];
            if blueprint.name == "every-kind" {
                let aids = Aids { all: blueprint.aids.clone(), ..Aids::default() };
                let seed = Seed::new(1).unwrap();
                let bank = &source.bank;
                let context =
                    KeyContext { shared, bank, blueprint: Some(&blueprint), forms: &forms, seed, aids: &aids };
                documents.push(compose::key(&forms[0], context));
            }
            documents.retain(|document: &Document| document.blocks.iter().any(has_table));
            sheets.extend(documents.iter().map(|document| Sheet {
                blueprint: blueprint.name.clone(),
                style,
                pages: lay_out(document, faces).unwrap(),
                key: document.running.stamp.is_some(),
            }));
        }
    }
    sheets
}

fn has_table(block: &Block) -> bool {
    match block {
        Block::Table(_) => true,
        Block::Numbered { body, .. } | Block::Frame { body, .. } | Block::Keep(body) => body.iter().any(has_table),
        _ => false,
    }
}

impl Sheet {
    /// Where it is from, for who reads of a fault.
    fn name(&self) -> String {
        let Style { paper, print, large, columns, .. } = self.style;
        format!("{} {paper:?} {print:?} {large} pt, columns: {columns}", self.blueprint)
    }

    /// What is read, with the number of its page.
    fn read(&self) -> impl Iterator<Item = (usize, NodeId, &Run)> {
        let pages = self.pages.pages.iter().enumerate();
        pages.flat_map(|(number, page)| page.marks.iter().map(move |mark| (number, mark))).filter_map(|(page, mark)| {
            match (&mark.ink, mark.node) {
                (Ink::Text(run), Some(node)) => Some((page, node, run)),
                _ => None,
            }
        })
    }

    /// The nearest node over `node` for which `is` holds.
    fn above(&self, node: NodeId, is: impl Fn(NodeRole) -> bool) -> Option<NodeId> {
        let nodes = self.pages.tree.nodes();
        let mut at = node;
        while !is(nodes[at].role) {
            if at == Tree::ROOT {
                return None;
            }
            at = nodes[at].parent;
        }
        Some(at)
    }

    /// The same inside a cell of a table.
    fn in_cell(&self, node: NodeId, is: impl Fn(NodeRole) -> bool) -> Option<NodeId> {
        self.above(node, is).filter(|found| self.above(*found, |role| role == NodeRole::Table).is_some())
    }
}

#[test]
fn no_word_in_a_cell_is_cut_without_a_hyphen() {
    for sheet in WORKSHEETS.iter() {
        let mut before: BTreeMap<NodeId, (usize, &Run)> = BTreeMap::new();
        for (page, node, run) in sheet.read() {
            if sheet.above(node, |role| role == NodeRole::Table).is_none() {
                continue;
            }
            let inline = |role| matches!(role, NodeRole::Span | NodeRole::Link | NodeRole::Field);
            let block = sheet.above(node, |role| !inline(role)).unwrap();
            if let Some((last_page, last)) = before.insert(block, (page, run)) {
                let same_line = last_page == page && (last.y - run.y).abs() < 0.01;
                let ends = last.text.ends_with([' ', '\u{a0}', '\u{ad}', '-', '—', '/']);
                assert!(same_line || ends, "{}: “{}” / “{}”", sheet.name(), last.text, run.text);
            }
        }
    }
}

/// Horizontal rules of a page, or vertical ones: where they lie across, and where they run from and to.
fn rules(marks: &[Mark], vertical: bool) -> Vec<(f32, f32, f32)> {
    let rule = |mark: &Mark| match &mark.ink {
        Ink::Rule { from, to, .. } if vertical && from.0 == to.0 => Some((from.0, from.1, to.1)),
        Ink::Rule { from, to, .. } if !vertical && from.1 == to.1 => Some((from.1, from.0, to.0)),
        _ => None,
    };
    marks.iter().filter_map(rule).collect()
}

#[test]
fn no_line_stands_close_over_another() {
    for sheet in WORKSHEETS.iter() {
        for page in &sheet.pages.pages {
            let mut lines = rules(&page.marks, false);
            lines.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (at, upper) in lines.iter().enumerate() {
                let under = lines[at + 1..].iter().take_while(|lower| lower.0 - upper.0 < 8.0);
                let mut close = under.filter(|lower| lower.0 - upper.0 > 0.1);
                let over = close.find(|lower| lower.1 < upper.2 - 1.0 && upper.1 < lower.2 - 1.0);
                assert!(over.is_none(), "{}: {upper:?} over {over:?}", sheet.name());
            }
        }
    }
}

#[test]
fn what_goes_on_from_a_page_to_the_next_has_a_line_over_it() {
    let mut parted = 0;
    for sheet in WORKSHEETS.iter() {
        for page in &sheet.pages.pages {
            let (across, down) = (rules(&page.marks, false), rules(&page.marks, true));
            for (x, top, bottom) in &down {
                let near = |a: f32, b: f32| (a - b).abs() < 0.1;
                let goes_on = down.iter().any(|(other, _, end)| near(*x, *other) && near(*top, *end));
                let covered =
                    |(y, left, right): &(f32, f32, f32)| near(*y, *top) && left - 0.1 < *x && *x < right + 0.1;
                assert!(goes_on || across.iter().any(covered), "{}: {x} from {top} to {bottom}", sheet.name());
                parted += usize::from(!across.iter().any(|(y, ..)| near(*y, *bottom)));
            }
        }
    }
    assert!(parted > 0);
}

#[test]
fn an_entry_of_a_list_in_a_worksheet_is_on_one_page() {
    for sheet in WORKSHEETS.iter().filter(|sheet| sheet.blueprint != "every-kind") {
        let mut pages: BTreeMap<NodeId, usize> = BTreeMap::new();
        for (page, node, run) in sheet.read() {
            let Some(entry) = sheet.in_cell(node, |role| role == NodeRole::Item) else { continue };
            assert_eq!(*pages.entry(entry).or_insert(page), page, "{}: {}", sheet.name(), run.text);
        }
    }
}

#[test]
fn lists_that_fit_on_a_page_are_on_one_each_whole() {
    let mut found = 0;
    for sheet in WORKSHEETS.iter().filter(|sheet| sheet.blueprint == "class-period") {
        let mut pages: BTreeMap<NodeId, usize> = BTreeMap::new();
        for (page, node, run) in sheet.read() {
            let Some(list) = sheet.in_cell(node, |role| matches!(role, NodeRole::List(_))) else { continue };
            found += 1;
            assert_eq!(*pages.entry(list).or_insert(page), page, "{}: {}", sheet.name(), run.text);
        }
    }
    assert!(found > 0);
}

/// The rows, cells and lists of all tables, in reading order.
fn structure(tree: &Tree) -> Vec<NodeRole> {
    let nodes = tree.nodes();
    let mut inside = vec![false; nodes.len()];
    let mut roles = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        inside[at] = node.role == NodeRole::Table || inside[node.parent];
        let inline = matches!(node.role, NodeRole::Span | NodeRole::Link | NodeRole::Field);
        roles.extend((inside[at] && !inline).then_some(node.role));
    }
    roles
}

#[test]
fn how_cells_stand_is_not_in_the_structure() {
    let mut known: BTreeMap<(&str, &str, u8), Vec<NodeRole>> = BTreeMap::new();
    for sheet in WORKSHEETS.iter() {
        let roles = structure(&sheet.pages.tree);
        assert!(roles.contains(&NodeRole::Row), "{}", sheet.name());
        // The key's table of scores has columns for fewer pupils in large print.
        let pupils = match (sheet.key, sheet.style.print) {
            (true, Print::Large) => sheet.style.large,
            _ => 0,
        };
        let first = known.entry((&sheet.blueprint, &sheet.pages.title, pupils)).or_insert_with(|| roles.clone());
        assert!(*first == roles, "{}", sheet.name());
    }
}

/// The marks of the paragraph that says this, on all pages.
fn paragraph<'s>(sheet: &'s Sheet, words: &str) -> Vec<&'s Mark> {
    let is = |role| role == NodeRole::Paragraph;
    let (_, node, _) = sheet.read().find(|(.., run)| run.text.contains(words)).unwrap();
    let node = sheet.above(node, is).unwrap();
    let marks = sheet.pages.pages.iter().flat_map(|page| page.marks.iter());
    marks.filter(|mark| mark.node.is_some_and(|own| sheet.above(own, is) == Some(node))).collect()
}

/// The worksheets with every kind of question; their keys have the teacher's words in the running head.
fn every_kind() -> impl Iterator<Item = &'static Sheet> {
    WORKSHEETS.iter().filter(|sheet| {
        sheet.blueprint == "every-kind" && sheet.read().any(|(.., run)| run.text.starts_with("Write the letters"))
    })
}

#[test]
fn the_blanks_of_a_series_stand_on_one_line() {
    let mut found = 0;
    for sheet in every_kind() {
        let marks = paragraph(sheet, "Write the letters");
        let blanks = marks.iter().filter_map(|mark| match &mark.ink {
            Ink::Text(run) if run.instead.is_some() => Some(run.y),
            _ => None,
        });
        let lines: Vec<f32> = blanks.collect();
        assert_eq!(lines.len(), 5);
        assert!(lines.iter().all(|y| *y == lines[0]), "{}: {lines:?}", sheet.name());
        found += 1;
    }
    assert_eq!(found, styles().len());
}

#[test]
fn a_scale_has_its_ends_on_one_line_and_its_line_between_them() {
    for sheet in every_kind() {
        let text = |mark: &&Mark| match &mark.ink {
            Ink::Text(run) => Some((run.text.clone(), run.y)),
            _ => None,
        };
        let marks = paragraph(sheet, "Trust in");
        let runs: Vec<(String, f32)> = marks.iter().filter_map(text).collect();
        let of = |words: &str| runs.iter().position(|(text, _)| text.contains(words)).unwrap();
        let (left, right) = (of("Trust in"), of("Fear"));
        assert!((runs[left].1 - runs[right].1).abs() < 0.01, "{}: {runs:?}", sheet.name());
        let line = marks.iter().position(|mark| matches!(&mark.ink, Ink::Text(run) if run.instead.is_some())).unwrap();
        assert!(left < line && line < right + 1, "it is read between them: {runs:?}");
    }
}

#[test]
fn lists_that_stay_on_a_page_have_one_head_each() {
    let mut seen = 0;
    for sheet in WORKSHEETS.iter().filter(|sheet| !sheet.key && sheet.style.large == 18) {
        let pages = sheet.pages.pages.iter();
        for page in pages {
            let says = |words: &str| {
                let text = |mark: &&Mark| matches!(&mark.ink, Ink::Text(run) if run.text.contains(words));
                page.marks.iter().filter(text).count()
            };
            for (left, right) in
                [("What Kennedy speaks of", "Where it lies in time"), ("Kennedy’s words", "What he does")]
            {
                if says(left) > 0 && says(right) > 0 {
                    assert_eq!((says(left), says(right)), (1, 1), "{}", sheet.name());
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn scores_by_section_are_a_table_in_every_print() {
    let mut seen = 0;
    for sheet in WORKSHEETS.iter().filter(|sheet| sheet.key) {
        let node = |page: &pilcrow::layout::Page| {
            let text = |mark: &&Mark| matches!(&mark.ink, Ink::Text(run) if run.text == "Initials");
            page.marks.iter().filter(text).filter(|mark| mark.node.is_some()).count()
        };
        let heads: Vec<usize> = sheet.pages.pages.iter().map(node).filter(|heads| *heads > 0).collect();
        let pupils = match (sheet.style.print, sheet.style.large) {
            (Print::Large, 18) => 2,
            (Print::Large, _) => 1,
            _ => 4,
        };
        assert_eq!(heads, [pupils], "{}: read once, over all rows", sheet.name());
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}
