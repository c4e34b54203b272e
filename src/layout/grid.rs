//! The answer grid: equal cells in rows, each with its number and its content, beside a label column of fixed width.

use super::LayoutError;
use super::galley::{Slab, cost};
use super::look::{Fill, MM, Type};
use super::page::{Ink, Mark};
use super::setter::{Setter, Slot};
use super::tree::{NodeRole, Numbering};
use crate::doc::{GRID_CELL_MM, GRID_LABEL_MM, Grid};
use crate::text::Inline;

impl Setter<'_> {
    /// A grid, its label at the left if ten cells, or all, fit beside the label's column, else over it. Where rows break
    /// depends on the look alone, never on the label's words.
    pub fn grid(&mut self, grid: &Grid, slot: Slot) -> Result<(), LayoutError> {
        let section = self.node(slot.node, NodeRole::Section);
        let kind = self.look.label;
        let (width, height) = (GRID_CELL_MM.0 * MM * self.look.grid, GRID_CELL_MM.1 * MM * self.look.grid);
        let label = [Inline::text(grid.label.as_str())];
        let labelled = !grid.label.is_empty();
        let paragraph = self.node(section, NodeRole::Paragraph);
        let list = self.node(section, NodeRole::List(Numbering::Decimal));
        self.galley.gap(self.look.body.leading * 0.6);
        let start = self.galley.slabs.len();
        let all = grid.cells.len() as f32 * width;
        let column = GRID_LABEL_MM * MM;
        let beside = labelled && self.look.grid_beside && slot.width - column >= all.min(10.0 * width);
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
        let columns = (((slot.width - left) / width) as usize).max(1);
        let number_type = Type { size: self.look.figures.1, ..self.look.note };
        let large = self.look.grid > 1.0;
        let content_type = kind.sized(if large { 20.0 } else { 13.0 }, 14.0);
        for (at, row) in grid.cells.chunks(columns).enumerate() {
            let mut slab = Slab::new(height, height * 0.62, Vec::new());
            if at == 0 {
                slab.height = height.max(label_height);
            }
            for (column, (number, content)) in row.iter().enumerate() {
                let item = self.node(list, NodeRole::Item);
                let number_node = self.node(item, NodeRole::Label);
                let x = slot.x + left + column as f32 * width;
                let ink = Ink::Frame { rect: [x, 0.0, width, height], thickness: 0.6 };
                slab.marks.push(Mark { node: None, ink });
                let text = [Inline::text(number.as_str())];
                let corner = Slot { x: x + 2.2, ..slot.under(number_node) };
                let (marks, _) = self.single(&text, &number_type, corner)?;
                slab.marks.extend(marks.into_iter().map(|mark| mark.moved(0.0, number_type.size * 0.95)));
                if !content.is_empty() {
                    let body = self.node(item, NodeRole::Body);
                    let text = [Inline::text(content.as_str())];
                    let mut kind = content_type;
                    let natural = self.text.natural_width(&text, &kind)?;
                    if natural > width - 4.0 {
                        kind.size *= (width - 4.0) / natural;
                    }
                    let natural = natural.min(width - 4.0);
                    let middle = Slot { x: x + (width - natural) / 2.0, ..slot.under(body) };
                    let (marks, _) = self.single(&text, &kind, middle)?;
                    // Under the number where that is as large as the content.
                    let baseline = if large { height - 5.0 } else { height * 0.5 + kind.size * 0.48 };
                    slab.marks.extend(marks.into_iter().map(|mark| mark.moved(0.0, baseline)));
                }
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
}
