//! The HTML writer, from a document to the file that a reader opens.

mod specimen;

use std::collections::BTreeMap;

use self::specimen::{hostile, specimen};
use pilcrow::doc::{Answers, Block, Document, Grid, GridCell, Paper, Print, Style};
use pilcrow::write::html::{HtmlError, Kind, Templates};

fn write(kind: Kind, document: &Document) -> String {
    Templates::built_in().unwrap().write(kind, document).unwrap()
}

/// Writes specimens for a look by eye and for other people's checkers: `PILCROW_SPECIMENS=dir cargo test --test html`.
#[test]
fn specimens_are_written_on_request() {
    let Ok(dir) = std::env::var("PILCROW_SPECIMENS") else {
        return;
    };
    let templates = Templates::built_in().unwrap();
    for (name, print) in [
        ("standard", Print::Standard),
        ("large", Print::Large),
        ("dyslexia", Print::Dyslexia),
        ("spaced", Print::Spaced),
    ] {
        for columns in [1, 2] {
            let style = Style {
                print,
                columns,
                paper: if columns == 1 { Paper::Letter } else { Paper::A4 },
                ..Style::default()
            };
            let html = templates.write(Kind::Worksheet, &Document { style, ..specimen(None) }).unwrap();
            std::fs::write(format!("{dir}/{name}-{columns}.html"), html).unwrap();
        }
    }
    std::fs::write(format!("{dir}/key.html"), templates.write(Kind::Key, &specimen(Some("TEACHER"))).unwrap()).unwrap();
    std::fs::write(format!("{dir}/hostile.html"), templates.write(Kind::Key, &hostile()).unwrap()).unwrap();
}

/// What stands between two marks of the file.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let start = html.find(from).unwrap_or_else(|| panic!("no {from}")) + from.len();
    &html[start..start + html[start..].find(to).unwrap_or_else(|| panic!("no {to} after {from}"))]
}

#[test]
fn no_text_of_the_bank_is_obeyed() {
    let html = write(Kind::Key, &hostile());
    assert!(!html.contains("<script"), "a script");
    assert!(!html.contains("{{ 49 }}") && !html.contains(" 49 "), "a template of the text was run");
    assert_eq!(html.matches("</style>").count(), 1);
    assert_eq!(html.matches("</title>").count(), 1);
    assert_eq!(html.matches("<!--").count(), 0);
    // Each of the fields shows the text whole: title, language, foot, masthead and blocks.
    let escaped = "&lt;script&gt;alert(1)&lt;/script&gt; &quot;double&quot; &#39;single&#39; &amp; &amp;amp; {{ 7 * 7 }} \u{2028} 🕊️ שלום العربية \\";
    // Tera writes the same two quotation marks in its own way.
    let shown = html.replace("&#x27;", "&#39;");
    assert_eq!(shown.matches(escaped).count(), FIELDS_OF_HOSTILE, "{shown}");
    assert!(!between(&html, "<style>", "</style>").contains("alert(1)"), "the running heads are quoted for CSS");
}

/// How many fields of the hostile document are shown: 5 of the document's own (title, language, stamp, code, citation),
/// 9 in the masthead, 2 in the heading, 6 paragraphs, 4 in the reading, 3 in the question, 2 in the options, 1 list item,
/// 3 in the table (its header once more for narrow screens), 1 word, 2 in the term, 1 frame, 3 with the picture, 3 in the grid.
const FIELDS_OF_HOSTILE: usize = 5 + 9 + 2 + 6 + 4 + 3 + 2 + 1 + 3 + 1 + 2 + 1 + 3 + 3;

#[test]
fn the_file_needs_nothing_else() {
    let html = write(Kind::Worksheet, &specimen(None));
    assert!(html.contains(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:\">"
    ));
    for reach in ["http://", "https://", "<script", "<link", "@import", "javascript:", " onclick"] {
        assert!(!html.contains(reach), "{reach}");
    }
    assert!(html.contains("src=\"data:image/svg+xml;base64,"));
    assert_eq!(html.matches("src=\"").count(), html.matches("src=\"data:image/").count());
    assert!(html.matches("url(").count() == html.matches("url(data:font/woff2;base64,").count());
}

#[test]
fn marks_are_seen_as_printed_and_heard_in_words() {
    let html = write(Kind::Worksheet, &specimen(None));
    for heard in ["paragraph 6", "paragraph 21", "blank 2 of 3", "Paragraphs 7 to 16 are left out here.", "Version B"] {
        assert!(html.contains(&format!(">{heard}</span>")), "{heard} is not said");
    }
    assert!(
        html.contains("<a class=\"reference\" href=\"#p6\"><span aria-hidden=\"true\">¶6</span>"),
        "leads to the reading"
    );
    assert!(
        html.contains("<span class=\"reference\"><span aria-hidden=\"true\">¶21</span>"),
        "¶21 is not in the reading"
    );
    assert_eq!(html.matches("id=\"p6\"").count(), 1);
    assert!(
        html.contains("<div class=\"space\" aria-hidden=\"true\"><i></i><i></i></div>"),
        "ruled lines are not read"
    );
    assert!(html.contains("<li><span class=\"letter\">B </span>A saying from the Bible"), "letters are text");
}

#[test]
fn headings_skip_no_level() {
    let html = write(Kind::Worksheet, &specimen(None));
    let mut last = 0;
    let levels: Vec<u8> = html
        .match_indices("<h")
        .filter_map(|(at, _)| html[at + 2..].chars().next()?.to_digit(10))
        .map(|d| d as u8)
        .collect();
    for level in &levels {
        assert!(*level <= last + 1, "{levels:?}");
        last = *level;
    }
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(html.contains("<h3>Matching and marking</h3>"));
}

#[test]
fn questions_are_entries_of_a_list_and_their_parts_of_a_list_inside() {
    let html = write(Kind::Worksheet, &specimen(None));
    let six = html.split_once("<span class=\"label\">6</span>").unwrap().1;
    let parts = between(six, "<ol class=\"questions\">", "</div></li>\n</ol>\n</div></li>\n</ol>");
    assert!(
        parts.contains("<span class=\"label\">Part A</span>") && parts.contains("<span class=\"label\">Part B</span>")
    );
    // 1 and 2; 3–5 in what keeps it with its words; 6; its parts; 9.
    assert_eq!(html.matches("<ol class=\"questions\">").count(), 5);
    assert_eq!(html.matches("<li class=\"numbered").count(), 7);
}

#[test]
fn tables_tell_their_headers() {
    let html = write(Kind::Worksheet, &specimen(None));
    assert!(html.contains("<thead><tr><td></td><th scope=\"col\">2</th>"), "an empty corner heads nothing");
    assert!(html.contains("<th scope=\"row\">Evidence</th><td data-column=\"2\">Two or more"));
}

#[test]
fn the_teachers_stamp_is_on_the_page_and_in_every_margin() {
    let key = write(Kind::Key, &specimen(Some("TEACHER")));
    assert!(key.contains("<p class=\"stamp\">TEACHER</p>"));
    assert!(between(&key, "@top-center {", "}").contains("\"TEACHER\""));
    assert!(!between(&key, "@page :first", "@media").contains("@top-center"), "the first page has it too");
    let sheet = write(Kind::Worksheet, &specimen(None));
    assert!(!sheet.contains("TEACHER") && between(&sheet, "@top-center {", "}").contains("content: none"));
}

#[test]
fn code_and_citation_stand_at_the_foot() {
    let document = specimen(None);
    let html = write(Kind::Strip, &document);
    let foot = between(&html, "<footer>", "</footer>");
    assert!(foot.contains(&document.running.code) && foot.contains(&document.running.citation));
    assert!(between(&html, "@bottom-left {", ";").contains("1\\2d K7Q4\\2d B"));
    assert!(
        between(&html, "@bottom-right {", ";").ends_with("\"page \" counter(page) \" of \" counter(pages) \"\""),
        "page x of y, in the words of the labels"
    );
}

#[test]
fn style_changes_the_look_and_not_the_text() {
    let plain = specimen(None);
    let html = write(Kind::Worksheet, &plain);
    let content = between(&html, "<main>", "</footer>");
    for print in [Print::Large, Print::Dyslexia, Print::Spaced] {
        let style =
            Style { print, columns: 2, paper: Paper::A4, answers: Answers::Blank, duplex: true, ..Style::default() };
        let other = write(Kind::Worksheet, &Document { style, ..plain.clone() });
        assert_eq!(between(&other, "<main>", "</footer>"), content);
        assert!(other.contains("size: a4 portrait") && other.contains("answers-blank columns-2"));
    }
}

#[test]
fn equal_documents_give_equal_bytes() {
    assert_eq!(write(Kind::Worksheet, &specimen(None)), write(Kind::Worksheet, &specimen(None)));
}

#[test]
fn a_document_without_a_masthead_is_headed_by_its_title() {
    let document = Document { blocks: vec![Block::PageBreak], language: "ar-EG".into(), ..specimen(None) };
    let html = write(Kind::Strip, &document);
    assert!(html.contains(&format!("<h1>{}</h1>", document.title)));
    assert!(html.contains("<html lang=\"ar-EG\" dir=\"rtl\">"));
}

fn with(name: &str, text: &str) -> Result<Templates, HtmlError> {
    Templates::with_overrides(&BTreeMap::from([(name.to_owned(), text.to_owned())]))
}

#[test]
fn a_teachers_own_template_takes_the_place_of_ours() {
    let own = BTreeMap::from([
        (
            "key.html".to_owned(),
            "{% extends \"document.html\" %}{% block footer %}{% include \"_school.html\" %}{% endblock %}".to_owned(),
        ),
        ("_school.html".to_owned(), "Lincoln High: {{ document.title }}".to_owned()),
    ]);
    let html = Templates::with_overrides(&own).unwrap().write(Kind::Key, &hostile()).unwrap();
    assert!(html.contains("Lincoln High: &lt;/style&gt;"), "own parts escape too");
    assert!(!html.contains("class=\"citation\""));
}

#[test]
fn a_templates_fault_is_named_with_its_file() {
    let unknown = with("worksheet.htm", "").unwrap_err().to_string();
    assert!(unknown.contains("`worksheet.htm`") && unknown.contains("did you mean `worksheet.html`?"), "{unknown}");
    let syntax = with("masthead.html", "<h1>{{ masthead.title </h1>").unwrap_err().to_string();
    assert!(syntax.starts_with("template `masthead.html`: ") && syntax.contains("masthead.title"), "{syntax}");
    let parent = with("strip.html", "{% extends \"frame.html\" %}").unwrap_err().to_string();
    assert!(parent.contains("`strip.html`") && parent.contains("frame.html"), "{parent}");
    let name = with("masthead.html", "{{ masthead.titel }}")
        .unwrap()
        .write(Kind::Key, &specimen(None))
        .unwrap_err()
        .to_string();
    assert!(name.starts_with("template `masthead.html`: ") && name.contains("titel"), "{name}");
}

#[test]
fn what_is_left_out_is_worded_as_in_the_pdf() {
    let document = specimen(None);
    let [printed, _] = document.words.omitted(7, 16);
    let html = write(Kind::Worksheet, &document);
    assert_eq!(printed, "[¶7–16 are left out here]");
    assert!(html.contains(&format!("<span aria-hidden=\"true\">{printed}</span>")));
}

#[test]
fn short_options_stand_two_by_two_and_long_ones_do_not() {
    use pilcrow::doc::{Flow, Labelled};
    use pilcrow::text::Inline;
    let class = |texts: &[&str]| {
        let option = |text: &&str| Labelled { label: "A".into(), text: vec![Inline::text(*text)] };
        let options = texts.iter().map(option).collect();
        let blocks = vec![Block::Options { flow: Flow::Pairs, options, choice: None }];
        let html = write(Kind::Worksheet, &Document { blocks, ..specimen(None) });
        between(&html, "<ol class=\"options ", "\"").to_owned()
    };
    assert_eq!(class(&["lock it away", "publish it", "obtain it", "undo it"]), "pairs");
    assert_eq!(class(&["lock it away", "publish it", "obtain it"]), "stacked", "three gain no line");
    assert_eq!(class(&["a", "b", "c", "A treaty that would bring the war to its end at last"]), "stacked");
}

#[test]
fn the_rows_of_a_grid_are_as_long_as_one_another() {
    let html = |cells: u32| {
        let cells = (1..=cells).map(|n| GridCell::letters(n.to_string(), "")).collect();
        write(
            Kind::Worksheet,
            &Document { blocks: vec![Block::Grid(Grid { label: "Answers".into(), cells })], ..specimen(None) },
        )
    };
    assert!(html(17).contains("<div class=\"grid\" style=\"--row:9\">"));
    assert!(html(14).contains("<div class=\"grid\">"));
}
