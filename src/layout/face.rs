//! The type faces: parsed once a run, shared by all threads.

use std::sync::Mutex;

use harfrust::{Buffer, Direction, Font, GlyphId, Script, ShapeOptions, ShapePlan, ShaperFont};

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
}

impl FaceId {
    /// All faces, in the order in which they are asked for a character that the wanted one lacks.
    pub const ALL: [FaceId; 7] = [
        FaceId::Serif,
        FaceId::SerifItalic,
        FaceId::SerifSemibold,
        FaceId::SerifBold,
        FaceId::Sans,
        FaceId::SansItalic,
        FaceId::SansBold,
    ];

    fn source(self) -> (&'static str, &'static [u8]) {
        match self {
            FaceId::Serif => ("SourceSerif4-Regular", typeface::SERIF),
            FaceId::SerifItalic => ("SourceSerif4-It", typeface::SERIF_ITALIC),
            FaceId::SerifSemibold => ("SourceSerif4-Semibold", typeface::SERIF_SEMIBOLD),
            FaceId::SerifBold => ("SourceSerif4-Bold", typeface::SERIF_BOLD),
            FaceId::Sans => ("AtkinsonHyperlegibleNext-Regular", typeface::SANS),
            FaceId::SansItalic => ("AtkinsonHyperlegibleNext-Italic", typeface::SANS_ITALIC),
            FaceId::SansBold => ("AtkinsonHyperlegibleNext-Bold", typeface::SANS_BOLD),
        }
    }
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

/// All faces of [`FaceId::ALL`], and what was set with them: a run sets most of its words again and again.
pub struct Faces {
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
        let faces = FaceId::ALL.into_iter().map(Face::load).collect::<Result<_, _>>()?;
        Ok(Faces { faces, stocks: Mutex::default() })
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
        &self.faces[id as usize]
    }

    /// The first character that no face has, so that a name can be refused before anything is laid out.
    pub fn lacking(&self, text: &str) -> Option<char> {
        text.chars().find(|character| self.covering(FaceId::Serif, *character).is_none())
    }

    /// The face to set a character in: the wanted one, else the first that has it.
    pub(super) fn covering(&self, wanted: FaceId, character: char) -> Option<FaceId> {
        let has = |id: &FaceId| character.is_ascii_graphic() || self.get(*id).glyph(character).is_some();
        Some(wanted).filter(has).or_else(|| FaceId::ALL.into_iter().find(has))
    }
}

impl Face {
    fn load(id: FaceId) -> Result<Self, LayoutError> {
        let (name, data) = id.source();
        let font = Font::new(data, 0).ok_or(LayoutError::Font(name))?;
        let plan = ShapePlan::new(&font, Direction::LeftToRight, Some(Script::LATIN), None, &[]);
        let metrics = font.metrics();
        let bounds = metrics.bounds;
        let line = metrics.hhea_line.ok_or(LayoutError::Font(name))?;
        let (weight, slope) = match id {
            FaceId::Serif | FaceId::Sans => (400, 0),
            FaceId::SerifItalic => (400, 194),
            FaceId::SansItalic => (400, 158),
            FaceId::SerifSemibold => (600, 0),
            FaceId::SerifBold | FaceId::SansBold => (700, 0),
        };
        let scale = 1000.0 / f32::from(metrics.units_per_em);
        let widths = font.glyph_metrics();
        let advances = (0..metrics.num_glyphs).map(|glyph| widths.h_advance(GlyphId::new(glyph)) * scale).collect();
        Ok(Face {
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

    /// Shapes a text of one script, left to right.
    pub(super) fn shape(&self, text: &str) -> Result<Vec<ShapedGlyph>, LayoutError> {
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Some(Script::LATIN));
        let shaper = ShaperFont::new(&self.font);
        harfrust::shape(&shaper, &mut buffer, ShapeOptions::new().plan(Some(&self.plan)))
            .map_err(|_| LayoutError::Font(self.name))?;
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
