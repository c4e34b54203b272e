//! Font files as tables: those that only an installed font needs are left out.
//!
//! Source: “Organization of an OpenType Font” in the OpenType specification.

/// Length of the header, and of a table's record: tag, checksum, offset, length.
const HEADER: usize = 12;
const RECORD: usize = 16;

/// A font file without some of its tables. One that is no font file comes back as it is.
///
/// `name` and `post` are a tenth of a subset, and no reader of a PDF looks into them.
pub(super) fn without(tags: &[&[u8; 4]], font: &[u8]) -> Vec<u8> {
    rebuilt(tags, font).unwrap_or_else(|| font.to_vec())
}

fn rebuilt(tags: &[&[u8; 4]], font: &[u8]) -> Option<Vec<u8>> {
    let count = usize::from(u16::from_be_bytes(*font.get(4..6)?.first_chunk()?));
    let records = font.get(HEADER..HEADER + count * RECORD)?.chunks_exact(RECORD);
    let kept: Vec<&[u8]> = records.filter(|record| !tags.iter().any(|tag| record.starts_with(*tag))).collect();
    let mut out = font.get(..4)?.to_vec();
    let tables = kept.len() as u16;
    let power = tables.checked_ilog2()?;
    let range = 16 << power;
    for value in [tables, range, power as u16, tables * 16 - range] {
        out.extend_from_slice(&value.to_be_bytes());
    }
    let mut bodies = Vec::with_capacity(font.len());
    for record in &kept {
        let [offset, length] = [8, 12].map(|at| record.get(at..at + 4).and_then(|field| field.first_chunk::<4>()));
        let (offset, length) = (u32::from_be_bytes(*offset?) as usize, u32::from_be_bytes(*length?) as usize);
        out.extend_from_slice(record.get(..8)?);
        out.extend_from_slice(&((HEADER + kept.len() * RECORD + bodies.len()) as u32).to_be_bytes());
        out.extend_from_slice(record.get(12..)?);
        bodies.extend_from_slice(font.get(offset..offset + length)?);
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
    }
}
