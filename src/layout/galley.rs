//! The galley: slabs of set matter in one long column, with the cost of a page break before each.

use std::rc::Rc;

use super::page::Mark;

/// What a page break costs.
pub(super) mod cost {
    /// Between questions, parts, paragraphs.
    pub const FREE: u32 = 0;
    /// Between the lines of a long paragraph: cheap, as a page of prose that ends short looks unfinished.
    pub const LINE: u32 = 6;
    /// Between the paragraphs of one answer in a key.
    pub const PARAGRAPH: u32 = 14;
    /// Before a note.
    pub const NOTE: u32 = 60;
    /// Between the parts of a question: options, rows, answer lines.
    pub const PART: u32 = 120;
    /// What a break inside matter that is kept together costs more than it would there else: none is taken from this on unless
    /// the matter is longer than a page, and then where it is cheapest.
    pub const KEPT: u32 = 100_000;
    /// Never, unless nothing else helps: under a heading, between two lines of three.
    pub const FORBIDDEN: u32 = 10_000_000;
}

/// A piece of set matter that no page break can part.
#[derive(Debug, Clone, Default)]
pub(super) struct Slab {
    /// Space before it, pt; dropped at the top of a column.
    pub gap: f32,
    /// Cost of a break before it; see [`cost`].
    pub cost: u32,
    /// Whether it must start a page.
    pub starts_page: bool,
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
    pub repeat: Option<Rc<Slab>>,
    /// Its place in the document: the number of its block, the entry of the block, and bytes of the entry's words before it.
    /// All are the same in every print.
    pub place: (u32, u32, u32),
}

impl Slab {
    pub fn new(height: f32, baseline: f32, marks: Vec<Mark>) -> Self {
        Slab { height, baseline, marks, ..Slab::default() }
    }
}

/// Slabs in order, and what is still to be applied to the next one.
#[derive(Debug, Default)]
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
        self.cost = cost::FORBIDDEN;
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

    /// Keeps the slabs from index `start` on together if together they are no higher than `room` pt.
    pub fn keep(&mut self, start: usize, room: f32) {
        if self.height(start) <= room {
            for slab in self.slabs.iter_mut().skip(start + 1) {
                slab.cost = slab.cost.saturating_add(cost::KEPT);
            }
        }
    }

    /// Repeats matter over every slab after index `start` that a page's end parts from it, over the matter that it repeats
    /// already.
    pub fn repeat(&mut self, start: usize, matter: &Rc<Slab>) {
        for slab in self.slabs.iter_mut().skip(start + 1) {
            slab.repeat = Some(match slab.repeat.take() {
                None => Rc::clone(matter),
                Some(inner) => {
                    let marks = inner.marks.iter().cloned().map(|mark| mark.moved(0.0, matter.height));
                    let marks = matter.marks.iter().cloned().chain(marks).collect();
                    Rc::new(Slab::new(matter.height + inner.height, matter.baseline, marks))
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

    /// Height of the slabs from index `start` on, without the gap before them, pt.
    pub fn height(&self, start: usize) -> f32 {
        let slabs = self.slabs.get(start..).unwrap_or_default();
        slabs.iter().map(|slab| slab.gap + slab.height).sum::<f32>() - slabs.first().map_or(0.0, |slab| slab.gap)
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
