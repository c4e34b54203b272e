//! The answer grid, as boxes and as circles to fill in: the strip and the key have those of the sheet at the same places, the right ones filled.

use crate::common::{done, job, kennedy};
use pilcrow::assemble::assemble;
use pilcrow::cmd::source::{Look, Source};
use pilcrow::compose::{self, Context, Heading, KeyContext};
use pilcrow::doc::{AnswerGrid, Block, CellContent, Document, Imposition, Print, Style};
use pilcrow::layout::{Faces, Ink, Pages, lay_out};
use pilcrow::sheet::{Right, Sheet};

/// The first form of a class period, its worksheet, strip and key.
fn documents(source: &Source, style: Style) -> (Sheet, [Document; 3]) {
    let look = Look::read(None).unwrap_or_else(|failure| panic!("{failure}"));
    let mut blueprint = source.blueprints.iter().find(|known| known.name == "class-period").unwrap().clone();
    blueprint.modes.truncate(1);
    let sheets = assemble(job(source, &blueprint, 1), 0..1).unwrap();
    let heading = Heading::default();
    let (letter, sets, labels) = (&source.letter, source.bank.sets.as_slice(), &look.labels);
    let aids = compose::Aids::default();
    let shared = Context { letter, sets, labels, style, aids: &aids.all, heading: &heading };
    let seed = pilcrow::rng::Seed::new(1).unwrap();
    let context =
        KeyContext { shared, bank: &source.bank, blueprint: Some(&blueprint), forms: &sheets, seed, aids: &aids };
    let documents = [
        compose::worksheet(&sheets[0].paper, shared),
        compose::strip(&sheets, shared),
        compose::key(&sheets[0], context),
    ];
    (sheets.into_iter().next().unwrap(), documents)
}

/// Of each circle its place, counted from the first one in whole points, and whether it is filled.
fn circles(pages: &Pages) -> Vec<((i32, i32), bool)> {
    let mut first = None;
    let marks = pages.pages.iter().flat_map(|page| &page.marks);
    let circles = marks.filter_map(|mark| match mark.ink {
        Ink::Circle { centre, thickness, .. } => Some((centre, thickness.is_none())),
        _ => None,
    });
    let relative = |((x, y), filled): ((f32, f32), bool)| {
        let (from_x, from_y) = *first.get_or_insert((x, y));
        (((x - from_x).round() as i32, (y - from_y).round() as i32), filled)
    };
    circles.map(relative).collect()
}

#[test]
fn strip_and_key_have_the_circles_of_the_sheet_with_the_right_ones_filled() {
    let (source, faces) = (kennedy(), Faces::load().unwrap());
    for print in [Print::Standard, Print::Large, Print::Dyslexia, Print::Spaced] {
        for (columns, imposition) in [
            (1, Imposition::Whole),
            (2, Imposition::Whole),
            (2, Imposition::TwoUp),
            (1, Imposition::FourUp),
            (1, Imposition::Booklet),
        ] {
            let style = Style { print, columns, imposition, answer_grid: AnswerGrid::Bubbles, ..Style::default() };
            let (sheet, documents) = documents(&source, style);
            let [worksheet, strip, key] = documents.map(|document| circles(&lay_out(&document, &faces).unwrap()));
            assert!(
                worksheet.len() > 30 && worksheet.iter().all(|(_, filled)| !filled),
                "{style:?}: a pupil fills them"
            );
            let places = |circles: &[((i32, i32), bool)]| circles.iter().map(|(place, _)| *place).collect::<Vec<_>>();
            assert_eq!(places(&strip), places(&worksheet), "{style:?}: the strip’s rows are not the sheet’s");
            assert_eq!(places(&key), places(&worksheet), "{style:?}: the key’s rows are not the sheet’s");
            let right = |answer: &pilcrow::sheet::Answer| match &answer.right {
                Right::Labels(labels) => labels.len(),
                Right::Paired(..) => 2,
                Right::Word(word) if word.chars().count() == 1 => 1,
                _ => 0,
            };
            let right: usize = sheet.key.answers.iter().map(right).sum();
            for circles in [&strip, &key] {
                assert_eq!(circles.iter().filter(|(_, filled)| *filled).count(), right, "{style:?}");
            }
        }
    }
}

/// Of each cell of the answer grid its place, counted from the first one in whole points, and its width.
fn cells(pages: &Pages) -> Vec<(i32, i32, i32)> {
    let mut first = None;
    let frames = pages.pages.iter().flat_map(|page| &page.marks).filter_map(|mark| match mark.ink {
        Ink::Frame { rect, thickness: 0.6 } => Some(rect),
        _ => None,
    });
    let relative = |[x, y, width, _]: [f32; 4]| {
        let (from_x, from_y) = *first.get_or_insert((x, y));
        ((x - from_x).round() as i32, (y - from_y).round() as i32, width.round() as i32)
    };
    frames.map(relative).collect()
}

#[test]
fn each_part_of_a_question_has_its_own_box_on_sheet_strip_and_key() {
    let (source, faces) = (kennedy(), Faces::load().unwrap());
    for print in [Print::Standard, Print::Large] {
        let style = Style { print, ..Style::default() };
        let (sheet, documents) = documents(&source, style);
        let paired = sheet.key.answers.iter().find_map(|answer| match &answer.right {
            Right::Paired(a, b) => Some((answer.number, [a.clone(), b.clone()])),
            _ => None,
        });
        let (number, right) = paired.unwrap();
        let grid = |document: &Document| {
            let blocks = document.blocks.iter().flat_map(|block| match block {
                Block::Keep(inside) => inside.as_slice(),
                block => std::slice::from_ref(block),
            });
            let mut grids = blocks.filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None });
            grids.next().unwrap().cells.clone()
        };
        for (document, answered) in documents.iter().zip([false, true, true]) {
            for (part, right) in ["A", "B"].iter().zip(&right) {
                let cells = grid(document);
                let cell = cells.iter().find(|cell| cell.number == format!("{number}{part}")).unwrap();
                assert_eq!(cell.spoken.as_deref(), Some(format!("Question {number}, Part {part}").as_str()));
                let letters = if answered { right.clone() } else { String::new() };
                assert_eq!(cell.content, CellContent::Letters(letters));
            }
        }
        let [worksheet, strip, key] = documents.map(|document| cells(&lay_out(&document, &faces).unwrap()));
        assert!(worksheet.len() > 10 && strip == worksheet, "{print:?}: the strip’s rows are not the sheet’s");
        assert_eq!(key[..worksheet.len()], worksheet, "{print:?}: the key’s rows are not the sheet’s");
    }
}

/// What a reader of a document’s structure hears of the grid: the text of each entry of the list that holds the circles.
fn heard(pages: &Pages) -> Vec<String> {
    let mut entries: Vec<(usize, String)> = Vec::new();
    let nodes = pages.tree.nodes();
    let page = &pages.pages[0];
    let (top, bottom) = page.marks.iter().fold((f32::MAX, 0.0f32), |(top, bottom), mark| match mark.ink {
        Ink::Circle { centre: (_, y), radius, .. } => (top.min(y - radius), bottom.max(y + radius)),
        _ => (top, bottom),
    });
    for mark in &page.marks {
        let (Some(node), Ink::Text(run)) = (mark.node, &mark.ink) else { continue };
        let mut item = node;
        while item != 0 && nodes[item].role != pilcrow::layout::NodeRole::Item {
            item = nodes[item].parent;
        }
        if item == 0 || run.y < top || run.y > bottom {
            continue;
        }
        if entries.last().is_none_or(|(last, _)| *last != item) {
            entries.push((item, String::new()));
        }
        let said = &mut entries.last_mut().unwrap().1;
        match &nodes[node].spoken {
            Some(spoken) if said.ends_with(&**spoken) => {}
            Some(spoken) => *said += &format!(": {spoken}"),
            None => *said += run.text.trim(),
        }
    }
    entries.into_iter().map(|(_, said)| said).collect()
}

#[test]
fn those_who_listen_hear_the_letters_of_each_question_once() {
    let (source, faces) = (kennedy(), Faces::load().unwrap());
    let style = Style { answer_grid: AnswerGrid::Bubbles, ..Style::default() };
    let (sheet, [worksheet, strip, _]) = documents(&source, style);
    let heard = [worksheet, strip].map(|document| heard(&lay_out(&document, &faces).unwrap()));
    assert!(heard[0].iter().any(|said| said == "1: A, B, C or D"), "{:?}", heard[0]);
    assert!(heard[0].iter().any(|said| said.ends_with(": S, C or N")), "{:?}", heard[0]);
    let paired = sheet.key.answers.iter().find(|answer| matches!(answer.right, Right::Paired(..))).unwrap().number;
    for part in ["Part A", "Part B"] {
        let wanted = format!(": Question {paired}, {part}: A, B, C or D");
        assert!(heard[0].contains(&wanted), "{wanted}: {:?}", heard[0]);
    }
    let right = |answer: &pilcrow::sheet::Answer| match &answer.right {
        Right::Labels(labels) => vec![format!("{}{}", answer.number, labels.concat())],
        Right::Paired(a, b) => [("A", a), ("B", b)]
            .map(|(part, right)| format!(": Question {}, Part {part}{right}", answer.number))
            .to_vec(),
        Right::Word(word) if word.chars().count() == 1 => vec![format!("{}{word}", answer.number)],
        _ => Vec::new(),
    };
    assert_eq!(heard[1], sheet.key.answers.iter().flat_map(right).collect::<Vec<_>>());
}

#[test]
fn a_sheet_may_have_no_grid() {
    let folder = tempfile::tempdir().unwrap();
    let pages = |kind: &str| {
        done(folder.path(), &["make", "--forms", "1", "--answer-grid", kind, "--out", kind]);
        let file = |name: &str| std::fs::read_to_string(folder.path().join(kind).join(name)).unwrap();
        [file("kennedy-1961-worksheet-A.html"), file("kennedy-1961-TEACHER-key-A.html"), file("manifest.yaml")]
    };
    let [worksheet, key, _] = pages("none");
    assert!(!worksheet.contains("class=\"grid") && !key.contains("class=\"grid"), "a row is laid beside a grid");
    let [worksheet, key, manifest] = pages("bubbles");
    assert!(worksheet.contains("class=\"grid bubbles\"") && !worksheet.contains("<b class=\"bubble\">"));
    assert!(worksheet.contains("<span class=\"spoken\">A, B, C or D</span>"), "read once for all circles");
    assert!(worksheet.contains("A</span><span class=\"spoken\">Question 16, Part A</span></span>"));
    assert!(key.contains("<b class=\"bubble\">") && manifest.contains("answer-grid: bubbles"));
}
