//! A file, opened: its bytes, its text if it is one, its files if it is an archive; and the reader that it is for.

use super::{READERS, Read, Reader};
use crate::exchange::archive::{Packed, unzipped};
use crate::letter::decode;

/// A file that is to be imported.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// Its name without folder and ending.
    pub stem: String,
    /// Its text, whatever the encoding: UTF-8, UTF-16, Windows-1252. Empty for an archive.
    pub text: String,
    /// The files of an archive; none for a text.
    pub files: Vec<Packed>,
    /// What had to be guessed or replaced in decoding it, a sentence each.
    pub notes: Vec<String>,
}

impl Opened {
    /// Opens a file.
    ///
    /// # Errors
    /// In a sentence: an archive that is damaged or too large, a file that is no text.
    pub fn of(stem: &str, bytes: &[u8]) -> Result<Opened, String> {
        let stem = stem.to_owned();
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            let files = unzipped(bytes)?;
            return Ok(Opened { stem, text: String::new(), files, notes: Vec::new() });
        }
        crate::letter::plain(bytes).map_err(|fault| match fault.help {
            Some(help) => format!("{}; {help}", fault.message),
            None => fault.message,
        })?;
        let (text, reports) = decode(bytes);
        let notes = reports.into_iter().map(|report| report.message).collect();
        Ok(Opened { stem, text, files: Vec::new(), notes })
    }

    /// A file of the archive by its path, capitals aside.
    pub fn file(&self, path: &str) -> Option<&Packed> {
        let exact = self.files.iter().find(|file| file.name == path);
        exact.or_else(|| self.files.iter().find(|file| file.name.eq_ignore_ascii_case(path)))
    }

    /// The text of a file of the archive.
    pub fn text_of(&self, path: &str) -> Option<String> {
        self.file(path).map(|file| decode(&file.bytes).0)
    }

    /// The reader that the file is for.
    ///
    /// # Errors
    /// In a sentence: nothing that is read.
    pub fn reader(&self) -> Result<&'static Reader, String> {
        READERS.iter().copied().find(|reader| (reader.detects)(self)).ok_or_else(|| {
            if self.file("xl/workbook.xml").is_some() {
                return "a workbook is not read as it is: save it as CSV (UTF-8) and import that".to_owned();
            }
            if self.files.iter().any(|file| file.name.starts_with("collection.anki2")) {
                return "a package of Anki is not read as it is: in Anki, export “Notes in Plain Text” and import that"
                    .to_owned();
            }
            if self.file("word/document.xml").is_some() || self.is_page() {
                return "a page or a word processor’s file is not read as it is: save it as plain text, with its questions in \
                        Aiken or GIFT, and import that"
                    .to_owned();
            }
            // A document that nobody may read says why.
            if self.text.trim_start().starts_with('<')
                && let Err(fault) = crate::exchange::xml::read(&self.text)
            {
                return fault.to_string();
            }
            if let Some(why) = super::csv::misnamed(&self.text) {
                return format!("this is no file that can be imported; {why}");
            }
            let names: Vec<&str> = READERS.iter().map(|reader| reader.name).collect();
            format!("this is no file that can be imported; there are {}", names.join(", "))
        })
    }

    /// Whether it is HTML.
    fn is_page(&self) -> bool {
        let begins =
            |word: &str| self.text.trim_start().get(..word.len()).is_some_and(|b| b.eq_ignore_ascii_case(word));
        begins("<html") || begins("<!doctype html")
    }

    /// Reads it with a reader; what was noted in decoding comes first.
    ///
    /// # Errors
    /// What the reader says.
    pub fn read(&self, reader: &Reader) -> Result<Read, String> {
        let mut read = (reader.read)(self)?;
        read.notes.splice(0..0, self.notes.iter().cloned());
        Ok(read)
    }
}
