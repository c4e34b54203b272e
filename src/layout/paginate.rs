//! Where pages and columns end: the cheapest breaks of the whole galley.

use super::breaks::{Breaks, Regions};
use super::galley::{Slab, cost};

/// What one column holds: slabs `start..end`.
pub(super) type Column = std::ops::Range<usize>;

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
    let breaks = Breaks::of(slabs, regions);
    let count = breaks.fewest();
    let mut reached: Vec<Vec<Option<Reached>>> = Vec::with_capacity(count);
    let mut frontier: Vec<(usize, f64)> = vec![(0, 0.0)];
    let mut found = Vec::new();
    for region in 0..count {
        let mut ends: Vec<Option<Reached>> = vec![None; slabs.len() + 1];
        for &(start, before) in &frontier {
            breaks.ends(region, start, &mut found);
            // Most ends would need a page more than there are.
            found.retain(|(end, _)| region + 1 + breaks.least(region + 1, *end) <= count);
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

    /// The cheapest breaks of as few pages as can be, sought without knowing how few those are.
    fn sought_far_and_wide(slabs: &[Slab], regions: Regions) -> Vec<Column> {
        let breaks = Breaks::of(slabs, regions);
        // What it costs to come to each slab with so many columns, and those columns.
        let mut reached: Vec<Option<(f64, Vec<Column>)>> = vec![None; slabs.len() + 1];
        reached[0] = Some((0.0, Vec::new()));
        for region in 0.. {
            let mut next: Vec<Option<(f64, Vec<Column>)>> = vec![None; slabs.len() + 1];
            for (start, (before, columns)) in
                reached.iter().enumerate().filter_map(|(at, way)| Some((at, way.as_ref()?)))
            {
                let mut ends = Vec::new();
                breaks.ends(region, start, &mut ends);
                for (end, cost) in ends {
                    if next[end].as_ref().is_none_or(|(known, _)| before + cost < *known) {
                        let columns = columns.iter().cloned().chain(std::iter::once(start..end)).collect();
                        next[end] = Some((before + cost, columns));
                    }
                }
            }
            reached = next;
            if let (true, Some((_, columns))) = (breaks.is_last_of_page(region), &reached[slabs.len()]) {
                let mut columns = columns.clone();
                relieve(slabs, &mut columns, regions);
                return columns;
            }
        }
        unreachable!()
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        /// Ends that need a page more than there are, are left out: that changes nothing.
        #[test]
        fn what_is_not_weighed_would_not_have_been_chosen(
            all in proptest::collection::vec((5.0f32..60.0, 0.0f32..12.0, 0usize..9, 0u8..20), 0..40),
            (first, columns) in (30.0f32..130.0, 1usize..=2),
        ) {
            let costs = [0, 0, cost::LINE, cost::LINE, cost::SHORT, cost::PART, cost::NOTE, cost::FORBIDDEN, cost::HELD];
            let slab = |(height, gap, price, rare): (f32, f32, usize, u8)| Slab {
                gap,
                starts_page: rare == 0,
                beside: rare == 1,
                prose: rare % 2 == 0,
                ..slab(height, costs[price])
            };
            let slabs: Vec<Slab> = all.into_iter().map(slab).collect();
            let regions = Regions { heights: (first, 130.0), columns };
            proptest::prop_assert_eq!(paginate(&slabs, regions), sought_far_and_wide(&slabs, regions));
        }
    }

    #[test]
    fn nothing_still_makes_a_page() {
        assert_eq!(paginate(&[], one_column(100.0, 100.0)).len(), 1);
    }
}
