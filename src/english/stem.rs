//! What an English word is made of: its stem, so that `signing` is `signs`, and the words in a longer one.

use std::borrow::Cow;

/// Endings with what stands in their place, longest first; a stem keeps three letters at least.
const ENDINGS: [(&str, &str); 20] = [
    ("ations", "at"),
    ("ation", "at"),
    ("nesses", ""),
    ("ness", ""),
    ("ingly", ""),
    ("edly", ""),
    ("ments", "ment"),
    ("ings", ""),
    ("ing", ""),
    ("iest", "i"),
    ("ies", "i"),
    ("ied", "i"),
    ("ily", "i"),
    ("est", ""),
    ("ers", ""),
    ("er", ""),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("s", ""),
];

/// The stem of a word in small letters. Words of one stem are forms of one word, or so near that a pupil hears the one in the
/// other; it is no word itself.
pub fn stem(word: &str) -> Cow<'_, str> {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let mut stem = Cow::Borrowed(word);
    let no_plural = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    let ending = ENDINGS.iter().find(|(ending, _)| {
        let rest = word.strip_suffix(ending).filter(|_| !(no_plural && *ending == "s"));
        rest.is_some_and(|rest| rest.chars().count() >= 3 && rest.contains(is_vowel))
    });
    if let Some((ending, instead)) = ending {
        let rest = &word[..word.len() - ending.len()];
        stem = match *instead {
            "" => Cow::Borrowed(rest),
            instead => Cow::Owned(format!("{rest}{instead}")),
        };
    }
    let bare = undoubled(&stem);
    let bare = match bare.strip_suffix('e') {
        Some(rest) if rest.chars().count() >= 3 => rest,
        _ => bare,
    };
    match bare.strip_suffix('y') {
        Some(rest) if rest.chars().count() >= 2 => Cow::Owned(format!("{rest}i")),
        _ if bare.len() == stem.len() => stem,
        _ => Cow::Owned(bare.to_owned()),
    }
}

/// `stopp` (of `stopped`) as `stop`; what ends so by itself (`fall`, `pass`, `off`) loses a letter in all its forms alike.
fn undoubled(stem: &str) -> &str {
    let mut letters = stem.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before && !is_vowel(last) && stem.is_ascii() && stem.len() > 3 => {
            &stem[..stem.len() - 1]
        }
        _ => stem,
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Prefixes and first halves that leave a word's sense plain.
const OPENINGS: [&str; 12] = ["un", "re", "non", "in", "mis", "over", "under", "out", "fore", "pre", "counter", "anti"];

/// Ways to part a word in small letters into two that may be known: `unspoken` into `un` and `spoken`, `mapmakers` into `map`
/// and `makers`. A part has three letters at least, unless it is a prefix.
pub fn parts(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let cuts = word.char_indices().skip(2).map(|(at, _)| at).filter(|at| word.len() - at >= 3);
    cuts.map(|at| word.split_at(at)).filter(|(first, _)| first.len() >= 3 || OPENINGS.contains(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for forms in [
            &["sign", "signs", "signed", "signing", "signing's"][..],
            &["stop", "stops", "stopped", "stopping"],
            &["treaty", "treaties"],
            &["divide", "divides", "divided", "dividing"],
            &["fall", "falls", "falling"],
            &["negotiate", "negotiates", "negotiated", "negotiation", "negotiations"],
            &["happy", "happier", "happiest", "happily", "happiness"],
            &["pass", "passes", "passed"],
        ] {
            let stems: Vec<_> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|other| other == &stems[0]), "{forms:?}: {stems:?}");
        }
    }

    #[test]
    fn other_words_have_others() {
        for [a, b] in [
            ["war", "wary"],
            ["state", "station"],
            ["treat", "treaty"],
            ["thing", "the"],
            ["red", "rest"],
            ["bus", "bed"],
        ] {
            assert_ne!(stem(a), stem(b), "{a} {b}");
        }
    }

    #[test]
    fn a_word_is_parted_in_two() {
        assert!(parts("unspoken").any(|both| both == ("un", "spoken")));
        assert!(parts("mapmakers").any(|both| both == ("map", "makers")));
        assert_eq!(parts("xy").count(), 0);
        assert_eq!(parts("né").count(), 0);
    }
}
