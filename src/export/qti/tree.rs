//! What is written, in the words of QTI 2.1, until a dialect spells it.

use crate::exchange::qti::Dialect;
use crate::exchange::xml::Xml;

/// An element in the making.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Element {
    name: &'static str,
    /// Its names are those of a dialect, not HTML's.
    of_qti: bool,
    attributes: Vec<(&'static str, String)>,
    inside: Vec<Inside>,
}

#[derive(Debug, Clone, PartialEq)]
enum Inside {
    Element(Element),
    Words(String),
    /// Well-formed already.
    Markup(String),
}

/// An element of QTI.
pub(super) fn qti(name: &'static str) -> Element {
    Element { name, of_qti: true, attributes: Vec::new(), inside: Vec::new() }
}

/// An element of HTML.
pub(super) fn html(name: &'static str) -> Element {
    Element { of_qti: false, ..qti(name) }
}

/// A paragraph, given as XHTML.
pub(super) fn paragraph(xhtml: impl Into<String>) -> Element {
    html("p").markup(xhtml)
}

impl Element {
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub fn hold(mut self, elements: impl IntoIterator<Item = Element>) -> Self {
        self.inside.extend(elements.into_iter().map(Inside::Element));
        self
    }

    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.inside.push(Inside::Words(words.into()));
        self
    }

    pub fn markup(mut self, xhtml: impl Into<String>) -> Self {
        self.inside.push(Inside::Markup(xhtml.into()));
        self
    }

    /// Whether space inside it would be seen.
    fn is_running(&self) -> bool {
        self.inside.iter().any(|inside| !matches!(inside, Inside::Element(_)))
    }

    /// The document of which it is the root.
    pub fn document(&self, dialect: &Dialect) -> String {
        let mut xml = Xml::new();
        self.write(&mut xml, dialect, false);
        xml.finish()
    }

    fn write(&self, xml: &mut Xml, dialect: &Dialect, in_running: bool) {
        let spelt = |name: &str| if self.of_qti { dialect.element(name) } else { name.to_owned() };
        let attribute = |name: &str| if self.of_qti { dialect.attribute(name) } else { name.to_owned() };
        let name = spelt(self.name);
        let attributes: Vec<(String, &str)> =
            self.attributes.iter().map(|(name, value)| (attribute(name), value.as_str())).collect();
        let attributes: Vec<(&str, &str)> = attributes.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let running = in_running || self.is_running();
        let write = |xml: &mut Xml| match dialect.wraps(self.name) {
            Some(body) => xml.within(&dialect.element(body), &[], |xml| self.write_inside(xml, dialect, running)),
            None => self.write_inside(xml, dialect, running),
        };
        match (self.inside.is_empty(), running) {
            (true, _) if in_running => xml.mark(&name, &attributes),
            (true, _) => xml.empty(&name, &attributes),
            (false, false) => xml.block(&name, &attributes, write),
            (false, true) => {
                xml.within(&name, &attributes, write);
                if !in_running {
                    xml.line();
                }
            }
        }
    }

    fn write_inside(&self, xml: &mut Xml, dialect: &Dialect, running: bool) {
        for inside in &self.inside {
            match inside {
                Inside::Element(element) => element.write(xml, dialect, running),
                Inside::Words(words) => xml.text(words),
                Inside::Markup(xhtml) => xml.raw(xhtml),
            }
        }
    }
}
