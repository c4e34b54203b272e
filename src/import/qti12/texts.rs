//! The texts of an item: materials as HTML or words, the paragraphs that an export wrote, pictures.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;

use crate::exchange::archive::Packed;
use crate::exchange::inline::{as_markup, escaped};
use crate::exchange::xml::{Child, Node};
use crate::import::exercise::note;
use crate::import::{Marked, Opened, from_html};

/// Elements that ask for a response: what stands in them is no part of the question.
const RESPONSES: [&str; 6] =
    ["response_lid", "response_str", "response_num", "response_grp", "response_xy", "response_extension"];

/// The texts below an element as HTML, those of responses left out.
pub(super) fn html(node: &Node) -> String {
    let mut out = String::new();
    push_html(node, &mut out);
    out
}

fn push_html(node: &Node, out: &mut String) {
    for child in node.nodes().filter(|child| !RESPONSES.contains(&child.name.as_str())) {
        match child.name.as_str() {
            "mattext" | "matemtext" | "mat_formattedtext" => {
                if !out.is_empty() {
                    out.push_str("<br>");
                }
                out.push_str(&material(child));
            }
            "matimage" => {
                let of = |name| escaped(child.attribute(name).unwrap_or_default());
                *out += &format!("<img src=\"{}\" alt=\"{}\">", of("uri"), of("label"));
            }
            _ => push_html(child, out),
        }
    }
}

/// A text of a material. What calls itself plain is words; what calls itself nothing is HTML where it has tags.
fn material(node: &Node) -> String {
    let words = node.words();
    if node.nodes().next().is_some() {
        return inner(node);
    }
    let is_tagged = || {
        let mut after = words.split('<').skip(1);
        after.any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && rest.contains('>'))
    };
    let told = node.attribute("texttype").or_else(|| node.attribute("type")).unwrap_or_default().to_lowercase();
    match told.as_str() {
        "text/plain" | "plain" => escaped(&words),
        "" | "smart_text" if !is_tagged() => escaped(&words),
        _ => words,
    }
}

/// XHTML that stands in the document itself.
fn inner(node: &Node) -> String {
    let mut out = String::new();
    for child in &node.children {
        match child {
            Child::Text(text) => out.push_str(&escaped(text)),
            Child::Node(node) => {
                let attributes: String =
                    node.attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escaped(value))).collect();
                out += &format!("<{}{attributes}>{}</{}>", node.name, inner(node), node.name);
            }
        }
    }
    out
}

/// The paragraphs of a class that an export wrote, inside.
pub(super) fn paragraphs<'h>(html: &'h str, class: &str) -> Vec<&'h str> {
    let opening = format!("<p class=\"pilcrow-{class}\">");
    html.split(opening.as_str()).skip(1).map(|rest| rest.split("</p>").next().unwrap_or(rest)).collect()
}

/// Whether an export wrote the paragraphs.
pub(super) fn is_own(html: &str) -> bool {
    html.contains("<p class=\"pilcrow-")
}

/// HTML → authored text; what was changed is added to a list.
pub(super) fn text(html: &str, changed: &mut Vec<String>) -> String {
    let Marked { text, changed: of_html, pictures } = from_html(html);
    for what in of_html {
        note(changed, what);
    }
    if !pictures.is_empty() {
        note(changed, "a picture inside a text was left out");
    }
    text
}

/// `¶6 “…”`: the place, and the words.
pub(super) fn quoted(html: &str) -> Option<(String, String)> {
    // No mark-up was written: what is left to undo are escapes.
    let words = crate::exchange::xml::decoded(html);
    let (place, words) = words.split_once(" “")?;
    Some((place.to_owned(), words.strip_suffix('”')?.to_owned()))
}

/// Plain words as authored text.
pub(super) fn words(plain: &str) -> String {
    as_markup(&plain.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A picture by its source: a file of the archive, or written out in the source itself.
pub(super) fn picture(opened: &Opened, source: &str) -> Option<Packed> {
    if let Some(written) = source.strip_prefix("data:image/") {
        let (kind, data) = written.split_once(";base64,")?;
        let ending = match kind {
            "jpeg" | "jpg" => "jpg",
            "svg+xml" => "svg",
            "png" => "png",
            _ => return None,
        };
        let data: String = data.chars().filter(|c| !c.is_whitespace()).collect();
        return Some(Packed::new(format!("picture.{ending}"), STANDARD.decode(data).ok()?));
    }
    let path = percent_decode_str(source.split(['?', '#']).next()?).decode_utf8_lossy();
    // `$IMS-CC-FILEBASE$/`, `$IMS_CC_FILEBASE$/../`, `@X@EmbeddedFile…@X@`: where the archive’s files are.
    let path = path.rsplit(['$', '@']).next()?.trim_start_matches(['/', '.']).to_owned();
    if path.is_empty() {
        return None;
    }
    let ends = |name: &str| name.strip_suffix(path.as_str()).is_some_and(|head| head.is_empty() || head.ends_with('/'));
    opened.file(&path).or_else(|| opened.files.iter().find(|file| ends(&file.name))).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_found_by_every_way_of_naming_them() {
        let file = Packed::new("web_resources/Uploaded Media/a map.png", "x");
        let opened = Opened { stem: String::new(), text: String::new(), files: vec![file.clone()], notes: Vec::new() };
        for source in [
            "%24IMS-CC-FILEBASE%24/Uploaded%20Media/a%20map.png?canvas_download=1",
            "$IMS_CC_FILEBASE$/../Uploaded Media/a map.png",
            "a map.png",
        ] {
            assert_eq!(picture(&opened, source).as_ref(), Some(&file), "{source}");
        }
        for none in
            ["", "%", "%2", "map.png", "http://example.org/", "data:image/png;base64,***", "data:text/html;base64,eA=="]
        {
            assert_eq!(picture(&opened, none), None, "{none}");
        }
        assert_eq!(picture(&opened, "data:image/png;base64,eA==").unwrap().bytes, b"x");
    }
}
