//! What becomes a table: tables, frames with their title as header, answer grids.

use super::body::{Place, Writer, header, height, paragraph, push_table};
use super::inline::{Look, words};
use super::numbering::HANG;
use super::tree::{Cell, Piece, Row, Table};
use crate::doc::{self, Block, CellContent, Grid, GridCell};
use crate::text::{Inline, plain};

/// Room that a cell loses to its margins.
const MARGINS: u32 = 200;
/// Height of a cell to write a letter in: 8.5 mm.
const WRITTEN: u32 = 482;
/// Width of the cell with a grid's label, and of the others.
const LABEL: u32 = 1100;
const LETTER: u32 = 700;

/// A table.
pub(super) fn table(writer: &mut Writer<'_>, table: &doc::Table, out: &mut Vec<Piece>) {
    let (indent, room) = set_in(writer);
    let total: f32 = table.widths.iter().sum::<f32>().max(f32::EPSILON);
    let widths: Vec<u32> = table.widths.iter().map(|width| (room as f32 * width / total).floor() as u32).collect();
    let mut rows = Vec::new();
    if !table.header.is_empty() {
        let cell =
            |text: &Vec<Inline>| Cell { merged: None, pieces: vec![paragraph("TableHeader", writer.runs(text))] };
        rows.push(header(table.header.iter().map(cell).collect()));
    }
    for row in &table.rows {
        let mut cells = Vec::new();
        let mut lines = 0;
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            if let [Block::AnswerSpace { lines: own, .. }] = cell.as_slice() {
                lines = lines.max(*own);
            }
            cells.push(one(writer, cell, width.saturating_sub(MARGINS), table.row_headers && column == 0));
        }
        rows.push(Row { height: (lines > 0).then(|| height(lines)), cells, ..Row::default() });
    }
    let style = if table.ruled { "RuledTable" } else { "OpenTable" };
    push_table(out, Table { style, indent, widths, row_headers: table.row_headers, rows });
}

/// Up to so many characters the first cell of a row is a label, and bold; beyond, it is a text to be read.
const LABEL_LENGTH: usize = 40;

/// A cell; where it is room to write in it is empty, and its row is high.
fn one(writer: &mut Writer<'_>, blocks: &[Block], room: u32, is_header: bool) -> Cell {
    let blocks = if matches!(blocks, [Block::AnswerSpace { .. }]) { &[] } else { blocks };
    let is_label = |text: &[Inline]| plain(text).chars().count() <= LABEL_LENGTH;
    let is_label = matches!(blocks, [Block::Paragraph { text, .. }, ..] if is_label(text));
    let mut cell = writer.cell(blocks, room);
    if let (true, Some(Piece::Paragraph(first))) = (is_header && is_label, cell.pieces.first_mut())
        && first.style == "TableText"
    {
        first.style = "TableRowHeader".to_owned();
    }
    cell
}

/// A frame: a table of one column, headed by the title.
pub(super) fn frame(
    writer: &mut Writer<'_>,
    title: Option<&[Inline]>,
    (body, whole): (&[Block], bool),
    out: &mut Vec<Piece>,
) {
    let (indent, room) = set_in(writer);
    let title = title.map(|title| vec![paragraph("FrameTitle", writer.runs(title))]);
    let mut rows: Vec<Row> = title.into_iter().map(|pieces| header(vec![Cell { merged: None, pieces }])).collect();
    let cell = writer.cell(body, room - MARGINS);
    rows.push(Row { splits: !whole, cells: vec![cell], ..Row::default() });
    push_table(out, Table { style: "FrameTable", indent, widths: vec![room], row_headers: false, rows });
}

/// An answer grid: numbers over the boxes for their letters, in as many tables as it has lines.
pub(super) fn grid(grid: &Grid, room: u32, out: &mut Vec<Piece>) {
    let across = (room.saturating_sub(LABEL) / LETTER).max(1) as usize;
    let span = |cell: &GridCell| if cell.letters > 1 { cell.span(None) } else { 1 };
    // Lines of about one length.
    let all: usize = grid.cells.iter().map(span).sum();
    let line = all.div_ceil(all.div_ceil(across).max(1)).max(1);
    let mut rest = grid.cells.as_slice();
    while !rest.is_empty() {
        let mut used = 0;
        let fits = |cell: &&GridCell| {
            used += span(cell);
            used <= line
        };
        let (cells, others) = rest.split_at(rest.iter().take_while(fits).count().max(1));
        rest = others;
        let mut numbers = vec![text(&grid.label, Some("restart"))];
        numbers.extend(cells.iter().map(|cell| text(&cell.number, None)));
        let mut letters = vec![text("", Some("continue"))];
        letters.extend(cells.iter().map(|cell| text(&content(cell), None)));
        let mut widths = vec![LABEL];
        widths.extend(cells.iter().map(|cell| LETTER * span(cell) as u32));
        let rows = vec![header(numbers), Row { height: Some(WRITTEN), cells: letters, ..Row::default() }];
        push_table(out, Table { style: "RuledTable", indent: 0, widths, row_headers: true, rows });
    }
}

fn text(text: &str, merged: Option<&'static str>) -> Cell {
    let look = if merged.is_some() { Look::styled("Label") } else { Look::default() };
    Cell { merged, pieces: vec![paragraph("GridText", words(text, look))] }
}

/// The letters of a cell, or its circles.
fn content(cell: &GridCell) -> String {
    match &cell.content {
        CellContent::Letters(letters) => letters.clone(),
        CellContent::Bubbles(row) => row.iter().map(|bubble| bubble.letter.as_str()).collect::<Vec<_>>().join(" "),
    }
}

/// How far a table stands from the left here, and how wide it is.
fn set_in(writer: &Writer<'_>) -> (u32, u32) {
    match writer.place {
        Place::Question => (HANG, writer.room - HANG),
        Place::Page | Place::Cell => (0, writer.room),
    }
}
