//! Imposition: small pages moved to their places on whole ones, which lie in order when the paper is cut or folded. The
//! structure keeps the order in which the small pages are read.

use super::page::{Entry, Ink, Mark, Page, Pages, Part, Spot};
use super::tree::{NodeId, Tree};

/// Length of the dashes where a paper is to be cut, and of the spaces between them, pt.
const DASH: (f32, f32) = (3.0, 3.0);

/// Thickness of a dash, pt.
const HAIRLINE: f32 = 0.25;

/// The pages of a document, a multiple of four, on sheets twice as wide: printed on both sides, flipped on the short edge, laid
/// on one another and folded, they are a booklet (8|1, 2|7, 6|3, 4|5).
pub fn booklet(document: Pages) -> Pages {
    let (width, height) = document.size;
    let count = document.pages.len();
    // The first page stands at the right of the first side, the second at the left of its back; the last are their neighbours.
    let place = |number: usize| Spot {
        page: number.min(count.saturating_sub(number + 1)),
        x: if number.is_multiple_of(2) { width } else { 0.0 },
        y: 0.0,
    };
    let [left, top, right, bottom] = document.live;
    let mut sheets = Sheets::new((width * 2.0, height), count / 2);
    let moved = |spot: Spot| moved(spot, place(spot.page));
    for (number, page) in document.pages.into_iter().enumerate() {
        sheets.put(page, place(number), |node| node);
    }
    Pages {
        size: sheets.size,
        live: [left, top, width + right, bottom],
        pages: sheets.pages,
        parts: document.parts.into_iter().map(|part| Part { start: moved(part.start), ..part }).collect(),
        outline: document.outline.into_iter().map(|entry| Entry { at: moved(entry.at), ..entry }).collect(),
        entries: document.entries.into_iter().map(|(label, at)| (label, moved(at))).collect(),
        ..document
    }
}

/// How small pages stand on a paper that is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Beside one another.
    pub across: usize,
    /// Under one another.
    pub down: usize,
    /// Whether each small page with an even number stands on the back of the one before it; the paper is flipped on its long
    /// edge.
    pub both_sides: bool,
}

impl Cut {
    /// Small pages on one side of a paper.
    pub fn places(self) -> usize {
        self.across * self.down
    }

    /// Pieces of paper that a document of so many small pages takes.
    pub fn pieces(self, pages: usize) -> usize {
        if self.both_sides { pages.div_ceil(2) } else { pages }
    }
}

/// Documents of small pages of one size, one after another on papers that are cut as one stack: the pieces lie in order when
/// the piles are laid on one another, along the paper's rows, that of the top left corner first. Numbered entries, to which
/// links lead, are left out: two documents may call them alike.
pub fn cut_stack(documents: Vec<Pages>, cut: Cut) -> Pages {
    let first = documents.first();
    let (title, language) = first.map(|pages| (pages.title.clone(), pages.language.clone())).unwrap_or_default();
    let ((width, height), live) = first.map(|pages| (pages.size, pages.live)).unwrap_or_default();
    let (across, down) = (cut.across as f32, cut.down as f32);
    let pieces = documents.iter().map(|pages| cut.pieces(pages.pages.len())).sum::<usize>();
    let papers = pieces.div_ceil(cut.places()).max(1);
    let sides = if cut.both_sides { 2 } else { 1 };
    // A page of a document whose first piece has a number among all.
    let place = |first_piece: usize, page: usize| {
        let (piece, side) = (first_piece + page / sides, page % sides);
        let (pile, paper) = (piece / papers, piece % papers);
        let (row, column) = (pile / cut.across, pile % cut.across);
        // On the back, left and right are exchanged.
        let column = if side == 0 { column } else { cut.across - 1 - column };
        Spot { page: paper * sides + side, x: column as f32 * width, y: row as f32 * height }
    };
    let mut sheets = Sheets::new((width * across, height * down), papers * sides);
    for page in &mut sheets.pages {
        page.furniture = dashes(sheets.size, cut);
    }
    let (mut tree, mut parts, mut outline) = (Tree::new(), Vec::with_capacity(documents.len()), Vec::new());
    let mut piece = 0;
    for document in documents {
        let root = graft(&mut tree, &document.tree);
        let moved = |spot: Spot| moved(spot, place(piece, spot.page));
        parts.extend(document.parts.into_iter().map(|part| Part {
            node: root + part.node,
            start: moved(part.start),
            ..part
        }));
        outline.extend(document.outline.into_iter().map(|entry| Entry { at: moved(entry.at), ..entry }));
        let count = document.pages.len();
        for (number, page) in document.pages.into_iter().enumerate() {
            sheets.put(page, place(piece, number), |node| root + node);
        }
        piece += cut.pieces(count);
    }
    let live = [live[0], live[1], width * (across - 1.0) + live[2], height * (down - 1.0) + live[3]];
    Pages { title, language, size: sheets.size, live, tree, pages: sheets.pages, parts, outline, entries: Vec::new() }
}

/// Adds a tree under the root; returns the number by which those of its nodes have grown.
fn graft(tree: &mut Tree, branch: &Tree) -> NodeId {
    let root = tree.nodes().len();
    for (id, node) in branch.nodes().iter().enumerate() {
        tree.add_copy(if id == Tree::ROOT { Tree::ROOT } else { root + node.parent }, node);
    }
    root
}

/// A spot on a small page, whose corner has come to another.
fn moved(spot: Spot, corner: Spot) -> Spot {
    Spot { page: corner.page, x: corner.x + spot.x, y: corner.y + spot.y }
}

/// Where a paper is cut: a dashed line between its rows and between its columns.
fn dashes(size: (f32, f32), cut: Cut) -> Vec<Mark> {
    let along = |length: f32| {
        let pitch = DASH.0 + DASH.1;
        (0..(length / pitch).ceil() as usize)
            .map(move |at| (at as f32 * pitch, (at as f32 * pitch + DASH.0).min(length)))
    };
    let rule = |from, to| Mark { node: None, ink: Ink::Rule { from, to, thickness: HAIRLINE } };
    let rows = (1..cut.down).map(|row| size.1 / cut.down as f32 * row as f32);
    let columns = (1..cut.across).map(|column| size.0 / cut.across as f32 * column as f32);
    let level = rows.flat_map(|y| along(size.0).map(move |(from, to)| rule((from, y), (to, y))));
    let upright = columns.flat_map(|x| along(size.1).map(move |(from, to)| rule((x, from), (x, to))));
    level.chain(upright).collect()
}

/// Whole pages that small ones are put on, in reading order.
struct Sheets {
    size: (f32, f32),
    pages: Vec<Page>,
    /// Small pages so far.
    read: usize,
}

impl Sheets {
    fn new(size: (f32, f32), count: usize) -> Self {
        Sheets { size, pages: vec![Page::default(); count], read: 0 }
    }

    /// Puts a small page with its corner at a spot; its nodes get other numbers.
    fn put(&mut self, small: Page, Spot { page, x, y }: Spot, node: impl Fn(NodeId) -> NodeId) {
        let Some(sheet) = self.pages.get_mut(page) else { return };
        sheet.turns.push((self.read, sheet.marks.len()));
        self.read += 1;
        let placed = |mark: Mark| Mark { node: mark.node.map(&node), ..mark.moved(x, y) };
        sheet.furniture.extend(small.furniture.into_iter().chain(small.number).map(placed));
        sheet.marks.extend(small.marks.into_iter().map(placed));
    }
}
