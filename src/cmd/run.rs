//! A run: forms assembled block after block, their documents written on every core, nothing kept of them but what the manifest says.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::ProgressBar;
use rayon::prelude::*;

use super::journal::Journal;
use super::make::Make;
use super::manifest::Written;
use super::plan::{Block, Documents, Piece, Plan};
use super::print::Printer;
use super::sheets::Sheets;
use super::source::{Look, Source};
use super::{Failure, aids, interrupt};
use crate::blueprint::{Aid, Blueprint, Mode};
use crate::compose::{self, Aids, Context, Heading, KeyContext};
use crate::doc::{Document, Style};
use crate::sheet::{Fairness, Sheet};
use crate::write::html::Kind;
use crate::write::pdf::{Differing, Proof};

/// So many blocks are held at a time.
const HELD: usize = 6;

/// What a run is made from.
pub(super) struct Run<'a> {
    pub make: &'a Make,
    pub source: &'a Source,
    pub look: &'a Look,
    pub blueprint: &'a Blueprint,
    /// The reading aids of every sheet; pupils may have others beside them.
    pub aids: BTreeSet<Aid>,
    /// What the user should know of them.
    pub notes: Vec<String>,
    pub plan: Plan<'a>,
    pub printer: Printer<'a>,
    pub sheets: Sheets<'a>,
}

/// What a run made.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// The sheets, in the order of the run.
    pub sheets: Vec<Written>,
    pub keys: Vec<Written>,
    pub strip: Vec<String>,
    /// Papers of each stack of small forms that is to be cut.
    pub stacks: Vec<usize>,
    /// Limits of fairness that no draw could meet, once for all forms that share them.
    pub unmet: Vec<String>,
    /// Files that an earlier run had finished.
    pub kept: usize,
    /// Points of a form, and its minutes in tenths.
    pub size: Option<(u32, u32)>,
}

/// Why a run ended before its end.
pub(super) enum Stop {
    /// Somebody asked for it.
    Asked,
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Stop::Failed(failure)
    }
}

/// Where a run is.
pub(super) struct Progress {
    pub journal: Journal,
    pub bar: ProgressBar,
    /// Files that are written.
    pub files: AtomicUsize,
    /// Of these, the ones that an earlier run had finished.
    pub kept: AtomicUsize,
}

/// A document that was made, with its form's code and points; `code` is empty for a strip.
struct Done {
    piece: Piece,
    written: Written,
}

impl Run<'_> {
    /// Makes what the PDF files of a run share, from its first form: that is the same whichever part of the run is made.
    ///
    /// # Errors
    /// What the bank cannot give.
    pub fn prepare(&mut self) -> Result<(), Failure> {
        let first = self.sheets.first()?;
        let Some(sheet) = first.first() else { return Ok(()) };
        self.notes = aids::notes(self, &sheet.paper);
        let mut kinds = Vec::new();
        if self.plan.documents.contains(&Documents::Worksheets) && self.plan.packet.is_none() {
            let printed = self.is_prepared(Piece::Worksheet { place: 0, form: 0 });
            kinds.extend(self.styles().into_iter().map(|style| (Kind::Worksheet, style, printed)));
        }
        if self.plan.documents.contains(&Documents::Keys) {
            kinds.push((Kind::Key, self.make.style, self.is_prepared(Piece::Key { form: 0 })));
        }
        let run = &*self;
        let (names, words) = run.differing();
        let compose = |kind, style| match kind {
            Kind::Key => run.key(sheet, &first),
            Kind::Worksheet | Kind::Strip => run.reference(sheet, style),
        };
        run.printer.prepare(kinds, compose, Differing { names: &names, words: &words })
    }

    /// A worksheet with everything that any worksheet of this style has.
    pub fn reference(&self, sheet: &Sheet, style: Style) -> Document {
        let context = self.context(&self.make.heading, style);
        compose::worksheet(&sheet.paper, Context { aids: &self.blueprint.aids, ..context })
    }

    /// The reading aids of the worksheet at a place of the run's list.
    fn aids_at(&self, place: usize) -> BTreeSet<Aid> {
        let pupil = self.plan.pupils.and_then(|pupils| pupils.get(place));
        self.aids.iter().chain(pupil.iter().flat_map(|pupil| &pupil.aids)).copied().collect()
    }

    /// The reading aids of a form's worksheets.
    fn aids_of(&self, form: u16) -> Aids {
        let forms = usize::from(self.plan.forms);
        let places = (usize::from(form)..self.plan.worksheets()).step_by(forms);
        let sheets: Vec<BTreeSet<Aid>> = places.map(|place| self.aids_at(place)).collect();
        Aids::of(sheets.iter()).unwrap_or_else(|| Aids { all: self.aids.clone(), ..Aids::default() })
    }

    /// The styles of the worksheets, that of the run first.
    pub fn styles(&self) -> Vec<Style> {
        let mut styles = vec![self.make.style];
        for print in self.plan.pupils.unwrap_or_default().iter().filter_map(|pupil| pupil.print) {
            let style = Style { print, ..self.make.style };
            if !styles.contains(&style) {
                styles.push(style);
            }
        }
        styles
    }

    /// The characters of names, and of the words that forms do not have in common.
    pub fn differing(&self) -> (String, String) {
        let pupils = self.plan.pupils.unwrap_or_default();
        let names = pupils.iter().flat_map(|pupil| pupil.name.chars().chain(pupil.class.chars()));
        let names = names.collect::<BTreeSet<char>>().into_iter().collect();
        let words = match self.blueprint.mode() {
            Mode::Parallel => (' '..='~').chain("“”‘’–—…".chars()).collect(),
            Mode::SameItems | Mode::SectionShuffle => String::new(),
        };
        (names, words)
    }

    /// Assembles every form that is needed: whatever the bank cannot give is known before the first file is written.
    ///
    /// # Errors
    /// What the bank cannot give.
    pub fn can_be_assembled(&self, blocks: &[Block]) -> Result<(), Stop> {
        // The first of the forms that fail, whichever thread is faster.
        blocks.par_iter().find_map_first(|block| self.assemble(block).err()).map_or(Ok(()), Err)
    }

    /// Makes every document of the blocks. A few blocks are held at a time, whatever the number of forms.
    ///
    /// # Errors
    /// The first file that could not be written, or the user's wish to end.
    pub fn documents(&self, blocks: &[Block], progress: &Progress) -> Result<Made, Stop> {
        let mut made = Made::default();
        let mut sheets: Vec<(usize, Written)> = Vec::with_capacity(blocks.iter().map(|block| block.pieces.len()).sum());
        for wave in blocks.chunks(HELD.max(rayon::current_num_threads())) {
            let assembled = wave.par_iter().map(|block| self.assemble(block));
            let assembled = assembled.collect::<Result<Vec<Arc<[Sheet]>>, Stop>>()?;
            made.note(assembled.iter().flat_map(|forms| forms.iter()).map(|sheet| &sheet.key.fairness));
            let pieces: Vec<(Piece, &[Sheet])> = wave
                .iter()
                .zip(&assembled)
                .flat_map(|(block, forms)| block.pieces.iter().map(|piece| (*piece, &**forms)))
                .collect();
            let done = pieces.par_iter().map(|(piece, forms)| self.document(*piece, forms, progress));
            for Done { piece, written } in done.collect::<Result<Vec<Done>, Stop>>()? {
                match piece {
                    Piece::Worksheet { place, .. } => sheets.push((place, written)),
                    Piece::Key { .. } if written.files.is_empty() => {}
                    Piece::Key { .. } => made.keys.push(written),
                    Piece::Strip { .. } => made.strip.extend(written.files),
                }
            }
        }
        sheets.sort_unstable_by_key(|(place, _)| *place);
        made.sheets = sheets.into_iter().map(|(_, written)| written).collect();
        made.kept = progress.kept.load(Ordering::Relaxed);
        Ok(made)
    }

    fn assemble(&self, block: &Block) -> Result<Arc<[Sheet]>, Stop> {
        if interrupt::asked() {
            return Err(Stop::Asked);
        }
        Ok(self.sheets.block(block.forms.start)?)
    }

    /// Writes a document, unless the journal has it or the run is not asked for it.
    fn document(&self, piece: Piece, forms: &[Sheet], progress: &Progress) -> Result<Done, Stop> {
        let files = self.plan.files(piece);
        let kept = !files.is_empty() && files.iter().all(|file| progress.journal.has(file));
        if !files.is_empty() {
            if interrupt::asked() {
                return Err(Stop::Asked);
            }
            if kept {
                progress.kept.fetch_add(files.len(), Ordering::Relaxed);
            } else {
                let (kind, document, proof) = self.composed(piece, forms);
                let printed = self.printer.print(&self.plan.name(piece), kind, (&document, proof))?;
                progress.journal.record(&printed)?;
            }
            progress.files.fetch_add(files.len(), Ordering::Relaxed);
            progress.bar.inc(1);
        }
        let pupil = match piece {
            Piece::Worksheet { place, .. } => self.plan.pupils.and_then(|pupils| pupils.get(place)),
            _ => None,
        };
        let sheet = of(piece, forms);
        let written = Written {
            form: sheet.paper.form.letter(),
            code: sheet.paper.code.to_string(),
            pupil: pupil.map(|pupil| pupil.name.clone()).unwrap_or_default(),
            aids: match piece {
                Piece::Worksheet { place, .. } => self.aids_at(place),
                _ => BTreeSet::new(),
            },
            points: sheet.paper.points(),
            files,
        };
        Ok(Done { piece, written })
    }

    /// Whether a document is one of those by which presses are made: the first form's, unless it is a pupil's, or the key, unless
    /// it compares its form with others.
    fn is_prepared(&self, piece: Piece) -> bool {
        match piece {
            Piece::Worksheet { form, .. } => form == 0 && self.plan.pupils.is_none(),
            Piece::Key { form } => form == 0 && self.plan.forms == 1,
            Piece::Strip { .. } => false,
        }
    }

    /// A document, with its proof where there is one already.
    fn composed(&self, piece: Piece, forms: &[Sheet]) -> (Kind, Document, Option<Proof<'static>>) {
        let (common, style) = (&self.make.heading, self.make.style);
        let kind = match piece {
            Piece::Worksheet { .. } => Kind::Worksheet,
            Piece::Key { .. } => Kind::Key,
            Piece::Strip { .. } => Kind::Strip,
        };
        if self.is_prepared(piece)
            && let Some((document, proof)) = self.printer.reference(kind, style)
        {
            return (kind, document, Some(proof));
        }
        let document = match piece {
            Piece::Worksheet { place, .. } => self.worksheet(place, of(piece, forms)),
            Piece::Key { .. } => self.key(of(piece, forms), forms),
            Piece::Strip { .. } => compose::strip(forms, self.context(common, style)),
        };
        (kind, document, None)
    }

    /// The style of the worksheet at a place of the run's list.
    pub fn style(&self, place: usize) -> Style {
        let pupil = self.plan.pupils.and_then(|pupils| pupils.get(place));
        let print = pupil.and_then(|pupil| pupil.print).unwrap_or(self.make.style.print);
        Style { print, ..self.make.style }
    }

    /// The worksheet at a place of the run's list.
    pub fn worksheet(&self, place: usize, sheet: &Sheet) -> Document {
        let mut heading = self.make.heading.clone();
        if let Some(pupil) = self.plan.pupils.and_then(|pupils| pupils.get(place)) {
            heading.pupil.clone_from(&pupil.name);
            if !pupil.class.is_empty() {
                heading.class.clone_from(&pupil.class);
            }
        }
        let aids = self.aids_at(place);
        let context = self.context(&heading, self.style(place));
        compose::worksheet(&sheet.paper, Context { aids: &aids, ..context })
    }

    fn key(&self, sheet: &Sheet, forms: &[Sheet]) -> Document {
        let shared = self.context(&self.make.heading, self.make.style);
        let aids = self.aids_of(sheet.paper.form.index());
        let context = KeyContext {
            shared,
            bank: &self.source.bank,
            blueprint: Some(self.blueprint),
            forms,
            seed: self.make.seed,
            aids: &aids,
        };
        let mut key = compose::key(sheet, context);
        // A key refers to the lines that its sheet prints.
        key.lines = self.printer.lines(|| compose::worksheet(&sheet.paper, shared));
        key
    }

    pub(super) fn context<'a>(&'a self, heading: &'a Heading, style: Style) -> Context<'a> {
        let Source { letter, bank, .. } = self.source;
        Context { letter, sets: &bank.sets, labels: &self.look.labels, style, aids: &self.aids, heading }
    }
}

impl Made {
    fn note<'a>(&mut self, forms: impl Iterator<Item = &'a Fairness>) {
        for form in forms {
            self.size.get_or_insert((form.points, form.tenths_of_minutes));
            for limit in &form.unmet {
                if !self.unmet.contains(limit) {
                    self.unmet.push(limit.clone());
                }
            }
        }
    }
}

/// The sheet that a document shows, among those of its block.
fn of(piece: Piece, forms: &[Sheet]) -> &Sheet {
    let (Piece::Worksheet { form, .. } | Piece::Key { form } | Piece::Strip { first: form }) = piece;
    &forms[usize::from(form) % usize::from(crate::assemble::BLOCK)]
}
