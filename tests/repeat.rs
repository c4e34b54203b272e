//! Same inputs, same bytes: two processes, one and many threads, other zones, languages and folders.

use std::path::Path;

use pilcrow::cmd::source::Look;
use pilcrow::compose::{self, Aids, Context, Heading, KeyContext};
use pilcrow::doc::{LARGE, Print, Style};
use pilcrow::layout::{self, Faces};
use pilcrow::rng::Seed;
use pilcrow::write::pdf::{Differing, Press};

use crate::common;

fn make(folder: &Path, [threads, zone, language]: [&str; 3], extra: &[&str]) -> Vec<(String, Vec<u8>)> {
    let status = assert_cmd::Command::cargo_bin("pilcrow")
        .unwrap()
        .current_dir(folder)
        .env("RAYON_NUM_THREADS", threads)
        .env("TZ", zone)
        .env("LC_ALL", language)
        .arg("make")
        .args(extra)
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    common::files(&folder.join("worksheets"))
}

#[test]
fn two_processes_with_one_and_many_threads_write_equal_bytes() {
    let [kennedy, gettysburg] = common::shipped();
    for extra in [
        kennedy.args(&["--seed", "3"]),
        kennedy.args(&[
            "--blueprint",
            "document-exam",
            "--mode",
            "section-shuffle",
            "--print",
            "dyslexia",
            "--columns",
            "2",
        ]),
        kennedy.args(&["--blueprint", "parallel-retake", "--seed", "5"]),
        gettysburg.args(&["--seed", "3", "--print", "large"]),
        gettysburg.args(&["--blueprint", "exit-ticket", "--mode", "section-shuffle"]),
    ] {
        let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = make(a.path(), ["1", "UTC", "C"], &extra);
        let second = make(b.path(), ["8", "Asia/Tokyo", "tr_TR.UTF-8"], &extra);
        assert!(first.len() >= 19, "{}", first.len());
        let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&first), names(&second));
        for ((name, x), (_, y)) in first.iter().zip(&second) {
            assert!(x == y, "{name} differs between two runs");
        }
    }
}

#[test]
fn another_seed_gives_other_sheets_and_the_same_folder_is_replaced_whole() {
    let folder = tempfile::tempdir().unwrap();
    let first = make(folder.path(), ["2", "UTC", "C"], &["--seed", "1"]);
    let second = make(folder.path(), ["2", "UTC", "C"], &["--seed", "2"]);
    let third = make(folder.path(), ["2", "UTC", "C"], &["--seed", "1"]);
    assert!(first != second);
    assert!(first == third, "what stood in the folder before has left a trace");
}

/// The first documents of a run are set and coded in parts, on all cores; those after them are not.
#[test]
fn what_is_made_in_parts_is_the_same_as_what_is_made_in_one_go() {
    let source = common::kennedy();
    let look = Look::read(None).unwrap();
    let none = std::collections::BTreeSet::new();
    let heading = Heading::default();
    for blueprint in &source.blueprints {
        let (_, forms) = common::first_form(&source, blueprint);
        let filled = Style { fillable: true, print: Print::Large, large: LARGE, ..Style::default() };
        let columns = Style { columns: 2, ..Style::default() };
        for style in [Style::default(), columns, filled] {
            let context = Context {
                letter: &source.letter,
                sets: &source.bank.sets,
                labels: &look.labels,
                style,
                aids: &none,
                heading: &heading,
            };
            let worksheet = compose::worksheet(&forms[0].paper, context);
            let of_key = KeyContext {
                shared: context,
                bank: &source.bank,
                blueprint: Some(blueprint),
                forms: &forms,
                seed: Seed::new(1).unwrap(),
                aids: &Aids::default(),
            };
            for document in [worksheet, compose::key(&forms[0], of_key)] {
                let faces = Faces::load().unwrap();
                let first = layout::lay_out_together(&document, &faces).unwrap();
                let later = layout::lay_out(&document, &faces).unwrap();
                assert!(first == later, "{}: pages differ", document.title);
                let press = Press::new(&faces, &[&first], Differing::default()).unwrap();
                let pages = first.clone();
                let (first, later) = (press.write(&first).unwrap(), press.write(&later).unwrap());
                assert!(first == later, "{}: files differ", document.title);
                let (press, proof) = Press::with_first(&faces, pages, Differing::default()).unwrap();
                assert!(press.write_proof(&proof).unwrap() == later, "{}: its first file differs", document.title);
            }
        }
    }
}
