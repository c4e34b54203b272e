//! A word that stem and key share, and no distractor (W12): it rings in the ear of who knows nothing.

use super::View;
use crate::bank::Kind;
use crate::bank::check::report::Report;
use crate::bank::check::source::Word;
use crate::english::{Commonness, commonness, stem};

/// Fewest letters of a word that can ring.
const LETTERS: usize = 5;

/// W12.
pub(super) fn word_of_the_stem_in_key_alone(view: &View<'_>, report: &mut Report) {
    if !view.english || !matches!(view.raw.kind, Kind::SingleChoice | Kind::PairedEvidence) {
        return;
    }
    let Some(key) = view.keys().next() else { return };
    let long = |word: &&Word<'_>| word.folded.chars().nth(LETTERS - 1).is_some();
    let asked: Vec<_> = view.stem_words.iter().filter(long).map(|word| (stem(&word.folded), word)).collect();
    for word in key.words().iter().filter(long) {
        let own = stem(&word.folded);
        let Some((_, asked)) = asked.iter().find(|(stem, _)| *stem == own) else { continue };
        let is_same = |other: &Word<'_>| stem(&other.folded) == own;
        let capital = |text: &str, word: &Word<'_>| text[word.at.clone()].starts_with(char::is_uppercase);
        // A name is no clue: the letter is about these people and places.
        let named = capital(view.stem, asked) && capital(&key.choice.text, word);
        if !named
            && view.distractors().all(|option| !option.words().iter().any(is_same))
            && commonness(&word.folded) != Commonness::Commonest
        {
            report.warning(
                "W12",
                format!("{}.text", key.path),
                format!("“{}” stands in the stem and in the key alone", &key.choice.text[word.at.clone()]),
                "put the key or the stem in other words, or give a distractor the word too",
            );
        }
    }
}
