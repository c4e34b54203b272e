//! Documents one after another in one file, written as they come; a file of one document is a packet of one.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use rayon::prelude::*;

use super::document::{Kept, ObjectNumbers, Shared, headings};
use super::file::{Chunk, File, Sealed};
use super::form::{TYPING, default_appearance};
use super::metadata::{Outline, destination, information, packet};
use super::number::{reference, text, whole};
use super::typing::TypingFont;
use super::{PdfError, Press, Proof, colour, picture};
use crate::layout::FaceId;
use crate::picture::Picture;

/// Numbers kept.
const KEPT: u32 = Kept::Document as u32;

/// A file to which documents are added.
pub struct Packet<'p, 'f, W> {
    file: File<W>,
    /// The title of all documents together; `None` for a file of one document.
    title: Option<String>,
    shared: Shared<'p, 'f>,
    written: Vec<Written>,
    parts: Vec<WrittenPart>,
    /// Title and language of the first document.
    first: Option<(String, String)>,
    /// Pages so far, and keys of the parent tree.
    pages: u32,
    keys: u32,
}

/// What the end of the file must know of the pages of a document, or of several imposed together.
struct Written {
    /// Its node of the page tree.
    node: u32,
    /// Its leaf of the parent tree.
    parents: u32,
    /// Its fields that have no name over them.
    fields: Vec<u32>,
}

/// What the end of the file must know of a document.
struct WrittenPart {
    /// The root of its elements.
    element: u32,
    /// Its entry in the packet's outline, and the first and last entry under it with their number.
    outline: (u32, Option<(u32, u32)>, u32),
    title: String,
    /// Where it begins, as the entry of a dictionary.
    destination: Vec<u8>,
}

impl<'p, 'f, W: Write> Packet<'p, 'f, W> {
    /// Begins a packet of several documents under a title. Nothing of a document is held once it is written, but for a few
    /// numbers.
    ///
    /// # Errors
    /// [`PdfError::Output`].
    pub fn begin(press: &'p Press<'f>, out: W, title: &str) -> Result<Self, PdfError> {
        let mut packet = Packet::single(press, out)?;
        packet.title = Some(title.to_owned());
        packet.shared.many = true;
        packet.embed(&[true; FaceId::MOST])?;
        Ok(packet)
    }

    pub(super) fn single(press: &'p Press<'f>, out: W) -> Result<Self, PdfError> {
        let file = File::begin(out, KEPT)?;
        let shared = Shared { press, fonts: BTreeMap::new(), many: false, typing: None, images: Vec::new() };
        let (written, parts) = (Vec::new(), Vec::new());
        Ok(Packet { shared, file, title: None, written, parts, first: None, pages: 0, keys: 0 })
    }

    /// Adds documents in order; their objects are made side by side on all cores.
    ///
    /// # Errors
    /// [`PdfError::Output`].
    pub fn add(&mut self, proofs: &[Proof<'_>]) -> Result<(), PdfError> {
        if self.title.is_none() {
            let used = proofs.first().map_or([false; FaceId::MOST], |proof| proof.used);
            self.embed(&used)?;
        }
        for raster in proofs.iter().flat_map(|proof| &proof.shown.rasters) {
            self.embed_image(raster)?;
        }
        if proofs.iter().any(|proof| !proof.form.fields.is_empty()) {
            self.embed_typing()?;
        }
        let mut all_numbers = Vec::with_capacity(proofs.len());
        let mut next = self.file.next();
        for proof in proofs {
            let numbers = ObjectNumbers::of(proof, next, self.keys);
            next = numbers.end();
            self.pages += numbers.pages;
            self.keys += numbers.keys();
            all_numbers.push(numbers);
        }
        let shared = &self.shared;
        let chunks: Vec<[Arc<Sealed>; 2]> =
            proofs.par_iter().zip(&all_numbers).map(|(proof, numbers)| shared.chunks(proof, *numbers)).collect();
        for ((proof, numbers), chunks) in proofs.iter().zip(&all_numbers).zip(chunks) {
            for chunk in chunks {
                self.file.append(&chunk)?;
            }
            self.record(proof, *numbers);
        }
        Ok(())
    }

    /// Writes what stands over the documents and ends the file.
    ///
    /// # Errors
    /// [`PdfError::Output`].
    pub fn end(mut self) -> Result<W, PdfError> {
        let press = self.shared.press;
        press.coding.with_tools(|tools| {
            let mut chunk = Chunk::new(self.file.next());
            let (title, language) = self.first.clone().unwrap_or_default();
            let title = self.title.clone().unwrap_or(title);
            let deflater = &mut tools.deflater;
            chunk.object(Kept::Catalog as u32, deflater, |out| self.catalog(out, &language));
            chunk.object(Kept::Pages as u32, deflater, |out| {
                out.extend_from_slice(b"<</Type/Pages/Kids[");
                references(out, self.written.iter().map(|pages| pages.node));
                out.extend_from_slice(b"]/Count ");
                whole(out, self.pages);
                out.extend_from_slice(b">>");
            });
            chunk.object(Kept::Structure as u32, deflater, |out| {
                out.extend_from_slice(b"<</Type/StructTreeRoot/K ");
                let only = self.parts.first().map_or(0, |document| document.element);
                reference(out, if self.title.is_some() { Kept::Document as u32 } else { only });
                out.extend_from_slice(b"/ParentTree ");
                reference(out, Kept::Parents as u32);
                out.extend_from_slice(b"/ParentTreeNextKey ");
                whole(out, self.keys);
                out.extend_from_slice(b">>");
            });
            chunk.object(Kept::Parents as u32, deflater, |out| {
                out.extend_from_slice(b"<</Kids[");
                references(out, self.written.iter().map(|pages| pages.parents));
                out.extend_from_slice(b"]>>");
            });
            chunk.object(Kept::Information as u32, deflater, |out| information(out, &title));
            chunk.object(Kept::Outline as u32, deflater, |out| self.outline(out));
            if self.title.is_some() {
                chunk.object(Kept::Document as u32, deflater, |out| {
                    out.extend_from_slice(b"<</S/Document/P ");
                    reference(out, Kept::Structure as u32);
                    out.extend_from_slice(b"/K[");
                    references(out, self.parts.iter().map(|document| document.element));
                    out.extend_from_slice(b"]>>");
                });
                for at in 0..self.parts.len() {
                    chunk.object(self.parts[at].outline.0, deflater, |out| self.outline_entry(out, at));
                }
            }
            let archival = self.archival();
            if archival {
                chunk.stream(Kept::Profile as u32, b"/N 3", &press.profile);
            }
            let metadata = packet(&title, &language, archival);
            // Tools look for the metadata in the clear.
            chunk.plain_stream(Kept::Metadata as u32, b"/Type/Metadata/Subtype/XML", metadata.as_bytes());
            self.file.append(&chunk.sealed(deflater))?;
            Ok(self.file.end(Kept::Catalog as u32, Kept::Information as u32, deflater)?)
        })
    }

    /// Embeds faces of the run. They come first, so that they are the same in all files that use the same ones.
    fn embed(&mut self, used: &[bool; FaceId::MOST]) -> Result<(), PdfError> {
        let embedded = self.shared.press.embedded(*used, self.file.next());
        self.file.append(&embedded.chunk)?;
        self.shared.fonts.clone_from(&embedded.fonts);
        Ok(())
    }

    /// Embeds the font in which fields are filled in, unless the file has it.
    fn embed_typing(&mut self) -> Result<(), PdfError> {
        if self.shared.typing.is_some() {
            return Ok(());
        }
        let press = self.shared.press;
        let typing = press.typing()?;
        press.coding.with_tools(|tools| {
            let mut chunk = Chunk::new(self.file.next());
            let first = chunk.reserve(TypingFont::count());
            typing.write(&mut chunk, first, &mut tools.deflater);
            self.shared.typing = Some(first);
            Ok(self.file.append(&chunk.sealed(&mut tools.deflater))?)
        })
    }

    /// Embeds a raster, and its opacity, unless the file has it.
    fn embed_image(&mut self, raster: &Arc<Picture>) -> Result<(), PdfError> {
        if let (None, Some((image, mask))) = (self.shared.image(raster), picture::image(raster)) {
            let mut chunk = Chunk::new(self.file.next());
            let mut entries = image.written();
            if let Some(mask) = mask {
                let number = chunk.reserve(1);
                chunk.plain_stream(number, &mask.written(), &mask.bytes);
                entries.extend_from_slice(b"/SMask ");
                reference(&mut entries, number);
            }
            let number = chunk.reserve(1);
            chunk.plain_stream(number, &entries, &image.bytes);
            self.shared.images.push((Arc::clone(raster), number));
            self.file.append(&self.shared.press.coding.with_tools(|tools| chunk.sealed(&mut tools.deflater)))?;
        }
        Ok(())
    }

    fn record(&mut self, proof: &Proof<'_>, numbers: ObjectNumbers) {
        let pages = &*proof.pages;
        self.first.get_or_insert_with(|| (pages.title.clone(), pages.language.clone()));
        let fields = proof.form.roots(numbers.form()).collect();
        self.written.push(Written { node: numbers.node(), parents: numbers.parents(), fields });
        for ((part, entries, first), entry) in headings(pages, numbers).zip(numbers.entry()..) {
            let ends = Outline::of(entries).ends(None).map(|(start, end)| (first + start, first + end));
            let mut leads_to = Vec::new();
            destination(&mut leads_to, part.start, (pages, numbers.page()));
            self.parts.push(WrittenPart {
                element: proof.plan.element(part.node, numbers.element()),
                outline: (entry, ends, entries.len() as u32),
                title: part.title.clone(),
                destination: leads_to,
            });
        }
    }

    fn catalog(&self, out: &mut Vec<u8>, language: &str) {
        out.extend_from_slice(b"<</Type/Catalog/Pages ");
        reference(out, Kept::Pages as u32);
        out.extend_from_slice(b"/StructTreeRoot ");
        reference(out, Kept::Structure as u32);
        out.extend_from_slice(b"/MarkInfo<</Marked true>>/Metadata ");
        reference(out, Kept::Metadata as u32);
        out.extend_from_slice(b"/Lang");
        text(out, language);
        out.extend_from_slice(b"/ViewerPreferences<</DisplayDocTitle true>>");
        if self.archival() {
            out.extend_from_slice(b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier");
            text(out, colour::NAME);
            out.extend_from_slice(b"/Info");
            text(out, colour::NAME);
            out.extend_from_slice(b"/DestOutputProfile ");
            reference(out, Kept::Profile as u32);
            out.extend_from_slice(b">>]");
        }
        if let Some(typing) = self.shared.typing {
            out.extend_from_slice(b"/AcroForm<</Fields[");
            for field in self.written.iter().flat_map(|document| &document.fields) {
                reference(out, *field);
                out.push(b' ');
            }
            out.extend_from_slice(format!("]/DR<</Font<</{TYPING} ").as_bytes());
            reference(out, typing);
            out.extend_from_slice(b">>>>/DA");
            default_appearance(out, 11.0);
            out.extend_from_slice(b">>");
        }
        if self.outline_ends().is_some() {
            out.extend_from_slice(b"/PageMode/UseOutlines/Outlines ");
            reference(out, Kept::Outline as u32);
        }
        out.extend_from_slice(b">>");
    }

    /// Whether it may be called PDF/A-2a. A photograph in four inks would need a profile of the press that prints it, which is a
    /// hundred times as large as ours; and there a file has no more objects than a reader of old could count.
    ///
    /// Source: ISO 19005-2, 6.2.4.3 and 6.1.13.
    fn archival(&self) -> bool {
        const MOST_OBJECTS: u32 = 8_388_607;
        // The object stream of the end and the table of objects are still to come.
        let objects = self.file.next().saturating_add(2);
        objects <= MOST_OBJECTS && !self.shared.images.iter().any(|(raster, _)| picture::in_four_inks(raster))
    }

    /// First and last entry of the outline.
    fn outline_ends(&self) -> Option<(u32, u32)> {
        let (first, last) = (self.parts.first()?, self.parts.last()?);
        if self.title.is_some() { Some((first.outline.0, last.outline.0)) } else { first.outline.1 }
    }

    fn outline(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"<</Type/Outlines");
        if let Some((first, last)) = self.outline_ends() {
            out.extend_from_slice(b"/First ");
            reference(out, first);
            out.extend_from_slice(b"/Last ");
            reference(out, last);
            let open = if self.title.is_some() { self.parts.len() as u32 } else { self.parts[0].outline.2 };
            out.extend_from_slice(b"/Count ");
            whole(out, open);
        }
        out.extend_from_slice(b">>");
    }

    /// The entry of a document in a packet, its headings folded away.
    fn outline_entry(&self, out: &mut Vec<u8>, at: usize) {
        let document = &self.parts[at];
        out.extend_from_slice(b"<</Title");
        text(out, &document.title);
        out.extend_from_slice(b"/Parent ");
        reference(out, Kept::Outline as u32);
        let other = |at: usize| self.parts.get(at).map(|document| document.outline.0);
        let ends = document.outline.1;
        let linked = [
            (b"/Prev ".as_slice(), at.checked_sub(1).and_then(other)),
            (b"/Next ", other(at + 1)),
            (b"/First ", ends.map(|ends| ends.0)),
            (b"/Last ", ends.map(|ends| ends.1)),
        ];
        for (key, number) in linked {
            if let Some(number) = number {
                out.extend_from_slice(key);
                reference(out, number);
            }
        }
        if ends.is_some() {
            out.extend_from_slice(b"/Count -");
            whole(out, document.outline.2);
        }
        out.extend_from_slice(&document.destination);
        out.extend_from_slice(b">>");
    }
}

fn references(out: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    for number in numbers {
        reference(out, number);
        out.push(b' ');
    }
}
