//! Ids and what refers to them: unique and well formed (E01), known and mutual (E14).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::File;
use super::report::Report;
use crate::bank::raw::{RawItem, Typed};
use crate::diag::did_you_mean;
use crate::letter::Letter;

/// Every name that an item can refer to.
#[derive(Debug, Default)]
pub(super) struct Names<'t> {
    /// Ids of items with those of their enemies.
    items: BTreeMap<Cow<'t, str>, Vec<Typed<'t>>>,
    /// Ids of sets with their index in the bank.
    sets: BTreeMap<Cow<'t, str>, usize>,
    /// How many items say that they belong to a set.
    memberships: BTreeMap<Cow<'t, str>, usize>,
    misconceptions: BTreeSet<Cow<'t, str>>,
    themes: Vec<String>,
    /// Entries with faults of shape were left out: a name that is not found may be one of theirs.
    incomplete: bool,
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
                id(&item.id, names.items.contains_key(&*item.id), &mut report);
                names.items.entry(item.id.0.clone()).or_insert_with(|| item.enemies.clone());
                if let Some(set) = &item.set {
                    *names.memberships.entry(set.0.clone()).or_default() += 1;
                }
                file.found.extend(report.found);
            }
            for (at, set) in file.raw.sets.iter().enumerate() {
                let mut report = file.report("sets", at);
                id(&set.id, names.sets.contains_key(&*set.id), &mut report);
                names.sets.entry(set.id.0.clone()).or_insert(sets);
                sets += 1;
                file.found.extend(report.found);
            }
            for (at, misconception) in file.raw.misconceptions.iter().enumerate() {
                let mut report = file.report("misconceptions", at);
                id(&misconception.id, names.misconceptions.contains(&*misconception.id), &mut report);
                names.misconceptions.insert(misconception.id.0.clone());
                file.found.extend(report.found);
            }
        }
        names
    }

    /// Checks what an item refers to, but not what its options do.
    pub fn check(&self, raw: &RawItem, report: &mut Report) {
        for (at, enemy) in raw.enemies.iter().enumerate() {
            let path = format_args!("enemies[{at}]");
            match self.items.get(&**enemy) {
                _ if *enemy == raw.id => {
                    report.error("E14", path, "an item cannot be its own enemy", "take the name out")
                }
                None => self.unknown(report, path, ("item", enemy), self.items.keys()),
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
            && !self.sets.contains_key(&**set)
        {
            self.unknown(report, "set", ("set", set), self.sets.keys());
        }
        for (at, id) in raw.misconceptions.iter().enumerate() {
            self.misconception(report, format_args!("misconceptions[{at}]"), id);
        }
    }

    /// Checks the id of a misconception.
    pub fn misconception(&self, report: &mut Report, at: impl fmt::Display, id: &str) {
        if !self.misconceptions.contains(id) {
            self.unknown(report, at, ("misconception", id), &self.misconceptions);
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

    fn unknown<'a>(
        &self,
        report: &mut Report,
        at: impl fmt::Display,
        (what, name): (&str, &str),
        known: impl IntoIterator<Item = &'a Cow<'t, str>>,
    ) where
        't: 'a,
    {
        if self.incomplete {
            return;
        }
        let help = match did_you_mean(name, known.into_iter().map(|known| &**known)) {
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
