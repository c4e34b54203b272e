//! The plain part of YAML, in which banks are written, read in one pass: `key: value`, lists with dashes or brackets, braces,
//! quoted texts of one line.
//!
//! A parser of all YAML reads some 10 MB in a second, and a bank of 60,000 items has 110 MB. Whatever is not plain here
//! (anchors, block texts, folded lines, tabs, a fault) is refused without a word, and the whole file is left to that parser:
//! this one never says what is wrong, and what it reads is what that one reads (the tests below hold them together).

mod value;

use std::borrow::Cow;
use std::fmt;

use serde::de;

use super::guard::MOST_NODES;
use value::{Place, Value};

/// The value, if the text is plain all through and has the shape of `T`.
pub(super) fn read<'de, T: de::Deserialize<'de>>(text: &'de str) -> Option<T> {
    if has_odd_characters(text.as_bytes()) {
        return None;
    }
    let mut reader = Reader { text, at: 0, nodes: 0 };
    if reader.next_line() != Some(0) {
        return None;
    }
    let value = T::deserialize(Value { reader: &mut reader, place: Place::Block(0) }).ok()?;
    reader.next_line().is_none().then_some(value)
}

/// Control characters, line ends other than the line feed, and what YAML does not allow in a text.
pub(super) fn has_odd_characters(bytes: &[u8]) -> bool {
    let control = bytes.iter().fold(false, |odd, b| odd | ((*b < b' ') & (*b != b'\n')) | (*b == 0x7f));
    let next = bytes.iter().skip(1);
    let c1 = bytes.iter().zip(next).fold(false, |odd, (a, b)| odd | ((*a == 0xc2) & (*b < 0xa0)));
    control || c1 || ['\u{2028}', '\u{2029}', '\u{feff}', '\u{fffe}', '\u{ffff}'].iter().any(|c| find(bytes, *c))
}

fn find(bytes: &[u8], c: char) -> bool {
    let mut buffer = [0; 4];
    memchr::memmem::find(bytes, c.encode_utf8(&mut buffer).as_bytes()).is_some()
}

/// What is here is not plain. Nobody reads more of it.
#[derive(Debug)]
struct NotPlain;

impl fmt::Display for NotPlain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not plain YAML")
    }
}

impl std::error::Error for NotPlain {}

impl de::Error for NotPlain {
    fn custom<T: fmt::Display>(_: T) -> Self {
        NotPlain
    }
}

type Result<T> = std::result::Result<T, NotPlain>;

/// A text and how far it is read.
struct Reader<'de> {
    text: &'de str,
    at: usize,
    /// Entries and pairs so far.
    nodes: usize,
}

/// A scalar; plain ones have no quotes.
struct Scalar<'de> {
    text: Cow<'de, str>,
    plain: bool,
}

impl<'de> Reader<'de> {
    /// Another entry or pair begins; so many as the guard refuses are not for this reader.
    fn count(&mut self) -> Result<()> {
        self.nodes += 1;
        if self.nodes > MOST_NODES { Err(NotPlain) } else { Ok(()) }
    }

    fn rest(&self) -> &'de [u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Result<()> {
        if self.peek() != Some(byte) {
            return Err(NotPlain);
        }
        self.at += 1;
        Ok(())
    }

    fn spaces(&mut self) -> usize {
        let count = self.rest().iter().take_while(|b| **b == b' ').count();
        self.at += count;
        count
    }

    /// At the start of a line: goes to the start of the next one that holds something, and tells by how much it is set in.
    fn next_line(&mut self) -> Option<usize> {
        loop {
            let start = self.at;
            let indent = self.spaces();
            match self.peek()? {
                b'\n' => self.at += 1,
                b'#' => self.at += memchr::memchr(b'\n', self.rest()).map_or(self.rest().len(), |end| end + 1),
                _ => {
                    self.at = start;
                    return Some(indent);
                }
            }
        }
    }

    /// Nothing more stands on this line.
    fn end_line(&mut self) -> Result<()> {
        if self.spaces() > 0 && self.peek() == Some(b'#') {
            self.at += memchr::memchr(b'\n', self.rest()).unwrap_or(self.rest().len());
        }
        if self.at == self.text.len() { Ok(()) } else { self.take(b'\n') }
    }

    /// Between the parts of brackets and braces: spaces and line ends, but no line that begins at the margin.
    fn gap(&mut self) -> Result<()> {
        self.spaces();
        while self.peek() == Some(b'\n') {
            self.at += 1;
            if self.spaces() == 0 {
                return Err(NotPlain);
            }
        }
        Ok(())
    }

    /// A key with its colon, if one stands here; what follows the colon is a space or the line's end.
    fn key(&mut self) -> Option<&'de str> {
        let rest = self.rest();
        let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        let ends = matches!(rest.get(length + 1), Some(b' ' | b'\n') | None);
        if !rest.first()?.is_ascii_alphabetic() || rest.get(length) != Some(&b':') || !ends {
            return None;
        }
        let key = &self.text[self.at..self.at + length];
        self.at += length + 1;
        Some(key)
    }

    fn scalar(&mut self, in_flow: bool) -> Result<Scalar<'de>> {
        match self.peek().ok_or(NotPlain)? {
            b'"' => self.double_quoted(),
            b'\'' => self.single_quoted(),
            _ => self.unquoted(in_flow),
        }
    }

    fn double_quoted(&mut self) -> Result<Scalar<'de>> {
        let start = self.at + 1;
        let mut from = start;
        let mut unescaped = String::new();
        loop {
            let rest = &self.text.as_bytes()[from..];
            let end = from + memchr::memchr3(b'"', b'\\', b'\n', rest).ok_or(NotPlain)?;
            match self.text.as_bytes()[end] {
                b'"' => {
                    let last = &self.text[if unescaped.is_empty() { start } else { from }..end];
                    self.at = end + 1;
                    let text = match unescaped.is_empty() {
                        true => Cow::Borrowed(last),
                        false => Cow::Owned(unescaped + last),
                    };
                    return Ok(Scalar { text, plain: false });
                }
                b'\\' if matches!(self.text.as_bytes().get(end + 1), Some(b'"' | b'\\')) => {
                    unescaped.push_str(&self.text[from..end]);
                    unescaped.push_str(&self.text[end + 1..end + 2]);
                    from = end + 2;
                }
                _ => return Err(NotPlain),
            }
        }
    }

    fn single_quoted(&mut self) -> Result<Scalar<'de>> {
        let start = self.at + 1;
        let rest = &self.text.as_bytes()[start..];
        let end = start + memchr::memchr2(b'\'', b'\n', rest).ok_or(NotPlain)?;
        // A doubled quote inside is for the other parser.
        if self.text.as_bytes()[end] == b'\n' || self.text.as_bytes().get(end + 1) == Some(&b'\'') {
            return Err(NotPlain);
        }
        self.at = end + 1;
        Ok(Scalar { text: Cow::Borrowed(&self.text[start..end]), plain: false })
    }

    fn unquoted(&mut self, in_flow: bool) -> Result<Scalar<'de>> {
        let rest = self.rest();
        let first = rest[0];
        if !(first.is_ascii_alphanumeric() || first >= 0x80) {
            return Err(NotPlain);
        }
        let mut end = 0;
        while let Some(byte) = rest.get(end) {
            match byte {
                b'\n' => break,
                b',' | b']' | b'}' if in_flow => break,
                b'[' | b'{' | b':' | b'?' if in_flow => return Err(NotPlain),
                b':' if matches!(rest.get(end + 1), Some(b' ' | b'\n') | None) => return Err(NotPlain),
                b'#' if rest[end - 1] == b' ' => return Err(NotPlain),
                _ => end += 1,
            }
        }
        // Text that ends a line in braces may go on in the next.
        if in_flow && rest.get(end) == Some(&b'\n') {
            return Err(NotPlain);
        }
        let text = self.text[self.at..self.at + end].trim_end_matches(' ');
        if matches!(text, "null" | "Null" | "NULL") {
            return Err(NotPlain);
        }
        self.at += end;
        Ok(Scalar { text: Cow::Borrowed(text), plain: true })
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::bank::raw::RawBank;
    use crate::blueprint::Blueprint;
    use crate::compose::Labels;
    use crate::letter::About;
    use proptest::prelude::*;
    use serde::Deserialize;
    use std::path::Path;

    fn yaml_files(folder: &str) -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        paths.filter(|path| path.is_file()).filter_map(|path| std::fs::read_to_string(path).ok()).collect()
    }

    /// What the plain reader makes of a text, the other one makes of it too.
    fn agrees<'t, T: Deserialize<'t> + PartialEq + std::fmt::Debug>(text: &'t str) -> bool {
        let Some(plain) = read::<T>(text) else { return false };
        assert_eq!(Some(plain), serde_yaml::from_str(text).ok(), "{text}");
        true
    }

    #[test]
    fn what_is_shipped_is_plain() {
        let read = |folder: &str, agrees: fn(&str) -> bool| {
            let files = yaml_files(folder);
            assert!(!files.is_empty() && files.iter().all(|text| agrees(text)), "{folder}");
        };
        read("questions/kennedy-1961/bank", |text| agrees::<RawBank<'_>>(text));
        read("questions/kennedy-1961/blueprints", |text| agrees::<Blueprint>(text));
        read("templates/labels", |text| agrees::<Labels>(text));
        let about = include_str!("../../../questions/kennedy-1961/letter.yaml");
        assert_eq!(read_about(about), serde_yaml::from_str(about).ok());
    }

    fn read_about(text: &str) -> Option<About> {
        read::<About>(text).or_else(|| serde_yaml::from_str(text).ok())
    }

    #[test]
    fn faulty_and_hostile_files_are_read_alike_or_left() {
        for folder in ["tests/bad", "tests/corpus/yaml", "tests/cases/bank/bank"] {
            for text in yaml_files(folder) {
                agrees::<RawBank<'_>>(&text);
                agrees::<Blueprint>(&text);
            }
        }
    }

    #[test]
    fn shapes_that_are_plain() {
        let head = "items: []\nsets: []\nmisconceptions:";
        for plain in [
            "\n- {id: a, says: \"b \\\"c\\\\\", answer: 'd'}\n",
            "\n  - id: a # the name\n    says: b: c\n".replace("b: c", "b:c").as_str(),
            "\n  # nothing\n\n  -   id: a\n      says: it's “so”\n      answer: x  \n      cite: [6,\n        ¶7]\n",
            " []",
        ] {
            let text = format!("{head}{plain}");
            assert_eq!(agrees::<RawBank<'_>>(&text), serde_yaml::from_str::<RawBank>(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn shapes_that_are_left_to_the_other_parser() {
        for odd in [
            "- id: &a x",
            "- id: |\n    x",
            "- id: a\n   b",
            "- id: \"a\n    b\"",
            "- id: 'it''s'",
            "- id: \"\\u00e9\"",
            "- id:\n    a",
            "- {id: a, says: null}",
            "- id:\ta",
            "- id: a\r\n",
        ] {
            assert!(read::<RawBank>(&format!("misconceptions:\n{odd}\n  says: b\n  answer: c\n")).is_none(), "{odd}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        /// A sound text with a few signs changed: read alike, or left.
        #[test]
        fn a_slip_of_the_pen_is_read_alike_or_left(
            slips in prop::collection::vec((0usize..1_400, prop::sample::select(SLIPS)), 1..4)
        ) {
            let mut text: String = include_str!("../../../questions/kennedy-1961/bank/misconceptions.yaml")
                .lines().take(24).map(|line| line.to_owned() + "\n").collect();
            text += "items:\n  - id: a-b\n    kind: numeric\n    cite: [6, ed1]\n    stem: How many “men” are there?\n    answer: 3\n    tolerance: 0.5\n    explanation: \"x\"\n    bloom: apply\n    dok: 2\n    difficulty: easy\n    skills: [evidence]\n    evidence:\n    - {cite: 6, quote: \"we two\"}\n    known_errors: [{text: 4, because: 'why'}]\n    hints: []\n";
            for (at, slip) in slips {
                let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                match slip {
                    "" if at < text.len() => text.replace_range(at..text[at..].chars().next().map_or(at, |c| at + c.len_utf8()), ""),
                    slip => text.insert_str(at, slip),
                }
            }
            agrees::<RawBank<'_>>(&text);
        }
    }

    /// What is typed by mistake; nothing stands for a sign left out.
    #[rustfmt::skip]
    const SLIPS: &[&str] = &[
        "", "", "", " ", "  ", "\n", "\n  ", "\n    ", ":", ": ", "-", "- ", "#", " #", ",", "[", "]", "{", "}", "\"", "'", "\\",
        "&a ", "*a", "!", "|", ">", "%", "@", "?", "? ", "~", "null", "0", "7", ".", "\t", "\r", "\u{a0}", "\u{85}", "\u{2028}",
        "é", "---", "...", "\n---\n", "\n...\n", "id: x\n", "sets: []\n",
    ];
}
