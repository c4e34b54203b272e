//! Moodle XML, as Moodle and many other programs write it: every type that has a like in a bank.

mod gaps;
mod pictures;
mod types;

pub(super) use types::row_of;

use super::exercise::note;
use super::graded::Head;
use super::page::{Notation, asked, told};
use super::{Entry, Marked, Opened, Read, Reader};
use crate::exchange::Interaction;
use crate::exchange::xml::{self, Node};

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "moodle-xml",
    about: "Moodle XML, the question bank of a course",
    detects: |opened| begins_a_quiz(&opened.text),
    read,
};

/// Whether the first element is `quiz`.
fn begins_a_quiz(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while rest.starts_with("<?") || rest.starts_with("<!") {
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        let Some(at) = rest.find(end) else { return false };
        rest = rest[at + end.len()..].trim_start();
    }
    rest.strip_prefix("<quiz").is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c.is_whitespace()))
}

fn read(opened: &Opened) -> Result<Read, String> {
    let root = xml::read(&opened.text).map_err(|fault| fault.to_string())?;
    if root.name != "quiz" {
        return Err(format!("the XML is no question bank of Moodle: it begins with <{}>", root.name));
    }
    let mut reading = Reading { read: Read::default(), category: String::new() };
    for node in root.all("question") {
        reading.question(node);
    }
    if root.all("question").next().is_none() {
        return Err("the question bank has no questions".to_owned());
    }
    Ok(reading.read)
}

/// What was read so far.
struct Reading {
    read: Read,
    /// Path of the category that questions are in.
    category: String,
}

/// The words of `<name><text>…`.
fn text_in(node: &Node, name: &str) -> String {
    let Some(inner) = node.first(name) else { return String::new() };
    inner.first("text").unwrap_or(inner).words().trim().to_owned()
}

/// The words of an element.
fn words(node: &Node, name: &str) -> Option<String> {
    node.first(name).map(|inner| inner.words().trim().to_owned()).filter(|words| !words.is_empty())
}

/// A text with its notation: its own, or that of the question.
fn marked(node: &Node, usual: Notation) -> Marked {
    let notation = node.attribute("format").map_or(usual, Notation::of);
    notation.read(&node.first("text").unwrap_or(node).words())
}

/// What Moodle itself says to every right or wrong answer.
const USUAL: [&str; 3] = ["Your answer is correct.", "Your answer is partially correct.", "Your answer is incorrect."];

/// What is said: a text without pictures. What it loses is told.
fn said(node: &Node, usual: Notation, changed: &mut Vec<String>) -> String {
    let Marked { text, pictures, changed: lost } = marked(node, usual);
    let pictures =
        pictures.into_iter().map(|(source, _)| format!("the picture of a hint or remark was left out: {source}"));
    lost.into_iter().chain(pictures).for_each(|what| note(changed, what));
    text
}

/// As Moodle reads it: `false`, `0` and nothing are no.
fn truth(node: &Node, name: &str, usual: bool) -> bool {
    match node.first(name) {
        None => usual,
        Some(inner) => !matches!(inner.words().trim(), "false" | "0" | ""),
    }
}

impl Reading {
    fn question(&mut self, node: &Node) {
        let form = node.attribute("type").unwrap_or_default();
        if form == "category" {
            return self.category(node);
        }
        let name = text_in(node, "name");
        let entry = match types::Form::of(form) {
            Ok(form) => self.known(node, form, &name),
            Err(why) => Entry::Dropped { name: name.clone(), why },
        };
        self.read.entries.push(match entry {
            Entry::Dropped { name, why } if name.is_empty() => {
                Entry::Dropped { name: format!("question {}", self.read.entries.len() + 1), why }
            }
            entry => entry,
        });
    }

    fn category(&mut self, node: &Node) {
        self.category = text_in(node, "category");
        let path = self.category.replace("//", "\u{2044}");
        let mut parts = path.split('/').filter(|part| !part.starts_with('$') && *part != "top");
        if let (true, Some(title)) = (self.read.title.is_empty(), parts.next()) {
            self.read.title = title.replace('\u{2044}', "/");
        }
    }

    /// A question of a type that has a like.
    fn known(&mut self, node: &Node, form: types::Form, name: &str) -> Entry {
        let mut head = self.head(node, name);
        let notation = notation(node);
        for name in ["correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"] {
            let said = node.first(name).map(|inner| said(inner, notation, &mut head.changed)).unwrap_or_default();
            if !said.is_empty() && !USUAL.contains(&said.as_str()) {
                head.changed.push(format!("what was said to every right or wrong answer was left out: {said}"));
            }
        }
        let interaction = match types::interaction(node, form, notation, &mut head) {
            Ok(interaction) => interaction,
            Err(why) => return Entry::Dropped { name: name.to_owned(), why },
        };
        if head.asked.stem.is_empty() {
            if !matches!(interaction, Interaction::Gaps { .. }) {
                return Entry::Dropped { name: name.to_owned(), why: "it asks nothing: its text is empty".to_owned() };
            }
            head.asked.stem = "Complete the text.".to_owned();
        }
        let pictures = std::mem::take(&mut head.asked.pictures);
        let picture = self.picture(&pictures, node.first("questiontext"), &mut head.changed);
        let set = head.asked.set.take();
        let mut question = head.question(interaction, self.read.entries.last());
        question.picture = picture;
        question.exercise.stimulus = set.map(|set| self.read.stimulus(set));
        Entry::Question(Box::new(question))
    }

    fn head(&self, node: &Node, name: &str) -> Head {
        let usual = notation(node);
        let text = node.first("questiontext").map(|inner| inner.first("text").unwrap_or(inner).words());
        let feedback = node.first("generalfeedback");
        let told_in = feedback.map(|inner| inner.first("text").unwrap_or(inner).words()).unwrap_or_default();
        let feedback = feedback.and_then(|inner| inner.attribute("format")).map_or(usual, Notation::of);
        let tags = node.all("tags").chain(node.all("coursetags")).flat_map(|tags| tags.all("tag"));
        let mut tags: Vec<String> =
            tags.map(|tag| tag.words().trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
        let own = tags.iter().any(|tag| tag.starts_with("section:"));
        if !own && !self.category.is_empty() && self.category != "$course$/top" {
            tags.push(format!("category: {}", self.category));
        }
        let mut changed = Vec::new();
        let hints: Vec<String> = node.all("hint").map(|hint| said(hint, usual, &mut changed)).collect();
        Head {
            id: words(node, "idnumber").unwrap_or_else(|| name.to_owned()),
            tags,
            hints: hints.into_iter().filter(|hint| !hint.is_empty()).collect(),
            points: words(node, "defaultgrade").and_then(|points| points.parse().ok()),
            asked: asked(&text.unwrap_or_default(), usual),
            told: told(&told_in, feedback),
            changed,
        }
    }
}

/// The notation of a question’s text, which is that of all its texts that do not name one.
fn notation(node: &Node) -> Notation {
    let format = node.first("questiontext").and_then(|text| text.attribute("format"));
    format.map_or(Notation::Html, Notation::of)
}
