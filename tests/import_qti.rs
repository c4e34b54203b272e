//! QTI comes in: what an export wrote comes back equal, other programs' files of every version are read, messy and hostile ones are
//! survived.

use pilcrow::bank::{Item, Kind};
use pilcrow::import::Became;

use crate::common::exchange::{bank_of, differences, exported, imported, with_bank};
use crate::common::shipped;

#[test]
fn packages_come_back_equal() {
    // What a bank keeps of these has no place in QTI: the word in its phrase, the ideas that earn points, the words within a sentence.
    let kept = |item: &Item| {
        !matches!(
            item.kind(),
            Kind::Vocabulary | Kind::ShortAnswer | Kind::Essay | Kind::Organizer | Kind::EvidenceFinding
        )
    };
    for shipped in shipped() {
        for format in ["qti3", "qti21"] {
            let found = differences(&shipped, format, kept);
            assert!(found.is_empty(), "{format}: {} differ\n{}", found.len(), found.join("\n"));
        }
    }
}

#[test]
fn every_item_of_the_bank_comes_back_without_an_error() {
    for shipped in shipped() {
        for format in ["qti3", "qti21"] {
            let package = with_bank(&shipped.source, |package| exported(package, format).files.remove(0));
            let back = imported(&shipped, &package, None);
            assert_eq!(back.lines.len(), shipped.source.bank.items.len(), "{format}");
            assert!(back.lines.iter().all(|line| line.became != Became::Dropped), "{:?}", back.lines);
            let bank = bank_of(&back, &shipped);
            assert_eq!(bank.items.len() + bank.drafts.len(), shipped.source.bank.items.len());
        }
    }
}
