//! What a sheet must contain: parts, and cells that take items by kind, place, skill, depth and difficulty.

mod check;

pub use check::load;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::bank::{Difficulty, Kind, Skill};

/// What a sheet must contain. How it is drawn is not its concern.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Blueprint {
    /// Short name, as `--blueprint` takes it.
    pub name: String,
    /// Title of the worksheet.
    pub title: String,
    /// What it is for, in a line or two.
    #[serde(default)]
    pub about: String,
    /// Modes that it allows; the first is the default.
    #[serde(default = "every_mode")]
    pub modes: Vec<Mode>,
    /// What of the letter is printed before the questions.
    #[serde(default)]
    pub reading: Reading,
    /// Introduction for the pupil at the head.
    #[serde(default)]
    pub headnote: Headnote,
    /// What is printed to help with reading and writing.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub aids: BTreeSet<Aid>,
    /// Common items of parallel forms, in percent of the points; 0 for none.
    #[serde(default)]
    pub anchor_percent: u8,
    /// Exact number of questions, for a blueprint with a cell that has no number of its own.
    #[serde(default)]
    pub questions: Option<u32>,
    /// Exact points of the form; left out, what the cells add up to.
    #[serde(default)]
    pub points: Option<u32>,
    /// At most this many minutes for the items drawn, reading not counted.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// Parts of the worksheet, in order.
    pub parts: Vec<Part>,
}

fn every_mode() -> Vec<Mode> {
    vec![Mode::SameItems, Mode::SectionShuffle, Mode::Parallel]
}

/// A part of the worksheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its heading.
    pub title: String,
    /// Directions to the pupil.
    #[serde(default)]
    pub directions: String,
    /// What it takes.
    pub cells: Vec<Cell>,
}

/// A number of items that meet all that is named; what is left out does not matter.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// How many items. A cell without `take` and `take_sets` takes as many as the blueprint's questions, points and minutes ask.
    #[serde(default)]
    pub take: u32,
    /// How many stimulus sets, each with all its items.
    #[serde(default)]
    pub take_sets: u32,
    /// Kinds.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Ids of sections.
    #[serde(default)]
    pub sections: Vec<String>,
    /// Paragraphs; an item fits if all that it cites lie among them.
    #[serde(default)]
    pub paragraphs: Vec<u32>,
    /// Skills, one of which the item has.
    #[serde(default)]
    pub skills: Vec<Skill>,
    /// Themes.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Depths of knowledge.
    #[serde(default)]
    pub dok: Vec<u8>,
    /// Difficulty bands.
    #[serde(default)]
    pub difficulty: Vec<Difficulty>,
    /// Ids of items.
    #[serde(default)]
    pub items: Vec<String>,
}

/// How forms differ, after `teaching.md` §4.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// The same items in text order; only options are permuted.
    SameItems,
    /// Items shuffled inside their section.
    SectionShuffle,
    /// Other items from the same cells.
    Parallel,
}

/// What of the letter is printed before the questions.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// Nothing: pupils have the letter.
    #[default]
    None,
    /// The paragraphs that the drawn items cite.
    Cited,
    /// The whole letter.
    Full,
}

/// The introduction at the head.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Headnote {
    /// Nothing.
    None,
    /// Two sentences.
    #[default]
    Short,
    /// A paragraph.
    Full,
}

/// What helps a pupil to read the letter and to write.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Aid {
    /// The words of the printed paragraphs in plain words.
    Glossary,
    /// Openings of sentences for written answers.
    Starters,
    /// The sections in plain words. It is no accommodation: it changes what is read, and so what is tested.
    Adapted,
}

impl Blueprint {
    /// The mode that it is drawn in: the first that it allows.
    pub fn mode(&self) -> Mode {
        self.modes.first().copied().unwrap_or(Mode::SameItems)
    }

    /// SHA-256 over everything that decides what is drawn and in which order, 64 hex digits.
    pub fn fingerprint(&self) -> String {
        // Only the chosen mode counts: which others a blueprint would allow changes no sheet. Of the aids only the adapted text
        // decides what is drawn: a pupil who is given another has the form of the others, and its code.
        let aids = self.aids.iter().copied().filter(|aid| *aid == Aid::Adapted).collect();
        let effective = Blueprint { modes: vec![self.mode()], about: String::new(), aids, ..self.clone() };
        let canonical = serde_json::to_vec(&effective).unwrap_or_default();
        Sha256::digest(canonical).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
