//! The type faces: parsed once a run, shared by all threads.

use std::sync::Mutex;

use harfrust::{Buffer, Direction, Font, GlyphId, Script, ShapeOptions, ShapePlan, ShaperFont, Tag};
use unicode_bidi::{BidiClass, bidi_class};
use unicode_script::UnicodeScript;

use super::LayoutError;
use super::paragraph::SetParagraphs;
use super::shape::ShapedWords;
use crate::typeface;

/// A face, by family and cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaceId {
    /// Source Serif 4 Regular: the text face.
    Serif,
    /// Source Serif 4 Italic.
    SerifItalic,
    /// Source Serif 4 Semibold: headings.
    SerifSemibold,
    /// Source Serif 4 Bold.
    SerifBold,
    /// Atkinson Hyperlegible Next Regular: labels, furniture, the accessible prints.
    Sans,
    /// Atkinson Hyperlegible Next Italic.
    SansItalic,
    /// Atkinson Hyperlegible Next Bold.
    SansBold,
    /// A face of the user's own, by its place among them: it serves for what the built-in faces lack.
    Own(u8),
}

impl FaceId {
    /// The built-in faces, in the order in which they are asked for a character that the wanted one lacks.
    pub const BUILT_IN: [FaceId; 7] = [
        FaceId::Serif,
        FaceId::SerifItalic,
        FaceId::SerifSemibold,
        FaceId::SerifBold,
        FaceId::Sans,
        FaceId::SansItalic,
        FaceId::SansBold,
    ];

    /// How many faces a run can have, the built-in ones and the user's own.
    pub const MOST: usize = 16;

    /// Its number, below [`FaceId::MOST`].
    pub fn number(self) -> usize {
        match self {
            FaceId::Serif => 0,
            FaceId::SerifItalic => 1,
            FaceId::SerifSemibold => 2,
            FaceId::SerifBold => 3,
            FaceId::Sans => 4,
            FaceId::SansItalic => 5,
            FaceId::SansBold => 6,
            FaceId::Own(at) => 7 + usize::from(at),
        }
    }

    /// Name and file of a built-in face.
    fn source(self) -> Option<(&'static str, &'static [u8])> {
        Some(match self {
            FaceId::Serif => ("SourceSerif4-Regular", typeface::SERIF),
            FaceId::SerifItalic => ("SourceSerif4-It", typeface::SERIF_ITALIC),
            FaceId::SerifSemibold => ("SourceSerif4-Semibold", typeface::SERIF_SEMIBOLD),
            FaceId::SerifBold => ("SourceSerif4-Bold", typeface::SERIF_BOLD),
            FaceId::Sans => ("AtkinsonHyperlegibleNext-Regular", typeface::SANS),
            FaceId::SansItalic => ("AtkinsonHyperlegibleNext-Italic", typeface::SANS_ITALIC),
            FaceId::SansBold => ("AtkinsonHyperlegibleNext-Bold", typeface::SANS_BOLD),
            FaceId::Own(_) => return None,
        })
    }
}

/// The file of a face of the user's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontFile {
    /// Its name, for messages.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// One parsed face.
pub struct Face {
    /// PostScript name.
    pub name: &'static str,
    /// The font file.
    pub data: &'static [u8],
    /// Design units to the em.
    pub units: u16,
    /// Height of the ascenders over the baseline, design units.
    pub ascent: i16,
    /// Depth of the descenders, design units, negative.
    pub descent: i16,
    /// The box around all glyphs: x and y minimum, x and y maximum, design units.
    pub bounds: [i16; 4],
    /// 100 to 900.
    pub weight: u16,
    /// Slope of an italic, run over a rise of 1000.
    pub slope: i16,
    advances: Vec<f32>,
    font: Font,
    plan: ShapePlan,
}

/// All faces of a run, and what was set with them: a run sets most of its words again and again.
pub struct Faces {
    /// By [`FaceId::number`].
    faces: Vec<Face>,
    /// One for each document that is being laid out at a time. A stock changes how soon a document is done, never how.
    stocks: Mutex<Vec<Stock>>,
}

/// Words and paragraphs set before.
#[derive(Debug, Default)]
pub(super) struct Stock {
    pub words: ShapedWords,
    pub paragraphs: SetParagraphs,
}

/// A glyph as shaped: number, advance, offset (thousandths of the em) and first byte of its cluster.
pub(super) type ShapedGlyph = (u16, f32, (f32, f32), u32);

impl Faces {
    /// Parses the built-in faces.
    ///
    /// # Errors
    /// A font file that is not one: the program was built wrongly.
    pub fn load() -> Result<Self, LayoutError> {
        Faces::with_own(&[])
    }

    /// The built-in faces, and after them others, which serve in their order for the characters that those lack.
    ///
    /// # Errors
    /// A file that is no face that can be embedded, and why.
    pub fn with_own(own: &[FontFile]) -> Result<Self, LayoutError> {
        let room = FaceId::MOST - FaceId::BUILT_IN.len();
        if let Some(file) = own.get(room) {
            let fault = format!("there is room for {room} fonts of your own, and this is one more");
            return Err(LayoutError::OwnFont { file: file.name.clone(), fault });
        }
        let built_in = FaceId::BUILT_IN.into_iter().map(Face::load);
        let faces = built_in.chain(own.iter().map(Face::own)).collect::<Result<_, _>>()?;
        Ok(Faces { faces, stocks: Mutex::default() })
    }

    /// All faces, in the order in which they are asked for a character that the wanted one lacks.
    pub fn ids(&self) -> impl Iterator<Item = FaceId> {
        let own = self.faces.len() - FaceId::BUILT_IN.len();
        FaceId::BUILT_IN.into_iter().chain((0..own as u8).map(FaceId::Own))
    }

    /// A stock that no other document uses.
    pub(super) fn stock(&self) -> Stock {
        self.stocks.lock().ok().and_then(|mut stocks| stocks.pop()).unwrap_or_default()
    }

    /// Hands a stock back for the next document.
    pub(super) fn restock(&self, stock: Stock) {
        if let Ok(mut stocks) = self.stocks.lock() {
            stocks.push(stock);
        }
    }

    /// The face.
    pub fn get(&self, id: FaceId) -> &Face {
        &self.faces[id.number()]
    }

    /// The first character that no face has, so that a name can be refused before anything is laid out.
    pub fn lacking(&self, text: &str) -> Option<char> {
        text.chars().find(|character| self.covering(FaceId::Serif, *character).is_none())
    }

    /// The face to set a character in: the wanted one, else the first that has it. Of scripts that run from right to left no
    /// face can set any: lines are filled from the left.
    pub fn covering(&self, wanted: FaceId, character: char) -> Option<FaceId> {
        if character.is_ascii_graphic() {
            return Some(wanted);
        }
        let has = |id: &FaceId| self.get(*id).glyph(character).is_some();
        let found = Some(wanted).filter(has).or_else(|| self.ids().find(has));
        found.filter(|id| !matches!(id, FaceId::Own(_)) || !runs_left(character))
    }
}

/// Whether a character is of a script that is written from right to left.
fn runs_left(character: char) -> bool {
    matches!(bidi_class(character), BidiClass::R | BidiClass::AL)
}

impl Face {
    fn load(id: FaceId) -> Result<Self, LayoutError> {
        let (name, data) = id.source().ok_or(LayoutError::Font("of a user"))?;
        Face::parse(id, name, data).ok_or(LayoutError::Font(name))
    }

    /// A face of the user's own, which lives as long as the program: it is read once a run.
    fn own(file: &FontFile) -> Result<Self, LayoutError> {
        let refused = |fault: &str| LayoutError::OwnFont { file: file.name.clone(), fault: fault.to_owned() };
        let no_font = || refused("this is no TrueType font");
        match file.bytes.get(..4) {
            Some([0, 1, 0, 0] | b"true") => {}
            Some(b"OTTO") => {
                return Err(refused("its outlines are of the PostScript kind; take the family’s .ttf files"));
            }
            Some(b"ttcf") => return Err(refused("this is a collection of fonts; take one font of it, as a .ttf file")),
            Some(b"wOFF" | b"wOF2") => return Err(refused("this is packed for the web; take the family’s .ttf files")),
            _ => return Err(no_font()),
        }
        // OpenType, “OS/2”: fsType 2 alone forbids embedding.
        let forbidden = table(&file.bytes, Tag::new(b"OS/2")).and_then(|os2| os2.get(8..10)).map(|bits| bits[1] & 0xF);
        if forbidden == Some(2) {
            return Err(refused("its maker forbids to embed it; take another"));
        }
        // Its name in PDF files, whose names are of letters and digits.
        let stem = file.name.rsplit(['/', '\\']).next().and_then(|name| name.split('.').next()).unwrap_or_default();
        let name: String = stem.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(60).collect();
        let name = if name.is_empty() { "Own".to_owned() } else { name };
        Face::parse(FaceId::Own(0), name.leak(), file.bytes.clone().leak()).ok_or_else(no_font)
    }

    fn parse(id: FaceId, name: &'static str, data: &'static [u8]) -> Option<Self> {
        let font = Font::new(data, 0)?;
        let plan = ShapePlan::new(&font, Direction::LeftToRight, Some(Script::LATIN), None, &[]);
        let metrics = font.metrics();
        let bounds = metrics.bounds;
        let line = metrics.hhea_line?;
        let (weight, slope) = match id {
            FaceId::Serif | FaceId::Sans | FaceId::Own(_) => (400, 0),
            FaceId::SerifItalic => (400, 194),
            FaceId::SansItalic => (400, 158),
            FaceId::SerifSemibold => (600, 0),
            FaceId::SerifBold | FaceId::SansBold => (700, 0),
        };
        let scale = 1000.0 / f32::from(metrics.units_per_em);
        let widths = font.glyph_metrics();
        let advances = (0..metrics.num_glyphs).map(|glyph| widths.h_advance(GlyphId::new(glyph)) * scale).collect();
        Some(Face {
            name,
            data,
            units: metrics.units_per_em,
            ascent: line.ascender.to_f32() as i16,
            descent: line.descender.to_f32() as i16,
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|edge| edge.to_f32() as i16),
            weight,
            slope,
            advances,
            font,
            plan,
        })
    }

    /// How many glyphs it has.
    pub fn glyphs(&self) -> usize {
        self.advances.len()
    }

    /// The glyph of a character by itself, if it has one.
    pub fn glyph(&self, character: char) -> Option<u16> {
        let glyph = self.font.charmap().map_unicode(character)?.to_u32();
        u16::try_from(glyph).ok().filter(|glyph| *glyph > 0)
    }

    /// Advance of a glyph as the font file has it, thousandths of the em: what a viewer moves on by.
    pub fn advance(&self, glyph: u16) -> f32 {
        self.advances.get(usize::from(glyph)).copied().unwrap_or(0.0)
    }

    /// Shapes a text of one script, left to right, in a buffer that is used again and again.
    pub(super) fn shape(&self, text: &str, buffer: &mut Buffer) -> Result<Vec<ShapedGlyph>, LayoutError> {
        buffer.clear();
        buffer.push_str(text);
        let latin = text.is_ascii() || script_of(text).is_none_or(|script| script == unicode_script::Script::Latin);
        if latin {
            buffer.set_script(Some(Script::LATIN));
        } else {
            buffer.guess_segment_properties();
        }
        buffer.set_direction(Direction::LeftToRight);
        let shaper = ShaperFont::new(&self.font);
        let options = ShapeOptions::new().plan(latin.then_some(&self.plan));
        harfrust::shape(&shaper, buffer, options).map_err(|_| LayoutError::Font(self.name))?;
        let scale = 1000.0 / f32::from(self.units);
        let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        Ok(glyphs
            .map(|(info, at)| {
                let offset = (at.x_offset as f32 * scale, at.y_offset as f32 * scale);
                (info.glyph_id as u16, at.x_advance as f32 * scale, offset, info.cluster)
            })
            .collect())
    }
}

/// The script of a text: that of its first character which has one of its own.
pub(super) fn script_of(text: &str) -> Option<unicode_script::Script> {
    use unicode_script::Script;
    let own = |script: &Script| !matches!(script, Script::Common | Script::Inherited | Script::Unknown);
    text.chars().map(|character| character.script()).find(own)
}

/// A table of a font file.
fn table(file: &[u8], tag: Tag) -> Option<&[u8]> {
    let count = usize::from(u16::from_be_bytes([*file.get(4)?, *file.get(5)?]));
    let record =
        file.get(12..12 + count * 16)?.chunks_exact(16).find(|record| record.starts_with(&tag.to_be_bytes()))?;
    let number = |at: usize| record.get(at..at + 4)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes) as usize);
    file.get(number(8)?..number(8)?.checked_add(number(12)?)?)
}
