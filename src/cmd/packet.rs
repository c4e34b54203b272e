//! The packet: every worksheet of a run in one PDF for the copier, laid out and written a few at a time. Small forms are
//! imposed on papers in stacks that are cut one by one; large print, which is never imposed, comes at its end.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use super::run::{Progress, Run, Stop};
use super::{Failure, interrupt, output};
use crate::assemble::BLOCK;
use crate::doc::{Document, Imposition, Print, Style};
use crate::layout::Pages;
use crate::layout::impose::{Cut, cut_stack};
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

/// So many worksheets are set, or written, at a time, beside a stack.
const HELD: usize = 16;

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
        let first = self.sheets.first()?;
        let Some(sheet) = first.first() else { return Ok(None) };
        let reference = |style| self.reference(sheet, style);
        let references: Vec<Document> = self.styles().into_iter().map(reference).collect();
        let (names, words) = self.differing();
        let press = self.printer.press_for(&references, Differing { names: &names, words: &words })?;
        let path = self.make.out.join(&file);
        let told = |error: PdfError| match error {
            PdfError::Output(error) => output::failed_file(&path, &error),
            other => Failure::new(format!("{}: {other}", path.display())),
        };
        let title = references.first().map_or("", |document| &document.title);
        let packet = Packet::begin(&press, output::begin(&path)?, title).map_err(told)?;
        let Style { imposition, duplex, .. } = self.make.style;
        let imposed = |(place, _): &(usize, u16)| self.style(*place).imposed() == imposition;
        let (imposed, whole): (Vec<_>, Vec<_>) = self.plan.packet().into_iter().partition(imposed);
        let mut binder = Binder { packet, press: &press, told, bound: 0 };
        let stacks = match imposition.cut() {
            Some((across, down)) => {
                let mut stack = Stack::new(Cut { across, down, both_sides: duplex });
                for some in imposed.chunks(HELD) {
                    stack.add(self.set(some, |_, pages| Ok(pages))?, &mut binder)?;
                    progress.bar.inc(some.len() as u64);
                }
                stack.end(&mut binder)?
            }
            None => {
                self.bind(&imposed, &mut binder, progress)?;
                Vec::new()
            }
        };
        self.bind(&whole, &mut binder, progress)?;
        binder.packet.end().map_err(&binder.told)?.finish()?;
        progress.journal.record_as_it_lies(&file)?;
        Ok(Some(Bound { file, stacks }))
    }

    /// Sets worksheets, given by place and form, and binds them as they are.
    fn bind<W: Write + Send>(
        &self,
        worksheets: &[(usize, u16)],
        binder: &mut Binder<'_, '_, W, impl Fn(PdfError) -> Failure + Sync>,
        progress: &Progress,
    ) -> Result<(), Stop> {
        let mut waves = worksheets.chunks(HELD);
        let (press, told) = (binder.press, &binder.told);
        let proofs = |some: &[(usize, u16)], seat: usize| {
            self.set(some, |at, pages| press.proof(pages, seat + at).map_err(told))
        };
        let mut coded: Vec<Proof<'static>> = proofs(waves.next().unwrap_or_default(), binder.bound + 1)?;
        while !coded.is_empty() {
            binder.bound += coded.len();
            // While some worksheets are written, the next are set: no core waits for the last of them.
            let (next, seat, packet) = (waves.next().unwrap_or_default(), binder.bound + 1, &mut binder.packet);
            let (added, set) = rayon::join(|| packet.add(&coded), || proofs(next, seat));
            added.map_err(told)?;
            progress.bar.inc(coded.len() as u64);
            coded = set?;
        }
        Ok(())
    }

    /// Sets worksheets, by place and form, on every core, and does with each what is to be done, knowing its index.
    fn set<T: Send>(
        &self,
        some: &[(usize, u16)],
        then: impl Fn(usize, Pages) -> Result<T, Failure> + Sync,
    ) -> Result<Vec<T>, Stop> {
        if interrupt::asked() {
            return Err(Stop::Asked);
        }
        let wanted: BTreeSet<u16> = some.iter().map(|(_, form)| form / BLOCK).collect();
        let assembled = wanted.into_par_iter().map(|block| Ok((block, self.sheets.block(block * BLOCK)?)));
        let blocks = assembled.collect::<Result<BTreeMap<u16, Arc<[Sheet]>>, Failure>>()?;
        let set = |(at, (place, form)): (usize, &(usize, u16))| {
            let sheet = blocks.get(&(form / BLOCK))?.get(usize::from(form % BLOCK))?;
            let document = self.titled(*place, self.worksheet(*place, sheet));
            Some(self.printer.lay_out(&document.title, &document).and_then(|pages| then(at, pages)))
        };
        Ok(some.par_iter().enumerate().filter_map(set).collect::<Result<_, Failure>>()?)
    }

    /// With the pupil's name before its title, by which it is found among the others.
    fn titled(&self, place: usize, document: Document) -> Document {
        match self.plan.pupils.and_then(|pupils| pupils.get(place)) {
            Some(pupil) => Document { title: format!("{} · {}", pupil.name, document.title), ..document },
            None => document,
        }
    }
}

/// What worksheets are bound with.
struct Binder<'p, 'f, W, T> {
    packet: Packet<'p, 'f, W>,
    press: &'p Press<'f>,
    told: T,
    /// How many documents are in the packet.
    bound: usize,
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
    fn add<W: Write>(
        &mut self,
        forms: Vec<Pages>,
        binder: &mut Binder<'_, '_, W, impl Fn(PdfError) -> Failure>,
    ) -> Result<(), Failure> {
        for form in forms {
            let pieces = self.cut.pieces(form.pages.len());
            if self.pieces + pieces > STACK * self.cut.places() {
                self.close(binder)?;
            }
            self.pieces += pieces;
            self.forms.push(form);
        }
        Ok(())
    }

    fn close<W: Write>(&mut self, binder: &mut Binder<'_, '_, W, impl Fn(PdfError) -> Failure>) -> Result<(), Failure> {
        if self.forms.is_empty() {
            return Ok(());
        }
        self.done.push(std::mem::take(&mut self.pieces).div_ceil(self.cut.places()));
        binder.bound += 1;
        let papers = cut_stack(std::mem::take(&mut self.forms), self.cut);
        let proof = binder.press.proof(papers, binder.bound).map_err(&binder.told)?;
        binder.packet.add(&[proof]).map_err(&binder.told)
    }

    /// The papers of each stack.
    fn end<W: Write>(
        mut self,
        binder: &mut Binder<'_, '_, W, impl Fn(PdfError) -> Failure>,
    ) -> Result<Vec<usize>, Failure> {
        self.close(binder)?;
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
        if style.imposition != Imposition::Whole && style.fillable {
            return refused(
                format!("{flag} is for paper that is cut or folded, and --fillable for a screen"),
                "leave one of the two out".to_owned(),
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
