//! Where columns can end, what that costs, and how many more are needed then.

use std::cell::Cell;

use super::galley::{Slab, cost};

/// The columns that slabs flow into, in order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Regions {
    /// Height of a column on the first page and on all others, pt.
    pub heights: (f32, f32),
    /// Columns of a page.
    pub columns: usize,
}

impl Regions {
    /// Height of a column, pt.
    pub fn height(&self, region: usize) -> f32 {
        if region < self.columns { self.heights.0 } else { self.heights.1 }
    }
}

/// Cost of a column that ends early though more would have gone in at no cost, times its share of a column's height.
const NEEDLESS: f64 = 600.0;

/// Of a slab what decides where columns end. All slabs are looked at some hundred times, and are large.
#[derive(Clone, Copy)]
struct Brief {
    gap: f32,
    height: f32,
    /// Height of what is repeated over it at the top of a column, pt.
    repeated: f32,
    /// Cost of a break before it in the last column of a page and in others, and how strongly that is forbidden.
    price: [u32; 2],
    grade: [u32; 2],
    starts_page: bool,
    /// Whether what ends before it looks unfinished.
    goes_on: bool,
}

impl Brief {
    fn of(slab: &Slab) -> Self {
        let Slab { gap, height, cost, starts_page, .. } = *slab;
        let price = [cost, if slab.beside { cost.min(cost::SHORT) } else { cost }];
        Brief {
            gap,
            height,
            repeated: slab.repeat.as_ref().map_or(0.0, |head| head.height),
            price,
            grade: price.map(|price| if starts_page { 0 } else { price / cost::FORBIDDEN }),
            starts_page,
            goes_on: slab.prose || [cost::LINE, cost::SHORT].contains(&cost),
        }
    }
}

/// Where columns can end, and how many more are needed then. It is the same for all pages but the first.
pub(super) struct Breaks {
    slabs: Vec<Brief>,
    regions: Regions,
    /// The fewest columns that hold everything from a slab on, to the end of a page, by the place of the first of them and its
    /// first slab: the places of the first page, then those of any other. Known where it was asked for.
    least: Vec<Vec<Cell<Option<usize>>>>,
}

impl Breaks {
    /// Knows what is needed after each break; what the breaks themselves cost is told when it is asked for.
    pub fn of(slabs: &[Slab], regions: Regions) -> Self {
        let (columns, count) = (regions.columns, slabs.len() + 1);
        let least = vec![vec![Cell::new(None); count]; 2 * columns];
        let breaks = Breaks { slabs: slabs.iter().map(Brief::of).collect(), regions, least };
        // What comes later is known first: a column ends behind its first slab, or at it if it stays empty, which the first of a
        // page never does but on the first page.
        let others = (0..count).rev().flat_map(|start| {
            let places = std::iter::once(0).chain((1..columns).rev());
            places.map(move |place| (columns + place, start))
        });
        let firsts = (0..columns).rev().flat_map(|place| {
            // The first column begins at the first slab.
            let starts = if place == 0 { 1 } else { count };
            (0..starts).map(move |start| (place, start))
        });
        // Few columns begin where the one before may not end: what is needed from there is told when it is asked for.
        let may_begin = |place: usize, start| breaks.grade(2 * columns + place - 1, start) == 0;
        for (place, start) in others.chain(firsts).filter(|(place, start)| may_begin(*place, *start)) {
            breaks.least(place, start);
        }
        breaks
    }

    /// The fewest columns that hold everything: those of whole pages, one at least.
    pub fn fewest(&self) -> usize {
        self.least(0, 0).max(self.regions.columns)
    }

    /// The fewest columns that hold everything from a slab on, with which a column begins.
    pub fn least(&self, region: usize, start: usize) -> usize {
        let columns = self.regions.columns;
        let place = if region < columns { region } else { columns + region % columns };
        let known = &self.least[place][start];
        known.get().unwrap_or_else(|| {
            // At the end of a page where all is told there need be no more.
            let done = start == self.slabs.len() && place.is_multiple_of(columns);
            let least = if done { 0 } else { 1 + self.least_after(place, start) };
            known.set(Some(least));
            least
        })
    }

    /// The fewest columns after one that begins with a slab.
    fn least_after(&self, region: usize, start: usize) -> usize {
        if self.stays_empty(region, start) {
            return self.least(region + 1, start);
        }
        let ends = || self.fits(region, start).map(|(end, _)| end);
        let grade = ends().map(|end| self.grade(region, end)).min();
        // A short first page may stay empty, and does so rather than part what must stay together.
        let empty = self.is_short(region).then(|| self.least(region + 1, start));
        let held = grade.filter(|grade| empty.is_none() || *grade == 0).and_then(|grade| {
            let ends = ends().filter(|end| self.grade(region, *end) == grade);
            ends.map(|end| self.least(region + 1, end)).min()
        });
        held.into_iter().chain(empty).min().unwrap_or_default()
    }

    /// Whether a column is on a first page that is shorter than the others: what it cannot hold whole goes over to them.
    fn is_short(&self, region: usize) -> bool {
        self.regions.height(region) < self.regions.heights.1
    }

    /// Whether a column is the last of its page.
    pub fn is_last_of_page(&self, region: usize) -> bool {
        (region + 1).is_multiple_of(self.regions.columns)
    }

    /// How strongly it is forbidden that a column ends before a slab.
    fn grade(&self, region: usize, end: usize) -> u32 {
        let other = usize::from(!self.is_last_of_page(region));
        self.slabs.get(end).map_or(0, |slab| slab.grade[other])
    }

    /// Whether nothing can stand in a column.
    fn stays_empty(&self, region: usize, start: usize) -> bool {
        let waits = || self.slabs[start].starts_page && start > 0 && !region.is_multiple_of(self.regions.columns);
        start == self.slabs.len() || waits()
    }

    /// Where a column that begins with a slab can end, and how high what it holds is then; where a page is begun by force, it ends
    /// whatever its height.
    fn fits(&self, region: usize, start: usize) -> impl Iterator<Item = (usize, Option<f32>)> + '_ {
        let room = self.regions.height(region);
        // A slab higher than any column still needs a place.
        let alone = room >= self.regions.heights.1;
        let slabs = self.slabs.iter().enumerate().skip(start);
        let mut forced = false;
        slabs.scan(self.slabs.get(start).map_or(0.0, |slab| slab.repeated), move |height, (at, slab)| {
            if forced || at > start && slab.starts_page {
                return (!std::mem::replace(&mut forced, true)).then_some((at, None));
            }
            *height += slab.height + if at > start { slab.gap } else { 0.0 };
            (*height <= room + 0.01 || at == start && alone).then_some((at + 1, Some(*height)))
        })
    }

    /// Where a column that begins with a slab can end, and at what cost: in `ends`, in place of what was there.
    pub fn ends(&self, region: usize, start: usize, ends: &mut Vec<(usize, f64)>) {
        ends.clear();
        if self.stays_empty(region, start) {
            return ends.push((start, 0.0));
        }
        let (room, full) = (self.regions.height(region), self.regions.heights.1);
        let other = usize::from(!self.is_last_of_page(region));
        // What each break costs by itself, and how full it leaves the column, pt.
        let mut costs: Vec<(u32, f32)> = Vec::new();
        for (end, height) in self.fits(region, start) {
            let (Some(height), next) = (height, self.slabs.get(end)) else {
                ends.push((end, 0.0));
                continue;
            };
            let Some(next) = next else {
                ends.push((end, 0.0));
                costs.push((0, height));
                continue;
            };
            let (price, empty) = (next.price[other], f64::from(((room - height) / full).max(0.0)));
            let weight = if next.goes_on { 4000.0 } else { 400.0 };
            ends.push((end, f64::from(price) + weight * empty * empty + 1.0));
            // Between lines is as good as between paragraphs here.
            costs.push((if price < cost::SHORT { 0 } else { price }, height));
        }
        // What would have gone in for nothing should have: the fullest of the later ends that are no dearer.
        let mut fuller: Vec<(u32, f32)> = Vec::new();
        for (end, &(cost, height)) in ends.iter_mut().zip(&costs).rev() {
            match fuller.iter().find(|(other, _)| *other <= cost) {
                Some((_, fullest)) => end.1 += NEEDLESS * f64::from((fullest - height) / full),
                // None before it in the list is as cheap: it is cheaper than all of them.
                None => fuller.push((cost, height)),
            }
        }
        // What must stay together is parted only if a whole column cannot hold it.
        let least = ends.iter().map(|(end, _)| self.grade(region, *end)).min().unwrap_or(0);
        ends.retain(|(end, _)| self.grade(region, *end) == least);
        if self.is_short(region) {
            if least > 0 {
                // The first page, short under its masthead, is left to it.
                ends.clear();
            }
            ends.push((start, f64::from(cost::FORBIDDEN) / 2.0));
        }
    }
}
