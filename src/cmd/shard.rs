//! A part of a run, so that several machines can make one: `2/5` is the second of five.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The `part`-th of `of` parts of a run. The parts follow one another without gap or overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shard {
    /// Which, from 1.
    pub part: u32,
    /// Of how many.
    pub of: u32,
}

impl Shard {
    /// Where the part lies in a list of so many entries. Sizes differ by at most one, the longer parts first, so that the first
    /// part has something wherever there is anything.
    pub fn range(self, entries: usize) -> Range<usize> {
        let of = (self.of as usize).max(1);
        let (each, longer) = (entries / of, entries % of);
        let start = |parts: usize| parts * each + parts.min(longer);
        let before = (self.part as usize).saturating_sub(1).min(of);
        start(before)..start((before + 1).min(of))
    }

    /// The name of its manifest, beside the files.
    pub fn manifest(self) -> String {
        format!("manifest-{}-of-{}.yaml", self.part, self.of)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.part, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let Some((part, of)) = text.split_once('/').and_then(|(part, of)| Some((number(part)?, number(of)?))) else {
            return Err("write a part and the number of parts, such as 2/5".to_owned());
        };
        match (part, of) {
            (_, 0) => Err("a run has at least one part: 1/1 is all of it".to_owned()),
            (0, _) => Err(format!("parts are counted from 1: the first is 1/{of}")),
            _ if part > of => Err(format!("there are only {of} parts: the last is {of}/{of}")),
            _ => Ok(Shard { part, of }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_even_and_leave_nothing_out() {
        for entries in [0, 1, 2, 7, 26, 10_000] {
            for of in [1, 2, 3, 7, 11] {
                let parts: Vec<Range<usize>> = (1..=of).map(|part| Shard { part, of }.range(entries)).collect();
                let mut next = 0;
                for part in &parts {
                    assert_eq!(part.start, next);
                    next = part.end;
                }
                let lengths: Vec<usize> = parts.iter().map(Range::len).collect();
                assert_eq!(next, entries);
                assert!(lengths.iter().max().unwrap() - lengths.iter().min().unwrap() <= 1, "{lengths:?}");
            }
        }
    }
}
