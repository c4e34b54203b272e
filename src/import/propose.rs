//! Which paragraph a question is about: the one that has most of its words, rare ones above all.

use std::collections::{BTreeMap, BTreeSet};

use crate::english::stem;
use crate::letter::Letter;
use crate::text::fold;

/// A proposal is made from so many common words on.
const LEAST_WORDS: usize = 2;

/// The words of a letter, and where they stand.
pub(super) struct Places {
    /// For each word, the paragraphs that have it.
    of: BTreeMap<String, BTreeSet<u32>>,
    paragraphs: usize,
}

/// A paragraph, and the words that speak for it, as they are stemmed, the weightiest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proposal {
    pub paragraph: u32,
    pub words: Vec<String>,
}

impl Places {
    pub fn new(letter: &Letter) -> Self {
        let mut of: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        for paragraph in &letter.paragraphs {
            for word in words(&paragraph.text) {
                of.entry(word).or_default().insert(paragraph.number);
            }
        }
        Places { of, paragraphs: letter.paragraphs.len() }
    }

    /// The paragraph that has most of a text's words, if one has clearly more than the others.
    pub fn propose(&self, text: &str) -> Option<Proposal> {
        let mut weights: BTreeMap<u32, (f64, Vec<(f64, String)>)> = BTreeMap::new();
        for word in words(text) {
            let Some(places) = self.of.get(&word) else { continue };
            // A word that every paragraph has tells nothing.
            let weight = (self.paragraphs as f64 / places.len() as f64).ln();
            if weight <= 0.0 && self.paragraphs > 1 {
                continue;
            }
            for place in places {
                let (sum, shared) = weights.entry(*place).or_default();
                *sum += weight;
                shared.push((weight, word.clone()));
            }
        }
        let (paragraph, (most, mut shared)) = weights
            .iter()
            .map(|(place, found)| (*place, found.clone()))
            .max_by(|(a, (one, _)), (b, (other, _))| one.total_cmp(other).then(b.cmp(a)))?;
        let next = weights.iter().filter(|(place, _)| **place != paragraph).map(|(_, (sum, _))| *sum);
        let next = next.fold(0.0, f64::max);
        if shared.len() < LEAST_WORDS || most < next * 1.15 {
            return None;
        }
        shared.sort_by(|(one, a), (other, b)| other.total_cmp(one).then(a.cmp(b)));
        Some(Proposal { paragraph, words: shared.into_iter().map(|(_, word)| word).take(5).collect() })
    }
}

/// Words that ask or join and tell nothing of what a text is about, in whatever paragraph they stand.
const TELL_NOTHING: [&str; 44] = [
    "about", "and", "are", "because", "been", "but", "can", "could", "did", "does", "for", "from", "had", "has",
    "have", "her", "his", "how", "its", "not", "our", "say", "see", "she", "should", "that", "the", "their", "them",
    "these", "they", "this", "those", "was", "were", "what", "when", "where", "which", "who", "why", "will", "with",
    "would",
];

/// The words of a text, each once: stemmed and folded; those of one or two letters, and those that tell nothing, are left out.
fn words(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let parts = folded.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    let means = |word: &&str| word.chars().count() > 2 && TELL_NOTHING.binary_search(word).is_err();
    parts.map(|word| word.trim_matches('\'')).filter(means).map(|word| stem(word).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_ask_propose_nothing() {
        assert!(TELL_NOTHING.is_sorted());
        let found = words("Who did see which of these arks, and why?");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [stem("arks").into_owned()]);
    }
}
