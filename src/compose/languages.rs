//! The words of other languages that the letter lists, marked wherever they stand, so that they are read in their own.

use std::ops::Range;
use std::sync::Arc;

use crate::doc::{Block, Inlines, PassageParagraph};
use crate::letter::ForeignWords;
use crate::text::Inline;

/// Marks the listed words in all texts of these blocks.
pub(super) fn mark(blocks: &mut [Block], listed: &[ForeignWords]) {
    let mut phrases: Vec<Phrase> = listed.iter().flat_map(Phrase::of).collect();
    // Of two that begin alike the longer one is meant.
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.letters.len()));
    if !phrases.is_empty() {
        texts(blocks, &mut |text| inlines(text, &phrases));
    }
}

/// A word or phrase, ready to be looked for.
struct Phrase {
    letters: Vec<char>,
    language: Arc<str>,
}

impl Phrase {
    fn of(listed: &ForeignWords) -> impl Iterator<Item = Phrase> {
        let language: Arc<str> = listed.language.as_str().into();
        let letters = listed.words.iter().map(|words| words.trim().chars().map(folded).collect::<Vec<char>>());
        letters
            .filter(|letters| !letters.is_empty())
            .map(move |letters| Phrase { letters, language: Arc::clone(&language) })
    }

    /// How many bytes of the text are this phrase, if it begins with it.
    fn length(&self, text: &str) -> Option<usize> {
        let mut found = text.char_indices();
        let same = self.letters.iter().all(|letter| found.next().is_some_and(|(_, c)| folded(c) == *letter));
        let end = found.offset();
        (same && !text[end..].starts_with(char::is_alphanumeric)).then_some(end)
    }
}

/// A character as it is compared: small, with a straight apostrophe.
fn folded(c: char) -> char {
    match c {
        '’' => '\'',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

fn inlines(text: &mut Inlines, phrases: &[Phrase]) {
    let parted = |inline: &Inline| matches!(inline, Inline::Text(words) if next(words, 0, phrases).is_some());
    if text.iter().any(parted) {
        *text = std::mem::take(text).into_iter().flat_map(|inline| apart(inline, phrases)).collect();
    }
    for inline in text {
        if let Inline::Emphasis(inner) | Inline::Strong(inner) = inline {
            inlines(inner, phrases);
        }
    }
}

/// A text in pieces, the listed words apart from what is around them.
fn apart(inline: Inline, phrases: &[Phrase]) -> Vec<Inline> {
    let Inline::Text(words) = inline else { return vec![inline] };
    let mut out = Vec::new();
    let mut start = 0;
    while let Some((at, language)) = next(&words, start, phrases) {
        if at.start > start {
            out.push(Inline::text(&words[start..at.start]));
        }
        out.push(Inline::Foreign(Arc::clone(language), vec![Inline::text(&words[at.clone()])]));
        start = at.end;
    }
    if start < words.len() {
        out.push(Inline::text(&words[start..]));
    }
    out
}

/// Where the next listed words stand from a byte on, and their language.
fn next<'p>(text: &str, from: usize, phrases: &'p [Phrase]) -> Option<(Range<usize>, &'p Arc<str>)> {
    let mut before = text[..from].chars().next_back();
    text[from..].char_indices().map(|(at, c)| (from + at, c)).find_map(|(at, c)| {
        let begins = !before.replace(c).is_some_and(char::is_alphanumeric);
        let found = |phrase: &'p Phrase| Some((at..at + phrase.length(&text[at..])?, &phrase.language));
        begins.then(|| phrases.iter().find_map(found)).flatten()
    })
}

/// Visits every text.
fn texts(blocks: &mut [Block], visit: &mut impl FnMut(&mut Inlines)) {
    for block in blocks {
        match block {
            Block::Heading { text, note, .. } => std::iter::once(text).chain(note).for_each(&mut *visit),
            Block::Paragraph { text, .. } => visit(text),
            Block::Passage(paragraphs) => paragraphs.iter_mut().for_each(|paragraph| match paragraph {
                PassageParagraph::Section(text)
                | PassageParagraph::Numbered(_, text)
                | PassageParagraph::Editorial(text) => visit(text),
                PassageParagraph::Omission { .. } => {}
            }),
            Block::Options { options, .. } => options.iter_mut().for_each(|option| visit(&mut option.text)),
            Block::List(entries) | Block::WordBank(entries) => entries.iter_mut().for_each(&mut *visit),
            Block::Terms { terms, .. } => {
                let texts = terms.iter_mut().flat_map(|term| [&mut term.term, &mut term.meaning]);
                texts.for_each(&mut *visit);
            }
            Block::Table(table) => {
                table.header.iter_mut().for_each(&mut *visit);
                table.rows.iter_mut().flatten().for_each(|cell| texts(cell, visit));
            }
            Block::Figure(figure) => [&mut figure.caption, &mut figure.credit].into_iter().for_each(&mut *visit),
            Block::Frame { title, body, .. } => {
                title.iter_mut().for_each(&mut *visit);
                texts(body, visit);
            }
            Block::Numbered { body, .. } | Block::Keep(body) => texts(body, visit),
            Block::Masthead(_) | Block::AnswerSpace { .. } | Block::Grid(_) | Block::PageBreak => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::parse;

    fn marked(text: &str, listed: &[(&str, &[&str])]) -> Inlines {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let listed: Vec<ForeignWords> = listed
            .iter()
            .map(|(language, all)| ForeignWords { language: (*language).to_owned(), words: words(all) })
            .collect();
        let mut blocks = [Block::List(vec![parse(text)])];
        mark(&mut blocks, &listed);
        match blocks {
            [Block::List(mut entries)] => entries.remove(0),
            other => panic!("{other:?}"),
        }
    }

    fn french(words: &str) -> Inline {
        Inline::Foreign("fr".into(), vec![Inline::text(words)])
    }

    #[test]
    fn whole_words_are_marked_in_any_case() {
        let listed: &[(&str, &[&str])] = &[("fr", &["aide-mémoire", "fait accompli", "fait"])];
        let text = Inline::text;
        assert_eq!(
            marked("Aide-mémoire, or a fait accompli; the aide-mémoires", listed),
            [french("Aide-mémoire"), text(", or a "), french("fait accompli"), text("; the aide-mémoires")]
        );
        assert_eq!(
            marked("*the aide-mémoire*", listed),
            [Inline::Emphasis(vec![text("the "), french("aide-mémoire")])]
        );
        assert_eq!(marked("un-fait", listed), [text("un-"), french("fait")]);
        assert_eq!(marked("surfait", listed), [text("surfait")]);
        assert_eq!(marked("l'État", &[("fr", &["l’état"])]), [french("l’État")]);
        assert_eq!(marked("[fait]{en}", listed), [Inline::Foreign("en".into(), vec![text("fait")])]);
    }
}
