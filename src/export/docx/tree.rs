//! Paragraphs and tables before they are written: whether one is kept with the next is known only when all of them are there.

use crate::exchange::xml::Xml;

/// What stands in a body or a cell.
#[derive(Debug)]
pub(super) enum Piece {
    Paragraph(Paragraph),
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Id of its style.
    pub style: String,
    /// On the page of what follows.
    pub keep: Keep,
    /// Number of its list, which has one level, where the style has none.
    pub list: Option<u32>,
    /// Tab stops in twentieths of a point, with what leads to them.
    pub tabs: Vec<(u32, &'static str)>,
    /// Its runs, written.
    pub runs: String,
}

/// Whether a paragraph stays on the page of what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Keep {
    /// Not yet asked.
    #[default]
    May,
    /// It does.
    With,
    /// It never does: a page may end after it whatever stands around.
    Never,
}

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    /// Id of its style.
    pub style: &'static str,
    /// Distance from the left margin.
    pub indent: u32,
    /// Widths of the columns, twentieths of a point.
    pub widths: Vec<u32>,
    /// The first cell of each row is its header.
    pub row_headers: bool,
    /// In order.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// It heads its columns, and is repeated on every page.
    pub header: bool,
    /// A page may end inside it.
    pub splits: bool,
    /// It is at least so high.
    pub height: Option<u32>,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// It goes on in the row under it (`restart`), or is the rest of the one over it (`continue`).
    pub merged: Option<&'static str>,
    /// What it holds; it ends with a paragraph.
    pub pieces: Vec<Piece>,
}

impl Paragraph {
    /// A paragraph of a style.
    pub fn new(style: impl Into<String>, runs: String) -> Self {
        Paragraph { style: style.into(), runs, ..Paragraph::default() }
    }
}

impl Piece {
    fn keep(&mut self) {
        match self {
            Piece::Paragraph(paragraph) if paragraph.keep == Keep::May => paragraph.keep = Keep::With,
            Piece::Paragraph(_) => {}
            Piece::Table(table) => table.rows.iter_mut().for_each(Row::keep),
        }
    }
}

impl Row {
    fn keep(&mut self) {
        self.cells.iter_mut().flat_map(|cell| &mut cell.pieces).for_each(Piece::keep);
    }
}

/// Keeps pieces on one page, as far as one holds them.
pub(super) fn keep_together(pieces: &mut [Piece]) {
    if let Some((last, before)) = pieces.split_last_mut() {
        before.iter_mut().for_each(Piece::keep);
        if let Piece::Table(table) = last
            && let Some((_, rows)) = table.rows.split_last_mut()
        {
            rows.iter_mut().for_each(Row::keep);
        }
    }
}

/// Keeps all pieces with what comes after them.
pub(super) fn keep_with_next(pieces: &mut [Piece]) {
    pieces.iter_mut().for_each(Piece::keep);
}

/// Writes pieces; the order of the elements inside an element is the schema's.
pub(super) fn write(xml: &mut Xml, pieces: &[Piece]) {
    for piece in pieces {
        match piece {
            Piece::Paragraph(paragraph) => write_paragraph(xml, paragraph),
            Piece::Table(table) => write_table(xml, table),
        }
    }
}

fn write_paragraph(xml: &mut Xml, paragraph: &Paragraph) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.mark("w:pStyle", &[("w:val", &paragraph.style)]);
            if paragraph.keep == Keep::With {
                xml.mark("w:keepNext", &[]);
            }
            if let Some(list) = paragraph.list {
                xml.within("w:numPr", &[], |xml| {
                    xml.mark("w:ilvl", &[("w:val", "0")]);
                    xml.mark("w:numId", &[("w:val", &list.to_string())]);
                });
            }
            if !paragraph.tabs.is_empty() {
                xml.within("w:tabs", &[], |xml| {
                    for (at, leader) in &paragraph.tabs {
                        let at = at.to_string();
                        xml.mark("w:tab", &[("w:val", "left"), ("w:leader", leader), ("w:pos", &at)]);
                    }
                });
            }
        });
        xml.raw(&paragraph.runs);
    });
    xml.line();
}

fn write_table(xml: &mut Xml, table: &Table) {
    let total: u32 = table.widths.iter().sum();
    xml.block("w:tbl", &[], |xml| {
        xml.within("w:tblPr", &[], |xml| {
            xml.mark("w:tblStyle", &[("w:val", table.style)]);
            xml.mark("w:tblW", &[("w:w", &total.to_string()), ("w:type", "dxa")]);
            if table.indent > 0 {
                xml.mark("w:tblInd", &[("w:w", &table.indent.to_string()), ("w:type", "dxa")]);
            }
            xml.mark("w:tblLayout", &[("w:type", "fixed")]);
            let first_row = table.rows.first().is_some_and(|row| row.header);
            let on = |on: bool| if on { "1" } else { "0" };
            let look = 0x0600 | if first_row { 0x0020 } else { 0 } | if table.row_headers { 0x0080 } else { 0 };
            let look = format!("{look:04X}");
            let said = [
                ("w:val", look.as_str()),
                ("w:firstRow", on(first_row)),
                ("w:lastRow", "0"),
                ("w:firstColumn", on(table.row_headers)),
                ("w:lastColumn", "0"),
                ("w:noHBand", "1"),
                ("w:noVBand", "1"),
            ];
            xml.mark("w:tblLook", &said);
        });
        xml.within("w:tblGrid", &[], |xml| {
            table.widths.iter().for_each(|width| xml.mark("w:gridCol", &[("w:w", &width.to_string())]));
        });
        xml.line();
        table.rows.iter().for_each(|row| write_row(xml, row, &table.widths));
    });
}

fn write_row(xml: &mut Xml, row: &Row, widths: &[u32]) {
    xml.block("w:tr", &[], |xml| {
        xml.within("w:trPr", &[], |xml| {
            if !row.splits {
                xml.mark("w:cantSplit", &[]);
            }
            if let Some(height) = row.height {
                xml.mark("w:trHeight", &[("w:val", &height.to_string()), ("w:hRule", "atLeast")]);
            }
            if row.header {
                xml.mark("w:tblHeader", &[]);
            }
        });
        for (cell, width) in row.cells.iter().zip(widths) {
            xml.block("w:tc", &[], |xml| {
                xml.within("w:tcPr", &[], |xml| {
                    xml.mark("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
                    if let Some(merged) = cell.merged {
                        xml.mark("w:vMerge", &[("w:val", merged)]);
                    }
                });
                write(xml, &cell.pieces);
            });
        }
    });
}
