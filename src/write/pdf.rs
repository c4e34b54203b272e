//! Pages → PDF bytes, tagged for PDF/UA-1, and fit to be kept as PDF/A-2a. `printpdf` and `lopdf` are used here and below alone.

mod coded;
mod colour;
mod content;
mod deflate;
mod document;
mod file;
mod fonts;
mod form;
mod frame;
mod halves;
mod metadata;
mod needs;
mod number;
mod packet;
mod picture;
mod sfnt;
mod structure;
mod tick;
mod typing;
mod unicode;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex};

pub use packet::Packet;

use crate::known::Lately;
use crate::layout::{FaceId, Faces, Page, Pages};
use coded::CodedLines;
use content::{Coder, Shown};
use deflate::{Deflater, small};
use file::{Chunk, Sealed};
pub use fonts::Differing;
use fonts::{Fonts, Subset};
use form::Form;
use frame::Frames;
use halves::{Coded, CodedPages, can_be_halved};
use needs::FileFonts;
use structure::{Plan, Sequences};
use typing::TypingFont;

/// Most page bodies whose deflated bytes are kept, and most that are remembered as seen once.
const KEPT_BODIES: usize = 512;
const SEEN_BODIES: usize = 200_000;

/// Most numbers of pages whose deflated bytes are kept, and at most as many again.
const KEPT_NUMBERS: usize = 256;

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
    faces: &'f Faces,
    fonts: Fonts,
    tools: Mutex<Vec<Tools>>,
    bodies: Mutex<Bodies>,
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

/// What one thread works with.
#[derive(Default)]
struct Tools {
    coded: CodedLines,
    /// The content stream that is being coded.
    stream: Vec<u8>,
    deflater: Deflater,
    /// The numbers of pages, deflated: they are the same in most files of a run.
    numbers: Lately<Box<[u8]>, Arc<[u8]>, KEPT_NUMBERS>,
    frames: Frames,
}

/// Bodies of pages that several files share, such as those of a letter printed whole. One is kept from the second time on.
#[derive(Default)]
struct Bodies {
    seen: BTreeSet<u64>,
    kept: BTreeMap<u64, KeptBody>,
}

/// A body as it is and deflated.
struct KeptBody {
    body: Box<[u8]>,
    deflated: Arc<[u8]>,
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
    own: BTreeMap<FaceId, Subset>,
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
        let fonts = Fonts::of(pages, faces, differing)?;
        let (tools, bodies, embedded, typing) = Default::default();
        let profile = small(&colour::srgb());
        Ok(Press { faces, fonts, tools, bodies, embedded, profile, typing })
    }

    /// A file of its own. Equal pages give equal bytes, in any order and on any thread.
    ///
    /// # Errors
    /// Those of [`PdfError`].
    pub fn write(&self, pages: &Pages) -> Result<Vec<u8>, PdfError> {
        let out = Vec::with_capacity(64 << 10);
        let mut packet = match pages.parts.as_slice() {
            [_] => Packet::single(self, out)?,
            _ => Packet::begin(self, out, &pages.title)?,
        };
        packet.add(&[self.coded(Cow::Borrowed(pages), None)?])?;
        packet.end()
    }

    /// A document's pages coded, for a packet in which it has the number `seat`, from 1.
    ///
    /// # Errors
    /// [`PdfError::Subset`].
    pub fn proof(&self, pages: Pages, seat: usize) -> Result<Proof<'static>, PdfError> {
        let mut proof = self.coded(Cow::Owned(pages), Some(seat))?;
        // Nobody asks for the marks again.
        proof.pages.to_mut().pages.iter_mut().for_each(|page| *page = Page::default());
        Ok(proof)
    }

    fn with_tools<T>(&self, work: impl FnOnce(&mut Tools) -> T) -> T {
        let kept = self.tools.lock().ok().and_then(|mut tools| tools.pop());
        let mut tools = kept.unwrap_or_default();
        let done = work(&mut tools);
        if let Ok(mut all) = self.tools.lock() {
            all.push(tools);
        }
        done
    }

    /// The faces of the run that a file uses, in objects from a number on.
    fn embedded(&self, used: Used, first: u32) -> Arc<Embedded> {
        let known = self.embedded.lock().ok().and_then(|known| known.get(&(used, first)).map(Arc::clone));
        known.unwrap_or_else(|| {
            let made = self.with_tools(|tools| {
                let mut chunk = Chunk::new(first);
                let faces = self.faces.ids().filter(|face| used[face.number()]);
                let fonts = self.fonts.write(&mut chunk, faces, &mut tools.deflater);
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
        let typing = Arc::new(TypingFont::of(self.faces)?);
        if let Ok(mut known) = self.typing.lock() {
            *known = Some(Arc::clone(&typing));
        }
        Ok(typing)
    }

    /// Codes a document; `seat` is its number in a file of several, over the names of its fields, each of which a file may have once.
    fn coded<'p>(&self, pages: Cow<'p, Pages>, seat: Option<usize>) -> Result<Proof<'p>, PdfError> {
        self.with_tools(|tools| {
            let mut needs = FileFonts::new(&self.fonts, self.faces);
            needs.note(&pages, &tools.coded);
            let own = needs.own()?;
            let used = needs.used;
            let all = 0..pages.pages.len();
            let CodedPages { contents, streams, mut shown } = if tools.coded.is_empty() && can_be_halved(&pages) {
                let (first, second) = (all.start..all.end / 2, all.end / 2..all.end);
                let (first, second) = rayon::join(
                    || self.coded_pages(&pages, first, &own, tools),
                    || self.with_tools(|tools| self.coded_pages(&pages, second, &own, tools)),
                );
                first.and(second)
            } else {
                self.coded_pages(&pages, all, &own, tools)
            };
            let sequences = contents.iter().map(|page| Sequences { owners: &page.sequences, turns: &page.turns });
            let plan = Plan::of(&pages, &sequences.collect::<Vec<_>>(), &shown.fields);
            let form = Form::of(std::mem::take(&mut shown.fields), seat);
            Ok(Proof { pages, contents, streams: streams.all, plan, used, own, shown, form })
        })
    }

    /// Codes some of a document's pages; `own` are the subsets of its own file.
    fn coded_pages(
        &self,
        pages: &Pages,
        some: Range<usize>,
        own: &BTreeMap<FaceId, Subset>,
        tools: &mut Tools,
    ) -> CodedPages {
        let mut coded = CodedPages::default();
        for (number, page) in (0..).zip(&pages.pages).skip(some.start).take(some.len()) {
            let mut coder = Coder {
                fonts: &self.fonts,
                own,
                faces: self.faces,
                coded: &mut tools.coded,
                out: &mut tools.stream,
                shown: &mut coded.shown,
                page: number,
            };
            let mut streams = Vec::with_capacity(3);
            if !page.furniture.is_empty() {
                coder.stream((&page.furniture, &[]), pages);
                streams.push(coded.streams.furniture(coder.out, |coded| tools.deflater.deflate(coded).into()));
            }
            if !page.number.is_empty() {
                coder.stream((&page.number, &[]), pages);
                let deflate = |coded: &[u8]| -> Arc<[u8]> {
                    tools.numbers.get(coded).unwrap_or_else(|| {
                        let deflated: Arc<[u8]> = tools.deflater.deflate(coded).into();
                        tools.numbers.insert(coded.into(), Arc::clone(&deflated));
                        deflated
                    })
                };
                streams.push(coded.streams.furniture(coder.out, deflate));
            }
            let (sequences, turns) = coder.stream((&page.marks, &page.turns), pages);
            streams.push(coded.streams.push(self.deflated(coder.out, &mut tools.deflater)));
            coded.contents.push(Coded { streams, sequences, turns });
        }
        coded
    }

    /// Deflates a page's body, or finds it deflated already.
    fn deflated(&self, body: &[u8], deflater: &mut Deflater) -> Arc<[u8]> {
        let hash = sample(body);
        let again = match self.bodies.lock() {
            Ok(mut bodies) => match bodies.kept.get(&hash) {
                Some(known) if *known.body == *body => return Arc::clone(&known.deflated),
                Some(_) => false,
                None => {
                    let room = bodies.kept.len() < KEPT_BODIES && bodies.seen.len() < SEEN_BODIES;
                    room && !bodies.seen.insert(hash)
                }
            },
            Err(_) => false,
        };
        let deflated: Arc<[u8]> = deflater.deflate(body).into();
        if again && let Ok(mut bodies) = self.bodies.lock() {
            bodies.kept.insert(hash, KeptBody { body: body.into(), deflated: Arc::clone(&deflated) });
        }
        deflated
    }
}

/// A hash of some of a body: pages of questions, which are never the same, differ nearly everywhere.
fn sample(body: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    body.len().hash(&mut hasher);
    body.chunks(body.len() / 4 + 1).for_each(|part| part[..part.len().min(100)].hash(&mut hasher));
    hasher.finish()
}
