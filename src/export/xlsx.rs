//! A workbook with the table that `csv` writes.

use super::csv::{form, options, row, rows};
use super::{Format, Held, Part};
use crate::exchange::archive::Packed;
use crate::exchange::workbook::{Cell, Grid, MOST_CHARACTERS, characters, workbook};
use crate::exchange::{Exercise, Package};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "xlsx",
    about: "the same table as a workbook for Excel, LibreOffice and others (XLSX)",
    lacks: &[Part::Pictures, Part::Stimulus],
    native: false,
    leaves_out: super::csv::FORMAT.leaves_out,
    hold,
    write,
};

fn hold(exercise: &Exercise, package: &Package<'_>) -> Held {
    let cells = row(exercise, ("", package), options(exercise).len());
    let longest = cells.iter().map(|cell| characters(cell)).max();
    match longest {
        Some(longest) if longest > MOST_CHARACTERS => {
            Held::not(format!("a cell holds {MOST_CHARACTERS} characters, and it needs one of {longest}"))
        }
        _ => Held::whole(form(exercise)),
    }
}

fn write(package: &Package<'_>) -> Result<Vec<Packed>, String> {
    let table = rows(package);
    let header = table.first().cloned().unwrap_or_default();
    let counts: Vec<bool> = header.iter().map(|name| matches!(name.as_str(), "number" | "points")).collect();
    let cell = |(cell, counts): (&String, &bool)| match cell.parse() {
        Ok(number) if *counts => Cell::Number(number),
        _ => Cell::Words(cell.clone()),
    };
    let cells: Vec<Vec<Cell>> = table.iter().map(|row| row.iter().zip(&counts).map(cell).collect()).collect();
    let widths: Vec<f64> = header.iter().map(|name| width(name)).collect();
    let (title, widths) = (package.title.as_str(), widths.as_slice());
    let bytes = workbook(&Grid { name: "Questions", title, rows: &cells, header: 0, widths })?;
    Ok(vec![Packed::new(format!("{}-TEACHER-questions.xlsx", package.letter.about.id), bytes)])
}

/// How wide a column is, in characters.
fn width(name: &str) -> f64 {
    match name {
        "number" | "points" | "form" => 9.0,
        "id" | "group" | "kind" | "gate" | "order" | "tags" | "answer" => 18.0,
        "question" | "text" | "passage" | "explanation" | "evidence" | "grading" => 48.0,
        _ => 28.0,
    }
}
