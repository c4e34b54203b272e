//! A table of many short rows, set in groups side by side: one table still, whose rows are read down group after group.

use std::sync::Arc;

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
    /// The columns of a table that is set in groups: where the print has room, and all groups stand on one page, as the second
    /// would else begin before the first ends.
    pub(super) fn group_columns(&mut self, table: &Table, slot: Slot) -> Result<Option<Columns>, LayoutError> {
        if !table.side_by_side || !self.look.pairs || table.rows.len() < ROWS_FROM {
            return Ok(None);
        }
        let own = table.widths.len();
        let pad = (self.look.body.size * 0.45, self.look.cell_pad);
        let mut least = Vec::with_capacity(own);
        for column in 0..own {
            least.push(self.need(table, column, pad.0)?.least);
        }
        let mut edges = vec![slot.x];
        let mut x = slot.x;
        let widths = shares(&table.widths, &least, slot.width / GROUPS as f32);
        for share in widths.into_iter().cycle().take(own * GROUPS) {
            x += share;
            edges.push(x);
        }
        let columns = Columns { edges, ruled: table.ruled, pad };
        let fits = self.height_in_groups(table, &columns, slot)? <= self.room;
        Ok(Some(columns).filter(|_| fits))
    }

    /// About how high the groups become, rather more than less, pt.
    fn height_in_groups(&mut self, table: &Table, columns: &Columns, slot: Slot) -> Result<f32, LayoutError> {
        let body = self.look.body;
        let mut lines = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let mut most: f32 = 1.0;
            for (column, blocks) in row.iter().enumerate().take(table.widths.len()) {
                let width = columns.slot(column, slot.node).width;
                let mut own = 0.0;
                for block in blocks {
                    // Lines are not filled to their ends.
                    own += match block {
                        Block::Paragraph { text, .. } => {
                            (self.text.natural_width(text, &body)? * 1.2 / width).ceil().max(1.0)
                        }
                        _ => return Ok(f32::INFINITY),
                    };
                }
                most = most.max(own);
            }
            lines.push(most);
        }
        let per = lines.len().div_ceil(GROUPS);
        let row = |at: usize| lines.iter().skip(at).step_by(per).copied().fold(0.0, f32::max);
        let lines = (0..per).map(row).sum::<f32>() + 1.0;
        Ok(lines * body.leading + (per + 1) as f32 * 2.0 * columns.pad.1)
    }

    /// The table in groups. The head stands over each of them, and is read once.
    pub(super) fn table_groups(&mut self, table: &Table, columns: &Columns, slot: Slot) -> Result<(), LayoutError> {
        let node = self.node(slot.node, NodeRole::Table);
        let own = table.widths.len();
        self.galley.gap(self.look.body.leading * 0.5);
        let start = self.galley.slabs.len();
        let repeat = self.heads(table, columns, Slot { node, width: slot.width / GROUPS as f32, ..slot })?;
        let per = table.rows.len().div_ceil(GROUPS);
        let mut set = Vec::with_capacity(table.rows.len());
        for (at, row) in table.rows.iter().enumerate() {
            set.push(self.row_in_group(table, row, columns, Slot { node, x: (at / per) as f32, ..slot })?);
        }
        let mut groups: Vec<_> =
            (0..GROUPS).map(|_| set.drain(..per.min(set.len())).collect::<Vec<_>>().into_iter()).collect();
        let short = Columns { edges: columns.edges[..=own].to_vec(), ..*columns };
        for at in 0..per {
            let rows: Vec<Vec<Cell>> = groups.iter_mut().filter_map(Iterator::next).collect();
            // Beside the last row of a group there may be none.
            let full = rows.len() == GROUPS;
            let columns = if full { columns } else { &short };
            let cells = rows.into_iter().flatten().collect();
            for mut piece in columns.pieces(cells, (at == 0 && repeat.is_none(), self.room)) {
                between(&mut piece, columns, own);
                self.galley.cost(match (at, &repeat) {
                    (0, None) => cost::FREE,
                    (0, Some(_)) => cost::FORBIDDEN,
                    _ => cost::PART,
                });
                self.galley.push(Slab { repeat: repeat.clone().filter(|_| at > 0), ..piece });
            }
        }
        self.galley.keep(start, self.room);
        Ok(())
    }

    /// Sets the head over each group; what is repeated of it where a page's end parts the rows.
    fn heads(&mut self, table: &Table, columns: &Columns, slot: Slot) -> Result<Option<Arc<Slab>>, LayoutError> {
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
        Ok(Some(Arc::new(Slab { marks, ..head })))
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
