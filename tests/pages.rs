//! Where pages end: what introduces stays with what it introduces, in every blueprint, print and number of columns.

use std::collections::{BTreeMap, BTreeSet};

use pilcrow::cmd::source::Look;
use pilcrow::compose::{self, Context, Heading};
use pilcrow::doc::{Block, Document, LARGE, Print, Role, Style};
use pilcrow::layout::{Faces, Ink, Mark, NodeId, NodeRole, Pages, Tree, lay_out};
use pilcrow::text::plain;

use crate::common;

/// A text without spaces and hyphens: as it stands on paper, wherever its lines end.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The paragraphs that introduce what follows them: directions, stems, and the note under a heading.
fn introductions(blocks: &[Block], roles: &[Role], all: &mut BTreeSet<String>) {
    let mut heads = false;
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Paragraph { role, text } => {
                heads = heads && matches!(role, Role::Note | Role::Directions);
                if (heads || roles.contains(role)) && at + 1 < blocks.len() {
                    all.insert(folded(&plain(text)));
                }
                continue;
            }
            Block::Numbered { body, .. } | Block::Keep(body) | Block::Frame { body, .. } => {
                introductions(body, roles, all)
            }
            _ => {}
        }
        heads = matches!(block, Block::Heading { .. });
    }
}

fn baseline(mark: &Mark) -> Option<f32> {
    match &mark.ink {
        Ink::Text(run) if mark.node.is_some() => Some(run.y),
        _ => None,
    }
}

fn left(mark: &Mark) -> f32 {
    match &mark.ink {
        Ink::Text(run) => run.x,
        Ink::Rule { from, .. } => from.0,
        Ink::Circle { centre, .. } => centre.0,
        Ink::Frame { rect, .. } | Ink::Picture { rect, .. } | Ink::Field { rect, .. } => rect[0],
    }
}

fn top(mark: &Mark) -> f32 {
    match &mark.ink {
        Ink::Text(run) => run.y,
        Ink::Rule { from, to, .. } => from.1.min(to.1),
        Ink::Circle { centre, .. } => centre.1,
        Ink::Frame { rect, .. } | Ink::Picture { rect, .. } | Ink::Field { rect, .. } => rect[1],
    }
}

/// The heading or paragraph that words belong to.
fn block_of(tree: &Tree, mut node: NodeId) -> NodeId {
    while matches!(tree.nodes()[node].role, NodeRole::Span | NodeRole::Link | NodeRole::Field) {
        node = tree.nodes()[node].parent;
    }
    node
}

/// The columns of all pages, each with its marks in order.
fn columns(pages: &Pages, count: u8) -> Vec<Vec<&Mark>> {
    let middle = pages.size.0 / 2.0;
    let mut all = Vec::new();
    for page in &pages.pages {
        let marks = || page.marks.iter().filter(|mark| mark.node.is_some() || !matches!(mark.ink, Ink::Text(_)));
        if count == 1 {
            all.push(marks().collect());
        } else {
            all.push(marks().filter(|mark| left(mark) < middle).collect());
            all.push(marks().filter(|mark| left(mark) >= middle).collect::<Vec<_>>());
        }
    }
    all.retain(|marks| !marks.is_empty());
    all
}

/// What stands last in a column though it introduces something.
fn stranded(document: &Document, pages: &Pages, count: u8) -> Vec<String> {
    let mut introduces = BTreeSet::new();
    // In the largest print a stem and the first row of its table may be higher than a page.
    let roles = if document.style.large == LARGE { &[Role::Directions, Role::Stem][..] } else { &[Role::Directions] };
    introductions(&document.blocks, roles, &mut introduces);
    let mut words: BTreeMap<NodeId, String> = BTreeMap::new();
    for mark in pages.pages.iter().flat_map(|page| &page.marks) {
        if let (Some(node), Ink::Text(run)) = (mark.node, &mark.ink) {
            words.entry(block_of(&pages.tree, node)).or_default().push_str(&run.text);
        }
    }
    let columns = columns(pages, count);
    let mut found = Vec::new();
    for marks in columns.iter().take(columns.len() - 1) {
        let lowest = marks.iter().copied().filter_map(baseline).fold(0.0, f32::max);
        // Room to write is what a stem introduces.
        if marks.iter().any(|mark| top(mark) > lowest + 3.0) {
            continue;
        }
        for mark in marks.iter().filter(|mark| baseline(mark).is_some_and(|at| lowest - at < 1.0)) {
            let Some(block) = mark.node.map(|node| block_of(&pages.tree, node)) else { continue };
            let heading = matches!(pages.tree.nodes()[block].role, NodeRole::Heading(_));
            let text = words.get(&block).map(String::as_str).unwrap_or_default();
            if heading || introduces.contains(&folded(text)) {
                found.push(text.to_owned());
            }
        }
    }
    // A mark of what is left out, alone at the top of a column, marks no place.
    for marks in columns.iter().skip(1) {
        let highest = marks.iter().copied().filter_map(baseline).fold(f32::MAX, f32::min);
        let first = marks.iter().find(|mark| baseline(mark) == Some(highest)).and_then(|mark| mark.node);
        let text = first.and_then(|node| words.get(&block_of(&pages.tree, node)));
        found.extend(text.filter(|text| text.starts_with("[¶")).cloned());
    }
    found
}

fn style(print: Print, columns: u8) -> Style {
    Style { print, columns, ..Style::default() }
}

#[test]
fn no_page_or_column_ends_with_a_heading_directions_or_a_stem() {
    let look = Look::read(None).unwrap_or_else(|failure| panic!("{failure}"));
    let (faces, heading) = (Faces::load().unwrap(), Heading::default());
    let sources = [common::kennedy(), common::bank("questions/gettysburg-1863"), common::bank("tests/cases/bank")];
    let styles = [
        style(Print::Standard, 1),
        style(Print::Standard, 2),
        style(Print::Large, 1),
        Style { large: 24, ..style(Print::Large, 1) },
        style(Print::Dyslexia, 1),
        style(Print::Dyslexia, 2),
        style(Print::Spaced, 1),
        style(Print::Spaced, 2),
    ];
    let (mut seen, mut ends) = (0, 0);
    for source in &sources {
        for blueprint in &source.blueprints {
            let (blueprint, sheets) = common::first_form(source, blueprint);
            for style in styles {
                let context = Context {
                    letter: &source.letter,
                    sets: &source.bank.sets,
                    labels: &look.labels,
                    style,
                    aids: &blueprint.aids,
                    heading: &heading,
                };
                let document = compose::worksheet(&sheets[0].paper, context);
                let pages = lay_out(&document, &faces).unwrap();
                let count = if style.print == Print::Large { 1 } else { style.columns };
                let found = stranded(&document, &pages, count);
                assert!(found.is_empty(), "{} of {}, {style:?}: {found:?}", blueprint.name, source.letter.about.id);
                seen += 1;
                ends += pages.pages.len();
            }
        }
    }
    assert!(seen > 80 && ends > 400, "{seen} sheets, {ends} pages");
}
