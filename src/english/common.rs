//! How common an English word is, by the levels of SCOWL (`templates/words/LICENSE.md`).

use std::sync::OnceLock;

use super::stem::stem;

/// How common a word is, the commonest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Commonness {
    /// Level 10: about two thousand words with their forms.
    Commonest,
    /// Level 20: about four thousand more.
    Common,
    /// Level 35: in nearly every dictionary for the desk.
    Known,
    /// None of these.
    Rare,
}

static LEVELS: &[u8] = include_bytes!("../../templates/words/common.txt.gz");

/// How common a word in small letters is, whatever its ending.
pub fn commonness(word: &str) -> Commonness {
    static STEMS: OnceLock<Vec<(String, Commonness)>> = OnceLock::new();
    let stems = STEMS.get_or_init(|| {
        let text = super::inflated(LEVELS);
        let levels = [Commonness::Commonest, Commonness::Common, Commonness::Known];
        let listed = text.split("\n\n").zip(levels);
        let mut stems: Vec<(String, Commonness)> =
            listed.flat_map(|(list, level)| list.lines().map(move |word| (stem(word).into_owned(), level))).collect();
        stems.sort_unstable();
        stems.dedup_by(|later, first| later.0 == first.0);
        stems
    });
    let stem = stem(word);
    match stems.binary_search_by(|(known, _)| known.as_str().cmp(&stem)) {
        Ok(at) => stems[at].1,
        Err(_) => Commonness::Rare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels() {
        for (word, level) in [
            ("house", Commonness::Commonest),
            ("houses", Commonness::Commonest),
            ("waiting", Commonness::Commonest),
            ("ambassador", Commonness::Common),
            ("belligerent", Commonness::Known),
            ("revanchist", Commonness::Rare),
        ] {
            assert_eq!(commonness(word), level, "{word}");
        }
    }
}
