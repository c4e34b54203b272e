//! For tests of formats: packages, exports, round trips, and what two items must have in common to be called equal.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use pilcrow::bank::{self, Bank, Figure, Item, Kind};
use pilcrow::cmd::source::{Look, Source};
use pilcrow::diag::{Severity, render_all};
use pilcrow::exchange::archive::Packed;
use pilcrow::exchange::inline::html;
use pilcrow::exchange::{Exercise, Interaction, Package, Piece, Wording, from_bank, from_sheets};
use pilcrow::export::{Exported, Format, export};
use pilcrow::import::{Ground, Imported, Opened, Reader, import};
use pilcrow::input::Input;
use pilcrow::letter::About;
use pilcrow::picture::{OnDemand, Stored};
use pilcrow::rng::Seed;

/// Calls `test` with all items of a bank as a package.
pub fn with_bank<T>(source: &Source, test: impl FnOnce(&Package<'_>) -> T) -> T {
    let items: Vec<&Item> = source.bank.items.iter().collect();
    with_items(source, &items, test)
}

/// The same with some of its items.
pub fn with_items<T>(source: &Source, items: &[&Item], test: impl FnOnce(&Package<'_>) -> T) -> T {
    let look = Look::read(None).unwrap();
    let wording = Wording { letter: &source.letter, bank: &source.bank, labels: &look.labels };
    test(&from_bank(items, Seed::new(1).unwrap(), wording))
}

/// A package of one exercise, the first of a kind, changed.
pub fn changed(kind: Kind, change: impl Fn(&mut Exercise), test: impl FnOnce(&Package<'_>)) {
    let source = super::kennedy();
    let item = source.bank.items.iter().find(|item| item.kind() == kind && item.set.is_none()).unwrap();
    with_items(&source, &[item], |package| {
        let mut package = package.clone();
        change(&mut package.groups[0].exercises[0]);
        test(&package);
    });
}

/// A picture of `tests/pictures` by a name of its own.
pub fn figure(file: &str, picture: &str) -> Arc<Figure> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(picture);
    let bytes: Arc<[u8]> = std::fs::read(path).unwrap().into();
    Arc::new(Figure {
        file: file.to_owned(),
        picture: Arc::new(OnDemand::of_sound(&bytes)),
        alt: format!("What {picture} shows"),
        caption: String::new(),
        credit: String::new(),
        width: None,
    })
}

/// The same with drawn sheets of a blueprint.
pub fn with_sheets<T>(source: &Source, blueprint: &str, forms: u16, test: impl FnOnce(&Package<'_>) -> T) -> T {
    let look = Look::read(None).unwrap();
    let blueprint = source.blueprints.iter().find(|b| b.name == blueprint).unwrap();
    let sheets = pilcrow::assemble::assemble(super::job(source, blueprint, 1), 0..forms).unwrap();
    let wording = Wording { letter: &source.letter, bank: &source.bank, labels: &look.labels };
    let drawn = from_sheets(&sheets, wording);
    test(&Package { blueprint: Some(Arc::new(blueprint.clone())), ..drawn })
}

/// A package in a format.
pub fn exported(package: &Package<'_>, format: &str) -> Exported {
    export(package, Format::of(format).unwrap()).unwrap()
}

/// A file as it is imported, by a reader or the one that it is for, onto a bank's letter.
pub fn imported(shipped: &super::Shipped, file: &Packed, reader: Option<&str>) -> Imported {
    let opened = Opened::of("file", &file.bytes).unwrap();
    let reader = reader.map_or_else(|| opened.reader().unwrap(), |name| Reader::of(name).unwrap());
    let read = opened.read(reader).unwrap();
    import(&read, reader, &ground(&shipped.folder))
}

/// A text in Windows-1252, as far as these tests write it.
pub fn western(text: &str) -> Vec<u8> {
    let byte = |c| match c {
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        c => u8::try_from(c).unwrap(),
    };
    text.chars().map(byte).collect()
}

/// The letter of a bank folder.
pub fn ground(folder: &Path) -> Ground {
    let text = std::fs::read_to_string(folder.join("letter.txt")).unwrap();
    let about = std::fs::read_to_string(folder.join("letter.yaml")).unwrap();
    let parsed: About = serde_yaml::from_str(&about).unwrap();
    Ground::of_folder(&text, &about, parsed).unwrap()
}

/// The bank that an import wrote; it has no error.
pub fn bank_of(imported: &Imported, shipped: &super::Shipped) -> Bank {
    let is_items = |file: &&Packed| file.name.starts_with("bank/");
    let inputs: Vec<Input> = imported
        .files
        .iter()
        .filter(is_items)
        .map(|file| Input::new(file.name.clone(), String::from_utf8(file.bytes.clone()).unwrap()))
        .collect();
    let pictures: Vec<Stored> = imported
        .files
        .iter()
        .filter(|file| file.name.starts_with("pictures/"))
        .map(|file| Stored { name: file.name.clone(), bytes: Ok(file.bytes.as_slice().into()) })
        .collect();
    let (bank, faults) = bank::load(&inputs, &shipped.source.letter, &pictures);
    let errors: Vec<_> = faults.into_iter().filter(|fault| fault.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{}", render_all(&errors, &inputs));
    bank
}

/// What an exercise says, whatever the order of its options and the ids of its parts: a line for each part, sorted within
/// lists that a form shuffles. Two exercises with the same lines are equal to a teacher.
pub fn essence(exercise: &Exercise) -> Vec<String> {
    let mut lines = vec![
        format!("kind {}", exercise.kind),
        format!("points {}", exercise.points),
        format!("stem {}", html(&exercise.stem)),
        format!("explanation {}", html(&exercise.explanation)),
    ];
    lines.extend(exercise.hints.iter().map(|hint| format!("hint {}", html(hint))));
    let mut rest: Vec<String> = exercise.evidence.iter().map(|q| format!("evidence {} {}", q.place, q.words)).collect();
    match &exercise.interaction {
        Interaction::Choice { options, sort, shuffle } => {
            lines.push(format!("choice {sort:?} {shuffle}"));
            rest.extend(options.iter().map(|option| {
                let (text, why) = (html(&option.text), html(&option.feedback));
                format!("option {text} {} {:?} {why} {}", option.right, option.share, *shuffle && option.fixed)
            }));
        }
        Interaction::Matching { heads, premises, responses, shuffle, reuse } => {
            lines.push(format!("matching {} {} {shuffle} {reuse}", html(&heads[0]), html(&heads[1])));
            let of = |id: &str| html(&responses.iter().find(|response| response.id == id).unwrap().text);
            rest.extend(
                premises.iter().map(|p| format!("pair {} {} {}", html(&p.text), of(&p.response), html(&p.feedback))),
            );
            rest.extend(responses.iter().map(|response| format!("response {}", html(&response.text))));
        }
        Interaction::Ordering { elements, right, by } => {
            lines.push(format!("by {by}"));
            let of = |id: &String| html(&elements.iter().find(|element| element.id == *id).unwrap().text);
            lines.extend(right.iter().map(|id| format!("element {}", of(id))));
        }
        Interaction::Gaps { passage, words } => {
            lines.extend(passage.iter().map(|piece| match piece {
                Piece::Text(text) => format!("text {}", html(text)),
                Piece::Gap(answers) => format!("gap {answers:?}"),
            }));
            lines.push(format!("words {words:?}"));
        }
        Interaction::Entry { answers, number, unit } => {
            lines.push(format!("entry {number:?} {unit}"));
            lines.extend(answers.iter().map(|a| format!("answer {} {:?} {}", a.text, a.share, html(&a.feedback))));
        }
        Interaction::HotText { passages, choose } => {
            lines.push(format!("sentences {choose}"));
            let all = passages.iter().flat_map(|passage| &passage.sentences);
            lines.extend(all.map(|s| format!("sentence {} {:?} {}", s.words, s.share, html(&s.feedback))));
        }
        Interaction::Extended { rows, .. } => {
            // HTML has a space where the bank keeps two words together.
            let shown = |text: &str| html(text).replace('\u{a0}', " ");
            lines.extend(rows.iter().map(|row| format!("row {} {}", shown(&row.prompt), row.points)));
        }
        Interaction::Talk { stance, follow_ups, starters, norms } => {
            lines.push(format!("talk {stance:?} {follow_ups:?} {starters:?} {norms:?}"));
        }
    }
    rest.sort();
    lines.extend(rest);
    lines
}

/// The essence of every exercise of a bank, by id.
pub fn essences(source: &Source, bank: &Bank) -> BTreeMap<String, Vec<String>> {
    let look = Look::read(None).unwrap();
    let items: Vec<&Item> = bank.items.iter().collect();
    let wording = Wording { letter: &source.letter, bank, labels: &look.labels };
    let package = from_bank(&items, Seed::new(1).unwrap(), wording);
    package.exercises().map(|exercise| (exercise.id.clone(), essence(exercise))).collect()
}

/// The exercises that do not come back equal from an export and import of a whole bank in a format, with the first line in
/// which they differ; kinds that the format cannot bring back are left out by `expected`.
pub fn differences(shipped: &super::Shipped, format: &str, expected: impl Fn(&Item) -> bool) -> Vec<String> {
    differences_but(shipped, format, expected, &[])
}

/// The ids of an item's exercises, and under which ids they may come back: a second part as an item of its own is named as one.
pub fn parts(id: &str) -> [(String, String); 2] {
    [(id.to_owned(), id.to_owned()), (format!("{id}--b"), format!("{id}-b"))]
}

/// The same for a format that lacks a part: lines that begin with these words are left out of the comparison.
pub fn differences_but(
    shipped: &super::Shipped,
    format: &str,
    expected: impl Fn(&Item) -> bool,
    lacks: &[&str],
) -> Vec<String> {
    let source = &shipped.source;
    let items: Vec<&Item> = source.bank.items.iter().filter(|item| expected(item)).collect();
    let exported = with_items(source, &items, |package| exported(package, format));
    let back = bank_of(&imported(shipped, &exported.files[0], Some(format)), shipped);
    let (mut before, mut after) = (essences(source, &source.bank), essences(source, &back));
    for lines in before.values_mut().chain(after.values_mut()) {
        lines.retain(|line| !lacks.iter().any(|part| line.starts_with(part)));
    }
    let mut out = Vec::new();
    for id in items.iter().map(|item| &item.id) {
        for (id, back) in parts(id) {
            let Some(one) = before.get(&id) else { continue };
            match after.get(&id).or_else(|| after.get(&back)) {
                None => out.push(format!("{id} is not there")),
                Some(other) if one != other => {
                    let at = one.iter().zip(other).position(|(a, b)| a != b).unwrap_or(one.len().min(other.len()));
                    out.push(format!("{id}\n  - {:?}\n  + {:?}", one.get(at), other.get(at)));
                }
                Some(_) => {}
            }
        }
    }
    out
}
