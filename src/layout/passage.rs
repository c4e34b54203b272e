//! The reading: the source's paragraphs with their numbers in the margin.

use super::LayoutError;
use super::galley::cost;
use super::look::{Fill, Type};
use super::page::{Ink, Mark};
use super::setter::{Setter, Slot};
use super::tree::{NodeId, NodeRole, Tree};
use crate::doc::{Numbers, PassageParagraph};
use crate::text::{Inline, plain};

/// Every so many lines one is numbered.
const EVERY: u32 = 5;

/// Space between a number and the text beside it, sizes of the number.
const BESIDE: f32 = 0.6;

/// The widest number of a line that a reading is expected to have.
const MANY_LINES: &str = "999";

impl Setter<'_> {
    /// A reading. Its measure leaves room for notes at the right where the page is wide.
    pub fn passage(&mut self, paragraphs: &[PassageParagraph], slot: Slot) -> Result<(), LayoutError> {
        let section = self.node(slot.node, NodeRole::Section);
        let slot = slot.under(section);
        let kind = self.look.passage;
        let number_type = Type { leading: kind.leading, ..self.look.note }.bold();
        let numbers = self.style.numbers;
        let widest = self.widest_number(paragraphs, &number_type)?;
        // Its text begins where that of the questions does, if its numbers leave room.
        let margin = self.look.hang.0.max(widest + number_type.size * BESIDE);
        // Where both are numbered, the lines have their numbers at the right.
        let right = if numbers == Numbers::Both { number_type.size * 2.4 } else { 0.0 };
        let text = slot.inside(margin, right);
        let text = Slot { width: text.width.min(self.look.measure), ..text };
        let gap = if self.look.body.italics { 0.45 } else { 1.0 };
        let first = self.galley.slabs.len();
        let mut under_title = false;
        for (entry, paragraph) in (0..).zip(paragraphs) {
            self.galley.place.1 = entry;
            if !under_title {
                self.galley.gap(kind.leading * gap);
            }
            under_title = matches!(paragraph, PassageParagraph::Section(_));
            match paragraph {
                PassageParagraph::Section(title) => {
                    let kind = self.look.headings[2];
                    self.galley.gap(kind.leading * 0.9);
                    let node = self.heading_node(3, section);
                    let start = self.galley.slabs.len();
                    self.heading_lines(title, &kind, text.under(node))?;
                    if let Some(slab) = self.galley.slabs.get_mut(start) {
                        slab.entry = Some((3, plain(title)));
                    }
                    self.galley.gap(kind.leading * 0.2);
                    self.galley.hold();
                }
                PassageParagraph::Numbered(number, words) => {
                    let node = self.node(section, NodeRole::Paragraph);
                    if numbers != Numbers::Lines {
                        let span = self.text.tree.add_spoken(node, self.text.words.paragraph(*number));
                        let label = [Inline::text(format!("¶{number}"))];
                        let (marks, width) = self.single(&label, &number_type, slot.under(span))?;
                        let right = margin - number_type.size * BESIDE - width;
                        self.galley.hang(marks.into_iter().map(|mark: Mark| mark.moved(right.max(0.0), 0.0)));
                    }
                    let start = self.galley.slabs.len();
                    self.prose(words, &kind, text.under(node))?;
                    if numbers != Numbers::Paragraphs {
                        let right =
                            if numbers == Numbers::Both { text.x + text.width + right } else { slot.x + margin };
                        let right = right - number_type.size * if numbers == Numbers::Both { 0.0 } else { BESIDE };
                        self.number_lines(*number, start, (right, &number_type))?;
                    }
                }
                PassageParagraph::Editorial(words) => {
                    let node = self.node(section, NodeRole::Paragraph);
                    let bracketed = !plain(words).trim_start().starts_with('[');
                    let words: Vec<Inline> = if bracketed {
                        let ends = [Inline::text("["), Inline::text("]")];
                        let [open, close] = ends;
                        std::iter::once(open).chain(words.iter().cloned()).chain([close]).collect()
                    } else {
                        words.clone()
                    };
                    let kind = if kind.italics { kind.italic() } else { kind };
                    self.prose(&words, &kind.fill(Fill::Ragged), text.under(node))?;
                }
                PassageParagraph::Omission { from, to } => {
                    if entry > 0 {
                        // It marks a place: alone at the top of a page it would mark none.
                        self.galley.cost(cost::FORBIDDEN);
                    }
                    let node = self.node(section, NodeRole::Paragraph);
                    let words = self.text.words;
                    let [printed, spoken] = match numbers {
                        Numbers::Lines => words.omitted_unnumbered(*from, *to),
                        Numbers::Paragraphs | Numbers::Both => words.omitted(*from, *to),
                    };
                    let span = self.text.tree.add_spoken(node, spoken);
                    let kind = self.look.note.fill(Fill::Centered);
                    self.prose(&[Inline::text(printed)], &kind, text.under(span))?;
                }
            }
        }
        self.galley.slabs.iter_mut().skip(first + 1).for_each(|slab| slab.prose = true);
        self.galley.gap(kind.leading * gap.max(0.8));
        Ok(())
    }

    /// The width of the widest number that stands at the left of a reading, pt.
    fn widest_number(&mut self, paragraphs: &[PassageParagraph], kind: &Type) -> Result<f32, LayoutError> {
        if self.style.numbers == Numbers::Lines {
            return self.text.natural_width(&[Inline::text(MANY_LINES)], kind);
        }
        let mut widest = 0.0_f32;
        for paragraph in paragraphs {
            if let PassageParagraph::Numbered(number, _) = paragraph {
                widest = widest.max(self.text.natural_width(&[Inline::text(format!("¶{number}"))], kind)?);
            }
        }
        Ok(widest)
    }

    /// Numbers the lines of paragraph `number`, the slabs from `start` on: every fifth is printed, ending at `right` pt. The
    /// numbers are not read: whoever listens has no lines.
    fn number_lines(&mut self, number: u32, start: usize, (right, kind): (f32, &Type)) -> Result<(), LayoutError> {
        let before = self.lines.paragraphs.values().map(|(_, lines)| lines.len() as u32).sum::<u32>();
        let mut lines = Vec::new();
        for at in start..self.galley.slabs.len() {
            // Of the paragraph's own words: neither its number nor the calls of footnotes, which are spoken otherwise.
            let own = |node: NodeId| self.text.tree.nodes().get(node).is_some_and(|node| node.spoken.is_none());
            let words = |mark: &Mark| match &mark.ink {
                Ink::Text(run) if mark.node.is_some_and(own) => Some(run.text.clone()),
                _ => None,
            };
            lines.push(self.galley.slabs[at].marks.iter().filter_map(words).collect());
            let line = before + lines.len() as u32;
            if line.is_multiple_of(EVERY) {
                let label = [Inline::text(line.to_string())];
                let width = self.text.natural_width(&label, kind)?;
                let slot = Slot { x: right - width, width, node: Tree::ROOT };
                let (marks, _) = self.single(&label, kind, slot)?;
                let slab = &mut self.galley.slabs[at];
                let baseline = slab.baseline;
                slab.marks.extend(marks.into_iter().map(|mark| mark.unread().moved(0.0, baseline)));
            }
        }
        self.lines.paragraphs.insert(number, (before + 1, lines));
        Ok(())
    }
}
