//! `make`: worksheets, keys, the strip and the manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::job::{Wanted, value_name};
use super::journal::Journal;
use super::manifest::{Ahead, Manifest, PartOfRun};
use super::packet::{Asked, Order};
use super::plan::{Documents, Plan};
use super::print::{Format, Printer};
use super::roster::{self, Pupil};
use super::run::{Made, Progress, Run, Stop};
use super::shard::Shard;
use super::sheets::Sheets;
use super::source::{Look, Source};
use super::terminal::{say, warn};
use super::text::one_line;
use super::texts::Texts;
use super::{Failure, Outcome, aids, interrupt, output, told};
use crate::assemble::Job;
use crate::blueprint::Blueprint;
use crate::compose::Heading;
use crate::doc::Style;
use crate::rng::Seed;

/// Everything that a run can write beside the manifest.
const ALL: [Documents; 3] = [Documents::Worksheets, Documents::Keys, Documents::Strip];

/// From so many files on, a terminal is shown the progress.
const PROGRESS_FROM: u64 = 24;

/// What to make.
#[derive(Debug, Clone)]
pub struct Make {
    /// A teacher's own bank folder.
    pub bank: Option<PathBuf>,
    /// A teacher's own templates.
    pub templates: Option<PathBuf>,
    /// Folder for the files.
    pub out: PathBuf,
    /// Number of forms.
    pub forms: u16,
    /// Seed.
    pub seed: Seed,
    /// Formats.
    pub formats: Vec<Format>,
    /// Which documents are written.
    pub documents: Vec<Documents>,
    /// Only this part of the run.
    pub shard: Option<Shard>,
    /// The worksheets as one PDF, and in what order.
    pub packet: Option<Order>,
    /// How many sheets that PDF has, where no roster says it.
    pub seats: Option<u32>,
    /// Go on with a run that was cut off.
    pub resume: bool,
    /// What is asked.
    pub wanted: Wanted,
    /// The look.
    pub style: Style,
    /// What the teacher adds to the head.
    pub heading: Heading,
    /// Roster.
    pub roster: Option<PathBuf>,
    /// Print the summary as JSON.
    pub json: bool,
}

/// The head as flags give it, in words that fit one line; an empty title is none.
pub fn heading(title: Option<&str>, class: &str, teacher: &str) -> Heading {
    let title = title.map(one_line).filter(|title| !title.is_empty());
    Heading { title, class: one_line(class), teacher: one_line(teacher), pupil: String::new() }
}

/// Runs the command.
///
/// # Errors
/// Anything that keeps a sheet from being made; then nothing was written, or, past the first file, which file it was.
pub fn run(make: &Make) -> Result<Outcome, Failure> {
    let look = || {
        let look = Look::read(make.templates.as_deref())?;
        let faces = look.faces()?;
        Ok::<_, Failure>((look, faces))
    };
    let bank = make.bank.as_deref();
    let texts = Arc::new(Texts::read(bank)?);
    // A class waits for its sheets, not for their manifest.
    let kept = if make.roster.is_none() { Ahead::begin(&texts) } else { None };
    let (source, look) = rayon::join(|| Source::sound_of(texts, bank), look);
    // The system takes a bank back sooner than it is taken apart: at the end of a run nothing else is to be done.
    let source = ManuallyDrop::new(source?);
    let (look, faces) = look?;
    let faces = ManuallyDrop::new(faces);
    let mut wanted = make.wanted.blueprint(&source)?;
    let pupils = make.roster.as_deref().map(roster::read).transpose()?;
    let aids = wanted.aids.clone();
    // What any pupil is given may tell no answer: all pupils of a form have the same questions.
    wanted.aids.extend(pupils.iter().flatten().flat_map(|pupil| &pupil.aids));
    aids::are_there(&source, &wanted.aids)?;
    let job = Job { letter: &source.letter, bank: &source.bank, blueprint: &wanted, seed: make.seed };
    let blueprint = make.wanted.settle(job, make.forms)?;
    let printer = Printer::new(&look, &faces, &make.formats, &make.out).with_texts(&source.texts.inputs);
    can_be_printed(make, &printer, pupils.as_deref())?;
    let asked = Asked {
        order: make.packet,
        seats: make.seats,
        style: make.style,
        roster: pupils.is_some(),
        pdf: make.formats.contains(&Format::Pdf),
    };
    asked.fits()?;
    let (formats, documents) = (each_once(&make.formats), each_once(&make.documents));
    let plan = Plan {
        stem: &source.letter.about.id,
        forms: make.forms,
        pupils: pupils.as_deref(),
        documents: &documents,
        formats: &formats,
        shard: make.shard,
        packet: asked.order().map(|order| (order, make.seats.map(|seats| seats as usize))),
    };
    let sheets = Sheets::of(&make.wanted, Job { blueprint: &blueprint, ..job }, make.forms)?;
    let (source, look, blueprint) = (&source, &look, &blueprint);
    let mut run =
        ManuallyDrop::new(Run { make, source, look, blueprint, aids, notes: Vec::new(), plan, printer, sheets });
    run.prepare()?;
    interrupt::listen();
    match carry_out(&run, kept) {
        Ok((made, warnings)) => {
            say(&if make.json { told::json(&run, &made, &warnings)? } else { told::told(&run, &made, &warnings) })?;
            Ok(Outcome::Done)
        }
        Err(Ended { stop: Stop::Failed(failure), far: None }) => Err(failure),
        Err(Ended { stop: Stop::Failed(failure), far: Some(far) }) => Err(failure.and_help(format!("{far}; {GO_ON}"))),
        Err(Ended { stop: Stop::Asked, far }) => {
            let far = far.map_or("nothing was written".to_owned(), |far| format!("{far}\n  help: {GO_ON}"));
            warn(&format!("interrupted: {far}\n"));
            Ok(Outcome::Interrupted)
        }
    }
}

const GO_ON: &str = "the same command with --resume makes the others";

/// A run that ended before its end, and how far it came, if it wrote anything.
struct Ended {
    stop: Stop,
    far: Option<String>,
}

impl<T: Into<Stop>> From<T> for Ended {
    fn from(stop: T) -> Self {
        Ended { stop: stop.into(), far: None }
    }
}

/// Makes everything; returns it with what the user should know. `texts` are those of the manifest.
fn carry_out(run: &Run<'_>, texts: Option<Ahead>) -> Result<(Made, Vec<String>), Ended> {
    let Run { make, plan, .. } = run;
    let blocks = plan.blocks();
    let files = plan.all_files();
    run.can_be_assembled(&blocks)?;
    let (earlier, other_run) = (earlier_files(&make.out, plan.stem), other_run(run));
    output::make_folder(&make.out)?;
    if make.resume {
        output::remove_leftovers(&make.out, files.iter().map(String::as_str));
    }
    let fingerprint = fingerprint(run)?;
    let head = format!("# pilcrow {}, run {fingerprint}", env!("CARGO_PKG_VERSION"));
    let journal = Journal::begin(&make.out, &plan.journal(), &head, make.resume)?;
    let bar = progress_bar((files.len() / plan.formats.len().max(1)) as u64);
    let progress = Progress { journal, bar, files: AtomicUsize::new(0), kept: AtomicUsize::new(0) };
    let made = run.documents(&blocks, &progress).and_then(|mut made| {
        if let Some(packet) = run.packet(&progress)? {
            made.sheets.iter_mut().for_each(|sheet| sheet.files.insert(0, packet.file.clone()));
            made.stacks = packet.stacks;
        }
        write_manifest(run, &mut made, fingerprint, texts)?;
        Ok(made)
    });
    progress.bar.finish_and_clear();
    let written = progress.files.load(Ordering::Relaxed);
    match made {
        Ok(made) => {
            progress.journal.end();
            let unmet = made.unmet.iter().cloned();
            let warnings = unmet.chain(run.notes.clone()).chain(still_there(run, &earlier)).chain(other_run).collect();
            Ok((made, warnings))
        }
        Err(stop) => {
            if written == 0 && progress.journal.is_empty() {
                progress.journal.end();
                return Err(stop.into());
            }
            // The manifest is a file of the run too.
            let all = files.len() + 1;
            let folder = make.out.display();
            Err(Ended {
                stop,
                far: Some(format!("{written} of {all} files are written to {folder}/, each of them whole")),
            })
        }
    }
}

/// Everything that decides the bytes of a run's files, part or whole.
#[derive(Serialize)]
struct Determined<'a> {
    /// Fingerprint of the bank, its letter and its pictures.
    bank: &'a str,
    look: &'a BTreeMap<String, String>,
    blueprint: &'a Blueprint,
    seed: Seed,
    forms: u16,
    formats: Vec<String>,
    documents: Vec<String>,
    packet: Option<(String, Option<usize>)>,
    style: Style,
    heading: [&'a str; 3],
    pupils: Option<&'a [Pupil]>,
}

/// SHA-256 of everything that decides a run, 64 hex digits: parts of one run share it.
fn fingerprint(run: &Run<'_>) -> Result<String, Failure> {
    let Run { make, source, look, blueprint, plan, .. } = run;
    let determined = Determined {
        bank: &source.bank.fingerprint,
        look: &look.texts,
        blueprint,
        seed: make.seed,
        forms: plan.forms,
        formats: plan.formats.iter().map(|format| value_name(*format)).collect(),
        documents: plan.documents.iter().map(|what| value_name(*what)).collect(),
        packet: plan.packet.map(|(order, seats)| (value_name(order), seats)),
        style: make.style,
        heading: [make.heading.title.as_deref().unwrap_or_default(), &make.heading.class, &make.heading.teacher],
        pupils: plan.pupils,
    };
    let json = serde_json::to_vec(&determined).map_err(|e| Failure::new(e.to_string()))?;
    Ok(Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Writes the manifest. The lists are lent to it: of a district's sheets one copy is enough.
fn write_manifest(run: &Run<'_>, made: &mut Made, fingerprint: String, texts: Option<Ahead>) -> Result<(), Failure> {
    let Run { make, source, blueprint, plan, .. } = run;
    let manifest = Manifest {
        pilcrow: env!("CARGO_PKG_VERSION").to_owned(),
        letter: plan.stem.to_owned(),
        seed: make.seed,
        bank_fingerprint: source.bank.fingerprint.clone(),
        blueprint_fingerprint: blueprint.fingerprint(),
        title: make.heading.title.clone(),
        style: make.style,
        blueprint: (*blueprint).clone(),
        part: plan.shard.map(|shard| PartOfRun { shard, worksheets: plan.worksheets(), run: fingerprint }),
        sheets: std::mem::take(&mut made.sheets),
        keys: std::mem::take(&mut made.keys),
        strip: std::mem::take(&mut made.strip),
        snapshot: Manifest::keep(&source.texts),
        pictures: Manifest::keep_pictures(&source.texts, &source.bank.pictures),
    };
    manifest.write(&make.out.join(plan.manifest()), texts)?;
    (made.sheets, made.keys, made.strip) = (manifest.sheets, manifest.keys, manifest.strip);
    Ok(())
}

fn each_once<T: Ord + Copy>(list: &[T]) -> Vec<T> {
    list.iter().copied().collect::<BTreeSet<T>>().into_iter().collect()
}

/// Every name that paper cannot show, before anything is written.
fn can_be_printed(make: &Make, printer: &Printer<'_>, pupils: Option<&[Pupil]>) -> Result<(), Failure> {
    let heading = &make.heading;
    let flags = [
        ("--title", heading.title.as_deref().unwrap_or_default()),
        ("--class", &heading.class),
        ("--teacher", &heading.teacher),
    ];
    let roster = make.roster.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
    let named = pupils.unwrap_or_default().iter().flat_map(|pupil| {
        let place = format!("{roster}:{}", pupil.line);
        [(place.clone(), pupil.name.as_str()), (place, pupil.class.as_str())]
    });
    let faults: Vec<String> = flags
        .into_iter()
        .map(|(flag, words)| (flag.to_owned(), words))
        .chain(named)
        .filter_map(|(place, words)| {
            let character = printer.lacking(words)?;
            Some(format!("{place}: a PDF cannot show “{character}” (U+{:04X}) in “{words}”", u32::from(character)))
        })
        .collect();
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::with_help(
        faults.join("\n"),
        "put a .ttf font that has it into the folder fonts/ of your --templates, or make the sheets for the screen, which shows \
         all scripts: --format html; nothing was written",
    ))
}

/// Sheets and keys of this letter that are in the folder already.
fn earlier_files(folder: &Path, stem: &str) -> Vec<String> {
    let (worksheet, teacher) = (format!("{stem}-worksheet-"), format!("{stem}-TEACHER-"));
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    names
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(&worksheet) || name.starts_with(&teacher))
        .collect()
}

/// A warning, if files lie in the folder that no part of this run makes.
fn still_there(run: &Run<'_>, earlier: &[String]) -> Option<String> {
    let whole: BTreeSet<String> = Plan { documents: &ALL, shard: None, ..run.plan }.all_files().into_iter().collect();
    let left = earlier.iter().filter(|file| !whole.contains(*file)).count();
    let files = match left {
        0 => return None,
        1 => "1 file of an earlier run is".to_owned(),
        _ => format!("{left} files of an earlier run are"),
    };
    Some(format!("{files} still in {}; print none of them with these", run.make.out.display()))
}

/// A warning, if only some documents are made and the folder's manifest is of sheets with other codes: a key beside a sheet
/// that it does not belong to is the worst that can lie in one folder.
fn other_run(run: &Run<'_>) -> Option<String> {
    if run.plan.shard.is_none() && run.plan.documents.len() >= ALL.len() {
        return None;
    }
    let there = Manifest::read_head(&Manifest::of_folder(&run.make.out)?)?;
    let prints = (run.source.bank.fingerprint.as_str(), run.blueprint.fingerprint());
    let same = there.seed == run.make.seed && (there.bank_fingerprint.as_str(), there.blueprint_fingerprint) == prints;
    let folder = run.make.out.display();
    let seed = there.seed.get();
    (!same).then(|| {
        format!("a run with other codes (seed {seed}) has been made in {folder}; print none of its files with these")
    })
}

fn progress_bar(count: u64) -> ProgressBar {
    if count < PROGRESS_FROM || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(count);
    if let Ok(style) = ProgressStyle::with_template("  {bar:40} {pos} of {len} sheets and keys") {
        bar.set_style(style);
    }
    bar
}
