//! Names in a new bank: what is alike gets numbers.

use std::collections::BTreeMap;

/// Names that are taken, each with the number that is tried first for the next of its like: no name is tried for all before it.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeMap<String, usize>,
}

impl Names {
    /// An id that nothing has yet, made of what a file calls a thing, the `number`th of its sort.
    pub fn id(&mut self, name: &str, number: usize) -> String {
        const LONGEST: usize = 40;
        let lower = name.to_lowercase();
        let parts: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty()).collect();
        let slug: String = parts.join("-").chars().take(LONGEST).collect();
        let slug = slug.trim_end_matches('-');
        let slug = match slug.chars().next() {
            None => format!("q-{number}"),
            // A number alone says nothing and could be taken for a ¶.
            Some(_) if slug.chars().all(|c| c.is_ascii_digit()) => format!("q-{slug}"),
            Some(_) => slug.to_owned(),
        };
        self.free(&slug, "")
    }

    /// A name that nothing has yet: `map.png`, then `map-2.png`. It is taken from now on.
    pub fn free(&mut self, stem: &str, ending: &str) -> String {
        let plain = format!("{stem}{ending}");
        let mut name = plain.clone();
        let mut next = self.taken.get(&plain).copied().unwrap_or(2);
        while self.taken.contains_key(&name) {
            name = format!("{stem}-{next}{ending}");
            next += 1;
        }
        self.taken.insert(plain, next);
        self.taken.entry(name.clone()).or_insert(2);
        name
    }
}
