//! Faulty files: the faults expected are comments at the head of each, and exactly these must appear.
//! `PILCROW_BLESS=1` rewrites the comments; read the messages as a teacher would before you keep them.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pilcrow::bank::{self, Bank, RULES};
use pilcrow::diag::{Diagnostic, Severity, render_all};
use pilcrow::input::Input;
use pilcrow::picture::Stored;
use pilcrow::{blueprint, letter};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn the_letter() -> letter::Letter {
    let folder = root().join("questions/kennedy-1961");
    let text = std::fs::read_to_string(folder.join("letter.txt")).unwrap();
    let about = serde_yaml::from_str(&std::fs::read_to_string(folder.join("letter.yaml")).unwrap()).unwrap();
    letter::read(&text, about).unwrap().0
}

fn bad_files() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(root().join("tests/bad")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths
}

/// The pictures that bad files show.
fn pictures() -> Vec<Stored> {
    let folder = root().join("tests/bad/pictures");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let stored = |name: String| {
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        Stored { name: format!("pictures/{name}"), bytes: Ok(bytes.into()) }
    };
    names.into_iter().map(stored).collect()
}

/// Reads a file as what its name says it is.
fn check(name: &str, text: &str, letter: &letter::Letter) -> (Input, Vec<Diagnostic>) {
    let input = Input::new(name, text.to_owned());
    let inputs = [input.clone()];
    if name.starts_with("letter") {
        let (about, mut faults) = pilcrow::yaml::read::<letter::About>(&input, 0);
        let text = std::fs::read_to_string(root().join("questions/kennedy-1961/letter.txt")).unwrap();
        match about.map(|about| letter::read(&text, about)) {
            Some(Ok((letter, _))) => faults.extend(letter::aids(&letter, &input, 0)),
            Some(Err(found)) => faults.extend(found),
            None => {}
        }
        return (input, faults);
    }
    let (bank, faults) = match name.starts_with("blueprint") {
        true => (bank::load(&[], letter, &[]).0, Vec::new()),
        false => bank::load(&inputs, letter, &pictures()),
    };
    match name.starts_with("blueprint") {
        true => (input, blueprint::load(&inputs, letter, &bank).1),
        false => (input, faults),
    }
}

fn is_expectation(line: &str) -> bool {
    ["# error: ", "# warning: ", "# note: "].iter().any(|severity| line.starts_with(severity))
}

fn as_expectation(fault: &Diagnostic, input: &Input) -> String {
    let (line, column) = fault.place.as_ref().map_or((0, 0), |(_, span)| input.line_column(span.start));
    let rule = if fault.rule.is_empty() { String::new() } else { format!("{} ", fault.rule) };
    format!("# {}: {line}:{column} {rule}{}", fault.severity, fault.message)
}

/// With the right number of expectations at its head, the file's lines do not move any more.
fn bless(path: &Path, name: &str, body: &str, letter: &letter::Letter) {
    let count = check(name, body, letter).1.len();
    let padded = "#\n".repeat(count) + body;
    let (input, faults) = check(name, &padded, letter);
    let head: String = faults.iter().map(|fault| as_expectation(fault, &input) + "\n").collect();
    std::fs::write(path, head + body).unwrap();
}

#[test]
fn exactly_the_expected_faults() {
    let letter = the_letter();
    let mut wrong = Vec::new();
    for path in bad_files() {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut text = std::fs::read_to_string(&path).unwrap();
        if std::env::var_os("PILCROW_BLESS").is_some() {
            let body: String =
                text.lines().skip_while(|line| is_expectation(line)).map(|line| line.to_owned() + "\n").collect();
            bless(&path, &name, &body, &letter);
            text = std::fs::read_to_string(&path).unwrap();
        }
        let expected: Vec<&str> = text.lines().take_while(|line| is_expectation(line)).collect();
        let (input, faults) = check(&name, &text, &letter);
        let found: Vec<String> = faults.iter().map(|fault| as_expectation(fault, &input)).collect();
        let met = expected.len() == found.len() && expected.iter().all(|e| found.iter().any(|f| f.starts_with(e)));
        if std::env::var_os("PILCROW_SHOW").is_some() {
            println!("{}", render_all(&faults, std::slice::from_ref(&input)));
        }
        if !met {
            wrong.push(format!("{name}\nexpected:\n{}\nfound:\n{}\n", expected.join("\n"), found.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_bad_file() {
    let heads: String = bad_files().iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let missing: Vec<&str> = RULES
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !heads.lines().any(|line| is_expectation(line) && line.contains(&format!(" {code} "))))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// An item that has a text for its quotation, id and theme.
fn shape_of_an_item(text: &str) -> String {
    format!(
        "items:\n  - {{id: {text}, kind: essay, cite: [6], evidence: [{{cite: 6, quote: {text}}}], explanation: x, bloom: apply, dok: 2, difficulty: easy, skills: [evidence], theme: {text}}}\n"
    )
}

/// What is thrown at the reader must be refused with one clear error, and soon.
#[test]
fn hostile_texts_are_refused_in_a_second() {
    let letter = the_letter();
    let long = |line: &str, megabytes: usize| line.repeat((megabytes << 20) / line.len());
    let texts = [
        ("brackets", "items: ".to_owned() + &long("[", 15)),
        ("brackets on lines", "items:\n".to_owned() + &long(" [\n", 15)),
        ("braces", long("{a: ", 15)),
        ("dashes", long("- ", 15)),
        ("keys", long("a:\n", 15)),
        ("entries", "items:\n".to_owned() + &long("  - a\n", 15)),
        ("commas", format!("items: [{}]", long("a,", 15))),
        ("quotation mark", "items: \"".to_owned() + &long("x ", 15)),
        ("one word", "items: ".to_owned() + &long("x", 15)),
        ("deep blocks", (0..3000).map(|depth| " ".repeat(depth) + "a:\n").collect()),
        ("question marks", long("? ", 15)),
        ("anchors", long("- &a x\n", 2)),
        ("a million less a few", "items:\n".to_owned() + &"  - a\n".repeat(990_000)),
        ("huge quotation", shape_of_an_item(&long("I like very much ", 4))),
        ("tags", "items: ".to_owned() + &long("!!a ", 4)),
    ];
    for (name, text) in texts {
        let start = Instant::now();
        let (bank, faults): (Bank, _) = bank::load(&[Input::new(name, text)], &letter, &[]);
        let took = start.elapsed();
        println!("{name}: {took:?} {:?}", faults.first().map(|fault| &fault.message));
        assert!(bank.items.is_empty());
        assert!(faults.iter().any(|fault| fault.severity == Severity::Error), "{name}");
        assert!(faults.len() < 300, "{name}: {} faults", faults.len());
        // Ten times the limit: tests run unoptimised and beside one another.
        assert!(took < Duration::from_secs(10), "{name}: {took:?}");
    }
}
