//! Cases: each folder of `tests/cases` is a run (`case.yaml`) with what must come of it (`expected/`). `PILCROW_BLESS=1` rewrites.

use std::path::Path;

use pilcrow::assemble::{Job, assemble};
use pilcrow::cmd::source::{Look, Source};
use pilcrow::compose::{self, Aids, Context, Heading, KeyContext};
use pilcrow::doc::Style;
use pilcrow::layout::{Faces, lay_out};
use pilcrow::rng::Seed;
use pilcrow::write::dump;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Folder of the bank, from the case's own folder; left out, the built-in bank.
    bank: Option<String>,
    blueprint: String,
    seed: u32,
    form: u16,
    #[serde(default)]
    style: Style,
}

fn render(folder: &Path) -> Vec<(&'static str, String)> {
    let case: Case = serde_yaml::from_str(&std::fs::read_to_string(folder.join("case.yaml")).unwrap()).unwrap();
    let own = case.bank.map(|bank| folder.join(bank));
    let source = Source::sound(own.as_deref()).unwrap_or_else(|failure| panic!("{failure}"));
    let look = Look::read(None).unwrap_or_else(|failure| panic!("{failure}"));
    let blueprint = source.blueprints.iter().find(|b| b.name == case.blueprint).unwrap();
    let mut blueprint = blueprint.clone();
    blueprint.modes.truncate(1);
    let seed = Seed::new(case.seed).unwrap();
    let job = Job { letter: &source.letter, bank: &source.bank, blueprint: &blueprint, seed };
    let sheets = assemble(job, case.form..case.form + 1).unwrap();
    let heading = Heading { class: "History 11".to_owned(), teacher: "Ms. Rivera".to_owned(), ..Heading::default() };
    let shared = Context {
        letter: &source.letter,
        sets: &source.bank.sets,
        labels: &look.labels,
        style: case.style,
        aids: &blueprint.aids,
        heading: &heading,
    };
    let aids = Aids { all: blueprint.aids.clone(), ..Aids::default() };
    let context =
        KeyContext { shared, bank: &source.bank, blueprint: Some(&blueprint), forms: &sheets, seed, aids: &aids };
    let faces = Faces::load().unwrap();
    let pages = |document| dump::dump(&lay_out(&document, &faces).unwrap());
    vec![
        ("sheet.txt", format!("{:#?}\n", sheets[0])),
        ("worksheet.txt", pages(compose::worksheet(&sheets[0].paper, shared))),
        ("key.txt", pages(compose::key(&sheets[0], context))),
        ("strip.txt", pages(compose::strip(&sheets, shared))),
    ]
}

#[test]
fn every_case_gives_what_is_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<_> = std::fs::read_dir(&root)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.join("case.yaml").exists())
        .collect();
    folders.sort();
    assert!(folders.len() >= 3, "the cases were not found");
    let bless = std::env::var_os("PILCROW_BLESS").is_some();
    let mut faults = Vec::new();
    for folder in folders {
        for (name, text) in render(&folder) {
            let path = folder.join("expected").join(name);
            if bless {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, &text).unwrap();
                continue;
            }
            let expected = std::fs::read_to_string(&path).unwrap_or_default();
            if expected != text {
                let line = expected.lines().zip(text.lines()).position(|(a, b)| a != b).unwrap_or(0);
                faults.push(format!(
                    "{} line {}:\n  expected {:?}\n  got      {:?}",
                    path.display(),
                    line + 1,
                    expected.lines().nth(line),
                    text.lines().nth(line)
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}\nPILCROW_BLESS=1 rewrites them; read the difference first", faults.join("\n"));
}
