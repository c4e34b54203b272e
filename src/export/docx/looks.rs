//! What styles are made of, and the named styles of characters and of tables.

use crate::exchange::xml::Xml;

/// The face of headings and labels.
pub(super) const LABEL_FONT: &[(&str, &str)] =
    &[("w:ascii", "Calibri"), ("w:hAnsi", "Calibri"), ("w:eastAsia", "Calibri"), ("w:cs", "Arial")];
/// Grey of lines.
pub(super) const LINE: &str = "808080";
/// Grey that meets 7 : 1 on white.
pub(super) const QUIET: &str = "505050";

/// The face of labels, of `w:rPr`.
pub(super) fn font() -> String {
    mark("w:rFonts", LABEL_FONT)
}

/// An element without content.
pub(super) fn mark(name: &str, attributes: &[(&str, &str)]) -> String {
    let mut xml = Xml::fragment();
    xml.mark(name, attributes);
    xml.finish()
}

/// Sizes, half points.
pub(super) fn size(half_points: u32) -> String {
    let size = half_points.to_string();
    mark("w:sz", &[("w:val", &size)]) + &mark("w:szCs", &[("w:val", &size)])
}

/// A colour of letters.
pub(super) fn colour(colour: &str) -> String {
    mark("w:color", &[("w:val", colour)])
}

/// A border at a side, so many points from the text.
pub(super) fn rule(side: &str, space: u32) -> String {
    let space = space.to_string();
    mark(side, &[("w:val", "single"), ("w:sz", "4"), ("w:space", &space), ("w:color", LINE)])
}

/// Styles of characters.
pub(super) fn characters(xml: &mut Xml) {
    let styles: [(&str, &str, String); 8] = [
        ("Strong", "Strong", "<w:b/><w:bCs/>".to_owned()),
        ("Emphasis", "Emphasis", "<w:i/><w:iCs/>".to_owned()),
        ("Label", "Label", format!("{}<w:b/><w:bCs/>", font())),
        ("Points", "Points", format!("{}<w:b w:val=\"0\"/><w:i w:val=\"0\"/>{}{}", font(), colour(QUIET), size(19))),
        ("ParagraphMark", "Paragraph Mark", format!("{}<w:b/><w:bCs/>{}", font(), size(19))),
        ("Blank", "Blank", colour(QUIET)),
        ("BlankNumber", "Blank Number", format!("{}<w:vertAlign w:val=\"superscript\"/>", font())),
        ("Stamp", "Stamp", format!("<w:b/><w:bCs/>{}", colour("9C1C1C"))),
    ];
    for (id, name, run) in styles {
        xml.block("w:style", &[("w:type", "character"), ("w:styleId", id)], |xml| {
            xml.mark("w:name", &[("w:val", name)]);
            xml.mark("w:qFormat", &[]);
            xml.within("w:rPr", &[], |xml| xml.raw(&run));
        });
    }
}

/// Styles of tables.
pub(super) fn tables(xml: &mut Xml) {
    let margins = |vertical: u32| {
        let side = |side: &str, width: u32| mark(side, &[("w:w", &width.to_string()), ("w:type", "dxa")]);
        let all = [("w:top", vertical), ("w:left", 100), ("w:bottom", vertical), ("w:right", 100)];
        let sides: String = all.iter().map(|(name, width)| side(name, *width)).collect();
        format!("<w:tblCellMar>{sides}</w:tblCellMar>")
    };
    let borders = |sides: &[&str]| {
        let sides: String = sides.iter().map(|side| rule(side, 0)).collect();
        if sides.is_empty() { sides } else { format!("<w:tblBorders>{sides}</w:tblBorders>") }
    };
    let outside = ["w:top", "w:left", "w:bottom", "w:right"];
    let every = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
    let shaded = mark("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", "EFEFEF")]);
    let head = format!("<w:tblStylePr w:type=\"firstRow\"><w:tcPr>{shaded}</w:tcPr></w:tblStylePr>");
    let styles = [
        ("TableNormal", "Normal Table", margins(0), String::new()),
        ("RuledTable", "Ruled Table", format!("{}{}", borders(&every), margins(30)), head.clone()),
        ("OpenTable", "Open Table", margins(20), String::new()),
        ("FrameTable", "Frame", format!("{}{}", borders(&outside), margins(30)), head),
    ];
    for (id, name, properties, parts) in styles {
        let mut attributes = vec![("w:type", "table"), ("w:styleId", id)];
        if id == "TableNormal" {
            attributes.insert(1, ("w:default", "1"));
        }
        xml.block("w:style", &attributes, |xml| {
            xml.mark("w:name", &[("w:val", name)]);
            if id != "TableNormal" {
                xml.mark("w:basedOn", &[("w:val", "TableNormal")]);
            }
            xml.within("w:tblPr", &[], |xml| xml.raw(&properties));
            xml.raw(&parts);
        });
    }
}
