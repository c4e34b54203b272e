//! Words in another language than the sheet's are read in their own: those that the letter lists, and those that an item marks.

use std::path::Path;

use lopdf::{Document, Object};

use crate::common;

/// Languages and the number of elements that say so, beside the document's own.
fn spans(file: &Path) -> Vec<String> {
    let file = Document::load(file).unwrap();
    let mut found = Vec::new();
    for object in file.objects.values() {
        if let Ok(element) = object.as_dict()
            && element.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"Span")
            && let Ok(language) = element.get(b"Lang").and_then(Object::as_str)
        {
            found.push(String::from_utf8(language.to_vec()).unwrap());
        }
    }
    found
}

fn made(folder: &Path, flags: &[&str], end: &str) -> (std::path::PathBuf, String) {
    let mut args = vec!["make", "--forms", "1", "--out", "."];
    args.extend(flags);
    common::done(folder, &args);
    let (name, _) = common::files(folder).into_iter().find(|(name, _)| name.ends_with(&format!("{end}.pdf"))).unwrap();
    let pdf = folder.join(name);
    let html = std::fs::read_to_string(pdf.with_extension("html")).unwrap();
    (pdf, html)
}

#[test]
fn listed_words_are_marked_wherever_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let (pdf, html) = made(folder.path(), &["--reading", "full"], "worksheet-A");
    assert!(spans(&pdf).contains(&"fr".to_owned()));
    let (marked, all) = (
        html.matches("<span lang=\"fr\" dir=\"ltr\">aide-mémoire</span>").count(),
        html.matches("aide-mémoire").count(),
    );
    assert!(marked > 0 && marked == all, "{marked} of {all}");
    assert!(html.contains("earlier <span lang=\"fr\""), "the printed letter has it");
}

/// A bank like the one of the cases, with one text in the place of another.
fn bank(folder: &Path, file: &str, (from, to): (&str, &str)) -> String {
    let from_folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/bank");
    for (name, bytes) in common::files(&from_folder) {
        let path = folder.join("bank").join(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let changed = if name == file { text.replacen(from, to, 1) } else { text.clone() };
        assert_eq!(changed != text, name == file, "{name} has no {from}");
        std::fs::write(path, changed).unwrap();
    }
    folder.join("bank").display().to_string()
}

#[test]
fn an_item_marks_its_own_words_and_is_compared_without_the_marks() {
    let folder = tempfile::tempdir().unwrap();
    // Words that the item quotes from the letter: without the marks they are still there.
    let marked = "“[Whether]{de} we wish it [or not]{fr-CA}”";
    let bank = bank(folder.path(), "bank/items.yaml", ("“Whether we wish it or not”", marked));
    let said = common::pilcrow(folder.path(), &["check", &bank]);
    let said = String::from_utf8(said.stdout).unwrap() + &String::from_utf8(said.stderr).unwrap();
    // A mark is no word to be spelled, and no reason not to find the quotation.
    assert!(!said.contains("items.yaml"), "{said}");
    let flags = ["--bank", &bank, "--blueprint", "every-kind"];
    let (pdf, html) = made(folder.path(), &flags, "worksheet-A");
    let spans = spans(&pdf);
    assert!(spans.contains(&"de".to_owned()) && spans.contains(&"fr-CA".to_owned()), "{spans:?}");
    assert!(html.contains(
        "“<span lang=\"de\" dir=\"ltr\">Whether</span> we wish it <span lang=\"fr-CA\" dir=\"ltr\">or not</span>”"
    ));
    assert!(common::pdf_text(&pdf).contains("“Whether we wish it or not”"));
}

#[test]
fn a_tag_that_is_none_is_told_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let list = "glossary:\n";
    let wrong =
        "languages:\n  - {language: french, words: [aide-mémoire]}\n  - {language: de, words: [\"\"]}\nglossary:\n";
    let bank = bank(folder.path(), "letter.yaml", (list, wrong));
    let output = common::pilcrow(folder.path(), &["check", &bank]);
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for words in [
        "“french” is not the tag of a language",
        "letter.yaml:",
        "write its code of two or three letters",
        "no words are listed as de",
    ] {
        assert!(said.contains(words), "no “{words}” in:\n{said}");
    }
}

#[test]
fn a_mark_that_names_no_language_is_told_at_its_place_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let marked = "“Whether we wish it [or not]{french}”";
    let bank = bank(folder.path(), "bank/items.yaml", ("“Whether we wish it or not”", marked));
    let args = ["make", "--bank", &bank, "--blueprint", "every-kind", "--forms", "1", "--out", "out"];
    let said = common::refused(folder.path(), &args, 1);
    for words in ["error[W28]: “french” is not the tag of a language", "items.yaml:327:", "[détente]{fr}"] {
        assert!(said.contains(words), "no “{words}” in:\n{said}");
    }
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_text_of_brackets_alone_is_read_in_no_time() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = format!("explanation: \"{} ", "[a]{fr".repeat(20_000));
    let bank = bank(folder.path(), "bank/items.yaml", ("explanation: \"", &hostile));
    let begun = std::time::Instant::now();
    let said = common::pilcrow(folder.path(), &["check", &bank]);
    assert_eq!(said.status.code(), Some(1));
    // Were it a square in time, it would be minutes.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
