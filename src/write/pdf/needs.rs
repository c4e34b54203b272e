//! What the pages of a file need of the faces, beyond what all files of its run share.

use std::collections::BTreeMap;

use super::coded::{CodedLines, spelling};
use super::fonts::{Fonts, Subset, Wanted};
use crate::layout::{FaceId, Faces, Pages, Setting};

/// The fonts of one file: those of the run, and what else its pages need.
pub(super) struct FileFonts<'a> {
    pub fonts: &'a Fonts,
    pub faces: &'a Faces,
    pub used: [bool; FaceId::MOST],
    /// Glyphs that the run's subsets lack, in the order in which they are met.
    pub more: BTreeMap<FaceId, Wanted>,
}

impl<'a> FileFonts<'a> {
    pub fn new(fonts: &'a Fonts, faces: &'a Faces) -> Self {
        FileFonts { fonts, faces, used: [false; FaceId::MOST], more: BTreeMap::new() }
    }

    fn find(&mut self, setting: &Setting) {
        self.used[setting.face.number()] = true;
        let subset = self.fonts.get(setting.face);
        for glyph in &setting.glyphs {
            if subset.and_then(|subset| subset.number(glyph.id)).is_none() {
                self.more.entry(setting.face).or_default().add(glyph.id, spelling(setting, glyph));
            }
        }
    }

    /// Notes what a document's pages need.
    pub fn note(&mut self, pages: &Pages, coded: &CodedLines) {
        for mark in pages.pages.iter().flat_map(|page| page.all()) {
            for run in mark.ink.runs() {
                match coded.get(&run.setting, mark.node.is_some()) {
                    Some(_) => self.used[run.face.number()] = true,
                    None => self.find(&run.setting),
                }
            }
        }
    }

    /// The subsets that replace the run's own.
    pub fn own(&self) -> BTreeMap<FaceId, Subset> {
        let more = |(face, wanted): (&FaceId, &Wanted)| {
            (*face, Subset::with(self.fonts.get(*face), *face, wanted, self.faces))
        };
        self.more.iter().map(more).collect()
    }
}
