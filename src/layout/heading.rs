//! Headings: lines of about one length, and a note beside them.

use super::LayoutError;
use super::line::Line;
use super::look::Type;
use super::setter::{Setter, Slot, slab_of};
use super::tree::{NodeId, NodeRole};
use crate::doc::Inlines;
use crate::text::{Inline, plain};

impl Setter<'_> {
    /// A heading, with its note at the right end of its last line or under it.
    pub fn heading(
        &mut self,
        level: u8,
        text: &Inlines,
        note: Option<&Inlines>,
        slot: Slot,
    ) -> Result<(), LayoutError> {
        let kind = self.look.headings[usize::from(level.clamp(1, 3)) - 1];
        let leading = self.look.body.leading;
        self.galley.gap(leading * self.look.air * if level <= 2 { 1.7 } else { 1.1 });
        let node = self.heading_node(level, slot.node);
        let start = self.galley.slabs.len();
        let Some(note) = note else {
            self.heading_lines(text, &kind, slot.under(node))?;
            return self.end_heading(level, text, start);
        };
        let small = self.look.note;
        let width = self.text.natural_width(note, &small)?;
        let narrow = slot.inside(0.0, width + leading);
        let (lines, _) = self.text.extent(text, &kind, (slot.width, 0.0))?;
        let (narrower, widest) = self.text.extent(text, &kind, (narrow.width.max(1.0), 0.0))?;
        // At the right of the last line, which one line more may make room for; else under it, as far at the right.
        let beside = widest <= narrow.width && narrower <= lines + 1;
        self.heading_lines(text, &kind, if beside { narrow } else { slot }.under(node))?;
        let paragraph = self.node(slot.node, NodeRole::Paragraph);
        let right = Slot { x: slot.x + (slot.width - width).max(0.0), ..slot.under(paragraph) };
        let (marks, _) = self.single(note, &small, right)?;
        if let (true, Some(last)) = (beside, self.galley.slabs.last_mut()) {
            let baseline = last.baseline;
            last.marks.extend(marks.into_iter().map(|mark| mark.moved(0.0, baseline)));
        } else {
            self.galley.push(slab_of(Line { marks, ..Line::empty() }, &small, 0.0));
        }
        self.end_heading(level, text, start)
    }

    /// What a heading has that its lines, the slabs from `start` on, have not: its entry, and the space under it.
    fn end_heading(&mut self, level: u8, text: &Inlines, start: usize) -> Result<(), LayoutError> {
        let leading = self.look.body.leading;
        if let Some(slab) = self.galley.slabs.get_mut(start) {
            slab.entry = Some((level, plain(text)));
        }
        self.galley.gap(leading * 0.35);
        self.galley.hold();
        Ok(())
    }

    /// The lines of a heading, which no break parts.
    pub fn heading_lines(&mut self, text: &[Inline], kind: &Type, slot: Slot) -> Result<(), LayoutError> {
        for line in self.balanced(text, kind, slot)? {
            self.galley.push(slab_of(line, kind, slot.x));
            self.galley.hold();
        }
        Ok(())
    }

    /// Lines of about one length: as many as the full width needs, in the least width that needs no more.
    fn balanced(&mut self, text: &[Inline], kind: &Type, slot: Slot) -> Result<Vec<Line>, LayoutError> {
        let natural = self.text.natural_width(text, kind)?;
        let full = (slot.width, 0.0);
        if natural <= slot.width {
            return self.text.lines(text, kind, slot.node, full);
        }
        let (count, _) = self.text.extent(text, kind, full)?;
        let (mut narrow, mut wide) = (natural / count as f32, slot.width);
        while wide - narrow > kind.size * 0.25 {
            let middle = (narrow + wide) / 2.0;
            let (lines, widest) = self.text.extent(text, kind, (middle, 0.0))?;
            let fits = lines <= count && widest <= middle + 0.1;
            *(if fits { &mut wide } else { &mut narrow }) = middle;
        }
        self.text.lines(text, kind, slot.node, (wide, 0.0))
    }

    /// A heading's node: one level below the last heading at most.
    pub fn heading_node(&mut self, level: u8, parent: NodeId) -> NodeId {
        let level = level.clamp(1, 3).min(self.level + 1);
        self.level = level;
        self.node(parent, NodeRole::Heading(level))
    }
}
