//! `export`: a bank, some of its items, or drawn sheets, as files of other programs.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::job::Wanted;
use super::source::{Look, Source};
use super::table::table;
use super::terminal::say;
use super::text::hanging;
use super::told::counted;
use super::{Failure, Outcome, output};
use crate::assemble::{BLOCK, Job};
use crate::bank::{Item, Kind};
use crate::exchange::{Package, Wording, from_bank, from_sheets};
use crate::export::{Exported, FORMATS, Fate, Format, Reach, export, reach};
use crate::letter::Place;
use crate::rng::Seed;

/// What to export.
#[derive(Debug, Clone)]
pub struct Export {
    /// The format.
    pub to: &'static Format,
    /// A teacher's own bank folder.
    pub bank: Option<PathBuf>,
    /// A teacher's own labels.
    pub templates: Option<PathBuf>,
    /// The file, or the folder where a format has several.
    pub out: Option<PathBuf>,
    /// Only these items, by id; all if empty.
    pub items: Vec<String>,
    /// Which items or sheets.
    pub wanted: Wanted,
    /// Drawn sheets, so many.
    pub forms: Option<u16>,
    /// The seed of the sheets, and of the order of options.
    pub seed: Seed,
    /// Print the report as JSON.
    pub json: bool,
}

/// Runs the command.
///
/// # Errors
/// A faulty bank, filters that leave nothing, a format that can hold nothing of it, a place that cannot be written to.
pub fn run(asked: &Export) -> Result<Outcome, Failure> {
    let source = Source::sound(asked.bank.as_deref())?;
    let look = Look::read(asked.templates.as_deref())?;
    let wording = Wording { letter: &source.letter, bank: &source.bank, labels: &look.labels };
    let package = package(asked, &source, wording)?;
    let exported = export(&package, asked.to).map_err(Failure::new)?;
    if exported.files.is_empty() {
        return Err(nothing_held(asked.to, &exported));
    }
    let written = write(asked, &exported)?;
    say(&if asked.json { as_json(asked.to, &exported, &written)? } else { told(asked.to, &exported, &written) })?;
    Ok(Outcome::Done)
}

/// Prints what each format holds of each kind, as the built-in bank shows it.
///
/// # Errors
/// Output that cannot be written.
pub fn list(json: bool) -> Result<Outcome, Failure> {
    let source = Source::sound(None)?;
    let look = Look::read(None)?;
    let wording = Wording { letter: &source.letter, bank: &source.bank, labels: &look.labels };
    let items: Vec<&Item> = source.bank.items.iter().collect();
    let seed = Seed::new(1).ok_or_else(|| Failure::new("there is no seed 1"))?;
    let package = from_bank(&items, seed, wording);
    let row = |format: &Format| -> Vec<String> {
        let cell = |kind: &Kind| reach(&package, format, *kind).map_or("–", |(reach, _)| word(reach)).to_owned();
        std::iter::once(format.name.to_owned()).chain(Kind::ALL.iter().map(cell)).collect()
    };
    let rows: Vec<Vec<String>> = FORMATS.iter().map(|format| row(format)).collect();
    if json {
        let named = |row: &Vec<String>| {
            let kinds =
                Kind::ALL.iter().zip(&row[1..]).map(|(kind, cell)| (kind.word().to_owned(), cell.clone().into()));
            serde_json::json!({ "format": row[0], "kinds": serde_json::Value::Object(kinds.collect()) })
        };
        let all: Vec<serde_json::Value> = rows.iter().map(named).collect();
        say(&(serde_json::to_string_pretty(&all).map_err(|e| Failure::new(e.to_string()))? + "\n"))?;
        return Ok(Outcome::Done);
    }
    // Kinds under one another: sixteen columns are too wide for a terminal.
    let header: Vec<&str> = std::iter::once("kind").chain(FORMATS.iter().map(|format| format.name)).collect();
    let turned: Vec<Vec<String>> = (0..Kind::ALL.len())
        .map(|at| {
            std::iter::once(Kind::ALL[at].to_string()).chain(rows.iter().map(|row| row[at + 1].clone())).collect()
        })
        .collect();
    let mut out = String::from(
        "What each format holds of the built-in bank’s items: whole, partly (the export says what is lost), not\n\n",
    );
    for columns in chunks(&header, &turned) {
        out += &format!("{}\n", table(&columns.0, &columns.1));
    }
    for format in FORMATS {
        out += &hanging(&format!("  {}", format.name), 16, format.about);
    }
    say(&out)?;
    Ok(Outcome::Done)
}

/// Tables of as many columns as a terminal holds, the kinds at the left of each.
fn chunks<'h>(header: &[&'h str], rows: &[Vec<String>]) -> Vec<(Vec<&'h str>, Vec<Vec<String>>)> {
    const ACROSS: usize = 7;
    let columns: Vec<usize> = (1..header.len()).collect();
    columns
        .chunks(ACROSS)
        .map(|of| {
            let head = std::iter::once(header[0]).chain(of.iter().map(|at| header[*at])).collect();
            let row = |row: &Vec<String>| {
                std::iter::once(row[0].clone()).chain(of.iter().map(|at| row[*at].clone())).collect()
            };
            (head, rows.iter().map(row).collect())
        })
        .collect()
}

fn word(reach: Reach) -> &'static str {
    match reach {
        Reach::Whole => "whole",
        Reach::Partly => "partly",
        Reach::Not => "not",
    }
}

/// The sheets, where sheets are asked for, else the items.
fn package<'s>(asked: &Export, source: &'s Source, wording: Wording<'s>) -> Result<Package<'s>, Failure> {
    let Some(forms) = asked.forms.or(asked.wanted.asks_for_a_sheet().then_some(1)) else {
        let items = chosen(asked, source)?;
        return Ok(from_bank(&items, asked.seed, wording));
    };
    if !asked.items.is_empty() {
        return Err(Failure::with_help(
            "items cannot be named where sheets are drawn",
            "take out --items, or take out --forms and --blueprint",
        ));
    }
    let wanted = asked.wanted.blueprint(source)?;
    let job = Job { letter: &source.letter, bank: &source.bank, blueprint: &wanted, seed: asked.seed };
    let blueprint = asked.wanted.settle(job, forms)?;
    let drawn = asked.wanted.drawn(Job { blueprint: &blueprint, ..job })?;
    let mut sheets = Vec::new();
    let mut first = 0;
    while first < forms {
        let last = forms.min(first.saturating_add(BLOCK));
        sheets.extend(asked.wanted.sheets(&drawn, first..last)?);
        first = last;
    }
    Ok(Package { blueprint: Some(Arc::new(blueprint.clone())), ..from_sheets(&sheets, wording) })
}

/// The items that the flags leave.
fn chosen<'s>(asked: &Export, source: &'s Source) -> Result<Vec<&'s Item>, Failure> {
    for id in &asked.items {
        if source.bank.item(id).is_none() {
            let near = crate::diag::nearest(id, source.bank.items.iter().map(|item| item.id.as_str()), 4);
            let help = match near.as_slice() {
                [] => "`pilcrow show` tells what the bank has".to_owned(),
                near => format!("did you mean {}?", near.join(", ")),
            };
            return Err(Failure::with_help(format!("the bank has no item “{id}”"), help));
        }
    }
    let filter = asked.wanted.cell(source)?;
    let letter = &source.letter;
    let fits = |item: &&Item| {
        let section = letter.about.sections.get(item.section).map_or("", |section| section.id.as_str());
        let inside = |place: &Place| matches!(place, Place::Paragraph(n) if filter.paragraphs.contains(n));
        (asked.items.is_empty() || asked.items.contains(&item.id))
            && (filter.kinds.is_empty() || filter.kinds.contains(&item.kind()))
            && (filter.sections.is_empty() || filter.sections.iter().any(|id| id == section))
            && (filter.paragraphs.is_empty() || item.cite.iter().all(inside))
            && (filter.difficulty.is_empty() || filter.difficulty.contains(&item.difficulty))
            && (filter.skills.is_empty() || filter.skills.iter().any(|skill| item.skills.contains(skill)))
    };
    let items: Vec<&Item> = source.bank.items.iter().filter(fits).collect();
    if items.is_empty() {
        return Err(Failure::with_help(
            "no item of the bank is what the flags ask for",
            "ask for other kinds, sections or paragraphs; `pilcrow show` lists what the bank has",
        ));
    }
    Ok(items)
}

fn nothing_held(format: &Format, exported: &Exported) -> Failure {
    let why = exported.report.losses(true);
    let reasons: Vec<String> =
        why.iter().map(|(why, items)| format!("  {} ({})", why, counted(items.len(), "item"))).collect();
    Failure::with_help(
        format!("{} can hold none of these items; nothing was written:\n{}", format.name, reasons.join("\n")),
        "choose other items with --types, or another format; `pilcrow export --list` shows what each one holds",
    )
}

/// Writes the files: one under the name asked for, several into the folder asked for. Their paths.
fn write(asked: &Export, exported: &Exported) -> Result<Vec<PathBuf>, Failure> {
    let paths: Vec<PathBuf> = match (&asked.out, exported.files.as_slice()) {
        (Some(out), [_]) if !out.is_dir() => vec![out.clone()],
        (out, files) => {
            let folder = out.clone().unwrap_or_default();
            files.iter().map(|file| folder.join(&file.name)).collect()
        }
    };
    for (path, file) in paths.iter().zip(&exported.files) {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            output::make_folder(folder)?;
        }
        output::write_whole(path, &file.bytes)?;
    }
    Ok(paths)
}

/// The report in a few lines: how many are whole, what is lost and how often, what is not held and why.
fn told(format: &Format, exported: &Exported, written: &[PathBuf]) -> String {
    /// So many ids are named.
    const NAMED: usize = 4;
    let report = &exported.report;
    let held = report.count(Reach::Whole) + report.count(Reach::Partly);
    let mut out = String::new();
    for path in written {
        out += &format!("{}\n", path.display());
    }
    out += &format!(
        "{}: {held} of {} items, {} of them whole\n",
        format.name,
        report.fates.len(),
        report.count(Reach::Whole)
    );
    let mut lines = |heading: &str, losses: Vec<(&str, Vec<&str>)>| {
        if !losses.is_empty() {
            out += &format!("{heading}\n");
        }
        for (lost, items) in losses {
            let more = if items.len() > NAMED { ", …" } else { "" };
            let named = items[..items.len().min(NAMED)].join(", ");
            out += &hanging("  ", 4, &format!("{}: {lost} ({named}{more})", counted(items.len(), "item")));
        }
    };
    lines("Lost or changed:", report.losses(false));
    lines("Not held:", report.losses(true));
    if !format.leaves_out.is_empty() {
        out += &hanging("", 0, &format!("In every item: {}.", format.leaves_out));
    }
    out
}

/// The same for other programs.
#[derive(Serialize)]
struct Told<'a> {
    format: &'a str,
    files: Vec<String>,
    leaves_out: &'a str,
    items: &'a [Fate],
}

fn as_json(format: &Format, exported: &Exported, written: &[PathBuf]) -> Result<String, Failure> {
    let told = Told {
        format: format.name,
        files: written.iter().map(|path| path.display().to_string()).collect(),
        leaves_out: format.leaves_out,
        items: &exported.report.fates,
    };
    serde_json::to_string_pretty(&told).map(|text| text + "\n").map_err(|error| Failure::new(error.to_string()))
}
