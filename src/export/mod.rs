//! A package of exercises → the files of another program, with a report of what each item became: nothing is lost in silence.

mod aiken;
mod anki;
mod asi;
mod asked;
mod cc;
mod csv;
mod docx;
mod gift;
mod h5p;
mod held;
mod json;
mod markdown;
mod moodle;
mod prose;
mod qti;
mod qti12;
mod quiz;
mod report;
mod text;
mod xlsx;

pub use held::{Held, Part};
pub use report::{Fate, Reach, Report, reach};

use std::sync::Arc;

use crate::exchange::archive::Packed;
use crate::exchange::{Exercise, Group, Package};

/// A format: what it is called, what it can carry, and the two functions that make it.
#[derive(Debug)]
pub struct Format {
    /// The word for it in `--to` and `--from`: small letters, digits and hyphens.
    pub name: &'static str,
    /// Who takes it, in a few words.
    pub about: &'static str,
    /// What it has no place for, beside what is asked and its key. What an exercise has of this is reported as lost.
    pub lacks: &'static [Part],
    /// It holds the bank's own items, and so loses nothing that an interaction has no place for.
    pub native: bool,
    /// What of an item no file of this format holds, as the end of a sentence; empty if nothing.
    pub leaves_out: &'static str,
    /// What an exercise becomes in it. What [`Format::lacks`] names need not be told here.
    pub hold: fn(&Exercise, &Package<'_>) -> Held,
    /// Writes the exercises, all of which are held: one file, or several that belong together; pictures may lie in a folder `pictures`.
    pub write: fn(&Package<'_>) -> Result<Vec<Packed>, String>,
}

/// What a bank alone has: the end of [`Format::leaves_out`] of most.
const BANK_ALONE: &str = "enemies, what gives an item away, estimates, minutes, misconceptions, what a quotation does beside proving the key, and reviews are left out";

/// Every format that is written, in the order in which they are listed. A new one is a file in this folder, its `mod` and its line here.
pub const FORMATS: &[&Format] = &[
    // Courses and test platforms.
    &moodle::FORMAT,
    &gift::FORMAT,
    &aiken::FORMAT,
    &qti::QTI3_FORMAT,
    &qti::QTI21_FORMAT,
    &qti12::FORMAT,
    &cc::FORMAT,
    &h5p::FORMAT,
    // Learning and games.
    &anki::FORMAT,
    &quiz::KAHOOT,
    &quiz::QUIZIZZ,
    &quiz::BLOOKET,
    // Editing.
    &docx::FORMAT,
    &xlsx::FORMAT,
    &csv::FORMAT,
    // Everything else.
    &markdown::FORMAT,
    &text::FORMAT,
    &json::FORMAT,
];

impl Format {
    /// The format with a name.
    ///
    /// # Errors
    /// What names there are, or the nearest.
    pub fn of(name: &str) -> Result<&'static Format, String> {
        FORMATS.iter().copied().find(|format| format.name == name).ok_or_else(|| {
            let names = || FORMATS.iter().map(|format| format.name);
            match crate::diag::did_you_mean(name, names()) {
                Some(near) => format!("there is no format “{name}”; did you mean “{near}”?"),
                None => format!("there is no format “{name}”; there are {}", names().collect::<Vec<_>>().join(", ")),
            }
        })
    }
}

/// What an export gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// The files; none where no item can be held.
    pub files: Vec<Packed>,
    /// What each item became.
    pub report: Report,
}

/// Writes a package in a format: a pure function, the same bytes for the same package.
///
/// # Errors
/// In a sentence: what cannot be packed.
pub fn export(package: &Package<'_>, format: &Format) -> Result<Exported, String> {
    let report = Report::of(package, format);
    let held = held_part(package, &report);
    let files = if held.groups.is_empty() { Vec::new() } else { (format.write)(&held)? };
    Ok(Exported { files, report })
}

/// The package without the exercises that are not held, and without the stimuli that nothing shows any more.
fn held_part<'a>(package: &Package<'a>, report: &Report) -> Package<'a> {
    let mut groups = Vec::new();
    let mut shown: Vec<usize> = Vec::new();
    for group in &package.groups {
        let mut exercises = Vec::new();
        for exercise in group.exercises.iter().filter(|exercise| report.holds(&exercise.id)) {
            let stimulus = exercise.stimulus.map(|stimulus| {
                shown.iter().position(|known| *known == stimulus).unwrap_or_else(|| {
                    shown.push(stimulus);
                    shown.len() - 1
                })
            });
            exercises.push(Exercise { stimulus, ..exercise.clone() });
        }
        if !exercises.is_empty() {
            groups.push(Group { exercises, ..group.clone() });
        }
    }
    let items = package.items.iter().copied().filter(|item| report.holds_item(&item.id)).collect();
    let stimuli = shown.iter().filter_map(|at| package.stimuli.get(*at).cloned()).collect();
    let (sheets, blueprint) = (Arc::clone(&package.sheets), package.blueprint.clone());
    Package { title: package.title.clone(), groups, stimuli, items, sheets, blueprint, ..*package }
}
