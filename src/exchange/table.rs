//! Comma-separated tables that no spreadsheet runs as formulas, and the way back.

/// The columns of a table of exercises before those of the options (`option 1`, `why 1` …). An export writes them, and an import
/// knows them by these names.
pub const BEFORE_OPTIONS: [&str; 11] =
    ["id", "group", "number", "form", "kind", "points", "gate", "passage", "question", "text", "answer"];
/// The columns after them.
pub const AFTER_OPTIONS: [&str; 10] =
    ["order", "accept", "errors", "near", "grading", "explanation", "evidence", "hints", "note", "tags"];

/// Signs with which a cell would be run as a formula.
const RUN: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Rows as CSV with CRLF and a byte order mark, by which spreadsheets know UTF-8. Every row is filled up to the longest.
pub fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    for row in rows {
        let cells = row.iter().map(|cell| guarded(cell)).chain(std::iter::repeat(String::new()));
        // A `Vec` takes whatever is written to it, and rows are of one length.
        let _ = writer.write_record(cells.take(width));
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell that a spreadsheet shows and never runs: an apostrophe stands before a sign that would make it a formula.
pub fn guarded(cell: &str) -> String {
    let cell = cell.replace("\r\n", "\n");
    let apostrophes = cell.chars().take_while(|c| *c == '\'').count();
    if cell[apostrophes..].starts_with(RUN) { format!("'{cell}") } else { cell }
}

/// The cell without the apostrophe of [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(RUN) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_come_back() {
        for cell in ["=1+1", "+x", "-5", "@a", "\ta", "'=1", "''=1", "'so", "plain", "", "a\nb"] {
            let kept = guarded(cell);
            assert!(!kept.starts_with(RUN), "{kept}");
            assert_eq!(unguarded(&kept), cell);
        }
        let rows = [vec!["a".to_owned(), "b, \"c\"".to_owned()], vec!["=x".to_owned()]];
        assert_eq!(String::from_utf8(csv(&rows)).unwrap(), "\u{feff}a,\"b, \"\"c\"\"\"\r\n'=x,\r\n");
    }
}
