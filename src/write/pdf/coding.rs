//! Pages coded: their content streams, deflated, with the help of what was coded before.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, Mutex};

use super::coded::CodedLines;
use super::content::Coder;
use super::deflate::Deflater;
use super::embed::embed;
use super::fonts::{Fonts, Subset};
use super::form::Form;
use super::frame::Frames;
use super::needs::FileFonts;
use super::parts::{Coded, CodedPages, can_be_parted, parted};
use super::structure::{Plan, Sequences};
use super::{PdfError, Proof};
use crate::known::Lately;
use crate::layout::{FaceId, Faces, Pages};

/// Most page bodies whose deflated bytes are kept, and most that are remembered as seen once.
const KEPT_BODIES: usize = 512;
const SEEN_BODIES: usize = 200_000;

/// Most numbers of pages whose deflated bytes are kept, and at most as many again.
const KEPT_NUMBERS: usize = 256;

/// What codes the pages of a run.
pub(super) struct Coding<'f> {
    pub faces: &'f Faces,
    /// The glyphs that all files of the run share.
    pub fonts: Fonts,
    tools: Mutex<Vec<Tools>>,
    bodies: Mutex<Bodies>,
}

/// What one thread works with.
#[derive(Default)]
pub(super) struct Tools {
    pub coded: CodedLines,
    /// The content stream that is being coded.
    stream: Vec<u8>,
    pub deflater: Deflater,
    /// The numbers of pages, deflated: they are the same in most files of a run.
    numbers: Lately<Box<[u8]>, Arc<[u8]>, KEPT_NUMBERS>,
    pub frames: Frames,
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

impl<'f> Coding<'f> {
    pub fn new(faces: &'f Faces, fonts: Fonts) -> Self {
        Coding { faces, fonts, tools: Mutex::default(), bodies: Mutex::default() }
    }

    pub fn with_tools<T>(&self, work: impl FnOnce(&mut Tools) -> T) -> T {
        let kept = self.tools.lock().ok().and_then(|mut tools| tools.pop());
        let mut tools = kept.unwrap_or_default();
        let done = work(&mut tools);
        if let Ok(mut all) = self.tools.lock() {
            all.push(tools);
        }
        done
    }

    /// Codes a document; `seat` is its number in a file of several, over the names of its fields, each of which a file may have once.
    ///
    /// # Errors
    /// Those of a face that must be cut down for this document alone.
    pub fn proof<'p>(&self, pages: Cow<'p, Pages>, seat: Option<usize>) -> Result<Proof<'p>, PdfError> {
        self.proof_by(pages, seat, |code, all| code(all))
    }

    /// The same of the first document of a run, by all cores that are free.
    ///
    /// # Errors
    /// The same.
    pub fn first_proof<'p>(&self, pages: Cow<'p, Pages>) -> Result<Proof<'p>, PdfError> {
        match can_be_parted(&pages) {
            true => self.proof_by(pages, None, |code, all| parted(all, code)),
            false => self.proof(pages, None),
        }
    }

    fn proof_by<'p>(
        &self,
        pages: Cow<'p, Pages>,
        seat: Option<usize>,
        by: impl FnOnce(&(dyn Fn(Range<usize>) -> CodedPages + Sync), Range<usize>) -> CodedPages,
    ) -> Result<Proof<'p>, PdfError> {
        let mut needs = FileFonts::new(&self.fonts, self.faces);
        self.with_tools(|tools| needs.note(&pages, &tools.coded));
        let own = needs.own();
        let code = |some| self.coded_pages(&pages, some, &own);
        let CodedPages { contents, streams, mut shown } = by(&code, 0..pages.pages.len());
        let sequences = contents.iter().map(|page| Sequences { owners: &page.sequences, turns: &page.turns });
        let plan = Plan::of(&pages, &sequences.collect::<Vec<_>>(), &shown.fields);
        let form = Form::of(std::mem::take(&mut shown.fields), seat);
        let own = if own.is_empty() {
            BTreeMap::new()
        } else {
            embed(&own.iter().map(|(face, subset)| (*face, subset)).collect::<Vec<_>>(), self.faces)?
        };
        Ok(Proof { pages, contents, streams: streams.all, plan, used: needs.used, own, shown, form })
    }

    /// Codes some of a document's pages; `own` are the subsets of its own file.
    fn coded_pages(&self, pages: &Pages, some: Range<usize>, own: &BTreeMap<FaceId, Subset>) -> CodedPages {
        self.with_tools(|tools| self.coded_with(tools, pages, some, own))
    }

    fn coded_with(
        &self,
        tools: &mut Tools,
        pages: &Pages,
        some: Range<usize>,
        own: &BTreeMap<FaceId, Subset>,
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
