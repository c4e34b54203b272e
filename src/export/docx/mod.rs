//! WordprocessingML (ISO/IEC 29500, transitional): each sheet as a worksheet and a key that a teacher edits.
//!
//! Written with the project's own XML and zip, not with `docx-rs`: that crate (0.4.22) has no header rows, no language, no
//! alternative text, and counts its ids in globals, so that a second file of one run has other bytes than the first.

mod body;
mod drawing;
mod inline;
mod looks;
mod numbering;
mod parts;
mod pixels;
mod rows;
mod styles;
mod tree;

use std::collections::BTreeSet;

use super::{Format, Held};
use crate::assemble::BLOCK;
use crate::compose::{self, Aids, Context, Heading, KeyContext};
use crate::doc::{AnswerGrid, Document, Style};
use crate::exchange::Package;
use crate::exchange::archive::{Packed, zipped};
use crate::sheet::Sheet;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "docx",
    about: "Word (DOCX), to be edited and printed: worksheet and key of each sheet, with headings, lists and tables that stay such",
    lacks: &[],
    native: true,
    leaves_out: "hints, enemies, what gives an item away, minutes and reviews are left out",
    hold: |_, _| Held::whole("question and key"),
    write: files,
};

/// A worksheet and a key for each sheet.
fn files(package: &Package<'_>) -> Result<Vec<Packed>, String> {
    let mut files = Vec::new();
    for block in package.sheets.chunks(usize::from(BLOCK)) {
        for sheet in block {
            let form = match package.drawn {
                true => format!("-form-{}", sheet.paper.form.letter().to_lowercase()),
                false => String::new(),
            };
            let stem = &package.letter.about.id;
            let (worksheet, key) = documents(package, sheet, block);
            for (kind, document) in [("worksheet", worksheet), ("TEACHER-key", key)] {
                files.push(Packed::new(format!("{stem}{form}-{kind}.docx"), word(&document)?));
            }
        }
    }
    Ok(files)
}

/// The worksheet and the key of a sheet, as they are printed.
fn documents(package: &Package<'_>, sheet: &Sheet, forms: &[Sheet]) -> (Document, Document) {
    // Hundreds of items are no test: nobody fills in a grid for them.
    let answer_grid = if package.drawn { AnswerGrid::Letters } else { AnswerGrid::None };
    let blueprint = package.blueprint.as_deref();
    let all: BTreeSet<_> = blueprint.map(|blueprint| blueprint.aids.clone()).unwrap_or_default();
    let heading = Heading::default();
    let shared = Context {
        letter: package.letter,
        sets: &package.bank.sets,
        labels: package.labels,
        style: Style { answer_grid, ..Style::default() },
        aids: &all,
        heading: &heading,
    };
    let aids = Aids { all: all.clone(), ..Aids::default() };
    let key = KeyContext { shared, bank: package.bank, blueprint, forms, seed: sheet.paper.code.seed, aids: &aids };
    let worksheet = if package.drawn { compose::worksheet } else { compose::collection };
    (worksheet(&sheet.paper, shared), compose::key(sheet, key))
}

/// A document as a file of Word.
fn word(document: &Document) -> Result<Vec<u8>, String> {
    let body = body::write(document);
    zipped(&parts::all(document, body))
}
