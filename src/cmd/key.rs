//! `key`: the keys of sheets rebuilt from the codes printed on them; for several, a marking strip in the order of the pile.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use super::print::{Format, Printer};
use super::source::{Look, Source};
use super::terminal::say;
use super::{Failure, Outcome, output};
use crate::assemble::{Job, assemble};
use crate::blueprint::{Aid, Blueprint, Headnote, Mode, Reading};
use crate::code::{SheetCode, short};
use crate::compose::{self, Aids, Context, Heading, KeyContext};
use crate::diag::{has_errors, render_all};
use crate::doc::Style;
use crate::input::Input;
use crate::sheet::Sheet;
use crate::write::html::Kind;

/// The folder that `make` writes to if no other is named, where `key` looks for its manifest.
pub(super) const USUAL_FOLDER: &str = "worksheets";

/// What to rebuild.
#[derive(Debug, Clone)]
pub struct Rebuild {
    /// Codes, as typed.
    pub codes: Vec<String>,
    /// A teacher's own bank folder.
    pub bank: Option<PathBuf>,
    /// A teacher's own templates.
    pub templates: Option<PathBuf>,
    /// The manifest written beside the sheets.
    pub manifest: Option<PathBuf>,
    /// A blueprint file that the sheets were made from.
    pub blueprint: Option<PathBuf>,
    /// Folder for the files.
    pub out: PathBuf,
    /// Formats.
    pub formats: Vec<Format>,
    /// The look; `None`: the manifest's, or the standard one.
    pub style: Option<Style>,
}

/// Bank and blueprint that a code was made from.
struct Origin<'a> {
    source: &'a Source,
    blueprint: Blueprint,
}

/// Runs the command.
///
/// # Errors
/// Codes that cannot be read, all of them; a bank or blueprint that has changed since. Never a wrong key.
pub fn run(rebuild: &Rebuild) -> Result<Outcome, Failure> {
    let typed = joined(&rebuild.codes);
    let codes = read_codes(&typed)?;
    let mut manifest = find_manifest(rebuild)?;
    let source = Source::sound(rebuild.bank.as_deref())?;
    let snapshot = match &mut manifest {
        Some(m) if m.bank_fingerprint != source.bank.fingerprint => Some(Source::from_texts(m.take_texts())?),
        _ => None,
    };
    let look = Look::read(rebuild.templates.as_deref())?;
    let blueprint = rebuild.blueprint.as_deref().map(Input::read).transpose()?;
    let finder = Finder {
        blueprint: blueprint.as_slice(),
        source: &source,
        snapshot: snapshot.as_ref(),
        manifest: manifest.as_ref(),
    };
    let mut origins: Vec<(SheetCode, Origin<'_>, Sheet)> = Vec::new();
    let mut refusals = Vec::new();
    for (typed, code) in typed.iter().zip(&codes) {
        match finder.rebuild(*code) {
            Ok((origin, sheet)) => origins.push((*code, origin, sheet)),
            Err(reason) => refusals.push(format!("{typed}: {reason}")),
        }
    }
    if !refusals.is_empty() {
        return Err(Failure::new(refusals.join("\n")));
    }
    let folder = &rebuild.out;
    output::make_folder(folder)?;
    let faces = look.faces()?;
    let printer = Printer::new(&look, &faces, &rebuild.formats, folder);
    let style = rebuild.style.or(manifest.as_ref().map(|m| m.style)).unwrap_or_default();
    let heading = Heading { title: manifest.as_ref().and_then(|m| m.title.clone()), ..Heading::default() };
    let mut shown = String::new();
    let mut files = Vec::new();
    let mut done: Vec<SheetCode> = Vec::new();
    for (code, origin, sheet) in &origins {
        shown += &table_of(sheet, &look.labels);
        if done.contains(code) {
            continue;
        }
        done.push(*code);
        let aids = match &manifest {
            Some(manifest) => manifest.aids(&code.to_string()),
            None => Aids { all: origin.blueprint.aids.clone(), ..Aids::default() },
        };
        let shared = shared(origin.source, &look, style, (&heading, &aids.all));
        let forms = [sheet.clone()];
        let context = KeyContext {
            shared,
            bank: &origin.source.bank,
            blueprint: Some(&origin.blueprint),
            forms: &forms,
            seed: code.seed,
            aids: &aids,
        };
        let name = format!("{}-TEACHER-key-{}-{code}", origin.source.letter.about.id, sheet.paper.form.letter());
        let mut key = compose::key(sheet, context);
        key.lines = printer.lines(|| compose::worksheet(&sheet.paper, shared));
        files.extend(printer.print(&name, Kind::Key, (&key, None))?);
    }
    if let [(_, origin, _), _, ..] = origins.as_slice() {
        let pile: Vec<Sheet> = origins.iter().map(|(_, _, sheet)| sheet.clone()).collect();
        let aids = &origin.blueprint.aids;
        let document = compose::strip(&pile, shared(origin.source, &look, style, (&heading, aids)));
        files.extend(printer.print(
            &format!("{}-TEACHER-strip-pile", origin.source.letter.about.id),
            Kind::Strip,
            (&document, None),
        )?);
    }
    shown += &format!("Written to {}/:\n", folder.display());
    files.iter().for_each(|file| shown += &format!("  {}\n", file.name));
    say(&shown)?;
    Ok(Outcome::Done)
}

fn shared<'a>(
    source: &'a Source,
    look: &'a Look,
    style: Style,
    (heading, aids): (&'a Heading, &'a BTreeSet<Aid>),
) -> Context<'a> {
    Context { letter: &source.letter, sets: &source.bank.sets, labels: &look.labels, style, aids, heading }
}

/// Codes as typed, blocks of one code put together again: `7Q2K M4XD 9F0T C3RH` is one code, not four. What stands round a
/// code on paper (a full stop, a bracket) is dropped.
fn joined(typed: &[String]) -> Vec<String> {
    /// What stands after the code of a modified sheet.
    const MARK: &str = "M";
    /// Letters and digits of a code, and of a block of it.
    const WHOLE: usize = 16;
    const BLOCK: usize = 4;
    let bare = |text: &str| {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        let marked = text.rsplit_once(char::is_whitespace).filter(|(_, mark)| mark.eq_ignore_ascii_case(MARK));
        marked.map_or(text, |(code, _)| code).trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
    };
    let length = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let pieces: Vec<String> = typed.iter().map(|text| bare(text)).collect();
    let mut codes: Vec<String> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        // The mark of a modified sheet, and what stands between it and its code, are no part of the code.
        if at > 0 && (pieces[at].is_empty() || pieces[at].eq_ignore_ascii_case(MARK)) {
            at += 1;
            continue;
        }
        let blocks = pieces[at..].iter().take(WHOLE / BLOCK).take_while(|piece| length(piece) == BLOCK).count();
        let taken = if blocks == WHOLE / BLOCK { blocks } else { 1 };
        codes.push(pieces[at..at + taken].join("-"));
        at += taken;
    }
    codes
}

/// All codes, or every one that cannot be read, with the reason.
fn read_codes(typed: &[String]) -> Result<Vec<SheetCode>, Failure> {
    let mut codes = Vec::new();
    let mut faults = Vec::new();
    for text in typed {
        match text.parse::<SheetCode>() {
            Ok(code) => codes.push(code),
            Err(error) => faults.push(format!("{}: {error}", if text.is_empty() { "“”" } else { text })),
        }
    }
    if faults.is_empty() {
        Ok(codes)
    } else {
        Err(Failure::with_help(
            faults.join("\n"),
            "the code stands at the foot of every page of the sheet, as 7Q2K-M4XD-9F0T-C3RH",
        ))
    }
}

/// The manifest named, or the one that `make` left in its usual folder.
fn find_manifest(rebuild: &Rebuild) -> Result<Option<Manifest<'static>>, Failure> {
    match &rebuild.manifest {
        Some(path) if path.is_dir() => {
            let found = Manifest::of_folder(path).unwrap_or(path.join("manifest.yaml"));
            Manifest::read(&found).map(Some)
        }
        Some(path) => Manifest::read(path).map(Some),
        None => Manifest::of_folder(Path::new(USUAL_FOLDER)).map(|found| Manifest::read(&found)).transpose(),
    }
}

struct Finder<'a> {
    /// The blueprint file that was named, if one was.
    blueprint: &'a [Input],
    source: &'a Source,
    snapshot: Option<&'a Source>,
    manifest: Option<&'a Manifest<'static>>,
}

impl<'a> Finder<'a> {
    /// The sheet that a code was printed on, or why it cannot be had.
    fn rebuild(&self, code: SheetCode) -> Result<(Origin<'a>, Sheet), String> {
        let fits = |source: &&'a Source| short(&source.bank.fingerprint) == code.bank;
        let Some(source) = std::iter::once(self.source).chain(self.snapshot).find(fits) else {
            return Err(format!(
                "the bank has changed since this sheet was printed (its code says bank {:04x}, this bank is {:04x}); \
                 a key made now could be wrong\n  help: give the manifest.yaml that was written beside the sheets: --manifest FILE",
                code.bank,
                short(&self.source.bank.fingerprint)
            ));
        };
        let kept = self.manifest.map(|m| m.blueprint.clone());
        let (given, faults) = crate::blueprint::load(self.blueprint, &source.letter, &source.bank);
        if has_errors(&faults) {
            return Err(format!("its blueprint has faults\n{}", render_all(&faults, self.blueprint).trim_end()));
        }
        let blueprint = kept
            .into_iter()
            .chain(given.iter().chain(&source.blueprints).flat_map(variants))
            .find(|b| short(&b.fingerprint()) == code.blueprint)
            .ok_or_else(|| {
                format!(
                    "no blueprint of this bank gives this code (it says blueprint {:04x}): the blueprint has changed, or the sheet was \
                     made with a file or flags of its own\n  help: give the manifest.yaml that was written beside the sheets \
                     (--manifest FILE), or the blueprint file (--blueprint FILE)",
                    code.blueprint
                )
            })?;
        let job = Job { letter: &source.letter, bank: &source.bank, blueprint: &blueprint, seed: code.seed };
        let form = code.form.index();
        let sheet = assemble(job, form..form + 1).map_err(|shortfall| shortfall.to_string())?.into_iter().next();
        let sheet = sheet.filter(|sheet| sheet.paper.code == code).ok_or("the sheet cannot be rebuilt")?;
        Ok((Origin { source, blueprint }, sheet))
    }
}

/// Everything that `make`'s flags can make of a named blueprint.
fn variants(blueprint: &Blueprint) -> impl Iterator<Item = Blueprint> + '_ {
    const READINGS: [Reading; 3] = [Reading::None, Reading::Cited, Reading::Full];
    const HEADNOTES: [Headnote; 3] = [Headnote::None, Headnote::Short, Headnote::Full];
    let adapted: BTreeSet<Aid> = blueprint.aids.iter().copied().chain([Aid::Adapted]).collect();
    let aids = [blueprint.aids.clone(), adapted];
    let modes: &[Mode] = &blueprint.modes;
    let looks = READINGS.iter().flat_map(|reading| HEADNOTES.iter().map(move |headnote| (*reading, *headnote)));
    modes.iter().flat_map(move |mode| {
        let aids = aids.clone();
        looks.clone().flat_map(move |(reading, headnote)| {
            let made = move |aids| Blueprint { modes: vec![*mode], reading, headnote, aids, ..blueprint.clone() };
            aids.clone().into_iter().map(made)
        })
    })
}

/// The letters at once, for the one who stands at the copier.
fn table_of(sheet: &Sheet, labels: &compose::Labels) -> String {
    let rows: Vec<Vec<String>> = sheet
        .paper
        .questions()
        .zip(&sheet.key.answers)
        .map(|(q, a)| {
            vec![
                q.number.to_string(),
                compose::answer_text(a, labels).unwrap_or_else(|| "see the key".to_owned()),
                q.points.to_string(),
            ]
        })
        .collect();
    let table = super::table::table(&["no.", "answer", "points"], &rows);
    format!("{} · form {} · {}\n{table}\n", sheet.paper.code, sheet.paper.form.letter(), sheet.paper.title)
}
