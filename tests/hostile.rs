//! Files that are broken, huge or made to hurt: refused with a reason, within a second and 200 MB, and nothing is written.

use crate::common;
use std::path::Path;

use crate::common::{done, files, refused};

/// An own bank in a folder, to be spoilt.
fn bank(folder: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions/kennedy-1961");
    for part in ["bank", "blueprints", "pictures"] {
        std::fs::create_dir_all(folder.join(part)).unwrap();
        for (name, bytes) in files(&from.join(part)) {
            std::fs::write(folder.join(part).join(name), bytes).unwrap();
        }
    }
    for name in ["letter.txt", "letter.yaml"] {
        std::fs::copy(from.join(name), folder.join(name)).unwrap();
    }
}

fn written(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), bytes).unwrap();
}

/// Runs the program under limits of memory and time; its standard error. What the program itself fills does not count: it grows
/// with the formats that are built in.
#[cfg(unix)]
fn limited(folder: &Path, arguments: &str) -> String {
    let program = assert_cmd::cargo::cargo_bin("pilcrow");
    let line = format!("ulimit -d 150000; ulimit -t 2; exec '{}' {arguments}", program.display());
    let output = std::process::Command::new("sh").args(["-c", &line]).current_dir(folder).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{arguments}: {said}");
    assert!(!said.contains("panicked") && !said.contains("RUST_BACKTRACE"), "{said}");
    assert!(said.len() < 200_000, "{} bytes are said", said.len());
    said
}

#[cfg(unix)]
#[test]
fn yaml_made_to_hurt_is_refused_soon() {
    let folder = tempfile::tempdir().unwrap();
    bank(folder.path());
    let names: Vec<char> = ('a'..='j').collect();
    let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for pair in names.windows(2) {
        bomb += &format!("{1}: &{1} [{0}]\n", vec![format!("*{}", pair[0]); 9].join(","), pair[1]);
    }
    let cases: [(Vec<u8>, &str); 9] = [
        (bomb.into_bytes(), "repeat too much"),
        (format!("items: {}", "[".repeat(100_000)).into_bytes(), "nested deeper"),
        ((0..3000).map(|n| " ".repeat(n) + "a:\n").collect::<String>().into_bytes(), "nested deeper"),
        ("- ".repeat(100_000).into_bytes(), "nested deeper"),
        (vec![b'x'; 20 << 20], "larger than 16 MB"),
        (format!("items:\n{}", "  - {id: x, kind: nope}\n".repeat(20_000)).into_bytes(), "not listed"),
        (b"items:\n  - \"\xff\"\n".to_vec(), "not UTF-8"),
        (b"items: &a\n  - *a\n".to_vec(), "inside what it names"),
        (b"items:\n\t- id: x\n".to_vec(), "tab"),
    ];
    for (bytes, reason) in cases {
        written(folder.path(), "bank/z.yaml", bytes);
        let said = limited(folder.path(), "check .");
        assert!(said.contains(reason) && said.contains("z.yaml"), "{reason}: {said}");
    }
    written(folder.path(), "bank/z.yaml", "items: []\n");
    done(folder.path(), &["check", "."]);
}

#[test]
fn every_file_that_cannot_be_read_is_told_and_the_rest_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own");
    bank(&own);
    std::fs::create_dir(own.join("bank/x.yaml")).unwrap();
    written(&own, "bank/y.yaml", b"\xff");
    written(&own, "bank/z.yaml", "itemz: []\n");
    let said = refused(folder.path(), &["check", "own"], 1);
    for part in ["x.yaml: this is a folder", "y.yaml, line 1: the text is not UTF-8", "did you mean `items`"] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
    assert!(!said.contains("error: error"), "{said}");
}

#[test]
fn a_file_that_is_passed_over_is_told() {
    let folder = tempfile::tempdir().unwrap();
    bank(folder.path());
    written(folder.path(), "bank/mine.yaml.txt", "items: []\n");
    std::fs::rename(folder.path().join("bank/b-ark.yaml"), folder.path().join("bank/b-ark.YAML")).unwrap();
    let output = common::pilcrow(folder.path(), &["check", "."]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("mine.yaml.txt is not read") && !said.contains("b-ark"), "{said}");
}

#[test]
fn an_id_cannot_lead_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own");
    bank(&own);
    let letter = std::fs::read_to_string(own.join("letter.yaml")).unwrap();
    for id in ["../evil", "a/b", "\"a\\nb\"", "\"\"", &"x".repeat(300)] {
        written(&own, "letter.yaml", letter.replacen("id: kennedy-1961", &format!("id: {id}"), 1));
        let said = refused(folder.path(), &["make", "--bank", "own", "--forms", "1"], 1);
        assert!(said.contains("files cannot be named by this id"), "{said}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was written");
}

#[test]
fn a_broken_letter_hides_no_fault_of_the_files_of_items() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own");
    bank(&own);
    written(&own, "bank/a-channel.yaml", "items:\n  - {id: x, kind: nope}\n");
    written(&own, "bank/b-ark.yaml", "items: [\n");
    for letter in ["title: [\n", "title: x\nunknown: 1\n"] {
        written(&own, "letter.yaml", letter);
        for args in [&["check", "own"][..], &["make", "--bank", "own", "--forms", "1"]] {
            let said = refused(folder.path(), args, 1);
            let places = ["own/letter.yaml:", "own/bank/a-channel.yaml:2:", "own/bank/b-ark.yaml:"];
            assert!(places.iter().all(|place| said.contains(place)), "{said}");
        }
    }
}

#[test]
fn controls_and_encodings_of_the_letter_are_told_by_check_and_new() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own");
    bank(&own);
    let letter = std::fs::read_to_string(own.join("letter.txt")).unwrap().replacen("private", "pri\0vate", 1);
    written(&own, "letter.txt", &letter);
    for args in [&["check", "own"][..], &["new", "own/letter.txt", "--out", "second"]] {
        let output = common::pilcrow(folder.path(), args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && said.contains("control character U+0000 taken out"), "{said}");
    }
    let wide: Vec<u8> = letter.encode_utf16().flat_map(u16::to_le_bytes).collect();
    written(folder.path(), "wide.txt", wide);
    let output = common::pilcrow(folder.path(), &["new", "wide.txt"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.contains("UTF-16LE"), "{said}");
}

#[test]
fn new_refuses_what_is_no_text_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&str, &[u8], &str); 5] = [
        ("speech.txt", b"PK\x03\x04\x14\0word/document.xml", "word processor"),
        ("paper.txt", b"%PDF-1.7\n1 0 obj\n", "a PDF"),
        ("noise.txt", &[0, 1, 2, 3, 4, 5, 200, 201, 6, 7, 8], "not a text"),
        ("empty.txt", b"", "no paragraph"),
        ("blank.txt", b"\n \n\n", "no paragraph"),
    ];
    for (name, bytes, reason) in cases {
        written(folder.path(), name, bytes);
        let said = refused(folder.path(), &["new", name], 1);
        assert!(said.contains(reason) && said.contains(name) && said.contains("help:"), "{said}");
    }
    let said = refused(folder.path(), &["new", "."], 1);
    assert!(said.contains("this is a folder"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 5, "no folder was started");
}

#[test]
fn whatever_text_a_bank_is_started_from_it_passes_check() {
    let folder = tempfile::tempdir().unwrap();
    let one_line_each = "We came from far, and we have a long way still to go before the winter. ".repeat(3);
    let texts = [
        ("three lines", "One line here.\nTwo lines are here.\nAnd three lines.\n".to_owned()),
        ("short", "Too short.\n".to_owned()),
        ("cjk", "第一段。这是中文。\n\n第二段。这也是中文。\n".to_owned()),
        ("word", format!("A Title\n{one_line_each}\nThe second paragraph has 7 words in it.\n")),
        ("same", "the same words again and again. ".repeat(20_000)),
        ("one-word", "x".repeat(1_000_000)),
    ];
    for (name, text) in texts {
        written(folder.path(), &format!("{name}.txt"), text);
        let shown = done(folder.path(), &["new", &format!("{name}.txt")]);
        done(folder.path(), &["check", name]);
        let draws = folder.path().join(name).join("blueprints").exists();
        assert_eq!(shown.contains("pilcrow make"), draws, "{shown}");
        let code = if draws { 0 } else { 1 };
        refused(folder.path(), &["make", "--bank", name, "--forms", "1", "--format", "html", "--out", "sheets"], code);
    }
    assert!(done(folder.path(), &["check", "word"]).contains("2 paragraphs"), "a line is a paragraph there");
}

#[test]
fn names_that_paper_cannot_show_are_all_told_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), "p3.csv", "name,class\nAda,3\n王小明,3\nИван Петров,3\nمحمد,3\n");
    let said = refused(folder.path(), &["make", "--roster", "p3.csv", "--title", "A 😀"], 1);
    for part in ["--title: ", "p3.csv:3: ", "p3.csv:5: ", "王小明", "--format html"] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
    assert!(!said.contains("p3.csv:4") && !folder.path().join("worksheets").exists(), "{said}");
    done(folder.path(), &["make", "--roster", "p3.csv", "--title", "A 😀", "--format", "html"]);
    assert_eq!(files(&folder.path().join("worksheets")).iter().filter(|(n, _)| n.contains("worksheet-")).count(), 4);
}

#[test]
fn a_character_of_the_bank_that_no_face_has_is_shown_with_its_item() {
    let folder = tempfile::tempdir().unwrap();
    bank(folder.path());
    let file = folder.path().join("bank/a-channel.yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    let item = text.split("stem: \"").next().unwrap().rsplit("- id: ").next().unwrap().lines().next().unwrap();
    std::fs::write(&file, text.replace("stem: \"", "stem: \"\u{1f600} é¶—½☐Хрущёв ")).unwrap();
    let whole = ["make", "--bank", ".", "--sections", "A", "--out", "out"];
    let message = refused(folder.path(), &whole, 1);
    assert!(message.contains(&format!("item {item}: no font has the character “\u{1f600}” (U+1F600)")), "{message}");
    assert!(message.contains("a-channel.yaml:") && message.contains("--format html"), "{message}");
    assert!(!message.contains("“é”") && !message.contains("“Х”") && !message.contains("“☐”"), "{message}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_spreadsheet_s_own_file_is_no_roster() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), "p3.xlsx", b"PK\x03\x04\x14\0\x08\0xl/workbook.xml");
    let said = refused(folder.path(), &["make", "--roster", "p3.xlsx"], 1);
    assert!(said.contains("p3.xlsx: this is no table of plain text") && said.contains("“CSV”"), "{said}");
}

#[test]
fn heads_are_one_line_without_controls_or_markup() {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["make", "--forms", "1", "--title", "a\n\u{202e}b\u{7} <script>x</script>", "--class", " "]);
    let html = std::fs::read_to_string(folder.path().join("worksheets/kennedy-1961-worksheet-A.html")).unwrap();
    assert!(html.contains("a b &lt;script&gt;") && !html.contains("<script>x"));
}

#[test]
fn filters_alone_take_as_many_as_the_bank_has() {
    let folder = tempfile::tempdir().unwrap();
    for filter in [["--types", "essay"], ["--skills", "sourcing"], ["--paragraphs", "3-1"], ["--types", "discussion"]] {
        done(folder.path(), &["make", "--forms", "1", "--format", "html", filter[0], filter[1]]);
    }
    let said = refused(folder.path(), &["make", "--types", "essay", "--questions", "20"], 1);
    assert!(said.contains("it asks 20 questions, and the bank has"), "{said}");
    let said = refused(folder.path(), &["make", "--points", "500", "--questions", "5", "--types", "essay"], 1);
    assert!(said.contains("it asks 500 points"), "{said}");
    let said = refused(folder.path(), &["make", "--forms", "0"], 2);
    assert!(said.contains("a whole number from 1 to 16384"), "{said}");
    refused(folder.path(), &["make", "--forms", "-1"], 2);
}

#[test]
fn a_code_may_be_typed_in_blocks_and_a_hostile_manifest_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let shown = done(folder.path(), &["make", "--json", "--format", "html", "--questions", "5", "--forms", "2"]);
    let json: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let code = json["sheets"][1]["code"].as_str().unwrap();
    let blocks: Vec<&str> = code.split('-').collect();
    let mut args = vec!["key", "--format", "html", "--out", "keys"];
    args.extend(&blocks);
    assert!(done(folder.path(), &args).contains(code));
    let manifest = std::fs::read_to_string(folder.path().join("worksheets/manifest.yaml")).unwrap();
    let cases = [
        (manifest.clone() + "more: 1\n", "the field `more` is not known here"),
        (manifest.replacen("questions: 5", "questions: 6", 1), "no blueprint of this bank gives this code"),
        (manifest.replacen("duplex: false", "duplex: maybe", 1), "neither true nor false"),
        (String::new(), "the file is empty"),
        ("[".repeat(100_000), "nested deeper"),
    ];
    for (text, reason) in cases {
        written(folder.path(), "m.yaml", text);
        let said = refused(folder.path(), &["key", code, "--manifest", "m.yaml", "--out", "never"], 1);
        assert!(said.contains(reason) && !said.contains("“false”"), "{reason}: {said}");
    }
    assert!(!folder.path().join("never").exists());
}

#[test]
fn files_of_an_earlier_run_are_told() {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["make", "--format", "html", "--forms", "3"]);
    let shown = done(folder.path(), &["make", "--format", "html", "--forms", "1", "--seed", "2"]);
    assert!(shown.contains("4 files of an earlier run are still in worksheets"), "{shown}");
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_written_the_reason_is_said_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), "file", "x");
    for (out, reason) in [("file", "is a file"), ("file/below", "is a file"), ("/proc/x", "cannot be written")] {
        let said = refused(folder.path(), &["make", "--forms", "1", "--out", out], 1);
        assert!(said.contains(reason) && said.contains("--out") && !said.contains(".pilcrow-"), "{said}");
    }
}

#[test]
fn a_manifest_larger_than_a_file_of_the_bank_still_gives_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own");
    bank(&own);
    for name in ["bank/y.yaml", "bank/z.yaml"] {
        written(&own, name, "# a remark\n".repeat(1 << 20) + "items: []\n");
    }
    let args = ["make", "--bank", "own", "--json", "--format", "html", "--forms", "1", "--questions", "4"];
    let json: serde_json::Value = serde_json::from_str(&done(folder.path(), &args)).unwrap();
    let code = json["sheets"][0]["code"].as_str().unwrap();
    assert!(std::fs::metadata(folder.path().join("worksheets/manifest.yaml")).unwrap().len() > 16 << 20);
    done(folder.path(), &["key", code, "--format", "html", "--out", "keys"]);
}

#[test]
fn a_blueprint_named_to_key_is_refused_for_its_own_faults() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["make", "--json", "--format", "html", "--forms", "1", "--questions", "4"];
    let json: serde_json::Value = serde_json::from_str(&done(folder.path(), &args)).unwrap();
    let code = json["sheets"][0]["code"].as_str().unwrap();
    let said = refused(folder.path(), &["key", code, "--blueprint", "nope.yaml"], 1);
    assert!(said.starts_with("error: nope.yaml: there is no such file\n  help:"), "{said}");
    written(folder.path(), "own.yaml", "name: own\nparts: [\n");
    let said = refused(folder.path(), &["key", code, "--blueprint", "own.yaml"], 1);
    assert!(said.contains("its blueprint has faults") && said.contains("own.yaml:"), "{said}");
}
