//! Lines of blanks: a series after the words that ask for it, and a scale between the words at its ends.

use super::LayoutError;
use super::galley::Slab;
use super::look::Type;
use super::setter::{Setter, Slot};
use crate::text::{Inline, plain};

/// What stands between words and the first blank of a series, beside a space, and between the ends of a scale, sizes.
const BETWEEN: f32 = 0.25;

/// The shortest blank of a series: room for a letter beside its number, sizes.
const LETTER: f32 = 1.5;

/// The shortest line of a scale that has room for a mark between its ends' words, sizes.
const SCALE: f32 = 6.0;

impl Setter<'_> {
    /// A series of blanks after words: on their last line if it fits there whole, else it begins a line, shorter if it must be.
    pub fn blanks(&mut self, text: &[Inline], kind: &Type, slot: Slot) -> Result<(), LayoutError> {
        let first = text.iter().position(is_blank).unwrap_or(text.len());
        let (words, series) = text.split_at(first);
        if words.is_empty() || series.is_empty() {
            return self.prose(text, kind, slot);
        }
        let width = slot.width.min(self.look.measure);
        let lines = self.text.lines(&spaced(words), kind, slot.node, (width, 0.0))?;
        let from = lines.last().map_or(0.0, |line| line.width) + kind.size * BETWEEN;
        self.push_lines(lines, kind, slot.x);
        if from + self.text.natural_width(series, kind)? <= width {
            let (marks, _) = self.single(series, kind, Slot { x: slot.x + from, ..slot })?;
            if let Some(slab) = self.galley.slabs.last_mut() {
                let baseline = slab.baseline;
                slab.marks.extend(marks.into_iter().map(|mark| mark.moved(0.0, baseline)));
            }
            return Ok(());
        }
        let before = plain(words).len() as u32;
        let over = self.text.natural_width(series, kind)? - width;
        let count = series.iter().filter(|inline| is_blank(inline)).count().max(1);
        let series: Vec<Inline> =
            series.iter().map(|inline| shortened(inline, over / kind.size / count as f32)).collect();
        let mut lines = self.text.lines(&series, kind, slot.node, (width, 0.0))?;
        lines.iter_mut().for_each(|line| line.start += before);
        self.galley.hold();
        self.push_lines(lines, kind, slot.x);
        Ok(())
    }

    /// A scale on one line, shorter if it must be; where that leaves too little, its line runs over the full width, and the
    /// words stand under its ends.
    pub fn scale(&mut self, text: &[Inline], kind: &Type, slot: Slot) -> Result<(), LayoutError> {
        let Some(at) = text.iter().position(is_blank) else { return self.prose(text, kind, slot) };
        let Some(Inline::Blank { number, width: ems, asked }) = text.get(at) else { return Ok(()) };
        let blank = |ems: f32| Inline::Blank { number: *number, width: ems, asked: asked.clone() };
        let width = slot.width.min(self.look.measure);
        let room = (width - self.text.natural_width(text, kind)?) / kind.size + ems - 0.01;
        if room >= SCALE {
            let mut line = text.to_vec();
            line[at] = blank(room.min(*ems));
            return self.prose(&line, kind, slot);
        }
        let (left, right) = (spaced(&text[..at]), &text[at + 1..]);
        let ends = (self.text.natural_width(&left, kind)?, self.text.natural_width(right, kind)?);
        let between = kind.size * BETWEEN * 4.0;
        let half = if ends.0 + between + ends.1 <= width { width } else { (width - between) / 2.0 };
        let left = self.text.lines(&left, kind, slot.node, (half, 0.0))?;
        let (line, _) = self.single(&spaced(&[blank(width / kind.size)]), kind, slot)?;
        let right = self.text.lines(right, kind, slot.node, (half, 0.0))?;
        let widest = right.iter().map(|line| line.width).fold(0.0, f32::max);
        let mut slab =
            Slab::new(kind.leading * (1 + left.len().max(right.len())) as f32, kind.leading * 0.82, Vec::new());
        for (x, lines) in [(slot.x, left), (slot.x + width - widest, right)] {
            for (number, set) in (1u16..).zip(lines) {
                let y = slab.baseline + kind.leading * f32::from(number);
                slab.marks.extend(set.marks.into_iter().map(|mark| mark.moved(x, y)));
            }
            // Read between its ends.
            if x == slot.x {
                slab.marks.extend(line.iter().cloned().map(|mark| mark.moved(0.0, slab.baseline)));
            }
        }
        self.galley.push(slab);
        self.galley.gap(kind.leading * 0.5);
        Ok(())
    }
}

/// A blank shorter by so many sizes, but never too short for its letter; what is no blank as it is.
fn shortened(inline: &Inline, by: f32) -> Inline {
    match inline {
        Inline::Blank { number, width, asked } if by > 0.0 => {
            let width = (width - by - 0.01).max(LETTER.min(*width));
            Inline::Blank { number: *number, width, asked: asked.clone() }
        }
        other => other.clone(),
    }
}

fn is_blank(inline: &Inline) -> bool {
    matches!(inline, Inline::Blank { .. })
}

/// Words with the space after them, which no line end swallows: who copies or hears what follows has it.
fn spaced(words: &[Inline]) -> Vec<Inline> {
    let space = |inline: &Inline| matches!(inline, Inline::Text(text) if text.trim().is_empty());
    let end = words.iter().rposition(|inline| !space(inline)).map_or(0, |last| last + 1);
    words[..end].iter().cloned().chain([Inline::text("\u{a0}")]).collect()
}
