//! The faces, each subset, deflated and serialized once for all files of a run. printpdf makes the font objects.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId};
use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, PdfSaveOptions, Pt, TextItem,
};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::PdfError;
use super::deflate::{Deflater, small};
use super::file::Chunk;
use super::number::reference;
use super::sfnt::without;
use super::unicode::unicode_table;
use crate::layout::{FaceId, Faces, Pages};

/// The subset of one face.
pub(super) struct Subset {
    /// New glyph numbers by old ones; 0 where a glyph is not in the subset.
    new: Vec<u16>,
    old: Vec<u16>,
    /// The characters that each new glyph stands for.
    spelled: Vec<Option<Box<str>>>,
    objects: Vec<Serialized>,
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

/// An object of a font, its references counted from the font's first object.
struct Serialized {
    /// Text between references.
    pieces: Vec<Piece>,
    /// A deflated stream.
    stream: Option<Vec<u8>>,
}

enum Piece {
    Bytes(Vec<u8>),
    Reference(u32),
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
    pub fn of(pages: &[&Pages], faces: &Faces, differing: Differing<'_>) -> Result<Self, PdfError> {
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
        for (face, subset) in subsets(wanted, faces)? {
            fonts.0[face.number()] = Some(subset);
        }
        Ok(fonts)
    }

    /// Adds the objects of the faces used to a chunk; returns the first of each.
    pub fn write(
        &self,
        chunk: &mut Chunk,
        used: impl Iterator<Item = FaceId>,
        deflater: &mut Deflater,
    ) -> BTreeMap<FaceId, u32> {
        let mut fonts = BTreeMap::new();
        for (face, subset) in used.filter_map(|face| Some((face, self.get(face)?))) {
            let (packed, apart) = subset.count();
            let first = chunk.reserve(packed + apart);
            subset.write(chunk, first, deflater);
            fonts.insert(face, first);
        }
        fonts
    }

    /// A face's subset.
    pub fn get(&self, face: FaceId) -> Option<&Subset> {
        self.0[face.number()].as_ref()
    }
}

impl Subset {
    /// The subset with more glyphs after its own, whose numbers stay.
    pub fn with(base: Option<&Subset>, face: FaceId, more: &Wanted, faces: &Faces) -> Result<Self, PdfError> {
        let mut glyphs: Vec<(u16, Option<Box<str>>)> = Vec::new();
        if let Some(base) = base {
            glyphs.extend(base.old.iter().copied().zip(base.spelled.iter().cloned()).skip(1));
        }
        glyphs.extend(more.0.iter().map(|(glyph, text)| (*glyph, text.clone())));
        let mut made = serialize(vec![(face, glyphs)], faces)?;
        made.pop().map(|(_, subset)| subset).ok_or(PdfError::Subset(faces.get(face).name))
    }

    /// A glyph's number in the subset, if it is there.
    pub fn number(&self, glyph: u16) -> Option<u16> {
        self.new.get(usize::from(glyph)).copied().filter(|new| *new > 0 || glyph == 0)
    }

    /// What a glyph of the subset stands for throughout the file.
    pub fn spelled(&self, new: u16) -> Option<&str> {
        self.spelled.get(usize::from(new)).and_then(Option::as_deref)
    }

    /// How many objects it has: in object streams, and streams.
    pub fn count(&self) -> (u32, u32) {
        let streams = self.objects.iter().filter(|object| object.stream.is_some()).count() as u32;
        (self.objects.len() as u32 - streams, streams)
    }

    /// Adds its objects to a chunk, which has kept the numbers from `first` on for them; the font is the first.
    pub fn write(&self, chunk: &mut Chunk, first: u32, deflater: &mut Deflater) {
        for (at, object) in self.objects.iter().enumerate() {
            let number = first + at as u32;
            let text = |out: &mut Vec<u8>| {
                for piece in &object.pieces {
                    match piece {
                        Piece::Bytes(bytes) => out.extend_from_slice(bytes),
                        Piece::Reference(at) => reference(out, first + at),
                    }
                }
            };
            match &object.stream {
                None => chunk.object(number, deflater, text),
                Some(stream) => {
                    let mut entries = Vec::new();
                    text(&mut entries);
                    chunk.stream(number, &entries, stream);
                }
            }
        }
    }
}

fn subsets(wanted: BTreeMap<FaceId, Wanted>, faces: &Faces) -> Result<Vec<(FaceId, Subset)>, PdfError> {
    serialize(wanted.into_iter().map(|(face, glyphs)| (face, glyphs.0.into_iter().collect())).collect(), faces)
}

/// Glyphs of a face in the order of their new numbers from 1 on, each with what it stands for.
type Glyphs = (FaceId, Vec<(u16, Option<Box<str>>)>);

fn serialize(wanted: Vec<Glyphs>, faces: &Faces) -> Result<Vec<(FaceId, Subset)>, PdfError> {
    use rayon::prelude::*;
    let cut = |(face, glyphs): &Glyphs| {
        let source = faces.get(*face);
        let mut remapper = GlyphRemapper::new();
        let mut new = vec![0; source.glyphs()];
        let mut spelled = vec![None];
        for (glyph, text) in glyphs {
            let number = usize::from(remapper.remap(*glyph));
            new[usize::from(*glyph)] = number as u16;
            spelled.resize(spelled.len().max(number + 1), None);
            spelled[number] = text.clone();
        }
        let bytes = subsetter::subset(source.data, 0, &remapper).map_err(|_| PdfError::Subset(source.name))?;
        let bytes = without(&[b"name", b"post"], &bytes);
        let old: Vec<u16> = remapper.remapped_gids().collect();
        let deflated = small(&bytes);
        Ok((*face, bytes, deflated, Subset { new, old, spelled, objects: Vec::new() }))
    };
    // Subsetting and deflating are most of the work of a run of one sheet.
    let mut cut: Vec<(FaceId, Vec<u8>, Vec<u8>, Subset)> =
        wanted.par_iter().map(cut).collect::<Result<_, PdfError>>()?;
    let shell = shell(&cut, faces);
    let fonts = font_dictionaries(&shell)?;
    for (face, _, deflated, subset) in &mut cut {
        let id = fonts.get(font_id(*face).0.as_bytes()).and_then(Object::as_reference)?;
        let mut flat = Flat { file: &shell, numbers: vec![id], objects: Vec::new(), subset, program: deflated };
        let mut at = 0;
        while let Some(&id) = flat.numbers.get(at) {
            let object = flat.serialized(id)?;
            flat.objects.push(object);
            at += 1;
        }
        subset.objects = flat.objects;
    }
    Ok(cut.into_iter().map(|(face, _, _, subset)| (face, subset)).collect())
}

/// The document as printpdf makes it: a page that shows every glyph, as it embeds a font only where it sees it used.
fn shell(cut: &[(FaceId, Vec<u8>, Vec<u8>, Subset)], faces: &Faces) -> lopdf::Document {
    let mut shell = PdfDocument::new("");
    let mut ops = vec![Op::StartTextSection];
    for (face, bytes, _, subset) in cut {
        shell.resources.fonts.map.insert(font_id(*face), PdfFont::new(parsed(*face, bytes, subset, faces)));
        ops.push(Op::SetFont { font: PdfFontHandle::External(font_id(*face)), size: Pt(1.0) });
        let glyphs = (0..subset.old.len() as u16).map(|gid| Codepoint { gid, offset: 0.0, cid: None });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
    }
    ops.push(Op::EndTextSection);
    shell.with_pages(vec![PdfPage::new(Mm(10.0), Mm(10.0), ops)]);
    let options = PdfSaveOptions { subset_fonts: false, optimize: false, ..PdfSaveOptions::default() };
    shell.to_lopdf_document(&options, &mut Vec::new())
}

fn parsed(face: FaceId, bytes: &[u8], subset: &Subset, faces: &Faces) -> ParsedFont {
    let face = faces.get(face);
    let [x_min, y_min, x_max, y_max] = face.bounds;
    ParsedFont {
        original_bytes: bytes.to_vec(),
        font_index: 0,
        font_name: Some(format!("{}+{}", letters(bytes), face.name)),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: (0..).zip(&subset.old).map(|(new, old)| (new, face.advance(*old) as u16)).collect(),
        units_per_em: face.units,
        font_metrics: FontMetrics { ascent: face.ascent, descent: face.descent },
        font_type: FontType::TrueType,
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: face.units,
            x_min,
            y_min,
            x_max,
            y_max,
            caret_slope_rise: 1000,
            caret_slope_run: face.slope,
            us_weight_class: face.weight,
        },
    }
}

fn font_dictionaries(shell: &lopdf::Document) -> Result<Dictionary, PdfError> {
    let page = shell.page_iter().next().ok_or_else(|| PdfError::Shell("page".to_owned()))?;
    let resources = shell.get_dictionary(page)?.get(b"Resources").and_then(Object::as_reference)?;
    Ok(match shell.get_dictionary(resources)?.get(b"Font")? {
        Object::Reference(id) => shell.get_dictionary(*id)?.clone(),
        other => other.as_dict()?.clone(),
    })
}

/// A font's objects, numbered in the order in which they are met.
struct Flat<'a> {
    file: &'a lopdf::Document,
    numbers: Vec<ObjectId>,
    objects: Vec<Serialized>,
    subset: &'a Subset,
    /// The deflated font program.
    program: &'a [u8],
}

impl Flat<'_> {
    fn serialized(&mut self, id: ObjectId) -> Result<Serialized, PdfError> {
        let file = self.file;
        let mut pieces = vec![Piece::Bytes(Vec::new())];
        let stream = match file.get_object(id)? {
            Object::Stream(stream) if stream.dict.has(b"Length1") => {
                let mut entries = Dictionary::new();
                entries.set("Length1", stream.dict.get(b"Length1")?.clone());
                self.entries(&entries, &mut pieces);
                Some(self.program.to_vec())
            }
            // printpdf's table from glyphs to characters keeps one character a glyph.
            Object::Stream(_) => Some(small(&unicode_table(&self.subset.spelled))),
            other => {
                self.value(other, &mut pieces);
                None
            }
        };
        Ok(Serialized { pieces, stream })
    }

    fn entries(&mut self, dictionary: &Dictionary, pieces: &mut Vec<Piece>) {
        for (key, value) in dictionary {
            name(key, pieces);
            self.value(value, pieces);
        }
    }

    fn value(&mut self, value: &Object, pieces: &mut Vec<Piece>) {
        match value {
            Object::Reference(id) => {
                let known = self.numbers.iter().position(|known| known == id);
                let at = known.unwrap_or_else(|| {
                    self.numbers.push(*id);
                    self.numbers.len() - 1
                });
                put(b" ", pieces);
                pieces.extend([Piece::Reference(at as u32), Piece::Bytes(Vec::new())]);
            }
            Object::Dictionary(inner) => {
                put(b"<<", pieces);
                self.entries(inner, pieces);
                put(b">>", pieces);
            }
            Object::Array(values) => {
                put(b"[", pieces);
                for value in values {
                    self.value(value, pieces);
                }
                put(b"]", pieces);
            }
            Object::Name(word) => name(word, pieces),
            Object::String(bytes, _) => {
                put(b"<", pieces);
                bytes.iter().for_each(|byte| put(format!("{byte:02X}").as_bytes(), pieces));
                put(b">", pieces);
            }
            Object::Integer(number) => put(format!(" {number}").as_bytes(), pieces),
            Object::Real(number) => put(format!(" {number}").as_bytes(), pieces),
            Object::Boolean(yes) => put(format!(" {yes}").as_bytes(), pieces),
            Object::Null | Object::Stream(_) => put(b" null", pieces),
        }
    }
}

fn name(word: &[u8], pieces: &mut [Piece]) {
    put(b"/", pieces);
    put(word, pieces);
}

fn put(bytes: &[u8], pieces: &mut [Piece]) {
    if let Some(Piece::Bytes(text)) = pieces.last_mut() {
        text.extend_from_slice(bytes);
    }
}

fn font_id(face: FaceId) -> FontId {
    FontId(format!("F{}", face.number()))
}

/// The six letters that mark a subset, from its content.
fn letters(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}
