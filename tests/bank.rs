//! The shipped bank loads, and its schema is the one in the repository.

use std::path::{Path, PathBuf};

use pilcrow::diag::{has_errors, render_all};
use pilcrow::input::Input;
use pilcrow::{bank, letter};

fn questions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("questions")
}

fn the_letter() -> letter::Letter {
    let folder = questions().join("kennedy-1961");
    let text = std::fs::read_to_string(folder.join("letter.txt")).unwrap();
    let about = serde_yaml::from_str(&std::fs::read_to_string(folder.join("letter.yaml")).unwrap()).unwrap();
    letter::read(&text, about).unwrap().0
}

/// The files of the shipped bank, or of the folder in `PILCROW_BANK`.
fn files() -> Vec<Input> {
    let folder = std::env::var_os("PILCROW_BANK").map_or_else(|| questions().join("kennedy-1961/bank"), PathBuf::from);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "yaml"));
    paths.sort();
    paths
        .iter()
        .map(|path| Input::new(path.file_name().unwrap().to_string_lossy(), std::fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn the_shipped_bank_is_sound() {
    let files = files();
    let (bank, diagnostics) = bank::load(&files, &the_letter());
    println!("{}", render_all(&diagnostics, &files));
    println!(
        "{} items, {} sets, {} misconceptions, {}",
        bank.items.len(),
        bank.sets.len(),
        bank.misconceptions.len(),
        bank.fingerprint
    );
    assert!(!has_errors(&diagnostics));
}

#[test]
fn both_ways_of_reading_give_the_same() {
    let letter = the_letter();
    let sound = files();
    // An unknown field outside of any list takes the slow way and spoils no item.
    let mended: Vec<Input> =
        sound.iter().map(|input| Input::new(&input.name, format!("{}\nspoilt: yes\n", input.text))).collect();
    let (fast, _) = bank::load(&sound, &letter);
    let (slow, faults) = bank::load(&mended, &letter);
    assert_eq!(faults.iter().filter(|fault| fault.message.contains("`spoilt`")).count(), sound.len());
    assert_eq!(fast, slow);
}

#[test]
fn the_fingerprint_is_of_what_is_printed() {
    let letter = the_letter();
    let fingerprint = |files: &[Input]| bank::load(files, &letter).0.fingerprint;
    let files = files();
    let changed = |from: &str, to: &str| {
        let mut files = files.clone();
        let file = files.iter_mut().find(|file| file.text.contains(from)).unwrap();
        file.text = file.text.replacen(from, to, 1);
        fingerprint(&files)
    };
    let before = fingerprint(&files);
    assert_eq!(before, changed("items:", "# a comment\nitems:"));
    assert_ne!(before, changed("dok: 1", "dok: 2"));
    assert_ne!(before, changed("explanation: \"", "explanation: \"X "));
    assert_eq!(before.len(), 64);
}

#[test]
fn the_schema_is_that_of_the_types() {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(bank::raw::RawBank)).unwrap();
    text.push('\n');
    let path = questions().join("schema.json");
    if std::env::var_os("PILCROW_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "questions/schema.json is not that of the types: run the tests with PILCROW_BLESS=1");
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
