//! Spelling (W27), and words above the grade (W19). Each distinct word of a bank is looked up once, however often it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use super::prose::{self, Reader};
use crate::bank::check::report::{Found, Report};
use crate::bank::check::source::{Source, words};
use crate::bank::check::wording::quoted_at;
use crate::bank::raw::{RawItem, RawMisconception, RawSet};
use crate::english::{Commonness, Dictionary, commonness, parts, stem};
use crate::known::Known;
use crate::letter::About;
use crate::text::{fold, foreign};

/// What is wrong with a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Fault {
    /// Neither the dictionary nor the letter nor the list of the bank has it.
    misspelled: bool,
    /// A pupil may not know it.
    hard: bool,
}

/// Most letters of an abbreviation in capitals.
const ABBREVIATION: usize = 5;

/// The words that a bank may use, and those already looked up.
#[derive(Debug)]
pub(in crate::bank) struct Lexicon {
    dictionary: &'static Dictionary,
    /// Folded: the letter's own, those of its glossary, names of letter.yaml, and its list `words`.
    allowed: BTreeSet<String>,
    /// The stems of those.
    stems: BTreeSet<String>,
    looked_up: Mutex<BTreeMap<String, Fault>>,
}

impl Lexicon {
    /// For a letter in English; none for any other language.
    pub fn of(source: &Source<'_>) -> Option<Lexicon> {
        let about = &source.letter.about;
        let dictionary = Dictionary::of(&about.language)?;
        let mut allowed: BTreeSet<String> = source.own_words().map(str::to_owned).collect();
        for text in names(about) {
            allowed.extend(words(text).into_iter().map(|word| word.folded.into_owned()));
        }
        let bare = |word: &String| word.strip_suffix("'s").map(str::to_owned);
        allowed.extend(allowed.iter().filter_map(bare).collect::<Vec<_>>());
        let stems = allowed.iter().map(|word| stem(word).into_owned()).collect();
        Some(Lexicon { dictionary, allowed, stems, looked_up: Mutex::new(BTreeMap::new()) })
    }

    /// A word as it was found before, by whatever thread, or as it is found now.
    fn fault(&self, word: &str) -> Fault {
        let Ok(mut looked_up) = self.looked_up.lock() else { return self.look_up(word) };
        if let Some(fault) = looked_up.get(word) {
            return *fault;
        }
        let fault = self.look_up(word);
        looked_up.insert(word.to_owned(), fault);
        fault
    }

    fn look_up(&self, word: &str) -> Fault {
        let folded = fold(word);
        let bare = folded.strip_suffix("'s").unwrap_or(&folded);
        if self.allowed.contains(bare) || self.allowed.contains(&folded) {
            return Fault::default();
        }
        // Abbreviations and Roman numbers: nobody has a list of them.
        if !word.contains(char::is_lowercase) && word.chars().count() <= ABBREVIATION {
            return Fault::default();
        }
        if !self.dictionary.has(word) {
            return Fault { misspelled: true, hard: false };
        }
        // A word that the dictionary has with a capital only is a name, and names are not above any grade.
        let named = word.starts_with(char::is_uppercase) && !self.dictionary.has(bare);
        let known = |word: &str| commonness(word) != Commonness::Rare || self.stems.contains(&*stem(word));
        let made_of_known = || parts(bare).any(|(first, second)| known(second) && (first.len() < 3 || known(first)));
        Fault { misspelled: false, hard: !(named || known(bare) || made_of_known()) }
    }

    /// A view of it that remembers what it has been asked, for one thread.
    pub fn reader(&self) -> Lookup<'_> {
        Lookup { lexicon: self, seen: Seen::default() }
    }
}

/// The texts of letter.yaml whose words are names and terms.
fn names(about: &About) -> impl Iterator<Item = &str> {
    let glossary = about.glossary.iter().map(|gloss| &gloss.word);
    [&about.title, &about.short_title, &about.author, &about.recipient, &about.date, &about.place, &about.citation]
        .into_iter()
        .chain(glossary)
        .chain(&about.absent)
        .chain(&about.later)
        .chain(&about.words)
        .chain(about.people.iter().chain(&about.places).map(|named| &named.name))
        .chain(about.languages.iter().flat_map(|foreign| &foreign.words))
        .map(String::as_str)
}

/// What was found of the words asked for. Nearly all are short enough to be compared as two numbers.
#[derive(Debug, Default)]
struct Seen {
    short: Known<[u64; 2], Fault>,
    long: Known<Box<str>, Fault>,
}

/// A word of sixteen bytes at most as two numbers; no word has a zero byte.
fn packed(word: &str) -> Option<[u64; 2]> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    let half = |at: usize| bytes[at..at + 8].iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    Some([half(0), half(8)])
}

/// What one thread asks the lexicon.
#[derive(Debug)]
pub(in crate::bank) struct Lookup<'l> {
    lexicon: &'l Lexicon,
    seen: Seen,
}

impl Lookup<'_> {
    fn fault(&mut self, word: &str) -> Fault {
        let Lookup { lexicon, seen } = self;
        match packed(word) {
            Some(packed) => *seen.short.or_insert_with(packed, || lexicon.fault(word)),
            None => match seen.long.get(word) {
                Some(fault) => *fault,
                None => {
                    let fault = lexicon.fault(word);
                    seen.long.insert(word.into(), fault);
                    fault
                }
            },
        }
    }

    /// The words of a text that have a fault, each once, with their places.
    fn faults<'t>(&mut self, text: &'t str) -> Vec<(&'t str, usize, Fault)> {
        let mut found: Vec<(&str, usize, Fault)> = Vec::new();
        each_word(text, |word, at| {
            let fault = self.fault(word);
            if fault != Fault::default() && !found.iter().any(|(other, ..)| *other == word) {
                found.push((word, at, fault));
            }
        });
        found
    }

    fn text(&mut self, path: &dyn Fn() -> String, text: &str, reader: Reader, report: &mut Report) {
        for (word, at, fault) in self.faults(text) {
            if fault.misspelled {
                // The sentence is made when all are known: see `told`.
                report.warning("W27", path(), word, "");
            } else if reader == Reader::Pupil && !quoted_at(text, at) {
                report.note(
                    "W19",
                    path(),
                    format!("“{word}” may be above the pupils’ heads"),
                    "take a commoner word, or explain it in the glossary of letter.yaml",
                );
            }
        }
    }

    /// W19 and W27 in an item.
    pub fn item(&mut self, raw: &RawItem, report: &mut Report) {
        prose::prose(raw, &mut |path, text, reader| self.text(path, text, reader, report));
    }

    /// W27 in a set; what it quotes from elsewhere is as its source has it.
    pub fn set(&mut self, raw: &RawSet, report: &mut Report) {
        self.text(&|| "title".to_owned(), &raw.title, Reader::Teacher, report);
        self.text(&|| "intro".to_owned(), &raw.intro, Reader::Teacher, report);
        for (at, passage) in raw.passages.iter().enumerate() {
            if let Some(picture) = &passage.picture {
                let at = format!("passages[{at}].picture");
                prose::picture(&at, picture, &mut |path, text, _| self.text(path, text, Reader::Teacher, report));
            }
        }
    }

    /// W27 in a misconception.
    pub fn misconception(&mut self, raw: &RawMisconception, report: &mut Report) {
        self.text(&|| "says".to_owned(), &raw.says, Reader::Teacher, report);
        self.text(&|| "answer".to_owned(), &raw.answer, Reader::Teacher, report);
    }

    /// W27 in the prose of letter.yaml.
    pub fn about(&mut self, about: &About, report: &mut Report) {
        prose::of_letter(about, &mut |path, text, reader| self.text(path, text, reader, report));
    }
}

/// For so many distinct words the one that was meant is looked for: that takes a thousand times as long as to find a fault.
const SUGGESTED: usize = 100;

/// Makes sentences of the misspelled words that were found, in their order, with the word that was probably meant.
#[derive(Debug, Default)]
pub(in crate::bank) struct Told(BTreeMap<String, Option<String>>);

impl Told {
    /// The sentences of a file.
    pub fn tell(&mut self, found: &mut [Found], lexicon: &Lexicon) {
        for found in found.iter_mut().filter(|found| found.rule == "W27" && found.help.is_empty()) {
            let word = std::mem::take(&mut found.message);
            if !self.0.contains_key(&word) && self.0.len() < SUGGESTED {
                self.0.insert(word.clone(), lexicon.dictionary.meant(&word));
            }
            let list = "a name or a term goes into `words` of letter.yaml";
            found.help = match self.0.get(&word).cloned().flatten() {
                Some(meant) => format!("did you mean “{meant}”? {list}"),
                None => format!("correct it; {list}"),
            };
            found.message = format!("“{word}” is not in the dictionary");
        }
    }
}

/// Shows each word of two letters or more with its place: letters and inner apostrophes, nothing with a digit in it, no part of
/// an address. A large bank has twenty million words, so that letters without accents are looked at as bytes.
fn each_word<'t>(text: &'t str, mut take: impl FnMut(&'t str, usize)) {
    let bytes = text.as_bytes();
    let addresses = text.contains('@') || text.contains("://");
    let (mut at, mut start, mut digits) = (0, None, false);
    while at <= bytes.len() {
        let (inside, length) = match bytes.get(at) {
            None => (false, 1),
            Some(byte) if byte.is_ascii_alphabetic() => (true, 1),
            Some(byte) if byte.is_ascii_digit() => {
                digits = true;
                (true, 1)
            }
            Some(b'\'') => (start.is_some() && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic), 1),
            // What is marked as another language is not for this dictionary.
            Some(b'[') => (false, foreign(&text[at..]).map_or(1, |(words, tag)| words.len() + tag.len() + 4)),
            Some(byte) if byte.is_ascii() => (false, 1),
            Some(_) => {
                let c = text[at..].chars().next().unwrap_or(' ');
                let apostrophe = c == '’' && start.is_some();
                let inner = apostrophe && bytes.get(at + c.len_utf8()).is_some_and(u8::is_ascii_alphabetic);
                (inner || c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c), c.len_utf8())
            }
        };
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                if !digits && at - from > 1 && !(addresses && in_address(text, from)) {
                    take(&text[from..at], from);
                }
                start = None;
                digits = false;
            }
            (false, None) => digits = false,
            (true, Some(_)) => {}
        }
        at += length;
    }
}

/// Whether the word at a place is part of a web or mail address.
fn in_address(text: &str, at: usize) -> bool {
    let from = text[..at].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    let whole = text[from..].split_whitespace().next().unwrap_or("");
    whole.contains("://") || whole.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_to_be_looked_up() {
        let mut found = Vec::new();
        let text = "The [détente générale]{fr}, [so]: it’s “Noah’s Ark”, *not* July 25th; a café—see https://x.example/teh or {{twice|two times}}. 'Tis";
        each_word(text, |word, at| {
            assert!(text[at..].starts_with(word));
            found.push(word);
        });
        let wanted =
            ["The", "so", "it’s", "Noah’s", "Ark", "not", "July", "café", "see", "or", "twice", "two", "times", "Tis"];
        assert_eq!(found, wanted);
    }

    #[test]
    fn words_are_packed() {
        assert_eq!(packed("a"), Some([0x61, 0]));
        assert_eq!(packed(&"ab".repeat(8)).map(|[first, last]| first == last), Some(true));
        assert_eq!(packed(&"a".repeat(17)), None);
    }
}
