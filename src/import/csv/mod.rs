//! A table with a header: the one that `export --to csv` writes, or one of a person's own with a question, options and the answer.

mod plain;

use super::{Entry, Opened, Read, Reader, row};
use crate::exchange::table::unguarded;

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "csv",
    about: "a table with a header (commas, semicolons or tabs): question, options, answer",
    detects: |opened| header(&opened.text).is_ok_and(|header| column(&header, "question").is_some()),
    read,
};

/// Most rows of a table, besides its header.
const MOST_ROWS: usize = 50_000;
/// Most columns.
const MOST_COLUMNS: usize = 1_000;
/// Most cells, empty ones too.
const MOST_CELLS: usize = 5_000_000;

fn read(opened: &Opened) -> Result<Read, String> {
    let table = Table::of(&opened.text)?;
    if table.column("question").is_none() {
        let header = table.header.join(", ");
        return Err(format!("the table has no column “question”; its header is: {header}"));
    }
    let is_own = ["id", "form", "answer", "tags"].iter().all(|name| exact(&table.header, name).is_some());
    let entries = if is_own { own(&table) } else { plain::entries(&table)? };
    let known: fn(&str) -> bool = if is_own { row::is_known } else { is_known };
    Ok(Read { entries, notes: table.unknown(known), ..Read::default() })
}

/// What a table lacks that is none of these for its header alone, as the end of a sentence.
pub(super) fn misnamed(text: &str) -> Option<String> {
    let header = header(text).ok().filter(|header| header.len() > 1)?;
    Some(format!(
        "if it is a table, one column is to be called “question” and one “answer”, and those of the options “A”, “B” and so \
         on; the first line has: {}",
        header.join(", ")
    ))
}

/// The rows of the table that `export --to csv` writes.
fn own(table: &Table) -> Vec<Entry> {
    let row = |cells: &Vec<String>| {
        let named = table.header.iter().map(String::as_str).zip(cells.iter().map(String::as_str));
        // Of two columns with one name the first counts, as it does in every table.
        row::Row::new(named.rev()).entry(table.surplus(cells))
    };
    table.rows.iter().map(row).collect()
}

/// A table: its header ([`name_of`] each cell), and the rows under it.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Rows over the header.
    above: usize,
}

/// Words by which people call a column, the first being its name here.
const NAMES: [&[&str]; 8] = [
    &["question", "question text", "stem", "prompt", "item"],
    &["answer", "correct answer", "correct answers", "right answer", "key", "correct", "correct option"],
    &["id", "number", "no", "no.", "nr", "#", "question #"],
    &["explanation", "answer explanation", "feedback", "general feedback", "rationale", "why", "comment"],
    &["points", "score", "marks", "mark", "default mark"],
    &["hints", "hint"],
    &["tags", "tag", "topic", "category", "standard", "standards"],
    &["paragraph", "paragraphs", "¶", "cite"],
];

/// A reader whose columns are parted by what parts the header most often; the first line may name it (`sep=;`).
fn reader(text: &str) -> Result<csv::Reader<&[u8]>, String> {
    let (named, text) = match text.trim_start().strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((named, rest)) => (named.chars().next(), rest),
        None => (None, text),
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    lines.peek().ok_or("the file is empty")?;
    // A title may stand over the header, alone in its line.
    let common = lines.take(HEADER_WITHIN).find_map(|line| {
        let count = |c: &char| line.matches(*c).count();
        [',', ';', '\t'].into_iter().rev().max_by_key(count).filter(|c| count(c) > 0)
    });
    let delimiter = named.filter(char::is_ascii).or(common).ok_or("the first line is no header of a table")?;
    Ok(csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes()))
}

/// The cells of a record; none if all are empty.
fn cells(record: Result<csv::StringRecord, csv::Error>) -> Result<Option<Vec<String>>, String> {
    let record = record.map_err(|error| format!("the table cannot be read: {error}"))?;
    if record.len() > MOST_COLUMNS {
        return Err(format!("the table has more than {MOST_COLUMNS} columns"));
    }
    let row: Vec<String> = record.iter().map(|cell| unguarded(cell).trim().to_owned()).collect();
    Ok(row.iter().any(|cell| !cell.is_empty()).then_some(row))
}

/// The header alone.
fn header(text: &str) -> Result<Vec<String>, String> {
    let mut reader = reader(text)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        rows.extend(cells(record)?);
        if rows.len() >= HEADER_WITHIN {
            break;
        }
    }
    header_of(&rows).map(|(_, header)| header).ok_or_else(|| "the table is empty".to_owned())
}

/// Rows among which the header is looked for: programs set a title and advice over it.
const HEADER_WITHIN: usize = 10;

/// The header of a table and its place: the first row, or one after it that has columns for a question and its answer.
fn header_of(rows: &[Vec<String>]) -> Option<(usize, Vec<String>)> {
    let names = |row: &Vec<String>| row.iter().map(|cell| name_of(cell)).collect::<Vec<String>>();
    let first = names(rows.first()?);
    let mut after = rows.iter().take(HEADER_WITHIN).map(names).enumerate().skip(1);
    let has = |header: &[String], name: &str| column(header, name).is_some();
    if has(&first, "question") {
        return Some((0, first));
    }
    after.find(|(_, header)| has(header, "question") && has(header, "answer")).or(Some((0, first)))
}

/// The name of a column in small letters, without what is said of it: `Answer 1 - max 75 characters`, `Correct answer(s)`.
fn name_of(cell: &str) -> String {
    let lower = cell.to_lowercase();
    let name = lower.split(['(', '\n']).next().and_then(|name| name.split(" - ").next()).unwrap_or_default().trim();
    if name.is_empty() { lower.trim().to_owned() } else { name.to_owned() }
}

/// The column with exactly this name.
fn exact(header: &[String], name: &str) -> Option<usize> {
    header.iter().position(|known| known == name)
}

/// The column that people may call by other words as well.
fn column(header: &[String], name: &str) -> Option<usize> {
    let names = NAMES.iter().find(|names| names[0] == name)?;
    names.iter().find_map(|name| exact(header, name))
}

/// Whether a person's own table has a place for a column.
fn is_known(name: &str) -> bool {
    plain::is_option(name) || NAMES.iter().any(|names| names.contains(&name))
}

impl Table {
    fn of(text: &str) -> Result<Table, String> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut room = MOST_CELLS;
        for record in reader(text)?.records() {
            let record = cells(record)?;
            let left = room.checked_sub(record.as_ref().map_or(0, Vec::len));
            room = left.ok_or_else(|| format!("the table has more than {MOST_CELLS} cells"))?;
            rows.extend(record);
            if rows.len() > MOST_ROWS + 1 {
                return Err(format!("the table has more than {MOST_ROWS} rows"));
            }
        }
        let (above, header) = header_of(&rows).ok_or_else(|| "the table is empty".to_owned())?;
        rows.drain(..=above);
        Ok(Table { header, rows, above })
    }

    fn column(&self, name: &str) -> Option<usize> {
        column(&self.header, name)
    }

    /// A cell of a row; empty where the row is short.
    fn cell<'r>(&self, row: &'r [String], column: Option<usize>) -> &'r str {
        column.and_then(|at| row.get(at)).map_or("", String::as_str)
    }

    /// What is told of cells that stand beyond the header.
    fn surplus(&self, row: &[String]) -> Vec<String> {
        let beyond: Vec<&str> =
            row.iter().skip(self.header.len()).filter(|cell| !cell.is_empty()).map(String::as_str).collect();
        let told = || format!("what stands beyond the header’s columns was left out: {}", beyond.join(" | "));
        (!beyond.is_empty()).then(told).into_iter().collect()
    }

    /// What is told of columns that are not read: a sentence, if there are any that have something in them.
    fn unknown(&self, is_known: impl Fn(&str) -> bool) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (at, name) in self.header.iter().enumerate() {
            let again = self.header[..at].contains(name);
            if (again || !is_known(name)) && self.rows.iter().any(|row| !self.cell(row, Some(at)).is_empty()) {
                names.push(match name.as_str() {
                    "" => format!("column {}, which has no name", at + 1),
                    name if again => format!("“{name}” (column {}, the second of its name)", at + 1),
                    name => format!("“{name}”"),
                });
            }
        }
        let told = || format!("Columns that are not known were left out: {}.", names.join(", "));
        (!names.is_empty()).then(told).into_iter().collect()
    }
}
