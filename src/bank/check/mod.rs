//! Raw files and the letter → the valid bank, or every fault (rules E01–E23), each at its place.

mod cloze;
mod fields;
mod imported;
mod item;
mod names;
mod open_ended;
mod options;
mod ordering;
mod pictures;
mod quote;
pub(super) mod report;
mod review;
mod sets;
pub(super) mod source;
mod standards;
mod tasks;
pub(super) mod wording;

use rayon::prelude::*;

use super::canonical::canonical;
use super::fingerprint::{Fingerprint, printed_pictures};
use super::lint::{self, Grounds, Lexicon, Lookup, Told};
use super::raw::{RawBank, RawItem};
use super::{Bank, Item, RULES, Rule, Status};
use crate::diag::{Diagnostic, Severity};
use crate::input::Input;
use crate::letter::Letter;
use crate::picture::Stored;
use crate::yaml::{self, LeftOut, Read};
use names::Names;
use pictures::Album;
use report::{Found, Report};
use source::Source;

/// The files of a bank as they were read, which needs no letter.
pub struct Unchecked<'t> {
    inputs: &'t [Input],
    files: Vec<Read<RawBank<'t>>>,
}

impl<'t> Unchecked<'t> {
    /// Reads the files.
    pub fn read(inputs: &'t [Input]) -> Self {
        Unchecked { inputs, files: yaml::read_partly(inputs) }
    }

    /// What is wrong with the files by themselves.
    pub fn into_faults(self) -> Vec<Diagnostic> {
        self.files.into_iter().flat_map(|file| file.diagnostics).collect()
    }
}

/// Reads and checks the files of a bank, whose pictures are at hand under their names in its folder. The bank holds what is sound; it may be used only if no diagnostic is an error.
pub fn load(inputs: &[Input], letter: &Letter, pictures: &[Stored]) -> (Bank, Vec<Diagnostic>) {
    load_telling(Unchecked::read(inputs), letter, pictures, Severity::Note)
}

/// The same bank of files that are known to have no error: they are not checked again, and no picture is read before it is shown.
pub fn load_proved(unchecked: Unchecked<'_>, letter: &Letter, pictures: &[Stored]) -> Bank {
    load_as(unchecked, letter, pictures, Rigor { least: Severity::Error, proved: true }).0
}

/// The same, telling of items only what is as grave as `least` or graver: to find the place of a finding costs more than to
/// find it, and a run that makes sheets shows errors alone.
pub fn load_telling(
    unchecked: Unchecked<'_>,
    letter: &Letter,
    pictures: &[Stored],
    least: Severity,
) -> (Bank, Vec<Diagnostic>) {
    load_as(unchecked, letter, pictures, Rigor { least, proved: false })
}

/// So many entries are checked before they are hashed.
const AT_A_TIME: usize = 128;

/// How much is looked for.
#[derive(Debug, Clone, Copy)]
struct Rigor {
    /// What is less grave is not told.
    least: Severity,
    /// The files are known to be sound: no rule is asked.
    proved: bool,
}

fn load_as(unchecked: Unchecked<'_>, letter: &Letter, pictures: &[Stored], rigor: Rigor) -> (Bank, Vec<Diagnostic>) {
    let inputs = unchecked.inputs;
    let Rigor { least, proved } = rigor;
    let mut diagnostics = Vec::new();
    let mut files: Vec<File<'_>> = Vec::with_capacity(inputs.len());
    for (input, read) in unchecked.files.into_iter().enumerate() {
        let whole = read.diagnostics.is_empty();
        diagnostics.extend(read.diagnostics);
        files.push(File {
            input,
            raw: read.value.unwrap_or_default(),
            left_out: read.left_out,
            plain: read.plain,
            whole,
            found: Vec::new(),
        });
    }
    let (names, source) = rayon::join(|| Names::collect(&mut files, letter), || Source::new(letter));
    let album = Album::new(pictures, proved);
    let mut bank = Bank {
        items: Vec::new(),
        drafts: Vec::new(),
        sets: Vec::new(),
        misconceptions: Vec::new(),
        pictures: Vec::new(),
        fingerprint: String::new(),
    };
    for file in &mut files {
        sets::misconceptions(file, &source, &mut bank);
        sets::sets(file, (&source, &album), &names, &mut bank);
    }
    bank.pictures = album.named(files.iter().map(|file| &file.raw));
    let printed = printed_pictures(files.iter().map(|file| &file.raw), pictures);
    bank.items.reserve(files.iter().map(|file| file.raw.items.len()).sum());
    let mut fingerprint = Fingerprint::new(letter);
    let grounds = Grounds::new(&source, files.iter().flat_map(|file| &file.raw.items).map(|item| &**item), least);
    let mut canonical: Vec<Vec<u8>> = Vec::new();
    let context =
        Context { source: &source, names: &names, album: &album, sets: &bank.sets, grounds: &grounds, proved };
    let reader = || grounds.lexicon.as_ref().map(Lexicon::reader);
    // Each entry is let go when it is checked, and its canonical form soon after: a large bank is never held twice.
    let entries: Vec<Vec<Box<RawItem>>> = files.iter_mut().map(|file| std::mem::take(&mut file.raw.items)).collect();
    let mut entries = entries.into_iter().enumerate().flat_map(|(number, of_file)| {
        of_file.into_iter().enumerate().map(move |(at, raw)| Entry { file: number, at, raw })
    });
    loop {
        let some: Vec<Entry<'_>> = entries.by_ref().take(AT_A_TIME).collect();
        if some.is_empty() {
            break;
        }
        let one = |lookup: &mut _, Entry { file, at, raw }: Entry<'_>| {
            (file, Checked::of(&raw, files[file].report("items", at), &context, lookup))
        };
        let check = || some.into_par_iter().map_init(reader, one).collect::<Vec<_>>();
        // A hash goes from front to back: it goes over some entries while the next are checked.
        let (checked, ()) = rayon::join(check, || canonical.iter().for_each(|entry| fingerprint.item(entry)));
        canonical.clear();
        for (file, entry) in checked {
            files[file].found.extend(entry.found.into_iter().filter(|found| found.severity >= least));
            let list = if entry.canonical.is_some() { &mut bank.items } else { &mut bank.drafts };
            list.extend(entry.item);
            canonical.extend(entry.canonical);
        }
    }
    canonical.iter().for_each(|entry| fingerprint.item(entry));
    spelled(&mut files, &grounds);
    bank.fingerprint = fingerprint.with(files.iter().map(|file| &file.raw), &printed);
    let shown = files
        .into_par_iter()
        .map(|File { input, found, plain, .. }| report::diagnostics(found, &inputs[input].text, input, plain));
    diagnostics.extend(shown.collect::<Vec<_>>().into_iter().flatten());
    diagnostics.sort_by_key(|d| d.place.as_ref().map_or((usize::MAX, 0), |(input, span)| (*input, span.start)));
    (bank, diagnostics)
}

/// Spelling outside of items, and the sentences about every misspelled word.
fn spelled(files: &mut [File], grounds: &Grounds<'_>) {
    let Some(lexicon) = &grounds.lexicon else { return };
    let mut lookup = lexicon.reader();
    let mut told = Told::default();
    for file in files {
        let mut found = Vec::new();
        for (at, set) in file.raw.sets.iter().enumerate() {
            let mut report = file.report("sets", at);
            lookup.set(set, &mut report);
            found.extend(report.found);
        }
        for (at, misconception) in file.raw.misconceptions.iter().enumerate() {
            let mut report = file.report("misconceptions", at);
            lookup.misconception(misconception, &mut report);
            found.extend(report.found);
        }
        file.found.extend(found);
        told.tell(&mut file.found, lexicon);
    }
}

/// The marks of languages in letter.yaml’s own prose (W28), and its spelling (W27) where warnings are asked for. `about` is its
/// text, with its number in the run.
pub fn prose_of_letter((about, input): (&Input, usize), letter: &Letter, least: Severity) -> Vec<Diagnostic> {
    let mut report = Report::default();
    lint::languages_of(&letter.about, &mut report);
    if least > Severity::Warning {
        return report::diagnostics(report.found, &about.text, input, false);
    }
    match Lexicon::of(&Source::new(letter)) {
        Some(lexicon) => {
            lexicon.reader().about(&letter.about, &mut report);
            Told::default().tell(&mut report.found, &lexicon);
        }
        None => report.note(
            "W27",
            "language",
            format!("the spelling is not checked: there is no dictionary for “{}”", letter.about.language),
            "have somebody who knows the language read the bank",
        ),
    }
    report::diagnostics(report.found, &about.text, input, false)
}

/// What the checks of an item came to.
struct Checked {
    /// Where it is sound.
    item: Option<Item>,
    found: Vec<Found>,
    /// What it adds to the fingerprint; nothing for a draft.
    canonical: Option<Vec<u8>>,
}

impl Checked {
    fn of(raw: &RawItem, mut report: Report, context: &Context<'_>, lookup: &mut Option<Lookup<'_>>) -> Self {
        let item = item::check(raw, context, &mut report);
        let drawn = raw.status != Some(Status::Draft);
        if context.proved {
            return Checked { item, found: Vec::new(), canonical: drawn.then(|| canonical(raw)) };
        }
        lint::item(raw, context.grounds, lookup.as_mut(), &mut report);
        imported::gaps(raw, item.is_some(), &mut report);
        let found = allowed(raw, report);
        let sound = !found.iter().any(|found| found.severity == Severity::Error);
        Checked { item: item.filter(|_| sound), found, canonical: drawn.then(|| canonical(raw)) }
    }
}

/// A bank file on its way through the checks.
struct File<'t> {
    input: usize,
    raw: RawBank<'t>,
    left_out: LeftOut,
    plain: bool,
    /// Nothing was left out: every name in it is known.
    whole: bool,
    found: Vec<Found>,
}

impl File<'_> {
    /// For faults of an entry of one of its lists.
    fn report(&self, list: &'static str, at: usize) -> Report {
        Report::new(list, self.left_out.original(list, at))
    }
}

/// An entry of the list `items` of a file.
struct Entry<'t> {
    /// Number of the file.
    file: usize,
    /// Its place in the list.
    at: usize,
    raw: Box<RawItem<'t>>,
}

/// What an item is checked against.
struct Context<'a> {
    source: &'a Source<'a>,
    names: &'a Names<'a>,
    album: &'a Album<'a>,
    sets: &'a [super::StimulusSet],
    grounds: &'a Grounds<'a>,
    proved: bool,
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
                format_args!("allow[{at}].because"),
                "a warning is allowed for a reason",
                "say why it may stay",
            );
        }
    }
    let lets_be =
        |found: &Found| found.severity != Severity::Error && raw.allow.iter().any(|allow| *allow.rule == *found.rule);
    report.found.into_iter().filter(|found| !lets_be(found)).collect()
}
