//! The program as a person meets it: what it writes, prints and refuses.

use crate::common;
use crate::common::{done, files, pdf_text, pdf_text_in_order, refused};

#[test]
fn make_without_a_flag_writes_four_forms_their_keys_the_strip_and_the_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let shown = done(folder.path(), &["make"]);
    let names: Vec<String> = files(&folder.path().join("worksheets")).into_iter().map(|(name, _)| name).collect();
    let mut expected = vec!["manifest.yaml".to_owned()];
    for extension in ["html", "pdf"] {
        for form in ["A", "B", "C", "D"] {
            expected.push(format!("kennedy-1961-TEACHER-key-{form}.{extension}"));
            expected.push(format!("kennedy-1961-worksheet-{form}.{extension}"));
        }
        expected.push(format!("kennedy-1961-TEACHER-strip.{extension}"));
    }
    expected.sort();
    assert_eq!(names, expected);
    for part in ["Next:", "pilcrow key ", "kennedy-1961-worksheet-A.pdf"] {
        assert!(shown.contains(part), "{shown}");
    }
    let code = shown
        .lines()
        .find_map(|line| line.split_whitespace().find(|w| w.len() == 19 && w.matches('-').count() == 3))
        .unwrap();
    let text = pdf_text(&folder.path().join("worksheets/kennedy-1961-worksheet-A.pdf"));
    assert!(text.contains(code) && text.contains("Page 1 of") | text.contains("page 1 of"), "{text}");
    let strip = std::process::Command::new("pdfinfo")
        .arg(folder.path().join("worksheets/kennedy-1961-TEACHER-strip.pdf"))
        .output()
        .unwrap();
    assert!(
        String::from_utf8_lossy(&strip.stdout).lines().any(|l| l.starts_with("Pages:") && l.ends_with(" 1")),
        "the strip has one page"
    );
}

#[test]
fn the_worksheet_has_every_question_in_its_order_and_the_key_every_answer() {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["make", "--forms", "2", "--seed", "11"]);
    let source = common::kennedy();
    let mut blueprint = source.blueprints.iter().find(|b| b.name == "class-period").unwrap().clone();
    blueprint.modes.truncate(1);
    let sheets = pilcrow::assemble::assemble(common::job(&source, &blueprint, 11), 0..2).unwrap();
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    for sheet in &sheets {
        let form = sheet.paper.form.letter();
        let file = folder.path().join(format!("worksheets/kennedy-1961-worksheet-{form}.pdf"));
        let text = bare(&pdf_text_in_order(&file));
        let mut at = 0;
        for question in sheet.paper.questions() {
            let stem: String = bare(&pilcrow::text::plain(&pilcrow::text::parse(&question.stem)));
            let found = text[at..]
                .find(&stem)
                .unwrap_or_else(|| panic!("form {form}: question {} is not in its place", question.number));
            at += found + stem.len();
        }
        let key = bare(&pdf_text(&folder.path().join(format!("worksheets/kennedy-1961-TEACHER-key-{form}.pdf"))));
        for question in sheet.paper.questions() {
            let item = source.bank.item(&question.item).unwrap();
            let said = bare(&pilcrow::text::plain(&pilcrow::text::parse(&item.explanation)));
            assert!(key.contains(&said), "form {form}: the key lacks the explanation of {}", item.id);
        }
        assert!(!text.contains("TEACHER") && key.contains("TEACHER"));
    }
}

#[test]
fn each_switch_does_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let text = |args: &[&str]| {
        let mut all = vec!["make", "--forms", "1", "--format", "pdf"];
        all.extend(args);
        done(folder.path(), &all);
        pdf_text(&folder.path().join("worksheets/kennedy-1961-worksheet-A.pdf"))
    };
    let info = || {
        let output = std::process::Command::new("pdfinfo")
            .arg(folder.path().join("worksheets/kennedy-1961-worksheet-A.pdf"))
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let pages = || info().lines().find_map(|l| l.strip_prefix("Pages:")).unwrap().trim().parse::<u32>().unwrap();
    let whole = text(&["--reading", "full"]);
    assert!(
        whole.contains("Dear Mr. Chairman")
            && whole.contains("our greatest opportunity")
            && whole.contains("Here follow three paragraphs on Laos")
    );
    // The notes of the letter are called where its edition calls them; the call of the third is lost.
    assert!(whole.contains("Chairman Khrushchev¹") && whole.contains("of last month.²") && !whole.contains('³'));
    let none = text(&["--reading", "none"]);
    assert!(!none.contains("Dear Mr. Chairman"));
    let cited = text(&["--questions", "4", "--paragraphs", "15-17", "--reading", "cited"]);
    assert!(cited.contains("buying the same horse") || cited.contains("live under the social"), "{cited}");
    assert!(!cited.contains("Dear Mr. Chairman") && !cited.contains("our greatest opportunity"));
    assert!(cited.contains("left out"), "the gap is marked");
    let first = text(&["--questions", "4", "--paragraphs", "1-2", "--reading", "cited"]);
    assert!(first.contains("of last month. ") && !first.contains('²'), "{first}");
    text(&["--paper", "a4"]);
    assert!(info().contains("595.") && info().contains("841."), "{}", info());
    text(&["--paper", "letter"]);
    assert!(info().contains("612 x 792"), "{}", info());
    let standard = pages();
    text(&["--print", "large"]);
    assert!(pages() > standard);
    for args in [&["--duplex"][..], &["--duplex", "--blueprint", "exit-ticket"]] {
        text(args);
        assert_eq!(pages() % 2, 0, "{args:?}");
    }
    let named = text(&["--title", "The Berlin Letter", "--class", "History 11", "--teacher", "Ms. Rivera"]);
    for part in ["The Berlin Letter", "History 11", "Ms. Rivera"] {
        assert!(named.contains(part), "{named}");
    }
    let points = text(&["--points", "17", "--questions", "9"]);
    assert!(points.contains("/ 17"), "{points}");
}

#[test]
fn a_limit_that_gave_way_is_told_on_the_screen_and_in_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let shown =
        done(folder.path(), &["make", "--paragraphs", "10", "--forms", "1", "--format", "html", "--out", "few"]);
    assert!(shown.contains("note: F05 or F10: "), "{shown}");
    assert!(shown.contains("--manifest \"few/manifest.yaml\""), "{shown}");
    let key = std::fs::read_to_string(folder.path().join("few/kennedy-1961-TEACHER-key-A.html")).unwrap();
    assert!(key.contains("F05 or F10: ") && !key.contains("all met"));
    let shown = done(folder.path(), &["make", "--forms", "1", "--format", "html"]);
    assert!(!shown.contains("note:") && !shown.contains("--manifest"), "{shown}");
}

#[test]
fn filters_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let source = common::kennedy();
    let make = |args: &[&str]| {
        let mut all = vec!["make", "--forms", "1", "--format", "html", "--json"];
        all.extend(args);
        let shown = done(folder.path(), &all);
        let json: serde_json::Value = serde_json::from_str(&shown).unwrap();
        json["sheets"][0]["code"].as_str().unwrap().to_owned()
    };
    let drawn = |code: &str| {
        done(folder.path(), &["key", code, "--format", "html", "--out", "keys"]);
        let name = format!("keys/kennedy-1961-TEACHER-key-A-{code}.html");
        let html = std::fs::read_to_string(folder.path().join(name)).unwrap();
        source
            .bank
            .items
            .iter()
            .filter(|i| html.contains(&format!("item\u{a0}{}", i.id)))
            .map(|i| i.id.clone())
            .collect::<Vec<_>>()
    };
    let code =
        make(&["--questions", "6", "--types", "single-choice", "--sections", "C-D", "--difficulty", "easy,medium"]);
    let ids = drawn(&code);
    assert!(ids.len() >= 6, "{ids:?}");
    let exact = |id: &str| source.bank.item(id).unwrap();
    let html = std::fs::read_to_string(folder.path().join("worksheets/kennedy-1961-worksheet-A.html")).unwrap();
    let sure: Vec<_> = ids
        .iter()
        .filter(|id| {
            let stem = pilcrow::text::plain(&pilcrow::text::parse(&exact(id).stem));
            html.contains(stem.split(['¶', '“', '’', '&', '*']).next().unwrap().trim())
        })
        .collect();
    for id in sure {
        let item = exact(id);
        assert_eq!(item.kind().word(), "single-choice");
        assert!(["C", "D"].contains(&source.letter.about.sections[item.section].id.as_str()), "{id}");
        assert!(item.difficulty.word() != "hard", "{id}");
    }
}

#[test]
fn a_code_rebuilds_its_key_however_it_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let shown = done(folder.path(), &["make", "--json", "--seed", "77", "--mode", "section-shuffle"]);
    let json: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let codes: Vec<&str> = json["sheets"].as_array().unwrap().iter().map(|s| s["code"].as_str().unwrap()).collect();
    let typed = codes[2].to_lowercase().replace('-', "").replace('0', "o").replace('1', "l");
    // Without the manifest: the code alone is enough for a built-in blueprint.
    let elsewhere = tempfile::tempdir().unwrap();
    done(elsewhere.path(), &["key", &typed, "--out", "."]);
    let rebuilt = pdf_text(&elsewhere.path().join(format!("kennedy-1961-TEACHER-key-C-{}.pdf", codes[2])));
    let made = pdf_text(&folder.path().join("worksheets/kennedy-1961-TEACHER-key-C.pdf"));
    // The run's key also names the numbers in the other forms, which one code alone cannot know.
    let strip = |text: &str| text.split("Question by question").next().unwrap().to_owned();
    assert_eq!(strip(&rebuilt), strip(&made));
    let pile = [codes[3], codes[0], codes[3], codes[1]];
    let shown = done(folder.path(), &["key", pile[0], pile[1], pile[2], pile[3]]);
    let order: Vec<usize> = pile.iter().map(|c| shown.find(*c).unwrap()).collect();
    assert!(order[0] < order[1] && order[1] < order[3], "{shown}");
    assert!(folder.path().join("worksheets/kennedy-1961-TEACHER-strip-pile.pdf").exists());
}

#[test]
fn a_wrong_code_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let shown = done(folder.path(), &["make", "--json", "--format", "html"]);
    let json: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let code = json["sheets"][0]["code"].as_str().unwrap();
    let last = if code.ends_with('0') { '1' } else { '0' };
    let wrong = format!("{}{last}", &code[..18]);
    let said = refused(folder.path(), &["key", &wrong, "7Q2K"], 1);
    assert_eq!(
        said,
        format!(
            "error: {wrong}: a character is wrong, or two are exchanged: the check symbol at the end does not agree\n\
             7Q2K: a sheet code has 16 letters and digits, this has 4\n  \
             help: the code stands at the foot of every page of the sheet, as 7Q2K-M4XD-9F0T-C3RH\n"
        )
    );
}

#[test]
fn a_changed_bank_is_refused_unless_the_manifest_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let bank = folder.path().join("bank-copy");
    copy(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("questions/kennedy-1961"), &bank);
    let shown = done(folder.path(), &["make", "--bank", "bank-copy", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let code = json["sheets"][1]["code"].as_str().unwrap().to_owned();
    let before = pdf_text(&folder.path().join("worksheets/kennedy-1961-TEACHER-key-B.pdf"));
    let file = bank.join("bank/a-channel.yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    let changed = text.replacen("explanation: \"", "explanation: \"Changed. ", 1);
    assert_ne!(text, changed);
    std::fs::write(&file, changed).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let bank_path = bank.to_str().unwrap();
    let said = refused(elsewhere.path(), &["key", &code, "--bank", bank_path], 1);
    assert!(
        said.contains("the bank has changed since this sheet was printed") && said.contains("--manifest"),
        "{said}"
    );
    assert!(files(elsewhere.path()).is_empty(), "nothing is written when a key is refused");
    let manifest = folder.path().join("worksheets/manifest.yaml");
    done(
        elsewhere.path(),
        &["key", &code, "--bank", bank_path, "--manifest", manifest.to_str().unwrap(), "--out", "."],
    );
    let after = pdf_text(&elsewhere.path().join(format!("kennedy-1961-TEACHER-key-B-{code}.pdf")));
    assert_eq!(before.split("Question by question").next(), after.split("Question by question").next());
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_roster_gives_a_sheet_for_each_pupil_form_after_form() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("p3.csv"),
        "name,class,print\nAda Lovelace,3,\nMaría García,3,large\nSam O’Neil,3,\n",
    )
    .unwrap();
    done(folder.path(), &["make", "--forms", "2", "--roster", "p3.csv", "--format", "pdf"]);
    let names: Vec<String> = files(&folder.path().join("worksheets"))
        .into_iter()
        .map(|(n, _)| n)
        .filter(|n| n.contains("worksheet"))
        .collect();
    assert_eq!(
        names,
        [
            "kennedy-1961-worksheet-1-A-ada-lovelace.pdf",
            "kennedy-1961-worksheet-2-B-maría-garcía.pdf",
            "kennedy-1961-worksheet-3-A-sam-o-neil.pdf"
        ]
    );
    let text = pdf_text(&folder.path().join("worksheets").join(&names[1]));
    // A page that has come loose is known by its name.
    let pages = (1..).take_while(|number| text.contains(&format!("page {number} of "))).count();
    assert!(pages > 3 && text.matches("María García").count() == pages, "{text}");
}

#[test]
fn what_the_bank_cannot_give_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("much.yaml"),
        "name: much\ntitle: Much\nparts:\n  - title: All\n    cells:\n      - {take: 50, kinds: [numeric]}\n",
    )
    .unwrap();
    let said = refused(folder.path(), &["make", "--blueprint", "much.yaml"], 1);
    assert!(said.contains("cell 1 of part “All” (kinds numeric) lacks") && said.contains("it takes 50"), "{said}");
    assert!(!folder.path().join("worksheets").exists());
    let said = refused(folder.path(), &["make", "--blueprint", "class-perod"], 1);
    assert_eq!(said, "error: the bank has no blueprint “class-perod”\n  help: did you mean class-period?\n");
    let said = refused(folder.path(), &["make", "--types", "single-chioce"], 2);
    assert!(said.contains("did you mean “single-choice”?"), "{said}");
    refused(folder.path(), &["make", "--questions", "3", "--blueprint", "exit-ticket"], 2);
    refused(folder.path(), &["make", "--seed", "99999999"], 2);
    refused(folder.path(), &["frobnicate"], 2);
}

#[test]
fn check_ends_with_0_1_or_2_as_it_finds() {
    let folder = tempfile::tempdir().unwrap();
    let shown = done(folder.path(), &["check"]);
    assert!(shown.contains("23 paragraphs"), "{shown}");
    refused(folder.path(), &["check", "--no-such-flag"], 2);
    let said = refused(folder.path(), &["check", "nowhere"], 1);
    assert!(said.contains("nowhere: there is no such folder"), "{said}");
    let said = refused(folder.path(), &["check", "."], 1);
    assert!(said.contains("no letter.txt") && said.contains("pilcrow new"), "{said}");
    let bank = folder.path().join("own");
    copy(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("questions/kennedy-1961"), &bank);
    let file = bank.join("bank/a-channel.yaml");
    let text = std::fs::read_to_string(&file).unwrap().replacen("kind: single-choice", "kind: single-chioce", 1);
    std::fs::write(&file, text).unwrap();
    let file = bank.join("bank/b-ark.yaml");
    let text = std::fs::read_to_string(&file).unwrap().replacen("dok: ", "dokk: ", 1);
    std::fs::write(&file, text).unwrap();
    let said = refused(folder.path(), &["check", "own"], 1);
    for part in ["a-channel.yaml", "single-chioce", "b-ark.yaml", "dokk", "did you mean", "^"] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
}

#[test]
fn show_prints_the_tables_and_the_map() {
    let folder = tempfile::tempdir().unwrap();
    let shown = done(folder.path(), &["show"]);
    for part in [
        "By paragraph",
        "By type",
        "By skill",
        "By difficulty",
        "Coverage",
        "paragraphs never asked: none",
        "class-period",
    ] {
        assert!(shown.contains(part), "{part} is missing in\n{shown}");
    }
}

#[test]
fn a_bank_for_a_new_text_passes_check_and_makes_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let letter = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("questions/kennedy-1961/letter.txt"),
    )
    .unwrap();
    std::fs::write(folder.path().join("speech.txt"), letter.replace('\n', "\r\n")).unwrap();
    done(folder.path(), &["new", "speech.txt"]);
    done(folder.path(), &["check", "speech"]);
    done(folder.path(), &["make", "--bank", "speech", "--forms", "1"]);
    let before = files(&folder.path().join("speech"));
    let said = refused(folder.path(), &["new", "speech.txt"], 1);
    assert!(said.contains("exists already"), "{said}");
    assert_eq!(before, files(&folder.path().join("speech")));
}

#[test]
fn every_command_has_help_with_an_example_and_completions_are_there() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["make", "key", "merge", "check", "show", "new", "completions"] {
        let help = done(folder.path(), &[command, "--help"]);
        assert!(help.contains("Example") && help.contains(&format!("pilcrow {command}")), "{help}");
    }
    let help = done(folder.path(), &["make", "--help"]);
    for flag in [
        "forms",
        "seed",
        "format",
        "blueprint",
        "questions",
        "points",
        "minutes",
        "sections",
        "paragraphs",
        "types",
        "difficulty",
        "skills",
        "mode",
        "reading",
        "paper",
        "columns",
        "print",
        "answers",
        "duplex",
        "title",
        "class",
        "teacher",
        "roster",
        "out",
        "bank",
        "templates",
        "json",
        "documents",
        "shard",
        "resume",
    ] {
        assert!(help.contains(&format!("--{flag}")), "--{flag} is missing");
    }
    assert!(help.matches("Example: --").count() >= 25, "each flag has an example");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(done(folder.path(), &["completions", shell]).contains("pilcrow"));
    }
}

#[test]
fn a_teachers_own_words_and_frames_are_used() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("mine/labels");
    std::fs::create_dir_all(&own).unwrap();
    let labels =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/labels/en.yaml"))
            .unwrap();
    std::fs::write(own.join("en.yaml"), labels.replace("name: \"Name\"", "name: \"Nombre\"")).unwrap();
    done(folder.path(), &["make", "--forms", "1", "--templates", "mine"]);
    assert!(pdf_text(&folder.path().join("worksheets/kennedy-1961-worksheet-A.pdf")).contains("Nombre"));
    std::fs::write(folder.path().join("mine/worksheet.html"), "{% if %}").unwrap();
    let said = refused(folder.path(), &["make", "--forms", "1", "--templates", "mine"], 1);
    assert!(said.contains("worksheet.html"), "{said}");
}

/// Of the letter's own file too, and with the dictionary.
#[test]
fn check_has_not_a_word_to_say_of_the_shipped_banks() {
    for bank in common::shipped() {
        let output = common::pilcrow(&bank.folder, &["check", "."]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && !said.contains("warning") && said.lines().count() == 1, "{said}");
    }
}
