//! The faces of a file, each subset to the glyphs that it shows.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId, Stream};
use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub,
    Pt, TextItem,
};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::PdfError;
use crate::layout::{FaceId, Faces, Ink, Pages};

/// The subset of one face.
struct Subset {
    face: FaceId,
    bytes: Vec<u8>,
    /// Old glyph numbers by new ones.
    old: Vec<u16>,
    new: BTreeMap<u16, u16>,
    /// The characters that each new glyph was first seen to stand for.
    spelled: Vec<Option<String>>,
}

/// The subsets of all faces that a document uses.
pub(super) struct Subsets(BTreeMap<FaceId, Subset>);

impl Subsets {
    /// Subsets every face to the glyphs on the pages.
    pub fn of(pages: &Pages, faces: &Faces) -> Result<Self, PdfError> {
        let mut used: BTreeMap<FaceId, BTreeSet<u16>> = BTreeMap::new();
        for mark in pages.pages.iter().flat_map(|page| &page.marks) {
            if let Ink::Text(run) = &mark.ink {
                used.entry(run.face).or_default().extend(run.glyphs.iter().map(|glyph| glyph.id));
            }
        }
        let subset = |(face, glyphs): (FaceId, BTreeSet<u16>)| {
            let mut remapper = GlyphRemapper::new();
            let pairs = glyphs.iter().map(|&old| (old, remapper.remap(old)));
            let new: BTreeMap<u16, u16> = pairs.collect();
            let source = faces.get(face);
            let bytes = subsetter::subset(source.data, 0, &remapper).map_err(|_| PdfError::Subset(source.name))?;
            let old: Vec<u16> = remapper.remapped_gids().collect();
            let spelled = vec![None; old.len()];
            Ok((face, Subset { face, bytes, old, new, spelled }))
        };
        used.into_iter().map(subset).collect::<Result<_, _>>().map(Subsets)
    }

    /// A glyph's number in the subset.
    pub fn renumbered(&self, face: FaceId, glyph: u16) -> u16 {
        self.0.get(&face).and_then(|subset| subset.new.get(&glyph)).copied().unwrap_or(0)
    }

    /// Whether the glyph stands for these characters throughout the file; the first to ask settles it.
    pub fn spells(&mut self, face: FaceId, glyph: u16, text: &str) -> bool {
        let new = usize::from(self.renumbered(face, glyph));
        match self.0.get_mut(&face).and_then(|subset| subset.spelled.get_mut(new)) {
            Some(Some(known)) => known == text,
            Some(slot) => {
                // The hyphen at a line's end shares its glyph with the one inside a word, which is the glyph's own meaning.
                let own = if text == "\u{ad}" { "-" } else { text };
                *slot = Some(own.to_string());
                own == text
            }
            None => false,
        }
    }

    /// Gives the fonts to printpdf.
    pub fn embed(&self, shell: &mut PdfDocument, faces: &Faces) {
        for subset in self.0.values() {
            let face = faces.get(subset.face);
            let [x_min, y_min, x_max, y_max] = face.bounds;
            let font = ParsedFont {
                original_bytes: subset.bytes.clone(),
                font_index: 0,
                font_name: Some(format!("{}+{}", letters(&subset.bytes), face.name)),
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
            };
            shell.resources.fonts.map.insert(font_id(subset.face), PdfFont::new(font));
        }
    }

    /// Operations that show every glyph of every font.
    pub fn show_all(&self) -> Vec<Op> {
        let mut ops = vec![Op::StartTextSection];
        for subset in self.0.values() {
            ops.push(Op::SetFont { font: PdfFontHandle::External(font_id(subset.face)), size: Pt(1.0) });
            let glyphs = (0..subset.old.len() as u16).map(|gid| Codepoint { gid, offset: 0.0, cid: None });
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
        }
        ops.push(Op::EndTextSection);
        ops
    }

    /// Replaces printpdf's tables from glyphs to characters, which keep one character a glyph.
    pub fn map_to_unicode(&self, file: &mut lopdf::Document, page: Option<&ObjectId>) -> Result<(), PdfError> {
        let Some(page) = page else { return Ok(()) };
        let resources = file.get_dictionary(*page)?.get(b"Resources").and_then(Object::as_reference)?;
        let fonts = file.get_dictionary(resources)?.get(b"Font")?.clone();
        let fonts = match fonts {
            Object::Reference(id) => file.get_dictionary(id)?.clone(),
            other => other.as_dict()?.clone(),
        };
        for subset in self.0.values() {
            let font = fonts.get(font_id(subset.face).0.as_bytes()).and_then(Object::as_reference)?;
            let table = file.get_dictionary(font)?.get(b"ToUnicode").and_then(Object::as_reference)?;
            let stream = Stream::new(Dictionary::new(), unicode_table(&subset.spelled).into_bytes());
            file.objects.insert(table, Object::Stream(stream));
        }
        Ok(())
    }
}

fn font_id(face: FaceId) -> FontId {
    FontId(format!("F{}", face as usize))
}

/// The six letters that mark a subset, from its content.
fn letters(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

fn unicode_table(spelled: &[Option<String>]) -> String {
    let mut table = String::from(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
         /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n\
         /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
    );
    let known: Vec<(usize, &str)> = (0..)
        .zip(spelled)
        // A glyph that spells nothing by itself is the second of a cluster: a zero-width space to who copies it.
        .filter_map(|(new, text)| text.as_deref().map(|text| (new, if text.is_empty() { "\u{200b}" } else { text })))
        .collect();
    for group in known.chunks(100) {
        table += &format!("{} beginbfchar\n", group.len());
        for (new, text) in group {
            let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            table += &format!("<{new:04X}> <{units}>\n");
        }
        table += "endbfchar\n";
    }
    table + "endcmap CMapName currentdict /CMap defineresource pop end end"
}
