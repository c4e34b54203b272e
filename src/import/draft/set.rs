//! Passages that questions share → the stimulus sets of the new bank.

use super::{cited, locate, typed};
use crate::bank::raw::{RawPassage, RawSet};
use crate::exchange::inline::as_markup;
use crate::exchange::{Shown, Stimulus};
use crate::import::names::Names;
use crate::import::{Ground, Read};

/// How many items a set can have (rule E20).
const MEMBERS: std::ops::RangeInclusive<usize> = 2..=4;

/// A set for each passage of a file, where so many questions share it; `members` tells how many do.
pub(in crate::import) fn sets(
    read: &Read,
    ground: &Ground,
    members: impl Fn(usize) -> usize,
) -> Vec<Option<RawSet<'static>>> {
    let mut names = Names::default();
    let mut set = |(at, stimulus): (usize, &Stimulus)| {
        if !MEMBERS.contains(&members(at)) || stimulus.passages.is_empty() {
            return None;
        }
        let name = if stimulus.id.is_empty() { &stimulus.title } else { &stimulus.id };
        Some(RawSet {
            id: typed(&names.id(name, at + 1)),
            title: typed(&as_markup(&stimulus.title)),
            intro: typed(&stimulus.intro),
            passages: stimulus.passages.iter().map(|shown| passage(shown, ground)).collect(),
        })
    };
    read.stimuli.iter().enumerate().map(&mut set).collect()
}

/// Words of the letter where it has them; all else as words from elsewhere.
fn passage(shown: &Shown, ground: &Ground) -> RawPassage<'static> {
    let none = RawPassage { cite: None, quote: None, text: None, source: None, picture: None };
    let elsewhere = |words: &str, source: &str| RawPassage {
        text: Some(typed(words)),
        source: Some(typed(source)),
        ..none.clone()
    };
    match shown {
        Shown::Quoted(quoted) => match locate(&ground.letter, quoted) {
            Some((place, words)) => RawPassage { cite: Some(cited(place)), quote: Some(typed(&words)), ..none.clone() },
            None => elsewhere(&as_markup(&quoted.words), &quoted.place),
        },
        Shown::Text(words, source) => elsewhere(words, source),
        Shown::Figure(figure) => elsewhere(&as_markup(&format!("[{}]", figure.alt)), &figure.credit),
    }
}
