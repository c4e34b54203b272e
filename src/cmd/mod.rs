//! The commands: read, call, write. They alone touch files.

pub mod check;
pub mod explain;
pub mod export;
pub mod import;
pub mod key;
pub mod make;
pub mod merge;
pub mod new;
pub mod show;
mod snapshot;
pub mod source;
pub mod study;
pub mod texts;

mod aids;
mod interrupt;
pub mod job;
mod journal;
mod manifest;
pub mod number;
mod output;
pub mod packet;
mod pictures;
pub mod plan;
pub mod print;
mod roster;
mod run;
pub mod shard;
mod sheets;
mod table;
mod terminal;
mod text;
mod told;

use std::fmt;

use crate::diag::{Diagnostic, render_all};
use crate::input::Input;

/// What a command ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done: exit code 0.
    Done,
    /// Faults were found and shown: exit code 1.
    Faults,
    /// The user ended it; what was written is whole: exit code 130.
    Interrupted,
}

/// Why a command could not do its work, as it is shown: `error: …`, or diagnostics with their excerpts.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A failure with its message.
    pub fn new(message: impl Into<String>) -> Self {
        Failure(format!("error: {}", message.into()))
    }

    /// A message with a remedy under it.
    pub fn with_help(message: impl fmt::Display, help: impl fmt::Display) -> Self {
        Failure(format!("error: {message}\n  help: {help}"))
    }

    /// Faults at their places.
    pub fn faults(faults: &[Diagnostic], inputs: &[Input]) -> Self {
        Failure(render_all(faults, inputs).trim_end().to_owned())
    }

    /// The same with a word under all of them.
    pub fn and_help(self, help: impl fmt::Display) -> Self {
        Failure(format!("{self}\n  help: {help}"))
    }
}

impl From<Diagnostic> for Failure {
    /// A single fault, without a count.
    fn from(fault: Diagnostic) -> Self {
        Failure(fault.render(&[]))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
