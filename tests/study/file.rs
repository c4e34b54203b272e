//! The file that `pilcrow study` writes: what it holds, what lets nothing else in, how large it is, what is refused.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::common::{done, files, refused, shipped};

/// What stands between two marks.
pub fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    let from = text.find(open).unwrap_or_else(|| panic!("there is no {open}")) + open.len();
    &text[from..from + text[from..].find(close).unwrap()]
}

/// The quiz in a file, as the script reads it.
fn quiz(html: &str) -> Value {
    let deflated = STANDARD.decode(between(html, "id=\"quiz\">", "</script>")).unwrap();
    let mut json = String::new();
    flate2::read::DeflateDecoder::new(deflated.as_slice()).read_to_string(&mut json).unwrap();
    serde_json::from_str(&json).unwrap()
}

/// Runs `study` in a folder and reads the one file that it writes.
fn study(folder: &Path, args: &[&str]) -> String {
    done(folder, &[&["study", "--out", "quiz.html"], args].concat());
    std::fs::read_to_string(folder.join("quiz.html")).unwrap()
}

/// The bank that has every kind of item.
fn every_kind() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/bank").display().to_string()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a Vec<Value> {
    value[name].as_array().unwrap_or_else(|| panic!("{name} is no list in {value}"))
}

/// The words of a text, which is a string or a list of runs.
fn words(text: &Value) -> String {
    match text.as_array() {
        Some(runs) => runs.iter().map(|run| run["t"].as_str().or(run.as_str()).unwrap()).collect(),
        None => text.as_str().unwrap().to_owned(),
    }
}

/// The answer that the key of a task gives, and the points that it must have.
fn keyed(task: &Value) -> Option<Value> {
    let all = |name: &str, of: &str| Value::from(list(task, name).iter().map(|x| x[of].clone()).collect::<Vec<_>>());
    let right = |name: &str| -> Vec<usize> {
        let options = list(task, name).iter().enumerate();
        options.filter(|(_, option)| option["right"] == true).map(|(at, _)| at).collect()
    };
    Some(match task["type"].as_str().unwrap() {
        "choice" => Value::from(right("options")),
        "true_false" => {
            serde_json::json!({"judgement": task["answer"], "correction": right("corrections").first()})
        }
        "statement" => task["verdict"].clone(),
        "matching" => all("premises", "response"),
        "attribution" => all("statements", "speaker"),
        "ordering" => Value::from((0..list(task, "elements").len()).collect::<Vec<_>>()),
        "cloze" => Value::from(list(task, "blanks").iter().map(|answers| answers[0].clone()).collect::<Vec<_>>()),
        "numeric" => task["answer"].clone(),
        "paired" => {
            let a = right("answers")[0];
            let b = list(task, "quotations").iter().position(|quotation| quotation["answer"] == a);
            serde_json::json!({"a": a, "b": b})
        }
        "finding" => serde_json::json!({"p": task["core"]["p"], "s": task["core"]["s"][0]}),
        "ideas" => return None,
        other => panic!("{other}"),
    })
}

#[test]
fn the_key_of_every_question_earns_all_its_points() {
    let folder = tempfile::tempdir().unwrap();
    for bank in shipped() {
        let quiz = quiz(&study(folder.path(), &bank.args(&[])));
        let ids: BTreeSet<&str> = list(&quiz, "items").iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), list(&quiz, "items").len());
        for item in list(&quiz, "items") {
            let task: pilcrow::study::Task = serde_json::from_value(item["task"].clone()).unwrap();
            let Some(answer) = keyed(&item["task"]) else { continue };
            let answer = serde_json::from_value(answer).unwrap();
            let points = pilcrow::study::score::score(&task, &answer);
            assert!(points > 0 && points == task.points() && item["points"] == points, "{item}");
        }
    }
}

#[test]
fn every_kind_that_a_quiz_can_ask_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let quiz = quiz(&study(folder.path(), &["--bank", &every_kind()]));
    let kinds: BTreeSet<&str> = list(&quiz, "items").iter().map(|item| item["kind"].as_str().unwrap()).collect();
    let all: Vec<String> = pilcrow::study::KINDS.iter().map(|kind| kind.word().replace('-', "_")).collect();
    assert_eq!(kinds, all.iter().map(String::as_str).collect());
}

#[test]
fn evidence_stands_in_the_sentences_that_are_named() {
    let folder = tempfile::tempdir().unwrap();
    for bank in shipped() {
        let quiz = quiz(&study(folder.path(), &bank.args(&[])));
        let paragraphs = list(&quiz["sources"][0], "paragraphs");
        let mut checked = 0;
        for evidence in list(&quiz, "items").iter().flat_map(|item| list(item, "evidence")) {
            let Some(p) = evidence["p"].as_u64() else {
                assert!(evidence["from"].is_string(), "{evidence}");
                continue;
            };
            let sentences = list(&paragraphs[p as usize - 1], "sentences");
            let named: Vec<String> =
                list(evidence, "s").iter().map(|s| words(&sentences[s.as_u64().unwrap() as usize])).collect();
            assert!(named.join(" ").contains(evidence["text"].as_str().unwrap()), "{evidence}: {named:?}");
            checked += 1;
        }
        assert!(checked > 40, "{checked}");
    }
}

#[test]
fn a_false_statement_is_put_right_by_one_of_three() {
    let folder = tempfile::tempdir().unwrap();
    let quiz = quiz(&study(folder.path(), &[]));
    let mut put_right = 0;
    for task in list(&quiz, "items").iter().map(|item| &item["task"]).filter(|task| task["type"] == "true_false") {
        let corrections = list(task, "corrections");
        if task["answer"] == true {
            assert!(corrections.is_empty());
            continue;
        }
        assert_eq!(corrections.len(), 3, "{task}");
        assert_eq!(corrections.iter().filter(|c| c["right"] == true).count(), 1);
        for correction in corrections {
            let runs = list(correction, "text");
            assert!(runs.iter().any(|run| run["style"] == "strong"), "{correction}");
        }
        put_right += 1;
    }
    assert!(put_right >= 5);
}

/// The policy names exactly the one script and the one style of the file.
#[test]
fn the_policy_lets_in_what_the_file_holds_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    for bank in shipped() {
        let html = study(folder.path(), &bank.args(&[]));
        let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
        let policy = between(&html, "http-equiv=\"Content-Security-Policy\" content=\"", "\"").replace("&#39;", "'");
        let script = between(&html, "<script type=\"module\">", "</script>");
        let style = between(&html, "<style>", "</style>");
        assert_eq!(
            policy,
            format!(
                "default-src 'none'; script-src {} {}; style-src {}; img-src data:; font-src data:; base-uri 'none'; \
                 form-action 'none'",
                hash(script),
                hash(between(&html, "id=\"quiz\">", "</script>")),
                hash(style)
            )
        );
        assert_eq!((html.matches("<script").count(), html.matches("<style").count()), (2, 1));
        for word in
            [" style=\"", " onclick", " onload", "innerHTML", "eval(", "new Function", "@import", "url(http", "<link"]
        {
            assert!(!html.contains(word), "{word}");
        }
    }
}

#[test]
fn two_processes_write_the_same_bytes() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for bank in shipped() {
        assert!(study(one.path(), &bank.args(&[])) == study(other.path(), &bank.args(&[])));
    }
}

#[test]
fn a_whole_bank_is_small_enough_for_a_phone() {
    let folder = tempfile::tempdir().unwrap();
    let html = study(folder.path(), &[]);
    let fonts: usize = html.match_indices("@font-face").map(|(at, _)| html[at..].find('}').unwrap() + 1).sum();
    let (size, items) = (html.len() - fonts, list(&quiz(&html), "items").len());
    // 400 KB for 230 questions; what is there beside questions is in these.
    assert!(size <= 400_000 * items.max(230) / 230, "{size} bytes for {items} questions");
}

#[test]
fn options_say_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let quiz_of = |args: &[&str]| quiz(&study(folder.path(), args));
    let ids = |quiz: &Value| -> Vec<String> {
        list(quiz, "items").iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let section = quiz_of(&["--sections", "c-D", "--title", "Berlin & “more”", "--no-letter"]);
    assert!(list(&section, "items").iter().all(|item| item["section"] == "C" || item["section"] == "D"));
    assert_eq!((&section["title"], &section["letter"]), (&Value::from("Berlin & “more”"), &Value::from(false)));
    let ticket = quiz_of(&["--blueprint", "exit-ticket", "--seed", "3"]);
    assert!((2..20).contains(&ids(&ticket).len()));
    assert_eq!(ids(&ticket), ids(&quiz_of(&["--blueprint", "exit-ticket", "--seed", "3"])));
    let others = (4..9).map(|seed| ids(&quiz_of(&["--blueprint", "exit-ticket", "--seed", &seed.to_string()])));
    assert!(others.into_iter().any(|other| other != ids(&ticket)));
    let [kennedy, speech] = shipped();
    let both = quiz_of(&["--bank", "kennedy-1961", "--bank", &speech.folder.display().to_string()]);
    assert_eq!(list(&both, "sources").len(), 2);
    assert_eq!(both["id"], "kennedy-1961+gettysburg-1863");
    let both_ids = ids(&both);
    assert_eq!(both_ids.iter().collect::<BTreeSet<_>>().len(), both_ids.len());
    let single = ids(&quiz_of(&kennedy.args(&[]))).len() + ids(&quiz_of(&speech.args(&[]))).len();
    assert_eq!(both_ids.len(), single);
}

#[test]
fn a_folder_to_write_into_gets_the_file_by_the_letters_name() {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["study", "--sections", "A", "--out", "monday/"]);
    // A name without an ending is a folder's, as for the sheets.
    done(folder.path(), &["study", "--sections", "A", "--out", "tuesday"]);
    assert!(folder.path().join("tuesday/kennedy-1961-study.html").is_file());
    done(folder.path(), &["study", "--sections", "A"]);
    assert!(folder.path().join("monday/kennedy-1961-study.html").is_file());
    assert!(folder.path().join("kennedy-1961-study.html").is_file());
}

/// What would be mark-up, end a script, or turn the direction of writing.
const POISON: &str = " </script><script>alert(1)</script><img src=x onerror=alert(1)> & <!-- \u{2028}\u{2029} 👩\u{200d}🚀 שלום مرحبا {{ quiz }} {% raw %}";

/// Puts the poison behind every text that a pupil reads and that need not stand in the letter.
fn poison(value: &mut serde_yaml::Value, under: &str) {
    const FREE: [&str; 9] =
        ["explanation", "because", "hints", "intro", "caption", "alt", "premises", "responses", "idea"];
    match value {
        serde_yaml::Value::Mapping(map) => {
            map.iter_mut().for_each(|(key, value)| poison(value, key.as_str().unwrap_or_default()));
        }
        serde_yaml::Value::Sequence(all) => all.iter_mut().for_each(|value| poison(value, under)),
        serde_yaml::Value::String(text) if FREE.contains(&under) => text.push_str(POISON),
        _ => {}
    }
}

#[test]
fn a_hostile_bank_is_text() {
    let folder = tempfile::tempdir().unwrap();
    let bank = folder.path().join("bank-of-evil");
    for (name, bytes) in files(Path::new(&every_kind())) {
        let path = bank.join(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        if name.starts_with("bank/") {
            let mut value: serde_yaml::Value = serde_yaml::from_slice(&bytes).unwrap();
            poison(&mut value, "");
            std::fs::write(path, serde_yaml::to_string(&value).unwrap()).unwrap();
        } else {
            std::fs::write(path, bytes).unwrap();
        }
    }
    let title = format!("T{POISON}");
    let html = study(folder.path(), &["--bank", &bank.display().to_string(), "--title", &title]);
    assert_eq!(html.matches("<script").count(), 2);
    assert_eq!(html.matches("</script").count(), 2);
    assert!(!html.contains("<img src=x") && html.contains("&lt;script&gt;alert(1)"));
    // Only the page's own comment marks, if any: none of the bank's.
    assert!(!between(&html, "<noscript>", "</noscript>").contains("<!--"));
    let quiz = quiz(&html);
    assert_eq!(quiz["title"], title);
    for item in list(&quiz, "items") {
        assert!(item["explanation"].to_string().contains("</script><script>alert(1)"), "{}", item["explanation"]);
        assert!(item["explanation"].as_str().unwrap().ends_with("{{ quiz }} {% raw %}"));
    }
    // The poison changes nothing that is run.
    let clean = study(folder.path(), &["--bank", &every_kind()]);
    let run = |html: &str| between(html, "<script type=\"module\">", "</script>").to_owned();
    assert_eq!(run(&html), run(&clean));
}

#[test]
fn refusals_have_a_remedy_and_write_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let speech = shipped()[1].folder.display().to_string();
    let elsewhere = tempfile::tempdir().unwrap();
    let talk = elsewhere.path().join("talk.yaml");
    let cell = "{take: 1, kinds: [discussion]}";
    std::fs::write(&talk, format!("name: talk\ntitle: Talk\nparts:\n  - title: Talk\n    cells: [{cell}]\n")).unwrap();
    let talk = talk.display().to_string();
    for (args, code, said) in [
        (vec!["--sections", "K"], 1, "it has A, B, C, D, E, F, G"),
        (vec!["--blueprint", "exit-tickt"], 1, "did you mean exit-ticket?"),
        (vec!["--blueprint", &talk], 1, "for paper only"),
        (vec!["--blueprint", "exit-ticket", "--sections", "A"], 2, "cannot be used with"),
        (vec!["--bank", &speech, "--bank", &speech], 1, "name each bank once"),
        (vec!["--bank", "no-such-folder"], 1, "there is no such folder"),
        (vec!["--seed", "-1"], 2, "a seed is a whole number"),
        (vec!["--progress", "mine.json"], 2, "--terminal"),
        (vec!["--terminal", "--open"], 2, "cannot be used with"),
        (vec!["--templates", "no-such-folder"], 1, "--templates"),
    ] {
        let message = refused(folder.path(), &[&["study"], args.as_slice()].concat(), code);
        assert!(message.contains(said), "{args:?}: {message}");
        assert!(code == 2 || message.contains("help:"), "{message}");
    }
    assert!(files(folder.path()).is_empty());
}

#[test]
fn a_teachers_own_style_and_page_take_the_place_of_the_programs() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own/study");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("style.css"), "body { color: teal; }\n/* </style><script> */").unwrap();
    let html = study(folder.path(), &["--templates", "own", "--sections", "A"]);
    assert!(html.contains("color:teal") && html.matches("<script").count() == 2);
    std::fs::write(own.join("page.html"), "{{ nothing }}").unwrap();
    let message = refused(folder.path(), &["study", "--templates", "own"], 1);
    assert!(message.contains("study/page.html"), "{message}");
    std::fs::write(own.join("pag.html"), "").unwrap();
    let message = refused(folder.path(), &["study", "--templates", "own"], 1);
    assert!(message.contains("did you mean `study/page.html`?"), "{message}");
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_asked_to_open_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let opener = folder.path().join("xdg-open");
    std::fs::write(&opener, "#!/bin/sh\necho \"$1\" > opened\n").unwrap();
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).unwrap();
    let run = |path: &Path| {
        let mut program = assert_cmd::Command::cargo_bin("pilcrow").unwrap();
        let args = ["study", "--sections", "A", "--out", "quiz.html", "--open"];
        program.current_dir(folder.path()).args(args).env("PATH", path).output().unwrap()
    };
    let path = std::env::join_paths([folder.path(), Path::new("/usr/bin"), Path::new("/bin")]).unwrap();
    assert!(run(Path::new(&path)).status.success());
    let opened = std::fs::read_to_string(folder.path().join("opened")).unwrap();
    assert!(opened.trim().ends_with("quiz.html"), "{opened}");
    // Without one the file is there all the same, and the message says so.
    let empty = tempfile::tempdir().unwrap();
    let output = run(empty.path());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("is written, but no browser"), "{said}");
}
