//! Where lines end: the total-fit method of Knuth and Plass, over all places at once.

use super::inline::{Atom, Cut, Word};

/// The room that a paragraph is set in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Width of a line, pt.
    pub width: f32,
    /// What is taken from the right end of the first line, pt.
    pub inset: f32,
    /// Size of the type, pt.
    pub em: f32,
    /// Whether spaces stretch and shrink to fill the line.
    pub justified: bool,
}

/// A place where a line may end: at an atom, and inside it if there is a cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub atom: usize,
    pub cut: Option<usize>,
}

/// A line's natural width without what hangs over its ends, its spaces', and what hangs at its left, pt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub natural: f32,
    pub spaces: f32,
    pub hang: f32,
}

/// By how much of their width spaces may stretch comfortably, and shrink at all.
const STRETCH: f32 = 0.5;
const SHRINK: f32 = 0.3;

/// Demerits of a line that ends in a part of a word. Two hundred points of badness, squared, part half as many words of this letter as
/// a hundred do, and its spaces are hardly less even; the fifty that are usual part two or three in a paragraph that would do
/// well without. A part of two letters, or an ending of two or three, is worth a hyphen only in an ugly line.
const HYPHEN: f64 = 40_000.0;
const STUB: f64 = 150_000.0;

/// Demerits of a hyphen in the line above that ends in one too, and of one before the last line, which would begin with half a word.
const HYPHENS_TOGETHER: f64 = 150_000.0;
const HYPHEN_BEFORE_LAST: f64 = 10_000.0;

/// Demerits of a line that is too long.
const OVERFULL: f64 = 1e12;

/// Finds the line ends of a paragraph, the last of them its end.
pub(super) fn break_lines(breaker: &Breaker<'_>) -> Vec<Place> {
    let places = breaker.places();
    // The least demerits with which each place is reached, and the place before it, counted from 1.
    let mut best: Vec<(f64, usize)> = Vec::with_capacity(places.len());
    let mut first = 0;
    for (at, &end) in places.iter().enumerate() {
        let mut found: Option<(f64, usize)> = None;
        let mut hopeless = first;
        for from in first..=at {
            let start = from.checked_sub(1).map(|index| places[index]);
            let reached = from.checked_sub(1).map_or(0.0, |index| best[index].0);
            match breaker.demerits(start, end, at + 1 == places.len()) {
                Some(demerits) if found.is_none_or(|(least, _)| reached + demerits < least) => {
                    found = Some((reached + demerits, from));
                }
                None if from == hopeless && breaker.hopeless(start, end) => hopeless = from + 1,
                _ => {}
            }
        }
        first = hopeless.min(at);
        // Too long from everywhere: a word wider than the line has a line of its own.
        let reached = at.checked_sub(1).map_or(0.0, |index| best[index].0);
        best.push(found.unwrap_or((reached + OVERFULL, at)));
    }
    let mut ends = Vec::new();
    let mut at = places.len();
    while at > 0 {
        ends.push(places[at - 1]);
        at = best[at - 1].1;
    }
    ends.reverse();
    ends
}

/// The widths that the search asks for.
pub(super) struct Breaker<'a> {
    atoms: &'a [Atom],
    room: Room,
    /// Sums of widths and of space widths before each atom.
    sums: Vec<(f32, f32)>,
}

impl<'a> Breaker<'a> {
    pub fn new(atoms: &'a [Atom], room: Room) -> Self {
        let mut sums = vec![(0.0, 0.0)];
        let (mut all, mut spaces) = (0.0, 0.0);
        for atom in atoms {
            match atom {
                Atom::Word(word) => all += word.width,
                Atom::Space(space) => {
                    all += space.width;
                    spaces += space.width;
                }
            }
            sums.push((all, spaces));
        }
        Breaker { atoms, room, sums }
    }

    fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for (atom, content) in self.atoms.iter().enumerate() {
            match content {
                Atom::Word(word) => places.extend((0..word.cuts.len()).map(|cut| Place { atom, cut: Some(cut) })),
                Atom::Space(_) if atom + 1 < self.atoms.len() => places.push(Place { atom, cut: None }),
                Atom::Space(_) => {}
            }
        }
        places.push(Place { atom: self.atoms.len(), cut: None });
        places
    }

    fn cut(&self, place: Place) -> Option<(&'a Word, &'a Cut)> {
        match (self.atoms.get(place.atom), place.cut) {
            (Some(Atom::Word(word)), Some(cut)) => word.cuts.get(cut).map(|cut| (word, cut)),
            _ => None,
        }
    }

    fn hyphen(&self, place: Place) -> bool {
        self.cut(place).is_some_and(|(_, cut)| cut.hyphen)
    }

    /// The extent of a line from after `start` to `end`.
    pub fn extent(&self, start: Option<Place>, end: Place) -> Extent {
        let (first, tail) = match start {
            None => (0, 0.0),
            Some(place) => (place.atom + 1, self.cut(place).map_or(0.0, |(_, cut)| cut.widths.1)),
        };
        let head = self.cut(end).map_or(0.0, |(_, cut)| cut.widths.0);
        if first > end.atom {
            // Both ends lie in one word.
            let whole = self.cut(end).map_or(0.0, |(word, _)| word.width);
            return Extent { natural: head + tail - whole, spaces: 0.0, hang: 0.0 };
        }
        let (from, to) = (self.sums[first], self.sums[end.atom]);
        let (left, right) = if self.room.justified { self.hangs(start, end) } else { (0.0, 0.0) };
        Extent { natural: tail + to.0 - from.0 + head - left - right, spaces: to.1 - from.1, hang: left }
    }

    /// What hangs over the left and the right end of a line.
    fn hangs(&self, start: Option<Place>, end: Place) -> (f32, f32) {
        let word = |at: Option<usize>| match at.and_then(|at| self.atoms.get(at)) {
            Some(Atom::Word(word)) if word.blank.is_none() => word.hang,
            _ => (0.0, 0.0),
        };
        let left = match start {
            None => word(Some(0)).0,
            Some(place) => self.cut(place).map_or_else(|| word(Some(place.atom + 1)).0, |(_, cut)| cut.hang.1),
        };
        let right = self.cut(end).map_or_else(|| word(end.atom.checked_sub(1)).1, |(_, cut)| cut.hang.0);
        (left, right)
    }

    /// The width to fill, pt.
    pub fn measure(&self, first_line: bool) -> f32 {
        self.room.width - if first_line { self.room.inset } else { 0.0 }
    }

    /// Whether every later end is too far from this start as well. An end at a hyphen is a hyphen's width farther than the
    /// word's own end may be, hence the allowance.
    fn hopeless(&self, start: Option<Place>, end: Place) -> bool {
        let extent = self.extent(start, end);
        extent.natural - extent.spaces * SHRINK > self.room.width + 20.0
    }

    /// How bad a line is; `None` if it is too long.
    fn demerits(&self, start: Option<Place>, end: Place, last: bool) -> Option<f64> {
        let extent = self.extent(start, end);
        let slack = self.measure(start.is_none()) - extent.natural;
        let ratio = if slack >= 0.0 {
            let stretch = if self.room.justified {
                (extent.spaces * STRETCH).max(0.5)
            } else {
                self.room.width.min(300.0) * 0.15
            };
            if last { 0.0 } else { slack / stretch }
        } else {
            let shrink = if self.room.justified { extent.spaces * SHRINK } else { 0.0 };
            if -slack > shrink + 0.001 {
                return None;
            }
            slack / shrink.max(0.001)
        };
        let ratio = f64::from(ratio.abs());
        let badness = 1.0 + 100.0 * ratio * ratio * ratio;
        let mut demerits = badness * badness;
        if let Some((_, cut)) = self.cut(end) {
            demerits += if cut.last_resort { 1e9 } else { HYPHEN };
            demerits += if cut.stub { STUB } else { 0.0 };
            if cut.hyphen && start.is_some_and(|place| self.hyphen(place)) {
                demerits += HYPHENS_TOGETHER;
            }
        }
        if last && start.is_some_and(|place| self.hyphen(place)) {
            demerits += HYPHEN_BEFORE_LAST;
        }
        // A last line of one short word; one that is hardly wider than an indent, or than the mark in the margin, does not even part
        // the paragraph from the next.
        if last && start.is_some() && extent.natural < self.room.width * 0.12 {
            demerits += match (self.room.justified, extent.natural < self.room.em * 3.0) {
                (true, false) => 5000.0,
                (true, true) => 100_000.0,
                (false, _) => 200_000.0,
            };
        }
        Some(demerits)
    }
}
