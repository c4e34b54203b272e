//! The packet: every worksheet of a run in one PDF for the copier, laid out and written a few at a time. Small forms are
//! imposed on papers in stacks that are cut one by one; large print, which is never imposed, comes at its end.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::atomic::Ordering;

use super::run::{Progress, Run, Stop};
use super::{Failure, interrupt, output};
use crate::assemble::BLOCK;
use crate::compose;
use crate::doc::{Document, Imposition, Print, Style};
use crate::layout::Pages;
use crate::layout::impose::{Cut, cut_stack};
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

/// So many worksheets are held at a time, beside a stack.
const HELD: usize = 32;

/// Papers of a stack at most: what a paper cutter takes at a time.
const STACK: usize = 50;

/// A packet that was written.
pub(super) struct Bound {
    /// Its file.
    pub file: String,
    /// The papers of each stack that is to be cut.
    pub stacks: Vec<usize>,
}

impl Run<'_> {
    /// Writes the packet, if the run is to have one.
    ///
    /// # Errors
    /// What keeps it from being written, or the user's wish to end. The file is whole or not there.
    pub(super) fn packet(&self, progress: &Progress) -> Result<Option<Bound>, Stop> {
        let Some(file) = self.plan.packet_file() else { return Ok(None) };
        progress.files.fetch_add(1, Ordering::Relaxed);
        if progress.journal.has(&file) {
            progress.kept.fetch_add(1, Ordering::Relaxed);
            return Ok(Some(Bound { file, stacks: Vec::new() }));
        }
        let first = self.make.wanted.sheets(self.job(), 0..1)?;
        let Some(sheet) = first.first() else { return Ok(None) };
        let reference = |style| compose::worksheet(&sheet.paper, self.context(&self.make.heading, style));
        let references: Vec<Document> = self.styles().into_iter().map(reference).collect();
        let (names, words) = self.differing();
        let press = self.printer.press_for(&references, Differing { names: &names, words: &words })?;
        let path = self.make.out.join(&file);
        let told = |error: PdfError| match error {
            PdfError::Output(error) => output::failed_file(&path, &error),
            other => Failure::new(format!("{}: {other}", path.display())),
        };
        let title = references.first().map_or("", |document| &document.title);
        let mut packet = Packet::begin(&press, output::begin(&path)?, title).map_err(told)?;
        let Style { imposition, duplex, .. } = self.make.style;
        let imposed = |(place, _): &(usize, u16)| self.style(*place).imposed() == imposition;
        let (imposed, whole): (Vec<_>, Vec<_>) = self.plan.packet().into_iter().partition(imposed);
        let stacks = match imposition.cut() {
            Some((across, down)) => {
                let mut stack = Stack::new(Cut { across, down, both_sides: duplex });
                self.lay_out_each(&imposed, progress, |pages| stack.add(pages, &mut packet).map_err(told))?;
                stack.end(&mut packet).map_err(told)?
            }
            None => {
                self.lay_out_each(&imposed, progress, |pages| packet.add(&pages).map_err(told))?;
                Vec::new()
            }
        };
        self.lay_out_each(&whole, progress, |pages| packet.add(&pages).map_err(told))?;
        packet.end().map_err(told)?.finish()?;
        progress.journal.record(std::slice::from_ref(&file))?;
        Ok(Some(Bound { file, stacks }))
    }

    /// Lays out worksheets, given by place and form, and hands them on a few at a time.
    fn lay_out_each(
        &self,
        worksheets: &[(usize, u16)],
        progress: &Progress,
        mut take: impl FnMut(Vec<Pages>) -> Result<(), Failure>,
    ) -> Result<(), Stop> {
        let mut blocks: BTreeMap<u16, Vec<Sheet>> = BTreeMap::new();
        for some in worksheets.chunks(HELD) {
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
            take(self.printer.lay_out_all(&documents)?)?;
            progress.bar.inc(documents.len() as u64);
        }
        Ok(())
    }

    /// With the pupil's name before its title, by which it is found among the others.
    fn titled(&self, place: usize, document: Document) -> Document {
        match self.plan.pupils.and_then(|pupils| pupils.get(place)) {
            Some(pupil) => Document { title: format!("{} · {}", pupil.name, document.title), ..document },
            None => document,
        }
    }
}

/// The small forms of the stack of papers that is being filled.
struct Stack {
    cut: Cut,
    forms: Vec<Pages>,
    pieces: usize,
    /// Papers of each stack before it.
    done: Vec<usize>,
}

impl Stack {
    fn new(cut: Cut) -> Self {
        Stack { cut, forms: Vec::new(), pieces: 0, done: Vec::new() }
    }

    /// Lays forms on the stack; one that is full goes into the packet.
    fn add<W: Write>(&mut self, forms: Vec<Pages>, packet: &mut Packet<'_, '_, W>) -> Result<(), PdfError> {
        for form in forms {
            let pieces = self.cut.pieces(form.pages.len());
            if self.pieces + pieces > STACK * self.cut.places() {
                self.close(packet)?;
            }
            self.pieces += pieces;
            self.forms.push(form);
        }
        Ok(())
    }

    fn close<W: Write>(&mut self, packet: &mut Packet<'_, '_, W>) -> Result<(), PdfError> {
        if self.forms.is_empty() {
            return Ok(());
        }
        self.done.push(std::mem::take(&mut self.pieces).div_ceil(self.cut.places()));
        packet.add(&[cut_stack(std::mem::take(&mut self.forms), self.cut)])
    }

    /// The papers of each stack.
    fn end<W: Write>(mut self, packet: &mut Packet<'_, '_, W>) -> Result<Vec<usize>, PdfError> {
        self.close(packet)?;
        Ok(self.done)
    }
}

/// What a user says of the packet and of how pages stand on paper.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub order: Option<Order>,
    pub seats: Option<u32>,
    pub style: Style,
    /// Whether there is a roster, and whether a PDF is to be made.
    pub roster: bool,
    pub pdf: bool,
}

impl Asked {
    /// In what order a packet is bound, if there is one: small forms, which have no file of their own, make one in any case.
    pub fn order(self) -> Option<Order> {
        self.order.or(self.style.imposition.cut().map(|_| Order::Seats))
    }

    /// Whether all of it fits together.
    ///
    /// # Errors
    /// What does not, and the remedy.
    pub fn fits(self) -> Result<(), Failure> {
        let Asked { seats, style, roster, pdf, .. } = self;
        let flag = match style.imposition {
            Imposition::Whole => "--packet",
            Imposition::TwoUp | Imposition::FourUp => "--n-up",
            Imposition::Booklet => "--booklet",
        };
        let refused = |what: String, help: String| Err(Failure::with_help(what, help));
        match (self.order(), seats) {
            (None, Some(_)) => {
                return refused(
                    "--seats says how many sheets a packet has, and no packet is asked for".to_owned(),
                    "add --packet, or leave --seats out".to_owned(),
                );
            }
            (Some(_), Some(_)) if roster => {
                return refused(
                    "a roster says how many sheets a packet has, and so does --seats".to_owned(),
                    "leave one of the two out".to_owned(),
                );
            }
            _ => {}
        }
        if (self.order().is_some() || style.imposition != Imposition::Whole) && !pdf {
            let what = if flag == "--booklet" { "a booklet" } else { "a packet" };
            return refused(
                format!("{what} is a PDF, and no PDF is asked for"),
                format!("add pdf to --format, or leave {flag} out"),
            );
        }
        if style.imposition != Imposition::Whole && style.print == Print::Large {
            return refused(
                format!("large print needs whole pages, which {flag} parts"),
                format!("leave {flag} out; a roster’s column print gives large print to single pupils, on whole pages"),
            );
        }
        if matches!(style.imposition, Imposition::FourUp | Imposition::Booklet) && style.columns > 1 {
            return refused(
                format!("the pages of {flag} are too narrow for two columns"),
                "leave --columns out, or take --n-up 2".to_owned(),
            );
        }
        Ok(())
    }
}
