//! A document with every block, as a worksheet might have it, and one whose every text is hostile.

use pilcrow::cmd::source::Look;
use pilcrow::doc::{
    Block, Document, Field, Figure, Flow, Grid, GridCell, Inlines, Labelled, Masthead, PassageParagraph, Role, Running,
    Style, Table, Term,
};
use pilcrow::text::Inline;

/// Text that a writer must neither obey nor lose.
pub const HOSTILE: &str = "</style></title><script>alert(1)</script> \"double\" 'single' & &amp; {{ 7 * 7 }} \u{2028} 🕊️ שלום العربية \\ <!-- ]]>";

/// The page's own words, as the program has them.
pub fn words_of_the_page() -> pilcrow::doc::Words {
    Look::read(None).unwrap_or_else(|failure| panic!("{failure}")).labels.page_words
}

fn words(text: &str) -> Inlines {
    vec![Inline::text(text)]
}

fn paragraph(role: Role, text: &str) -> Block {
    Block::Paragraph { role, text: words(text) }
}

fn body(text: &str) -> Vec<Block> {
    vec![paragraph(Role::Body, text)]
}

fn heading(level: u8, text: &str, note: Option<&str>) -> Block {
    Block::Heading { level, text: words(text), note: note.map(words) }
}

fn options(flow: Flow, options: &[(&str, &str)]) -> Block {
    let options = options.iter().map(|(label, text)| Labelled { label: (*label).into(), text: words(text) }).collect();
    Block::Options { flow, options, choice: None }
}

fn numbered(label: &str, note: Option<&str>, body: Vec<Block>) -> Block {
    Block::Numbered { label: label.into(), note: note.map(Into::into), body, whole: true }
}

fn field(label: &str, filled: &str, weight: u8) -> Field {
    Field { label: label.into(), filled: filled.into(), personal: false, weight, asked: None }
}

fn blank(number: u32) -> Inline {
    Inline::blank(Some((number, 3)), 7.0)
}

/// Every block, every role, every inline.
pub fn specimen(stamp: Option<&str>) -> Document {
    Document {
        title: "Kennedy to Khrushchev, October 1961: worksheet, version B".into(),
        language: "en-US".into(),
        style: Style::default(),
        words: words_of_the_page(),
        lines: None,
        running: Running {
            head: ["Kennedy to Khrushchev, October 1961".into(), "Version B".into()],
            stamp: stamp.map(Into::into),
            code: "1-K7Q4-B-93XM-2".into(),
            citation: "Foreign Relations of the United States, 1961–1963, vol. XIV, Berlin Crisis, Document 179."
                .into(),
        },
        blocks: [opening(), reading(), questions(), tables(), closing()].concat(),
    }
}

fn opening() -> Vec<Block> {
    vec![
        Block::Masthead(Masthead {
            kicker: "World History · Ms. Ortega".into(),
            title: "“The Noah’s Ark letter”: Kennedy answers Khrushchev".into(),
            subtitle: "John F. Kennedy to Nikita Khrushchev, October 16, 1961".into(),
            form: Some(("B".into(), "Version B".into())),
            fields: vec![
                field("Name", "", 5),
                field("Date", "", 2),
                field("Class", "Period 3", 2),
                field("Score", "/ 30", 2),
            ],
            citation: String::new(),
        }),
        Block::Grid(Grid {
            label: "Answers".into(),
            cells: (1..=17).map(|n: u32| GridCell::letters(n.to_string(), "")).collect(),
        }),
        paragraph(
            Role::Directions,
            "Read the letter. Then answer each question; write the letter of your answer in the grid.",
        ),
        paragraph(Role::Body, "The Berlin Wall had stood for nine weeks when this letter was written."),
    ]
}

fn reading() -> Vec<Block> {
    vec![Block::Frame {
        title: Some(words("From the letter")),
        body: vec![Block::Passage(vec![
            PassageParagraph::Section(words("Shared danger")),
            PassageParagraph::Numbered(
                6,
                words(
                    "I like very much your analogy of Noah’s Ark, with both the “clean” and the “unclean” determined that it \
                     stay afloat. Whatever our differences, our collaboration to keep the peace is as urgent—if not more \
                     urgent—than our collaboration to win the last world war.",
                ),
            ),
            PassageParagraph::Omission { from: 7, to: 16 },
            PassageParagraph::Numbered(
                17,
                words(
                    "You are, as I said before, a practical man; and you can see that there is no way in which negotiations \
                     on that basis could conceivably be justified on our part.",
                ),
            ),
            PassageParagraph::Editorial(words("[Here follow three paragraphs on Laos.]")),
        ])],
        whole: true,
    }]
}

fn questions() -> Vec<Block> {
    vec![
        heading(2, "Part I. What the letter says", Some("12 points")),
        numbered(
            "1",
            Some("1 point"),
            vec![
                Block::Paragraph {
                    role: Role::Stem,
                    text: vec![
                        Inline::text("Whose comparison is "),
                        Inline::emphasis("Noah’s Ark"),
                        Inline::text(", as "),
                        Inline::ParagraphRef(6),
                        Inline::text(" presents it, and what does "),
                        Inline::ParagraphRef(21),
                        Inline::text(" add?"),
                    ],
                },
                options(
                    Flow::Stacked,
                    &[
                        (
                            "A",
                            "Kennedy’s; he offers it as a picture of his own, and holds that no other image would do so well",
                        ),
                        ("B", "A saying from the Bible that neither man claims"),
                        ("C", "Khrushchev’s; Kennedy takes it up and approves of it"),
                    ],
                ),
            ],
        ),
        numbered(
            "2",
            Some("2 points"),
            vec![
                paragraph(Role::Stem, "Laos must be settled before talks on Berlin can begin."),
                options(Flow::Row, &[("", "True"), ("", "False")]),
                paragraph(Role::Note, "If it is false, correct it. If it is true, copy the words that show it."),
                Block::AnswerSpace { lines: 2, asked: None },
            ],
        ),
        Block::Keep(vec![
            paragraph(Role::Directions, "Use each word once; one is left over."),
            Block::WordBank(["accommodation", "belligerent", "frontier", "polemics"].map(words).to_vec()),
            Block::Terms {
                flow: Flow::Stacked,
                terms: vec![
                    Term { term: words("din"), meaning: words("loud, long noise") },
                    Term { term: words("token"), meaning: words("small, for show") },
                ],
            },
            numbered(
                "3–5",
                Some("3 points"),
                vec![Block::Paragraph {
                    role: Role::Stem,
                    text: vec![
                        Inline::text("These letters can be free from the "),
                        blank(1),
                        Inline::text(" of the cold war; my address was not "),
                        blank(2),
                        Inline::text(", and an "),
                        blank(3),
                        Inline::text(" of our interests is possible."),
                    ],
                }],
            ),
        ]),
        numbered(
            "6",
            None,
            vec![
                paragraph(Role::Stem, "Answer both parts."),
                numbered(
                    "Part A",
                    None,
                    vec![
                        paragraph(Role::Stem, "What is Kennedy’s objection in the “horse” sentence?"),
                        options(
                            Flow::Stacked,
                            &[("A", "The West would pay for what it already has."), ("B", "Horses are dear.")],
                        ),
                    ],
                ),
                numbered(
                    "Part B",
                    None,
                    vec![
                        paragraph(Role::Stem, "Which words prove it?"),
                        paragraph(
                            Role::Quotation,
                            "conceding objectives which you seek, merely to retain what we already possess",
                        ),
                    ],
                ),
            ],
        ),
    ]
}

fn tables() -> Vec<Block> {
    let premise = |n: &str, text: &str| {
        vec![
            vec![Block::Paragraph {
                role: Role::Body,
                text: vec![Inline::blank(None, 2.5), Inline::strong(format!(" {n} ")), Inline::text(text)],
            }],
            body("A. an agreement in which each side gives a little"),
        ]
    };
    vec![
        heading(3, "Matching and marking", None),
        Block::Table(Table {
            widths: vec![1.0, 1.0],
            header: vec![words("Word"), words("Meaning")],
            rows: vec![premise("7", "accommodation"), premise("8", "din")],
            ruled: false,
            row_headers: false,
            side_by_side: false,
        }),
        Block::Table(Table {
            widths: vec![1.0, 2.0, 2.0, 2.0],
            header: vec![vec![], words("2"), words("1"), words("0")],
            rows: vec![
                vec![
                    body("Evidence"),
                    body("Two or more quotations that prove the claim"),
                    body("One quotation that proves it"),
                    body("No quotation, or none to the point"),
                ],
                vec![
                    body("Reasoning"),
                    body("Says how each quotation proves the claim"),
                    vec![
                        paragraph(Role::Body, "Says it for one."),
                        Block::List(vec![words("or in part"), words("or unclearly")]),
                    ],
                    vec![],
                ],
            ],
            ruled: true,
            row_headers: true,
            side_by_side: false,
        }),
    ]
}

fn closing() -> Vec<Block> {
    vec![
        heading(2, "Part II. What you make of it", Some("18 points")),
        numbered(
            "9",
            Some("7 points"),
            vec![
                paragraph(Role::Stem, "Why did Kennedy write privately?"),
                Block::AnswerSpace { lines: 9, asked: None },
            ],
        ),
        Block::PageBreak,
        Block::Frame {
            title: None,
            body: vec![Block::List(vec![words("Reread ¶6."), words("Reread ¶17.")])],
            whole: true,
        },
        Block::Paragraph {
            role: Role::Remark,
            text: vec![Inline::strong("Why"), Inline::text(" “Your analogy” gives it to the reader of the letter.")],
        },
        Block::Grid(Grid {
            label: "Form B".into(),
            cells: (1..=17).map(|n: usize| GridCell::letters(n.to_string(), ["C", "F", "A"][n % 3])).collect(),
        }),
        Block::Figure(Figure {
            picture: picture("drawing.svg"),
            alt: "A dashed box, an arrow and a disc.".into(),
            caption: words("From East to West."),
            credit: words("Drawn for this test."),
            width: Some(150.0),
        }),
    ]
}

/// A picture of `tests/pictures`.
pub fn picture(name: &str) -> std::sync::Arc<pilcrow::picture::Picture> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(name);
    std::sync::Arc::new(pilcrow::picture::Picture::read(&std::fs::read(path).unwrap().into()).unwrap())
}

/// The same shapes, with [`HOSTILE`] in every field that holds text.
pub fn hostile() -> Document {
    let evil = || words(HOSTILE);
    let text = || HOSTILE.to_owned();
    let roles = [Role::Body, Role::Stem, Role::Directions, Role::Quotation, Role::Note, Role::Remark];
    let mut blocks = vec![
        Block::Masthead(Masthead {
            kicker: text(),
            title: text(),
            subtitle: text(),
            form: Some((text(), text())),
            fields: vec![
                Field { label: text(), filled: text(), personal: true, weight: 1, asked: None },
                Field { label: text(), filled: format!("/{HOSTILE}"), personal: false, weight: 1, asked: None },
            ],
            citation: text(),
        }),
        Block::Heading { level: 2, text: evil(), note: Some(evil()) },
    ];
    blocks.extend(roles.map(|role| Block::Paragraph { role, text: evil() }));
    blocks.extend([
        Block::Passage(vec![
            PassageParagraph::Section(evil()),
            PassageParagraph::Numbered(1, vec![Inline::emphasis(HOSTILE), Inline::strong(HOSTILE)]),
            PassageParagraph::Editorial(evil()),
        ]),
        Block::Numbered {
            label: text(),
            note: Some(text()),
            body: vec![Block::Paragraph { role: Role::Stem, text: evil() }],
            whole: true,
        },
        Block::Options { flow: Flow::Stacked, options: vec![Labelled { label: text(), text: evil() }], choice: None },
        Block::List(vec![evil()]),
        Block::Table(Table {
            widths: vec![1.0],
            header: vec![evil()],
            rows: vec![vec![vec![Block::Paragraph { role: Role::Body, text: evil() }]]],
            ruled: true,
            row_headers: true,
            side_by_side: false,
        }),
        Block::WordBank(vec![evil()]),
        Block::Terms { flow: Flow::Pairs, terms: vec![Term { term: evil(), meaning: evil() }] },
        Block::Frame { title: Some(evil()), body: vec![], whole: true },
        Block::Figure(Figure {
            picture: picture("gray.png"),
            alt: text(),
            caption: evil(),
            credit: evil(),
            width: None,
        }),
        Block::Grid(Grid { label: text(), cells: vec![GridCell::letters(text(), text())] }),
    ]);
    Document {
        title: text(),
        language: text(),
        style: Style::default(),
        words: words_of_the_page(),
        lines: None,
        running: Running { head: [text(), text()], stamp: Some(text()), code: text(), citation: text() },
        blocks,
    }
}
