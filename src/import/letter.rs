//! The text that imported questions are about: given, or a place for it.

use crate::diag::Diagnostic;
use crate::exchange::archive::Packed;
use crate::letter::{About, Letter, read};
use crate::scaffold;

/// The files of a bank folder that are not items.
#[derive(Debug, Clone, PartialEq)]
pub struct LetterFiles(pub Vec<Packed>);

/// What questions are held against.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    /// The letter; without one given, a paragraph that asks for it.
    pub letter: Letter,
    /// Whether a letter was given.
    pub given: bool,
    /// Its files.
    pub files: LetterFiles,
}

/// What stands in place of a letter that was not given.
const MISSING: &str =
    "TO DO: put the text here that the questions are about, with an empty line between its paragraphs.\n";

impl Ground {
    /// A text by itself, as `letter::decode` gives it.
    ///
    /// # Errors
    /// What the reader says of a text without a paragraph.
    pub fn of_text(name: &str, text: &str) -> Result<Ground, Vec<Diagnostic>> {
        let (letter, files) = scaffold::letter(name, text)?;
        let files = files.into_iter().map(|(name, text)| Packed::new(name, text)).collect();
        Ok(Ground { letter, given: true, files: LetterFiles(files) })
    }

    /// The letter of a bank folder, with its `letter.yaml`.
    ///
    /// # Errors
    /// What the reader says of the text.
    pub fn of_folder(text: &str, about: &str, parsed: About) -> Result<Ground, Vec<Diagnostic>> {
        let (letter, _) = read(text, parsed)?;
        let mut files = vec![Packed::new("letter.txt", text), Packed::new("letter.yaml", about)];
        files.extend(scaffold::schemas().map(|(name, schema)| Packed::new(name, schema)));
        Ok(Ground { letter, given: true, files: LetterFiles(files) })
    }

    /// No letter: its place is marked.
    ///
    /// # Errors
    /// As [`Ground::of_text`].
    pub fn missing(name: &str) -> Result<Ground, Vec<Diagnostic>> {
        Ok(Ground { given: false, ..Ground::of_text(name, MISSING)? })
    }
}
