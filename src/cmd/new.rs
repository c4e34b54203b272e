//! `new`: a bank folder for any text.

use std::path::{Path, PathBuf};

use super::terminal::{say, warn};
use super::{Failure, Outcome, output};
use crate::diag::render_all;
use crate::input::Input;
use crate::letter;
use crate::scaffold;

/// Starts a bank folder from a plain text; `out` defaults to a folder named after the file, beside where the command runs.
///
/// # Errors
/// A text that cannot be read or has no paragraphs; a folder that exists already: nothing of a teacher's is overwritten.
pub fn run(text: &Path, out: Option<PathBuf>) -> Result<Outcome, Failure> {
    let bytes = crate::file::read_bytes(text).map_err(|fault| Failure::new(fault.render(&[])))?;
    let (decoded, reports) = letter::decode(&bytes);
    let name = text.file_stem().map_or_else(|| "text".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let folder = out.unwrap_or_else(|| PathBuf::from(&name));
    if folder.exists() {
        return Err(Failure::with_help(
            format!("{} exists already", folder.display()),
            "choose another folder with --out; nothing was overwritten",
        ));
    }
    let input = [Input::new(text.display().to_string(), decoded.clone())];
    let started = scaffold::start(&name, &decoded).map_err(|faults| Failure::new(render_all(&faults, &input)))?;
    warn(&render_all(&reports, &input));
    warn(&render_all(&started.reports, &input));
    for (file, contents) in &started.files {
        let path = folder.join(file);
        output::make_folder(path.parent().unwrap_or(&folder))?;
        output::write_whole(&path, contents.as_bytes())?;
    }
    let files: String = started.files.iter().map(|(file, _)| format!("  {}\n", folder.join(file).display())).collect();
    say(&format!(
        "Started {0} with {1} paragraphs:\n{files}\nNext:\n  edit the files (questions/README.md of pilcrow is the manual);\n  \
         pilcrow check {0}\n  pilcrow make --bank {0}\n",
        folder.display(),
        started.paragraphs
    ))?;
    Ok(Outcome::Done)
}
