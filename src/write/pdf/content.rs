//! A page's marks → its content stream, in marked-content sequences.

use std::sync::Arc;

use crate::layout::{Faces, Ink, Mark, NodeId, Page, Pages, Run};
use crate::picture::{Matter, Picture};

use super::fonts::Subsets;
use super::picture;
use super::structure::tag;

/// A page's content stream, the node that each of its marked-content sequences belongs to, its rasters (`Im0`, `Im1` …) and
/// the box of each picture's node: left, bottom, right, top, pt.
pub(super) struct Content {
    pub stream: Vec<u8>,
    pub sequences: Vec<NodeId>,
    pub rasters: Vec<Arc<Picture>>,
    pub boxes: Vec<(NodeId, [f32; 4])>,
}

/// Writes a page's marks in order.
pub(super) fn page_content(page: &Page, pages: &Pages, faces: &Faces, subsets: &mut Subsets) -> Content {
    // Lines end in squares, so that frames have whole corners.
    let content = Content { stream: b"2 J\n".to_vec(), sequences: Vec::new(), rasters: Vec::new(), boxes: Vec::new() };
    let mut writer = Writer { content, open: None, pages, faces, subsets };
    for mark in &page.marks {
        writer.mark(mark);
    }
    writer.close();
    writer.content
}

struct Writer<'a> {
    content: Content,
    /// The open sequence: of a node, or of decoration.
    open: Option<Option<NodeId>>,
    pages: &'a Pages,
    faces: &'a Faces,
    subsets: &'a mut Subsets,
}

impl Writer<'_> {
    fn mark(&mut self, mark: &Mark) {
        let height = self.pages.size.1;
        match &mark.ink {
            Ink::Text(run) => self.run(mark.node, run),
            Ink::Rule { from, to, thickness } => {
                self.within(mark.node, None);
                self.number(*thickness);
                self.put(b"w ");
                self.numbers(&[from.0, height - from.1]);
                self.put(b"m ");
                self.numbers(&[to.0, height - to.1]);
                self.put(b"l S\n");
            }
            Ink::Picture { rect, picture } => self.picture(mark.node, *rect, picture),
            Ink::Frame { rect: [x, y, width, tall], thickness } => {
                self.within(mark.node, None);
                self.number(*thickness);
                self.put(b"w ");
                self.numbers(&[*x, height - y - tall, *width, *tall]);
                self.put(b"re S\n");
            }
        }
    }

    fn picture(&mut self, node: Option<NodeId>, [x, y, width, tall]: [f32; 4], shown: &Arc<Picture>) {
        self.within(node, None);
        let bottom = self.pages.size.1 - y - tall;
        let name = format!("Im{}", self.content.rasters.len());
        self.put(&picture::drawn(shown, [x, bottom, width, tall], &name));
        if matches!(shown.matter, Matter::Raster(_)) {
            self.content.rasters.push(Arc::clone(shown));
        }
        self.content.boxes.extend(node.map(|node| (node, [x, bottom, x + width, bottom + tall])));
    }

    /// Text objects lie inside marked-content sequences, one or more to a run.
    fn run(&mut self, node: Option<NodeId>, run: &Run) {
        let mut x = run.x;
        let mut at = 0;
        while at < run.glyphs.len() {
            // Glyphs up to the next that stands for other characters here than elsewhere; that one goes by itself.
            let tagged = node.is_some() && run.instead.is_none();
            let start = at;
            let apart = !self.spells(run, at) && tagged;
            at += 1;
            while !apart && at < run.glyphs.len() && (self.spells(run, at) || !tagged) {
                at += 1;
            }
            let part = &run.glyphs[start..at];
            let own: Option<String> = if apart {
                let range = part[0].text.start as usize..part[0].text.end as usize;
                run.text.get(range).map(str::to_string)
            } else {
                run.instead.clone()
            };
            self.within(node, own.as_deref());
            self.put(b"BT /F");
            self.put((run.face as usize).to_string().as_bytes());
            self.put(b" ");
            self.number(run.size);
            self.put(b"Tf 1 0 0 1 ");
            self.numbers(&[x, self.pages.size.1 - run.y]);
            self.put(b"Tm ");
            self.glyphs(run, part);
            self.put(b"ET\n");
            if own.is_some() {
                self.close();
            }
            x += part.iter().map(|glyph| glyph.advance).sum::<f32>() * run.size / 1000.0;
        }
    }

    fn spells(&mut self, run: &Run, at: usize) -> bool {
        let glyph = &run.glyphs[at];
        let text = run.text.get(glyph.text.start as usize..glyph.text.end as usize).unwrap_or_default();
        self.subsets.spells(run.face, glyph.id, text)
    }

    fn glyphs(&mut self, run: &Run, glyphs: &[crate::layout::Glyph]) {
        let mut pending: f32 = 0.0;
        let mut rise = 0.0;
        self.put(b"[<");
        for glyph in glyphs {
            if glyph.offset.1 != rise {
                rise = glyph.offset.1;
                self.put(b">]TJ ");
                self.number(rise * run.size / 1000.0);
                self.put(b"Ts [<");
            }
            let before = pending + glyph.offset.0;
            if before.abs() >= 0.05 {
                self.put(b">");
                self.number(-before);
                self.put(b"<");
            }
            let new = self.subsets.renumbered(run.face, glyph.id);
            self.put(format!("{new:04X}").as_bytes());
            pending = glyph.advance - self.faces.get(run.face).advance(glyph.id) - glyph.offset.0;
        }
        self.put(b">]TJ ");
        if rise != 0.0 {
            self.put(b"0 Ts ");
        }
    }

    /// Opens the sequence that a mark belongs to, unless it is open; one with words of its own is always new.
    fn within(&mut self, node: Option<NodeId>, instead: Option<&str>) {
        if self.open == Some(node) && instead.is_none() {
            return;
        }
        self.close();
        match node.and_then(|id| self.pages.tree.nodes().get(id).map(|node| (id, node.role))) {
            None => self.put(b"/Artifact BMC\n"),
            Some((id, role)) => {
                let sequence = self.content.sequences.len();
                self.content.sequences.push(id);
                // Poppler heeds ActualText on a Span alone; the element that owns the sequence keeps its own type.
                let name = if instead.is_some() { "Span" } else { tag(role) };
                self.put(format!("/{name} <</MCID {sequence}").as_bytes());
                if let Some(words) = instead {
                    self.put(b"/ActualText <FEFF");
                    for unit in words.encode_utf16() {
                        self.put(format!("{unit:04X}").as_bytes());
                    }
                    self.put(b">");
                }
                self.put(b">> BDC\n");
            }
        }
        self.open = Some(node);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.put(b"EMC\n");
        }
    }

    fn put(&mut self, bytes: &[u8]) {
        self.content.stream.extend_from_slice(bytes);
    }

    fn numbers(&mut self, values: &[f32]) {
        for value in values {
            self.number(*value);
        }
    }

    /// A number with two decimals at most, and a space.
    fn number(&mut self, value: f32) {
        let hundredths = (f64::from(value) * 100.0).round() as i64;
        let sign = if hundredths < 0 { "-" } else { "" };
        let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
        let text = match (rest, rest % 10) {
            (0, _) => format!("{sign}{whole} "),
            (_, 0) => format!("{sign}{whole}.{} ", rest / 10),
            _ => format!("{sign}{whole}.{rest:02} "),
        };
        self.put(text.as_bytes());
    }
}
