//! The furniture of a page: head, stamp, code, page number, citation.

use super::LayoutError;
use super::face::FaceId;
use super::look::{Look, Type};
use super::page::{Ink, Mark, Page, Run};
use super::paragraph::Paragraphs;
use super::tree::Tree;
use crate::doc::Running;
use crate::text::Inline;

/// What stands between the parts of a head: the title, and the source.
const PARTS: &str = " · ";

/// Height of the sans face's capitals, shares of its size.
const CAPITALS: f32 = 0.668;

/// Furniture measured, ready to be set on any page.
pub(super) struct Furniture<'a> {
    running: &'a Running,
    head: Type,
    small: Type,
    page: (f32, f32),
    edge: f32,
    side: f32,
    citation: Vec<Vec<Mark>>,
}

impl<'a> Furniture<'a> {
    /// Measures the furniture of a document.
    pub fn new(running: &'a Running, look: &Look, text: &mut Paragraphs<'_>) -> Result<Self, LayoutError> {
        let (head, small) = (look.furniture, look.citation);
        let cited = !look.cut && !look.cited_once;
        let words = [Inline::text(if cited { running.citation.as_str() } else { "" })];
        let lines = text.lines(&words, &small, Tree::ROOT, (look.width(), 0.0))?;
        let citation = lines.into_iter().map(|line| line.marks.into_iter().map(Mark::unread).collect()).collect();
        Ok(Furniture { running, head, small, page: look.page, edge: look.edge, side: look.side, citation })
    }

    /// Where the text may begin on the first page and on others, pt from the top.
    pub fn tops(&self) -> (f32, f32) {
        let first = if self.running.stamp.is_some() { self.head.leading * 1.7 } else { 0.0 };
        let has_head = self.running.head.iter().any(|text| !text.is_empty());
        let others = if has_head { self.head.leading + 12.0 } else { 0.0 };
        (self.edge + first + 4.0, self.edge + first.max(others) + 4.0)
    }

    /// Where the text must end, pt from the top.
    pub fn bottom(&self) -> f32 {
        self.code_line() - self.head.leading - 8.0
    }

    fn code_line(&self) -> f32 {
        let citation = self.citation.len() as f32 * self.small.leading;
        self.page.1 - self.edge - citation - self.head.size * 0.3
    }

    /// Sets head and foot of all pages. Those after the first have one head, and all have one foot but for their number.
    pub fn furnish(&self, text: &mut Paragraphs<'_>, pages: &mut [Page]) -> Result<(), LayoutError> {
        let heads = [self.head(text, true)?, self.head(text, false)?];
        let foot = self.foot(text)?;
        let count = pages.len();
        for (at, page) in pages.iter_mut().enumerate() {
            page.furniture = heads[usize::from(at > 0)].iter().chain(&foot).cloned().collect();
            page.number = self.number(text, at + 1, count)?.collect();
        }
        Ok(())
    }

    /// The head of the first page, or of all others.
    fn head(&self, text: &mut Paragraphs<'_>, first: bool) -> Result<Vec<Mark>, LayoutError> {
        let mut marks = Vec::new();
        let (left, right) = (self.side, self.page.0 - self.side);
        let line = self.edge + self.head.size;
        let (mut free, mut under) = (right - left, 0.0f32);
        if let Some(stamp) = &self.running.stamp {
            let kind = self.head.bold();
            let size = kind.size * 1.15;
            let runs = text.shaper.tracked(kind.face(), size, stamp, 150.0)?;
            let width = width(&runs);
            let x = (self.page.0 - width) / 2.0;
            let rect = [x - size * 0.7, self.edge + 0.6, width + size * 1.4, size * 1.5];
            // Capitals stand in the middle of their frame.
            marks.extend(unread(runs, x + size * 0.07, rect[1] + (rect[3] + size * CAPITALS) / 2.0));
            under = rect[1] + rect[3] + 3.5;
            free = free.min(2.0 * (x - size * 1.4 - left));
            marks.push(Mark { node: None, ink: Ink::Frame { rect, thickness: 1.0 } });
        }
        if !first && self.running.head.iter().any(|text| !text.is_empty()) {
            let face = self.head.face();
            // A stamp in the middle leaves each side its half.
            let half = self.running.stamp.as_ref().map(|_| free / 2.0);
            let end = self.shortened(text, face, &self.running.head[1], half.unwrap_or(free * 0.5))?;
            let x = right - width(&end);
            let room = half.unwrap_or(x - self.head.size - left);
            let start = self.shortened(text, face, &self.running.head[0], room)?;
            marks.extend(unread(start, left, line));
            marks.extend(unread(end, x, line));
            let y = under.max(line + self.head.size * if self.running.stamp.is_some() { 1.0 } else { 0.6 });
            marks.push(Mark { node: None, ink: Ink::Rule { from: (left, y), to: (right, y), thickness: 0.4 } });
        }
        Ok(marks)
    }

    /// A text on one line of `room` pt: if it has too many words, its last part is given up, or its last words.
    fn shortened(
        &self,
        text: &mut Paragraphs<'_>,
        face: FaceId,
        words: &str,
        room: f32,
    ) -> Result<Vec<Run>, LayoutError> {
        let mut runs = text.shaper.tracked(face, self.head.size, words, 0.0)?;
        let mut kept = words;
        while width(&runs) > room {
            let (shorter, end) = match (kept.rsplit_once(PARTS), kept.rsplit_once(' ')) {
                (Some((shorter, _)), _) => (shorter, ""),
                (None, Some((shorter, _))) => (shorter, " …"),
                // A word that is wider than the page loses its end.
                (None, None) => match kept.char_indices().next_back() {
                    Some((last, _)) if last > 0 => (&kept[..last], "…"),
                    _ => break,
                },
            };
            kept = shorter;
            runs = text.shaper.tracked(face, self.head.size, &format!("{kept}{end}"), 0.0)?;
        }
        Ok(runs)
    }

    /// What stands at the foot of every page: the code, and the citation under it.
    fn foot(&self, text: &mut Paragraphs<'_>) -> Result<Vec<Mark>, LayoutError> {
        let (left, right) = (self.side, self.page.0 - self.side);
        let line = self.code_line();
        let y = line - self.head.size * 1.15;
        let mut marks = vec![Mark { node: None, ink: Ink::Rule { from: (left, y), to: (right, y), thickness: 0.4 } }];
        let code = text.shaper.tracked(self.head.bold().face(), self.head.size, &self.running.code, 60.0)?;
        marks.extend(unread(code, left, line));
        let placed = |(at, marks): (usize, &Vec<Mark>)| {
            let y = line + self.small.leading * (at as f32 + 1.0) + self.head.size * 0.1;
            marks.iter().cloned().map(move |mark| mark.moved(left, y)).collect::<Vec<Mark>>()
        };
        marks.extend(self.citation.iter().enumerate().flat_map(placed));
        Ok(marks)
    }

    /// The number of a page.
    fn number(
        &self,
        text: &mut Paragraphs<'_>,
        number: usize,
        count: usize,
    ) -> Result<impl Iterator<Item = Mark> + use<>, LayoutError> {
        let label = text.words.page(number, count);
        let runs = text.shaper.tracked(self.head.face(), self.head.size, &label, 0.0)?;
        let x = self.page.0 - self.side - width(&runs);
        Ok(unread(runs, x, self.code_line()))
    }
}

fn width(runs: &[Run]) -> f32 {
    runs.last().map_or(0.0, |run| run.x + run.width())
}

fn unread(runs: Vec<Run>, x: f32, y: f32) -> impl Iterator<Item = Mark> {
    runs.into_iter().map(move |run| Mark { node: None, ink: Ink::Text(run) }.moved(x, y))
}
