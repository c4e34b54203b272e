//! Pictures on the sheet, and what the key says of them.

use std::sync::Arc;

use super::KeyContext;
use super::labels::Labels;
use crate::bank::{Figure, Item, Passage};
use crate::doc::{self, Block, Role};
use crate::text::{parse, plain};

/// A picture with its caption.
pub(super) fn figure(figure: &Figure) -> Block {
    Block::Figure(doc::Figure {
        picture: Arc::clone(figure.picture.picture()),
        alt: plain(&parse(&figure.alt)),
        caption: parse(&figure.caption),
        credit: parse(&figure.credit),
        width: figure.width,
    })
}

/// A picture in the words of its caption and alternative text: a teacher has the sheet for the picture itself.
pub(super) fn told(figure: &Figure, labels: &Labels) -> Block {
    let caption = figure.caption.trim();
    let stop = if caption.is_empty() || caption.ends_with(['.', '?', '!', '”']) { "" } else { "." };
    let text = format!("{caption}{stop} {}", figure.alt);
    Block::Paragraph { role: Role::Note, text: labels.led_in(&labels.picture, parse(text.trim())) }
}

/// The pictures of the set that begins with this item; `before` is the set of the item before it.
pub(super) fn told_of_set(item: &Item, before: &mut Option<usize>, context: KeyContext<'_>) -> Vec<Block> {
    let begins = std::mem::replace(before, item.set) != item.set;
    let set = item.set.filter(|_| begins).and_then(|set| context.bank.sets.get(set));
    let passages = set.map(|set| set.passages.as_slice()).unwrap_or_default();
    let figures = passages.iter().filter_map(|passage| match passage {
        Passage::Figure(figure) => Some(figure),
        Passage::Letter(_) | Passage::Other(..) => None,
    });
    figures.map(|figure| told(figure, context.shared.labels)).collect()
}
