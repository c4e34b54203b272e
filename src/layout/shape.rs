//! Shaped words: each is shaped once a document.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::LayoutError;
use super::face::{FaceId, Faces};
use super::page::{Glyph, Run};

/// A text in one face, as glyphs.
#[derive(Debug)]
pub(super) struct Shaped {
    pub glyphs: Vec<Glyph>,
    /// Thousandths of the size.
    pub width: f32,
}

/// Shapes words and keeps them.
pub(super) struct Shaper<'f> {
    faces: &'f Faces,
    kept: Vec<BTreeMap<String, Rc<Shaped>>>,
}

impl<'f> Shaper<'f> {
    pub fn new(faces: &'f Faces) -> Self {
        Shaper { faces, kept: FaceId::ALL.iter().map(|_| BTreeMap::new()).collect() }
    }

    /// The glyphs of a text whose characters the face has; see [`Shaper::split`].
    pub fn shape(&mut self, face: FaceId, text: &str) -> Result<Rc<Shaped>, LayoutError> {
        if let Some(shaped) = self.kept[face as usize].get(text) {
            return Ok(Rc::clone(shaped));
        }
        let raw = self.faces.get(face).shape(text)?;
        let mut glyphs = Vec::with_capacity(raw.len());
        let mut after = text.len() as u32;
        for (at, &(id, advance, offset, start)) in raw.iter().enumerate().rev() {
            let follows = at > 0 && raw[at - 1].3 == start;
            // A cluster of several glyphs is spelled by its first one.
            let text = if follows { after..after } else { start..after };
            glyphs.push(Glyph { id, advance, offset, text });
            if !follows {
                after = start;
            }
        }
        glyphs.reverse();
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        let shaped = Rc::new(Shaped { glyphs, width });
        self.kept[face as usize].insert(text.to_string(), Rc::clone(&shaped));
        Ok(shaped)
    }

    /// Parts of a text, each with a face that has its characters: the wanted one wherever it can serve.
    ///
    /// # Errors
    /// A character that no face has.
    pub fn split(&self, wanted: FaceId, text: &str) -> Result<Vec<(FaceId, Range<usize>)>, LayoutError> {
        let mut parts: Vec<(FaceId, Range<usize>)> = Vec::with_capacity(1);
        for (at, character) in text.char_indices() {
            let face = self.faces.covering(wanted, character).ok_or_else(|| LayoutError::missing(character, text))?;
            let end = at + character.len_utf8();
            match parts.last_mut() {
                Some((last, range)) if *last == face => range.end = end,
                _ => parts.push((face, at..end)),
            }
        }
        Ok(parts)
    }

    /// A single line of label type, each letter set apart by `tracking` thousandths of its size.
    pub fn tracked(&mut self, face: FaceId, size: f32, text: &str, tracking: f32) -> Result<Vec<Run>, LayoutError> {
        let mut runs = Vec::new();
        let mut x = 0.0;
        for (face, part) in self.split(face, text)? {
            let mut run =
                Run { face, size, x, y: 0.0, glyphs: Vec::new(), text: text[part].to_string(), instead: None };
            if tracking == 0.0 {
                run.glyphs = self.shape(face, &run.text)?.glyphs.clone();
            } else {
                for (at, character) in run.text.char_indices() {
                    let at = at as u32;
                    for glyph in &self.shape(face, character.encode_utf8(&mut [0; 4]))?.glyphs {
                        let text = glyph.text.start + at..glyph.text.end + at;
                        run.glyphs.push(Glyph { advance: glyph.advance + tracking, text, ..glyph.clone() });
                    }
                }
            }
            x += run.width();
            runs.push(run);
        }
        Ok(runs)
    }
}
