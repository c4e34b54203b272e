//! The font in which pupils type: every character of Windows-1252, so that what is typed later can be shown.
//!
//! A simple font, as programs that fill in forms know these best; what else a pupil types such a program shows in a font of its own.

use encoding_rs::WINDOWS_1252;
use subsetter::GlyphRemapper;

use super::PdfError;
use super::deflate::{Deflater, small};
use super::file::Chunk;
use super::number::{reference, whole};
use super::sfnt::{table, with_table, without};
use crate::layout::{FaceId, Faces};

/// The codes that are characters.
const FIRST: u8 = 32;
const LAST: u8 = 255;

/// Objects: the font, its description, its program, and the table from codes to characters.
const PACKED: u32 = 2;
const APART: u32 = 2;

/// The font, deflated.
pub(super) struct TypingFont {
    name: &'static str,
    /// Of each code, thousandths of the size.
    widths: Vec<u16>,
    /// The box around all glyphs, ascent, descent, height of capitals.
    metrics: [i16; 7],
    program: Vec<u8>,
    /// Length of the program before it was deflated.
    length: u32,
    unicode: Vec<u8>,
}

impl TypingFont {
    /// Makes it of the sans-serif face.
    pub fn of(faces: &Faces) -> Result<Self, PdfError> {
        let face = faces.get(FaceId::Sans);
        let mut remapper = GlyphRemapper::new();
        let mut characters: Vec<(char, u16)> = Vec::new();
        let mut widths = Vec::new();
        for code in FIRST..=LAST {
            let glyph = character(code).and_then(|character| Some((character, face.glyph(character)?)));
            widths.push(face.advance(glyph.map_or(0, |(_, glyph)| glyph)) as u16);
            characters.extend(glyph.map(|(character, glyph)| (character, remapper.remap(glyph))));
        }
        characters.sort_unstable();
        let fault = || PdfError::Subset(face.name);
        let program = subsetter::subset(face.data, 0, &remapper).map_err(|_| fault())?;
        let program = with_table(b"cmap", &character_map(&characters), &without(&[b"name", b"post"], &program));
        let program = program.ok_or_else(fault)?;
        // Height of capitals: “OS/2 table” in the OpenType specification.
        let capitals = table(b"OS/2", face.data).and_then(|table| table.get(88..90)?.first_chunk().copied());
        let [left, bottom, right, top] = face.bounds;
        let capitals = capitals.map_or(face.ascent, i16::from_be_bytes);
        Ok(TypingFont {
            name: face.name,
            widths,
            metrics: [left, bottom, right, top, face.ascent, face.descent, capitals],
            length: program.len() as u32,
            program: small(&program),
            unicode: small(&unicode_table()),
        })
    }

    /// How many objects it has.
    pub fn count() -> u32 {
        PACKED + APART
    }

    /// Adds its objects to a chunk, which has kept the numbers from `first` on for them; the font is the first.
    pub fn write(&self, chunk: &mut Chunk, first: u32, deflater: &mut Deflater) {
        let [description, program, unicode] = [1, 2, 3].map(|at| first + at);
        chunk.object(first, deflater, |out| {
            out.extend_from_slice(b"<</Type/Font/Subtype/TrueType/Encoding/WinAnsiEncoding/BaseFont/");
            out.extend_from_slice(self.name.as_bytes());
            out.extend_from_slice(format!("/FirstChar {FIRST}/LastChar {LAST}/Widths[").as_bytes());
            for width in &self.widths {
                whole(out, *width);
                out.push(b' ');
            }
            out.extend_from_slice(b"]/FontDescriptor ");
            reference(out, description);
            out.extend_from_slice(b"/ToUnicode ");
            reference(out, unicode);
            out.extend_from_slice(b">>");
        });
        chunk.object(description, deflater, |out| {
            let [left, bottom, right, top, ascent, descent, capitals] = self.metrics;
            // 32: its characters are those of Latin texts.
            let entries = format!(
                "<</Type/FontDescriptor/FontName/{}/Flags 32/FontBBox[{left} {bottom} {right} {top}]/ItalicAngle 0\
                 /Ascent {ascent}/Descent {descent}/CapHeight {capitals}/StemV 80/FontFile2 ",
                self.name
            );
            out.extend_from_slice(entries.as_bytes());
            reference(out, program);
            out.extend_from_slice(b">>");
        });
        chunk.stream(program, format!("/Length1 {}", self.length).as_bytes(), &self.program);
        chunk.stream(unicode, b"", &self.unicode);
    }
}

/// The character of a code.
fn character(code: u8) -> Option<char> {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&code));
    text.chars().next().filter(|character| !character.is_control())
}

/// The table from characters to glyphs, `cmap` with one subtable of format 4, for characters in their order.
///
/// Source: “cmap” in the OpenType specification.
fn character_map(characters: &[(char, u16)]) -> Vec<u8> {
    let code = |character: char| u32::from(character) as u16;
    let follows = |a: &(char, u16), b: &(char, u16)| code(a.0) + 1 == code(b.0) && a.1 + 1 == b.1;
    // Ranges: first character, last, and what is added to a character for its glyph. The last range is the specification's.
    let mut ranges: Vec<[u16; 3]> = characters
        .chunk_by(follows)
        .filter_map(|range| {
            let (first, last) = (range.first()?, range.last()?);
            Some([code(first.0), code(last.0), first.1.wrapping_sub(code(first.0))])
        })
        .collect();
    ranges.push([u16::MAX, u16::MAX, 1]);
    let count = ranges.len() as u16;
    let power = count.ilog2();
    let search = 2u16 << power;
    let length = 16 + 8 * count;
    let mut values: Vec<u16> = vec![0, 1, 3, 1, 0, 12];
    values.extend([4, length, 0, count * 2, search, power as u16, count * 2 - search]);
    values.extend(ranges.iter().map(|range| range[1]));
    values.push(0);
    values.extend(ranges.iter().map(|range| range[0]));
    values.extend(ranges.iter().map(|range| range[2]));
    values.extend(ranges.iter().map(|_| 0));
    values.into_iter().flat_map(u16::to_be_bytes).collect()
}

/// The table from codes to characters. Ranges are those of Latin-1, which all readers know.
fn unicode_table() -> Vec<u8> {
    let single: Vec<(u8, char)> = (128..160).filter_map(|code| Some((code, character(code)?))).collect();
    let mut table = String::from(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
         /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n\
         /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n\
         1 begincodespacerange <00> <FF> endcodespacerange\n\
         2 beginbfrange\n<20> <7E> <0020>\n<A0> <FF> <00A0>\nendbfrange\n",
    );
    table += &format!("{} beginbfchar\n", single.len());
    for (code, character) in single {
        table += &format!("<{code:02X}> <{:04X}>\n", u32::from(character));
    }
    table += "endbfchar\nendcmap CMapName currentdict /CMap defineresource pop end end";
    table.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_in_a_row_are_one_range() {
        let map = character_map(&[('A', 3), ('B', 4), ('C', 7), ('é', 8)]);
        let values: Vec<u16> = map.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        // Four ranges with the last: A–B, C, é.
        assert_eq!(values[..13], [0, 1, 3, 1, 0, 12, 4, 48, 0, 8, 8, 2, 0]);
        assert_eq!(values[13..17], [66, 67, 0xe9, 0xffff]);
        assert_eq!(values[18..22], [65, 67, 0xe9, 0xffff]);
        assert_eq!(values[22].wrapping_add(65), 3);
        assert_eq!(map.len(), 12 + 48);
    }

    #[test]
    fn the_sans_face_has_what_pupils_type() {
        let faces = Faces::load().unwrap();
        let lacking: String = (FIRST..=LAST)
            .filter_map(character)
            .filter(|character| faces.get(FaceId::Sans).glyph(*character).is_none())
            .collect();
        // The micro sign and the soft hyphen are typed once in a pupil's life.
        assert_eq!(lacking, "\u{ad}µ");
    }
}
