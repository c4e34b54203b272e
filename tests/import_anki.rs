//! Notes of Anki in plain text, as other people’s decks have them: gaps, pictures, sounds, empty fields, any encoding, hostile ones.

use std::path::Path;
use std::time::{Duration, Instant};

use pilcrow::exchange::archive::Packed;
use pilcrow::import::{Became, Line, Opened};

use crate::common::exchange::{bank_of, imported};
use crate::common::shipped;

fn corpus(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/import/anki").join(name)).unwrap()
}

/// The lines of an import, its notes, and the text of its bank, which has no error.
fn of(bytes: &[u8]) -> (Vec<Line>, Vec<String>, String) {
    let [kennedy, _] = shipped();
    let back = imported(&kennedy, &Packed::new("n.txt", bytes), Some("anki"));
    bank_of(&back, &kennedy);
    let bank = back.files.iter().find(|file| file.name == "bank/imported.yaml").unwrap();
    (back.lines, back.notes, String::from_utf8(bank.bytes.clone()).unwrap())
}

#[test]
fn each_note_becomes_an_item_or_says_why_not() {
    let (lines, notes, bank) = of(&corpus("mixed.txt"));
    let became = |name: &str| {
        let line = lines.iter().find(|line| line.name.starts_with(name)).unwrap_or_else(|| panic!("{name}: {lines:?}"));
        (line.became, line.why.join("; "))
    };
    assert_eq!(lines.len(), 11, "{lines:?}");
    assert!(notes.iter().any(|note| note.contains("“mood”")), "{notes:?}");
    for (name, why) in [
        ("note 6", "front has no words"),
        ("note 8", "front has no words"),
        ("note 9", "back has no words"),
        ("note 10", "covered"),
    ] {
        let (became, told) = became(name);
        assert!(became == Became::Dropped && told.contains(why), "{name}: {told}");
    }
    let gaps: Vec<String> =
        lines.iter().filter(|l| l.name.starts_with("Fill in")).map(|line| line.why.join("; ")).collect();
    assert!(gaps[0].contains("hints of its gaps") && gaps[1].contains("gap in a gap"), "{gaps:?}");
    let heard = became("What is heard?");
    assert!(heard.1.contains("a b.mp3") && heard.1.contains("face.jpg"), "{heard:?}");
    assert_eq!(lines[0].item, "whose-comparison-is-noah-s-ark");
    for part in [
        "**Noah's Ark**",
        "{{Hyannis Port}} on {{October 16}}. A line",
        "{{one two three}} and",
        "kind: numeric",
        "tags: ark, sourcing, deck:History::Week 1",
        "Because in 1961",
        "He says *your analogy*.",
    ] {
        assert!(bank.contains(part), "{part} is missing in\n{bank}");
    }
}

#[test]
fn notes_without_headers_are_known_by_their_tabs() {
    let text = String::from_utf8(corpus("plain.txt")).unwrap();
    let opened = Opened::of("x", text.as_bytes()).unwrap();
    assert_eq!(opened.reader().unwrap().name, "anki");
    let (lines, _, bank) = of(text.as_bytes());
    assert!(lines.len() == 3 && bank.contains("1 < 2 & <b>?"), "{bank}");
    // A heading is no header, and a table with one is a table.
    assert!(Opened::of("x", b"# Deck: a text\n\nOf words.\n").unwrap().reader().is_err());
    let table = Opened::of("x", b"question\tanswer\na\tb\n").unwrap();
    assert_eq!(table.reader().unwrap().name, "csv");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [[b"\xff\xfe".to_vec(), wide].concat(), bom, text.replace('\n', "\r\n").into_bytes()] {
        assert_eq!(of(&bytes).2, bank);
    }
    let semicolons = format!("#separator:Semicolon\n#html:false\n{}", text.replace('\t', ";"));
    assert_eq!(of(semicolons.as_bytes()).0.len(), 3);
}

#[test]
fn hostile_notes_are_read_to_their_end_and_soon() {
    let begun = Instant::now();
    for part in [
        "{{c1::",
        "{{c1::a}}",
        "<ul class=choice><li>",
        "<ul ",
        "[sound:",
        "#tags column:0\n",
        "\"",
        "}}",
        "{{c9999999999::x}}",
    ] {
        let field = part.repeat(60_000);
        for head in ["", "#html:true\n", "#separator:tab\n#html:true\n#notetype:Pilcrow question\nx\t"] {
            let text = format!("{head}{field}\tback\t{}\n", "\t".repeat(13));
            let opened = Opened::of("x", text.as_bytes()).unwrap();
            // Whatever it is, it is read or refused.
            let _ = opened.read(pilcrow::import::Reader::of("anki").unwrap());
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    for column in
        ["#guid column:99999\n", "#tags column:-1\n", "#deck column:x\n", "#separator:\n", "#html\n", "#:\n", "#"]
    {
        let text = format!("{column}front\tback\n");
        let opened = Opened::of("x", text.as_bytes()).unwrap();
        let _ = opened.read(pilcrow::import::Reader::of("anki").unwrap());
    }
}

#[test]
fn a_stray_mark_or_a_number_sign_loses_no_note() {
    let lines: String = (2..8).map(|n| format!("What is number {n}?\tanswer {n}\n")).collect();
    let (told, notes, bank) = of(format!("\"A wall is better than a war\twho said it\n{lines}").as_bytes());
    assert_eq!(told.iter().filter(|line| line.became != Became::Dropped).count(), 7, "{told:?}");
    assert!(bank.contains("A wall is better") && notes.iter().any(|note| note.contains("never closed")), "{notes:?}");
    let (told, notes, bank) = of(b"#1 cause of the crisis\tBerlin\nWho: wrote it?\tKennedy\n# two: three\tfour\n");
    assert!(told.len() == 3 && notes.is_empty(), "{told:?} {notes:?}");
    assert!(bank.contains("#1 cause of the crisis") && bank.contains("# two: three"), "{bank}");
    // A deck of Anki has comments.
    assert_eq!(of(b"#separator:tab\n#html:false\na\tb\n#c\td\n").0.len(), 1);
}

#[test]
fn a_sentence_with_a_number_is_an_answer_and_no_number() {
    let (_, _, bank) =
        of("Who built it?\tThe wall was built in 1961 by the GDR\nWhich plane?\tU-2\nWhen?\t16 October\n".as_bytes());
    assert!(bank.contains("idea: \"The wall was built in 1961 by the GDR\""), "{bank}");
    assert_eq!(bank.matches("kind: numeric").count(), 1, "{bank}");
}
