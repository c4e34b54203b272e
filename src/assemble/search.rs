//! A selection drawn again until it meets the limits: first all of them, then those that forbid a form.

use std::collections::{BTreeMap, BTreeSet};

use super::draw::{self, Selection};
use super::limits::{self, Conflicts};
use super::{Job, Shortfall};
use crate::bank::Teller;

/// How often a draw is tried with all limits, and again with the hard ones alone, before its failure is reported.
pub(super) const ATTEMPTS: u32 = 200;

/// The first selection that meets every limit; else the one that breaks the fewest soft ones. `once` draws, `more` names hard
/// limits of the caller's own that a selection breaks.
///
/// # Errors
/// No selection meets the hard limits: each limit, with how many draws of `what` failed by it.
pub(super) fn search<'a>(
    job: Job<'a>,
    what: &str,
    mut once: impl FnMut(u32, &mut Conflicts<'a>) -> Option<Selection>,
    more: impl Fn(&Selection) -> Vec<String>,
) -> Result<Selection, Shortfall> {
    let mut conflicts = Conflicts::new(job);
    let mut failures: BTreeMap<String, u32> = BTreeMap::new();
    let mut best: Option<Selection> = None;
    for (strict, attempt) in [true, false].into_iter().flat_map(|strict| (0..ATTEMPTS).map(move |a| (strict, a))) {
        let Some(mut selection) = once(attempt, conflicts.strictly(strict)) else {
            let reason = "conflicts between items (enemies, like stems, evidence used twice), or numbers of points and \
                             minutes that these items cannot come to";
            *failures.entry(reason.to_owned()).or_default() += 1;
            continue;
        };
        let mut found = limits::of_selection(job, &selection);
        found.soft.extend(limits::given_way(&selection, conflicts.strictly(true)));
        let hard: Vec<String> = found.hard.into_iter().chain(more(&selection)).collect();
        if hard.is_empty() && strict && found.soft.is_empty() {
            return Ok(selection);
        }
        if hard.is_empty() && best.as_ref().is_none_or(|b| found.soft.len() < b.unmet.len()) {
            selection.unmet = found.soft;
            best = Some(selection);
        }
        for limit in hard {
            *failures.entry(limit).or_default() += 1;
        }
    }
    best.ok_or_else(|| {
        let failed =
            |(limit, times)| format!("no {what} of {} met all limits; {times} failed by: {limit}", 2 * ATTEMPTS);
        let reasons = failures.into_iter().map(failed).chain(left_out(job, &mut conflicts)).collect();
        Shortfall { reasons }
    })
}

/// The items that a draw may not take because something on the sheet would tell their answers, by what tells them.
fn left_out(job: Job<'_>, conflicts: &mut Conflicts<'_>) -> Vec<String> {
    /// So many are named.
    const NAMED: usize = 5;
    let mut told: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let cells = job.blueprint.parts.iter().flat_map(|part| &part.cells);
    let fitting: BTreeSet<usize> = cells.flat_map(|cell| draw::candidates(job, cell)).collect();
    for at in fitting {
        let what = match conflicts.told(at) {
            Some(Teller::Adapted) => "the adapted text tells the answers of",
            Some(Teller::Headnote | Teller::FullHeadnote) => "the headnote tells the answers of",
            None => continue,
        };
        told.entry(what).or_default().push(&job.bank.items[at].id);
    }
    let sentence = |(what, ids): (&str, Vec<&str>)| {
        let more = if ids.len() > NAMED { " and others" } else { "" };
        let count = ids.len();
        format!("{what} {count} of the items that fit: {}{more}", ids[..count.min(NAMED)].join(", "))
    };
    told.into_iter().map(sentence).collect()
}
