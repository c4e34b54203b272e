//! The files of a package: which of them are items, in what order, and what the manifest says of them.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::exchange::qti::in_words_of_two;
use crate::exchange::xml::{MOST_OF_A_PACKAGE, Node, read};
use crate::import::Opened;

/// The documents of a package, in the words of 2.1.
pub(super) struct Documents {
    /// Path → the document, or why it cannot be read.
    all: BTreeMap<String, Result<Node, String>>,
    /// Paths of items, in order.
    pub items: Vec<String>,
    /// Path of an item → the words by which it is searched.
    keywords: BTreeMap<String, Vec<String>>,
    /// Title of the test, or of the package.
    pub title: String,
    /// Paths in small letters → as they are.
    named: BTreeMap<String, String>,
}

/// Most bytes of a document that is looked at to see what it is.
const GLANCE: usize = 4096;

/// Whether a text is a document of QTI 2 or 3, by its outermost element.
pub(super) fn is_qti(text: &str, three: bool) -> bool {
    let mut end = text.len().min(GLANCE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let roots = [
        "assessmentItem",
        "assessmentTest",
        "assessmentStimulus",
        "qti-assessment-item",
        "qti-assessment-test",
        "qti-assessment-stimulus",
    ];
    let is_root = |name: &str| {
        head.match_indices(name).any(|(at, _)| {
            let before = head[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
            let before = if head[..at].ends_with(':') {
                head[..at - 1].trim_end_matches(|c: char| c.is_ascii_alphanumeric())
            } else {
                before
            };
            let after = head[at + name.len()..].chars().next();
            before.ends_with('<') && after.is_none_or(|c| c.is_whitespace() || c == '>' || c == '/')
        })
    };
    roots.iter().filter(|name| name.starts_with("qti-") == three).any(|name| is_root(name))
}

/// Files of an archive that may be documents.
fn is_xml(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".xml", ".qti", ".html", ".xhtml", ".htm"].iter().any(|ending| name.ends_with(ending))
}

impl Documents {
    /// Reads a single item, or a package.
    ///
    /// # Errors
    /// In a sentence: more XML than a package of questions has.
    pub fn of(opened: &Opened) -> Result<Documents, String> {
        let mut documents = Documents {
            all: BTreeMap::new(),
            items: Vec::new(),
            keywords: BTreeMap::new(),
            title: String::new(),
            named: BTreeMap::new(),
        };
        let parsed = |text: &str| match read(text) {
            Ok(node) => Ok(in_words_of_two(node)),
            Err(fault) => Err(fault.to_string()),
        };
        if opened.files.is_empty() {
            documents.all.insert(String::new(), parsed(&opened.text));
            documents.items.push(String::new());
            return Ok(documents);
        }
        let xml: usize = opened.files.iter().filter(|file| is_xml(&file.name)).map(|file| file.bytes.len()).sum();
        if xml > MOST_OF_A_PACKAGE {
            return Err(format!("the package has more than {} MB of XML", MOST_OF_A_PACKAGE >> 20));
        }
        let mut found = BTreeSet::new();
        for file in opened.files.iter().filter(|file| is_xml(&file.name)) {
            let Some(text) = opened.text_of(&file.name) else { continue };
            let is_item = is_qti(&text, true) || is_qti(&text, false);
            let node = parsed(&text);
            let is_broken_item = node.is_err() && is_item;
            if is_broken_item || node.as_ref().is_ok_and(|node| node.name == "assessmentItem") {
                found.insert(file.name.clone());
            }
            documents.named.insert(file.name.to_ascii_lowercase(), file.name.clone());
            documents.all.insert(file.name.clone(), node);
        }
        let manifest = documents.all.keys().filter(|name| name.to_ascii_lowercase().ends_with("imsmanifest.xml"));
        // Some programs put the whole package into a folder.
        let manifest = manifest.min_by_key(|name| name.len()).cloned();
        let listed = manifest.map(|path| documents.listed(&path)).unwrap_or_default();
        let mut order = documents.in_tests();
        order.extend(listed);
        // What neither has comes in the archive's own order.
        order.extend(opened.files.iter().map(|file| file.name.clone()));
        documents.items = order.into_iter().filter(|path| found.remove(path)).collect();
        Ok(documents)
    }

    /// Items as the manifest lists them; what it says of them is kept.
    fn listed(&mut self, path: &str) -> Vec<String> {
        let Some(Ok(manifest)) = self.all.get(path) else { return Vec::new() };
        let mut order = Vec::new();
        let mut keywords = BTreeMap::new();
        for resource in manifest.below("resource") {
            let file = resource.first("file").and_then(|file| file.attribute("href"));
            let Some(file) = resource.attribute("href").or(file).and_then(|href| self.beside(path, href)) else {
                continue;
            };
            let words = resource.below("keyword").into_iter().flat_map(|keyword| match keyword.nodes().count() {
                0 => vec![keyword.words()],
                _ => keyword.nodes().map(Node::words).collect(),
            });
            let words: Vec<String> = words.map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
            keywords.insert(file.clone(), words);
            order.push(file);
        }
        let title = manifest.first("metadata").map(|node| node.below("title")).unwrap_or_default();
        let title = title.first().map(|node| node.words().trim().to_owned()).unwrap_or_default();
        self.keywords = keywords;
        if self.title.is_empty() {
            self.title = title;
        }
        order
    }

    /// Items in the order of tests.
    fn in_tests(&self) -> Vec<String> {
        let tests = self.all.iter().filter_map(|(path, node)| Some((path, node.as_ref().ok()?)));
        let tests = tests.filter(|(_, node)| matches!(node.name.as_str(), "assessmentTest" | "assessmentSection"));
        tests
            .flat_map(|(path, node)| {
                let references = node.below("assessmentItemRef").into_iter();
                references.filter_map(|reference| self.beside(path, reference.attribute("href")?)).collect::<Vec<_>>()
            })
            .collect()
    }

    /// A document.
    pub fn node(&self, path: &str) -> Option<&Node> {
        self.all.get(path)?.as_ref().ok()
    }

    /// An item, or why it cannot be read.
    pub fn item(&self, path: &str) -> Result<&Node, String> {
        match self.all.get(path) {
            Some(Ok(node)) if node.name == "assessmentItem" => Ok(node),
            Some(Ok(node)) => Err(format!("it is an <{}> without its items: import the whole package", node.name)),
            Some(Err(why)) => Err(why.clone()),
            None => Err("the file is not there".to_owned()),
        }
    }

    /// The words by which an item is searched.
    pub fn keywords(&self, path: &str) -> Vec<String> {
        self.keywords.get(path).cloned().unwrap_or_default()
    }

    /// The path of a document that another names.
    pub fn beside(&self, path: &str, href: &str) -> Option<String> {
        let path = resolved(path, href)?;
        match self.all.contains_key(&path) {
            true => Some(path),
            false => self.named.get(&path.to_ascii_lowercase()).cloned(),
        }
    }
}

/// The path in the package that a file means by a reference; nothing outside of the package.
pub(super) fn resolved(path: &str, href: &str) -> Option<String> {
    let href = href.split(['#', '?']).next().unwrap_or_default();
    let href = percent_decode_str(href).decode_utf8_lossy().replace('\\', "/");
    let mut parts: Vec<&str> = if href.starts_with('/') { Vec::new() } else { path.split('/').collect() };
    parts.pop();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stay_in_the_package() {
        assert_eq!(resolved("items/a.xml", "../pictures/a%20b.png").as_deref(), Some("pictures/a b.png"));
        assert_eq!(resolved("a.xml", "./b.xml#c").as_deref(), Some("b.xml"));
        assert_eq!(resolved("a.xml", "../../etc/passwd"), None);
        assert_eq!(resolved("a.xml", "%4%zz%").as_deref(), Some("%4%zz%"));
    }

    #[test]
    fn documents_are_known_by_their_root() {
        assert!(is_qti("<?xml version='1.0'?><!-- x --><assessmentItem xmlns='y'>", false));
        assert!(is_qti("<q:qti-assessment-item>", true) && !is_qti("<q:qti-assessment-item>", false));
        assert!(!is_qti("<p>assessmentItem</p><assessmentItemRef/>", false));
    }
}
