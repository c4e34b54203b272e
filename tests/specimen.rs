//! One document with every block, through layout and PDF, in every print, paper and number of columns.

use std::io::Write;
use std::process::{Command, Stdio};

use pilcrow::doc::{
    Answers, Block, Document, Field, Flow, Grid, Labelled, Masthead, Paper, PassageParagraph, Print, Role, Running,
    Style, Table,
};
use pilcrow::layout::{Faces, Ink, LayoutError, Pages, lay_out};
use pilcrow::text::Inline;
use pilcrow::write::{dump::dump, pdf};

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::text(words)]
}

fn paragraph(role: Role, words: &str) -> Block {
    Block::Paragraph { role, text: text(words) }
}

fn options(flow: Flow, entries: &[(&str, &str)]) -> Block {
    let options = entries.iter().map(|(label, words)| Labelled { label: (*label).into(), text: text(words) }).collect();
    Block::Options { flow, options }
}

fn numbered(label: &str, note: &str, body: Vec<Block>) -> Block {
    Block::Numbered { label: label.into(), note: Some(note.into()), body }
}

fn choice(label: &str) -> Block {
    numbered(
        label,
        "1 point",
        vec![
            Block::Paragraph {
                role: Role::Stem,
                text: vec![
                    Inline::text("Whose comparison is Noah’s Ark, as "),
                    Inline::ParagraphRef(6),
                    Inline::text(" presents it, and what does Kennedy do with it in the "),
                    Inline::emphasis("next"),
                    Inline::text(" sentence of the letter?"),
                ],
            },
            options(
                Flow::Stacked,
                &[
                    ("A", "Khrushchev’s; Kennedy takes it up and approves of it"),
                    ("B", "Kennedy’s own; he offers it as an answer to the vicious circle of measures and countermeasures of which ¶5 speaks, in the hope that it will be taken up"),
                    ("C", "Ulbricht’s, quoted with disapproval"),
                    ("D", "Nobody’s: it was a commonplace of the day"),
                ],
            ),
        ],
    )
}

fn letter() -> Vec<PassageParagraph> {
    vec![
        PassageParagraph::Section(text("The channel")),
        PassageParagraph::Numbered(1, text("Dear Mr. Chairman: I regret that the press of events has made it impossible for me to reply earlier to your very important letter of last month. I have brought your letter here with me to Cape Cod for a weekend in which I can devote all the time necessary to give it the answer it deserves.")),
        PassageParagraph::Numbered(2, text("My family has had a home here overlooking the Atlantic for many years. My father and brothers own homes near my own, and my children always have a large group of cousins for company. So this is an ideal place for me to spend my weekends during the summer and fall, to relax, to think, to devote my time to major tasks instead of constant appointments, telephone calls and details. Thus, I know how you must feel about the spot on the Black Sea from which your letter was written, for I value my own opportunities to get a clearer and quieter perspective away from the din of Washington.")),
        PassageParagraph::Omission { from: 3, to: 5 },
        PassageParagraph::Numbered(6, text("I like very much your analogy of Noah’s Ark, with both the “clean” and the “unclean” determined that it stay afloat. Whatever our differences, our collaboration to keep the peace is as urgent—if not more urgent—than our collaboration to win the last world war. The possibilities of another war destroying everything your system and our system have built up over the years—if not the very systems themselves—are too great to permit our ideological differences to blind us to the deepening dangers of such a struggle.")),
        PassageParagraph::Editorial(text("Here follow three paragraphs on Laos.")),
        PassageParagraph::Numbered(22, text("My wife who is here with me reciprocates your good wishes, and we return the wish of good health to you and all your family. As I recall, I shall be seeing your son-in-law again in the not too distant future, and I look forward to talking with him.")),
    ]
}

fn cell(words: &str) -> Vec<Block> {
    vec![paragraph(Role::Body, words)]
}

fn questions() -> Vec<Block> {
    let cloze = Block::Paragraph {
        role: Role::Stem,
        text: vec![
            Inline::text("We would be “buying the same "),
            Inline::Blank { number: Some((1, 2)), width: 8.0 },
            Inline::text(" twice”—conceding "),
            Inline::Blank { number: Some((2, 2)), width: 9.0 },
            Inline::text(" which you seek, merely to retain what we already possess."),
        ],
    };
    let matching = Table {
        widths: vec![1.0, 1.2],
        header: vec![text("Who"), text("What the letter says of him")],
        rows: vec![
            vec![
                vec![options(Flow::Stacked, &[("", "Ambassador Thompson")])],
                vec![options(Flow::Stacked, &[("A", "a very acceptable means of continuing the conversation")])],
            ],
            vec![
                vec![options(Flow::Stacked, &[("", "Mr. Ulbricht")])],
                vec![options(Flow::Stacked, &[("B", "statements not consistent with your reassurances")])],
            ],
        ],
        ruled: false,
        row_headers: false,
    };
    let organizer = Table {
        widths: vec![1.0, 2.0, 1.0],
        header: vec![text("Aspect"), text("What the letter says"), text("Where")],
        rows: vec![
            vec![cell("Origin"), cell("Who wrote it, when, to whom, and by which channel did it reach him?"), cell("")],
            vec![cell("Purpose"), vec![paragraph(Role::Body, "Why"), Block::AnswerSpace { lines: 3 }], cell("¶3–4")],
        ],
        ruled: true,
        row_headers: true,
    };
    vec![
        choice("1"),
        numbered(
            "2",
            "1 point",
            vec![
                paragraph(Role::Stem, "The letter was to be published in Pravda."),
                options(Flow::Row, &[("", "true"), ("", "false")]),
            ],
        ),
        Block::Keep(vec![
            numbered("3", "2 points", vec![cloze, Block::WordBank(["bargains", "horse", "objectives", "peace", "powers", "treaty"].map(String::from).to_vec())]),
        ]),
        numbered("4", "2 points", vec![paragraph(Role::Stem, "Match each man with what the letter says."), Block::Table(matching)]),
        numbered("5", "6 points", vec![paragraph(Role::Stem, "Fill in the organizer."), Block::Table(organizer)]),
        numbered("6", "4 points", vec![
            paragraph(Role::Stem, "Why does Kennedy say that “neither of us is going to convert the other”? Quote the letter."),
            Block::AnswerSpace { lines: 6 },
        ]),
    ]
}

fn specimen(style: Style) -> Document {
    let mut blocks = vec![
        Block::Masthead(Masthead {
            kicker: "World History · Ms. Alvarez".into(),
            title: "A Private Letter in a Dangerous Year".into(),
            subtitle: "John F. Kennedy to Nikita Khrushchev, October 16, 1961".into(),
            form: Some(("B".into(), "Version B".into())),
            fields: vec![
                Field { label: "Name".into(), filled: String::new(), weight: 5 },
                Field { label: "Date".into(), filled: String::new(), weight: 2 },
                Field { label: "Class".into(), filled: "10c".into(), weight: 1 },
                Field { label: "Score".into(), filled: "/ 30".into(), weight: 1 },
            ],
        }),
        paragraph(Role::Directions, "Read the letter first. Then answer from the letter alone; the number after ¶ tells where to look."),
        Block::Frame {
            title: Some(text("Before you read")),
            body: vec![
                paragraph(Role::Body, "In June 1961 President John F. Kennedy met the Soviet leader Nikita Khrushchev in Vienna. They did not agree about Berlin, a city inside East Germany that was divided between East and West."),
                Block::List(vec![text("A treaty is an agreement between states."), text("A regime is a government, often one that the speaker disapproves of.")]),
            ],
        },
        Block::Heading { level: 2, text: text("The letter"), note: None },
        Block::Passage(letter()),
        Block::Heading { level: 2, text: text("Part I: Questions"), note: Some(text("18 points")) },
    ];
    blocks.extend(questions());
    blocks.extend([
        Block::PageBreak,
        Block::Heading { level: 2, text: text("Answers"), note: None },
        Block::Grid(Grid { label: "Answers".into(), cells: (1..=18).map(|n| (n.to_string(), if n < 4 { "C".into() } else { String::new() })).collect() }),
        Block::Heading { level: 3, text: text("A closer look"), note: Some(text("for those who have finished")) },
        paragraph(Role::Quotation, "Neither of us is going to convert the other to a new social, economic or political point of view."),
        Block::Paragraph { role: Role::Remark, text: vec![Inline::strong("Why "), Inline::text("“Your analogy” gives it to the reader of the letter.")] },
        paragraph(Role::Note, "Paragraph numbers were added for this worksheet. ☐ ☑ ✓"),
    ]);
    for label in 7..16 {
        blocks.push(choice(&label.to_string()));
    }
    let running = Running {
        head: ["A Private Letter in a Dangerous Year".into(), "Version B".into()],
        stamp: None,
        code: "1K7Q-B-9F3M-2".into(),
        citation: "U.S. Department of State, Foreign Relations of the United States, 1961–1963, vol. XIV, Berlin Crisis, 1961–1962, Document 179 (public domain).".into(),
    };
    Document { title: "A Private Letter: Version B".into(), language: "en-US".into(), style, running, blocks }
}

fn styles() -> Vec<(String, Style)> {
    let mut styles = Vec::new();
    for print in [Print::Standard, Print::Large, Print::Dyslexia, Print::Spaced] {
        for paper in [Paper::Letter, Paper::A4] {
            for columns in [1, 2] {
                let style = Style { paper, columns, print, answers: Answers::Lines, duplex: false };
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
    for mark in pages.pages.iter().flat_map(|page| &page.marks) {
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

#[test]
fn no_ink_leaves_the_margins() {
    for (name, style) in styles() {
        let pages = pages(&specimen(style));
        let [left, top, right, bottom] = pages.live;
        for (number, page) in pages.pages.iter().enumerate() {
            for mark in &page.marks {
                let (x, y, to_x, to_y) = match &mark.ink {
                    Ink::Text(run) => {
                        let trailing = run.text.len() - run.text.trim_end().len();
                        let spaces: f32 = run.glyphs.iter().rev().take(trailing).map(|glyph| glyph.advance).sum();
                        (run.x, run.y - run.size * 0.7, run.x + run.width() - spaces * run.size / 1000.0, run.y)
                    }
                    Ink::Rule { from, to, .. } => (from.0, from.1, to.0, to.1),
                    Ink::Frame { rect: [x, y, width, height], .. } => (*x, *y, x + width, y + height),
                };
                let inside = x >= left - 0.1 && y >= top - 0.1 && to_x <= right + 0.1 && to_y <= bottom + 0.1;
                assert!(inside, "{name}, page {}: {mark:?}", number + 1);
            }
        }
    }
}

#[test]
fn a_question_is_not_parted() {
    for (name, style) in styles() {
        let pages = pages(&specimen(style));
        let on = |words: &str| {
            let shows = |mark: &pilcrow::layout::Mark| matches!(&mark.ink, Ink::Text(run) if run.text.contains(words));
            let count = |page: &pilcrow::layout::Page| page.marks.iter().filter(|mark| shows(mark)).count();
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
            for mark in &page.marks {
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
    let together: Vec<String> =
        (0..8).into_par_iter().map(|_| dump(&lay_out(&document, &faces).unwrap())).collect();
    assert!(together.iter().all(|dumped| *dumped == alone));
}

/// An answer key whose table and frame are longer than a page.
fn key(style: Style) -> Document {
    let mut document = specimen(style);
    document.running.stamp = Some("TEACHER".into());
    if let Some(Block::Masthead(head)) = document.blocks.first_mut() {
        head.kicker = "Answer key".into();
        head.fields.clear();
    }
    document.blocks.truncate(1);
    let rows = (1..=40).map(|n| {
        vec![cell(&n.to_string()), cell("B"), cell("“Your analogy” gives it to the reader of the letter; the writer takes it up and approves of it."), cell("¶6")]
    });
    document.blocks.push(Block::Heading { level: 2, text: text("Answers at a glance"), note: Some(text("40 points")) });
    document.blocks.push(Block::Table(Table {
        widths: vec![0.6, 0.8, 5.0, 0.8],
        header: ["No.", "Key", "Why", "Where"].map(text).to_vec(),
        rows: rows.collect(),
        ruled: true,
        row_headers: true,
    }));
    let advice = "Credit any answer that says who speaks, to whom, and why it was to stay private; a quotation alone earns one point.";
    document.blocks.push(Block::Frame {
        title: Some(text("How to mark")),
        body: (0..30).map(|_| paragraph(Role::Body, advice)).collect(),
    });
    document
}

fn has(page: &pilcrow::layout::Page, words: &str) -> bool {
    page.marks.iter().any(|mark| matches!(&mark.ink, Ink::Text(run) if run.text.contains(words)))
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
        for mark in pages(&specimen(style)).pages.iter().flat_map(|page| &page.marks) {
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
            let below = |run: &pilcrow::layout::Run| run.y > entry.y && !entry.text.contains(run.text.trim());
            let marks = &pages.pages[entry.page].marks;
            let followed =
                marks.iter().any(|mark| mark.node.is_some() && matches!(&mark.ink, Ink::Text(run) if below(run)));
            assert!(followed || entry.level == 1, "{name}: “{}” stands alone", entry.text);
        }
    }
}
