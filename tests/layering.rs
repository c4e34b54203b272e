//! A file may import only from the layers above it in `src/lib.rs`, and the crates that one module owns stay in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
    out.sort();
}

fn all() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 30, "the sources were not found");
    files
        .iter()
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            let layer = name.split(['/', '.']).next().unwrap().to_owned();
            // What tests import is not what the program imports.
            let text = std::fs::read_to_string(path).unwrap();
            let program = text.split("#[cfg(test)]").next().unwrap().to_owned();
            (name, layer, program)
        })
        .collect()
}

/// The layers in their order, as `src/lib.rs` lists them.
fn layers() -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    text.lines().filter_map(|line| Some(line.strip_prefix("pub mod ")?.trim_end_matches(';').to_owned())).collect()
}

/// Every layer named after `crate::` in a text.
fn imports(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + 7..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').collect(),
            None => vec![rest],
        };
        for name in names {
            let word: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.push(word);
        }
    }
    found
}

#[test]
fn files_import_only_from_the_layers_above() {
    let layers = layers();
    let rank: BTreeMap<&str, usize> = layers.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let mut faults = Vec::new();
    for (name, layer, text) in all() {
        let Some(own) = rank.get(layer.as_str()) else { continue };
        for import in imports(&text) {
            if let Some(other) = rank.get(import.as_str())
                && other > own
            {
                faults.push(format!("{name} imports {import}, which stands below it"));
            }
        }
    }
    assert!(layers.len() >= 15 && faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_check_sees_an_import_of_each_shape() {
    let text = "use crate::bank::Bank;\nuse crate::{doc, rng::Seed};\nlet x = crate::cmd::run();\n// crate::cli";
    assert_eq!(imports(text), ["bank", "doc", "rng", "cmd"]);
}

#[test]
fn crates_and_files_stay_in_the_module_that_owns_them() {
    // A word of the source, and the beginnings of the file names where it may stand.
    let owners: &[(&str, &[&str])] = &[
        ("rand::", &["rng.rs"]),
        ("tera::", &["write/html"]),
        ("printpdf::", &["write/pdf"]),
        ("lopdf::", &["write/pdf"]),
        ("usvg::", &["picture/"]),
        ("tiny_skia::", &["export/docx/pixels.rs"]),
        ("png::", &["picture/", "picture.rs"]),
        ("zune_jpeg::", &["picture/"]),
        ("zip::", &["exchange/archive.rs"]),
        ("quick_xml::", &["exchange/xml/"]),
        ("rusqlite::", &["export/anki/collection.rs"]),
        ("rust_xlsxwriter::", &["exchange/workbook.rs"]),
        ("std::fs", &["cmd/", "file.rs", "input.rs"]),
        ("println!", &["cmd/", "main.rs", "cli.rs"]),
        ("SystemTime", &["cmd/study/terminal.rs"]),
        ("dialoguer::", &["cmd/study/desk.rs"]),
    ];
    let mut faults = Vec::new();
    for (name, _, text) in all() {
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for &(word, homes) in owners {
            if code.iter().any(|line| line.contains(word)) && !homes.iter().any(|home| name.starts_with(home)) {
                faults.push(format!("{name} has {word}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let silent: Vec<String> =
        all().into_iter().filter(|(_, _, text)| !text.starts_with("//! ")).map(|(name, ..)| name).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn every_file_of_tests_is_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let listed = std::fs::read_to_string(root.join("main.rs")).unwrap();
    let forgotten: Vec<String> = std::fs::read_dir(&root)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs") || path.join("mod.rs").exists())
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "main" && !listed.contains(&format!("mod {name};")))
        .collect();
    assert!(forgotten.is_empty(), "tests/main.rs does not list {forgotten:?}");
}
