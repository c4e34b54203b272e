//! The catalog's entries, the metadata, the outline and the file's identity.

use lopdf::{Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::PdfError;
use super::structure::words;
use crate::layout::{Entry, Pages};

/// Adds metadata, language, viewer preferences and outline; removes what printpdf writes of its own.
pub(super) fn attach(file: &mut lopdf::Document, pages: &Pages, page_ids: &[ObjectId]) -> Result<(), PdfError> {
    file.version = "1.7".into();
    let description = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let xmp = file.add_object(Stream::new(description, packet(pages).into_bytes()));
    let outline = outline(file, pages, page_ids);
    let catalog = file.catalog_mut()?;
    for key in [b"PageLayout".as_slice(), b"PageMode", b"Outlines", b"OutputIntents"] {
        catalog.remove(key);
    }
    catalog.set("Metadata", Object::Reference(xmp));
    catalog.set("Lang", Object::string_literal(pages.language.as_str()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    if let Some(outline) = outline {
        catalog.set("Outlines", Object::Reference(outline));
        catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
    let info = file.add_object(dictionary! {
        "Title" => words(&pages.title),
        "Creator" => words("pilcrow"),
        "Producer" => words(PRODUCER),
    });
    file.trailer.set("Info", Object::Reference(info));
    Ok(())
}

const PRODUCER: &str = concat!("pilcrow ", env!("CARGO_PKG_VERSION"));

/// Sets the file's identity from its content: equal files have equal ones.
pub(super) fn identify(file: &mut lopdf::Document) {
    let mut hash = Sha256::new();
    for (id, object) in &file.objects {
        hash.update(id.0.to_be_bytes());
        match object {
            Object::Stream(stream) => hash.update(&stream.content),
            other => hash.update(format!("{other:?}")),
        }
    }
    let digest = hash.finalize();
    let id = Object::String(digest.iter().take(16).copied().collect(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
}

fn packet(pages: &Pages) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (title, language) = (escape(&pages.title), escape(&pages.language));
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\
         <xmp:CreatorTool>pilcrow</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>\
         <pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

/// The outline's entries as a tree by their levels; `None` without headings.
fn outline(file: &mut lopdf::Document, pages: &Pages, page_ids: &[ObjectId]) -> Option<ObjectId> {
    if pages.outline.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = pages.outline.iter().map(|_| file.new_object_id()).collect();
    let parents = parents(&pages.outline);
    let children = |of: Option<usize>| -> Vec<ObjectId> {
        ids.iter().zip(&parents).filter(|(_, parent)| **parent == of).map(|(id, _)| *id).collect()
    };
    for (at, entry) in pages.outline.iter().enumerate() {
        let siblings = children(parents[at]);
        let place = siblings.iter().position(|id| *id == ids[at]).unwrap_or(0);
        let top = (pages.size.1 - entry.y).round() as i64;
        let page = page_ids.get(entry.page).copied().unwrap_or(root);
        let target =
            vec![Object::Reference(page), Object::Name(b"XYZ".to_vec()), Object::Null, top.into(), Object::Null];
        let mut item = dictionary! {
            "Title" => words(&entry.text),
            "Parent" => Object::Reference(parents[at].map_or(root, |parent| ids[parent])),
            "Dest" => target,
        };
        if let Some(before) = place.checked_sub(1).and_then(|place| siblings.get(place)) {
            item.set("Prev", Object::Reference(*before));
        }
        if let Some(after) = siblings.get(place + 1) {
            item.set("Next", Object::Reference(*after));
        }
        let own = children(Some(at));
        if let (Some(first), Some(last)) = (own.first(), own.last()) {
            item.set("First", Object::Reference(*first));
            item.set("Last", Object::Reference(*last));
            item.set("Count", under(&pages.outline, at) as i64);
        }
        file.objects.insert(ids[at], Object::Dictionary(item));
    }
    let top = children(None);
    let mut tree = dictionary! { "Type" => "Outlines", "Count" => ids.len() as i64 };
    if let (Some(first), Some(last)) = (top.first(), top.last()) {
        tree.set("First", Object::Reference(*first));
        tree.set("Last", Object::Reference(*last));
    }
    file.objects.insert(root, Object::Dictionary(tree));
    Some(root)
}

/// How many entries stand under one, at any depth.
fn under(entries: &[Entry], at: usize) -> usize {
    entries[at + 1..].iter().take_while(|entry| entry.level > entries[at].level).count()
}

/// The entry that each entry stands under: the last one before it of a higher rank.
fn parents(entries: &[Entry]) -> Vec<Option<usize>> {
    (0..entries.len()).map(|at| (0..at).rev().find(|&before| entries[before].level < entries[at].level)).collect()
}
