//! The fingerprint of a bank: any change of what a sheet or key prints changes it.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::Status;
use super::canonical::canonical;
use super::raw::{RawBank, RawPicture};
use crate::letter::Letter;
use crate::picture::Stored;

/// SHA-256 over the letter's fingerprint, the content of the files, drafts left out, and the bytes of the pictures that they
/// show: 64 hex digits. Comments, layout and the split into files do not count; the order of items does.
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    /// Of a bank for a letter; its items come first.
    pub fn new(letter: &Letter) -> Self {
        let mut hash = Sha256::new();
        hash.update(letter.fingerprint.as_bytes());
        hash.update("\nitems\n");
        Fingerprint(hash)
    }

    /// The next item that is no draft, in its [`canonical`] form.
    pub fn item(&mut self, canonical: &[u8]) {
        self.entry(canonical);
    }

    /// With the sets and misconceptions of the files and the pictures that they show, as 64 hex digits.
    pub fn with<'a, 't: 'a>(
        mut self,
        files: impl Iterator<Item = &'a RawBank<'t>> + Clone,
        pictures: &[&Stored],
    ) -> String {
        self.0.update("\nsets\n");
        files.clone().flat_map(|file| &file.sets).for_each(|set| self.entry(&canonical(set)));
        self.0.update("\nmisconceptions\n");
        files.flat_map(|file| &file.misconceptions).for_each(|entry| self.entry(&canonical(entry)));
        for picture in pictures {
            if let Ok(bytes) = &picture.bytes {
                self.0.update(format!("\n{} {}\n", picture.name, bytes.len()));
                self.0.update(bytes);
            }
        }
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn entry(&mut self, canonical: &[u8]) {
        self.0.update(canonical);
        self.0.update("\n");
    }
}

/// The pictures that the sets and items of the files show, drafts left out.
pub(super) fn printed_pictures<'a, 't: 'a, 'p>(
    files: impl Iterator<Item = &'a RawBank<'t>>,
    pictures: &'p [Stored],
) -> Vec<&'p Stored> {
    let of_file = |file: &'a RawBank<'t>| {
        let items = file.items.iter().filter(|item| item.status != Some(Status::Draft));
        let passages = file.sets.iter().flat_map(|set| &set.passages);
        items.filter_map(|item| item.picture.as_deref()).chain(passages.filter_map(|passage| passage.picture.as_ref()))
    };
    let named: BTreeSet<&str> = files.flat_map(of_file).map(|picture: &RawPicture<'_>| &*picture.file).collect();
    pictures.iter().filter(|picture| named.contains(picture.name.as_str())).collect()
}
