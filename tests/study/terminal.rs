//! The session in a terminal: line by line, as a pipe or a screen reader has it, and with the arrow keys in a terminal of its own.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::common::refused;

/// A bank of a fixed set of kinds, asked whole.
fn every_kind() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/bank").display().to_string()
}

/// Plays a session: for each prompt, what `reply` types, until the program ends or `reply` has nothing more. All that was said.
fn session(folder: &Path, args: &[&str], mut reply: impl FnMut(&str, &str) -> Option<String>) -> String {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("pilcrow"))
        .args(["study", "--terminal"])
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take();
    let mut output = child.stdout.take().unwrap();
    let (mut said, mut seen) = (Vec::new(), 0);
    let mut bytes = [0; 4096];
    loop {
        let count = output.read(&mut bytes).unwrap();
        if count == 0 {
            break;
        }
        said.extend_from_slice(&bytes[..count]);
        let text = String::from_utf8_lossy(&said[seen..]).into_owned();
        // Every prompt is the last of what is said, and ends so.
        if let (true, Some(to)) = (text.ends_with(": "), &mut input) {
            let prompt = text.rsplit('\n').next().unwrap().to_owned();
            match reply(&prompt, &text) {
                Some(line) => writeln!(to, "{line}").unwrap(),
                None => input = None,
            }
            seen = said.len();
        }
    }
    assert!(child.wait().unwrap().success());
    String::from_utf8(said).unwrap()
}

/// Some answer to any prompt.
fn any(prompt: &str) -> String {
    if prompt.contains("in their order") {
        let last = prompt.split("letters of A–").nth(1).and_then(|rest| rest.chars().next()).unwrap();
        ('A'..=last).rev().collect()
    } else if prompt.starts_with("How many questions") {
        prompt.split("(A–").nth(1).and_then(|rest| rest.chars().next()).unwrap().to_string()
    } else if prompt.starts_with("Blank") || prompt.starts_with("Your answer:") || prompt.contains("for yourself") {
        "nothing".to_owned()
    } else if prompt.contains("Enter to answer") {
        String::new()
    } else {
        "A".to_owned()
    }
}

/// The progress in a file.
fn kept(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn a_session_of_every_kind_comes_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let bank = every_kind();
    let args = ["--bank", &bank, "--seed", "5", "--progress", "mine.json"];
    let said = session(folder.path(), &args, |prompt, _| Some(any(prompt)));
    for words in ["for a grade", "── Question 1 of", "once more", "Your round:", "Read again: ¶"] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    let mine = kept(&folder.path().join("mine.json"));
    let cards = mine["cards"].as_object().unwrap();
    assert!(cards.len() >= 13, "{}", cards.len());
    assert!(cards.values().all(|card| (1..=2).contains(&card["box"].as_u64().unwrap())));
    // What was missed is due at once, and offered first.
    let again = session(folder.path(), &args, |_, _| None);
    assert!(again.contains("  A. Due today ("), "{again}");
    // The same seed and no progress give the same session.
    let other = tempfile::tempdir().unwrap();
    assert_eq!(session(other.path(), &args, |prompt, _| Some(any(prompt))), said);
}

/// Knows the letter by heart: gives the key of every choice and verdict, whatever their order.
#[test]
fn right_answers_are_told_right_and_promoted() {
    let folder = tempfile::tempdir().unwrap();
    let source = crate::common::kennedy();
    let options: Vec<(String, bool)> = source
        .bank
        .items
        .iter()
        .filter_map(|item| match &item.task {
            pilcrow::bank::Task::SingleChoice { key, distractors, .. } => Some((key, distractors)),
            _ => None,
        })
        .flat_map(|(key, wrong)| std::iter::once((key, true)).chain(wrong.iter().map(|wrong| (wrong, false))))
        .map(|(choice, right)| (pilcrow::text::plain(&pilcrow::text::parse(&choice.text)), right))
        .collect();
    let mut right = 0;
    let said = session(folder.path(), &["--sections", "B", "--seed", "2", "--progress", "b.json"], |prompt, text| {
        if prompt.starts_with("What will you practice") {
            return Some("A".to_owned());
        }
        if prompt.starts_with("How many") {
            return Some("B".to_owned());
        }
        if prompt.starts_with("Your answer (A") {
            // Options may break over lines: they are known by how they begin.
            let keyed = text.lines().find_map(|line| {
                let (label, words) = line.trim_start().split_once(". ")?;
                let known = options.iter().find(|(option, _)| option.starts_with(words.trim()))?;
                known.1.then(|| label.to_owned())
            });
            right += usize::from(keyed.is_some());
            return Some(keyed.unwrap_or_else(|| "A".to_owned()));
        }
        Some(any(prompt))
    });
    assert!(right >= 2, "{said}");
    assert!(said.matches("✓ Right.").count() >= right, "{said}");
    let cards = kept(&folder.path().join("b.json"));
    let promoted = cards["cards"].as_object().unwrap().values().filter(|card| card["box"] == 2).count();
    assert!(promoted >= right);
}

#[test]
fn hints_and_the_paragraph_are_there_before_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let mut asked = Vec::new();
    let said = session(folder.path(), &["--sections", "C", "--seed", "4"], |prompt, _| {
        let first = !asked.contains(&prompt.to_owned()) && prompt.contains("hint 1");
        asked.push(prompt.to_owned());
        match (first, asked.len()) {
            (_, 40..) => None,
            (true, _) => Some(if prompt.contains("l: read") { "l".to_owned() } else { "?".to_owned() }),
            (false, _) if prompt.contains("hint 1") => Some("?".to_owned()),
            _ => Some(any(prompt)),
        }
    });
    assert!(said.contains("Hint 1: ") && said.contains("\n¶"), "{said}");
    assert!(said.contains("Your progress is not kept"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_is_not_understood_is_asked_again_and_q_ends() {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = ["zebra", "A", "A", "q"].iter();
    let said = session(folder.path(), &["--seed", "1"], |_, _| lines.next().map(|line| (*line).to_owned()));
    assert!(said.contains("“zebra” is not understood; type one of these: A–"), "{said}");
    assert!(said.contains("Nothing was answered."), "{said}");
}

#[test]
fn a_file_that_is_no_progress_of_this_quiz_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    for (text, said) in [
        ("My essay", "this is no progress of a quiz"),
        (
            "{\"quiz\":\"gettysburg-1863\",\"cards\":{}}",
            "the progress of the quiz gettysburg-1863, not of kennedy-1961",
        ),
    ] {
        std::fs::write(folder.path().join("mine.json"), text).unwrap();
        let message = refused(folder.path(), &["study", "--terminal", "--progress", "mine.json"], 1);
        assert!(message.contains(said) && message.contains("help:"), "{message}");
        assert_eq!(std::fs::read_to_string(folder.path().join("mine.json")).unwrap(), text);
    }
}

/// With the arrow keys, in a terminal that `script` makes.
#[cfg(target_os = "linux")]
#[test]
fn lists_are_moved_in_with_the_arrow_keys() {
    let folder = tempfile::tempdir().unwrap();
    let program = assert_cmd::cargo::cargo_bin("pilcrow");
    let line = format!("'{}' study --terminal --seed 7 --sections A --progress mine.json", program.display());
    let mut child = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .env("TERM", "xterm")
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script is needed: Debian has it in bsdutils");
    let (mut input, mut output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut said = String::new();
    // Surprise me, five; then whatever is asked, twice; Escape ends.
    for (wanted, keys) in
        [("What will you practice?", "\r"), ("How many questions?", "\r"), ("── Question 1 of 5", "\x1b")]
    {
        let mut bytes = [0; 4096];
        let from = said.len();
        while !said[from..].contains(wanted) {
            let count = output.read(&mut bytes).unwrap();
            assert!(count > 0, "{wanted} was not asked: {said}");
            said += &String::from_utf8_lossy(&bytes[..count]);
        }
        // The prompt is drawn after its heading; a key that comes early waits.
        std::thread::sleep(std::time::Duration::from_millis(300));
        input.write_all(keys.as_bytes()).unwrap();
    }
    output.read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().success(), "{said}");
    assert!(said.contains("Nothing was answered."), "{said}");
}
