//! The subsets of faces as they are embedded, each cut, deflated and serialized once for all files of a run. printpdf makes the
//! font objects.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId};
use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, PdfSaveOptions, Pt, TextItem,
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::PdfError;
use super::deflate::{Deflater, small};
use super::file::Chunk;
use super::fonts::Subset;
use super::number::reference;
use super::sfnt::without;
use super::unicode::unicode_table;
use crate::layout::{FaceId, Faces};

/// A face cut down to a subset, as the objects that embed it.
pub(super) struct Embedding(Vec<Serialized>);

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

/// Cuts faces down and serializes them, all on as many cores as are free.
///
/// # Errors
/// [`PdfError::Subset`]; [`PdfError::Shell`].
pub(super) fn embed(subsets: &[(FaceId, &Subset)], faces: &Faces) -> Result<BTreeMap<FaceId, Embedding>, PdfError> {
    // Subsetting and deflating are most of the work of a run of one sheet.
    let cut: Vec<Cut<'_>> =
        subsets.par_iter().map(|(face, subset)| Cut::of(*face, subset, faces)).collect::<Result<_, _>>()?;
    let shell = shell(&cut, faces);
    let fonts = font_dictionaries(&shell)?;
    let embedding = |Cut { face, subset, deflated, .. }: Cut<'_>| {
        let id = fonts.get(font_id(face).0.as_bytes()).and_then(Object::as_reference)?;
        let mut flat = Flat { file: &shell, numbers: vec![id], subset, program: Some(deflated) };
        let mut objects = Vec::new();
        while let Some(&id) = flat.numbers.get(objects.len()) {
            objects.push(flat.serialized(id)?);
        }
        Ok((face, Embedding(objects)))
    };
    cut.into_iter().map(embedding).collect()
}

impl Embedding {
    /// How many objects it has: in object streams, and streams.
    pub fn count(&self) -> (u32, u32) {
        let streams = self.0.iter().filter(|object| object.stream.is_some()).count() as u32;
        (self.0.len() as u32 - streams, streams)
    }

    /// Adds its objects to a chunk; the number of the font.
    pub fn append(&self, chunk: &mut Chunk, deflater: &mut Deflater) -> u32 {
        let (packed, apart) = self.count();
        let first = chunk.reserve(packed + apart);
        for (at, object) in self.0.iter().enumerate() {
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
        first
    }
}

/// A face cut down to a subset, as a font file and deflated.
struct Cut<'a> {
    face: FaceId,
    subset: &'a Subset,
    bytes: Vec<u8>,
    deflated: Vec<u8>,
}

impl<'a> Cut<'a> {
    fn of(face: FaceId, subset: &'a Subset, faces: &Faces) -> Result<Self, PdfError> {
        let source = faces.get(face);
        let mut remapper = GlyphRemapper::new();
        subset.old.iter().for_each(|glyph| {
            remapper.remap(*glyph);
        });
        let bytes = subsetter::subset(source.data, 0, &remapper).map_err(|_| PdfError::Subset(source.name))?;
        let bytes = without(&[b"name", b"post"], &bytes);
        let deflated = small(&bytes);
        Ok(Cut { face, subset, bytes, deflated })
    }
}

/// The document as printpdf makes it: a page that shows every glyph, as it embeds a font only where it sees it used.
fn shell(cut: &[Cut<'_>], faces: &Faces) -> lopdf::Document {
    let mut shell = PdfDocument::new("");
    let mut ops = vec![Op::StartTextSection];
    for Cut { face, subset, bytes, .. } in cut {
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
    subset: &'a Subset,
    /// The deflated font program, until it is met.
    program: Option<Vec<u8>>,
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
                self.program.take()
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
