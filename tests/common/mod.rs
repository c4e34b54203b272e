//! What several test files need: the shipped banks, the program, a folder to write to.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod exchange;

use std::path::{Path, PathBuf};
use std::process::Output;

use pilcrow::assemble::{Job, assemble};
use pilcrow::blueprint::Blueprint;
use pilcrow::cmd::source::Source;
use pilcrow::rng::Seed;
use pilcrow::sheet::Sheet;

/// The built-in bank.
pub fn kennedy() -> Source {
    Source::sound(None).unwrap_or_else(|failure| panic!("{failure}"))
}

/// A bank of this repository.
pub struct Shipped {
    /// Its folder.
    pub folder: PathBuf,
    /// It, read.
    pub source: Source,
    /// What chooses it on the command line.
    pub flags: Vec<String>,
}

/// Every bank of this repository: the built-in one, then the example.
pub fn shipped() -> [Shipped; 2] {
    let folder = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("questions").join(name);
    let example = folder("gettysburg-1863");
    let source = Source::sound(Some(&example)).unwrap_or_else(|failure| panic!("{failure}"));
    let flags = vec!["--bank".to_owned(), example.display().to_string()];
    [
        Shipped { folder: folder("kennedy-1961"), source: kennedy(), flags: Vec::new() },
        Shipped { folder: example, source, flags },
    ]
}

impl Shipped {
    /// A command line with what chooses the bank.
    pub fn args<'a>(&'a self, rest: &[&'a str]) -> Vec<&'a str> {
        rest.iter().copied().chain(self.flags.iter().map(String::as_str)).collect()
    }

    /// How its files begin.
    pub fn id(&self) -> &str {
        &self.source.letter.about.id
    }
}

/// A named blueprint of a bank in one of its modes.
pub fn blueprints(source: &Source) -> Vec<Blueprint> {
    let each_mode = |b: &Blueprint| -> Vec<Blueprint> {
        b.modes.iter().map(|mode| Blueprint { modes: vec![*mode], ..b.clone() }).collect()
    };
    source.blueprints.iter().flat_map(each_mode).collect()
}

/// A bank folder of this project.
pub fn bank(folder: &str) -> Source {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    Source::sound(Some(&folder)).unwrap_or_else(|failure| panic!("{failure}"))
}

/// A blueprint in its first mode, and the first form of it.
pub fn first_form(source: &Source, blueprint: &Blueprint) -> (Blueprint, Vec<Sheet>) {
    let mut blueprint = blueprint.clone();
    blueprint.modes.truncate(1);
    let sheets = assemble(job(source, &blueprint, 1), 0..1).unwrap();
    (blueprint, sheets)
}

/// The same of a blueprint with a name.
pub fn first_form_of(source: &Source, blueprint: &str) -> (Blueprint, Vec<Sheet>) {
    first_form(source, source.blueprints.iter().find(|known| known.name == blueprint).unwrap())
}

/// A job on a bank.
pub fn job<'a>(source: &'a Source, blueprint: &'a Blueprint, seed: u32) -> Job<'a> {
    Job { letter: &source.letter, bank: &source.bank, blueprint, seed: Seed::new(seed).unwrap() }
}

/// Runs the program in a folder.
pub fn pilcrow(folder: &Path, args: &[&str]) -> Output {
    assert_cmd::Command::cargo_bin("pilcrow").unwrap().current_dir(folder).args(args).output().unwrap()
}

/// Runs the program and expects it to end well; returns what it printed.
pub fn done(folder: &Path, args: &[&str]) -> String {
    let output = pilcrow(folder, args);
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{args:?}\n{}{shown}", String::from_utf8_lossy(&output.stderr));
    shown
}

/// Runs the program and expects exit code `code`; returns what it said on standard error.
pub fn refused(folder: &Path, args: &[&str], code: i32) -> String {
    let output = pilcrow(folder, args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{args:?}\n{said}");
    said
}

/// Every file of a folder and its folders with its bytes, sorted by name.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let inside = |name: String, path: std::path::PathBuf| -> Vec<(String, Vec<u8>)> {
        if path.is_dir() {
            files(&path).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)).collect()
        } else {
            vec![(name, std::fs::read(path).unwrap())]
        }
    };
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let mut all: Vec<(String, Vec<u8>)> =
        entries.flat_map(|entry| inside(entry.file_name().to_string_lossy().into_owned(), entry.path())).collect();
    all.sort();
    all
}

/// The text of a PDF as poppler reads it, spaces folded.
pub fn pdf_text(path: &Path) -> String {
    pdf_text_by(path, &[])
}

/// The text of a PDF in the order in which the file has it: poppler guesses at another where options stand side by side.
pub fn pdf_text_in_order(path: &Path) -> String {
    pdf_text_by(path, &["-raw"])
}

fn pdf_text_by(path: &Path, order: &[&str]) -> String {
    let output = std::process::Command::new("pdftotext")
        .args(["-enc", "UTF-8"])
        .args(order)
        .arg(path)
        .arg("-")
        .output()
        .expect("pdftotext is needed: tests/run installs poppler-utils");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}
