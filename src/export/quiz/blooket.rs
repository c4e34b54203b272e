//! Blooket: the table that its “CSV Import” takes, with its two rows of headers.

use super::{LACKS, Limits, files};
use crate::exchange::table::{csv, guarded};
use crate::exchange::{Exercise, Group, Package};
use crate::export::{Format, Held, Part};

/// The format.
pub(in crate::export) const FORMAT: Format = Format {
    name: "blooket",
    about: "a table for Blooket: questions with 2 to 4 answers (CSV)",
    lacks: &WITHOUT,
    native: false,
    leaves_out: crate::export::BANK_ALONE,
    hold,
    write: |package| files(package, ("blooket", "csv"), |_, groups| table(package, groups)),
};

const WITHOUT: [Part; 12] = {
    let [a, b, c, d, e, f, g, h, i, j] = LACKS;
    [a, b, c, d, e, f, g, h, i, j, Part::Explanation, Part::Evidence]
};

/// What Blooket’s own template says: it names no limit but that of the time, and has four columns of answers.
const LIMITS: Limits = Limits {
    program: "Blooket",
    question: usize::MAX,
    option: usize::MAX,
    options: 4,
    seconds: &[20, 30, 45, 60, 90, 120, 180, 240, 300],
    several: "any one of the right answers counts as right",
};

/// Its headers, word for word.
const TITLE: &str = "Blooket\nImport Template";
const HEADER: [&str; 8] = [
    "Question #",
    "Question Text",
    "Answer 1",
    "Answer 2",
    "Answer 3\n(Optional)",
    "Answer 4\n(Optional)",
    "Time Limit (sec)\n(Max: 300 seconds)",
    "Correct Answer(s)\n(Only include Answer #)",
];

fn hold(exercise: &Exercise, package: &Package<'_>) -> Held {
    let held = LIMITS.held(exercise, package, ("multiple choice", "multiple choice"));
    let Held::As(form, mut lost) = held else { return held };
    let run = |text: &str| guarded(text) != text;
    let shown = LIMITS.asked(exercise, package).map(|(asked, _)| asked).unwrap_or_default();
    if shown.iter().any(|asked| run(&asked.text) || asked.options.iter().any(|option| run(option))) {
        lost.push("an apostrophe stands before a sign that a spreadsheet would run as a formula".to_owned());
    }
    Held::As(form, lost)
}

fn table(package: &Package<'_>, groups: &[Group]) -> Result<Vec<u8>, String> {
    let mut rows = vec![vec![TITLE.to_owned()], HEADER.map(str::to_owned).to_vec()];
    let mut number = 0;
    for exercise in groups.iter().flat_map(|group| &group.exercises) {
        for asked in LIMITS.asked(exercise, package)?.0 {
            number += 1;
            let mut row = vec![number.to_string(), asked.text.clone()];
            row.extend(asked.options.iter().cloned());
            row.resize(2 + LIMITS.options, String::new());
            row.extend([asked.seconds.to_string(), asked.right()]);
            rows.push(row);
        }
    }
    Ok(csv(&rows))
}
