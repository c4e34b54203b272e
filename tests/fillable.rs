//! Worksheets that are filled in on a screen: every question can be answered, every field says what it asks, and none says more.

use crate::common;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// A widget of a PDF, in the order of the tab key.
#[derive(Debug, PartialEq)]
struct Widget {
    page: u32,
    name: String,
    kind: &'static str,
    words: String,
    value: String,
    /// Width and height, pt.
    size: [f32; 2],
}

fn text(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(wide) => {
            let units: Vec<u16> = wide.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        None => String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// A field and what is over it, itself first.
fn chain<'f>(file: &'f Document, field: &'f Dictionary) -> Vec<&'f Dictionary> {
    let mut all = vec![field];
    while let Ok(parent) = all[all.len() - 1].get(b"Parent").and_then(Object::as_reference) {
        all.push(file.get_dictionary(parent).unwrap());
    }
    all
}

fn inherited<'f>(chain: &[&'f Dictionary], key: &[u8]) -> Option<&'f Object> {
    chain.iter().find_map(|field| field.get(key).ok())
}

fn widgets(file: &Document) -> Vec<Widget> {
    let mut found = Vec::new();
    for (page, id) in file.get_pages() {
        let Ok(all) = file.get_dictionary(id).unwrap().get(b"Annots").and_then(Object::as_array) else { continue };
        for annotation in all {
            let widget = file.get_dictionary(annotation.as_reference().unwrap()).unwrap();
            assert_eq!(widget.get(b"Subtype").unwrap().as_name().unwrap(), b"Widget");
            assert_eq!(widget.get(b"F").unwrap().as_i64().unwrap(), 4, "it is printed");
            assert_eq!(widget.get(b"P").unwrap().as_reference().unwrap(), id);
            found.push(widget_of(file, widget, page));
        }
    }
    found
}

fn widget_of(file: &Document, widget: &Dictionary, page: u32) -> Widget {
    let chain = chain(file, widget);
    let mut names: Vec<String> = chain.iter().filter_map(|field| Some(text(field.get(b"T").ok()?))).collect();
    assert!(names.iter().all(|name| !name.contains('.')), "{names:?}");
    names.reverse();
    let flags = inherited(&chain, b"Ff").map_or(0, |flags| flags.as_i64().unwrap());
    let kind = match (inherited(&chain, b"FT").unwrap().as_name().unwrap(), flags) {
        (b"Tx", 0) => "line",
        (b"Tx", 4096) => "lines",
        (b"Btn", 0) => "check",
        (b"Btn", 32768) => "radio",
        other => panic!("{other:?}"),
    };
    let looks = widget.get(b"AP").and_then(Object::as_dict).unwrap().get(b"N").unwrap();
    if kind == "check" || kind == "radio" {
        assert_eq!(widget.get(b"AS").unwrap().as_name().unwrap(), b"Off", "nothing is chosen");
        let looks = looks.as_dict().unwrap();
        assert!(looks.len() == 2 && looks.has(b"Off"));
        for (_, look) in looks {
            assert!(!file.get_object(look.as_reference().unwrap()).unwrap().as_stream().unwrap().content.is_empty());
        }
    } else {
        assert!(looks.as_reference().is_ok());
        assert!(text(widget.get(b"DA").unwrap()).starts_with("/Sans "));
    }
    let rect: Vec<f32> =
        widget.get(b"Rect").and_then(Object::as_array).unwrap().iter().map(|n| n.as_float().unwrap()).collect();
    Widget {
        page,
        name: names.join("."),
        kind,
        words: text(widget.get(b"TU").unwrap()),
        value: inherited(&chain, b"V").map(text).unwrap_or_default(),
        size: [rect[2] - rect[0], rect[3] - rect[1]],
    }
}

/// The widgets in the order in which the structure is read.
fn read(file: &Document) -> Vec<String> {
    fn walk(file: &Document, id: ObjectId, seen: &mut BTreeSet<ObjectId>, out: &mut Vec<String>) {
        assert!(seen.insert(id), "an element has two places");
        let element = file.get_dictionary(id).unwrap();
        let form = element.get(b"S").unwrap().as_name().unwrap() == b"Form";
        let kids = match element.get(b"K").unwrap() {
            Object::Array(kids) => kids.clone(),
            only => vec![only.clone()],
        };
        assert!(!form || kids.len() == 1, "a Form element holds its widget and nothing else");
        for kid in &kids {
            if let Object::Dictionary(reference) = kid
                && let Ok(object) = reference.get(b"Obj").and_then(Object::as_reference)
            {
                assert!(form, "a widget stands in a Form element");
                let widget = file.get_dictionary(object).unwrap();
                let key = widget.get(b"StructParent").unwrap().as_i64().unwrap();
                assert_eq!(owner(file, key), id, "the parent tree leads from the widget to its element");
                out.push(text(widget.get(b"TU").unwrap()));
            } else if let Ok(child) = kid.as_reference() {
                walk(file, child, seen, out);
            }
        }
    }
    let root = file.catalog().unwrap().get(b"StructTreeRoot").and_then(Object::as_reference).unwrap();
    let top = file.get_dictionary(root).unwrap().get(b"K").and_then(Object::as_reference).unwrap();
    let mut out = Vec::new();
    walk(file, top, &mut BTreeSet::new(), &mut out);
    out
}

/// The element of a key of the parent tree.
fn owner(file: &Document, key: i64) -> ObjectId {
    let root = file.catalog().unwrap().get(b"StructTreeRoot").and_then(Object::as_reference).unwrap();
    let tree = file.get_dictionary(root).unwrap().get(b"ParentTree").and_then(Object::as_reference).unwrap();
    for leaf in file.get_dictionary(tree).unwrap().get(b"Kids").and_then(Object::as_array).unwrap() {
        let leaf = file.get_dictionary(leaf.as_reference().unwrap()).unwrap();
        let pairs = leaf.get(b"Nums").and_then(Object::as_array).unwrap();
        if let Some(pair) = pairs.chunks(2).find(|pair| pair[0].as_i64().unwrap() == key) {
            return pair[1].as_reference().unwrap();
        }
    }
    panic!("the parent tree lacks {key}");
}

fn make(folder: &Path, flags: &[&str]) {
    let bank = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/bank");
    let mut args =
        vec!["make", "--bank", bank.to_str().unwrap(), "--blueprint", "every-kind", "--forms", "1", "--fillable"];
    args.extend(["--out", "."]);
    args.extend(flags);
    common::done(folder, &args);
}

fn load(folder: &Path, end: &str) -> Document {
    let (name, _) = common::files(folder).into_iter().find(|(name, _)| name.ends_with(end)).expect(end);
    Document::load(folder.join(name)).unwrap()
}

/// What stands between two marks of a text, wherever it does.
fn between<'t>(text: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    text.split(from).skip(1).filter_map(|rest| rest.split_once(to)).map(|(inside, _)| inside).collect()
}

#[test]
fn every_kind_of_question_is_answered_in_place() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), &[]);
    let file = load(folder.path(), "worksheet-A.pdf");
    let widgets = widgets(&file);
    let words: Vec<&str> = widgets.iter().map(|widget| widget.words.as_str()).collect();
    assert_eq!(read(&file), words, "the tab key goes where the reader goes");
    assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "no two say the same");

    // What is chosen is one field; of everything else each widget is one.
    let mut fields: BTreeMap<&str, Vec<&Widget>> = BTreeMap::new();
    widgets.iter().for_each(|widget| fields.entry(&widget.name).or_default().push(widget));
    for (name, widgets) in &fields {
        let radio = widgets[0].kind == "radio";
        assert!(widgets.iter().all(|widget| (widget.kind == "radio") == radio), "{name}");
        assert_eq!(widgets.len() > 1, radio, "{name}");
        assert!(widgets.iter().all(|widget| widget.value.is_empty()), "{name} has a value");
    }
    let kinds = |question: &str| -> Vec<(&str, &str)> {
        let of = |name: &&&str| name.split('.').next() == Some(question);
        fields.iter().filter(|(name, _)| of(name)).map(|(name, widgets)| (*name, widgets[0].kind)).collect()
    };
    for name in ["name", "date", "class"] {
        assert_eq!(kinds(name), [(name, "line")]);
    }
    assert!(kinds("score").is_empty(), "the score is the teacher's");
    let sheet = common::files(folder.path()).into_iter().find(|(name, _)| name.ends_with("worksheet-A.html")).unwrap();
    let html = String::from_utf8(sheet.1).unwrap();
    let questions = between(&html, "id=\"q", "\"");
    assert!(questions.len() > 15, "{questions:?}");
    for question in &questions {
        assert!(!kinds(question).is_empty(), "question {question} cannot be answered");
    }
    let of_kind: Vec<&str> = widgets.iter().map(|widget| widget.kind).collect();
    for kind in ["line", "lines", "check", "radio"] {
        assert!(of_kind.contains(&kind), "{kind}");
    }
    let said = |wanted: &str| assert!(words.iter().any(|words| words.contains(wanted)), "{wanted}: {words:?}");
    ["blank 1 of ", "option B: ", "Part A, option A: ", "Part B, option C: ", "your answer"].into_iter().for_each(said);

    // The HTML asks for the same, in the same order; where a page's end parts room to write, the PDF asks twice.
    let mut ours: Vec<String> = Vec::new();
    for widget in &widgets {
        let whole = |name: &str| name.rsplit_once('.').map(|(name, _)| name.to_owned());
        let name = match widget.kind {
            "check" => whole(&widget.name).unwrap(),
            "lines" if widget.words.contains(", part ") => whole(&widget.name).unwrap(),
            _ => widget.name.clone(),
        };
        if ours.last() != Some(&name) || widget.kind == "check" || widget.kind == "radio" {
            ours.push(name);
        }
    }
    let theirs: Vec<&str> = html
        .split('<')
        .filter(|tag| tag.starts_with("input ") || tag.starts_with("textarea "))
        .map(|tag| between(tag, " name=\"", "\"")[0])
        .collect();
    assert_eq!(ours, theirs);
}

#[test]
fn there_is_no_grid_and_nothing_to_fill_in_for_the_teacher() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), &[]);
    for (name, bytes) in common::files(folder.path()) {
        match name.rsplit('.').next().unwrap() {
            "html" => {
                let html = String::from_utf8(bytes).unwrap();
                let fields = html.matches("<input").count() + html.matches("<textarea").count();
                let sheet = name.contains("worksheet");
                assert_eq!(fields > 0, sheet, "{name}");
                assert!(!sheet || !html.contains("<div class=\"grid\""), "{name} has an answer grid");
                assert!(!html.contains("<script") && !html.contains("<form"), "{name}");
                assert!(html.split('<').all(|tag| !tag.starts_with("input") || !tag.contains(" checked")), "{name}");
            }
            "pdf" => {
                let file = Document::load_mem(&bytes).unwrap();
                assert_eq!(file.catalog().unwrap().has(b"AcroForm"), name.contains("worksheet"), "{name}");
            }
            _ => {}
        }
    }
}

#[test]
fn circles_and_boxes_are_as_large_as_the_print() {
    let folder = tempfile::tempdir().unwrap();
    for (print, least) in [("standard", 11.0), ("spaced", 11.5), ("dyslexia", 13.0), ("large", 18.0)] {
        let out = folder.path().join(print);
        std::fs::create_dir(&out).unwrap();
        make(&out, &["--print", print, "--documents", "worksheets", "--format", "pdf"]);
        let widgets = widgets(&load(&out, ".pdf"));
        let ticks: Vec<&Widget> = widgets.iter().filter(|widget| ["check", "radio"].contains(&widget.kind)).collect();
        assert!(ticks.len() > 20 && ticks.iter().all(|tick| tick.size.iter().all(|side| *side >= least)), "{print}");
        let lines: Vec<&Widget> = widgets.iter().filter(|widget| widget.kind.starts_with("line")).collect();
        assert!(lines.iter().all(|line| line.size[1] >= least && line.size[0] >= 2.0 * least), "{print}: {lines:?}");
    }
}

#[test]
fn what_is_known_stands_in_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let roster = folder.path().join("r.csv");
    std::fs::write(&roster, "name,class\nŁukasz Żuk,3 (b)\n").unwrap();
    make(folder.path(), &["--roster", roster.to_str().unwrap(), "--documents", "worksheets"]);
    let widgets = widgets(&load(folder.path(), ".pdf"));
    let value = |name: &str| widgets.iter().find(|widget| widget.name == name).unwrap().value.as_str();
    assert_eq!([value("name"), value("class"), value("date")], ["Łukasz Żuk", "3 (b)", ""]);
    let sheets: Vec<_> = common::files(folder.path());
    let html = sheets.iter().find(|(name, _)| name.ends_with(".html")).unwrap();
    let html = String::from_utf8(html.1.clone()).unwrap();
    assert!(html.contains("aria-label=\"Name\" value=\"Łukasz Żuk\""));
}

#[test]
fn room_that_a_page_parts_is_filled_in_part_by_part() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), &["--print", "large", "--documents", "worksheets", "--format", "pdf"]);
    let widgets = widgets(&load(folder.path(), ".pdf"));
    let parts: Vec<&Widget> = widgets.iter().filter(|widget| widget.words.contains(", part ")).collect();
    assert!(parts.len() >= 2, "no page parts the room for an essay in large print");
    for (part, next) in parts.iter().zip(&parts[1..]).filter(|(_, next)| next.words.contains(", part 2 of")) {
        assert!(part.name.ends_with(".1") && next.name.ends_with(".2"), "{part:?}, {next:?}");
        assert!(part.page < next.page && part.words.contains(", part 1 of "), "{part:?}, {next:?}");
    }
}

#[test]
fn the_sheets_of_a_packet_keep_apart_what_is_filled_in() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), &["--packet", "--seats", "3", "--documents", "worksheets", "--format", "pdf"]);
    let file = load(folder.path(), "packet.pdf");
    let widgets = widgets(&file);
    let of = |seat: &str| -> Vec<&str> {
        widgets.iter().filter_map(|widget| widget.name.strip_prefix(seat)?.strip_prefix('.')).collect()
    };
    assert!(of("1").len() > 50 && of("1") == of("2") && of("2") == of("3"));
    assert_eq!(3 * of("1").len(), widgets.len());
    assert_eq!(read(&file).len(), widgets.len());
}

#[test]
fn the_font_to_type_in_is_embedded_with_every_latin_letter() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), &["--documents", "worksheets", "--format", "pdf"]);
    let file = load(folder.path(), ".pdf");
    let form = file.catalog().unwrap().get(b"AcroForm").and_then(Object::as_dict).unwrap();
    assert!(!form.has(b"NeedAppearances") && !form.has(b"XFA"));
    let fonts = form.get(b"DR").and_then(Object::as_dict).unwrap().get(b"Font").and_then(Object::as_dict).unwrap();
    let font = file.get_dictionary(fonts.get(b"Sans").and_then(Object::as_reference).unwrap()).unwrap();
    assert_eq!(font.get(b"Encoding").unwrap().as_name().unwrap(), b"WinAnsiEncoding");
    let widths = font.get(b"Widths").and_then(Object::as_array).unwrap();
    let width = |code: u8| widths[usize::from(code) - 32].as_i64().unwrap();
    assert!((b'A'..=b'z').all(|code| width(code) > 0) && (0xc0..=0xff).all(|code| width(code) > 0));
    let description = font.get(b"FontDescriptor").and_then(Object::as_reference).unwrap();
    let description = file.get_dictionary(description).unwrap();
    assert!(description.get(b"FontFile2").and_then(Object::as_reference).is_ok());
}
