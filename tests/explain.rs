//! `check --explain`: every rule has its explanation, and its examples prove it: the bad one is caught, the good one is not.

use std::path::Path;

use pilcrow::assemble::{FORM_RULES, Job, assemble};
use pilcrow::bank::{self, RULES};
use pilcrow::cmd::explain::{Explanation, explanations};
use pilcrow::diag::{Severity, render_all};
use pilcrow::input::Input;
use pilcrow::letter::Letter;
use pilcrow::picture::Stored;
use pilcrow::rng::Seed;
use serde_yaml::{Mapping, Value};

/// The item into which the examples of the bank's rules are put.
const ITEM: &str = "
id: example
kind: single-choice
cite: [6]
stem: \"Whose comparison is Noah’s Ark, as ¶6 presents it?\"
key: {text: \"Khrushchev’s; Kennedy approves of it\", because: \"“Your analogy” gives the image to the reader of the letter.\"}
distractors:
  - {text: \"Kennedy’s; he offers it as his own\", because: \"The image came in the letter that Kennedy answers.\", cite: 6}
  - {text: \"A saying that neither man claims\", because: \"The comparison is credited to the man addressed.\", cite: 6}
evidence:
  - {cite: 6, quote: \"I like very much your analogy of Noah’s Ark\"}
explanation: \"Kennedy answers Khrushchev with his own image.\"
hints: [\"Read the first words of ¶6.\"]
bloom: understand
dok: 1
difficulty: easy
skills: [sourcing]
";

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/questions/kennedy-1961"))
}

fn the_letter() -> Letter {
    let text = std::fs::read_to_string(folder().join("letter.txt")).unwrap();
    let about = serde_yaml::from_str(&std::fs::read_to_string(folder().join("letter.yaml")).unwrap()).unwrap();
    pilcrow::letter::read(&text, about).unwrap().0
}

fn pictures() -> Vec<Stored> {
    let stored = |name: &str| {
        let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad/pictures").join(name)).unwrap();
        Stored { name: format!("pictures/{name}"), bytes: Ok(bytes.into()) }
    };
    vec![stored("coarse.png"), stored("sound.svg")]
}

fn mapping(text: &str) -> Mapping {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The example put into the whole item; one of lists of the file stands by itself beside it.
fn file_with(example: &str) -> String {
    let example = mapping(example);
    let mut item = mapping(ITEM);
    if example.contains_key("kind") {
        ["stem", "key", "distractors"].iter().for_each(|field| drop(item.remove(*field)));
    }
    let mut file = Mapping::new();
    for (field, value) in example {
        let target = if field == "sets" { &mut file } else { &mut item };
        target.insert(field, value);
    }
    file.insert("items".into(), Value::Sequence(vec![Value::Mapping(item)]));
    serde_yaml::to_string(&file).unwrap()
}

#[test]
fn every_rule_is_explained_in_its_order() {
    let codes: Vec<String> = explanations().unwrap().into_iter().map(|explanation| explanation.rule).collect();
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.code).chain(FORM_RULES.iter().map(|rule| rule.code)).collect();
    assert_eq!(codes, rules);
    for Explanation { rule, asks, why, source, .. } in explanations().unwrap() {
        assert!([asks, why, source].iter().all(|text| text.ends_with(['.', '?'])), "{rule}");
    }
}

#[test]
fn the_bad_examples_are_caught_and_the_good_ones_are_not() {
    let letter = the_letter();
    let mut wrong = Vec::new();
    for Explanation { rule, bad, good, .. } in explanations().unwrap() {
        if rule.starts_with('F') {
            continue;
        }
        for (example, is_bad) in [(&bad, true), (&good, false)] {
            let files = [Input::new("example", file_with(example))];
            let (_, faults) = bank::load(&files, &letter, &pictures());
            let caught = faults.iter().any(|fault| fault.rule == rule);
            let errors = faults.iter().any(|fault| fault.severity == Severity::Error);
            if caught != is_bad || (!is_bad && errors) {
                let kind = if is_bad { "the bad example is not caught" } else { "the good example is not good" };
                wrong.push(format!("{rule}: {kind}\n{}", render_all(&faults, &files)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What came of a bank and a blueprint: limits that no draw could meet, and the items of each form.
#[derive(Debug)]
struct Made {
    unmet: String,
    items: Vec<Vec<String>>,
}

/// A bank and a blueprint, as files.
struct Form {
    items: Vec<Value>,
    sets: Vec<Value>,
    blueprint: String,
    forms: u16,
}

impl Form {
    /// Of what stands in the example of a limit.
    fn of(example: &str, letter: &Letter) -> Form {
        let example = mapping(example);
        assert_eq!(example.len(), 1, "one field says what the form is like");
        let (field, value) = example.into_iter().next().unwrap();
        let list = value.as_sequence().cloned().unwrap_or_default();
        let mut form = Form { items: Vec::new(), sets: Vec::new(), blueprint: String::new(), forms: 1 };
        let mut cell = format!("{{take: {}}}", list.len());
        let (mut modes, mut reading) = ("same-items", "none".to_owned());
        match field.as_str().unwrap() {
            "keys" => list.iter().for_each(|key| form.numbers(key.as_str().unwrap(), letter)),
            "key_longest" => list.iter().for_each(|longest| {
                let texts = if longest.as_bool() == Some(true) || longest.as_str() == Some("yes") { ["a rather long answer", "a short answer"] } else { ["a middling answer", "a short answer"] };
                let (n, key) = (form.items.len(), texts[0]);
                let distractors = format!("[{{text: {} no, because: the letter has nothing of this kind, cite: 6}}, {{text: {} too, because: the letter says something else here, cite: 6}}]", texts[1], texts[1]);
                form.item(letter, n, &format!("key: {{text: {key}, because: it is what the paragraph says here}}\ndistractors: {distractors}"));
            }),
            "questions" => list.iter().for_each(|question| {
                let mut fields = question.as_mapping().unwrap().clone();
                if let Some(key) = fields.get("key").and_then(Value::as_str).map(str::to_owned) {
                    fields.insert("key".into(), serde_yaml::from_str(&format!("{{text: {key}, because: it is what the paragraph says here}}")).unwrap());
                }
                let n = form.items.len();
                form.item(letter, n, &serde_yaml::to_string(&fields).unwrap());
            }),
            "paragraphs" => list.iter().for_each(|p| {
                let before = form.items.iter().filter(|item| item["cite"][0] == *p).count();
                form.item_at(letter, (p.as_u64().unwrap() as usize, before), "");
            }),
            "dok" => list.iter().for_each(|dok| {
                let n = form.items.len();
                form.item(letter, n, &format!("dok: {}", dok.as_u64().unwrap()));
            }),
            "true_false" => list.iter().for_each(|truth| form.judged(truth.as_bool().unwrap(), letter)),
            "estimates" => {
                list.iter().for_each(|estimate| {
                    let n = form.items.len();
                    form.item(letter, n, &format!("estimate: {}", estimate.as_f64().unwrap()));
                });
                (modes, form.forms) = ("parallel", 2);
                cell = "{take: 1}".to_owned();
            }
            "set_of_two" => {
                form.item(letter, 0, "set: pair");
                form.item(letter, 1, "set: pair");
                form.sets.push(serde_yaml::from_str("{id: pair, title: A pair, passages: [{cite: 6, quote: I like very much your analogy}]}").unwrap());
                cell = serde_yaml::to_string(&value).unwrap().replace('\n', "");
                cell = format!("{{{cell}}}");
            }
            "verbatim_cloze" => {
                let passage = "passage: \"I like very much your {{analogy}} of Noah’s Ark, with both the “clean” and the “unclean” determined that it stay afloat.\"\nextra_words: [account]";
                form.item_at(letter, (6, 0), &format!("kind: cloze\nmode: verbatim\n{passage}"));
                reading = value["reading"].as_str().unwrap().to_owned();
                cell = "{take: 1}".to_owned();
            }
            other => panic!("the tests do not know `{other}`"),
        }
        form.blueprint = format!(
            "name: example\ntitle: Example\nabout: Example\nmodes: [{modes}]\nreading: {reading}\nparts:\n  - {{title: Part, directions: \"\", cells: [{cell}]}}\n"
        );
        form
    }

    /// An item on the n-th paragraph.
    fn item(&mut self, letter: &Letter, n: usize, fields: &str) {
        self.item_at(letter, (n + 1, 0), fields);
    }

    /// An item that is keyed by a sentence of its own, and is like no other.
    fn item_at(&mut self, letter: &Letter, (paragraph, sentence): (usize, usize), fields: &str) {
        let place = &letter.paragraphs[paragraph - 1];
        let words: Vec<&str> = place.text[place.sentences[sentence].clone()].split(' ').collect();
        let mut item = mapping(ITEM);
        let n = self.items.len();
        item.insert("id".into(), format!("item-{n}").into());
        item.insert("cite".into(), Value::Sequence(vec![(paragraph as u64).into()]));
        item.insert("stem".into(), format!("What about {}?", words[..8].join(" ")).into());
        item.insert(
            "key".into(),
            serde_yaml::from_str(&format!("{{text: key-{n}, because: it is what the paragraph says here}}")).unwrap(),
        );
        let evidence = format!("[{{cite: {paragraph}, quote: {:?}}}]", words[..8].join(" ").replace('"', ""));
        item.insert("evidence".into(), serde_yaml::from_str(&evidence).unwrap());
        let fields: Mapping = if fields.is_empty() { Mapping::new() } else { mapping(fields) };
        let own_kind = fields.get("kind").and_then(Value::as_str).map(str::to_owned);
        if let Some(kind) = own_kind {
            ["key", "distractors"].iter().for_each(|field| drop(item.remove(*field)));
            if kind == "true-false" {
                item.remove("stem");
            }
        }
        item.extend(fields);
        self.items.push(Value::Mapping(item));
    }

    /// A question with the numbers 1 to 4 for options, which stay in their order.
    fn numbers(&mut self, key: &str, letter: &Letter) {
        let right = "ABCD".find(key).unwrap() + 1;
        let because = [
            "it is one less than two is",
            "it is twice as much as one",
            "it is one more than two is",
            "it is twice as much as two",
        ];
        let option = |n: usize| format!("{{text: {n}, because: {}, cite: 6}}", because[n - 1]);
        let wrong: Vec<String> = (1..=4).filter(|n| *n != right).map(option).collect();
        let n = self.items.len();
        self.item(letter, n, &format!("key: {}\ndistractors: [{}]\norder: logical", option(right), wrong.join(", ")));
    }

    fn judged(&mut self, truth: bool, letter: &Letter) {
        let n = self.items.len();
        let correction = if truth { "" } else { "correction: {replace: night, with: day}\n" };
        self.item(letter, n, &format!("kind: true-false\nstatement: \"It is night in paragraph {n}\"\nanswer: {truth}\nbecause: it is what the paragraph says here\n{correction}"));
    }

    /// What comes of it: the limits that no draw could meet, or why there is no form.
    fn made(&self, letter: &Letter) -> Result<Made, String> {
        let mut file = Mapping::new();
        file.insert("items".into(), Value::Sequence(self.items.clone()));
        file.insert("sets".into(), Value::Sequence(self.sets.clone()));
        let files = [Input::new("example", serde_yaml::to_string(&file).unwrap())];
        let (bank, faults) = bank::load(&files, letter, &[]);
        let errors: Vec<_> = faults.into_iter().filter(|fault| fault.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{}", render_all(&errors, &files));
        let inputs = [Input::new("blueprint", self.blueprint.to_string())];
        let (blueprints, faults) = pilcrow::blueprint::load(&inputs, letter, &bank);
        let [blueprint] = &blueprints[..] else { panic!("{}", render_all(&faults, &inputs)) };
        match assemble(Job { letter, bank: &bank, blueprint, seed: Seed::new(1).unwrap() }, 0..self.forms) {
            Ok(sheets) => Ok(Made {
                unmet: sheets
                    .iter()
                    .flat_map(|sheet| &sheet.key.fairness.unmet)
                    .cloned()
                    .collect::<Vec<_>>()
                    .join("\n"),
                items: sheets.iter().map(|s| s.paper.questions().map(|q| q.item.clone()).collect()).collect(),
            }),
            Err(shortfall) => Err(shortfall.to_string()),
        }
    }
}

#[test]
fn the_bad_forms_meet_their_limits_and_the_good_ones_do_not() {
    let letter = the_letter();
    let mut wrong = Vec::new();
    for Explanation { rule, bad, good, .. } in explanations().unwrap() {
        if !rule.starts_with('F') {
            continue;
        }
        let (bad, good) = (Form::of(&bad, &letter).made(&letter), Form::of(&good, &letter).made(&letter));
        let told = |made: &Result<Made, String>| made.as_ref().map_or_else(|e| e, |made| &made.unmet).contains(&rule);
        // Rather than a harder form, pupils get the same questions again.
        let repeats = |made: &Result<Made, String>| made.as_ref().is_ok_and(|made| made.items[0] == made.items[1]);
        let caught = |made: &Result<Made, String>| match &*rule {
            // Enemies, sets and hidden paragraphs leave no form to be told about.
            "F06" | "F12" | "F13" => made.is_err(),
            "F11" => repeats(made),
            _ => told(made),
        };
        if !caught(&bad) || caught(&good) || good.is_err() {
            wrong.push(format!("{rule}\nbad: {bad:?}\ngood: {good:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
