//! QTI goes out: packages are whole and list what they hold, every key names a choice, elements stand where 1EdTech's schemas want
//! them, identifiers are unique and legal, and both spellings say the same.
//!
//! The schemas are in no registry. What [`ORDER`] and [`INSIDE`] say was read from imsqti_v2p1.xsd and imsqti_asiv3p0 as 1EdTech
//! publishes them (also in the public repository oat-sa/qti-sdk, src/qtism/data/storage/xml/schemes).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use pilcrow::bank::Kind;
use pilcrow::exchange::archive::{Packed, unzipped};
use pilcrow::exchange::qti::in_words_of_two;
use pilcrow::exchange::xml::{Node, read};
use pilcrow::exchange::{Accepted, Exercise, Interaction, Number, Share};
use pilcrow::import::{Entry, Opened};

use crate::common::exchange::{changed, exported, with_bank, with_sheets};
use crate::common::{kennedy, shipped};

const FORMATS: [&str; 2] = ["qti3", "qti21"];

/// The children of an element, in the only order in which they may stand.
const ORDER: [(&str, &[&str]); 12] = [
    (
        "assessmentItem",
        &[
            "responseDeclaration",
            "outcomeDeclaration",
            "assessmentStimulusRef",
            "itemBody",
            "responseProcessing",
            "modalFeedback",
        ],
    ),
    ("responseDeclaration", &["correctResponse", "mapping"]),
    ("outcomeDeclaration", &["defaultValue"]),
    ("mapping", &["mapEntry"]),
    ("choiceInteraction", &["prompt", "simpleChoice"]),
    ("orderInteraction", &["prompt", "simpleChoice"]),
    ("matchInteraction", &["prompt", "simpleMatchSet"]),
    ("inlineChoiceInteraction", &["inlineChoice"]),
    ("extendedTextInteraction", &["prompt"]),
    ("responseCondition", &["responseIf"]),
    ("assessmentTest", &["outcomeDeclaration", "testPart", "outcomeProcessing"]),
    ("testPart", &["assessmentSection"]),
];

/// Elements that stand only inside these.
const INSIDE: [(&str, &[&str]); 7] = [
    ("rubricBlock", &["itemBody"]),
    ("textEntryInteraction", &["p"]),
    ("inlineChoiceInteraction", &["p"]),
    ("hottext", &["p"]),
    ("choiceInteraction", &["itemBody"]),
    ("feedbackInline", &["simpleChoice", "simpleAssociableChoice", "p"]),
    ("modalFeedback", &["assessmentItem"]),
];

/// The files of a package with their documents in the words of 2.1.
fn unpacked(package: &Packed) -> BTreeMap<String, Option<Node>> {
    let files = unzipped(&package.bytes).unwrap();
    assert_eq!(files[0].name, "imsmanifest.xml", "the manifest comes first");
    let node = |file: &Packed| {
        let text = std::str::from_utf8(&file.bytes).ok()?;
        file.name.ends_with(".xml").then(|| in_words_of_two(read(text).unwrap()))
    };
    files.iter().map(|file| (file.name.clone(), node(file))).collect()
}

/// A package's spelling and its files.
type Made = (&'static str, BTreeMap<String, Option<Node>>);

/// Every package: of each bank, and of sheets, in both spellings.
fn packages(mut test: impl FnMut(&str, &BTreeMap<String, Option<Node>>)) {
    static MADE: OnceLock<Vec<Made>> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let mut made = Vec::new();
        for format in FORMATS {
            let package = |package: &pilcrow::exchange::Package<'_>| exported(package, format).files.remove(0);
            let banks = shipped().map(|shipped| with_bank(&shipped.source, package));
            made.extend(banks.iter().map(|package| (format, unpacked(package))));
            made.push((format, unpacked(&with_sheets(&kennedy(), "class-period", 2, package))));
        }
        made
    });
    made.iter().for_each(|(format, files)| test(format, files));
}

fn items(files: &BTreeMap<String, Option<Node>>) -> impl Iterator<Item = &Node> {
    files.values().flatten().filter(|node| node.name == "assessmentItem")
}

fn id(node: &Node) -> &str {
    node.attribute("identifier").unwrap()
}

fn each<'n>(node: &'n Node, visit: &mut dyn FnMut(&'n Node)) {
    visit(node);
    node.nodes().for_each(|inner| each(inner, visit));
}

#[test]
fn elements_stand_where_the_schemas_want_them() {
    packages(|_, files| {
        for document in files.values().flatten() {
            each(document, &mut |node| {
                if let Some((_, order)) = ORDER.iter().find(|(name, _)| *name == node.name) {
                    let places: Vec<_> = node
                        .nodes()
                        .map(|inner| {
                            order
                                .iter()
                                .position(|name| *name == inner.name)
                                .unwrap_or_else(|| panic!("{} in {}", inner.name, node.name))
                        })
                        .collect();
                    assert!(places.is_sorted(), "{}: {places:?}", node.name);
                }
                for inner in node.nodes() {
                    if let Some((_, outer)) = INSIDE.iter().find(|(name, _)| *name == inner.name) {
                        assert!(outer.contains(&node.name.as_str()), "{} in {}", inner.name, node.name);
                    }
                }
            });
        }
    });
}

#[test]
fn every_key_names_a_choice_and_every_rule_a_variable() {
    packages(|format, files| {
        let mut seen = 0;
        for item in items(files) {
            let declared: BTreeSet<&str> = item.all("responseDeclaration").map(id).collect();
            let outcomes: BTreeSet<&str> = item.all("outcomeDeclaration").map(id).collect();
            let asked = |node: &&Node| node.name.ends_with("Interaction");
            let mut interactions = Vec::new();
            each(item.first("itemBody").unwrap(), &mut |node| interactions.push(node));
            for interaction in interactions.into_iter().filter(asked) {
                let response = interaction.attribute("responseIdentifier").unwrap();
                let declaration = item.all("responseDeclaration").find(|node| id(node) == response).unwrap();
                let choices: Vec<&str> = ["simpleChoice", "simpleAssociableChoice", "inlineChoice", "hottext"]
                    .iter()
                    .flat_map(|name| interaction.below(name))
                    .map(id)
                    .collect();
                assert_eq!(choices.iter().collect::<BTreeSet<_>>().len(), choices.len(), "{}", id(item));
                if choices.is_empty() {
                    continue;
                }
                let correct = declaration.first("correctResponse").unwrap();
                let keys = correct.all("value").map(Node::words);
                let entries =
                    declaration.below("mapEntry").into_iter().map(|e| e.attribute("mapKey").unwrap().to_owned());
                for key in keys.chain(entries) {
                    assert!(key.split(' ').all(|id| choices.contains(&id)), "{}: {key}", id(item));
                    seen += 1;
                }
            }
            if let Some(processing) = item.first("responseProcessing") {
                let known = |name: &str| declared.contains(name) || outcomes.contains(name);
                each(processing, &mut |node| {
                    let named =
                        matches!(node.name.as_str(), "variable" | "correct" | "mapResponse" | "setOutcomeValue");
                    assert!(!named || known(id(node)), "{}: {}", id(item), node.name);
                });
                // A standard template by its standard address, or rules; never both.
                let standard = match format {
                    "qti3" => "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
                    _ => "http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
                };
                let template = processing.attribute("template");
                assert!(template.is_none_or(|address| address.starts_with(standard)), "{template:?}");
                assert_eq!(template.is_none(), processing.nodes().count() > 0);
            }
            for feedback in ["feedbackInline", "modalFeedback"].iter().flat_map(|name| item.below(name)) {
                assert!(outcomes.contains(feedback.attribute("outcomeIdentifier").unwrap()));
            }
        }
        assert!(seen > 20, "{seen}");
    });
}

#[test]
fn the_manifest_lists_every_file_and_what_it_needs() {
    packages(|format, files| {
        let manifest = files["imsmanifest.xml"].as_ref().unwrap();
        let resources = manifest.below("resource");
        let ids: BTreeSet<&str> = resources.iter().map(|resource| id(resource)).collect();
        assert_eq!(ids.len(), resources.len());
        assert!(ids.iter().all(|id| id.starts_with(|c: char| c.is_ascii_alphabetic())));
        let listed: BTreeSet<&str> =
            manifest.below("file").iter().map(|file| file.attribute("href").unwrap()).collect();
        let there: BTreeSet<&str> =
            files.keys().map(String::as_str).filter(|name| *name != "imsmanifest.xml").collect();
        assert_eq!(listed, there, "{format}");
        for needed in manifest.below("dependency") {
            assert!(ids.contains(needed.attribute("identifierref").unwrap()));
        }
        for resource in &resources {
            let href = resource.attribute("href").unwrap();
            let Some(document) = &files[href] else { continue };
            // What a document names stands among what its resource needs.
            let mut named = Vec::new();
            each(document, &mut |node| {
                named.extend(
                    node.attribute("src").or(node.attribute("href")).map(|href| href.trim_start_matches("../")),
                );
            });
            let of = |href: &str| resources.iter().find(|r| r.attribute("href") == Some(href)).map(|r| id(r)).unwrap();
            let needed: BTreeSet<&str> =
                resource.all("dependency").map(|d| d.attribute("identifierref").unwrap()).collect();
            assert_eq!(named.into_iter().map(of).collect::<BTreeSet<_>>(), needed, "{href}");
            if document.name == "assessmentItem" {
                assert!(!resource.below("keyword").is_empty() && !resource.below("qtiMetadata").is_empty());
                assert_eq!(document.attribute("lang"), Some("en-US"));
            }
        }
    });
}

#[test]
fn a_test_has_every_item_once_and_sheets_are_tests_of_their_own() {
    packages(|_, files| {
        let tests: Vec<&Node> = files.values().flatten().filter(|node| node.name == "assessmentTest").collect();
        let references: Vec<&str> = tests.iter().flat_map(|test| test.below("assessmentItemRef")).map(id).collect();
        assert_eq!(references.len(), items(files).count());
        assert_eq!(references.iter().collect::<BTreeSet<_>>().len(), references.len());
        for test in tests {
            let mut ids = Vec::new();
            each(test, &mut |node| ids.extend(node.attribute("identifier").filter(|_| node.name.ends_with("Section"))));
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
        }
    });
    let mut counts = Vec::new();
    packages(|_, files| counts.push(files.keys().filter(|name| name.starts_with("tests/")).count()));
    assert_eq!(counts, [1, 1, 2, 1, 1, 2]);
}

#[test]
fn both_spellings_say_the_same_but_for_shared_passages() {
    let source = kennedy();
    let [three, two] =
        FORMATS.map(|format| unpacked(&with_bank(&source, |package| exported(package, format).files.remove(0))));
    let keys = |files: &BTreeMap<String, Option<Node>>| {
        let rules = |item: &Node| item.first("responseProcessing").map(|node| format!("{:?}", node.children));
        let said = |item: &Node| {
            (id(item).to_owned(), item.below("value").iter().map(|v| v.words()).collect::<Vec<_>>(), rules(item))
        };
        items(files).map(said).collect::<Vec<_>>()
    };
    assert_eq!(keys(&three), keys(&two));
    let shared = |files: &BTreeMap<String, Option<Node>>| {
        items(files).filter(|item| item.first("assessmentStimulusRef").is_some()).count()
    };
    let repeated =
        items(&two).filter(|item| item.below("div").iter().any(|div| div.attribute("class") == Some("stimulus")));
    assert!(shared(&three) > 0 && shared(&two) == 0);
    assert_eq!(repeated.count(), shared(&three));
}

#[test]
fn nothing_that_a_pupil_reads_tells_the_key() {
    packages(|_, files| {
        for item in items(files) {
            for choice in item.below("simpleChoice") {
                // Letters in the order shown, whatever is right.
                assert_eq!(id(choice).len(), 1);
            }
            let is_open = !item.below("extendedTextInteraction").is_empty();
            let marked = item.below("rubricBlock").iter().any(|block| block.attribute("class") == Some("grading"));
            assert!(!marked || is_open);
            for rubric in item.below("rubricBlock") {
                assert!(!rubric.attribute("view").unwrap().contains("candidate"));
            }
        }
    });
}

#[test]
fn every_number_that_is_accepted_earns_the_points_and_comes_back() {
    let accepted = |text: &str| Accepted { text: text.to_owned(), share: Share::ALL, feedback: String::new() };
    let change = |exercise: &mut Exercise| {
        exercise.interaction = Interaction::Entry {
            answers: vec![accepted("16"), accepted("1,017")],
            number: Some(Number { value: 16.0, tolerance: 0.5 }),
            unit: String::new(),
        };
    };
    changed(Kind::Numeric, change, |package| {
        for format in FORMATS {
            let exported = exported(package, format);
            let files = unpacked(&exported.files[0]);
            let rules = items(&files).next().unwrap().first("responseProcessing").unwrap();
            let earns = rules.below("responseIf").into_iter().find(|branch| !branch.below("sum").is_empty()).unwrap();
            let taken: Vec<String> =
                earns.below("equal").into_iter().map(|equal| equal.first("baseValue").unwrap().words()).collect();
            assert_eq!(taken, ["16", "1017"], "{format}");
            let opened = Opened::of("file", &exported.files[0].bytes).unwrap();
            let back = opened.read(opened.reader().unwrap()).unwrap().entries.remove(0);
            let Entry::Question(back) = back else { panic!("{format}: it is dropped") };
            let Interaction::Entry { answers, .. } = &back.exercise.interaction else {
                panic!("{format}: another kind")
            };
            assert!(answers.iter().any(|answer| answer.text == "1017" && answer.share == Share::ALL), "{answers:?}");
        }
    });
}
