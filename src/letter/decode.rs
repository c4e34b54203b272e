//! Bytes of a text file → clean text: UTF-8, one kind of line end, NFC, nothing invisible; with a report of what was changed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::TEXT_INPUT;
use crate::diag::{Diagnostic, Severity};

/// What a file is that holds no plain text, as its first bytes tell: a word processor's, a picture, a program.
///
/// # Errors
/// An error with the way to a plain text.
pub fn plain(bytes: &[u8]) -> Result<(), Diagnostic> {
    /// Enough to judge by.
    const JUDGED: usize = 1 << 16;
    let known: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "a file of a word processor (or another packed file)"),
        (b"\xd0\xcf\x11\xe0", "a file of a word processor"),
        (b"{\\rtf", "a rich text file"),
        (b"\x1f\x8b", "a packed file"),
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
    ];
    let found = known.iter().find(|(head, _)| bytes.starts_with(head)).map(|(_, what)| *what);
    let is_wide = Encoding::for_bom(bytes).is_some() || wide(bytes).is_some();
    let judged = &bytes[..bytes.len().min(JUDGED)];
    let strange = judged.iter().filter(|b| b.is_ascii_control() && !b"\t\n\r\x0b\x0c\x1a".contains(b)).count();
    let what = found.or((!is_wide && strange * 50 > judged.len()).then_some("not a text"));
    match what {
        None => Ok(()),
        Some(what) => Err(Diagnostic::error(format!("this is {what}, not a plain text"), None)
            .help("open it in its own program, choose “Save as” and “Plain text (.txt)”, and give that file")),
    }
}

/// UTF-16 that lacks its mark: in western text nearly every other byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let judged = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |odd: usize| judged.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = judged.len() / 2;
    match (zeros(0), zeros(1)) {
        _ if pairs < 4 => None,
        (even, odd) if odd * 10 > pairs * 7 && even * 20 < pairs => Some(UTF_16LE),
        (even, odd) if even * 10 > pairs * 7 && odd * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Decodes a text: UTF-8, UTF-16, else Windows-1252. It always succeeds; what had to be guessed,
/// replaced or taken out is in the reports, whose places are bytes of the decoded text.
pub fn decode(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let mut reports = Vec::new();
    let (encoding, body) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None => match wide(bytes) {
            Some(encoding) => (encoding, bytes),
            None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
            None => (WINDOWS_1252, bytes),
        },
    };
    let (text, had_errors) = encoding.decode_without_bom_handling(body);
    if encoding != UTF_8 {
        let message = format!("the text is not UTF-8; it was read as {}", encoding.name());
        reports.push(report(Severity::Note, message, 0..0));
    }
    if had_errors {
        let message = format!("some bytes are not {}; they were replaced by “\u{fffd}”", encoding.name());
        let at = text.find('\u{fffd}').unwrap_or(0);
        reports
            .push(report(Severity::Warning, message, at..at).help("Save the file as UTF-8 and look at these places."));
    }
    let text = clean(&text, &mut reports);
    (text.into_owned(), reports)
}

/// The same for text: line ends, controls, NFC. Borrows what is clean already.
pub(super) fn clean<'a>(text: &'a str, reports: &mut Vec<Diagnostic>) -> Cow<'a, str> {
    let is_plain =
        |c: char| c == '\n' || c == '\t' || !(c.is_control() || is_unseen(c) || matches!(c, '\u{2028}' | '\u{2029}'));
    let text =
        if text.chars().all(is_plain) { Cow::Borrowed(text) } else { Cow::Owned(without_controls(text, reports)) };
    if is_nfc(&text) { text } else { Cow::Owned(text.nfc().collect()) }
}

fn without_controls(text: &str, reports: &mut Vec<Diagnostic>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut dropped: BTreeMap<char, (usize, usize)> = BTreeMap::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                rest.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{85}' | '\u{2028}' => out.push('\n'),
            '\u{2029}' => out.push_str("\n\n"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || is_unseen(c) => {
                // A page feed between two words is their space.
                if c == '\u{b}' || c == '\u{c}' {
                    out.push(' ');
                }
                dropped.entry(c).or_insert((out.len(), 0)).1 += 1;
            }
            c => out.push(c),
        }
    }
    for (c, (at, times)) in dropped {
        let name = match c {
            '\u{ad}' => "soft hyphen",
            '\u{feff}' | '\u{200b}' | '\u{2060}' => "invisible character",
            c if c.is_control() => "control character",
            _ => "character that turns the direction of writing",
        };
        let times = if times == 1 { String::new() } else { format!(", {times} times") };
        reports.push(report(Severity::Warning, format!("{name} U+{:04X} taken out{times}", u32::from(c)), at..at));
    }
    out
}

/// Characters that are not seen and would hide a difference from the reader; joiners that scripts need are not among them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A report at a place of the text.
pub(super) fn report(severity: Severity, message: impl Into<String>, at: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic { severity, ..Diagnostic::error(message, Some((TEXT_INPUT, at))) }
}

#[cfg(test)]
mod tests {
    use super::{decode, plain};

    #[test]
    fn encodings() {
        let utf16le: Vec<u8> = "\u{feff}é\r\nb".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16be: Vec<u8> = "\u{feff}é\r\nb".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [&b"\xef\xbb\xbf\xc3\xa9\r\nb"[..], b"e\xcc\x81\rb", b"\xe9\nb", &utf16le, &utf16be] {
            assert_eq!(decode(bytes).0, "é\nb");
        }
        let unmarked: Vec<u8> = "A line.\r\nB".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&unmarked).0, "A line.\nB");
        assert_eq!(decode(b"\x93so\x94 \x97 \x85").0, "“so” — …");
        assert!(decode("“é”".as_bytes()).1.is_empty());
        assert!(decode(b"\xe9").1[0].message.contains("windows-1252"));
    }

    #[test]
    fn what_is_no_text_is_known() {
        for bytes in [&b"PK\x03\x04word/document.xml"[..], b"%PDF-1.7 text text", b"\0\x01\x02\x03ELF\0\0\0\0abc"] {
            assert!(plain(bytes).unwrap_err().help.unwrap().contains("Plain text"), "{bytes:?}");
        }
        for bytes in ["Plain “text”.\n\x0cPage 2".as_bytes(), b"", b"caf\xe9", b"\xff\xfeA\0b\0"] {
            assert!(plain(bytes).is_ok(), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_taken_out_is_said() {
        let (text, reports) = decode("a\0b\0c\u{202e}d\u{c}e".as_bytes());
        assert_eq!(text, "abcd e");
        let said: Vec<&str> = reports.iter().map(|r| r.message.as_str()).collect();
        assert_eq!(said[0], "control character U+0000 taken out, 2 times");
        assert_eq!(said.len(), 3);
        let (text, reports) = decode(b"\xff\xfe\x00\xd8a\x00");
        assert_eq!((text.as_str(), reports.len()), ("\u{fffd}a", 2));
    }
}
