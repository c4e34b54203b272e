//! XML: a writer that closes what it opens, and a reader of small documents into a tree. No entity is ever defined or fetched.

mod read;

pub use read::{Child, Fault, MOST_OF_A_PACKAGE, MOST_OF_AN_ITEM, Node, decoded, read};

use quick_xml::Writer;
use quick_xml::events::{BytesCData, BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::inline::push_escaped;

/// XML in the making. What is written is well-formed whatever the texts are; characters that XML forbids become U+FFFD.
pub struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Default for Xml {
    fn default() -> Self {
        Xml::new()
    }
}

impl Xml {
    /// A document that begins with `<?xml version="1.0" encoding="UTF-8"?>`.
    pub fn new() -> Self {
        let mut xml = Xml::fragment();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.line();
        xml
    }

    /// Without a declaration.
    pub fn fragment() -> Self {
        Xml { writer: Writer::new(Vec::new()) }
    }

    /// A `Vec` takes whatever is written to it.
    fn event(&mut self, event: Event<'_>) {
        let _ = self.writer.write_event(event);
    }

    /// An element with what is written inside it, on a line of its own: for elements between which space means nothing.
    pub fn block(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Xml)) {
        self.start(name, attributes);
        self.line();
        inside(self);
        self.end(name);
        self.line();
    }

    /// An element with what is written inside it, without space around.
    pub fn within(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Xml)) {
        self.start(name, attributes);
        inside(self);
        self.end(name);
    }

    /// An element with words, on a line of its own.
    pub fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], words: &str) {
        self.start(name, attributes);
        self.text(words);
        self.end(name);
        self.line();
    }

    /// An element with a CDATA section, on a line of its own.
    pub fn cdata_leaf(&mut self, name: &str, attributes: &[(&str, &str)], words: &str) {
        self.start(name, attributes);
        self.cdata(words);
        self.end(name);
        self.line();
    }

    /// An element without content, on a line of its own.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(element(name, attributes)));
        self.line();
    }

    /// An element without content in running text.
    pub fn mark(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(element(name, attributes)));
    }

    /// Words.
    pub fn text(&mut self, words: &str) {
        self.event(Event::Text(BytesText::new(&allowed(words))));
    }

    /// Words in CDATA; a `]]>` in them is parted.
    pub fn cdata(&mut self, words: &str) {
        let words = allowed(words);
        for part in BytesCData::escaped(&words) {
            self.event(Event::CData(part));
        }
    }

    /// What is well-formed already: a fragment of [`Xml::fragment`] or of [`super::inline::html`].
    pub fn raw(&mut self, fragment: &str) {
        self.event(Event::Text(BytesText::from_escaped(fragment)));
    }

    /// A line's end.
    pub fn line(&mut self) {
        self.event(Event::Text(BytesText::from_escaped("\n")));
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Start(element(name, attributes)));
    }

    fn end(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// The document.
    pub fn finish(self) -> String {
        // What was written are texts and tags, all of them UTF-8.
        String::from_utf8(self.writer.into_inner()).unwrap_or_default()
    }
}

fn element<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
    let mut start = BytesStart::new(name);
    for (attribute, value) in attributes {
        let mut escaped = String::new();
        push_escaped(&mut escaped, value);
        // Escaped by hand: line ends in attributes would be read as spaces.
        let escaped = escaped.replace('\n', "&#10;").replace('\t', "&#9;");
        start.push_attribute(quick_xml::events::attributes::Attribute {
            key: quick_xml::name::QName(attribute),
            value: escaped.into(),
        });
    }
    start
}

/// The words without characters that XML forbids.
fn allowed(words: &str) -> String {
    words
        .chars()
        .map(|c| match c {
            '\t' | '\n' => c,
            c if c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE => '\u{FFFD}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let hostile = "a < b & \"c\" ]]> \u{1} é — “q”\n'";
        let mut xml = Xml::new();
        xml.block("quiz", &[("a", hostile)], |xml| {
            xml.leaf("text", &[], hostile);
            xml.cdata_leaf("html", &[], hostile);
            xml.empty("none", &[("x", "1")]);
            xml.within("p", &[], |xml| xml.raw("<em>a</em> b"));
        });
        let text = xml.finish();
        let root = read(&text).unwrap();
        let expected = hostile.replace('\u{1}', "\u{FFFD}");
        assert_eq!((root.name.as_str(), root.attribute("a")), ("quiz", Some(expected.as_str())));
        assert_eq!(root.first("text").unwrap().words(), expected);
        assert_eq!(root.first("html").unwrap().words(), expected);
        assert_eq!(root.first("p").unwrap().words(), "a b");
        assert_eq!(root.below("em").len(), 1);
    }

    #[test]
    fn hostile_documents_are_refused() {
        let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
        assert!(read(laughs).unwrap_err().message.contains("entities"));
        let fetched = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>";
        assert!(read(fetched).is_err());
        assert!(read(&"<a>".repeat(100_000)).unwrap_err().message.contains("deep"));
        for broken in ["", "<a>", "<a></b>", "plain"] {
            assert!(read(broken).is_err(), "{broken}");
        }
        assert_eq!(read("<!DOCTYPE q SYSTEM \"q.dtd\"><q>&eacute;&#146;&nope;&</q>").unwrap().words(), "é’&nope;&");
    }
}
