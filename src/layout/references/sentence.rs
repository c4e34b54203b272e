//! References to paragraphs in a text: where they are, and how they stand in their sentences.

use std::ops::Range;

use crate::doc::Inlines;
use crate::text::{Inline, plain, quotations, sentences};

/// The words of a text in which references stand.
pub(super) struct Around<'a> {
    pub words: &'a str,
    /// How many bytes of them are a label before the first sentence.
    pub label: usize,
    /// The term that they explain.
    pub term: Option<&'a str>,
    /// What stands before a place in which something is found.
    pub inside: &'a str,
}

/// How a reference stands in its sentence.
pub(super) struct Place {
    /// Words that stand in the paragraph, by which the lines that are meant can be told.
    pub quoted: Vec<String>,
    /// Whether lines alone are named: the reference heads a text or a quotation, or stands in brackets.
    pub bare: bool,
    /// Whether it stands in brackets, alone or with others.
    pub bracketed: bool,
    /// Whether a sentence begins with it.
    pub begins: bool,
}

impl Around<'_> {
    /// The place of the reference that is bytes `start..end` of the words; `heads`: it is all of a text or of its strong words.
    pub fn place(&self, start: usize, end: usize, heads: bool) -> Place {
        let (before, after) = (self.words.get(..start).unwrap_or_default(), self.words.get(end..).unwrap_or_default());
        let sentence = sentences(self.words).into_iter().find(|sentence| start < sentence.end);
        let Range { start: from, end: to } = sentence.unwrap_or(0..self.words.len());
        let from = if start >= self.label { from.max(self.label) } else { from };
        let lead = self.words.get(from..start).unwrap_or_default();
        // What is quoted before a colon is asked about after it.
        let clause = lead.rfind(": ").map_or(from, |colon| from + colon + 2);
        let clause = self.words.get(clause..to).unwrap_or_default();
        let begins = lead.chars().all(|c| c.is_whitespace() || OPENERS.contains(&c));
        let labels = begins && (after.starts_with(": “") || after.trim_start().starts_with('“'));
        let bracketed = before.rfind('(').is_some_and(|open| {
            let inside = &before[open + 1..];
            inside.chars().all(|c| c.is_ascii_digit() || "¶–, ;".contains(c)) && after.starts_with([')', ',', ';'])
        });
        // What a paragraph says is said by all of it; what is quoted from it stands in some of its lines.
        let inside = before.get(before.len().saturating_sub(self.inside.len())..).unwrap_or_default();
        let located = inside.to_lowercase() == self.inside || bracketed || labels;
        let quoted = match self.term {
            Some(term) => vec![term.to_owned()],
            None if heads || located => quotations(clause),
            None => Vec::new(),
        };
        Place { quoted, bare: heads || labels || bracketed, bracketed, begins }
    }
}

const OPENERS: [char; 4] = ['“', '‘', '(', '['];
/// A text in its sentences, each with the space after it.
pub(super) fn in_sentences(text: &Inlines) -> Vec<Inlines> {
    let words = plain(text);
    let starts: Vec<usize> = sentences(&words).into_iter().skip(1).map(|sentence| sentence.start).collect();
    let mut out = vec![Inlines::new()];
    let mut push = |inline: Inline, begins: bool| match out.last_mut() {
        Some(last) if !begins => last.push(inline),
        _ => out.push(vec![inline]),
    };
    let mut at = 0;
    for inline in text {
        let bytes = plain(std::slice::from_ref(inline)).len();
        let Inline::Text(words) = inline else {
            push(inline.clone(), starts.contains(&at));
            at += bytes;
            continue;
        };
        let inside = starts.iter().filter(|start| (at + 1..at + bytes).contains(*start)).map(|start| start - at);
        let mut from = 0;
        for end in inside.chain([bytes]) {
            push(Inline::text(&words[from..end]), starts.contains(&(at + from)));
            from = end;
        }
        at += bytes;
    }
    out
}

/// A reference in a text: “¶7”, or “¶14–16”, which is a mark and the words “–16”.
#[derive(Clone, Copy)]
pub(super) struct Reference<'t> {
    pub first: u32,
    pub last: u32,
    /// Length of its words, bytes.
    pub bytes: usize,
    /// What comes after it in the piece of text in which it ends.
    pub after: &'t str,
    /// Index of the next piece of the text.
    pub next: usize,
}

pub(super) fn reference_at(all: &[Inline], at: usize) -> Option<Reference<'_>> {
    let Some(Inline::ParagraphRef(first)) = all.get(at) else { return None };
    let bytes = plain(&all[at..=at]).len();
    let one = Reference { first: *first, last: *first, bytes, after: "", next: at + 1 };
    let Some(Inline::Text(text)) = all.get(at + 1) else { return Some(one) };
    let Some((last, after)) = range_end(text) else { return Some(one) };
    Some(Reference { last, bytes: bytes + text.len() - after.len(), after, next: at + 2, ..one })
}

/// The number that a text such as `–16 in the letter` goes on to, and the text after it.
fn range_end(text: &str) -> Option<(u32, &str)> {
    let after = text.strip_prefix(['–', '-'])?;
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    Some((after.get(..digits)?.parse().ok()?, after.get(digits..)?))
}
