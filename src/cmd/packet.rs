//! The packet: every worksheet of a run in one PDF for the copier, laid out and written a few at a time.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use super::run::{Progress, Run, Stop};
use super::{Failure, interrupt, output};
use crate::assemble::BLOCK;
use crate::doc::Document;
use crate::sheet::Sheet;
use crate::write::pdf::{Differing, Packet, PdfError};

/// In what order the worksheets of a packet lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Order {
    /// As the pupils sit: along the roster, or A B C D, A B C D.
    Seats,
    /// All of form A, then all of form B.
    Forms,
}

/// So many worksheets are held at a time.
const HELD: usize = 32;

impl Run<'_> {
    /// Writes the packet, if the run is to have one; returns its file.
    ///
    /// # Errors
    /// What keeps it from being written, or the user's wish to end. The file is whole or not there.
    pub(super) fn packet(&self, progress: &Progress) -> Result<Option<String>, Stop> {
        let Some(name) = self.plan.packet_file() else { return Ok(None) };
        progress.files.fetch_add(1, Ordering::Relaxed);
        if progress.journal.has(&name) {
            progress.kept.fetch_add(1, Ordering::Relaxed);
            return Ok(Some(name));
        }
        let first = self.make.wanted.sheets(self.job(), 0..1)?;
        let Some(sheet) = first.first() else { return Ok(None) };
        let reference = |style| self.reference(sheet, style);
        let references: Vec<Document> = self.styles().into_iter().map(reference).collect();
        let (names, words) = self.differing();
        let press = self.printer.press_for(&references, Differing { names: &names, words: &words })?;
        let path = self.make.out.join(&name);
        let told = |error: PdfError| match error {
            PdfError::Output(error) => output::failed_file(&path, &error),
            other => Failure::new(format!("{}: {other}", path.display())),
        };
        let title = references.first().map_or("", |document| &document.title);
        let mut packet = Packet::begin(&press, output::begin(&path)?, title).map_err(told)?;
        let mut blocks: BTreeMap<u16, Vec<Sheet>> = BTreeMap::new();
        for some in self.plan.packet().chunks(HELD) {
            if interrupt::asked() {
                return Err(Stop::Asked);
            }
            let wanted: BTreeSet<u16> = some.iter().map(|(_, form)| form / BLOCK).collect();
            blocks.retain(|block, _| wanted.contains(block));
            for block in wanted {
                if let Entry::Vacant(place) = blocks.entry(block) {
                    let end = (block + 1).saturating_mul(BLOCK).min(self.plan.forms);
                    place.insert(self.make.wanted.sheets(self.job(), block * BLOCK..end)?);
                }
            }
            let documents = some.iter().filter_map(|(place, form)| {
                let sheet = blocks.get(&(form / BLOCK))?.get(usize::from(form % BLOCK))?;
                Some(self.titled(*place, self.worksheet(*place, sheet)))
            });
            let documents: Vec<Document> = documents.collect();
            packet.add(&self.printer.lay_out_all(&documents)?).map_err(told)?;
            progress.bar.inc(documents.len() as u64);
        }
        packet.end().map_err(told)?.finish()?;
        progress.journal.record(std::slice::from_ref(&name))?;
        Ok(Some(name))
    }

    /// With the pupil's name before its title, by which it is found among the others.
    fn titled(&self, place: usize, document: Document) -> Document {
        match self.plan.pupils.and_then(|pupils| pupils.get(place)) {
            Some(pupil) => Document { title: format!("{} · {}", pupil.name, document.title), ..document },
            None => document,
        }
    }
}

/// Whether what is said of a packet fits together.
///
/// # Errors
/// What does not, and the remedy.
pub(super) fn fits(order: Option<Order>, seats: Option<u32>, roster: bool, pdf: bool) -> Result<(), Failure> {
    match (order, seats) {
        (None, Some(_)) => Err(Failure::with_help(
            "--seats says how many sheets a packet has, and no packet is asked for",
            "add --packet, or leave --seats out",
        )),
        (Some(_), Some(_)) if roster => Err(Failure::with_help(
            "a roster says how many sheets a packet has, and so does --seats",
            "leave one of the two out",
        )),
        (Some(_), _) if !pdf => Err(Failure::with_help(
            "a packet is a PDF, and no PDF is asked for",
            "add pdf to --format, or leave --packet out",
        )),
        _ => Ok(()),
    }
}
