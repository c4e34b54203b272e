//! `make`: worksheets, keys, the strip and the manifest.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;

use super::job::Wanted;
use super::manifest::{Manifest, Written};
use super::print::{Format, Printer};
use super::roster::{self, Pupil};
use super::source::{Look, Source};
use super::terminal::say;
use super::text::one_line;
use super::{Failure, Outcome, output};
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

/// The head as flags give it, in words that fit one line; an empty title is none.
pub fn heading(title: Option<&str>, class: &str, teacher: &str) -> Heading {
    let title = title.map(one_line).filter(|title| !title.is_empty());
    Heading { title, class: one_line(class), teacher: one_line(teacher), pupil: String::new() }
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
    let mut blueprint = make.wanted.blueprint(&source)?;
    let pupils = make.roster.as_deref().map(roster::read).transpose()?;
    let sheets = make.wanted.sheets(&source, &mut blueprint, make.seed, make.forms)?;
    let printer = Printer::new(&look, &make.formats, &make.out)?;
    can_be_printed(make, &printer, pupils.as_deref())?;
    let earlier = earlier_files(&make.out, &source.letter.about.id);
    output::make_folder(&make.out)?;
    let bar = progress((pupils.as_ref().map_or(sheets.len(), Vec::len) + sheets.len()) as u64);
    let run = Run { make, source: &source, look: &look, blueprint: &blueprint, sheets: &sheets, printer, bar };
    let written = run.worksheets(pupils.as_deref())?;
    let keys = run.keys()?;
    let strip = run.strip()?;
    run.manifest(&written)?;
    run.bar.finish_and_clear();
    let mut warnings = run.warnings();
    let made: Vec<&String> = written.iter().chain(&keys).flat_map(|w| &w.files).chain(&strip).collect();
    let left = earlier.iter().filter(|file| !made.contains(file)).count();
    if left > 0 {
        let files = if left == 1 {
            "1 file of an earlier run is".to_owned()
        } else {
            format!("{left} files of an earlier run are")
        };
        warnings.push(format!("{files} still in {}; print none of them with these", make.out.display()));
    }
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
        "write it in Latin, Greek or Cyrillic letters, or make the sheets for the screen, which shows all scripts: --format html; \
         nothing was written",
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

struct Run<'a> {
    make: &'a Make,
    source: &'a Source,
    look: &'a Look,
    blueprint: &'a Blueprint,
    sheets: &'a [Sheet],
    printer: Printer<'a>,
    bar: ProgressBar,
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
            let jobs = self.sheets.par_iter().map(|sheet| {
                let done = one(sheet, name(sheet), self.make.heading.clone(), self.make.style);
                self.bar.inc(1);
                done
            });
            return jobs.collect();
        };
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
            self.bar.inc(1);
            done
        });
        jobs.collect()
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
            self.bar.inc(1);
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
            pictures: Manifest::keep_pictures(&self.source.texts),
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
            "{} · {} · {}, about {} · seed {}\n\n",
            self.make.heading.title.as_deref().unwrap_or(&self.blueprint.title),
            super::job::value_name(self.blueprint.mode()).replace('-', " "),
            counted(points, "point"),
            counted(tenths.div_ceil(10), "minute"),
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
        if self.sheets.len() > 1 && self.make.roster.is_none() {
            let order: Vec<String> = self.sheets.iter().take(4).map(|s| s.paper.form.letter()).collect();
            out +=
                &format!("  print the worksheets and hand them out in the order {} along each row;\n", order.join(" "));
        } else {
            out += "  print the worksheets;\n";
        }
        out += "  keep every file with TEACHER in its name for yourself;\n";
        // `key` looks for the manifest in the usual folder by itself; of any other it must be told.
        let usual = self.make.out == std::path::Path::new(super::key::USUAL_FOLDER);
        let manifest = if usual {
            String::new()
        } else {
            format!(" --manifest \"{}\"", self.make.out.join("manifest.yaml").display())
        };
        let code = written.first().map_or("CODE", |w| w.code.as_str());
        out += &format!("  for a key from a code: pilcrow key {code}{manifest}\n");
        out += &format!(
            "  for other questions: the same command with --seed {}\n",
            (self.make.seed.get() + 1) % (Seed::MAX + 1)
        );
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

fn counted(number: u32, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

fn progress(count: u64) -> ProgressBar {
    if count < PROGRESS_FROM || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(count);
    if let Ok(style) = ProgressStyle::with_template("  {bar:40} {pos} of {len} sheets and keys") {
        bar.set_style(style);
    }
    bar
}

/// A name as part of a file name: letters and digits in lower case, hyphens between them.
fn slug(name: &str) -> String {
    let folded: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = folded.split('-').filter(|w| !w.is_empty()).collect();
    let slug: String = words.join("-").chars().take(60).collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "pupil".to_owned() } else { slug.to_owned() }
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
