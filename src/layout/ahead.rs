//! The first long document of a run, set in parts of which a core that is free sets the last ones ahead.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::LayoutError;
use super::paragraph::SetParagraphs;
use super::setter::{Setter, Slot};
use super::shape::ShapedWords;
use crate::doc::Block;

/// So many blocks are enough for two to set them, in so many parts.
const LONG: usize = 12;
const PARTS: usize = 8;

/// What another core has set of a part, to be copied when the part's turn comes.
#[derive(Default)]
struct Ahead {
    /// Its turn has come: it is late to begin.
    reached: AtomicBool,
    set: Mutex<Option<(ShapedWords, SetParagraphs)>>,
}

/// Sets blocks. Of a long document before which nothing was set, a core that is free sets the last parts too, by a setter of its
/// own, so that their paragraphs are only copied when their turn comes: a run of one sheet waits for its key alone.
pub(super) fn set_in_parts<'a>(
    setter: &mut Setter<'a>,
    blocks: &[Block],
    slot: Slot,
    another: impl Fn() -> Result<Setter<'a>, LayoutError> + Sync,
) -> Result<(), LayoutError> {
    if blocks.len() < LONG || !setter.text.anew {
        return setter.blocks(blocks, slot);
    }
    let parts: Vec<(&[Block], Ahead)> = parted(blocks).into_iter().map(|part| (part, Ahead::default())).collect();
    rayon::in_place_scope(|scope| {
        // Whoever looks for work takes what was offered first.
        for (part, ahead) in parts.iter().skip(1).rev() {
            scope.spawn(|_| {
                if ahead.reached.load(Ordering::Relaxed) {
                    return;
                }
                let Ok(mut other) = another() else { return };
                // A fault of it is met again in its turn.
                let _ = other.blocks(part, slot);
                let (_, shaper, paragraphs) = other.text.finish();
                if let Ok(mut set) = ahead.set.lock() {
                    *set = Some((shaper.into_kept(), paragraphs));
                }
            });
        }
        parts.iter().try_for_each(|(part, ahead)| {
            ahead.reached.store(true, Ordering::Relaxed);
            if let Some(set) = ahead.set.lock().ok().and_then(|mut set| set.take()) {
                setter.text.learn(set);
            }
            setter.blocks(part, slot)
        })
    })
}

/// Blocks in parts that are set one after another as if they were one: nothing is kept together over their ends.
fn parted(blocks: &[Block]) -> Vec<&[Block]> {
    let apart = |at: &usize| !matches!(blocks[at - 1], Block::Heading { .. } | Block::Paragraph { .. });
    let mut parts = Vec::with_capacity(PARTS);
    let mut start = 0;
    for part in 1..PARTS {
        let end = (blocks.len() * part / PARTS..blocks.len()).find(|at| *at > start && apart(at));
        if let Some(end) = end {
            parts.push(&blocks[start..end]);
            start = end;
        }
    }
    parts.push(&blocks[start..]);
    parts
}
