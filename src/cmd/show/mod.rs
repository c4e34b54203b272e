//! `show`: the bank as tables, and the map of what it covers; its counts; the people and places; or single items.

mod counts;
mod item;
mod people;

use std::path::Path;

use super::source::Source;
use super::table::table;
use super::terminal::say;
use super::{Failure, Outcome};
use crate::bank::{Difficulty, Item, Kind, Skill};

/// What is shown of a bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Its tables.
    Tables,
    /// Every number that tells what it holds; as JSON or not.
    Counts {
        /// For a program.
        json: bool,
    },
    /// The people and places of its letter.
    People,
    /// The items with these ids.
    Items(Vec<String>),
}

/// Prints it.
///
/// # Errors
/// A bank with errors, or an id that no item has.
pub fn run(folder: Option<&Path>, what: &What) -> Result<Outcome, Failure> {
    let source = Source::sound(folder)?;
    let text = match what {
        What::Tables => tables(&source),
        What::Counts { json: true } => counts::Counts::of(&source).json()?,
        What::Counts { json: false } => counts::Counts::of(&source).tables(),
        What::People => people::people(&source),
        What::Items(ids) => item::shown(&source, ids)?,
    };
    say(&text)?;
    Ok(Outcome::Done)
}

/// The tables of a bank.
fn tables(source: &Source) -> String {
    let items = &source.bank.items;
    let letter = &source.letter;
    let mut out = String::new();
    out += &format!(
        "{}\n{} paragraphs in {} sections · {} items, {} points in all · {} stimulus sets\n\n",
        letter.about.title,
        letter.paragraphs.len(),
        letter.about.sections.len(),
        items.len(),
        items.iter().map(|i| i.points).sum::<u32>(),
        source.bank.sets.len()
    );
    out += "By paragraph\n";
    let paragraph_rows = letter.paragraphs.iter().map(|p| {
        let on: Vec<&Item> = items.iter().filter(|i| i.paragraphs().any(|n| n == p.number)).collect();
        let mut kinds: Vec<&str> = on.iter().map(|i| i.kind().word()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let section = letter.section_of(p.number).map_or("", |at| letter.about.sections[at].id.as_str());
        vec![
            format!("¶{}", p.number),
            section.to_owned(),
            on.len().to_string(),
            kinds.len().to_string(),
            first_words(&p.text),
        ]
    });
    out += &format!("{}\n", table(&["¶", "section", "items", "kinds", "begins"], &paragraph_rows.collect::<Vec<_>>()));
    out += "By type\n";
    let kind_rows = Kind::ALL.iter().map(|kind| {
        let of: Vec<&Item> = items.iter().filter(|i| i.kind() == *kind).collect();
        let band = |d: Difficulty| of.iter().filter(|i| i.difficulty == d).count().to_string();
        let dok = |n: u8| of.iter().filter(|i| i.dok == n).count().to_string();
        vec![
            kind.to_string(),
            of.len().to_string(),
            of.iter().map(|i| i.points).sum::<u32>().to_string(),
            band(Difficulty::Easy),
            band(Difficulty::Medium),
            band(Difficulty::Hard),
            dok(1),
            dok(2),
            dok(3),
            dok(4),
        ]
    });
    let header = ["type", "items", "points", "easy", "medium", "hard", "DOK 1", "DOK 2", "DOK 3", "DOK 4"];
    out += &format!("{}\n", table(&header, &kind_rows.collect::<Vec<_>>()));
    out += "By skill\n";
    let skill_rows = Skill::ALL.iter().map(|skill| {
        let of = items.iter().filter(|i| i.skills.contains(skill));
        vec![skill.to_string(), of.clone().count().to_string(), of.map(|i| i.points).sum::<u32>().to_string()]
    });
    out += &format!("{}\n", table(&["skill", "items", "points"], &skill_rows.collect::<Vec<_>>()));
    out += "By difficulty\n";
    let band_rows = Difficulty::ALL.iter().map(|band| {
        let of = items.iter().filter(|i| i.difficulty == *band);
        let count = of.clone().count();
        let mean = of.map(|i| i.estimate).sum::<u32>() / u32::max(count as u32, 1);
        vec![band.to_string(), count.to_string(), format!("{} %", mean / 10)]
    });
    out += &format!("{}\n", table(&["difficulty", "items", "mean estimate"], &band_rows.collect::<Vec<_>>()));
    out += &coverage(source);
    out += "Blueprints\n";
    let blueprint_rows = source.blueprints.iter().map(|b| {
        let taken: u32 = b.parts.iter().flat_map(|p| &p.cells).map(|c| c.take + c.take_sets).sum();
        let modes: Vec<String> = b.modes.iter().map(|m| super::job::value_name(*m)).collect();
        vec![b.name.clone(), taken.to_string(), modes.join(", "), b.about.clone()]
    });
    out += &format!("{}\n", table(&["name", "places", "modes", "for"], &blueprint_rows.collect::<Vec<_>>()));
    out
}

/// The paragraph × skill map, and the paragraphs that no item asks about.
fn coverage(source: &Source) -> String {
    let mut out = String::new();
    out += "Coverage: items on each paragraph by skill (· none)\n";
    let rows: Vec<Vec<String>> = source
        .letter
        .paragraphs
        .iter()
        .map(|p| {
            let on = source.bank.items.iter().filter(|i| i.paragraphs().any(|n| n == p.number));
            let mut row = vec![format!("¶{}", p.number)];
            row.extend(Skill::ALL.iter().map(|skill| match on.clone().filter(|i| i.skills.contains(skill)).count() {
                0 => "·".to_owned(),
                n => n.to_string(),
            }));
            row
        })
        .collect();
    let mut header = vec!["¶"];
    header.extend(Skill::ALL.iter().map(|s| s.word()));
    out += &table(&header, &rows);
    let never: Vec<String> = source
        .letter
        .paragraphs
        .iter()
        .filter(|p| !source.bank.items.iter().any(|i| i.paragraphs().any(|n| n == p.number)))
        .map(|p| format!("¶{}", p.number))
        .collect();
    out += &format!(
        "  paragraphs never asked: {}\n\n",
        if never.is_empty() { "none".to_owned() } else { never.join(", ") }
    );
    out
}

fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    format!("{} …", words.join(" "))
}
