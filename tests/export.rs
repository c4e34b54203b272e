//! Exports: the report has every item, the same input gives the same bytes, names are unique and safe, nothing is run as a formula.

use std::collections::BTreeSet;

use pilcrow::bank::{self, Bank, Kind};
use pilcrow::diag::has_errors;
use pilcrow::exchange::archive::{Packed, unzipped};
use pilcrow::exchange::{Exercise, Interaction, Share, choices};
use pilcrow::export::{FORMATS, Reach};
use pilcrow::input::Input;

use crate::common::exchange::{changed, exported, figure, with_bank, with_items, with_sheets};
use crate::common::{done, kennedy, pilcrow, refused, shipped};

#[test]
fn every_item_is_in_the_report_of_every_format_and_the_bytes_are_the_same() {
    for shipped in shipped() {
        with_bank(&shipped.source, |package| {
            for format in FORMATS {
                let (one, other) = (exported(package, format.name), exported(package, format.name));
                assert!(one == other, "{}", format.name);
                let told: BTreeSet<&str> = one.report.fates.iter().map(|fate| fate.item.as_str()).collect();
                assert_eq!(told.len(), shipped.source.bank.items.len(), "{}", format.name);
                for fate in &one.report.fates {
                    assert_eq!(fate.reach == Reach::Whole, fate.lost.is_empty(), "{}: {fate:?}", format.name);
                    assert_eq!(fate.reach == Reach::Not, fate.forms.is_empty(), "{}: {fate:?}", format.name);
                }
                for file in &one.files {
                    assert!(!file.name.contains("..") && !file.bytes.is_empty(), "{}", file.name);
                }
            }
        });
    }
}

/// What is wrong with the parts of an exercise, if anything.
fn unsound(exercise: &Exercise) -> Option<&'static str> {
    let unique = |ids: Vec<&String>| ids.iter().collect::<BTreeSet<_>>().len() == ids.len();
    match &exercise.interaction {
        Interaction::Choice { options, .. } => {
            let sum: f64 =
                options.iter().filter(|o| o.right).map(|o| f64::from(o.share.of) / f64::from(o.share.whole)).sum();
            // A near answer has a part of what the right one has.
            let wrong = options.iter().any(|option| !option.right && option.share == Share::ALL);
            (!unique(options.iter().map(|o| &o.id).collect()) || wrong || (sum - 1.0).abs() > 1e-9).then_some("options")
        }
        Interaction::Matching { premises, responses, .. } => {
            let known = premises.iter().all(|p| responses.iter().any(|r| r.id == p.response));
            (!known || premises.is_empty()).then_some("pairs")
        }
        Interaction::Ordering { elements, right, .. } => {
            let order: Vec<&String> = elements.iter().map(|element| &element.id).collect();
            let sorted = |mut ids: Vec<String>| {
                ids.sort();
                ids
            };
            let all = sorted(right.clone()) == sorted(order.iter().map(|id| (*id).clone()).collect());
            (!all || order == right.iter().collect::<Vec<_>>()).then_some("order")
        }
        Interaction::HotText { passages, choose } => {
            let right =
                passages.iter().flat_map(|p| &p.sentences).filter(|s| s.share.of == 1 && s.share.whole == *choose);
            (right.count() != *choose as usize).then_some("sentences")
        }
        Interaction::Entry { answers, .. } => answers.iter().all(|a| a.share.of == 0).then_some("answers"),
        Interaction::Gaps { .. } | Interaction::Extended { .. } | Interaction::Talk { .. } => None,
    }
}

#[test]
fn exercises_are_sound_and_their_ids_unique() {
    for shipped in shipped() {
        let check = |package: &pilcrow::exchange::Package<'_>| {
            let ids: Vec<&str> = package.exercises().map(|exercise| exercise.id.as_str()).collect();
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
            for exercise in package.exercises() {
                assert_eq!(unsound(exercise), None, "{exercise:?}");
                let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                assert!(exercise.id.chars().all(legal), "{}", exercise.id);
                if let Some(split) = choices(exercise) {
                    // No item has such an id.
                    let own =
                        |part: &Exercise| part.id == exercise.id || part.id.starts_with(&format!("{}--", exercise.id));
                    assert!(split.exercises.iter().all(own), "{split:?}");
                    assert!(split.exercises.iter().all(|part| unsound(part).is_none()), "{split:?}");
                    assert!(split.exercises.iter().all(|part| matches!(part.interaction, Interaction::Choice { .. })));
                }
            }
        };
        with_bank(&shipped.source, check);
        with_sheets(&shipped.source, "class-period", 2, check);
    }
}

#[test]
fn a_sheet_keeps_its_order_and_its_points() {
    let source = kennedy();
    with_sheets(&source, "class-period", 2, |package| {
        assert_eq!(package.groups.len(), 2);
        for group in &package.groups {
            let numbers: Vec<u32> = group.exercises.iter().filter_map(|exercise| exercise.number).collect();
            assert!(numbers.is_sorted() && numbers[0] == 1 && numbers.len() == group.exercises.len());
            let shuffled = |e: &Exercise| matches!(e.interaction, Interaction::Choice { shuffle: true, .. });
            assert!(!group.exercises.iter().any(shuffled));
        }
        let order = |at: usize| package.groups[at].exercises.iter().map(Exercise::answer_line).collect::<Vec<_>>();
        assert_ne!(order(0), order(1), "the forms have other letters");
    });
}

#[test]
fn json_is_a_bank_that_reads_as_the_same() {
    for shipped in shipped() {
        let source = &shipped.source;
        let json = with_bank(source, |package| exported(package, "json").files.remove(0));
        let inputs = [Input::new("bank.json", String::from_utf8(json.bytes).unwrap())];
        let pictures = source.texts.pictures.clone();
        let (back, faults) = bank::load(&inputs, &source.letter, &pictures);
        assert!(!has_errors(&faults), "{}", pilcrow::diag::render_all(&faults, &inputs));
        // Sets come in the order in which the file has them, and an item knows its own by number.
        let plain = |bank: &Bank| -> Vec<bank::Item> {
            let set = |item: &bank::Item| item.set.map(|set| bank.sets[set].id.clone());
            let mut items: Vec<bank::Item> = bank.items.clone();
            let names: Vec<_> = items.iter().map(set).collect();
            for (item, name) in items.iter_mut().zip(names) {
                item.theme = Some(format!("{:?} {name:?}", item.theme));
                item.set = None;
            }
            items
        };
        let (mut before, mut after) = (plain(&source.bank), plain(&back));
        before.sort_by(|a, b| a.id.cmp(&b.id));
        after.sort_by(|a, b| a.id.cmp(&b.id));
        for (one, other) in before.iter().zip(&after) {
            assert_eq!(one, other);
        }
        assert_eq!(before.len(), after.len());
    }
}

#[test]
fn what_pupils_get_tells_no_answer() {
    let source = kennedy();
    for (format, ending) in [("markdown", "md"), ("text", "txt")] {
        let files = with_bank(&source, |package| exported(package, format).files);
        let questions = files.iter().find(|file| file.name.ends_with(&format!("questions.{ending}"))).unwrap();
        let questions = String::from_utf8(questions.bytes.clone()).unwrap();
        let bare = |text: &str| text.replace('\\', "").split_whitespace().collect::<Vec<_>>().join(" ");
        let questions = bare(&questions);
        for item in &source.bank.items {
            let told = bare(&pilcrow::exchange::inline::plain(&item.explanation));
            assert!(!questions.contains(&told), "{}", item.id);
        }
    }
}

#[test]
fn a_table_runs_nothing() {
    let source = kennedy();
    let csv = with_bank(&source, |package| exported(package, "csv").files.remove(0));
    let mut reader = csv::ReaderBuilder::new().from_reader(&csv.bytes[3..]);
    let width = reader.headers().unwrap().len();
    let mut rows = 0;
    for record in reader.records() {
        let record = record.unwrap();
        assert_eq!(record.len(), width);
        assert!(record.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t'])));
        rows += 1;
    }
    assert!(rows >= source.bank.items.len());
}

#[test]
fn the_command_writes_what_it_says_and_refuses_what_it_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let said = done(at, &["export", "--to", "csv", "--types", "single-choice", "--sections", "B", "--out", "a/b.csv"]);
    assert!(said.starts_with("a/b.csv\ncsv: ") && at.join("a/b.csv").is_file(), "{said}");
    let said = done(at, &["export", "--to", "markdown", "--items", "why-the-ark-fits", "--out", "md"]);
    assert!(said.contains("1 of 1 items") && at.join("md/kennedy-1961-TEACHER-key.md").is_file(), "{said}");
    let sheets = ["export", "--to", "json", "--blueprint", "exit-ticket", "--forms", "2", "--json"];
    let told: serde_json::Value = serde_json::from_str(&done(at, &sheets)).unwrap();
    assert_eq!(told["files"][0], "kennedy-1961-TEACHER-sheets.json");
    let sheets = std::fs::read_to_string(at.join("kennedy-1961-TEACHER-sheets.json")).unwrap();
    let sheets: serde_json::Value = serde_json::from_str(&sheets).unwrap();
    assert_eq!(sheets["sheets"].as_array().unwrap().len(), 2);
    assert!(refused(at, &["export", "--to", "csw"], 2).contains("did you mean “csv”"));
    assert!(refused(at, &["export"], 2).contains("--to"));
    assert!(refused(at, &["export", "--to", "csv", "--items", "why-the-ark-fit"], 1).contains("why-the-ark-fits"));
    let nothing = refused(at, &["export", "--to", "csv", "--types", "essay", "--paragraphs", "1"], 1);
    assert!(nothing.contains("no item of the bank"), "{nothing}");
    let both = refused(at, &["export", "--to", "csv", "--items", "why-the-ark-fits", "--forms", "1"], 1);
    assert!(both.contains("--items"), "{both}");
}

#[test]
fn the_table_of_formats_has_every_format_and_kind() {
    let folder = tempfile::tempdir().unwrap();
    let listed = done(folder.path(), &["export", "--list"]);
    assert!(FORMATS.iter().all(|format| listed.contains(format.name) && !format.about.is_empty()));
    assert!(Kind::ALL.iter().all(|kind| listed.contains(kind.word())), "{listed}");
    assert!(listed.lines().all(|line| line.chars().count() <= 110), "{listed}");
    let json: serde_json::Value = serde_json::from_str(&done(folder.path(), &["export", "--list", "--json"])).unwrap();
    assert_eq!(json.as_array().unwrap().len(), FORMATS.len());
    assert_eq!(json[0]["kinds"].as_object().unwrap().len(), Kind::ALL.len());
    assert!(pilcrow(folder.path(), &["export", "--list", "--to", "csv"]).status.code() == Some(2));
}

#[test]
fn a_part_that_hangs_from_another_stays_with_it() {
    let source = kennedy();
    let item = source.bank.items.iter().find(|item| item.kind() == Kind::PairedEvidence).unwrap();
    with_items(&source, &[item], |package| {
        let all: Vec<&Exercise> = package.exercises().collect();
        assert_eq!(all.len(), 2);
        assert_eq!(all[1].gate.as_ref(), Some(&all[0].id));
        assert_eq!(all.iter().map(|exercise| exercise.points).sum::<u32>(), item.points);
    });
}

#[test]
fn every_picture_has_a_file_of_its_own_with_the_ending_of_what_it_is() {
    let source = kennedy();
    let items: Vec<_> = source
        .bank
        .items
        .iter()
        .filter(|item| item.kind() == Kind::SingleChoice && item.set.is_none())
        .take(4)
        .collect();
    let given = [
        ("pictures/карта.svg", "drawing.svg"),
        ("pictures/схема.svg", "tall.svg"),
        ("pictures/two words.jpg", "rgb.png"),
        ("pictures/maps/two-words.png", "gray.png"),
    ];
    let figures = given.map(|(file, picture)| figure(file, picture));
    with_items(&source, &items, |package| {
        let mut package = package.clone();
        let all = package.groups.iter_mut().flat_map(|group| &mut group.exercises);
        all.zip(&figures).for_each(|(exercise, figure)| exercise.figure = Some(figure.clone()));
        for format in ["qti3", "qti21", "qti12", "cc", "h5p", "markdown"] {
            let files = exported(&package, format).files;
            let inside: Vec<Packed> = match format {
                "markdown" => files,
                _ => files.iter().flat_map(|file| unzipped(&file.bytes).unwrap()).collect(),
            };
            let text: String = inside.iter().map(|file| String::from_utf8_lossy(&file.bytes)).collect();
            let mut names = BTreeSet::new();
            for figure in &figures {
                let web = &figure.picture.picture().web;
                let file = inside
                    .iter()
                    .find(|file| *file.bytes == *web.bytes)
                    .unwrap_or_else(|| panic!("{format}: {figure:?}"));
                let ending = if web.media_type == "image/png" { ".png" } else { ".svg" };
                let plain = file.name.chars().all(|c| c.is_ascii_alphanumeric() || "/.-_".contains(c));
                assert!(plain && file.name.ends_with(ending), "{format}: {}", file.name);
                assert!(text.contains(file.name.trim_start_matches("content/")), "{format}: {}", file.name);
                names.insert(&file.name);
            }
            assert_eq!(names.len(), figures.len(), "{format}: {names:?}");
        }
    });
}

#[test]
fn sentences_that_come_near_are_in_the_key_and_their_loss_is_told() {
    let source = kennedy();
    let item = source.bank.items.iter().find(|item| item.id == "find-the-burden").unwrap();
    with_items(&source, &[item], |package| {
        for format in ["cc", "qti12", "h5p"] {
            let told = exported(package, format).report.fates.remove(0).lost;
            assert!(told.iter().any(|lost| lost.contains("comes near earns nothing")), "{format}: {told:?}");
        }
        let near = package.groups[0].exercises[0].interaction.near();
        assert!(!near.is_empty());
        for (format, file) in [("markdown", "kennedy-1961-TEACHER-key.md"), ("text", "kennedy-1961-TEACHER-key.txt")] {
            let files = exported(package, format).files;
            let key = files.into_iter().find(|made| made.name == file).unwrap();
            let key = String::from_utf8(key.bytes).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(near.iter().all(|near| key.contains(&format!("½ {}", near.words))), "{key}");
        }
    });
}

#[test]
fn a_table_describes_the_picture_over_a_question() {
    let change = |exercise: &mut Exercise| exercise.figure = Some(figure("pictures/map.svg", "drawing.svg"));
    changed(Kind::SingleChoice, change, |package| {
        let csv = String::from_utf8(exported(package, "csv").files.remove(0).bytes).unwrap();
        assert!(csv.contains("[What drawing.svg shows]"), "{csv}");
    });
}
