//! QTI 1.2 for Canvas and in cartridges: keys name choices, parts add up, sheets are quizzes of their own; names keep the key.

use std::collections::BTreeSet;

use pilcrow::exchange::archive::unzipped;
use pilcrow::exchange::xml::{Node, read};

use crate::common::exchange::{exported, with_bank, with_sheets};
use crate::common::{kennedy, shipped};

/// The documents of an archive by their names.
fn documents(bytes: &[u8]) -> Vec<(String, Node)> {
    let files = unzipped(bytes).unwrap().into_iter().filter(|file| file.name.ends_with(".xml"));
    files.map(|file| (file.name.clone(), read(&String::from_utf8(file.bytes).unwrap()).unwrap())).collect()
}

/// What is wrong with an item, if anything.
fn unsound(item: &Node) -> Option<String> {
    let response = |ident: &str| {
        let all = item.below("response_lid").into_iter().chain(item.below("response_str"));
        all.into_iter().find(|response| response.attribute("ident") == Some(ident))
    };
    for equal in item.below("varequal") {
        let Some(of) = response(equal.attribute("respident")?) else { return Some("no response".to_owned()) };
        let labels = of.below("response_label");
        let named = labels.iter().any(|label| label.attribute("ident") == Some(equal.words().as_str()));
        if of.name == "response_lid" && !named {
            return Some(format!("a key names no choice: {}", equal.words()));
        }
    }
    let added: f64 = item
        .below("respcondition")
        .iter()
        .filter_map(|condition| condition.first("setvar").filter(|var| var.attribute("action") == Some("Add")))
        .map(|var| var.words().parse::<f64>().unwrap())
        .sum();
    // A blank may be filled in several ways, each of which earns its part.
    let blanks = item.words().contains("fill_in_multiple_blanks_question");
    (added > 0.0 && !blanks && (added - 100.0).abs() > 1e-9).then(|| format!("the parts add up to {added}"))
}

#[test]
fn every_key_names_a_choice_and_the_parts_of_a_question_add_up() {
    for shipped in shipped() {
        for format in ["qti12", "cc"] {
            let files = with_bank(&shipped.source, |package| exported(package, format).files);
            let mut idents = BTreeSet::new();
            for (name, root) in documents(&files[0].bytes) {
                for item in root.below("item").into_iter().filter(|item| item.first("presentation").is_some()) {
                    let ident = item.attribute("ident").unwrap();
                    assert!(idents.insert(ident.to_owned()), "{format}: {ident} twice");
                    assert_eq!(unsound(item), None, "{format}: {name}: {ident}");
                }
            }
            assert!(!idents.is_empty());
        }
    }
}

#[test]
fn a_cartridge_lists_every_quiz_where_its_users_look() {
    let files = with_bank(&kennedy(), |package| exported(package, "cc").files);
    let documents = documents(&files[0].bytes);
    let (_, manifest) = documents.iter().find(|(name, _)| name == "imsmanifest.xml").unwrap();
    let listed: Vec<_> = manifest.below("item").iter().filter_map(|item| item.attribute("identifierref")).collect();
    let quizzes: Vec<_> = manifest
        .below("resource")
        .into_iter()
        .filter(|resource| resource.attribute("type") == Some("imsqti_xmlv1p2/imscc_xmlv1p1/assessment"))
        .filter_map(|resource| resource.attribute("identifier"))
        .collect();
    assert!(quizzes.len() > 1);
    assert_eq!(listed, quizzes);
}

#[test]
fn each_sheet_is_a_quiz_of_its_own_in_the_order_of_paper() {
    let source = kennedy();
    let shown = |format: &str| with_sheets(&source, "class-period", 2, |package| exported(package, format).files);
    let files = shown("qti12");
    assert_eq!(files.len(), 2);
    for file in &files {
        assert!(file.name.contains("TEACHER") && file.name.ends_with(".zip"), "{}", file.name);
        let shuffled = documents(&file.bytes).iter().any(|(_, root)| {
            root.below("render_choice").iter().any(|choice| choice.attribute("shuffle") == Some("Yes"))
        });
        assert!(!shuffled);
    }
    assert_ne!(files[0].bytes, files[1].bytes);
    assert_eq!(shown("h5p").len(), 2);
    assert_eq!(shown("cc").len(), 1);
}
