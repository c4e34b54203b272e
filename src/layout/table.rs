//! Tables: their cells side by side, or where that is too narrow, under one another over the full width.

mod groups;

use std::ops::Range;
use std::sync::Arc;

use super::LayoutError;
use super::columns::{Cell, Columns, widths};
use super::frame::{Enclosure, rule};
use super::galley::{Slab, cost};
use super::line::Line;
use super::page::Mark;
use super::setter::{Setter, Slot, slab_of};
use super::tree::{NodeId, NodeRole};
use crate::doc::{Answers, Block, Table};

/// Up to this share of a page's height, two lists side by side are a pleasure to compare, and a row is not parted.
const WHOLE: f32 = 0.75;

impl Setter<'_> {
    /// A table. Its structure does not depend on how its cells stand.
    pub fn table(&mut self, table: &Table, slot: Slot) -> Result<(), LayoutError> {
        if let Some(columns) = self.group_columns(table, slot)? {
            return self.table_groups(table, &columns, slot);
        }
        let slot = slot.under(self.node(slot.node, NodeRole::Table));
        let size = self.look.body.size;
        let pad = if table.ruled { (size * 0.45, self.look.cell_pad) } else { (size * 0.5, size * 0.14) };
        let mut needs = Vec::with_capacity(table.widths.len());
        for column in 0..table.widths.len() {
            needs.push(self.need(table, column, pad.0)?);
        }
        self.galley.gap(self.look.body.leading * 0.5);
        if self.numbered > 0 && (is_lists(table) || table.header.is_empty()) {
            // It belongs to the question over it.
            self.galley.cost(cost::NOTE);
        }
        let Some(widths) = widths(&table.widths, &needs, slot.width) else { return self.stacked(table, pad, slot) };
        let mut columns = Columns { edges: vec![slot.x], ruled: table.ruled, pad };
        let mut x = slot.x;
        for width in widths {
            x += width;
            columns.edges.push(x);
        }
        let (nodes, begun) = (self.text.tree.nodes().len(), self.begun);
        let outer = std::mem::take(&mut self.galley);
        let set = self.beside(table, &columns, slot.node);
        let inner = std::mem::replace(&mut self.galley, outer);
        set?;
        if is_lists(table) && inner.height(0) > self.room * WHOLE {
            self.text.tree.take_back(nodes);
            self.begun = begun;
            return self.stacked(table, pad, slot);
        }
        inner.slabs.into_iter().for_each(|slab| self.galley.push(slab));
        Ok(())
    }

    /// Cells side by side; the head is repeated where a column of the page starts with one of the rows.
    fn beside(&mut self, table: &Table, columns: &Columns, node: NodeId) -> Result<(), LayoutError> {
        let head = if table.header.is_empty() { None } else { Some(self.table_head(table, columns, node)?) };
        if let Some(head) = &head {
            self.galley.push(head.clone());
            self.galley.hold();
        }
        let headed = head.is_some();
        let top = || {
            let (left, right) = columns.ends();
            columns.ruled.then(|| Slab::new(0.0, 0.0, vec![rule((left, 0.0), (right, 0.0))]))
        };
        let repeat = head.map(unread).or_else(top).map(Arc::new);
        let room = self.room - repeat.as_ref().map_or(0.0, |head| head.height);
        for (at, row) in table.rows.iter().enumerate() {
            let row_node = self.node(node, NodeRole::Row);
            let mut cells = Vec::with_capacity(row.len());
            for (column, blocks) in row.iter().enumerate().take(table.widths.len()) {
                let cell = self.node(row_node, role(table, column));
                cells.push(self.cell(blocks, columns.ruled, columns.slot(column, cell))?);
            }
            let start = self.galley.slabs.len();
            for (piece, slab) in columns.pieces(cells, (at == 0 && !headed, room)).into_iter().enumerate() {
                let first = at == 0 && piece == 0;
                if piece == 0 && !first {
                    self.galley.cost(cost::PART);
                }
                self.galley.push(Slab { repeat: if first { None } else { repeat.clone() }, ..slab });
            }
            self.galley.keep(start, self.room * WHOLE);
        }
        if is_lists(table) {
            self.galley.keep(0, self.room);
        }
        Ok(())
    }

    /// Cells under one another: lists each under its head, rows in a frame each, a cell under the words of its head.
    fn stacked(&mut self, table: &Table, pad: (f32, f32), slot: Slot) -> Result<(), LayoutError> {
        let inner = if table.ruled { slot.inside(pad.0, pad.0) } else { slot };
        let held = self.galley.held() + self.look.body.leading * 0.5;
        let before = self.text.tree.nodes().len();
        let heads = self.stacked_heads(table, pad.1, inner)?;
        let head_nodes = before..self.text.tree.nodes().len();
        let outer = std::mem::take(&mut self.galley);
        let set = if is_lists(table) {
            self.lists(table, (heads, pad.1), slot)
        } else {
            self.stacked_rows(table, (&heads, pad), slot)
        };
        let room = self.room;
        let parted = set.map(|height| held + height > room);
        let mut body = std::mem::replace(&mut self.galley, outer).slabs;
        if parted? && !head_nodes.is_empty() {
            // The heads are read before all cells: none of them may stand on a later page.
            let head = |mark: &Mark| mark.node.is_some_and(|node| head_nodes.contains(&node));
            for mark in body.iter_mut().flat_map(|slab| &mut slab.marks).filter(|mark| head(mark)) {
                mark.node = None;
            }
            self.heads_in_line(table, head_nodes, inner)?;
        }
        body.into_iter().for_each(|slab| self.galley.push(slab));
        self.galley.gap(self.look.body.leading * 0.5);
        Ok(())
    }

    /// The words of all heads, small, over what stands under each of them once more.
    fn heads_in_line(&mut self, table: &Table, nodes: Range<NodeId>, slot: Slot) -> Result<(), LayoutError> {
        let kind = self.look.note;
        let heads: Vec<NodeId> =
            nodes.filter(|&node| self.text.tree.nodes()[node].role == NodeRole::ColumnHeader).collect();
        let mut slab = slab_of(Line::empty(), &kind, 0.0);
        let (mut x, mut y) = (slot.x, slab.baseline);
        for (text, node) in table.header.iter().zip(heads) {
            let width = self.text.natural_width(text, &kind)?;
            if x > slot.x && x + width > slot.x + slot.width {
                (x, y) = (slot.x, y + kind.leading);
                slab.height += kind.leading;
            }
            let (marks, _) = self.single(text, &kind, Slot { x, width, node })?;
            slab.marks.extend(marks.into_iter().map(|mark| mark.moved(0.0, y)));
            x += width + if width > 0.0 { kind.size * 2.0 } else { 0.0 };
        }
        self.galley.push(slab);
        self.galley.gap(kind.leading * 0.5);
        self.galley.hold();
        Ok(())
    }

    /// Rows under one another; the height of the first, or more than any page has where it may be parted by itself, pt.
    fn stacked_rows(
        &mut self,
        table: &Table,
        (heads, pad): (&[Slab], (f32, f32)),
        slot: Slot,
    ) -> Result<f32, LayoutError> {
        let inner = if table.ruled { slot.inside(pad.0, pad.0) } else { slot };
        let leading = self.look.body.leading;
        let mut first = 0.0;
        for (at, row) in table.rows.iter().enumerate() {
            let row_node = self.node(slot.node, NodeRole::Row);
            let outer = std::mem::take(&mut self.galley);
            let set = self.stacked_row(table, (row, heads, at == 0), inner.under(row_node));
            let mut row = Cell { galley: std::mem::replace(&mut self.galley, outer), written: set? };
            if row.written {
                row.drop_last_line();
            }
            let start = self.galley.slabs.len();
            if at > 0 {
                self.galley.cost(cost::PART);
                self.galley.gap(if table.ruled { 0.0 } else { leading * 0.5 });
            }
            let slabs = if table.ruled {
                let pads = (pad.1, if row.written { 0.0 } else { pad.1 });
                let sides = (slot.x, slot.x + slot.width);
                Enclosure { sides, pads, again: pad.1, top: at == 0 }.around(row.galley.slabs)
            } else {
                row.galley.slabs
            };
            slabs.into_iter().for_each(|slab| self.galley.push(slab));
            self.galley.raise(start, cost::PART * 3);
            self.galley.keep(start, self.room * WHOLE);
            if at == 0 {
                first = certain(self.galley.height(start), self.room * WHOLE);
            }
        }
        Ok(first)
    }

    /// The cells of a row under one another; says whether it ends with a line to write on.
    fn stacked_row(
        &mut self,
        table: &Table,
        (row, heads, first): (&[Vec<Block>], &[Slab], bool),
        slot: Slot,
    ) -> Result<bool, LayoutError> {
        let mut written = false;
        for (column, blocks) in row.iter().enumerate().take(table.widths.len()) {
            let node = self.node(slot.node, role(table, column));
            if column > 0 {
                self.galley.gap(self.look.body.leading * 0.3);
            }
            if let Some(head) = heads.get(column).filter(|head| head.height > 0.0) {
                self.galley.push(if first { head.clone() } else { unread(head.clone()) });
                self.galley.hold();
            }
            let start = self.galley.slabs.len();
            self.blocks(blocks, slot.under(node))?;
            written = table.ruled && self.ends_in_line(blocks);
            // Under its head, a cell stands as near as a line under another.
            let headed = heads.get(column).is_some_and(|head| head.height > 0.0);
            if let Some(first) = self.galley.slabs.get_mut(start).filter(|_| headed) {
                first.gap = 0.0;
            }
            if self.galley.slabs.len() == start {
                // Room for what is filled in by hand.
                self.galley.push(Slab::new(self.look.body.leading, 0.0, Vec::new()));
            }
            if column == 0 && table.row_headers {
                self.galley.hold();
            }
        }
        Ok(written)
    }

    /// Lists under one another, the whole of each under its head; on one page if they fit, else a page ends between them rather
    /// than in one of them. Their height, or more than any page has where they may be parted by themselves, pt.
    fn lists(&mut self, table: &Table, (heads, pad): (Vec<Slab>, f32), slot: Slot) -> Result<f32, LayoutError> {
        // What a question's number says over it when it goes on takes a line of its page.
        let room = self.room - self.look.note.leading - self.look.note.size;
        for row in &table.rows {
            let row_node = self.node(slot.node, NodeRole::Row);
            for (column, blocks) in row.iter().enumerate().take(table.widths.len()) {
                let node = self.node(row_node, role(table, column));
                if column > 0 {
                    self.galley.gap(self.look.body.leading * 0.4);
                    self.galley.cost(cost::PART);
                }
                let start = self.galley.slabs.len();
                let head = heads.get(column);
                let cell = self.cell(blocks, false, slot.under(node))?;
                if let Some(head) = head {
                    self.galley.push(head.clone());
                    self.galley.hold();
                }
                let repeat = head.cloned().map(unread).map(Arc::new);
                for (at, slab) in cell.galley.slabs.into_iter().enumerate() {
                    // The first entry keeps the company of its head, or begins its list.
                    let repeat = if at == 0 { None } else { repeat.clone() };
                    let cost = match slab.cost {
                        _ if at == 0 => cost::FREE,
                        cost if cost < cost::PART => cost::PART * 4,
                        cost => cost.max(cost::PART * 2),
                    };
                    // Under the line of its head, it stands as near as in a table.
                    let gap = if at == 0 && head.is_some() { pad } else { slab.gap };
                    self.galley.push(Slab { repeat, cost, gap, ..slab });
                }
                self.galley.keep(start, room);
            }
        }
        self.galley.keep(0, room);
        Ok(certain(self.galley.height(0), room))
    }

    /// The head of each column over the full width: of lists like that of a table, of cells small.
    fn stacked_heads(&mut self, table: &Table, pad: f32, slot: Slot) -> Result<Vec<Slab>, LayoutError> {
        if table.header.is_empty() {
            return Ok(Vec::new());
        }
        let lists = is_lists(table);
        let kind = if lists { self.look.label } else { self.look.note.bold() };
        let row = self.node(slot.node, NodeRole::Row);
        let mut heads = Vec::with_capacity(table.header.len());
        for text in table.header.iter().take(table.widths.len()) {
            let cell = self.node(row, NodeRole::ColumnHeader);
            let outer = std::mem::take(&mut self.galley);
            let set = self.heading_lines(text, &kind, slot.under(cell));
            let slabs = std::mem::replace(&mut self.galley, outer).slabs;
            set?;
            let mut head = joined(slabs);
            if lists {
                head.height += pad;
                head.marks.push(rule((slot.x, head.height), (slot.x + slot.width, head.height)));
            }
            heads.push(head);
        }
        Ok(heads)
    }

    fn table_head(&mut self, table: &Table, columns: &Columns, node: NodeId) -> Result<Slab, LayoutError> {
        let row = self.node(node, NodeRole::Row);
        let kind = self.look.label;
        let mut cells = Vec::with_capacity(table.header.len());
        for (at, text) in table.header.iter().enumerate().take(table.widths.len()) {
            let cell = self.node(row, NodeRole::ColumnHeader);
            let outer = std::mem::take(&mut self.galley);
            let set = self.heading_lines(text, &kind, columns.slot(at, cell));
            cells.push(Cell { galley: std::mem::replace(&mut self.galley, outer), written: false });
            set?;
        }
        let mut slab = joined(columns.pieces(cells, (true, self.room)));
        if !columns.ruled {
            let (left, right) = columns.ends();
            slab.marks.push(rule((left, slab.height), (right, slab.height)));
        }
        Ok(slab)
    }

    fn cell(&mut self, blocks: &[Block], ruled: bool, slot: Slot) -> Result<Cell, LayoutError> {
        let outer = std::mem::take(&mut self.galley);
        let set = self.blocks(blocks, slot);
        let galley = std::mem::replace(&mut self.galley, outer);
        set?;
        Ok(Cell { galley, written: ruled && self.ends_in_line(blocks) })
    }

    fn ends_in_line(&self, blocks: &[Block]) -> bool {
        self.style.answers == Answers::Lines && matches!(blocks.last(), Some(Block::AnswerSpace { .. }))
    }
}

/// Whether it is lists side by side, such as premises and responses, rather than rows of facts.
fn is_lists(table: &Table) -> bool {
    !table.ruled && !table.row_headers && table.rows.len() == 1
}

/// A height up to which matter stays whole, else more than any page has.
fn certain(height: f32, limit: f32) -> f32 {
    if height <= limit { height } else { f32::INFINITY }
}

fn role(table: &Table, column: usize) -> NodeRole {
    if column == 0 && table.row_headers { NodeRole::RowHeader } else { NodeRole::Cell }
}

/// The same matter where it is said again.
fn unread(slab: Slab) -> Slab {
    let marks = slab.marks.into_iter().map(Mark::unread).collect();
    Slab { marks, ..slab }
}

/// Slabs as one, without the gaps between them.
fn joined(slabs: Vec<Slab>) -> Slab {
    let join = |mut all: Slab, slab: Slab| {
        all.marks.extend(slab.marks.into_iter().map(|mark| mark.moved(0.0, all.height)));
        all.height += slab.height;
        all
    };
    slabs.into_iter().reduce(join).unwrap_or_default()
}
