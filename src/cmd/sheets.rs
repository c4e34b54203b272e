//! The sheets of a run's forms, assembled block after block.

use std::sync::{Arc, Mutex, OnceLock};

use super::Failure;
use super::job::Wanted;
use crate::assemble::{BLOCK, Drawn, Job};
use crate::sheet::Sheet;

/// So many blocks are kept from the check on, some 10 MB; the sheets after them are assembled again when they are printed, so
/// that a run of any length needs the same memory.
const KEPT: usize = 12;

/// What a run's sheets are assembled from, and those that are kept.
pub(super) struct Sheets<'a> {
    wanted: &'a Wanted,
    drawn: Drawn<'a>,
    /// How many forms the run has.
    forms: u16,
    kept: [OnceLock<Arc<[Sheet]>>; KEPT],
    /// The block after those that was assembled last, with its number: a packet asks for it twice.
    last: Mutex<Option<(u16, Arc<[Sheet]>)>>,
}

impl<'a> Sheets<'a> {
    /// Draws what all forms have in common.
    ///
    /// # Errors
    /// What the bank cannot give.
    pub fn of(wanted: &'a Wanted, job: Job<'a>, forms: u16) -> Result<Self, Failure> {
        Ok(Sheets { wanted, drawn: wanted.drawn(job)?, forms, kept: Default::default(), last: Mutex::default() })
    }

    /// The first form.
    ///
    /// # Errors
    /// What the bank cannot give.
    pub fn first(&self) -> Result<Vec<Sheet>, Failure> {
        self.wanted.sheets(&self.drawn, 0..1)
    }

    /// The forms of the block in which a form is, in order.
    ///
    /// # Errors
    /// What the bank cannot give.
    pub fn block(&self, form: u16) -> Result<Arc<[Sheet]>, Failure> {
        let number = form / BLOCK;
        let first = number * BLOCK;
        let assembled = || -> Result<Arc<[Sheet]>, Failure> {
            Ok(self.wanted.sheets(&self.drawn, first..self.forms.min(first.saturating_add(BLOCK)))?.into())
        };
        match self.kept.get(usize::from(number)) {
            Some(kept) => match kept.get() {
                Some(sheets) => Ok(Arc::clone(sheets)),
                // Two threads that assemble one block at a time have the same sheets.
                None => assembled().map(|sheets| Arc::clone(kept.get_or_init(|| sheets))),
            },
            None => {
                let last = self.last.lock().ok().and_then(|last| last.clone());
                if let Some((_, sheets)) = last.filter(|(known, _)| *known == number) {
                    return Ok(sheets);
                }
                let sheets = assembled()?;
                if let Ok(mut last) = self.last.lock() {
                    *last = Some((number, Arc::clone(&sheets)));
                }
                Ok(sheets)
            }
        }
    }
}
