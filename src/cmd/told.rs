//! What `make` says when it is done: for a person, or as JSON for a program.

use serde::Serialize;

use super::Failure;
use super::job::value_name;
use super::make::Make;
use super::manifest::Written;
use super::plan::{Documents, Plan};
use super::run::{Made, Run};
use crate::assemble::BLOCK;
use crate::doc::{Imposition, Print, Style};
use crate::rng::Seed;

/// So many forms are listed one by one.
const LISTED: usize = 26;

/// What was made, as `--json` prints it.
#[derive(Debug, Serialize)]
struct Summary<'a> {
    letter: &'a str,
    blueprint: &'a str,
    mode: String,
    seed: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    shard: Option<String>,
    folder: String,
    sheets: &'a [Written],
    keys: &'a [Written],
    strip: &'a [String],
    manifest: &'a str,
    /// Files that an earlier run had finished.
    kept: usize,
    warnings: &'a [String],
}

/// As JSON.
///
/// # Errors
/// None that a user could bring about.
pub(super) fn json(run: &Run<'_>, made: &Made, warnings: &[String]) -> Result<String, Failure> {
    let summary = Summary {
        letter: run.plan.stem,
        blueprint: &run.blueprint.name,
        mode: value_name(run.blueprint.mode()),
        seed: run.make.seed.get(),
        shard: run.plan.shard.map(|shard| shard.to_string()),
        folder: run.make.out.display().to_string(),
        sheets: &made.sheets,
        keys: &made.keys,
        strip: &made.strip,
        manifest: &run.plan.manifest(),
        kept: made.kept,
        warnings,
    };
    let json = serde_json::to_string_pretty(&summary).map_err(|e| Failure::new(e.to_string()))?;
    Ok(json + "\n")
}

/// What was written, the codes, and what to do next.
pub(super) fn told(run: &Run<'_>, made: &Made, warnings: &[String]) -> String {
    let Run { make, blueprint, plan, .. } = run;
    let mut out = String::new();
    let (points, tenths) = made.size.unwrap_or_default();
    out += &format!(
        "{} · {} · {}, about {} · seed {}\n\n",
        make.heading.title.as_deref().unwrap_or(&blueprint.title),
        value_name(blueprint.mode()).replace('-', " "),
        counted(points as usize, "point"),
        counted(tenths.div_ceil(10) as usize, "minute"),
        make.seed.get(),
    );
    out += &forms(make, made);
    if make.roster.is_some() {
        let count = made.sheets.len();
        out += &format!("\n  {count} personal sheets, form after form along the row\n");
    }
    out += &written(make, plan);
    if made.kept > 0 {
        out += &format!("  {} of an earlier run were whole and stayed as they were.\n", counted(made.kept, "file"));
    }
    out += "\n";
    for warning in warnings {
        out += &format!("  note: {warning}\n");
    }
    out + &next(make, plan, made)
}

/// A table of the forms with their codes.
fn forms(make: &Make, made: &Made) -> String {
    let mut seen: Vec<&str> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut more = false;
    for sheet in &made.sheets {
        // After a roster many sheets have one form.
        if make.roster.is_some() && seen.contains(&sheet.form.as_str()) {
            continue;
        }
        if rows.len() == LISTED {
            more = true;
            break;
        }
        seen.push(&sheet.form);
        let files = if make.roster.is_some() { String::new() } else { sheet.files.join("  ") };
        rows.push(vec![sheet.form.clone(), sheet.code.clone(), files]);
    }
    let mut out = super::table::table(&["form", "code on the sheet", "files"], &rows);
    if more {
        out += "  … and so on: the manifest lists every sheet with its code\n";
    }
    out
}

/// Which files there are now.
fn written(make: &Make, plan: &Plan<'_>) -> String {
    let formats: Vec<String> = plan.formats.iter().map(|f| value_name(*f).to_uppercase()).collect();
    let stem = plan.stem;
    let what = |documents| match documents {
        Documents::Worksheets => match plan.packet_file() {
            Some(file) => format!("{file} with all worksheets"),
            None => "the worksheets".to_owned(),
        },
        Documents::Keys => format!("{stem}-TEACHER-key-… for each form"),
        Documents::Strip if plan.forms > BLOCK => format!("{stem}-TEACHER-strip-… for each {BLOCK} of them"),
        Documents::Strip => format!("{stem}-TEACHER-strip for all"),
    };
    let list: Vec<String> = plan.documents.iter().map(|documents| what(*documents)).collect();
    let part = plan.shard.map(|s| format!("part {} of {}, ", s.part, s.of)).unwrap_or_default();
    format!(
        "\n  Written to {}/ as {}:\n  {part}{},\n  and {}, which can make each key again.\n",
        make.out.display(),
        formats.join(" and "),
        list.join(", "),
        plan.manifest(),
    )
}

/// What to do next.
fn next(make: &Make, plan: &Plan<'_>, made: &Made) -> String {
    let mut out = "Next:\n".to_owned();
    if plan.shard.is_some() {
        let folder = make.out.display();
        out += &format!("  when all parts are made and lie in one folder: pilcrow merge \"{folder}\"\n");
    }
    let order: Vec<&str> = made.sheets.iter().take(4).map(|sheet| sheet.form.as_str()).collect();
    let in_order = order.len() > 1 && make.roster.is_none();
    if plan.documents.contains(&Documents::Worksheets) {
        let hand_out = in_order.then(|| format!("hand them out in the order {} along each row", order.join(" ")));
        for step in print(make, plan, made, hand_out) {
            out += &format!("  {step};\n");
        }
    }
    out += "  keep every file with TEACHER in its name for yourself;\n";
    // `key` looks for the manifest in the usual folder by itself; of any other it must be told.
    let usual = make.out == std::path::Path::new(super::key::USUAL_FOLDER);
    let manifest = match usual {
        true => String::new(),
        false => format!(" --manifest \"{}\"", make.out.join(plan.manifest()).display()),
    };
    let code = made.sheets.first().map_or("CODE", |sheet| sheet.code.as_str());
    out += &format!("  for a key from a code: pilcrow key {code}{manifest}\n");
    let other = (make.seed.get() + 1) % (Seed::MAX + 1);
    out + &format!("  for other questions: the same command with --seed {other}\n")
}

/// What is done with the worksheets, step after step.
fn print(make: &Make, plan: &Plan<'_>, made: &Made, hand_out: Option<String>) -> Vec<String> {
    let Style { imposition, duplex, .. } = make.style;
    let mut steps = Vec::new();
    match imposition {
        Imposition::Whole => {
            return vec![match hand_out {
                Some(hand_out) => format!("print the worksheets and {hand_out}"),
                None => "print the worksheets".to_owned(),
            }];
        }
        Imposition::Booklet => {
            steps.push(
                "print the worksheets on both sides, flipped on the SHORT edge, and fold each in the middle".to_owned(),
            );
        }
        Imposition::TwoUp | Imposition::FourUp if duplex => {
            steps.push("print the packet on both sides, flipped on the long edge".to_owned());
        }
        Imposition::TwoUp | Imposition::FourUp => steps.push("print the packet".to_owned()),
    }
    let piles = "lay the piles on one another, top left first: the sheets are in order";
    match made.stacks.as_slice() {
        [] => {}
        [papers] => steps.push(format!("cut its {} along the dashes as one stack; {piles}", counted(*papers, "paper"))),
        [papers, ..] => {
            steps.push(format!("cut it along the dashes in stacks of {papers} papers, one by one; {piles}"))
        }
    }
    let large = plan.pupils.unwrap_or_default().iter().filter(|pupil| pupil.print == Some(Print::Large)).count();
    if large > 0 {
        let at = if plan.packet.is_some() {
            "stands on whole pages at the end of the packet"
        } else {
            "stands on whole pages"
        };
        steps.push(format!("large print ({}) {at}", counted(large, "sheet")));
    }
    steps.extend(hand_out);
    steps
}

/// A number with its noun.
pub(super) fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
