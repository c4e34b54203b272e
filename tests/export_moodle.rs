//! Moodle XML, GIFT and Aiken: what is exported comes back equal, and messy and hostile files of others are read.

use pilcrow::bank::{Item, Kind};

use crate::common::exchange::differences;
use crate::common::shipped;

/// Kinds that a file of Moodle brings back whole. A word in its phrase, ideas and rubrics, and near sentences have no field there.
fn kept(item: &Item) -> bool {
    !matches!(
        item.kind(),
        Kind::Vocabulary | Kind::ShortAnswer | Kind::Essay | Kind::Organizer | Kind::EvidenceFinding | Kind::Discussion
    )
}

#[test]
fn moodle_comes_back_equal() {
    for shipped in shipped() {
        let found = differences(&shipped, "moodle-xml", kept);
        assert!(found.is_empty(), "{} differ\n{}", found.len(), found.join("\n"));
    }
}

#[test]
fn gift_comes_back_equal() {
    for shipped in shipped() {
        let found = differences(&shipped, "gift", kept);
        assert!(found.is_empty(), "{} differ\n{}", found.len(), found.join("\n"));
    }
}
