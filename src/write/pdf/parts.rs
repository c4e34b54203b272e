//! Pages of a document, coded in one go, or in parts on several cores that come to the same.

use std::ops::Range;
use std::sync::Arc;

use super::content::Shown;
use crate::layout::{Ink, Mark, NodeId, Page, Pages};

/// A page's content.
pub(super) struct Coded {
    /// Which streams of the document it has, in order: furniture, number, body.
    pub streams: Vec<u32>,
    pub sequences: Vec<NodeId>,
    pub turns: Vec<(usize, usize)>,
}

/// The first document of a press is coded in parts of so many pages: a run of one sheet waits for its key alone.
const PART: usize = 3;

/// Whether the parts of a document can be coded apart: the numbers of its pictures go through all of its pages.
pub(super) fn can_be_parted(pages: &Pages) -> bool {
    let is_picture = |mark: &Mark| matches!(mark.ink, Ink::Picture { .. });
    !pages.pages.iter().flat_map(Page::all).any(is_picture)
}

/// Pages coded in parts.
pub(super) fn parted(pages: Range<usize>, code: &(dyn Fn(Range<usize>) -> CodedPages + Sync)) -> CodedPages {
    if pages.len() <= PART {
        return code(pages);
    }
    let half = pages.start + pages.len() / 2;
    let (first, next) = rayon::join(|| parted(pages.start..half, code), || parted(half..pages.end, code));
    first.and(next)
}

/// Pages that follow one another, coded.
#[derive(Default)]
pub(super) struct CodedPages {
    pub contents: Vec<Coded>,
    pub streams: Streams,
    pub shown: Shown,
}

impl CodedPages {
    /// With those that follow: the same as if all had been coded in one go.
    pub fn and(mut self, mut next: CodedPages) -> Self {
        let mut furniture = next.streams.furniture.into_iter().peekable();
        let mut numbers = Vec::with_capacity(next.streams.all.len());
        for (at, stream) in (0..).zip(next.streams.all) {
            numbers.push(match furniture.next_if(|(_, number)| *number == at) {
                Some((coded, _)) => self.streams.known(&coded).unwrap_or_else(|| self.streams.keep(coded, stream)),
                None => self.streams.push(stream),
            });
        }
        for page in &mut next.contents {
            page.streams.iter_mut().for_each(|stream| *stream = numbers[*stream as usize]);
        }
        self.contents.append(&mut next.contents);
        self.shown.boxes.append(&mut next.shown.boxes);
        self.shown.links.append(&mut next.shown.links);
        self.shown.fields.append(&mut next.shown.fields);
        self
    }
}

/// The content streams of a document, as they come.
#[derive(Default)]
pub(super) struct Streams {
    pub all: Vec<Arc<[u8]>>,
    /// Furniture as it was coded, and where it is: most pages have that of the page before.
    furniture: Vec<(Vec<u8>, u32)>,
}

impl Streams {
    pub fn push(&mut self, deflated: Arc<[u8]>) -> u32 {
        self.all.push(deflated);
        self.all.len() as u32 - 1
    }

    pub fn furniture(&mut self, coded: &[u8], deflate: impl FnOnce(&[u8]) -> Arc<[u8]>) -> u32 {
        self.known(coded).unwrap_or_else(|| self.keep(coded.to_vec(), deflate(coded)))
    }

    fn known(&self, coded: &[u8]) -> Option<u32> {
        self.furniture.iter().find(|(known, _)| known == coded).map(|(_, number)| *number)
    }

    fn keep(&mut self, coded: Vec<u8>, deflated: Arc<[u8]>) -> u32 {
        let number = self.push(deflated);
        self.furniture.push((coded, number));
        number
    }
}
