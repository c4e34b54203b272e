//! Whether a text names a person or place of the letter's list, which has names as a teacher reads them.

/// The shortest small-written word that tells a name: “the”, “and” and the like tell none.
const TELLING: usize = 4;

/// The names of a list, ready to be looked for.
pub(super) struct Names<'a>(Vec<Name<'a>>);

struct Name<'a> {
    /// Its words one after another, such as `West Berlin`.
    whole: Vec<&'a str>,
    /// Words of it that no other name has: `Thompson` is named in “the Thompson of ¶18”, and `wife` in “his wife”.
    own: Vec<&'a str>,
}

impl<'a> Names<'a> {
    pub fn of(names: &[&'a str]) -> Self {
        // What stands in parentheses explains a name.
        let all: Vec<Vec<&str>> = names
            .iter()
            .map(|name| words(name.split(" (").next().unwrap_or(name)).filter(|word| telling(word)).collect())
            .collect();
        let shared = |word: &str| all.iter().filter(|other| other.contains(&word)).count() > 1;
        let name = |whole: &Vec<&'a str>| Name {
            whole: whole.clone(),
            own: whole.iter().copied().filter(|word| !shared(word)).collect(),
        };
        Names(all.iter().map(name).collect())
    }

    /// Whether a text has the name at an index of the list. A name without a word to tell it by is taken to be there.
    pub fn named(&self, at: usize, text: &str) -> bool {
        let Some(name) = self.0.get(at).filter(|name| !name.whole.is_empty()) else { return true };
        let text: Vec<&str> = words(text).filter(|word| telling(word)).collect();
        let stands = |wanted: &[&str]| {
            text.windows(wanted.len()).any(|found| found.iter().zip(wanted).all(|(a, b)| is_form_of(a, b)))
        };
        stands(&name.whole) || name.own.iter().any(|own| stands(&[own]))
    }
}

/// The words of a text; a possessive counts as its word, and a word with hyphens as one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '’' | '\'')));
    words.map(|word| {
        let word = word.trim_matches(['-', '’', '\'']);
        word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word)
    })
}

fn telling(word: &str) -> bool {
    let capitals = word.len() > 1 && word.chars().all(char::is_uppercase);
    capitals || word.chars().count() >= TELLING
}

/// Whether a word is this one, or its plural. A capital counts: the Union is no union.
fn is_form_of(word: &str, wanted: &str) -> bool {
    let (word, wanted) = (word.trim_end_matches('s'), wanted.trim_end_matches('s'));
    word == wanted || wanted.chars().next().is_some_and(char::is_lowercase) && word.to_lowercase() == wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_own_words_or_by_all_of_them() {
        let list = [
            "Kennedy (the writer)",
            "Kennedy’s wife",
            "Ambassador Thompson",
            "Khrushchev’s son-in-law",
            "Berlin",
            "West Berlin",
            "West Germany",
            "Germany",
            "The UN",
            "“Our”",
        ];
        let names = Names::of(&list);
        let named = |text: &str| -> Vec<usize> { (0..list.len() - 1).filter(|at| names.named(*at, text)).collect() };
        assert_eq!(named("What does Kennedy’s letter say of Thompson?"), [0, 2]);
        assert_eq!(named("Whose wife sends good wishes, and what of the son-in-law?"), [1, 3]);
        assert_eq!(named("The people of West Berlin"), [4, 5]);
        assert_eq!(named("The west of Germany, un-named"), [7]);
        assert_eq!(named("At the UN; for the ambassadors"), [8]);
        assert!(names.named(9, "No word of the name can be looked for."));
    }
}
