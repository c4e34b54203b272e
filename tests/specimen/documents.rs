//! The specimens: a worksheet with every block, and an answer key whose parts are longer than a page.

use pilcrow::cmd::source::Look;
use pilcrow::doc::{
    Block, Document, Field, Figure, Flow, Grid, GridCell, Labelled, Masthead, PassageParagraph, Role, Running, Style,
    Table, Term,
};
use pilcrow::picture::Picture;
use pilcrow::text::Inline;

/// The page's own words, as the program has them.
pub fn words_of_the_page() -> pilcrow::doc::Words {
    Look::read(None).unwrap_or_else(|failure| panic!("{failure}")).labels.page_words
}

pub fn text(words: &str) -> Vec<Inline> {
    vec![Inline::text(words)]
}

pub fn paragraph(role: Role, words: &str) -> Block {
    Block::Paragraph { role, text: text(words) }
}

pub fn options(flow: Flow, entries: &[(&str, &str)]) -> Block {
    let options = entries.iter().map(|(label, words)| Labelled { label: (*label).into(), text: text(words) }).collect();
    Block::Options { flow, options, choice: None }
}

pub fn numbered(label: &str, note: &str, body: Vec<Block>) -> Block {
    Block::Numbered { label: label.into(), note: Some(note.into()), body, whole: true }
}

const GLOSSES: [(&str, &str); 5] = [
    ("din", "loud, long noise"),
    ("gratified", "pleased"),
    ("a rather long term for its column", "what is longer than its column has a line of its own"),
    ("polemics", "angry public argument"),
    ("subvert", "to weaken from inside, as one who is trusted may"),
];

const PLAIN: [(&str, &str); 2] = [
    (
        "¶1",
        "I am sorry that a rush of events kept me from answering your very important letter sooner. I have brought it with me to Cape Cod for a weekend.",
    ),
    ("¶2–3", "My family has long had a home here above the Atlantic, and it is an ideal place to think."),
];

pub fn terms(flow: Flow, terms: &[(&str, &str)]) -> Block {
    let terms = terms.iter().map(|(term, meaning)| Term { term: text(term), meaning: text(meaning) });
    Block::Terms { flow, terms: terms.collect() }
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
                    (
                        "B",
                        "Kennedy’s own; he offers it as an answer to the vicious circle of measures and countermeasures of which ¶5 speaks, in the hope that it will be taken up",
                    ),
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
        PassageParagraph::Numbered(
            1,
            text(
                "Dear Mr. Chairman: I regret that the press of events has made it impossible for me to reply earlier to your very important letter of last month. I have brought your letter here with me to Cape Cod for a weekend in which I can devote all the time necessary to give it the answer it deserves.",
            ),
        ),
        PassageParagraph::Numbered(
            2,
            text(
                "My family has had a home here overlooking the Atlantic for many years. My father and brothers own homes near my own, and my children always have a large group of cousins for company. So this is an ideal place for me to spend my weekends during the summer and fall, to relax, to think, to devote my time to major tasks instead of constant appointments, telephone calls and details. Thus, I know how you must feel about the spot on the Black Sea from which your letter was written, for I value my own opportunities to get a clearer and quieter perspective away from the din of Washington.",
            ),
        ),
        PassageParagraph::Omission { from: 3, to: 5 },
        PassageParagraph::Numbered(
            6,
            text(
                "I like very much your analogy of Noah’s Ark, with both the “clean” and the “unclean” determined that it stay afloat. Whatever our differences, our collaboration to keep the peace is as urgent—if not more urgent—than our collaboration to win the last world war. The possibilities of another war destroying everything your system and our system have built up over the years—if not the very systems themselves—are too great to permit our ideological differences to blind us to the deepening dangers of such a struggle.",
            ),
        ),
        PassageParagraph::Editorial(text("Here follow three paragraphs on Laos.")),
        PassageParagraph::Numbered(
            22,
            text(
                "My wife who is here with me reciprocates your good wishes, and we return the wish of good health to you and all your family. As I recall, I shall be seeing your son-in-law again in the not too distant future, and I look forward to talking with him.",
            ),
        ),
    ]
}

pub fn cell(words: &str) -> Vec<Block> {
    vec![paragraph(Role::Body, words)]
}

fn questions() -> Vec<Block> {
    let cloze = Block::Paragraph {
        role: Role::Stem,
        text: vec![
            Inline::text("We would be “buying the same "),
            Inline::blank(Some((1, 2)), 8.0),
            Inline::text(" twice”—conceding "),
            Inline::blank(Some((2, 2)), 9.0),
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
        side_by_side: false,
    };
    let organizer = Table {
        widths: vec![1.0, 2.0, 1.0],
        header: vec![text("Aspect"), text("What the letter says"), text("Where")],
        rows: vec![
            vec![cell("Origin"), cell("Who wrote it, when, to whom, and by which channel did it reach him?"), cell("")],
            vec![
                cell("Purpose"),
                vec![paragraph(Role::Body, "Why"), Block::AnswerSpace { lines: 3, asked: None }],
                cell("¶3–4"),
            ],
        ],
        ruled: true,
        row_headers: true,
        side_by_side: false,
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
        Block::Keep(vec![numbered(
            "3",
            "2 points",
            vec![
                cloze,
                Block::WordBank(["bargains", "horse", "objectives", "peace", "powers", "treaty"].map(text).to_vec()),
            ],
        )]),
        numbered(
            "4",
            "2 points",
            vec![paragraph(Role::Stem, "Match each man with what the letter says."), Block::Table(matching)],
        ),
        numbered("5", "6 points", vec![paragraph(Role::Stem, "Fill in the organizer."), Block::Table(organizer)]),
        numbered(
            "6",
            "4 points",
            vec![
                paragraph(
                    Role::Stem,
                    "Why does Kennedy say that “neither of us is going to convert the other”? Quote the letter.",
                ),
                Block::AnswerSpace { lines: 6, asked: None },
            ],
        ),
    ]
}

/// A picture of `tests/pictures`.
pub fn picture(name: &str) -> std::sync::Arc<Picture> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(name);
    std::sync::Arc::new(Picture::read(&std::fs::read(path).unwrap().into()).unwrap())
}

pub fn figure(name: &str, width: Option<f32>) -> Block {
    Block::Figure(Figure {
        picture: picture(name),
        alt: format!("What is to be seen in {name}."),
        caption: text("Below it stands its caption."),
        credit: text("From an album."),
        width,
    })
}

/// Where the source is printed.
const CITATION: &str = "U.S. Department of State, Foreign Relations of the United States, 1961–1963, vol. XIV, Berlin Crisis, 1961–1962, Document 179 (public domain).";

/// A worksheet with every block.
pub fn specimen(style: Style) -> Document {
    let mut blocks = vec![
        Block::Masthead(Masthead {
            kicker: "World History · Ms. Alvarez".into(),
            title: "A Private Letter in a Dangerous Year".into(),
            subtitle: "John F. Kennedy to Nikita Khrushchev, October 16, 1961".into(),
            form: Some(("B".into(), "Version B".into())),
            fields: vec![
                Field { label: "Name".into(), filled: String::new(), personal: false, weight: 5, asked: None },
                Field { label: "Date".into(), filled: String::new(), personal: false, weight: 2, asked: None },
                Field { label: "Class".into(), filled: "10c".into(), personal: false, weight: 1, asked: None },
                Field { label: "Score".into(), filled: "/ 30".into(), personal: false, weight: 1, asked: None },
            ],
            citation: CITATION.into(),
        }),
        paragraph(
            Role::Directions,
            "Read the letter first. Then answer from the letter alone; the number after ¶ tells where to look.",
        ),
        Block::Frame {
            title: Some(text("Before you read")),
            body: vec![
                paragraph(
                    Role::Body,
                    "In June 1961 President John F. Kennedy met the Soviet leader Nikita Khrushchev in Vienna. They did not agree about Berlin, a city inside East Germany that was divided between East and West.",
                ),
                Block::List(vec![
                    text("A treaty is an agreement between states."),
                    text("A regime is a government, often one that the speaker disapproves of."),
                ]),
                terms(Flow::Pairs, &GLOSSES),
            ],
            whole: true,
        },
        Block::Frame { title: Some(text("In plain words")), body: vec![terms(Flow::Stacked, &PLAIN)], whole: false },
        Block::Heading { level: 2, text: text("The letter"), note: None },
        Block::Passage(letter()),
        Block::Heading { level: 2, text: text("Part I: Questions"), note: Some(text("18 points")) },
    ];
    blocks.extend(questions());
    blocks.extend([
        Block::PageBreak,
        Block::Heading { level: 2, text: text("Answers"), note: None },
        Block::Grid(Grid {
            label: "Answers".into(),
            cells: (1..=18).map(|n: u32| GridCell::letters(n.to_string(), if n < 4 { "C" } else { "" })).collect(),
        }),
        Block::Heading { level: 3, text: text("A closer look"), note: Some(text("for those who have finished")) },
        paragraph(
            Role::Quotation,
            "Neither of us is going to convert the other to a new social, economic or political point of view.",
        ),
        Block::Paragraph {
            role: Role::Remark,
            text: vec![Inline::strong("Why "), Inline::text("“Your analogy” gives it to the reader of the letter.")],
        },
        paragraph(Role::Note, "Paragraph numbers were added for this worksheet. ☐ ☑ ✓"),
        figure("drawing.svg", Some(90.0)),
        Block::Frame {
            title: Some(text("Two pictures")),
            body: vec![figure("alpha.png", Some(20.0)), figure("turned.jpg", None)],
            whole: true,
        },
        numbered(
            "6a",
            "1 point",
            vec![figure("cmyk.jpg", None), figure("alpha.png", Some(300.0)), paragraph(Role::Stem, "What do you see?")],
        ),
    ]);
    for label in 7..16 {
        blocks.push(choice(&label.to_string()));
    }
    let running = Running {
        head: ["A Private Letter in a Dangerous Year".into(), "Version B".into()],
        stamp: None,
        code: "1K7Q-B-9F3M-2".into(),
        citation: CITATION.into(),
    };
    let title = "A Private Letter: Version B".into();
    Document { title, language: "en-US".into(), style, words: words_of_the_page(), running, lines: None, blocks }
}

/// An answer key whose table and frame are longer than a page.
pub fn key(style: Style) -> Document {
    let mut document = specimen(style);
    document.running.stamp = Some("TEACHER".into());
    if let Some(Block::Masthead(head)) = document.blocks.first_mut() {
        head.kicker = "Answer key".into();
        head.fields.clear();
    }
    document.blocks.truncate(1);
    let rows = (1..=40).map(|n| {
        vec![
            cell(&n.to_string()),
            cell("B"),
            cell("“Your analogy” gives it to the reader of the letter; the writer takes it up and approves of it."),
            cell("¶6"),
        ]
    });
    document.blocks.push(Block::Heading { level: 2, text: text("Answers at a glance"), note: Some(text("40 points")) });
    document.blocks.push(Block::Table(Table {
        widths: vec![0.6, 0.8, 5.0, 0.8],
        header: ["No.", "Key", "Why", "Where"].map(text).to_vec(),
        rows: rows.collect(),
        ruled: true,
        row_headers: true,
        side_by_side: false,
    }));
    let advice = "Credit any answer that says who speaks, to whom, and why it was to stay private; a quotation alone earns one point.";
    document.blocks.push(Block::Frame {
        title: Some(text("How to mark")),
        body: (0..30).map(|_| paragraph(Role::Body, advice)).collect(),
        whole: true,
    });
    document
}
