//! A line's glyphs → the operations that show them, coded once however often the line stands.

use std::ops::Range;
use std::sync::Arc;

use super::content::Coder;
use super::fonts::Subset;
use super::number::real;
use crate::known::Known;
use crate::layout::{FaceId, Glyph, Run, Setting};

/// From so many coded lines on, those are looked for that no document will show again.
const MANY: usize = 4_000;

/// Lines coded before, to be read or as decoration, by the address of their setting, which is kept alive so that no other can have it.
#[derive(Default)]
pub(super) struct CodedLines {
    known: Known<(usize, bool), CodedLine>,
    /// How many there are when the next search pays.
    many: usize,
}

struct CodedLine {
    setting: Arc<Setting>,
    parts: Arc<[Part]>,
}

impl CodedLines {
    pub fn get(&self, setting: &Arc<Setting>, tagged: bool) -> Option<Arc<[Part]>> {
        self.known.get(&(Arc::as_ptr(setting) as usize, tagged)).map(|line| Arc::clone(&line.parts))
    }

    fn keep(&mut self, setting: &Arc<Setting>, tagged: bool, parts: &Arc<[Part]>) {
        if self.known.len() >= self.many.max(MANY) {
            // A line that nobody else holds was set for documents that are finished.
            self.known.retain(|line| Arc::strong_count(&line.setting) > 1);
            self.many = 2 * self.known.len();
        }
        let line = CodedLine { setting: Arc::clone(setting), parts: Arc::clone(parts) };
        self.known.insert((Arc::as_ptr(setting) as usize, tagged), line);
    }
}

/// Glyphs that are shown in one operation.
pub(super) struct Part {
    /// From the left end of the run, pt.
    pub x: f32,
    /// The operation, from `[` to `TJ`.
    pub show: Vec<u8>,
    /// What is read in place of the glyphs.
    pub instead: Option<Arc<str>>,
}

impl Coder<'_> {
    fn subset(&self, face: FaceId) -> Option<&Subset> {
        self.own.get(&face).or_else(|| self.fonts.get(face))
    }

    /// The parts of a run, for one that is read or for decoration.
    pub fn parts(&mut self, run: &Run, tagged: bool) -> Arc<[Part]> {
        // A line that only this page holds will not come again; nor will one with a subset of this file's own.
        let shared = Arc::strong_count(&run.setting) > 1 && !self.own.contains_key(&run.face);
        if shared && let Some(parts) = self.coded.get(&run.setting, tagged) {
            return parts;
        }
        let parts = self.code(&run.setting, tagged).into();
        if shared {
            self.coded.keep(&run.setting, tagged, &parts);
        }
        parts
    }

    /// Clusters of which a glyph stands for other characters here than elsewhere are parts of their own.
    fn code(&self, setting: &Setting, tagged: bool) -> Vec<Part> {
        let glyphs = setting.glyphs.as_slice();
        // A cluster is spelled by its first glyph.
        let cluster = |start: usize| {
            let more = glyphs[start + 1..].iter().take_while(|glyph| glyph.text.is_empty()).count();
            start..start + 1 + more
        };
        // The second glyph of a cluster spells nothing, which no table of characters can say.
        let apart = |cluster: Range<usize>| {
            let spelled = |glyph: &Glyph| !glyph.text.is_empty() && self.spells(setting, glyph);
            tagged && setting.instead.is_none() && !glyphs[cluster].iter().all(spelled)
        };
        let mut parts = Vec::with_capacity(1);
        let (mut at, mut x) = (0, 0.0);
        while at < glyphs.len() {
            let start = at;
            let alone = apart(cluster(at));
            while at < glyphs.len() && apart(cluster(at)) == alone {
                at = cluster(at).end;
            }
            let glyphs = &glyphs[start..at];
            let instead = match alone {
                true => Some(glyphs.iter().map(|glyph| spelling(setting, glyph)).collect::<String>().into()),
                false => setting.instead.clone().filter(|_| tagged),
            };
            parts.push(Part { x, show: self.show(setting, glyphs), instead });
            x += glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * setting.size / 1000.0;
        }
        parts
    }

    fn spells(&self, setting: &Setting, glyph: &Glyph) -> bool {
        let subset = self.subset(setting.face);
        let known = subset.and_then(|subset| subset.spelled(subset.number(glyph.id)?)).unwrap_or_default();
        known == spelling(setting, glyph)
    }

    fn show(&self, setting: &Setting, glyphs: &[Glyph]) -> Vec<u8> {
        // What the pen is behind its place, thousandths of the size: rounded where it is made up for, and the rest carried on.
        let (mut behind, mut rise) = (0.0, 0.0);
        let (subset, face) = (self.subset(setting.face), self.faces.get(setting.face));
        let mut out = Vec::with_capacity(glyphs.len() * 3 + 8);
        out.extend_from_slice(b"[(");
        for glyph in glyphs {
            if glyph.offset.1 != rise {
                rise = glyph.offset.1;
                out.extend_from_slice(b")]TJ ");
                real(&mut out, rise * setting.size / 1000.0);
                out.extend_from_slice(b" Ts [(");
            }
            let before: f32 = (behind + glyph.offset.0).round();
            if before != 0.0 {
                out.push(b')');
                real(&mut out, -before);
                out.push(b'(');
            }
            code(&mut out, subset.and_then(|subset| subset.number(glyph.id)).unwrap_or(0));
            behind += glyph.advance - face.advance(glyph.id) - before;
        }
        out.extend_from_slice(b")]TJ");
        if rise != 0.0 {
            out.extend_from_slice(b" 0 Ts");
        }
        out.push(b'\n');
        out
    }
}

/// A glyph's number in a string: two bytes, those escaped that would end the string or be read as another.
fn code(out: &mut Vec<u8>, glyph: u16) {
    for byte in glyph.to_be_bytes() {
        match byte {
            b'\r' => out.extend_from_slice(b"\\r"),
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            _ => out.push(byte),
        }
    }
}

/// What a glyph spells in its place.
pub(super) fn spelling<'s>(setting: &'s Setting, glyph: &Glyph) -> &'s str {
    setting.text.get(glyph.text.start as usize..glyph.text.end as usize).unwrap_or_default()
}
