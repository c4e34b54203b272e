//! Kahoot: the workbook that its “Import spreadsheet” takes. The header stands in row 8, columns B to H, and the questions follow it.

use super::{LACKS, Limits, files};
use crate::exchange::workbook::{Cell, Grid, workbook};
use crate::exchange::{Group, Package};
use crate::export::{Format, Part};

/// The format.
pub(in crate::export) const FORMAT: Format = Format {
    name: "kahoot",
    about: "a workbook for Kahoot: questions to 120 characters with 2 to 4 answers to 75 (XLSX)",
    lacks: &WITHOUT,
    native: false,
    leaves_out: crate::export::BANK_ALONE,
    hold: |exercise, package| LIMITS.held(exercise, package, ("quiz", "quiz")),
    write: |package| files(package, ("kahoot", "xlsx"), |title, groups| book(package, title, groups)),
};

const WITHOUT: [Part; 12] = {
    let [a, b, c, d, e, f, g, h, i, j] = LACKS;
    [a, b, c, d, e, f, g, h, i, j, Part::Explanation, Part::Evidence]
};

/// What Kahoot’s own template says.
const LIMITS: Limits = Limits {
    program: "Kahoot",
    question: 120,
    option: 75,
    options: 4,
    seconds: &[5, 10, 20, 30, 60, 90, 120, 240],
    several: "any one of the right answers counts as right",
};

/// Its header, word for word.
const HEADER: [&str; 8] = [
    "",
    "Question - max 120 characters",
    "Answer 1 - max 75 characters",
    "Answer 2 - max 75 characters",
    "Answer 3 - max 75 characters",
    "Answer 4 - max 75 characters",
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
    "Correct answer(s) - choose at least one",
];
/// Rows over the header.
const ABOVE: usize = 7;

fn book(package: &Package<'_>, title: &str, groups: &[Group]) -> Result<Vec<u8>, String> {
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new(); ABOVE];
    rows[1] = vec![Cell::from(""), Cell::from(title)];
    rows[2] = vec![Cell::from(""), Cell::from("In Kahoot: Create, Add question, Import spreadsheet.")];
    rows.push(HEADER.map(Cell::from).to_vec());
    let mut number = 0;
    for exercise in groups.iter().flat_map(|group| &group.exercises) {
        for asked in LIMITS.asked(exercise, package)?.0 {
            number += 1;
            let mut row = vec![Cell::Number(number), Cell::Words(asked.text.clone())];
            row.extend(asked.options.iter().cloned().map(Cell::Words));
            row.resize(2 + LIMITS.options, Cell::from(""));
            let right = asked.right();
            let right = right.parse().map_or(Cell::Words(right), Cell::Number);
            row.extend([Cell::Number(asked.seconds), right]);
            rows.push(row);
        }
    }
    let widths = [5.0, 60.0, 30.0, 30.0, 30.0, 30.0, 16.0, 16.0];
    workbook(&Grid { name: "Sheet1", title, rows: &rows, header: ABOVE as u32, widths: &widths })
}
