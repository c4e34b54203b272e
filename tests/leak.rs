//! The finished worksheet files are searched for anything that tells the key: text, source, metadata, structure.

use crate::common;
use std::collections::BTreeSet;
use std::path::Path;

use pilcrow::bank::{Choice, Item, Task};

/// Everything that only a teacher may read of an item.
fn secrets(item: &Item) -> Vec<String> {
    let mut all = vec![item.explanation.clone()];
    all.extend(item.hints.clone());
    all.extend(item.teacher_note.clone());
    let mut choices = |list: Vec<&Choice>| all.extend(list.iter().map(|c| c.because.clone()));
    match &item.task {
        Task::SingleChoice { key, distractors, .. } | Task::Vocabulary { key, distractors, .. } => {
            choices(distractors.iter().chain([key]).collect());
        }
        Task::MultipleSelect { keys, distractors, .. } => choices(keys.iter().chain(distractors).collect()),
        Task::PairedEvidence { key, distractors, .. } => {
            choices(distractors.iter().chain([key]).map(|(c, _)| c).collect())
        }
        Task::TrueFalse { because, correction } => {
            all.push(because.clone());
            all.extend(correction.iter().map(|c| c.with.clone()));
        }
        Task::StatementCheck { because, .. } => all.push(because.clone()),
        Task::Matching { pairs, extra, .. } => {
            all.extend(pairs.iter().map(|p| p.because.clone()));
            all.extend(extra.iter().map(|e| e.because.clone()));
        }
        Task::Attribution { statements, .. } => all.extend(statements.iter().map(|s| s.because.clone())),
        Task::ShortAnswer { accepted, not_credited, samples, .. } => {
            all.extend(accepted.iter().map(|a| a.idea.clone()));
            all.extend(not_credited.iter().map(|n| n.because.clone()));
            all.extend(samples.iter().map(|s| s.text.clone()));
        }
        Task::Essay { rubric, samples, .. } => {
            all.extend(rubric.iter().map(|c| c.example.clone()));
            all.extend(samples.iter().map(|s| s.text.clone()));
        }
        Task::Organizer { rows, .. } => all.extend(rows.iter().flat_map(|r| r.accept.clone())),
        Task::Numeric { known_errors, .. } => all.extend(known_errors.iter().map(|e| e.because.clone())),
        _ => {}
    }
    all
}

/// Letters only, without what differs between a text and its page: kinds of quotation mark, hyphens, line breaks, and “¶7”,
/// which HTML spells out for those who listen.
fn bare(text: &str) -> String {
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    letters.replace("paragraph", "")
}

/// The text between the tags of an HTML file.
fn untagged(html: &str) -> String {
    html.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text)).collect::<Vec<_>>().join(" ")
}

/// The words that the glossary of an HTML file explains.
fn explained(html: &str) -> Vec<String> {
    let words = html.split("<dt>").skip(1).map(|rest| rest.split("</dt>").next().unwrap().to_owned());
    words.collect()
}

/// A PDF with every stream unpacked, and its text.
fn opened(path: &Path) -> String {
    let output = std::process::Command::new("qpdf")
        .args(["--qdf", "--object-streams=disable", "--decode-level=all"])
        .arg(path)
        .arg("-")
        .output()
        .expect("qpdf is needed: tests/run installs it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), common::pdf_text(path))
}

#[test]
fn no_worksheet_tells_its_key() {
    common::shipped().iter().for_each(keeps_its_keys);
}

fn keeps_its_keys(shipped: &common::Shipped) {
    let source = &shipped.source;
    // What the letter itself says may stand in a printed reading.
    let letter = bare(&source.letter.paragraphs.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" "));
    let folder = tempfile::tempdir().unwrap();
    let aids = ["--headnote", "full", "--glossary", "--starters", "--adapted"];
    let on_paper = source.blueprints.iter().flat_map(|blueprint| [(blueprint, &["--duplex"][..]), (blueprint, &aids)]);
    let on_screen = source.blueprints.iter().take(2).map(|blueprint| (blueprint, &["--fillable"][..]));
    for (blueprint, look) in on_paper.chain(on_screen) {
        let out = folder.path().join(format!("{}{}", blueprint.name, look[0]));
        let make = ["make", "--blueprint", &blueprint.name, "--out", out.to_str().unwrap(), "--forms", "2"];
        common::done(folder.path(), &shipped.args(&[&make[..], look].concat()));
        let mut searched = 0;
        for (name, bytes) in common::files(&out) {
            if !name.contains("worksheet") {
                assert!(name.contains("TEACHER") || name == "manifest.yaml", "{name}");
                continue;
            }
            searched += 1;
            let text =
                if name.ends_with(".pdf") { opened(&out.join(&name)) } else { String::from_utf8(bytes).unwrap() };
            let plain = if name.ends_with(".html") { bare(&text) + &bare(&untagged(&text)) } else { bare(&text) };
            for word in explained(&text) {
                let asks = |item: &&Item| matches!(&item.task, Task::Vocabulary { word: asked, .. } if *asked == word);
                let on_the_sheet = |item: &&Item| plain.contains(&bare(&item.stem));
                let asked = source.bank.items.iter().find(|item| asks(item) && on_the_sheet(item));
                assert!(asked.is_none(), "{name} explains “{word}”, about which it asks: {}", asked.unwrap().id);
            }
            for item in &source.bank.items {
                assert!(!text.contains(&format!("\"{}\"", item.id)), "{name} names {}", item.id);
                for secret in secrets(item) {
                    let secret = bare(&secret);
                    if secret.len() >= 25 && !letter.contains(&secret) {
                        assert!(!plain.contains(&secret), "{name} holds a teacher's words on {}: {secret}", item.id);
                    }
                }
            }
            for word in ["misconception", "rationale", "distractor", "TEACHER", "data-key", "correct="] {
                assert!(!text.contains(word), "{name} says {word}");
            }
        }
        assert_eq!(searched, 4, "{}", blueprint.name);
    }
}

#[test]
fn what_is_searched_for_would_be_found_in_a_key() {
    for shipped in common::shipped() {
        let folder = tempfile::tempdir().unwrap();
        common::done(folder.path(), &shipped.args(&["make", "--blueprint", "exit-ticket", "--forms", "1"]));
        let out = folder.path().join("worksheets");
        for ending in ["pdf", "html"] {
            let name = format!("{}-TEACHER-key-A.{ending}", shipped.id());
            let path = out.join(&name);
            let text = if ending == "pdf" { opened(&path) } else { std::fs::read_to_string(&path).unwrap() };
            let plain = if ending == "html" { bare(&untagged(&text)) } else { bare(&text) };
            let told = |item: &&Item| plain.contains(&bare(&item.explanation));
            let found = shipped.source.bank.items.iter().filter(told).count();
            assert!(found >= 4, "{name}: {found}");
            assert!(text.contains("TEACHER"), "{name}");
        }
    }
}

#[test]
fn the_options_of_a_question_differ_in_nothing_but_their_words() {
    for (shipped, (blueprint, least)) in common::shipped().iter().zip([("document-exam", 11), ("class-period", 6)]) {
        let folder = tempfile::tempdir().unwrap();
        let args = ["make", "--blueprint", blueprint, "--forms", "1", "--format", "html"];
        common::done(folder.path(), &shipped.args(&args));
        let name = format!("worksheets/{}-worksheet-A.html", shipped.id());
        let lists = options_differ_in_words_alone(&std::fs::read_to_string(folder.path().join(name)).unwrap());
        assert!(lists >= least, "{lists} lists");
    }
}

/// How many lists of options there are.
fn options_differ_in_words_alone(html: &str) -> usize {
    let mut shapes = BTreeSet::new();
    let mut lists = 0;
    for list in html.split("<ol class=\"options").skip(1).map(|l| l.split("</ol>").next().unwrap()) {
        let tags: BTreeSet<String> =
            list.split("<li").skip(1).map(|entry| entry.split('>').next().unwrap().to_owned()).collect();
        assert!(tags.len() <= 1, "entries of one list differ: {tags:?}");
        shapes.extend(tags);
        lists += 1;
    }
    lists
}
