//! Small XML documents read into a tree. Nothing is expanded or fetched.

use std::fmt;

use quick_xml::events::{BytesStart, Event};

/// Deepest nesting that is read.
const DEEPEST: usize = 200;
/// Most elements of a document.
const MOST: usize = 2_000_000;
/// Most elements of a question: its lists are gone through for each entry of others.
pub const MOST_OF_AN_ITEM: usize = 10_000;
/// Most bytes of XML in a package: in memory they are twenty times as many.
pub const MOST_OF_A_PACKAGE: usize = 48 << 20;

/// An element that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// Its name without a prefix.
    pub name: String,
    /// Attributes, names without a prefix.
    pub attributes: Vec<(String, String)>,
    /// What is inside, in order.
    pub children: Vec<Child>,
}

/// What is inside an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Child {
    /// Another.
    Node(Node),
    /// Words, CDATA among them.
    Text(String),
}

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// Byte of the text.
    pub at: usize,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (byte {})", self.message, self.at)
    }
}

impl Node {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements inside it.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter_map(|child| match child {
            Child::Node(node) => Some(node),
            Child::Text(_) => None,
        })
    }

    /// The elements of a name inside it.
    pub fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.nodes().filter(move |node| node.name == name)
    }

    /// The first element of a name inside it.
    pub fn first(&self, name: &str) -> Option<&Node> {
        self.nodes().find(|node| node.name == name)
    }

    /// Every element of a name below it, at any depth, in order.
    pub fn below<'n>(&'n self, name: &str) -> Vec<&'n Node> {
        let mut found = Vec::new();
        let mut left: Vec<&Node> = self.nodes().collect();
        left.reverse();
        while let Some(node) = left.pop() {
            if node.name == name {
                found.push(node);
            }
            let at = left.len();
            left.extend(node.nodes());
            left[at..].reverse();
        }
        found
    }

    /// How many elements it is, with those below it.
    pub fn count(&self) -> usize {
        // The reader has seen to it that this is not deep.
        self.nodes().map(Node::count).sum::<usize>() + 1
    }

    /// All words in it, at any depth.
    pub fn words(&self) -> String {
        let mut out = String::new();
        push_words(self, &mut out);
        out
    }
}

fn push_words(node: &Node, out: &mut String) {
    for child in &node.children {
        match child {
            Child::Text(text) => out.push_str(text),
            // The reader has seen to it that this is not deep.
            Child::Node(node) => push_words(node, out),
        }
    }
}

/// Reads a document: its outermost element. A document type is passed over where it only names one; one that defines anything
/// is refused, so nothing can be expanded or fetched. Entities of HTML are known, as exports of old programs have them.
///
/// # Errors
/// What is not well-formed, too deep, too large, or defines entities.
pub fn read(text: &str) -> Result<Node, Fault> {
    let mut reader = quick_xml::Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    let mut open: Vec<Node> = Vec::new();
    let mut root: Option<Node> = None;
    let mut count = 0;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(0);
        let fault = |message: String| Fault { message, at };
        let event = reader.read_event().map_err(|error| fault(format!("the XML is not well-formed: {error}")))?;
        let begun = matches!(event, Event::Start(_));
        match event {
            Event::Start(start) | Event::Empty(start) => {
                count += 1;
                if open.len() >= DEEPEST || count > MOST {
                    return Err(fault("the XML is nested too deep or has too many elements".to_owned()));
                }
                let node = node(&start).map_err(fault)?;
                if begun { open.push(node) } else { close(node, &mut open, &mut root) }
            }
            Event::End(_) => {
                if let Some(node) = open.pop() {
                    close(node, &mut open, &mut root);
                }
            }
            Event::Text(text) => push_text(&mut open, &text),
            Event::CData(text) => push_text(&mut open, &text),
            Event::GeneralRef(reference) => {
                let resolved = character(&reference).map(String::from);
                let named = || entity(&reference).map(str::to_owned);
                push_text(&mut open, &resolved.or_else(named).unwrap_or_else(|| format!("&{};", &*reference)));
            }
            Event::DocType(doctype) => {
                if doctype.contains('[') {
                    return Err(fault("the XML defines entities or a document type, which is not read".to_owned()));
                }
            }
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    match (open.last(), root) {
        (None, Some(root)) => Ok(root),
        (Some(node), _) => Err(Fault { message: format!("the XML ends inside <{}>", node.name), at: text.len() }),
        (None, None) => Err(Fault { message: "there is no element".to_owned(), at: 0 }),
    }
}

fn node(start: &BytesStart<'_>) -> Result<Node, String> {
    let mut node = Node { name: start.local_name().as_ref().to_owned(), ..Node::default() };
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| format!("the XML is not well-formed: {error}"))?;
        let value = decoded(&attribute.value);
        node.attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
    }
    Ok(node)
}

fn close(node: Node, open: &mut [Node], root: &mut Option<Node>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(Child::Node(node)),
        None => {
            root.get_or_insert(node);
        }
    }
}

fn push_text(open: &mut [Node], words: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Child::Text(text)) => text.push_str(words),
        _ => parent.children.push(Child::Text(words.to_owned())),
    }
}

/// A text with its references to characters and entities resolved; those that are not known stay as they are.
pub fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest[1..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).map(|end| end + 1);
        let name = end.filter(|end| rest[*end..].starts_with(';')).map(|end| &rest[1..end]);
        let resolved =
            name.and_then(|name| character(name).map(String::from).or_else(|| entity(name).map(str::to_owned)));
        match (name, resolved) {
            (Some(name), Some(resolved)) => {
                out.push_str(&resolved);
                rest = &rest[name.len() + 2..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// `#8217`, `#x2019`.
fn character(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    // Numbers of Windows-1252, as browsers read them.
    let code = match code {
        0x80..=0x9f => {
            let byte = u8::try_from(code).ok()?;
            return encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next();
        }
        code => code,
    };
    char::from_u32(code).filter(|c| *c != '\0')
}

/// Entities of XML, and those of HTML that teachers' programs write.
fn entity(name: &str) -> Option<&'static str> {
    const KNOWN: [(&str, &str); 62] = [
        ("amp", "&"),
        ("lt", "<"),
        ("gt", ">"),
        ("quot", "\""),
        ("apos", "'"),
        ("nbsp", "\u{a0}"),
        ("ldquo", "“"),
        ("rdquo", "”"),
        ("lsquo", "‘"),
        ("rsquo", "’"),
        ("sbquo", "‚"),
        ("bdquo", "„"),
        ("laquo", "«"),
        ("raquo", "»"),
        ("ndash", "–"),
        ("mdash", "—"),
        ("hellip", "…"),
        ("bull", "•"),
        ("middot", "·"),
        ("para", "¶"),
        ("sect", "§"),
        ("copy", "©"),
        ("reg", "®"),
        ("trade", "™"),
        ("deg", "°"),
        ("plusmn", "±"),
        ("times", "×"),
        ("divide", "÷"),
        ("frac12", "½"),
        ("frac14", "¼"),
        ("frac34", "¾"),
        ("sup1", "¹"),
        ("sup2", "²"),
        ("sup3", "³"),
        ("micro", "µ"),
        ("euro", "€"),
        ("pound", "£"),
        ("cent", "¢"),
        ("yen", "¥"),
        ("agrave", "à"),
        ("aacute", "á"),
        ("acirc", "â"),
        ("auml", "ä"),
        ("aring", "å"),
        ("ccedil", "ç"),
        ("egrave", "è"),
        ("eacute", "é"),
        ("ecirc", "ê"),
        ("euml", "ë"),
        ("iacute", "í"),
        ("icirc", "î"),
        ("ntilde", "ñ"),
        ("oacute", "ó"),
        ("ocirc", "ô"),
        ("ouml", "ö"),
        ("uacute", "ú"),
        ("uuml", "ü"),
        ("szlig", "ß"),
        ("Auml", "Ä"),
        ("Ouml", "Ö"),
        ("Uuml", "Ü"),
        ("Eacute", "É"),
    ];
    KNOWN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
