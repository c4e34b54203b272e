//! The reading structure: a tree of nodes with the roles of tagged PDF.

use std::sync::Arc;

/// Number of a node in its [`Tree`].
pub type NodeId = usize;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeRole {
    /// The root.
    Document,
    /// A part that belongs together.
    Section,
    /// A heading, level 1 to 3.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// Words inside a paragraph with a reading of their own.
    Span,
    /// A list.
    List(Numbering),
    /// An entry of a list.
    Item,
    /// Its label.
    Label,
    /// What hangs from the label.
    Body,
    /// A table.
    Table,
    /// Its row.
    Row,
    /// A cell that heads its column.
    ColumnHeader,
    /// A cell that heads its row.
    RowHeader,
    /// Any other cell.
    Cell,
    /// A picture.
    Figure,
    /// What stands under it.
    Caption,
    /// Words that lead to a numbered entry.
    Link,
    /// A place that is filled in on a screen.
    Field,
}

/// How a list's labels run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// No labels.
    None,
    /// Bullets.
    Disc,
    /// 1, 2, 3.
    Decimal,
    /// A, B, C.
    UpperAlpha,
}

/// One node.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its role.
    pub role: NodeRole,
    /// The node that holds it; the root holds itself.
    pub parent: NodeId,
    /// What is spoken in place of its content: `paragraph 7`.
    pub spoken: Option<Arc<str>>,
    /// The label of the entry that a link leads to.
    pub leads_to: Option<Arc<str>>,
    /// The BCP 47 tag of its words, where that is not the document's.
    pub language: Option<Arc<str>>,
}

impl Node {
    fn new(role: NodeRole, parent: NodeId) -> Self {
        Node { role, parent, spoken: None, leads_to: None, language: None }
    }
}

/// The nodes, each after its parent, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// The root's number.
    pub const ROOT: NodeId = 0;

    /// A tree of a root alone.
    pub fn new() -> Self {
        Tree { nodes: vec![Node::new(NodeRole::Document, Self::ROOT)] }
    }

    /// Adds a node as the last child of `parent`.
    pub fn add(&mut self, parent: NodeId, role: NodeRole) -> NodeId {
        self.push(Node::new(role, parent))
    }

    /// Adds words that are spoken in another way than they are printed.
    pub fn add_spoken(&mut self, parent: NodeId, spoken: impl Into<Arc<str>>) -> NodeId {
        self.push(Node { spoken: Some(spoken.into()), ..Node::new(NodeRole::Span, parent) })
    }

    /// Adds words in another language, by its BCP 47 tag.
    pub fn add_foreign(&mut self, parent: NodeId, language: &Arc<str>) -> NodeId {
        self.push(Node { language: Some(Arc::clone(language)), ..Node::new(NodeRole::Span, parent) })
    }

    /// Adds a picture as the last child of `parent`, with what is spoken in its place.
    pub fn add_figure(&mut self, parent: NodeId, alt: impl Into<Arc<str>>) -> NodeId {
        self.push(Node { spoken: Some(alt.into()), ..Node::new(NodeRole::Figure, parent) })
    }

    /// Adds words that lead to a numbered entry.
    pub fn add_link(&mut self, parent: NodeId, label: &str) -> NodeId {
        self.push(Node { leads_to: Some(label.into()), ..Node::new(NodeRole::Link, parent) })
    }

    fn push(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Adds a copy of a node of another tree under `parent`.
    pub fn add_copy(&mut self, parent: NodeId, node: &Node) -> NodeId {
        self.push(Node { parent, ..node.clone() })
    }

    /// Takes back the nodes from number `first` on: what they are of is set in another way.
    pub fn take_back(&mut self, first: NodeId) {
        self.nodes.truncate(first.max(1));
    }

    /// All nodes, given away.
    pub fn into_nodes(self) -> Vec<Node> {
        self.nodes
    }

    /// All nodes; the index is the number.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }
}

impl Default for Tree {
    fn default() -> Self {
        Tree::new()
    }
}
