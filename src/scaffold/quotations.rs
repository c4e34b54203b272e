//! Words of a text that can be quoted: long enough, in one place only, and without characters that mark-up would take.

use std::cell::Cell;
use std::ops::Range;

use crate::letter::{Letter, Paragraph};
use crate::text::Folded;

/// A quotation has as many words at least.
const WORDS: usize = 4;
/// And goes on until it has as many characters.
const LENGTH: usize = 36;
/// And ends with a word of as many letters, as short words lean on what follows.
const RESTING: usize = 5;
/// No longer than this, words.
const MOST_WORDS: usize = 30;
/// Paragraphs looked at: an example needs no more.
const PARAGRAPHS: usize = 60;

/// Bytes of text searched for second places of a quotation, in all: an example is not worth more.
const SEARCHED: usize = 300 << 20;

/// Words of the text with their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quotation {
    pub paragraph: u32,
    /// Which sentence of it, from 1.
    pub sentence: usize,
    pub text: String,
}

/// A sentence with words that can be left out.
#[derive(Debug, Clone)]
pub(super) struct Gapped {
    /// The words quoted as its evidence.
    pub quotation: Quotation,
    pub sentence: String,
    /// Bytes of the words to leave out.
    pub gaps: Vec<Range<usize>>,
    /// Words from elsewhere that are not in it.
    pub extra: Vec<String>,
}

/// A number in figures, the only one of its paragraph.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub quotation: Quotation,
    pub figure: String,
}

/// What items can be made of.
pub(super) struct Source<'a> {
    paragraphs: &'a [Paragraph],
    folded: Vec<Folded>,
    /// Bytes that may still be searched.
    left: Cell<usize>,
    pub quotations: Vec<Quotation>,
}

impl<'a> Source<'a> {
    pub fn new(letter: &'a Letter) -> Self {
        let paragraphs = &letter.paragraphs[..];
        let folded = paragraphs.iter().map(|p| Folded::new(&p.text)).collect();
        let mut source = Source { paragraphs, folded, left: Cell::new(SEARCHED), quotations: Vec::new() };
        for paragraph in paragraphs.iter().take(PARAGRAPHS) {
            let found = (0..paragraph.sentences.len()).filter_map(|sentence| source.quotation(paragraph, sentence));
            let found: Vec<Quotation> = found.take(3).collect();
            source.quotations.extend(found);
        }
        source
    }

    /// How many paragraphs the text has.
    pub fn count(&self) -> usize {
        self.paragraphs.len()
    }

    /// The first quotation of every paragraph that has one.
    pub fn firsts(&self) -> Vec<&Quotation> {
        let mut firsts: Vec<&Quotation> = self.quotations.iter().collect();
        firsts.dedup_by_key(|quotation| quotation.paragraph);
        firsts
    }

    /// The first words of a sentence that can be quoted.
    fn quotation(&self, paragraph: &Paragraph, sentence: usize) -> Option<Quotation> {
        let words = words(&paragraph.text, paragraph.sentences.get(sentence)?.clone());
        (0..words.len().min(40)).find_map(|first| self.window(paragraph, sentence, &words[first..], 0))
    }

    /// The shortest quotation that begins with the first of these words, and has `least` of them.
    fn window(
        &self,
        paragraph: &Paragraph,
        sentence: usize,
        words: &[Range<usize>],
        least: usize,
    ) -> Option<Quotation> {
        let start = words.first()?.start;
        let ends = words.iter().take(MOST_WORDS).enumerate().skip(least.max(WORDS) - 1);
        for (_, end) in ends {
            let text = paragraph.text[start..end.end].trim_matches(|c: char| !c.is_alphanumeric());
            if !text.chars().all(is_tame) {
                return None;
            }
            // Not in the middle of a phrase: “that the” ends none.
            let rests = text.rsplit(' ').next().is_some_and(|word| word.chars().count() >= RESTING);
            let is_long = (rests && text.chars().count() >= LENGTH) || end.end == words[words.len() - 1].end;
            let is_enough =
                text.split([' ', '—', '–']).filter(|word| word.contains(char::is_alphanumeric)).count() >= WORDS;
            if is_long && is_enough && self.is_unique(text) {
                return Some(Quotation { paragraph: paragraph.number, sentence: sentence + 1, text: text.to_owned() });
            }
        }
        None
    }

    /// Whether words stand in one place of the text only; not known when too much has been searched.
    fn is_unique(&self, text: &str) -> bool {
        let length: usize = self.paragraphs.iter().map(|p| p.text.len()).sum();
        let Some(left) = self.left.get().checked_sub(length) else { return false };
        self.left.set(left);
        let wanted = Folded::new(text);
        let mut places = 0;
        for folded in &self.folded {
            let mut from = 0;
            while let Some(at) = folded.find_from(&wanted, from) {
                places += 1;
                from = at.end;
                if places > 1 {
                    return false;
                }
            }
        }
        places == 1
    }

    /// A sentence that can be printed with gaps.
    pub fn gapped(&self) -> Option<Gapped> {
        self.quotations.iter().find_map(|quotation| self.gaps(quotation))
    }

    fn gaps(&self, quotation: &Quotation) -> Option<Gapped> {
        let paragraph = self.paragraphs.get(quotation.paragraph as usize - 1)?;
        let sentence = &paragraph.text[paragraph.sentences.get(quotation.sentence - 1)?.clone()];
        let fits = |c: char| is_tame(c) || matches!(c, '“' | '”' | '‘' | '!' | '?' | '(' | ')');
        let words = words(sentence, 0..sentence.len());
        if !(10..=60).contains(&words.len()) || !sentence.chars().all(fits) {
            return None;
        }
        let lower = sentence.to_lowercase();
        let is_gap = |at: &&Range<usize>| {
            is_plain_word(&sentence[(*at).clone()]) && lower.matches(&sentence[(*at).clone()]).count() == 1
        };
        let candidates: Vec<&Range<usize>> = words.iter().skip(2).filter(is_gap).collect();
        // Three of them, spread over the sentence.
        let pick = |of: usize| candidates.get(candidates.len() * of / 6).map(|at| (*at).clone());
        let gaps: Vec<Range<usize>> = [1, 3, 5].into_iter().filter_map(pick).collect();
        let elsewhere = self.paragraphs.iter().take(PARAGRAPHS).filter(|p| p.number != paragraph.number);
        let mut extra: Vec<String> = Vec::new();
        for word in elsewhere.flat_map(|p| p.text.split_whitespace()) {
            if extra.len() < 2
                && is_plain_word(word)
                && word.len() > 6
                && !lower.contains(word)
                && !extra.iter().any(|other| other == word)
            {
                extra.push(word.to_owned());
            }
        }
        let enough = candidates.len() >= 3 && extra.len() == 2;
        enough.then(|| Gapped { quotation: quotation.clone(), sentence: sentence.to_owned(), gaps, extra })
    }

    /// A long word, with a quotation that has it.
    pub fn word(&self) -> Option<(String, Quotation)> {
        let longest = |q: &Quotation| {
            q.text
                .split_whitespace()
                .filter(|word| is_plain_word(word))
                .max_by_key(|word| word.len())
                .map(str::to_owned)
        };
        self.quotations.iter().filter_map(|q| Some((longest(q)?, q.clone()))).max_by_key(|(word, _)| word.len())
    }

    /// A number in figures.
    pub fn figure(&self) -> Option<Figure> {
        self.paragraphs.iter().take(PARAGRAPHS).find_map(|paragraph| self.only_figure(paragraph))
    }

    fn only_figure(&self, paragraph: &Paragraph) -> Option<Figure> {
        let mut runs = paragraph.text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
        let figure = runs.next().filter(|run| run.len() <= 6)?;
        if runs.next().is_some() {
            return None;
        }
        let at = paragraph.text.find(figure)?;
        let sentence = paragraph.sentences.iter().position(|sentence| sentence.contains(&at))?;
        let words = words(&paragraph.text, paragraph.sentences[sentence].clone());
        let index = words.iter().position(|word| word.contains(&at))?;
        if paragraph.text[words[index].clone()].trim_matches(|c: char| c.is_ascii_punctuation() || "“”‘’—".contains(c))
            != figure
        {
            return None;
        }
        let from_first = |first: usize| self.window(paragraph, sentence, &words[first..], index - first + 1);
        let quotation = (index.saturating_sub(5)..=index).find_map(from_first).filter(|q| q.text.contains(figure))?;
        Some(Figure { quotation, figure: figure.to_owned() })
    }
}

/// Bytes of the words in a part of a text.
fn words(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = part.start;
    for piece in text[part].split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        at += piece.len();
    }
    words
}

/// Whether a character means nothing in mark-up and YAML, and needs no quotes within quotes.
fn is_tame(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | ',' | ';' | ':' | '.' | '’' | '\'' | '—' | '–' | '-')
}

/// Five or more small letters.
fn is_plain_word(word: &str) -> bool {
    word.chars().all(char::is_lowercase) && word.chars().count() >= 5
}
