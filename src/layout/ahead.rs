//! A first long document of a run, set in parts of which a core that is free sets the last ones ahead.

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
            match part.set.lock().ok().and_then(|mut set| set.take()).map(|apart| apart.put(setter)) {
                Some(Ok(())) => Ok(()),
                Some(Err(_)) | None => setter.blocks(part.blocks.1, slot),
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
    let apart = |at: &usize| !matches!(blocks[at - 1], Block::Heading { .. } | Block::Paragraph { .. });
    let mut parts = Vec::with_capacity(PARTS);
    let mut start = 0;
    for part in 1..PARTS {
        let end = (blocks.len() * part / PARTS..blocks.len()).find(|at| *at > start && apart(at));
        if let Some(end) = end {
            parts.push((&blocks[..start], &blocks[start..end]));
            start = end;
        }
    }
    parts.push(blocks.split_at(start));
    parts
}
