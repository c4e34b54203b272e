//! The fingerprint of a bank: any change of what a sheet or key prints changes it.

use sha2::{Digest, Sha256};

use super::canonical::canonical;
use super::raw::RawBank;
use crate::letter::Letter;

/// SHA-256 over the letter's fingerprint and the content of the files, drafts left out: 64 hex digits. Comments, layout
/// and the split into files do not count; the order of items does.
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    /// Of a bank for a letter; its items come first.
    pub fn new(letter: &Letter) -> Self {
        let mut hash = Sha256::new();
        hash.update(letter.fingerprint.as_bytes());
        hash.update("\nitems\n");
        Fingerprint(hash)
    }

    /// The next item in its [`canonical`] form; a draft adds nothing.
    pub fn item(&mut self, canonical: Option<&[u8]>) {
        if let Some(entry) = canonical {
            self.entry(entry);
        }
    }

    /// With the sets and misconceptions of the files, as 64 hex digits.
    pub fn with<'a>(mut self, files: impl Iterator<Item = &'a RawBank> + Clone) -> String {
        self.0.update("\nsets\n");
        files.clone().flat_map(|file| &file.sets).for_each(|set| self.entry(&canonical(set)));
        self.0.update("\nmisconceptions\n");
        files.flat_map(|file| &file.misconceptions).for_each(|entry| self.entry(&canonical(entry)));
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn entry(&mut self, canonical: &[u8]) {
        self.0.update(canonical);
        self.0.update("\n");
    }
}
