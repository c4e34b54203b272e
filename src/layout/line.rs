//! One line of a paragraph → marks on a baseline at 0.

use std::sync::Arc;

use super::LayoutError;
use super::inline::{Atom, BESIDE, Blank, Word};
use super::linebreak::Place;
use super::page::{Glyph, Ink, Mark, Run, Setting};
use super::shape::Shaper;
use super::tree::NodeId;
use crate::doc::LARGE;

/// How far under the baseline a blank's rule is, pt.
const RULE: f32 = 2.0;

/// Thickness of a blank's rule by the size of its number, pt: as thick as other lines to write on.
fn thickness(size: f32) -> f32 {
    (size / f32::from(LARGE)).max(0.6)
}

/// A line: marks from x = 0 on the baseline y = 0.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub marks: Vec<Mark>,
    /// Width of its ink, pt.
    pub width: f32,
    /// How many bytes of the paragraph's words stand before it.
    pub start: u32,
}

impl Line {
    /// A line without ink.
    pub fn empty() -> Self {
        Line { marks: Vec::new(), width: 0.0, start: 0 }
    }
}

/// Sets the words between two line ends.
pub(super) struct LineBuilder<'a, 'f> {
    shaper: &'a mut Shaper<'f>,
    marks: Vec<Mark>,
    /// The run that goes on, its left end, and its node.
    open: Option<(Setting, f32, NodeId)>,
    x: f32,
    /// Share of its width that each space gains.
    stretch: f32,
}

impl<'a, 'f> LineBuilder<'a, 'f> {
    /// Begins a line whose spaces gain a share of their width.
    pub fn new(shaper: &'a mut Shaper<'f>, stretch: f32) -> Self {
        LineBuilder { shaper, marks: Vec::new(), open: None, x: 0.0, stretch }
    }

    /// The marks of the line from after `start` to `end`.
    pub fn build(mut self, atoms: &[Atom], start: Option<Place>, end: Place) -> Result<Vec<Mark>, LayoutError> {
        let (first, skipped) = match start {
            None => (0, 0),
            Some(place) => match cut_at(atoms, place) {
                Some((_, at, _)) => (place.atom, at),
                None => (place.atom + 1, 0),
            },
        };
        for (index, atom) in atoms.iter().enumerate().take(end.atom).skip(first) {
            match atom {
                Atom::Word(word) if index == first && skipped > 0 => {
                    self.part(word, skipped, word.text().len(), false)?
                }
                Atom::Word(word) => self.word(word),
                Atom::Space(space) => self.space(space, self.stretch),
            }
        }
        match cut_at(atoms, end) {
            Some((word, at, hyphen)) => {
                let from = if end.atom == first { skipped } else { 0 };
                self.part(word, from, at, hyphen)?;
            }
            // The space at the line's end is kept for whoever reads the text without the lines.
            None => {
                if let Some(Atom::Space(space)) = atoms.get(end.atom) {
                    self.space(space, 0.0);
                }
            }
        }
        self.close();
        Ok(self.marks)
    }

    fn close(&mut self) {
        if let Some((setting, x, node)) = self.open.take() {
            let run = Run { x, y: 0.0, white: false, setting: Arc::new(setting) };
            self.marks.push(Mark { node: Some(node), ink: Ink::Text(run) });
        }
    }

    fn word(&mut self, word: &Word) {
        match &word.blank {
            None => self.append(word, word.text(), &word.shaped.glyphs),
            Some(blank) => {
                self.close();
                let (instead, node) = match blank {
                    Blank::Paper(reading) => (Some(reading.as_str().into()), Some(word.node)),
                    // What the field says has the number in it.
                    Blank::Screen(..) => (None, None),
                };
                let setting = Setting {
                    face: word.face,
                    size: word.size,
                    glyphs: word.shaped.glyphs.clone(),
                    text: word.text().to_owned(),
                    instead,
                };
                let number = setting.width() + word.size * BESIDE;
                let run = Run { x: self.x, y: 0.0, white: false, setting: Arc::new(setting) };
                self.marks.push(Mark { node, ink: Ink::Text(run) });
                let end = self.x + word.width;
                let ink = Ink::Rule { from: (self.x, RULE), to: (end, RULE), thickness: thickness(word.size) };
                self.marks.push(Mark { node: None, ink });
                if let Blank::Screen(field, height) = blank {
                    let start = self.x + if word.text().trim().is_empty() { 0.0 } else { number };
                    let rect = [start, RULE - height, end - start, *height];
                    let ink = Ink::Field { rect, field: Arc::clone(field) };
                    self.marks.push(Mark { node: Some(word.node), ink });
                }
                self.x = end;
            }
        }
    }

    fn part(&mut self, word: &Word, from: usize, to: usize, hyphen: bool) -> Result<(), LayoutError> {
        let text = &word.text()[from..to];
        if !hyphen {
            let shaped = self.shaper.shape(word.face, text)?;
            self.append(word, text, &shaped.glyphs);
            return Ok(());
        }
        let shaped = self.shaper.shape(word.face, &format!("{text}-"))?;
        self.append(word, &format!("{text}\u{ad}"), &lengthened(&shaped.glyphs, text.len()));
        Ok(())
    }

    fn space(&mut self, space: &Word, stretch: f32) {
        let glyphs: Vec<Glyph> = space
            .shaped
            .glyphs
            .iter()
            .map(|glyph| Glyph { advance: glyph.advance * (1.0 + stretch), ..glyph.clone() })
            .collect();
        self.append(space, space.text(), &glyphs);
    }

    /// Adds glyphs to the open run, or to a new one where face, size or node differ.
    fn append(&mut self, word: &Word, text: &str, glyphs: &[Glyph]) {
        let goes_on = |(setting, _, node): &(Setting, f32, NodeId)| {
            *node == word.node && setting.face == word.face && setting.size == word.size
        };
        if !self.open.as_ref().is_some_and(goes_on) {
            self.close();
        }
        let (face, size) = (word.face, word.size);
        let new = || Setting { face, size, glyphs: Vec::new(), text: String::new(), instead: None };
        let (setting, _, _) = self.open.get_or_insert_with(|| (new(), self.x, word.node));
        let shift = setting.text.len() as u32;
        setting.text.push_str(text);
        for glyph in glyphs {
            let text = glyph.text.start + shift..glyph.text.end + shift;
            setting.glyphs.push(Glyph { text, ..glyph.clone() });
            self.x += glyph.advance * word.size / 1000.0;
        }
    }
}

/// The hyphen that ends a line is a soft one (two bytes) to who reads the text.
fn lengthened(glyphs: &[Glyph], word_end: usize) -> Vec<Glyph> {
    let end = word_end as u32;
    let longer = |glyph: &Glyph| if glyph.text.end > end { glyph.text.start..end + 2 } else { glyph.text.clone() };
    glyphs.iter().map(|glyph| Glyph { text: longer(glyph), ..glyph.clone() }).collect()
}

fn cut_at(atoms: &[Atom], place: Place) -> Option<(&Word, usize, bool)> {
    match (atoms.get(place.atom), place.cut) {
        (Some(Atom::Word(word)), Some(cut)) => word.cuts.get(cut).map(|cut| (word, cut.at, cut.hyphen)),
        _ => None,
    }
}
