//! Any blueprint over the bank gives a sheet that meets it, or the reason why there is none: never a panic, never a substitute.

mod common;

use std::sync::OnceLock;

use pilcrow::assemble::assemble;
use pilcrow::bank::{Difficulty, Kind, Skill};
use pilcrow::blueprint::{Blueprint, Cell, Headnote, Mode, Part, Reading};
use pilcrow::cmd::source::Source;
use proptest::prelude::*;

fn bank() -> &'static Source {
    static BANK: OnceLock<Source> = OnceLock::new();
    BANK.get_or_init(common::kennedy)
}

fn cell() -> impl Strategy<Value = Cell> {
    let kinds = prop::collection::vec(prop::sample::select(Kind::ALL), 0..3);
    let sections = prop::collection::vec(prop::sample::select(vec!["A", "B", "C", "D", "E", "F", "G"]), 0..4);
    let dok = prop::collection::vec(1u8..4, 0..3);
    let bands = prop::collection::vec(prop::sample::select(Difficulty::ALL), 0..2);
    let skills = prop::collection::vec(prop::sample::select(Skill::ALL), 0..2);
    (0u32..4, 0u32..2, kinds, sections, dok, bands, skills).prop_map(
        |(take, take_sets, kinds, sections, dok, difficulty, skills)| Cell {
            take,
            take_sets,
            kinds,
            sections: sections.into_iter().map(str::to_owned).collect(),
            dok,
            difficulty,
            skills,
            ..Cell::default()
        },
    )
}

fn blueprint() -> impl Strategy<Value = Blueprint> {
    let parts = prop::collection::vec(prop::collection::vec(cell(), 1..5), 1..4);
    let modes = prop::sample::select(vec![Mode::SameItems, Mode::SectionShuffle, Mode::Parallel]);
    let readings = prop::sample::select(vec![Reading::None, Reading::Cited, Reading::Full]);
    let totals = (prop::option::of(1u32..40), prop::option::of(1u32..40), prop::option::of(1u32..60));
    (parts, modes, readings, totals).prop_map(|(parts, mode, reading, (questions, points, minutes))| Blueprint {
        name: "any".to_owned(),
        title: "Any".to_owned(),
        about: String::new(),
        modes: vec![mode],
        reading,
        headnote: Headnote::None,
        anchor_percent: 25,
        questions,
        points,
        minutes,
        parts: parts
            .into_iter()
            .map(|cells| Part { title: "Part".to_owned(), directions: String::new(), cells })
            .collect(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn a_blueprint_is_met_or_refused_with_the_reason(blueprint in blueprint(), seed in 0u32..1000) {
        let source = bank();
        match assemble(common::job(source, &blueprint, seed), 0..2) {
            Err(shortfall) => {
                prop_assert!(!shortfall.reasons.is_empty());
                prop_assert!(shortfall.reasons.iter().all(|r| r.len() > 20), "{:?}", shortfall.reasons);
            }
            Ok(sheets) => {
                for sheet in &sheets {
                    let items: Vec<_> = sheet.paper.questions().map(|q| source.bank.item(&q.item).unwrap()).collect();
                    let mut ids: Vec<&str> = items.iter().map(|i| i.id.as_str()).collect();
                    ids.sort_unstable();
                    ids.dedup();
                    prop_assert_eq!(ids.len(), items.len(), "an item stands twice");
                    prop_assert!(items.iter().all(|a| items.iter().all(|b| !a.enemies.contains(&b.id))), "enemies meet");
                    let points: u32 = items.iter().map(|i| i.points).sum();
                    prop_assert!(blueprint.points.is_none_or(|p| p == points), "{points} points for {:?}", blueprint.points);
                    let tenths: u32 = items.iter().map(|i| i.tenths_of_minutes).sum();
                    prop_assert!(blueprint.minutes.is_none_or(|m| m * 10 >= tenths), "{tenths} for {:?}", blueprint.minutes);
                    if blueprint.reading != Reading::None {
                        prop_assert!(items.iter().all(|i| i.hidden().is_empty()));
                    }
                    let asked: u32 = blueprint.parts.iter().flat_map(|p| &p.cells).map(|c| c.take).sum();
                    let single = items.iter().filter(|i| i.set.is_none()).count() as u32;
                    prop_assert!(single >= asked, "{single} of {asked}");
                    prop_assert!(sheet.paper.questions().zip(1..).all(|(q, n)| q.number == n));
                }
            }
        }
    }
}
