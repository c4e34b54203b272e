//! A roster: pupils' names from a CSV file, in the order in which they sit.

use std::collections::BTreeSet;
use std::path::Path;

use super::Failure;
use super::text::one_line;
use crate::blueprint::Aid;
use crate::doc::Print;

/// A pupil.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct Pupil {
    pub name: String,
    pub class: String,
    /// The pupil's own print, where the roster names one.
    pub print: Option<Print>,
    /// The pupil's own reading aids, beside those of the run.
    pub aids: BTreeSet<Aid>,
    /// The line of the roster, from 1.
    pub line: u64,
}

/// Columns by the names that schools give them.
const NAME: [&str; 9] = [
    "name",
    "pupil",
    "student",
    "full name",
    "student name",
    "pupil name",
    "last, first",
    "last name, first name",
    "names",
];
const FIRST: [&str; 4] = ["first name", "first", "given name", "firstname"];
const LAST: [&str; 6] = ["last name", "last", "surname", "family name", "lastname", "family"];
const CLASS: [&str; 5] = ["class", "section", "period", "group", "course"];
const PRINT: [&str; 2] = ["print", "accommodation"];
const AIDS: [&str; 2] = ["aids", "reading aids"];

/// Reads a roster: a header line with `name` (or first and last name), perhaps `class`, `print` and `aids`; comma, semicolon or tab.
///
/// # Errors
/// Every line that cannot be used, with its number.
pub(super) fn read(path: &Path) -> Result<Vec<Pupil>, Failure> {
    let bytes = crate::file::read_bytes(path)?;
    crate::letter::plain(&bytes).map_err(|_| {
        Failure::with_help(
            format!("{}: this is no table of plain text", path.display()),
            "open it in your spreadsheet, choose “Save as” and “CSV”, and give that file",
        )
    })?;
    let (text, _) = crate::letter::decode(&bytes);
    parse(&text, &path.display().to_string())
}

/// Where a roster keeps what.
struct Columns {
    full: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    class: Option<usize>,
    print: Option<usize>,
    aids: Option<usize>,
}

impl Columns {
    /// The columns of a header line; `None` where the line names no column of names.
    fn of(record: &csv::StringRecord) -> Option<Columns> {
        let headers: Vec<String> = record.iter().map(|h| h.to_lowercase().replace('_', " ")).collect();
        let column = |names: &[&str]| headers.iter().position(|h| names.contains(&h.as_str()));
        let columns = Columns {
            full: column(&NAME),
            first: column(&FIRST),
            last: column(&LAST),
            class: column(&CLASS),
            print: column(&PRINT),
            aids: column(&AIDS),
        };
        let named = columns.full.or(columns.first).or(columns.last).is_some();
        named.then_some(columns)
    }
}

/// A file's title may stand above its header line.
const HEADER_WITHIN: usize = 6;

/// The sign between columns: the most frequent of the first lines.
fn delimiter(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().take(HEADER_WITHIN).collect();
    let count = |d: &u8| head.iter().map(|line| line.bytes().filter(|b| b == d).count()).sum::<usize>();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

fn parse(text: &str, name: &str) -> Result<Vec<Pupil>, Failure> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let Some(Columns { full, first, last, class, print, aids }) =
        records.by_ref().take(HEADER_WITHIN).flatten().find_map(|record| Columns::of(&record))
    else {
        let line: String =
            text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().chars().take(80).collect();
        return Err(Failure::with_help(
            format!("{name}: no column holds names; the file begins: {line}"),
            "begin the file with a line such as `name,class` or `first name,last name`",
        ));
    };
    let mut pupils = Vec::new();
    let mut faults = Vec::new();
    for record in records {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push(format!("{name}: {error}"));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let at = |column: Option<usize>| column.and_then(|c| record.get(c)).unwrap_or_default().to_owned();
        let pupil_name = match full {
            Some(_) => at(full),
            None => format!("{} {}", at(first), at(last)).trim().to_owned(),
        };
        if record.iter().all(str::is_empty) {
            continue;
        }
        if pupil_name.is_empty() {
            faults.push(format!("{name}:{line}: this line has no name"));
            continue;
        }
        if pupil_name.contains('\n') {
            faults.push(format!("{name}:{line}: this name runs over the line’s end: is a quotation mark not closed?"));
            continue;
        }
        let print = match at(print).as_str() {
            "" => None,
            word => match <Print as clap::ValueEnum>::from_str(word, true) {
                Ok(print) => Some(print),
                Err(_) => {
                    faults.push(format!(
                        "{name}:{line}: “{word}” is no print; it is standard, large, dyslexia or spaced"
                    ));
                    continue;
                }
            },
        };
        let aids = match read_aids(&at(aids)) {
            Ok(aids) => aids,
            Err(word) => {
                faults.push(format!(
                    "{name}:{line}: “{word}” is no reading aid; there are glossary, starters and adapted"
                ));
                continue;
            }
        };
        pupils.push(Pupil { name: pupil_name, class: one_line(&at(class)), print, aids, line });
    }
    match (faults.is_empty(), pupils.is_empty()) {
        (false, _) => Err(Failure::with_help(faults.join("\n"), "mend these lines of the roster; nothing was written")),
        (true, true) => Err(Failure::with_help(
            format!("{name}: the roster names no pupil"),
            "write a line for each pupil under the header",
        )),
        (true, false) => Ok(pupils),
    }
}

/// `glossary, starters`, or the first word that is no aid.
fn read_aids(text: &str) -> Result<BTreeSet<Aid>, &str> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '+' | '/'));
    let aid = |word| <Aid as clap::ValueEnum>::from_str(word, true).map_err(|_| word);
    words.filter(|word| !word.is_empty()).map(aid).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_whatever_parts_them() {
        let pupils = parse("Last name;First name;Period\nGarcía;María;3\n;;\nO’Neil;Sam;3\n", "r.csv").unwrap();
        let names: Vec<&str> = pupils.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["María García", "Sam O’Neil"]);
        assert_eq!(pupils[0].class, "3");
    }

    #[test]
    fn what_spreadsheets_put_above_the_header_is_passed_over() {
        for text in
            ["sep=;\nname;class\nAda;3\n", "Period 3,,\n\nname,class,print\nAda,3,\n", "\n\nname\tclass\nAda\t3\n"]
        {
            let pupils = parse(text, "r.csv").unwrap();
            assert_eq!((pupils.len(), pupils[0].name.as_str(), pupils[0].class.as_str()), (1, "Ada", "3"), "{text}");
        }
        assert!(parse("Ada\nBob\n", "r.csv").unwrap_err().to_string().contains("begins: Ada"));
    }

    #[test]
    fn an_open_quotation_mark_does_not_swallow_the_class() {
        let message = parse("name\n\"Ann\nBob\nCleo\n", "r.csv").unwrap_err().to_string();
        assert!(message.contains("r.csv:2") && message.contains("not closed"), "{message}");
    }

    #[test]
    fn every_bad_line_is_named() {
        let message = parse("name,print\nAnn,huge\n,large\nBob,large\n", "r.csv").unwrap_err().to_string();
        assert!(message.contains("r.csv:2") && message.contains("huge") && message.contains("r.csv:3"), "{message}");
    }
}
