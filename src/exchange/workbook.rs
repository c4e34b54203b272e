//! Workbooks (XLSX) of one sheet: cells are words or whole numbers, never formulas; the same bytes every time.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

/// Most characters of a cell, as spreadsheets count them (UTF-16).
pub const MOST_CHARACTERS: usize = 32_767;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, shown as they are whatever sign they begin with; none for an empty cell.
    Words(String),
    /// A whole number.
    Number(u32),
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Cell::Words(words.to_owned())
    }
}

/// A sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid<'a> {
    /// Name on its tab: at most 31 characters.
    pub name: &'a str,
    /// Title of the document.
    pub title: &'a str,
    /// Its rows.
    pub rows: &'a [Vec<Cell>],
    /// Index of the row that names the columns: it is bold, and it and what is above it stay in sight.
    pub header: u32,
    /// Widths of columns in characters, from the first.
    pub widths: &'a [f64],
}

/// How many characters a spreadsheet counts.
pub fn characters(words: &str) -> usize {
    words.encode_utf16().count()
}

/// The bytes of a workbook with this sheet.
///
/// # Errors
/// In a sentence: more rows, columns or characters than a sheet has room for.
pub fn workbook(grid: &Grid<'_>) -> Result<Vec<u8>, String> {
    written(grid).map_err(|error| format!("the workbook cannot be written: {error}"))
}

fn written(grid: &Grid<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The writer would take the time of day: the same bank gives the same file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(grid.title).set_creation_datetime(&made));
    let plain = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let bold = plain.clone().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name(grid.name)?;
    for (column, width) in (0..).zip(grid.widths) {
        sheet.set_column_width(column, *width)?;
    }
    for (row, cells) in (0..).zip(grid.rows) {
        let format = if row == grid.header { &bold } else { &plain };
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Words(words) if words.is_empty() => {}
                Cell::Words(words) => {
                    sheet.write_string_with_format(row, column, words.replace("\r\n", "\n"), format)?;
                }
                Cell::Number(number) => {
                    sheet.write_number_with_format(row, column, *number, format)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(grid.header + 1, 0)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_has_the_same_bytes_and_its_limit_is_told() {
        let grid = |rows| workbook(&Grid { name: "a", title: "b", rows, header: 0, widths: &[10.0] });
        let rows = vec![vec![Cell::from("=1+1"), Cell::Number(3)], vec![Cell::from("é\n_x0041_\u{1}")]];
        assert_eq!(grid(&rows), grid(&rows));
        let long = vec![vec![Cell::Words("x".repeat(MOST_CHARACTERS + 1))]];
        assert!(grid(&long).unwrap_err().contains("cannot be written"));
        assert!(grid(&[vec![Cell::Words("x".repeat(MOST_CHARACTERS))]]).is_ok());
        assert_eq!(characters("a😀"), 3);
    }
}
