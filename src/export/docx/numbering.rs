//! The lists of a document: questions with their lettered options in one list of several levels, so that Word renumbers them
//! and begins each question's options anew; and lists of small letters, each for itself.

use crate::exchange::xml::Xml;

/// How far a text hangs from its number or letter, twentieths of a point.
pub(super) const HANG: u32 = 480;
/// How far a bullet's text hangs.
pub(super) const BULLET_HANG: u32 = 260;

/// The list of questions and options.
const QUESTIONS: u32 = 1;
/// The list of bullets.
const BULLETS: u32 = 2;
/// Small letters in a question, and in a cell: what the lists of them are made from.
const SMALL: u32 = 3;
const SMALL_IN_CELL: u32 = 4;

/// The lists of a document so far.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// For each list of small letters whether it stands in a cell.
    small: Vec<bool>,
}

impl Lists {
    /// The number of a new list of small letters.
    pub fn small(&mut self, in_cell: bool) -> u32 {
        self.small.push(in_cell);
        BULLETS + self.small.len() as u32
    }
}

/// A level of a list.
struct Level {
    /// `decimal`, `upperLetter`.
    format: &'static str,
    /// `%1.`.
    text: &'static str,
    /// Style of its paragraphs.
    style: Option<&'static str>,
    left: u32,
    hang: u32,
    /// Its numbers are set as labels.
    label: bool,
}

/// `numbering.xml`.
pub(super) fn part(lists: &Lists) -> String {
    let level = |format, text, style, left, hang| Level { format, text, style, left, hang, label: true };
    let bullet =
        |style, left| Level {
            format: "bullet", text: "•", style: Some(style), left, hang: BULLET_HANG, label: false
        };
    let all: [(u32, Vec<Level>); 4] = [
        (
            QUESTIONS,
            vec![
                level("decimal", "%1.", Some("Question"), HANG, HANG),
                level("upperLetter", "%2.", Some("Option"), 2 * HANG, HANG),
                // The second list of options of a question: it begins anew after the first.
                level("upperLetter", "%3.", Some("SecondOption"), 2 * HANG, HANG),
                level("upperLetter", "%4.", Some("CellOption"), HANG, HANG),
            ],
        ),
        (BULLETS, vec![bullet("ListBullet", BULLET_HANG), bullet("QuestionListBullet", HANG + BULLET_HANG)]),
        (SMALL, vec![level("lowerLetter", "%1.", None, 2 * HANG, HANG)]),
        (SMALL_IN_CELL, vec![level("lowerLetter", "%1.", None, HANG, HANG)]),
    ];
    let mut xml = Xml::new();
    xml.block("w:numbering", &[("xmlns:w", super::parts::W)], |xml| {
        for (id, levels) in &all {
            xml.block("w:abstractNum", &[("w:abstractNumId", &id.to_string())], |xml| {
                let kind = if levels.len() > 1 { "multilevel" } else { "singleLevel" };
                xml.mark("w:multiLevelType", &[("w:val", kind)]);
                levels.iter().enumerate().for_each(|(at, level)| write_level(xml, at, level));
            });
        }
        for id in [QUESTIONS, BULLETS] {
            number(xml, id, id, false);
        }
        for (id, in_cell) in (BULLETS + 1..).zip(&lists.small) {
            number(xml, id, if *in_cell { SMALL_IN_CELL } else { SMALL }, true);
        }
    });
    xml.finish()
}

fn write_level(xml: &mut Xml, at: usize, level: &Level) {
    xml.block("w:lvl", &[("w:ilvl", &at.to_string())], |xml| {
        xml.mark("w:start", &[("w:val", "1")]);
        xml.mark("w:numFmt", &[("w:val", level.format)]);
        if let Some(style) = level.style {
            xml.mark("w:pStyle", &[("w:val", style)]);
        }
        xml.mark("w:lvlText", &[("w:val", level.text)]);
        xml.mark("w:lvlJc", &[("w:val", "left")]);
        xml.within("w:pPr", &[], |xml| {
            // What Word puts after a number ends at the hanging text, but a long number would run to the next stop.
            xml.mark("w:ind", &[("w:left", &level.left.to_string()), ("w:hanging", &level.hang.to_string())]);
        });
        if level.label {
            xml.within("w:rPr", &[], |xml| {
                xml.mark("w:rFonts", super::looks::LABEL_FONT);
                xml.mark("w:b", &[]);
                xml.mark("w:i", &[("w:val", "0")]);
            });
        }
    });
}

fn number(xml: &mut Xml, id: u32, of: u32, anew: bool) {
    xml.within("w:num", &[("w:numId", &id.to_string())], |xml| {
        xml.mark("w:abstractNumId", &[("w:val", &of.to_string())]);
        if anew {
            xml.within("w:lvlOverride", &[("w:ilvl", "0")], |xml| xml.mark("w:startOverride", &[("w:val", "1")]));
        }
    });
    xml.line();
}
