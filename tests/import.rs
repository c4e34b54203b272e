//! Imports: what an export wrote comes back equal, a person's own tables are read, messy and hostile files are survived.

use pilcrow::bank::Item;
use pilcrow::cmd::source::Look;
use pilcrow::exchange::archive::Packed;
use pilcrow::exchange::{Exercise, Wording, from_bank};
use pilcrow::import::{Became, Ground, Opened, READERS, Reader, import};
use pilcrow::rng::Seed;

use crate::common::exchange::{bank_of, differences, essence, exported, imported, western, with_sheets};
use crate::common::{done, refused, shipped};

#[test]
fn a_table_comes_back_equal() {
    for shipped in shipped() {
        let found = differences(&shipped, "csv", |_| true);
        assert!(found.is_empty(), "{} differ\n{}", found.len(), found.join("\n"));
    }
}

#[test]
fn drawn_sheets_come_back_with_the_parts_of_each_item_together() {
    let [kennedy, _] = shipped();
    let source = &kennedy.source;
    with_sheets(source, "document-exam", 2, |package| {
        let csv = exported(package, "csv").files.remove(0);
        let back = bank_of(&imported(&kennedy, &csv, Some("csv")), &kennedy);
        let look = Look::read(None).unwrap();
        let items: Vec<&Item> = back.items.iter().collect();
        let wording = Wording { letter: &source.letter, bank: &back, labels: &look.labels };
        let after = from_bank(&items, Seed::new(1).unwrap(), wording);
        let mut gates = 0;
        // Options that stood in the order of paper are free again.
        let free = |exercise: &Exercise| -> Vec<String> {
            let line = |line: String| match line.split_once(' ') {
                Some(("choice" | "matching", rest)) => rest.replace("true", "false"),
                Some(("option", rest)) => rest.trim_end_matches(" true").trim_end_matches(" false").to_owned(),
                _ => line,
            };
            essence(exercise).into_iter().map(line).collect()
        };
        for exercise in package.exercises() {
            let id = match &exercise.gate {
                Some(gate) => format!("{gate}--b"),
                None => exercise.id.clone(),
            };
            gates += usize::from(exercise.gate.is_some());
            let other = after.exercises().find(|other| other.id == id).unwrap_or_else(|| panic!("{id}"));
            assert_eq!(free(exercise), free(other), "{id}");
        }
        assert!(gates > 0, "no item with two parts was drawn");
    });
}

#[test]
fn nothing_of_a_table_is_left_out_in_silence() {
    let [kennedy, _] = shipped();
    let read = |text: &str| imported(&kennedy, &Packed::new("t.csv", text), Some("csv"));
    let own = read("question,a,b,answer,mood,mood,\nWhich?,x,y,A,glad,sad,alone,beyond,,more\nWho?,x,y,B\n");
    assert!(own.lines[0].why[0].ends_with("was left out: beyond | more"), "{:?}", own.lines);
    assert!(own.notes[0].contains("“mood”, “mood” (column 6") && own.notes[0].contains("column 7"), "{:?}", own.notes);
    assert!(own.lines[1].why.iter().all(|why| !why.contains("beyond")));
    let table = "id,form,kind,question,answer,option 1,option 2,evidence,tags,smell,gate\n\
        q,choice,,Which?,2,x,y,\"6: \"\"nobody wrote this\"\"\n1961 was a year\n¶6 no marks\",,sweet,gone,extra\n";
    let back = read(table);
    let bank = String::from_utf8(back.files.last().unwrap().bytes.clone()).unwrap();
    for kept in ["as it came: 6 “nobody wrote this”", "as it came: “1961 was a year”", "as it came: ¶6 “no marks”"]
    {
        assert!(bank.contains(kept), "{kept} is missing in\n{bank}");
    }
    let why = back.lines[0].why.join("; ");
    assert!(why.contains("left out: extra") && why.contains("“gone” from which it hangs"), "{why}");
    assert!(back.notes[0].contains("“smell”") && !back.notes[0].contains("gate"), "{:?}", back.notes);
    let wide = format!("question,answer{}\n", ",x".repeat(1_000));
    let opened = Opened::of("x", wide.as_bytes()).unwrap();
    assert!(opened.read(Reader::of("csv").unwrap()).unwrap_err().contains("1000 columns"));
    let rows = |rows: usize| format!("question,answer\n{}", "a,b\n".repeat(rows));
    let read = |rows: &str| Opened::of("x", rows.as_bytes()).unwrap().read(Reader::of("csv").unwrap());
    assert!(read(&rows(50_000)).is_ok() && read(&rows(50_001)).unwrap_err().contains("50000 rows"));
    assert_eq!(read("sep=|\nquestion|answer\na|b\n").unwrap().entries.len(), 1);
}

#[test]
fn an_archive_with_a_password_says_so() {
    // Packed by Info-ZIP with the password “x”.
    let bytes = include_bytes!("corpus/import/password.zip");
    let said = Opened::of("x", bytes).unwrap_err();
    assert!(said.contains("“questions.csv” in the archive has a password"), "{said}");
}

#[test]
fn the_whole_bank_comes_back_without_an_error_and_every_item_is_told() {
    for shipped in shipped() {
        let csv = crate::common::exchange::with_bank(&shipped.source, |package| {
            crate::common::exchange::exported(package, "csv").files.remove(0)
        });
        let back = imported(&shipped, &csv, None);
        assert_eq!(back.lines.len(), shipped.source.bank.items.len());
        assert!(back.lines.iter().all(|line| line.became != Became::Dropped), "{:?}", back.lines);
        let bank = bank_of(&back, &shipped);
        assert_eq!(bank.items.len() + bank.drafts.len(), shipped.source.bank.items.len());
    }
}

const TABLE: &str = "Question;Option A;Option B;Option C;Correct answer;Explanation;Tags\n\
    Whose comparison is Noah’s Ark?;Khrushchev’s;Kennedy’s;Nobody’s;a;He says “your analogy”.;ark, sourcing\n\
    Kennedy wrote the letter.;;;;TRUE;;\n\
    The letter is from 1950.;True;False;;F;;\n\
    When was it written?;;;;1961;;\n\
    Which two?;one;two;three;A, C;;\n\
    No answer here;x;y;;;;\n\
    Nothing fits;x;y;;Z;;\n\
    * a star?;=1+1;'=2;-3;B;;\n";

/// The lines of an import of a table, and the text of its bank.
fn of_table(bytes: &[u8]) -> (Vec<(Became, String)>, String) {
    let [kennedy, _] = shipped();
    let back = imported(&kennedy, &Packed::new("t.csv", bytes), None);
    bank_of(&back, &kennedy);
    let lines = back.lines.iter().map(|line| (line.became, line.why.join("; "))).collect();
    let bank = back.files.iter().find(|file| file.name == "bank/imported.yaml").unwrap();
    (lines, String::from_utf8(bank.bytes.clone()).unwrap())
}

#[test]
fn a_persons_own_table_is_read() {
    let (lines, bank) = of_table(TABLE.as_bytes());
    let became: Vec<Became> = lines.iter().map(|(became, _)| *became).collect();
    assert_eq!(lines.len(), 8);
    assert_eq!([became[5], became[6]], [Became::Dropped, Became::Dropped], "{lines:?}");
    assert!(lines[5].1.contains("no answer") && lines[6].1.contains("none of its options"), "{lines:?}");
    for part in [
        "kind: single-choice",
        "kind: true-false",
        "kind: numeric",
        "kind: multiple-select",
        "# proposed: ¶6",
        "cite: [6]",
        "TO DO",
        "imported: {from: csv}",
        "=1+1",
        "\\\\* a star?",
    ] {
        assert!(bank.contains(part), "{part} is missing in\n{bank}");
    }
}

#[test]
fn tables_in_any_encoding_are_read() {
    let wanted = of_table(TABLE.as_bytes()).1;
    let bom = [b"\xef\xbb\xbf", TABLE.as_bytes()].concat();
    let wide: Vec<u8> = TABLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [b"\xff\xfe".to_vec(), wide].concat();
    let western = western(TABLE);
    let crlf = TABLE.replace('\n', "\r\n").into_bytes();
    for bytes in [bom, wide, western, crlf] {
        assert_eq!(of_table(&bytes).1, wanted);
    }
    assert_eq!(of_table(TABLE.replace(", ", " ").replace(';', "\t").as_bytes()).0.len(), 8);
}

#[test]
fn without_a_letter_its_place_is_marked_and_the_bank_can_be_checked() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("quiz.csv"), TABLE).unwrap();
    let said = done(at, &["import", "quiz.csv"]);
    assert!(said.contains("Started quiz from csv") && said.contains("Dropped:"), "{said}");
    let checked = crate::common::pilcrow(at, &["check", "quiz"]);
    let told = String::from_utf8(checked.stderr).unwrap();
    assert!(checked.status.success() && told.contains("W29") && !told.contains("error["), "{told}");
    assert!(refused(at, &["import", "quiz.csv"], 1).contains("exists already"));
    // Another letter, another folder; the bank folder of one serves as well.
    std::fs::write(at.join("speech.txt"), "Noah’s Ark is a comparison.\n\nThe letter was written in 1961.\n").unwrap();
    done(at, &["import", "quiz.csv", "--letter", "speech.txt", "--out", "one"]);
    done(at, &["import", "quiz.csv", "--letter", "one", "--out", "two"]);
    let letter = |name: &str| std::fs::read_to_string(at.join(name).join("letter.txt")).unwrap();
    assert_eq!(letter("one"), letter("two"));
    done(at, &["make", "--bank", "one", "--questions", "2", "--forms", "1", "--format", "html", "--out", "sheets"]);
}

#[test]
fn what_is_no_file_of_questions_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for (name, bytes, said) in [
        ("a.bin", &b"\0\x01\x02\x03\x04\x05\x06\x07"[..], "not a text"),
        ("b.txt", b"Only words, no table.", "no file that can be imported"),
        ("c.zip", b"PK\x03\x04 and nothing else", "archive is damaged"),
        ("d.csv", b"question,answer\n", "no question of it"),
        ("e.pdf", b"%PDF-1.7", "a PDF"),
    ] {
        std::fs::write(at.join(name), bytes).unwrap();
        let refusal = refused(at, &["import", name, "--out", "new"], 1);
        assert!(refusal.contains(said), "{name}: {refusal}");
        assert!(!at.join("new").exists(), "{name}");
    }
}

#[test]
fn readers_are_told_apart_by_content() {
    let help = done(std::path::Path::new("."), &["import", "--help"]);
    for reader in READERS {
        assert_eq!(Reader::of(reader.name).unwrap().name, reader.name);
        assert!(help.contains(&format!("\n  {} ", reader.name)), "{help}");
    }
    let opened = Opened::of("x", TABLE.as_bytes()).unwrap();
    assert_eq!(opened.reader().unwrap().name, "csv");
    assert!(Reader::of("csw").unwrap_err().contains("csv"));
}

#[test]
fn no_text_breaks_the_yaml_of_a_new_bank() {
    let hostile = "q\"\\ # {a: *b} [c] - ? : & ! | > ' % @ ` \u{85}\u{2028}\u{feff} {{x}} ~ ¶9 ____";
    let cell = format!("\"{}\"", hostile.replace('"', "\"\""));
    let table = format!("question,a,b,c,answer,explanation,tags\n{cell},{cell}x,{cell}y,z,z,{cell},{cell}\n");
    let opened = Opened::of("x", table.as_bytes()).unwrap();
    let read = opened.read(Reader::of("csv").unwrap()).unwrap();
    let back = import(&read, Reader::of("csv").unwrap(), &Ground::missing("x").unwrap());
    let bank = back.files.iter().find(|file| file.name.starts_with("bank/")).unwrap();
    let value: serde_yaml::Value = serde_yaml::from_slice(&bank.bytes).unwrap();
    assert!(value["items"][0]["stem"].as_str().unwrap().starts_with("q\"\\ # {a: \\*b}"));
}

/// What a reader makes of a text, or the refusal.
fn reader_of(text: &str) -> Result<&'static str, String> {
    Opened::of("x", text.as_bytes()).unwrap().reader().map(|reader| reader.name)
}

#[test]
fn braces_make_no_gift_of_tables_items_and_pages() {
    assert_eq!(reader_of("id,question,answer\n1,\"What is {T}?\",water\n2,Who?,Kennedy\n"), Ok("csv"));
    assert_eq!(reader_of("What is {T}?\twater\nWho? {=a}\tKennedy\n"), Ok("anki"));
    let item = "<assessmentItem identifier=\"q\"><itemBody><p>R_{>0} and A^{T}</p></itemBody></assessmentItem>";
    assert_eq!(reader_of(item), Ok("qti21"));
    assert!(reader_of("<html><style>p.MsoNormal {~margin:0in;}</style><p>{T}</p></html>").is_err());
    assert!(reader_of("# Title {#letter}\n\nWords.\n").is_err());
    // And what is GIFT stays so.
    assert_eq!(reader_of("::a, question:: Who, question? {=x ~y}\n"), Ok("gift"));
    assert_eq!(reader_of("When? {#1961}\n"), Ok("gift"));
    assert_eq!(reader_of("Explain why. {}\n"), Ok("gift"));
}

#[test]
fn an_answer_names_a_column_whether_or_not_those_before_it_are_filled() {
    let table = "question,A,B,C,D,answer\nWhich?,x,,y,z,C\nWho?,,k,j,,2\nWhat?,p,,q,r,B\n";
    let (lines, bank) = of_table(table.as_bytes());
    assert!(bank.contains("key: {text: y") || bank.contains("key:\n      text: y"), "{bank}");
    assert!(bank.contains("key: {text: k") || bank.contains("key:\n      text: k"), "{bank}");
    assert!(lines[2].0 == Became::Dropped && lines[2].1.contains("none of its options"), "{lines:?}");
}

#[test]
fn a_key_of_the_exports_own_table_is_never_guessed() {
    let table = "id,form,kind,question,answer,option 1,option 2,option 3,tags\n\
        a,choice,multiple-select,Which?,\"1, C\",x,y,z,\n\
        b,choice,multiple-select,Which two?,\"1, 3\",x,y,z,\n\
        c,choice,true-false,It is so.,1,False,True,,\n\
        d,choice,true-false,It is so.,1,True,False,,\n\
        e,choice,multiple-select,All?,\"1, 2\",x,y,,\n\
        f,entry,numeric,When?,,,,,\n\
        g,written,essay,,,,,,\n\
        h,gaps,cloze,Fill.,,,,,\n";
    let (lines, bank) = of_table(table.as_bytes());
    let became: Vec<bool> = lines.iter().map(|(became, _)| *became != Became::Dropped).collect();
    assert_eq!(became, [false, true, true, true, false, false, false, false], "{lines:?}");
    let item = |id: &str| bank.split(&format!("id: {id}\n")).nth(1).unwrap().split("- id:").next().unwrap();
    assert!(item("c").contains("answer: false") && item("d").contains("answer: true"), "{bank}");
    for (at, why) in [(4, "none of its options is wrong"), (5, "no answer that is right"), (6, "it asks nothing")] {
        assert!(lines[at].1.contains(why), "{lines:?}");
    }
}

#[test]
fn what_cannot_be_read_is_told_with_a_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let word = pilcrow::exchange::archive::zipped(&[Packed::new("word/document.xml", "<w/>")]).unwrap();
    for (name, bytes, said) in [
        ("a.docx", word.as_slice(), "save it as plain text"),
        ("b.htm", b"<!DOCTYPE html><p>Who?</p>", "save it as plain text"),
        ("c.rtf", b"{\\rtf1 Who?}", "choose \u{201c}Save as\u{201d}"),
        ("d.mbz", b"\x1f\x8b\x08 packed", "a packed file"),
    ] {
        std::fs::write(at.join(name), bytes).unwrap();
        let refusal = refused(at, &["import", name, "--out", "new"], 1);
        let words: Vec<&str> = refusal.split_whitespace().collect();
        assert!(words.join(" ").contains(said), "{name}: {refusal}");
    }
    let table =
        "id,form,question,answer,option 1,option 2,tags\na,chioce,Q?,1,x,y,\nb,choice,Q?,7,x,y,\nc,choice,Q?,1,x,y,\n";
    let (lines, _) = of_table(table.as_bytes());
    assert!(lines[0].1.starts_with("its form “chioce” is none of choice,"), "{lines:?}");
    assert_eq!(lines[1].1, "its answer “7” names nothing in the row");
}

#[test]
fn the_tables_of_quiz_programs_are_read() {
    let kahoot = "Quiz template,,,,,,\n,\"Add questions, and at least two answers.\",,,,,\n\
        ,Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,\
        Answer 3 - max 75 characters,\"Time limit (sec) - 5, 10 or 20 secs\",Correct answer(s) - choose at least one\n\
        1,Which two?,x,y,z,20,\"1,3\"\n";
    let blooket = "\"Blooket\nImport Template\",,,,,,\n\
        Question #,Question Text,Answer 1,Answer 2,\"Answer 3\n(Optional)\",\"Time Limit (sec)\n(Max: 300 seconds)\",\
        \"Correct Answer(s)\n(Only include Answer #)\"\n1,Which two?,x,y,z,20,\"1,3\"\n";
    let quizizz = "Question Text,Question Type,Option 1,Option 2,Option 3,Option 4,Correct Answer,Time in seconds,Answer explanation\n\
        Which two?,Checkbox,x,y,,z,\"1,4\",20,Because.\n";
    for (name, table) in [("kahoot", kahoot), ("blooket", blooket), ("quizizz", quizizz)] {
        let (lines, bank) = of_table(table.as_bytes());
        assert_eq!(lines.len(), 1, "{name}: {lines:?}");
        let (keys, distractors) = bank.split_once("distractors:").unwrap();
        assert!(bank.contains("kind: multiple-select") && bank.contains("Which two?"), "{name}: {bank}");
        let has = |text: &str, option: &str| text.contains(&format!("text: {option}"));
        assert!(has(keys, "x") && has(keys, "z") && has(distractors, "y"), "{name}: {bank}");
    }
}

#[test]
fn the_report_names_every_question_on_the_screen_and_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(
        at.join("quiz.csv"),
        "question,a,b,answer,points\nWhich?,x,y,A,\nWho?,x,y,B,2\nWhat?,x,y,B,2\nOld?,x,y,,\n",
    )
    .unwrap();
    let said = done(at, &["import", "quiz.csv"]);
    for line in [
        "who (Who? …), what (What? …): it has 1 point here, by what is asked, and had 2",
        "Whole:\n    which (Which? …)",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let told: serde_json::Value =
        serde_json::from_str(&done(at, &["import", "quiz.csv", "--out", "again", "--json"])).unwrap();
    let became: Vec<&str> =
        told["questions"].as_array().unwrap().iter().map(|line| line["became"].as_str().unwrap()).collect();
    assert_eq!(became, ["whole", "changed", "changed", "dropped"]);
    assert_eq!((&told["format"], &told["folder"]), (&"csv".into(), &"again".into()));
}

#[test]
fn a_table_whose_columns_have_other_names_says_what_to_call_them() {
    let opened = Opened::of("x", "Frage;Antwort A;Antwort B;Richtig\nWer?;x;y;A\n".as_bytes()).unwrap();
    let said = opened.reader().unwrap_err();
    assert!(said.contains("“question”") && said.contains("frage, antwort a, antwort b, richtig"), "{said}");
}

#[test]
fn a_bank_says_nothing_of_a_passage_that_nobody_asks_about_in_silence() {
    let item = |kind: &str| {
        format!(
            "<item ident=\"t\" title=\"Part II\"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type\
             </fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation>\
             <material><mattext>Read on.</mattext></material></presentation></item>"
        )
    };
    let text = format!(
        "<questestinterop><assessment title=\"x\">{}</assessment></questestinterop>",
        item("text_only_question")
    );
    let opened = Opened::of("x", text.as_bytes()).unwrap();
    let reader = opened.reader().unwrap();
    let back = import(&opened.read(reader).unwrap(), reader, &Ground::missing("x").unwrap());
    assert!(back.notes.iter().any(|note| note.contains("“Part II” asks nothing")), "{:?}", back.notes);
}
