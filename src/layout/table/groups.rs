//! A table of many short rows, set in groups side by side: one table still, whose rows are read down group after group.

use std::rc::Rc;

use super::role;
use crate::doc::{Block, Table};
use crate::layout::LayoutError;
use crate::layout::columns::{Cell, Columns, shares};
use crate::layout::frame::rule;
use crate::layout::galley::{Slab, cost};
use crate::layout::page::{Ink, Mark};
use crate::layout::setter::{Setter, Slot};
use crate::layout::tree::NodeRole;

/// How many groups stand side by side.
const GROUPS: usize = 2;

/// Fewer rows than this gain nothing by a second group.
const ROWS_FROM: usize = 8;

/// Thickness of the line between groups, pt: a reader must see where a row ends.
const BETWEEN: f32 = 1.5;

impl Setter<'_> {
    /// Whether a table is set in groups: where the print has room, and each group stands on one page, as the second would else
    /// begin before the first ends.
    pub fn in_groups(&mut self, table: &Table) -> Result<bool, LayoutError> {
        let rows = table.rows.len();
        if !table.side_by_side || !self.look.pairs || rows < ROWS_FROM {
            return Ok(false);
        }
        let row = self.look.body.leading + 2.0 * self.look.cell_pad;
        // The head, and as many rows of two lines as a group may well have.
        Ok(row * (rows.div_ceil(GROUPS) + 1) as f32 * 1.25 <= self.room)
    }

    /// The table in groups. The head stands over each of them, and is read once.
    pub fn table_groups(&mut self, table: &Table, slot: Slot) -> Result<(), LayoutError> {
        let node = self.node(slot.node, NodeRole::Table);
        let own = table.widths.len();
        let pad = (self.look.body.size * 0.45, self.look.cell_pad);
        let mut least = Vec::with_capacity(own);
        for column in 0..own {
            least.push(self.need(table, column, pad.0)?.least);
        }
        let width = slot.width / GROUPS as f32;
        let mut edges = vec![slot.x];
        let mut x = slot.x;
        for share in shares(&table.widths, &least, width).into_iter().cycle().take(own * GROUPS) {
            x += share;
            edges.push(x);
        }
        let columns = Columns { edges, ruled: table.ruled, pad };
        self.galley.gap(self.look.body.leading * 0.5);
        let start = self.galley.slabs.len();
        let repeat = self.heads(table, &columns, Slot { node, width, ..slot })?;
        let per = table.rows.len().div_ceil(GROUPS);
        let mut set = Vec::with_capacity(table.rows.len());
        for (at, row) in table.rows.iter().enumerate() {
            set.push(self.row_in_group(table, row, &columns, Slot { node, x: (at / per) as f32, ..slot })?);
        }
        let mut groups: Vec<_> =
            (0..GROUPS).map(|_| set.drain(..per.min(set.len())).collect::<Vec<_>>().into_iter()).collect();
        let short = Columns { edges: columns.edges[..=own].to_vec(), ..columns };
        for at in 0..per {
            let rows: Vec<Vec<Cell>> = groups.iter_mut().filter_map(Iterator::next).collect();
            // Beside the last row of a group there may be none.
            let full = rows.len() == GROUPS;
            let columns = if full { &columns } else { &short };
            let cells = rows.into_iter().flatten().collect();
            for mut piece in columns.pieces(cells, (at == 0 && repeat.is_none(), self.room)) {
                between(&mut piece, columns, own);
                self.galley.cost(if at == 0 { cost::FORBIDDEN } else { cost::PART });
                self.galley.push(Slab { repeat: repeat.clone().filter(|_| at > 0), ..piece });
            }
        }
        self.galley.keep(start, self.room);
        Ok(())
    }

    /// Sets the head over each group; what is repeated of it where a page's end parts the rows.
    fn heads(&mut self, table: &Table, columns: &Columns, slot: Slot) -> Result<Option<Rc<Slab>>, LayoutError> {
        if table.header.is_empty() {
            return Ok(None);
        }
        let mut head = self.table_head(table, columns, slot.node)?;
        let words: Vec<Mark> = head.marks.iter().filter(|mark| mark.node.is_some()).cloned().collect();
        for group in 1..GROUPS {
            head.marks.extend(words.iter().cloned().map(|mark| mark.moved(slot.width * group as f32, 0.0).unread()));
        }
        between(&mut head, columns, table.widths.len());
        self.galley.push(head.clone());
        let marks = std::mem::take(&mut head.marks).into_iter().map(Mark::unread).collect();
        Ok(Some(Rc::new(Slab { marks, ..head })))
    }

    /// The cells of a row at their places in its group; `slot.x` is the group's number.
    fn row_in_group(
        &mut self,
        table: &Table,
        row: &[Vec<Block>],
        columns: &Columns,
        slot: Slot,
    ) -> Result<Vec<Cell>, LayoutError> {
        let node = self.node(slot.node, NodeRole::Row);
        let own = table.widths.len();
        let first = slot.x as usize * own;
        let mut cells = Vec::with_capacity(own);
        for (column, blocks) in row.iter().enumerate().take(own) {
            let cell = self.node(node, role(table, column));
            cells.push(self.cell(blocks, columns.ruled, columns.slot(first + column, cell))?);
        }
        Ok(cells)
    }
}

/// A line between the groups.
fn between(piece: &mut Slab, columns: &Columns, own: usize) {
    for &x in columns.edges.iter().step_by(own).skip(1).take(GROUPS - 1) {
        let line = rule((x, 0.0), (x, piece.height));
        let ink = match line.ink {
            Ink::Rule { from, to, .. } => Ink::Rule { from, to, thickness: BETWEEN },
            other => other,
        };
        piece.marks.push(Mark { ink, ..line });
    }
}
