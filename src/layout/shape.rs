//! Shaped words: each is shaped once and kept for all documents that one thread lays out.

use std::ops::Range;
use std::sync::Arc;

use harfrust::Buffer;
use unicode_script::Script;

use super::LayoutError;
use super::face::{FaceId, Faces, script_of};
use super::page::{Glyph, Run, Setting};
use crate::known::Lately;

/// So many words of a face are kept, and at most as many again: a bank of three hundred items has ten thousand.
const KEPT: usize = 4_000;

/// A longer line than this, bytes, is not kept: the head of a personal sheet has the pupil's name and never comes again.
const LONG: usize = 32;

/// A text in one face, as glyphs.
#[derive(Debug)]
pub(super) struct Shaped {
    pub text: Arc<str>,
    pub glyphs: Vec<Glyph>,
    /// Thousandths of the size.
    pub width: f32,
}

/// Words that were shaped before, by face.
#[derive(Debug, Default)]
pub(super) struct ShapedWords([Lately<Arc<str>, Arc<Shaped>, KEPT>; FaceId::MOST]);

/// Shapes words and keeps them.
pub(super) struct Shaper<'f> {
    faces: &'f Faces,
    /// Whether what it shapes may come again.
    pub keeps: bool,
    kept: ShapedWords,
    buffer: Buffer,
}

impl<'f> Shaper<'f> {
    pub fn new(faces: &'f Faces, kept: ShapedWords) -> Self {
        Shaper { faces, keeps: true, kept, buffer: Buffer::new() }
    }

    /// Keeps what another has shaped.
    pub fn learn(&mut self, words: ShapedWords) {
        for (own, others) in self.kept.0.iter_mut().zip(words.0) {
            own.learn(others);
        }
    }

    /// What it has shaped, for the next document.
    pub fn into_kept(self) -> ShapedWords {
        self.kept
    }

    /// The glyphs of a text whose characters the face has; see [`Shaper::split`].
    pub fn shape(&mut self, face: FaceId, text: &str) -> Result<Arc<Shaped>, LayoutError> {
        if let Some(shaped) = self.kept.0[face.number()].get(text) {
            return Ok(shaped);
        }
        let shaped = Arc::new(self.fresh(face, text)?);
        if !self.keeps {
            return Ok(shaped);
        }
        self.kept.0[face.number()].insert(Arc::clone(&shaped.text), Arc::clone(&shaped));
        Ok(shaped)
    }

    /// The same, not kept.
    fn fresh(&mut self, face: FaceId, text: &str) -> Result<Shaped, LayoutError> {
        let (raw, whole) = (self.faces.get(face).shape(text, &mut self.buffer)?, Arc::from(text));
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
        Ok(Shaped { text: whole, glyphs, width })
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
