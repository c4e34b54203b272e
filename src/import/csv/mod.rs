//! A table with a header: the one that `export --to csv` writes, or one of a person's own with a question, options and the answer.

mod own;
mod plain;

use super::{Opened, Read, Reader};
use crate::exchange::table::unguarded;

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "csv",
    about: "a table with a header (commas, semicolons or tabs): question, options, answer",
    detects: |opened| Table::of(&opened.text).is_ok_and(|table| table.column("question").is_some()),
    read,
};

/// Most rows of a table.
const MOST_ROWS: usize = 50_000;

fn read(opened: &Opened) -> Result<Read, String> {
    let table = Table::of(&opened.text)?;
    if table.column("question").is_none() {
        let header = table.header.join(", ");
        return Err(format!("the table has no column “question”; its header is: {header}"));
    }
    let is_own = ["id", "form", "answer", "tags"].iter().all(|name| table.exact(name).is_some());
    let entries = if is_own { own::entries(&table) } else { plain::entries(&table)? };
    Ok(Read { entries, ..Read::default() })
}

/// A table: its header in small letters, and its rows.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Words by which people call a column, the first being its name here.
const NAMES: [&[&str]; 9] = [
    &["question", "question text", "stem", "prompt", "item"],
    &["answer", "correct answer", "correct answers", "right answer", "key", "correct", "correct option"],
    &["id", "number", "no", "no.", "nr", "#"],
    &["explanation", "feedback", "general feedback", "rationale", "why", "comment"],
    &["points", "score", "marks", "mark", "default mark"],
    &["hints", "hint"],
    &["type", "question type", "kind"],
    &["tags", "tag", "topic", "category", "standard", "standards"],
    &["paragraph", "paragraphs", "¶", "cite"],
];

impl Table {
    /// Reads a table whose columns are parted by what parts the header most often.
    fn of(text: &str) -> Result<Table, String> {
        let first = text.lines().find(|line| !line.trim().is_empty()).ok_or("the file is empty")?;
        let count = |c: &char| first.matches(*c).count();
        let delimiter = [',', ';', '\t'].into_iter().rev().max_by_key(count).filter(|c| count(c) > 0);
        let delimiter = delimiter.ok_or("the first line is no header of a table")?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(u8::try_from(delimiter).unwrap_or(b','))
            .from_reader(text.as_bytes());
        let mut rows: Vec<Vec<String>> = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| format!("the table cannot be read: {error}"))?;
            let row: Vec<String> = record.iter().map(|cell| unguarded(cell).trim().to_owned()).collect();
            if row.iter().any(|cell| !cell.is_empty()) {
                rows.push(row);
            }
            if rows.len() > MOST_ROWS {
                return Err(format!("the table has more than {MOST_ROWS} rows"));
            }
        }
        if rows.is_empty() {
            return Err("the table is empty".to_owned());
        }
        let header = rows.remove(0).iter().map(|name| name.to_lowercase()).collect();
        Ok(Table { header, rows })
    }

    /// The column with exactly this name.
    fn exact(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|known| known == name)
    }

    /// The column that people may call by other words as well.
    fn column(&self, name: &str) -> Option<usize> {
        let names = NAMES.iter().find(|names| names[0] == name)?;
        names.iter().find_map(|name| self.exact(name))
    }

    /// A cell of a row; empty where the row is short.
    fn cell<'r>(&self, row: &'r [String], column: Option<usize>) -> &'r str {
        column.and_then(|at| row.get(at)).map_or("", String::as_str)
    }
}
