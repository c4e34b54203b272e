//! The table from a font's glyphs to the characters that they stand for, by which text is searched, copied and read aloud.

use super::number::{hex, whole};

/// The table of a subset: the meanings of its glyphs from 1 on, `spelled[1]` being the first. Codes have two bytes: of one,
/// ghostscript 10.00 reads ligatures as other characters.
pub(super) fn unicode_table(spelled: &[Option<Box<str>>]) -> Vec<u8> {
    let mut table = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
         /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n\
         /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        .to_vec();
    // A glyph that spells nothing by itself is a zero-width space to who copies it.
    let meaning = |text: &Option<Box<str>>| {
        let text = text.as_deref().unwrap_or("\u{200b}");
        text.encode_utf16().fold(String::new(), |units, unit| units + &format!("{unit:04X}"))
    };
    let meanings: Vec<(usize, String)> = (1..).zip(spelled.iter().skip(1).map(meaning)).collect();
    // Glyphs in a row that stand for characters in a row are one line. Ghostscript 10.00 reads a range of one glyph, and one
    // past Latin-1, as other characters.
    let follows = |a: &(usize, String), b: &(usize, String)| {
        let code = |text: &str| u16::from_str_radix(text, 16).ok().filter(|_| text.len() == 4);
        let (first, second) = (code(&a.1), code(&b.1));
        first.zip(second).is_some_and(|(a, b)| b <= 0xff && a + 1 == b) && (a.0 >> 8 == b.0 >> 8)
    };
    let (rows, single): (Vec<_>, Vec<_>) = meanings.chunk_by(follows).partition(|row| row.len() > 1);
    for (kind, all) in [("range", rows), ("char", single)] {
        for group in all.chunks(100) {
            whole(&mut table, group.len() as u64);
            table.extend_from_slice(format!(" beginbf{kind}\n").as_bytes());
            for row in group {
                let last = row.last().filter(|_| kind == "range");
                for (glyph, _) in [row.first(), last].into_iter().flatten() {
                    table.push(b'<');
                    hex(&mut table, *glyph as u16);
                    table.push(b'>');
                }
                table.push(b'<');
                row.first().into_iter().for_each(|(_, text)| table.extend_from_slice(text.as_bytes()));
                table.extend_from_slice(b">\n");
            }
            table.extend_from_slice(format!("endbf{kind}\n").as_bytes());
        }
    }
    table.extend_from_slice(b"endcmap CMapName currentdict /CMap defineresource pop end end");
    table
}
