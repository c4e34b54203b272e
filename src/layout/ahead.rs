//! A long document, set in parts of which a core that is free sets the last ones ahead.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::LayoutError;
use super::apart::Apart;
use super::setter::{Setter, Slot};
use crate::doc::Block;

/// So many blocks are enough for two to set them, in so many parts.
const LONG: usize = 12;
const PARTS: usize = 16;

/// A part of a document.
struct Part<'b> {
    /// The blocks before it, and its own.
    blocks: (&'b [Block], &'b [Block]),
    /// Its turn has come: it is late to begin.
    reached: AtomicBool,
    /// Set by another core.
    set: Mutex<Option<Apart>>,
}

/// Sets blocks. Of a long document a core that is free sets the last parts too, by a setter of its own, so that they are only put
/// in place when their turn comes: a run of one sheet waits for its key alone.
pub(super) fn set_in_parts<'a>(
    setter: &mut Setter<'a>,
    blocks: &[Block],
    slot: Slot,
    another: impl Fn() -> Result<Setter<'a>, LayoutError> + Sync,
) -> Result<(), LayoutError> {
    if blocks.len() < LONG {
        return setter.blocks(blocks, slot);
    }
    let parts: Vec<Part<'_>> = parted(blocks)
        .into_iter()
        .map(|blocks| Part { blocks, reached: AtomicBool::new(false), set: Mutex::default() })
        .collect();
    // What a setter has learnt of one part helps it with the next.
    let others: Mutex<Vec<Setter<'a>>> = Mutex::default();
    rayon::in_place_scope(|scope| {
        // Whoever looks for work takes what was offered first.
        for part in parts.iter().skip(1).rev() {
            scope.spawn(|_| {
                if part.reached.load(Ordering::Relaxed) {
                    return;
                }
                let known = others.lock().ok().and_then(|mut others| others.pop());
                let Ok(mut other) = known.map_or_else(&another, Ok) else { return };
                // A fault of it is met again in its turn.
                if let (Ok(apart), Ok(mut set)) = (Apart::set(&mut other, part.blocks, slot), part.set.lock()) {
                    *set = apart;
                }
                if let Ok(mut others) = others.lock() {
                    others.push(other);
                }
            });
        }
        parts.iter().try_for_each(|part| {
            part.reached.store(true, Ordering::Relaxed);
            match part.set.lock().ok().and_then(|mut set| set.take()).filter(|apart| apart.fits(setter)) {
                Some(apart) => {
                    apart.put(setter);
                    Ok(())
                }
                None => setter.blocks(part.blocks.1, slot),
            }
        })
    })?;
    for other in others.into_inner().unwrap_or_default() {
        let (_, shaper, paragraphs) = other.text.finish();
        setter.text.learn((shaper.into_kept(), paragraphs));
    }
    Ok(())
}

/// Blocks in parts that are set one after another as if they were one, each with those before it: nothing is kept together over
/// their ends.
fn parted(blocks: &[Block]) -> Vec<(&[Block], &[Block])> {
    let mut parts = Vec::with_capacity(PARTS);
    let mut start = 0;
    for part in 1..PARTS {
        let end = (blocks.len() * part / PARTS..blocks.len()).find(|at| *at > start && begins_apart(blocks, *at));
        if let Some(end) = end {
            parts.push((&blocks[..start], &blocks[start..end]));
            start = end;
        }
    }
    parts.push(blocks.split_at(start));
    parts
}

/// Whether nothing is kept together over the end before a block. A table asks for the height of what it stands under.
fn begins_apart(blocks: &[Block], at: usize) -> bool {
    !matches!(blocks[at - 1], Block::Heading { .. } | Block::Paragraph { .. }) && !matches!(blocks[at], Block::Table(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Flow, Labelled, Role, Style, Table, Words};
    use crate::layout::Faces;
    use crate::layout::look::{Look, Size};
    use crate::layout::paragraph::{Paragraphs, SetParagraphs};
    use crate::layout::shape::{ShapedWords, Shaper};
    use crate::layout::tree::Tree;
    use crate::text::Inline;

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline::text(words)]
    }

    fn paragraph(role: Role, words: &str) -> Block {
        Block::Paragraph { role, text: text(words) }
    }

    fn question(label: usize) -> Block {
        let options = ["one", "another", "a third, and longer than both of the others together", "none of them"];
        let options = options.iter().zip("ABCD".chars());
        let options = options.map(|(words, label)| Labelled { label: label.to_string(), text: text(words) }).collect();
        let body = vec![
            paragraph(Role::Stem, "Which of these comes first?"),
            Block::Options { flow: Flow::Stacked, options, choice: None },
        ];
        Block::Numbered { label: label.to_string(), note: Some("2 points".into()), body, whole: true }
    }

    fn blocks() -> Vec<Block> {
        let heading = |level: u8| Block::Heading { level, text: text("A part of it"), note: None };
        let rows = vec![vec![vec![paragraph(Role::Body, "left")], vec![paragraph(Role::Body, "right")]]; 3];
        let header = vec![text("One"), text("Two")];
        let widths = vec![1.0, 2.0];
        let table = Table { widths, header, rows, ruled: true, row_headers: false, side_by_side: false };
        let frame =
            Block::Frame { title: Some(text("A source")), body: vec![paragraph(Role::Body, "said")], whole: true };
        let mut blocks = vec![heading(2), paragraph(Role::Directions, "Answer all."), question(1), question(2)];
        blocks.extend([Block::Keep(vec![frame, question(3), question(4)]), question(5), heading(3), question(6)]);
        blocks.extend([Block::Table(table), paragraph(Role::Note, "A note."), question(7), Block::PageBreak]);
        blocks.extend([Block::List(vec![text("first"), text("second")]), heading(2), question(8), question(9)]);
        blocks
    }

    fn setter<'f>(faces: &'f Faces, words: &'f Words) -> Setter<'f> {
        let text = Paragraphs::new(
            (Shaper::new(faces, ShapedWords::default()), SetParagraphs::default()),
            words,
            Some(*b"en"),
            8.0,
        );
        let style = Style::default();
        Setter::new(text, Look::new(&style, Size::Usual, false), style, 640.0)
    }

    #[test]
    fn parts_set_elsewhere_stand_as_if_all_were_set_here() {
        let (faces, words, blocks) = (Faces::load().unwrap(), Words::default(), blocks());
        let slot = Slot { x: 0.0, width: 400.0, node: Tree::ROOT };
        let shown = |setter: &Setter<'_>| format!("{:?} {:?}", setter.galley, setter.text.tree);
        let mut whole = setter(&faces, &words);
        whole.blocks(&blocks, slot).unwrap();
        let mut put = 0;
        for at in (1..blocks.len()).filter(|at| begins_apart(&blocks, *at)) {
            let (before, rest) = blocks.split_at(at);
            let mut here = setter(&faces, &words);
            here.blocks(before, slot).unwrap();
            let apart = Apart::set(&mut setter(&faces, &words), (before, rest), slot).unwrap().unwrap();
            if apart.fits(&here) {
                apart.put(&mut here);
                put += 1;
                assert!(shown(&here) == shown(&whole), "parted before block {at}");
            }
        }
        assert!(put > 5, "{put}");
    }
}
