//! Words as numbers, and runs of three of them: what texts have in common is found without comparing letters.

use crate::known::Known;
use crate::text::without_languages;

/// Three words in a row, by their numbers.
pub(super) type Run = [u32; 3];

/// Numbers of words, in the order in which they were met.
#[derive(Default)]
pub(super) struct Words {
    known: Known<String, u32>,
    /// The word that is looked for, in small letters.
    small: String,
}

impl Words {
    /// Three-word runs with at least `heavy` words of weight, sorted, each once. No run goes from one text into the next.
    pub fn runs<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>, heavy: usize) -> Vec<Run> {
        let mut runs = Vec::new();
        for text in texts {
            let text = without_languages(text);
            let words: Vec<(u32, bool)> = split(&text).map(|word| self.number(word)).collect();
            let weighs = |run: &&[(u32, bool)]| run.iter().filter(|(_, weighs)| *weighs).count() >= heavy;
            runs.extend(words.windows(3).filter(weighs).map(|run| [run[0].0, run[1].0, run[2].0]));
        }
        runs.sort_unstable();
        runs.dedup();
        runs
    }

    /// The numbers of a text's words, in order.
    pub fn numbers(&mut self, text: &str) -> Vec<u32> {
        split(&without_languages(text)).map(|word| self.number(word).0).collect()
    }

    /// A word's number, and whether it has weight: six letters or more.
    fn number(&mut self, word: &str) -> (u32, bool) {
        self.small.clear();
        match word.is_ascii() {
            true => self.small.extend(word.chars().map(|letter| letter.to_ascii_lowercase())),
            false => self.small.push_str(&word.to_lowercase()),
        }
        let next = self.known.len() as u32;
        let number = self.known.get(self.small.as_str()).copied();
        let number = number.unwrap_or_else(|| *self.known.or_insert_with(self.small.clone(), || next));
        (number, word.chars().nth(5).is_some())
    }
}

/// The words of a text.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '’' || c == '\'')).filter(|word| !word.is_empty())
}

/// How many runs two sorted lists have in common.
pub(super) fn common(a: &[Run], b: &[Run]) -> usize {
    let (mut at, mut count) = (0, 0);
    for run in a {
        at += b[at..].partition_point(|other| other < run);
        count += usize::from(b.get(at) == Some(run));
    }
    count
}

/// Whether a text has these words in a row.
pub(super) fn holds(text: &[u32], words: &[u32]) -> bool {
    !words.is_empty() && text.windows(words.len()).any(|window| window == words)
}
