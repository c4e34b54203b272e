//! Blocks → galley: the text blocks, and what each other block is handed to.

use std::sync::Arc;

use super::LayoutError;
use super::galley::{Galley, Slab, cost};
use super::line::Line;
use super::look::{Fill, Look, Type};
use super::page::Mark;
use super::paragraph::Paragraphs;
use super::tree::{NodeId, NodeRole, Numbering};
use crate::doc::{Block, LineMap, Role, Style};
use crate::text::{Inline, fill};

/// Paragraphs of so many lines or fewer are dear to part.
const SHORT: usize = 5;

/// The place of a block: left edge and width in the galley, pt, and the node that it is content of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub x: f32,
    pub width: f32,
    pub node: NodeId,
}

impl Slot {
    /// The same place under another node.
    pub fn under(self, node: NodeId) -> Self {
        Slot { node, ..self }
    }

    /// The place that is left when `left` pt are taken from its left side and `right` from its right.
    pub fn inside(self, left: f32, right: f32) -> Self {
        Slot { x: self.x + left, width: self.width - left - right, ..self }
    }
}

/// Sets blocks, one after another, into a galley.
pub(super) struct Setter<'f> {
    pub text: Paragraphs<'f>,
    pub look: Look,
    pub style: Style,
    pub galley: Galley,
    /// Height of a full column, pt: what is kept together fits in it.
    pub room: f32,
    /// Level of the last heading: PDF/UA skips none.
    pub level: u8,
    /// What the next paragraph's first line leaves free at its right end, pt.
    inset: f32,
    /// The list that a numbered block continues, and its parent.
    list: Option<(NodeId, NodeId)>,
    /// How many numbered blocks hold what is being set.
    pub numbered: u32,
    /// How many blocks were begun.
    pub begun: u32,
    /// The lines of the reading so far.
    pub lines: LineMap,
}

impl<'f> Setter<'f> {
    pub fn new(text: Paragraphs<'f>, look: Look, style: Style, room: f32) -> Self {
        Setter {
            text,
            look,
            style,
            galley: Galley::default(),
            room,
            level: 0,
            inset: 0.0,
            list: None,
            numbered: 0,
            begun: 0,
            lines: LineMap::default(),
        }
    }

    /// The list under a node with which the next numbered block goes on.
    pub fn list_under(&self, node: NodeId) -> Option<NodeId> {
        self.list.filter(|(parent, _)| *parent == node).map(|(_, list)| list)
    }

    /// Goes on after blocks that were set elsewhere: with the list of the last of them and its parent, and the level of their last
    /// heading.
    pub fn take_up(&mut self, list: Option<(NodeId, NodeId)>, level: u8) {
        (self.list, self.level) = (list, level);
    }

    /// Adds a node to the reading structure.
    pub fn node(&mut self, parent: NodeId, role: NodeRole) -> NodeId {
        self.text.tree.add(parent, role)
    }

    /// Sets blocks in order.
    pub fn blocks(&mut self, blocks: &[Block], slot: Slot) -> Result<(), LayoutError> {
        let mut heads = false;
        for (at, block) in blocks.iter().enumerate() {
            let start = self.galley.slabs.len();
            self.block(block, slot)?;
            let role = match block {
                Block::Paragraph { role, .. } => Some(*role),
                _ => None,
            };
            // A heading with its note and its directions is one thing; so is a stem with what it asks about.
            heads =
                matches!(block, Block::Heading { .. }) || heads && matches!(role, Some(Role::Note | Role::Directions));
            let introduces = heads || matches!(role, Some(Role::Directions | Role::Stem));
            // A word to the whole sheet stands before what has a head of its own, and belongs to nothing under it.
            let next = blocks.get(at + 1).filter(|next| heads || !begins_with_head(next));
            if introduces && next.is_some() {
                // Where all of a question is higher than a page, what is asked is parted after what it asks about.
                let (strongly, next) = if role == Some(Role::Stem) { (2, cost::ASKED) } else { (1, cost::HELD) };
                self.galley.keep_by(strongly, start, self.room * 0.5);
                self.galley.cost(next);
            }
        }
        Ok(())
    }

    fn block(&mut self, block: &Block, slot: Slot) -> Result<(), LayoutError> {
        if !matches!(block, Block::Numbered { .. } | Block::Keep(_)) {
            self.list = None;
        }
        self.begun += 1;
        self.galley.place = (self.begun, 0);
        match block {
            Block::Masthead(head) => self.masthead(head, slot),
            Block::Heading { level, text, note } => self.heading(*level, text, note.as_ref(), slot),
            Block::Paragraph { role, text } => self.paragraph(*role, text, slot),
            Block::Passage(paragraphs) => self.passage(paragraphs, slot),
            Block::Numbered { label, note, body, whole } => self.numbered((label, note.as_deref()), body, *whole, slot),
            Block::Options { flow, options, choice } => self.options(*flow, options, choice.as_ref(), slot),
            Block::List(entries) => self.bullets(entries, slot),
            Block::Terms { flow, terms } => self.terms(*flow, terms, slot),
            Block::Table(table) => self.table(table, slot),
            Block::AnswerSpace { lines, asked } => {
                self.answer_space(*lines, asked.as_deref(), slot);
                Ok(())
            }
            Block::WordBank(words) => self.word_bank(words, slot),
            Block::Frame { title, body, whole } => self.frame(title.as_ref(), body, *whole, slot),
            Block::Figure(figure) => self.figure(figure, slot),
            Block::Grid(grid) => self.grid(grid, slot),
            Block::Keep(body) => {
                let start = self.galley.slabs.len();
                let source = matches!(body.as_slice(), [Block::Frame { .. }, Block::Numbered { .. }, ..]);
                let parts = if source { 1 } else { body.len().max(1) };
                for (at, part) in body.chunks(parts).enumerate() {
                    let first = self.galley.slabs.len();
                    self.blocks(part, slot)?;
                    if source && at == 1 {
                        // A source stays with the first question about it even where no column holds all of them.
                        self.galley.keep(start, self.room);
                    }
                    if let Some(slab) = self.galley.slabs.get_mut(first).filter(|_| source && at > 0) {
                        slab.beside = true;
                    }
                }
                self.galley.keep(start, self.room);
                Ok(())
            }
            Block::PageBreak => {
                self.galley.start_page();
                Ok(())
            }
        }
    }

    /// Sets a text as lines of slabs, at most as wide as reads well.
    pub fn prose(&mut self, text: &[Inline], kind: &Type, slot: Slot) -> Result<(), LayoutError> {
        let width = slot.width.min(self.look.measure);
        let inset = (std::mem::take(&mut self.inset) - (slot.width - width)).max(0.0);
        let lines = self.text.lines(text, kind, slot.node, (width, inset))?;
        self.push_lines(lines, kind, slot.x);
        Ok(())
    }

    /// Appends lines; a break leaves two of them on either side, and parts few of them dearly.
    pub fn push_lines(&mut self, lines: Vec<Line>, kind: &Type, x: f32) {
        let count = lines.len();
        let inside = if count <= SHORT { cost::SHORT } else { cost::LINE };
        for (at, line) in lines.into_iter().enumerate() {
            if at > 0 {
                self.galley.cost(if at == 1 || at + 1 == count { cost::FORBIDDEN } else { inside });
            }
            let start = line.start;
            self.galley.push(Slab { place: (0, 0, start), ..slab_of(line, kind, x) });
        }
    }

    /// A text on one line with its baseline at 0, from `x` on, and its width, pt.
    pub fn single(&mut self, text: &[Inline], kind: &Type, slot: Slot) -> Result<(Vec<Mark>, f32), LayoutError> {
        let kind = kind.fill(Fill::Ragged);
        let lines = self.text.lines(text, &kind, slot.node, (f32::MAX, 0.0))?;
        let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let marks = lines.into_iter().flat_map(|line| line.marks).map(|mark| mark.moved(slot.x, 0.0)).collect();
        Ok((marks, width))
    }

    fn paragraph(&mut self, role: Role, text: &[Inline], slot: Slot) -> Result<(), LayoutError> {
        let body = self.look.body;
        let (kind, gap, inside) = match role {
            Role::Body | Role::Blanks | Role::Scale => (body, 0.5, 0.0),
            // A second stem in one question, its Part B, stands off from the options of the first.
            Role::Stem => (body, 0.8, 0.0),
            Role::Directions if body.italics => (body.italic(), 0.45, 0.0),
            Role::Directions => (self.look.label, 0.45, 0.0),
            Role::Quotation => (body, 0.3, body.size * 1.4),
            Role::Note => (self.look.note, 0.35, 0.0),
            Role::Remark => (body, 0.2, 0.0),
        };
        self.galley.gap(body.leading * gap);
        if role == Role::Note {
            // A note belongs to what it stands under.
            self.galley.cost(cost::NOTE);
        }
        let node = self.node(slot.node, NodeRole::Paragraph);
        let inner = slot.inside(inside, inside).under(node);
        match role {
            Role::Blanks => self.blanks(text, &kind, inner)?,
            Role::Scale => self.scale(text, &kind, inner)?,
            _ => self.prose(text, &kind, inner)?,
        }
        if let (Role::Remark, [Inline::Strong(_)]) = (role, text) {
            // A remark of its label alone heads what follows.
            self.galley.hold();
        }
        Ok(())
    }

    fn numbered(
        &mut self,
        (label, note): (&str, Option<&str>),
        body: &[Block],
        whole: bool,
        slot: Slot,
    ) -> Result<(), LayoutError> {
        let start = self.galley.slabs.len();
        let kind = self.look.label;
        let leading = self.look.body.leading;
        let list = match self.list {
            Some((parent, list)) if parent == slot.node => list,
            _ => self.node(slot.node, NodeRole::List(numbering(label))),
        };
        let item = self.node(list, NodeRole::Item);
        let label_node = self.node(item, NodeRole::Label);
        let body_node = self.node(item, NodeRole::Body);
        self.galley.gap(leading * 0.9 * self.look.air);
        let (marks, width) = self.single(&[Inline::text(label)], &kind, slot.under(label_node))?;
        self.galley.hang(marks);
        self.galley.name(label);
        let hang = self.look.hang.0.max(width + kind.size * 0.6);
        let hanging = slot.inside(hang, 0.0).under(body_node);
        if let Some(note) = note {
            let small = self.look.note;
            let node = self.node(body_node, NodeRole::Paragraph);
            let text = [Inline::text(note)];
            let width = self.text.natural_width(&text, &small)?;
            let (marks, _) = self.single(&text, &small, Slot { x: slot.x + slot.width - width, ..slot.under(node) })?;
            self.galley.hang(marks);
            self.inset = width + small.size;
        }
        if !begins_with_text(body) && (note.is_some() || body.is_empty()) {
            self.inset = 0.0;
            self.galley.push(slab_of(Line::empty(), &kind, 0.0));
            self.galley.hold();
        }
        self.list = None;
        self.numbered += 1;
        self.blocks(body, hanging)?;
        self.numbered -= 1;
        self.inset = 0.0;
        self.galley.raise(start, if whole { cost::PART } else { cost::PARAGRAPH });
        if whole {
            self.galley.keep(start, self.room);
        }
        let said = self.continued(Some(label), slot)?;
        // Under a heading or a source even what a column could hold may have to be parted, but for its highest piece.
        let pieces = self.galley.slabs.iter().skip(start + 1);
        let highest = pieces.map(|slab| slab.height + slab.repeat.as_ref().map_or(0.0, |head| head.height));
        let highest = highest.fold(0.0, f32::max);
        if !whole || self.galley.height(start) > self.room || highest + said.height <= self.room {
            self.galley.repeat(start, &said);
        }
        self.galley.gap(leading * 0.9 * self.look.air);
        self.list = Some((slot.node, list));
        Ok(())
    }

    /// Says over the rest of a frame that a page's end may part, whose slabs begin at `start`, what goes on there. One without a
    /// title has the number of the question that holds it, if one does.
    pub fn frame_goes_on(
        &mut self,
        title: Option<&str>,
        whole: bool,
        start: usize,
        slot: Slot,
    ) -> Result<(), LayoutError> {
        let said_already = title.is_none() && self.numbered > 0;
        let parted = !whole || self.galley.height(start) > self.room;
        if parted && !said_already {
            let said = self.continued(title, slot)?;
            self.galley.repeat(start, &said);
        }
        Ok(())
    }

    /// What stands over the rest of a block on its next page: `7, continued`. It is not read: the structure goes on by itself.
    fn continued(&mut self, label: Option<&str>, slot: Slot) -> Result<Arc<Slab>, LayoutError> {
        let kind = self.look.note;
        let said = |label: Option<&str>, words: &crate::doc::Words| match label {
            Some(label) => fill(&words.continued, &[("label", label)]),
            None => words.goes_on.clone(),
        };
        let mut words = said(label, self.text.words);
        let mut kept = label.unwrap_or_default();
        // A long title gives up its last words.
        while self.text.natural_width(&[Inline::text(words.as_str())], &kind)? > slot.width {
            let Some((shorter, _)) = kept.rsplit_once(' ') else { break };
            kept = shorter;
            words = said(Some(&format!("{kept} …")), self.text.words);
        }
        let (marks, _) = self.single(&[Inline::text(words)], &kind, slot)?;
        let marks = marks.into_iter().map(Mark::unread).collect();
        let slab = slab_of(Line { marks, ..Line::empty() }, &kind, 0.0);
        Ok(Arc::new(Slab { height: slab.height + kind.size * 0.4, ..slab }))
    }
}

/// A line as a slab: its baseline where the leading puts it.
pub(super) fn slab_of(line: Line, kind: &Type, x: f32) -> Slab {
    let baseline = kind.leading * 0.5 + kind.size * 0.32;
    let marks = line.marks.into_iter().map(|mark| mark.moved(x, baseline)).collect();
    Slab::new(kind.leading, baseline, marks)
}

/// How labels such as this one run.
pub(super) fn numbering(label: &str) -> Numbering {
    match label.chars().next() {
        Some(first) if first.is_ascii_digit() => Numbering::Decimal,
        Some(first) if first.is_ascii_uppercase() && label.chars().count() <= 2 => Numbering::UpperAlpha,
        _ => Numbering::None,
    }
}

fn begins_with_head(block: &Block) -> bool {
    match block {
        Block::Heading { .. } | Block::Grid(_) => true,
        Block::Keep(inner) => inner.first().is_some_and(begins_with_head),
        _ => false,
    }
}

fn begins_with_text(body: &[Block]) -> bool {
    match body.first() {
        Some(Block::Paragraph { .. }) => true,
        Some(Block::Keep(inner)) => begins_with_text(inner),
        _ => false,
    }
}
