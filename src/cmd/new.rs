//! `new`: a bank folder for any text.

use std::path::{Path, PathBuf};

use super::terminal::{say, warn};
use super::{Failure, Outcome, output};
use crate::diag::{Diagnostic, Severity, render_all};
use crate::exchange::archive::Packed;
use crate::input::Input;
use crate::letter;
use crate::scaffold::{self, Started};

/// Starts a bank folder from a plain text; `out` defaults to a folder named after the file, beside where the command runs.
///
/// # Errors
/// A text that cannot be read, is no plain text or has no paragraphs; a folder that exists already: nothing of a teacher's
/// is overwritten, and a folder that cannot be filled whole is not left behind.
pub fn run(text: &Path, out: Option<PathBuf>) -> Result<Outcome, Failure> {
    let bytes = crate::file::read_bytes(text)?;
    letter::plain(&bytes)
        .map_err(|fault| Diagnostic { message: format!("{}: {}", text.display(), fault.message), ..fault })?;
    let (decoded, mut reports) = letter::decode(&bytes);
    let name = text.file_stem().map_or_else(|| "text".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let folder = out.unwrap_or_else(|| PathBuf::from(&name));
    if folder.symlink_metadata().is_ok() {
        return Err(Failure::with_help(
            format!("{} exists already", folder.display()),
            "choose another folder with --out; nothing was overwritten",
        ));
    }
    let input = [Input::new(text.display().to_string(), decoded.clone())];
    let started = scaffold::start(&name, &decoded).map_err(|faults| Failure::faults(&faults, &input))?;
    let files: Vec<Packed> = started.files.iter().map(|(name, text)| Packed::new(name, text.as_str())).collect();
    output::new_folder(&folder, &files)?;
    reports.extend(started.reports.iter().cloned());
    reports.extend(run_together(&started, &decoded));
    warn(&render_all(&reports, &input));
    say(&told(&started, &folder))?;
    Ok(Outcome::Done)
}

/// Several lines that were read as one paragraph may have been meant as several.
fn run_together(started: &Started, text: &str) -> Option<Diagnostic> {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    (started.paragraphs == 1 && lines > 2).then(|| {
        let message = format!("the {lines} lines of the text were read as one paragraph");
        Diagnostic { severity: Severity::Note, ..Diagnostic::error(message, None) }
            .help("if they are several, put an empty line between them and start again")
    })
}

fn told(started: &Started, folder: &Path) -> String {
    let files: String = started.files.iter().map(|(file, _)| format!("  {}\n", folder.join(file).display())).collect();
    let typed = typed(&folder.display().to_string());
    let paragraphs = match started.paragraphs {
        1 => "1 paragraph".to_owned(),
        n => format!("{n} paragraphs"),
    };
    let make = if started.files.iter().any(|(file, _)| file.starts_with("blueprints/")) {
        format!("  pilcrow make --bank {typed}\n")
    } else {
        "  write items of your own: nothing in this text could be made a question as it stands\n".to_owned()
    };
    format!(
        "Started {} with {paragraphs}:\n{files}\nNext:\n  edit the files (questions/README.md of pilcrow is the manual);\n  \
         pilcrow check {typed}\n{make}",
        folder.display(),
    )
}

/// A name as a shell reads it.
fn typed(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:".contains(c);
    if name.chars().all(plain) { name.to_owned() } else { format!("\"{name}\"") }
}
