//! Blueprints from YAML, and what the letter and the bank cannot have in them.

use super::{Blueprint, Cell};
use crate::bank::Bank;
use crate::diag::{Diagnostic, did_you_mean};
use crate::input::Input;
use crate::letter::Letter;
use crate::yaml;

/// Reads and checks blueprints; `place.0` of a diagnostic is an index in `inputs`. Only sound ones are given back. Whether
/// the bank has enough items for a cell is told when the sheet is drawn.
pub fn load(inputs: &[Input], letter: &Letter, bank: &Bank) -> (Vec<Blueprint>, Vec<Diagnostic>) {
    let mut blueprints: Vec<Blueprint> = Vec::with_capacity(inputs.len());
    let mut diagnostics = Vec::new();
    for (index, input) in inputs.iter().enumerate() {
        let (blueprint, mut faults) = yaml::read::<Blueprint>(input, index);
        if let Some(blueprint) = blueprint
            && faults.is_empty()
        {
            let mut check = Check { input, index, letter, bank, faults: Vec::new() };
            check.whole(&blueprint);
            if blueprints.iter().any(|other| other.name == blueprint.name) {
                check.fault(
                    "name",
                    format!("another blueprint has the name “{}”", blueprint.name),
                    "give each a name of its own",
                );
            }
            faults.append(&mut check.faults);
            if faults.is_empty() {
                blueprints.push(blueprint);
            }
        }
        diagnostics.append(&mut faults);
    }
    (blueprints, diagnostics)
}

struct Check<'a> {
    input: &'a Input,
    index: usize,
    letter: &'a Letter,
    bank: &'a Bank,
    faults: Vec<Diagnostic>,
}

impl Check<'_> {
    fn fault(&mut self, path: &str, message: impl Into<String>, help: impl Into<String>) {
        let span = yaml::locate(&self.input.text, path);
        self.faults.push(Diagnostic::error(message, Some((self.index, span))).help(help));
    }

    fn whole(&mut self, blueprint: &Blueprint) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if blueprint.name.is_empty() || !blueprint.name.chars().all(plain) {
            self.fault(
                "name",
                format!("“{}” is not a name for a blueprint", blueprint.name),
                "small letters, digits and hyphens: exit-ticket",
            );
        }
        if blueprint.modes.is_empty() {
            self.fault(
                "modes:",
                "no mode is allowed",
                "write `modes: [same-items]`, or leave the line out to allow all",
            );
        }
        if blueprint.anchor_percent > 100 {
            self.fault(
                "anchor_percent",
                format!("{} percent of the points", blueprint.anchor_percent),
                "write 0 to 100; 25 to 30 is usual",
            );
        }
        if blueprint.parts.is_empty() {
            self.fault("parts:", "the worksheet has no part", "write a part with a title and cells");
        }
        for (at, part) in blueprint.parts.iter().enumerate() {
            if part.cells.is_empty() {
                self.fault(
                    &format!("parts[{at}].cells:"),
                    "this part takes nothing",
                    "give it a cell: `- {take: 2, kinds: [single-choice]}`",
                );
            }
            for (number, cell) in part.cells.iter().enumerate() {
                self.cell(&format!("parts[{at}].cells[{number}]"), cell);
            }
        }
    }

    fn cell(&mut self, path: &str, cell: &Cell) {
        match (cell.take, cell.take_sets) {
            (0, 0) => self.fault(
                path,
                "this cell takes nothing",
                "say how many items with `take`, or how many sets with `take_sets`",
            ),
            (1.., 1..) => self.fault(path, "this cell takes items and sets", "write two cells"),
            _ => {}
        }
        let (letter, bank) = (self.letter, self.bank);
        let sections = || letter.about.sections.iter().map(|section| section.id.as_str()).collect();
        self.known(&format!("{path}.sections"), ("section", &cell.sections), sections);
        let themes = || letter.about.themes.iter().map(String::as_str).collect();
        self.known(&format!("{path}.themes"), ("theme", &cell.themes), themes);
        let items = || bank.items.iter().map(|item| item.id.as_str()).collect();
        self.known(&format!("{path}.items"), ("item", &cell.items), items);
        let last = self.letter.paragraphs.len();
        for (at, paragraph) in cell.paragraphs.iter().enumerate() {
            if *paragraph == 0 || *paragraph as usize > last {
                self.fault(
                    &format!("{path}.paragraphs[{at}]"),
                    format!("the letter has no ¶{paragraph}"),
                    format!("it has ¶1 to ¶{last}"),
                );
            }
        }
        for (at, dok) in cell.dok.iter().enumerate() {
            if !(1..=4).contains(dok) {
                self.fault(
                    &format!("{path}.dok[{at}]"),
                    format!("there is no depth of knowledge {dok}"),
                    "write 1 to 4",
                );
            }
        }
    }

    /// `known` is asked for only where a cell has names: a large bank has many.
    fn known<'k>(&mut self, path: &str, (what, names): (&str, &[String]), known: impl FnOnce() -> Vec<&'k str>) {
        /// More names than this are not listed.
        const LISTED: usize = 14;
        if names.is_empty() {
            return;
        }
        let known = known();
        for (at, name) in names.iter().enumerate() {
            if known.contains(&name.as_str()) {
                continue;
            }
            let help = match did_you_mean(name, known.iter().copied()) {
                Some(near) => format!("did you mean {near}?"),
                None if known.len() <= LISTED => format!("it is one of {}", known.join(", ")),
                None => format!("the bank has no sound {what} with that id"),
            };
            self.fault(&format!("{path}[{at}]"), format!("there is no {what} “{name}”"), help);
        }
    }
}
