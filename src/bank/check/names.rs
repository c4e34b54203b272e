//! Ids and what refers to them: unique and well formed (E01), known and mutual (E14).

use std::borrow::Cow;
use std::fmt;

use super::File;
use super::report::Report;
use crate::bank::raw::{RawItem, Typed};
use crate::diag::did_you_mean;
use crate::known::Known;
use crate::letter::Letter;

/// Every name that an item can refer to.
#[derive(Debug, Default)]
pub(super) struct Names<'t> {
    /// Ids of items with those of their enemies.
    items: Ids<'t, Vec<Typed<'t>>>,
    /// Ids of sets with their index in the bank.
    sets: Ids<'t, usize>,
    /// How many items say that they belong to a set.
    memberships: Known<Cow<'t, str>, usize>,
    misconceptions: Ids<'t, ()>,
    themes: Vec<String>,
    /// Entries with faults of shape were left out: a name that is not found may be one of theirs.
    incomplete: bool,
}

/// Ids in the order of the text, with what is known of each.
#[derive(Debug)]
struct Ids<'t, V> {
    order: Vec<Cow<'t, str>>,
    known: Known<Cow<'t, str>, V>,
}

impl<V> Default for Ids<'_, V> {
    fn default() -> Self {
        Ids { order: Vec::new(), known: Known::default() }
    }
}

impl<'t, V> Ids<'t, V> {
    fn get(&self, id: &str) -> Option<&V> {
        self.known.get(id)
    }

    /// Adds an id, unless it is there; whether it was.
    fn add(&mut self, id: &Typed<'t>, of: impl FnOnce() -> V) -> bool {
        if self.get(id).is_some() {
            return true;
        }
        self.order.push(id.0.clone());
        self.known.insert(id.0.clone(), of());
        false
    }
}

impl<'t> Names<'t> {
    /// Collects them, reporting those that are not well formed or stand twice.
    pub fn collect(files: &mut [File<'t>], letter: &Letter) -> Self {
        let mut names = Names {
            themes: letter.about.themes.clone(),
            incomplete: files.iter().any(|file| !file.whole),
            ..Names::default()
        };
        let mut sets = 0;
        for file in files {
            for (at, item) in file.raw.items.iter().enumerate() {
                let mut report = file.report("items", at);
                let taken = names.items.add(&item.id, || item.enemies.clone());
                id(&item.id, taken, &mut report);
                if let Some(set) = &item.set {
                    *names.memberships.or_insert_with(set.0.clone(), || 0) += 1;
                }
                file.found.extend(report.found);
            }
            for (at, set) in file.raw.sets.iter().enumerate() {
                let mut report = file.report("sets", at);
                let taken = names.sets.add(&set.id, || sets);
                id(&set.id, taken, &mut report);
                sets += 1;
                file.found.extend(report.found);
            }
            for (at, misconception) in file.raw.misconceptions.iter().enumerate() {
                let mut report = file.report("misconceptions", at);
                let taken = names.misconceptions.add(&misconception.id, || ());
                id(&misconception.id, taken, &mut report);
                file.found.extend(report.found);
            }
        }
        names
    }

    /// Checks what an item refers to, but not what its options do.
    pub fn check(&self, raw: &RawItem, report: &mut Report) {
        for (at, enemy) in raw.enemies.iter().enumerate() {
            let path = format_args!("enemies[{at}]");
            match self.items.get(enemy) {
                _ if *enemy == raw.id => {
                    report.error("E14", path, "an item cannot be its own enemy", "take the name out")
                }
                None => self.unknown(report, path, ("item", enemy), &self.items.order),
                Some(theirs) if !theirs.contains(&raw.id) && !self.incomplete => report.error(
                    "E14",
                    path,
                    format!("`{enemy}` does not name `{}` as its enemy", raw.id),
                    format!("enemies name each other: add {} to the `enemies` of {enemy}", raw.id),
                ),
                Some(_) => {}
            }
        }
        if let Some(theme) = &raw.theme
            && !self.themes.iter().any(|known| *known == **theme)
        {
            let near = did_you_mean(theme, self.themes.iter().map(String::as_str));
            let help = match near {
                Some(near) => format!("did you mean {near}?"),
                None => format!("letter.yaml has {}", self.themes.join(", ")),
            };
            report.error("E14", "theme", format!("there is no theme “{theme}”"), help);
        }
        if let Some(set) = &raw.set
            && self.sets.get(set).is_none()
        {
            self.unknown(report, "set", ("set", set), &self.sets.order);
        }
        for (at, id) in raw.misconceptions.iter().enumerate() {
            self.misconception(report, format_args!("misconceptions[{at}]"), id);
        }
    }

    /// Checks the id of a misconception.
    pub fn misconception(&self, report: &mut Report, at: impl fmt::Display, id: &str) {
        if self.misconceptions.get(id).is_none() {
            self.unknown(report, at, ("misconception", id), &self.misconceptions.order);
        }
    }

    /// How many items say that they belong to a set.
    pub fn members(&self, set: &str) -> usize {
        self.memberships.get(set).copied().unwrap_or(0)
    }

    /// The index of a set in the bank.
    pub fn set(&self, id: &str) -> Option<usize> {
        self.sets.get(id).copied()
    }

    /// Whether some item may have a fault of shape, and so be missing here.
    pub fn incomplete(&self) -> bool {
        self.incomplete
    }

    fn unknown(&self, report: &mut Report, at: impl fmt::Display, (what, name): (&str, &str), known: &[Cow<'t, str>]) {
        if self.incomplete {
            return;
        }
        let help = match did_you_mean(name, known.iter().map(|known| &**known)) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("no file of this bank has a {what} with that id"),
        };
        report.error("E14", at, format!("there is no {what} “{name}”"), help);
    }
}

fn id(id: &str, taken: bool, report: &mut Report) {
    let plain = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !plain || id.is_empty() || id.starts_with('-') || id.ends_with('-') || id.contains("--") {
        let mended: Vec<String> = id
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        report.error(
            "E01",
            "id",
            format!("“{id}” is not an id"),
            format!("small letters, digits and single hyphens: {}", mended.join("-")),
        );
    }
    if taken {
        report.error(
            "E01",
            "id",
            format!("the id “{id}” stands for something else already"),
            "give this one a name of its own; the other keeps it, as printed sheets depend on it",
        );
    }
}
