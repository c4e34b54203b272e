//! Text folded for comparison, never for display, with the way back to the original's bytes.

use std::ops::Range;

use memchr::memmem::Finder;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text in which quotes, dashes, case, runs of spaces and composed characters no longer differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// Byte offsets, folded and original, at which each indivisible group begins; the last pair is both ends.
    groups: Vec<(usize, usize)>,
}

impl Folded {
    /// Folds a text.
    pub fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut groups = Vec::with_capacity(original.len() + 1);
        fold_into(original, &mut text, |folded, original| groups.push((folded, original)));
        groups.push((text.len(), original.len()));
        Folded { text, groups }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the other text first stands in this one: bytes of the ORIGINAL of this one. Spaces around the other text do
    /// not count, an empty one is nowhere, and a character is never split from its accent.
    pub fn find(&self, other: &Folded) -> Option<Range<usize>> {
        self.find_from(other, 0)
    }

    /// The same from a byte of the original on.
    pub fn find_from(&self, other: &Folded, original: usize) -> Option<Range<usize>> {
        self.find_wanted(&Wanted::of_folded(&other.text), original)
    }

    /// As [`Folded::find`], for words that are looked for in many texts.
    pub fn find_in(&self, wanted: &Wanted) -> Option<Range<usize>> {
        self.find_wanted(wanted, 0)
    }

    fn find_wanted(&self, wanted: &Wanted, original: usize) -> Option<Range<usize>> {
        let length = wanted.0.needle().len();
        if length == 0 {
            return None;
        }
        let first = self.groups.partition_point(|(_, at)| *at < original);
        let mut from = self.groups.get(first)?.0;
        while let Some(found) = wanted.0.find(&self.text.as_bytes()[from..]) {
            let start = from + found;
            if let (Some(first), Some(end)) = (self.original(start), self.original(start + length)) {
                return Some(first..end);
            }
            from = start + self.text[start..].chars().next().map_or(1, char::len_utf8);
        }
        None
    }

    /// The original offset of a folded one, if a group begins there.
    fn original(&self, folded: usize) -> Option<usize> {
        let at = self.groups.binary_search_by_key(&folded, |(folded, _)| *folded).ok()?;
        self.groups.get(at).map(|(_, original)| *original)
    }
}

/// Words to be looked for, folded once.
#[derive(Debug)]
pub struct Wanted(Finder<'static>);

impl Wanted {
    /// Words as typed.
    pub fn new(typed: &str) -> Self {
        Wanted::of_folded(&fold(typed))
    }

    fn of_folded(folded: &str) -> Self {
        Wanted(Finder::new(folded.trim()).into_owned())
    }
}

/// The folded text alone, for comparison of whole texts.
pub fn fold(original: &str) -> String {
    let mut text = String::with_capacity(original.len());
    fold_into(original, &mut text, |_, _| {});
    text
}

/// Folds a text, telling for each indivisible group where it begins, folded and original.
fn fold_into(original: &str, text: &mut String, mut group: impl FnMut(usize, usize)) {
    let mut rest = original.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if is_invisible(c) {
            continue;
        }
        group(text.len(), start);
        if c.is_whitespace() {
            while rest.next_if(|(_, d)| d.is_whitespace() || is_invisible(*d)).is_some() {}
            text.push(' ');
        } else if is_dash(c) {
            while rest.next_if(|(_, d)| is_dash(*d)).is_some() {}
            text.push('-');
        } else if c.is_ascii() && rest.peek().is_none_or(|(_, d)| d.is_ascii()) {
            // Nearly every character comes this way, without the tables of Unicode.
            text.push(c.to_ascii_lowercase());
        } else {
            let mut end = start + c.len_utf8();
            while let Some((at, d)) = rest.next_if(|(_, d)| is_combining_mark(*d)) {
                end = at + d.len_utf8();
            }
            original[start..end].nfd().flat_map(char::to_lowercase).for_each(|d| push_alike(d, text));
        }
    }
}

/// Every dash and hyphen, as typed for one another.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Soft hyphen, zero-width space, word joiner, byte order mark: they are not seen and do not count.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn push_alike(c: char, out: &mut String) {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => out.push('\''),
        '“' | '”' | '„' | '‟' | '″' => out.push('"'),
        '…' => out.push_str("..."),
        'ς' => out.push('σ'),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
        Folded::new(text).find(&Folded::new(wanted)).map(|at| &text[at])
    }

    #[test]
    fn however_it_is_typed() {
        let text = "So “buying the same\u{a0}horse  twice”—conceding… Aide-m\u{e9}moire, Noah’s";
        assert_eq!(
            find(text, "\"Buying the SAME horse twice\"--conceding..."),
            Some("“buying the same\u{a0}horse  twice”—conceding…")
        );
        assert_eq!(find(text, "aide–me\u{301}moire"), Some("Aide-m\u{e9}moire"));
        assert_eq!(find(text, " Noah's "), Some("Noah’s"));
        assert_eq!(find("mone\u{301}", "mon\u{e9}"), Some("mone\u{301}"));
    }

    #[test]
    fn a_character_is_never_split() {
        assert_eq!(find("cafe\u{301} cafe", "cafe"), Some("cafe"));
        assert_eq!(Folded::new("cafe\u{301} cafe").find(&Folded::new("cafe")), Some(7..11));
        assert_eq!(find("so…", "so."), None);
        assert_eq!(find("anything", "  "), None);
        assert_eq!(find("", "a"), None);
    }

    #[test]
    fn a_second_place_can_be_asked_for() {
        let folded = Folded::new("a b, A B");
        assert_eq!(folded.find_from(&Folded::new("a b"), 1), Some(5..8));
        assert_eq!(folded.find_from(&Folded::new("a b"), 99), None);
    }
}
