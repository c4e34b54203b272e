//! Raw files and the letter → the valid bank, or every fault (rules E01–E20), each at its place.

mod cloze;
mod fields;
mod item;
mod names;
mod open_ended;
mod options;
mod ordering;
mod pictures;
mod quote;
pub(super) mod report;
mod sets;
pub(super) mod source;
mod standards;
mod tasks;
pub(super) mod wording;

use super::raw::{RawBank, RawItem};
use super::{Bank, RULES, Rule, Status, fingerprint, lint};
use crate::diag::{Diagnostic, Severity};
use crate::input::Input;
use crate::letter::Letter;
use crate::picture::Stored;
use crate::yaml::{self, LeftOut};
use names::Names;
use pictures::Album;
use report::{Found, Report};
use source::Source;

/// Reads and checks the files of a bank, whose pictures are at hand under their names in its folder. The bank holds what is sound; it may be used only if no diagnostic is an error.
pub fn load(inputs: &[Input], letter: &Letter, pictures: &[Stored]) -> (Bank, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut files = Vec::with_capacity(inputs.len());
    for (input, text) in inputs.iter().enumerate() {
        let read = yaml::read_partly::<RawBank>(text, input);
        let whole = read.diagnostics.is_empty();
        diagnostics.extend(read.diagnostics);
        files.push(File {
            input,
            raw: read.value.unwrap_or_default(),
            left_out: read.left_out,
            whole,
            found: Vec::new(),
        });
    }
    let names = Names::collect(&mut files, letter);
    let source = Source::new(letter);
    let album = Album::new(pictures);
    let mut bank = Bank {
        items: Vec::new(),
        sets: Vec::new(),
        misconceptions: Vec::new(),
        pictures: Vec::new(),
        fingerprint: String::new(),
    };
    for file in &mut files {
        sets::misconceptions(file, &source, &mut bank);
        sets::sets(file, (&source, &album), &names, &mut bank);
    }
    for file in &mut files {
        for at in 0..file.raw.items.len() {
            let mut report = file.report("items", at);
            let raw = &file.raw.items[at];
            let item = item::check(
                raw,
                &Context { source: &source, names: &names, album: &album, sets: &bank.sets },
                &mut report,
            );
            lint::item(raw, &source, &mut report);
            let found = allowed(raw, report);
            let sound = !found.iter().any(|found| found.severity == Severity::Error);
            file.found.extend(found);
            bank.items.extend(item.filter(|_| sound && raw.status != Some(Status::Draft)));
        }
    }
    bank.pictures = album.named(files.iter().map(|file| &file.raw));
    bank.fingerprint = fingerprint::of(letter, files.iter().map(|file| &file.raw), pictures);
    for file in files {
        diagnostics.extend(report::diagnostics(file.found, &inputs[file.input].text, file.input));
    }
    diagnostics.sort_by_key(|d| d.place.as_ref().map_or((usize::MAX, 0), |(input, span)| (*input, span.start)));
    (bank, diagnostics)
}

/// A bank file on its way through the checks.
struct File {
    input: usize,
    raw: RawBank,
    left_out: LeftOut,
    /// Nothing was left out: every name in it is known.
    whole: bool,
    found: Vec<Found>,
}

impl File {
    /// For faults of an entry of one of its lists.
    fn report(&self, list: &str, at: usize) -> Report {
        Report::new(format!("{list}[{}]", self.left_out.original(list, at)))
    }
}

/// What an item is checked against.
struct Context<'a> {
    source: &'a Source<'a>,
    names: &'a Names,
    album: &'a Album<'a>,
    sets: &'a [super::StimulusSet],
}

/// Takes out the warnings that the item allows; what it allows wrongly is a fault (E19).
fn allowed(raw: &RawItem, mut report: Report) -> Vec<Found> {
    for (at, allow) in raw.allow.iter().enumerate() {
        let path = format!("allow[{at}].rule");
        match Rule::of(&allow.rule) {
            None => {
                let codes = RULES.iter().map(|rule| rule.code);
                let help = match crate::diag::did_you_mean(&allow.rule, codes) {
                    Some(near) => format!("did you mean {near}?"),
                    None => "write the code that stands in the warning, such as W06".to_owned(),
                };
                report.error("E19", &path, format!("there is no rule “{}”", allow.rule), help);
            }
            Some(rule) if !rule.can_be_allowed() => {
                report.error(
                    "E19",
                    &path,
                    format!("{} is an error, which cannot be allowed", rule.code),
                    "mend what it reports",
                );
            }
            Some(_) => {}
        }
        if source::words(&allow.because).len() < 2 {
            report.error(
                "E19",
                &format!("allow[{at}].because"),
                "a warning is allowed for a reason",
                "say why it may stay",
            );
        }
    }
    let lets_be =
        |found: &Found| found.severity != Severity::Error && raw.allow.iter().any(|allow| allow.rule == found.rule);
    report.found.into_iter().filter(|found| !lets_be(found)).collect()
}
