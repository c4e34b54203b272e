//! The colours of a file: a profile of sRGB, small enough to stand in every file, as PDF/A asks for one.
//!
//! Sources: ICC.1:2001-04 (version 2.4); the primaries of IEC 61966-2-1, adapted to the white of the profile's connection space.

/// Parts of 1 as the profile writes them: 65536 to the unit.
type Xyz = [u32; 3];

/// White of the connection space, D50.
const WHITE: Xyz = [0xf6d6, 0x1_0000, 0xd32d];
/// The primaries, red, green and blue.
const PRIMARIES: [Xyz; 3] =
    [[0x6fa2, 0x38f5, 0x0390], [0x6299, 0xb785, 0x18da], [0x24a0, 0x0f84, 0xb6cf]];
/// The exponent of all three, 256 to the unit: 2.2, as near to the curve of sRGB as one number comes.
const EXPONENT: u16 = 0x0233;

const NAME: &str = "sRGB";

/// The profile.
pub(super) fn srgb() -> Vec<u8> {
    let curve = curve();
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", description()),
        (b"cprt", text("Public domain")),
        (b"wtpt", xyz(WHITE)),
        (b"rXYZ", xyz(PRIMARIES[0])),
        (b"gXYZ", xyz(PRIMARIES[1])),
        (b"bXYZ", xyz(PRIMARIES[2])),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut bodies: Vec<u8> = Vec::new();
    let first = HEADER + 4 + tags.len() * 12;
    let mut last: Option<(&Vec<u8>, usize)> = None;
    for (name, body) in &tags {
        // The three curves are one.
        let at = match last {
            Some((known, at)) if known == body => at,
            _ => {
                let at = first + bodies.len();
                bodies.extend_from_slice(body);
                bodies.resize(bodies.len().next_multiple_of(4), 0);
                at
            }
        };
        last = Some((body, at));
        table.extend_from_slice(*name);
        table.extend_from_slice(&(at as u32).to_be_bytes());
        table.extend_from_slice(&(body.len() as u32).to_be_bytes());
    }
    let mut out = header(first + bodies.len());
    out.append(&mut table);
    out.append(&mut bodies);
    out
}

const HEADER: usize = 128;

/// The header of a screen's profile, as of the first day of 2026.
fn header(length: usize) -> Vec<u8> {
    let mut out = (length as u32).to_be_bytes().to_vec();
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&[2, 0x40, 0, 0]);
    out.extend_from_slice(b"mntrRGB XYZ ");
    out.extend([2026u16, 1, 1, 0, 0, 0].into_iter().flat_map(u16::to_be_bytes));
    out.extend_from_slice(b"acsp");
    // No platform, flags, device or attributes; perceptual.
    out.extend_from_slice(&[0; 28]);
    out.extend(WHITE.into_iter().flat_map(u32::to_be_bytes));
    out.resize(HEADER, 0);
    out
}

fn typed(kind: &[u8; 4]) -> Vec<u8> {
    let mut out = kind.to_vec();
    out.extend_from_slice(&[0; 4]);
    out
}

fn xyz(values: Xyz) -> Vec<u8> {
    let mut out = typed(b"XYZ ");
    out.extend(values.into_iter().flat_map(u32::to_be_bytes));
    out
}

fn curve() -> Vec<u8> {
    let mut out = typed(b"curv");
    out.extend_from_slice(&1u32.to_be_bytes());
    out.extend_from_slice(&EXPONENT.to_be_bytes());
    out
}

fn text(words: &str) -> Vec<u8> {
    let mut out = typed(b"text");
    out.extend_from_slice(words.as_bytes());
    out.push(0);
    out
}

/// A name in ASCII, and none in other scripts.
fn description() -> Vec<u8> {
    /// Bytes of the Macintosh name.
    const MACINTOSH: usize = 67;
    let mut out = typed(b"desc");
    out.extend_from_slice(&(NAME.len() as u32 + 1).to_be_bytes());
    out.extend_from_slice(NAME.as_bytes());
    out.push(0);
    out.resize(out.len() + 4 + 4 + 2 + 1 + MACINTOSH, 0);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_lies_in_the_profile_and_white_is_the_sum_of_the_primaries() {
        let profile = srgb();
        let word = |at: usize| u32::from_be_bytes(*profile[at..].first_chunk().unwrap());
        assert_eq!(word(0) as usize, profile.len());
        assert!(profile.len() < 600 && &profile[36..40] == b"acsp");
        for tag in 0..word(HEADER) as usize {
            let record = HEADER + 4 + tag * 12;
            let (at, length) = (word(record + 4) as usize, word(record + 8) as usize);
            assert!(at % 4 == 0 && at + length <= profile.len());
        }
        for axis in 0..3 {
            let sum: u32 = PRIMARIES.iter().map(|primary| primary[axis]).sum();
            assert!(sum.abs_diff(WHITE[axis]) < 16, "{axis}");
        }
    }
}
