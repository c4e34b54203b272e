//! What became of each item, and what a format can hold of each kind.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Format, Held};
use crate::bank::Kind;
use crate::exchange::{Exercise, Package};

/// How much of something is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// None of it.
    Not,
    /// Some.
    Partly,
    /// All.
    Whole,
}

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fate {
    /// Its id.
    pub item: String,
    /// Its kind.
    pub kind: Kind,
    /// How much of it is held.
    pub reach: Reach,
    /// What it is called in the other program, part by part.
    pub forms: Vec<&'static str>,
    /// What is lost, each as the end of a sentence; for an item that is not held: why.
    pub lost: Vec<String>,
}

/// What became of every item, in the order of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// An entry for each item.
    pub fates: Vec<Fate>,
    /// Ids of the exercises that are held.
    held: Vec<String>,
}

impl Report {
    /// Asks the format about every exercise.
    pub(super) fn of(package: &Package<'_>, format: &Format) -> Report {
        let mut report = Report { fates: Vec::new(), held: Vec::new() };
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        for exercise in package.exercises() {
            let next = report.fates.len();
            let at = *at.entry(exercise.item.as_str()).or_insert(next);
            if at == next {
                let (item, kind) = (exercise.item.clone(), exercise.kind);
                report.fates.push(Fate { item, kind, reach: Reach::Not, forms: Vec::new(), lost: Vec::new() });
            }
            let held = report.held(exercise, package, format);
            let fate = &mut report.fates[at];
            let first = fate.forms.is_empty() && fate.lost.is_empty();
            let lost = match held {
                Held::As(form, lost) => {
                    report.held.push(exercise.id.clone());
                    if !fate.forms.contains(&form) {
                        fate.forms.push(form);
                    }
                    // A part that went missing before this one was said to be missing then.
                    fate.reach = if first || fate.reach == Reach::Whole { Reach::Whole } else { Reach::Partly };
                    lost
                }
                Held::Not(why) => {
                    fate.reach = fate.reach.min(Reach::Partly);
                    vec![why]
                }
            };
            if !lost.is_empty() {
                fate.reach = fate.reach.min(Reach::Partly);
            }
            for lost in lost {
                if !fate.lost.contains(&lost) {
                    fate.lost.push(lost);
                }
            }
        }
        report.held.sort();
        report
    }

    fn held(&self, exercise: &Exercise, package: &Package<'_>, format: &Format) -> Held {
        if exercise.gate.as_ref().is_some_and(|gate| !self.held.contains(gate)) {
            return Held::not("the part before it is not held");
        }
        match (format.hold)(exercise, package) {
            Held::As(form, mut lost) => {
                if !format.native {
                    lost.extend(exercise.lost.iter().cloned());
                }
                lost.extend(
                    format.lacks.iter().filter(|part| part.is_in(exercise, package)).map(|part| part.lost().to_owned()),
                );
                Held::As(form, lost)
            }
            not => not,
        }
    }

    /// Whether an exercise is held.
    pub(super) fn holds(&self, exercise: &str) -> bool {
        self.held.binary_search_by(|held| held.as_str().cmp(exercise)).is_ok()
    }

    /// Whether anything of an item is held.
    pub(super) fn holds_item(&self, item: &str) -> bool {
        self.fates.iter().any(|fate| fate.item == item && fate.reach != Reach::Not)
    }

    /// How many items are held so far.
    pub fn count(&self, reach: Reach) -> usize {
        self.fates.iter().filter(|fate| fate.reach == reach).count()
    }

    /// What is lost, with the ids of the items that lose it, those that lose most often first. Of items that are not held, why.
    pub fn losses(&self, not_held: bool) -> Vec<(&str, Vec<&str>)> {
        let mut losses: Vec<(&str, Vec<&str>)> = Vec::new();
        for fate in self.fates.iter().filter(|fate| (fate.reach == Reach::Not) == not_held) {
            for lost in &fate.lost {
                match losses.iter_mut().find(|(known, _)| known == lost) {
                    Some((_, items)) => items.push(&fate.item),
                    None => losses.push((lost, vec![&fate.item])),
                }
            }
        }
        losses.sort_by_key(|(_, items)| std::cmp::Reverse(items.len()));
        losses
    }
}

/// How much a format holds of the items of a kind, and what they become: the best that is said of any of them is no promise, so
/// the worst counts. `None` where the package has no item of the kind.
pub fn reach(package: &Package<'_>, format: &Format, kind: Kind) -> Option<(Reach, Vec<&'static str>)> {
    let report = Report::of(package, format);
    let of: Vec<&Fate> = report.fates.iter().filter(|fate| fate.kind == kind).collect();
    let reach = of.iter().map(|fate| fate.reach).min()?;
    let reach = if of.iter().any(|fate| fate.reach != Reach::Not) { reach.max(Reach::Partly) } else { Reach::Not };
    let mut forms = Vec::new();
    for form in of.iter().flat_map(|fate| &fate.forms) {
        if !forms.contains(form) {
            forms.push(*form);
        }
    }
    Some((reach, forms))
}
