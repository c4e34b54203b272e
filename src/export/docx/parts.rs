//! The parts of the package round the body: what kinds they are, how they hang together, properties, settings, head and foot
//! of the page.

use super::body::Body;
use super::inline::{Look, words};
use super::{numbering, styles};
use crate::doc::{Document, Paper};
use crate::exchange::archive::Packed;
use crate::exchange::xml::Xml;

/// WordprocessingML.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Relationships, in a part.
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// Kinds of parts that a part refers to.
const HEADER: &str = "header";
const FOOTER: &str = "footer";

/// Ids of the relationships of the document; those of pictures come after them.
const FIXED: [(&str, &str, &str); 6] = [
    ("rId1", "styles", "styles.xml"),
    ("rId2", "numbering", "numbering.xml"),
    ("rId3", "settings", "settings.xml"),
    ("rId4", HEADER, "header1.xml"),
    ("rId5", HEADER, "header2.xml"),
    ("rId6", FOOTER, "footer1.xml"),
];

/// A sheet of paper, twentieths of a point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    width: u32,
    height: u32,
    margin: u32,
}

impl Sheet {
    /// The sheet of a paper.
    pub fn of(paper: Paper) -> Self {
        match paper {
            Paper::Letter => Sheet { width: 12240, height: 15840, margin: 1134 },
            Paper::A4 => Sheet { width: 11906, height: 16838, margin: 1134 },
        }
    }

    /// Width of the text.
    pub fn text_width(self) -> u32 {
        self.width - 2 * self.margin
    }

    /// Height of the text.
    pub fn text_height(self) -> u32 {
        self.height - 2 * self.margin
    }
}

/// All parts, the list of kinds first.
pub(super) fn all(document: &Document, body: Body) -> Vec<Packed> {
    let sheet = Sheet::of(document.style.paper);
    let mut parts = vec![
        Packed::new("[Content_Types].xml", content_types(&body)),
        Packed::new("_rels/.rels", package_relationships()),
        Packed::new("docProps/core.xml", core(document)),
        Packed::new("docProps/app.xml", app()),
        Packed::new("word/document.xml", body_part(&body.xml, sheet)),
        Packed::new("word/_rels/document.xml.rels", document_relationships(&body)),
        Packed::new("word/styles.xml", styles::part(&sheet, &document.language)),
        Packed::new("word/numbering.xml", numbering::part(&body.lists)),
        Packed::new("word/settings.xml", settings(document)),
        Packed::new("word/header1.xml", header(document, &document.running.head)),
        Packed::new("word/header2.xml", header(document, &[String::new(), String::new()])),
        Packed::new("word/footer1.xml", footer(document)),
    ];
    parts.extend(body.media);
    parts
}

fn content_types(body: &Body) -> String {
    let ending = |ending: &str| body.media.iter().any(|file| file.name.ends_with(&format!(".{ending}")));
    let mut xml = Xml::new();
    xml.block("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))], |xml| {
        let xml_kinds =
            [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")];
        let pictures = [("png", "image/png"), ("jpeg", "image/jpeg"), ("svg", "image/svg+xml")];
        for (extension, kind) in xml_kinds.into_iter().chain(pictures.into_iter().filter(|(e, _)| ending(e))) {
            xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
        }
        let word = |kind: &str| format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml");
        let mut part = |name: &str, kind: &str| {
            xml.empty("Override", &[("PartName", &format!("/{name}")), ("ContentType", kind)]);
        };
        part("word/document.xml", &word("document.main"));
        for (_, kind, name) in FIXED {
            part(&format!("word/{name}"), &word(kind));
        }
        part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        part("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    });
    xml.finish()
}

fn relationships<'r>(all: impl Iterator<Item = (&'r str, String, &'r str)>) -> String {
    let mut xml = Xml::new();
    xml.block("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], |xml| {
        for (id, kind, target) in all {
            xml.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", target)]);
        }
    });
    xml.finish()
}

fn package_relationships() -> String {
    let all = [
        ("rId1", format!("{R}/officeDocument"), "word/document.xml"),
        ("rId2", format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
        ("rId3", format!("{R}/extended-properties"), "docProps/app.xml"),
    ];
    relationships(all.into_iter())
}

fn document_relationships(body: &Body) -> String {
    let fixed = FIXED.iter().map(|(id, kind, target)| (*id, format!("{R}/{kind}"), *target));
    let pictures = body.pictures.iter().map(|(id, target)| (id.as_str(), format!("{R}/image"), target.as_str()));
    relationships(fixed.chain(pictures))
}

/// The id of a relationship of the document after the fixed ones.
pub(super) fn relationship(at: usize) -> String {
    format!("rId{}", FIXED.len() + at + 1)
}

/// Title and language, without a time: the same sheet has the same bytes.
fn core(document: &Document) -> String {
    let mut xml = Xml::new();
    let names = [
        ("xmlns:cp", format!("{PACKAGE}/metadata/core-properties")),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/".to_owned()),
    ];
    let names: Vec<(&str, &str)> = names.iter().map(|(name, value)| (*name, value.as_str())).collect();
    xml.block("cp:coreProperties", &names, |xml| {
        xml.leaf("dc:title", &[], &document.title);
        xml.leaf("dc:subject", &[], &document.running.code);
        xml.leaf("dc:creator", &[], "Pilcrow");
        xml.leaf("dc:language", &[], &document.language);
    });
    xml.finish()
}

fn app() -> String {
    let mut xml = Xml::new();
    let name = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml.block("Properties", &[("xmlns", name)], |xml| xml.leaf("Application", &[], "Pilcrow"));
    xml.finish()
}

fn settings(document: &Document) -> String {
    let mut xml = Xml::new();
    xml.block("w:settings", &[("xmlns:w", W)], |xml| {
        xml.empty("w:zoom", &[("w:percent", "100")]);
        xml.empty("w:defaultTabStop", &[("w:val", "480")]);
        xml.empty("w:characterSpacingControl", &[("w:val", "doNotCompress")]);
        xml.within("w:compat", &[], |xml| {
            let word = "http://schemas.microsoft.com/office/word";
            // Without it Word opens the file as one of 2007 and says so.
            for (name, value) in [
                ("compatibilityMode", "15"),
                ("overrideTableStyleFontSizeAndJustification", "1"),
                ("enableOpenTypeFeatures", "1"),
                ("doNotFlipMirrorIndents", "1"),
            ] {
                xml.mark("w:compatSetting", &[("w:name", name), ("w:uri", word), ("w:val", value)]);
            }
        });
        xml.empty("w:themeFontLang", &[("w:val", &document.language)]);
        xml.empty("w:decimalSymbol", &[("w:val", ".")]);
        xml.empty("w:listSeparator", &[("w:val", ",")]);
    });
    xml.finish()
}

/// The head of every page but the first; the stamp stands on that too.
fn header(document: &Document, [left, right]: &[String; 2]) -> String {
    let mut xml = Xml::new();
    xml.block("w:hdr", &[("xmlns:w", W)], |xml| {
        styled(xml, "Header", |xml| {
            xml.raw(&words(left, Look::default()));
            xml.raw(&super::inline::tab());
            xml.raw(&words(right, Look::default()));
            if let Some(stamp) = &document.running.stamp {
                let gap = if right.is_empty() { "" } else { " · " };
                xml.raw(&words(&format!("{gap}{stamp}"), Look::styled("Stamp")));
            }
        });
    });
    xml.finish()
}

fn footer(document: &Document) -> String {
    let mut xml = Xml::new();
    xml.block("w:ftr", &[("xmlns:w", W)], |xml| {
        styled(xml, "Footer", |xml| {
            xml.raw(&words(&document.running.code, Look::default()));
            xml.raw(&super::inline::tab());
            page_of(xml, &document.words.page);
        });
        if !document.running.citation.is_empty() {
            styled(xml, "Footer", |xml| xml.raw(&words(&document.running.citation, Look::default())));
        }
    });
    xml.finish()
}

/// `page {n} of {count}`, the numbers as fields that Word fills in.
fn page_of(xml: &mut Xml, page: &str) {
    let mut rest = page;
    loop {
        let fields = [("{n}", " PAGE "), ("{count}", " NUMPAGES ")];
        let next = fields.into_iter().filter_map(|(name, field)| Some((rest.find(name)?, name, field)));
        let Some((at, name, field)) = next.min_by_key(|(at, ..)| *at) else { break };
        xml.raw(&words(&rest[..at], Look::default()));
        xml.within("w:fldSimple", &[("w:instr", field)], |xml| xml.raw(&words("1", Look::default())));
        rest = &rest[at + name.len()..];
    }
    xml.raw(&words(rest, Look::default()));
}

fn styled(xml: &mut Xml, style: &str, inside: impl FnOnce(&mut Xml)) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| xml.mark("w:pStyle", &[("w:val", style)]));
        inside(xml);
    });
    xml.line();
}

fn body_part(body: &str, sheet: Sheet) -> String {
    let mut xml = Xml::new();
    let names = [
        ("xmlns:w", W),
        ("xmlns:r", R),
        ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ];
    xml.block("w:document", &names, |xml| {
        xml.block("w:body", &[], |xml| {
            xml.raw(body);
            xml.block("w:sectPr", &[], |xml| {
                for (kind, id) in [("default", "rId4"), ("first", "rId5")] {
                    xml.mark("w:headerReference", &[("w:type", kind), ("r:id", id)]);
                }
                for kind in ["default", "first"] {
                    xml.mark("w:footerReference", &[("w:type", kind), ("r:id", "rId6")]);
                }
                let [width, height, margin] = [sheet.width, sheet.height, sheet.margin].map(|side| side.to_string());
                xml.mark("w:pgSz", &[("w:w", &width), ("w:h", &height)]);
                let sides = ["w:top", "w:right", "w:bottom", "w:left"].map(|side| (side, margin.as_str()));
                let rest = [("w:header", "567"), ("w:footer", "500"), ("w:gutter", "0")];
                xml.mark("w:pgMar", &[&sides[..], &rest[..]].concat());
                xml.mark("w:titlePg", &[]);
            });
        });
    });
    xml.finish()
}
