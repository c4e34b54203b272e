//! What an item shows around its interactions: words, pictures, passages, and what is said afterwards.

use super::package::Documents;
use crate::exchange::inline::{escaped, joined};
use crate::exchange::xml::{Child, Node};
use crate::exchange::{Quoted, Shown, Stimulus};
use crate::import::from_html;

/// Marks the place of an interaction in running text; no text has these signs.
pub(super) const HERE: [char; 2] = ['\u{E000}', '\u{E001}'];

/// Interactions that stand in running text.
pub(super) const INLINE: [&str; 3] = ["inlineChoiceInteraction", "textEntryInteraction", "gap"];

/// Words as authored text, and what was met on the way.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub text: String,
    /// Source and alternative text.
    pub pictures: Vec<(String, String)>,
    pub changed: Vec<String>,
}

/// What is inside elements as HTML; interactions in running text are places with the number that `place` gives them. Feedback,
/// rubrics and other interactions are passed over.
fn push_html(node: &Node, out: &mut String, place: &mut dyn FnMut(&Node) -> Option<usize>) {
    for child in &node.children {
        let inner = match child {
            Child::Text(words) => {
                *out += &escaped(words);
                continue;
            }
            Child::Node(inner) => inner,
        };
        let name = inner.name.as_str();
        if INLINE.contains(&name) {
            if let Some(at) = place(inner) {
                *out += &format!("{}{at}{}", HERE[0], HERE[1]);
            }
            continue;
        }
        let hidden = name.ends_with("Interaction") || name.starts_with("feedback") || name.starts_with("template");
        if hidden || matches!(name, "rubricBlock" | "modalFeedback" | "stylesheet" | "catalogInfo" | "infoControl") {
            continue;
        }
        let kept = |wanted: &str| inner.attribute(wanted).map(|value| format!(" {wanted}=\"{}\"", escaped(value)));
        let attributes: String = ["src", "alt", "lang"].iter().filter_map(|name| kept(name)).collect();
        // Names of QTI's own are no HTML: their words are kept.
        *out += &format!("<{name}{attributes}>");
        push_html(inner, out, place);
        *out += &format!("</{name}>");
    }
}

/// The words of an element.
pub(super) fn words(node: &Node) -> Words {
    words_with(node, &mut |_| None)
}

/// The same with places of interactions.
pub(super) fn words_with(node: &Node, place: &mut dyn FnMut(&Node) -> Option<usize>) -> Words {
    let mut html = String::new();
    push_html(node, &mut html, place);
    let marked = from_html(&html);
    Words { text: marked.text, pictures: marked.pictures, changed: marked.changed }
}

pub(super) fn has_class(node: &Node, class: &str) -> bool {
    node.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|known| known == class))
}

/// Every element below, of any name, for which it holds; what is inside of one that was found is not looked through.
pub(super) fn found<'n>(node: &'n Node, wanted: &dyn Fn(&Node) -> bool) -> Vec<&'n Node> {
    let mut out = Vec::new();
    for inner in node.nodes() {
        if wanted(inner) {
            out.push(inner);
        } else {
            out.extend(found(inner, wanted));
        }
    }
    out
}

/// Words of the letter as an export writes them: place and words; other words as they are.
fn quoted(node: &Node) -> Option<Quoted> {
    let (place, words) = (node.first("cite")?, node.first("q")?);
    Some(Quoted { place: place.words().trim().to_owned(), words: words.words() })
}

/// What is said to answers: by name, and after any answer.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Name of the feedback → words.
    pub by_name: Vec<(String, String)>,
    pub explanation: String,
    pub evidence: Vec<Quoted>,
    pub changed: Vec<String>,
}

impl Told {
    /// All feedback of an item. `names` are those that answers have; what has another name is said after any answer.
    pub fn of(item: &Node, names: &[String]) -> Told {
        let mut told = Told::default();
        let is_feedback =
            |node: &Node| matches!(node.name.as_str(), "feedbackInline" | "feedbackBlock" | "modalFeedback");
        // What stands inside a choice is said to that choice alone.
        let is_choice = |node: &Node| matches!(node.name.as_str(), "simpleChoice" | "simpleAssociableChoice");
        let all = found(item, &|node| is_feedback(node) || is_choice(node));
        for feedback in all.into_iter().filter(|node| is_feedback(node)) {
            let name = feedback.attribute("identifier").unwrap_or_default();
            let shows = feedback.attribute("showHide") != Some("hide");
            let evidence: Vec<Quoted> =
                feedback.below("p").into_iter().filter(|p| has_class(p, "evidence")).filter_map(quoted).collect();
            let mut rest = feedback.clone();
            rest.children.retain(|child| match child {
                Child::Node(node) => !(has_class(node, "evidence") && quoted(node).is_some()),
                Child::Text(_) => true,
            });
            let said = words(&rest);
            told.changed.extend(said.changed);
            told.evidence.extend(evidence);
            if shows && names.iter().any(|known| known == name) {
                match told.by_name.iter_mut().find(|(known, _)| known == name) {
                    Some((_, words)) => *words = joined(&[words, &said.text]),
                    None => told.by_name.push((name.to_owned(), said.text)),
                }
            } else if !said.text.is_empty() {
                if !has_class_below(feedback, "explanation") {
                    told.changed.push("feedback to some answers is said after any answer".to_owned());
                }
                told.explanation = joined(&[&told.explanation, &said.text]);
            }
        }
        told
    }

    /// What is said to a choice: inside it, or by its name.
    pub fn to_choice(&self, choice: &Node) -> String {
        let inside = found(choice, &|node| matches!(node.name.as_str(), "feedbackInline" | "feedbackBlock"));
        let inside: Vec<String> = inside.into_iter().map(|node| words(node).text).collect();
        let named = self.to(choice.attribute("identifier").unwrap_or_default());
        let said: Vec<&str> = inside.iter().map(String::as_str).chain([named.as_str()]).collect();
        joined(&said)
    }

    /// What is said to a name.
    pub fn to(&self, name: &str) -> String {
        self.by_name.iter().find(|(known, _)| known == name).map(|(_, words)| words.clone()).unwrap_or_default()
    }
}

fn has_class_below(node: &Node, class: &str) -> bool {
    !found(node, &|inner| has_class(inner, class)).is_empty()
}

/// The passages that an item shares with others: in a file of their own, or in its body.
pub(super) fn stimuli(item: &Node, path: &str, documents: &Documents) -> Vec<Stimulus> {
    let mut out = Vec::new();
    for reference in item.all("assessmentStimulusRef") {
        let Some(file) = documents.beside(path, reference.attribute("href").unwrap_or_default()) else { continue };
        let Some(node) = documents.node(&file) else { continue };
        let id = reference.attribute("identifier").unwrap_or_default();
        let title = node.attribute("title").unwrap_or_default();
        out.push(stimulus(id, title, node.first("stimulusBody").unwrap_or(node)));
    }
    let Some(body) = item.first("itemBody") else { return out };
    for shared in found(body, &|node| is_shared(node)) {
        let file = shared.attribute("href").or_else(|| shared.attribute("data"));
        match file {
            None => out.push(stimulus(shared.attribute("id").unwrap_or_default(), "", shared)),
            Some(href) => {
                let Some(file) = documents.beside(path, href) else { continue };
                let Some(node) = documents.node(&file) else { continue };
                out.push(stimulus(&file, "", node));
            }
        }
    }
    out
}

/// A passage in the body: as an export repeats it, included by XInclude, or an object that is a page.
pub(super) fn is_shared(node: &Node) -> bool {
    let page = || node.attribute("type").is_some_and(|kind| kind.contains("html") || kind.contains("xml"));
    match node.name.as_str() {
        "div" => has_class(node, "stimulus"),
        "include" => true,
        "object" => page(),
        _ => false,
    }
}

/// An element without those of a name inside it.
fn without(node: &Node, name: &str) -> Node {
    let mut rest = node.clone();
    rest.children.retain(|child| !matches!(child, Child::Node(inner) if inner.name == name));
    rest
}

fn stimulus(id: &str, title: &str, node: &Node) -> Stimulus {
    let node = match node.nodes().collect::<Vec<_>>().as_slice() {
        [only] if has_class(only, "stimulus") => *only,
        _ => node,
    };
    let mut stimulus = Stimulus {
        id: id.trim_start_matches("stimulus-").to_owned(),
        title: title.to_owned(),
        intro: String::new(),
        passages: Vec::new(),
    };
    for block in node.nodes() {
        let source = block.first("cite").filter(|_| has_class(block, "passage"));
        let text = match source {
            Some(_) => words(&without(block, "cite")),
            None => words(block),
        };
        let pictures = text.pictures.iter().map(|(_, alt)| Shown::Text(format!("[{alt}]"), String::new()));
        stimulus.passages.extend(pictures);
        match quoted(block) {
            Some(quoted) => stimulus.passages.push(Shown::Quoted(quoted)),
            None if matches!(block.name.as_str(), "h1" | "h2" | "h3") && stimulus.title.is_empty() => {
                stimulus.title = crate::exchange::inline::plain(&text.text);
            }
            None if block.name == "h2" && crate::exchange::inline::plain(&text.text) == stimulus.title => {}
            None if has_class(block, "intro") => stimulus.intro = text.text,
            None if text.text.is_empty() => {}
            None => {
                let source = source.map(|source| words(source).text).unwrap_or_default();
                stimulus.passages.push(Shown::Text(text.text, source));
            }
        }
    }
    if stimulus.passages.is_empty() {
        let text = words(node).text;
        stimulus.passages.extend((!text.is_empty()).then(|| Shown::Text(text, String::new())));
    }
    if stimulus.title.is_empty() {
        stimulus.title.clone_from(&stimulus.id);
    }
    stimulus
}
