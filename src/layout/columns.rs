//! The columns of a table: how wide each must be, and the cells of a row side by side.

use super::LayoutError;
use super::frame::rule;
use super::galley::{Galley, Slab, cost};
use super::page::Ink;
use super::setter::{Setter, Slot};
use super::tree::NodeId;
use crate::doc::{Block, Labelled, Role, Table};
use crate::text::Inline;

/// The narrowest column in which text that needs more than a line is read with ease, sizes of it: below, most lines hold one
/// or two words. Between rules less will do for a remark, which is shorter than prose.
const OPEN: f32 = 9.5;
const RULED: f32 = 6.0;
const REMARK: f32 = 40.0;

/// The shortest line to write on, sizes: 70 mm in standard print, more where writing is larger too.
const WRITING: f32 = 18.0;

/// With more columns than these a table's cells make sense in their columns alone.
const STACKED_TO: usize = 4;

/// Nearer than this to the line under its cell, a writing line is that line, shares of its distance from the one before.
const NEAR: f32 = 0.6;

/// What a column needs, pt.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Need {
    /// For its longest word.
    pub least: f32,
    /// To be read or written in with ease.
    pub wanted: f32,
}

impl Need {
    /// Adds words of a size that hang so far from the column's edge, by the widths of the longest and of all on one line, pt.
    fn add(&mut self, hang: f32, (word, whole): (f32, f32), (ruled, size): (bool, f32)) {
        let ems = if ruled && whole < REMARK * size { RULED } else { OPEN };
        self.least = self.least.max(hang + word);
        self.wanted = self.wanted.max(hang + whole.min(ems * size).max(word));
    }
}

impl Setter<'_> {
    /// What a column needs beside `pad` pt on either side.
    pub fn need(&mut self, table: &Table, column: usize, pad: f32) -> Result<Need, LayoutError> {
        let mut need = Need::default();
        if let Some(text) = table.header.get(column) {
            let label = self.look.label;
            need.add(0.0, (self.text.widths(text, &label)?.0, 0.0), (table.ruled, label.size));
        }
        let (body, note) = (self.look.body, self.look.note);
        let text = (table.ruled, body.size);
        for block in table.rows.iter().filter_map(|row| row.get(column)).flatten() {
            match block {
                Block::Paragraph { role, text: words } => {
                    let kind = if *role == Role::Note { note } else { body };
                    need.add(0.0, self.text.widths(words, &kind)?, (table.ruled, kind.size));
                }
                Block::Options { options, .. } => {
                    for option in options {
                        let (hang, words) = self.hang_of_option(option)?;
                        need.add(hang, self.text.widths(words, &body)?, text);
                    }
                }
                Block::List(entries) => {
                    for entry in entries {
                        need.add(body.size * 1.1, self.text.widths(entry, &body)?, text);
                    }
                }
                Block::AnswerSpace { .. } => need.wanted = need.wanted.max(WRITING * body.size),
                _ => {}
            }
        }
        Ok(Need { least: need.least + 2.0 * pad, wanted: need.wanted + 2.0 * pad })
    }

    /// Where the words of an option hang, behind its label and its blank, pt; and the words.
    fn hang_of_option<'o>(&mut self, option: &'o Labelled) -> Result<(f32, &'o [Inline]), LayoutError> {
        let body = self.look.body;
        let label = self.text.natural_width(&[Inline::text(option.label.as_str())], &self.look.label)?;
        let hang = self.look.hang.1.max(label + self.look.label.size * 0.5);
        Ok(match option.text.as_slice() {
            [blank @ Inline::Blank { .. }, words @ ..] => {
                let blank = self.text.natural_width(std::slice::from_ref(blank), &body)?;
                (hang + blank + body.size * 0.3, words)
            }
            words => (hang, words),
        })
    }
}

/// The widths of columns side by side, by their weights and needs; `None` where cells stand better under one another.
pub(super) fn widths(weights: &[f32], needs: &[Need], width: f32) -> Option<Vec<f32>> {
    let wanted: Vec<f32> = needs.iter().map(|need| need.wanted).collect();
    let least: Vec<f32> = needs.iter().map(|need| need.least).collect();
    let fits = |widths: &[f32]| widths.iter().sum::<f32>() <= width;
    match (fits(&wanted), fits(&least)) {
        (true, _) => Some(shares(weights, &wanted, width)),
        (_, true) if weights.len() > STACKED_TO => Some(shares(weights, &least, width)),
        _ => None,
    }
}

/// Parts a width by weights, but gives each column the least that it needs; all of that is not wider.
pub(super) fn shares(weights: &[f32], least: &[f32], width: f32) -> Vec<f32> {
    let mut fixed = vec![false; weights.len()];
    loop {
        let open = |at: &usize| !fixed[*at];
        let taken: f32 = (0..least.len()).filter(|at| fixed[*at]).map(|at| least[at]).sum();
        let total: f32 = (0..weights.len()).filter(open).map(|at| weights[at]).sum();
        let share = |at: usize| (width - taken) * weights[at] / total;
        match (0..weights.len()).filter(open).find(|&at| share(at) < least[at]) {
            Some(narrow) => fixed[narrow] = true,
            None => return (0..weights.len()).map(|at| if fixed[at] { least[at] } else { share(at) }).collect(),
        }
    }
}

/// A cell that is set.
pub(super) struct Cell {
    pub galley: Galley,
    /// Whether it ends with a line to write on: the line under the cell is its last one where it can be.
    pub written: bool,
}

impl Cell {
    /// Takes its last writing line away: another stands there.
    pub fn drop_last_line(&mut self) {
        drop_rule(self.galley.slabs.last_mut());
    }

    fn bottom(&self) -> f32 {
        self.galley.height(0)
    }
}

fn drop_rule(slab: Option<&mut Slab>) {
    let Some(slab) = slab else { return };
    if let Some(line) = slab.marks.iter().rposition(|mark| matches!(mark.ink, Ink::Rule { .. })) {
        slab.marks.remove(line);
    }
}

/// The edges of a table's columns, pt, and whether they are ruled.
pub(super) struct Columns {
    pub edges: Vec<f32>,
    pub ruled: bool,
    pub pad: (f32, f32),
}

impl Columns {
    pub fn slot(&self, at: usize, node: NodeId) -> Slot {
        let (left, right) = (self.edges[at], self.edges[at + 1]);
        let inner = if self.ruled || at > 0 { self.pad.0 } else { 0.0 };
        Slot { x: left + inner, width: right - left - inner - self.pad.0, node }
    }

    /// Left and right end, pt.
    pub fn ends(&self) -> (f32, f32) {
        (self.edges.first().copied().unwrap_or(0.0), self.edges.last().copied().unwrap_or(0.0))
    }

    /// The cells of a row side by side, cut into slabs wherever no cell's matter is parted, and none higher than `room` pt
    /// that could be lower. A cut costs what it costs in any of the cells.
    pub fn pieces(&self, mut cells: Vec<Cell>, (top_line, room): (bool, f32)) -> Vec<Slab> {
        let under = |cell: &Cell| if cell.written { 0.0 } else { self.pad.1 };
        let lowest = cells.iter().map(|cell| cell.bottom() + under(cell)).fold(0.0, f32::max);
        for cell in cells.iter_mut().filter(|cell| cell.written) {
            let pitch = cell.galley.slabs.last().map_or(0.0, |slab| slab.height);
            if lowest - cell.bottom() < pitch * NEAR {
                cell.drop_last_line();
            }
        }
        let all_written = cells.iter().all(|cell| cell.bottom() + under(cell) + 0.01 < lowest || cell.written);
        let last_pad = if all_written { 0.0 } else { self.pad.1 };
        let cells: Vec<Vec<(f32, Slab)>> = cells
            .into_iter()
            .map(|cell| {
                shifted(cell.galley.stacked().map(|(top, slab)| (top, slab.clone())), room * 0.95 - 2.0 * self.pad.1)
            })
            .collect();
        let bottom = |cell: &Vec<(f32, Slab)>| cell.last().map_or(0.0, |(top, slab)| top + slab.height);
        let height = cells.iter().map(bottom).fold(lowest - last_pad, f32::max);
        let whole = |cut: f32| {
            let mut slabs = cells.iter().flatten();
            !slabs.any(|(top, slab)| *top + 0.01 < cut && cut + 0.01 < *top + slab.height)
        };
        let price = |cut: f32| {
            let next = |cell: &Vec<(f32, Slab)>| {
                cell.iter().skip(1).find(|(top, _)| *top + 0.01 >= cut).map_or(0, |(_, slab)| slab.cost)
            };
            cells.iter().map(next).fold(cost::PART * 3, u32::max)
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
            let below = if at + 1 == cuts.len() { last_pad } else { 0.0 };
            let mut piece = Slab::new(to - from + above + below, 0.0, Vec::new());
            piece.cost = if at == 0 { cost::FREE } else { price(from) };
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
        let (left, right) = self.ends();
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

#[cfg(test)]
mod tests {
    use super::{Need, shares, widths};

    #[test]
    fn a_column_gets_what_it_needs() {
        assert_eq!(shares(&[1.0, 1.0, 2.0], &[10.0, 40.0, 10.0], 100.0), [20.0, 40.0, 40.0]);
        assert_eq!(shares(&[1.0, 3.0], &[10.0, 10.0], 100.0), [25.0, 75.0]);
    }

    #[test]
    fn where_no_width_suffices_cells_do_not_stand_side_by_side() {
        let needs = |least, wanted| vec![Need { least, wanted }; 2];
        assert_eq!(widths(&[1.0, 1.0], &needs(80.0, 80.0), 100.0), None);
        assert_eq!(widths(&[1.0, 1.0], &needs(20.0, 60.0), 100.0), None, "though its words would fit");
        assert_eq!(widths(&[1.0, 3.0], &needs(20.0, 40.0), 100.0), Some(vec![40.0, 60.0]));
    }

    #[test]
    fn many_narrow_columns_stay_columns() {
        let needs = vec![Need { least: 10.0, wanted: 30.0 }; 5];
        assert_eq!(widths(&[1.0; 5], &needs, 100.0), Some(vec![20.0; 5]));
    }
}
