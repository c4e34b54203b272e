//! Blocks set apart from the galley that they will stand in, with nodes that are numbered from those over them.

use super::LayoutError;
use super::galley::{Galley, Slab};
use super::page::Mark;
use super::setter::{Setter, Slot};
use super::tree::{Node, NodeId, NodeRole, Numbering, Tree};
use crate::doc::{Block, LineMap};

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

    /// Whether the blocks belong where a setter is.
    pub fn fits(&self, setter: &Setter<'_>) -> bool {
        let list = setter.list_under(Tree::ROOT);
        (list.is_some(), setter.level) == (self.before.list.is_some(), self.before.level)
    }

    /// Puts the blocks where a setter is, under the root.
    pub fn put(self, setter: &mut Setter<'_>) {
        let list = setter.list_under(Tree::ROOT);
        let over: Vec<NodeId> = std::iter::once(Tree::ROOT).chain(list).collect();
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
        let mut galley = self.galley.map(slab);
        galley.place.0 += begun;
        setter.galley.append(galley);
        setter.begun += self.begun;
        setter.take_up(self.after.list.map(|list| (Tree::ROOT, placed(list))), self.after.level);
    }
}
