//! The packet: every worksheet of a run in one PDF for the copier, laid out and written a few at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use super::run::{Progress, Run, Stop};
use super::{Failure, interrupt, output};
use crate::assemble::BLOCK;
use crate::compose;
use crate::doc::Document;
use crate::sheet::Sheet;
use crate::write::pdf::{Differing, Packet, PdfError, Press, Proof};

/// In what order the worksheets of a packet lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Order {
    /// As the pupils sit: along the roster, or A B C D, A B C D.
    Seats,
    /// All of form A, then all of form B.
    Forms,
}

/// So many worksheets are set, or written, at a time.
const HELD: usize = 16;

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
        let first = self.sheets.first()?;
        let Some(sheet) = first.first() else { return Ok(None) };
        let reference = |style| compose::worksheet(&sheet.paper, self.context(&self.make.heading, style));
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
        let all = self.plan.packet();
        let mut waves = all.chunks(HELD);
        let mut coded = self.proofs((waves.next().unwrap_or_default(), 1), &press, told)?;
        let mut written = 0;
        while !coded.is_empty() {
            written += coded.len();
            // While some worksheets are written, the next are set: no core waits for the last of them.
            let next = (waves.next().unwrap_or_default(), written + 1);
            let (added, set) = rayon::join(|| packet.add(&coded), || self.proofs(next, &press, told));
            added.map_err(told)?;
            progress.bar.inc(coded.len() as u64);
            coded = set?;
        }
        packet.end().map_err(told)?.finish()?;
        progress.journal.record_as_it_lies(&name)?;
        Ok(Some(name))
    }

    /// Worksheets, by place and form, set and coded on every core; the first of them has the number `seat` in the packet.
    fn proofs(
        &self,
        (some, seat): (&[(usize, u16)], usize),
        press: &Press<'_>,
        told: impl Fn(PdfError) -> Failure + Sync,
    ) -> Result<Vec<Proof<'static>>, Stop> {
        if interrupt::asked() {
            return Err(Stop::Asked);
        }
        let wanted: BTreeSet<u16> = some.iter().map(|(_, form)| form / BLOCK).collect();
        let assembled = wanted.into_par_iter().map(|block| Ok((block, self.sheets.block(block * BLOCK)?)));
        let blocks = assembled.collect::<Result<BTreeMap<u16, Arc<[Sheet]>>, Failure>>()?;
        let proof = |(at, (place, form)): (usize, &(usize, u16))| {
            let sheet = blocks.get(&(form / BLOCK))?.get(usize::from(form % BLOCK))?;
            let document = self.titled(*place, self.worksheet(*place, sheet));
            let pages = self.printer.lay_out(&document.title, &document);
            Some(pages.and_then(|pages| press.proof(pages, seat + at).map_err(&told)))
        };
        Ok(some.par_iter().enumerate().filter_map(proof).collect::<Result<_, Failure>>()?)
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
