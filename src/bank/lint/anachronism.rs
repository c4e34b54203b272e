//! What the letter cannot know (W26): years after its own, and names of later things, in keys that speak from the letter.

use std::collections::BTreeMap;

use super::View;
use crate::bank::check::report::Report;
use crate::bank::check::source::{Source, Word, words};
use crate::bank::raw::RawItem;
use crate::bank::{Kind, Outside, Verdict};

/// Names with the year from which one could use them. A bank adds its own under `later` in letter.yaml.
const SINCE: &[(u32, &str)] = &[
    (1914, "World War"),
    (1914, "First World War"),
    (1917, "Bolshevik"),
    (1919, "Treaty of Versailles"),
    (1919, "League of Nations"),
    (1922, "Soviet Union"),
    (1922, "USSR"),
    (1929, "Great Depression"),
    (1933, "New Deal"),
    (1933, "Third Reich"),
    (1939, "Second World War"),
    (1939, "World War II"),
    (1942, "United Nations"),
    (1945, "atomic bomb"),
    (1945, "atom bomb"),
    (1945, "nuclear weapons"),
    (1946, "Iron Curtain"),
    (1947, "Cold War"),
    (1947, "Truman Doctrine"),
    (1947, "Marshall Plan"),
    (1948, "Berlin airlift"),
    (1948, "Berlin blockade"),
    (1949, "NATO"),
    (1949, "East Germany"),
    (1949, "West Germany"),
    (1949, "German Democratic Republic"),
    (1950, "Korean War"),
    (1955, "Warsaw Pact"),
    (1957, "Sputnik"),
    (1961, "Bay of Pigs"),
    (1961, "Berlin Wall"),
    (1962, "missile crisis"),
    (1963, "hotline"),
    (1963, "Test Ban Treaty"),
    (1964, "Tonkin Resolution"),
    (1968, "Prague Spring"),
    (1968, "Brezhnev Doctrine"),
    (1968, "Non-Proliferation Treaty"),
    (1969, "Ostpolitik"),
    (1969, "détente"),
    (1969, "moon landing"),
    (1971, "Four Power Agreement"),
    (1972, "SALT"),
    (1972, "Watergate"),
    (1975, "Helsinki Accords"),
    (1975, "Helsinki Final Act"),
    (1983, "Strategic Defense Initiative"),
    (1985, "glasnost"),
    (1985, "perestroika"),
    (1989, "fall of the Wall"),
    (1989, "fall of the Berlin Wall"),
    (1990, "Two Plus Four"),
    (1991, "collapse of the Soviet Union"),
    (1991, "end of the Cold War"),
    (1991, "post-Soviet"),
    (1993, "European Union"),
    (1993, "website"),
    (2001, "September 11 attacks"),
    (2004, "social media"),
];

/// What a letter cannot know.
#[derive(Debug, Default)]
pub(in crate::bank) struct Later {
    /// Its own year, where its date tells it.
    year: Option<u32>,
    /// Names of later things by their first words: the words that follow it, the name, and the year from which it could be used,
    /// if that is known.
    names: BTreeMap<String, Vec<Name>>,
}

type Name = (Vec<String>, String, Option<u32>);

impl Later {
    /// By the date and the list of `letter.yaml`. What the letter itself says it can know.
    pub fn than(source: &Source<'_>) -> Self {
        let about = &source.letter.about;
        let has = |name: &str| source.has_words(&words(name));
        let year = words(&about.date).iter().rev().find_map(|word| year(&word.folded));
        let built_in = SINCE.iter().filter(|(since, _)| year.is_some_and(|year| *since > year));
        let own = about.later.iter().map(|name| (None, name.as_str()));
        let names = built_in.map(|(since, name)| (Some(*since), *name)).chain(own).filter(|(_, name)| !has(name));
        let mut later = Later { year, names: BTreeMap::new() };
        for (since, name) in names {
            let mut split = words(name).into_iter().map(|word| word.folded.into_owned());
            if let Some(first) = split.next() {
                later.names.entry(first).or_default().push((split.collect(), name.to_owned(), since));
            }
        }
        later
    }

    /// The first of these names in a text: its name and year.
    fn named(&self, text: &[Word<'_>]) -> Option<&Name> {
        text.iter().enumerate().find_map(|(at, word)| {
            let follows = |(rest, ..): &&Name| {
                let next = text.get(at + 1..at + 1 + rest.len());
                next.is_some_and(|next| next.iter().map(|word| &*word.folded).eq(rest.iter()))
            };
            self.names.get(&*word.folded)?.iter().find(follows)
        })
    }
}

/// A year of four digits.
fn year(word: &str) -> Option<u32> {
    word.parse().ok().filter(|year| (1000..=2999).contains(year) && word.len() == 4)
}

/// W26.
pub(super) fn unknown_to_the_letter(view: &View<'_>, report: &mut Report) {
    // With `outside` an item says itself that it asks for more than the letter tells.
    if !matches!(view.raw.outside, None | Some(Outside::None | Outside::Header)) {
        return;
    }
    keyed(view.raw, &mut |path, text| {
        let found = words(text);
        let named = view.later.named(&found);
        let dated = || {
            let own = view.later.year?;
            found.iter().find(|word| year(&word.folded).is_some_and(|year| year > own))
        };
        let message = match (named, view.later.year) {
            (Some((_, name, Some(since))), _) => {
                format!("“{name}” belongs to the time from {since} on: the letter cannot speak of it")
            }
            (Some((_, name, None)), _) => format!("“{name}” is from a later time: the letter cannot speak of it"),
            (None, Some(own)) if let Some(word) = dated() => {
                format!("{} is after {own}: the letter cannot speak of it", &text[word.at.clone()])
            }
            _ => return,
        };
        report.warning(
            "W26",
            path(),
            message,
            "say it in the words of the letter’s own time, or say with `outside` that more than the letter is needed",
        );
    });
}

/// The texts that say what the letter says: keys, statements keyed as true, right answers; each with its path.
fn keyed(raw: &RawItem, visit: &mut dyn FnMut(&dyn Fn() -> String, &str)) {
    if let Some(key) = &raw.key {
        visit(&|| "key.text".to_owned(), &key.text);
    }
    for (at, key) in raw.keys.iter().enumerate() {
        visit(&|| format!("keys[{at}].text"), &key.text);
    }
    let holds = match raw.kind {
        Kind::StatementCheck => raw.verdict == Some(Verdict::Supported),
        _ => raw.correction.is_none(),
    };
    if let Some(statement) = raw.statement.as_ref().filter(|_| holds) {
        visit(&|| "statement".to_owned(), statement);
    }
    if let Some(correction) = &raw.correction {
        visit(&|| "correction.with".to_owned(), &correction.with);
    }
    for (at, pair) in raw.pairs.iter().enumerate() {
        visit(&|| format!("pairs[{at}].premise"), &pair.premise);
        visit(&|| format!("pairs[{at}].response"), &pair.response);
    }
    for (at, statement) in raw.statements.iter().enumerate() {
        visit(&|| format!("statements[{at}].text"), &statement.text);
    }
    for (at, element) in raw.elements.iter().enumerate() {
        visit(&|| format!("elements[{at}].text"), &element.text);
    }
    if let Some(passage) = &raw.passage {
        visit(&|| "passage".to_owned(), passage);
    }
    for (at, idea) in raw.accepted.iter().enumerate() {
        visit(&|| format!("accepted[{at}].idea"), &idea.idea);
    }
    for (at, row) in raw.rows.iter().enumerate() {
        for (n, accept) in row.accept.iter().enumerate() {
            visit(&|| format!("rows[{at}].accept[{n}]"), accept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_the_order_of_their_years() {
        assert!(SINCE.is_sorted_by_key(|(since, _)| since));
        assert_eq!(year("1961"), Some(1961));
        assert_eq!(year("25"), None);
    }
}
