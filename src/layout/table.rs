//! Tables and frames: matter inside lines.

mod groups;

use std::rc::Rc;

use super::LayoutError;
use super::galley::{Galley, Slab, cost};
use super::look::Type;
use super::page::{Ink, Mark};
use super::setter::{Setter, Slot};
use super::tree::{NodeId, NodeRole};
use crate::doc::{Block, Inlines, Table};
use crate::text::{Inline, plain};

/// Thickness of the lines of tables and frames, pt: the copier keeps it.
const LINE: f32 = 0.6;

/// The edges of a table's columns, pt, and whether they are ruled.
struct Columns {
    edges: Vec<f32>,
    ruled: bool,
    pad: (f32, f32),
}

impl Columns {
    fn slot(&self, at: usize, node: NodeId) -> Slot {
        let (left, right) = (self.edges[at], self.edges[at + 1]);
        let inner = if self.ruled || at > 0 { self.pad.0 } else { 0.0 };
        Slot { x: left + inner, width: right - left - inner - self.pad.0, node }
    }
}

impl Setter<'_> {
    /// A table; its head is repeated where a column of the page starts with one of its rows.
    pub fn table(&mut self, table: &Table, slot: Slot) -> Result<(), LayoutError> {
        if let Some(columns) = self.group_columns(table, slot)? {
            return self.table_groups(table, &columns, slot);
        }
        let node = self.node(slot.node, NodeRole::Table);
        let size = self.look.body.size;
        let pad = if table.ruled { (size * 0.45, self.look.cell_pad) } else { (size * 0.5, size * 0.14) };
        let mut least = Vec::with_capacity(table.widths.len());
        for column in 0..table.widths.len() {
            least.push(self.least_width(table, column)? + 2.0 * pad.0);
        }
        let mut edges = vec![slot.x];
        let mut x = slot.x;
        for width in shares(&table.widths, &least, slot.width) {
            x += width;
            edges.push(x);
        }
        let columns = Columns { edges, ruled: table.ruled, pad };
        self.galley.gap(self.look.body.leading * 0.5);
        let head = if table.header.is_empty() { None } else { Some(self.table_head(table, &columns, node)?) };
        if let Some(head) = &head {
            self.galley.push(head.clone());
        }
        let repeat = head.map(|slab| {
            let marks = slab.marks.into_iter().map(Mark::unread).collect();
            Rc::new(Slab { marks, ..slab })
        });
        let room = self.room - repeat.as_ref().map_or(0.0, |head| head.height);
        for (at, row) in table.rows.iter().enumerate() {
            let row_node = self.node(node, NodeRole::Row);
            let mut cells = Vec::with_capacity(row.len());
            for (column, blocks) in row.iter().enumerate().take(table.widths.len()) {
                let role = if column == 0 && table.row_headers { NodeRole::RowHeader } else { NodeRole::Cell };
                let cell = self.node(row_node, role);
                cells.push(self.cell(blocks, columns.slot(column, cell))?);
            }
            let first = at == 0;
            let pieces = columns.pieces(cells, (first && repeat.is_none(), room));
            let start = self.galley.slabs.len();
            for (piece, slab) in pieces.into_iter().enumerate() {
                self.galley.cost(match (piece, first) {
                    (0, true) => cost::FREE,
                    (0, false) => cost::PART,
                    _ => cost::PART * 3,
                });
                if first && piece == 0 && repeat.is_some() {
                    self.galley.hold();
                }
                let repeat = if first && piece == 0 { None } else { repeat.clone() };
                self.galley.push(Slab { repeat, ..slab });
            }
            self.galley.keep(start, self.room * 0.5);
        }
        Ok(())
    }

    /// The width of a column's longest word, pt.
    fn least_width(&mut self, table: &Table, column: usize) -> Result<f32, LayoutError> {
        let (label, body) = (self.look.label, self.look.body);
        let mut least = match table.header.get(column) {
            Some(text) => self.longest_word(text, &label)?,
            None => 0.0,
        };
        for blocks in table.rows.iter().filter_map(|row| row.get(column)) {
            for block in blocks {
                let width = match block {
                    Block::Paragraph { text, .. } => self.longest_word(text, &body)?,
                    Block::Options { options, .. } => {
                        let mut widest: f32 = 0.0;
                        for option in options {
                            // A blank stands before the words that hang from it.
                            let (blank, words) = match option.text.as_slice() {
                                [Inline::Blank { width, .. }, words @ ..] => ((width + 0.3) * body.size, words),
                                words => (0.0, words),
                            };
                            widest = widest.max(blank + self.longest_word(words, &body)?);
                        }
                        widest + self.look.hang.1
                    }
                    _ => 0.0,
                };
                least = least.max(width);
            }
        }
        Ok(least)
    }

    fn longest_word(&mut self, text: &[Inline], kind: &Type) -> Result<f32, LayoutError> {
        let mut longest: f32 = 0.0;
        let strong = text.iter().any(|inline| matches!(inline, Inline::Strong(_)));
        let kind = if strong { &kind.bold() } else { kind };
        for word in plain(text).split_whitespace() {
            longest = longest.max(self.text.natural_width(&[Inline::text(word)], kind)?);
        }
        Ok(longest)
    }

    fn table_head(&mut self, table: &Table, columns: &Columns, node: NodeId) -> Result<Slab, LayoutError> {
        let row = self.node(node, NodeRole::Row);
        let kind = self.look.label;
        let mut cells = Vec::with_capacity(table.header.len());
        for (at, text) in table.header.iter().enumerate().take(table.widths.len()) {
            let cell = self.node(row, NodeRole::ColumnHeader);
            let outer = std::mem::take(&mut self.galley);
            let slot = columns.slot(at, cell);
            let set = self.heading_lines(text, &kind, slot);
            cells.push(std::mem::replace(&mut self.galley, outer));
            set?;
        }
        let mut head = columns.pieces(cells, (true, self.room)).into_iter().reduce(|mut all, piece| {
            all.marks.extend(piece.marks.into_iter().map(|mark| mark.moved(0.0, all.height)));
            all.height += piece.height;
            all
        });
        let slab = head.get_or_insert_default();
        if !columns.ruled {
            let ends = (columns.edges.first().copied().unwrap_or(0.0), columns.edges.last().copied().unwrap_or(0.0));
            slab.marks.push(rule((ends.0, slab.height), (ends.1, slab.height)));
        }
        Ok(std::mem::take(slab))
    }

    fn cell(&mut self, blocks: &[Block], slot: Slot) -> Result<Galley, LayoutError> {
        let outer = std::mem::take(&mut self.galley);
        let set = self.blocks(blocks, slot);
        let cell = std::mem::replace(&mut self.galley, outer);
        set.map(|()| cell)
    }

    /// A frame around blocks, under a title.
    pub fn frame(
        &mut self,
        title: Option<&Inlines>,
        body: &[Block],
        whole: bool,
        slot: Slot,
    ) -> Result<(), LayoutError> {
        let node = self.node(slot.node, NodeRole::Section);
        self.galley.gap(self.look.body.leading * 0.7);
        let start = self.galley.slabs.len();
        self.framed(slot.under(node), |setter, inner| {
            if let Some(title) = title {
                let kind = setter.look.label;
                let paragraph = setter.node(inner.node, NodeRole::Paragraph);
                setter.heading_lines(title, &kind, inner.under(paragraph))?;
            }
            setter.blocks(body, inner)
        })?;
        if whole {
            self.galley.keep(start, self.room);
        }
        self.frame_goes_on(title.map(|title| plain(title)).as_deref(), whole, start, slot)
    }

    /// Sets matter in a frame. Where a page break parts it, the frame stays open.
    pub fn framed(
        &mut self,
        slot: Slot,
        fill: impl FnOnce(&mut Self, Slot) -> Result<(), LayoutError>,
    ) -> Result<(), LayoutError> {
        let pad = self.look.body.size * 0.8;
        let outer = std::mem::take(&mut self.galley);
        let set = fill(self, slot.inside(pad, pad));
        let mut inner = std::mem::replace(&mut self.galley, outer).slabs;
        set?;
        let (left, right) = (slot.x, slot.x + slot.width);
        let pad = pad * 0.75;
        for at in 0..inner.len() {
            // The frame's sides run through the space between slabs.
            let below = inner.get(at + 1).map_or(pad, |next| next.gap);
            let above = if at == 0 { pad } else { 0.0 };
            let last = at + 1 == inner.len();
            let slab = &mut inner[at];
            slab.gap = 0.0;
            slab.height += above + below;
            slab.baseline += above;
            let marks = std::mem::take(&mut slab.marks).into_iter().map(|mark| mark.moved(0.0, above));
            slab.marks = marks.collect();
            slab.marks.push(rule((left, 0.0), (left, slab.height)));
            slab.marks.push(rule((right, 0.0), (right, slab.height)));
            if at == 0 {
                slab.marks.push(rule((left, 0.0), (right, 0.0)));
            }
            if last {
                slab.marks.push(rule((left, slab.height), (right, slab.height)));
            }
        }
        for slab in inner {
            self.galley.push(slab);
        }
        self.galley.gap(self.look.body.leading * 0.5);
        Ok(())
    }
}

impl Columns {
    /// The cells of a row side by side, cut into slabs wherever no cell's matter is parted, and none higher than `room` pt
    /// that could be lower.
    fn pieces(&self, cells: Vec<Galley>, (top_line, room): (bool, f32)) -> Vec<Slab> {
        let cells: Vec<Vec<(f32, Slab)>> = cells
            .into_iter()
            .map(|cell| shifted(cell.stacked().map(|(top, slab)| (top, slab.clone())), room * 0.95 - 2.0 * self.pad.1))
            .collect();
        let bottom = |cell: &Vec<(f32, Slab)>| cell.last().map_or(0.0, |(top, slab)| top + slab.height);
        let height = cells.iter().map(bottom).fold(0.0, f32::max);
        let whole = |cut: f32| {
            let mut slabs = cells.iter().flatten();
            !slabs.any(|(top, slab)| *top + 0.01 < cut && cut + 0.01 < *top + slab.height)
        };
        let mut cuts: Vec<f32> =
            cells.iter().flatten().map(|(top, _)| *top).filter(|cut| *cut > 0.01 && whole(*cut)).collect();
        cuts.sort_by(f32::total_cmp);
        cuts.dedup_by(|a, b| (*a - *b).abs() < 0.01);
        cuts.push(height);
        let mut pieces: Vec<Slab> = Vec::with_capacity(cuts.len());
        let mut from = 0.0;
        for (at, &to) in cuts.iter().enumerate() {
            let above = if at == 0 { self.pad.1 } else { 0.0 };
            let below = if at + 1 == cuts.len() { self.pad.1 } else { 0.0 };
            let mut piece = Slab::new(to - from + above + below, 0.0, Vec::new());
            for (top, slab) in cells.iter().flatten() {
                if *top + 0.01 >= from && *top + 0.01 < to.max(from + 0.02) {
                    let y = top - from + above;
                    if piece.baseline == 0.0 {
                        piece.baseline = y + slab.baseline;
                    }
                    if piece.place.0 == 0 || slab.place < piece.place {
                        piece.place = slab.place;
                    }
                    piece.marks.extend(slab.marks.iter().cloned().map(|mark| mark.moved(0.0, y)));
                }
            }
            self.lines(&mut piece, (top_line && at == 0, at + 1 == cuts.len()));
            pieces.push(piece);
            from = to;
        }
        pieces
    }

    fn lines(&self, piece: &mut Slab, (top, bottom): (bool, bool)) {
        if !self.ruled {
            return;
        }
        let (Some(&left), Some(&right)) = (self.edges.first(), self.edges.last()) else { return };
        let height = piece.height;
        piece.marks.extend(self.edges.iter().map(|&x| rule((x, 0.0), (x, height))));
        if top {
            piece.marks.push(rule((left, 0.0), (right, 0.0)));
        }
        if bottom {
            piece.marks.push(rule((left, height), (right, height)));
        }
    }
}

/// The matter of a cell as it stands when a page ends each `room` pt: what would straddle such an end starts after it, so
/// that the cells of a row as high as pages have cuts in common.
fn shifted(cell: impl Iterator<Item = (f32, Slab)>, room: f32) -> Vec<(f32, Slab)> {
    let (mut moved, mut end) = (0.0, room);
    let place = |(top, slab): (f32, Slab)| {
        let mut top = top + moved;
        while top + slab.height > end + 0.01 {
            if top < end && slab.height > room {
                break;
            }
            moved += (end - top).max(0.0);
            top = top.max(end);
            end += room;
        }
        (top, slab)
    };
    cell.map(place).collect()
}

/// Parts a width by weights, but gives each column the least that it needs if the others can spare it.
fn shares(weights: &[f32], least: &[f32], width: f32) -> Vec<f32> {
    let mut fixed = vec![false; weights.len()];
    loop {
        let open = |at: &usize| !fixed[*at];
        let taken: f32 = (0..least.len()).filter(|at| fixed[*at]).map(|at| least[at]).sum();
        let total: f32 = (0..weights.len()).filter(open).map(|at| weights[at]).sum();
        let share = |at: usize| (width - taken) * weights[at] / total;
        match (0..weights.len()).filter(open).find(|&at| share(at) < least[at]) {
            Some(_) if least.iter().sum::<f32>() > width => {
                let all: f32 = weights.iter().sum();
                return weights.iter().map(|weight| weight / all * width).collect();
            }
            Some(narrow) => fixed[narrow] = true,
            None => return (0..weights.len()).map(|at| if fixed[at] { least[at] } else { share(at) }).collect(),
        }
    }
}

fn rule(from: (f32, f32), to: (f32, f32)) -> Mark {
    Mark { node: None, ink: Ink::Rule { from, to, thickness: LINE } }
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn a_column_gets_its_longest_word() {
        assert_eq!(shares(&[1.0, 1.0, 2.0], &[10.0, 40.0, 10.0], 100.0), [20.0, 40.0, 40.0]);
        assert_eq!(shares(&[1.0, 3.0], &[10.0, 10.0], 100.0), [25.0, 75.0]);
    }

    #[test]
    fn where_no_width_suffices_the_weights_rule() {
        assert_eq!(shares(&[1.0, 1.0], &[80.0, 80.0], 100.0), [50.0, 50.0]);
    }
}
