//! `import`: a bank folder with the questions of another program's file.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::terminal::say;
use super::text::hanging;
use super::{Failure, Outcome, output};
use crate::diag::{Diagnostic, has_errors};
use crate::import::{Became, Ground, Imported, Line, Opened, Reader, import};
use crate::input::Input;
use crate::letter::{self, About};
use crate::yaml;

/// What to import.
#[derive(Debug, Clone)]
pub struct Import {
    /// The file.
    pub file: PathBuf,
    /// The text that its questions are about, or a bank folder that has it.
    pub letter: Option<PathBuf>,
    /// The folder to start; one named after the file if not said, beside where the command runs.
    pub out: Option<PathBuf>,
    /// What the file is, where it does not show.
    pub from: Option<&'static Reader>,
    /// Print the report as JSON.
    pub json: bool,
}

/// Starts a bank folder from a file.
///
/// # Errors
/// A file that cannot be read or is none of those that are; a letter that cannot be read; a folder that exists already.
pub fn run(asked: &Import) -> Result<Outcome, Failure> {
    let file = &asked.file;
    let stem = file.file_stem().map_or_else(|| "imported".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let folder = asked.out.clone().unwrap_or_else(|| PathBuf::from(&stem));
    if folder.symlink_metadata().is_ok() {
        return Err(Failure::with_help(
            format!("{} exists already", folder.display()),
            "choose another folder with --out; nothing was overwritten",
        ));
    }
    let refused = |why: String| {
        let help = "`pilcrow import --help` says what is read; --from names what the file is";
        Failure::with_help(format!("{}: {why}", file.display()), help)
    };
    let opened = Opened::of(&stem, &crate::file::read_archive(file)?).map_err(refused)?;
    let reader = asked.from.map_or_else(|| opened.reader(), Ok).map_err(refused)?;
    let read = opened.read(reader).map_err(refused)?;
    let ground = ground(asked.letter.as_deref(), &stem)?;
    let imported = import(&read, reader, &ground);
    if imported.carried() == 0 {
        let told = report(&imported);
        return Err(Failure::with_help(
            format!("{}: no question of it could be read; nothing was written\n{told}", file.display()),
            "look at the reasons, mend the file, and import it again",
        ));
    }
    output::new_folder(&folder, &imported.files)?;
    say(&if asked.json { as_json(&imported, reader, &folder)? } else { told(&imported, reader, &folder) })?;
    Ok(Outcome::Done)
}

/// The letter: a text, a bank folder, or a place for one.
fn ground(letter: Option<&Path>, stem: &str) -> Result<Ground, Failure> {
    let Some(path) = letter else {
        return Ground::missing(stem).map_err(|faults| Failure::faults(&faults, &[]));
    };
    let (text, about) = match path.is_dir() {
        true => (path.join("letter.txt"), Some(Input::read(&path.join("letter.yaml"))?)),
        false => (path.to_owned(), None),
    };
    let bytes = crate::file::read_bytes(&text)?;
    letter::plain(&bytes)
        .map_err(|fault| Diagnostic { message: format!("{}: {}", text.display(), fault.message), ..fault })?;
    let (decoded, _) = letter::decode(&bytes);
    let inputs = [Input::new(text.display().to_string(), decoded.clone())];
    let ground = match about {
        Some(about) => {
            let (parsed, faults) = yaml::read::<About>(&about, 0);
            let whole = parsed.filter(|_| !has_errors(&faults));
            let parsed = whole.ok_or_else(|| Failure::faults(&faults, std::slice::from_ref(&about)))?;
            Ground::of_folder(&decoded, &about.text, parsed)
        }
        None => {
            let name = path.file_stem().map_or_else(|| stem.to_owned(), |name| name.to_string_lossy().into_owned());
            Ground::of_text(&name, &decoded)
        }
    };
    ground.map_err(|faults| Failure::faults(&faults, &inputs))
}

/// What became of each question, by name: those of which the same is to be said stand together.
fn report(imported: &Imported) -> String {
    let mut out = String::new();
    for note in &imported.notes {
        out += &hanging("", 2, note);
    }
    for (became, heading) in [(Became::Changed, "Changed:"), (Became::Dropped, "Dropped:"), (Became::Whole, "Whole:")] {
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for line in imported.lines.iter().filter(|line| line.became == became) {
            let name = if line.item.is_empty() || line.item == line.name {
                line.name.clone()
            } else {
                format!("{} ({})", line.item, line.name)
            };
            let why = line.why.join("; ");
            match groups.iter_mut().find(|(known, _)| *known == why) {
                Some((_, names)) => names.push(name),
                None => groups.push((why, vec![name])),
            }
        }
        if !groups.is_empty() {
            out += &format!("{heading}\n");
        }
        for (why, names) in groups {
            let names = names.join(", ");
            out += &hanging("  ", 4, &if why.is_empty() { names } else { format!("{names}: {why}") });
        }
    }
    out
}

/// `1 question`, `2 questions`.
fn counted(number: usize) -> String {
    format!("{number} question{}", if number == 1 { "" } else { "s" })
}

fn told(imported: &Imported, reader: &Reader, folder: &Path) -> String {
    let count = |became| imported.lines.iter().filter(|line| line.became == became).count();
    let folder = folder.display();
    format!(
        "Started {folder} from {}: {} whole, {} changed, {} dropped\n{}\nNext:\n  edit {folder}/bank/imported.yaml (TO DO marks what \
         is yours to decide);\n  pilcrow check {folder}\n",
        reader.name,
        counted(count(Became::Whole)),
        count(Became::Changed),
        count(Became::Dropped),
        report(imported),
    )
}

/// The report for other programs.
#[derive(Serialize)]
struct Told<'a> {
    format: &'a str,
    folder: String,
    notes: &'a [String],
    questions: &'a [Line],
}

fn as_json(imported: &Imported, reader: &Reader, folder: &Path) -> Result<String, Failure> {
    let told = Told {
        format: reader.name,
        folder: folder.display().to_string(),
        notes: &imported.notes,
        questions: &imported.lines,
    };
    serde_json::to_string_pretty(&told).map(|text| text + "\n").map_err(|error| Failure::new(error.to_string()))
}
