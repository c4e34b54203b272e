//! What a file says of itself: title, language, conformance; and the outline of its headings.

use super::number::{reference, text, whole};
use crate::layout::{Entry, Pages, Spot};

const PRODUCER: &str = concat!("pilcrow ", env!("CARGO_PKG_VERSION"));

/// The information dictionary.
pub(super) fn information(out: &mut Vec<u8>, title: &str) {
    out.extend_from_slice(b"<</Title");
    text(out, title);
    out.extend_from_slice(b"/Creator(pilcrow)/Producer");
    text(out, PRODUCER);
    out.extend_from_slice(b">>");
}

/// What PDF/A wants to be told of a claim that it does not know: that of PDF/UA.
const ACCESSIBLE: &str = "<pdfaExtension:schemas xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
     xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\
     <rdf:Bag><rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>PDF/UA</pdfaSchema:schema>\
     <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
     <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
     <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
     <pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part</pdfaProperty:description>\
     </rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>";

/// The metadata packet, which claims conformance to PDF/UA-1 and, of an `archival` file, to PDF/A-2a.
pub(super) fn packet(title: &str, language: &str, archival: bool) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (title, language) = (escape(title), escape(language));
    let (kept, told) = match archival {
        true => ("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>", ACCESSIBLE),
        false => ("", ""),
    };
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\
         <xmp:CreatorTool>pilcrow</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>\
         {kept}<pdfuaid:part>1</pdfuaid:part>{told}</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

/// Where something leads, as the entry of a dictionary; `first_page` is the object of the first page.
pub(super) fn destination(out: &mut Vec<u8>, spot: Spot, (pages, first_page): (&Pages, u32)) {
    out.extend_from_slice(b"/Dest[");
    reference(out, first_page + spot.page as u32);
    out.extend_from_slice(b"/XYZ ");
    // On a page that is read whole a reader keeps to the column that it shows.
    match spot.x {
        0.0 => out.extend_from_slice(b"null"),
        left => whole(out, left.round() as u64),
    }
    out.push(b' ');
    whole(out, (pages.size.1 - spot.y).max(0.0).round() as u64);
    out.extend_from_slice(b" null]");
}

/// The headings of a document as a tree by their levels.
pub(super) struct Outline<'a> {
    entries: &'a [Entry],
    parents: Vec<Option<usize>>,
}

/// What an outline refers to.
#[derive(Clone, Copy)]
pub(super) struct Targets<'a> {
    /// The entry, or the outline, over the document's first headings.
    pub parent: u32,
    /// The first entry.
    pub entry: u32,
    pub pages: &'a Pages,
    /// The first page; the others follow.
    pub page: u32,
}

impl<'a> Outline<'a> {
    /// The outline of a document's own entries.
    pub fn of(entries: &'a [Entry]) -> Self {
        // Each stands under the last one before it of a higher rank.
        let parent = |at: usize| (0..at).rev().find(|&before| entries[before].level < entries[at].level);
        Outline { entries, parents: (0..entries.len()).map(parent).collect() }
    }

    pub fn count(&self) -> u32 {
        self.entries.len() as u32
    }

    /// The first and the last entry under one, or under the document.
    pub fn ends(&self, parent: Option<usize>) -> Option<(u32, u32)> {
        let under = |at: &usize| self.parents[*at] == parent;
        let first = (0..self.entries.len()).find(under)?;
        let last = (0..self.entries.len()).rev().find(under)?;
        Some((first as u32, last as u32))
    }

    /// Writes an entry.
    pub fn entry(&self, out: &mut Vec<u8>, at: usize, targets: Targets<'_>) {
        let entry = &self.entries[at];
        let parent = self.parents[at];
        out.extend_from_slice(b"<</Title");
        text(out, &entry.text);
        out.extend_from_slice(b"/Parent ");
        reference(out, parent.map_or(targets.parent, |parent| targets.entry + parent as u32));
        let sibling = |other: &usize| self.parents[*other] == parent;
        let linked = [
            (b"/Prev ".as_slice(), (0..at).rev().find(sibling)),
            (b"/Next ", (at + 1..self.entries.len()).find(sibling)),
            (b"/First ", self.ends(Some(at)).map(|ends| ends.0 as usize)),
            (b"/Last ", self.ends(Some(at)).map(|ends| ends.1 as usize)),
        ];
        for (key, other) in linked {
            if let Some(other) = other {
                out.extend_from_slice(key);
                reference(out, targets.entry + other as u32);
            }
        }
        let under = self.entries[at + 1..].iter().take_while(|other| other.level > entry.level).count();
        if under > 0 {
            out.extend_from_slice(b"/Count ");
            whole(out, under as u64);
        }
        destination(out, entry.at, (targets.pages, targets.page));
        out.extend_from_slice(b">>");
    }
}
