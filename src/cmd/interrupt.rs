//! Ctrl-C, a terminal that closes, a job runner's end of time: the run stops between two documents, not inside one.

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on a signal to end is noted, and no longer ends the program by itself.
pub(super) fn listen() {
    // Where no listener can be set, a signal ends the program at once, as it would have without this.
    let _ = ctrlc::set_handler(|| ASKED.store(true, Ordering::Relaxed));
}

/// Whether somebody has asked for the end.
pub(super) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
