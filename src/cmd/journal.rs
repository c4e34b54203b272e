//! The journal of a run under way: which files are finished, so that a run that was cut off can be gone on with.
//!
//! The head line names everything that decides the run's bytes; each further line is a file as `sha256sum` writes it. A journal
//! with another head says nothing, and neither does a line whose file has other bytes by now. No time of a file is looked at.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::print::Printed;
use super::{Failure, output};

/// The journal of one run in one folder.
pub(super) struct Journal {
    folder: PathBuf,
    path: PathBuf,
    open: Mutex<File>,
    /// Files on record when the run began, with their hashes.
    recorded: BTreeMap<String, String>,
}

impl Journal {
    /// Begins a journal; with `resume`, what one of the same head has on record is kept.
    ///
    /// # Errors
    /// A folder in which nothing can be written.
    pub fn begin(folder: &Path, name: &str, head: &str, resume: bool) -> Result<Journal, Failure> {
        let path = folder.join(name);
        let earlier = if resume { std::fs::read_to_string(&path).unwrap_or_default() } else { String::new() };
        let recorded = recorded(&earlier, head);
        // Written anew: what a torn last line has left would swallow the line after it.
        let mut text = format!("{head}\n");
        recorded.iter().for_each(|(file, hash)| text += &line(hash, file));
        // The first file of a run: what keeps it from being written would keep all others.
        let open = output::replace(&path, text.as_bytes()).and_then(|()| File::options().append(true).open(&path));
        let open = open.map_err(|error| output::failed_folder(folder, &error))?;
        Ok(Journal { folder: folder.to_owned(), path, open: Mutex::new(open), recorded })
    }

    /// Whether it began with nothing on record.
    pub fn is_empty(&self) -> bool {
        self.recorded.is_empty()
    }

    /// Whether a file is on record and its bytes are still those.
    pub fn has(&self, file: &str) -> bool {
        let known = self.recorded.get(file);
        known.is_some_and(|hash| digest_of(&self.folder.join(file)).is_ok_and(|found| hex(&found) == *hash))
    }

    /// Puts finished files on record.
    ///
    /// # Errors
    /// A journal that cannot be written.
    pub fn record(&self, files: &[Printed]) -> Result<(), Failure> {
        let lines: String = files.iter().map(|file| line(&hex(&file.digest), &file.name)).collect();
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.write_all(lines.as_bytes()).map_err(|error| output::failed_file(&self.path, &error))
    }

    /// Puts a finished file on record by the bytes that lie in the folder now.
    ///
    /// # Errors
    /// A file that is gone again; a journal that cannot be written.
    pub fn record_as_it_lies(&self, name: &str) -> Result<(), Failure> {
        let path = self.folder.join(name);
        let digest = digest_of(&path)
            .map_err(|error| Failure::new(format!("{} was written and cannot be read: {error}", path.display())))?;
        self.record(&[Printed { name: name.to_owned(), digest }])
    }

    /// The run is done, or has not begun: no journal is left.
    pub fn end(self) {
        // A journal that stays does no harm: the next run replaces it.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn line(hash: &str, file: &str) -> String {
    format!("{hash}  {file}\n")
}

/// The whole lines under a head.
fn recorded(text: &str, head: &str) -> BTreeMap<String, String> {
    let Some(lines) = text.strip_prefix(head).and_then(|rest| rest.strip_prefix('\n')) else { return BTreeMap::new() };
    let whole = lines.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
    whole.filter_map(|line| line.split_once("  ")).map(|(hash, file)| (file.to_owned(), hash.to_owned())).collect()
}

/// SHA-256 of a file, read in pieces.
fn digest_of(path: &Path) -> std::io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hash.finalize().into()),
            length => hash.update(&piece[..length]),
        }
    }
}

/// 64 hex digits.
fn hex(digest: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_line_and_another_head_say_nothing() {
        let text = "head 1\naa  a.pdf\nbb  b.pdf\ncc  c.p";
        assert_eq!(recorded(text, "head 1").keys().collect::<Vec<_>>(), ["a.pdf", "b.pdf"]);
        assert!(recorded(text, "head").is_empty() && recorded(text, "head 2").is_empty());
    }

    #[test]
    fn a_file_is_on_record_only_with_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let begin = |head, resume| Journal::begin(folder.path(), "j", head, resume).unwrap();
        std::fs::write(folder.path().join("a"), "one").unwrap();
        begin("head", false).record_as_it_lies("a").unwrap();
        assert!(begin("head", true).has("a"));
        std::fs::write(folder.path().join("a"), "two").unwrap();
        assert!(!begin("head", true).has("a"));
        std::fs::write(folder.path().join("a"), "one").unwrap();
        assert!(begin("head", true).has("a") && !begin("other", true).has("a"));
    }
}
