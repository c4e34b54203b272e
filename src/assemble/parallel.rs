//! Parallel forms: other items from the same cells, with common anchors, and as hard as the first form.

use std::collections::BTreeMap;

use super::draw::{Pick, Selection, candidates, matching, name_of, pairs};
use super::limits::Conflicts;
use super::search::{ATTEMPTS, search};
use super::{Job, Shortfall};
use crate::bank::Item;
use crate::blueprint::Cell;
use crate::rng::{Form, Purpose, Stream};

/// The items of one form of a parallel run; `before` are those of the forms before it in its block.
///
/// # Errors
/// A cell with fewer than 2.5 times the items that it takes; or the limit between forms (F11) that no draw could meet.
pub(super) fn alternate(
    job: Job<'_>,
    base: &Selection,
    form: Form,
    before: &[Selection],
) -> Result<Selection, Shortfall> {
    enough(job)?;
    let base = with_anchors(job, base);
    if form.index() == 0 {
        return Ok(base);
    }
    let mut used: BTreeMap<usize, u32> = BTreeMap::new();
    for at in std::iter::once(&base).chain(before).flat_map(Selection::picks).flat_map(|pick| &pick.items) {
        *used.entry(*at).or_default() += 1;
    }
    let once = |attempt, conflicts: &mut _| (Draw { job, base: &base, form, attempt, used: &used }).once(conflicts);
    let more = |selection: &Selection| {
        std::iter::once(&base).chain(before).flat_map(|other| unlike(job, other, selection)).collect()
    };
    search(job, &format!("draw of parallel form {}", form.letter()), once, more)
}

/// teaching.md §4: a parallel form needs 2.5 times as many items as it has in each cell.
fn enough(job: Job<'_>) -> Result<(), Shortfall> {
    let mut reasons = Vec::new();
    for (p, part) in job.blueprint.parts.iter().enumerate() {
        for (c, cell) in part.cells.iter().enumerate() {
            let (found, needed) = (candidates(job, cell).len() as u32, (cell.take * 5).div_ceil(2));
            if found < needed {
                reasons.push(format!(
                    "{} lacks {} items for parallel forms: it takes {}, needs 2.5 times as many ({needed}), and the bank has {found}",
                    name_of(job, p, c),
                    needed - found,
                    cell.take
                ));
            }
        }
    }
    if reasons.is_empty() { Ok(()) } else { Err(Shortfall { reasons }) }
}

/// Marks the common items: those that their author allows as anchors, section after section, until they carry the blueprint's
/// share of the points.
fn with_anchors(job: Job<'_>, base: &Selection) -> Selection {
    let mut selection = base.clone();
    let points: u32 = selection.items(job).map(|item| item.points).sum();
    let wanted = points * u32::from(job.blueprint.anchor_percent) / 100;
    let mut have = 0;
    let mut sections: Vec<usize> = Vec::new();
    for round in [true, false] {
        for pick in selection.parts.iter_mut().flatten() {
            let [at] = pick.items[..] else { continue };
            let item = &job.bank.items[at];
            let fresh = !sections.contains(&item.section);
            if have < wanted && item.anchor && !pick.anchor && (fresh || !round) {
                pick.anchor = true;
                sections.push(item.section);
                have += item.points;
            }
        }
    }
    selection
}

/// One try at an alternate form.
struct Draw<'a> {
    job: Job<'a>,
    base: &'a Selection,
    form: Form,
    attempt: u32,
    /// How often an item stands in the forms before this one.
    used: &'a BTreeMap<usize, u32>,
}

impl Draw<'_> {
    /// Candidates of a place, best first. The first tries prefer items that no form has yet, and of those the ones of the same
    /// section; as tries fail, first the section and then freshness give way to chance.
    fn ranked(&self, at: usize, cell: &Cell) -> Vec<usize> {
        let Draw { job, form, attempt, .. } = *self;
        let item = &job.bank.items[at];
        let mut order: Vec<(u32, bool, u64, usize)> = candidates(job, cell)
            .into_iter()
            .filter(|other| alike(item, &job.bank.items[*other]))
            .map(|other| {
                let candidate = &job.bank.items[other];
                let used = if attempt < ATTEMPTS / 2 { self.used.get(&other).copied().unwrap_or(0) } else { 0 };
                let elsewhere = attempt < ATTEMPTS / 8 && candidate.section != item.section;
                let weight =
                    Stream::new(job.seed, form, Purpose { id: &candidate.id, what: "alternate", attempt }).bits();
                (used, elsewhere, weight, other)
            })
            .collect();
        order.sort_unstable();
        order.into_iter().map(|(.., other)| other).collect()
    }

    fn once(&self, conflicts: &mut Conflicts<'_>) -> Option<Selection> {
        let Draw { job, base, .. } = *self;
        let places: Vec<(usize, usize)> =
            base.parts.iter().enumerate().flat_map(|(p, part)| (0..part.len()).map(move |i| (p, i))).collect();
        let mut ranked: Vec<Vec<usize>> = Vec::with_capacity(places.len());
        for (p, i) in &places {
            let pick = &base.parts[*p][*i];
            let [at] = pick.items[..] else {
                // A set is common to all forms: another stimulus would be another test.
                ranked.push(vec![pick.items[0]]);
                continue;
            };
            if pick.anchor {
                ranked.push(vec![at]);
                continue;
            }
            ranked.push(self.ranked(at, &job.blueprint.parts[*p].cells[pick.cell]));
        }
        for _ in 0..job.bank.items.len() + 1 {
            let taken = matching(&ranked).ok()?;
            // A set stands for all its items.
            let groups: Vec<Vec<usize>> = places
                .iter()
                .zip(&taken)
                .map(|((p, i), at)| match &base.parts[*p][*i] {
                    pick if pick.set.is_some() => pick.items.clone(),
                    _ => vec![*at],
                })
                .collect();
            let told = groups.iter().position(|group| conflicts.any_told(group)).map(|group| taken[group]);
            let out = told.or_else(|| {
                let (a, b) = pairs(groups.len()).find(|(a, b)| conflicts.between(&groups[*a], &groups[*b]))?;
                // The place with more candidates left gives way.
                Some(if ranked[a].len() >= ranked[b].len() { taken[a] } else { taken[b] })
            });
            match out {
                Some(out) => ranked.iter_mut().for_each(|order| order.retain(|t| *t != out)),
                None => {
                    let mut selection = Selection { parts: base.parts.clone(), unmet: Vec::new() };
                    for ((p, i), at) in places.iter().zip(taken) {
                        let pick: &mut Pick = &mut selection.parts[*p][*i];
                        if pick.set.is_none() {
                            pick.items = vec![at];
                        }
                    }
                    return Some(selection);
                }
            }
        }
        None
    }
}

/// Items that may stand for each other in parallel forms.
fn alike(a: &Item, b: &Item) -> bool {
    a.kind() == b.kind() && a.points == b.points && a.dok == b.dok && a.difficulty == b.difficulty
}

/// F11 between two forms: mean estimate within 0.03, words to read within 10 %.
fn unlike(job: Job<'_>, base: &Selection, other: &Selection) -> Vec<String> {
    let mean = |s: &Selection| {
        let (sum, n) = s.items(job).fold((0, 0), |(sum, n), item| (sum + item.estimate, n + 1));
        sum / u32::max(n, 1)
    };
    let mut broken = Vec::new();
    if mean(base).abs_diff(mean(other)) > 30 {
        broken.push("F11: the mean estimate differs from another form’s by more than 0.03".to_owned());
    }
    let words = |s: &Selection| s.items(job).map(super::fairness::words_of).sum::<u32>();
    if words(base).abs_diff(words(other)) * 10 > words(base).max(words(other)) {
        broken.push("F11: the words to read differ from another form’s by more than 10 percent".to_owned());
    }
    broken
}
