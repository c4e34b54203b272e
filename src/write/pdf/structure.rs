//! The structure tree of a tagged PDF.

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};

use super::PdfError;
use super::content::Content;
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
    }
}

/// Adds the structure tree and the pages' entries into it.
pub(super) fn attach(
    file: &mut lopdf::Document,
    pages: &Pages,
    page_ids: &[ObjectId],
    contents: &[Content],
) -> Result<(), PdfError> {
    let nodes = pages.tree.nodes();
    let ids: Vec<ObjectId> = nodes.iter().map(|_| file.new_object_id()).collect();
    let root = file.new_object_id();
    let mut numbers = Vec::new();
    for (at, (page, content)) in page_ids.iter().zip(contents).enumerate() {
        let owners: Vec<Object> = content.sequences.iter().map(|node| Object::Reference(ids[*node])).collect();
        let owners = file.add_object(Object::Array(owners));
        numbers.extend([Object::Integer(at as i64), Object::Reference(owners)]);
        let page = file.get_dictionary_mut(*page)?;
        page.set("StructParents", at as i64);
        page.set("Tabs", Object::Name(b"S".to_vec()));
    }
    let kids = kids(nodes, contents);
    for (id, node) in nodes.iter().enumerate() {
        let parent = if id == Tree::ROOT { root } else { ids[node.parent] };
        let first_page = kids[id].iter().find_map(|kid| match kid {
            Kid::Content { page, .. } => Some(*page),
            Kid::Node(_) => None,
        });
        let entries: Vec<Object> = kids[id]
            .iter()
            .map(|kid| match *kid {
                Kid::Node(kid) => Object::Reference(ids[kid]),
                Kid::Content { page, sequence } if Some(page) == first_page => Object::Integer(sequence as i64),
                Kid::Content { page, sequence } => Object::Dictionary(dictionary! {
                    "Type" => "MCR",
                    "Pg" => Object::Reference(page_ids[page]),
                    "MCID" => sequence as i64,
                }),
            })
            .collect();
        let mut element = dictionary! {
            "S" => Object::Name(tag(node.role).into()),
            "P" => Object::Reference(parent),
            "K" => entries,
        };
        if let Some(page) = first_page {
            element.set("Pg", Object::Reference(page_ids[page]));
        }
        describe(&mut element, node);
        if let Some((_, rect)) = contents.iter().flat_map(|content| &content.boxes).find(|(owner, _)| *owner == id) {
            let rect: Vec<Object> = rect.iter().map(|value| Object::Real(*value)).collect();
            element.set("A", dictionary! { "O" => "Layout", "BBox" => rect });
        }
        file.objects.insert(ids[id], Object::Dictionary(element));
    }
    let parents = file.add_object(dictionary! { "Nums" => numbers });
    let tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => Object::Reference(ids[Tree::ROOT]),
        "ParentTree" => Object::Reference(parents),
        "ParentTreeNextKey" => page_ids.len() as i64,
    };
    file.objects.insert(root, Object::Dictionary(tree));
    let catalog = file.catalog_mut()?;
    catalog.set("StructTreeRoot", Object::Reference(root));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    Ok(())
}

/// What an element says of itself beside its type.
fn describe(element: &mut Dictionary, node: &Node) {
    if let Some(spoken) = &node.spoken {
        element.set("Alt", words(spoken));
    }
    match node.role {
        NodeRole::List(numbering) => {
            let name = match numbering {
                Numbering::None => "None",
                Numbering::Disc => "Disc",
                Numbering::Decimal => "Decimal",
                Numbering::UpperAlpha => "UpperAlpha",
            };
            element.set("A", dictionary! { "O" => "List", "ListNumbering" => name });
        }
        NodeRole::ColumnHeader => element.set("A", dictionary! { "O" => "Table", "Scope" => "Column" }),
        NodeRole::RowHeader => element.set("A", dictionary! { "O" => "Table", "Scope" => "Row" }),
        _ => {}
    }
}

/// A text string in UTF-16.
pub(super) fn words(text: &str) -> Object {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

#[derive(Clone, Copy)]
enum Kid {
    Node(NodeId),
    Content { page: usize, sequence: usize },
}

/// Each node's children and content in reading order: the children in the tree's order, content before the first child
/// that is printed after it.
fn kids(nodes: &[Node], contents: &[Content]) -> Vec<Vec<Kid>> {
    let mut own: Vec<Vec<(usize, Kid)>> = vec![Vec::new(); nodes.len()];
    let mut first: Vec<Option<usize>> = vec![None; nodes.len()];
    let mut order = 0;
    for (page, content) in contents.iter().enumerate() {
        for (sequence, &owner) in content.sequences.iter().enumerate() {
            own[owner].push((order, Kid::Content { page, sequence }));
            let mut node = owner;
            while first[node].is_none() && node != Tree::ROOT {
                first[node] = Some(order);
                node = nodes[node].parent;
            }
            order += 1;
        }
    }
    let mut children: Vec<Vec<NodeId>> = vec![Vec::new(); nodes.len()];
    for (id, node) in nodes.iter().enumerate().skip(1) {
        let is_cell = matches!(node.role, NodeRole::Cell | NodeRole::ColumnHeader | NodeRole::RowHeader);
        // An empty cell still counts; any other node without content says nothing.
        if first[id].is_some() || is_cell {
            children[node.parent].push(id);
        }
    }
    let merge = |(own, children): (Vec<(usize, Kid)>, Vec<NodeId>)| {
        let mut merged = Vec::with_capacity(own.len() + children.len());
        let mut content = own.into_iter().peekable();
        for child in children {
            while let Some((_, kid)) = content.next_if(|(at, _)| first[child].is_some_and(|first| *at < first)) {
                merged.push(kid);
            }
            merged.push(Kid::Node(child));
        }
        merged.extend(content.map(|(_, kid)| kid));
        merged
    };
    own.into_iter().zip(children).map(merge).collect()
}
