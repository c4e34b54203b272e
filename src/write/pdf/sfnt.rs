//! Font files as tables: those that only an installed font needs are left out, and what a PDF needs is added.
//!
//! Source: “Organization of an OpenType Font” in the OpenType specification.

/// Length of the header, and of a table's record: tag, checksum, offset, length.
const HEADER: usize = 12;
const RECORD: usize = 16;

/// A table of a font file.
struct Table<'a> {
    tag: &'a [u8],
    checksum: &'a [u8],
    body: &'a [u8],
}

/// The tables of a font file in its order.
fn tables(font: &[u8]) -> Option<Vec<Table<'_>>> {
    let count = usize::from(u16::from_be_bytes(*font.get(4..6)?.first_chunk()?));
    let records = font.get(HEADER..HEADER + count * RECORD)?.chunks_exact(RECORD);
    let table = |record: &'_ [u8]| -> Option<(usize, usize)> {
        let field = |at: usize| Some(u32::from_be_bytes(*record.get(at..at + 4)?.first_chunk()?) as usize);
        Some((field(8)?, field(12)?))
    };
    records
        .map(|record| {
            let (offset, length) = table(record)?;
            Some(Table {
                tag: record.get(..4)?,
                checksum: record.get(4..8)?,
                body: font.get(offset..offset.checked_add(length)?)?,
            })
        })
        .collect()
}

/// A table of a font file, if it has it.
pub(super) fn table<'a>(tag: &[u8; 4], font: &'a [u8]) -> Option<&'a [u8]> {
    tables(font)?.into_iter().find(|table| table.tag == tag).map(|table| table.body)
}

/// A font file without some of its tables. One that is no font file comes back as it is.
///
/// `name` and `post` are a tenth of a subset, and no reader of a PDF looks into them.
pub(super) fn without(tags: &[&[u8; 4]], font: &[u8]) -> Vec<u8> {
    let kept = |all: Vec<Table<'_>>| -> Option<Vec<u8>> {
        let kept: Vec<Table<'_>> = all.into_iter().filter(|table| !tags.iter().any(|tag| table.tag == *tag)).collect();
        joined(font, &kept)
    };
    tables(font).and_then(kept).unwrap_or_else(|| font.to_vec())
}

/// A font file with one more table.
pub(super) fn with_table(tag: &[u8; 4], body: &[u8], font: &[u8]) -> Option<Vec<u8>> {
    let word = |bytes: &[u8]| {
        let mut word = [0; 4];
        word.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        u32::from_be_bytes(word)
    };
    let checksum = body.chunks(4).map(word).fold(0u32, u32::wrapping_add).to_be_bytes();
    let mut all = tables(font)?;
    all.retain(|table| table.tag != tag);
    let at = all.partition_point(|table| table.tag < tag.as_slice());
    all.insert(at, Table { tag, checksum: &checksum, body });
    joined(font, &all)
}

/// A font file of these tables, which are in the order of their tags.
fn joined(font: &[u8], tables: &[Table<'_>]) -> Option<Vec<u8>> {
    let mut out = font.get(..4)?.to_vec();
    let count = tables.len() as u16;
    let power = count.checked_ilog2()?;
    let range = 16 << power;
    for value in [count, range, power as u16, count * 16 - range] {
        out.extend_from_slice(&value.to_be_bytes());
    }
    let mut bodies = Vec::with_capacity(font.len());
    for table in tables {
        out.extend_from_slice(table.tag);
        out.extend_from_slice(table.checksum);
        out.extend_from_slice(&((HEADER + tables.len() * RECORD + bodies.len()) as u32).to_be_bytes());
        out.extend_from_slice(&(table.body.len() as u32).to_be_bytes());
        bodies.extend_from_slice(table.body);
        bodies.resize(bodies.len().next_multiple_of(4), 0);
    }
    out.append(&mut bodies);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_left_out_and_the_others_are_found() {
        // Two tables of three bytes each.
        let mut font = b"\0\x01\0\0\0\x02\0\x20\0\x01\0\0".to_vec();
        for (tag, offset) in [(b"glyf", 44u32), (b"name", 48)] {
            font.extend_from_slice(tag);
            font.extend_from_slice(&[0; 4]);
            font.extend_from_slice(&offset.to_be_bytes());
            font.extend_from_slice(&3u32.to_be_bytes());
        }
        font.extend_from_slice(b"abc\0xyz\0");
        let slim = without(&[b"name"], &font);
        assert_eq!(slim[4..12], [0, 1, 0, 16, 0, 0, 0, 0]);
        assert_eq!(slim[12..16], *b"glyf");
        assert_eq!(slim[20..28], [0, 0, 0, 28, 0, 0, 0, 3]);
        assert_eq!(slim[28..], *b"abc\0");
        assert_eq!(without(&[b"name"], b"no font"), b"no font");

        let more = with_table(b"cmap", &[0, 0, 1, 0, 2], &slim).unwrap();
        assert_eq!(more[4..6], [0, 2]);
        assert_eq!(more[12..16], *b"cmap", "before glyf");
        assert_eq!(more[16..20], [2, 0, 1, 0], "the sum of its words");
        assert_eq!(table(b"cmap", &more), Some([0, 0, 1, 0, 2].as_slice()));
        assert_eq!(table(b"glyf", &more), Some(b"abc".as_slice()));
        assert_eq!(table(b"name", &more), None);
        assert!(with_table(b"cmap", b"", b"no font").is_none());
    }
}
