//! Where pages and columns end: the cheapest breaks of the whole galley.

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
    fn height(&self, region: usize) -> f32 {
        if region < self.columns { self.heights.0 } else { self.heights.1 }
    }
}

/// What one column holds: slabs `start..end`.
pub(super) type Column = std::ops::Range<usize>;

/// Cost of a column that ends early though more would have gone in at no cost, times its share of a column's height.
const NEEDLESS: f64 = 600.0;

/// A last page less full than this share looks forgotten, and the page before it can spare what leaves it this full.
const LEAN: f32 = 0.2;
const SPARES: f32 = 0.4;

#[derive(Clone, Copy)]
struct Reached {
    cost: f64,
    /// Where the column began that ends here.
    start: usize,
}

/// Parts the slabs into columns, as few pages as can be; among these, with the cheapest breaks and the best filled pages.
/// A page that is begun by force leaves the columns before it empty.
pub(super) fn paginate(slabs: &[Slab], regions: Regions) -> Vec<Column> {
    let flow = Flow::of(slabs, regions);
    let count = flow.fewest();
    let mut reached: Vec<Vec<Option<Reached>>> = Vec::with_capacity(count);
    let mut frontier: Vec<(usize, f64)> = vec![(0, 0.0)];
    let mut found = Vec::new();
    for region in 0..count {
        let mut ends: Vec<Option<Reached>> = vec![None; slabs.len() + 1];
        for &(start, before) in &frontier {
            flow.ends(region, start, &mut found);
            // Most ends would need a page more than there are.
            found.retain(|(end, _)| region + 1 + flow.least(region + 1, *end) <= count);
            for &(end, extra) in &found {
                let total = before + extra;
                if ends[end].is_none_or(|known| total < known.cost) {
                    ends[end] = Some(Reached { cost: total, start });
                }
            }
        }
        frontier = ends.iter().enumerate().filter_map(|(at, end)| end.map(|end| (at, end.cost))).collect();
        reached.push(ends);
    }
    let mut columns = Vec::with_capacity(count);
    let mut end = slabs.len();
    for ends in reached.iter().rev() {
        let start = ends.get(end).copied().flatten().map_or(end, |known| known.start);
        columns.push(start..end);
        end = start;
    }
    columns.reverse();
    relieve(slabs, &mut columns, regions);
    columns
}

/// Where the last page holds next to nothing, the last question of the page before comes over to it, if that page can spare it.
fn relieve(slabs: &[Slab], columns: &mut [Column], regions: Regions) {
    let Some(first) = columns.len().checked_sub(regions.columns).filter(|first| *first > 0) else { return };
    let (before, last) = columns.split_at_mut(first);
    let (Some(before), Some((head, rest))) = (before.last_mut(), last.split_first_mut()) else { return };
    let room = regions.heights.1;
    let lean = height(slabs, head.clone()) < room * LEAN * regions.columns as f32 && rest.iter().all(Column::is_empty);
    if !lean || head.start == head.end || slabs.get(head.start).is_none_or(|slab| slab.starts_page || slab.prose) {
        return;
    }
    let question =
        |at: &usize| slabs.get(*at).is_some_and(|slab| slab.cost < cost::LINE && !slab.starts_page && !slab.prose);
    let Some(from) = (before.start + 1..head.start).rev().find(question) else { return };
    if height(slabs, from..head.end) <= room && height(slabs, before.start..from) >= room * SPARES {
        before.end = from;
        head.start = from;
    }
}

/// The height of what stands in a column, with what is repeated over it, pt.
fn height(slabs: &[Slab], column: Column) -> f32 {
    let slabs = slabs.get(column).unwrap_or_default();
    let head = slabs.first().and_then(|slab| slab.repeat.as_ref()).map_or(0.0, |head| head.height);
    head + slabs.iter().enumerate().map(|(at, slab)| slab.height + if at > 0 { slab.gap } else { 0.0 }).sum::<f32>()
}

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
struct Flow {
    slabs: Vec<Brief>,
    regions: Regions,
    /// The fewest columns that hold everything from a slab on, to the end of a page, by the place of the first of them and its
    /// first slab: the places of the first page, then those of any other.
    least: Vec<Vec<usize>>,
}

impl Flow {
    fn of(slabs: &[Slab], regions: Regions) -> Self {
        let (columns, count) = (regions.columns, slabs.len() + 1);
        let least = vec![vec![0; count]; 2 * columns];
        let mut flow = Flow { slabs: slabs.iter().map(Brief::of).collect(), regions, least };
        // A column ends behind its first slab, or at it if it stays empty, which the first of a page never does but on the
        // first page.
        let others = (0..count).rev().flat_map(|start| {
            let places = std::iter::once(0).chain((1..columns).rev());
            places.map(move |place| (columns + place, start))
        });
        let firsts = (0..columns).rev().flat_map(|place| {
            // The first column begins at the first slab.
            let starts = if place == 0 { 1 } else { count };
            (0..starts).map(move |start| (place, start))
        });
        for (place, start) in others.chain(firsts) {
            // At the end of a page where all is told there need be no more.
            let done = start + 1 == count && place.is_multiple_of(columns);
            flow.least[place][start] = if done { 0 } else { 1 + flow.least_after(place, start) };
        }
        flow
    }

    /// The fewest columns that hold everything: those of whole pages, one at least.
    fn fewest(&self) -> usize {
        self.least(0, 0).max(self.regions.columns)
    }

    /// The fewest columns that hold everything from a slab on, with which a column begins.
    fn least(&self, region: usize, start: usize) -> usize {
        let columns = self.regions.columns;
        let place = if region < columns { region } else { columns + region % columns };
        self.least[place][start]
    }

    /// The fewest columns after one that begins with a slab.
    fn least_after(&self, region: usize, start: usize) -> usize {
        if self.stays_empty(region, start) {
            return self.least(region + 1, start);
        }
        let end = |(end, _): (usize, _)| (self.grade(region, end), self.least(region + 1, end));
        let (grade, least) = self.fits(region, start).map(end).min().unwrap_or_default();
        match self.is_short(region) {
            false => least,
            true if grade > 0 => self.least(region + 1, start),
            true => least.min(self.least(region + 1, start)),
        }
    }

    /// Whether a column is on a first page that is shorter than the others: what it cannot hold whole goes over to them.
    fn is_short(&self, region: usize) -> bool {
        self.regions.height(region) < self.regions.heights.1
    }

    fn is_last_of_page(&self, region: usize) -> bool {
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
    fn ends(&self, region: usize, start: usize, ends: &mut Vec<(usize, f64)>) {
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

/// Evens out the two columns of a page that ends before a forced break or with the document: the highest of them is as low as can be without a dearer break.
pub(super) fn balance(slabs: &[Slab], columns: &mut [Column]) {
    let [left, right] = columns else { return };
    let (start, end) = (left.start, right.end);
    let height = |range: Column| height(slabs, range);
    let ends_short = slabs.get(end).is_none_or(|next| next.starts_page);
    if !ends_short || slabs.get(start + 1..end).unwrap_or_default().iter().any(|slab| slab.starts_page) {
        return;
    }
    let limit = height(start..left.end).max(height(left.end..end));
    let price = |at: usize| slabs.get(at).filter(|_| at < end).map_or(0.0, |slab| slab.cost as f32);
    let worth = |at: &usize| height(start..*at).max(height(*at..end)) + price(*at);
    let fits = |at: &usize| height(start..*at).max(height(*at..end)) <= limit;
    if let Some(best) = (start + 1..=end).filter(fits).min_by(|a, b| worth(a).total_cmp(&worth(b))) {
        left.end = best;
        right.start = best;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slab(height: f32, cost: u32) -> Slab {
        Slab { cost, ..Slab::new(height, 0.0, Vec::new()) }
    }

    fn one_column(first: f32, others: f32) -> Regions {
        Regions { heights: (first, others), columns: 1 }
    }

    #[test]
    fn kept_slabs_move_to_the_next_page_together() {
        let slabs = [slab(60.0, 0), slab(30.0, 0), slab(30.0, cost::FORBIDDEN)];
        assert_eq!(paginate(&slabs, one_column(100.0, 100.0)), [0..1, 1..3]);
    }

    #[test]
    fn what_no_page_can_hold_is_parted_all_the_same() {
        let slabs = [slab(60.0, 0), slab(60.0, cost::FORBIDDEN), slab(60.0, cost::FORBIDDEN)];
        assert_eq!(paginate(&slabs, one_column(100.0, 100.0)), [0..1, 1..2, 2..3]);
    }

    #[test]
    fn what_is_parted_in_need_is_parted_where_it_is_cheapest() {
        let kept = |height, cost| slab(height, cost::FORBIDDEN + cost);
        let (heading, stem) = (slab(30.0, 0), slab(30.0, cost::HELD));
        let rows = [kept(20.0, cost::PART), kept(15.0, 2 * cost::FORBIDDEN), kept(10.0, 2 * cost::FORBIDDEN)];
        let slabs: Vec<Slab> = [heading, stem].into_iter().chain(rows).collect();
        assert_eq!(paginate(&slabs, one_column(100.0, 100.0)), [0..2, 2..5]);
    }

    #[test]
    fn a_first_page_too_short_is_left_to_the_masthead() {
        let slabs = [slab(40.0, 0), slab(40.0, cost::FORBIDDEN)];
        assert_eq!(paginate(&slabs, one_column(50.0, 100.0)), [0..0, 0..2]);
    }

    #[test]
    fn what_is_kept_may_stand_beside_on_the_same_page_and_not_overleaf() {
        let beside = Slab { beside: true, ..slab(60.0, cost::FORBIDDEN) };
        let slabs = [slab(20.0, 0), slab(60.0, 0), beside];
        assert_eq!(paginate(&slabs, Regions { heights: (100.0, 100.0), columns: 2 }), [0..2, 2..3]);
        let slabs = [slab(20.0, 0), slab(40.0, 0), slabs[2].clone()];
        assert_eq!(paginate(&slabs, one_column(100.0, 100.0)), [0..1, 1..3]);
    }

    #[test]
    fn a_last_page_of_next_to_nothing_has_one_more_question() {
        let slabs = [slab(30.0, 0), slab(30.0, 0), slab(30.0, 0), slab(15.0, 0)];
        assert_eq!(paginate(&slabs, one_column(100.0, 100.0)), [0..2, 2..4]);
        let slabs = [slab(30.0, 0), slab(60.0, 0), slab(15.0, 0)];
        assert_eq!(paginate(&slabs, one_column(100.0, 100.0)), [0..2, 2..3], "too much to spare");
    }

    #[test]
    fn a_column_is_filled_where_the_next_question_fits() {
        // The white would be more even if the third waited for the second page.
        let slabs = [30.0, 30.0, 30.0, 50.0, 60.0].map(|height| slab(height, 0));
        assert_eq!(paginate(&slabs, one_column(100.0, 100.0)), [0..3, 3..4, 4..5]);
    }

    #[test]
    fn a_forced_page_begins_at_its_first_column() {
        let mut slabs = [slab(10.0, 0), slab(10.0, 0)];
        slabs[1].starts_page = true;
        let columns = paginate(&slabs, Regions { heights: (100.0, 100.0), columns: 2 });
        assert_eq!(columns, [0..1, 1..1, 1..2, 2..2]);
    }

    #[test]
    fn the_columns_of_a_short_page_are_evened_out() {
        let slabs: Vec<Slab> = (0..6).map(|_| slab(10.0, 0)).collect();
        let mut columns = [0..6, 6..6];
        balance(&slabs, &mut columns);
        assert_eq!(columns, [0..3, 3..6]);
    }

    #[test]
    fn nothing_still_makes_a_page() {
        assert_eq!(paginate(&[], one_column(100.0, 100.0)).len(), 1);
    }
}
