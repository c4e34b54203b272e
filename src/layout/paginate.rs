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
    let mut reached: Vec<Vec<Option<Reached>>> = Vec::new();
    let mut known = Ends::new(slabs, regions);
    let mut frontier: Vec<(usize, f64)> = vec![(0, 0.0)];
    // Every column but one of a short first page takes at least a slab; forced pages may leave some empty.
    let most = slabs.len() * regions.columns + 2 * regions.columns;
    let mut done = None;
    for region in 0..most {
        let mut ends: Vec<Option<Reached>> = vec![None; slabs.len() + 1];
        for &(start, before) in &frontier {
            for &(end, extra) in known.of(start, region) {
                let total = before + extra;
                if ends[end].is_none_or(|known| total < known.cost) {
                    ends[end] = Some(Reached { cost: total, start });
                }
            }
        }
        frontier = ends.iter().enumerate().filter_map(|(at, end)| end.map(|end| (at, end.cost))).collect();
        let complete = ends[slabs.len()].is_some();
        reached.push(ends);
        if complete && (region + 1) % regions.columns == 0 {
            done = Some(region);
            break;
        }
    }
    let mut columns = Vec::new();
    let mut end = slabs.len();
    for region in (0..=done.unwrap_or(reached.len().saturating_sub(1))).rev() {
        let start = reached[region].get(end).copied().flatten().map_or(end, |known| known.start);
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

/// Where a column can end, each with what that costs.
type Ended = Box<[(usize, f64)]>;

/// Where columns can end, by where they begin: on all pages but the first the same, so that it is sought once and not once for
/// each page that could begin there.
struct Ends<'s> {
    slabs: &'s [Slab],
    regions: Regions,
    /// By place of the column, on the first page or on another, and by its first slab.
    known: Vec<Vec<Option<Ended>>>,
}

impl<'s> Ends<'s> {
    fn new(slabs: &'s [Slab], regions: Regions) -> Self {
        Ends { slabs, regions, known: vec![vec![None; slabs.len() + 1]; 2 * regions.columns] }
    }

    fn of(&mut self, start: usize, region: usize) -> &[(usize, f64)] {
        let columns = self.regions.columns;
        let place = if region < columns { region } else { columns + region % columns };
        let seek = || column_ends(self.slabs, start, region, self.regions).into();
        self.known[place][start].get_or_insert_with(seek)
    }
}

/// Where a column that begins at a slab can end, and at what cost.
fn column_ends(slabs: &[Slab], start: usize, region: usize, regions: Regions) -> Vec<(usize, f64)> {
    let room = regions.height(region);
    let first_of_page = region.is_multiple_of(regions.columns);
    if start == slabs.len() {
        return vec![(start, 0.0)];
    }
    if slabs[start].starts_page && start > 0 && !first_of_page {
        return vec![(start, 0.0)];
    }
    let mut ends = Vec::new();
    let last_of_page = (region + 1).is_multiple_of(regions.columns);
    let price = |slab: &Slab| if slab.beside && !last_of_page { slab.cost.min(cost::SHORT) } else { slab.cost };
    // What each break costs by itself, and how full it leaves the column, pt.
    let mut costs: Vec<(u32, f32)> = Vec::new();
    let mut height = slabs[start].repeat.as_ref().map_or(0.0, |head| head.height);
    for (at, slab) in slabs.iter().enumerate().skip(start) {
        if at > start && slab.starts_page {
            ends.push((at, 0.0));
            break;
        }
        height += slab.height + if at > start { slab.gap } else { 0.0 };
        // A slab higher than any column still needs a place.
        let alone = at == start && room >= regions.heights.1;
        if height > room + 0.01 && !alone {
            break;
        }
        let empty = f64::from(((room - height) / regions.heights.1).max(0.0));
        match slabs.get(at + 1) {
            None => {
                ends.push((at + 1, 0.0));
                costs.push((0, height));
            }
            Some(next) => {
                let goes_on = next.prose || [cost::LINE, cost::SHORT].contains(&next.cost);
                let weight = if goes_on { 4000.0 } else { 400.0 };
                ends.push((at + 1, f64::from(price(next)) + weight * empty * empty + 1.0));
                // Between lines is as good as between paragraphs here.
                costs.push((if price(next) < cost::SHORT { 0 } else { price(next) }, height));
            }
        }
    }
    // What would have gone in for nothing should have: the fullest of the later ends that are no dearer.
    let mut fuller: Vec<(u32, f32)> = Vec::new();
    for (end, &(cost, height)) in ends.iter_mut().zip(&costs).rev() {
        match fuller.iter().find(|(other, _)| *other <= cost) {
            Some((_, fullest)) => end.1 += NEEDLESS * f64::from((fullest - height) / regions.heights.1),
            // None before it in the list is as cheap: it is cheaper than all of them.
            None => fuller.push((cost, height)),
        }
    }
    // What must stay together is parted only if a whole column cannot hold it.
    let grade =
        |end: usize| slabs.get(end).filter(|slab| !slab.starts_page).map_or(0, |slab| price(slab) / cost::FORBIDDEN);
    let least = ends.iter().map(|&(end, _)| grade(end)).min().unwrap_or(0);
    ends.retain(|&(end, _)| grade(end) == least);
    if least > 0 && room < regions.heights.1 {
        // The first page, short under its masthead, is left to it.
        ends.clear();
    }
    if room < regions.heights.1 {
        ends.push((start, f64::from(cost::FORBIDDEN) / 2.0));
    }
    ends
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
