//! What frames the content of a document, kept for the next one: forms of the same questions have the same structure, page tree
//! and outline, byte for byte, and differ in nothing but what stands on their pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::content::{Link, Shown};
use super::document::{ObjectNumbers, Shared};
use super::file::Sealed;
use super::{Proof, Used};
use crate::layout::{Entry, FaceId, NodeId, Pages, Spot, Tree};

/// So many frames are kept, those of other page breaks among them.
const KEPT: usize = 8;

/// After so many documents in a row whose frames nobody had, none is kept any more: they all differ.
const IN_VAIN: u32 = 40;

/// Frames made before, the last one used first.
#[derive(Default)]
pub(super) struct Frames {
    kept: Vec<Kept>,
    in_vain: u32,
}

/// A frame and everything that it was made from.
struct Kept {
    frame: Arc<Sealed>,
    numbers: ObjectNumbers,
    used: Used,
    fonts: BTreeMap<FaceId, u32>,
    size: (f32, f32),
    tree: Tree,
    outline: Vec<Entry>,
    entries: Vec<(String, Spot)>,
    /// Root, beginning and number of headings of each document on the pages.
    parts: Vec<(NodeId, Spot, usize)>,
    /// By page.
    streams: Vec<Vec<u32>>,
    sequences: Vec<Vec<NodeId>>,
    turns: Vec<Vec<(usize, usize)>>,
    boxes: Vec<(NodeId, [f32; 4])>,
    links: Vec<Link>,
    images: Vec<Option<u32>>,
}

impl Frames {
    /// The frame of a document, if it was made for another.
    pub fn get(&mut self, shared: &Shared<'_, '_>, proof: &Proof<'_>, numbers: ObjectNumbers) -> Option<Arc<Sealed>> {
        let at = self.kept.iter().position(|kept| kept.fits(shared, proof, numbers));
        match at {
            Some(at) => {
                self.kept[..=at].rotate_right(1);
                self.in_vain = 0;
            }
            None => self.in_vain = self.in_vain.saturating_add(1),
        }
        at.and_then(|_| self.kept.first()).map(|kept| Arc::clone(&kept.frame))
    }

    /// Keeps the frame of a document. In a packet each has its own numbers; those with fonts or fields of their own are few.
    pub fn keep(&mut self, shared: &Shared<'_, '_>, proof: &Proof<'_>, numbers: ObjectNumbers, frame: &Arc<Sealed>) {
        let own = !proof.own.is_empty() || !proof.form.fields.is_empty();
        if shared.many || own || self.in_vain > IN_VAIN {
            return;
        }
        self.kept.truncate(KEPT - 1);
        let Pages { size, tree, outline, entries, parts, .. } = &*proof.pages;
        let kept = Kept {
            frame: Arc::clone(frame),
            numbers,
            used: proof.used,
            fonts: shared.fonts.clone(),
            size: *size,
            tree: tree.clone(),
            outline: outline.clone(),
            entries: entries.clone(),
            parts: parts.iter().map(|part| (part.node, part.start, part.headings)).collect(),
            streams: proof.contents.iter().map(|content| content.streams.clone()).collect(),
            sequences: proof.contents.iter().map(|content| content.sequences.clone()).collect(),
            turns: proof.contents.iter().map(|content| content.turns.clone()).collect(),
            boxes: proof.shown.boxes.clone(),
            links: proof.shown.links.clone(),
            images: proof.shown.rasters.iter().map(|raster| shared.image(raster)).collect(),
        };
        self.kept.insert(0, kept);
    }
}

impl Kept {
    /// Whether a document has this frame. Whatever is added to a document must be compared here, or said to be of no account.
    fn fits(&self, shared: &Shared<'_, '_>, proof: &Proof<'_>, numbers: ObjectNumbers) -> bool {
        let Proof { pages, contents, streams: _, plan: _, used, own, shown, form } = proof;
        // What stands on the pages is no part of the frame; title and language are written at the end of the file.
        let Pages { title: _, language: _, size, live: _, tree, pages: _, outline, entries, parts } = &**pages;
        // The fields were handed to the form.
        let Shown { rasters, boxes, links, fields: _ } = shown;
        !shared.many
            && own.is_empty()
            && form.fields.is_empty()
            && (self.numbers, self.used, self.size) == (numbers, *used, *size)
            && self.fonts == shared.fonts
            && self.streams.iter().eq(contents.iter().map(|content| &content.streams))
            && self.sequences.iter().eq(contents.iter().map(|content| &content.sequences))
            && self.turns.iter().eq(contents.iter().map(|content| &content.turns))
            // Their titles are written at the end of the file.
            && self.parts.iter().copied().eq(parts.iter().map(|part| (part.node, part.start, part.headings)))
            && self.tree == *tree
            && (&self.outline, &self.entries) == (outline, entries)
            && (&self.boxes, &self.links) == (boxes, links)
            && self.images.iter().copied().eq(rasters.iter().map(|raster| shared.image(raster)))
    }
}
