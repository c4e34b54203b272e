//! Which glyphs of the faces the files of a run share, and the numbers that these have in them.

use std::collections::BTreeMap;

use subsetter::GlyphRemapper;

use crate::layout::{FaceId, Faces, Pages};

/// The glyphs of one face that a file has, before the face is cut down to them.
pub(super) struct Subset {
    /// New glyph numbers by old ones; 0 where a glyph is not in the subset.
    new: Vec<u16>,
    /// Old glyph numbers by new ones.
    pub old: Vec<u16>,
    /// The characters that each new glyph stands for.
    pub spelled: Vec<Option<Box<str>>>,
}

/// The characters of form letters, sheet codes and page numbers, which differ from page to page.
const CODE: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

/// Characters of what differs between the files of a run.
#[derive(Debug, Clone, Copy, Default)]
pub struct Differing<'a> {
    /// Of names at the head of personal sheets.
    pub names: &'a str,
    /// Of questions, where forms do not have the same ones.
    pub words: &'a str,
}

/// Glyphs wanted of a face, each with what it stands for where it was first seen.
#[derive(Debug, Default, Clone)]
pub(super) struct Wanted(BTreeMap<u16, Option<Box<str>>>);

/// The subsets of a run, by face.
pub(super) struct Fonts([Option<Subset>; FaceId::MOST]);

impl Wanted {
    /// Adds a glyph; the first meaning that it is seen with is its own.
    pub fn add(&mut self, glyph: u16, text: &str) {
        // The hyphen at a line's end shares its glyph with the one inside a word, which is the glyph's own meaning.
        let text = if text == "\u{ad}" { "-" } else { text };
        let known = self.0.entry(glyph).or_default();
        // A glyph that spells nothing by itself is the second of a cluster.
        if known.is_none() && !text.is_empty() {
            *known = Some(text.into());
        }
    }
}

impl Fonts {
    /// The subsets that hold every glyph of these pages, and of the faces that these pages use those of the characters that
    /// other pages of the run may need.
    pub fn of(pages: &[&Pages], faces: &Faces, differing: Differing<'_>) -> Self {
        let mut wanted: BTreeMap<FaceId, Wanted> = BTreeMap::new();
        // A page shows some fifty glyphs three thousand times.
        let mut known: [Vec<bool>; FaceId::MOST] = Default::default();
        for mark in pages.iter().flat_map(|pages| &pages.pages).flat_map(|page| page.all()) {
            for run in mark.ink.runs() {
                let glyphs = wanted.entry(run.face).or_default();
                let known = &mut known[run.face.number()];
                known.resize(faces.get(run.face).glyphs(), false);
                for glyph in &run.glyphs {
                    if known[usize::from(glyph.id)] {
                        continue;
                    }
                    let range = glyph.text.start as usize..glyph.text.end as usize;
                    let text = run.text.get(range).unwrap_or_default();
                    glyphs.add(glyph.id, text);
                    known[usize::from(glyph.id)] = !text.is_empty();
                }
            }
        }
        // A face of the user's own serves for the characters that the built-in ones lack.
        let differ = differing.names.chars().chain(differing.words.chars()).filter(|character| !character.is_ascii());
        for character in differ {
            if let Some(face @ FaceId::Own(_)) = faces.covering(FaceId::Serif, character) {
                let glyph = faces.get(face).glyph(character).unwrap_or_default();
                wanted.entry(face).or_default().add(glyph, character.encode_utf8(&mut [0; 4]));
            }
        }
        for (face, glyphs) in &mut wanted {
            let always = match face {
                FaceId::Serif => differing.words.to_owned(),
                FaceId::Sans => format!("{CODE}{}{}", differing.names, differing.words),
                FaceId::SansBold => CODE.to_owned(),
                _ => String::new(),
            };
            for character in always.chars() {
                if let Some(glyph) = faces.get(*face).glyph(character) {
                    glyphs.add(glyph, character.encode_utf8(&mut [0; 4]));
                }
            }
        }
        let mut fonts = Fonts(Default::default());
        for (face, glyphs) in wanted {
            fonts.0[face.number()] = Some(Subset::of(glyphs.0.into_iter(), face, faces));
        }
        fonts
    }

    /// All subsets.
    pub fn all(&self, faces: &Faces) -> Vec<(FaceId, &Subset)> {
        faces.ids().filter_map(|face| Some((face, self.get(face)?))).collect()
    }

    /// A face's subset.
    pub fn get(&self, face: FaceId) -> Option<&Subset> {
        self.0[face.number()].as_ref()
    }
}

impl Subset {
    /// The subset with more glyphs after its own, whose numbers stay.
    pub fn with(base: Option<&Subset>, face: FaceId, more: &Wanted, faces: &Faces) -> Self {
        let mut glyphs: Vec<(u16, Option<Box<str>>)> = Vec::new();
        if let Some(base) = base {
            glyphs.extend(base.old.iter().copied().zip(base.spelled.iter().cloned()).skip(1));
        }
        glyphs.extend(more.0.iter().map(|(glyph, text)| (*glyph, text.clone())));
        Subset::of(glyphs.into_iter(), face, faces)
    }

    /// Of glyphs in the order of their new numbers from 1 on, each with what it stands for.
    fn of(glyphs: impl Iterator<Item = (u16, Option<Box<str>>)>, face: FaceId, faces: &Faces) -> Self {
        let mut remapper = GlyphRemapper::new();
        let (mut new, mut spelled) = (vec![0; faces.get(face).glyphs()], vec![None]);
        for (glyph, text) in glyphs {
            let number = usize::from(remapper.remap(glyph));
            new[usize::from(glyph)] = number as u16;
            spelled.resize(spelled.len().max(number + 1), None);
            spelled[number] = text;
        }
        Subset { new, old: remapper.remapped_gids().collect(), spelled }
    }

    /// A glyph's number in the subset, if it is there.
    pub fn number(&self, glyph: u16) -> Option<u16> {
        self.new.get(usize::from(glyph)).copied().filter(|new| *new > 0 || glyph == 0)
    }

    /// What a glyph of the subset stands for throughout the file.
    pub fn spelled(&self, new: u16) -> Option<&str> {
        self.spelled.get(usize::from(new)).and_then(Option::as_deref)
    }
}
