//! Flags → the blueprint that is really drawn from: a named one, a file, or one made of the flags.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::str::FromStr;

use super::Failure;
use super::number::whole;
use super::source::Source;
use crate::assemble::{BLOCK, Drawn, Job, Shortfall, assemble};
use crate::bank::{Difficulty, Kind, Skill};
use crate::blueprint::{self, Aid, Blueprint, Cell, Headnote, Mode, Part, Reading};
use crate::diag::{did_you_mean, has_errors};
use crate::input::Input;
use crate::sheet::Sheet;

/// The blueprint that `make` uses when none is named.
pub(super) const DEFAULT: &str = "class-period";

/// Questions of a sheet that is asked for by filters alone.
const DEFAULT_QUESTIONS: u32 = 12;

/// What to draw, as flags say it.
#[derive(Debug, Clone, Default, PartialEq, clap::Args)]
pub struct Wanted {
    /// A blueprint of the bank by name, or a file [default: class-period]. Example: --blueprint exit-ticket
    #[arg(long, value_name = "NAME|FILE", help_heading = "What is asked")]
    pub blueprint: Option<String>,
    /// So many questions, in place of a blueprint. Example: --questions 20
    #[arg(long, value_name = "N", conflicts_with = "blueprint", value_parser = whole(1..=200), help_heading = "What is asked")]
    pub questions: Option<u32>,
    /// Exactly so many points, in place of a blueprint. Example: --points 30
    #[arg(long, value_name = "N", conflicts_with = "blueprint", value_parser = whole(1..=500), help_heading = "What is asked")]
    pub points: Option<u32>,
    /// At most so many minutes (reading not counted), in place of a blueprint. Example: --minutes 45
    #[arg(long, value_name = "N", conflicts_with = "blueprint", value_parser = whole(1..=600), help_heading = "What is asked")]
    pub minutes: Option<u32>,
    /// Only these sections of the letter. Example: --sections C-E
    #[arg(long, value_name = "LIST", conflicts_with = "blueprint", help_heading = "What is asked")]
    pub sections: Option<String>,
    /// Only items whose paragraphs all lie here. Example: --paragraphs 15-17
    #[arg(long, value_name = "LIST", conflicts_with = "blueprint", help_heading = "What is asked")]
    pub paragraphs: Option<String>,
    /// Only these kinds of item. Example: --types single-choice,cloze
    #[arg(long, value_name = "LIST", conflicts_with = "blueprint", value_delimiter = ',', value_parser = Kind::from_str, help_heading = "What is asked")]
    pub types: Vec<Kind>,
    /// Only these bands. Example: --difficulty easy,medium
    #[arg(long, value_name = "LIST", conflicts_with = "blueprint", value_delimiter = ',', value_parser = Difficulty::from_str, help_heading = "What is asked")]
    pub difficulty: Vec<Difficulty>,
    /// Only items with one of these skills. Example: --skills sourcing,evidence
    #[arg(long, value_name = "LIST", conflicts_with = "blueprint", value_delimiter = ',', value_parser = Skill::from_str, help_heading = "What is asked")]
    pub skills: Vec<Skill>,
    /// How forms differ [default: the blueprint's first]. Example: --mode parallel
    #[arg(long, value_name = "MODE", help_heading = "What is asked")]
    pub mode: Option<Mode>,
    /// The numbered paragraphs printed before the questions [default: the blueprint's]. Example: --reading cited
    #[arg(long, value_name = "WHAT", help_heading = "What is asked")]
    pub reading: Option<Reading>,
    /// The introduction at the head [default: the blueprint's]. Example: --headnote full
    #[arg(long, value_name = "LENGTH", help_heading = "Reading aids")]
    pub headnote: Option<Headnote>,
    /// The words of the paragraphs in plain words, but for those that a question asks about. Example: --glossary
    #[arg(long, help_heading = "Reading aids")]
    pub glossary: bool,
    /// Openings of sentences for written answers. Example: --starters
    #[arg(long, help_heading = "Reading aids")]
    pub starters: bool,
    /// The sections in plain English, before the letter's own text; such sheets are marked M, as they test something else.
    /// Example: --adapted --reading cited
    #[arg(long, help_heading = "Reading aids")]
    pub adapted: bool,
}

impl Wanted {
    /// The effective blueprint: one mode, the reading that is printed.
    ///
    /// # Errors
    /// An unknown name, a faulty file, a mode that the blueprint does not allow, a place that the letter has not.
    pub fn blueprint(&self, source: &Source) -> Result<Blueprint, Failure> {
        let mut blueprint = match &self.blueprint {
            None if self.filters() => self.made_of_flags(source)?,
            None => {
                let usual = source.blueprints.iter().find(|b| b.name == DEFAULT).or(source.blueprints.first());
                usual.cloned().ok_or_else(no_blueprint)?
            }
            Some(name) if looks_like_file(name) => from_file(source, Path::new(name))?,
            Some(name) => named(source, name)?,
        };
        if let Some(mode) = self.mode {
            if !blueprint.modes.contains(&mode) {
                let allowed: Vec<String> = blueprint.modes.iter().map(|m| value_name(*m)).collect();
                let what = match self.filters() {
                    true => "questions chosen by flags do".to_owned(),
                    false => format!("the blueprint {} does", blueprint.name),
                };
                return Err(Failure::with_help(
                    format!("{what} not allow --mode {}", value_name(mode)),
                    format!("it allows: {}", allowed.join(", ")),
                ));
            }
            blueprint.modes = vec![mode];
        }
        blueprint.modes.truncate(1);
        blueprint.reading = self.reading.unwrap_or(blueprint.reading);
        blueprint.headnote = self.headnote.unwrap_or(blueprint.headnote);
        let flags = [(self.glossary, Aid::Glossary), (self.starters, Aid::Starters), (self.adapted, Aid::Adapted)];
        blueprint.aids.extend(flags.into_iter().filter(|(given, _)| *given).map(|(_, aid)| aid));
        self.has_headnote(source)?;
        Ok(blueprint)
    }

    /// Whether the bank has the headnote that a flag asks for.
    fn has_headnote(&self, source: &Source) -> Result<(), Failure> {
        let headnote = &source.letter.about.headnote;
        let (length, there) = match self.headnote {
            None | Some(Headnote::None) => return Ok(()),
            Some(Headnote::Short) => ("short", &headnote.short),
            Some(Headnote::Full) => ("full", &headnote.full),
        };
        match there.trim().is_empty() {
            false => Ok(()),
            true => Err(Failure::with_help(
                format!("--headnote {length}: this bank’s letter.yaml has no {length} headnote"),
                format!("write `headnote: {{{length}: \"…\"}}` into letter.yaml, or leave --headnote out"),
            )),
        }
    }

    /// Settles how many questions are asked where only filters say what is: as many as the bank has for them, up to the usual
    /// number. The first block of forms decides, so that every part of a run settles on the same.
    ///
    /// # Errors
    /// What the bank cannot give.
    pub fn settle(&self, job: Job<'_>, forms: u16) -> Result<Blueprint, Failure> {
        if job.bank.items.is_empty() {
            return Err(Failure::with_help(
                "the bank has no item that can be drawn",
                "write items into bank/, or take `status: draft` out of those that are ready; `pilcrow check` finds their faults",
            ));
        }
        let mut blueprint = job.blueprint.clone();
        if !self.leaves_number_open() {
            return Ok(blueprint);
        }
        loop {
            match (assemble(Job { blueprint: &blueprint, ..job }, 0..forms.min(BLOCK)), blueprint.questions) {
                (Ok(_), _) => return Ok(blueprint),
                (Err(_), Some(more @ 2..)) => blueprint.questions = Some(more - 1),
                (Err(shortfall), _) => return Err(self.refused(&blueprint, &shortfall)),
            }
        }
    }

    /// What all forms of a job have in common.
    ///
    /// # Errors
    /// What the bank cannot give.
    pub fn drawn<'a>(&self, job: Job<'a>) -> Result<Drawn<'a>, Failure> {
        Drawn::of(job).map_err(|shortfall| self.refused(job.blueprint, &shortfall))
    }

    /// The forms of a range.
    ///
    /// # Errors
    /// What the bank cannot give.
    pub fn sheets(&self, drawn: &Drawn<'_>, forms: Range<u16>) -> Result<Vec<Sheet>, Failure> {
        drawn.sheets(forms).map_err(|shortfall| self.refused(drawn.blueprint(), &shortfall))
    }

    fn refused(&self, blueprint: &Blueprint, shortfall: &Shortfall) -> Failure {
        let asking = match self.filters() {
            true => "the flags ask".to_owned(),
            false => format!("the blueprint {} asks", blueprint.name),
        };
        Failure::with_help(
            format!("the bank cannot give what {asking}:\n  {}", shortfall.reasons.join("\n  ")),
            "ask for less, or for other kinds or sections; `pilcrow show` lists what the bank has",
        )
    }

    /// Whether filters alone say what is asked: then the number of questions is the program's own, and may shrink.
    fn leaves_number_open(&self) -> bool {
        self.filters() && self.questions.is_none() && self.points.is_none() && self.minutes.is_none()
    }

    /// Whether something is asked that a sheet alone has: a blueprint, a number.
    pub fn asks_for_a_sheet(&self) -> bool {
        let numbers = self.questions.is_some() || self.points.is_some() || self.minutes.is_some();
        numbers || self.blueprint.is_some() || self.mode.is_some() || self.reading.is_some()
    }

    /// Whether flags say what is asked, in place of a blueprint.
    fn filters(&self) -> bool {
        let lists = self.types.is_empty() && self.difficulty.is_empty() && self.skills.is_empty();
        let numbers = self.questions.is_none() && self.points.is_none() && self.minutes.is_none();
        !(lists && numbers && self.sections.is_none() && self.paragraphs.is_none())
    }

    /// What the filters alone ask of an item; lists that are empty ask nothing.
    ///
    /// # Errors
    /// A section or paragraph that the letter has not.
    pub fn cell(&self, source: &Source) -> Result<Cell, Failure> {
        let letter = &source.letter;
        let ids: Vec<&str> = letter.about.sections.iter().map(|s| s.id.as_str()).collect();
        let sections = match &self.sections {
            Some(list) => sections(list, &ids)?,
            None => Vec::new(),
        };
        let paragraphs = match &self.paragraphs {
            Some(list) => numbers(list, letter.paragraphs.len() as u32)?,
            None => Vec::new(),
        };
        Ok(Cell {
            kinds: self.types.clone(),
            sections,
            paragraphs,
            difficulty: self.difficulty.clone(),
            skills: self.skills.clone(),
            ..Cell::default()
        })
    }

    fn made_of_flags(&self, source: &Source) -> Result<Blueprint, Failure> {
        let letter = &source.letter;
        // Essays, organizers and discussions fill a sheet by themselves: they come when they are asked for.
        let kinds = if self.types.is_empty() {
            let long = [Kind::Essay, Kind::Organizer, Kind::Discussion];
            Kind::ALL.iter().copied().filter(|k| !long.contains(k)).collect()
        } else {
            self.types.clone()
        };
        let bounded = self.questions.is_some() || self.points.is_some() || self.minutes.is_some();
        let cell = Cell { kinds, ..self.cell(source)? };
        Ok(Blueprint {
            name: "made of flags".to_owned(),
            title: format!("Questions on the {}", letter.about.title),
            about: String::new(),
            modes: vec![Mode::SameItems, Mode::SectionShuffle],
            reading: Reading::None,
            headnote: Headnote::Short,
            aids: BTreeSet::new(),
            anchor_percent: 0,
            questions: if bounded { self.questions } else { Some(DEFAULT_QUESTIONS) },
            points: self.points,
            minutes: self.minutes,
            parts: vec![Part { title: "Questions".to_owned(), directions: String::new(), cells: vec![cell] }],
        })
    }
}

fn looks_like_file(name: &str) -> bool {
    name.contains(['/', '\\']) || name.ends_with(".yaml") || name.ends_with(".yml")
}

fn named(source: &Source, name: &str) -> Result<Blueprint, Failure> {
    source.blueprints.iter().find(|b| b.name == name).cloned().ok_or_else(|| {
        if source.blueprints.is_empty() {
            return no_blueprint();
        }
        let names: Vec<&str> = source.blueprints.iter().map(|b| b.name.as_str()).collect();
        let help = match did_you_mean(name, names.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("the bank has: {}", names.join(", ")),
        };
        Failure::with_help(format!("the bank has no blueprint “{name}”"), help)
    })
}

fn no_blueprint() -> Failure {
    Failure::with_help(
        "the bank has no blueprint",
        "say what is asked with flags, such as --questions 10, or put a blueprint into blueprints/",
    )
}

fn from_file(source: &Source, path: &Path) -> Result<Blueprint, Failure> {
    let input = Input::read(path)?;
    let inputs = [input];
    let (blueprints, faults) = blueprint::load(&inputs, &source.letter, &source.bank);
    match blueprints.into_iter().next() {
        Some(blueprint) if !has_errors(&faults) => Ok(blueprint),
        _ => Err(Failure::faults(&faults, &inputs)),
    }
}

/// `C-E,G` → ids, in the letter's order.
pub(super) fn sections(list: &str, ids: &[&str]) -> Result<Vec<String>, Failure> {
    let find = |id: &str| {
        ids.iter().position(|known| known.eq_ignore_ascii_case(id.trim())).ok_or_else(|| {
            Failure::with_help(
                format!("--sections: the letter has no section “{}”", id.trim()),
                format!("it has {}; write them as C-E or A,D", ids.join(", ")),
            )
        })
    };
    let mut chosen = vec![false; ids.len()];
    for piece in list.split(',') {
        let mut ends = piece.splitn(2, ['-', '–']);
        let first = find(ends.next().unwrap_or_default())?;
        let last = ends.next().map_or(Ok(first), find)?;
        chosen[first.min(last)..=first.max(last)].fill(true);
    }
    Ok(ids.iter().zip(chosen).filter(|(_, c)| *c).map(|(id, _)| (*id).to_owned()).collect())
}

/// `3,15-17` → numbers up to `last`.
fn numbers(list: &str, last: u32) -> Result<Vec<u32>, Failure> {
    let read = |text: &str| {
        let n = text.trim().trim_start_matches('¶').parse::<u32>().ok().filter(|n| (1..=last).contains(n));
        n.ok_or_else(|| {
            Failure::with_help(
                format!("--paragraphs: “{}” is no paragraph of the letter", text.trim()),
                format!("write numbers from 1 to {last}, such as 3,15-17"),
            )
        })
    };
    let mut out = Vec::new();
    for piece in list.split(',') {
        let mut ends = piece.splitn(2, ['-', '–']);
        let first = read(ends.next().unwrap_or_default())?;
        let to = ends.next().map_or(Ok(first), read)?;
        out.extend(first.min(to)..=first.max(to));
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// How a flag's value is written.
pub(super) fn value_name<T: clap::ValueEnum>(value: T) -> String {
    value.to_possible_value().map(|v| v.get_name().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_ranges() {
        assert_eq!(sections("c-e,G", &["A", "B", "C", "D", "E", "F", "G"]).unwrap(), ["C", "D", "E", "G"]);
        assert_eq!(numbers("17-15,¶3", 23).unwrap(), [3, 15, 16, 17]);
        assert!(numbers("24", 23).unwrap_err().to_string().contains("1 to 23"));
        assert!(sections("H", &["A"]).is_err());
    }
}
