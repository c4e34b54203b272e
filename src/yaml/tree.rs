//! YAML text as a tree of nodes with byte spans.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use super::Fault;
use super::guard::{DEEPEST, MOST_REPEATED};
use crate::input::Span;

/// A node with its place.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    /// Its bytes. Of a block collection: from its first entry to the end of its last.
    pub span: Span,
    /// What it holds.
    pub content: Content<'a>,
}

/// What a node holds. Scalars are texts: their type is for the schema to say.
#[derive(Debug, Clone)]
pub(super) enum Content<'a> {
    /// A text; plain when it has no quotes and is no block.
    Scalar { text: Cow<'a, str>, plain: bool },
    /// Entries in order.
    List(Vec<Node<'a>>),
    /// Keys and values in order; duplicates are kept. `flow` when in braces.
    Map { pairs: Vec<(Node<'a>, Node<'a>)>, flow: bool },
}

impl<'a> Node<'a> {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Nothing was written, or `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.content, Content::Scalar { text, plain: true } if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The value under a key, with the key.
    pub fn field(&self, name: &str) -> Option<(&Node<'a>, &Node<'a>)> {
        let Content::Map { pairs, .. } = &self.content else { return None };
        pairs.iter().find(|(key, _)| key.text() == Some(name)).map(|(key, value)| (key, value))
    }

    /// An entry of a list.
    pub fn entry(&self, at: usize) -> Option<&Node<'a>> {
        match &self.content {
            Content::List(entries) => entries.get(at),
            _ => None,
        }
    }

    /// What a message points at: a scalar whole, of a block its first scalar pair.
    pub fn head(&self) -> Span {
        match &self.content {
            Content::Map { pairs, flow: false } => {
                pairs.first().map_or(self.span.clone(), |(key, value)| match value.content {
                    Content::Scalar { .. } => key.span.start..value.span.end.max(key.span.end),
                    _ => key.span.clone(),
                })
            }
            Content::List(entries) => entries.first().map_or(self.span.clone(), Node::head),
            _ => self.span.clone(),
        }
    }
}

/// Parses a text of one document.
pub(super) fn parse(text: &str) -> Result<Node<'_>, Fault> {
    let mut builder = Builder { bytes: Bytes { text, character: 0, byte: 0 }, ..Builder::default() };
    let mut parser = Parser::new_from_str(text);
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| syntax(text, &mut builder.bytes, &error))?;
        let start = builder.bytes.at(span.start.index());
        let span = start..builder.bytes.at(span.end.index()).max(start);
        if matches!(event, Event::DocumentStart(_)) {
            documents += 1;
            if documents > 1 {
                return Err(Fault::new(span, "a second document begins here")
                    .help("take out the line `---`: a file holds one document"));
            }
        }
        builder.take(event, span)?;
    }
    builder.root.ok_or_else(|| {
        Fault::new(0..0, "the file is empty")
            .help("a bank file begins with `items:`; take the others’ first lines from an example")
    })
}

/// A collection being read.
#[derive(Debug)]
struct Open<'a> {
    node: Node<'a>,
    key: Option<Node<'a>>,
    anchor: usize,
}

#[derive(Debug, Default)]
struct Builder<'a> {
    bytes: Bytes<'a>,
    open: Vec<Open<'a>>,
    anchors: BTreeMap<usize, (Node<'a>, usize)>,
    repeated: usize,
    root: Option<Node<'a>>,
}

impl<'a> Builder<'a> {
    fn take(&mut self, event: Event<'a>, span: Span) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                let written = &self.bytes.text[span.clone()];
                // A block text's span runs to the next token.
                let span = span.start..span.start + written.trim_end().len();
                self.add(Node { span, content: Content::Scalar { text, plain } }, anchor)?;
            }
            Event::SequenceStart(anchor, _) => self.begin(Node { span, content: Content::List(Vec::new()) }, anchor)?,
            Event::MappingStart(anchor, _) => {
                let flow = !span.is_empty();
                self.begin(Node { span, content: Content::Map { pairs: Vec::new(), flow } }, anchor)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(mut open) = self.open.pop() {
                    // The end of a block has no bytes of its own.
                    if !span.is_empty() {
                        open.node.span.end = span.end;
                    }
                    self.add(open.node, open.anchor)?;
                }
            }
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some((node, weight)) => {
                    self.repeated += weight;
                    if self.repeated > MOST_REPEATED {
                        return Err(Fault::new(span, "aliases (`*name`) repeat too much of the file here")
                            .help("write the entries out, or split the file"));
                    }
                    let node = Node { span, content: node.content.clone() };
                    self.add(node, 0)?;
                }
                None => return Err(Fault::new(span, "this alias stands inside what it names")),
            },
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, node: Node<'a>, anchor: usize) -> Result<(), Fault> {
        if self.open.len() >= DEEPEST {
            return Err(Fault::new(node.span, format!("nested deeper than {DEEPEST} levels")));
        }
        self.open.push(Open { node, key: None, anchor });
        Ok(())
    }

    fn add(&mut self, node: Node<'a>, anchor: usize) -> Result<(), Fault> {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), size(&node)));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        open.node.span.end = open.node.span.end.max(node.span.end);
        match &mut open.node.content {
            Content::Map { pairs, .. } => match open.key.take() {
                Some(key) => pairs.push((key, node)),
                None => open.key = Some(node),
            },
            Content::List(entries) => entries.push(node),
            Content::Scalar { .. } => {}
        }
        Ok(())
    }
}

/// Nodes in a subtree, long texts counted by their length: what an alias to it costs.
fn size(node: &Node<'_>) -> usize {
    match &node.content {
        Content::Scalar { text, .. } => 1 + text.len() / 64,
        Content::List(entries) => 1 + entries.iter().map(size).sum::<usize>(),
        Content::Map { pairs, .. } => 1 + pairs.iter().map(|(key, value)| size(key) + size(value)).sum::<usize>(),
    }
}

/// Turns the parser's character indexes into byte offsets by walking from the last one, which is never far.
#[derive(Debug, Default)]
struct Bytes<'a> {
    text: &'a str,
    character: usize,
    byte: usize,
}

impl Bytes<'_> {
    fn at(&mut self, character: usize) -> usize {
        if character >= self.character {
            for c in self.text[self.byte..].chars().take(character - self.character) {
                self.byte += c.len_utf8();
                self.character += 1;
            }
        } else {
            for c in self.text[..self.byte].chars().rev().take(self.character - character) {
                self.byte -= c.len_utf8();
                self.character -= 1;
            }
        }
        self.byte
    }
}

/// A parser's error in a teacher's words.
fn syntax(text: &str, bytes: &mut Bytes<'_>, error: &ScanError) -> Fault {
    let at = bytes.at(error.marker().index());
    let line_start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    if let Some(tab) = tab_in_indentation(text, line_start) {
        return Fault::new(tab..tab + 1, "a tab stands in the indentation")
            .help("indent with spaces, two for each level");
    }
    let width = text[at..line_end].chars().next().map_or(0, char::len_utf8);
    let fault = Fault::new(at..at + width, format!("this is not YAML: {}", error.info()));
    let info = error.info();
    if info.contains("mapping values") || info.contains("simple key") || info.contains("expected ':'") {
        fault.help(
            "a text with a colon, a hash or a quotation mark in it goes in straight double quotes; use “ ” inside",
        )
    } else if info.contains("quoted") || info.contains("EOF") || info.contains("end of stream") {
        fault.help(
            "a quotation mark, bracket or brace is opened above and not closed; inside a text use “ ” instead of \" \"",
        )
    } else if info.contains("flow") || info.contains("','") {
        fault.help("inside [ ] and { } the entries are parted by commas, and a text with a comma or quotation mark goes in straight double quotes, with “ ” inside")
    } else {
        fault.help(
            "check this line and the one above: the indentation, the quotation marks, and the space after each colon",
        )
    }
}

/// The first tab that indents this line or the next: a parser may stumble at the end of the line before.
fn tab_in_indentation(text: &str, line_start: usize) -> Option<usize> {
    let mut start = line_start;
    for line in text[line_start..].split_inclusive('\n').take(2) {
        let indent = &line[..line.len() - line.trim_start().len()];
        if let Some(tab) = indent.find('\t') {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}
