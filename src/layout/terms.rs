//! Terms with their meanings, which hang beside them; a list to look things up in stands in two columns, read down, where the
//! print has room.

use super::LayoutError;
use super::galley::{Galley, Slab, cost};
use super::look::Type;
use super::page::Mark;
use super::setter::{Setter, Slot};
use super::tree::{NodeRole, Numbering};
use crate::doc::{Flow, Term};

/// Fewer terms than this gain nothing by a second column.
const COLUMNS_FROM: usize = 4;

/// The widest that the column of terms may be, as a share of both; a longer term has a line of its own.
const TERMS_SHARE: f32 = 0.42;

impl Setter<'_> {
    /// Terms with their meanings.
    pub fn terms(&mut self, flow: Flow, terms: &[Term], slot: Slot) -> Result<(), LayoutError> {
        let list = self.node(slot.node, NodeRole::List(Numbering::None));
        let slot = slot.under(list);
        let (body, label) = (self.look.body, self.look.label);
        // Where a print is for all readers, a list to look things up in may be as small as a note in a book.
        let compact = flow == Flow::Pairs && body.italics;
        let factor = if compact { 0.92 } else { 1.0 };
        let sized = |kind: Type| kind.sized(kind.size * factor, body.leading * factor);
        let kinds = (sized(label), sized(body));
        let gap = body.leading * if flow == Flow::Pairs { 0.12 } else { 0.5 };
        self.galley.gap(body.leading * 0.3);
        // A list stays with what introduces it.
        self.galley.hold();
        if flow == Flow::Pairs && self.look.pairs && terms.len() >= COLUMNS_FROM {
            return self.two_columns(terms, kinds, (gap, slot));
        }
        let width = slot.width.min(self.look.measure);
        let slot = Slot { width, ..slot };
        let hang = self.hang_of(terms, &kinds.0, width)?;
        for (at, term) in (0..).zip(terms) {
            self.galley.place.1 = at;
            self.galley.gap(gap);
            self.term(term, kinds, (hang, slot))?;
        }
        Ok(())
    }

    /// No page parts a group, so that its second column is read after all of its first.
    fn two_columns(
        &mut self,
        terms: &[Term],
        kinds: (Type, Type),
        (gap, slot): (f32, Slot),
    ) -> Result<(), LayoutError> {
        let gutter = self.look.body.size * 2.0;
        let half = Slot { width: (slot.width - gutter) / 2.0, ..slot };
        let hang = self.hang_of(terms, &kinds.0, half.width)?;
        let mut set = Vec::with_capacity(terms.len());
        for term in terms {
            let outer = std::mem::take(&mut self.galley);
            let entry = self.term(term, kinds, (hang, half));
            set.push(std::mem::replace(&mut self.galley, outer));
            entry?;
        }
        let mut first = 0;
        for group in groups(&set, self.room * 0.6) {
            self.galley.place.1 = first;
            self.galley.gap(gap);
            if first > 0 {
                self.galley.cost(cost::PART);
            }
            let slab = side_by_side(group, half.width + gutter, gap);
            self.galley.push(slab);
            first += group.len() as u32;
        }
        Ok(())
    }

    /// Where the meanings hang, pt.
    fn hang_of(&mut self, terms: &[Term], kind: &Type, width: f32) -> Result<f32, LayoutError> {
        let most = width * TERMS_SHARE;
        let mut hang: f32 = 0.0;
        for term in terms {
            let needs = self.text.natural_width(&term.term, kind)? + kind.size * 0.8;
            hang = if needs <= most { hang.max(needs) } else { hang };
        }
        Ok(hang.max(kind.size * 2.0))
    }

    fn term(&mut self, term: &Term, (label, body): (Type, Type), (hang, slot): (f32, Slot)) -> Result<(), LayoutError> {
        let item = self.node(slot.node, NodeRole::Item);
        let node = self.node(item, NodeRole::Label);
        let width = self.text.natural_width(&term.term, &label)?;
        if width + label.size * 0.4 > hang {
            self.prose(&term.term, &label, slot.under(node))?;
            self.galley.hold();
        } else {
            let (marks, _) = self.single(&term.term, &label, slot.under(node))?;
            self.galley.hang(marks);
        }
        let node = self.node(item, NodeRole::Body);
        self.prose(&term.meaning, &body, slot.inside(hang, 0.0).under(node))
    }
}

/// Entries that go into two columns together: no column higher than `most` pt.
fn groups(entries: &[Galley], most: f32) -> Vec<&[Galley]> {
    let mut groups = Vec::new();
    let (mut start, mut height) = (0, 0.0);
    for (at, entry) in entries.iter().enumerate() {
        let own = entry.height(0);
        if at > start && height + own > 2.0 * most {
            groups.push(&entries[start..at]);
            (start, height) = (at, 0.0);
        }
        height += own;
    }
    groups.push(&entries[start..]);
    groups
}

/// Entries as one slab of two columns of about one height, the second `x` pt to the right of the first.
fn side_by_side(entries: &[Galley], x: f32, gap: f32) -> Slab {
    let height = |entries: &[Galley]| {
        entries.iter().map(|entry| entry.height(0)).sum::<f32>() + gap * entries.len().saturating_sub(1) as f32
    };
    let higher = |cut: usize| height(&entries[..cut]).max(height(&entries[cut..]));
    let cut = (1..=entries.len()).min_by(|a, b| higher(*a).total_cmp(&higher(*b))).unwrap_or(0);
    let mut slab = Slab::new(higher(cut), 0.0, Vec::new());
    for (column, entries) in [&entries[..cut], &entries[cut..]].into_iter().enumerate() {
        let (left, mut y) = (x * column as f32, 0.0);
        for entry in entries {
            for (top, set) in entry.stacked() {
                if slab.marks.is_empty() {
                    slab.baseline = set.baseline;
                }
                slab.marks.extend(set.marks.iter().cloned().map(|mark: Mark| mark.moved(left, y + top)));
            }
            y += entry.height(0) + gap;
        }
    }
    slab
}
