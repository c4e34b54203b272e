//! Maps that are asked for single keys and never gone through: no order of hashes can reach an output.

use std::borrow::Borrow;
use std::hash::Hash;

use rustc_hash::FxBuildHasher;

#[expect(clippy::disallowed_types, reason = "its order reaches nothing: the type around it shows none")]
type Map<K, V> = std::collections::HashMap<K, V, FxBuildHasher>;

/// What is known of each key.
#[derive(Debug)]
pub struct Known<K, V>(Map<K, V>);

impl<K, V> Default for Known<K, V> {
    fn default() -> Self {
        Known(Map::default())
    }
}

impl<K: Eq + Hash, V> Known<K, V> {
    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is known of a key.
    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }

    /// Makes something known of a key, in place of what was.
    pub fn insert(&mut self, key: K, value: V) {
        self.0.insert(key, value);
    }

    /// What is known of a key, taken out with it.
    pub fn take<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        self.0.remove_entry(key)
    }

    /// What is known of a key, or what is made now.
    pub fn or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        self.0.entry(key).or_insert_with(make)
    }

    /// Learns what another knows, in place of what was known.
    pub fn learn(&mut self, other: Known<K, V>) {
        self.0.extend(other.0);
    }

    /// Forgets what is not worth keeping; each is judged by itself.
    pub fn retain(&mut self, worth: impl Fn(&V) -> bool) {
        self.0.retain(|_, value| worth(value));
    }
}

/// What was asked for lately, and what was asked for before that: this is forgotten when there are `MOST` of the others. So the
/// names of ten thousand pupils are forgotten, and the words of their questions are not.
#[derive(Debug)]
pub struct Lately<K, V, const MOST: usize> {
    lately: Known<K, V>,
    before: Known<K, V>,
}

impl<K, V, const MOST: usize> Default for Lately<K, V, MOST> {
    fn default() -> Self {
        Lately { lately: Known::default(), before: Known::default() }
    }
}

impl<K: Eq + Hash, V: Clone, const MOST: usize> Lately<K, V, MOST> {
    /// Whether nothing was ever known.
    pub fn is_empty(&self) -> bool {
        self.lately.is_empty() && self.before.is_empty()
    }

    /// What is known of a key.
    pub fn get<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        if let Some(known) = self.lately.get(key) {
            return Some(known.clone());
        }
        let (key, value) = self.before.take(key)?;
        self.insert(key, value.clone());
        Some(value)
    }

    /// Makes something known of a key, in place of what was.
    pub fn insert(&mut self, key: K, value: V) {
        if self.lately.len() >= MOST {
            self.before = std::mem::take(&mut self.lately);
        }
        self.lately.insert(key, value);
    }

    /// Learns what another was asked for lately, as if it had been asked for here before.
    pub fn learn(&mut self, other: Self) {
        self.before.learn(other.lately);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_is_forgotten() {
        let mut kept = Lately::<u32, u32, 10>::default();
        kept.insert(0, 0);
        for name in 1..100 {
            kept.insert(name, name);
            assert_eq!(kept.get(&0), Some(0), "after {name}");
        }
        let known = (1..100).filter(|name| kept.get(name).is_some()).count();
        assert!((10..=20).contains(&known), "{known}");
    }

    #[test]
    fn what_another_knows_is_learnt() {
        let (mut one, mut other) = (Lately::<u32, u32, 10>::default(), Lately::default());
        one.insert(1, 1);
        other.insert(2, 2);
        one.learn(other);
        assert_eq!([one.get(&1), one.get(&2), one.get(&3)], [Some(1), Some(2), None]);
    }
}
