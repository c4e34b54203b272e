//! Marks that editions set into the text: `[Page 504]`, and the glued digits of footnotes.

use std::ops::Range;

/// A page mark found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageMark {
    /// Its bytes, brackets included.
    pub at: Range<usize>,
    /// The page.
    pub page: u32,
}

/// The page, if the words are a page mark and nothing else.
pub(super) fn page(words: &str) -> Option<u32> {
    let inner = words.strip_prefix('[')?.strip_suffix(']')?;
    let digits = inner.len() - inner.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (word, number) = inner.split_at(inner.len() - digits);
    let word = word.trim().trim_end_matches('.');
    let is_page = ["page", "pg", "p"].iter().any(|name| word.eq_ignore_ascii_case(name));
    if is_page { number.parse().ok() } else { None }
}

/// All page marks of a text, in order.
pub(super) fn pages(text: &str) -> impl Iterator<Item = PageMark> + '_ {
    /// More than the longest mark that can be read.
    const LONGEST: usize = 24;
    text.match_indices('[').filter_map(|(start, _)| {
        let end = start + 1 + text.as_bytes()[start..].iter().take(LONGEST).position(|b| *b == b']')?;
        Some(PageMark { at: start..end, page: page(&text[start..end])? })
    })
}

/// Footnote marks: digits that are one of `declared`, glued to a word of two letters or more or to closing punctuation,
/// with a space or the end after them. `July 25th`, `1939`, `U2` and `3.2` are none.
pub(super) fn footnotes<'a>(text: &'a str, declared: &'a [u32]) -> impl Iterator<Item = (u32, Range<usize>)> + 'a {
    let bytes = text.as_bytes();
    let starts = (1..bytes.len()).filter(|at| bytes[*at].is_ascii_digit() && !bytes[*at - 1].is_ascii_digit());
    starts.filter_map(move |start| {
        let before = text[..start].chars().next_back().filter(|c| !c.is_whitespace())?;
        let length = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        let end = start + length;
        let number = text[start..end].parse().ok().filter(|number| declared.contains(number))?;
        let free = text[end..].chars().next().is_none_or(char::is_whitespace);
        (free && !text[start..].starts_with('0') && can_carry(&text[..start], before)).then_some((number, start..end))
    })
}

/// Whether a text that ends in this character can carry a mark.
fn can_carry(text: &str, last: char) -> bool {
    match last {
        '.' | ',' | ':' => {
            !text[..text.len() - 1].ends_with(|c: char| c.is_ascii_digit()) || ends_in_year(&text[..text.len() - 1])
        }
        ';' | '!' | '?' | '…' | ')' | ']' | '”' | '’' | '"' | '\'' | '»' => true,
        c => c.is_alphabetic() && text.chars().rev().nth(1).is_some_and(char::is_alphabetic),
    }
}

/// `… 1961`: four digits and no more, so that the stop after them is no decimal point.
fn ends_in_year(text: &str) -> bool {
    let digits: Vec<char> = text.chars().rev().take(5).take_while(char::is_ascii_digit).collect();
    digits.len() == 4 && matches!(digits.last(), Some('1' | '2'))
}

/// A text without its marks, and where each stood.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Lifted {
    /// The rest, with single spaces.
    pub text: String,
    /// For each mark, in order, the byte of the rest at which it stood.
    pub offsets: Vec<usize>,
}

/// Takes ranges out of a text and collapses its spaces: a mark between two words leaves one space.
pub(super) fn lift(words: &str, marks: impl IntoIterator<Item = Range<usize>>) -> Lifted {
    let mut lifted = Lifted { text: String::with_capacity(words.len()), offsets: Vec::new() };
    let mut from = 0;
    for mark in marks {
        lifted.push(&words[from..mark.start]);
        lifted.offsets.push(lifted.text.len());
        from = mark.end;
    }
    lifted.push(&words[from..]);
    lifted.text.truncate(lifted.text.trim_end().len());
    let length = lifted.text.len();
    lifted.offsets.iter_mut().for_each(|offset| *offset = (*offset).min(length));
    lifted
}

impl Lifted {
    fn push(&mut self, words: &str) {
        for c in words.chars() {
            let at_gap = self.text.is_empty() || self.text.ends_with(' ');
            match c {
                c if c.is_ascii_whitespace() && !at_gap => self.text.push(' '),
                c if c.is_ascii_whitespace() || (c.is_whitespace() && self.text.is_empty()) => {}
                c => self.text.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_marks() {
        assert_eq!(page("[Page 504]"), Some(504));
        assert_eq!(page("[p. 12]"), Some(12));
        for other in ["[Page]", "[Page 99999999999]", "[Paged 5]", "Page 5", "[Page iv]", "[", "[]", ""] {
            assert_eq!(page(other), None, "{other}");
        }
        let found: Vec<u32> = pages("a [Page 1] b [sic] c[Page 2][Page 3] [Page").map(|mark| mark.page).collect();
        assert_eq!(found, [1, 2, 3]);
    }

    #[test]
    fn a_mark_leaves_one_space() {
        for text in ["one [Page 5] two", "one[Page 5] two", "one [Page 5]two", " one\n [Page 5]\ntwo "] {
            let lifted = lift(text, pages(text).map(|mark| mark.at));
            assert_eq!(lifted.text, "one two", "{text}");
        }
        let text = "im[Page 5]portant[Page 6]";
        assert_eq!(
            lift(text, pages(text).map(|mark| mark.at)),
            Lifted { text: "important".into(), offsets: vec![2, 9] }
        );
    }

    #[test]
    fn footnote_marks() {
        let found = |text: &str| footnotes(text, &[1, 2, 25]).map(|(number, _)| number).collect::<Vec<_>>();
        assert_eq!(found("Khrushchev1"), [1]);
        assert_eq!(found("month.2 I have “so”25 é"), [2, 25]);
        assert_eq!(found("in 1961.2 Then"), [2]);
        for other in [
            "July 25th",
            "25 men",
            "1939",
            "U2 flew",
            "3.2 millions",
            "word3",
            "12:25 o’clock",
            "word1a",
            "word.01",
            "a1",
            "1",
        ] {
            assert_eq!(found(other), [0_u32; 0], "{other}");
        }
    }
}
