//! A roster: pupils' names from a CSV file, in the order in which they sit.

use std::path::Path;

use super::Failure;
use crate::doc::Print;

/// A pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pupil {
    pub name: String,
    pub class: String,
    /// The pupil's own print, where the roster names one.
    pub print: Option<Print>,
}

/// Columns by the names that schools give them.
const NAME: [&str; 6] = ["name", "pupil", "student", "full name", "student name", "pupil name"];
const FIRST: [&str; 4] = ["first name", "first", "given name", "firstname"];
const LAST: [&str; 6] = ["last name", "last", "surname", "family name", "lastname", "family"];
const CLASS: [&str; 5] = ["class", "section", "period", "group", "course"];
const PRINT: [&str; 2] = ["print", "accommodation"];

/// Reads a roster: a header line with `name` (or first and last name), perhaps `class` and `print`; comma, semicolon or tab.
///
/// # Errors
/// Every line that cannot be used, with its number.
pub(super) fn read(path: &Path) -> Result<Vec<Pupil>, Failure> {
    let bytes = crate::file::read_bytes(path)?;
    let (text, _) = crate::letter::decode(&bytes);
    parse(&text, &path.display().to_string())
}

fn parse(text: &str, name: &str) -> Result<Vec<Pupil>, Failure> {
    let head = text.lines().next().unwrap_or_default();
    let delimiter =
        [b'\t', b';', b','].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count()).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers: Vec<String> = reader
        .headers()
        .map_err(|e| Failure::new(format!("{name}: {e}")))?
        .iter()
        .map(|h| h.to_lowercase().replace('_', " "))
        .collect();
    let column = |names: &[&str]| headers.iter().position(|h| names.contains(&h.as_str()));
    let (full, first, last) = (column(&NAME), column(&FIRST), column(&LAST));
    if full.is_none() && first.is_none() && last.is_none() {
        return Err(Failure::with_help(
            format!("{name}: no column holds names; its columns are: {}", headers.join(", ")),
            "begin the file with a line such as `name,class` or `first name,last name`",
        ));
    }
    let (class, print) = (column(&CLASS), column(&PRINT));
    let mut pupils = Vec::new();
    let mut faults = Vec::new();
    for record in reader.records() {
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
        pupils.push(Pupil { name: pupil_name, class: at(class), print });
    }
    match (faults.is_empty(), pupils.is_empty()) {
        (false, _) => Err(Failure::new(faults.join("\n"))),
        (true, true) => Err(Failure::with_help(
            format!("{name}: the roster names no pupil"),
            "write a line for each pupil under the header",
        )),
        (true, false) => Ok(pupils),
    }
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
    fn every_bad_line_is_named() {
        let message = parse("name,print\nAnn,huge\n,large\nBob,large\n", "r.csv").unwrap_err().to_string();
        assert!(message.contains("r.csv:2") && message.contains("huge") && message.contains("r.csv:3"), "{message}");
    }
}
