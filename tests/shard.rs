//! A run in parts is the run: the same files, each once, and its manifest joined of theirs; what is missing or double is named.

use std::collections::BTreeMap;
use std::path::Path;

use crate::common::{done, files, refused};

const PUPILS: &str = "name,class,print\nAda,3,\nBen,3,large\nChi,4,\nDee,4,\nEve,4,\nFay,4,\nGus,5,spaced\n";

/// The files of a whole run.
fn whole(folder: &Path, args: &[&str]) -> BTreeMap<String, Vec<u8>> {
    done(folder, &[&["make", "--out", "whole"], args].concat());
    files(&folder.join("whole")).into_iter().collect()
}

/// Makes the parts of a run, the last part first.
fn parts(folder: &Path, args: &[&str], of: u32, out: &str) {
    for part in (1..=of).rev() {
        let shard = format!("{part}/{of}");
        let shown = done(folder, &[&["make", "--out", out, "--shard", &shard], args].concat());
        assert!(!shown.contains("earlier run") && !shown.contains("note:"), "{shown}");
    }
}

#[test]
fn parts_together_are_the_whole_run() {
    let exit_ticket = ["--blueprint", "exit-ticket"];
    let runs: [(&[&str], &[u32]); 4] = [
        (&["--forms", "5"], &[1, 2, 7]),
        (&["--forms", "3", "--roster", "p.csv"], &[2, 9]),
        (&["--forms", "30", "--mode", "section-shuffle", "--format", "html"], &[4]),
        (&["--forms", "29", "--roster", "p.csv", "--documents", "keys,strip", "--format", "html"], &[3]),
    ];
    for (args, numbers) in runs {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("p.csv"), PUPILS).unwrap();
        let args = [&exit_ticket[..], args].concat();
        let expected = whole(folder.path(), &args);
        for of in numbers {
            let out = format!("in-{of}");
            parts(folder.path(), &args, *of, &out);
            done(folder.path(), &["merge", &out]);
            let (manifests, found): (BTreeMap<_, _>, BTreeMap<_, _>) =
                files(&folder.path().join(&out)).into_iter().partition(|(name, _)| name.contains("-of-"));
            assert_eq!(manifests.len(), *of as usize);
            assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{args:?} in {of}");
            for (name, bytes) in &expected {
                assert!(found[name] == *bytes, "{args:?} in {of}: {name} differs");
            }
        }
    }
}

#[test]
fn no_file_is_in_two_parts() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["--blueprint", "exit-ticket", "--forms", "28", "--format", "html"];
    let expected = whole(folder.path(), &args).len();
    let mut sizes = Vec::new();
    let mut all = Vec::new();
    for part in 1..=3 {
        let out = format!("part-{part}");
        done(folder.path(), &[&["make", "--out", &out, "--shard", &format!("{part}/3")][..], &args].concat());
        let names: Vec<String> = files(&folder.path().join(&out)).into_iter().map(|(name, _)| name).collect();
        sizes.push(names.iter().filter(|name| name.contains("-worksheet-")).count());
        all.extend(names.into_iter().filter(|name| !name.starts_with("manifest")));
    }
    all.sort();
    let count = all.len();
    all.dedup();
    assert_eq!((sizes.as_slice(), count, all.len()), (&[10, 9, 9][..], expected - 1, expected - 1));
    // Machines with a folder each: the files of a part are looked for beside its manifest.
    done(folder.path(), &["merge", "part-1", "part-2", "part-3", "--out", "joined"]);
    let joined = std::fs::read(folder.path().join("joined/manifest.yaml")).unwrap();
    assert!(joined == std::fs::read(folder.path().join("whole/manifest.yaml")).unwrap());
}

#[test]
fn only_the_documents_asked_for_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["--blueprint", "exit-ticket", "--forms", "2", "--format", "html"];
    let expected = whole(folder.path(), &args);
    for (documents, count) in [("worksheets", 2), ("keys", 2), ("strip", 1), ("keys,worksheets", 4)] {
        let shown = done(folder.path(), &[&["make", "--out", documents, "--documents", documents][..], &args].concat());
        let found = files(&folder.path().join(documents));
        assert_eq!(found.len(), count + 1, "{documents}");
        for (name, bytes) in found.iter().filter(|(name, _)| name != "manifest.yaml") {
            assert!(expected[name] == *bytes, "{name} differs");
            let kind =
                ["key", "strip", "worksheet"].into_iter().find(|kind| name.contains(&format!("-{kind}"))).unwrap();
            assert!(documents.contains(kind), "{name} was not asked for");
        }
        assert_eq!(shown.contains("print the worksheets"), documents.contains("worksheets"), "{shown}");
    }
    // The sheets keep their codes in the manifest, so that keys can be made; a folder of other sheets is not written into unsaid.
    let manifest = std::fs::read_to_string(folder.path().join("keys/manifest.yaml")).unwrap();
    assert_eq!(manifest.matches("\n  code: ").count(), 4, "two sheets and two keys");
    let args = ["make", "--out", "worksheets", "--documents", "keys", "--seed", "9", "--blueprint", "exit-ticket"];
    let shown = done(folder.path(), &args);
    assert!(shown.contains("note: a run with other codes (seed 1) has been made in worksheets"), "{shown}");
}

#[test]
fn a_key_of_a_large_run_names_the_numbers_of_its_own_26_forms() {
    let folder = tempfile::tempdir().unwrap();
    let args =
        ["--questions", "8", "--mode", "section-shuffle", "--forms", "30", "--format", "html", "--documents", "keys"];
    let keys = whole(folder.path(), &args);
    let named = |form: &str| -> Vec<String> {
        let key = String::from_utf8(keys[&format!("kennedy-1961-TEACHER-key-{form}.html")].clone()).unwrap();
        let lists = key.split("In other forms: ").skip(1).map(|rest| rest.split(['<', '·']).next().unwrap().to_owned());
        lists
            .flat_map(|list| list.split(", ").map(|f| f.split('\u{a0}').next().unwrap().to_owned()).collect::<Vec<_>>())
            .collect()
    };
    let (early, late) = (named("B"), named("AB"));
    assert!(early.contains(&"Z".to_owned()) && early.iter().all(|form| form.len() == 1), "{early:?}");
    assert!(!late.is_empty() && late.iter().all(|form| ["AA", "AC", "AD"].contains(&form.as_str())), "{late:?}");
}

#[test]
fn a_part_that_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (shard, why) in [
        ("0/3", "parts are counted from 1: the first is 1/3"),
        ("4/3", "there are only 3 parts: the last is 3/3"),
        ("1/0", "a run has at least one part: 1/1 is all of it"),
        ("x", "write a part and the number of parts, such as 2/5"),
        ("-1/3", "write a part and the number of parts, such as 2/5"),
    ] {
        let said = refused(folder.path(), &["make", &format!("--shard={shard}")], 2);
        let expected = format!(
            "error: invalid value '{shard}' for '--shard <I/N>': {why}\n\nFor more information, try '--help'.\n"
        );
        assert_eq!(said, expected);
    }
    assert!(files(folder.path()).is_empty());
}

#[test]
fn a_key_is_made_from_the_manifest_of_any_part() {
    let folder = tempfile::tempdir().unwrap();
    // Made of flags: the code alone is not enough for a key.
    parts(folder.path(), &["--points", "6", "--format", "html"], 3, "parts");
    let manifest = std::fs::read_to_string(folder.path().join("parts/manifest-3-of-3.yaml")).unwrap();
    let code = manifest.split("\n  code: ").nth(1).unwrap().split('\n').next().unwrap();
    for given in ["parts/manifest-1-of-3.yaml", "parts/manifest-3-of-3.yaml", "parts"] {
        done(folder.path(), &["key", code, "--manifest", given, "--out", "keys", "--format", "html"]);
        let (name, _) = files(&folder.path().join("keys")).pop().unwrap();
        assert_eq!(name, format!("kennedy-1961-TEACHER-key-D-{code}.html"));
        std::fs::remove_dir_all(folder.path().join("keys")).unwrap();
    }
}

#[test]
fn merge_names_every_gap_and_every_overlap() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["--blueprint", "exit-ticket", "--forms", "4", "--format", "html"];
    parts(folder.path(), &args, 4, "w");
    std::fs::create_dir(folder.path().join("again")).unwrap();
    let at = |name: &str| folder.path().join(name);
    for file in ["manifest-3-of-4.yaml", "kennedy-1961-worksheet-C.html", "kennedy-1961-TEACHER-key-C.html"] {
        std::fs::copy(at("w").join(file), at("again").join(file)).unwrap();
    }
    std::fs::remove_file(at("w/manifest-2-of-4.yaml")).unwrap();
    std::fs::remove_file(at("w/kennedy-1961-worksheet-A.html")).unwrap();
    std::fs::remove_file(at("w/kennedy-1961-TEACHER-strip.html")).unwrap();
    let text = std::fs::read_to_string(at("w/manifest-4-of-4.yaml")).unwrap();
    std::fs::write(at("w/manifest-4-of-4.yaml"), text.replace("-key-D.html", "-key-C.html")).unwrap();
    let said = refused(folder.path(), &["merge", "w", "w/manifest-1-of-4.yaml", "again"], 1);
    assert_eq!(
        said,
        "error: the parts do not make one whole run:\n  \
         gap: part 2 of 4 is missing (--shard 2/4)\n  \
         overlap: part 3 of 4 is in w/manifest-3-of-4.yaml and in again/manifest-3-of-4.yaml\n  \
         gap: w/kennedy-1961-worksheet-A.html is not there, and w/manifest-1-of-4.yaml lists it\n  \
         gap: w/kennedy-1961-TEACHER-strip.html is not there, and w/manifest-1-of-4.yaml lists it\n  \
         overlap: kennedy-1961-TEACHER-key-C.html is listed in again/manifest-3-of-4.yaml and in w/manifest-4-of-4.yaml\n  \
         help: make a part with gaps again by its command with --resume; take away what is there twice; nothing was written\n"
    );
    assert!(!at("w/manifest.yaml").exists());
    // A list that somebody has shortened by hand.
    parts(folder.path(), &args, 4, "w");
    let text = std::fs::read_to_string(at("w/manifest-2-of-4.yaml")).unwrap();
    let (before, rest) = text.split_once("sheets:\n").unwrap();
    let (_, after) = rest.split_once("keys:\n").unwrap();
    std::fs::write(at("w/manifest-2-of-4.yaml"), format!("{before}sheets: []\nkeys:\n{after}")).unwrap();
    let said = refused(folder.path(), &["merge", "w"], 1);
    assert!(said.contains("gap: w/manifest-2-of-4.yaml lists 0 worksheets, and its part has 1\n"), "{said}");
    assert!(!at("w/manifest.yaml").exists());
}

#[test]
fn merge_joins_only_parts_of_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["make", "--blueprint", "exit-ticket", "--forms", "2", "--format", "html"];
    let part = |shard: &str, more: &[&str]| {
        done(folder.path(), &[&args[..], &["--out", "w", "--shard", shard], more].concat());
    };
    part("1/2", &[]);
    part("2/2", &["--seed", "8", "--paper", "a4"]);
    let help = "\n  help: give the manifests of one run: the same command in every part, but for --shard; nothing was written\n";
    let head = "error: w/manifest-2-of-2.yaml is of another run than w/manifest-1-of-2.yaml: ";
    let said = refused(folder.path(), &["merge", "w"], 1);
    assert_eq!(said, format!("{head}the seed is “8”, not “1”; the look of the sheets is another{help}"));
    part("2/2", &["--teacher", "Ms. Rivera"]);
    let said = refused(folder.path(), &["merge", "w"], 1);
    assert_eq!(said, format!("{head}its roster, its head, its labels or its files were asked for otherwise{help}"));
    done(folder.path(), &[&args[..], &["--out", "whole"]].concat());
    let said = refused(folder.path(), &["merge", "whole/manifest.yaml", "nowhere.yaml", "whole"], 1);
    assert_eq!(
        said,
        "error: whole: no manifest of a part lies in this folder, such as manifest-1-of-5.yaml\n\
         whole/manifest.yaml: this is the manifest of a whole run; there is nothing to join\n\
         nowhere.yaml: there is no such file\n  help: check the name, and the folder in which you are\n  \
         help: `pilcrow make --shard 2/5` writes manifest-2-of-5.yaml beside its files; give these manifests, or their folder\n"
    );
}
