//! Frames: matter inside lines, which page ends part without leaving it open at the top.

use std::sync::Arc;

use super::LayoutError;
use super::galley::Slab;
use super::page::{Ink, Mark};
use super::setter::{Setter, Slot};
use super::tree::NodeRole;
use crate::doc::{Block, Inlines};
use crate::text::plain;

/// Thickness of the lines of tables and frames, pt: the copier keeps it.
const LINE: f32 = 0.6;

/// The lines around slabs.
pub(super) struct Enclosure {
    /// Left and right line, pt.
    pub sides: (f32, f32),
    /// What stays free over the first slab and under the last, pt.
    pub pads: (f32, f32),
    /// What stays free over a slab that begins a page, pt.
    pub again: f32,
    /// Whether there is a line over the first slab; else that is what stands over it.
    pub top: bool,
}

impl Enclosure {
    /// The slabs with the lines around them. One that begins a page gets a line over it there.
    pub fn around(&self, mut inner: Vec<Slab>) -> Vec<Slab> {
        let (left, right) = self.sides;
        for at in 0..inner.len() {
            // The sides run through the space between slabs.
            let below = inner.get(at + 1).map_or(self.pads.1, |next| next.gap);
            let above = if at == 0 { self.pads.0 } else { 0.0 };
            let last = at + 1 == inner.len();
            let slab = &mut inner[at];
            slab.gap = 0.0;
            slab.height += above + below;
            slab.baseline += above;
            let marks = std::mem::take(&mut slab.marks).into_iter().map(|mark| mark.moved(0.0, above));
            slab.marks = marks.collect();
            slab.marks.push(rule((left, 0.0), (left, slab.height)));
            slab.marks.push(rule((right, 0.0), (right, slab.height)));
            if at == 0 && self.top {
                slab.marks.push(rule((left, 0.0), (right, 0.0)));
            }
            if last {
                slab.marks.push(rule((left, slab.height), (right, slab.height)));
            }
            if at > 0 || !self.top {
                let again = if at > 0 { self.again } else { 0.0 };
                slab.repeat = Some(Arc::new(self.over(slab.repeat.as_deref(), again)));
            }
        }
        inner
    }

    /// The line over what begins a page, and over what is repeated there already.
    fn over(&self, repeated: Option<&Slab>, again: f32) -> Slab {
        let (left, right) = self.sides;
        let height = again + repeated.map_or(0.0, |slab| slab.height);
        let mut over = Slab::new(height, again, vec![rule((left, 0.0), (right, 0.0))]);
        if height > 0.0 {
            over.marks.extend([rule((left, 0.0), (left, height)), rule((right, 0.0), (right, height))]);
        }
        let marks = repeated.iter().flat_map(|slab| slab.marks.iter().cloned());
        over.marks.extend(marks.map(|mark| mark.moved(0.0, again)));
        over
    }
}

/// A line of a table or a frame.
pub(super) fn rule(from: (f32, f32), to: (f32, f32)) -> Mark {
    Mark { node: None, ink: Ink::Rule { from, to, thickness: LINE } }
}

impl Setter<'_> {
    /// A frame around blocks, under a title.
    pub fn frame(
        &mut self,
        title: Option<&Inlines>,
        body: &[Block],
        whole: bool,
        slot: Slot,
    ) -> Result<(), LayoutError> {
        let node = self.node(slot.node, NodeRole::Section);
        self.galley.gap(self.look.body.leading * 0.7);
        let start = self.galley.slabs.len();
        self.framed(slot.under(node), |setter, inner| {
            if let Some(title) = title {
                let kind = setter.look.label;
                let paragraph = setter.node(inner.node, NodeRole::Paragraph);
                setter.heading_lines(title, &kind, inner.under(paragraph))?;
            }
            setter.blocks(body, inner)
        })?;
        if whole {
            self.galley.keep(start, self.room);
        }
        self.frame_goes_on(title.map(|title| plain(title)).as_deref(), whole, start, slot)
    }

    /// Sets matter in a frame. Where a page break parts it, the frame stays open at the page's foot.
    pub fn framed(
        &mut self,
        slot: Slot,
        fill: impl FnOnce(&mut Self, Slot) -> Result<(), LayoutError>,
    ) -> Result<(), LayoutError> {
        let pad = self.look.body.size * 0.8;
        let outer = std::mem::take(&mut self.galley);
        let set = fill(self, slot.inside(pad, pad));
        let inner = std::mem::replace(&mut self.galley, outer).slabs;
        set?;
        let pad = pad * 0.75;
        let frame = Enclosure { sides: (slot.x, slot.x + slot.width), pads: (pad, pad), again: pad * 0.5, top: true };
        for slab in frame.around(inner) {
            self.galley.push(slab);
        }
        self.galley.gap(self.look.body.leading * 0.5);
        Ok(())
    }
}
