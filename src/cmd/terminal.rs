//! What a command says, on standard output and standard error. A reader that has closed its end is no fault.

use std::io::{ErrorKind, Write};

use super::Failure;

/// Writes to standard output.
///
/// # Errors
/// Output that cannot be written, unless the reader has gone (`pilcrow show | head`).
pub(super) fn say(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::new(format!("standard output: {error}"))),
        _ => Ok(()),
    }
}

/// Writes to standard error; there is nowhere to report a failure of that.
pub(super) fn warn(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
