//! Chance: seeds, sub-seeds, shuffles. `rand` is used here alone.
//!
//! Every draw takes its own stream. A stream's ChaCha8 key is the SHA-256 of
//! `"pilcrow/1" ‖ seed (u32, little end first) ‖ form (u16, little end first) ‖ id ‖ 0x00 ‖ purpose`
//! (and the attempt, u32, little end first, from the second attempt on), so that a new item in the bank disturbs no other item's draws. The shuffle is Fisher–Yates from the end, with
//! unbiased bounded numbers by rejection. Captured vectors in the tests hold all this: what is on paper must never change.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// What makes one run's sheets differ from another's: 26 bits, so that it fits a sheet code.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct Seed(u32);

/// One form of a run: A is 0, B is 1; 14 bits.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct Form(u16);

impl Seed {
    /// The largest seed, 67,108,863.
    pub const MAX: u32 = (1 << 26) - 1;

    /// A seed, if it is small enough for a sheet code.
    pub fn new(seed: u32) -> Option<Seed> {
        (seed <= Self::MAX).then_some(Seed(seed))
    }

    /// As a number.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl Form {
    /// The largest number of forms of one run, 16,384.
    pub const COUNT: u16 = 1 << 14;

    /// Form A.
    pub const FIRST: Form = Form(0);

    /// The form with a number from 0, if it is small enough for a sheet code.
    pub fn new(index: u16) -> Option<Form> {
        (index < Self::COUNT).then_some(Form(index))
    }

    /// From 0.
    pub fn index(self) -> u16 {
        self.0
    }

    /// `A` … `Z`, `AA`, `AB` …, as the columns of a spreadsheet.
    pub fn letter(self) -> String {
        let mut rest = u32::from(self.0) + 1;
        let mut letters = Vec::new();
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + (rest % 26) as u8));
            rest /= 26;
        }
        letters.iter().rev().collect()
    }
}

/// What a stream of chance is for.
#[derive(Debug, Clone, Copy)]
pub struct Purpose<'a> {
    /// Id of the item, or of what else is drawn for.
    pub id: &'a str,
    /// Which of its draws, such as `options`.
    pub what: &'a str,
    /// How often it was drawn in vain before.
    pub attempt: u32,
}

/// A stream of chance of its own.
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of a seed, a form and a purpose.
    pub fn new(seed: Seed, form: Form, purpose: Purpose<'_>) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"pilcrow/1");
        hash.update(seed.0.to_le_bytes());
        hash.update(form.0.to_le_bytes());
        hash.update(purpose.id.as_bytes());
        hash.update([0]);
        hash.update(purpose.what.as_bytes());
        if purpose.attempt > 0 {
            hash.update(purpose.attempt.to_le_bytes());
        }
        Stream(ChaCha8Rng::from_seed(hash.finalize().into()))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number from 0 to below `bound`, each as likely; 0 for a bound of 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        if bound < 2 {
            return 0;
        }
        // The largest multiple of the bound: what lies past it would make small numbers likelier.
        let zone = u64::MAX - u64::MAX % bound;
        loop {
            let bits = self.bits();
            if bits < zone {
                return (bits % bound) as usize;
            }
        }
    }

    /// Fisher–Yates, from the end.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.below(last + 1);
            list.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(seed: u32, id: &str) -> Stream {
        Stream::new(Seed(seed), Form(1), Purpose { id, what: "options", attempt: 0 })
    }

    #[test]
    fn vectors_never_change() {
        let mut s = stream(7, "ark-author");
        let bits: Vec<u64> = (0..3).map(|_| s.bits()).collect();
        let mut list: Vec<u8> = (0..8).collect();
        stream(7, "ark-author").shuffle(&mut list);
        assert_eq!(bits, [15088570219737235311, 15485142610082839253, 9885852538765821359]);
        assert_eq!(list, [4, 2, 6, 3, 1, 5, 0, 7]);
    }

    #[test]
    fn forms_are_lettered_like_columns() {
        let letters: Vec<String> = [0, 1, 25, 26, 27, 701, 702].iter().map(|n| Form(*n).letter()).collect();
        assert_eq!(letters, ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }

    #[test]
    fn every_permutation_is_as_likely() {
        // 24 permutations of 4, 24,000 draws: chi-square with 23 degrees of freedom stays under 49.7 in 99.9 % of honest shuffles.
        let mut counts = std::collections::BTreeMap::new();
        for seed in 0..24_000 {
            let mut list = [0, 1, 2, 3];
            stream(seed, "x").shuffle(&mut list);
            *counts.entry(list).or_insert(0i64) += 1;
        }
        let chi: f64 = counts.values().map(|n| ((n - 1000) * (n - 1000)) as f64 / 1000.0).sum();
        assert_eq!(counts.len(), 24);
        assert!(chi < 49.7, "chi-square {chi}");
    }
}
