//! The named styles of a document's paragraphs: whoever changes one changes every place that has it.

use super::looks::{self, QUIET, colour, font, mark, rule, size};
use super::numbering::HANG;
use super::parts::{Sheet, W};
use crate::exchange::xml::Xml;

/// Typefaces that Word brings along; LibreOffice has others of the same widths for them.
const TEXT_FONT: &[(&str, &str)] =
    &[("w:ascii", "Cambria"), ("w:hAnsi", "Cambria"), ("w:eastAsia", "Cambria"), ("w:cs", "Times New Roman")];

/// Distance of ruled lines, twentieths of a point: 8.5 mm.
pub(super) const PITCH: u32 = 482;
/// How far the text of a reading hangs from its ¶ number.
const MARK_HANG: u32 = 560;
/// How far a meaning hangs from its term, and a text from the place that it renders.
const TERM_HANG: u32 = 1600;
const TEXT_TERM_HANG: u32 = 900;

/// A style of paragraphs.
struct Style {
    id: &'static str,
    /// As Word lists it; the names of its own styles are in small letters.
    name: &'static str,
    based: &'static str,
    next: &'static str,
    /// What stands in `w:pPr` and `w:rPr`, in the schema's order.
    paragraph: String,
    run: String,
}

/// Styles that stand in questions as well, there set in from the number, under the same name with `Question` before it.
const INSIDE: [&str; 10] =
    ["BodyText", "Directions", "Quote", "Note", "Remark", "WordBank", "Picture", "Caption", "Credit", "AnswerLine"];

/// Space before and after, twentieths of a point.
fn spacing(before: u32, after: u32) -> String {
    mark("w:spacing", &[("w:before", &before.to_string()), ("w:after", &after.to_string())])
}

fn indent(left: u32, hanging: u32) -> String {
    mark("w:ind", &[("w:left", &left.to_string()), ("w:hanging", &hanging.to_string())])
}

fn tab(at: u32) -> String {
    format!("<w:tabs>{}</w:tabs>", mark("w:tab", &[("w:val", "left"), ("w:pos", &at.to_string())]))
}

/// `w:numPr`: the level is told by the level of the list, which names the style.
fn listed(list: u32, level: u32) -> String {
    let level = if level == 0 { String::new() } else { mark("w:ilvl", &[("w:val", &level.to_string())]) };
    format!("<w:numPr>{level}{}</w:numPr>", mark("w:numId", &[("w:val", &list.to_string())]))
}

const KEEP: &str = "<w:keepNext/>";
const WHOLE: &str = "<w:keepLines/>";

fn styles(sheet: &Sheet) -> Vec<Style> {
    let style = |id, name, based, next, paragraph: String, run: String| Style { id, name, based, next, paragraph, run };
    let bold = "<w:b/><w:bCs/>";
    let italic = "<w:i/><w:iCs/>";
    let heading = |level: u32| format!("<w:outlineLvl w:val=\"{level}\"/>");
    let right = mark("w:tab", &[("w:val", "right"), ("w:pos", &sheet.text_width().to_string())]);
    let right = format!("<w:tabs>{right}</w:tabs>");
    let boxed = ["w:top", "w:left", "w:bottom", "w:right"].map(|side| rule(side, 4)).concat();
    let ruled = format!("{}{}", rule("w:bottom", 0), rule("w:between", 0));
    let exact = |height: u32| {
        let line = height.to_string();
        mark("w:spacing", &[("w:before", "0"), ("w:after", "0"), ("w:line", &line), ("w:lineRule", "exact")])
    };
    vec![
        style("BodyText", "Body Text", "Normal", "BodyText", spacing(0, 80), String::new()),
        style(
            "Heading1",
            "heading 1",
            "Normal",
            "Subtitle",
            format!("{KEEP}{WHOLE}{}{}", spacing(0, 20), heading(0)),
            format!("{}{bold}{}", font(), size(36)),
        ),
        style(
            "Heading2",
            "heading 2",
            "Normal",
            "BodyText",
            format!("{KEEP}{WHOLE}<w:pBdr>{}</w:pBdr>{}{}", rule("w:bottom", 2), spacing(320, 100), heading(1)),
            format!("{}{bold}{}", font(), size(26)),
        ),
        style(
            "Heading3",
            "heading 3",
            "Normal",
            "BodyText",
            format!("{KEEP}{WHOLE}{}{}", spacing(160, 60), heading(2)),
            format!("{}{bold}{}", font(), size(22)),
        ),
        style(
            "Kicker",
            "Kicker",
            "Normal",
            "Heading1",
            format!("{KEEP}{}", spacing(0, 0)),
            format!("{}{bold}{}{}", font(), colour(QUIET), size(20)),
        ),
        style(
            "Subtitle",
            "Subtitle",
            "Normal",
            "BodyText",
            format!("{right}{}", spacing(0, 120)),
            format!("{}{}", font(), size(21)),
        ),
        style("NameLine", "Name Line", "Normal", "BodyText", spacing(200, 220), format!("{}{}", font(), size(20))),
        style("Directions", "Directions", "BodyText", "BodyText", format!("{KEEP}{WHOLE}"), italic.to_owned()),
        style("Note", "Small Note", "BodyText", "BodyText", spacing(40, 60), format!("{}{}", font(), size(19))),
        style("Quote", "Quote", "BodyText", "BodyText", format!("{}{}", spacing(40, 100), sides(360)), String::new()),
        style("Remark", "Remark", "BodyText", "Remark", spacing(0, 60), String::new()),
        style(
            "Question",
            "Question",
            "Normal",
            "Option",
            format!("{WHOLE}{}{}", listed(1, 0), spacing(220, 70)),
            String::new(),
        ),
        style(
            "Option",
            "Option",
            "Normal",
            "Option",
            format!("{WHOLE}{}{}", listed(1, 1), spacing(0, 40)),
            String::new(),
        ),
        style("SecondOption", "Second Option", "Option", "SecondOption", listed(1, 2), String::new()),
        style("CellOption", "Cell Option", "Option", "CellOption", listed(1, 3), String::new()),
        style(
            "SmallOption",
            "Small-Letter Option",
            "Normal",
            "SmallOption",
            format!("{WHOLE}{}", spacing(0, 60)),
            String::new(),
        ),
        style(
            "OptionRow",
            "Option Row",
            "Normal",
            "OptionRow",
            format!("{}{}", spacing(0, 80), mark("w:ind", &[("w:left", &HANG.to_string())])),
            String::new(),
        ),
        style(
            "LabelledOption",
            "Labelled Option",
            "Normal",
            "LabelledOption",
            format!("{WHOLE}{}{}{}", tab(2 * HANG), spacing(0, 40), indent(2 * HANG, HANG)),
            String::new(),
        ),
        style(
            "LabelledQuestion",
            "Labelled Question",
            "Normal",
            "Option",
            format!("{WHOLE}{}{}{}", tab(HANG), spacing(220, 70), indent(HANG, HANG)),
            String::new(),
        ),
        style(
            "ListBullet",
            "List Bullet",
            "Normal",
            "ListBullet",
            format!("{}{}", listed(2, 0), spacing(0, 50)),
            String::new(),
        ),
        style(
            "QuestionListBullet",
            "Question List Bullet",
            "ListBullet",
            "QuestionListBullet",
            listed(2, 1),
            String::new(),
        ),
        style(
            "WordBank",
            "Word Bank",
            "BodyText",
            "BodyText",
            format!("{WHOLE}<w:pBdr>{boxed}</w:pBdr>{}{}", spacing(100, 140), mark("w:jc", &[("w:val", "center")])),
            font(),
        ),
        style(
            "AnswerLine",
            "Answer Line",
            "Normal",
            "AnswerLine",
            format!("<w:pBdr>{ruled}</w:pBdr>{}", exact(PITCH)),
            String::new(),
        ),
        style(
            "ReadingParagraph",
            "Reading Paragraph",
            "BodyText",
            "ReadingParagraph",
            format!("{}{}{}", tab(MARK_HANG), spacing(0, 110), indent(MARK_HANG, MARK_HANG)),
            String::new(),
        ),
        style(
            "Editorial",
            "Editorial Note",
            "BodyText",
            "ReadingParagraph",
            mark("w:ind", &[("w:left", &MARK_HANG.to_string())]),
            italic.to_owned(),
        ),
        style(
            "Omission",
            "Omission",
            "BodyText",
            "ReadingParagraph",
            mark("w:jc", &[("w:val", "center")]),
            format!("{}{}{}", font(), colour(QUIET), size(19)),
        ),
        style(
            "Term",
            "Term",
            "BodyText",
            "Term",
            format!("{}{}{}", tab(TERM_HANG), spacing(0, 50), indent(TERM_HANG, TERM_HANG)),
            String::new(),
        ),
        style(
            "TextTerm",
            "Text Term",
            "BodyText",
            "TextTerm",
            format!("{}{}{}", tab(TEXT_TERM_HANG), spacing(0, 50), indent(TEXT_TERM_HANG, TEXT_TERM_HANG)),
            String::new(),
        ),
        style("Picture", "Picture", "Normal", "Caption", format!("{KEEP}{}", spacing(80, 60)), String::new()),
        style("Caption", "caption", "Normal", "BodyText", spacing(0, 40), format!("{}{}", font(), size(20))),
        style(
            "Credit",
            "Picture Credit",
            "Caption",
            "BodyText",
            spacing(0, 100),
            format!("{}{}", colour(QUIET), size(18)),
        ),
        style(
            "FrameTitle",
            "Frame Title",
            "Normal",
            "TableText",
            format!("{KEEP}{}", spacing(40, 40)),
            format!("{}{bold}", font()),
        ),
        style("TableText", "Table Text", "Normal", "TableText", spacing(20, 40), size(21)),
        style(
            "TableHeader",
            "Table Header",
            "TableText",
            "TableText",
            KEEP.to_owned(),
            format!("{}{bold}{}", font(), size(20)),
        ),
        style("TableRowHeader", "Table Row Header", "TableText", "TableText", String::new(), bold.to_owned()),
        style(
            "GridText",
            "Grid Text",
            "Normal",
            "GridText",
            format!("{}{}", spacing(20, 20), mark("w:jc", &[("w:val", "center")])),
            format!("{}{}", font(), size(20)),
        ),
        style("Gap", "Gap After Table", "Normal", "BodyText", exact(140), size(8)),
        style(
            "Header",
            "header",
            "Normal",
            "Header",
            format!("{right}{}", spacing(0, 0)),
            format!("{}{}{}", font(), colour(QUIET), size(18)),
        ),
        style(
            "Footer",
            "footer",
            "Normal",
            "Footer",
            format!("{right}{}", spacing(0, 0)),
            format!("{}{}{}", font(), colour(QUIET), size(18)),
        ),
    ]
}

/// Set in at both sides.
fn sides(twips: u32) -> String {
    let twips = twips.to_string();
    mark("w:ind", &[("w:left", &twips), ("w:right", &twips)])
}

/// Distance from the left of a style inside a question.
fn set_in(id: &str) -> String {
    match id {
        "Quote" => mark("w:ind", &[("w:left", &(HANG + 240).to_string()), ("w:right", "240")]),
        "WordBank" => mark("w:ind", &[("w:left", &(HANG + 80).to_string()), ("w:right", "80")]),
        // A second stem parts from the options before it.
        "BodyText" | "Directions" => spacing(70, 60) + &mark("w:ind", &[("w:left", &HANG.to_string())]),
        _ => mark("w:ind", &[("w:left", &HANG.to_string())]),
    }
}

/// Id of a style of a paragraph inside a question.
pub(super) fn inside(id: &str) -> String {
    if id == "ListBullet" || INSIDE.contains(&id) { format!("Question{id}") } else { id.to_owned() }
}

/// `styles.xml`.
pub(super) fn part(sheet: &Sheet, language: &str) -> String {
    let mut xml = Xml::new();
    xml.block("w:styles", &[("xmlns:w", W)], |xml| {
        xml.block("w:docDefaults", &[], |xml| {
            xml.within("w:rPrDefault", &[], |xml| {
                xml.within("w:rPr", &[], |xml| {
                    xml.mark("w:rFonts", TEXT_FONT);
                    xml.raw(&size(22));
                    let languages = [("w:val", language), ("w:eastAsia", language), ("w:bidi", "ar-SA")];
                    xml.mark("w:lang", &languages);
                });
            });
            xml.within("w:pPrDefault", &[], |xml| {
                xml.within("w:pPr", &[], |xml| {
                    let lines = [("w:after", "0"), ("w:line", "264"), ("w:lineRule", "auto")];
                    xml.mark("w:spacing", &lines);
                });
            });
        });
        xml.raw("<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\n");
        xml.raw("<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\n");
        xml.raw("<w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/><w:semiHidden/></w:style>\n");
        for style in styles(sheet) {
            write(xml, &style);
            if INSIDE.contains(&style.id) {
                inside_of(xml, &style);
            }
        }
        looks::characters(xml);
        looks::tables(xml);
    });
    xml.finish()
}

fn write(xml: &mut Xml, style: &Style) {
    xml.block("w:style", &[("w:type", "paragraph"), ("w:styleId", style.id)], |xml| {
        xml.mark("w:name", &[("w:val", style.name)]);
        xml.mark("w:basedOn", &[("w:val", style.based)]);
        xml.mark("w:next", &[("w:val", style.next)]);
        xml.mark("w:qFormat", &[]);
        if !style.paragraph.is_empty() {
            xml.within("w:pPr", &[], |xml| xml.raw(&style.paragraph));
        }
        if !style.run.is_empty() {
            xml.within("w:rPr", &[], |xml| xml.raw(&style.run));
        }
    });
}

fn inside_of(xml: &mut Xml, style: &Style) {
    let id = inside(style.id);
    xml.block("w:style", &[("w:type", "paragraph"), ("w:styleId", &id)], |xml| {
        xml.mark("w:name", &[("w:val", &format!("Question {}", style.name))]);
        xml.mark("w:basedOn", &[("w:val", style.id)]);
        xml.mark("w:next", &[("w:val", &id)]);
        xml.mark("w:qFormat", &[]);
        xml.within("w:pPr", &[], |xml| xml.raw(&set_in(style.id)));
    });
}
