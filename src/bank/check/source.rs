//! The letter as the checks ask it: where words stand, and what comes nearest to words that stand nowhere.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::bank::Quote;
use crate::letter::{Letter, Place};
use crate::text::{Folded, Wanted, fold};

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
    let mut start = None;
    let ends = text.char_indices().chain(std::iter::once((text.len(), ' ')));
    for (at, c) in ends {
        let inside = c.is_alphanumeric()
            || (start.is_some() && matches!(c, '\'' | '’') && starts_with_letter(&text[at + c.len_utf8()..]));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Word { folded: folded(&text[from..at]), at: from..at });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Most words are in small letters already, and are not copied.
fn folded(word: &str) -> Cow<'_, str> {
    let is_folded = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'\'';
    if word.bytes().all(is_folded) { Cow::Borrowed(word) } else { Cow::Owned(fold(word)) }
}

fn starts_with_letter(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphanumeric)
}

/// Where a run of words stands in another, by index.
pub(in crate::bank) fn run_in(wanted: &[Word<'_>], words: &[Word<'_>]) -> Option<usize> {
    if wanted.is_empty() || wanted.len() > words.len() {
        return None;
    }
    words.windows(wanted.len()).position(|window| window.iter().zip(wanted).all(|(a, b)| a.folded == b.folded))
}

/// A place of the letter, ready for search.
#[derive(Debug)]
struct Passage<'a> {
    place: Place,
    text: &'a str,
    folded: Folded,
    words: Vec<Word<'a>>,
    /// The numbers of its words.
    numbers: Vec<u32>,
}

/// The letter, ready for search.
#[derive(Debug)]
pub(in crate::bank) struct Source<'a> {
    pub letter: &'a Letter,
    /// Words of `letter.yaml`'s `absent`, each with its own words.
    pub absent: Vec<(&'a str, Vec<Word<'a>>)>,
    passages: Vec<Passage<'a>>,
    /// Each word of the letter with its number.
    numbers: BTreeMap<String, u32>,
    /// For each number: passage and index of every place where the word stands, in order.
    stands: Vec<Vec<(usize, usize)>>,
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
        let mut source = Source { letter, absent, passages: Vec::new(), numbers: BTreeMap::new(), stands: Vec::new() };
        for (place, text) in places.filter_map(|place| letter.text_at(place).map(|text| (place, text))) {
            source.add(place, text);
        }
        source
    }

    fn add(&mut self, place: Place, text: &'a str) {
        let words = words(text);
        let mut numbers = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            let next = self.stands.len();
            let number = *self.numbers.entry(word.folded.clone().into_owned()).or_insert(next as u32);
            if number as usize == next {
                self.stands.push(Vec::new());
            }
            self.stands[number as usize].push((self.passages.len(), at));
            numbers.push(number);
        }
        self.passages.push(Passage { place, text, folded: Folded::new(text), words, numbers });
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
        self.numbers.keys().map(String::as_str)
    }

    /// The words at a place as the letter has them.
    pub fn quote(&self, place: Place, typed: &str) -> Option<Quote> {
        let passage = self.passage(place)?;
        let at = passage.folded.find_in(&Wanted::new(typed))?;
        Some(Quote { cite: place, text: passage.text[at.clone()].to_owned(), at })
    }

    /// Every place where the words stand.
    pub fn places_of(&self, typed: &str) -> Vec<Place> {
        let wanted = Wanted::new(typed);
        self.passages
            .iter()
            .filter(|passage| passage.folded.find_in(&wanted).is_some())
            .map(|passage| passage.place)
            .collect()
    }

    /// Whether the letter has these words in a row, whatever stands between them.
    pub fn has_words(&self, wanted: &[Word<'_>]) -> bool {
        self.numbers_of(wanted).is_some_and(|numbers| self.runs(&numbers).next().is_some())
    }

    /// The first run of so many of the words that stands in one of the places: its index.
    pub fn run_at(&self, places: &[Place], words: &[Word<'_>], length: usize) -> Option<usize> {
        let numbers: Vec<Option<u32>> = words.iter().map(|word| self.numbers.get(&*word.folded).copied()).collect();
        numbers.windows(length).position(|run| {
            let run: Option<Vec<u32>> = run.iter().copied().collect();
            run.is_some_and(|run| self.runs(&run).any(|passage| places.contains(&self.passages[passage].place)))
        })
    }

    /// The numbers of words, if the letter has them all.
    fn numbers_of(&self, words: &[Word<'_>]) -> Option<Vec<u32>> {
        words.iter().map(|word| self.numbers.get(&*word.folded).copied()).collect()
    }

    /// The passages that have a run of words.
    fn runs<'s>(&'s self, wanted: &'s [u32]) -> impl Iterator<Item = usize> + 's {
        let first = wanted.first().map_or(&[][..], |first| &self.stands[*first as usize]);
        let stands = |(passage, at): &&(usize, usize)| self.passages[*passage].numbers[*at..].starts_with(wanted);
        first.iter().filter(stands).map(|(passage, _)| *passage)
    }

    /// What comes nearest, if anything has half of the words. Where places are equally near, `preferred` wins.
    pub fn nearest(&self, typed: &str, preferred: Place) -> Option<Nearest<'_>> {
        let wanted = words(typed);
        let probe = &wanted[..wanted.len().min(PROBE)];
        let mut passages: Vec<&Passage<'a>> = self.passages.iter().collect();
        passages.sort_by_key(|passage| passage.place != preferred);
        let mut best: Option<(usize, &Passage<'a>, usize)> = None;
        for passage in passages {
            for start in 0..passage.words.len() {
                let score = likeness(probe, &passage.words[start..]);
                if best.as_ref().is_none_or(|(most, ..)| score > *most) {
                    best = Some((score, passage, start));
                }
            }
        }
        let (_, passage, start) = best.filter(|(score, ..)| score * 2 >= probe.len() * FOR_A_WORD)?;
        let there = &passage.words[start..];
        let end = there.get(wanted.len().min(there.len()) - 1)?.at.end;
        let apart = wanted
            .iter()
            .zip(there)
            .position(|(a, b)| a.folded != b.folded)
            .or((wanted.len() > there.len()).then_some(there.len()));
        let differs = apart.map(|at| {
            let shown = |words: &[Word<'_>], text: &str| {
                words.get(at).map_or(String::new(), |word| text[word.at.clone()].to_owned())
            };
            (shown(&wanted, typed), shown(there, passage.text))
        });
        Some(Nearest { place: passage.place, text: &passage.text[there.first()?.at.start..end], differs })
    }
}

/// So many words from the first are enough to find what a quotation is like.
const PROBE: usize = 45;

/// What a common word weighs; being at the same distance from the start weighs more.
const FOR_A_WORD: usize = 4;

/// How near the wanted words are to those that begin here: common words, and more for those before the first difference.
fn likeness(wanted: &[Word<'_>], there: &[Word<'_>]) -> usize {
    let window = &there[..wanted.len().min(there.len())];
    let in_place = wanted.iter().zip(window).filter(|(a, b)| a.folded == b.folded).count();
    if in_place == 0 {
        return 0;
    }
    let common = wanted.iter().filter(|word| window.iter().any(|other| other.folded == word.folded)).count();
    let first = usize::from(wanted.first().map(|w| &w.folded) == window.first().map(|w| &w.folded));
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
