//! Pages → PDF bytes, tagged for PDF/UA-1, and fit to be kept as PDF/A-2a. `printpdf` and `lopdf` are used here and below alone.

mod coded;
mod coding;
mod colour;
mod content;
mod deflate;
mod document;
mod embed;
mod file;
mod fonts;
mod form;
mod frame;
mod metadata;
mod needs;
mod number;
mod packet;
mod parts;
mod picture;
mod sfnt;
mod structure;
mod tick;
mod typing;
mod unicode;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};

pub use fonts::Differing;
pub use packet::Packet;

use crate::layout::{FaceId, Faces, Page, Pages};
use coding::Coding;
use content::Shown;
use deflate::small;
use embed::{Embedding, embed};
use file::{Chunk, Sealed};
use fonts::Fonts;
use form::Form;
use parts::Coded;
use structure::Plan;
use typing::TypingFont;

/// Why a PDF cannot be written.
#[derive(Debug)]
pub enum PdfError {
    /// A face that cannot be subset: a fault of the program or its libraries.
    Subset(&'static str),
    /// The library's document lacks a part that it always had: a fault of the program or its libraries.
    Shell(String),
    /// The bytes cannot be written where they should go.
    Output(io::Error),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PdfError::Subset(face) => write!(f, "the font {face} cannot be subset"),
            PdfError::Shell(part) => write!(f, "the PDF library made no usable {part}"),
            PdfError::Output(error) => write!(f, "the PDF cannot be written: {error}"),
        }
    }
}

impl std::error::Error for PdfError {}

impl From<lopdf::Error> for PdfError {
    fn from(error: lopdf::Error) -> Self {
        PdfError::Shell(error.to_string())
    }
}

impl From<io::Error> for PdfError {
    fn from(error: io::Error) -> Self {
        PdfError::Output(error)
    }
}

/// Writes pages as a PDF 1.7 file of its own. Equal pages give equal bytes.
///
/// # Errors
/// Those of [`PdfError`].
pub fn write(pages: &Pages, faces: &Faces) -> Result<Vec<u8>, PdfError> {
    Press::new(faces, &[pages], Differing::default())?.write(pages)
}

/// What the PDF files of a run share: subsets of the faces, coded lines, deflated pages.
pub struct Press<'f> {
    coding: Coding<'f>,
    embeddings: BTreeMap<FaceId, Embedding>,
    /// The faces of a file as they stand in it, by the faces used and the number of the first object.
    embedded: Mutex<BTreeMap<(Used, u32), Arc<Embedded>>>,
    /// What colours mean, deflated.
    profile: Vec<u8>,
    /// Made for the first document that is filled in on a screen.
    typing: Mutex<Option<Arc<TypingFont>>>,
}

/// Which faces a file uses.
type Used = [bool; FaceId::MOST];

/// Faces as they stand in a file.
struct Embedded {
    chunk: Sealed,
    /// The first object of each.
    fonts: BTreeMap<FaceId, u32>,
}

/// A document, or several imposed together, whose pages are coded, before its objects have numbers: what a [`Packet`] takes.
pub struct Proof<'p> {
    pages: Cow<'p, Pages>,
    contents: Vec<Coded>,
    /// The content streams of its pages, deflated; pages may share one.
    streams: Vec<Arc<[u8]>>,
    plan: Plan,
    used: Used,
    /// Subsets of this file's own.
    own: BTreeMap<FaceId, Embedding>,
    shown: Shown,
    form: Form,
}

impl<'f> Press<'f> {
    /// Subsets the faces to the glyphs of these pages and to the characters in which others of the run differ. What pages need
    /// beside these is embedded in their files alone, at the cost of subsetting anew.
    ///
    /// # Errors
    /// Those of [`PdfError`], but for [`PdfError::Output`].
    pub fn new(faces: &'f Faces, pages: &[&Pages], differing: Differing<'_>) -> Result<Self, PdfError> {
        let coding = Coding::new(faces, Fonts::of(pages, faces, differing));
        let embeddings = embed(&coding.fonts.all(faces), faces)?;
        Ok(Press::of(coding, embeddings))
    }

    /// The same for one document, with the document coded: this goes on beside the subsetting.
    ///
    /// # Errors
    /// Those of [`PdfError`], but for [`PdfError::Output`].
    pub fn with_first(
        faces: &'f Faces,
        pages: Pages,
        differing: Differing<'_>,
    ) -> Result<(Self, Proof<'static>), PdfError> {
        let coding = Coding::new(faces, Fonts::of(&[&pages], faces, differing));
        let code = || coding.first_proof(Cow::Owned(pages));
        let (proof, embeddings) = rayon::join(code, || embed(&coding.fonts.all(faces), faces));
        let (proof, embeddings) = (proof?, embeddings?);
        Ok((Press::of(coding, embeddings), proof.without_marks()))
    }

    fn of(coding: Coding<'f>, embeddings: BTreeMap<FaceId, Embedding>) -> Self {
        let (embedded, typing) = Default::default();
        Press { coding, embeddings, embedded, profile: small(&colour::srgb()), typing }
    }

    /// A file of its own. Equal pages give equal bytes, in any order and on any thread.
    ///
    /// # Errors
    /// Those of [`PdfError`].
    pub fn write(&self, pages: &Pages) -> Result<Vec<u8>, PdfError> {
        self.write_proof(&self.coding.proof(Cow::Borrowed(pages), None)?)
    }

    /// A file of its own of a document that is coded already.
    ///
    /// # Errors
    /// Those of [`PdfError`].
    pub fn write_proof(&self, proof: &Proof<'_>) -> Result<Vec<u8>, PdfError> {
        let out = Vec::with_capacity(64 << 10);
        let mut packet = match proof.pages.parts.as_slice() {
            [_] => Packet::single(self, out)?,
            _ => Packet::begin(self, out, &proof.pages.title)?,
        };
        packet.add(std::slice::from_ref(proof))?;
        packet.end()
    }

    /// A document's pages coded, for a packet in which it has the number `seat`, from 1.
    ///
    /// # Errors
    /// [`PdfError::Subset`].
    pub fn proof(&self, pages: Pages, seat: usize) -> Result<Proof<'static>, PdfError> {
        Ok(self.coding.proof(Cow::Owned(pages), Some(seat))?.without_marks())
    }

    /// The faces of the run that a file uses, in objects from a number on.
    fn embedded(&self, used: Used, first: u32) -> Arc<Embedded> {
        let known = self.embedded.lock().ok().and_then(|known| known.get(&(used, first)).map(Arc::clone));
        known.unwrap_or_else(|| {
            let made = self.coding.with_tools(|tools| {
                let mut chunk = Chunk::new(first);
                let mut fonts = BTreeMap::new();
                for (face, embedding) in self.embeddings.iter().filter(|(face, _)| used[face.number()]) {
                    fonts.insert(*face, embedding.append(&mut chunk, &mut tools.deflater));
                }
                Arc::new(Embedded { chunk: chunk.sealed(&mut tools.deflater), fonts })
            });
            if let Ok(mut known) = self.embedded.lock() {
                known.insert((used, first), Arc::clone(&made));
            }
            made
        })
    }

    /// The font in which fields are filled in.
    fn typing(&self) -> Result<Arc<TypingFont>, PdfError> {
        let known = self.typing.lock().ok().and_then(|typing| typing.clone());
        if let Some(typing) = known {
            return Ok(typing);
        }
        let typing = Arc::new(TypingFont::of(self.coding.faces)?);
        if let Ok(mut known) = self.typing.lock() {
            *known = Some(Arc::clone(&typing));
        }
        Ok(typing)
    }
}

impl Proof<'static> {
    /// Lets the marks of its pages go, which nobody asks for again.
    fn without_marks(mut self) -> Self {
        self.pages.to_mut().pages.iter_mut().for_each(|page| *page = Page::default());
        self
    }
}
