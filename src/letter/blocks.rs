//! Blocks between blank lines, and what each of them is: heading, prose, editor's note or footnotes.

use std::ops::Range;

/// Lines without a blank one among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the text, without white space at its ends.
    pub at: Range<usize>,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// The source's own heading.
    Heading,
    /// The author's words, or nothing but page marks.
    Prose,
    /// The editor's words in brackets.
    Editorial,
}

/// A footnote as it stands in the block at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// Its number as printed.
    pub number: u32,
    /// The bytes of its words.
    pub at: Range<usize>,
}

/// The most words that a heading has.
const HEADING_WORDS: usize = 25;
/// The most lines.
const HEADING_LINES: usize = 4;

/// A line that is longer was not broken to fit a page, characters.
const UNBROKEN: usize = 160;

/// Splits a text on blank lines and says what each block is. The footnotes at the end are apart.
pub(super) fn classify(text: &str) -> (Vec<Block>, Vec<Note>) {
    let mut spans = split(text);
    let (notes, from) = footnotes(text, &spans);
    spans.truncate(from);
    let more_than_one = spans.len() > 1;
    let kind = |(index, at): (usize, Range<usize>)| {
        let words = &text[at.clone()];
        let kind = match () {
            () if is_bracketed(words) && super::marks::page(words).is_none() => Kind::Editorial,
            () if index == 0 && more_than_one && is_heading(words) => Kind::Heading,
            () => Kind::Prose,
        };
        Block { kind, at }
    };
    (spans.into_iter().enumerate().map(kind).collect(), notes)
}

/// Blocks between blank lines; in a text without any, and with a line that no page would hold, each line is a block, as
/// word processors save paragraphs.
fn split(text: &str) -> Vec<Range<usize>> {
    let inner = text.trim();
    let has_blank = inner.lines().any(|line| line.trim().is_empty());
    let lines_are_blocks = !has_blank && inner.lines().any(|line| line.chars().nth(UNBROKEN).is_some());
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for line in text.split_inclusive('\n') {
        let inner = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        let end = start + inner.len();
        match blocks.last_mut() {
            _ if inner.is_empty() => open = false,
            Some(block) if open && !lines_are_blocks => block.end = end,
            _ => {
                blocks.push(start..end);
                open = true;
            }
        }
        at += line.len();
    }
    blocks
}

/// Whether one pair of brackets holds it all.
fn is_bracketed(words: &str) -> bool {
    let mut depth = 0_usize;
    if !words.starts_with('[') || !words.ends_with(']') {
        return false;
    }
    for (at, c) in words.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1 == words.len();
        }
    }
    false
}

/// Whether the first block is a heading: few words in short lines, and not the end of a sentence. A question or cry
/// is a heading if it has capitals as titles have.
fn is_heading(words: &str) -> bool {
    let bare = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let bare = if bare.ends_with(char::is_whitespace) || bare.is_empty() { words } else { bare };
    let few = words.split_whitespace().take(HEADING_WORDS + 1).count() <= HEADING_WORDS
        && words.lines().count() <= HEADING_LINES;
    if !few || super::marks::page(words).is_some() || words.starts_with('[') {
        return false;
    }
    match bare.trim_end_matches(['”', '"', '’', ')']).chars().next_back() {
        Some('.' | ',' | ':' | ';' | '…' | '—') | None => false,
        Some('?' | '!') => is_title_case(bare),
        Some(_) => true,
    }
}

fn is_title_case(words: &str) -> bool {
    let long: Vec<&str> = words.split_whitespace().filter(|word| word.chars().count() > 3).collect();
    let capital =
        long.iter().filter(|word| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)).count();
    long.len() >= 3 && capital * 4 >= long.len() * 3
}

/// The notes at the end, and the index of the first of their blocks. Numbered prose is not taken for notes: every number
/// must stand one higher than the last, and either all of them are set in or one of them has its mark in the text.
fn footnotes(text: &str, spans: &[Range<usize>]) -> (Vec<Note>, usize) {
    let mut from = spans.len();
    let mut notes: Vec<Note> = Vec::new();
    while from > 0 {
        let Some(earlier) = notes_of(text, &spans[from - 1]) else { break };
        let follows = match (earlier.last(), notes.first()) {
            (Some(last), Some(next)) => last.number.checked_add(1) == Some(next.number),
            _ => true,
        };
        if !follows {
            break;
        }
        notes.splice(0..0, earlier);
        from -= 1;
    }
    let Some(first) = spans.get(from).filter(|_| from > 0) else { return (Vec::new(), spans.len()) };
    let prose = &text[..first.start];
    let set_in = notes.iter().all(|note| is_set_in(text, note.at.start));
    let marked = || notes.iter().any(|note| super::marks::footnotes(prose, &[note.number]).next().is_some());
    if set_in || marked() { (notes, from) } else { (Vec::new(), spans.len()) }
}

/// Whether the line that holds a byte begins with white space.
fn is_set_in(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[line..].starts_with(|c: char| c.is_whitespace())
}

/// The notes of a block of which the first line begins with a number; lines without one belong to the note before.
fn notes_of(text: &str, span: &Range<usize>) -> Option<Vec<Note>> {
    let mut notes: Vec<Note> = Vec::new();
    let mut at = span.start;
    for line in text[span.clone()].split_inclusive('\n') {
        let inner = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        let expected = notes.last().map(|note| note.number.saturating_add(1));
        match numbered(inner) {
            Some((number, skip)) if expected.is_none_or(|expected| expected == number) => {
                notes.push(Note { number, at: start + skip..start + inner.len() });
            }
            _ => notes.last_mut()?.at.end = start + inner.len(),
        }
        at += line.len();
    }
    Some(notes)
}

/// `12. Words` or `12) Words` → 12, and where the words begin.
fn numbered(line: &str) -> Option<(u32, usize)> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: u32 = line[..digits].parse().ok().filter(|number| *number > 0)?;
    let rest = line[digits..].strip_prefix(['.', ')'])?;
    let words = rest.trim_start();
    (words.len() < rest.len() && !words.is_empty()).then(|| (number, line.len() - words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_openings() {
        for heading in [
            "179. Letter From President Kennedy1",
            "THE GETTYSBURG ADDRESS\nNovember 19, 1863",
            "What to the Slave Is the Fourth of July?",
            "1776",
        ] {
            assert!(is_heading(heading), "{heading}");
        }
        for prose in [
            "Dear Sir,",
            "Dear Sir:",
            "Call me Ishmael.",
            "What is the framework for such an agreement?",
            "[Page 3]",
            "[Here",
            "“Go!”",
        ] {
            assert!(!is_heading(prose), "{prose}");
        }
        assert!(classify("One block").0.iter().all(|block| block.kind == Kind::Prose));
    }

    #[test]
    fn footnotes_are_not_numbered_prose() {
        let notes = |text: &str| classify(text).1.len();
        assert_eq!(notes("A head\n\nProse here.\n\n  1. One.\n  2. Two\nand more.\n"), 2);
        assert_eq!(notes("A head\n\nProse here.1\n\n1. One.\n\n2. Two.\n"), 2);
        assert_eq!(notes("A head\n\n1. First, we ask.\n\n2. Second, we ask.\n"), 0);
        assert_eq!(notes("A head\n\nProse.\n\n  1. One.\n  3. Three.\n"), 1);
        assert_eq!(notes("  1. One.\n  2. Two.\n"), 0);
    }

    #[test]
    fn long_lines_without_blank_ones_are_paragraphs() {
        let long = "word ".repeat(40);
        assert_eq!(classify(&format!("A Title\n{long}.\nThe end.\n")).0.len(), 3);
        assert_eq!(classify("Short lines,\nas in a poem,\nare one.\n").0.len(), 1);
        assert_eq!(classify(&format!("{long}.\ngoes on\n\nThe end.\n")).0.len(), 2);
    }

    #[test]
    fn brackets_round_all_of_it() {
        assert!(is_bracketed("[Here [sic] follow]"));
        for other in ["[a] and [b]", "[a", "a]", "[a]]"] {
            assert!(!is_bracketed(other), "{other}");
        }
    }
}
