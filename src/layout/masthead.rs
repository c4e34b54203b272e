//! The masthead: kicker, title, subtitle, the form's letter, and the blanks for name, date, class and score.

use std::sync::Arc;

use super::LayoutError;
use super::galley::Slab;
use super::line::Line;
use super::look::Fill;
use super::page::{self, Filling, Ink, Known, Mark};
use super::paragraph::Paragraphs;
use super::setter::{Setter, Slot};
use super::tree::NodeRole;
use crate::doc::{Field, Masthead};
use crate::text::{Asked, Inline};

/// A field measured: width of its label and of what is filled in, pt.
struct Measured<'a> {
    field: &'a Field,
    label: f32,
    filled: f32,
}

impl Setter<'_> {
    /// The masthead, one slab that no break can part.
    pub fn masthead(&mut self, head: &Masthead, slot: Slot) -> Result<(), LayoutError> {
        let section = self.node(slot.node, NodeRole::Section);
        let slot = slot.under(section);
        let start = self.galley.slabs.len();
        let letter = self.look.form;
        let side = letter.size * 1.5;
        let words_width = match &head.form {
            Some((_, words)) => self.text.natural_width(&[Inline::text(words.as_str())], &self.look.note)?,
            None => 0.0,
        };
        let box_width = side.max(words_width);
        let left = if head.form.is_some() { slot.inside(0.0, box_width + letter.size * 0.6) } else { slot };
        if !head.kicker.is_empty() {
            self.kicker(&head.kicker, left)?;
        }
        let title = self.look.headings[0];
        let node = self.heading_node(1, section);
        let first = self.galley.slabs.len();
        self.heading_lines(&[Inline::text(head.title.as_str())], &title, left.under(node))?;
        if let Some(slab) = self.galley.slabs.get_mut(first) {
            slab.entry = Some((1, head.title.clone()));
        }
        if !head.subtitle.is_empty() {
            let node = self.node(section, NodeRole::Paragraph);
            let subtitle = self.look.subtitle;
            self.galley.gap(subtitle.leading * 0.15);
            self.heading_lines(&[Inline::text(head.subtitle.as_str())], &subtitle, left.under(node))?;
        }
        if let Some(form) = &head.form {
            let right = Slot { x: slot.x + slot.width - box_width, width: box_width, ..slot };
            self.form(form, right, start)?;
        }
        self.fields(&head.fields, slot)?;
        if self.look.cited_once && !head.citation.is_empty() {
            let kind = self.look.citation;
            self.galley.gap(kind.size * 0.8);
            self.galley.hold();
            // Read as little as at the foot of the other prints.
            let lines =
                self.text.lines(&[Inline::text(head.citation.as_str())], &kind, slot.node, (slot.width, 0.0))?;
            let unread = |line: Line| Line { marks: line.marks.into_iter().map(Mark::unread).collect(), ..line };
            self.push_lines(lines.into_iter().map(unread).collect(), &kind, slot.x);
        }
        self.galley.keep(start, f32::MAX);
        self.galley.gap(self.look.head_space);
        self.galley.hold();
        Ok(())
    }

    fn kicker(&mut self, words: &str, slot: Slot) -> Result<(), LayoutError> {
        let kind = self.look.kicker;
        let node = self.node(slot.node, NodeRole::Paragraph);
        let runs = self.text.shaper.tracked(kind.face(), kind.size, words, 45.0)?;
        let width = runs.last().map_or(0.0, |run| run.x + run.width());
        if width > slot.width {
            return self.heading_lines(&[Inline::text(words)], &kind, slot.under(node));
        }
        let baseline = kind.leading * 0.8;
        let marks = runs.into_iter().map(|run| Mark { node: Some(node), ink: Ink::Text(run) }.moved(slot.x, baseline));
        self.galley.push(Slab::new(kind.leading * 1.25, baseline, marks.collect()));
        self.galley.hold();
        Ok(())
    }

    /// The letter in its box and the words under it, beside the slabs from `start` on.
    fn form(&mut self, (letter, words): &(String, String), slot: Slot, start: usize) -> Result<(), LayoutError> {
        let kind = self.look.form.fill(Fill::Ragged);
        let small = self.look.note;
        let side = kind.size * 1.5;
        let node = self.node(slot.node, NodeRole::Paragraph);
        let width = self.text.natural_width(&[Inline::text(letter.as_str())], &kind)?;
        let centre = slot.x + slot.width / 2.0;
        let at = Slot { x: centre - width / 2.0, ..slot.under(node) };
        let (glyphs, _) = self.single(&[Inline::text(letter.as_str())], &kind, at)?;
        // The letter alone says nothing that the words under it do not say better.
        let mut marks: Vec<Mark> =
            glyphs.into_iter().map(|mark| mark.unread().moved(0.0, side / 2.0 + kind.size * 0.34)).collect();
        let rect = [centre - side / 2.0, 0.0, side, side];
        marks.push(Mark { node: None, ink: Ink::Frame { rect, thickness: 1.4 } });
        let width = self.text.natural_width(&[Inline::text(words.as_str())], &small)?;
        let at = Slot { x: centre - width / 2.0, ..slot.under(node) };
        let (under, _) = self.single(&[Inline::text(words.as_str())], &small, at)?;
        marks.extend(under.into_iter().map(|mark| mark.moved(0.0, side + small.size * 1.2)));
        let needed = side + small.size * 1.6;
        let height = self.galley.height(start);
        if let Some(slab) = self.galley.slabs.get_mut(start) {
            slab.marks.extend(marks);
        }
        if let Some(last) = self.galley.slabs.last_mut() {
            last.height += (needed - height).max(0.0);
        }
        Ok(())
    }

    fn fields(&mut self, fields: &[Field], slot: Slot) -> Result<(), LayoutError> {
        let kind = self.look.note;
        let between = kind.size * 1.6;
        let (least, share) = (kind.size * 4.5, kind.size * 1.7);
        let mut all = Vec::with_capacity(fields.len());
        for field in fields {
            let label = self.text.natural_width(&[Inline::text(field.label.as_str())], &kind)? + kind.size * 0.5;
            let words = [Inline::text(field.filled.as_str())];
            let filled = self.text.once(field.personal, |text| text.natural_width(&words, &kind))?;
            let room = least.max(share * f32::from(field.weight)).max(filled + kind.size);
            all.push((label + room, Measured { field, label, filled }));
        }
        let widths: Vec<f32> = all.iter().map(|(width, _)| *width).collect();
        let mut rest = all.into_iter().map(|(_, measured)| measured);
        for (at, count) in rows_of(&widths, between, slot.width).into_iter().enumerate() {
            self.galley.gap(kind.size * if at == 0 { 1.2 * self.look.air } else { 0.3 });
            self.galley.hold();
            let row: Vec<Measured<'_>> = rest.by_ref().take(count).collect();
            self.field_row(&row, slot, between)?;
        }
        Ok(())
    }

    fn field_row(&mut self, row: &[Measured<'_>], slot: Slot, between: f32) -> Result<(), LayoutError> {
        let kind = self.look.note;
        let fixed: f32 =
            row.iter().map(|field| field.label + field.filled).sum::<f32>() + between * (row.len() as f32 - 1.0);
        let weights: f32 = row.iter().map(|field| f32::from(field.field.weight.max(1))).sum();
        let free = (slot.width - fixed).max(0.0);
        // A short field alone in its row stays short.
        let weights = weights.max(4.0);
        let mut slab = Slab::new(kind.size * 2.2, kind.size * 1.9, Vec::new());
        let mut x = slot.x;
        for Measured { field, label, filled } in row {
            let share = free * f32::from(field.weight.max(1)) / weights;
            let node = self.node(slot.node, NodeRole::Paragraph);
            // The space after the label parts it from what is filled in, for whoever reads without seeing.
            let runs = self.text.shaper.tracked(kind.face(), kind.size, &format!("{} ", field.label), 0.0)?;
            let place = |run| Mark { node: Some(node), ink: Ink::Text(run) }.moved(x, 0.0);
            let mut marks: Vec<Mark> = runs.into_iter().map(place).collect();
            let start = x + label;
            // What is wider than the page has lines under one another.
            let wide = label + filled > slot.width;
            let filled = filled.min(slot.width - label);
            let end = start + share + filled;
            // What follows the blank (“/ 30”) stands after the rule, what fills it on the rule.
            let after = field.filled.trim_start().starts_with('/');
            let mut down = kind.size * 0.2;
            let rule_end = if after { end - filled - kind.size * 0.3 } else { end };
            if let Some(asked) = &field.asked {
                let rect = [start, kind.size * -1.3, rule_end - start, kind.size * 1.5];
                marks.push(self.screen_field(field, asked, rect, slot.under(node))?);
            } else if !field.filled.is_empty() {
                let x = if after { end - filled } else { start + kind.size * 0.3 };
                let words = [Inline::text(field.filled.as_str())];
                let room = (if wide { end - x } else { f32::MAX }, 0.0);
                let set = |text: &mut Paragraphs<'_>| text.lines(&words, &kind.fill(Fill::Ragged), node, room);
                let lines = self.text.once(field.personal, set)?;
                down += kind.leading * lines.len().saturating_sub(1) as f32;
                let placed = |(at, line): (usize, Line)| {
                    line.marks.into_iter().map(move |mark| mark.moved(x, kind.leading * at as f32))
                };
                marks.extend(lines.into_iter().enumerate().flat_map(placed));
            }
            slab.height = slab.height.max(kind.size * 2.0 + down);
            let thickness = self.look.rule.max(0.6);
            let ink = Ink::Rule { from: (start, down), to: (rule_end, down), thickness };
            marks.push(Mark { node: None, ink });
            slab.marks.extend(marks.into_iter().map(|mark| mark.moved(0.0, slab.baseline)));
            x = end + between;
        }
        self.galley.push(slab);
        Ok(())
    }

    /// A field that is filled in on a screen, its baseline at 0, with what is known already.
    fn screen_field(&mut self, field: &Field, asked: &Asked, rect: [f32; 4], slot: Slot) -> Result<Mark, LayoutError> {
        let kind = self.look.note;
        let mut known = None;
        if !field.filled.is_empty() {
            let (marks, _) = self.single(&[Inline::text(field.filled.as_str())], &kind, Slot { x: rect[0], ..slot })?;
            let place = |mark: Mark| match mark.moved(kind.size * 0.3 - rect[0], -rect[1]).ink {
                Ink::Text(run) => Some(run),
                _ => None,
            };
            known = Some(Known { text: field.filled.clone(), runs: marks.into_iter().filter_map(place).collect() });
        }
        let node = Some(self.node(slot.node, NodeRole::Field));
        let field = page::Field::of(asked, Filling::Line(known), kind.size);
        Ok(Mark { node, ink: Ink::Field { rect, field: Arc::new(field) } })
    }
}

/// How many fields of these widths, pt, stand in each row: as few rows as fit, and these as narrow as they can be.
fn rows_of(widths: &[f32], between: f32, room: f32) -> Vec<usize> {
    let filled = |room: f32| {
        let mut rows: Vec<(usize, f32)> = Vec::new();
        for width in widths {
            match rows.last_mut() {
                Some((count, used)) if *used + between + width <= room => {
                    *count += 1;
                    *used += between + width;
                }
                _ => rows.push((1, *width)),
            }
        }
        rows
    };
    let widest = |rows: &[(usize, f32)]| rows.iter().map(|(_, used)| *used).fold(0.0, f32::max);
    let mut rows = filled(room);
    loop {
        let narrower = filled(widest(&rows) - 0.01);
        if narrower.len() > rows.len() || widest(&narrower) >= widest(&rows) {
            return rows.into_iter().map(|(count, _)| count).collect();
        }
        rows = narrower;
    }
}

#[cfg(test)]
mod tests {
    use super::rows_of;

    #[test]
    fn no_field_is_left_alone_in_its_row() {
        assert_eq!(rows_of(&[100.0, 60.0, 60.0, 50.0], 10.0, 400.0), [4]);
        assert_eq!(rows_of(&[100.0, 60.0, 60.0, 50.0], 10.0, 250.0), [2, 2]);
        assert_eq!(rows_of(&[100.0], 10.0, 50.0), [1]);
        assert!(rows_of(&[], 10.0, 50.0).is_empty());
    }
}
