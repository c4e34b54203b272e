//! The links of a key lead from its tables to each question, in the PDF and in the HTML.

use std::collections::BTreeSet;

use assert_cmd::cargo::cargo_bin_cmd;
use lopdf::{Document, Object};

/// What is said of each link of a PDF, and the page that it leads to, counted from 1.
fn links(file: &Document) -> Vec<(String, u32)> {
    let pages = file.get_pages();
    let number = |id| pages.iter().find(|(_, page)| **page == id).map(|(number, _)| *number);
    let mut found = Vec::new();
    for page in pages.values() {
        let Ok(annotations) = file.get_dictionary(*page).unwrap().get(b"Annots").and_then(Object::as_array) else {
            continue;
        };
        for annotation in annotations {
            let annotation = file.get_dictionary(annotation.as_reference().unwrap()).unwrap();
            assert_eq!(annotation.get(b"Subtype").unwrap().as_name().unwrap(), b"Link");
            let said = annotation.get(b"Contents").unwrap().as_str().unwrap();
            let leads_to = annotation.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
            let page = number(leads_to).expect("a link leads to a page of its file");
            found.push((String::from_utf8(said.to_vec()).unwrap(), page));
        }
    }
    found
}

#[test]
fn each_answer_at_a_glance_leads_to_its_question() {
    let folder = tempfile::tempdir().unwrap();
    cargo_bin_cmd!("pilcrow")
        .args(["make", "--blueprint", "class-period", "--forms", "1", "--documents", "keys", "--out"])
        .arg(folder.path())
        .assert()
        .success();
    let key = folder.path().join("kennedy-1961-TEACHER-key-A");
    let file = Document::load(key.with_extension("pdf")).unwrap();
    let links = links(&file);
    let said: BTreeSet<u32> = links.iter().map(|(label, _)| label.parse().unwrap()).collect();
    let count = *said.last().unwrap();
    assert!(count >= 10 && said == (1..=count).collect(), "{said:?}");
    // Questions stand in their order, so their pages do too.
    let first_page = |label: u32| links.iter().find(|(said, _)| *said == label.to_string()).unwrap().1;
    assert!((2..=count).all(|label| first_page(label - 1) <= first_page(label)), "{links:?}");
    assert!(first_page(1) < first_page(count), "{links:?}");

    let html = std::fs::read_to_string(key.with_extension("html")).unwrap();
    for label in 1..=count {
        assert!(html.contains(&format!("href=\"#q{label}\"")), "no link to {label}");
        assert_eq!(html.matches(&format!("id=\"q{label}\"")).count(), 1, "{label} is not there once");
    }
}
