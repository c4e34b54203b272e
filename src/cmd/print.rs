//! Documents to files: each format once, fonts and templates loaded once a run.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::source::Look;
use super::{Failure, output};
use crate::diag::Diagnostic;
use crate::doc::{Document, LineMap, Numbers, Style};
use crate::input::Input;
use crate::layout::{self, Faces, LayoutError, Pages};
use crate::write::html;
use crate::write::pdf::{self, Differing, PdfError, Press, Proof};

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

/// A file that was written.
pub(super) struct Printed {
    pub name: String,
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
}

/// What writes documents.
pub(super) struct Printer<'a> {
    look: &'a Look,
    faces: &'a Faces,
    formats: Vec<Format>,
    folder: PathBuf,
    /// The texts of the bank, in which a character that no face has is shown.
    texts: &'a [Input],
    /// What PDF files share, by kind of document and style.
    presses: OnceLock<Vec<(html::Kind, Style, Press<'a>)>>,
    /// What the presses were made by, until it is printed: in a run of one form, nearly all there is.
    references: Mutex<Vec<Reference>>,
}

/// A document by which a press was made, coded.
struct Reference {
    kind: html::Kind,
    document: Document,
    proof: Proof<'static>,
}

impl<'a> Printer<'a> {
    pub fn new(look: &'a Look, faces: &'a Faces, formats: &[Format], folder: &Path) -> Self {
        let mut formats = formats.to_vec();
        formats.sort();
        formats.dedup();
        let (presses, references) = Default::default();
        Printer { look, faces, formats, folder: folder.to_owned(), texts: &[], presses, references }
    }

    /// The same, knowing the bank's texts.
    pub fn with_texts(self, texts: &'a [Input]) -> Self {
        Printer { texts, ..self }
    }

    /// Makes what all files of a kind and style share, each from a document that does not depend on which of them are made,
    /// and from the characters in which they differ. The document itself is kept if it will be printed.
    pub fn prepare(
        &self,
        kinds: Vec<(html::Kind, Style, bool)>,
        compose: impl Fn(html::Kind, Style) -> Document + Sync,
        differing: Differing<'_>,
    ) -> Result<(), Failure> {
        if !self.formats.contains(&Format::Pdf) {
            return Ok(());
        }
        let press = |(kind, style, printed): (html::Kind, Style, bool)| {
            let document = compose(kind, style);
            let pages = layout::lay_out_together(&document, self.faces);
            let pages = pages.map_err(|error| self.refused(&document.title, error))?;
            let (press, proof) = Press::with_first(self.faces, pages, differing).map_err(failure)?;
            Ok(((kind, style, press), printed.then_some(Reference { kind, document, proof })))
        };
        let made = kinds.into_par_iter().map(press).collect::<Result<Vec<_>, Failure>>()?;
        let (presses, references): (_, Vec<Option<Reference>>) = made.into_iter().unzip();
        self.presses.get_or_init(|| presses);
        if let Ok(mut kept) = self.references.lock() {
            kept.extend(references.into_iter().flatten());
        }
        Ok(())
    }

    /// A press for documents like these, of whatever style, in one file.
    pub fn press_for(&self, references: &[Document], differing: Differing<'_>) -> Result<Press<'a>, Failure> {
        let pages = self.lay_out_all(references)?;
        self.press_of(&pages.iter().collect::<Vec<_>>(), differing)
    }

    fn press_of(&self, pages: &[&Pages], differing: Differing<'_>) -> Result<Press<'a>, Failure> {
        Press::new(self.faces, pages, differing).map_err(failure)
    }

    /// The pages of documents, in order, laid out on every core.
    pub fn lay_out_all(&self, documents: &[Document]) -> Result<Vec<Pages>, Failure> {
        documents.par_iter().map(|document| self.lay_out(&document.title, document)).collect()
    }

    /// The numbered lines of a worksheet's reading, which its key refers to; `None` where it has none, or cannot be laid out,
    /// which is told where it is printed.
    pub fn lines(&self, worksheet: impl FnOnce() -> Document) -> Option<Arc<LineMap>> {
        let pdf = self.formats.contains(&Format::Pdf);
        let document = Some(worksheet()).filter(|document| pdf && document.style.numbers != Numbers::Paragraphs)?;
        layout::line_map(&document, self.faces).ok().flatten().map(Arc::new)
    }

    fn press(&self, kind: html::Kind, style: Style) -> Option<&Press<'a>> {
        self.presses.get()?.iter().find(|known| (known.0, known.1) == (kind, style)).map(|(_, _, press)| press)
    }

    /// The document by which the press of a kind and style was made, and its proof; they are given away.
    pub fn reference(&self, kind: html::Kind, style: Style) -> Option<(Document, Proof<'static>)> {
        let mut kept = self.references.lock().ok()?;
        let at = kept.iter().position(|known| (known.kind, known.document.style) == (kind, style))?;
        let Reference { document, proof, .. } = kept.swap_remove(at);
        Some((document, proof))
    }

    pub fn lay_out(&self, name: &str, document: &Document) -> Result<Pages, Failure> {
        layout::lay_out(document, self.faces).map_err(|error| self.refused(name, error))
    }

    /// Why a document cannot be laid out, and what helps.
    fn refused(&self, name: &str, error: LayoutError) -> Failure {
        match error {
            LayoutError::Missing { character, .. } => self.missing(name, character, &error),
            LayoutError::TooHigh { .. } => {
                Failure::with_help(format!("{name}: {error}"), "shorten it, or choose a smaller print")
            }
            LayoutError::Font(_) | LayoutError::OwnFont { .. } => Failure::new(error.to_string()),
        }
    }

    /// A character that no face has, at every place of the bank that has it, with the item.
    fn missing(&self, name: &str, character: char, error: &LayoutError) -> Failure {
        const HELP: &str = "put a .ttf font that has it into the folder fonts/ of your --templates, or make the sheets for the screen alone: --format html";
        let found = |(input, text): (usize, &Input)| {
            let places = text.text.match_indices(character).map(|(at, found)| (at, at..at + found.len()));
            let of_text = |(at, span): (usize, std::ops::Range<usize>)| {
                let item = text.text[..at].lines().rev().find_map(|line| line.trim_start().strip_prefix("- id:"));
                let whose = item.map(|id| format!("item {}: ", id.trim())).unwrap_or_default();
                let code = u32::from(character);
                let message = format!("{whose}no font has the character “{character}” (U+{code:04X})");
                Diagnostic::error(message, Some((input, span))).help(HELP)
            };
            places.map(of_text).collect::<Vec<_>>()
        };
        let found: Vec<Diagnostic> = self.texts.iter().enumerate().flat_map(found).collect();
        match found.is_empty() {
            true => Failure::with_help(format!("{name}: {error}"), HELP),
            false => Failure::faults(&found, self.texts),
        }
    }

    /// The first character of a text that a format cannot show: paper has no faces but those of the run.
    pub fn lacking(&self, text: &str) -> Option<char> {
        self.formats.contains(&Format::Pdf).then(|| self.faces.lacking(text)).flatten()
    }

    /// Writes a document, which may be coded already, in every format; returns the files.
    pub fn print(
        &self,
        name: &str,
        kind: html::Kind,
        (document, proof): (&Document, Option<Proof<'static>>),
    ) -> Result<Vec<Printed>, Failure> {
        // All formats are made before any is written: a document that fails in one leaves no half of a pair.
        let mut files = Vec::new();
        for format in &self.formats {
            let bytes = match format {
                Format::Pdf => {
                    let written = match (self.press(kind, document.style), &proof) {
                        (Some(press), Some(proof)) => press.write_proof(proof),
                        (Some(press), None) => press.write(&self.lay_out(name, document)?),
                        (None, _) => pdf::write(&self.lay_out(name, document)?, self.faces),
                    };
                    written.map_err(|e| Failure::new(format!("{name}: {e}")))?
                }
                Format::Html => {
                    self.look.templates.write(kind, document).map_err(|e| Failure::new(e.to_string()))?.into_bytes()
                }
            };
            files.push((format!("{name}.{}", format.extension()), bytes));
        }
        let write = |(name, bytes): (String, Vec<u8>)| {
            output::write_whole(&self.folder.join(&name), &bytes)?;
            Ok(Printed { name, digest: Sha256::digest(&bytes).into() })
        };
        files.into_iter().map(write).collect()
    }
}

fn failure(error: PdfError) -> Failure {
    Failure::new(error.to_string())
}
