//! The README cannot rot: its commands run, its flags, links, numbers, modules and tests are those that there are.
//!
//! A fenced block `sh` holds commands; one with `title=NAME` is a file that the reader saves under that name.

use crate::common;
use std::collections::BTreeSet;
use std::path::Path;

use crate::common::{done, kennedy};

/// What is not run here: it builds or tests the program itself.
const NOT_RUN: [&str; 2] = ["tests/run", "cargo install --path ."];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap()
}

/// A fenced block: what stands after the fence, and the lines inside.
struct Fenced {
    info: String,
    body: String,
}

/// The fenced blocks, in order.
fn fenced(text: &str) -> Vec<Fenced> {
    let mut pieces = text.split("\n```");
    let mut blocks = Vec::new();
    // Fences open and close in turn; what is before an opening one is prose.
    while let (Some(_), Some(block)) = (pieces.next(), pieces.next()) {
        let (info, body) = block.split_once('\n').unwrap();
        blocks.push(Fenced { info: info.to_owned(), body: format!("{body}\n") });
    }
    blocks
}

/// The words of a command line; double quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, piece) in line.split('"').enumerate() {
        if at % 2 == 1 {
            out.push(piece.to_owned());
        } else {
            out.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    out
}

/// The codes in a command stand for sheets of the run before it. Banks change and codes with them, so each is replaced by
/// that of the same form in the manifest which the command uses.
fn with_codes_of_the_run(folder: &Path, arguments: &[String]) -> Vec<String> {
    let named = arguments.iter().position(|word| word == "--manifest").map(|at| arguments[at + 1].as_str());
    let path = folder.join(named.unwrap_or("worksheets/manifest.yaml"));
    let manifest: serde_yaml::Value = serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let sheets: Vec<&str> =
        manifest["sheets"].as_sequence().unwrap().iter().map(|sheet| sheet["code"].as_str().unwrap()).collect();
    let mut next = 0;
    let code = |word: &String| {
        if word.len() != 19 || word.matches('-').count() != 3 {
            return word.clone();
        }
        assert!(word.parse::<pilcrow::code::SheetCode>().is_ok(), "{word} is no code");
        next += 1;
        sheets[(next - 1) % sheets.len()].to_owned()
    };
    arguments.iter().map(code).collect()
}

/// Does what a line of a shell block says, in the folder; the program's own lines must end well.
fn run(folder: &Path, line: &str) {
    let line = line.replacen("cargo run --release -- ", "pilcrow ", 1);
    let words = words(&line);
    let arguments = &words[1..];
    match words[0].as_str() {
        "pilcrow" => {
            let typed = match arguments[0].as_str() {
                "key" => with_codes_of_the_run(folder, arguments),
                _ => arguments.to_vec(),
            };
            done(folder, &typed.iter().map(String::as_str).collect::<Vec<_>>());
        }
        "mkdir" => std::fs::create_dir_all(folder.join(arguments.last().unwrap())).unwrap(),
        "cp" => {
            std::fs::copy(root().join(&arguments[0]), folder.join(&arguments[1])).unwrap();
        }
        _ => assert!(NOT_RUN.contains(&line.as_str()), "the README has a command that nobody has tried: {line}"),
    }
}

#[test]
fn every_command_runs_in_the_order_of_the_readme() {
    let folder = tempfile::tempdir().unwrap();
    // The reader stands in this repository; of its folders the commands name one.
    let example = "questions/gettysburg-1863";
    for (name, bytes) in common::files(&root().join(example)) {
        let path = folder.path().join(example).join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let mut commands = 0;
    for Fenced { info, body } in fenced(&readme()) {
        if let Some((_, name)) = info.split_once("title=") {
            std::fs::write(folder.path().join(name), &body).unwrap();
        }
        if info == "sh" {
            body.lines().filter(|line| !line.is_empty()).for_each(|line| {
                commands += 1;
                run(folder.path(), line);
            });
        }
    }
    assert!(commands >= 15, "only {commands} commands were found");
    for made in [
        "worksheets/kennedy-1961-worksheet-D.pdf",
        "worksheets/kennedy-1961-TEACHER-key-A.html",
        "worksheets/kennedy-1961-TEACHER-strip.pdf",
        "period-3/kennedy-1961-worksheet-2-B-ben-cole.pdf",
        "pile/kennedy-1961-TEACHER-strip-pile.pdf",
        "gettysburg-sheets/gettysburg-worksheet-A.pdf",
        "speech/gettysburg-1863-worksheet-A.pdf",
    ] {
        assert!(folder.path().join(made).is_file(), "{made} was not made");
    }
}

/// Every `--flag` in a text.
fn flags(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("--") {
        let before = text[..at].chars().next_back();
        let name: String = text[at + 2..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
        let begins = before.is_none_or(|c| c.is_whitespace() || c == '`' || c == '(');
        if begins && name.starts_with(|c: char| c.is_ascii_lowercase()) {
            found.insert(name);
        }
    }
    found
}

#[test]
fn the_flags_are_those_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let mut known = BTreeSet::new();
    for command in ["make", "study", "key", "merge", "check", "show", "new", "export", "import", "completions"] {
        let help = done(folder.path(), &[command, "--help"]);
        let defined = |line: &&str| line.trim_start().starts_with('-');
        known.extend(help.lines().filter(defined).flat_map(|line| flags(&format!(" {line}"))));
        assert!(readme().contains(&format!("`pilcrow {command}")), "{command} is not in the README");
    }
    assert!(known.len() >= 25, "the flags of the program were not found: {known:?}");
    let told = flags(&readme());
    let missing: Vec<_> = known.difference(&told).collect();
    // `--help` and `--version` are every program's; then cargo's, GNU parallel's, Slurm's.
    let others = ["version", "release", "path", "test", "sshloginfile", "workdir", "array", "time"].map(str::to_owned);
    let untrue: Vec<_> = told.difference(&known).filter(|flag| !others.contains(flag)).collect();
    assert!(missing.is_empty() && untrue.is_empty(), "not told: {missing:?}; not true: {untrue:?}");
}

#[test]
fn links_modules_and_tests_are_there() {
    let text = readme();
    for (at, _) in text.match_indices("](") {
        let target = text[at + 2..].split(')').next().unwrap();
        let (file, heading) = target.split_once('#').unwrap_or((target, ""));
        assert!(target.starts_with("https://") || root().join(file).exists(), "{target} is not there");
        // A heading is named by its words in small letters, joined by hyphens.
        let name = |line: &str| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        let has = |page: String| page.lines().any(|line| line.starts_with('#') && name(line) == heading);
        assert!(
            heading.is_empty() || has(std::fs::read_to_string(root().join(file)).unwrap()),
            "{target} is not there"
        );
    }
    let picture = text.split("src=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(std::fs::metadata(root().join(picture)).unwrap().len() < 200_000);
    let named = |name: &str| text.contains(&format!("`{name}`"));
    let library = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    for module in library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        assert!(named(module), "the map lacks the module {module}");
    }
    for entry in std::fs::read_dir(root().join("tests")).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        let told = match name.ends_with(".rs") {
            // The list of the others.
            true if name == "main.rs" => continue,
            true => text.contains(&format!("\n| `{name}` |")),
            false => [format!("{name}/"), format!("tests/{name}")].iter().any(|name| named(name)),
        };
        assert!(told, "the README does not tell what tests/{name} is");
    }
    for row in text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(".rs` |")) {
        assert!(root().join(format!("tests/{}.rs", row.0)).exists(), "there is no tests/{}.rs", row.0);
    }
    let quoted = text.split('`').skip(1).step_by(2);
    for path in quoted.filter(|word| ["src/", "tests/", "templates/", "questions/"].iter().any(|f| word.starts_with(f)))
    {
        assert!(root().join(path).exists(), "{path} is not there");
    }
}

#[test]
fn the_speech_of_the_tour_is_that_of_the_example() {
    let typed = fenced(&readme()).into_iter().find(|block| block.info.contains("title=gettysburg.txt")).unwrap();
    assert_eq!(typed.body, std::fs::read_to_string(root().join("questions/gettysburg-1863/letter.txt")).unwrap());
    let [_, example] = common::shipped();
    let kinds: BTreeSet<_> = example.source.bank.items.iter().map(|item| item.kind()).collect();
    let told = format!("{} questions in {} kinds", example.source.bank.items.len(), kinds.len());
    assert!(readme().contains(&told), "{told}");
}

#[test]
fn the_numbers_are_those_of_the_bank() {
    let text = readme().split_whitespace().collect::<Vec<_>>().join(" ");
    let source = kennedy();
    assert!(text.contains(&format!("and {} questions on it", source.bank.items.len())), "the bank’s size has changed");
    for blueprint in &source.blueprints {
        assert!(text.contains(&format!("`{}`", blueprint.name)), "the README lacks the blueprint {}", blueprint.name);
    }
    for kind in pilcrow::bank::Kind::ALL {
        assert!(text.contains(&format!("`{kind}`")), "the README does not tell how {kind} is marked");
    }
    let folder = tempfile::tempdir().unwrap();
    let summary: serde_json::Value = serde_json::from_str(&done(folder.path(), &["make", "--json"])).unwrap();
    let (sheets, points) = (summary["sheets"].as_array().unwrap().len(), summary["sheets"][0]["points"].as_u64());
    let class_period = source.blueprints.iter().find(|b| b.name == "class-period").unwrap();
    let questions: u32 = class_period.parts.iter().flat_map(|part| &part.cells).map(|cell| cell.take).sum();
    assert_eq!(sheets, 4);
    assert!(text.contains(&format!("{questions} questions, {} points", points.unwrap())), "{questions}, {points:?}");
}
