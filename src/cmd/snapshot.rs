//! The texts that a manifest keeps: written as they stand, line by line, and taken out of it again in the same way.
//!
//! They are nearly all of a manifest, and of a large bank they are a hundred megabytes: the library's emitter weighs each of
//! their characters, and its parser would take them for more entries than a file may have.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::yaml;

/// A file of the bank as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept<'a> {
    /// Name inside the bank folder.
    pub name: Cow<'a, str>,
    /// Its text.
    pub text: Cow<'a, str>,
}

/// How far the lines of a text are set in.
const INDENT: &str = "    ";

/// Writes a list of texts under its field.
///
/// # Errors
/// Those of the file.
pub(super) fn write(out: &mut (impl Write + Send), field: &str, list: &[Kept<'_>]) -> io::Result<()> {
    if list.is_empty() {
        return writeln!(out, "{field}: []");
    }
    writeln!(out, "{field}:")?;
    for kept in list {
        match chomping(&kept.text) {
            Some(chomping) => {
                let name = serde_yaml::to_string(&kept.name).map_err(io::Error::other)?;
                write!(out, "- name: {}\n  text: {chomping}\n", name.trim_end())?;
                write_lines(out, &kept.text)?;
            }
            None => {
                let entry = serde_yaml::to_string(std::slice::from_ref(kept)).map_err(io::Error::other)?;
                out.write_all(entry.as_bytes())?;
            }
        }
    }
    Ok(())
}

/// The head of a text's literal block, if it can be one: its lines stand as they are (YAML 1.2.2, 8.1.2).
fn chomping(text: &str) -> Option<&'static str> {
    if text.starts_with([' ', '\n']) || text.trim().is_empty() || !yaml::stands_as_it_is(text) {
        return None;
    }
    // What of the line ends after the last line belongs to the text.
    Some(match (text.ends_with("\n\n"), text.ends_with('\n')) {
        (true, _) => "|+",
        (_, true) => "|",
        _ => "|-",
    })
}

/// Writes the lines of a text set in, some of them while the next are made.
fn write_lines(out: &mut (impl Write + Send), text: &str) -> io::Result<()> {
    let pieces = pieces(text.strip_suffix('\n').unwrap_or(text).as_bytes(), PIECE);
    // The same memory again and again: the bank fills what there is already.
    let (mut made, mut next) = (Vec::new(), Vec::new());
    for piece in pieces {
        let (written, ()) = rayon::join(|| out.write_all(&made), || set_in(piece, &mut next));
        written?;
        std::mem::swap(&mut made, &mut next);
    }
    out.write_all(&made)
}

/// So many bytes of lines are made at a time.
const PIECE: usize = 1 << 18;

/// A text in pieces of whole lines of so many bytes or more, the end of each piece's last line left out.
fn pieces(mut text: &[u8], length: usize) -> Vec<&[u8]> {
    let mut pieces = Vec::with_capacity(text.len() / length + 1);
    while let Some(end) = text.get(length..).and_then(|rest| Some(length + memchr::memchr(b'\n', rest)?)) {
        pieces.push(&text[..end]);
        text = &text[end + 1..];
    }
    pieces.push(text);
    pieces
}

/// Lines set in, but for those on which nothing stands, in place of what was in `out`.
fn set_in(lines: &[u8], out: &mut Vec<u8>) {
    out.clear();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', lines).chain(std::iter::once(lines.len())) {
        if end > start {
            out.extend_from_slice(INDENT.as_bytes());
            out.extend_from_slice(&lines[start..end]);
        }
        out.push(b'\n');
        start = end + 1;
    }
}

/// A manifest with the texts taken out.
pub(super) struct Taken<'a> {
    /// What stands before them.
    pub head: &'a str,
    /// The bank's files.
    pub snapshot: Vec<Kept<'static>>,
    /// The pictures.
    pub pictures: Vec<Kept<'static>>,
}

/// Takes the texts out of a manifest, if they stand in it as [`write`] writes them. Else it is for the parser of all YAML.
pub(super) fn take(manifest: &str) -> Option<Taken<'_>> {
    let at = memchr::memmem::find(manifest.as_bytes(), b"\nsnapshot:\n")?;
    let (head, rest) = manifest.split_at(at + 1);
    let (snapshot, rest) = list(rest.strip_prefix("snapshot:\n")?)?;
    let (pictures, rest) = match rest.strip_prefix("pictures: []\n") {
        Some(rest) => (Vec::new(), rest),
        None => list(rest.strip_prefix("pictures:\n")?)?,
    };
    rest.is_empty().then_some(Taken { head, snapshot, pictures })
}

/// The entries that stand here, and what comes after them.
fn list(mut rest: &str) -> Option<(Vec<Kept<'static>>, &str)> {
    let mut entries = Vec::new();
    while let Some(after) = rest.strip_prefix("- name: ") {
        let (name, after) = after.split_once('\n')?;
        // Other names have quotes around them.
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.".contains(&b)) {
            return None;
        }
        let (chomping, after) = after.strip_prefix("  text: ")?.split_once('\n')?;
        let (mut text, after) = lines(after);
        match chomping {
            "|" | "|+" => {}
            "|-" => drop(text.pop()),
            _ => return None,
        }
        entries.push(Kept { name: name.to_owned().into(), text: text.into() });
        rest = after;
    }
    Some((entries, rest))
}

/// The lines of a block, each with its end, and what comes after them.
fn lines(rest: &str) -> (String, &str) {
    let mut text = String::new();
    let mut at = 0;
    for end in memchr::memchr_iter(b'\n', rest.as_bytes()) {
        let line = &rest[at..=end];
        match line.strip_prefix(INDENT) {
            Some(line) => text.push_str(line),
            None if line == "\n" => text.push('\n'),
            None => break,
        }
        at = end + 1;
    }
    (text, &rest[at..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kept(texts: &[String]) -> Vec<Kept<'static>> {
        let named =
            |(at, text): (usize, &String)| Kept { name: format!("bank/{at}.yaml").into(), text: text.clone().into() };
        texts.iter().enumerate().map(named).collect()
    }

    fn manifest(snapshot: &[Kept<'_>], pictures: &[Kept<'_>]) -> String {
        let mut out = b"head: 1\n".to_vec();
        write(&mut out, "snapshot", snapshot).unwrap();
        write(&mut out, "pictures", pictures).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[derive(Deserialize)]
    struct Parsed {
        snapshot: Vec<Kept<'static>>,
        pictures: Vec<Kept<'static>>,
    }

    proptest! {
        /// By the parser of all YAML, and taken out where no text needs quotes.
        #[test]
        fn texts_are_read_back_as_they_were(
            texts in prop::collection::vec("[a-z ¶:#|>\"'\\-\t\n\r\u{85}\u{feff}]{0,24}\n{0,3}", 0..4),
            pictures in prop::collection::vec("[a-zA-Z0-9+/]{4}", 0..2),
        ) {
            let (snapshot, pictures) = (kept(&texts), kept(&pictures));
            let text = manifest(&snapshot, &pictures);
            let parsed: Parsed = serde_yaml::from_str(&text).unwrap();
            prop_assert_eq!((&parsed.snapshot, &parsed.pictures), (&snapshot, &pictures));
            let blocks = !texts.is_empty() && texts.iter().all(|text| chomping(text).is_some());
            match take(&text) {
                Some(taken) => {
                    prop_assert_eq!(taken.head, "head: 1\n");
                    prop_assert_eq!((taken.snapshot, taken.pictures), (snapshot, pictures));
                }
                None => prop_assert!(!blocks, "{}", text),
            }
        }
    }

    #[test]
    fn a_text_in_pieces_is_set_in_as_the_whole() {
        let text = b"a: 1\n\n  b: 22\n\n\n# 333\nc:\n";
        let set_in = |lines: &[u8]| {
            let mut out = b"?".to_vec();
            set_in(lines, &mut out);
            out
        };
        let whole = set_in(text);
        for length in 1..40 {
            let pieces = pieces(text, length);
            assert!(length > 20 || pieces.len() > 1, "{length}");
            let joined: Vec<u8> = pieces.iter().flat_map(|piece| set_in(piece)).collect();
            assert_eq!(joined, whole, "{length}");
        }
    }

    #[test]
    fn the_texts_of_a_bank_are_blocks() {
        let text = manifest(&kept(&["a: 1\n\n  b: 2\n".to_owned(), "a".to_owned()]), &[]);
        let blocks = "- name: bank/0.yaml\n  text: |\n    a: 1\n\n      b: 2\n- name: bank/1.yaml\n  text: |-\n    a\n";
        assert_eq!(text, format!("head: 1\nsnapshot:\n{blocks}pictures: []\n"));
        assert!(take(&(text.clone() + "more: 1\n")).is_none(), "what else is there is for the parser");
        for odd in [" a", "a\tb\r\n", ""] {
            assert!(chomping(odd).is_none(), "{odd}");
        }
    }
}
