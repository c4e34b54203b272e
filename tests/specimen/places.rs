//! Where things stand on a page: marks in margins, notes beside headings, lines to write on, the citation, the letter's edge.

use pilcrow::doc::{
    AnswerGrid, Block, Document, Grid, GridCell, Numbers, PassageParagraph, Print, Role, Running, Style,
};
use pilcrow::layout::{Ink, Pages, Run};

use super::documents::{numbered, paragraph, specimen, text};
use super::{pages, styles};

fn document(style: Style, blocks: Vec<Block>) -> Document {
    Document { blocks, running: Running::default(), ..specimen(style) }
}

/// The runs of each page.
fn runs(pages: &Pages) -> Vec<Vec<Run>> {
    let run = |ink: &Ink| match ink {
        Ink::Text(run) => Some(run.clone()),
        _ => None,
    };
    pages.pages.iter().map(|page| page.all().filter_map(|mark| run(&mark.ink)).collect()).collect()
}

/// Left and right end of a run's letters, pt.
fn ends(run: &Run) -> (f32, f32) {
    let spaces = run.text.len() - run.text.trim_end().len();
    let trailing: f32 = run.glyphs.iter().rev().take(spaces).map(|glyph| glyph.advance).sum();
    (run.x, run.x + run.width() - trailing * run.size / 1000.0)
}

fn found<'r>(runs: &'r [Vec<Run>], words: &str) -> &'r Run {
    runs.iter().flatten().find(|run| run.text.contains(words)).unwrap_or_else(|| panic!("“{words}” is not printed"))
}

/// The rules as thick as these, in order: their heights on the page and thicknesses.
fn rules(pages: &Pages) -> Vec<(f32, f32)> {
    let rule = |ink: &Ink| match ink {
        Ink::Rule { from, thickness, .. } => Some((from.1, *thickness)),
        _ => None,
    };
    pages.pages.iter().flat_map(|page| &page.marks).filter_map(|mark| rule(&mark.ink)).collect()
}

#[test]
fn the_pages_of_the_standard_print_stand_off_from_everything() {
    for (name, style) in styles() {
        let large = style.print == Print::Large;
        let (size, room) = if large { (18.0, 8.0) } else { (8.0, 5.0) };
        for page in runs(&pages(&specimen(style))) {
            for mark in page.iter().filter(|run| run.text == "std." || run.text.starts_with("p. ") && run.size < 19.0) {
                assert!(mark.size >= size, "{name}: {} of {} pt", mark.text, mark.size);
                let (left, right) = ends(mark);
                for other in page.iter().filter(|run| (run.y - mark.y).abs() < mark.size * 0.5 && run.x != mark.x) {
                    let (from, to) = ends(other);
                    assert!(
                        to < left - room || from > right + room,
                        "{name}: “{}” beside “{}”, {left}–{right}, {from}–{to}",
                        mark.text,
                        other.text
                    );
                }
            }
        }
    }
}

#[test]
fn who_reads_large_letters_writes_on_wide_lines_of_good_weight() {
    for size in [18, 20, 24] {
        let style = Style { print: Print::Large, large: size, ..Style::default() };
        let lines = rules(&pages(&document(style, vec![Block::AnswerSpace { lines: 4, asked: None }])));
        let scale = f32::from(size) / 18.0;
        assert_eq!(lines.len(), 4);
        for pair in lines.windows(2) {
            let pitch = (pair[1].0 - pair[0].0) * 25.4 / 72.0;
            assert!((pitch - 12.0 * scale).abs() < 0.01, "{pitch} mm at {size} pt");
        }
        assert!(lines.iter().all(|(_, thickness)| *thickness >= 1.0), "{lines:?}");
        let blank = vec![pilcrow::text::Inline::blank(None, 4.0)];
        let blank = rules(&pages(&document(style, vec![Block::Paragraph { role: Role::Body, text: blank }])));
        assert!(blank[0].1 >= 1.0, "{blank:?}");
    }
    let lines = rules(&pages(&document(Style::default(), vec![Block::AnswerSpace { lines: 2, asked: None }])));
    assert!((lines[1].0 - lines[0].0 - 8.5 * 72.0 / 25.4).abs() < 0.01 && lines[0].1 == 0.5, "{lines:?}");
}

#[test]
fn large_print_has_the_citation_once_and_a_head_that_ends_with_a_part() {
    for (name, style) in styles() {
        let mut document = specimen(style);
        document.running.head =
            ["Reading the Gettysburg Address in Class · Lincoln at Gettysburg".into(), "Version A".into()];
        let runs = runs(&pages(&document));
        let cited = |page: &Vec<Run>| page.iter().any(|run| run.text.contains("U.S. Department of State"));
        let large = style.print == Print::Large;
        for (at, page) in runs.iter().enumerate() {
            assert_eq!(cited(page), at == 0 || !large, "{name}, page {}", at + 1);
        }
        let head = found(&runs[1..], "Reading the Gettysburg Address");
        assert!(!head.text.contains('…'), "{name}: {}", head.text);
        assert_eq!(head.text.contains("Lincoln"), !large, "{name}: {}", head.text);
    }
}

#[test]
fn a_note_stands_at_the_right_of_the_last_line_of_its_heading() {
    let heading = |words: &str, style: Style| {
        let note = Some(text("13 points"));
        runs(&pages(&document(style, vec![Block::Heading { level: 2, text: text(words), note }])))
    };
    for style in [Style { columns: 2, ..Style::default() }, Style { print: Print::Large, ..Style::default() }] {
        for words in
            ["Read", "Part III. Sources and evidence", "Part III. All of the sources of the speech and evidence"]
        {
            let runs = heading(words, style);
            let note = found(&runs, "13 points");
            let last = runs.iter().flatten().rfind(|run| run.text != "13 points").unwrap();
            let others = heading("Read", style);
            assert_eq!(ends(note).1, ends(found(&others, "13 points")).1, "{words}: at the right edge");
            assert_eq!(note.y, last.y, "{words}: beside “{}”", last.text);
            assert!(ends(last).1 < note.x, "{words}");
        }
    }
    let long = "Uncharacteristically-counterrevolutionary-sources-and-evidence";
    let runs = heading(long, Style { columns: 2, ..Style::default() });
    let others = heading("Read", Style { columns: 2, ..Style::default() });
    assert_eq!(ends(found(&runs, "13 points")).1, ends(found(&others, "13 points")).1, "under it, at the right too");
}

#[test]
fn the_letter_and_the_questions_have_one_edge() {
    for numbers in [Numbers::Paragraphs, Numbers::Lines, Numbers::Both] {
        let style = Style { numbers, ..Style::default() };
        let letter = Block::Passage(vec![PassageParagraph::Numbered(23, text("Dear Mr. Chairman"))]);
        let question = numbered("1", "1 point", vec![paragraph(Role::Stem, "Who writes?")]);
        let runs = runs(&pages(&document(style, vec![letter, question])));
        assert_eq!(found(&runs, "Dear Mr.").x, found(&runs, "Who writes?").x, "{numbers:?}");
        if numbers != Numbers::Lines {
            let number = found(&runs, "¶23");
            assert!(ends(number).1 < found(&runs, "Dear Mr.").x - 3.0, "{numbers:?}");
        }
    }
}

#[test]
fn what_is_left_out_is_counted_where_paragraphs_have_no_numbers() {
    let words = |numbers, from| {
        let style = Style { numbers, ..Style::default() };
        let letter =
            vec![PassageParagraph::Numbered(1, text("Dear Mr. Chairman")), PassageParagraph::Omission { from, to: 11 }];
        let runs = runs(&pages(&document(style, vec![Block::Passage(letter)])));
        runs.concat().iter().map(|run| run.text.clone()).collect::<String>()
    };
    assert!(words(Numbers::Lines, 2).ends_with("[10 paragraphs are left out here]"), "{}", words(Numbers::Lines, 2));
    assert!(words(Numbers::Lines, 11).ends_with("[A paragraph is left out here]"));
    assert!(words(Numbers::Both, 2).ends_with("[¶2–11 are left out here]"));
    assert!(!words(Numbers::Lines, 2).contains('¶'));
}

#[test]
fn a_line_never_ends_between_lines_and_their_number() {
    let words = super::words_of_the_page();
    for lines in [words.lines(3, 3), words.lines(13, 23)] {
        let stem = |width: usize| format!("{} {}", "m ".repeat(width), lines[0]);
        for width in 10..60 {
            let runs = runs(&pages(&document(Style::default(), vec![paragraph(Role::Stem, &stem(width))])));
            let parted = runs
                .iter()
                .flatten()
                .any(|run| run.text.trim_end().ends_with("line") || run.text.trim_end().ends_with("lines"));
            assert!(!parted, "{}", lines[0]);
        }
    }
}

#[test]
fn the_boxes_of_a_question_stay_in_one_row_and_several_letters_have_a_wide_one() {
    let part = |number: u32, part: &str| GridCell {
        spoken: Some(format!("Question {number}, Part {part}")),
        ..GridCell::letters(format!("{number}{part}"), "")
    };
    let mut cells: Vec<GridCell> = (1..=13).map(|n: u32| GridCell::letters(n.to_string(), "")).collect();
    cells.extend([part(14, "A"), part(14, "B"), GridCell { letters: 3, ..GridCell::letters("15", "") }]);
    // Two rows of fourteen hold all, if the first ends before its last place.
    cells.extend((16..=25).map(|n: u32| GridCell::letters(n.to_string(), "")));
    let style = Style { answer_grid: AnswerGrid::Letters, ..Style::default() };
    let pages = pages(&document(style, vec![Block::Grid(Grid { label: "Answers".into(), cells })]));
    let runs = runs(&pages);
    assert_eq!(found(&runs, "14A").y, found(&runs, "14B").y);
    assert!(found(&runs, "14A").y > found(&runs, "13").y, "both have moved to the next row");
    assert_eq!(found(&runs, "14A").y, found(&runs, "25").y);
    let widths = pages.pages[0].marks.iter().filter_map(|mark| match mark.ink {
        Ink::Frame { rect: [_, _, width, _], .. } => Some(width.round()),
        _ => None,
    });
    let widths: Vec<f32> = widths.collect();
    assert_eq!((widths[0], widths[15]), (31.0, 62.0), "{widths:?}");
    assert!(pages.tree.nodes().iter().any(|node| node.spoken.as_deref() == Some("Question 14, Part A")));
}
