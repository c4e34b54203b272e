//! The parts of a field of ours: its lists and paragraphs with their classes, as a person may have edited them.

use crate::exchange::inline::plain;
use crate::import::html::{attribute, from_html};

/// An element.
pub(super) struct Block {
    /// Its classes.
    classes: Vec<String>,
    /// What is inside, HTML.
    pub inner: String,
    /// What follows it, HTML.
    pub after: String,
}

impl Block {
    pub fn is(&self, class: &str) -> bool {
        self.classes.iter().any(|known| known == class)
    }

    /// Its entries, as HTML.
    pub fn entries(&self) -> Vec<Block> {
        blocks(&self.inner, &["li"])
    }
}

/// The elements of these names, in order; those inside another of its name are a part of it.
pub(super) fn blocks(html: &str, names: &[&str]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((name, tag, inside)) = next(rest, names) {
        let mut depth = 1;
        let mut end = inside.len();
        let mut after = "";
        for (at, _) in inside.match_indices('<') {
            let tag = &inside[at + 1..];
            if starts(tag, name) {
                depth += 1;
            } else if tag.strip_prefix('/').is_some_and(|tag| starts(tag, name)) {
                depth -= 1;
            }
            if depth == 0 {
                end = at;
                after = inside[at..].split_once('>').map_or("", |(_, after)| after);
                break;
            }
        }
        let classes = attribute(tag, "class").unwrap_or_default();
        let classes = classes.split_whitespace().map(str::to_owned).collect();
        found.push(Block { classes, inner: inside[..end].to_owned(), after: after.to_owned() });
        rest = after;
    }
    found
}

/// The next tag that opens one of the names: name, tag, what follows.
fn next<'h, 'n>(html: &'h str, names: &[&'n str]) -> Option<(&'n str, &'h str, &'h str)> {
    for (at, _) in html.match_indices('<') {
        let text = &html[at + 1..];
        if let Some(name) = names.iter().copied().find(|name| starts(text, name)) {
            let (tag, inside) = text.split_once('>')?;
            return Some((name, tag, inside));
        }
    }
    None
}

/// Whether a tag has this name.
fn starts(tag: &str, name: &str) -> bool {
    let head = tag.as_bytes().get(..name.len());
    let ends = tag.as_bytes().get(name.len()).is_some_and(|byte| !byte.is_ascii_alphanumeric());
    ends && head.is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()))
}

/// HTML as authored text.
pub(super) fn markup(html: &str) -> String {
    from_html(html).text
}

/// HTML as plain words.
pub(super) fn words(html: &str) -> String {
    plain(&markup(html))
}

/// The bold words with which an entry begins, and what follows them.
pub(super) fn named(entry: &str) -> (String, String) {
    match blocks(entry, &["b", "strong"]).into_iter().next() {
        Some(block) => (words(&block.inner), markup(&block.after)),
        None => (String::new(), markup(entry)),
    }
}

/// The place of a letter of a list: `A` and `a` are 0, `AA` is 26.
pub(super) fn place(label: &str) -> Option<usize> {
    const MOST: usize = 1_000;
    (0..MOST).find(|at| crate::exchange::letter(*at).eq_ignore_ascii_case(label.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found_whatever_is_around_and_in_them() {
        let html = "x<UL class='a b'><li>one<ul><li>in</li></ul></li><li class=\"fixed\">two</ul><p class=c>p</p>";
        let found = blocks(html, &["ul", "p"]);
        assert_eq!(found.len(), 2);
        assert!(found[0].is("a") && found[0].is("b") && !found[0].is("c") && found[1].is("c"));
        assert_eq!(found[0].entries().len(), 2);
        assert!(found[0].entries()[1].is("fixed"));
        assert_eq!(named("<b>B</b> <em>so</em>"), ("B".to_owned(), "*so*".to_owned()));
        assert_eq!([place("A"), place("c"), place("AB"), place("?")], [Some(0), Some(2), Some(27), None]);
        for broken in ["<ul", "<ul>", "<ul><li>", "</ul>", "<", "<ul class=\"", "é<é"] {
            blocks(broken, &["ul", "li"]);
        }
    }
}
