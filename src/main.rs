//! The exit code: 0 done, 1 faults or failure, 2 usage (clap's own), 130 ended by the user.

// The program never panics; its tests may.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo)]

use std::process::ExitCode;

use mimalloc::MiMalloc;
use pilcrow::cmd::Outcome;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match pilcrow::cli::run() {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Faults) => ExitCode::FAILURE,
        // As shells give it for a command that Ctrl-C has ended.
        Ok(Outcome::Interrupted) => ExitCode::from(130),
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
