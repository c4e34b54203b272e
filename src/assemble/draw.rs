//! Which items a form has: cells filled by priority, conflicts repaired, limits tested, drawn again where they fail.

use std::collections::BTreeMap;

use super::search::search;
use super::{Job, Shortfall, fill, limits, parallel};
use crate::bank::Item;
use crate::blueprint::{Blueprint, Cell, Mode, Reading};
use crate::rng::{Form, Purpose, Stream};

/// The items of a form, part by part, in text order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Selection {
    pub parts: Vec<Vec<Pick>>,
    /// Limits that no draw could meet and that do not forbid a form.
    pub unmet: Vec<String>,
}

/// What took one place of a cell: an item, or a whole set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pick {
    /// Index of the cell in its part.
    pub cell: usize,
    /// Indexes in the bank; more than one only for a set.
    pub items: Vec<usize>,
    /// Index of the set.
    pub set: Option<usize>,
    /// Common to all parallel forms.
    pub anchor: bool,
}

impl Selection {
    pub fn items<'a>(&'a self, job: Job<'a>) -> impl Iterator<Item = &'a Item> {
        self.picks().flat_map(|pick| &pick.items).map(move |at| &job.bank.items[*at])
    }

    pub fn picks(&self) -> impl Iterator<Item = &Pick> {
        self.parts.iter().flatten()
    }
}

/// Draws the items that every form has (or, in parallel mode, the first).
pub(super) fn draw(job: Job<'_>) -> Result<Selection, Shortfall> {
    if job.blueprint.mode() == Mode::Parallel {
        parallel::enough(job)?;
    }
    let places = Places::of(job)?;
    search(job, "draw", |attempt, conflicts| places.draw_once(job, attempt, conflicts), |_| Vec::new())
}

/// The places of a blueprint and the items that may take each.
struct Places {
    /// Part, cell, whether a set goes there, and candidates: item indexes, or set indexes.
    slots: Vec<Slot>,
    fills: Vec<(usize, usize, Vec<usize>)>,
    /// The items of each set of the bank.
    sets: Vec<Vec<usize>>,
}

struct Slot {
    part: usize,
    cell: usize,
    takes_set: bool,
    candidates: Vec<usize>,
}

impl Places {
    /// Totals that all items together cannot reach, so that nobody looks for conflicts where items are lacking.
    fn beyond(&self, job: Job<'_>) -> Vec<String> {
        let Blueprint { questions, points, minutes, .. } = job.blueprint;
        let mut items: Vec<usize> = self.fills.iter().flat_map(|(_, _, items)| items.iter().copied()).collect();
        items.sort_unstable();
        items.dedup();
        if self.fills.is_empty() || !self.slots.is_empty() {
            return Vec::new();
        }
        let mut reasons = Vec::new();
        let (count, sum) = (items.len(), items.iter().map(|at| job.bank.items[*at].points).sum::<u32>());
        let mut quickest: Vec<u32> = items.iter().map(|at| job.bank.items[*at].tenths_of_minutes).collect();
        quickest.sort_unstable();
        let least: u32 = quickest.iter().take(questions.unwrap_or(0) as usize).sum();
        if let Some(asked) = questions.filter(|asked| *asked as usize > count) {
            reasons.push(format!("it asks {asked} questions, and the bank has {count} that fit"));
        } else if let Some(asked) = minutes.filter(|asked| asked * 10 < least) {
            reasons.push(format!("{asked} minutes are asked, and the quickest items need {}", least.div_ceil(10)));
        }
        if let Some(asked) = points.filter(|asked| *asked > sum) {
            reasons.push(format!("it asks {asked} points, and all items that fit come to {sum}"));
        }
        reasons
    }

    fn of(job: Job<'_>) -> Result<Places, Shortfall> {
        let mut places = Places { slots: Vec::new(), fills: Vec::new(), sets: members(job) };
        let mut reasons = Vec::new();
        for (p, part) in job.blueprint.parts.iter().enumerate() {
            for (c, cell) in part.cells.iter().enumerate() {
                let takes_items = cell.take > 0 || cell.take_sets == 0;
                let mut items = if takes_items { candidates(job, cell) } else { Vec::new() };
                if job.blueprint.mode() == Mode::Parallel {
                    items = parallel::with_stand_ins(job, cell, items);
                }
                let sets = if cell.take_sets > 0 { places.set_candidates(job, cell) } else { Vec::new() };
                for (wanted, found, what) in [(cell.take, items.len(), "item"), (cell.take_sets, sets.len(), "set")] {
                    if (found as u32) < wanted {
                        reasons.push(format!(
                            "{} lacks {} {what}{}: it takes {wanted}, and the bank has {found} that fit",
                            name_of(job, p, c),
                            wanted - found as u32,
                            if wanted - found as u32 == 1 { "" } else { "s" },
                        ));
                    }
                }
                if cell.take == 0 && cell.take_sets == 0 {
                    places.fills.push((p, c, items));
                    continue;
                }
                let slot = |takes_set, candidates: &[usize]| Slot {
                    part: p,
                    cell: c,
                    takes_set,
                    candidates: candidates.to_vec(),
                };
                places.slots.extend((0..cell.take_sets).map(|_| slot(true, &sets)));
                places.slots.extend((0..cell.take).map(|_| slot(false, &items)));
            }
        }
        reasons.extend(places.beyond(job));
        if !reasons.is_empty() {
            return Err(Shortfall { reasons });
        }
        let everyone: Vec<Vec<usize>> = places.slots.iter().map(|slot| slot.tagged()).collect();
        if let Err(stuck) = matching(&everyone) {
            let slot = &places.slots[stuck];
            let rivals: Vec<String> = places
                .slots
                .iter()
                .filter(|s| {
                    (s.part, s.cell) != (slot.part, slot.cell)
                        && s.candidates.iter().any(|c| slot.candidates.contains(c))
                })
                .map(|s| name_of(job, s.part, s.cell))
                .fold(Vec::new(), |mut names, name| {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                    names
                });
            return Err(Shortfall {
                reasons: vec![format!(
                    "{} lacks 1 item: those that fit are needed as well by {}",
                    name_of(job, slot.part, slot.cell),
                    rivals.join(" and by ")
                )],
            });
        }
        Ok(places)
    }

    fn set_candidates(&self, job: Job<'_>, cell: &Cell) -> Vec<usize> {
        let all_fit = |items: &Vec<usize>| items.iter().all(|at| fits(job, cell, &job.bank.items[*at]));
        let sets = self.sets.iter().enumerate();
        sets.filter(|(_, items)| !items.is_empty() && all_fit(items)).map(|(set, _)| set).collect()
    }

    /// One draw: every place filled by the candidates of highest priority, conflicting items put aside one by one.
    fn draw_once(&self, job: Job<'_>, attempt: u32, conflicts: &mut limits::Conflicts<'_>) -> Option<Selection> {
        let priority = |at: usize| priority(job, &job.bank.items[at].id, attempt);
        let mut priorities: BTreeMap<usize, u64> = BTreeMap::new();
        let mut ranked: Vec<Vec<usize>> = Vec::with_capacity(self.slots.len());
        for (s, slot) in self.slots.iter().enumerate() {
            if s > 0
                && (slot.part, slot.cell, slot.takes_set)
                    == (self.slots[s - 1].part, self.slots[s - 1].cell, self.slots[s - 1].takes_set)
            {
                ranked.push(ranked[s - 1].clone());
                continue;
            }
            let mut order: Vec<(u64, usize)> = slot
                .tagged()
                .into_iter()
                .map(|tag| {
                    let first = if slot.takes_set { self.sets[tag - SET_TAG][0] } else { tag };
                    (*priorities.entry(tag).or_insert_with(|| priority(first)), tag)
                })
                .collect();
            order.sort_unstable_by(|a, b| b.cmp(a));
            ranked.push(order.into_iter().map(|(_, tag)| tag).collect());
        }
        // Each round puts one item aside for good, so the rounds come to an end.
        for _ in 0..job.bank.items.len() + 1 {
            let taken = matching(&ranked).ok()?;
            let groups: Vec<Vec<usize>> = taken
                .iter()
                .map(|tag| if *tag >= SET_TAG { self.sets[tag - SET_TAG].clone() } else { vec![*tag] })
                .collect();
            let told = groups.iter().position(|group| conflicts.any_told(group)).map(|group| taken[group]);
            let weaker = told.or_else(|| {
                let (a, b) = pairs(groups.len()).find(|(a, b)| conflicts.between(&groups[*a], &groups[*b]))?;
                let (a, b) = (taken[a], taken[b]);
                Some(if priorities.get(&a) < priorities.get(&b) { a } else { b })
            });
            match weaker {
                Some(tag) => ranked.iter_mut().for_each(|order| order.retain(|t| *t != tag)),
                None => return self.selection(job, &taken, &groups, attempt, conflicts),
            }
        }
        None
    }

    fn selection(
        &self,
        job: Job<'_>,
        taken: &[usize],
        groups: &[Vec<usize>],
        attempt: u32,
        conflicts: &mut limits::Conflicts<'_>,
    ) -> Option<Selection> {
        let mut parts = vec![Vec::new(); job.blueprint.parts.len()];
        for ((slot, tag), items) in self.slots.iter().zip(taken).zip(groups) {
            let set = (*tag >= SET_TAG).then(|| tag - SET_TAG);
            parts[slot.part].push(Pick { cell: slot.cell, items: items.clone(), set, anchor: false });
        }
        for (part, cell, candidates) in &self.fills {
            let before: Vec<usize> = parts.iter().flatten().flat_map(|pick: &Pick| pick.items.clone()).collect();
            let chosen = fill::fill(job, candidates, &before, attempt, conflicts)?;
            parts[*part].extend(chosen.into_iter().map(|at| Pick {
                cell: *cell,
                items: vec![at],
                set: None,
                anchor: false,
            }));
        }
        for part in &mut parts {
            part.sort_by_key(|pick| text_order(job, pick));
        }
        Some(Selection { parts, unmet: Vec::new() })
    }
}

/// Each two of so many places, the later first.
pub(super) fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(|a| (0..a).map(move |b| (a, b)))
}

/// Set numbers are told from item numbers by this offset where both stand in one list.
const SET_TAG: usize = 1 << 40;

impl Slot {
    fn tagged(&self) -> Vec<usize> {
        self.candidates.iter().map(|c| if self.takes_set { c + SET_TAG } else { *c }).collect()
    }
}

/// Where an item stands in the letter: its first paragraph and evidence, then its place in the bank.
pub(super) fn text_order(job: Job<'_>, pick: &Pick) -> (u32, usize, usize) {
    let at = pick.items.first().copied().unwrap_or(usize::MAX);
    let Some(item) = job.bank.items.get(at) else { return (u32::MAX, 0, at) };
    let paragraph = item.paragraphs().next().unwrap_or(0);
    let offset = item
        .evidence
        .iter()
        .filter(|e| e.quote.cite == crate::letter::Place::Paragraph(paragraph))
        .map(|e| e.quote.at.start)
        .min()
        .unwrap_or(usize::MAX);
    (paragraph, offset, at)
}

/// What an item weighs in the draw: its own stream's first bits.
pub(super) fn priority(job: Job<'_>, id: &str, attempt: u32) -> u64 {
    // The draw is the run's, not the form's: form A stands for all.
    Stream::new(job.seed, Form::FIRST, Purpose { id, what: "draw", attempt }).bits()
}

/// How messages name a cell.
pub(super) fn name_of(job: Job<'_>, part: usize, cell: usize) -> String {
    let part_title = &job.blueprint.parts[part].title;
    let c = &job.blueprint.parts[part].cells[cell];
    let mut asks: Vec<String> = Vec::new();
    let mut ask = |what: &str, list: Vec<String>| {
        if !list.is_empty() {
            asks.push(format!("{what} {}", list.join(", ")));
        }
    };
    ask("kinds", c.kinds.iter().map(|k| k.to_string()).collect());
    ask("sections", c.sections.clone());
    ask("paragraphs", c.paragraphs.iter().map(|p| format!("¶{p}")).collect());
    ask("skills", c.skills.iter().map(|s| s.to_string()).collect());
    ask("themes", c.themes.clone());
    ask("dok", c.dok.iter().map(|d| d.to_string()).collect());
    ask("difficulty", c.difficulty.iter().map(|d| d.to_string()).collect());
    ask("items", c.items.clone());
    let asks = if asks.is_empty() { "anything".to_owned() } else { asks.join("; ") };
    format!("cell {} of part “{part_title}” ({asks})", cell + 1)
}

/// Items that a cell may take. A verbatim cloze is no candidate where its paragraph would be printed (rule F13).
pub(super) fn candidates(job: Job<'_>, cell: &Cell) -> Vec<usize> {
    let fits = |item: &Item| {
        item.set.is_none() && (cell.kinds.is_empty() || cell.kinds.contains(&item.kind())) && fits(job, cell, item)
    };
    (0..job.bank.items.len()).filter(|at| fits(&job.bank.items[*at])).collect()
}

/// The items of each set, in one pass over the bank.
fn members(job: Job<'_>) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); job.bank.sets.len()];
    for (at, item) in job.bank.items.iter().enumerate() {
        if let Some(set) = item.set.and_then(|set| members.get_mut(set)) {
            set.push(at);
        }
    }
    members
}

fn fits(job: Job<'_>, cell: &Cell, item: &Item) -> bool {
    let section = job.letter.about.sections.get(item.section).map(|s| s.id.as_str());
    let all = cell.paragraphs.is_empty()
        || (item.paragraphs().next().is_some() && item.paragraphs().all(|p| cell.paragraphs.contains(&p)));
    all && (cell.sections.is_empty() || section.is_some_and(|id| cell.sections.iter().any(|s| s == id)))
        && (cell.skills.is_empty() || item.skills.iter().any(|s| cell.skills.contains(s)))
        && (cell.themes.is_empty() || item.theme.as_ref().is_some_and(|t| cell.themes.contains(t)))
        && (cell.dok.is_empty() || cell.dok.contains(&item.dok))
        && (cell.difficulty.is_empty() || cell.difficulty.contains(&item.difficulty))
        && (cell.items.is_empty() || cell.items.contains(&item.id))
        && (job.blueprint.reading == Reading::None || item.hidden().is_empty())
}

/// A different candidate for each place, the earlier in a place's list preferred, by augmenting paths (Kuhn): found whenever it
/// exists. Otherwise the place that stays empty.
pub(super) fn matching(ranked: &[Vec<usize>]) -> Result<Vec<usize>, usize> {
    fn seat(place: usize, ranked: &[Vec<usize>], seats: &mut BTreeMap<usize, usize>, seen: &mut Vec<usize>) -> bool {
        for candidate in &ranked[place] {
            if !seats.contains_key(candidate) {
                seats.insert(*candidate, place);
                return true;
            }
        }
        for candidate in &ranked[place] {
            if seen.contains(candidate) {
                continue;
            }
            seen.push(*candidate);
            if let Some(holder) = seats.get(candidate).copied()
                && seat(holder, ranked, seats, seen)
            {
                seats.insert(*candidate, place);
                return true;
            }
        }
        false
    }
    let mut seats = BTreeMap::new();
    for place in 0..ranked.len() {
        if !seat(place, ranked, &mut seats, &mut Vec::new()) {
            return Err(place);
        }
    }
    let mut taken = vec![0; ranked.len()];
    for (candidate, place) in seats {
        taken[place] = candidate;
    }
    Ok(taken)
}
