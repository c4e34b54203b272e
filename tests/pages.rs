//! Where pages end: what introduces stays with what it introduces, in every blueprint, print and number of columns.

use std::collections::{BTreeMap, BTreeSet};

use pilcrow::cmd::source::{Look, Source};
use pilcrow::compose::{self, Context, Heading};
use pilcrow::doc::{AnswerGrid, Block, Document, LARGE, Print, Role, Style};
use pilcrow::layout::{Faces, Ink, Mark, NodeId, NodeRole, Page, Pages, Tree, lay_out};
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
                // Before what has a head of its own, a word to the whole sheet introduces nothing.
                let next = blocks.get(at + 1).filter(|next| heads || !begins_anew(next));
                if (heads || roles.contains(role)) && next.is_some() {
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

/// Whether it is a heading, or the answer grid with its note.
fn begins_anew(block: &Block) -> bool {
    match block {
        Block::Keep(kept) => matches!(kept.first(), Some(Block::Grid(_))),
        _ => matches!(block, Block::Heading { .. }),
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

/// The worksheet of a blueprint's first form, laid out.
fn worksheet(source: &Source, blueprint: &str, style: Style) -> Pages {
    let look = Look::read(None).unwrap_or_else(|failure| panic!("{failure}"));
    let (faces, heading) = (Faces::load().unwrap(), Heading::default());
    let named = source.blueprints.iter().find(|known| known.name == blueprint).unwrap();
    let (blueprint, sheets) = common::first_form(source, named);
    let (letter, sets, labels) = (&source.letter, source.bank.sets.as_slice(), &look.labels);
    let context = Context { letter, sets, labels, style, aids: &blueprint.aids, heading: &heading };
    lay_out(&compose::worksheet(&sheets[0].paper, context), &faces).unwrap()
}

/// The lines of a page that are read.
fn says(page: &Page) -> impl Iterator<Item = &str> {
    page.marks.iter().filter_map(|mark| match &mark.ink {
        Ink::Text(run) if mark.node.is_some() => Some(run.text.as_str()),
        _ => None,
    })
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

#[test]
fn a_word_to_the_whole_sheet_stays_on_its_first_page() {
    // With circles to fill in, the grid under it needs a page of its own: the word does not go there with it.
    let style = Style { answer_grid: AnswerGrid::Bubbles, ..style(Print::Large, 1) };
    let pages = worksheet(&common::kennedy(), "class-period", style);
    let page_of = |words: &str| pages.pages.iter().position(|page| says(page).any(|text| text.contains(words)));
    assert_eq!(page_of("paragraph numbers (¶)"), Some(0));
    assert_eq!(page_of("Answers"), Some(1));
}

#[test]
fn parts_of_a_question_are_parted_before_its_options_are() {
    // Neither part has room under the other in the largest print.
    let pages =
        worksheet(&common::bank("tests/cases/bank"), "every-kind", Style { large: 24, ..style(Print::Large, 1) });
    let page_of = |words: &str| pages.pages.iter().position(|page| says(page).any(|text| text.contains(words)));
    let first = page_of("Part B ").unwrap();
    assert_eq!(page_of("this correspondence must"), Some(first));
    assert_eq!(page_of("That debate will"), Some(first));
    assert_eq!(page_of("Newspapers would twist"), Some(first - 1));
}

#[test]
fn pages_of_the_standard_print_stand_at_the_outer_side_of_their_column() {
    for print in [Print::Dyslexia, Print::Spaced] {
        let pages = worksheet(&common::kennedy(), "close-reading", style(print, 2));
        let middle = pages.size.0 / 2.0;
        let mut sides = [0, 0];
        for page in &pages.pages {
            let text = |mark: &&Mark| matches!(&mark.ink, Ink::Text(run) if run.text.starts_with("std"));
            let (marked, others): (Vec<&Mark>, Vec<&Mark>) = page.marks.iter().partition(text);
            for mark in marked {
                let at = left(mark);
                let outside = |other: &&Mark| if at < middle { left(other) > at + 15.0 } else { left(other) < at };
                assert!(
                    others.iter().all(|other| left(other) > 0.0 && (outside(other) || other.node.is_none())),
                    "{at}"
                );
                sides[usize::from(at > middle)] += 1;
            }
        }
        assert!(sides.iter().all(|seen| *seen > 0), "{print:?}: {sides:?}");
    }
}
