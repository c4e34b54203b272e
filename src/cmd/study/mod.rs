//! `study`: a self-study quiz from one bank or several, as one HTML file.

mod ask;
mod desk;
mod feedback;
mod progress;
mod terminal;

use std::path::{Path, PathBuf};

use super::job::{Wanted, sections};
use super::source::{Look, Source};
use super::terminal::say;
use super::told::counted;
use super::{Failure, Outcome, output};
use crate::assemble::Job;
use crate::bank::{Item, Kind};
use crate::rng::Seed;
use crate::study::{Chapter, KINDS, Settings, Study, study};

/// What is made, as flags say it.
#[derive(Debug, Clone, PartialEq)]
pub struct Make {
    /// Bank folders; none: the built-in bank.
    pub banks: Vec<PathBuf>,
    /// Templates and labels of a teacher's own.
    pub templates: Option<PathBuf>,
    /// The quiz has the items that this blueprint draws.
    pub blueprint: Option<String>,
    /// The quiz has the items of these sections.
    pub sections: Option<String>,
    /// What a blueprint draws by, the order of options in the file, and all chance of a session in a terminal; `None`: the usual
    /// one, and in a terminal another each time.
    pub seed: Option<Seed>,
    /// Title in place of the letter's.
    pub title: Option<String>,
    /// Whether the letter stands beside the questions.
    pub letter: bool,
    /// The file, or a folder for it; `None`: named after the letter.
    pub out: Option<PathBuf>,
    /// Open it when it is written.
    pub open: bool,
    /// Ask here, in the terminal, in place of a file.
    pub terminal: bool,
    /// Where a session in a terminal keeps its progress.
    pub progress: Option<PathBuf>,
}

/// Writes the quiz.
///
/// # Errors
/// A bank with errors, what a bank cannot give, a template's fault, a file that cannot be written.
pub fn run(make: &Make) -> Result<Outcome, Failure> {
    let look = Look::read(make.templates.as_deref())?;
    let chosen = Chosen::read(make)?;
    let made = chosen.study(make, &look);
    if make.terminal {
        return terminal::run(&made.quiz, make.seed, make.progress.as_deref());
    }
    let html = look.templates.study(&made).map_err(|error| Failure::new(error.to_string()))?;
    let path = make.path(&made.quiz.id)?;
    output::write_whole(&path, html.as_bytes())?;
    let kilobytes = html.len().div_ceil(1000);
    let mut told = format!("{}: {}, {kilobytes} KB\n", path.display(), counted(made.quiz.items.len(), "question"));
    if chosen.on_paper > 0 {
        let left_out = counted(chosen.on_paper, "item");
        told += &format!("for paper only, and not in it: {left_out} (essays, tables, discussions)\n");
    }
    told += "It holds its own key: it is for study, never for a grade.\n";
    say(&told)?;
    if make.open {
        open(&path)?;
    }
    Ok(Outcome::Done)
}

/// Opens the file as the system opens such files.
fn open(path: &Path) -> Result<(), Failure> {
    open::that(path).map_err(|error| {
        Failure::with_help(
            format!("{} is written, but no browser could be opened: {error}", path.display()),
            "open the file yourself: in a file manager, or by its name in a browser",
        )
    })
}

/// The banks and the items of each that are asked.
struct Chosen {
    sources: Vec<Source>,
    /// Indices of items in each bank, in the letter's order.
    items: Vec<Vec<usize>>,
    /// How many were chosen that no quiz can ask.
    on_paper: usize,
}

impl Chosen {
    fn read(make: &Make) -> Result<Chosen, Failure> {
        let mut sources: Vec<Source> = Vec::new();
        let folders: Vec<Option<&Path>> = match make.banks.as_slice() {
            [] => vec![None],
            banks => banks.iter().map(|bank| Some(bank.as_path()).filter(|bank| !is_built_in(bank))).collect(),
        };
        for folder in folders {
            let source = Source::sound(folder)?;
            if sources.iter().any(|other| other.letter.about.id == source.letter.about.id) {
                return Err(Failure::with_help(
                    format!("--bank: two of the banks are for “{}”", source.letter.about.id),
                    "name each bank once; if they are two texts, give one another `id` in its letter.yaml",
                ));
            }
            sources.push(source);
        }
        let mut items = Vec::new();
        let mut on_paper = 0;
        for source in &sources {
            let (asked, left) = make.items(source)?;
            on_paper += left;
            items.push(asked);
        }
        if items.iter().all(Vec::is_empty) {
            return Err(Failure::with_help(
                "there is no question that a quiz can ask",
                "name other sections or another blueprint; essays, organizers and discussions are for paper only",
            ));
        }
        Ok(Chosen { sources, items, on_paper })
    }

    fn study(&self, make: &Make, look: &Look) -> Study {
        let items: Vec<Vec<&Item>> = self
            .sources
            .iter()
            .zip(&self.items)
            .map(|(source, items)| items.iter().map(|at| &source.bank.items[*at]).collect())
            .collect();
        let chapters: Vec<Chapter<'_>> = self
            .sources
            .iter()
            .zip(&items)
            .filter(|(_, items)| !items.is_empty())
            .map(|(source, items)| Chapter { letter: &source.letter, bank: &source.bank, items })
            .collect();
        let settings = Settings {
            title: make.title.clone().filter(|title| !title.trim().is_empty()),
            letter: make.letter,
            seed: make.seed.unwrap_or_else(Seed::usual),
            labels: &look.labels,
        };
        study(&chapters, &settings)
    }
}

impl Make {
    /// The items of a bank that are asked, by their indices, in the letter's order; and how many were chosen beside them that
    /// no quiz can ask.
    fn items(&self, source: &Source) -> Result<(Vec<usize>, usize), Failure> {
        let bank = &source.bank;
        let all: Vec<usize> = match (&self.blueprint, &self.sections) {
            (Some(name), _) => self.drawn(source, name)?,
            (None, Some(list)) => {
                let about = &source.letter.about;
                let ids: Vec<&str> = about.sections.iter().map(|section| section.id.as_str()).collect();
                let wanted = sections(list, &ids)?;
                let inside =
                    |at: &usize| ids.get(bank.items[*at].section).is_some_and(|id| wanted.iter().any(|w| w == id));
                (0..bank.items.len()).filter(inside).collect()
            }
            (None, None) => (0..bank.items.len()).collect(),
        };
        let kind = |at: &usize| -> Kind { bank.items[*at].kind() };
        let (mut asked, left): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|at| KINDS.contains(&kind(at)));
        asked.sort_by_key(|at| (bank.items[*at].section, bank.items[*at].cite.first().copied(), *at));
        Ok((asked, left.len()))
    }

    /// What the first form of a blueprint has.
    fn drawn(&self, source: &Source, name: &str) -> Result<Vec<usize>, Failure> {
        let wanted = Wanted { blueprint: Some(name.to_owned()), ..Wanted::default() };
        let blueprint = wanted.blueprint(source)?;
        let job = Job {
            letter: &source.letter,
            bank: &source.bank,
            blueprint: &blueprint,
            seed: self.seed.unwrap_or_else(Seed::usual),
        };
        let sheets = wanted.sheets(&wanted.drawn(job)?, 0..1)?;
        let ids = sheets.iter().flat_map(|sheet| sheet.paper.questions()).map(|question| &question.item);
        Ok(ids.filter_map(|id| source.bank.items.iter().position(|item| item.id == *id)).collect())
    }

    /// Where the quiz is written.
    fn path(&self, id: &str) -> Result<PathBuf, Failure> {
        let name = format!("{id}-study.html");
        let Some(out) = &self.out else { return Ok(PathBuf::from(name)) };
        let names_folder = out.is_dir() || out.extension().is_none() || out.to_string_lossy().ends_with(['/', '\\']);
        if names_folder {
            output::make_folder(out)?;
            return Ok(out.join(name));
        }
        if let Some(folder) = out.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            output::make_folder(folder)?;
        }
        Ok(out.clone())
    }
}

/// The built-in bank by its name, where no folder has that name: so it can stand beside others.
fn is_built_in(bank: &Path) -> bool {
    bank == Path::new("kennedy-1961") && !bank.exists()
}
