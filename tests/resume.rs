//! A run that was cut off leaves whole files only, says how far it came, and goes on where it was; no file is taken on trust.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::common::{done, files};
use sha2::{Digest, Sha256};

/// Long enough to be cut off in the middle.
const RUN: [&str; 7] = ["make", "--forms", "12", "--format", "html", "--out", "w"];
const JOURNAL: &str = ".pilcrow-run";

type Files = BTreeMap<String, Vec<u8>>;

fn contents(folder: &Path) -> Files {
    files(folder).into_iter().collect()
}

/// The files of the run when nothing disturbs it.
fn undisturbed(more: &[&str]) -> Files {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &[&RUN[..], more].concat());
    contents(&folder.path().join("w"))
}

/// Starts the run and sends it a signal when some of its files are there.
fn cut_off(folder: &Path, signal: &str) -> Output {
    let out = folder.join("w");
    for _ in 0..10 {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("pilcrow"))
            .current_dir(folder)
            .env("RAYON_NUM_THREADS", "1")
            .args(RUN)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut running = true;
        // The journal, a temporary file and four finished ones.
        while running && std::fs::read_dir(&out).map_or(0, Iterator::count) < 6 {
            std::thread::yield_now();
            running = child.try_wait().unwrap().is_none();
        }
        if running {
            assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        }
        let output = child.wait_with_output().unwrap();
        if !output.status.success() {
            return output;
        }
        // On a busy machine the run may be done before anybody looks.
        std::fs::remove_dir_all(&out).unwrap();
    }
    panic!("the run was always faster than the signal");
}

/// Goes on with the run; returns how many files it did not make again.
fn go_on(folder: &Path, more: &[&str]) -> usize {
    let shown = done(folder, &[&RUN[..], &["--resume", "--json"], more].concat());
    serde_json::from_str::<serde_json::Value>(&shown).unwrap()["kept"].as_u64().unwrap() as usize
}

/// What lies in the folder beside the journal: finished files alone, each as it should be.
fn finished(folder: &Path, expected: &Files) -> Vec<String> {
    let mut found = contents(&folder.join("w"));
    assert!(found.remove(JOURNAL).is_some(), "the journal is kept for --resume");
    assert!(!found.is_empty() && found.len() < expected.len(), "{} files", found.len());
    for (name, bytes) in &found {
        assert!(expected.get(name) == Some(bytes), "{name} is not whole");
    }
    found.into_keys().collect()
}

#[test]
fn a_run_that_is_ended_goes_on_where_it_was() {
    let expected = undisturbed(&[]);
    for signal in ["-INT", "-TERM"] {
        let folder = tempfile::tempdir().unwrap();
        let output = cut_off(folder.path(), signal);
        let there = finished(folder.path(), &expected);
        assert_eq!(output.status.code(), Some(130));
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            format!(
                "interrupted: {} of 26 files are written to w/, each of them whole\n  \
                 help: the same command with --resume makes the others\n",
                there.len()
            )
        );
        assert!(output.stdout.is_empty());
        assert_eq!(go_on(folder.path(), &[]), there.len());
        assert!(contents(&folder.path().join("w")) == expected, "the journal is gone and every file is there");
    }
}

#[test]
fn a_killed_run_goes_on_and_no_temporary_file_stays() {
    let expected = undisturbed(&[]);
    let folder = tempfile::tempdir().unwrap();
    cut_off(folder.path(), "-KILL");
    let temporary = |file: &str| {
        let digest: String = Sha256::digest(file).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        folder.path().join(format!("w/.pilcrow-{digest}-aB3dE6"))
    };
    // One of this run's files, and one of a run that may be at work in the same folder.
    let (ours, other) = (temporary("kennedy-1961-worksheet-L.html"), temporary("gettysburg-worksheet-A.html"));
    std::fs::write(&ours, "half a fi").unwrap();
    std::fs::write(&other, "half a fi").unwrap();
    go_on(folder.path(), &[]);
    assert!(!ours.exists() && other.exists());
    std::fs::remove_file(other).unwrap();
    assert!(contents(&folder.path().join("w")) == expected);
}

#[test]
fn what_was_changed_cut_short_or_lost_since_is_made_again() {
    let expected = undisturbed(&[]);
    let folder = tempfile::tempdir().unwrap();
    cut_off(folder.path(), "-INT");
    let there = finished(folder.path(), &expected);
    let at = |file: &str| folder.path().join("w").join(file);
    let mut bytes = std::fs::read(at(&there[0])).unwrap();
    bytes[100] ^= 1;
    std::fs::write(at(&there[0]), bytes).unwrap();
    let short = &std::fs::read(at(&there[1])).unwrap()[..200];
    std::fs::write(at(&there[1]), short).unwrap();
    std::fs::remove_file(at(&there[2])).unwrap();
    assert_eq!(go_on(folder.path(), &[]), there.len() - 3);
    assert!(contents(&folder.path().join("w")) == expected);
}

#[test]
fn a_journal_of_another_run_is_not_believed() {
    let expected = undisturbed(&["--seed", "2"]);
    let folder = tempfile::tempdir().unwrap();
    cut_off(folder.path(), "-INT");
    assert_eq!(go_on(folder.path(), &["--seed", "2"]), 0);
    assert!(contents(&folder.path().join("w")) == expected);
    // Other labels: the same seed, bank and blueprint, and yet other sheets.
    let own = folder.path().join("mine/labels");
    std::fs::create_dir_all(&own).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let labels = std::fs::read_to_string(root.join("templates/labels/en.yaml")).unwrap();
    std::fs::write(own.join("en.yaml"), labels.replace("name: \"Name\"", "name: \"Nombre\"")).unwrap();
    std::fs::remove_dir_all(folder.path().join("w")).unwrap();
    cut_off(folder.path(), "-INT");
    assert_eq!(go_on(folder.path(), &["--templates", "mine"]), 0);
    let sheet = std::fs::read_to_string(folder.path().join("w/kennedy-1961-worksheet-A.html")).unwrap();
    assert!(sheet.contains("Nombre"));
}

#[test]
fn without_a_journal_only_what_differs_is_written() {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &RUN);
    let expected = contents(&folder.path().join("w"));
    let place = |file: &str| folder.path().join("w").join(file).metadata().unwrap().ino();
    let changed = "kennedy-1961-worksheet-C.html";
    std::fs::write(folder.path().join("w").join(changed), "something else").unwrap();
    let before: Vec<(&String, u64)> = expected.keys().map(|file| (file, place(file))).collect();
    assert_eq!(go_on(folder.path(), &[]), 0);
    assert!(contents(&folder.path().join("w")) == expected);
    for (file, was) in before {
        assert_eq!(place(file) == was, file != changed, "{file}");
    }
}

#[test]
fn parts_go_on_each_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let part = |shard: &str, more: &[&str]| done(folder.path(), &[&RUN[..], &["--shard", shard], more].concat());
    part("1/2", &[]);
    part("2/2", &[]);
    let expected = contents(&folder.path().join("w"));
    std::fs::remove_file(folder.path().join("w/kennedy-1961-worksheet-B.html")).unwrap();
    std::fs::write(folder.path().join("w/.pilcrow-run-2-of-2"), "the other part is at work\n").unwrap();
    part("1/2", &["--resume"]);
    let mut found = contents(&folder.path().join("w"));
    assert!(found.remove(".pilcrow-run-2-of-2").is_some(), "the journal of another part is left alone");
    assert!(found == expected);
}

#[test]
fn a_disk_that_takes_no_more_leaves_no_half_file() {
    let expected = undisturbed(&[]);
    let folder = tempfile::tempdir().unwrap();
    // A limit that a worksheet keeps and a key breaks; where the signal is ignored, writing fails as on a full disk.
    let sizes = |part: &'static str| {
        expected.iter().filter(move |(name, _)| name.contains(part)).map(|(_, bytes)| bytes.len() / 1024)
    };
    let limit = sizes("-worksheet-").max().unwrap() + 1;
    assert!(limit + 1 < sizes("-key-").min().unwrap(), "keys are the longer files");
    let program = assert_cmd::cargo::cargo_bin("pilcrow");
    let script = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" \"$@\"");
    let output = Command::new("bash")
        .args(["-c", &script])
        .arg(program)
        .args(RUN)
        .current_dir(folder.path())
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let there = finished(folder.path(), &expected);
    let (message, far) = said.rsplit_once("\n  help: ").unwrap();
    assert_eq!(output.status.code(), Some(1));
    let (name, why) = message.strip_prefix("error: w/kennedy-1961-TEACHER-key-").unwrap().split_once(".html ").unwrap();
    assert!((1..=2).contains(&name.len()), "{said}");
    assert_eq!(
        why,
        "cannot be written: a file may not be so large here\n  \
         help: raise the limit (ulimit -f), or choose another folder with --out"
    );
    assert_eq!(
        far,
        format!(
            "{} of 26 files are written to w/, each of them whole; the same command with --resume makes the others\n",
            there.len()
        )
    );
    assert_eq!(go_on(folder.path(), &[]), there.len());
    assert!(contents(&folder.path().join("w")) == expected);
}
