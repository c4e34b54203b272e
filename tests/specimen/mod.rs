//! One document with every block, through layout and PDF, in every print, paper and number of columns.

mod documents;
mod places;

use std::io::Write;
use std::process::{Command, Stdio};

use pilcrow::doc::{
    Answers, Block, Document, Figure, Flow, Grid, GridCell, Masthead, Paper, Print, Role, Running, Style, Table,
};
use pilcrow::layout::{Faces, Ink, LayoutError, Pages, lay_out};
use pilcrow::write::{dump::dump, pdf};

use self::documents::{figure, key, numbered, options, paragraph, picture, specimen, text, words_of_the_page};

fn styles() -> Vec<(String, Style)> {
    let mut styles = Vec::new();
    for print in [Print::Standard, Print::Large, Print::Dyslexia, Print::Spaced] {
        for paper in [Paper::Letter, Paper::A4] {
            for columns in [1, 2] {
                let style = Style { paper, columns, print, answers: Answers::Lines, ..Style::default() };
                styles.push((format!("{print:?}-{paper:?}-{columns}").to_lowercase(), style));
            }
        }
    }
    styles
}

fn pages(document: &Document) -> Pages {
    lay_out(document, &Faces::load().unwrap()).unwrap()
}

/// The words of a PDF as poppler reads them, page furniture included.
fn read_back(bytes: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-raw", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this test reads PDFs with pdftotext: install poppler-utils");
    reader.stdin.take().unwrap().write_all(bytes).unwrap();
    String::from_utf8(reader.wait_with_output().unwrap().stdout).unwrap()
}

/// The words of the marks that belong to the structure, in order.
fn words_of(pages: &Pages) -> Vec<String> {
    let mut words = String::new();
    let mut last = None;
    for mark in pages.pages.iter().flat_map(|page| page.all()) {
        if let (Some(_), Ink::Text(run)) = (mark.node, &mark.ink) {
            if last != Some((mark.node, run.y.to_bits())) && !words.ends_with('\u{ad}') {
                words.push(' ');
            }
            last = Some((mark.node, run.y.to_bits()));
            words += run.instead.as_deref().unwrap_or(&run.text);
        }
    }
    words.replace('\u{ad}', "").split_whitespace().map(str::to_string).collect()
}

#[test]
fn poppler_reads_every_word() {
    let faces = Faces::load().unwrap();
    for (name, style) in styles() {
        let pages = lay_out(&specimen(style), &faces).unwrap();
        let bytes = pdf::write(&pages, &faces).unwrap();
        // For looking at: SPECIMENS names a folder to leave the files in.
        if let Some(folder) = std::env::var_os("SPECIMENS") {
            std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), &bytes).unwrap();
        }
        let read = read_back(&bytes).replace("\u{ad}\n", "").replace(['\u{ad}', '\n', '\u{c}'], " ");
        let mut at = 0;
        for word in words_of(&pages) {
            let found = read[at..].find(&word);
            let found = found.unwrap_or_else(|| panic!("{name}: “{word}” is not read after “{}”", &read[..at]));
            at += found + word.len();
        }
    }
}

#[test]
fn equal_documents_give_equal_bytes() {
    let faces = Faces::load().unwrap();
    for (name, style) in styles() {
        let write = || pdf::write(&lay_out(&specimen(style), &faces).unwrap(), &faces).unwrap();
        assert!(write() == write(), "{name}");
    }
}

/// Fails if a mark of these pages lies outside the printed area.
fn assert_inside(name: &str, pages: &Pages) {
    let [left, top, right, bottom] = pages.live;
    for (number, page) in pages.pages.iter().enumerate() {
        for mark in page.all() {
            let (x, y, to_x, to_y) = match &mark.ink {
                Ink::Text(run) => {
                    let trailing = run.text.len() - run.text.trim_end().len();
                    let spaces: f32 = run.glyphs.iter().rev().take(trailing).map(|glyph| glyph.advance).sum();
                    (run.x, run.y - run.size * 0.7, run.x + run.width() - spaces * run.size / 1000.0, run.y)
                }
                Ink::Rule { from, to, .. } => (from.0, from.1, to.0, to.1),
                Ink::Circle { centre: (x, y), radius, .. } => (x - radius, y - radius, x + radius, y + radius),
                Ink::Frame { rect: [x, y, width, height], .. }
                | Ink::Picture { rect: [x, y, width, height], .. }
                | Ink::Field { rect: [x, y, width, height], .. } => (*x, *y, x + width, y + height),
            };
            let inside = x >= left - 0.1 && y >= top - 0.1 && to_x <= right + 0.1 && to_y <= bottom + 0.1;
            assert!(inside, "{name}, page {}: {mark:?}", number + 1);
        }
    }
}

#[test]
fn no_ink_leaves_the_margins() {
    for (name, style) in styles() {
        assert_inside(&name, &pages(&specimen(style)));
        assert_inside(&name, &pages(&key(style)));
    }
}

#[test]
fn what_is_longer_than_a_page_breaks_between_its_parts() {
    for (name, style) in styles() {
        let long = "The solutions to the world’s most dangerous problems are not easily found. ".repeat(12);
        let part = || vec![paragraph(Role::Stem, &long), Block::AnswerSpace { lines: 12, asked: None }];
        let inner = Table {
            widths: vec![1.0, 1.0],
            header: vec![text("One"), text("Other")],
            rows: (0..6).map(|_| vec![part(), vec![Block::Keep(part())]]).collect(),
            ruled: true,
            row_headers: false,
            side_by_side: false,
        };
        let mut document = specimen(style);
        document.blocks.truncate(1);
        document.blocks.push(numbered(
            "1",
            "9 points",
            vec![
                paragraph(Role::Stem, "Answer at length."),
                Block::AnswerSpace { lines: 90, asked: None },
                options(Flow::Stacked, &[("A", long.as_str()); 30]),
            ],
        ));
        document.blocks.push(Block::Keep(vec![Block::Frame {
            title: None,
            body: vec![Block::Table(inner)],
            whole: true,
        }]));
        let pages = pages(&document);
        assert!(pages.pages.len() > 3, "{name}");
        assert_inside(&name, &pages);
        for (number, page) in pages.pages.iter().enumerate().skip(1).take_while(|(_, page)| !has(page, "One")) {
            let said = has(page, "1, continued");
            assert!(said, "{name}: page {} does not say what it goes on with", number + 1);
        }
    }
}

#[test]
fn empty_blocks_are_set_as_nothing() {
    let faces = Faces::load().unwrap();
    let table = Table {
        widths: vec![],
        header: vec![],
        rows: vec![vec![]],
        ruled: true,
        row_headers: false,
        side_by_side: false,
    };
    let empty = vec![
        Block::Masthead(Masthead::default()),
        paragraph(Role::Body, ""),
        paragraph(Role::Stem, "  "),
        Block::Passage(vec![]),
        Block::Numbered { label: String::new(), note: None, body: vec![], whole: true },
        Block::Options { flow: Flow::Row, options: vec![], choice: None },
        Block::List(vec![vec![]]),
        Block::Table(table),
        Block::AnswerSpace { lines: 0, asked: None },
        Block::WordBank(vec![]),
        Block::Terms { flow: Flow::Pairs, terms: vec![] },
        Block::Frame { title: None, body: vec![], whole: true },
        Block::Grid(Grid { label: String::new(), cells: vec![] }),
        Block::Figure(Figure {
            alt: String::new(),
            caption: vec![],
            credit: vec![],
            width: None,
            picture: picture("gray.png"),
        }),
        Block::Keep(vec![]),
        Block::PageBreak,
        Block::PageBreak,
    ];
    for (_, style) in styles() {
        let document = Document {
            title: "Empty".into(),
            language: "en".into(),
            style,
            words: words_of_the_page(),
            lines: None,
            running: Running::default(),
            blocks: empty.clone(),
        };
        let pages = lay_out(&document, &faces).unwrap();
        pdf::write(&pages, &faces).unwrap();
    }
}

#[test]
fn a_question_is_not_parted() {
    for (name, style) in styles() {
        let pages = pages(&specimen(style));
        let on = |words: &str| {
            let shows = |mark: &pilcrow::layout::Mark| matches!(&mark.ink, Ink::Text(run) if run.text.contains(words));
            let count = |page: &pilcrow::layout::Page| page.all().filter(|mark| shows(mark)).count();
            pages.pages.iter().map(count).collect::<Vec<_>>()
        };
        // The first words of the stem and of the last option stand on the same pages equally often.
        assert_eq!(on("Whose comparison"), on("Nobody’s"), "{name}");
    }
}

#[test]
fn dyslexia_print_holds_seventy_characters_a_line() {
    for (name, style) in styles().into_iter().filter(|(_, style)| style.print == Print::Dyslexia) {
        let pages = pages(&specimen(style));
        for page in &pages.pages {
            let (mut length, mut end) = (0, (0.0, 0.0));
            for mark in page.all() {
                let (Some(_), Ink::Text(run)) = (mark.node, &mark.ink) else { continue };
                // Marks that follow at once on a baseline are one line.
                if end.1 != run.y || (run.x - end.0).abs() > 1.0 {
                    length = 0;
                }
                length += run.text.chars().count();
                end = (run.x + run.width(), run.y);
                assert!(length <= 71, "{name}: {length} characters in the line of “{}”", run.text);
            }
        }
    }
}

#[test]
fn a_character_that_no_face_has_is_named() {
    let mut document = specimen(Style::default());
    document.blocks.push(paragraph(Role::Body, "The sign 漢 is not to be had."));
    let error = lay_out(&document, &Faces::load().unwrap()).unwrap_err();
    assert_eq!(error, LayoutError::Missing { character: '漢', near: "漢".into() });
}

#[test]
fn duplex_pads_to_whole_sheets() {
    for print in [Print::Standard, Print::Large, Print::Dyslexia, Print::Spaced] {
        let style = Style { print, duplex: true, ..Style::default() };
        assert_eq!(pages(&specimen(style)).pages.len() % 2, 0);
    }
}

#[test]
fn forms_are_laid_out_in_parallel_alike() {
    use rayon::prelude::*;
    let faces = Faces::load().unwrap();
    let document = specimen(Style::default());
    let alone = dump(&lay_out(&document, &faces).unwrap());
    let together: Vec<String> = (0..8).into_par_iter().map(|_| dump(&lay_out(&document, &faces).unwrap())).collect();
    assert!(together.iter().all(|dumped| *dumped == alone));
}

fn has(page: &pilcrow::layout::Page, words: &str) -> bool {
    page.all().any(|mark| matches!(&mark.ink, Ink::Text(run) if run.text.contains(words)))
}

#[test]
fn a_long_table_repeats_its_head_and_every_page_is_stamped() {
    let faces = Faces::load().unwrap();
    for (name, style) in styles() {
        let pages = lay_out(&key(style), &faces).unwrap();
        if let Some(folder) = std::env::var_os("SPECIMENS") {
            let file = std::path::Path::new(&folder).join(format!("key-{name}.pdf"));
            std::fs::write(file, pdf::write(&pages, &faces).unwrap()).unwrap();
        }
        for page in &pages.pages {
            assert!(has(page, "TEACHER"), "{name}");
            assert!(!has(page, "“Your analogy”") || has(page, "Why"), "{name}: a table without its head");
        }
        assert!(pages.pages.iter().filter(|page| has(page, "“Your analogy”")).count() > 1, "{name}: the table is long");
    }
}

#[test]
fn large_print_is_large_throughout() {
    for paper in [Paper::Letter, Paper::A4] {
        let style = Style { paper, print: Print::Large, ..Style::default() };
        for mark in pages(&specimen(style)).pages.iter().flat_map(|page| page.all()) {
            if let Ink::Text(run) = &mark.ink {
                assert!(run.size >= 18.0, "{} pt: {}", run.size, run.text);
            }
        }
    }
}

#[test]
fn a_heading_is_followed_by_matter_on_its_page() {
    for (name, style) in styles() {
        let pages = pages(&specimen(style));
        for entry in &pages.outline {
            let below = |run: &pilcrow::layout::Run| run.y > entry.at.y && !entry.text.contains(run.text.trim());
            let marks = &pages.pages[entry.at.page].marks;
            let followed =
                marks.iter().any(|mark| mark.node.is_some() && matches!(&mark.ink, Ink::Text(run) if below(run)));
            assert!(followed || entry.level == 1, "{name}: “{}” stands alone", entry.text);
        }
    }
}

/// The x of each cell of the first row of the document's grids, one list a grid, in pt.
fn first_rows(pages: &Pages) -> Vec<Vec<i32>> {
    let mut rows: Vec<(i32, Vec<i32>)> = Vec::new();
    for mark in pages.pages.iter().flat_map(|page| page.all()) {
        if let Ink::Frame { rect: [x, y, _, _], thickness: 0.6 } = mark.ink {
            match rows.last_mut() {
                Some((top, row)) if *top == y.round() as i32 => row.push(x.round() as i32),
                _ => rows.push((y.round() as i32, vec![x.round() as i32])),
            }
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

#[test]
fn a_strip_can_be_laid_beside_the_grid() {
    let grid = |label: &str, style: Style, stamp: bool| {
        let cells = (1..=28).map(|n: u32| GridCell::letters(n.to_string(), "")).collect();
        let mut document = specimen(style);
        document.running.stamp = stamp.then(|| "TEACHER".into());
        document.blocks = vec![Block::Grid(Grid { label: label.into(), cells })];
        first_rows(&pages(&document))
    };
    for (name, style) in styles() {
        let sheet = grid("Answers", style, false);
        assert_eq!(sheet, grid("Version A", style, true), "{name}");
        assert_eq!(sheet, grid("Version A with a long name of its own", style, true), "{name}");
        let fourteen = style.columns == 1 && style.print != Print::Large;
        assert!(!fourteen || sheet[0].len() >= 14, "{name}: {} cells a row", sheet[0].len());
    }
}

/// Baseline and left edge of the first run with these words.
fn place(pages: &Pages, words: &str) -> (i32, i32) {
    let marks = pages.pages.iter().flat_map(|page| page.all());
    let run = marks.filter_map(|mark| match &mark.ink {
        Ink::Text(run) if run.text.contains(words) => Some((run.y.round() as i32, run.x.round() as i32)),
        _ => None,
    });
    run.into_iter().next().unwrap_or_else(|| panic!("“{words}” is not printed"))
}

#[test]
fn short_options_stand_two_by_two_in_standard_print_alone() {
    let entries = [("A", "lock it away"), ("B", "publish it"), ("C", "obtain it"), ("D", "undo it")];
    for (name, style) in styles() {
        let mut document = specimen(style);
        document.blocks = vec![numbered("1", "1 point", vec![options(Flow::Pairs, &entries)])];
        let pages = pages(&document);
        let [a, b, c, d] = entries.map(|(_, words)| place(&pages, words));
        let paired = style.print == Print::Standard && style.columns == 1;
        assert_eq!(a.0 == b.0 && c.0 == d.0 && a.0 < c.0 && a.1 < b.1, paired, "{name}");
        assert!(a.1 == c.1 && b.1 == d.1, "{name}: the labels stand in columns");
    }
    let long =
        [("A", "one"), ("B", "two"), ("C", "three"), ("D", "Khrushchev’s; Kennedy takes it up and approves of it")];
    let mut document = specimen(Style::default());
    document.blocks = vec![options(Flow::Pairs, &long)];
    let pages = pages(&document);
    assert!(place(&pages, "one").0 < place(&pages, "two").0);
}

#[test]
fn a_second_part_stands_off_from_the_options_of_the_first() {
    let mut document = specimen(Style::default());
    let part = |words: &str| [paragraph(Role::Stem, words), options(Flow::Stacked, &[("A", "first"), ("B", words)])];
    document.blocks = vec![numbered("1", "2 points", part("before").into_iter().chain(part("after")).collect())];
    let pages = pages(&document);
    let (option, stem) = (place(&pages, "first").0, place(&pages, "after").0);
    let last = place(&pages, "before").0;
    assert!(stem - option > (option - last) * 3 / 2, "{last} {option} {stem}");
}

#[test]
fn a_row_of_cells_without_a_common_cut_breaks_over_pages() {
    for (name, style) in styles() {
        let row = vec![
            vec![Block::AnswerSpace { lines: 70, asked: None }],
            vec![paragraph(Role::Body, &"No common cut. ".repeat(900))],
        ];
        let table = Table {
            widths: vec![1.0, 1.0],
            header: vec![],
            rows: vec![row],
            ruled: true,
            row_headers: false,
            side_by_side: false,
        };
        let mut document = specimen(style);
        document.blocks = vec![Block::Table(table)];
        assert_inside(&name, &pages(&document));
    }
}

#[test]
fn what_no_page_can_hold_is_an_error_and_no_overflow() {
    let mut document = specimen(Style::default());
    let cells = vec![GridCell::letters("1", "")];
    document.blocks = vec![Block::Grid(Grid { label: "word ".repeat(600), cells })];
    let error = lay_out(&document, &Faces::load().unwrap()).unwrap_err();
    assert!(matches!(&error, LayoutError::TooHigh { near, .. } if near.starts_with("word")), "{error}");
}

#[test]
fn a_remark_that_heads_a_list_is_not_left_behind() {
    let head =
        || Block::Paragraph { role: Role::Remark, text: vec![pilcrow::text::Inline::strong("Why the others fail")] };
    for lines in 1..60 {
        let mut document = specimen(Style::default());
        let filler = (0..lines).map(|_| paragraph(Role::Remark, "One line."));
        let mut body: Vec<Block> = filler.collect();
        body.extend([head(), options(Flow::Stacked, &[("A", "because of this"), ("B", "because of that")])]);
        document.blocks = vec![Block::Numbered { label: "1".into(), note: None, body, whole: false }];
        let pages = pages(&document);
        let on = |words: &str| pages.pages.iter().position(|page| has(page, words));
        assert_eq!(on("Why the others fail"), on("because of this"), "{lines}");
    }
}

/// Left, top, width and height of the pictures of these pages, pt.
fn pictures_of(pages: &Pages) -> Vec<[f32; 4]> {
    let marks = pages.pages.iter().flat_map(|page| &page.marks);
    marks.filter_map(|mark| if let Ink::Picture { rect, .. } = mark.ink { Some(rect) } else { None }).collect()
}

#[test]
fn pictures_keep_their_shape_and_stay_on_the_page() {
    for (name, style) in styles() {
        let document = |blocks| Document { blocks, ..specimen(style) };
        let shown = |file, width| pictures_of(&pages(&document(vec![figure(file, width)])))[0];
        let large = style.print == Print::Large;
        // 60 × 40 pixels, held upright: 40 wide, enlarged by half where no width is asked for.
        let [_, _, width, height] = shown("turned.jpg", None);
        assert!((height / width - 1.5).abs() < 0.01, "{name}");
        assert!((width - 45.0 * if large { 18.0 / 11.0 } else { 1.0 }).abs() < 0.1, "{name}: {width}");
        let [_, _, width, _] = shown("drawing.svg", Some(50.0));
        assert!((width - 50.0 * 72.0 / 25.4 * if large { 18.0 / 11.0 } else { 1.0 }).abs() < 0.1, "{name}: {width}");
        let [_, _, width, height] = shown("tall.svg", Some(150.0));
        let page = style_height(style);
        assert!(
            (height / width - 10.0).abs() < 0.01 && height < page * if large { 0.9 } else { 0.6 },
            "{name}: {height}"
        );
    }
}

fn style_height(style: Style) -> f32 {
    if style.paper == Paper::Letter { 792.0 } else { 297.0 * 72.0 / 25.4 }
}

#[test]
fn a_caption_stays_with_its_picture() {
    for (name, style) in styles() {
        let filler = (0..7).map(|_| Block::AnswerSpace { lines: 5, asked: None });
        let blocks = filler.flat_map(|space| [space, figure("drawing.svg", None)]).collect();
        let pages = pages(&Document { blocks, ..specimen(style) });
        for page in &pages.pages {
            let shown = page.all().filter(|mark| matches!(mark.ink, Ink::Picture { .. })).count();
            let told = page.all().filter(|m| matches!(&m.ink, Ink::Text(run) if run.text.contains("album"))).count();
            assert_eq!(shown, told, "{name}");
        }
    }
}

#[test]
fn a_reader_finds_pictures_in_the_file() {
    let faces = Faces::load().unwrap();
    for (name, style) in styles() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        std::fs::write(&path, pdf::write(&lay_out(&specimen(style), &faces).unwrap(), &faces).unwrap()).unwrap();
        let run = |program: &str, option: &str| {
            let output = Command::new(program).arg(option).arg(&path).output();
            String::from_utf8(output.expect("poppler-utils is needed").stdout).unwrap()
        };
        // Four rasters, two of them one that is partly transparent, which has a mask.
        let listed = run("pdfimages", "-list");
        let kinds = |kind: &str| listed.lines().filter(|line| line.split_whitespace().nth(2) == Some(kind)).count();
        assert_eq!((kinds("image"), kinds("smask")), (4, 2), "{name}: {listed}");
        assert!(listed.contains("cmyk") && listed.contains("jpeg"), "{name}: {listed}");
        let told = run("pdfinfo", "-struct");
        assert_eq!(told.matches("Figure").count(), 5, "{name}: {told}");
        assert_eq!(told.matches("Caption").count(), 5, "{name}");
    }
}

#[test]
fn other_prints_say_where_the_pages_of_the_standard_one_begin() {
    for (name, style) in styles() {
        let standard = pages(&specimen(Style { print: Print::Standard, ..style }));
        let other = pages(&specimen(style));
        let marked: Vec<String> = other
            .pages
            .iter()
            .flat_map(|page| page.all())
            .filter_map(|mark| match &mark.ink {
                Ink::Text(run) if mark.node.is_none() && run.text.starts_with("p. ") => Some(run.text.clone()),
                _ => None,
            })
            .collect();
        let expected: Vec<String> = match style.print {
            Print::Standard => Vec::new(),
            _ => (2..=standard.pages.len()).map(|number| format!("p. {number}")).collect(),
        };
        assert_eq!(marked, expected, "{name}");
    }
}
