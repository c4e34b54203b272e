//! QTI 1.2 read back: what the Canvas export wrote comes back equal, cartridges too; messy packages of other programs, hostile ones.

use std::path::Path;

use pilcrow::bank::{Item, Kind};
use pilcrow::exchange::archive::{Packed, zipped};
use pilcrow::import::{Became, Opened, Reader};

use crate::common::exchange::{bank_of, differences, exported, imported, western, with_bank};
use crate::common::shipped;

/// What the package has no place for: what a text to talk about teaches, near sentences.
fn kept(item: &Item) -> bool {
    !matches!(item.kind(), Kind::Discussion | Kind::EvidenceFinding)
}

#[test]
fn a_package_comes_back_equal() {
    for shipped in shipped() {
        let found = differences(&shipped, "qti12", kept);
        assert!(found.is_empty(), "{} differ\n{}", found.len(), found.join("\n"));
    }
}

/// A file of the corpus.
fn corpus(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/import/qti12");
    std::fs::read(folder.join(name)).unwrap()
}

/// What became of each question of a file, and the text of the bank, which has no error.
fn of(file: &Packed) -> (Vec<(Became, String)>, String) {
    let [kennedy, _] = shipped();
    let back = imported(&kennedy, file, Some("qti12"));
    bank_of(&back, &kennedy);
    let lines = back.lines.iter().map(|line| (line.became, line.why.join("; "))).collect();
    let bank = back.files.iter().find(|file| file.name == "bank/imported.yaml").unwrap();
    (lines, String::from_utf8(bank.bytes.clone()).unwrap())
}

#[test]
fn a_cartridge_is_read_by_the_same_reader() {
    let [kennedy, _] = shipped();
    let cartridge = with_bank(&kennedy.source, |package| exported(package, "cc").files.remove(0));
    let back = imported(&kennedy, &cartridge, None);
    assert!(back.lines.len() > 300 && back.lines.iter().all(|line| line.became != Became::Dropped), "{:?}", back.lines);
    // The editor's words among the quotations too are no error.
    bank_of(&back, &kennedy);
    // What a cartridge holds of choices comes back as it was.
    let source = &kennedy.source;
    let items: Vec<&Item> = source.bank.items.iter().filter(|item| item.kind() == Kind::SingleChoice).collect();
    assert!(items.len() > 30);
    let bank = back.files.iter().find(|file| file.name == "bank/imported.yaml").unwrap();
    let bank = String::from_utf8(bank.bytes.clone()).unwrap();
    for item in items {
        assert!(bank.contains(&format!("id: {}", item.id)), "{}", item.id);
    }
    for set in &source.bank.sets {
        assert!(bank.contains(&pilcrow::exchange::inline::plain(&set.title)), "{} is lost", set.title);
    }
}

#[test]
fn pictures_and_their_descriptions_come_back() {
    let [kennedy, _] = shipped();
    let package = with_bank(&kennedy.source, |package| exported(package, "qti12").files.remove(0));
    let back = imported(&kennedy, &package, None);
    let pictures: Vec<&Packed> = back.files.iter().filter(|file| file.name.starts_with("pictures/")).collect();
    assert!(!pictures.is_empty() && pictures.iter().all(|picture| picture.bytes.len() > 100));
}

#[test]
fn the_messy_quiz_of_another_program_is_read_and_every_question_is_told() {
    let (lines, bank) = of(&Packed::new("canvas.xml", corpus("canvas.xml")));
    let dropped: Vec<&str> =
        lines.iter().filter(|(became, _)| *became == Became::Dropped).map(|(_, why)| why.as_str()).collect();
    assert_eq!(lines.len(), 13, "{lines:?}");
    let reasons = ["numbers change", "marked as right", "“99”, which is not there", "no presentation", "no response"];
    assert_eq!(dropped.len(), reasons.len(), "{dropped:?}");
    for (why, reason) in dropped.iter().zip(reasons) {
        assert!(why.contains(reason), "{why}");
    }
    for part in [
        "Unit 7 & the letter",
        "Read ¶6 before you go on.",
        "Whose comparison is **Noah’s Ark**?",
        "Nobody’s & 2 < 3",
        "He answers it.",
        "Well read.",
        "Look for “your”.",
        "kind: true-false",
        "kind: multiple-select",
        "kind: matching",
        "Vienna",
        "kind: cloze",
        "kind: numeric",
        "tolerance: 1",
        "Noah’s Ark / the Ark",
        "Why does he take up the comparison?",
        "An ark",
    ] {
        assert!(bank.contains(part), "{part} is missing in\n{bank}");
    }
    let told = lines.iter().map(|(_, why)| why.as_str()).collect::<Vec<_>>().join("\n");
    for part in [
        "it has 1 point here, by what is asked, and had 2",
        "a line without a right answer was left out",
        "after a wrong answer became a hint",
        "its 4.5 points became a whole number",
        "a table became words in a row",
        "“Fill in the blanks.” was set before its text",
    ] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
}

#[test]
fn files_in_any_encoding_say_the_same() {
    let text = String::from_utf8(corpus("canvas.xml")).unwrap();
    let wanted = of(&Packed::new("a.xml", text.as_bytes())).1;
    let plain = text.replace("encoding=\"UTF-8\"", "encoding=\"windows-1252\"");
    let western = western(&plain);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let zip = zipped(&[Packed::new("deep/er/q.xml", text.as_bytes())]).unwrap();
    for bytes in [western, [b"\xff\xfe".to_vec(), wide].concat(), bom, zip] {
        assert_eq!(of(&Packed::new("a", bytes)).1, wanted);
    }
}

#[test]
fn blackboards_dialect_is_read() {
    let zip = zipped(&[Packed::new("res00001.dat", corpus("blackboard.dat")), Packed::new("x.txt", "none")]).unwrap();
    let (lines, bank) = of(&Packed::new("pool.zip", zip));
    assert_eq!(lines.len(), 1);
    for part in ["Where is Kennedy?", "Cape Cod", "It is his weekend home.", "kind: single-choice"] {
        assert!(bank.contains(part), "{part} is missing in\n{bank}");
    }
}

#[test]
fn hostile_files_get_an_error_and_nothing_else() {
    let opened = |bytes: &[u8]| {
        let opened = Opened::of("file", bytes)?;
        opened.read(Reader::of("qti12").unwrap())
    };
    let item = "<item ident=\"a\"><presentation><material><mattext>Q</mattext></material></presentation></item>";
    let bomb = format!(
        "<!DOCTYPE questestinterop [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><questestinterop>&b;{item}</questestinterop>"
    );
    let labels = "<response_label ident=\"x\"/>".repeat(20_000);
    let wide = format!(
        "<questestinterop><item ident=\"a\"><presentation><response_lid ident=\"r\"><render_choice>{labels}</render_choice>\
         </response_lid></presentation></item></questestinterop>"
    );
    let read = opened(wide.as_bytes()).unwrap();
    assert!(format!("{:?}", read.entries).contains("more than 10000 elements"));
    let fetched =
        "<!DOCTYPE questestinterop [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><questestinterop>&a;</questestinterop>";
    let deep = format!("<questestinterop>{}", "<section>".repeat(100_000));
    for (text, said) in [(bomb.as_str(), "entities"), (fetched, "entities"), (&deep, "deep"), ("<a/>", "no QTI 1.2")] {
        let why = opened(text.as_bytes()).unwrap_err();
        assert!(why.contains(said), "{why}");
        let zip = zipped(&[Packed::new("q.xml", text)]).unwrap();
        assert!(opened(&zip).unwrap_err().contains(said));
        assert!(opened(&zip[..zip.len() / 2]).is_err());
    }
    // A bad file among good ones is told, and stops none.
    let good = corpus("blackboard.dat");
    let read = opened(&zipped(&[Packed::new("bad.xml", bomb), Packed::new("good.dat", good)]).unwrap()).unwrap();
    assert!(read.entries.len() == 1 && read.notes.iter().any(|note| note.contains("bad.xml")), "{:?}", read.notes);
    // Cut off anywhere, garbled anywhere: read or refused, never a panic.
    let whole = String::from_utf8(corpus("canvas.xml")).unwrap();
    for at in (0..whole.len()).step_by(97).filter(|at| whole.is_char_boundary(*at)) {
        let _ = opened(&whole.as_bytes()[..at]);
        let garbled = format!("{}{}", &whole[..at], &whole[at..].replacen("ident", "tnedi", 3));
        let _ = opened(garbled.as_bytes());
    }
}

/// An item with a choice among `a`, `b` and `c`, and what is done with the points where each is chosen.
fn choice(scored: &[(&str, &str)]) -> Packed {
    let labels: String = ["a", "b", "c"]
        .map(|id| {
            format!("<response_label ident=\"{id}\"><material><mattext>{id}{id}</mattext></material></response_label>")
        })
        .concat();
    let rule = |(id, points): &(&str, &str)| {
        format!(
            "<respcondition><conditionvar><varequal respident=\"r\">{id}</varequal></conditionvar>{points}</respcondition>"
        )
    };
    let rules: String = scored.iter().map(rule).collect();
    let text = format!(
        "<questestinterop><item ident=\"i\"><presentation><material><mattext>Which?</mattext></material>\
         <response_lid ident=\"r\" rcardinality=\"Multiple\"><render_choice>{labels}</render_choice></response_lid></presentation>\
         <resprocessing>{rules}</resprocessing></item></questestinterop>"
    );
    Packed::new("a.xml", text)
}

#[test]
fn wrong_answers_that_are_counted_or_cost_points_are_no_keys() {
    let right = "<setvar varname=\"D2L_Correct\" action=\"Add\">1</setvar>";
    let wrong = "<setvar varname=\"D2L_Incorrect\" action=\"Add\">1</setvar>";
    let off = "<setvar varname=\"SCORE\" action=\"Subtract\">1</setvar>";
    for points in [wrong, off] {
        let (_, bank) = of(&choice(&[("a", right), ("b", right), ("c", points)]));
        let (keys, distractors) = bank.split_once("distractors:").unwrap();
        assert!(keys.contains("aa") && keys.contains("bb") && distractors.contains("cc"), "{bank}");
    }
}

#[test]
fn a_comma_parts_thousands_or_decimals() {
    for (written, meant) in [("3,5", "3.5"), ("1,000", "1000"), ("0,125", "0.125"), ("1961", "1961")] {
        let text = format!(
            "<questestinterop><item ident=\"i\"><presentation><material><mattext>How many?</mattext></material>\
             <response_num ident=\"r\"><render_fib fibtype=\"Decimal\"/></response_num></presentation><resprocessing>\
             <respcondition><conditionvar><varequal respident=\"r\">{written}</varequal></conditionvar>\
             <setvar action=\"Set\">100</setvar></respcondition></resprocessing></item></questestinterop>"
        );
        let (_, bank) = of(&Packed::new("a.xml", text));
        assert!(bank.contains(&format!("answer: {meant}\n")), "{written}: {bank}");
    }
}

#[test]
fn a_question_that_no_item_can_be_is_dropped_and_leaves_the_bank_sound() {
    let right = "<setvar action=\"Set\">100</setvar>";
    let (lines, _) = of(&choice(&["a", "b", "c"].map(|id| (id, right))));
    assert!(lines[0].0 == Became::Dropped && lines[0].1.contains("none of its options is wrong"), "{lines:?}");
}

/// A package of questions, each with the picture at a path.
fn package(pictures: &[(&str, &[u8])]) -> Packed {
    let item = |(at, (path, _)): (usize, &(&str, &[u8]))| {
        format!(
            "<item ident=\"q{at}\"><presentation><material><mattext texttype=\"text/html\">Who? &lt;img src='{path}' \
             alt='A map'&gt;</mattext></material><response_str ident=\"r\"><render_fib/></response_str></presentation></item>"
        )
    };
    let items: String = pictures.iter().enumerate().map(item).collect();
    let mut files = vec![Packed::new("q.xml", format!("<questestinterop>{items}</questestinterop>"))];
    files.extend(pictures.iter().map(|(path, bytes)| Packed::new(*path, *bytes)));
    Packed::new("p.zip", zipped(&files).unwrap())
}

#[test]
fn pictures_have_names_of_their_own_and_a_damaged_one_is_left_out() {
    let [kennedy, _] = shipped();
    let drawn = |width: u32| {
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='9'><rect width='5' height='5'/></svg>")
            .into_bytes()
    };
    let [one, two, three, four] = [10, 20, 30, 40].map(drawn);
    let long = format!("{}.svg", "m".repeat(300));
    let package = package(&[
        ("p/map.svg", &one),
        ("q/map.svg", &two),
        ("map-2.svg", &three),
        ("карта.svg", &four),
        (&long, &four),
        ("bad.png", b"\x89PNG\r\n\x1a\n"),
    ]);
    let back = imported(&kennedy, &package, Some("qti12"));
    let bank = bank_of(&back, &kennedy);
    let pictures: Vec<&Packed> = back.files.iter().filter(|file| file.name.starts_with("pictures/")).collect();
    let names: Vec<&str> = pictures.iter().map(|picture| picture.name.as_str()).collect();
    let cut = format!("pictures/{}.svg", "m".repeat(60));
    assert_eq!(
        names,
        ["pictures/map.svg", "pictures/map-2.svg", "pictures/map-2-2.svg", "pictures/picture.svg", cut.as_str()]
    );
    assert!([&one, &two, &three].into_iter().eq(pictures[..3].iter().map(|picture| &picture.bytes)));
    assert_eq!(bank.items.len() + bank.drafts.len(), 6);
    let told = back.lines[5].why.join("; ");
    assert!(told.contains("“bad.png” was left out"), "{told}");
}
