//! The galley: slabs of set matter in one long column, with the cost of a page break before each.

use std::sync::Arc;

use super::page::Mark;

/// What a page break costs.
pub(super) mod cost {
    /// Between questions, parts, paragraphs.
    pub const FREE: u32 = 0;
    /// Between the lines of a long paragraph: cheap, as a page of prose that ends short looks unfinished.
    pub const LINE: u32 = 6;
    /// Between the lines of a paragraph or note of five lines or fewer: it goes over whole where there is room.
    pub const SHORT: u32 = 60;
    /// Between the paragraphs of one answer in a key.
    pub const PARAGRAPH: u32 = 14;
    /// Before a note.
    pub const NOTE: u32 = 24;
    /// Between the parts of a question: options, rows, answer lines.
    pub const PART: u32 = 120;
    /// Between options that are weighed against one another: dearer than between the parts of their question.
    pub const OPTION: u32 = 300;
    /// Inside what was to stay together and, with all that must stay with it, is longer than a column.
    pub const LOOSE: u32 = 240;
    /// Never, unless the matter is longer than a column. What is kept inside kept matter costs it twice: where one of them has to
    /// be parted it is the outer.
    pub const FORBIDDEN: u32 = 100_000;
    /// Between a question's stem and what it asks about: dearer than any number of kept things in one another.
    pub const ASKED: u32 = 1_000_000;
    /// Between a heading and its text: dearer still. Where heading, stem and a row of its table are higher than a page, the row
    /// goes.
    pub const HELD: u32 = 10_000_000;
}

/// By how much a gap may grow where a page ends short: this share of itself. Paragraphs of one text that stand too far apart
/// look like several texts.
const STRETCH: f32 = 0.8;
const STRETCH_OF_PROSE: f32 = 0.3;

/// A piece of set matter that no page break can part.
#[derive(Debug, Clone, Default)]
pub(super) struct Slab {
    /// Space before it, pt; dropped at the top of a column.
    pub gap: f32,
    /// Cost of a break before it; see [`cost`].
    pub cost: u32,
    /// Whether it must start a page.
    pub starts_page: bool,
    /// Whether it may always begin the next column of the same page, where what it stays with is seen beside it.
    pub beside: bool,
    /// Height, pt.
    pub height: f32,
    /// Its first baseline, pt from its top.
    pub baseline: f32,
    /// Marks, from the galley's left edge and the slab's top.
    pub marks: Vec<Mark>,
    /// A heading for the outline: level and words.
    pub entry: Option<(u8, String)>,
    /// The label of the numbered entry that begins with it.
    pub name: Option<String>,
    /// Whether it is prose: a page that ends short before it looks unfinished.
    pub prose: bool,
    /// Matter to repeat over it where it comes to stand first in a column: the head of its table, or what it goes on with.
    pub repeat: Option<Arc<Slab>>,
    /// Its place in the document: the number of its block, the entry of the block, and bytes of the entry's words before it.
    /// All are the same in every print.
    pub place: (u32, u32, u32),
}

impl Slab {
    pub fn new(height: f32, baseline: f32, marks: Vec<Mark>) -> Self {
        Slab { height, baseline, marks, ..Slab::default() }
    }

    /// How strongly a break before it is forbidden: 0 where it is not.
    pub fn grade(&self) -> u32 {
        self.cost / cost::FORBIDDEN
    }

    /// By how much the gap before it may grow to fill a column, pt: never inside a question, nor between a heading and its text.
    pub fn give(&self, most: f32) -> f32 {
        let between = self.cost < cost::ASKED && self.cost % cost::FORBIDDEN < cost::PART;
        let share = if self.prose { STRETCH_OF_PROSE } else { STRETCH };
        if between { (self.gap * share).min(most) } else { 0.0 }
    }
}

/// Slabs in order, and what is still to be applied to the next one.
#[derive(Debug, Clone, Default)]
pub(super) struct Galley {
    pub slabs: Vec<Slab>,
    gap: f32,
    cost: u32,
    starts_page: bool,
    hanging: Vec<Mark>,
    name: Option<String>,
    /// Number of the block that is being set, and its entry: a paragraph of a reading, an option.
    pub place: (u32, u32),
}

impl Galley {
    /// At least this much space before the next slab, pt.
    pub fn gap(&mut self, gap: f32) {
        self.gap = self.gap.max(gap);
    }

    /// No break before the next slab.
    pub fn hold(&mut self) {
        self.cost = cost::HELD;
    }

    /// A break before the next slab costs at least this.
    pub fn cost(&mut self, cost: u32) {
        self.cost = self.cost.max(cost);
    }

    /// The next slab starts a page.
    pub fn start_page(&mut self) {
        self.starts_page = true;
    }

    /// Hangs marks, set for a baseline at 0, on the baseline of the next slab; they are read before it.
    pub fn hang(&mut self, marks: impl IntoIterator<Item = Mark>) {
        self.hanging.extend(marks);
    }

    /// The next slab begins the numbered entry of this label.
    pub fn name(&mut self, label: &str) {
        self.name = Some(label.to_owned());
    }

    /// Appends a slab.
    pub fn push(&mut self, mut slab: Slab) {
        if !self.hanging.is_empty() {
            let baseline = slab.baseline;
            let hung = self.hanging.drain(..).map(|mark| mark.moved(0.0, baseline));
            slab.marks = hung.chain(slab.marks).collect();
        }
        slab.name = slab.name.or(self.name.take());
        slab.gap = slab.gap.max(self.gap);
        slab.cost = slab.cost.max(self.cost);
        slab.starts_page |= self.starts_page;
        if slab.place.0 == 0 {
            (slab.place.0, slab.place.1) = self.place;
        }
        (self.gap, self.cost, self.starts_page) = (0.0, cost::FREE, false);
        self.slabs.push(slab);
    }

    /// Appends what was set in a galley of its own, as if it had been set in this one.
    pub fn append(&mut self, other: Galley) {
        let Galley { slabs, gap, cost, starts_page, hanging, name, place } = other;
        let mut slabs = slabs.into_iter();
        if let Some(first) = slabs.next() {
            self.push(first);
            self.slabs.extend(slabs);
        }
        self.gap(gap);
        self.cost(cost);
        self.starts_page |= starts_page;
        self.hanging.extend(hanging);
        self.name = name.or(self.name.take());
        self.place = place;
    }

    /// The same with other slabs.
    pub fn map(self, slab: impl Fn(Slab) -> Slab) -> Self {
        Galley { slabs: self.slabs.into_iter().map(slab).collect(), ..self }
    }

    /// Keeps the slabs from index `start` on together if together they are no higher than `room` pt.
    pub fn keep(&mut self, start: usize, room: f32) {
        self.keep_by(1, start, room);
    }

    /// The same, so many times as strongly: where kept matter has to be parted, what is kept less strongly is.
    pub fn keep_by(&mut self, strongly: u32, start: usize, room: f32) {
        if self.height(start) <= room {
            for slab in self.slabs.iter_mut().skip(start + 1) {
                slab.cost += strongly * cost::FORBIDDEN;
            }
        }
    }

    /// Repeats matter over every slab after index `start` that a page's end parts from it, over the matter that it repeats
    /// already.
    pub fn repeat(&mut self, start: usize, matter: &Arc<Slab>) {
        for slab in self.slabs.iter_mut().skip(start + 1) {
            slab.repeat = Some(match slab.repeat.take() {
                None => Arc::clone(matter),
                Some(inner) => {
                    let marks = inner.marks.iter().cloned().map(|mark| mark.moved(0.0, matter.height));
                    let marks = matter.marks.iter().cloned().chain(marks).collect();
                    Arc::new(Slab::new(matter.height + inner.height, matter.baseline, marks))
                }
            });
        }
    }

    /// Breaks between the slabs from index `start` on cost at least this.
    pub fn raise(&mut self, start: usize, cost: u32) {
        for slab in self.slabs.iter_mut().skip(start + 1) {
            slab.cost = slab.cost.max(cost);
        }
    }

    /// Height of the last slabs that no break may part, which stay with what follows if it is held: a stem, and a heading over it, pt.
    pub fn held(&self) -> f32 {
        let start = self.slabs.iter().rposition(|slab| slab.grade() == 0).unwrap_or(0);
        self.height(start)
    }

    /// Height of the slabs from index `start` on, without the gap before them, pt.
    pub fn height(&self, start: usize) -> f32 {
        height(self.slabs.get(start..).unwrap_or_default())
    }

    /// The slabs with the tops where they stand when stacked without a break.
    pub fn stacked(&self) -> impl Iterator<Item = (f32, &Slab)> {
        let mut y = 0.0;
        self.slabs.iter().enumerate().map(move |(at, slab)| {
            let top = if at == 0 { 0.0 } else { y + slab.gap };
            y = top + slab.height;
            (top, slab)
        })
    }
}

/// Height of slabs, without the gap before them, pt.
fn height(slabs: &[Slab]) -> f32 {
    slabs.iter().map(|slab| slab.gap + slab.height).sum::<f32>() - slabs.first().map_or(0.0, |slab| slab.gap)
}

/// Lets a page's end part what no column of `room` pt can hold together with all that must stay with it, a heading and its first
/// question, say: the outermost of what is kept first, and what only introduces never.
pub(super) fn loosen(slabs: &mut [Slab], room: f32) {
    let mut start = 0;
    while start < slabs.len() {
        let dear = |slab: &&Slab| slab.grade() > 0 && !slab.starts_page;
        let end = start + 1 + slabs[start + 1..].iter().take_while(dear).count();
        let run = &mut slabs[start..end];
        start = end;
        if height(run) <= room {
            continue;
        }
        let rest = run.iter_mut().skip(1);
        let least =
            rest.map(|slab| slab.cost).filter(|cost| *cost < cost::HELD).map(|cost| cost / cost::FORBIDDEN).min();
        let Some(least) = least else { continue };
        for slab in run.iter_mut().skip(1).filter(|slab| slab.grade() == least) {
            slab.cost = (slab.cost % cost::FORBIDDEN).max(cost::LOOSE);
        }
        loosen(run, room);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_column_holds_is_parted_from_outside_and_never_under_its_heading() {
        let slab = |cost| Slab { cost, ..Slab::new(20.0, 0.0, Vec::new()) };
        let kept = cost::FORBIDDEN;
        // A heading, and a question under it of a stem and three options.
        let question = [0, cost::HELD, cost::ASKED + kept, cost::PART + kept, cost::PART + kept];
        let mut slabs: Vec<Slab> = question.into_iter().map(slab).collect();
        loosen(&mut slabs, 100.0);
        assert!(slabs.iter().map(|slab| slab.cost).eq(question), "it fits");
        loosen(&mut slabs, 90.0);
        assert_eq!(slabs.iter().map(Slab::grade).collect::<Vec<_>>(), [0, 100, 11, 0, 0]);
        loosen(&mut slabs, 50.0);
        assert_eq!(slabs.iter().map(Slab::grade).collect::<Vec<_>>(), [0, 100, 0, 0, 0]);
        loosen(&mut slabs, 30.0);
        assert_eq!(slabs.iter().map(Slab::grade).collect::<Vec<_>>(), [0, 100, 0, 0, 0]);
    }

    #[test]
    fn gaps_grow_between_questions_and_nowhere_else() {
        let slab = |cost| Slab { gap: 10.0, cost, ..Slab::new(20.0, 0.0, Vec::new()) };
        let gives = |cost| slab(cost).give(15.0);
        assert_eq!([gives(cost::FREE), gives(cost::FORBIDDEN)], [8.0, 8.0], "between questions, of one source too");
        assert_eq!([gives(cost::PART), gives(cost::PART + cost::FORBIDDEN), gives(cost::HELD)], [0.0; 3]);
        assert_eq!(slab(cost::FREE).give(5.0), 5.0, "a line is the most");
    }
}
