//! Shaped words: each is shaped once and kept for all documents that one thread lays out.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_script::Script;

use super::LayoutError;
use super::face::{FaceId, Faces, script_of};
use super::page::{Glyph, Run, Setting};

/// From so many words on, what is kept is forgotten: a district's run sets the names of ten thousand pupils once each.
const KEPT: usize = 15_000;

/// A longer line than this, bytes, is not kept: the head of a personal sheet has the pupil's name and never comes again.
const LONG: usize = 32;

/// A text in one face, as glyphs.
#[derive(Debug)]
pub(super) struct Shaped {
    pub glyphs: Vec<Glyph>,
    /// Thousandths of the size.
    pub width: f32,
}

/// Words that were shaped before, by face.
#[derive(Debug, Default)]
pub(super) struct ShapedWords([BTreeMap<String, Arc<Shaped>>; FaceId::MOST]);

/// Shapes words and keeps them.
pub(super) struct Shaper<'f> {
    faces: &'f Faces,
    kept: ShapedWords,
}

impl<'f> Shaper<'f> {
    pub fn new(faces: &'f Faces, kept: ShapedWords) -> Self {
        let full = kept.0.iter().map(BTreeMap::len).sum::<usize>() > KEPT;
        Shaper { faces, kept: if full { ShapedWords::default() } else { kept } }
    }

    /// What it has shaped, for the next document.
    pub fn into_kept(self) -> ShapedWords {
        self.kept
    }

    /// The glyphs of a text whose characters the face has; see [`Shaper::split`].
    pub fn shape(&mut self, face: FaceId, text: &str) -> Result<Arc<Shaped>, LayoutError> {
        if let Some(shaped) = self.kept.0[face.number()].get(text) {
            return Ok(Arc::clone(shaped));
        }
        let shaped = Arc::new(self.fresh(face, text)?);
        self.kept.0[face.number()].insert(text.to_string(), Arc::clone(&shaped));
        Ok(shaped)
    }

    /// The same, not kept.
    fn fresh(&self, face: FaceId, text: &str) -> Result<Shaped, LayoutError> {
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
        Ok(Shaped { glyphs, width })
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
            let part = &text[part];
            // Letters of other scripts join or change with their neighbours: they cannot be set apart.
            let apart = matches!(script_of(part), None | Some(Script::Latin | Script::Greek | Script::Cyrillic));
            let glyphs = if part.len() > LONG && (tracking == 0.0 || !apart) {
                self.fresh(face, part)?.glyphs
            } else if tracking == 0.0 || !apart {
                self.shape(face, part)?.glyphs.clone()
            } else {
                let mut glyphs = Vec::with_capacity(part.len());
                for (at, character) in part.char_indices() {
                    let at = at as u32;
                    for glyph in &self.shape(face, character.encode_utf8(&mut [0; 4]))?.glyphs {
                        let text = glyph.text.start + at..glyph.text.end + at;
                        glyphs.push(Glyph { advance: glyph.advance + tracking, text, ..glyph.clone() });
                    }
                }
                glyphs
            };
            let setting = Setting { face, size, glyphs, text: part.to_string(), instead: None };
            let width = setting.width();
            runs.push(Run { x, y: 0.0, white: false, setting: Arc::new(setting) });
            x += width;
        }
        Ok(runs)
    }
}
