//! Where the nodes of a text stand: looked up by their paths, when a fault is to be shown.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

use super::guard;
use super::tree::{self, Node};
use crate::input::Span;

/// The places of a text's nodes, for many look-ups.
#[derive(Debug)]
pub struct Places<'a> {
    text: &'a str,
    /// The bytes of the entries of its lists, where they are known.
    entries: BTreeMap<&'a str, Vec<Range<usize>>>,
    whole: OnceCell<Option<Node<'a>>>,
    /// The entry looked at last, with its start: faults come item by item.
    last: RefCell<Option<(usize, Node<'a>)>>,
}

impl<'a> Places<'a> {
    /// Of any text. It is parsed whole, which for 11 MB takes a second.
    pub fn new(text: &'a str) -> Self {
        Places { text, entries: BTreeMap::new(), whole: OnceCell::new(), last: RefCell::new(None) }
    }

    /// Of a text that is plain: only the entries looked up are parsed.
    pub fn of_plain(text: &'a str) -> Self {
        Places { entries: entries(text), ..Places::new(text) }
    }

    /// The bytes of the node at a path such as `items[14].evidence[0].quote`; a map is shown by its first entry, and a path
    /// ending in `:` means the key itself. Where the path leads nowhere, the nearest node above it; 0..0 where the text
    /// cannot be parsed.
    pub fn span(&self, path: &str) -> Span {
        self.in_entry(path).or_else(|| self.whole().map(|root| span(root, path))).unwrap_or(0..0)
    }

    fn whole(&self) -> Option<&Node<'a>> {
        let parse = || guard::check(self.text).ok().and_then(|()| tree::parse(self.text).ok());
        self.whole.get_or_init(parse).as_ref()
    }

    fn in_entry(&self, path: &str) -> Option<Span> {
        let (list, rest) = path.split_once('[')?;
        let (number, below) = rest.split_once(']')?;
        let at = self.entries.get(list)?.get(number.parse::<usize>().ok()?)?;
        let mut last = self.last.borrow_mut();
        if last.as_ref().is_none_or(|(start, _)| *start != at.start) {
            *last = Some((at.start, tree::parse(&self.text[at.clone()]).ok()?));
        }
        let (start, node) = last.as_ref()?;
        let found = span(node.entry(0)?, below);
        Some(start + found.start..start + found.end)
    }
}

/// The node at a path below another one.
fn span(mut node: &Node<'_>, path: &str) -> Span {
    let (path, key_wanted) = path.strip_suffix(':').map_or((path, false), |path| (path, true));
    let mut key = None;
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        let next = match step.strip_suffix(']') {
            Some(number) => number.parse().ok().and_then(|at| node.entry(at)).map(|entry| (None, entry)),
            None => node.field(step).map(|(key, value)| (Some(key), value)),
        };
        match next {
            Some((at, below)) => (key, node) = (at, below),
            None => return node.head(),
        }
    }
    match key {
        Some(key) if key_wanted || node.span.is_empty() => key.span.clone(),
        _ => node.head(),
    }
}

/// The entries of the lists that stand under the outermost keys of a plain text: no line of one begins with a dash in the
/// column of its list unless an entry begins there.
fn entries(text: &str) -> BTreeMap<&str, Vec<Range<usize>>> {
    let mut lists: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    let (mut list, mut column) = ("", None);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_start_matches(' ');
        let indent = line.len() - inner.len();
        let entry = inner.starts_with("- ") && indent == *column.get_or_insert(indent);
        if !inner.trim_end().is_empty() && !inner.starts_with('#') {
            if entry {
                lists.entry(list).or_default().push(start..start);
            } else if indent == 0 {
                (list, column) = (inner.split(':').next().unwrap_or_default(), None);
            }
        }
        start += line.len();
        if (indent > 0 || entry)
            && let Some(last) = lists.get_mut(list).and_then(|entries| entries.last_mut())
        {
            last.end = start;
        }
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_alone_has_the_places_that_it_has_in_the_whole() {
        let text = include_str!("../../questions/kennedy-1961/bank/d-line.yaml");
        let (plain, whole) = (Places::of_plain(text), Places::new(text));
        for path in [
            "items[0].id",
            "items[3]",
            "items[3].distractors[1].because",
            "items[7].hints:",
            "items[7].none.of[3].these",
            "items[19].evidence[0].quote",
            "sets[0].passages[0].cite",
            "items[3].key",
            "items",
            "sets:",
            "items[999].id",
        ] {
            assert_eq!(plain.span(path), whole.span(path), "{path}");
        }
        assert!(plain.whole.get().is_some());
        let again = Places::of_plain(text);
        assert!(again.span("items[5].stem").start > 0 && again.whole.get().is_none(), "the whole was parsed");
        let flat = "sets: []\n# a\nitems:\n\n- id: a\n  hints:\n  - b\n # c\n- id: d\n";
        assert_eq!(Places::of_plain(flat).span("items[1].id"), Places::new(flat).span("items[1].id"));
    }
}
