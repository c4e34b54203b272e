//! Moodle XML, GIFT and Aiken of others: messy files are read and every question is told, hostile ones do no harm.

use pilcrow::bank::Kind;
use pilcrow::exchange::archive::Packed;
use pilcrow::exchange::{ChoiceSort, Interaction, Piece};
use pilcrow::import::{Became, Entry, Opened, Question, Read, Reader};

use crate::common::exchange::{bank_of, imported};
use crate::common::{done, shipped};

fn corpus(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/import").join(name)).unwrap()
}

/// What a file is found to be, and what is read of it.
fn read(bytes: &[u8]) -> (&'static str, Read) {
    let opened = Opened::of("file", bytes).unwrap();
    let reader = opened.reader().unwrap();
    (reader.name, opened.read(reader).unwrap())
}

fn questions(read: &Read) -> Vec<&Question> {
    let question = |entry: &'_ Entry| matches!(entry, Entry::Question(_));
    assert!(read.entries.iter().any(question));
    read.entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Question(question) => Some(&**question),
            Entry::Dropped { .. } => None,
        })
        .collect()
}

/// Lines of the report: what became of each question, its name, and why.
fn told(file: &str) -> Vec<(Became, String, String)> {
    let [kennedy, _] = shipped();
    let back = imported(&kennedy, &Packed::new("f", corpus(file)), None);
    bank_of(&back, &kennedy);
    back.lines.iter().map(|line| (line.became, line.name.clone(), line.why.join("; "))).collect()
}

#[test]
fn a_messy_question_bank_of_moodle_is_read() {
    let (name, read) = read(&corpus("moodle/messy.xml"));
    assert_eq!((name, read.title.as_str()), ("moodle-xml", "Cold War/Berlin"));
    let all = questions(&read);
    let of = |id: &str| all.iter().find(|question| question.exercise.id == id).unwrap_or_else(|| panic!("{id}"));
    let ark = of("Ark");
    assert_eq!(ark.exercise.stem, "Whose comparison is **Noah’s Ark**, which Kennedy & Khrushchev share?");
    assert_eq!(ark.exercise.hints, ["Read the sixth paragraph."]);
    let Interaction::Choice { options, sort: ChoiceSort::Single, shuffle: true } = &ark.exercise.interaction else {
        panic!("{ark:?}")
    };
    let options: Vec<(&str, bool)> = options.iter().map(|option| (option.text.as_str(), option.right)).collect();
    assert_eq!(options, [("Khrushchev’s", true), ("Kennedy’s", false), ("Both", false)]);
    assert!(matches!(
        of("Three that do not sum").exercise.interaction,
        Interaction::Choice { sort: ChoiceSort::Several(2), .. }
    ));
    assert!(of("Three that do not sum").changed.iter().any(|what| what.contains("66.666 %")));
    assert_eq!(of("Old true or false").exercise.answer_line(), "True");
    assert_eq!(of("Who").exercise.stem, "Who was *ambassador* in Moscow?");
    let Interaction::Entry { answers, number: Some(number), unit } = &of("When").exercise.interaction else { panic!() };
    assert_eq!((answers[0].text.as_str(), number.tolerance, unit.as_str()), ("1961", 1.0, "AD"));
    let Interaction::Matching { premises, responses, reuse: false, .. } = &of("People").exercise.interaction else {
        panic!()
    };
    assert_eq!((premises.len(), responses[1].text.as_str()), (2, "Khrushchev & others"));
    let Interaction::Gaps { passage, words } = &of("Cloze").exercise.interaction else { panic!() };
    assert_eq!(of("Cloze").exercise.stem, "Fill in.");
    let gaps: Vec<&Vec<String>> =
        passage.iter().filter_map(|piece| if let Piece::Gap(answers) = piece { Some(answers) } else { None }).collect();
    assert_eq!(gaps, [&vec!["Hyannis Port", "Hyannis"], &vec!["1961"], &vec!["Khrushchev"]]);
    assert!(words.contains(&"Lenin } ~ &c".to_owned()) && words.contains(&"Hyannis Port".to_owned()), "{words:?}");
    let Interaction::Gaps { words, .. } = &of("Words").exercise.interaction else { panic!() };
    assert_eq!(words, &["dove", "ark & rain"]);
    assert_eq!(of("Steps").exercise.answers().len(), 3);
    assert_eq!((of("Essay").exercise.kind, of("Essay").exercise.points), (Kind::Essay, 4));
    let pictures: Vec<Option<usize>> =
        all.iter().filter(|question| question.exercise.id == "picture").map(|question| question.picture).collect();
    assert_eq!((pictures, read.pictures[0].alt.as_str()), (vec![Some(0), None], "a square"));
}

#[test]
fn every_question_of_a_messy_file_is_told() {
    for (file, dropped, changed) in [
        (
            "moodle/messy.xml",
            &[
                ("Nothing right", "none of its options"),
                ("No gap", "no gap"),
                ("Gap too many", "[[7]]"),
                ("Read this", "a label"),
                ("Sum", "calculated"),
                ("Strange", "“stack”"),
                ("No type", "of what type"),
                ("question 18", "asks nothing"),
            ][..],
            &[
                ("Ark", "a part of the points"),
                ("Three that do not sum", "and had 5"),
                ("Who", "every other answer"),
                ("When", "one is kept: AD"),
                ("People", "premise without its response"),
                ("Cloze", "list of words"),
                ("Essay", "files cannot be handed in"),
                ("picture", "is not in the file"),
            ][..],
        ),
        (
            "gift/messy.txt",
            &[("Label", "no answers in braces"), ("Unclosed", "do not close")][..],
            &[("Ark", "a part of the points"), ("two-of", "tags that a bank")][..],
        ),
        (
            "aiken/messy.txt",
            &[
                ("No answer follows", "no line that names"),
                ("Answer out of reach", "none of its options"),
                ("One option", "fewer than two"),
                ("Two answers", "not one letter"),
            ][..],
            &[][..],
        ),
    ] {
        let told = told(file);
        let find = |became: Became, name: &str, why: &str| {
            told.iter().any(|(b, n, w)| *b == became && n.contains(name) && w.contains(why))
        };
        for (name, why) in dropped {
            assert!(find(Became::Dropped, name, why), "{file}: {name}: {why}\n{told:#?}");
        }
        let count = told.iter().filter(|(became, ..)| *became == Became::Dropped).count();
        assert_eq!(count, dropped.len(), "{file}\n{told:#?}");
        for (name, why) in changed {
            assert!(find(Became::Changed, name, why), "{file}: {name}: {why}\n{told:#?}");
        }
    }
}

#[test]
fn gift_by_hand_is_read() {
    let (name, read) = read(&corpus("gift/messy.txt"));
    assert_eq!((name, read.title.as_str()), ("gift", "Berlin"));
    let all = questions(&read);
    let with = |words: &str| {
        all.iter().find(|question| question.exercise.stem.contains(words)).unwrap_or_else(|| panic!("{words}"))
    };
    assert_eq!(with("Noah").exercise.explanation, "See paragraph six.");
    assert_eq!(with("from Hyannis").exercise.stem, "Kennedy wrote in ____ from Hyannis Port.");
    assert!(matches!(with("two?").exercise.interaction, Interaction::Choice { sort: ChoiceSort::Several(2), .. }));
    assert_eq!(with("from 1950").exercise.answer_line(), "False");
    let tolerance = |words: &str| match &with(words).exercise.interaction {
        Interaction::Entry { number: Some(number), .. } => (number.value, number.tolerance),
        other => panic!("{other:?}"),
    };
    assert_eq!([tolerance("When?"), tolerance("Between")], [(1961.0, 1.0); 2]);
    assert_eq!(with("Match").exercise.stem, "Match: them");
    assert!(with("Who {in braces}").exercise.stem.contains("#1 ~ 2 = 3 \\ 4"));
    assert!(matches!(with("Write about").exercise.interaction, Interaction::Extended { .. }));
    assert!(matches!(with("After the unclosed").exercise.interaction, Interaction::Choice { .. }));
    assert_eq!(with("Steps").exercise.answers().len(), 3);
}

#[test]
fn every_encoding_reads_the_same() {
    for file in ["moodle/messy.xml", "gift/messy.txt", "aiken/messy.txt"] {
        let bytes = corpus(file);
        let text = String::from_utf8(bytes.clone()).unwrap();
        let wanted = read(&bytes);
        let bom = [b"\xef\xbb\xbf".to_vec(), bytes].concat();
        let wide = [b"\xff\xfe".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
        let crlf = text.replace('\n', "\r\n").into_bytes();
        let western = text.chars().map(|c| match c {
            '’' => 0x92,
            c => u8::try_from(c).unwrap(),
        });
        for bytes in [bom, wide, crlf, western.collect()] {
            let found = read(&bytes);
            assert_eq!(found.0, wanted.0, "{file}");
            assert_eq!(found.1.entries.len(), wanted.1.entries.len(), "{file}");
            assert_eq!(questions(&found.1)[0].exercise, questions(&wanted.1)[0].exercise, "{file}");
        }
    }
}

#[test]
fn no_damage_of_a_file_stops_the_program() {
    for file in ["moodle/messy.xml", "gift/messy.txt", "aiken/messy.txt"] {
        let bytes = corpus(file);
        let name = read(&bytes).0;
        for at in (0..bytes.len()).step_by(97) {
            let mut damaged = bytes.clone();
            damaged[at] = b"{}=~#<>&]!"[at % 10];
            for bytes in [&bytes[..at], &bytes[at..], &damaged] {
                if let Ok(opened) = Opened::of("x", bytes) {
                    let _ = opened.read(Reader::of(name).unwrap());
                }
            }
        }
    }
}

/// Files that would take long, much room, or what is not theirs, if they were believed.
#[test]
fn hostile_files_do_no_harm() {
    let quiz = |inside: &str| format!("<quiz>{inside}</quiz>");
    let question = |text: &str| {
        quiz(&format!(
            "<question type=\"cloze\"><questiontext format=\"html\"><text><![CDATA[{text}]]></text></questiontext></question>"
        ))
    };
    let refused = |text: &str| {
        let opened = Opened::of("x", text.as_bytes()).unwrap();
        opened.reader().and_then(|reader| opened.read(reader).map(|_| ())).unwrap_err()
    };
    let laughs =
        format!("<!DOCTYPE quiz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>{}", quiz("<question>&b;</question>"));
    assert!(refused(&laughs).contains("entities"), "{}", refused(&laughs));
    let outside = format!("<?xml version=\"1.0\"?>{}", quiz("<question type=\"&x;\"/>"));
    assert!(!outside.is_empty() && matches!(read(outside.as_bytes()).1.entries[0], Entry::Dropped { .. }));
    assert!(refused("<quiz><question>").contains("ends inside"));
    assert!(refused(&quiz("")).contains("no questions"));
    assert!(refused(&quiz(&"<a>".repeat(1000))).contains("XML"));
    let started = std::time::Instant::now();
    for text in [
        question(&"{1:SA:".repeat(50_000)),
        question(&format!("{}\\}}", "{1:SA:".repeat(40_000))),
        question(&format!("{}}}", "{".repeat(400_000))),
        question(&"[[".repeat(200_000)).replace("cloze", "gapselect"),
        question(&"{".repeat(300_000)),
        question(&"{1:SA:=x}".repeat(20_000)),
        question(&"<a ".repeat(100_000)),
        question(&"<style></style>".repeat(50_000)),
        question(&"<p class=\"pilcrow-evidence\">".repeat(20_000)),
        question(&"<p class=\"pilcrow-evidence\">x</p>".repeat(20_000)),
        question(&"&amp;".repeat(100_000)),
    ] {
        read(text.as_bytes());
    }
    for text in [
        format!("::a::b {{=c ~d}}\n\n{}", "{\n\n".repeat(50_000)),
        format!("::a::b {{=c ~d}}\n\n{}", "x {=".repeat(50_000)),
        format!("::a::b {{{}}}\n", "~x".repeat(50_000)),
        format!("::a::b {{{}}}\n", (0..20_000).map(|n| format!("={n}->r{n}")).collect::<String>()),
        format!("::a::b {{=c ~d}}\n\n::x::é {}", "\\".repeat(50_001)),
        "é{\n\n{=".to_owned(),
    ] {
        let opened = Opened::of("x", text.as_bytes()).unwrap();
        let _ = opened.read(Reader::of("gift").unwrap());
        let _ = opened.reader();
    }
    let aiken = format!("q\n{}ANSWER: A\n", "A) x\n".repeat(50_000));
    let opened = Opened::of("x", aiken.as_bytes()).unwrap();
    let _ = opened.read(Reader::of("aiken").unwrap());
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

#[test]
fn a_name_of_a_picture_leads_nowhere_else() {
    let picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let name = "../../../../etc/cron.d/x.png";
    let text = format!(
        "<quiz><question type=\"truefalse\"><questiontext format=\"html\"><text><![CDATA[<img src=\"@@PLUGINFILE@@/{name}\" alt=\"a\">Is it?]]></text>\
         <file name=\"{name}\" path=\"/\" encoding=\"base64\">{picture}</file></questiontext>\
         <answer fraction=\"100\"><text>true</text></answer><answer fraction=\"0\"><text>false</text></answer></question></quiz>"
    );
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("a.xml"), text).unwrap();
    done(at, &["import", "a.xml", "--out", "new"]);
    let pictures: Vec<String> = std::fs::read_dir(at.join("new/pictures"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(pictures, ["x.png"]);
}

#[test]
fn two_options_that_earn_all_are_both_asked_for() {
    let (_, read) = read(b"Who wrote it? {=Kennedy =JFK ~Khrushchev}\n");
    let question = questions(&read)[0];
    let Interaction::Choice { options, sort: ChoiceSort::Several(2), .. } = &question.exercise.interaction else {
        panic!("{question:?}")
    };
    let right: Vec<&str> = options.iter().filter(|option| option.right).map(|option| option.text.as_str()).collect();
    assert_eq!(right, ["Kennedy", "JFK"]);
    assert!(question.changed.iter().any(|what| what.contains("all of them are asked for")), "{:?}", question.changed);
}

#[test]
fn what_a_sheet_cannot_say_is_told() {
    let text = "<quiz><question type=\"shortanswer\"><name><text>a</text></name>\
        <questiontext format=\"html\"><text>Who lost?</text></questiontext>\
        <correctfeedback format=\"html\"><text>Your answer is correct.</text></correctfeedback>\
        <incorrectfeedback format=\"html\"><text>Read ¶7 again.</text></incorrectfeedback><usecase>1</usecase>\
        <answer fraction=\"100\"><text>Thompson</text></answer>\
        <answer fraction=\"50\"><text>Tompson</text><feedback><text>Check the spelling.</text></feedback></answer>\
        <hint format=\"html\"><text><![CDATA[See <img src=\"a.png\"> there.]]></text></hint></question></quiz>";
    let [kennedy, _] = shipped();
    let back = imported(&kennedy, &Packed::new("f", text), None);
    bank_of(&back, &kennedy);
    let told = back.lines[0].why.join("; ");
    for part in ["left out: Read ¶7 again.", "capital letters", "left out: a.png", "it foresaw stand in comments"] {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
    assert!(!told.contains("Your answer"), "{told}");
    let bank = String::from_utf8(back.files.last().unwrap().bytes.clone()).unwrap();
    assert!(bank.contains("# as it came, wrong: “Tompson” Check the spelling."), "{bank}");
}

#[test]
fn questions_of_gift_without_a_blank_line_between_them_are_all_read() {
    let text = "::a:: One? {=x ~y}\nTwo {=p =q} here.\n// [id:three]\n::c:: Three? {T}\nFour\\{?\n{#4}\n\nFive\n? {}\nx {=a} {=b}\n";
    let (name, read) = read(text.as_bytes());
    let all = questions(&read);
    let stems: Vec<&str> = all.iter().map(|question| question.exercise.stem.as_str()).collect();
    assert_eq!((name, stems), ("gift", vec!["One?", "Two ____ here.", "Three?", "Four{?", "Five ?"]));
    assert_eq!(all[2].exercise.id, "three");
    let told = |question: &Question| question.changed.iter().any(|what| what.contains("no blank line"));
    assert_eq!(all.iter().map(|q| told(q)).collect::<Vec<_>>(), [false, true, true, true, false]);
    let Some(Entry::Dropped { why, .. }) = read.entries.last() else { panic!("{:?}", read.entries) };
    assert!(why.contains("second pair of braces"), "{why}");
}
