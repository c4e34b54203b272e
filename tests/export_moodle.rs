//! Moodle XML, GIFT and Aiken: what is exported comes back equal, escapes hold, and grades are those that Moodle takes.

use pilcrow::bank::{Item, Kind};
use pilcrow::exchange::inline::plain;
use pilcrow::exchange::{Alternative, ChoiceSort, Exercise, Interaction, Package, Share};
use pilcrow::export::Reach;
use pilcrow::import::{Entry, Opened, Reader};

use crate::common::exchange::{changed, differences, differences_but, exported, with_bank, with_sheets};
use crate::common::{kennedy, shipped};

/// Kinds that a file of Moodle brings back: sentences that come near are in shares alone.
fn kept(item: &Item) -> bool {
    item.kind() != Kind::EvidenceFinding
}

#[test]
fn moodle_comes_back_equal() {
    for shipped in shipped() {
        let found = differences(&shipped, "moodle-xml", kept);
        assert!(found.is_empty(), "{} differ\n{}", found.len(), found.join("\n"));
    }
}

#[test]
fn gift_comes_back_equal_but_for_what_it_lacks() {
    for shipped in shipped() {
        // It says of no question whether its options are shuffled; a gap is a question of its own; a label tells nothing afterwards.
        let fixed = with_bank(&shipped.source, |package| {
            let fixed = |e: &&Exercise| matches!(e.interaction, Interaction::Choice { shuffle: false, sort, .. } if sort != ChoiceSort::TrueFalse);
            package.exercises().filter(fixed).map(|exercise| exercise.item.clone()).collect::<Vec<_>>()
        });
        let whole = |item: &Item| {
            kept(item) && !matches!(item.kind(), Kind::Cloze | Kind::Discussion) && !fixed.contains(&item.id)
        };
        let found = differences_but(&shipped, "gift", whole, &["hint ", "points "]);
        assert!(found.is_empty(), "{} differ\n{}", found.len(), found.join("\n"));
    }
}

#[test]
fn aiken_keeps_questions_options_and_keys() {
    for shipped in shipped() {
        let wanted: Vec<(String, Vec<String>, String)> = with_bank(&shipped.source, |package| {
            let single = |e: &&Exercise| {
                matches!(e.interaction, Interaction::Choice { sort: ChoiceSort::Single, .. })
                    && e.stimulus.is_none()
                    && e.figure.is_none()
            };
            package.exercises().filter(single).map(essence).collect()
        });
        let file = with_bank(&shipped.source, |package| exported(package, "aiken").files.remove(0));
        let opened = Opened::of("x", &file.bytes).unwrap();
        assert_eq!(opened.reader().unwrap().name, "aiken");
        let read = opened.read(Reader::of("aiken").unwrap()).unwrap();
        let back: Vec<(String, Vec<String>, String)> = read
            .entries
            .iter()
            .map(|entry| match entry {
                Entry::Question(question) => essence(&question.exercise),
                Entry::Dropped { name, why } => panic!("{name}: {why}"),
            })
            .collect();
        assert!(wanted.len() > 10);
        for one in &wanted {
            assert!(back.contains(one), "{one:?}");
        }
    }
}

fn essence(exercise: &Exercise) -> (String, Vec<String>, String) {
    let Interaction::Choice { options, .. } = &exercise.interaction else { panic!("{exercise:?}") };
    let options = options.iter().map(|option| plain(&option.text)).collect();
    let right = exercise.answers().iter().map(|answer| answer.label.clone()).collect::<String>();
    (plain(&exercise.stem), options, right)
}

fn text(package: &Package<'_>, format: &str) -> String {
    String::from_utf8(exported(package, format).files.remove(0).bytes).unwrap()
}

#[test]
fn what_looks_like_notation_comes_back_as_words() {
    let hostile = "a ~ b = c # d { e } : f \\ g \\\\n ]]> <i> & &amp; [[1]] {1:SA:=x} -> %50% // x ____ ¶6 \\*s\\*";
    let change = |exercise: &mut Exercise| {
        exercise.stem = hostile.to_owned();
        exercise.explanation = hostile.to_owned();
        if let Interaction::Choice { options, .. } = &mut exercise.interaction {
            for option in options {
                option.text = format!("{} {hostile}", option.id);
                option.feedback = hostile.to_owned();
            }
        }
    };
    changed(Kind::SingleChoice, change, |package| {
        for format in ["moodle-xml", "gift"] {
            let opened = Opened::of("x", text(package, format).as_bytes()).unwrap();
            assert_eq!(opened.reader().unwrap().name, format);
            let read = opened.read(Reader::of(format).unwrap()).unwrap();
            let [Entry::Question(back)] = read.entries.as_slice() else { panic!("{format}: {:?}", read.entries) };
            let before = package.exercises().next().unwrap();
            let after = &back.exercise;
            assert_eq!(plain(&after.stem), plain(&before.stem), "{format}");
            assert_eq!(plain(&after.explanation), plain(&before.explanation), "{format}");
            assert_eq!(essence(after).1, essence(before).1, "{format}");
        }
    });
}

/// Options, so many of them right, of which each wrong one takes a right one off.
fn several(right: u32, wrong: usize) -> Vec<Alternative> {
    let option = |at: usize| {
        let is_right = at < right as usize;
        Alternative {
            id: format!("o{at}"),
            text: format!("option {at}"),
            right: is_right,
            share: Share { of: if is_right { 1 } else { -1 }, whole: right },
            feedback: String::new(),
            fixed: false,
        }
    };
    (0..right as usize + wrong).map(option).collect()
}

#[test]
fn ticking_all_earns_nothing_and_grades_are_those_of_moodle() {
    for (right, wrong, reach) in
        [(2, 3, Reach::Whole), (3, 2, Reach::Partly), (6, 1, Reach::Partly), (7, 8, Reach::Whole), (11, 2, Reach::Not)]
    {
        let change = |exercise: &mut Exercise| {
            exercise.lost.clear();
            exercise.interaction =
                Interaction::Choice { options: several(right, wrong), sort: ChoiceSort::Several(right), shuffle: true };
        };
        changed(Kind::MultipleSelect, change, |package| {
            let exported = exported(package, "moodle-xml");
            let fate = &exported.report.fates[0];
            let told = fate
                .lost
                .iter()
                .all(|lost| lost.contains("notes") || lost.contains("wrong tick") || lost.contains("no 9.0"));
            assert!(told && (fate.reach == reach || fate.lost.iter().any(|lost| lost.contains("notes"))), "{fate:?}");
            let Some(file) = exported.files.first() else { return assert_eq!(reach, Reach::Not) };
            let text = String::from_utf8(file.bytes.clone()).unwrap();
            let grades: Vec<f64> = text
                .split("<answer fraction=\"")
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
                .collect();
            let sum = |keep: fn(&f64) -> bool| grades.iter().filter(|grade| keep(grade)).sum::<f64>();
            assert!((sum(|grade| *grade > 0.0) - 100.0).abs() < 0.01, "{grades:?}");
            assert!(sum(|_| true) < 0.01, "{grades:?}");
        });
    }
}

#[test]
fn gaps_that_are_typed_are_cloze_and_short_answers() {
    let bracketed = |exercise: &mut Exercise| exercise.stem = "Fill {in} [[1]] {1:SA:=x} gaps.".to_owned();
    let typed = |exercise: &mut Exercise| {
        bracketed(exercise);
        if let Interaction::Gaps { words, .. } = &mut exercise.interaction {
            words.clear();
        }
    };
    changed(Kind::Cloze, bracketed, |package| {
        let opened = Opened::of("x", text(package, "moodle-xml").as_bytes()).unwrap();
        let read = opened.read(Reader::of("moodle-xml").unwrap()).unwrap();
        let [Entry::Question(back)] = read.entries.as_slice() else { panic!() };
        let wanted = package.exercises().next().unwrap();
        assert_eq!((back.exercise.answers(), &back.exercise.stem), (wanted.answers(), &wanted.stem));
    });
    changed(Kind::Cloze, typed, |package| {
        let wanted = package.exercises().next().unwrap();
        assert!(text(package, "moodle-xml").contains("{1:SHORTANSWER:="));
        assert_eq!(text(package, "gift").matches("{\n\t=%100%").count(), wanted.points as usize);
        let opened = Opened::of("x", text(package, "moodle-xml").as_bytes()).unwrap();
        let read = opened.read(Reader::of("moodle-xml").unwrap()).unwrap();
        let [Entry::Question(back)] = read.entries.as_slice() else { panic!() };
        assert_eq!(back.exercise.answers(), wanted.answers());
        assert_eq!(back.exercise.stem, wanted.stem);
    });
}

#[test]
fn sheets_are_categories_and_keep_their_order() {
    let source = kennedy();
    with_sheets(&source, "class-period", 2, |package| {
        let text = text(package, "moodle-xml");
        assert_eq!(text.matches("type=\"category\"").count(), 2);
        assert!(!text.contains("<shuffleanswers>true"));
        let gift = self::text(package, "gift");
        assert_eq!(gift.matches("$CATEGORY: $course$/top/").count(), 2);
    });
}
