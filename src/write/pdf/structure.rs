//! The structure tree of a tagged PDF.

use std::ops::Range;

use super::content::Link;
use super::deflate::Deflater;
use super::file::Chunk;
use super::form::{Form, FormPlaces, Placed};
use super::number::{reals, reference, text, whole};
use crate::layout::{Node, NodeId, NodeRole, Numbering, Pages, Tree};

/// The structure type of a role.
pub(super) fn tag(role: NodeRole) -> &'static str {
    match role {
        NodeRole::Document => "Document",
        NodeRole::Section => "Sect",
        NodeRole::Heading(1) => "H1",
        NodeRole::Heading(2) => "H2",
        NodeRole::Heading(_) => "H3",
        NodeRole::Paragraph => "P",
        NodeRole::Span => "Span",
        NodeRole::List(_) => "L",
        NodeRole::Item => "LI",
        NodeRole::Label => "Lbl",
        NodeRole::Body => "LBody",
        NodeRole::Table => "Table",
        NodeRole::Row => "TR",
        NodeRole::ColumnHeader | NodeRole::RowHeader => "TH",
        NodeRole::Cell => "TD",
        NodeRole::Figure => "Figure",
        NodeRole::Caption => "Caption",
        NodeRole::Link => "Link",
        NodeRole::Field => "Form",
    }
}

/// A sequence of marked content: its page, and its number there.
#[derive(Clone, Copy)]
struct Sequence {
    page: u32,
    number: u32,
}

/// The sequences of a page: the node of each, and where its small pages begin, if it has any ([`crate::layout::Page::turns`]).
pub(super) struct Sequences<'a> {
    pub owners: &'a [NodeId],
    pub turns: &'a [(usize, usize)],
}

/// The sequences of all pages as they are read: index of the page, and a range on it.
fn in_reading_order(pages: &[Sequences<'_>]) -> Vec<(usize, Range<usize>)> {
    let mut read = Vec::with_capacity(pages.len());
    for (page, Sequences { owners, turns }) in pages.iter().enumerate() {
        let ends = turns.iter().skip(1).map(|(_, start)| *start).chain([owners.len()]);
        match turns {
            [] => read.push((page, page, 0..owners.len())),
            _ => read.extend(turns.iter().zip(ends).map(|((turn, start), end)| (*turn, page, *start..end))),
        }
    }
    read.sort_by_key(|(turn, ..)| *turn);
    read.into_iter().map(|(_, page, range)| (page, range)).collect()
}

/// Lists of one element each kind, one after another, with where each begins: a list a node without a list's memory.
struct Lists<T> {
    all: Vec<T>,
    starts: Vec<u32>,
}

impl<T: Copy> Lists<T> {
    /// Sorts entries by their owners, of whom there are `count`; the order inside a list is that of the entries.
    fn of(count: usize, entries: &[(u32, T)]) -> Self {
        let mut starts = vec![0u32; count + 1];
        entries.iter().for_each(|(owner, _)| starts[*owner as usize + 1] += 1);
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut all: Vec<Option<T>> = vec![None; entries.len()];
        for (owner, entry) in entries {
            let at = &mut next[*owner as usize];
            all[*at as usize] = Some(*entry);
            *at += 1;
        }
        Lists { all: all.into_iter().flatten().collect(), starts }
    }

    fn get(&self, owner: usize) -> &[T] {
        &self.all[self.starts[owner] as usize..self.starts[owner + 1] as usize]
    }
}

/// Which nodes become elements, and what each holds.
pub(super) struct Plan {
    /// For each node, its element's number counted from the first element; `NONE` for one that says nothing.
    elements: Vec<u32>,
    /// How many elements there are.
    pub count: u32,
    /// For each node, the order of the first content in it or under it.
    first: Vec<u32>,
    /// For each node its own sequences, with their order.
    own: Lists<(u32, Sequence)>,
    children: Lists<u32>,
}

const NONE: u32 = u32::MAX;

impl Plan {
    /// Plans the elements of documents by the sequences of their pages and by the places between them that are filled in.
    pub fn of(pages: &Pages, sequences: &[Sequences<'_>], fields: &[Placed]) -> Self {
        let nodes = pages.tree.nodes();
        let mut own = Vec::new();
        let mut first = vec![NONE; nodes.len()];
        let mut order = 0;
        let mut met = |mut node: NodeId| {
            while first[node] == NONE {
                first[node] = order;
                node = nodes[node].parent;
            }
            order += 1;
            order - 1
        };
        // What is filled in on a screen is never imposed: its pages are read in their order.
        let mut fields = fields.iter().peekable();
        for (page, range) in in_reading_order(sequences) {
            let owners = sequences[page].owners;
            let page = page as u32;
            let mut before = |number: u32, met: &mut dyn FnMut(NodeId) -> u32| {
                while let Some(field) = fields.next_if(|field| (field.page, field.after) <= (page, number)) {
                    met(field.node);
                }
            };
            let end = range.end as u32;
            for number in range {
                before(number as u32, &mut met);
                let owner = owners[number];
                own.push((owner as u32, (met(owner), Sequence { page, number: number as u32 })));
            }
            before(end, &mut met);
        }
        let mut elements = vec![NONE; nodes.len()];
        let mut children = Vec::with_capacity(nodes.len());
        let mut count = 0;
        for (id, node) in nodes.iter().enumerate() {
            let is_cell = matches!(node.role, NodeRole::Cell | NodeRole::ColumnHeader | NodeRole::RowHeader);
            let part = pages.part(id).is_some();
            // What holds several documents is the file's own element.
            let whole = id == Tree::ROOT && !part;
            // An empty cell still counts, as does a document; any other node without content says nothing.
            if whole || first[id] == NONE && !part && !(is_cell && elements[node.parent] != NONE) {
                continue;
            }
            elements[id] = count;
            count += 1;
            if !part {
                children.push((node.parent as u32, id as u32));
            }
        }
        let (own, children) = (Lists::of(nodes.len(), &own), Lists::of(nodes.len(), &children));
        Plan { elements, count, first, own, children }
    }

    /// Adds the elements to a chunk.
    pub fn write(&self, chunk: &mut Chunk, places: Places<'_>, deflater: &mut Deflater) {
        for (id, node) in places.pages.tree.nodes().iter().enumerate() {
            if self.elements[id] == NONE {
                continue;
            }
            let number = places.element + self.elements[id];
            chunk.object(number, deflater, |out| self.write_element(out, (id, node), places));
        }
    }

    /// The number of a node's element, by that of the first element.
    pub fn element(&self, node: NodeId, first: u32) -> u32 {
        first + self.elements[node]
    }

    /// The elements that own a page's sequences, as its entry in the parent tree.
    pub fn owners(&self, out: &mut Vec<u8>, owners: &[NodeId], places: Places<'_>) {
        out.push(b'[');
        for owner in owners {
            reference(out, places.element + self.elements[*owner]);
            out.push(b' ');
        }
        out.push(b']');
    }

    fn write_element(&self, out: &mut Vec<u8>, (id, node): (NodeId, &Node), places: Places<'_>) {
        out.extend_from_slice(b"<</S/");
        let document = places.pages.part(id);
        // One of several documents in a file is a part of it.
        let part = document.filter(|_| places.many);
        out.extend_from_slice(if part.is_some() { "Part" } else { tag(node.role) }.as_bytes());
        out.extend_from_slice(b"/P ");
        reference(out, if document.is_some() { places.parent } else { places.element + self.elements[node.parent] });
        let own = self.own.get(id);
        let page = own.first().map(|(_, sequence)| sequence.page);
        if let Some(page) = page {
            out.extend_from_slice(b"/Pg ");
            reference(out, places.page + page);
        }
        let links = || (0..).zip(places.links).filter(|(_, link)| link.node == id);
        let children = self.children.get(id);
        // One alone needs no array.
        let field = places.form.at_node(id);
        let one = own.len() + children.len() + links().take(2).count() + usize::from(field.is_some()) == 1;
        out.extend_from_slice(if one { b"/K " } else { b"/K[" });
        let mut own = own.iter().peekable();
        let mut content = |out: &mut Vec<u8>, before: u32| {
            while let Some((_, sequence)) = own.next_if(|(order, _)| *order < before) {
                if Some(sequence.page) == page {
                    whole(out, sequence.number);
                    out.push(b' ');
                } else {
                    out.extend_from_slice(b"<</Type/MCR/Pg ");
                    reference(out, places.page + sequence.page);
                    out.extend_from_slice(b"/MCID ");
                    whole(out, sequence.number);
                    out.extend_from_slice(b">>");
                }
            }
        };
        // Children in the tree's order; content before the first child that is printed after it.
        for child in children {
            let first = self.first[*child as usize];
            content(out, if first == NONE { 0 } else { first });
            reference(out, places.element + self.elements[*child as usize]);
            out.push(b' ');
        }
        content(out, NONE);
        for (at, link) in links() {
            out.extend_from_slice(b"<</Type/OBJR/Obj ");
            reference(out, places.link + at);
            out.extend_from_slice(b"/Pg ");
            reference(out, places.page + link.page);
            out.extend_from_slice(b">>");
        }
        if let Some(at) = field {
            out.extend_from_slice(b"<</Type/OBJR/Obj ");
            reference(out, places.form.widget(at, places.form_places));
            out.extend_from_slice(b"/Pg ");
            reference(out, places.page + places.form.fields[at as usize].page);
            out.extend_from_slice(b">>");
        }
        if !one {
            out.push(b']');
        }
        if let Some(part) = part {
            out.extend_from_slice(b"/T");
            text(out, &part.title);
        }
        describe(out, node);
        if let Some((_, edges)) = places.boxes.iter().find(|(owner, _)| *owner == id) {
            out.extend_from_slice(b"/A<</O/Layout/BBox[");
            reals(out, edges);
            out.extend_from_slice(b"]>>");
        }
        out.extend_from_slice(b">>");
    }
}

/// The numbers of the objects that elements refer to.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    pub pages: &'a Pages,
    /// The boxes of pictures: left, bottom, right, top, pt.
    pub boxes: &'a [(NodeId, [f32; 4])],
    /// The places on pages that lead elsewhere, and the first of their objects.
    pub links: &'a [Link],
    pub link: u32,
    /// The places that are filled in, and where their objects are.
    pub form: &'a Form,
    pub form_places: FormPlaces,
    /// The element over those of the documents.
    pub parent: u32,
    /// The first element.
    pub element: u32,
    /// The first page; the others follow.
    pub page: u32,
    /// Whether the file has other documents, so that each is a part of it.
    pub many: bool,
}

/// What an element says of itself beside its type.
fn describe(out: &mut Vec<u8>, node: &Node) {
    if let Some(language) = &node.language {
        out.extend_from_slice(b"/Lang");
        text(out, language);
    }
    if let Some(spoken) = &node.spoken {
        out.extend_from_slice(b"/Alt");
        text(out, spoken);
    }
    out.extend_from_slice(match node.role {
        NodeRole::List(Numbering::None) => b"/A<</O/List/ListNumbering/None>>".as_slice(),
        NodeRole::List(Numbering::Disc) => b"/A<</O/List/ListNumbering/Disc>>",
        NodeRole::List(Numbering::Decimal) => b"/A<</O/List/ListNumbering/Decimal>>",
        NodeRole::List(Numbering::UpperAlpha) => b"/A<</O/List/ListNumbering/UpperAlpha>>",
        NodeRole::ColumnHeader => b"/A<</O/Table/Scope/Column>>",
        NodeRole::RowHeader => b"/A<</O/Table/Scope/Row>>",
        _ => b"",
    });
}
