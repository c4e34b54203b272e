//! The fields of a document as an interactive form: names in a tree, a widget for each place, and how widgets look.
//!
//! Sources: ISO 32000-1, 12.7; “Form” in 14.8.4.5: an element for each widget, which holds nothing else.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::deflate::Deflater;
use super::file::Chunk;
use super::number::{name, real, reals, reference, text, whole};
use super::tick;
use crate::layout::{Field, Filling, NodeId};

/// What the font in which pupils type is called.
pub(super) const TYPING: &str = "Sans";

/// Bits of a field's flags: one of several options, words on several lines.
const ONE_OF_SEVERAL: u32 = 1 << 15;
const SEVERAL_LINES: u32 = 1 << 12;

/// A field at its place.
pub(super) struct Placed {
    pub node: NodeId,
    pub page: u32,
    /// How many marked-content sequences its page has before it.
    pub after: u32,
    /// Left, bottom, right, top, pt.
    pub edges: [f32; 4],
    pub field: Arc<Field>,
    /// What is known already, as a piece of a content stream.
    pub known: Vec<u8>,
}

impl Placed {
    /// Width and height, pt.
    fn size(&self) -> [f32; 2] {
        let [left, bottom, right, top] = self.edges;
        [right - left, top - bottom]
    }
}

/// A name over fields, or the field of all options of which one is chosen.
struct Name {
    own: String,
    parent: Option<u32>,
    kids: Vec<Kid>,
    /// What is said of a choice of one.
    choice: Option<String>,
}

#[derive(Clone, Copy)]
enum Kid {
    Name(u32),
    Widget(u32),
}

/// A widget under its name.
struct Widget {
    parent: Option<u32>,
    /// Its own name; the options of which one is chosen have none.
    own: Option<String>,
    /// The first of its appearances.
    appearance: u32,
}

/// The circle or box of an option: whether several may be chosen, its size, and that of its widget, hundredths of a point.
type Tick = (bool, [u32; 3]);

/// The form of a document.
#[derive(Default)]
pub(super) struct Form {
    pub fields: Vec<Placed>,
    names: Vec<Name>,
    widgets: Vec<Widget>,
    roots: Vec<Kid>,
    ticks: Vec<(Tick, u32)>,
    appearances: u32,
    /// The field of each node.
    by_node: BTreeMap<NodeId, u32>,
}

/// Where the objects of a form begin.
#[derive(Clone, Copy)]
pub(super) struct FormPlaces {
    /// The first name; the widgets follow, then the appearances.
    pub first: u32,
    /// The first page; the others follow.
    pub page: u32,
    /// The first widget's key of the parent tree.
    pub key: u32,
    /// The fonts of the document.
    pub resources: u32,
}

impl Form {
    /// The form of fields in reading order. In a file of several documents each has a name over its fields, `seat`.
    pub fn of(fields: Vec<Placed>, seat: Option<usize>) -> Self {
        let mut form = Form::default();
        let mut known: BTreeMap<String, u32> = BTreeMap::new();
        for (at, placed) in (0..).zip(&fields) {
            let field = &placed.field;
            let path = seat.map(|seat| format!("{seat}.")).unwrap_or_default() + &field.name;
            let choice = match &field.filling {
                Filling::One(_, words) => Some(words.as_str()),
                _ => None,
            };
            let (over, own) = match choice {
                Some(_) => (Some(path.as_str()), None),
                None => {
                    path.rsplit_once('.').map_or((None, Some(path.as_str())), |(over, own)| (Some(over), Some(own)))
                }
            };
            let parent = over.map(|over| form.name(over, &mut known));
            if let (Some(parent), Some(words)) = (parent, choice) {
                form.names[parent as usize].choice = Some(words.to_owned());
            }
            let appearance = form.appearance(placed);
            form.widgets.push(Widget { parent, own: own.map(str::to_owned), appearance });
            form.put(parent, Kid::Widget(at));
            form.by_node.insert(placed.node, at);
        }
        form.fields = fields;
        form
    }

    /// The number of a name, `7.blank`, with those over it.
    fn name(&mut self, path: &str, known: &mut BTreeMap<String, u32>) -> u32 {
        if let Some(at) = known.get(path) {
            return *at;
        }
        let (over, own) = path.rsplit_once('.').map_or((None, path), |(over, own)| (Some(over), own));
        let parent = over.map(|over| self.name(over, known));
        let at = self.names.len() as u32;
        self.names.push(Name { own: own.to_owned(), parent, kids: Vec::new(), choice: None });
        self.put(parent, Kid::Name(at));
        known.insert(path.to_owned(), at);
        at
    }

    fn put(&mut self, parent: Option<u32>, kid: Kid) {
        match parent {
            Some(parent) => self.names[parent as usize].kids.push(kid),
            None => self.roots.push(kid),
        }
    }

    /// The first of a field's appearances. Circles and boxes of one size share theirs; what is written in has its own, which
    /// changes as it is filled in.
    fn appearance(&mut self, placed: &Placed) -> u32 {
        let count = match tick_of(placed) {
            Some(tick) => {
                if let Some((_, first)) = self.ticks.iter().find(|(known, _)| *known == tick) {
                    return *first;
                }
                self.ticks.push((tick, self.appearances));
                2
            }
            None => 1,
        };
        self.appearances += count;
        self.appearances - count
    }

    /// How many objects it has: in object streams, and streams.
    pub fn count(&self) -> (u32, u32) {
        ((self.names.len() + self.widgets.len()) as u32, self.appearances)
    }

    /// The field of a node, if it has one.
    pub fn at_node(&self, node: NodeId) -> Option<u32> {
        self.by_node.get(&node).copied()
    }

    /// The object of a field's widget.
    pub fn widget(&self, at: u32, places: FormPlaces) -> u32 {
        places.first + self.names.len() as u32 + at
    }

    /// The objects of the fields that have no name over them.
    pub fn roots(&self, places: FormPlaces) -> impl Iterator<Item = u32> {
        self.roots.iter().map(move |kid| self.kid(*kid, places))
    }

    fn kid(&self, kid: Kid, places: FormPlaces) -> u32 {
        match kid {
            Kid::Name(at) => places.first + at,
            Kid::Widget(at) => self.widget(at, places),
        }
    }

    /// Adds the objects to a chunk.
    pub fn write(&self, chunk: &mut Chunk, places: FormPlaces, deflater: &mut Deflater) {
        for at in 0..self.names.len() {
            chunk.object(places.first + at as u32, deflater, |out| self.named(out, &self.names[at], places));
        }
        for at in 0..self.widgets.len() as u32 {
            chunk.object(self.widget(at, places), deflater, |out| self.annotation(out, at, places));
        }
        let first = self.widget(self.widgets.len() as u32, places);
        for ((several, size), at) in &self.ticks {
            let [tick, width, height] = size.map(|hundredths| hundredths as f32 / 100.0);
            for (ticked, number) in [false, true].into_iter().zip(first + at..) {
                chunk.plain_stream(
                    number,
                    &shape([width, height], None),
                    &tick::mark(*several, ticked, tick, [width, height]),
                );
            }
        }
        for (placed, widget) in self.fields.iter().zip(&self.widgets).filter(|(placed, _)| tick_of(placed).is_none()) {
            let resources = Some(places.resources).filter(|_| !placed.known.is_empty());
            let content = [b"/Tx BMC\n".as_slice(), &placed.known, b"EMC\n"].concat();
            chunk.plain_stream(first + widget.appearance, &shape(placed.size(), resources), &content);
        }
    }

    fn named(&self, out: &mut Vec<u8>, named: &Name, places: FormPlaces) {
        out.extend_from_slice(b"<</T");
        text(out, &named.own);
        if let Some(parent) = named.parent {
            out.extend_from_slice(b"/Parent ");
            reference(out, places.first + parent);
        }
        if let Some(words) = &named.choice {
            out.extend_from_slice(b"/FT/Btn/Ff ");
            whole(out, ONE_OF_SEVERAL);
            out.extend_from_slice(b"/TU");
            text(out, words);
        }
        out.extend_from_slice(b"/Kids[");
        for kid in &named.kids {
            reference(out, self.kid(*kid, places));
            out.push(b' ');
        }
        out.extend_from_slice(b"]>>");
    }

    fn annotation(&self, out: &mut Vec<u8>, at: u32, places: FormPlaces) {
        let (placed, widget) = (&self.fields[at as usize], &self.widgets[at as usize]);
        let field = &placed.field;
        // 4: it is printed.
        out.extend_from_slice(b"<</Type/Annot/Subtype/Widget/F 4/Rect[");
        reals(out, &placed.edges);
        out.extend_from_slice(b"]/P ");
        reference(out, places.page + placed.page);
        if let Some(own) = &widget.own {
            out.extend_from_slice(b"/T");
            text(out, own);
        }
        if let Some(parent) = widget.parent {
            out.extend_from_slice(b"/Parent ");
            reference(out, places.first + parent);
        }
        out.extend_from_slice(b"/TU");
        text(out, &field.words);
        let appearance = self.widget(self.widgets.len() as u32, places) + widget.appearance;
        match &field.filling {
            Filling::One(label, _) | Filling::Any(label) => {
                if matches!(field.filling, Filling::Any(_)) {
                    out.extend_from_slice(b"/FT/Btn");
                }
                out.extend_from_slice(b"/AS/Off/AP<</N<</Off ");
                reference(out, appearance);
                name(out, label);
                out.push(b' ');
                reference(out, appearance + 1);
                out.extend_from_slice(b">>>>");
            }
            Filling::Line(_) | Filling::Lines => {
                out.extend_from_slice(b"/FT/Tx");
                if matches!(field.filling, Filling::Lines) {
                    // White under what is typed covers the ruled lines, which would run through the words.
                    out.extend_from_slice(b"/MK<</BG[1]>>/Ff ");
                    whole(out, SEVERAL_LINES);
                }
                out.extend_from_slice(b"/DA");
                default_appearance(out, field.size);
                if let Filling::Line(Some(known)) = &field.filling {
                    out.extend_from_slice(b"/V");
                    text(out, &known.text);
                }
                out.extend_from_slice(b"/AP<</N ");
                reference(out, appearance);
                out.extend_from_slice(b">>");
            }
        }
        out.extend_from_slice(b"/StructParent ");
        whole(out, places.key + at);
        out.extend_from_slice(b">>");
    }
}

/// How what is typed is set: face, size (pt), black.
pub(super) fn default_appearance(out: &mut Vec<u8>, size: f32) {
    out.extend_from_slice(format!("(/{TYPING} ").as_bytes());
    real(out, size);
    out.extend_from_slice(b" Tf 0 g)");
}

fn tick_of(placed: &Placed) -> Option<Tick> {
    let several = match placed.field.filling {
        Filling::One(..) => false,
        Filling::Any(_) => true,
        Filling::Line(_) | Filling::Lines => return None,
    };
    let [width, height] = placed.size();
    Some((several, [placed.field.size, width, height].map(|length| (length * 100.0).round() as u32)))
}

/// What the dictionary of an appearance says.
fn shape(size: [f32; 2], resources: Option<u32>) -> Vec<u8> {
    let mut out = b"/Type/XObject/Subtype/Form/BBox[0 0 ".to_vec();
    reals(&mut out, &size);
    out.extend_from_slice(b"]/Resources ");
    match resources {
        Some(number) => reference(&mut out, number),
        None => out.extend_from_slice(b"<<>>"),
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(name: &str, filling: Filling) -> Placed {
        let field = Arc::new(Field { name: name.to_owned(), words: name.to_owned(), filling, size: 11.0 });
        Placed { node: 0, page: 0, after: 0, edges: [0.0, 0.0, 14.0, 14.0], field, known: Vec::new() }
    }

    fn one(name: &str, label: &str) -> Placed {
        placed(name, Filling::One(label.to_owned(), format!("Question {name}")))
    }

    #[test]
    fn names_make_a_tree_and_options_share_their_field_and_looks() {
        let fields = vec![
            placed("name", Filling::Line(None)),
            one("4", "A"),
            one("4", "B"),
            placed("7.blank.1", Filling::Line(None)),
            placed("7.blank.2", Filling::Line(None)),
        ];
        let form = Form::of(fields, None);
        let places = FormPlaces { first: 100, page: 1, key: 0, resources: 9 };
        // Names 4, 7 and 7.blank; five widgets; three texts, and the two looks of a circle.
        assert_eq!(form.count(), (8, 5));
        assert_eq!(form.roots(places).collect::<Vec<u32>>(), [103, 100, 101]);
        let mut out = Vec::new();
        form.annotation(&mut out, 2, places);
        let said = String::from_utf8(out).unwrap();
        assert!(said.contains("/Parent 100 0 R") && said.contains("/Off 109 0 R/B 110 0 R"), "{said}");
        assert!(!said.contains("/T(") && !said.contains("/FT"), "{said}");
        let seated = Form::of(vec![one("4", "A"), placed("name", Filling::Lines)], Some(3));
        assert_eq!(seated.roots(places).collect::<Vec<u32>>(), [100], "one name over all");
    }
}
