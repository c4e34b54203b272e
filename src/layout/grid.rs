//! The answer grid: equal cells in rows, each with its number and its content, beside a label column of fixed width.

use super::LayoutError;
use super::galley::{Slab, cost};
use super::look::{Fill, Look, MM, Type};
use super::page::{Ink, Mark};
use super::setter::{Setter, Slot};
use super::tree::{NodeId, NodeRole, Numbering};
use crate::doc::{BUBBLE_MM, BUBBLE_PITCH_MM, Bubble, CellContent, GRID_CELL_MM, GRID_LABEL_MM, Grid, GridCell};
use crate::text::Inline;

/// A grid's label stands beside its rows where they keep the width of ten cells for letters, mm.
const BESIDE_MM: f32 = 10.0 * GRID_CELL_MM.0;

/// Thickness of the line of a cell and of a bubble, pt.
const LINE: f32 = 0.6;

/// The place of a cell's content, pt: the cell, and the node that it is content of.
struct Place {
    x: f32,
    width: f32,
    height: f32,
    item: NodeId,
}

impl Setter<'_> {
    /// A grid, its label at the left if the rows are wide enough beside it, else over it. Where rows break depends on the look
    /// and the cells alone, never on the label's words.
    pub fn grid(&mut self, grid: &Grid, slot: Slot) -> Result<(), LayoutError> {
        let section = self.node(slot.node, NodeRole::Section);
        let slot = Slot { width: slot.width.min(self.look.grid_room), ..slot };
        let kind = self.look.label;
        let usual = Usual::of(grid, &self.look);
        let label = [Inline::text(grid.label.as_str())];
        let labelled = !grid.label.is_empty();
        let paragraph = self.node(section, NodeRole::Paragraph);
        let list = self.node(section, NodeRole::List(Numbering::Decimal));
        self.galley.gap(self.look.body.leading * 0.6);
        let start = self.galley.slabs.len();
        let all = grid.cells.iter().map(|cell| usual.width(cell)).sum::<f32>();
        let column = GRID_LABEL_MM * MM;
        let least = BESIDE_MM * MM * self.look.grid;
        let beside = labelled && self.look.grid_beside && slot.width - column >= all.min(least);
        let left = if beside { column } else { 0.0 };
        let mut label_height = 0.0;
        if beside {
            let kind = kind.fill(Fill::Ragged);
            let lines = self.text.lines(&label, &kind, paragraph, (column - 3.0, 0.0))?;
            label_height = kind.leading * lines.len() as f32;
            for (at, line) in lines.into_iter().enumerate() {
                let y = kind.leading * at as f32;
                self.galley.hang(line.marks.into_iter().map(|mark| mark.moved(slot.x, y)));
            }
        } else if labelled {
            self.prose(&label, &kind, slot.under(paragraph))?;
            self.galley.hold();
            self.galley.gap(kind.size * 0.3);
        }
        let columns = (((slot.width - left) / usual.width) as usize).max(1);
        for (at, row) in grid.rows(columns, |cell| usual.span(cell)).into_iter().enumerate() {
            let height = row.iter().map(|cell| cell_height(cell, &self.look)).fold(0.0, f32::max);
            let mut slab = Slab::new(height, GRID_CELL_MM.1 * MM * self.look.grid * 0.62, Vec::new());
            if at == 0 {
                slab.height = height.max(label_height);
            }
            let mut x = slot.x + left;
            for cell in row {
                let width = usual.width(cell);
                let frame = Ink::Frame { rect: [x, 0.0, width, height], thickness: LINE };
                slab.marks.push(Mark { node: None, ink: frame });
                let place = Place { x, width, height, item: self.node(list, NodeRole::Item) };
                slab.marks.extend(match &cell.content {
                    CellContent::Letters(letters) => self.letters(cell, letters, place)?,
                    CellContent::Bubbles(row) => self.bubbles(cell, row, place)?,
                });
                x += width;
            }
            if at > 0 {
                self.galley.cost(cost::PART);
            }
            self.galley.push(slab);
        }
        self.galley.keep(start, self.room);
        self.galley.gap(self.look.body.leading * 0.5);
        Ok(())
    }

    /// A number in its corner, and letters in the middle.
    fn letters(&mut self, cell: &GridCell, letters: &str, place: Place) -> Result<Vec<Mark>, LayoutError> {
        let Place { x, width, height, item } = place;
        let kind = self.number_type();
        let node = self.label(cell, item);
        let number = [Inline::text(cell.number.as_str())];
        let (number, _) = self.single(&number, &kind, Slot { x: x + 2.2, width, node })?;
        let mut marks: Vec<Mark> = number.into_iter().map(|mark| mark.moved(0.0, kind.size * 0.95)).collect();
        if letters.is_empty() {
            return Ok(marks);
        }
        let node = self.node(item, NodeRole::Body);
        let text = [Inline::text(letters)];
        let large = self.look.grid > 1.0;
        let mut kind = self.look.label.sized(if large { 20.0 } else { 13.0 }, 14.0);
        let natural = self.text.natural_width(&text, &kind)?;
        if natural > width - 4.0 {
            kind.size *= (width - 4.0) / natural;
        }
        let natural = natural.min(width - 4.0);
        let (letters, _) = self.single(&text, &kind, Slot { x: x + (width - natural) / 2.0, width, node })?;
        // Under the number where that is as large as the content.
        let baseline = if large { height - 5.0 } else { height * 0.5 + kind.size * 0.48 };
        marks.extend(letters.into_iter().map(|mark| mark.moved(0.0, baseline)));
        Ok(marks)
    }

    /// A number and circles to fill in. Those who listen hear which letters there are, or which are filled in.
    fn bubbles(&mut self, cell: &GridCell, row: &[Bubble], place: Place) -> Result<Vec<Mark>, LayoutError> {
        let Place { x, width, item, .. } = place;
        let (across, down) = (BUBBLE_PITCH_MM.0 * MM * self.look.grid, BUBBLE_PITCH_MM.1 * MM * self.look.grid);
        let radius = BUBBLE_MM * MM * self.look.grid / 2.0;
        let kind = Type { size: self.look.bubble, ..self.look.label };
        let text = [Inline::text(cell.number.as_str())];
        let middle = down * 0.5;
        // The first circle stands a little left of its place, so that the last keeps off the line.
        let first = x + across * if stands_apart(cell, self.look.grid > 1.0) { 2.4 } else { 1.4 };
        let right = first - radius - (across - 2.0 * radius);
        let mut number = kind;
        let mut natural = self.text.natural_width(&text, &number)?;
        let room = right - x - LINE * 3.0;
        if natural > room {
            number.size *= room / natural;
            natural = room;
        }
        let node = self.label(cell, item);
        let (set, _) = self.single(&text, &number, Slot { x: right - natural, width, node })?;
        let mut marks: Vec<Mark> = set.into_iter().map(|mark| mark.moved(0.0, middle + number.size * 0.35)).collect();
        let body = self.node(item, NodeRole::Body);
        let answered = row.iter().any(|bubble| bubble.filled);
        let node = if answered { body } else { self.text.tree.add_spoken(body, self.text.words.choices(row)) };
        let (mut circles, mut letters) = (Vec::new(), Vec::new());
        let plain = Type { size: self.look.bubble, ..self.look.note };
        for (column, bubble) in row.iter().enumerate() {
            let centre = (first + across * column as f32, middle);
            let thickness = (!bubble.filled).then_some(LINE);
            circles.push(Mark { node: None, ink: Ink::Circle { centre, radius, thickness } });
            let kind = if bubble.filled { kind } else { plain };
            let text = [Inline::text(bubble.letter.as_str())];
            let natural = self.text.natural_width(&text, &kind)?;
            let (set, _) = self.single(&text, &kind, Slot { x: centre.0 - natural / 2.0, width, node })?;
            // Beside filled circles the others say nothing.
            let set = set.into_iter().map(|mark| mark.moved(0.0, centre.1 + kind.size * 0.35));
            letters.extend(set.map(|mark| match (bubble.filled, answered) {
                (true, _) => mark.white(),
                (false, true) => mark.unread(),
                (false, false) => mark,
            }));
        }
        marks.extend(circles);
        marks.extend(letters);
        Ok(marks)
    }

    /// The node of a cell's number.
    fn label(&mut self, cell: &GridCell, item: NodeId) -> NodeId {
        let node = self.node(item, NodeRole::Label);
        cell.spoken.as_ref().map_or(node, |spoken| self.text.tree.add_spoken(node, spoken.as_str()))
    }

    fn number_type(&self) -> Type {
        Type { size: self.look.figures.1, ..self.look.note }
    }
}

/// The usual cell of a grid.
struct Usual {
    /// Width, pt.
    width: f32,
    bubbles: Option<usize>,
    /// Whether it is large print.
    large: bool,
}

impl Usual {
    fn of(grid: &Grid, look: &Look) -> Self {
        let bubbles = grid.bubbles();
        let width = bubbles.map_or(GRID_CELL_MM.0, |bubbles| BUBBLE_PITCH_MM.0 * (bubbles + 1) as f32);
        Usual { width: width * MM * look.grid, bubbles, large: look.grid > 1.0 }
    }

    fn width(&self, cell: &GridCell) -> f32 {
        self.width * self.span(cell) as f32
    }

    fn span(&self, cell: &GridCell) -> usize {
        cell.span(self.bubbles) + usize::from(stands_apart(cell, self.large))
    }
}

/// Whether a cell's number needs the place of two bubbles: in large print, where that of a part would be set too small.
fn stands_apart(cell: &GridCell, large: bool) -> bool {
    large && cell.spoken.is_some() && matches!(cell.content, CellContent::Bubbles(_))
}

/// The height that a cell needs, pt.
fn cell_height(cell: &GridCell, look: &Look) -> f32 {
    let height = match &cell.content {
        CellContent::Letters(_) => GRID_CELL_MM.1,
        CellContent::Bubbles(_) => BUBBLE_PITCH_MM.1,
    };
    height * MM * look.grid
}
