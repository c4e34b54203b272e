//! The spelling of English words, by the Hunspell dictionaries of SCOWL (`templates/words/LICENSE.md`).

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

static AFFIXES: &str = include_str!("../../templates/words/english.aff");
static ENTRIES: &[u8] = include_bytes!("../../templates/words/english.dic.gz");
static AMERICAN: &str = include_str!("../../templates/words/american.dic");
static BRITISH: &str = include_str!("../../templates/words/british.dic");

/// A dictionary of American or British spelling.
#[derive(Debug)]
pub struct Dictionary(spellbook::Dictionary);

impl Dictionary {
    /// The dictionary for a BCP 47 tag: American for `en` and `en-US`, British for any other English; none for any other
    /// language. Unpacked at the first call, in some hundredths of a second.
    pub fn of(language: &str) -> Option<&'static Dictionary> {
        static AMERICA: OnceLock<Option<Dictionary>> = OnceLock::new();
        static ELSEWHERE: OnceLock<Option<Dictionary>> = OnceLock::new();
        if !super::is_english(language) {
            return None;
        }
        let region = language.split('-').skip(1).find(|part| part.len() == 2);
        match region.is_none_or(|region| region.eq_ignore_ascii_case("us")) {
            true => AMERICA.get_or_init(|| Dictionary::with(AMERICAN)).as_ref(),
            false => ELSEWHERE.get_or_init(|| Dictionary::with(BRITISH)).as_ref(),
        }
    }

    fn with(own: &str) -> Option<Dictionary> {
        let shared = super::inflated(ENTRIES);
        let count = shared.lines().count() + own.lines().count();
        spellbook::Dictionary::new(AFFIXES, &format!("{count}\n{shared}{own}")).ok().map(Dictionary)
    }

    /// Whether a word is spelled right, as it stands or without its accents.
    pub fn has(&self, word: &str) -> bool {
        self.0.check(word) || (!word.is_ascii() && self.0.check(&bare(word)))
    }

    /// The word that was probably meant. To find it takes a thousandth of a second and more.
    pub fn meant(&self, word: &str) -> Option<String> {
        let mut suggestions = Vec::new();
        self.0.suggest(&bare(word), &mut suggestions);
        suggestions.into_iter().next()
    }
}

/// The word without accents, and with straight apostrophes.
fn bare(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).map(|c| if c == '’' { '\'' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn american_and_british() {
        let (american, british) = (Dictionary::of("en-US").unwrap(), Dictionary::of("en-GB").unwrap());
        for word in ["treaties", "Berlin", "Kennedy’s", "unarmed", "25th", "café", "couldn’t", "BERLIN"] {
            assert!(american.has(word) && british.has(word), "{word}");
        }
        assert!(american.has("color") && !american.has("colour"));
        assert!(british.has("colour") && !british.has("color"));
        assert!(!american.has("berlin") && !american.has("teh"));
        assert_eq!(american.meant("agreeement").as_deref(), Some("agreement"));
        assert!(Dictionary::of("de-DE").is_none());
        assert!(Dictionary::of("en").unwrap().has("color"));
    }
}
