//! Bank, blueprint, seed and form → sheet: draw the items, put them in order, permute what may be permuted, test the limits.

use std::fmt;
use std::ops::Range;

use crate::bank::Bank;
use crate::blueprint::{Blueprint, Mode};
use crate::code::{SheetCode, short};
use crate::letter::Letter;
use crate::rng::{Form, Seed};
use crate::sheet::Sheet;

mod arrange;
mod draw;
mod fairness;
mod fill;
mod limits;
mod parallel;
mod present;
mod search;
mod telling;
mod words;

use arrange::Arrangement;
use draw::Selection;

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

impl Job<'_> {
    /// The code printed on a form.
    pub fn code(&self, form: Form) -> SheetCode {
        SheetCode {
            seed: self.seed,
            form,
            bank: short(&self.bank.fingerprint),
            blueprint: short(&self.blueprint.fingerprint()),
        }
    }
}

/// The forms with numbers in `forms`, in order.
///
/// # Errors
/// Which cell lacks how many items, or which limit no draw could meet.
pub fn assemble(job: Job<'_>, forms: Range<u16>) -> Result<Vec<Sheet>, Shortfall> {
    let base = draw::draw(job)?;
    let mut sheets = Vec::with_capacity(forms.len());
    let mut block_start = forms.start - forms.start % BLOCK;
    while block_start < forms.end {
        let block = assemble_block(job, &base, block_start..forms.end.min(block_start.saturating_add(BLOCK)))?;
        sheets.extend(block.into_iter().filter(|sheet| forms.contains(&sheet.paper.form.index())));
        block_start = block_start.saturating_add(BLOCK);
    }
    Ok(sheets)
}

fn assemble_block(job: Job<'_>, base: &Selection, forms: Range<u16>) -> Result<Vec<Sheet>, Shortfall> {
    let parallel = job.blueprint.mode() == Mode::Parallel;
    // Common items stand in every parallel form as they stand in the first of all.
    let anchors = match (parallel, Form::new(0)) {
        (true, Some(first)) => Some(arrange::arrange(job, base, first, &[], None)?),
        _ => None,
    };
    let mut selections: Vec<Selection> = Vec::new();
    let mut arranged: Vec<Arrangement> = Vec::new();
    let mut sheets = Vec::new();
    for form in forms.filter_map(Form::new) {
        let selection = if parallel { parallel::alternate(job, base, form, &selections)? } else { base.clone() };
        let arrangement = arrange::arrange(job, &selection, form, &arranged, anchors.as_ref())?;
        sheets.push(arrangement.sheet(job, &selection, form));
        selections.push(selection);
        arranged.push(arrangement);
    }
    Ok(sheets)
}
