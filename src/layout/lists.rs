//! Options, bulleted lists and word banks.

use std::sync::Arc;

use super::LayoutError;
use super::galley::{Slab, cost};
use super::line::Line;
use super::look::Look;
use super::page::{Field, Filling, Ink, Mark};
use super::setter::{Setter, Slot, numbering, slab_of};
use super::tree::{NodeId, NodeRole, Numbering};
use crate::doc::{Choice, Flow, Inlines, Labelled};
use crate::text::Inline;

/// Options and how they are chosen from.
#[derive(Clone, Copy)]
struct Offered<'a> {
    options: &'a [Labelled],
    /// Where it is made on a screen.
    choice: Option<&'a Choice>,
    /// Where the texts hang, pt: one place for all, so that a long label (`b–H`) indents none alone.
    hang: f32,
}

impl Offered<'_> {
    /// What the circles or boxes take before the labels, pt.
    fn ticks(&self, look: &Look) -> f32 {
        if self.choice.is_some() { look.tick * 1.45 } else { 0.0 }
    }
}

/// Two by two, fewer options than these gain no line.
const PAIRED_FROM: usize = 4;

impl Setter<'_> {
    /// Options, each hanging from its label.
    pub fn options(
        &mut self,
        flow: Flow,
        options: &[Labelled],
        choice: Option<&Choice>,
        slot: Slot,
    ) -> Result<(), LayoutError> {
        let between = if choice.is_some() { cost::OPTION } else { cost::PART };
        let choice = choice.filter(|choice| choice.asked.is_some());
        let offered = Offered { options, choice, hang: self.option_hang(options)? };
        let numbering = options.first().map_or(Numbering::None, |option| numbering(&option.label));
        let list = self.node(slot.node, NodeRole::List(numbering));
        self.galley.gap(self.look.body.leading * 0.3);
        self.galley.cost(cost::ASKED);
        let set = match flow {
            Flow::Row => self.option_row(offered, slot.under(list))?,
            Flow::Pairs => self.option_pairs(offered, slot.under(list))?,
            Flow::Stacked => false,
        };
        if set {
            return Ok(());
        }
        for (at, option) in options.iter().enumerate() {
            self.galley.place.1 = at as u32;
            if at > 0 {
                self.galley.gap(self.look.body.leading * 0.15);
                self.galley.cost(between);
            }
            let (label, hang, body) = self.option_label(option, offered, slot.under(list))?;
            self.galley.hang(label);
            let kind = self.look.body;
            let mut slot = slot.inside(hang, 0.0).under(body);
            let mut text = option.text.as_slice();
            // What follows a blank to write in hangs from it.
            if let [blank @ Inline::Blank { .. }, after @ ..] = text {
                let (marks, width) = self.single(std::slice::from_ref(blank), &kind, slot)?;
                self.galley.hang(marks);
                (slot, text) = (slot.inside(width + kind.size * 0.3, 0.0), after);
            }
            self.prose(text, &kind, slot)?;
        }
        Ok(())
    }

    /// What the widest label takes, pt.
    fn option_hang(&mut self, options: &[Labelled]) -> Result<f32, LayoutError> {
        let mut widest: f32 = 0.0;
        for option in options {
            widest = widest.max(self.text.natural_width(&[Inline::text(option.label.as_str())], &self.look.label)?);
        }
        Ok(self.look.hang.1.max(widest + self.look.label.size * 0.5))
    }

    /// All options in one row if they fit in one; nothing is set if they do not.
    fn option_row(&mut self, offered: Offered<'_>, slot: Slot) -> Result<bool, LayoutError> {
        let between = self.look.body.size * 2.8;
        let widths = self.option_widths(offered)?;
        if widths.iter().sum::<f32>() + between * (widths.len().max(1) - 1) as f32 > slot.width {
            return Ok(false);
        }
        let mut x = slot.x;
        let places = widths.into_iter().map(|width| {
            let place = x;
            x += width + between;
            place
        });
        let places: Vec<f32> = places.collect();
        self.options_at(offered, &places, slot)?;
        Ok(true)
    }

    /// Options two by two if each fits in half of the width; nothing is set if one does not.
    fn option_pairs(&mut self, offered: Offered<'_>, slot: Slot) -> Result<bool, LayoutError> {
        if !self.look.pairs || offered.options.len() < PAIRED_FROM {
            return Ok(false);
        }
        let half = slot.width.min(self.look.measure) / 2.0;
        let widest = self.option_widths(offered)?.into_iter().fold(0.0, f32::max);
        if widest > half - self.look.body.size {
            return Ok(false);
        }
        for (at, row) in offered.options.chunks(2).enumerate() {
            self.galley.place.1 = at as u32 * 2;
            if at > 0 {
                self.galley.gap(self.look.body.leading * 0.15);
                self.galley.cost(cost::PART);
            }
            self.options_at(Offered { options: row, ..offered }, &[slot.x, slot.x + half], slot)?;
        }
        Ok(true)
    }

    /// The width of each option on one line, pt.
    fn option_widths(&mut self, offered: Offered<'_>) -> Result<Vec<f32>, LayoutError> {
        let kind = self.look.body;
        let ticks = offered.ticks(&self.look);
        let width = |option: &Labelled| Ok(ticks + offered.hang + self.text.natural_width(&option.text, &kind)?);
        offered.options.iter().map(width).collect()
    }

    /// Options on one line, each at its place, pt.
    fn options_at(&mut self, offered: Offered<'_>, places: &[f32], slot: Slot) -> Result<(), LayoutError> {
        let kind = self.look.body;
        let mut slab = slab_of(Line::empty(), &kind, 0.0);
        for (option, &x) in offered.options.iter().zip(places) {
            let (label, hang, body) = self.option_label(option, offered, Slot { x, ..slot })?;
            let (text, _) = self.single(&option.text, &kind, Slot { x: x + hang, ..slot.under(body) })?;
            slab.marks.extend(label.into_iter().chain(text).map(|mark| mark.moved(0.0, slab.baseline)));
        }
        self.galley.push(slab);
        Ok(())
    }

    /// An option's label or check box (baseline 0), where its text hangs, and the text's node.
    fn option_label(
        &mut self,
        option: &Labelled,
        offered: Offered<'_>,
        slot: Slot,
    ) -> Result<(Vec<Mark>, f32, NodeId), LayoutError> {
        let item = self.node(slot.node, NodeRole::Item);
        let label = self.node(item, NodeRole::Label);
        let kind = self.look.label;
        let ticks = offered.ticks(&self.look);
        let (mut marks, width) = if !option.label.is_empty() {
            self.single(&[Inline::text(option.label.as_str())], &kind, slot.inside(ticks, 0.0).under(label))?
        } else if offered.choice.is_some() {
            (Vec::new(), 0.0)
        } else {
            let spoken = self.text.tree.add_spoken(label, self.text.words.tick_box.as_str());
            let side = kind.size * 0.8;
            let ink = Ink::Frame { rect: [slot.x + 0.5, -side + kind.size * 0.08, side, side], thickness: 0.8 };
            (vec![Mark { node: Some(spoken), ink }], side)
        };
        let body = self.node(item, NodeRole::Body);
        marks.extend(self.tick(option, offered, slot.under(body)));
        Ok((marks, ticks + offered.hang.max(width + kind.size * 0.5), body))
    }

    /// The circle or box by which an option is chosen on a screen. It stands before the label and is read after it: a label
    /// is a label's alone.
    fn tick(&mut self, option: &Labelled, offered: Offered<'_>, slot: Slot) -> Option<Mark> {
        let choice = offered.choice?;
        let asked = choice.asked_at(option, self.text.words)?;
        let all = choice.asked.as_ref().map(|asked| asked.words.clone()).unwrap_or_default();
        let filling =
            if choice.most > 1 { Filling::Any(option.label.clone()) } else { Filling::One(option.label.clone(), all) };
        let node = self.node(slot.node, NodeRole::Field);
        let side = self.look.tick;
        // What is touched is larger than what is seen, as far as the lines leave room.
        let room = ((self.look.body.leading - side) / 2.0).clamp(0.0, side * 0.3);
        let middle = self.look.label.size * -0.34;
        let rect = [slot.x - room, middle - side / 2.0 - room, side + 2.0 * room, side + 2.0 * room];
        let ink = Ink::Field { rect, field: Arc::new(Field::of(&asked, filling, side)) };
        Some(Mark { node: Some(node), ink })
    }

    /// A bulleted list.
    pub fn bullets(&mut self, entries: &[Inlines], slot: Slot) -> Result<(), LayoutError> {
        let list = self.node(slot.node, NodeRole::List(Numbering::Disc));
        let kind = self.look.body;
        self.galley.gap(kind.leading * 0.3);
        for (at, entry) in entries.iter().enumerate() {
            self.galley.place.1 = at as u32;
            if at > 0 {
                self.galley.gap(kind.leading * 0.15);
            }
            let item = self.node(list, NodeRole::Item);
            let label = self.node(item, NodeRole::Label);
            let body = self.node(item, NodeRole::Body);
            let (marks, _) = self.single(&[Inline::text("•")], &kind, slot.under(label))?;
            self.galley.hang(marks);
            self.prose(entry, &kind, slot.inside(kind.size * 1.1, 0.0).under(body))?;
        }
        Ok(())
    }

    /// Words at equal distances in a frame.
    pub fn word_bank(&mut self, words: &[Inlines], slot: Slot) -> Result<(), LayoutError> {
        let list = self.node(slot.node, NodeRole::List(Numbering::None));
        let kind = self.look.label;
        self.galley.gap(self.look.body.leading * 0.6);
        self.framed(slot.under(list), |setter, inner| {
            let mut widest: f32 = 0.0;
            for word in words {
                widest = widest.max(setter.text.natural_width(word, &kind)?);
            }
            let fit = ((inner.width / (widest + kind.size * 1.5)) as usize).clamp(1, words.len().max(1));
            // As few rows as fit, the words spread evenly over them.
            let rows = words.len().div_ceil(fit).max(1);
            let columns = words.len().div_ceil(rows).max(1);
            let pitch = inner.width / columns as f32;
            for row in words.chunks(columns) {
                let mut slab = slab_of(Line::empty(), &kind, 0.0);
                for (at, word) in row.iter().enumerate() {
                    let item = setter.node(list, NodeRole::Item);
                    let body = setter.node(item, NodeRole::Body);
                    let x = inner.x + pitch * at as f32;
                    let (marks, _) = setter.single(word, &kind, Slot { x, ..inner.under(body) })?;
                    slab.marks.extend(marks.into_iter().map(|mark| mark.moved(0.0, slab.baseline)));
                }
                setter.galley.push(Slab { cost: cost::FORBIDDEN, ..slab });
            }
            Ok(())
        })
    }
}
