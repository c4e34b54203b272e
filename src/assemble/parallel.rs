//! Parallel forms: other items from the same cells, with common anchors, and as hard as the first form.

use std::collections::{BTreeMap, BTreeSet};

use super::draw::{Pick, Selection, candidates, matching, name_of, pairs};
use super::fairness::words_of;
use super::limits::Conflicts;
use super::search::{ATTEMPTS, search};
use super::{Job, Shortfall};
use crate::bank::{Difficulty, Item, Kind};
use crate::blueprint::{Cell, Mode};
use crate::rng::{Form, Purpose, Stream};

/// Fewest common items of a form that has any (teaching.md §4), and from so many questions on: on a shorter form they would be
/// more than a quarter of it.
const ANCHORS: usize = 5;
const ANCHORS_FROM: usize = 4 * ANCHORS;

/// Over so many sections of the source and bands of difficulty the common items of such a form are spread.
const SPREAD: (usize, usize) = (4, 2);

/// The common items carry the blueprint's share of the points, or up to so many percent more.
const ABOVE: u32 = 5;

/// The items of one form of a parallel run; `before` are those of the forms before it in its block.
///
/// # Errors
/// The limit between forms (F11) that no draw could meet.
pub(super) fn alternate(
    job: Job<'_>,
    base: &Selection,
    form: Form,
    before: &[Selection],
) -> Result<Selection, Shortfall> {
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

/// teaching.md §4: parallel forms need 2.5 times as many items as one form has, in each cell and of one sort.
///
/// # Errors
/// The cells that have fewer.
pub(super) fn enough(job: Job<'_>) -> Result<(), Shortfall> {
    let mut reasons = Vec::new();
    for (p, part) in job.blueprint.parts.iter().enumerate() {
        for (c, cell) in part.cells.iter().enumerate() {
            let found = sorts(job, &candidates(job, cell)).into_values().max().unwrap_or(0);
            if cell.take > 0 && found < needed(cell) {
                reasons.push(format!(
                    "{} lacks {} items for parallel forms: it takes {}, needs 2.5 times as many that are alike in kind, points, depth \
                     and difficulty ({}), and the bank has {found}",
                    name_of(job, p, c),
                    needed(cell) - found,
                    cell.take,
                    needed(cell)
                ));
            }
        }
    }
    if reasons.is_empty() { Ok(()) } else { Err(Shortfall { reasons }) }
}

/// Of a cell's candidates, those with enough items of their own sort to stand in for them on other forms.
pub(super) fn with_stand_ins(job: Job<'_>, cell: &Cell, mut items: Vec<usize>) -> Vec<usize> {
    let sorts = sorts(job, &items);
    items.retain(|at| sorts.get(&sort(&job.bank.items[*at])).is_some_and(|count| *count >= needed(cell)));
    items
}

/// How many items of one sort a cell needs.
fn needed(cell: &Cell) -> u32 {
    (cell.take.max(1) * 5).div_ceil(2)
}

/// How many of these items are of each sort.
fn sorts(job: Job<'_>, items: &[usize]) -> BTreeMap<Sort, u32> {
    let mut counts = BTreeMap::new();
    for at in items {
        *counts.entry(sort(&job.bank.items[*at])).or_insert(0) += 1;
    }
    counts
}

/// Marks the common items: of those that their author allows as anchors, always one of the section and the band that have the
/// fewest so far, until they are as many and carry as many points as they must.
fn with_anchors(job: Job<'_>, base: &Selection) -> Selection {
    let mut selection = base.clone();
    loop {
        let marked = anchors(job, &selection);
        let (least, most) = share(job, &selection);
        let points: u32 = marked.iter().map(|item| item.points).sum();
        if most == 0 || points >= least && marked.len() >= ANCHORS {
            return selection;
        }
        let of = |like: &dyn Fn(&Item) -> bool| marked.iter().filter(|item| like(item)).count();
        let fresh = |pick: &&mut Pick| match pick.items[..] {
            [at] => !pick.anchor && job.bank.items[at].anchor && points + job.bank.items[at].points <= most,
            _ => false,
        };
        let next = selection.parts.iter_mut().flatten().filter(fresh).min_by_key(|pick| {
            let item = &job.bank.items[pick.items[0]];
            let (section, band) =
                (of(&|other| other.section == item.section), of(&|other| other.difficulty == item.difficulty));
            (section + band, item.points)
        });
        match next {
            Some(pick) => pick.anchor = true,
            None => return selection,
        }
    }
}

fn anchors<'a>(job: Job<'a>, selection: &Selection) -> Vec<&'a Item> {
    selection.picks().filter(|pick| pick.anchor).flat_map(|pick| &pick.items).map(|at| &job.bank.items[*at]).collect()
}

/// Fewest and most points of the common items.
fn share(job: Job<'_>, selection: &Selection) -> (u32, u32) {
    let points: u32 = selection.items(job).map(|item| item.points).sum();
    match u32::from(job.blueprint.anchor_percent) {
        0 => (0, 0),
        percent => ((points * percent).div_ceil(100), points * (percent + ABOVE) / 100),
    }
}

/// The common items that a form lacks, in words. Short forms have as many as they can.
pub(super) fn lacking_anchors(job: Job<'_>, selection: &Selection) -> Option<String> {
    let (least, most) = share(job, selection);
    if job.blueprint.mode() != Mode::Parallel || most == 0 || selection.items(job).count() < ANCHORS_FROM {
        return None;
    }
    let selection = with_anchors(job, selection);
    let marked = anchors(job, &selection);
    let (points, count) = (marked.iter().map(|item| item.points).sum::<u32>(), marked.len());
    let sections: BTreeSet<usize> = marked.iter().map(|item| item.section).collect();
    let bands: BTreeSet<Difficulty> = marked.iter().map(|item| item.difficulty).collect();
    let (sections, bands) = (sections.len(), bands.len());
    (points < least || count < ANCHORS || sections < SPREAD.0 || bands < SPREAD.1).then(|| {
        format!(
            "anchors: {count} common items with {points} points from {sections} sections and {bands} bands; {ANCHORS} at least with \
             {least} to {most} points from {} sections and {} bands are wished for",
            SPREAD.0, SPREAD.1
        )
    })
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
    /// section; as tries fail, first the section and then freshness give way to chance. Three of four tries prefer those about as
    /// hard and as long as the item that they stand for, so that the form's mean and words stay where they are.
    fn ranked(&self, at: usize, cell: &Cell) -> Vec<usize> {
        let Draw { job, form, attempt, .. } = *self;
        let item = &job.bank.items[at];
        let mut order: Vec<(u32, bool, u32, u64, usize)> = candidates(job, cell)
            .into_iter()
            .filter(|other| sort(item) == sort(&job.bank.items[*other]))
            .map(|other| {
                let candidate = &job.bank.items[other];
                let used = if attempt < ATTEMPTS * 7 / 8 { self.used.get(&other).copied().unwrap_or(0) } else { 0 };
                let elsewhere = attempt < ATTEMPTS / 8 && candidate.section != item.section;
                let weight =
                    Stream::new(job.seed, form, Purpose { id: &candidate.id, what: "alternate", attempt }).bits();
                let farther = if attempt % 4 > 0 { distance(item, candidate) } else { 0 };
                (used, elsewhere, farther, weight, other)
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

/// How unlike two items of one sort are, in steps of estimate (thousandths) and of words to read that a form hardly notices.
fn distance(a: &Item, b: &Item) -> u32 {
    a.estimate.abs_diff(b.estimate) / 40 + words_of(a).abs_diff(words_of(b)) / 6
}

/// What items that stand for each other in parallel forms have in common.
type Sort = (Kind, u32, u8, Difficulty);

fn sort(item: &Item) -> Sort {
    (item.kind(), item.points, item.dok, item.difficulty)
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
    let words = |s: &Selection| s.items(job).map(words_of).sum::<u32>();
    if words(base).abs_diff(words(other)) * 10 > words(base).max(words(other)) {
        broken.push("F11: the words to read differ from another form’s by more than 10 percent".to_owned());
    }
    broken
}
