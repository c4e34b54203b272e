//! `make`: worksheets, keys, the strip and the manifest.

use std::io::IsTerminal;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;

use super::job::Wanted;
use super::manifest::{Manifest, Written};
use super::print::{Format, Printer};
use super::roster::{self, Pupil};
use super::source::{Look, Source};
use super::terminal::say;
use super::{Failure, Outcome, output};
use crate::assemble::{Job, assemble};
use crate::blueprint::Blueprint;
use crate::compose::{self, Context, Heading, KeyContext};
use crate::doc::Style;
use crate::rng::Seed;
use crate::sheet::Sheet;
use crate::write::html::Kind;

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

/// What was made, as `--json` prints it.
#[derive(Debug, Serialize)]
struct Summary<'a> {
    letter: &'a str,
    blueprint: &'a str,
    mode: String,
    seed: u32,
    folder: String,
    sheets: &'a [Written],
    keys: &'a [Written],
    strip: &'a [String],
    manifest: &'a str,
    warnings: &'a [String],
}

/// Runs the command.
///
/// # Errors
/// Anything that keeps a sheet from being made; then nothing was written, or, past the first file, which file it was.
pub fn run(make: &Make) -> Result<Outcome, Failure> {
    let source = Source::sound(make.bank.as_deref())?;
    let look = Look::read(make.templates.as_deref())?;
    let blueprint = make.wanted.blueprint(&source)?;
    let pupils = make.roster.as_deref().map(roster::read).transpose()?;
    let job = Job { letter: &source.letter, bank: &source.bank, blueprint: &blueprint, seed: make.seed };
    let sheets = assemble(job, 0..make.forms).map_err(|shortfall| {
        let wanted = format!(
            "the bank cannot give what the blueprint {} asks:\n  {}",
            blueprint.name,
            shortfall.reasons.join("\n  ")
        );
        Failure::with_help(
            wanted,
            "ask for less, or for other kinds or sections; `pilcrow show` lists what the bank has",
        )
    })?;
    output::make_folder(&make.out)?;
    let printer = Printer::new(&look, &make.formats, &make.out)?;
    let run = Run { make, source: &source, look: &look, blueprint: &blueprint, sheets: &sheets, printer };
    let written = run.worksheets(pupils.as_deref())?;
    let keys = run.keys()?;
    let strip = run.strip()?;
    run.manifest(&written)?;
    let warnings = run.warnings();
    if make.json {
        let summary = Summary {
            letter: &source.letter.about.id,
            blueprint: &blueprint.name,
            mode: super::job::value_name(blueprint.mode()),
            seed: make.seed.get(),
            folder: make.out.display().to_string(),
            sheets: &written,
            keys: &keys,
            strip: &strip,
            manifest: "manifest.yaml",
            warnings: &warnings,
        };
        let json = serde_json::to_string_pretty(&summary).map_err(|e| Failure::new(e.to_string()))?;
        say(&(json + "\n"))?;
    } else {
        say(&run.told(&written, &warnings))?;
    }
    Ok(Outcome::Done)
}

struct Run<'a> {
    make: &'a Make,
    source: &'a Source,
    look: &'a Look,
    blueprint: &'a Blueprint,
    sheets: &'a [Sheet],
    printer: Printer<'a>,
}

impl Run<'_> {
    fn context<'a>(&'a self, heading: &'a Heading, style: Style) -> Context<'a> {
        Context { letter: &self.source.letter, sets: &self.source.bank.sets, labels: &self.look.labels, style, heading }
    }

    fn stem(&self) -> &str {
        &self.source.letter.about.id
    }

    /// A worksheet for each form, or for each pupil, form after form along the row.
    fn worksheets(&self, pupils: Option<&[Pupil]>) -> Result<Vec<Written>, Failure> {
        let one = |sheet: &Sheet, name: String, heading: Heading, style: Style| {
            let document = compose::worksheet(&sheet.paper, self.context(&heading, style));
            let files = self.printer.print(&name, Kind::Worksheet, &document)?;
            Ok(written(sheet, heading.pupil, files))
        };
        let Some(pupils) = pupils else {
            let name = |sheet: &Sheet| format!("{}-worksheet-{}", self.stem(), sheet.paper.form.letter());
            let jobs =
                self.sheets.par_iter().map(|sheet| one(sheet, name(sheet), self.make.heading.clone(), self.make.style));
            return jobs.collect();
        };
        let bar = progress(pupils.len() as u64);
        let digits = pupils.len().to_string().len();
        let jobs = pupils.par_iter().enumerate().map(|(at, pupil)| {
            let sheet = &self.sheets[at % self.sheets.len()];
            let name = format!(
                "{}-worksheet-{:0digits$}-{}-{}",
                self.stem(),
                at + 1,
                sheet.paper.form.letter(),
                slug(&pupil.name)
            );
            let class = if pupil.class.is_empty() { self.make.heading.class.clone() } else { pupil.class.clone() };
            let heading = Heading { pupil: pupil.name.clone(), class, ..self.make.heading.clone() };
            let style = Style { print: pupil.print.unwrap_or(self.make.style.print), ..self.make.style };
            let done = one(sheet, name, heading, style);
            bar.inc(1);
            done
        });
        let all = jobs.collect();
        bar.finish_and_clear();
        all
    }

    fn keys(&self) -> Result<Vec<Written>, Failure> {
        let jobs = self.sheets.par_iter().map(|sheet| {
            let heading = Heading { pupil: String::new(), ..self.make.heading.clone() };
            let context = KeyContext {
                shared: self.context(&heading, self.make.style),
                bank: &self.source.bank,
                blueprint: self.blueprint,
                forms: self.sheets,
                seed: self.make.seed,
            };
            let name = format!("{}-TEACHER-key-{}", self.stem(), sheet.paper.form.letter());
            let files = self.printer.print(&name, Kind::Key, &compose::key(sheet, context))?;
            Ok(written(sheet, String::new(), files))
        });
        jobs.collect()
    }

    fn strip(&self) -> Result<Vec<String>, Failure> {
        let document = compose::strip(self.sheets, self.context(&self.make.heading, self.make.style));
        self.printer.print(&format!("{}-TEACHER-strip", self.stem()), Kind::Strip, &document)
    }

    fn manifest(&self, sheets: &[Written]) -> Result<(), Failure> {
        let manifest = Manifest {
            pilcrow: env!("CARGO_PKG_VERSION").to_owned(),
            letter: self.stem().to_owned(),
            seed: self.make.seed,
            bank_fingerprint: self.source.bank.fingerprint.clone(),
            blueprint_fingerprint: self.blueprint.fingerprint(),
            title: self.make.heading.title.clone(),
            style: self.make.style,
            blueprint: self.blueprint.clone(),
            sheets: sheets.to_vec(),
            snapshot: Manifest::keep(&self.source.texts),
        };
        manifest.write(&self.make.out.join("manifest.yaml"))
    }

    /// Limits of fairness that no draw could meet, once for all forms that share them.
    fn warnings(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for limit in self.sheets.iter().flat_map(|sheet| &sheet.key.fairness.unmet) {
            if !all.contains(limit) {
                all.push(limit.clone());
            }
        }
        all
    }

    /// What was written, the codes, and what to do next.
    fn told(&self, written: &[Written], warnings: &[String]) -> String {
        let mut out = String::new();
        let folder = self.make.out.display();
        let (points, tenths) =
            self.sheets.first().map_or((0, 0), |s| (s.key.fairness.points, s.key.fairness.tenths_of_minutes));
        let formats = self
            .make
            .formats
            .iter()
            .map(|f| super::job::value_name(*f).to_uppercase())
            .collect::<Vec<_>>()
            .join(" and ");
        out += &format!(
            "{} · {} · {points} points, about {} minutes · seed {}\n\n",
            self.make.heading.title.as_deref().unwrap_or(&self.blueprint.title),
            super::job::value_name(self.blueprint.mode()).replace('-', " "),
            tenths.div_ceil(10),
            self.make.seed.get(),
        );
        let rows: Vec<Vec<String>> = if self.make.roster.is_some() {
            self.sheets.iter().map(|s| vec![s.paper.form.letter(), s.paper.code.to_string(), String::new()]).collect()
        } else {
            written.iter().map(|w| vec![w.form.clone(), w.code.clone(), w.files.join("  ")]).collect()
        };
        out += &super::table::table(&["form", "code on the sheet", "files"], &rows);
        if self.make.roster.is_some() {
            out += &format!("\n  {} personal sheets, form after form along the row\n", written.len());
        }
        let stem = self.stem();
        out += &format!("\n  Written to {folder}/ as {formats}: the worksheets, {stem}-TEACHER-key-… for each form,\n");
        out += &format!("  {stem}-TEACHER-strip for all, and manifest.yaml, which can make each key again.\n\n");
        for warning in warnings {
            out += &format!("  note: {warning}\n");
        }
        out += "Next:\n";
        out += "  print the worksheets and hand them out in the order A B C D along each row;\n";
        out += "  keep every file with TEACHER in its name for yourself;\n";
        out +=
            &format!("  for a key from a code: pilcrow key {}\n", written.first().map_or("CODE", |w| w.code.as_str()));
        out += &format!("  for other questions: pilcrow make --seed {}\n", self.make.seed.get() + 1);
        out
    }
}

fn written(sheet: &Sheet, pupil: String, files: Vec<String>) -> Written {
    Written {
        form: sheet.paper.form.letter(),
        code: sheet.paper.code.to_string(),
        pupil,
        points: sheet.paper.points(),
        files,
    }
}

fn progress(count: u64) -> ProgressBar {
    if count < PROGRESS_FROM || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(count);
    if let Ok(style) = ProgressStyle::with_template("  {bar:40} {pos} of {len} sheets") {
        bar.set_style(style);
    }
    bar
}

/// A name as part of a file name: letters and digits in lower case, hyphens between them.
fn slug(name: &str) -> String {
    let folded: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = folded.split('-').filter(|w| !w.is_empty()).collect();
    let slug: String = words.join("-").chars().take(60).collect();
    if slug.is_empty() { "pupil".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_become_file_names() {
        assert_eq!(super::slug("María  García-O’Neil"), "maría-garcía-o-neil");
        assert_eq!(super::slug("../../etc"), "etc");
        assert_eq!(super::slug("?!"), "pupil");
    }
}
