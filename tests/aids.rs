//! Reading aids: no aid tells a key; a glossary and starters leave the form what it is; the adapted text is marked M.

use crate::common;
use std::collections::BTreeSet;
use std::path::Path;

use crate::common::{Shipped, done, kennedy, refused, shipped};
use pilcrow::assemble::assemble;
use pilcrow::bank::{Item, Kind, Task, Teller};
use pilcrow::blueprint::{Aid, Blueprint, Headnote, Reading};
use pilcrow::cmd::source::Source;

/// Letters and digits only, in small letters, each word between spaces.
fn words(text: &str) -> String {
    let folded: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    format!(" {} ", folded.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn with(blueprint: &Blueprint, aids: &[Aid], headnote: Headnote) -> Blueprint {
    Blueprint { aids: aids.iter().copied().collect(), headnote, ..blueprint.clone() }
}

/// The items of the first form, and the words of its glossary.
fn drawn<'a>(source: &'a Source, blueprint: &Blueprint, seed: u32) -> (Vec<&'a Item>, Vec<String>) {
    let sheets = assemble(common::job(source, blueprint, seed), 0..1).unwrap();
    let items = sheets[0].paper.questions().map(|q| source.bank.item(&q.item).unwrap()).collect();
    (items, sheets[0].paper.glossary.iter().map(|gloss| gloss.word.clone()).collect())
}

const SEEDS: std::ops::Range<u32> = 1..25;

#[test]
fn every_section_has_an_adapted_text_that_is_short_enough_to_help_and_long_enough_to_be_whole() {
    for Shipped { source, .. } in shipped() {
        for section in &source.letter.about.sections {
            let words: usize = section.adapted.iter().map(|adapted| adapted.text.split_whitespace().count()).sum();
            let paragraphs = section.range().map(|n| source.letter.paragraphs[n as usize - 1].word_count());
            let original: usize = paragraphs.sum();
            let (least, most) = if original >= 250 { (200, 250) } else { (original.div_ceil(2), original * 5 / 4) };
            let place = format!("{} {}: {words} words for {original}", source.letter.about.id, section.id);
            assert!((least..=most).contains(&words), "{place}");
            let rendered: Vec<u32> = section.adapted.iter().flat_map(|adapted| adapted.cite.clone()).collect();
            assert_eq!(rendered, section.range().collect::<Vec<u32>>(), "{place}");
        }
    }
    let kennedy = kennedy();
    assert!(kennedy.letter.about.sections.iter().all(|section| {
        let words: usize = section.adapted.iter().map(|adapted| adapted.text.split_whitespace().count()).sum();
        (200..=250).contains(&words)
    }));
}

#[test]
fn no_word_that_is_asked_about_is_explained() {
    for Shipped { source, .. } in shipped() {
        let (mut explained, mut left_out) = (0, 0);
        for blueprint in &source.blueprints {
            let blueprint = with(blueprint, &[Aid::Glossary], blueprint.headnote);
            for seed in SEEDS {
                let (items, glossary) = drawn(&source, &blueprint, seed);
                explained += glossary.len();
                let paragraphs: BTreeSet<u32> = items.iter().flat_map(|item| item.paragraphs()).collect();
                let of_paragraphs = source.letter.about.glossary.iter().filter(|gloss| {
                    blueprint.reading == Reading::Full || gloss.paragraphs().any(|n| paragraphs.contains(&n))
                });
                left_out += of_paragraphs.count() - glossary.len();
                for item in items {
                    let place = format!("{} in seed {seed} of {}", item.id, blueprint.name);
                    glossary.iter().for_each(|word| is_not_asked_about(item, word, &place));
                }
            }
        }
        assert!(explained > 200 && left_out > 0, "{explained} words explained, {left_out} left out");
    }
}

fn is_not_asked_about(item: &Item, word: &str, place: &str) {
    let asked = match &item.task {
        Task::Vocabulary { word, .. } => vec![word.clone()],
        Task::Matching { pairs, .. } => pairs.iter().map(|pair| pair.premise.clone()).collect(),
        _ => Vec::new(),
    };
    assert!(
        !asked.iter().any(|asked| words(asked) == words(word)),
        "“{word}”, which is explained, is asked by {place}"
    );
    assert!(!item.stem.contains(&format!("“{word}”")), "“{word}”, which is explained, is asked by {place}");
}

#[test]
fn no_headnote_and_no_adapted_text_says_a_key() {
    for Shipped { source, .. } in shipped() {
        let about = &source.letter.about;
        let texts = |texts: &mut dyn Iterator<Item = &str>| words(&texts.collect::<Vec<_>>().join(" "));
        let letter = texts(&mut source.letter.paragraphs.iter().map(|p| p.text.as_str()));
        let adapted = texts(&mut about.sections.iter().flat_map(|s| &s.adapted).map(|adapted| adapted.text.as_str()));
        for (blueprint, headnote) in source.blueprints.iter().flat_map(|b| [(b, Headnote::Short), (b, Headnote::Full)])
        {
            let blueprint = with(blueprint, &[Aid::Adapted], headnote);
            let head = words(if headnote == Headnote::Full { &about.headnote.full } else { &about.headnote.short });
            for seed in SEEDS.take(SEEDS.len() / 2) {
                for item in drawn(&source, &blueprint, seed).0 {
                    let place = format!("{} in seed {seed} of {}", item.id, blueprint.name);
                    // The words of a cloze stand in its word bank.
                    let keyed = if item.kind() == Kind::Cloze { Vec::new() } else { item.keyed() };
                    for key in keyed {
                        // A word of three letters stands in any text.
                        let key = words(key);
                        let tells = |text: &str| key.len() > 7 && text.contains(&key);
                        assert!(!tells(&head), "the headnote says{key}, the key of {place}");
                        let told = tells(&adapted) && !letter.contains(&key);
                        assert!(!told, "the adapted text says{key}, the key of {place}");
                    }
                    if let Task::Vocabulary { word, .. } = &item.task {
                        assert!(adapted.contains(&words(word)), "“{word}” is rendered, and asked about by {place}");
                    }
                    assert!(item.hidden().is_empty(), "{place} hides what is adapted");
                    assert!(item.given_away_by.is_empty() || headnote == Headnote::Short, "{place} is given away");
                    assert!(!item.given_away_by.contains(&Teller::Adapted), "{place} is given away");
                }
            }
        }
    }
}

#[test]
fn what_the_headnote_tells_is_asked_without_it() {
    let source = kennedy();
    let told: BTreeSet<&str> = source
        .bank
        .items
        .iter()
        .filter(|item| item.given_away_by.contains(&Teller::FullHeadnote))
        .map(|item| item.id.as_str())
        .collect();
    assert!(!told.is_empty());
    let blueprint = Blueprint {
        parts: vec![pilcrow::blueprint::Part {
            title: "Told".to_owned(),
            directions: String::new(),
            cells: vec![pilcrow::blueprint::Cell {
                take: 1,
                items: told.iter().map(|id| (*id).to_owned()).collect(),
                ..Default::default()
            }],
        }],
        ..source.blueprints[0].clone()
    };
    let without = with(&blueprint, &[], Headnote::None);
    assert_eq!(drawn(&source, &without, 1).0.len(), 1);
    let full = with(&blueprint, &[], Headnote::Full);
    let refused = assemble(common::job(&source, &full, 1), 0..1).unwrap_err().to_string();
    assert!(refused.contains("the headnote tells the answers of"), "{refused}");
    assert!(told.iter().any(|id| refused.contains(id)), "{refused}");
}

/// The codes of a run's sheets.
fn codes(folder: &Path, run: &str) -> Vec<String> {
    let manifest = std::fs::read_to_string(folder.join(run).join("manifest.yaml")).unwrap();
    let manifest: serde_yaml::Value = serde_yaml::from_str(&manifest).unwrap();
    let sheets = manifest["sheets"].as_sequence().unwrap();
    sheets.iter().map(|sheet| sheet["code"].as_str().unwrap().to_owned()).collect()
}

fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).unwrap()
}

/// What follows the last heading `Part` of a sheet: its questions.
fn questions(html: &str) -> Vec<String> {
    let stems = html.split("<p class=\"stem\">").skip(1);
    stems.map(|rest| rest.split("</p>").next().unwrap().to_owned()).collect()
}

#[test]
fn a_glossary_and_starters_leave_the_form_and_its_code_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let make = ["make", "--blueprint", "close-reading", "--forms", "2", "--format", "html", "--out"];
    done(folder.path(), &[&make[..], &["plain"]].concat());
    done(folder.path(), &[&make[..], &["aided", "--glossary", "--starters"]].concat());
    assert_eq!(codes(folder.path(), "plain"), codes(folder.path(), "aided"));
    let [plain, aided] =
        ["plain", "aided"].map(|run| read(folder.path(), &format!("{run}/kennedy-1961-worksheet-B.html")));
    assert_eq!(questions(&plain), questions(&aided));
    assert!(!plain.contains("Words to know") && aided.contains("Words to know"));
    assert!(!plain.contains("Ways to begin") && aided.contains("Ways to begin"));
    assert!(aided.contains("<dl class=\"terms") && !aided.contains("· M"));
    let key = read(folder.path(), "aided/kennedy-1961-TEACHER-key-B.html");
    assert!(key.contains("These sheets have reading aids: glossary, sentence starters."));
}

#[test]
fn the_adapted_text_is_marked_and_its_key_is_made_again_from_the_code() {
    let folder = tempfile::tempdir().unwrap();
    let make = "make --blueprint close-reading --forms 1 --adapted --format html --out adapted";
    let told = done(folder.path(), &make.split(' ').collect::<Vec<_>>());
    assert!(told.contains("M after the code"), "{told}");
    let code = codes(folder.path(), "adapted").remove(0);
    let sheet = read(folder.path(), "adapted/kennedy-1961-worksheet-A.html");
    assert!(sheet.contains(&format!("{code} · M")) && sheet.contains("Adapted · "));
    // Before the letter's own words, and without the name of a paragraph that a reference leads to.
    let (adapted, original) = (sheet.find("Adapted · E").unwrap(), sheet.find("id=\"p15\"").unwrap());
    assert!(adapted < original);
    let key = read(folder.path(), "adapted/kennedy-1961-TEACHER-key-A.html");
    let modified = "That is a modification, not an accommodation";
    assert!(key.contains(modified) && key.contains("These sheets have reading aids: adapted text."));
    // As it is typed from the sheet; by the code alone, and by the manifest with all that the sheets had.
    for (out, more) in [("bare", vec![]), ("kept", vec!["--manifest", "adapted/manifest.yaml"])] {
        let typed = format!("{code} · M");
        done(folder.path(), &[&["key", &typed, "--format", "html", "--out", out][..], &more].concat());
        let again = read(folder.path(), &format!("{out}/kennedy-1961-TEACHER-key-A-{code}.html"));
        assert_eq!(again, key, "{out}");
    }
    done(folder.path(), &["key", &code, "·", "M", "--format", "html"]);
}

#[test]
fn one_pupil_has_aids_of_his_own_on_the_form_of_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let roster = "name,print,aids\nAna,,\nBen,large,\"glossary, starters\"\nChi,,adapted\nDee,,\n";
    std::fs::write(folder.path().join("r.csv"), roster).unwrap();
    let make = "make --blueprint close-reading --roster r.csv --forms 2 --format html --out out";
    done(folder.path(), &make.split(' ').collect::<Vec<_>>());
    let sheet = |name: &str| read(folder.path(), &format!("out/kennedy-1961-worksheet-{name}.html"));
    let [ana, ben, chi, dee] = ["1-A-ana", "2-B-ben", "3-A-chi", "4-B-dee"].map(sheet);
    assert!(ben.contains("Words to know") && !dee.contains("Words to know"));
    assert!(chi.contains("Adapted · ") && !ana.contains("Adapted · "));
    assert!(chi.contains("· M") && ![&ana, &ben, &dee].iter().any(|sheet| sheet.contains("· M")));
    assert_eq!((questions(&ana), questions(&ben)), (questions(&chi), questions(&dee)));
    let codes = codes(folder.path(), "out");
    assert_eq!((&codes[0], &codes[1]), (&codes[2], &codes[3]));
    let key = |form: &str| read(folder.path(), &format!("out/kennedy-1961-TEACHER-key-{form}.html"));
    assert!(key("A").contains("Some pupils’ sheets also have: adapted text."));
    assert!(key("B").contains("Some pupils’ sheets also have: glossary, sentence starters."));
    assert!(!key("B").contains("modification"));
    let arguments = ["key", &codes[0], "--manifest", "out/manifest.yaml", "--format", "html", "--out", "again"];
    done(folder.path(), &arguments);
    assert_eq!(read(folder.path(), &format!("again/kennedy-1961-TEACHER-key-A-{}.html", codes[0])), key("A"));
    std::fs::write(folder.path().join("r.csv"), "name,aids\nAna,glosary\n").unwrap();
    let said = refused(folder.path(), &["make", "--roster", "r.csv"], 1);
    assert!(said.contains("r.csv:2: “glosary” is no reading aid"), "{said}");
}

#[test]
fn a_bank_without_them_says_what_is_lacking() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("speech.txt"),
        "A Speech\n\nWe ask for peace. We ask it of all.\n\nIt is late.\n",
    )
    .unwrap();
    done(folder.path(), &["new", "speech.txt"]);
    let make = ["make", "--bank", "speech", "--out", "out"];
    let said = refused(folder.path(), &[&make[..], &["--glossary", "--starters", "--adapted"]].concat(), 1);
    for lacking in ["a glossary (`glossary:`)", "sentence starters (`starters:`)", "the adapted text of any section"] {
        assert!(said.contains(lacking), "{said}");
    }
    let said = refused(folder.path(), &[&make[..], &["--headnote", "full"]].concat(), 1);
    assert!(said.contains("has no full headnote") && said.contains("headnote: {full:"), "{said}");
    assert!(!folder.path().join("out").exists());
    done(folder.path(), &[&make[..], &["--headnote", "none"]].concat());
}

#[test]
fn people_and_places_are_told_apart_from_what_others_say() {
    let folder = tempfile::tempdir().unwrap();
    let shown = done(folder.path(), &["show", "--people"]);
    let ulbricht = shown.split("Mr. Ulbricht (¶10)").nth(1).unwrap();
    let (letter, elsewhere) = ulbricht.split_once("only elsewhere (").unwrap();
    assert!(letter.contains("the letter says: ") && !letter.contains("Walter"), "{letter}");
    assert!(elsewhere.contains("Walter Ulbricht"));
}
