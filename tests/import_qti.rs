//! QTI comes in: what an export wrote comes back equal, other programs' files of every version are read, messy and hostile ones are
//! survived.

use std::path::Path;

use pilcrow::bank::{Item, Kind};
use pilcrow::exchange::archive::{Packed, zipped};
use pilcrow::exchange::{Exercise, Interaction, Piece, Share};
use pilcrow::import::{Became, Entry, Imported, Opened, Read};

use crate::common::exchange::{bank_of, differences, exported, imported, with_bank};
use crate::common::shipped;

#[test]
fn packages_come_back_equal() {
    // Words within a sentence have no place in QTI.
    let kept = |item: &Item| item.kind() != Kind::EvidenceFinding;
    for shipped in shipped() {
        for format in ["qti3", "qti21"] {
            let found = differences(&shipped, format, kept);
            assert!(found.is_empty(), "{format}: {} differ\n{}", found.len(), found.join("\n"));
        }
    }
}

#[test]
fn every_item_of_the_bank_comes_back_without_an_error() {
    for shipped in shipped() {
        for format in ["qti3", "qti21"] {
            let package = with_bank(&shipped.source, |package| exported(package, format).files.remove(0));
            let back = imported(&shipped, &package, None);
            assert_eq!(back.lines.len(), shipped.source.bank.items.len(), "{format}");
            assert!(back.lines.iter().all(|line| line.became != Became::Dropped), "{:?}", back.lines);
            let bank = bank_of(&back, &shipped);
            assert_eq!(bank.items.len() + bank.drafts.len(), shipped.source.bank.items.len());
        }
    }
}

/// A file of other programs' kinds.
fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/import/qti").join(name)).unwrap()
}

fn read(bytes: &[u8]) -> Read {
    let opened = Opened::of("file", bytes).unwrap();
    opened.read(opened.reader().unwrap()).unwrap()
}

/// The questions of an item, with what was changed.
fn questions(name: &str) -> Vec<(Exercise, Vec<String>)> {
    let entries = read(&fixture(name)).entries;
    let question = |entry: Entry| match entry {
        Entry::Question(question) => (question.exercise, question.changed),
        Entry::Dropped { name, why } => panic!("{name}: {why}"),
    };
    entries.into_iter().map(question).collect()
}

fn one(name: &str) -> (Exercise, Vec<String>) {
    let mut all = questions(name);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn a_choice_of_tao_is_read() {
    let (item, changed) = one("tao-22.xml");
    assert_eq!(item.stem, "Read the salutation & the first sentence. To whom does **Kennedy** write?");
    assert_eq!((item.id.as_str(), item.kind), ("i1585c7f", Kind::SingleChoice));
    let Interaction::Choice { options, shuffle: true, .. } = &item.interaction else { panic!("{item:?}") };
    assert_eq!(options.iter().map(|option| option.right).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(options.iter().map(|option| option.fixed).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(options[0].feedback, "She is *not* named.");
    assert!(changed.is_empty(), "{changed:?}");
}

#[test]
fn prefixes_and_keys_by_points_are_read() {
    let (item, changed) = one("prefixed-21.xml");
    let Interaction::Choice { options, shuffle: false, .. } = &item.interaction else { panic!("{item:?}") };
    let shares: Vec<Share> = options.iter().map(|option| option.share).collect();
    assert_eq!(shares, [Share { of: 1, whole: 2 }, Share { of: -1, whole: 2 }, Share { of: 1, whole: 2 }]);
    assert!(changed.iter().any(|what| what.contains("takes a point off")), "{changed:?}");
}

#[test]
fn rules_alone_tell_the_key_and_the_errors() {
    let (item, _) = one("rules-alone.xml");
    assert_eq!(item.stem, "The letter was written in ____ at the Cape.");
    let Interaction::Entry { answers, number: Some(number), .. } = &item.interaction else { panic!("{item:?}") };
    let told: Vec<(&str, Share, &str)> =
        answers.iter().map(|a| (a.text.as_str(), a.share, a.feedback.as_str())).collect();
    assert_eq!(told, [("1961", Share::ALL, ""), ("1962", Share::NOTHING, "A year too late.")]);
    assert_eq!(number.value, 1961.0);
}

#[test]
fn words_that_are_drawn_into_gaps_become_a_list() {
    let (item, _) = one("gap-match.xml");
    let Interaction::Gaps { passage, words } = &item.interaction else { panic!("{item:?}") };
    assert_eq!(
        (item.stem.as_str(), words.as_slice()),
        ("Fill the gaps.", &["spring", "summer", "winter"].map(str::to_owned)[..])
    );
    let told: Vec<String> = passage
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Gap(answers) => format!("{answers:?}"),
        })
        .collect();
    assert_eq!(told.concat(), "Now is the [\"winter\"] of our discontent made glorious [\"summer\"].");
}

#[test]
fn html_of_a_word_processor_and_pictures_within_are_read() {
    let read = read(&fixture("word-html-3.xml"));
    let Entry::Question(question) = &read.entries[0] else { panic!("{read:?}") };
    assert_eq!(question.exercise.stem, "**Is** it 2\\*3 < 7? one two");
    assert_eq!(question.exercise.kind, Kind::TrueFalse);
    assert!(question.changed.iter().any(|what| what.contains("table")), "{:?}", question.changed);
    assert!(!question.changed.iter().any(|what| what.contains("not in the file")), "{:?}", question.changed);
    assert_eq!(question.exercise.explanation, "Six is less.");
    let Interaction::Choice { options, .. } = &question.exercise.interaction else { panic!() };
    assert!(options[0].right && options[0].text == "True", "true comes first");
    let picture = &read.pictures[question.picture.unwrap()];
    assert!(
        picture.alt == "A dot" && picture.file.bytes.starts_with(b"\x89PNG") && picture.file.name.ends_with(".png")
    );
}

#[test]
fn an_item_of_several_parts_becomes_several_questions() {
    let all = questions("composite-3.xml");
    let ids: Vec<&str> = all.iter().map(|(item, _)| item.id.as_str()).collect();
    assert_eq!(ids, ["both", "both-b", "both-c"]);
    assert!(all[0].1.iter().any(|what| what.contains("3 parts")), "{:?}", all[0].1);
    let Interaction::Ordering { right, .. } = &all[0].0.interaction else { panic!() };
    assert_eq!(right, &["C", "A", "B"]);
    // Each of the second list has one answer, each of the first has not: they are asked the other way round.
    let Interaction::Matching { premises, reuse: true, .. } = &all[1].0.interaction else { panic!("{:?}", all[1].0) };
    assert_eq!(
        premises.iter().map(|p| (p.text.as_str(), p.response.as_str())).collect::<Vec<_>>(),
        [("M", "A"), ("N", "A"), ("O", "B")]
    );
    assert_eq!(all[2].0.stem, "Think of the letter. Why?");
    let Interaction::Extended { grading, lines: 4, .. } = &all[2].0.interaction else { panic!() };
    assert_eq!(grading, &["Two points for two reasons."]);
}

/// A package of a program that does not take care: in a folder, the manifest with files that are not there and without some that
/// are, the same id twice, broken items.
fn careless() -> Vec<u8> {
    let names = ["tao-22", "prefixed-21", "no-key", "false-key", "hotspot", "broken", "empty", "bomb", "rules-alone"];
    let manifest = r#"<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><metadata><lom><general><title><langstring>Old quiz</langstring></title></general></lom></metadata>
<resources><resource identifier="a" type="imsqti_item_xmlv2p1" href="rules-alone.xml"><metadata><lom><general><keyword><langstring>cape</langstring><langstring>bloom:remember</langstring></keyword></general></lom></metadata><file href="rules-alone.xml"/></resource>
<resource identifier="b" type="imsqti_item_xmlv2p1" href="gone.xml"><file href="gone.xml"/></resource></resources></manifest>"#;
    let mut files = vec![Packed::new("export/imsmanifest.xml", manifest)];
    files.extend(names.iter().map(|name| Packed::new(format!("export/{name}.xml"), fixture(&format!("{name}.xml")))));
    files.push(Packed::new("export/again.xml", fixture("tao-22.xml")));
    zipped(&files).unwrap()
}

fn became(back: &Imported) -> Vec<(&str, Became, String)> {
    back.lines.iter().map(|line| (line.name.as_str(), line.became, line.why.join("; "))).collect()
}

#[test]
fn a_bad_item_stops_no_other_and_is_told() {
    let [kennedy, _] = shipped();
    let back = imported(&kennedy, &Packed::new("old.zip", careless()), None);
    let lines = became(&back);
    assert_eq!(lines.len(), 10, "{lines:#?}");
    assert_eq!(lines[0].0, "id5f", "the manifest's come first");
    let dropped = |name: &str, why: &str| {
        lines.iter().any(|(known, became, told)| *known == name && *became == Became::Dropped && told.contains(why))
    };
    for (name, why) in [
        ("no-key", "nothing in it says"),
        ("no-key", "names no choice"),
        ("map", "“hotspot”"),
        ("export/broken.xml", "ends inside"),
        ("export/empty.xml", "nothing is asked"),
        ("export/bomb.xml", "entities"),
    ] {
        assert!(dropped(name, why), "{name}: {lines:#?}");
    }
    let bank = bank_of(&back, &kennedy);
    assert_eq!(bank.items.len() + bank.drafts.len(), 4, "the same id twice is two items");
    let text = back.files.iter().find(|file| file.name.starts_with("bank/")).unwrap();
    let text = std::str::from_utf8(&text.bytes).unwrap();
    assert!(text.contains("bloom: remember") && text.contains("tags: cape"), "{text}");
}

#[test]
fn items_in_any_encoding_are_read() {
    let plain = String::from_utf8(fixture("tao-22.xml")).unwrap().replace("To nobody", "To “nobody”");
    let wanted = read(plain.as_bytes());
    let bom = [b"\xef\xbb\xbf", plain.as_bytes()].concat();
    let wide: Vec<u8> = [vec![0xff, 0xfe], plain.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let western: Vec<u8> = plain
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            c => u8::try_from(c).unwrap(),
        })
        .collect();
    for bytes in [bom, wide, western] {
        assert_eq!(read(&bytes).entries, wanted.entries);
    }
}

#[test]
fn hostile_documents_end_in_a_word_and_not_in_a_panic() {
    let text = String::from_utf8(fixture("composite-3.xml")).unwrap();
    // Cut off anywhere, and with any of its names and values gone.
    for end in (0..text.len()).step_by(37) {
        if let Ok(opened) = Opened::of("x", &text.as_bytes()[..end]) {
            let _ = opened.reader().map(|reader| opened.read(reader));
        }
    }
    for gone in [
        "identifier",
        "R1",
        "R2",
        "x m",
        "qti-simple-match-set",
        "qti-simple-choice",
        "qti-prompt",
        "response-identifier",
    ] {
        read(text.replace(gone, "x").as_bytes());
    }
    let many = "<simpleChoice identifier='a'/>".repeat(20_000);
    let many =
        format!("<assessmentItem><itemBody><choiceInteraction>{many}</choiceInteraction></itemBody></assessmentItem>");
    let Entry::Dropped { why, .. } = &read(many.as_bytes()).entries[0] else { panic!() };
    assert!(why.contains("more than"), "{why}");
    let deep = format!("<assessmentItem>{}", "<div>".repeat(100_000));
    let Entry::Dropped { why, .. } = &read(deep.as_bytes()).entries[0] else { panic!() };
    assert!(why.contains("deep"), "{why}");
    let nothing = zipped(&[Packed::new(
        "a.xml",
        "<assessmentTest title='t'><assessmentItemRef href='../../x.xml'/></assessmentTest>",
    )])
    .unwrap();
    let opened = Opened::of("x", &nothing).unwrap();
    assert!(opened.read(opened.reader().unwrap()).unwrap_err().contains("no item"));
}

#[test]
fn a_passage_that_items_share_is_read_once() {
    for shipped in shipped() {
        for format in ["qti3", "qti21"] {
            let (package, count) = with_bank(&shipped.source, |package| {
                (exported(package, format).files.remove(0), package.stimuli.len())
            });
            let read = read(&package.bytes);
            assert_eq!(read.stimuli.len(), count, "{format}");
            let has_words =
                |stimulus: &pilcrow::exchange::Stimulus| !stimulus.title.is_empty() && !stimulus.passages.is_empty();
            assert!(read.stimuli.iter().all(has_words), "{:?}", read.stimuli);
        }
    }
}
