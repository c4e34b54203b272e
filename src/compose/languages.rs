//! The words of other languages that the letter lists, marked wherever they stand, so that they are read in their own.

use std::ops::Range;
use std::sync::Arc;

use crate::doc::{Block, Inlines, PassageParagraph};
use crate::letter::ForeignWords;
use crate::text::Inline;

/// Marks the listed words in all texts of these blocks.
pub(super) fn mark(blocks: &mut [Block], listed: &[ForeignWords]) {
    let phrases = Phrases::of(listed);
    if !phrases.0.is_empty() {
        texts(blocks, &mut |text| phrases.mark(text));
    }
}

/// A text with the listed words marked.
pub(crate) fn marked(text: &str, listed: &[ForeignWords]) -> Inlines {
    let mut inlines = vec![Inline::text(text)];
    let phrases = Phrases::of(listed);
    if !phrases.0.is_empty() {
        phrases.mark(&mut inlines);
    }
    inlines
}

/// What is looked for: of two that begin alike the longer one first.
struct Phrases(Vec<Phrase>);

impl Phrases {
    fn of(listed: &[ForeignWords]) -> Self {
        let mut phrases: Vec<Phrase> = listed.iter().flat_map(Phrase::of).collect();
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.letters.len()));
        Phrases(phrases)
    }

    fn mark(&self, text: &mut Inlines) {
        let parted = |inline: &Inline| matches!(inline, Inline::Text(words) if self.next(words, 0).is_some());
        if text.iter().any(parted) {
            *text = std::mem::take(text).into_iter().flat_map(|inline| self.apart(inline)).collect();
        }
        for inline in text {
            if let Inline::Emphasis(inner) | Inline::Strong(inner) = inline {
                self.mark(inner);
            }
        }
    }

    /// A text in pieces, the listed words apart from what is around them.
    fn apart(&self, inline: Inline) -> Vec<Inline> {
        let Inline::Text(words) = inline else { return vec![inline] };
        let mut out = Vec::new();
        let mut start = 0;
        while let Some((at, language)) = self.next(&words, start) {
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
    fn next(&self, text: &str, from: usize) -> Option<(Range<usize>, &Arc<str>)> {
        let found = self.0.iter().filter_map(|phrase| Some((phrase.find(text, from)?, &phrase.language)));
        found.min_by_key(|(at, _)| at.start)
    }
}

/// A word or phrase, ready to be looked for.
struct Phrase {
    letters: Vec<char>,
    /// The bytes with which it begins, small or great: a whole letter is searched for it on every sheet.
    begins: [u8; 2],
    language: Arc<str>,
}

impl Phrase {
    fn of(listed: &ForeignWords) -> impl Iterator<Item = Phrase> {
        let language: Arc<str> = listed.language.as_str().into();
        listed.words.iter().filter_map(move |words| {
            let letters: Vec<char> = words.trim().chars().map(folded).collect();
            let first = letters.first().copied()?;
            let great = match first {
                '\'' => '’',
                first => first.to_uppercase().next().unwrap_or(first),
            };
            let byte = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
            Some(Phrase { letters, begins: [byte(first), byte(great)], language: Arc::clone(&language) })
        })
    }

    /// Where it stands from a byte on.
    fn find(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let [small, great] = self.begins;
        // Most of these letters stand inside words: that is told by the byte before them.
        let inside = |at: usize| text.as_bytes()[..at].last().is_some_and(u8::is_ascii_alphanumeric);
        let begins = memchr::memchr2_iter(small, great, text.get(from..)?.as_bytes()).map(|at| from + at);
        begins.filter(|at| !inside(*at)).find_map(|at| {
            let (before, rest) = text.split_at_checked(at)?;
            let length = self.length(rest)?;
            (!before.ends_with(char::is_alphanumeric)).then_some(at..at + length)
        })
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

/// Visits every text.
pub(super) fn texts(blocks: &mut [Block], visit: &mut impl FnMut(&mut Inlines)) {
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
        assert_eq!(marked("éfait—Fait", listed), [text("éfait—"), french("Fait")]);
        assert_eq!(marked("ça, Ça", &[("fr", &["ça"])]), [french("ça"), text(", "), french("Ça")]);
        assert_eq!(marked("“’s, 's", &[("nl", &["'s"])])[1], Inline::Foreign("nl".into(), vec![text("’s")]));
        assert_eq!(marked("un-fait", listed), [text("un-"), french("fait")]);
        assert_eq!(marked("surfait", listed), [text("surfait")]);
        assert_eq!(marked("l'État", &[("fr", &["l’état"])]), [french("l’État")]);
        assert_eq!(marked("[fait]{en}", listed), [Inline::Foreign("en".into(), vec![text("fait")])]);
    }
}
