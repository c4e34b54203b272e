//! Quizizz (now Wayground): the workbook that its “Import from spreadsheet” takes. The first row is the header.

use super::{LACKS, Limits, files, text};
use crate::exchange::inline::plain;
use crate::exchange::workbook::{Cell, Grid, MOST_CHARACTERS, characters, workbook};
use crate::exchange::{Exercise, Group, Interaction, Package, Share};
use crate::export::{Format, Held};

/// The format.
pub(in crate::export) const FORMAT: Format = Format {
    name: "quizizz",
    about: "a workbook for Quizizz: choices of 2 to 5 options, words to fill in, open questions (XLSX)",
    lacks: &LACKS,
    native: false,
    leaves_out: crate::export::BANK_ALONE,
    hold,
    write: |package| files(package, ("quizizz", "xlsx"), |title, groups| book(package, title, groups)),
};

/// What Quizizz’s own template says: it has five columns of options. A cell of a workbook has a limit of its own.
const LIMITS: Limits = Limits {
    program: "Quizizz",
    question: MOST_CHARACTERS,
    option: MOST_CHARACTERS,
    options: 5,
    seconds: &[5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900],
    several: "points for a part of the right options are as Quizizz gives them",
};

/// Its header, word for word.
const HEADER: [&str; 11] = [
    "Question Text",
    "Question Type",
    "Option 1",
    "Option 2",
    "Option 3",
    "Option 4",
    "Option 5",
    "Correct Answer",
    "Time in seconds",
    "Image Link",
    "Answer explanation",
];

/// Seconds for what is written.
const TO_WRITE: u32 = 300;

/// A row: its type, what stands in the columns of the options, the right ones, the time.
struct Row {
    text: String,
    sort: &'static str,
    options: Vec<String>,
    right: String,
    seconds: u32,
}

/// The rows that an exercise becomes, and what is lost.
fn rows(exercise: &Exercise, package: &Package<'_>) -> Result<(Vec<Row>, Vec<String>), String> {
    let asked = || text(exercise, package);
    match &exercise.interaction {
        Interaction::Entry { answers, number, unit } => {
            let mut lost = Vec::new();
            let right = answers.iter().filter(|answer| answer.share == Share::ALL);
            let mut options: Vec<String> = right.map(|answer| answer.text.clone()).collect();
            if options.len() > LIMITS.options {
                let (all, most) = (options.len(), LIMITS.options);
                lost.push(format!("of {all} answers that are right, the last {} are left out", all - most));
                options.truncate(most);
            }
            if number.is_some_and(|number| number.tolerance > 0.0) {
                lost.push("numbers that come near are not taken".to_owned());
            }
            let unit = if unit.is_empty() { String::new() } else { format!("\n____ {}", plain(unit)) };
            let (text, right) = (asked() + &unit, String::new());
            Ok((vec![Row { text, sort: "Fill-in-the-Blank", options, right, seconds: 60 }], lost))
        }
        Interaction::Extended { rows, starters, .. } => {
            let lines = rows.iter().map(|row| &row.prompt).chain(starters);
            let text = lines.map(|line| format!("\n• {}", plain(line))).fold(asked(), |text, row| text + &row);
            let (options, right) = (Vec::new(), String::new());
            Ok((vec![Row { text, sort: "Open-Ended", options, right, seconds: TO_WRITE }], Vec::new()))
        }
        _ => {
            let (asked, lost) = LIMITS.asked(exercise, package)?;
            let row = |asked: super::Asked| Row {
                sort: if asked.right.len() > 1 { "Checkbox" } else { "Multiple Choice" },
                right: asked.right(),
                seconds: asked.seconds,
                text: asked.text,
                options: asked.options,
            };
            Ok((asked.into_iter().map(row).collect(), lost))
        }
    }
}

fn hold(exercise: &Exercise, package: &Package<'_>) -> Held {
    match rows(exercise, package) {
        Err(why) => Held::not(why),
        Ok((rows, lost)) => {
            let longest = rows.iter().map(|row| characters(&row.text)).max().unwrap_or(0);
            let longest = longest.max(characters(&explanation(exercise)));
            if longest > MOST_CHARACTERS {
                return Held::not(format!("a cell holds {MOST_CHARACTERS} characters, and it needs one of {longest}"));
            }
            Held::As(rows.first().map_or("Multiple Choice", |row| row.sort), lost)
        }
    }
}

/// What is told after the answer, with the words that prove it.
fn explanation(exercise: &Exercise) -> String {
    let quoted = exercise.evidence.iter().map(|quoted| format!("{} “{}”", quoted.place, quoted.words));
    std::iter::once(plain(&exercise.explanation)).chain(quoted).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

fn book(package: &Package<'_>, title: &str, groups: &[Group]) -> Result<Vec<u8>, String> {
    let mut cells = vec![HEADER.map(Cell::from).to_vec()];
    for exercise in groups.iter().flat_map(|group| &group.exercises) {
        for row in rows(exercise, package)?.0 {
            let mut line = vec![Cell::Words(row.text), Cell::from(row.sort)];
            line.extend(row.options.into_iter().map(Cell::Words));
            line.resize(2 + LIMITS.options, Cell::from(""));
            let right = row.right.parse().map_or(Cell::Words(row.right), Cell::Number);
            line.extend([right, Cell::Number(row.seconds), Cell::from(""), Cell::Words(explanation(exercise))]);
            cells.push(line);
        }
    }
    let widths = [60.0, 18.0, 28.0, 28.0, 28.0, 28.0, 28.0, 16.0, 16.0, 16.0, 60.0];
    workbook(&Grid { name: "Questions", title, rows: &cells, header: 0, widths: &widths })
}
