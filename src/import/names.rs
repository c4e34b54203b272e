//! Names in a new bank: what is alike gets numbers.

use std::collections::BTreeMap;

/// Names that are taken, each with the number that is tried first for the next of its like: no name is tried for all before it.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeMap<String, usize>,
}

impl Names {
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
