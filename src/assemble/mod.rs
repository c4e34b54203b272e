//! Bank, blueprint, seed and form → sheet: draw the items, put them in order, permute what may be permuted, test the limits.

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use crate::bank::{Bank, Item};
use crate::blueprint::{Blueprint, Mode};
use crate::code::{SheetCode, short};
use crate::letter::{Gloss, Letter};
use crate::rng::{Form, Purpose, Seed, Stream};
use crate::sheet::{Question, Right, Sheet};

mod arrange;
mod collect;
mod draw;
mod fairness;
mod fill;
mod limits;
mod parallel;
mod present;
mod rules;
mod search;
mod telling;
mod words;

use arrange::Arrangement;
pub use collect::collected;
use draw::Selection;
pub use present::is_logical;
pub(crate) use present::mixed;
pub use rules::{FORM_RULES, FormRule};

/// What forms are assembled from. Equal jobs give equal sheets.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The letter.
    pub letter: &'a Letter,
    /// Its bank.
    pub bank: &'a Bank,
    /// What a form must contain; its first mode is the one that counts.
    pub blueprint: &'a Blueprint,
    /// The seed.
    pub seed: Seed,
}

/// Why no form could be assembled: the blueprint asks what the bank cannot give. Nothing is put in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortfall {
    /// Each lack or unmet limit, as a sentence.
    pub reasons: Vec<String>,
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reasons.join("\n"))
    }
}

impl std::error::Error for Shortfall {}

/// Forms are held against each other inside a block of so many: A–Z, AA–AZ, and so on. A form depends on the forms of its own
/// block that come before it, and on no others, so that the ten-thousandth costs no more than the twenty-sixth.
pub const BLOCK: u16 = 26;

/// The blocks of a run of so many forms, in order; the last may be shorter.
pub fn blocks(forms: u16) -> impl Iterator<Item = Range<u16>> {
    (0..forms).step_by(usize::from(BLOCK)).map(move |first| first..forms.min(first.saturating_add(BLOCK)))
}

/// What all forms of a job have in common, drawn once.
pub struct Drawn<'a> {
    job: Job<'a>,
    /// The items that every form has, or, in parallel mode, the first.
    base: Selection,
    /// The first of parallel forms: common items stand in every other as they stand in it.
    anchors: Option<Arrangement>,
    /// The code of the first form.
    code: SheetCode,
    /// Words to read in each item of the bank, counted when a form first has it.
    words: Vec<OnceLock<u32>>,
    /// The words that may be explained on forms with the items of `base`.
    glossary: OnceLock<Vec<Gloss>>,
}

impl<'a> Drawn<'a> {
    /// Draws for a job.
    ///
    /// # Errors
    /// Which cell lacks how many items, or which limit no draw could meet.
    pub fn of(job: Job<'a>) -> Result<Self, Shortfall> {
        let base = draw::draw(job)?;
        let first = Form::FIRST;
        let parallel = job.blueprint.mode() == Mode::Parallel;
        let anchors = if parallel { Some(arrange::arrange(job, &base, first, &[], None)?) } else { None };
        let (bank, blueprint) = (short(&job.bank.fingerprint), short(&job.blueprint.fingerprint()));
        let code = SheetCode { seed: job.seed, form: first, bank, blueprint };
        let words = job.bank.items.iter().map(|_| OnceLock::new()).collect();
        Ok(Drawn { job, base, anchors, code, words, glossary: OnceLock::new() })
    }

    /// What was drawn from.
    pub fn blueprint(&self) -> &'a Blueprint {
        self.job.blueprint
    }

    /// The forms with numbers in `forms`, in order.
    ///
    /// # Errors
    /// Which limit no draw or arrangement could meet.
    pub fn sheets(&self, forms: Range<u16>) -> Result<Vec<Sheet>, Shortfall> {
        let mut sheets = Vec::with_capacity(forms.len());
        let mut block_start = forms.start - forms.start % BLOCK;
        while block_start < forms.end {
            let block = block_start..forms.end.min(block_start.saturating_add(BLOCK));
            sheets.extend(self.block(block, forms.start)?);
            block_start = block_start.saturating_add(BLOCK);
        }
        Ok(sheets)
    }

    /// The forms of a block, or of its beginning, without those before the form `from`.
    fn block(&self, forms: Range<u16>, from: u16) -> Result<Vec<Sheet>, Shortfall> {
        let job = self.job;
        let mut selections: Vec<Selection> = Vec::new();
        let mut arranged: Vec<Arrangement> = Vec::new();
        let mut sheets = Vec::new();
        for form in forms.filter_map(Form::new) {
            let selection = match self.anchors {
                Some(_) => parallel::alternate(job, &self.base, form, &selections)?,
                None => self.base.clone(),
            };
            let arrangement = arrange::arrange(job, &selection, form, &arranged, self.anchors.as_ref())?;
            if form.index() >= from {
                sheets.push(self.sheet(&arrangement, &selection, form));
            }
            selections.push(selection);
            arranged.push(arrangement);
        }
        Ok(sheets)
    }

    /// Words that a pupil reads in an item, by its index in the bank.
    fn words(&self, item: usize) -> u32 {
        let count = || self.job.bank.items.get(item).map_or(0, fairness::words_of);
        self.words.get(item).map_or(0, |known| *known.get_or_init(count))
    }
}

/// An item as the only question of form A, shuffled by the seed, and what is right in its labels.
pub fn alone(item: &Item, letter: &Letter, seed: Seed) -> (Question, Right) {
    let mut stream = Stream::new(seed, Form::FIRST, Purpose { id: &item.id, what: "options", attempt: 0 });
    let presented = present::present(item, letter, &mut stream);
    (arrange::question(item, 1, &presented), presented.right)
}

/// The forms with numbers in `forms`, in order. Who asks more than once draws once, with [`Drawn`].
///
/// # Errors
/// Which cell lacks how many items, or which limit no draw could meet.
pub fn assemble(job: Job<'_>, forms: Range<u16>) -> Result<Vec<Sheet>, Shortfall> {
    Drawn::of(job)?.sheets(forms)
}
