//! Numbers and strings as PDF writes them.

/// A whole number.
pub(super) fn whole(out: &mut Vec<u8>, value: impl Into<u64>) {
    out.extend_from_slice(itoa::Buffer::new().format(value.into()).as_bytes());
}

/// A number with two decimals at most.
pub(super) fn real(out: &mut Vec<u8>, value: f32) {
    decimal(out, hundredths(value));
}

/// A number in whole hundredths: what is added up in them is not rounded twice.
pub(super) fn hundredths(value: f32) -> i64 {
    (f64::from(value) * 100.0).round() as i64
}

/// A number of hundredths.
pub(super) fn decimal(out: &mut Vec<u8>, hundredths: i64) {
    if hundredths < 0 {
        out.push(b'-');
    }
    let hundredths = hundredths.unsigned_abs();
    whole(out, hundredths / 100);
    let rest = (hundredths % 100) as u8;
    if rest > 0 {
        out.extend_from_slice(&[b'.', b'0' + rest / 10]);
        if !rest.is_multiple_of(10) {
            out.push(b'0' + rest % 10);
        }
    }
}

/// Numbers, each followed by a space.
pub(super) fn reals(out: &mut Vec<u8>, values: &[f32]) {
    for value in values {
        real(out, *value);
        out.push(b' ');
    }
}

/// A reference to an object.
pub(super) fn reference(out: &mut Vec<u8>, number: u32) {
    whole(out, number);
    out.extend_from_slice(b" 0 R");
}

/// Four hexadecimal digits.
pub(super) fn hex(out: &mut Vec<u8>, value: u16) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for shift in [12, 8, 4, 0] {
        out.push(DIGITS[usize::from(value >> shift & 15)]);
    }
}

/// A name, all but letters and digits of which are written as their bytes.
pub(super) fn name(out: &mut Vec<u8>, words: &str) {
    out.push(b'/');
    for byte in words.bytes() {
        match byte.is_ascii_alphanumeric() {
            true => out.push(byte),
            false => out.extend_from_slice(format!("#{byte:02X}").as_bytes()),
        }
    }
}

/// A text string: as it is where it is plain ASCII, else in UTF-16.
pub(super) fn text(out: &mut Vec<u8>, words: &str) {
    if words.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
        out.push(b'(');
        for byte in words.bytes() {
            if matches!(byte, b'(' | b')' | b'\\') {
                out.push(b'\\');
            }
            out.push(byte);
        }
        out.push(b')');
        return;
    }
    out.extend_from_slice(b"<FEFF");
    words.encode_utf16().for_each(|unit| hex(out, unit));
    out.push(b'>');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: f32) -> String {
        let mut out = Vec::new();
        real(&mut out, value);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_have_two_decimals_at_most() {
        let cases = [(0.0, "0"), (12.0, "12"), (-0.5, "-0.5"), (1.005, "1"), (2.34567, "2.35"), (-12.999, "-13")];
        for (value, expected) in cases {
            assert_eq!(written(value), expected);
        }
        // A negative number that rounds to nothing is nothing, with or without its sign.
        assert!(["0", "-0"].contains(&written(-0.001).as_str()));
    }

    #[test]
    fn names_have_nothing_but_letters_and_digits() {
        let mut out = Vec::new();
        name(&mut out, "A 1é");
        assert_eq!(String::from_utf8(out).unwrap(), "/A#201#C3#A9");
    }

    #[test]
    fn text_strings_escape_and_widen() {
        let mut out = Vec::new();
        text(&mut out, r"a (b) \ c");
        text(&mut out, "¶7");
        assert_eq!(String::from_utf8(out).unwrap(), r"(a \(b\) \\ c)<FEFF00B60037>");
    }
}
