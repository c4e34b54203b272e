//! The reader of plain text on the letter itself, and on any text whatever.

use pilcrow::diag::{Diagnostic, Severity};
use pilcrow::letter::{About, Letter, Place, Section, decode, read};

const TEXT: &[u8] = include_bytes!("../questions/kennedy-1961/letter.txt");

/// Of each paragraph: words, sentences, and the first ten digits of its SHA-256, as an independent count has them.
const TABLE: [(usize, usize, &str); 23] = [
    (57, 2, "3e0cc4aa2b"),
    (109, 4, "305604b523"),
    (213, 10, "e86e7a06e1"),
    (188, 6, "bc46ff29d1"),
    (72, 2, "3aaab3bb77"),
    (89, 3, "9682ef0dc5"),
    (191, 6, "4fdbb5b408"),
    (135, 4, "a64ec08dac"),
    (152, 5, "14b2645ea9"),
    (79, 2, "56dec74819"),
    (79, 2, "eb56cab170"),
    (72, 3, "c0ea5996f6"),
    (161, 5, "0e308c2274"),
    (148, 3, "5dbcaa7c5d"),
    (247, 5, "4fc7be5d7d"),
    (186, 5, "a42ee7db5c"),
    (86, 3, "e6685be6fe"),
    (139, 6, "8ea56afb83"),
    (111, 4, "b8d0eef1da"),
    (111, 3, "fe5bf7b277"),
    (120, 4, "c6b237a6a8"),
    (49, 2, "cc9eeb5acd"),
    (61, 2, "d142e97b32"),
];

/// What `letter.yaml` must have for a text of so many paragraphs.
fn about(paragraphs: usize) -> About {
    let all =
        Section { id: "A".into(), title: "All".into(), paragraphs: format!("1-{paragraphs}"), ..Section::default() };
    About { sections: vec![all], ..About::default() }
}

fn kennedy() -> (Letter, Vec<Diagnostic>) {
    read(&decode(TEXT).0, about(23)).unwrap()
}

/// A text of so many paragraphs.
fn letter(text: &str, paragraphs: usize) -> (Letter, Vec<Diagnostic>) {
    read(text, about(paragraphs)).unwrap()
}

fn warnings(reports: &[Diagnostic]) -> Vec<&str> {
    reports.iter().filter(|r| r.severity == Severity::Warning).map(|r| r.message.as_str()).collect()
}

#[test]
fn every_paragraph_is_the_one_in_the_table() {
    let (letter, _) = kennedy();
    let found: Vec<_> =
        letter.paragraphs.iter().map(|p| (p.word_count(), p.sentences.len(), &p.sha256[..10])).collect();
    assert_eq!(found, TABLE);
    assert_eq!(TABLE.iter().map(|row| row.0).sum::<usize>(), 2855);
    assert_eq!(TABLE.iter().map(|row| row.1).sum::<usize>(), 91);
    assert!(letter.paragraphs.iter().zip(1..).all(|(p, n)| p.number == n));
}

#[test]
fn what_the_edition_added_is_lifted_out() {
    let (letter, reports) = kennedy();
    assert_eq!(letter.head, "179. Letter From President Kennedy to Chairman Khrushchev");
    let pages: Vec<_> = letter.anchors.iter().map(|a| (a.page, a.paragraph)).collect();
    assert_eq!(pages, [(503, 3), (504, 7), (505, 10), (506, 15), (507, 18), (508, 23)]);
    for anchor in &letter.anchors {
        let text = &letter.paragraphs[anchor.paragraph as usize - 1].text;
        assert!(anchor.offset == 0 || text[..anchor.offset].ends_with(' '), "page {}", anchor.page);
    }
    assert_eq!(letter.editorial.len(), 1);
    assert_eq!(
        (letter.editorial[0].text.as_str(), letter.editorial[0].after),
        ("Here follow three paragraphs on Laos.", 21)
    );
    let marks: Vec<_> = letter.footnotes.iter().map(|f| f.mark).collect();
    let month = letter.paragraphs[0].sentences[0].end;
    assert_eq!(marks, [Some((Place::Head, letter.head.len())), Some((Place::Paragraph(1), month)), None]);
    assert_eq!(letter.footnotes[1].text, "Document 162.");
    assert_eq!(warnings(&reports), ["footnote 3 (fn3) has no mark in the text"]);
    assert_eq!(reports.iter().filter(|r| r.message.starts_with("“[Page 50")).count(), 6);
    assert!(letter.paragraphs.iter().all(|p| !p.text.contains(['[', ']'])));
    assert!(letter.paragraphs[6].text.contains("July 25th") && letter.paragraphs[18].text.contains("1939"));
}

#[test]
fn a_mark_that_the_print_has_lost_is_told_until_it_is_known() {
    let told = |known: &[u32]| {
        let about = About { footnotes_without_mark: known.to_vec(), ..about(23) };
        let (_, reports) = read(&decode(TEXT).0, about).unwrap();
        warnings(&reports).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(told(&[3]).is_empty());
    assert_eq!(told(&[1, 3]), ["footnote 1 has a mark in the text, though `letter.yaml` says that it has none"]);
}

#[test]
fn other_encodings_give_the_same_letter() {
    let text = decode(TEXT).0;
    let (expected, _) = kennedy();
    let crlf = text.replace('\n', "\r\n");
    let utf16: Vec<u8> = format!("\u{feff}{crlf}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cp1252 = encode_cp1252(&text);
    for bytes in [
        crlf.as_bytes(),
        format!("\u{feff}{text}").as_bytes(),
        &utf16,
        &cp1252,
        text.replace('é', "e\u{301}").as_bytes(),
    ] {
        assert_eq!(read(&decode(bytes).0, about(23)).unwrap().0, expected);
    }
}

fn encode_cp1252(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '—' => 0x97,
        '“' => 0x93,
        '”' => 0x94,
        '’' => 0x92,
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    text.chars().map(byte).collect()
}

#[test]
fn a_changed_paragraph_is_named() {
    let text = decode(TEXT).0;
    let fingerprints: Vec<String> = TABLE.iter().map(|row| row.2.to_owned()).collect();
    let about = About { fingerprints: fingerprints.clone(), ..about(23) };
    assert!(read(&text, about.clone()).is_ok());
    let errors = read(&text.replace("1939", "1932"), about.clone()).unwrap_err();
    let errors: Vec<_> = errors.iter().filter(|r| r.severity == Severity::Error).collect();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].message.starts_with("¶19 is not the text"), "{}", errors[0].message);
    let (_, at) = errors[0].place.clone().unwrap();
    assert!(text[at].starts_with("As for another meeting"));
    let short = About { fingerprints: fingerprints[..5].to_vec(), ..about };
    assert!(read(&text, short).is_ok(), "missing fingerprints are fine");
}

#[test]
fn sections_hold_every_paragraph_once() {
    let faults = |ranges: &[&str]| {
        let section = |(i, r): (usize, &&str)| Section {
            id: format!("S{i}"),
            paragraphs: (*r).into(),
            ..about(1).sections.remove(0)
        };
        let about = About { sections: ranges.iter().enumerate().map(section).collect(), ..About::default() };
        match read("One.\n\nTwo.\n\nThree.\n\nFour.", about) {
            Ok(_) => String::new(),
            Err(reports) => {
                reports.iter().map(|r| r.message.replace("letter.yaml: ", "")).collect::<Vec<_>>().join("; ")
            }
        }
    };
    assert_eq!(faults(&["1-2", "3", "4"]), "");
    assert_eq!(faults(&["1", "3-4"]), "no section holds ¶2");
    assert_eq!(faults(&["1-2", "2-4"]), "section S1 begins with ¶2, but the sections before it go to ¶2");
    assert_eq!(faults(&["1-5"]), "section S0 goes to ¶5, but the letter ends with ¶4");
    assert_eq!(faults(&[]), "no section holds ¶1–4");
    assert_eq!(faults(&["one", "1-4"]), "section S0: “one” is not a range of paragraphs, such as 1-3 or 4");
    assert_eq!(faults(&["1-4294967295"]), "section S0 goes to ¶4294967294, but the letter ends with ¶4");
}

#[test]
fn texts_of_other_kinds() {
    let (plain, _) = letter("It was a dark night. It rained.\n\nNobody came.", 2);
    assert_eq!((plain.head.as_str(), plain.paragraphs.len()), ("", 2));

    let (pages, _) = letter("A Title\n\n[Page 1]\n\nOne [Page 2] two.\n\nThree.\n\n[Page 3]", 2);
    let anchors: Vec<_> = pages.anchors.iter().map(|a| (a.page, a.paragraph, a.offset)).collect();
    assert_eq!(anchors, [(1, 1, 0), (2, 1, 4), (3, 2, 6)]);

    let (digits, reports) = letter("A Title\n\nOne.1 Two 1 and U1, July 1st, 1.1 million.1\n\n1. The note.", 1);
    assert_eq!(digits.paragraphs[0].text, "One. Two 1 and U1, July 1st, 1.1 million.1");
    assert_eq!(warnings(&reports), ["this looks like a second mark of footnote 1; it was left in ¶1"]);

    let (bracket, reports) = letter("One.\n\n[Here follow\n\nTwo.", 3);
    assert_eq!(bracket.paragraphs[1].text, "[Here follow");
    assert_eq!(warnings(&reports), ["¶2 has a bracket without its partner"]);

    assert!(read("", about(1)).is_err() && read(" \n\n\u{a0}\n[Page 5]\n", about(1)).is_err());
    let (wrapped, _) = letter("The lines\nare   wrapped\tand\n set in.", 1);
    assert_eq!(wrapped.paragraphs[0].text, "The lines are wrapped and set in.");
}

mod any_text {
    //! Properties of any text whatever.

    use pilcrow::letter::{About, decode, read};
    use pilcrow::text::sentences;
    use pilcrow::text::{Folded, parse, plain, typographic};
    use proptest::prelude::*;

    /// Texts made of what the reader looks for, with anything between.
    fn texts() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "[Page 7]",
            "[p. 8] ",
            "\n\n",
            "\n",
            " ",
            "[Here follow words.]",
            "word.1 ",
            "Word2",
            "\n  1. Note.\n",
            "\n  2. Other note.",
            "“",
            "”",
            "'",
            "\"",
            "é",
            "e\u{301}",
            "[",
            "]",
            "*",
            "**",
            "\\*",
            "____",
            "¶7",
            "--",
            "…",
            "Mr. X",
            "U.S. ",
            "25th",
            "1939",
            "\u{a0}",
        ]);
        prop::collection::vec(
            prop_oneof![3 => pieces.prop_map(str::to_owned), 1 => "\\PC{0,8}", 1 => "[a-z]{1,8} "],
            0..40,
        )
        .prop_map(|all| all.concat())
    }

    /// Letters only, sorted: what must not be lost.
    fn letters(text: &str) -> Vec<char> {
        let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
        letters.sort_unstable();
        letters
    }

    proptest! {
        #[test]
        fn bytes_decode(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let (text, _) = decode(&bytes);
            prop_assert!(!text.contains(['\r', '\0']));
            prop_assert_eq!(decode(text.as_bytes()).0, text, "decoding twice changes nothing");
        }

        #[test]
        fn no_letter_is_lost(text in texts()) {
            let text = decode(text.as_bytes()).0;
            let about = super::about(1_000);
            // Sections are not the matter here: take the letter by the number of its paragraphs.
            let found = (1..=200).find_map(|n| read(&text, super::about(n)).ok());
            let Some((letter, reports)) = found else {
                prop_assert!(read(&text, about).is_err());
                return Ok(());
            };
            let mut kept = letter.head.clone();
            letter.paragraphs.iter().for_each(|p| kept += &p.text);
            letter.editorial.iter().for_each(|e| kept += &e.text);
            letter.footnotes.iter().for_each(|f| kept += &f.text);
            for report in reports.iter().filter(|r| r.message.ends_with("was lifted out of the text")) {
                kept += report.message.trim_end_matches("was lifted out of the text");
            }
            prop_assert_eq!(letters(&kept), letters(&text));
        }

        #[test]
        fn places_are_in_range(text in texts()) {
            let text = decode(text.as_bytes()).0;
            let Some((letter, reports)) = (1..=200).find_map(|n| read(&text, super::about(n)).ok()) else { return Ok(()) };
            for anchor in &letter.anchors {
                let paragraph = &letter.paragraphs[anchor.paragraph as usize - 1];
                prop_assert!(paragraph.text.is_char_boundary(anchor.offset));
            }
            for (place, offset) in letter.footnotes.iter().filter_map(|f| f.mark) {
                prop_assert!(letter.text_at(place).is_some_and(|text| text.is_char_boundary(offset)), "{place} {offset}");
            }
            for (_, at) in reports.iter().filter_map(|r| r.place.clone()) {
                prop_assert!(text.get(at).is_some());
            }
            for paragraph in &letter.paragraphs {
                let spoken: String = paragraph.sentences.iter().map(|at| &paragraph.text[at.clone()]).collect();
                prop_assert_eq!(spoken.replace(char::is_whitespace, ""), paragraph.text.replace(char::is_whitespace, ""));
            }
        }

        #[test]
        fn sentences_stand_in_order(text in "\\PC{0,60}") {
            let found = sentences(&text);
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(found.iter().all(|at| text.get(at.clone()).is_some_and(|s| !s.trim().is_empty())));
        }

        #[test]
        fn mark_up_loses_no_character(text in texts()) {
            // Stars, underlines and the backslash before a star are mark-up; all else comes out as typographic() has it.
            let bare = |text: &str| text.replace(['*', '_', '\\'], "");
            prop_assert_eq!(bare(&plain(&parse(&text))), bare(&typographic(&text)));
        }

        #[test]
        fn typography_is_done_once(text in texts()) {
            let once = typographic(&text);
            prop_assert_eq!(typographic(&once), once);
        }

        #[test]
        fn folding_finds_what_a_search_finds(text in "[ab .“'—-]{0,24}", wanted in "[ab .“'—-]{1,3}") {
            // Against a search that folds every slice of the text and compares.
            let target = Folded::new(&wanted).text().trim().to_owned();
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let naive = ends.iter().flat_map(|from| ends.iter().map(move |to| *from..*to)).filter(|at| at.start < at.end)
                .any(|at| !target.is_empty() && Folded::new(&text[at]).text() == target);
            let found = Folded::new(&text).find(&Folded::new(&wanted));
            prop_assert_eq!(found.is_some(), naive);
            if let Some(at) = found {
                let slice = Folded::new(&text[at]);
                prop_assert_eq!(slice.text().trim(), target);
            }
        }
    }

    #[test]
    fn an_empty_about_is_refused() {
        assert!(read("Words.", About::default()).is_err());
    }
}
