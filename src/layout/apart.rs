//! Blocks set apart from the galley that they will stand in, with nodes that are numbered from those over them.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::LayoutError;
use super::galley::{Galley, Slab};
use super::page::Mark;
use super::setter::{Setter, Slot};
use super::tree::{Node, NodeId, NodeRole, Numbering, Tree};
use crate::doc::{Block, LineMap, Style};
use crate::known::Lately;

/// Blocks set apart.
#[derive(Debug, Clone)]
pub(super) struct Apart {
    galley: Galley,
    /// Their nodes. The first of them have the numbers after those of the nodes over all of them: of what they stand under, and of the
    /// list that they go on with, if they do.
    nodes: Vec<Node>,
    /// What was before them, and is after them.
    before: Terms,
    after: Terms,
    /// How many blocks they are.
    begun: u32,
}

/// What a block depends on of those before it, and leaves to those after it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Terms {
    /// The list that a numbered block goes on with.
    list: Option<NodeId>,
    /// Level of the last heading.
    level: u8,
}

/// The list that blocks set apart go on with.
const LIST: NodeId = Tree::ROOT + 1;

impl Apart {
    /// Sets blocks by a setter that has nothing else to set, in a slot under the root, as if others stood before them. `None` where
    /// they are of a kind that cannot be put elsewhere.
    pub fn set(
        setter: &mut Setter<'_>,
        (before, blocks): (&[Block], &[Block]),
        slot: Slot,
    ) -> Result<Option<Self>, LayoutError> {
        let level = before.iter().fold(0, |last, block| match block {
            Block::Heading { level, .. } => (*level).clamp(1, 3).min(last + 1),
            _ => last,
        });
        let goes_on = matches!(before.last(), Some(Block::Numbered { .. }));
        let before = Terms { list: goes_on.then_some(LIST), level };
        setter.galley = Galley::default();
        setter.text.tree = Tree::new();
        if goes_on {
            setter.node(Tree::ROOT, NodeRole::List(Numbering::None));
        }
        setter.take_up(before.list.map(|list| (Tree::ROOT, list)), level);
        setter.begun = 0;
        setter.lines = LineMap::default();
        setter.blocks(blocks, slot)?;
        let list = setter.list_under(Tree::ROOT);
        let after = Terms { list, level: setter.level };
        let galley = std::mem::take(&mut setter.galley);
        let nodes = std::mem::take(&mut setter.text.tree).into_nodes().split_off(1 + usize::from(goes_on));
        let numbered = !setter.lines.paragraphs.is_empty();
        Ok(Some(Apart { galley, nodes, before, after, begun: setter.begun }).filter(|_| !numbered))
    }

    /// Sets the body of a numbered block by the setter of its document, apart from what stands before it.
    fn body(setter: &mut Setter<'_>, blocks: &[Block], slot: Slot) -> Result<Self, LayoutError> {
        let before = Terms { list: None, level: setter.level };
        let (begun, galley) = (std::mem::take(&mut setter.begun), std::mem::take(&mut setter.galley));
        let tree = std::mem::take(&mut setter.text.tree);
        let set = setter.blocks(blocks, slot.under(Tree::ROOT));
        let begun = std::mem::replace(&mut setter.begun, begun);
        let galley = std::mem::replace(&mut setter.galley, galley);
        let nodes = std::mem::replace(&mut setter.text.tree, tree).into_nodes().split_off(1);
        let after = Terms { list: None, level: setter.level };
        set.map(|()| Apart { galley, nodes, before, after, begun })
    }

    /// Puts the blocks where a setter is, under the root, or gives them back if they do not belong there.
    pub fn put(self, setter: &mut Setter<'_>) -> Result<(), Self> {
        let list = setter.list_under(Tree::ROOT);
        if (list.is_some(), setter.level) != (self.before.list.is_some(), self.before.level) {
            return Err(self);
        }
        let after = self.after;
        let over: Vec<NodeId> = std::iter::once(Tree::ROOT).chain(list).collect();
        let first = setter.text.tree.nodes().len();
        let placed = |list: NodeId| over.get(list).copied().unwrap_or_else(|| first + list - over.len());
        let list = after.list.map(|list| (Tree::ROOT, placed(list)));
        self.put_under(setter, &over);
        setter.take_up(list, after.level);
        Ok(())
    }

    /// Puts the blocks where a setter is, under nodes.
    fn put_under(self, setter: &mut Setter<'_>, over: &[NodeId]) {
        let first = setter.text.tree.nodes().len();
        let placed = |node: NodeId| over.get(node).copied().unwrap_or_else(|| first + node - over.len());
        for node in &self.nodes {
            setter.text.tree.add_copy(placed(node.parent), node);
        }
        let begun = setter.begun;
        let slab = |slab: Slab| {
            let mark = |mark: Mark| Mark { node: mark.node.map(placed), ..mark };
            let (block, entry, byte) = slab.place;
            Slab { marks: slab.marks.into_iter().map(mark).collect(), place: (begun + block, entry, byte), ..slab }
        };
        setter.galley.append(self.galley.map(slab));
        setter.begun += self.begun;
    }
}

/// So many bodies are kept, and at most as many again.
const KEPT: usize = 256;

/// Bodies of numbered blocks that were set before, by the hash of what they depend on.
pub(super) type SetBodies = Lately<u64, Arc<SetBody>, KEPT>;

/// A body that documents share, as it is set anywhere.
#[derive(Debug)]
pub(super) struct SetBody {
    cause: Cause,
    apart: Apart,
}

/// Everything that a body's setting depends on.
#[derive(Debug)]
struct Cause {
    /// Kept, so that no other has its place in memory.
    body: Arc<[Block]>,
    style: Style,
    /// Words and hyphenation of the document.
    document: u64,
    /// Left edge and width, what its first line leaves free, the size of the type, the widest line and the height of a column, pt.
    measures: [f32; 6],
}

impl Cause {
    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        (Arc::as_ptr(&self.body), self.document, self.measures.map(f32::to_bits)).hash(&mut hasher);
        hasher.finish()
    }

    fn is(&self, other: &Cause) -> bool {
        Arc::ptr_eq(&self.body, &other.body)
            && (self.style, self.document, self.measures) == (other.style, other.document, other.measures)
    }
}

impl Setter<'_> {
    /// Sets the body of a numbered block. One that documents share is set once and copied; but not where what stands before it may
    /// have a say.
    pub fn body(&mut self, body: &Arc<[Block]>, inset: f32, slot: Slot) -> Result<(), LayoutError> {
        if Arc::strong_count(body) == 1 || self.galley.holds() {
            return self.blocks(body, slot);
        }
        let measures = [slot.x, slot.width, inset, self.look.body.size, self.look.measure, self.room];
        let cause = Cause { body: Arc::clone(body), style: self.style, document: self.text.document, measures };
        let hash = cause.hash();
        if let Some(known) = self.bodies.get(&hash).filter(|known| known.cause.is(&cause)) {
            known.apart.clone().put_under(self, &[slot.node]);
            return Ok(());
        }
        let apart = Apart::body(self, body, slot)?;
        apart.clone().put_under(self, &[slot.node]);
        if apart.before == apart.after {
            self.bodies.insert(hash, Arc::new(SetBody { cause, apart }));
        }
        Ok(())
    }
}
