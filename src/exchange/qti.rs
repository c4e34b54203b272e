//! The two spellings of QTI, one of which is written and all of which are read: `simpleChoice` and `responseIdentifier` of QTI
//! 2.1, `qti-simple-choice` and `response-identifier` of QTI 3. Items are made and read in the words of 2.1.

use super::xml::{Child, Node};

/// A version of QTI, as far as its spelling goes. Source of all that is here: 1EdTech's published schemas and its guide “QTI 3
/// Migration from QTI 2.x”.
#[derive(Debug)]
pub struct Dialect {
    /// `qti21`, as the format is called.
    pub name: &'static str,
    /// `2.1`, of which `v2p1` is made.
    pub version: &'static str,
    /// Names have the prefix `qti-` and hyphens, and what people read in feedback and rubrics stands in a `qti-content-body`.
    hyphens: bool,
    /// Namespace of items, tests and stimuli, and its schema.
    pub namespace: [&'static str; 2],
    /// Namespace of the manifest, and its schema.
    pub manifest: [&'static str; 2],
    /// Namespace of the manifest's own metadata, and its schema.
    pub metadata: [&'static str; 2],
    /// `schema` and `schemaversion` of the manifest.
    pub schema: [&'static str; 2],
    /// Before and after the name of a standard template of response processing.
    template: [&'static str; 2],
    /// Stimuli are files of their own, and outcomes say that a person marks them.
    pub has_stimuli: bool,
}

/// QTI 2.1.
pub const QTI21: Dialect = Dialect {
    name: "qti21",
    version: "2.1",
    hyphens: false,
    namespace: ["http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"],
    manifest: [
        "http://www.imsglobal.org/xsd/imscp_v1p1",
        "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    ],
    metadata: [
        "http://www.imsglobal.org/xsd/imsqti_metadata_v2p1",
        "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_metadata_v2p1.xsd",
    ],
    schema: ["QTIv2.1 Package", "1.0.0"],
    template: ["http://www.imsglobal.org/question/qti_v2p1/rptemplates/", ""],
    has_stimuli: false,
};

/// QTI 3.0.
pub const QTI3: Dialect = Dialect {
    name: "qti3",
    version: "3.0",
    hyphens: true,
    namespace: [
        "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    ],
    manifest: [
        "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
        "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    ],
    metadata: [
        "http://www.imsglobal.org/xsd/imsqti_metadata_v3p0",
        "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_metadatav3p0_v1p0.xsd",
    ],
    schema: ["QTI Package", "3.0.0"],
    template: ["https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/", ".xml"],
    has_stimuli: true,
};

impl Dialect {
    /// The name of an element of QTI, given as 2.1 has it.
    pub fn element(&self, name: &str) -> String {
        if self.hyphens { format!("qti-{}", hyphened(name)) } else { name.to_owned() }
    }

    /// The name of an attribute of an element of QTI, given as 2.1 has it.
    pub fn attribute(&self, name: &str) -> String {
        if self.hyphens && !name.contains(':') { hyphened(name) } else { name.to_owned() }
    }

    /// What is around the words of feedback and rubrics, if anything.
    pub fn wraps(&self, name: &str) -> Option<&'static str> {
        (self.hyphens && matches!(name, "modalFeedback" | "rubricBlock")).then_some("contentBody")
    }

    /// The address of a standard template: `match_correct`, `map_response`.
    pub fn template(&self, name: &str) -> String {
        self.template.join(name)
    }

    /// The type of a resource in the manifest: `item`, `test`, `stimulus`.
    pub fn resource(&self, of: &str) -> String {
        format!("imsqti_{of}_xmlv{}", self.version.replace('.', "p"))
    }
}

fn hyphened(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// The name in 2.1 of what is written with hyphens.
fn humped(name: &str) -> String {
    let mut parts = name.split('-');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut out, part| {
        let mut chars = part.chars();
        out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(chars.as_str());
        out
    })
}

/// A document of any version in the words of 2.1: names, attributes, and no `qti-content-body` around words.
pub fn in_words_of_two(node: Node) -> Node {
    let (name, is_three) = match node.name.strip_prefix("qti-") {
        Some(name) => (humped(name), true),
        None => (node.name, false),
    };
    let attribute = |(name, value): (String, String)| match is_three && !name.starts_with("data-") {
        true => (humped(&name), value),
        false => (name, value),
    };
    let mut children = Vec::with_capacity(node.children.len());
    for child in node.children {
        match child {
            // As deep as the reader of XML goes, and no deeper.
            Child::Node(inner) => match in_words_of_two(inner) {
                body if body.name == "contentBody" => children.extend(body.children),
                inner => children.push(Child::Node(inner)),
            },
            text @ Child::Text(_) => children.push(text),
        }
    }
    Node { name, attributes: node.attributes.into_iter().map(attribute).collect(), children }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::xml::read;

    #[test]
    fn names_go_there_and_back() {
        for name in ["assessmentItem", "simpleChoice", "hottext", "p", "inlineChoiceInteraction"] {
            assert_eq!(QTI21.element(name), name);
            assert_eq!(humped(QTI3.element(name).strip_prefix("qti-").unwrap()), name);
        }
        assert_eq!(QTI3.element("simpleAssociableChoice"), "qti-simple-associable-choice");
        assert_eq!([QTI3.attribute("baseType"), QTI3.attribute("xml:lang")], ["base-type", "xml:lang"]);
        assert_eq!(
            QTI21.template("map_response"),
            "http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"
        );
        assert!(QTI3.template("map_response").ends_with("/v3p0/rptemplates/map_response.xml"));
        assert_eq!([QTI3.resource("item"), QTI21.resource("test")], ["imsqti_item_xmlv3p0", "imsqti_test_xmlv2p1"]);
        let three = "<a:qti-modal-feedback show-hide=\"show\"><qti-content-body><p data-x-y='1'>w</p></qti-content-body></a:qti-modal-feedback>";
        let two = "<modalFeedback showHide=\"show\"><p data-x-y='1'>w</p></modalFeedback>";
        assert_eq!(in_words_of_two(read(three).unwrap()), read(two).unwrap());
    }
}
