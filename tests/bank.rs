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
