//! The objects of one document, or of several that are imposed together, numbered and serialized.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::content::Link;
use super::deflate::Deflater;
use super::embed::Embedding;
use super::file::{Chunk, Sealed};
use super::form::FormPlaces;
use super::metadata::{Outline, Targets, destination};
use super::number::{real, reals, reference, text, whole};
use super::structure::Places;
use super::{Press, Proof};
use crate::layout::{Entry, FaceId, Pages, Part};
use crate::picture::Picture;

/// The numbers that are kept for what is written last.
#[derive(Clone, Copy)]
#[repr(u32)]
pub(super) enum Kept {
    Catalog = 1,
    Pages,
    Structure,
    Parents,
    Metadata,
    Information,
    Outline,
    /// What colours mean.
    Profile,
    /// The element over all documents of a packet.
    Document,
}

/// Where the objects of a document begin.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct ObjectNumbers {
    first: u32,
    /// The first of its keys of the parent tree: its pages have one each, then its links, then its fields.
    pub key: u32,
    pub pages: u32,
    streams: u32,
    pub links: u32,
    fields: u32,
    /// Objects of its form in object streams, and streams.
    form: (u32, u32),
    elements: u32,
    parts: u32,
    entries: u32,
    own: (u32, u32),
}

impl ObjectNumbers {
    pub fn of(proof: &Proof<'_>, first: u32, key: u32) -> Self {
        let counts = proof.own.values().map(Embedding::count);
        let own = counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
        let (pages, entries) = (proof.pages.pages.len() as u32, proof.pages.outline.len() as u32);
        let (links, parts) = (proof.shown.links.len() as u32, proof.pages.parts.len() as u32);
        let (fields, form) = (proof.form.fields.len() as u32, proof.form.count());
        let (streams, elements) = (proof.streams.len() as u32, proof.plan.count);
        ObjectNumbers { first, key, pages, streams, links, fields, form, elements, parts, entries, own }
    }

    /// How many keys of the parent tree it has.
    pub fn keys(self) -> u32 {
        self.pages + self.links + self.fields
    }

    /// Where its form is.
    pub fn form(self) -> FormPlaces {
        FormPlaces {
            first: self.link() + self.links,
            page: self.page(),
            key: self.key + self.pages + self.links,
            resources: self.resources(),
        }
    }

    /// Its node of the page tree; the pages follow.
    pub fn node(self) -> u32 {
        self.first
    }

    pub fn page(self) -> u32 {
        self.node() + 1
    }

    /// The content streams.
    pub fn streams(self) -> u32 {
        self.page() + self.pages
    }

    /// The leaf of the parent tree; the entries of the pages follow.
    pub fn parents(self) -> u32 {
        self.streams() + self.streams
    }

    pub fn element(self) -> u32 {
        self.parents() + 1 + self.pages
    }

    /// The entries of its parts in the outline.
    pub fn entry(self) -> u32 {
        self.element() + self.elements
    }

    /// The entries of headings, part after part.
    pub fn headings(self) -> u32 {
        self.entry() + self.parts
    }

    pub fn link(self) -> u32 {
        self.headings() + self.entries
    }

    pub fn resources(self) -> u32 {
        self.link() + self.links + self.form.0 + self.form.1
    }

    pub fn fonts(self) -> u32 {
        self.resources() + 1
    }

    /// The number after its last object.
    pub fn end(self) -> u32 {
        let packed =
            3 + 2 * self.pages + self.elements + self.parts + self.entries + self.links + self.form.0 + self.own.0;
        self.first + Chunk::numbers(packed, self.streams + self.form.1 + self.own.1)
    }
}

/// What all documents of a file share.
pub(super) struct Shared<'p, 'f> {
    pub press: &'p Press<'f>,
    /// The first object of each face.
    pub fonts: BTreeMap<FaceId, u32>,
    /// Whether the file is a packet of several documents.
    pub many: bool,
    /// The font in which fields are filled in, once a document has any.
    pub typing: Option<u32>,
    /// The image objects: one for each picture, however often it is shown.
    pub images: Vec<(Arc<Picture>, u32)>,
}

impl Shared<'_, '_> {
    /// The number of a raster's image object.
    pub fn image(&self, raster: &Arc<Picture>) -> Option<u32> {
        self.images.iter().find(|(known, _)| Arc::ptr_eq(known, raster)).map(|(_, number)| *number)
    }

    /// The objects of a document: the content of its pages, and what frames it.
    pub fn chunks(&self, proof: &Proof<'_>, numbers: ObjectNumbers) -> [Arc<Sealed>; 2] {
        self.press.coding.with_tools(|tools| {
            let known = tools.frames.get(self, proof, numbers);
            let frame = known.unwrap_or_else(|| {
                let frame = Arc::new(self.frame(proof, numbers, &mut tools.deflater));
                tools.frames.keep(self, proof, numbers, &frame);
                frame
            });
            [Arc::new(content(proof, numbers, &mut tools.deflater)), frame]
        })
    }

    /// Everything but the content of its pages.
    fn frame(&self, proof: &Proof<'_>, numbers: ObjectNumbers, deflater: &mut Deflater) -> Sealed {
        let mut chunk = Chunk::new(numbers.first);
        chunk.reserve(numbers.fonts() - numbers.first);
        let mut fonts = self.fonts.clone();
        for (face, embedding) in &proof.own {
            fonts.insert(*face, embedding.append(&mut chunk, deflater));
        }
        chunk.object(numbers.resources(), deflater, |out| {
            out.extend_from_slice(b"<</Font<<");
            for (face, number) in fonts.iter().filter(|(face, _)| proof.used[face.number()]) {
                out.extend_from_slice(b"/F");
                whole(out, face.number() as u64);
                out.push(b' ');
                reference(out, *number);
            }
            out.extend_from_slice(b">>");
            if !proof.shown.rasters.is_empty() {
                out.extend_from_slice(b"/XObject<<");
                for (at, raster) in (0u32..).zip(&proof.shown.rasters) {
                    out.extend_from_slice(b"/Im");
                    whole(out, at);
                    out.push(b' ');
                    reference(out, self.image(raster).unwrap_or_default());
                }
                out.extend_from_slice(b">>");
            }
            out.extend_from_slice(b">>");
        });
        chunk.object(numbers.node(), deflater, |out| {
            out.extend_from_slice(b"<</Type/Pages/Parent ");
            reference(out, Kept::Pages as u32);
            out.extend_from_slice(b"/Kids[");
            for at in 0..numbers.pages {
                reference(out, numbers.page() + at);
                out.push(b' ');
            }
            out.extend_from_slice(b"]/Count ");
            whole(out, numbers.pages);
            out.extend_from_slice(b"/MediaBox[0 0 ");
            real(out, proof.pages.size.0);
            out.push(b' ');
            real(out, proof.pages.size.1);
            out.extend_from_slice(b"]>>");
        });
        let parent = if self.many { Kept::Document } else { Kept::Structure } as u32;
        let boxes = proof.shown.boxes.as_slice();
        let links = proof.shown.links.as_slice();
        let places = Places {
            pages: &proof.pages,
            boxes,
            links,
            link: numbers.link(),
            form: &proof.form,
            form_places: numbers.form(),
            parent,
            element: numbers.element(),
            page: numbers.page(),
            many: self.many,
        };
        chunk.object(numbers.parents(), deflater, |out| {
            out.extend_from_slice(b"<</Limits[");
            whole(out, numbers.key);
            out.push(b' ');
            whole(out, (numbers.key + numbers.keys()).saturating_sub(1));
            out.extend_from_slice(b"]/Nums[");
            let pages = (0..numbers.pages).map(|at| numbers.parents() + 1 + at);
            let fields = proof.form.fields.iter().map(|field| field.node);
            let annotated = links.iter().map(|link| link.node).chain(fields);
            let owners = pages.chain(annotated.map(|node| proof.plan.element(node, places.element)));
            for (key, owner) in (numbers.key..).zip(owners) {
                whole(out, key);
                out.push(b' ');
                reference(out, owner);
                out.push(b' ');
            }
            out.extend_from_slice(b"]>>");
        });
        for (at, content) in (0..).zip(&proof.contents) {
            chunk.object(numbers.page() + at, deflater, |out| {
                out.extend_from_slice(b"<</Type/Page/Parent ");
                reference(out, numbers.node());
                out.extend_from_slice(b"/Contents[");
                for stream in &content.streams {
                    reference(out, numbers.streams() + stream);
                    out.push(b' ');
                }
                // Those of the node over it would serve, but PDF/A wants a page to name its own.
                out.extend_from_slice(b"]/Resources ");
                reference(out, numbers.resources());
                out.extend_from_slice(b"/StructParents ");
                whole(out, numbers.key + at);
                let own = (numbers.link()..).zip(links).filter(|(_, link)| link.page == at);
                let fields = (0..).zip(&proof.form.fields).filter(|(_, field)| field.page == at);
                let fields = fields.map(|(field, _)| proof.form.widget(field, numbers.form()));
                let own: Vec<u32> = own.map(|(number, _)| number).chain(fields).collect();
                if !own.is_empty() {
                    out.extend_from_slice(b"/Annots[");
                    for number in own {
                        reference(out, number);
                        out.push(b' ');
                    }
                    out.push(b']');
                }
                out.extend_from_slice(b"/Tabs/S>>");
            });
            chunk.object(numbers.parents() + 1 + at, deflater, |out| {
                proof.plan.owners(out, &content.sequences, places);
            });
        }
        for (at, link) in (0..).zip(links) {
            chunk.object(numbers.link() + at, deflater, |out| {
                annotation(out, link, (&proof.pages, numbers.page()));
                out.extend_from_slice(b"/StructParent ");
                whole(out, numbers.key + numbers.pages + at);
                out.extend_from_slice(b">>");
            });
        }
        proof.form.write(&mut chunk, numbers.form(), deflater);
        proof.plan.write(&mut chunk, places, deflater);
        for ((_, headings, entry), own) in headings(&proof.pages, numbers).zip(numbers.entry()..) {
            let outline = Outline::of(headings);
            let parent = if self.many { own } else { Kept::Outline as u32 };
            let targets = Targets { parent, entry, pages: &proof.pages, page: numbers.page() };
            for at in 0..outline.count() {
                chunk.object(entry + at, deflater, |out| outline.entry(out, at as usize, targets));
            }
        }
        chunk.sealed(deflater)
    }
}

/// The content of a document's pages.
fn content(proof: &Proof<'_>, numbers: ObjectNumbers, deflater: &mut Deflater) -> Sealed {
    let mut chunk = Chunk::new(numbers.first);
    chunk.reserve(numbers.end() - numbers.first);
    chunk.make_room(proof.streams.iter().map(|stream| stream.len() + 80).sum());
    for (number, stream) in (numbers.streams()..).zip(&proof.streams) {
        chunk.stream(number, b"", stream);
    }
    chunk.sealed(deflater)
}

/// Each part with its entries in the outline, and the number of the first of them.
pub(super) fn headings(pages: &Pages, numbers: ObjectNumbers) -> impl Iterator<Item = (&Part, &[Entry], u32)> {
    let mut start = 0;
    pages.parts.iter().map(move |part| {
        let own = pages.outline.get(start..start + part.headings).unwrap_or_default();
        let first = numbers.headings() + start as u32;
        start += part.headings;
        (part, own, first)
    })
}

/// The annotation of a link, left open for its key: where it is, where it leads, and what is said of it.
fn annotation(out: &mut Vec<u8>, link: &Link, (pages, first_page): (&Pages, u32)) {
    out.extend_from_slice(b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    reals(out, &link.edges);
    out.push(b']');
    let label = pages.tree.nodes().get(link.node).and_then(|node| node.leads_to.as_deref()).unwrap_or_default();
    out.extend_from_slice(b"/Contents");
    text(out, label);
    if let Some((_, spot)) = pages.entries.iter().find(|(name, _)| name == label) {
        destination(out, *spot, (pages, first_page));
    }
}
