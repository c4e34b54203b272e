//! `check`: every fault of every file of a bank folder.

use std::path::Path;

use super::terminal::{say, warn};
use super::texts::Texts;
use super::{Failure, Outcome};
use crate::diag::{has_errors, render_all};

/// Checks a folder, or the built-in bank. Faults go to standard error; a clean bank is said to be one on standard output.
///
/// # Errors
/// A folder or file that cannot be read.
pub fn run(folder: Option<&Path>, strict: bool) -> Result<Outcome, Failure> {
    let (source, faults, texts) = Texts::read(folder)?.load();
    warn(&render_all(&faults, &texts.inputs));
    if has_errors(&faults) || (strict && !faults.is_empty()) {
        return Ok(Outcome::Faults);
    }
    if let Some(source) = source {
        say(&format!(
            "{}: {} paragraphs, {} items, {} sets, {} blueprints; no errors\n",
            source.letter.about.id,
            source.letter.paragraphs.len(),
            source.bank.items.len(),
            source.bank.sets.len(),
            source.blueprints.len(),
        ))?;
    }
    Ok(Outcome::Done)
}
