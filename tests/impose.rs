//! Small pages on whole ones: each word once, in order when the paper is cut or folded, and read in that order.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::common::{done, files, first_form_of, kennedy, refused};
use lopdf::content::Content;
use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};
use pilcrow::cmd::source::Look;
use pilcrow::compose::{self, Context, Heading};
use pilcrow::doc::{Document, Imposition, Paper, Print, Style};
use pilcrow::layout::impose::{Cut, cut_stack};
use pilcrow::layout::{Faces, Ink, Mark, Pages, lay_out};

const IMPOSED: [Imposition; 3] = [Imposition::TwoUp, Imposition::FourUp, Imposition::Booklet];

/// The worksheet of the first form of a blueprint of the built-in bank.
fn worksheet(blueprint: &str, style: Style, pupil: &str) -> Document {
    headed(blueprint, style, &Heading { class: "Period 3".into(), pupil: pupil.into(), ..Heading::default() })
}

fn headed(blueprint: &str, style: Style, heading: &Heading) -> Document {
    let source = kennedy();
    let look = Look::read(None).unwrap_or_else(|failure| panic!("{failure}"));
    let (_, sheets) = first_form_of(&source, blueprint);
    let (letter, sets, labels) = (&source.letter, source.bank.sets.as_slice(), &look.labels);
    compose::worksheet(&sheets[0].paper, Context { letter, sets, labels, style, aids: &Default::default(), heading })
}

/// The marks of pages in the order in which they are read.
fn read(pages: &Pages) -> Vec<&Mark> {
    let mut turns = Vec::new();
    for (number, page) in pages.pages.iter().enumerate() {
        let ends = page.turns.iter().skip(1).map(|(_, start)| *start).chain([page.marks.len()]);
        match page.turns.as_slice() {
            [] => turns.push((number, page.marks.as_slice())),
            list => turns.extend(list.iter().zip(ends).map(|((turn, start), end)| (*turn, &page.marks[*start..end]))),
        }
    }
    turns.sort_by_key(|(turn, _)| *turn);
    turns.into_iter().flat_map(|(_, marks)| marks).collect()
}

/// The letters and digits of what is read, without the pages that are left blank.
fn words(marks: &[&Mark]) -> String {
    let text = marks.iter().filter(|mark| mark.node.is_some()).filter_map(|mark| match &mark.ink {
        Ink::Text(run) => Some(run.instead.as_deref().unwrap_or(&run.text)),
        _ => None,
    });
    let words: String = text.collect::<Vec<_>>().concat();
    let words = words.replace("This page is left blank on purpose.", "");
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What an element holds: an array, or one alone.
fn kids(element: &Dictionary) -> Vec<Object> {
    match element.get(b"K").unwrap() {
        Object::Array(kids) => kids.clone(),
        only => vec![only.clone()],
    }
}

#[test]
fn each_word_is_there_once_and_is_read_in_its_order() {
    let faces = Faces::load().unwrap();
    for blueprint in ["exit-ticket", "close-reading"] {
        let whole = words(&read(&lay_out(&worksheet(blueprint, Style::default(), ""), &faces).unwrap()));
        for imposition in IMPOSED {
            for paper in [Paper::Letter, Paper::A4] {
                let style = Style { paper, imposition, ..Style::default() };
                let pages = lay_out(&worksheet(blueprint, style, ""), &faces).unwrap();
                assert_eq!(words(&read(&pages)), whole, "{blueprint} {style:?}");
                if let Some((across, down)) = imposition.cut() {
                    for both_sides in [false, true] {
                        let style = Style { duplex: both_sides, ..style };
                        let form = || lay_out(&worksheet(blueprint, style, ""), &faces).unwrap();
                        let papers = cut_stack(vec![form(), form(), form()], Cut { across, down, both_sides });
                        assert_eq!(words(&read(&papers)), whole.repeat(3), "{blueprint} {style:?}");
                    }
                }
            }
        }
    }
}

/// Left, top, right and bottom of a mark.
fn edges(mark: &Mark) -> [f32; 4] {
    match &mark.ink {
        Ink::Text(run) => {
            let trailing = run.text.len() - run.text.trim_end().len();
            let spaces: f32 = run.glyphs.iter().rev().take(trailing).map(|glyph| glyph.advance).sum();
            [run.x, run.y - run.size * 0.7, run.x + run.width() - spaces * run.size / 1000.0, run.y]
        }
        Ink::Rule { from, to, .. } => [from.0, from.1, to.0, to.1],
        Ink::Circle { centre: (x, y), radius, .. } => [x - radius, y - radius, x + radius, y + radius],
        Ink::Frame { rect: [x, y, width, height], .. }
        | Ink::Picture { rect: [x, y, width, height], .. }
        | Ink::Field { rect: [x, y, width, height], .. } => [*x, *y, x + width, y + height],
    }
}

#[test]
fn no_ink_comes_near_a_cut_or_a_fold() {
    let faces = Faces::load().unwrap();
    for imposition in IMPOSED {
        for print in [Print::Standard, Print::Dyslexia, Print::Spaced] {
            for paper in [Paper::Letter, Paper::A4] {
                let style = Style { paper, print, imposition, ..Style::default() };
                let form = || lay_out(&worksheet("class-period", style, "Ana Ruiz"), &faces).unwrap();
                let (pages, (across, down)) = match imposition.cut() {
                    Some((across, down)) => {
                        let cut = Cut { across, down, both_sides: false };
                        (cut_stack(vec![form(), form()], cut), (across, down))
                    }
                    None => (form(), (2, 1)),
                };
                stays_inside(&pages, (across as f32, down as f32));
            }
        }
    }
}

/// No ink is outside of the live area of the small pages, so many across and down a paper.
fn stays_inside(pages: &Pages, (across, down): (f32, f32)) {
    let small = (pages.size.0 / across, pages.size.1 / down);
    for mark in pages.pages.iter().flat_map(|page| page.all()) {
        let dash = matches!(mark.ink, Ink::Rule { thickness, .. } if thickness < 0.4);
        let [left, top, right, bottom] = edges(mark);
        let (column, row) = ((left / small.0).floor(), (top / small.1).floor());
        let far = |from: f32, to: f32, cell: f32, size: f32, least: f32| {
            from >= cell * size + least - 0.1 && to <= (cell + 1.0) * size - least + 0.1
        };
        let least = pages.live[0];
        let inside = far(left, right, column, small.0, least) && far(top, bottom, row, small.1, least);
        assert!(inside || dash, "{small:?}: {mark:?}");
    }
}

#[test]
fn a_long_class_or_name_stays_on_its_page() {
    let faces = Faces::load().unwrap();
    let long = "Advanced Placement United States History, Honors Section Seven, Room 214, Period 3";
    let heading = Heading { class: long.into(), pupil: long.into(), ..Heading::default() };
    let whole = Imposition::Whole;
    for (print, imposition) in [(Print::Standard, whole), (Print::Large, whole), (Print::Standard, Imposition::FourUp)]
    {
        let style = Style { print, imposition, ..Style::default() };
        let form = lay_out(&headed("exit-ticket", style, &heading), &faces).unwrap();
        match imposition.cut() {
            Some((across, down)) => {
                let pages = cut_stack(vec![form], Cut { across, down, both_sides: false });
                stays_inside(&pages, (across as f32, down as f32));
            }
            None => stays_inside(&form, (1.0, 1.0)),
        }
    }
}

/// What poppler reads of a rectangle of each page: left, top, width, height, pt.
fn texts(file: &Path, [x, y, width, height]: [u32; 4]) -> Vec<String> {
    let place = [x, y, width, height].map(|number| number.to_string());
    let [x, y, width, height] = &place;
    let flags = ["-layout", "-x", x, "-y", y, "-W", width, "-H", height];
    let output = Command::new("pdftotext").args(flags).arg(file).arg("-").output().expect("install poppler-utils");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_terminator('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The number of a small page, as its foot says it.
fn number(text: &str) -> Option<u32> {
    let foot = text.rsplit_once(" page ")?.1;
    foot.split(' ').next()?.parse().ok()
}

#[test]
fn a_folded_booklet_is_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for (paper, size) in [("letter", (792, 612)), ("a4", (842, 595))] {
        let flags = ["make", "--blueprint", "close-reading", "--forms", "1", "--booklet", "--format", "pdf"];
        done(folder.path(), &[&flags[..], &["--paper", paper, "--out", paper]].concat());
        let file = folder.path().join(paper).join("kennedy-1961-worksheet-A.pdf");
        let [left, right] = [0, size.0 / 2].map(|x| texts(&file, [x, 0, size.0 / 2, size.1]));
        let count = left.len() as u32 * 2;
        assert!(count >= 8 && count.is_multiple_of(4), "{count} pages");
        for (side, (left, right)) in (0..).zip(left.iter().zip(&right)) {
            // 8|1, 2|7, 6|3, 4|5: the two add up to one more than the pages, the odd one is at the right.
            let pair = (number(left).unwrap(), number(right).unwrap());
            let expected = if side % 2 == 0 { (count - side, side + 1) } else { (side + 1, count - side) };
            assert_eq!(pair, expected, "side {side} of {paper}");
        }
        let pdf = Pdf::load(&file).unwrap();
        let root = pdf.get_pages()[&1];
        let media = inherited(&pdf, root, b"MediaBox");
        let size_of = media.as_array().unwrap()[2..].iter().map(|side| side.as_float().unwrap().round() as u32);
        assert_eq!(size_of.collect::<Vec<_>>(), [size.0, size.1]);
        // Whole sheets in a packet too, one booklet after another.
        let packet = [&flags[..3], &["--forms", "3", "--booklet", "--format", "pdf", "--packet", "--out", "packet"]];
        done(folder.path(), &packet.concat());
        let pages = texts(&folder.path().join("packet/kennedy-1961-packet.pdf"), [396, 0, 396, 612]);
        let firsts: Vec<usize> = (0..pages.len()).filter(|at| number(&pages[*at]) == Some(1)).collect();
        assert!(firsts.len() == 3 && firsts.iter().all(|first| first % 2 == 0), "{firsts:?}");
    }
}

fn inherited(pdf: &Pdf, page: ObjectId, key: &[u8]) -> Object {
    let mut node = pdf.get_dictionary(page).unwrap();
    loop {
        match node.get(key) {
            Ok(found) => return found.clone(),
            Err(_) => node = pdf.get_dictionary(node.get(b"Parent").unwrap().as_reference().unwrap()).unwrap(),
        }
    }
}

/// The texts of a paper's places in the order of the piles: along its rows.
fn places(file: &Path, (across, down): (u32, u32)) -> Vec<Vec<String>> {
    let (width, height) = (612 / across, 792 / down);
    let place = |at: u32| texts(file, [at % across * width, at / across * height, width, height]);
    let places: Vec<Vec<String>> = (0..across * down).map(place).collect();
    (0..places[0].len()).map(|page| places.iter().map(|place| place[page].clone()).collect()).collect()
}

const PUPILS: [&str; 11] = ["Ana", "Ben", "Chi", "Dee", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon", "Kim"];

/// Makes the small forms of the pupils; returns the packet.
fn small_forms(folder: &Path, flags: &[&str]) -> std::path::PathBuf {
    let roster: String = PUPILS.iter().map(|name| format!("{name}\n")).collect();
    std::fs::write(folder.join("r.csv"), format!("name\n{roster}")).unwrap();
    let asked = ["--questions", "8", "--types", "single-choice,vocabulary"];
    let make = ["make", "--roster", "r.csv", "--format", "pdf", "--out", "out"];
    done(folder, &[&make[..], &asked, flags].concat());
    folder.join("out/kennedy-1961-packet.pdf")
}

/// Whose small page it is, and its number.
fn whose(text: &str) -> Option<(&'static str, u32)> {
    let named = |name: &&str| text.split(' ').any(|word| word == *name);
    Some((PUPILS.into_iter().find(named)?, number(text)?))
}

/// Every page of every pupil's form, each form of so many pages.
fn in_order(pages: u32) -> Vec<(&'static str, u32)> {
    PUPILS.into_iter().flat_map(|name| (1..=pages).map(move |page| (name, page))).collect()
}

#[test]
fn the_piles_of_a_cut_stack_are_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for (n, grid, pages) in [("2", (1, 2), 3), ("4", (2, 2), 5)] {
        let file = small_forms(folder.path(), &["--n-up", n]);
        let papers = places(&file, grid);
        let pile = |place: usize| papers.iter().filter_map(move |paper| whose(&paper[place]));
        let stack: Vec<_> = (0..(grid.0 * grid.1) as usize).flat_map(pile).collect();
        assert_eq!(stack, in_order(pages), "{n} on a paper");
        let pieces = PUPILS.len() as u32 * pages;
        assert_eq!(papers.len() as u32, pieces.div_ceil(grid.0 * grid.1), "no paper is wasted");
    }
}

#[test]
fn a_second_page_stands_on_the_back_of_its_first() {
    let folder = tempfile::tempdir().unwrap();
    for (n, grid, pages) in [("2", (1, 2), 4), ("4", (2, 2), 6)] {
        let file = small_forms(folder.path(), &["--n-up", n, "--duplex"]);
        let sides = places(&file, grid);
        let mut stack = Vec::new();
        for place in 0..(grid.0 * grid.1) as usize {
            let (across, row, column) = (grid.0 as usize, place / grid.0 as usize, place % grid.0 as usize);
            for paper in sides.chunks(2) {
                let (front, back) = (&paper[0][place], &paper[1][row * across + across - 1 - column]);
                // Flipped on its long edge, a paper has left and right exchanged.
                stack.extend([front, back].into_iter().filter_map(|text| whose(text)));
            }
        }
        assert_eq!(stack, in_order(pages), "{n} on a paper");
    }
}

/// Where each sequence of marked content of a page begins, pt from its lower left corner.
fn sequences(pdf: &Pdf, page: ObjectId) -> Corners {
    let content = Content::decode(&pdf.get_page_content(page)).unwrap();
    let (mut open, mut found, mut at) = (None, BTreeMap::new(), (0.0, 0.0));
    for operation in &content.operations {
        let place = |at: usize| operation.operands[at].as_float().unwrap();
        match operation.operator.as_str() {
            "BDC" => open = operation.operands[1].as_dict().unwrap().get(b"MCID").ok().map(|id| id.as_i64().unwrap()),
            "BMC" | "EMC" => open = None,
            "BT" => at = (0.0, 0.0),
            "Td" | "re" | "m" => {
                let mut corner = (place(0), place(1));
                if operation.operator == "Td" {
                    at = (at.0 + corner.0, at.1 + corner.1);
                    corner = at;
                }
                if let Some(id) = open {
                    found.entry(id).or_insert(corner);
                }
            }
            _ => {}
        }
    }
    found
}

/// Where each sequence of marked content begins, pt from the lower left corner of its page.
type Corners = BTreeMap<i64, (f32, f32)>;

/// The file's structure, and where its content stands: index of the page and place on it, along the rows.
struct Structure<'a> {
    pdf: &'a Pdf,
    pages: Vec<(ObjectId, Corners)>,
    size: (f32, f32),
    grid: (u32, u32),
}

impl<'a> Structure<'a> {
    fn of(pdf: &'a Pdf, grid: (u32, u32)) -> Self {
        let pages: Vec<_> = pdf.get_pages().into_values().map(|page| (page, sequences(pdf, page))).collect();
        let media = inherited(pdf, pages[0].0, b"MediaBox");
        let side = |at: usize| media.as_array().unwrap()[at].as_float().unwrap();
        Structure { pdf, pages, size: (side(2), side(3)), grid }
    }

    fn place(&self, (x, y): (f32, f32)) -> u32 {
        let part = |at: f32, whole: f32, count: u32| ((at / whole * count as f32) as u32).min(count - 1);
        part(self.size.1 - y, self.size.1, self.grid.1) * self.grid.0 + part(x, self.size.0, self.grid.0)
    }

    fn page(&self, id: ObjectId) -> usize {
        self.pages.iter().position(|(page, _)| *page == id).unwrap()
    }

    fn dictionary(&self, object: &Object) -> Dictionary {
        match object {
            Object::Reference(id) => self.pdf.get_dictionary(*id).unwrap().clone(),
            other => other.as_dict().unwrap().clone(),
        }
    }

    /// The elements over everything, or over the documents of a packet.
    fn documents(&self) -> Vec<Dictionary> {
        let root = self.dictionary(self.pdf.catalog().unwrap().get(b"StructTreeRoot").unwrap());
        let document = self.dictionary(root.get(b"K").unwrap());
        let kids = kids(&document);
        let parts: Vec<Dictionary> =
            kids.iter().filter(|kid| kid.as_reference().is_ok()).map(|kid| self.dictionary(kid)).collect();
        let packet = parts.iter().all(|part| part.get(b"S").unwrap().as_name().unwrap() == b"Part");
        if packet { parts } else { vec![document] }
    }

    /// The small pages on which an element's content stands, in the order of the structure.
    fn read(&self, element: &Dictionary) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        let page = element.get(b"Pg").ok().map(|page| self.page(page.as_reference().unwrap()));
        for kid in &kids(element) {
            match kid {
                Object::Integer(id) => found.push(self.content(page.unwrap(), *id)),
                Object::Reference(_) => found.extend(self.read(&self.dictionary(kid))),
                _ => {
                    let reference = self.dictionary(kid);
                    let page = self.page(reference.get(b"Pg").unwrap().as_reference().unwrap());
                    found.push(self.content(page, reference.get(b"MCID").unwrap().as_i64().unwrap()));
                }
            }
        }
        found.dedup();
        found
    }

    fn content(&self, page: usize, id: i64) -> (usize, u32) {
        (page, self.place(self.pages[page].1[&id]))
    }

    /// Where the entries of the outline that stand under none lead to.
    fn outline(&self) -> Vec<(usize, u32)> {
        let outlines = self.dictionary(self.pdf.catalog().unwrap().get(b"Outlines").unwrap());
        let mut next = outlines.get(b"First").ok().cloned();
        let mut found = Vec::new();
        while let Some(entry) = next {
            let entry = self.dictionary(&entry);
            let to = entry.get(b"Dest").unwrap().as_array().unwrap();
            let left = to[2].as_float().unwrap_or(0.0);
            // A little inside: the place begins there.
            let corner = (left + 1.0, to[3].as_float().unwrap() - 1.0);
            found.push((self.page(to[0].as_reference().unwrap()), self.place(corner)));
            next = entry.get(b"Next").ok().cloned();
        }
        found
    }
}

#[test]
fn a_booklet_is_read_page_after_page() {
    let folder = tempfile::tempdir().unwrap();
    let flags = ["--blueprint", "close-reading", "--forms", "1", "--booklet", "--format", "pdf", "--out", "out"];
    done(folder.path(), &[&["make"], &flags[..]].concat());
    let pdf = Pdf::load(folder.path().join("out/kennedy-1961-worksheet-A.pdf")).unwrap();
    let structure = Structure::of(&pdf, (2, 1));
    let sides = structure.pages.len();
    let first_half = (0..sides).map(|side| (side, if side % 2 == 0 { 1 } else { 0 }));
    let second_half = (0..sides).rev().map(|side| (side, if side % 2 == 0 { 0 } else { 1 }));
    let folded: Vec<(usize, u32)> = first_half.chain(second_half).collect();
    let [document] = structure.documents().try_into().unwrap();
    assert_eq!(structure.read(&document), folded);
    assert_eq!(structure.outline(), [(0, 1)], "the title stands on the first page");
}

#[test]
fn small_forms_are_parts_that_are_read_one_after_another() {
    let folder = tempfile::tempdir().unwrap();
    for flags in [&["--n-up", "2"][..], &["--n-up", "4"], &["--n-up", "4", "--duplex"]] {
        let file = small_forms(folder.path(), flags);
        let grid = if flags[1] == "2" { (1, 2) } else { (2, 2) };
        let (pdf, texts) = (Pdf::load(&file).unwrap(), places(&file, grid));
        let structure = Structure::of(&pdf, grid);
        let parts = structure.documents();
        let read: Vec<Vec<(usize, u32)>> = parts.iter().map(|part| structure.read(part)).collect();
        let pages = read[0].len() as u32;
        let whose: Vec<_> =
            read.iter().flatten().map(|(page, place)| whose(&texts[*page][*place as usize]).unwrap()).collect();
        assert_eq!(whose, in_order(pages), "{flags:?}");
        let firsts: Vec<(usize, u32)> = read.iter().map(|part| part[0]).collect();
        assert_eq!(structure.outline(), firsts, "{flags:?}: the outline leads to each form’s first page");
        for (part, name) in parts.iter().zip(PUPILS) {
            let title = lopdf::decode_text_string(part.get(b"T").unwrap()).unwrap();
            assert!(title.starts_with(name), "{title}");
        }
    }
}

#[test]
fn an_exit_ticket_takes_one_half_page_or_both_sides_of_a_quarter() {
    let folder = tempfile::tempdir().unwrap();
    // Four forms: two halves of a paper and two more, or four quarters and their backs.
    for n in ["2", "4"] {
        for paper in ["letter", "a4"] {
            let flags = ["make", "--blueprint", "exit-ticket", "--n-up", n, "--paper", paper, "--format", "pdf"];
            done(folder.path(), &[&flags[..], &["--documents", "worksheets", "--out", paper]].concat());
            let pdf = Pdf::load(folder.path().join(paper).join("kennedy-1961-packet.pdf")).unwrap();
            assert_eq!(pdf.get_pages().len(), 2, "{n} on {paper}");
        }
    }
}

#[test]
fn more_forms_than_a_stack_has_stand_in_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let flags = ["make", "--blueprint", "exit-ticket", "--n-up", "2", "--seats", "104", "--format", "pdf"];
    let told = done(folder.path(), &[&flags[..], &["--out", "out"]].concat());
    assert!(told.contains("in stacks of 50 papers"), "{told}");
    let papers = places(&folder.path().join("out/kennedy-1961-packet.pdf"), (1, 2));
    assert_eq!(papers.len(), 52);
    let form = |text: &String| {
        let form = text.split("Version ").nth(1).map(|rest| rest.chars().next().unwrap());
        form.filter(|_| number(text) == Some(1))
    };
    let piles = [0..50, 50..52].into_iter().flat_map(|stack| (0..2).map(move |place| (stack.clone(), place)));
    let forms: String =
        piles.flat_map(|(stack, place)| papers[stack].iter().filter_map(move |paper| form(&paper[place]))).collect();
    assert_eq!(forms, "ABCD".repeat(26));
}

#[test]
fn large_print_stands_on_whole_pages_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("r.csv"), "name,print\nAna,\nBen,large\nChi,\n").unwrap();
    for (flags, size) in [(["--n-up", "2"], 612.0), (["--packet", "--booklet"], 792.0)] {
        let make = ["make", "--blueprint", "exit-ticket", "--roster", "r.csv", "--format", "pdf", "--out", "out"];
        let told = done(folder.path(), &[&make[..], &flags].concat());
        assert!(told.contains("large print (1 sheet)"), "{told}");
        let file = folder.path().join("out/kennedy-1961-packet.pdf");
        let pages = texts(&file, [0, 0, 792, 792]);
        let first = pages.iter().position(|page| page.contains("Ben")).unwrap();
        assert!(first > 0 && pages[..first].iter().any(|page| page.contains("Chi")), "{flags:?}");
        let pdf = Pdf::load(&file).unwrap();
        let width = |at: usize| {
            let media = inherited(&pdf, *pdf.get_pages().values().nth(at).unwrap(), b"MediaBox");
            media.as_array().unwrap()[2].as_float().unwrap()
        };
        assert_eq!((width(0), width(first)), (size, 612.0), "{flags:?}");
    }
}

#[test]
fn only_worksheets_are_imposed_and_only_on_paper() {
    let folder = tempfile::tempdir().unwrap();
    let make = ["make", "--blueprint", "close-reading", "--forms", "2"];
    done(folder.path(), &[&make[..], &["--out", "plain"]].concat());
    let plain = files(&folder.path().join("plain"));
    for flags in [&["--booklet"][..], &["--n-up", "2"], &["--n-up", "4"]] {
        done(folder.path(), &[&make[..], flags, &["--out", "imposed"]].concat());
        for (name, bytes) in files(&folder.path().join("imposed")) {
            let same = plain.iter().find(|(known, _)| *known == name).is_some_and(|(_, known)| *known == bytes);
            let expected = name.ends_with(".html");
            assert!(same || !expected, "{flags:?}: {name} differs");
            if name.contains("-TEACHER-") && name.ends_with(".pdf") {
                let pdf = Pdf::load_mem(&bytes).unwrap();
                let media = inherited(&pdf, pdf.get_pages()[&1], b"MediaBox");
                assert_eq!(media.as_array().unwrap()[3].as_float().unwrap(), 792.0, "{name}");
            }
        }
        // The key of a code is that of the run, whose rows are those of the sheets.
        let manifest: serde_yaml::Value =
            serde_yaml::from_slice(&std::fs::read(folder.path().join("imposed/manifest.yaml")).unwrap()).unwrap();
        let code = manifest["sheets"][0]["code"].as_str().unwrap();
        done(folder.path(), &["key", code, "--manifest", "imposed/manifest.yaml", "--format", "html", "--out", "key"]);
        std::fs::remove_dir_all(folder.path().join("imposed")).unwrap();
    }
}

#[test]
fn imposed_files_are_the_same_on_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = |threads: &str, flags: &[&str]| {
        let out = folder.path().join(threads);
        assert_cmd::Command::cargo_bin("pilcrow")
            .unwrap()
            .env("RAYON_NUM_THREADS", threads)
            .args(["make", "--blueprint", "exit-ticket", "--forms", "30", "--format", "pdf", "--packet", "--out"])
            .arg(&out)
            .args(flags)
            .assert()
            .success();
        std::fs::read(out.join("kennedy-1961-packet.pdf")).unwrap()
    };
    for flags in [&["--n-up", "4", "--duplex"][..], &["--n-up", "2"], &["--booklet"]] {
        assert!(bytes("1", flags) == bytes("2", flags), "{flags:?}");
    }
}

#[test]
fn what_makes_no_sense_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |flags: &[&str], code| refused(folder.path(), &[&["make"], flags].concat(), code);
    for flags in [&["--n-up", "4"][..], &["--n-up", "2"], &["--booklet"]] {
        let said = refused(&[flags, &["--print", "large"]].concat(), 1);
        assert!(said.contains("large print needs whole pages") && said.contains(flags[0]), "{said}");
        let said = refused(&[flags, &["--format", "html"]].concat(), 1);
        assert!(said.contains("add pdf to --format"), "{said}");
    }
    for flags in [&["--n-up", "4"][..], &["--booklet"]] {
        let said = refused(&[flags, &["--columns", "2"]].concat(), 1);
        assert!(said.contains("too narrow for two columns"), "{said}");
    }
    assert!(refused(&["--n-up", "3"], 2).contains("2 or 4 forms stand on a paper"));
    assert!(refused(&["--n-up", "2", "--booklet"], 2).contains("cannot be used with"));
    assert!(!folder.path().join("worksheets").exists(), "nothing was written");
}
