//! Documents to files: each format once, fonts and templates loaded once a run.

use std::path::{Path, PathBuf};

use super::source::Look;
use super::{Failure, output};
use crate::doc::Document;
use crate::layout::{self, Faces};
use crate::write::{html, pdf};

/// A format of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Format {
    /// For the printer.
    Pdf,
    /// For the screen and the screen reader.
    Html,
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Html => "html",
        }
    }
}

/// What writes documents.
pub(super) struct Printer<'a> {
    look: &'a Look,
    faces: Faces,
    formats: Vec<Format>,
    folder: PathBuf,
}

impl<'a> Printer<'a> {
    pub fn new(look: &'a Look, formats: &[Format], folder: &Path) -> Result<Self, Failure> {
        let faces = Faces::load().map_err(|e| Failure::new(e.to_string()))?;
        let mut formats = formats.to_vec();
        formats.sort();
        formats.dedup();
        Ok(Printer { look, faces, formats, folder: folder.to_owned() })
    }

    /// The first character of a text that a format cannot show: paper has the built-in faces alone.
    pub fn lacking(&self, text: &str) -> Option<char> {
        self.formats.contains(&Format::Pdf).then(|| self.faces.lacking(text)).flatten()
    }

    /// Writes a document in every format; returns the names of the files.
    pub fn print(&self, name: &str, kind: html::Kind, document: &Document) -> Result<Vec<String>, Failure> {
        // All formats are made before any is written: a document that fails in one leaves no half of a pair.
        let mut files = Vec::new();
        for format in &self.formats {
            let bytes = match format {
                Format::Pdf => {
                    let pages =
                        layout::lay_out(document, &self.faces).map_err(|e| {
                            Failure::with_help(
                                format!("{name}: {e}"),
                                "write it in Latin, Greek or Cyrillic letters, or make it for the screen alone: --format html",
                            )
                        })?;
                    pdf::write(&pages, &self.faces).map_err(|e| Failure::new(format!("{name}: {e}")))?
                }
                Format::Html => {
                    self.look.templates.write(kind, document).map_err(|e| Failure::new(e.to_string()))?.into_bytes()
                }
            };
            files.push((format!("{name}.{}", format.extension()), bytes));
        }
        for (file, bytes) in &files {
            output::write_whole(&self.folder.join(file), bytes)?;
        }
        Ok(files.into_iter().map(|(file, _)| file).collect())
    }
}
