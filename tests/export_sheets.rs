//! Workbooks and the spreadsheets of quiz programs, read back cell by cell: within each program's written limits, answers anywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use pilcrow::exchange::xml::{Node, read};
use pilcrow::exchange::{Interaction, Package};
use pilcrow::export::Reach;

use crate::common::exchange::{exported, with_bank, with_items, with_sheets};
use crate::common::{kennedy, pilcrow, shipped};

/// The text of a file in a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let files = pilcrow::exchange::archive::unzipped(bytes).unwrap();
    let file = files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("{name} is not there"));
    String::from_utf8(file.bytes.clone()).unwrap()
}

fn words(node: &Node) -> String {
    node.words()
}

/// The cells of a workbook by row and column from 1, by another reader than the one that writes it; a formula is a fault.
fn cells(bytes: &[u8]) -> BTreeMap<(usize, usize), String> {
    let shared = read(&part(bytes, "xl/sharedStrings.xml")).unwrap();
    let shared: Vec<String> = shared.nodes().map(words).collect();
    let sheet = read(&part(bytes, "xl/worksheets/sheet1.xml")).unwrap();
    let rows = sheet.first("sheetData").unwrap();
    let mut out = BTreeMap::new();
    for cell in rows.nodes().flat_map(Node::nodes) {
        assert!(cell.first("f").is_none(), "a formula: {cell:?}");
        let Some(value) = cell.first("v").map(words) else { continue };
        let name = cell.attribute("r").unwrap();
        let column = name.bytes().take_while(u8::is_ascii_uppercase).fold(0, |n, c| n * 26 + usize::from(c - b'A') + 1);
        let row: usize = name.trim_start_matches(|c: char| c.is_ascii_uppercase()).parse().unwrap();
        let value = match cell.attribute("t") {
            Some("s") => shared[value.parse::<usize>().unwrap()].clone(),
            None | Some("n") => value,
            other => panic!("{other:?}"),
        };
        out.insert((row, column), value);
    }
    out
}

/// The rows of a workbook from one on, each with so many cells.
fn rows(bytes: &[u8], from: usize, width: usize) -> Vec<Vec<String>> {
    let cells = cells(bytes);
    let last = cells.keys().map(|(row, _)| *row).max().unwrap();
    assert!(cells.keys().all(|(_, column)| *column <= width));
    let row = |row| (1..=width).map(|column| cells.get(&(row, column)).cloned().unwrap_or_default()).collect();
    (from..=last).map(row).collect()
}

fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_workbook_has_the_cells_of_the_table() {
    for shipped in shipped() {
        with_bank(&shipped.source, |package| {
            let table = csv_rows(&exported(package, "csv").files[0].bytes);
            let book = rows(&exported(package, "xlsx").files[0].bytes, 1, table[0].len());
            let bare = |rows: &[Vec<String>]| -> Vec<Vec<String>> {
                let cell = |cell: &String| pilcrow::exchange::table::unguarded(cell).to_owned();
                rows.iter().map(|row| row.iter().map(cell).collect()).collect()
            };
            assert_eq!(bare(&table), book);
        });
    }
}

/// What a quiz program's rows are held against.
struct Quiz {
    format: &'static str,
    /// First row of questions, and the columns of a row.
    from: usize,
    width: usize,
    /// Columns from 0: the text, the options, the time, the right ones.
    text: usize,
    options: std::ops::Range<usize>,
    seconds: usize,
    right: usize,
}

/// As the templates of the three programs have it: Kahoot’s header in row 8 from column B on, Quizizz’s in row 1, Blooket’s in
/// row 2 under its title.
const QUIZZES: [Quiz; 3] = [
    Quiz { format: "kahoot", from: 9, width: 8, text: 1, options: 2..6, seconds: 6, right: 7 },
    Quiz { format: "quizizz", from: 2, width: 11, text: 0, options: 2..7, seconds: 8, right: 7 },
    Quiz { format: "blooket", from: 3, width: 8, text: 1, options: 2..6, seconds: 6, right: 7 },
];

impl Quiz {
    fn rows(&self, bytes: &[u8]) -> Vec<Vec<String>> {
        match self.format {
            "blooket" => csv_rows(bytes).split_off(self.from - 1),
            _ => rows(bytes, self.from, self.width),
        }
    }

    fn check(&self, package: &Package<'_>) -> Vec<usize> {
        let mut places = Vec::new();
        for file in exported(package, self.format).files {
            for row in self.rows(&file.bytes) {
                assert_eq!(row.len(), self.width);
                let options: Vec<&String> = row[self.options.clone()].iter().filter(|o| !o.is_empty()).collect();
                let length = |text: &str| text.encode_utf16().count();
                assert!(!row[self.text].is_empty());
                let seconds: u32 = row[self.seconds].parse().unwrap();
                match self.format {
                    "kahoot" => {
                        assert!(length(&row[self.text]) <= 120 && options.iter().all(|o| length(o) <= 75), "{row:?}");
                        assert!([5, 10, 20, 30, 60, 90, 120, 240].contains(&seconds));
                    }
                    "blooket" => assert!((1..=300).contains(&seconds)),
                    _ => assert!((5..=900).contains(&seconds)),
                }
                if self.format == "quizizz" && !["Multiple Choice", "Checkbox"].contains(&row[1].as_str()) {
                    assert!(["Fill-in-the-Blank", "Open-Ended"].contains(&row[1].as_str()), "{row:?}");
                    assert!(row[self.right].is_empty() && options.is_empty() == (row[1] == "Open-Ended"), "{row:?}");
                    continue;
                }
                assert!((2..=self.options.len()).contains(&options.len()), "{row:?}");
                // The options stand without gaps, and every number names one.
                assert!(row[self.options.clone()].iter().take(options.len()).all(|option| !option.is_empty()));
                let right: Vec<usize> = row[self.right].split(',').map(|n| n.parse().unwrap()).collect();
                assert!(right.iter().all(|n| (1..=options.len()).contains(n)), "{row:?}");
                assert_eq!(right.iter().collect::<BTreeSet<_>>().len(), right.len());
                places.extend(right);
            }
        }
        places
    }
}

#[test]
fn every_row_is_within_the_limits_and_the_right_answer_stands_anywhere() {
    for shipped in shipped() {
        for quiz in QUIZZES {
            let places = with_bank(&shipped.source, |package| quiz.check(package));
            let first = places.iter().filter(|place| **place == 1).count();
            assert!(places.len() >= 8, "{}: {}", quiz.format, places.len());
            assert!(first * 2 < places.len() && places.iter().collect::<BTreeSet<_>>().len() >= 3, "{places:?}");
        }
    }
    for quiz in QUIZZES {
        with_sheets(&kennedy(), "class-period", 2, |package| {
            quiz.check(package);
            assert_eq!(exported(package, quiz.format).files.len(), 2, "a file for each sheet");
        });
    }
}

#[test]
fn what_is_too_long_is_listed_and_not_cut() {
    let source = kennedy();
    with_bank(&source, |package| {
        let kahoot = exported(package, "kahoot");
        let all: Vec<String> = QUIZZES[0].rows(&kahoot.files[0].bytes).into_iter().map(|row| row[1].clone()).collect();
        for exercise in package.exercises() {
            let Interaction::Choice { options, .. } = &exercise.interaction else { continue };
            let length = |text: &str| pilcrow::exchange::inline::plain(text).encode_utf16().count();
            let fits = length(&exercise.stem) <= 120
                && options.len() <= 4
                && options.iter().all(|option| length(&option.text) <= 75)
                && exercise.stimulus.is_none()
                && exercise.figure.is_none()
                && exercise.gate.is_none();
            let fate = kahoot.report.fates.iter().find(|fate| fate.item == exercise.item).unwrap();
            if fits {
                assert!(all.contains(&pilcrow::exchange::inline::plain(&exercise.stem)), "{}", exercise.id);
            } else if fate.reach == Reach::Not {
                assert!(fate.lost.iter().any(|why| why.contains("and Kahoot takes")), "{fate:?}");
            }
        }
    });
}

#[test]
fn no_cell_is_run_and_what_is_guarded_is_told() {
    let source = kennedy();
    let mut item = source.bank.items.iter().find(|i| i.kind() == pilcrow::bank::Kind::SingleChoice).unwrap().clone();
    item.stem = "=HYPERLINK(\"x\")".to_owned();
    with_items(&source, &[&item], |package| {
        for format in ["kahoot", "quizizz", "xlsx"] {
            let bytes = &exported(package, format).files[0].bytes;
            assert!(cells(bytes).values().any(|cell| cell.starts_with("=HYPERLINK")), "{format}");
        }
        let blooket = exported(package, "blooket");
        assert!(csv_rows(&blooket.files[0].bytes)[2][1].starts_with("'=HYPERLINK"));
        assert!(blooket.report.fates[0].lost.iter().any(|lost| lost.contains("apostrophe")));
    });
}

#[test]
fn two_processes_write_equal_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for format in ["xlsx", "kahoot", "quizizz", "blooket", "anki"] {
        let [one, other] = ["one", "other"].map(|name| {
            let output = pilcrow(folder.path(), &["export", "--to", format, "--out", name]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let mut bytes = Vec::new();
            std::fs::File::open(folder.path().join(name)).unwrap().read_to_end(&mut bytes).unwrap();
            std::fs::remove_file(folder.path().join(name)).unwrap();
            bytes
        });
        assert!(one == other && one.len() > 1000, "{format}");
    }
}
