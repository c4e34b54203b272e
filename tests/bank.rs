//! The shipped banks load, and their schema is the one in the repository.

use crate::common;
use std::path::{Path, PathBuf};

use pilcrow::bank::{self, Unchecked};
use pilcrow::diag::{Severity, has_errors, render_all};
use pilcrow::input::Input;
use pilcrow::letter;
use pilcrow::picture::Stored;

fn questions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("questions")
}

/// A bank folder, read as the tests need it.
struct Folder(PathBuf);

/// The built-in bank.
fn kennedy() -> Folder {
    Folder(questions().join("kennedy-1961"))
}

/// The shipped banks; or the one whose folder is in `PILCROW_BANK`, alone.
fn folders() -> Vec<Folder> {
    match std::env::var_os("PILCROW_BANK") {
        Some(folder) => vec![Folder(PathBuf::from(folder))],
        None => common::shipped().map(|bank| Folder(bank.folder)).into(),
    }
}

impl Folder {
    fn letter(&self) -> letter::Letter {
        let text = std::fs::read_to_string(self.0.join("letter.txt")).unwrap();
        let about = serde_yaml::from_str(&std::fs::read_to_string(self.0.join("letter.yaml")).unwrap()).unwrap();
        letter::read(&text, about).unwrap().0
    }

    /// The YAML files of a part, sorted.
    fn files(&self, part: &str) -> Vec<Input> {
        let entries = std::fs::read_dir(self.0.join(part)).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|e| e == "yaml"));
        paths.sort();
        let input = |path: &PathBuf| {
            Input::new(path.file_name().unwrap().to_string_lossy(), std::fs::read_to_string(path).unwrap())
        };
        paths.iter().map(input).collect()
    }

    fn pictures(&self) -> Vec<Stored> {
        let entries = std::fs::read_dir(self.0.join("pictures")).into_iter().flatten().flatten();
        let mut stored: Vec<Stored> = entries
            .map(|entry| Stored {
                name: format!("pictures/{}", entry.file_name().to_string_lossy()),
                bytes: Ok(std::fs::read(entry.path()).unwrap().into()),
            })
            .collect();
        stored.sort_by(|a, b| a.name.cmp(&b.name));
        stored
    }
}

#[test]
fn the_shipped_banks_are_sound() {
    for folder in folders() {
        let (files, letter) = (folder.files("bank"), folder.letter());
        let (bank, diagnostics) = bank::load(&files, &letter, &folder.pictures());
        println!("{}", render_all(&diagnostics, &files));
        println!(
            "{}: {} items, {} sets, {} misconceptions, {}",
            letter.about.id,
            bank.items.len(),
            bank.sets.len(),
            bank.misconceptions.len(),
            bank.fingerprint
        );
        assert!(!has_errors(&diagnostics));
        let blueprints = folder.files("blueprints");
        let (_, faults) = pilcrow::blueprint::load(&blueprints, &letter, &bank);
        assert!(faults.is_empty(), "{}", render_all(&faults, &blueprints));
    }
}

#[test]
fn the_example_is_small_and_whole() {
    let folder = Folder(questions().join("gettysburg-1863"));
    let (bank, _) = bank::load(&folder.files("bank"), &folder.letter(), &folder.pictures());
    let kinds: std::collections::BTreeSet<bank::Kind> = bank.items.iter().map(bank::Item::kind).collect();
    assert!(bank.items.len() >= 20 && kinds.len() >= 9, "{} items of {} kinds", bank.items.len(), kinds.len());
    assert!(bank.items.iter().any(|item| item.outside != bank::Outside::None));
    assert!(!bank.sets.is_empty() && !folder.letter().about.fingerprints.is_empty());
}

/// The program does not check its own bank at each start: what it takes unchecked is what it would have taken.
#[test]
fn a_sound_bank_is_the_same_unchecked() {
    for folder in folders() {
        let (files, letter, pictures) = (folder.files("bank"), folder.letter(), folder.pictures());
        let (bank, faults) = bank::load(&files, &letter, &pictures);
        assert!(!has_errors(&faults));
        assert_eq!(bank::load_proved(Unchecked::read(&files), &letter, &pictures), bank);
    }
}

#[test]
fn both_ways_of_reading_give_the_same() {
    folders().iter().for_each(read_both_ways);
}

fn read_both_ways(folder: &Folder) {
    let (letter, sound) = (folder.letter(), folder.files("bank"));
    // An unknown field outside of any list takes the slow way and spoils no item.
    let mended: Vec<Input> =
        sound.iter().map(|input| Input::new(&input.name, format!("{}\nspoilt: yes\n", input.text))).collect();
    let (fast, _) = bank::load(&sound, &letter, &folder.pictures());
    let (slow, faults) = bank::load(&mended, &letter, &folder.pictures());
    assert_eq!(faults.iter().filter(|fault| fault.message.contains("`spoilt`")).count(), sound.len());
    assert_eq!(fast, slow);
}

#[test]
fn the_fingerprint_is_of_what_is_printed() {
    let letter = kennedy().letter();
    let pictures = || kennedy().pictures();
    let fingerprint = |files: &[Input]| bank::load(files, &letter, &pictures()).0.fingerprint;
    let files = kennedy().files("bank");
    let changed = |from: &str, to: &str| {
        let mut files = files.clone();
        let file = files.iter_mut().find(|file| file.text.contains(from)).unwrap();
        file.text = file.text.replacen(from, to, 1).into();
        fingerprint(&files)
    };
    let before = fingerprint(&files);
    assert_eq!(before, changed("items:", "# a comment\nitems:"));
    assert_ne!(before, changed("dok: 1", "dok: 2"));
    assert_ne!(before, changed("explanation: \"", "explanation: \"X "));
    assert_eq!(before.len(), 64);
    let with = |pictures: &[Stored]| bank::load(&files, &letter, pictures).0.fingerprint;
    let mut other = pictures();
    let picture = other.iter_mut().find(|p| p.name.ends_with("letters-and-events.svg")).unwrap();
    picture.bytes = Ok([picture.bytes.as_deref().unwrap(), b" "].concat().into());
    assert_ne!(before, with(&other), "a changed picture");
    let unseen = Stored { name: "pictures/unseen.svg".to_owned(), bytes: Ok(b"<svg/>".as_slice().into()) };
    assert_eq!(before, with(&[pictures(), vec![unseen]].concat()), "a picture that nothing shows");
}

#[test]
fn the_schemas_are_those_of_the_types() {
    let schemas = [
        ("schema.json", schemars::schema_for!(bank::raw::RawBank)),
        ("schema-blueprint.json", schemars::schema_for!(pilcrow::blueprint::Blueprint)),
        ("schema-letter.json", schemars::schema_for!(pilcrow::letter::About)),
    ];
    for (name, schema) in schemas {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let path = questions().join(name);
        if std::env::var_os("PILCROW_BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == text, "questions/{name} is not that of the types: run the tests with PILCROW_BLESS=1");
    }
}

/// The YAML examples of the manual that begin with a word.
fn examples(begin: &str) -> Vec<String> {
    let manual = std::fs::read_to_string(questions().join("README.md")).unwrap();
    let blocks = manual.split("```yaml\n").skip(1).map(|block| block.split("```").next().unwrap().to_owned());
    blocks.filter(|block| block.starts_with(begin)).collect()
}

#[test]
fn the_manual_shows_every_kind_whole_and_each_passes_check() {
    let letter = kennedy().letter();
    let items: Vec<String> = examples("- id:").iter().map(|block| block.replace("\n", "\n  ")).collect();
    let text = format!("items:\n  {}\n", items.join("\n  "));
    // The examples name misconceptions of the shipped bank; the manual's own example of one is among them.
    let known = std::fs::read_to_string(questions().join("kennedy-1961/bank/misconceptions.yaml")).unwrap();
    let files = [Input::new("manual", text), Input::new("misconceptions.yaml", known)];
    let (bank, faults) = bank::load(&files, &letter, &kennedy().pictures());
    let faults: Vec<String> =
        faults.iter().filter(|fault| fault.severity != Severity::Note).map(|fault| fault.render(&files)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let shown: std::collections::BTreeSet<bank::Kind> = bank.items.iter().map(bank::Item::kind).collect();
    assert_eq!(shown.into_iter().collect::<Vec<_>>(), bank::Kind::ALL);
}

#[test]
fn the_manual_shows_pictures_whole() {
    let blocks: Vec<String> = examples("sets:").into_iter().filter(|block| block.contains("picture:")).collect();
    assert_eq!(blocks.len(), 1);
    let files = [Input::new("manual", blocks[0].clone())];
    let (bank, faults) = bank::load(&files, &kennedy().letter(), &kennedy().pictures());
    assert!(faults.is_empty(), "{}", render_all(&faults, &files));
    assert!(bank.items.len() == 2 && bank.items[1].figure.is_some());
    assert!(matches!(bank.sets[0].passages[0], bank::Passage::Figure(_)));
}

#[test]
fn the_blueprint_of_the_manual_is_sound() {
    let letter = kennedy().letter();
    let (bank, _) = bank::load(&kennedy().files("bank"), &letter, &kennedy().pictures());
    let blocks = examples("name:");
    assert_eq!(blocks.len(), 1);
    let inputs = [Input::new("manual", blocks[0].clone())];
    let (blueprints, faults) = pilcrow::blueprint::load(&inputs, &letter, &bank);
    assert!(faults.is_empty() && blueprints.len() == 1, "{}", pilcrow::diag::render_all(&faults, &inputs));
}

#[test]
fn the_manual_lists_every_rule() {
    let manual = std::fs::read_to_string(questions().join("README.md")).unwrap();
    let missing: Vec<String> = bank::RULES
        .iter()
        .map(|rule| format!("| {} | {} |", rule.code, rule.title))
        .filter(|row| !manual.contains(row))
        .collect();
    assert!(missing.is_empty(), "questions/README.md lacks:\n{}", missing.join("\n"));
}
