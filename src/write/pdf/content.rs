//! A page's marks → its content streams, in marked-content sequences.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::coded::CodedLines;
use super::fonts::{Fonts, Subset};
use super::form::Placed;
use super::number::{decimal, hex, hundredths, real, reals, whole};
use super::picture::drawn;
use super::structure::tag;
use crate::layout::{FaceId, Faces, Field, Filling, Ink, Mark, NodeId, NodeRole, Pages, Run};
use crate::picture::{Matter, Picture};

/// When a small page is read, and its first mark or sequence on its paper.
type Turn = (usize, usize);

/// What the pages of a document show beside text, and where.
#[derive(Default)]
pub(super) struct Shown {
    /// Its rasters, which its pages call `Im0`, `Im1` …
    pub rasters: Vec<Arc<Picture>>,
    /// The box of each picture's node: left, bottom, right, top, pt.
    pub boxes: Vec<(NodeId, [f32; 4])>,
    pub links: Vec<Link>,
    /// The places that are filled in, in reading order.
    pub fields: Vec<Placed>,
}

/// Words on a page that lead to an entry: a node has one for each line on which it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub node: NodeId,
    pub page: u32,
    /// Left, bottom, right, top, pt.
    pub edges: [f32; 4],
}

/// What codes the pages of a file.
pub(super) struct Coder<'a> {
    pub fonts: &'a Fonts,
    pub own: &'a BTreeMap<FaceId, Subset>,
    pub faces: &'a Faces,
    pub coded: &'a mut CodedLines,
    pub out: &'a mut Vec<u8>,
    pub shown: &'a mut Shown,
    /// Index of the page.
    pub page: u32,
}

impl Coder<'_> {
    /// Codes marks as a content stream; returns the node that each of its marked-content sequences belongs to and, for each small
    /// page, when it is read and the first of its sequences. The stream stands in `out` until the next is coded.
    pub fn stream(&mut self, (marks, turns): (&[Mark], &[Turn]), pages: &Pages) -> (Vec<NodeId>, Vec<Turn>) {
        let mut out = std::mem::take(&mut *self.out);
        out.clear();
        // Lines end in squares, so that frames have whole corners.
        out.extend_from_slice(b"2 J\n");
        let mut writer = Writer { coder: self, pages, out, sequences: Vec::new(), open: None, font: None, text: None };
        let mut begun = Vec::with_capacity(turns.len());
        let mut turns = turns.iter().peekable();
        for (at, mark) in marks.iter().enumerate() {
            while let Some((turn, _)) = turns.next_if(|(_, start)| *start <= at) {
                writer.close();
                begun.push((*turn, writer.sequences.len()));
            }
            writer.mark(mark);
        }
        writer.close();
        let Writer { out, sequences, .. } = writer;
        *self.out = out;
        (sequences, begun)
    }
}

fn font(out: &mut Vec<u8>, run: &Run) {
    out.extend_from_slice(b"/F");
    whole(out, run.face.number() as u64);
    out.push(b' ');
    real(out, run.size);
    out.extend_from_slice(b" Tf ");
}

fn placed(out: &mut Vec<u8>, x: f32, y: f32) {
    out.extend_from_slice(b"1 0 0 1 ");
    reals(out, &[x, y]);
    out.extend_from_slice(b"Tm ");
}

/// The path of a circle: four Bézier curves, which leave it by less than a thousandth of its radius.
fn circle(out: &mut Vec<u8>, (x, y): (f32, f32), radius: f32) {
    let handle = radius * 0.5523;
    reals(out, &[x + radius, y]);
    out.extend_from_slice(b"m ");
    // The direction from the centre to the end of each quarter.
    for (from, to) in
        [((1.0, 0.0), (0.0, 1.0)), ((0.0, 1.0), (-1.0, 0.0)), ((-1.0, 0.0), (0.0, -1.0)), ((0.0, -1.0), (1.0, 0.0))]
    {
        let at = |ends: ((f32, f32), (f32, f32)), first: f32, second: f32| {
            [x + ends.0.0 * first + ends.1.0 * second, y + ends.0.1 * first + ends.1.1 * second]
        };
        for point in [at((from, to), radius, handle), at((from, to), handle, radius), at((from, to), 0.0, radius)] {
            reals(out, &point);
        }
        out.extend_from_slice(b"c ");
    }
}

struct Writer<'a, 'c> {
    coder: &'a mut Coder<'c>,
    pages: &'a Pages,
    out: Vec<u8>,
    sequences: Vec<NodeId>,
    /// The open sequence: of a node, or of decoration.
    open: Option<Option<NodeId>>,
    font: Option<(FaceId, f32)>,
    /// The beginning of the last line of the text object, in hundredths, if one is open; it lies inside its sequence.
    text: Option<(i64, i64)>,
}

impl Writer<'_, '_> {
    fn mark(&mut self, mark: &Mark) {
        let height = self.pages.size.1;
        match &mark.ink {
            Ink::Text(run) => self.run(mark.node, run),
            Ink::Rule { from, to, thickness } => {
                self.graphic(mark.node, *thickness);
                reals(&mut self.out, &[from.0, height - from.1]);
                self.out.extend_from_slice(b"m ");
                reals(&mut self.out, &[to.0, height - to.1]);
                self.out.extend_from_slice(b"l S\n");
            }
            Ink::Circle { centre, radius, thickness } => {
                self.graphic(mark.node, thickness.unwrap_or(0.0));
                circle(&mut self.out, (centre.0, height - centre.1), *radius);
                self.out.extend_from_slice(if thickness.is_some() { b"s\n" } else { b"f\n" });
            }
            Ink::Frame { rect: [x, y, width, tall], thickness } => {
                self.graphic(mark.node, *thickness);
                reals(&mut self.out, &[*x, height - y - tall, *width, *tall]);
                self.out.extend_from_slice(b"re S\n");
            }
            Ink::Picture { rect, picture } => self.picture(mark.node, *rect, picture),
            Ink::Field { rect, field } => self.field(mark.node, *rect, field),
        }
    }

    fn picture(&mut self, node: Option<NodeId>, [x, y, width, tall]: [f32; 4], shown: &Arc<Picture>) {
        self.within(node, None);
        self.end_text();
        let bottom = self.pages.size.1 - y - tall;
        let known = &mut self.coder.shown;
        let at = known.rasters.iter().position(|raster| Arc::ptr_eq(raster, shown)).unwrap_or(known.rasters.len());
        if at == known.rasters.len() && matches!(shown.matter, Matter::Raster(_)) {
            known.rasters.push(Arc::clone(shown));
        }
        known.boxes.extend(node.map(|node| (node, [x, bottom, x + width, bottom + tall])));
        self.out.extend_from_slice(&drawn(shown, [x, bottom, width, tall], &format!("Im{at}")));
    }

    fn field(&mut self, node: Option<NodeId>, [x, y, width, tall]: [f32; 4], field: &Arc<Field>) {
        let Some(node) = node else { return };
        // What is read after it is a sequence of its own.
        self.close();
        let mut known = Vec::new();
        if let Filling::Line(Some(words)) = &field.filling {
            known.extend_from_slice(b"q BT ");
            for run in &words.runs {
                for part in self.coder.parts(run, false).iter() {
                    font(&mut known, run);
                    placed(&mut known, run.x + part.x, tall - run.y);
                    known.extend_from_slice(&part.show);
                }
            }
            known.extend_from_slice(b"ET Q\n");
        }
        let bottom = self.pages.size.1 - y - tall;
        self.coder.shown.fields.push(Placed {
            node,
            page: self.coder.page,
            after: self.sequences.len() as u32,
            edges: [x, bottom, x + width, bottom + tall],
            field: Arc::clone(field),
            known,
        });
    }

    fn graphic(&mut self, node: Option<NodeId>, thickness: f32) {
        self.within(node, None);
        self.end_text();
        real(&mut self.out, thickness);
        self.out.extend_from_slice(b" w ");
    }

    /// The box of words that lead elsewhere, a little higher and deeper than their letters.
    fn link(&mut self, node: NodeId, run: &Run) {
        let base = self.pages.size.1 - run.y;
        let edges = [run.x, base - run.size * 0.25, run.x + run.width(), base + run.size * 0.8];
        let page = self.coder.page;
        self.coder.shown.links.push(Link { node, page, edges });
    }

    fn run(&mut self, node: Option<NodeId>, run: &Run) {
        let role = node.and_then(|node| self.pages.tree.nodes().get(node)).map(|node| node.role);
        if let (Some(node), Some(NodeRole::Link)) = (node, role) {
            self.link(node, run);
        }
        for part in self.coder.parts(run, node.is_some()).iter() {
            self.within(node, part.instead.as_deref());
            let (x, y) = (hundredths(run.x + part.x), hundredths(self.pages.size.1 - run.y));
            let (from_x, from_y) = self.text.replace((x, y)).unwrap_or_else(|| {
                self.out.extend_from_slice(b"BT ");
                (0, 0)
            });
            if self.font != Some((run.face, run.size)) {
                self.font = Some((run.face, run.size));
                font(&mut self.out, run);
            }
            decimal(&mut self.out, x - from_x);
            self.out.push(b' ');
            decimal(&mut self.out, y - from_y);
            self.out.extend_from_slice(b" Td ");
            if run.white {
                self.out.extend_from_slice(b"1 g ");
            }
            self.out.extend_from_slice(&part.show);
            if run.white {
                self.out.extend_from_slice(b"0 g ");
            }
            if part.instead.is_some() {
                self.close();
            }
        }
    }

    /// Opens the sequence that a mark belongs to, unless it is open; one with words of its own is always new.
    fn within(&mut self, node: Option<NodeId>, instead: Option<&str>) {
        if self.open == Some(node) && instead.is_none() {
            return;
        }
        self.close();
        match node.and_then(|id| self.pages.tree.nodes().get(id).map(|node| (id, node.role))) {
            None => self.out.extend_from_slice(b"/Artifact BMC\n"),
            Some((id, role)) => {
                // Poppler heeds ActualText on a Span alone; the element that owns the sequence keeps its own type.
                self.out.push(b'/');
                self.out.extend_from_slice(if instead.is_some() { "Span" } else { tag(role) }.as_bytes());
                self.out.extend_from_slice(b" <</MCID ");
                whole(&mut self.out, self.sequences.len() as u64);
                self.sequences.push(id);
                if let Some(words) = instead {
                    self.out.extend_from_slice(b"/ActualText <FEFF");
                    words.encode_utf16().for_each(|unit| hex(&mut self.out, unit));
                    self.out.push(b'>');
                }
                self.out.extend_from_slice(b">> BDC\n");
            }
        }
        self.open = Some(node);
    }

    fn end_text(&mut self) {
        if self.text.take().is_some() {
            self.out.extend_from_slice(b"ET\n");
        }
    }

    fn close(&mut self) {
        self.end_text();
        if self.open.take().is_some() {
            self.out.extend_from_slice(b"EMC\n");
        }
    }
}
