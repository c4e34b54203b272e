//! QTI 1.2 read back: what the Canvas export wrote comes back equal, cartridges too; messy packages of other programs, hostile ones.

use pilcrow::bank::{Item, Kind};

use crate::common::exchange::differences;
use crate::common::shipped;

/// What the package has no place for: a word in its phrase, the points of ideas and rubrics, near sentences, rows that teach.
fn kept(item: &Item) -> bool {
    !matches!(
        item.kind(),
        Kind::Vocabulary | Kind::ShortAnswer | Kind::Essay | Kind::Organizer | Kind::Discussion | Kind::EvidenceFinding
    )
}

#[test]
fn a_package_comes_back_equal() {
    for shipped in shipped() {
        let found = differences(&shipped, "qti12", kept);
        assert!(found.is_empty(), "{} differ\n{}", found.len(), found.join("\n"));
    }
}
