//! `show ITEM`, `show --counts` and `check --explain` as an author meets them; the spelling of whole folders.

use crate::common;
use std::path::Path;

use crate::common::{done, pilcrow, refused};
use pilcrow::bank::Kind;

#[test]
fn an_item_of_every_kind_is_shown_to_pupils_and_to_teachers() {
    let folder = tempfile::tempdir().unwrap();
    let source = common::kennedy();
    for kind in Kind::ALL {
        let item = source.bank.items.iter().find(|item| item.kind() == *kind).unwrap();
        let shown = done(folder.path(), &["show", &item.id]);
        let (pupils, teachers) = shown.split_once("As teachers see it").unwrap();
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        // The points stand at the edge of the first line.
        let note = format!("{} point{}\n", item.points, if item.points == 1 { "" } else { "s" });
        let pupils = &pupils.replacen(&note, "\n", 1);
        let bare = |text: &str| words(&text.replace('*', ""));
        let stem = words(&pilcrow::text::plain(&pilcrow::text::parse(&item.stem)));
        assert!(words(pupils).contains(&stem) && bare(teachers).contains(&bare(&item.stem)), "{shown}");
        assert!(words(teachers).contains(&words(&item.explanation)), "{shown}");
        assert!(!words(pupils).contains(&words(&item.explanation)), "{shown}");
        for evidence in &item.evidence {
            assert!(teachers.contains(&evidence.quote.cite.to_string()), "{shown}");
        }
        for enemy in &item.enemies {
            assert!(teachers.contains(enemy) && !pupils.contains(enemy), "{shown}");
        }
        assert!(shown.lines().all(|line| line.chars().count() <= 96 && line == line.trim_end()), "{shown}");
    }
}

#[test]
fn several_items_stand_one_after_another_and_an_unknown_one_has_its_nearest_named() {
    let folder = tempfile::tempdir().unwrap();
    let shown = done(folder.path(), &["show", "why-the-ark-fits", "rivalry-ends-soon"]);
    assert!(shown.find("why-the-ark-fits ·").unwrap() < shown.find("rivalry-ends-soon ·").unwrap());
    let said = refused(folder.path(), &["show", "why-the-ark-fit"], 1);
    assert!(said.contains("no item “why-the-ark-fit”") && said.contains("why-the-ark-fits"), "{said}");
    let said = refused(folder.path(), &["show", "zzzz"], 1);
    assert!(said.contains("pilcrow show"), "{said}");
}

#[test]
fn the_counts_are_those_of_the_bank() {
    let folder = tempfile::tempdir().unwrap();
    let source = common::kennedy();
    let json: serde_json::Value = serde_json::from_str(&done(folder.path(), &["show", "--counts", "--json"])).unwrap();
    let sum = |list: &str| json[list].as_array().unwrap().iter().map(|of| of["items"].as_u64().unwrap()).sum::<u64>();
    let items = source.bank.items.len() as u64;
    assert_eq!(json["items"], items);
    assert_eq!(sum("kinds"), items);
    assert_eq!(sum("sections"), items);
    assert_eq!(json["paragraphs"].as_array().unwrap().len(), 23);
    assert_eq!(json["review"]["read"].as_u64().unwrap() + json["review"]["unread"].as_u64().unwrap(), items);
    let organizers = source.bank.items.iter().filter(|item| item.kind() == Kind::Organizer).count() as u64;
    assert_eq!(sum("organizers"), organizers);
    let shown = done(folder.path(), &["show", "--counts"]);
    for part in [
        "Items by kind",
        "by paragraph",
        "depth of knowledge",
        "by skill",
        "Misconceptions",
        "Sets: ",
        "layout",
        "Read without",
    ] {
        assert!(shown.contains(part), "{part} is missing in\n{shown}");
    }
}

#[test]
fn a_rule_is_explained_and_an_unknown_one_has_its_nearest_named() {
    let folder = tempfile::tempdir().unwrap();
    let shown = done(folder.path(), &["check", "--explain", "w06"]);
    for part in ["W06 (error, a slight case a warning)", "Haladyna, T. M.", "Bad\n", "Good\n", "allow: [{rule: W06"] {
        assert!(shown.contains(part), "{part} is missing in\n{shown}");
    }
    let listed = done(folder.path(), &["check", "--explain"]);
    assert!(listed.contains("E01") && listed.contains("W27") && listed.contains("F13"), "{listed}");
    let said = refused(folder.path(), &["check", "--explain", "W6"], 1);
    assert!(said.contains("there is no rule “W6”") && said.contains("did you mean W"), "{said}");
}

/// A bank started from a text, in a language.
fn started(folder: &Path, language: &str, explanation: &str) -> String {
    std::fs::write(folder.join("speech.txt"), "A speech\n\nWe shall fight on the beaches, whatever the cost may be.\n\nWe shall never surrender, and we shall go on to the end.\n").unwrap();
    done(folder, &["new", "speech.txt"]);
    let about = folder.join("speech/letter.yaml");
    let text = std::fs::read_to_string(&about).unwrap();
    std::fs::write(&about, text.replace("language: en-US", &format!("language: {language}"))).unwrap();
    let item = format!(
        "items:\n  - {{id: a, kind: statement-check, cite: [1], statement: \"The speaker is resolved to fight.\", verdict: supported, because: \"He says so in the first sentence of it.\", evidence: [{{cite: 1, quote: \"We shall fight on the beaches\"}}], explanation: \"{explanation}\", hints: [\"Read ¶1.\"], bloom: understand, dok: 1, difficulty: easy, skills: [close-reading]}}\n"
    );
    for entry in std::fs::read_dir(folder.join("speech/bank")).unwrap().flatten() {
        std::fs::remove_file(entry.path()).unwrap();
    }
    std::fs::write(folder.join("speech/bank/items.yaml"), item).unwrap();
    String::from_utf8(pilcrow(folder, &["check", "speech"]).stderr).unwrap()
}

#[test]
fn spelling_is_that_of_the_language() {
    let said = |language: &str, text: &str| started(tempfile::tempdir().unwrap().path(), language, text);
    let british = said("en-GB", "The colour of his honour.");
    assert!(!british.contains("W27"), "{british}");
    let american = said("en-US", "The colour of his honour.");
    assert!(
        american.contains("“colour” is not in the dictionary") && american.contains("did you mean “color”"),
        "{american}"
    );
    let french = said("fr", "La couleur de son honneur.");
    assert!(french.matches("W27").count() == 1 && french.contains("no dictionary for “fr”"), "{french}");
}

#[test]
fn names_of_the_bank_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let said = started(folder.path(), "en-US", "Churchillian words, as Colville noted.");
    assert!(said.contains("Colville"), "{said}");
    let about = folder.path().join("speech/letter.yaml");
    let text = std::fs::read_to_string(&about).unwrap();
    std::fs::write(&about, text + "words: [Churchillian, Colville]\n").unwrap();
    let said = String::from_utf8(pilcrow(folder.path(), &["check", "speech"]).stderr).unwrap();
    assert!(!said.contains("W27"), "{said}");
}
