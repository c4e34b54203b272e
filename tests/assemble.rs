//! Any blueprint over the bank gives a sheet that meets it, or the reason why there is none: never a panic, never a substitute.

use crate::common;
use std::cell::Cell as Count;

use pilcrow::assemble::assemble;
use pilcrow::bank::{Difficulty, Kind, Skill};
use pilcrow::blueprint::{Blueprint, Cell, Headnote, Mode, Part, Reading};
use pilcrow::cmd::source::Source;
use pilcrow::sheet::Sheet;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// Often nothing, as a blueprint leaves most limits open.
fn seldom<T: std::fmt::Debug>(some: impl Strategy<Value = Vec<T>>) -> impl Strategy<Value = Vec<T>> {
    (0u8..3, some).prop_map(|(roll, list)| if roll == 0 { list } else { Vec::new() })
}

fn cell() -> impl Strategy<Value = Cell> {
    let kinds = prop::collection::vec(prop::sample::select(Kind::ALL), 0..4);
    let sections = seldom(prop::collection::vec(prop::sample::select(vec!["A", "B", "C", "D", "E", "F", "G"]), 1..4));
    let dok = seldom(prop::collection::vec(1u8..4, 1..3));
    let bands = seldom(prop::collection::vec(prop::sample::select(Difficulty::ALL), 1..3));
    let skills = seldom(prop::collection::vec(prop::sample::select(Skill::ALL), 1..4));
    let takes = (0u32..4, prop::sample::select(vec![0u32, 0, 0, 0, 1]));
    (takes, kinds, sections, dok, bands, skills).prop_map(|((take, sets), kinds, sections, dok, difficulty, skills)| {
        Cell {
            take: if sets == 0 { take.max(1) } else { take },
            take_sets: sets,
            kinds,
            sections: sections.into_iter().map(str::to_owned).collect(),
            dok,
            difficulty,
            skills,
            ..Cell::default()
        }
    })
}

fn blueprint() -> impl Strategy<Value = Blueprint> {
    let parts = prop::collection::vec(prop::collection::vec(cell(), 1..4), 1..3);
    let modes = prop::sample::select(vec![Mode::SameItems, Mode::SectionShuffle, Mode::Parallel]);
    let readings = prop::sample::select(vec![Reading::None, Reading::Cited, Reading::Full]);
    // With totals, a last cell takes what is left to reach them.
    let totals = prop::option::weighted(0.4, (1u32..20, prop::option::of(10u32..40), prop::option::of(10u32..60)));
    (parts, modes, readings, totals).prop_map(|(parts, mode, reading, totals)| {
        let mut parts: Vec<Part> = parts
            .into_iter()
            .map(|cells| Part { title: "Part".to_owned(), directions: String::new(), cells })
            .collect();
        if totals.is_some() {
            parts[0].cells.push(Cell::default());
        }
        Blueprint {
            name: "any".to_owned(),
            title: "Any".to_owned(),
            about: String::new(),
            modes: vec![mode],
            reading,
            headnote: Headnote::None,
            aids: Default::default(),
            anchor_percent: 25,
            questions: totals.map(|t| t.0 + 3),
            points: totals.and_then(|t| t.1),
            minutes: totals.and_then(|t| t.2),
            parts,
        }
    })
}

#[test]
fn a_blueprint_is_met_or_refused_with_the_reason() {
    let (met, refused) = (Count::new(0u32), Count::new(0u32));
    common::shipped().iter().for_each(|shipped| each_way(&shipped.source, &met, &refused));
    // Both ways are tried often enough to mean something.
    assert!(met.get() >= 20 && refused.get() >= 20, "{} met, {} refused", met.get(), refused.get());
}

fn each_way(source: &Source, met: &Count<u32>, refused: &Count<u32>) {
    let config = ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() };
    let result = TestRunner::new(config).run(&(blueprint(), 0u32..1000), |(blueprint, seed)| {
        match assemble(common::job(source, &blueprint, seed), 0..2) {
            Err(shortfall) => {
                refused.set(refused.get() + 1);
                prop_assert!(!shortfall.reasons.is_empty());
                prop_assert!(shortfall.reasons.iter().all(|r| r.len() > 20), "{:?}", shortfall.reasons);
                Ok(())
            }
            Ok(sheets) => {
                met.set(met.get() + 1);
                sheets.iter().try_for_each(|sheet| meets(source, sheet, &blueprint))
            }
        }
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Whether a sheet is what its blueprint asks.
fn meets(source: &Source, sheet: &Sheet, blueprint: &Blueprint) -> Result<(), TestCaseError> {
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
    prop_assert!(blueprint.questions.is_none_or(|n| n as usize == items.len()), "{} questions", items.len());
    if blueprint.reading != Reading::None {
        prop_assert!(items.iter().all(|i| i.hidden().is_empty()), "a hidden paragraph is printed");
    }
    let asked: u32 = blueprint.parts.iter().flat_map(|p| &p.cells).map(|c| c.take).sum();
    let single = items.iter().filter(|i| i.set.is_none()).count() as u32;
    prop_assert!(single >= asked, "{single} of {asked}");
    prop_assert!(sheet.paper.questions().zip(1..).all(|(q, n)| q.number == n), "numbers run on");
    Ok(())
}
