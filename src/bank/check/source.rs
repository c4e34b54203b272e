//! The letter as the checks ask it: where words stand, and what comes nearest to words that stand nowhere.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use crate::bank::Quote;
use crate::letter::{Letter, Place};
use crate::text::{FoldedTexts, Wanted, fold, tag_after};

/// Words that a run of letters and digits makes, with their bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bank) struct Word<'a> {
    /// Folded for comparison.
    pub folded: Cow<'a, str>,
    /// Its bytes in the original.
    pub at: Range<usize>,
}

/// The words of a text. Dashes, hyphens and everything but letters, digits and inner apostrophes part them.
pub(in crate::bank) fn words(text: &str) -> Vec<Word<'_>> {
    // English has a word in six characters: room for all of them is taken at once.
    let mut words = Vec::with_capacity(text.len() / 6 + 1);
    each_word(text, |at, small| {
        words.push(Word { folded: folded(&text[at.clone()], small), at });
        true
    });
    words
}

/// The first words of a text, folded; `most` of them.
pub(in crate::bank) fn first_words(text: &str, most: usize) -> Vec<Cow<'_, str>> {
    let mut words = Vec::with_capacity(most);
    each_word(text, |at, small| {
        words.push(folded(&text[at], small));
        words.len() < most
    });
    words
}

/// How many words a text has.
pub(in crate::bank) fn count_words(text: &str) -> usize {
    let mut count = 0;
    each_word(text, |_, _| {
        count += 1;
        true
    });
    count
}

/// The folded words of a text with a space between each two, and how many there are.
pub(in crate::bank) fn joined_words(text: &str) -> (String, usize) {
    let (mut joined, mut count) = (String::with_capacity(text.len() + 8), 0);
    each_word(text, |at, small| {
        if count > 0 {
            joined.push(' ');
        }
        joined.push_str(&folded(&text[at], small));
        count += 1;
        true
    });
    (joined, count)
}

/// Tells the bytes of each word, and whether it is in small letters of ASCII, digits and straight apostrophes alone, as long as
/// the answer is to go on. A bank's words are looked at again and again: most characters are told by their byte.
fn each_word(text: &str, mut word: impl FnMut(Range<usize>, bool) -> bool) {
    let bytes = text.as_bytes();
    let wide = |at: usize| text[at..].chars().next().unwrap_or(' ');
    let begins = |at: usize| match bytes.get(at) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        Some(_) => wide(at).is_alphanumeric(),
        None => false,
    };
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        if !begins(at) {
            at += match first {
                // Of which language the words in brackets are is none of them.
                b']' => tag_after(&text[at + 1..]).map_or(1, |tag| tag.len() + 3),
                first if first.is_ascii() => 1,
                _ => wide(at).len_utf8(),
            };
            continue;
        }
        let (start, mut small) = (at, true);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'a'..=b'z' | b'0'..=b'9' => at += 1,
                b'A'..=b'Z' => (at, small) = (at + 1, false),
                b'\'' if begins(at + 1) => at += 1,
                byte if byte.is_ascii() => break,
                _ => match wide(at) {
                    '’' if begins(at + '’'.len_utf8()) => (at, small) = (at + '’'.len_utf8(), false),
                    c if c.is_alphanumeric() => (at, small) = (at + c.len_utf8(), false),
                    _ => break,
                },
            }
        }
        if !word(start..at, small) {
            return;
        }
    }
}

/// Most words are in small letters already, and are not copied.
fn folded(word: &str, small: bool) -> Cow<'_, str> {
    match small {
        true => Cow::Borrowed(word),
        false if word.is_ascii() => Cow::Owned(word.to_ascii_lowercase()),
        false => Cow::Owned(fold(word)),
    }
}

/// Where a run of words stands in another, by index.
pub(in crate::bank) fn run_in(wanted: &[Word<'_>], words: &[Word<'_>]) -> Option<usize> {
    if wanted.is_empty() || wanted.len() > words.len() {
        return None;
    }
    words.windows(wanted.len()).position(|window| window.iter().zip(wanted).all(|(a, b)| a.folded == b.folded))
}

/// A place of the letter and what stands there.
#[derive(Debug)]
struct Passage<'a> {
    place: Place,
    text: &'a str,
}

/// The letter, ready for search.
#[derive(Debug)]
pub(in crate::bank) struct Source<'a> {
    pub letter: &'a Letter,
    /// Words of `letter.yaml`'s `absent`, each with its own words.
    pub absent: Vec<(&'a str, Vec<Word<'a>>)>,
    passages: Vec<Passage<'a>>,
    /// The texts of the passages, folded.
    folded: FoldedTexts,
    /// Made when it is asked for: sound banks that are only drawn from never do.
    words: OnceLock<WordIndex>,
}

/// The number of a word, and its bytes in the text of its passage.
type Indexed = (u32, Range<usize>);

/// Where each word of the letter stands.
#[derive(Debug, Default)]
struct WordIndex {
    /// The words of each passage.
    passages: Vec<Vec<Indexed>>,
    /// Each word, folded, with its number.
    numbers: BTreeMap<String, u32>,
    /// For each number: passage and index of every place where the word stands, in order.
    stands: Vec<Vec<(usize, usize)>>,
}

impl WordIndex {
    fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut index = WordIndex::default();
        texts.for_each(|text| index.add(text));
        index
    }

    fn add(&mut self, text: &str) {
        let words = words(text);
        let mut passage = Vec::with_capacity(words.len());
        for (at, word) in words.into_iter().enumerate() {
            let next = self.stands.len();
            let number = *self.numbers.entry(word.folded.into_owned()).or_insert(next as u32);
            if number as usize == next {
                self.stands.push(Vec::new());
            }
            self.stands[number as usize].push((self.passages.len(), at));
            passage.push((number, word.at));
        }
        self.passages.push(passage);
    }

    /// The numbers of words; none for one that the letter has not.
    fn numbers(&self, words: &[Word<'_>]) -> Vec<Option<u32>> {
        words.iter().map(|word| self.numbers.get(&*word.folded).copied()).collect()
    }

    /// The passages that have a run of words.
    fn runs<'s>(&'s self, wanted: &'s [Option<u32>]) -> impl Iterator<Item = usize> + 's {
        let first = wanted.first().copied().flatten().map_or(&[][..], |first| &self.stands[first as usize]);
        let stands = |(passage, at): &&(usize, usize)| {
            let there = &self.passages[*passage][*at..];
            wanted.len() <= there.len() && wanted.iter().zip(there).all(|(wanted, (there, _))| *wanted == Some(*there))
        };
        first.iter().filter(stands).map(|(passage, _)| *passage)
    }
}

/// What comes nearest to words that stand nowhere.
#[derive(Debug)]
pub(in crate::bank) struct Nearest<'a> {
    pub place: Place,
    /// The letter's words.
    pub text: &'a str,
    /// First word that differs: as typed, and as the letter has it; either may be missing at an end.
    pub differs: Option<(String, String)>,
}

impl<'a> Source<'a> {
    pub fn new(letter: &'a Letter) -> Self {
        let numbered = |count: usize| (1..=count).filter_map(|n| u32::try_from(n).ok());
        let places = std::iter::once(Place::Head)
            .chain(numbered(letter.paragraphs.len()).map(Place::Paragraph))
            .chain(numbered(letter.editorial.len()).map(Place::Editorial))
            .chain(numbered(letter.footnotes.len()).map(Place::Footnote));
        let absent = letter.about.absent.iter().map(|absent| (absent.as_str(), words(absent))).collect();
        let passages = places.filter_map(|place| letter.text_at(place).map(|text| Passage { place, text }));
        let passages: Vec<Passage<'a>> = passages.collect();
        let folded = FoldedTexts::new(passages.iter().map(|passage| passage.text));
        Source { letter, absent, passages, folded, words: OnceLock::new() }
    }

    fn words(&self) -> &WordIndex {
        self.words.get_or_init(|| WordIndex::of(self.passages.iter().map(|passage| passage.text)))
    }

    fn passage(&self, place: Place) -> Option<&Passage<'a>> {
        self.passages.iter().find(|passage| passage.place == place)
    }

    /// Whether the letter has such a place.
    pub fn has(&self, place: Place) -> bool {
        self.passage(place).is_some()
    }

    /// Every word of the letter, folded, in the order of the alphabet.
    pub fn own_words(&self) -> impl Iterator<Item = &str> {
        self.words().numbers.keys().map(String::as_str)
    }

    /// The words at a place as the letter has them.
    pub fn quote(&self, place: Place, wanted: &Wanted) -> Option<Quote> {
        let passage = self.passages.iter().position(|passage| passage.place == place)?;
        let at = self.folded.find_in(passage, wanted)?;
        Some(Quote { cite: place, text: self.passages[passage].text[at.clone()].to_owned(), at })
    }

    /// Every place of the letter where words stand.
    pub fn places_of(&self, wanted: &Wanted) -> Vec<Place> {
        self.folded.find(wanted).map(|(passage, _)| self.passages[passage].place).collect()
    }

    /// Whether the letter has these words in a row, whatever stands between them.
    pub fn has_words(&self, wanted: &[Word<'_>]) -> bool {
        let index = self.words();
        index.runs(&index.numbers(wanted)).next().is_some()
    }

    /// The first run of so many of the words that stands in one of the places: its index.
    pub fn run_at(&self, places: &[Place], words: &[Word<'_>], length: usize) -> Option<usize> {
        let index = self.words();
        let stands = |run: &[Option<u32>]| index.runs(run).any(|at| places.contains(&self.passages[at].place));
        index.numbers(words).windows(length).position(stands)
    }

    /// What comes nearest, if anything has half of the words. Where places are equally near, `preferred` wins.
    pub fn nearest(&self, typed: &str, preferred: Place) -> Option<Nearest<'_>> {
        let (typed_words, index) = (words(typed), self.words());
        let wanted = index.numbers(&typed_words);
        let probe = &wanted[..wanted.len().min(PROBE)];
        let mut passages: Vec<_> = self.passages.iter().zip(&index.passages).collect();
        passages.sort_by_key(|(passage, _)| passage.place != preferred);
        let mut best: Option<(usize, &Passage<'a>, &[Indexed])> = None;
        for (passage, words) in passages {
            for start in 0..words.len() {
                let score = likeness(probe, &words[start..]);
                if best.as_ref().is_none_or(|(most, ..)| score > *most) {
                    best = Some((score, passage, &words[start..]));
                }
            }
        }
        let (_, Passage { place, text }, there) = best.filter(|(score, ..)| score * 2 >= probe.len() * FOR_A_WORD)?;
        let end = there.get(wanted.len().min(there.len()) - 1)?.1.end;
        let apart = wanted
            .iter()
            .zip(there)
            .position(|(wanted, (there, _))| *wanted != Some(*there))
            .or((wanted.len() > there.len()).then_some(there.len()));
        let differs = apart.map(|at| {
            let shown = |at: Option<&Range<usize>>, text: &str| at.map_or("", |at| &text[at.clone()]).to_owned();
            (shown(typed_words.get(at).map(|word| &word.at), typed), shown(there.get(at).map(|(_, at)| at), text))
        });
        Some(Nearest { place: *place, text: &text[there.first()?.1.start..end], differs })
    }
}

/// So many words from the first are enough to find what a quotation is like.
const PROBE: usize = 45;

/// What a common word weighs; being at the same distance from the start weighs more.
const FOR_A_WORD: usize = 4;

/// How near the wanted words are to those that begin here: common words, and more for those before the first difference.
fn likeness(wanted: &[Option<u32>], there: &[Indexed]) -> usize {
    let window = &there[..wanted.len().min(there.len())];
    let same = |wanted: &Option<u32>, (there, _): &Indexed| *wanted == Some(*there);
    let in_place = wanted.iter().zip(window).filter(|(wanted, there)| same(wanted, there)).count();
    if in_place == 0 {
        return 0;
    }
    let common = wanted.iter().filter(|word| window.iter().any(|there| same(word, there))).count();
    let first = wanted.iter().zip(window).take(1).filter(|(wanted, there)| same(wanted, there)).count();
    common * FOR_A_WORD + in_place + first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_inner_apostrophes_only() {
        let folded: Vec<String> =
            words("Noah’s ‘Ark’—turning-point, July 25th").into_iter().map(|word| word.folded.into_owned()).collect();
        assert_eq!(folded, ["noah's", "ark", "turning", "point", "july", "25th"]);
    }
}
