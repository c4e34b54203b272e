//! A packet holds the worksheets that single files would hold, in the order asked for.

use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin_cmd;

fn make(folder: &Path, flags: &[&str]) {
    cargo_bin_cmd!("pilcrow")
        .args(["make", "--blueprint", "exit-ticket", "--forms", "3", "--format", "pdf", "--out"])
        .arg(folder)
        .args(flags)
        .assert()
        .success();
}

/// What poppler reads, page after page, codes and page numbers included.
fn pages(file: &Path) -> Vec<String> {
    let read = Command::new("pdftotext").args(["-layout"]).arg(file).arg("-").output().expect("install poppler-utils");
    assert!(read.status.success() && read.stderr.is_empty(), "{}", String::from_utf8_lossy(&read.stderr));
    let text = String::from_utf8(read.stdout).unwrap();
    text.split_terminator('\u{c}').map(str::to_owned).collect()
}

/// The letter of the form of each worksheet's first page.
fn forms(pages: &[String]) -> String {
    let versions = pages.iter().filter(|page| page.contains("page 1 of"));
    versions.map(|page| page.split("Version ").nth(1).unwrap().chars().next().unwrap()).collect()
}

#[test]
fn a_packet_has_the_pages_of_the_single_files() {
    let folder = tempfile::tempdir().unwrap();
    let (single, packet) = (folder.path().join("single"), folder.path().join("packet"));
    make(&single, &["--documents", "worksheets"]);
    make(&packet, &["--documents", "worksheets", "--packet"]);
    let one_by_one: Vec<String> = ["A", "B", "C"]
        .iter()
        .flat_map(|form| pages(&single.join(format!("kennedy-1961-worksheet-{form}.pdf"))))
        .collect();
    assert_eq!(pages(&packet.join("kennedy-1961-packet.pdf")), one_by_one);
    let names: Vec<String> = std::fs::read_dir(&packet)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".pdf"))
        .collect();
    assert_eq!(names, ["kennedy-1961-packet.pdf"], "no worksheet has a file of its own");
    let check = Command::new("qpdf").arg("--check").arg(packet.join("kennedy-1961-packet.pdf")).output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

#[test]
fn seats_and_forms_are_two_orders() {
    let folder = tempfile::tempdir().unwrap();
    let order = |flags: &[&str]| {
        make(folder.path(), flags);
        forms(&pages(&folder.path().join("kennedy-1961-packet.pdf")))
    };
    assert_eq!(order(&["--packet", "--seats", "7"]), "ABCABCA");
    assert_eq!(order(&["--packet", "forms", "--seats", "7"]), "AAABBCC");
    assert_eq!(order(&["--packet"]), "ABC");
}

#[test]
fn the_sheets_of_a_roster_lie_as_pupils_sit() {
    let folder = tempfile::tempdir().unwrap();
    let roster = folder.path().join("r.csv");
    std::fs::write(&roster, "name,print\nAnn,\nBob,large\nCleo,\nDžoni,\n").unwrap();
    make(folder.path(), &["--packet", "--roster", roster.to_str().unwrap(), "--duplex"]);
    let pages = pages(&folder.path().join("kennedy-1961-packet.pdf"));
    let firsts: Vec<usize> = (0..pages.len()).filter(|at| pages[*at].contains("page 1 of")).collect();
    let names: Vec<&str> = ["Ann", "Bob", "Cleo", "Džoni"].into_iter().collect();
    assert_eq!(firsts.len(), names.len());
    for (first, name) in firsts.iter().zip(names) {
        assert!(pages[*first].contains(name), "{name}");
        assert!(first % 2 == 0, "{name} begins on the back of another sheet");
    }
}

#[test]
fn a_packet_is_the_same_on_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = |threads: &str| {
        let out = folder.path().join(threads);
        cargo_bin_cmd!("pilcrow")
            .env("RAYON_NUM_THREADS", threads)
            .args(["make", "--blueprint", "exit-ticket", "--forms", "30", "--format", "pdf", "--packet", "--out"])
            .arg(&out)
            .assert()
            .success();
        std::fs::read(out.join("kennedy-1961-packet.pdf")).unwrap()
    };
    assert!(bytes("1") == bytes("4"));
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let refused = |flags: &[&str]| {
        let run = cargo_bin_cmd!("pilcrow").arg("make").args(flags).assert().failure();
        String::from_utf8(run.get_output().stderr.clone()).unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    let roster = folder.path().join("r.csv");
    std::fs::write(&roster, "name\nAnn\n").unwrap();
    assert!(refused(&["--seats", "7"]).contains("add --packet"));
    assert!(refused(&["--packet", "--format", "html"]).contains("add pdf to --format"));
    let both = refused(&["--packet", "--seats", "7", "--roster", roster.to_str().unwrap()]);
    assert!(both.contains("leave one of the two out"), "{both}");
}
