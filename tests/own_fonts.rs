//! Fonts of a user's own: what they set, how lines of scripts without spaces break, and which files are refused.

use std::path::Path;

use crate::common::{done, pdf_text, refused};
use pilcrow::doc::{Block, Document, Role, Running, Style};
use pilcrow::layout::{FaceId, Faces, FontFile, Ink, Pages, lay_out};
use pilcrow::text::Inline;

/// A folder of templates with three fonts.
const OWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/own-fonts");

fn font(name: &str) -> FontFile {
    let path = Path::new(OWN).join("fonts").join(name);
    FontFile { name: name.to_owned(), bytes: std::fs::read(path).unwrap() }
}

fn set(words: &str, fonts: &[&str]) -> Pages {
    let fonts: Vec<FontFile> = fonts.iter().map(|name| font(name)).collect();
    let document = Document {
        title: "Scripts".into(),
        language: "en-US".into(),
        style: Style::default(),
        words: Default::default(),
        running: Running::default(),
        lines: None,
        blocks: vec![Block::Paragraph { role: Role::Body, text: vec![Inline::text(words)] }],
    };
    lay_out(&document, &Faces::with_own(&fonts).unwrap()).unwrap()
}

/// The words of each line, with its left and right end.
fn lines(pages: &Pages) -> Vec<(String, f32, f32)> {
    let mut lines: Vec<(u32, String, f32, f32)> = Vec::new();
    for mark in &pages.pages[0].marks {
        if let Ink::Text(run) = &mark.ink {
            match lines.last_mut() {
                Some((y, text, _, end)) if *y == run.y.to_bits() => {
                    text.push_str(&run.text);
                    *end = run.x + run.width();
                }
                _ => lines.push((run.y.to_bits(), run.text.clone(), run.x, run.x + run.width())),
            }
        }
    }
    lines.into_iter().map(|(_, text, start, end)| (text, start, end)).collect()
}

#[test]
fn a_script_is_shaped_by_its_own_rules() {
    let pages = set("हिन्दी", &["NotoSansDevanagari-some.ttf"]);
    let glyphs = |pages: &Pages| -> Vec<u16> {
        let runs = pages.pages[0].marks.iter().filter_map(|mark| match &mark.ink {
            Ink::Text(run) if matches!(run.face, FaceId::Own(_)) => Some(run.glyphs.iter().map(|g| g.id).collect()),
            _ => None,
        });
        runs.collect::<Vec<Vec<u16>>>().concat()
    };
    let whole = glyphs(&pages);
    let face = Faces::with_own(&[font("NotoSansDevanagari-some.ttf")]).unwrap();
    let single = |character: char| face.get(FaceId::Own(0)).glyph(character).unwrap();
    // The sign of the short i stands before the letter after which it is written, and n joins d.
    assert_eq!(whole.iter().position(|glyph| *glyph == single('ह')), Some(1), "{whole:?}");
    assert!(!whole.contains(&single('न')), "half a letter has a glyph of its own: {whole:?}");
}

#[test]
fn what_is_written_without_spaces_breaks_where_its_readers_expect_it() {
    let chinese = "赫鲁晓夫主席先生，您的信和平，柏林。".repeat(20);
    let pages = set(&chinese, &["NotoSansSC-some.ttf"]);
    let found = lines(&pages);
    assert!(found.len() > 5, "{found:?}");
    assert_eq!(found.iter().map(|(text, _, _)| text.as_str()).collect::<String>(), chinese);
    for (text, start, end) in &found {
        assert!(!text.starts_with(['，', '。']), "a line begins with a mark that ends: {text}");
        assert!(end - start <= pages.size.0 - 72.0, "{text} is {} pt wide", end - start);
    }
    // Thai breaks between words, which only a dictionary knows: ภาษา|ไทย|เป็น|ภาษา|ที่|ไม่|มี|ช่อง|ว่าง.
    let words = ["ภาษา", "ไทย", "เป็น", "ที่", "ไม่", "มี", "ช่อง", "ว่าง"];
    let thai = "ภาษาไทยเป็นภาษาที่ไม่มีช่องว่าง".repeat(20);
    let found = lines(&set(&thai, &["NotoSansThai-some.ttf"]));
    assert!(found.len() > 3, "{found:?}");
    for (text, _, _) in &found {
        assert!(words.iter().any(|word| text.starts_with(word)), "a line begins inside a word: {text}");
    }
}

#[test]
fn names_and_titles_in_other_scripts_print_with_a_font_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("class.csv"), "name\nनमस्ते दुनिया\n赫鲁晓夫\nAna Ruiz\n").unwrap();
    // The teacher's name is set in spaced letters, where its script has letters that can be.
    let head = ["--title", "ภาษาไทย", "--teacher", "राष्ट्र"];
    let ticket =
        [["make", "--blueprint", "exit-ticket", "--format", "pdf", "--roster", "class.csv"].as_slice(), &head].concat();
    let said = refused(folder.path(), &ticket, 1);
    assert!(
        said.contains("class.csv:2") && said.contains("--title") && said.contains("fonts/ of your --templates"),
        "{said}"
    );
    done(folder.path(), &[&ticket[..], &["--templates", OWN]].concat());
    let file = |end: &str| {
        let names = std::fs::read_dir(folder.path().join("worksheets")).unwrap().flatten().map(|entry| entry.path());
        names.into_iter().find(|path| path.to_string_lossy().contains(end)).unwrap()
    };
    let first = pdf_text(&file("worksheet-1"));
    for words in ["नमस्ते दुनिया", "ภาษาไทย", "राष्ट्र"] {
        assert!(first.contains(words), "{words}: {first}");
    }
    assert!(pdf_text(&file("worksheet-2")).contains("赫鲁晓夫"));
    assert!(pdf_text(&file("TEACHER-key")).contains("ภาษาไทย"));
}

#[test]
fn a_script_from_right_to_left_is_refused_though_a_font_has_it() {
    let faces = Faces::with_own(&[font("NotoSansDevanagari-some.ttf")]).unwrap();
    assert_eq!(faces.lacking("Ana नमस्ते שלום"), Some('ש'));
}

#[test]
fn a_font_that_cannot_serve_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let fonts = folder.path().join("my/fonts");
    std::fs::create_dir_all(&fonts).unwrap();
    let forbidden = {
        let mut bytes = font("NotoSansThai-some.ttf").bytes;
        let record = (12..).step_by(16).find(|at| &bytes[*at..*at + 4] == b"OS/2").unwrap();
        let offset = u32::from_be_bytes(bytes[record + 8..record + 12].try_into().unwrap()) as usize;
        bytes[offset + 9] = 2;
        bytes
    };
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("a.otf", b"OTTO\0\x01\0\0".to_vec(), "take the family’s .ttf files"),
        ("a.woff2", b"wOF2\0\x01\0\0".to_vec(), "packed for the web"),
        ("a.ttc", b"ttcf\0\x01\0\0".to_vec(), "a collection of fonts"),
        ("a.ttf", b"GIF89a".to_vec(), "this is no TrueType font"),
        ("b.ttf", font("NotoSansThai-some.ttf").bytes[..900].to_vec(), "this is no TrueType font"),
        ("c.ttf", forbidden, "forbids to embed it"),
    ];
    for (name, bytes, reason) in cases {
        std::fs::write(fonts.join(name), bytes).unwrap();
        let said = refused(folder.path(), &["make", "--templates", "my", "--forms", "1"], 1);
        assert!(said.contains(name) && said.contains(reason), "{said}");
        assert!(!folder.path().join("worksheets").exists());
        std::fs::remove_file(fonts.join(name)).unwrap();
    }
}
