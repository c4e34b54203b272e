//! What the colours of a file mean: a profile of sRGB, small enough to stand in every file, as PDF/A asks for one.
//!
//! Sources: ICC.1:2004-10 (version 4.2); the curve and the primaries of IEC 61966-2-1, the primaries adapted to the white of
//! the profile's connection space by Bradford's matrix.

/// Parts of 1, 65536 to the unit.
type Fixed = i32;

/// White of the connection space, D50.
const WHITE: [Fixed; 3] = [0xf6d6, 0x1_0000, 0xd32d];
/// The primaries there: red, green and blue.
const PRIMARIES: [[Fixed; 3]; 3] = [[0x6fa2, 0x38f5, 0x0390], [0x6299, 0xb785, 0x18da], [0x24a0, 0x0f84, 0xb6cf]];
/// From the white of a screen, D65, to that of the connection space.
const ADAPTATION: [Fixed; 9] = [0x1_0c42, 0x05de, -0x0cdb, 0x0793, 0xfd90, -0x045f, -0x025e, 0x03dc, 0xc06e];
/// The curve of each part, c: ((c + 0.055) / 1.055)^2.4 from 0.04045 on, c / 12.92 below.
const CURVE: [Fixed; 5] = [0x2_6666, 0xf2a7, 0x0d59, 0x13d0, 0x0a5b];

/// The profile's name, and that of the colours.
pub(super) const NAME: &str = "sRGB IEC61966-2.1";

const HEADER: usize = 128;

/// The profile.
pub(super) fn srgb() -> Vec<u8> {
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", text(NAME)),
        (b"cprt", text("CC0")),
        (b"wtpt", numbers(b"XYZ ", &WHITE)),
        (b"chad", numbers(b"sf32", &ADAPTATION)),
        (b"rXYZ", numbers(b"XYZ ", &PRIMARIES[0])),
        (b"gXYZ", numbers(b"XYZ ", &PRIMARIES[1])),
        (b"bXYZ", numbers(b"XYZ ", &PRIMARIES[2])),
        (b"rTRC", curve()),
        (b"gTRC", curve()),
        (b"bTRC", curve()),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut bodies: Vec<u8> = Vec::new();
    let first = HEADER + 4 + tags.len() * 12;
    let (mut at, mut last) = (first, None);
    for (name, body) in &tags {
        // The three curves are one.
        if last != Some(body) {
            at = first + bodies.len();
            bodies.extend_from_slice(body);
            bodies.resize(bodies.len().next_multiple_of(4), 0);
            last = Some(body);
        }
        table.extend_from_slice(*name);
        table.extend([at, body.len()].into_iter().flat_map(|number| (number as u32).to_be_bytes()));
    }
    [header(first + bodies.len()), table, bodies].concat()
}

/// The header of a screen's profile of a length, as of the first day of 2026.
fn header(length: usize) -> Vec<u8> {
    let mut out = (length as u32).to_be_bytes().to_vec();
    // No preferred program; version 4.2.
    out.extend_from_slice(&[0, 0, 0, 0, 4, 0x20, 0, 0]);
    out.extend_from_slice(b"mntrRGB XYZ ");
    out.extend([2026u16, 1, 1, 0, 0, 0].into_iter().flat_map(u16::to_be_bytes));
    out.extend_from_slice(b"acsp");
    // No platform, flags, device or attributes; colours as a viewer finds them pleasant.
    out.extend_from_slice(&[0; 28]);
    out.extend(WHITE.into_iter().flat_map(i32::to_be_bytes));
    out.resize(HEADER, 0);
    out
}

fn numbers(kind: &[u8; 4], values: &[Fixed]) -> Vec<u8> {
    let mut out = kind.to_vec();
    out.extend_from_slice(&[0; 4]);
    out.extend(values.iter().flat_map(|value| value.to_be_bytes()));
    out
}

fn curve() -> Vec<u8> {
    /// A power above a break, a line below it: the third of the functions that a profile may have.
    const POWER_AND_LINE: [u8; 4] = [0, 3, 0, 0];
    let mut out = b"para\0\0\0\0".to_vec();
    out.extend_from_slice(&POWER_AND_LINE);
    out.extend(CURVE.into_iter().flat_map(i32::to_be_bytes));
    out
}

/// A text in American English alone.
fn text(words: &str) -> Vec<u8> {
    const RECORDS: u32 = 1;
    const RECORD: u32 = 12;
    const START: u32 = 28;
    let units: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut out = b"mluc\0\0\0\0".to_vec();
    out.extend([RECORDS, RECORD].into_iter().flat_map(u32::to_be_bytes));
    out.extend_from_slice(b"enUS");
    out.extend([units.len() as u32, START].into_iter().flat_map(u32::to_be_bytes));
    out.extend(units);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(value: Fixed) -> f64 {
        f64::from(value) / 65536.0
    }

    #[test]
    fn every_tag_lies_in_the_profile() {
        let profile = srgb();
        let word = |at: usize| u32::from_be_bytes(*profile[at..].first_chunk().unwrap()) as usize;
        assert_eq!(word(0), profile.len());
        assert!(profile.len() < 600 && &profile[36..40] == b"acsp");
        let mut end = HEADER;
        for tag in 0..word(HEADER) {
            let record = HEADER + 4 + tag * 12;
            let (at, length) = (word(record + 4), word(record + 8));
            assert!(at % 4 == 0 && at + length <= profile.len());
            end = end.max(at + length);
        }
        assert_eq!(end, profile.len());
    }

    #[test]
    fn its_numbers_are_those_of_srgb() {
        for axis in 0..3 {
            let sum: Fixed = PRIMARIES.iter().map(|primary| primary[axis]).sum();
            assert!(sum.abs_diff(WHITE[axis]) < 16, "{axis}");
            // The chromaticity of D65 is 0.3127, 0.3290.
            let screen = [0.3127 / 0.3290, 1.0, (1.0 - 0.3127 - 0.3290) / 0.3290];
            let adapted: f64 = (0..3).map(|from| part(ADAPTATION[axis * 3 + from]) * screen[from]).sum();
            assert!((adapted - part(WHITE[axis])).abs() < 3e-4, "{axis}: {adapted}");
        }
        let [power, a, b, c, d] = CURVE.map(part);
        assert!(((a + b).powf(power) - 1.0).abs() < 1e-4);
        // The line meets the power.
        assert!(((a * d + b).powf(power) - c * d).abs() < 1e-4);
        assert!((a * 1.055 - 1.0).abs() < 1e-4 && (c * 12.92 - 1.0).abs() < 1e-3 && (d - 0.04045).abs() < 1e-4);
    }
}
