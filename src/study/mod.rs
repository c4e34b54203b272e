//! Bank → the self-study quiz: what its page holds, how answers are scored, and what comes next in a session.

mod arrange;
mod item;
mod passages;
mod plain;
mod quiz;
mod runs;
pub mod score;
pub mod session;
mod task;

pub use arrange::{Arranged, arranged};
pub use plain::{PlainFigure, PlainItem, PlainList, PlainPassage, PlainRun, PlainSection, PlainStimulus};
pub use quiz::*;
pub use runs::{Run, Text};
pub use task::*;

use crate::assemble::alone;
use crate::bank::{Bank, Item as BankItem, Kind, Skill};
use crate::compose::Labels;
use crate::letter::Letter;
use crate::rng::Seed;

/// Kinds that a quiz can ask; the others need a teacher's reading.
pub const KINDS: [Kind; 13] = [
    Kind::SingleChoice,
    Kind::MultipleSelect,
    Kind::TrueFalse,
    Kind::StatementCheck,
    Kind::Matching,
    Kind::Attribution,
    Kind::Ordering,
    Kind::Cloze,
    Kind::Numeric,
    Kind::ShortAnswer,
    Kind::EvidenceFinding,
    Kind::Vocabulary,
    Kind::PairedEvidence,
];

/// A letter with those of its items that are asked, in the order of the plain list.
#[derive(Clone, Copy)]
pub struct Chapter<'a> {
    /// The letter.
    pub letter: &'a Letter,
    /// Its bank.
    pub bank: &'a Bank,
    /// The items, section after section; kinds that no quiz can ask are passed over.
    pub items: &'a [&'a BankItem],
}

/// What a quiz is called and how it begins.
#[derive(Debug, Clone)]
pub struct Settings<'a> {
    /// Title over it; `None`: that of the letter.
    pub title: Option<String>,
    /// Whether the letter is in it.
    pub letter: bool,
    /// Orders in which options lie in the file.
    pub seed: Seed,
    /// Words that come from neither letter nor bank.
    pub labels: &'a Labels,
}

/// A quiz, and the same questions as a plain list for a page without script.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// What the script reads.
    pub quiz: Quiz,
    /// What is read without it.
    pub plain: Vec<PlainSection>,
}

/// Makes the quiz of some letters. Equal chapters and settings give equal quizzes.
pub fn study(chapters: &[Chapter<'_>], settings: &Settings<'_>) -> Study {
    let several = chapters.len() > 1;
    let mut items = Vec::new();
    let mut plain = Vec::new();
    let mut sources = Vec::new();
    for (source, chapter) in chapters.iter().enumerate() {
        let asked = chapter.items.iter().copied().filter(|item| KINDS.contains(&item.kind()));
        let shown = passages::source(chapter.letter, &chapter.bank.sets);
        let before = items.len();
        let mut sections = plain::Sections::of(chapter, &shown.stimuli, several, before);
        for bank_item in asked {
            let (question, right) = alone(bank_item, chapter.letter, settings.seed);
            let item = item::Asked { source, chapter, several, item: bank_item, question: &question, settings }.item();
            sections.push(&item, bank_item, (&question, &right), settings);
            items.push(item);
        }
        plain.extend(sections.finish());
        sources.push(shown);
    }
    let first = chapters.first().map(|chapter| &chapter.letter.about);
    let ids: Vec<&str> = chapters.iter().map(|chapter| chapter.letter.about.id.as_str()).collect();
    let titles: Vec<&str> = chapters.iter().map(|chapter| chapter.letter.about.title.as_str()).collect();
    let skills = Skill::ALL.iter().filter(|skill| items.iter().any(|item| item.skills.contains(&word(skill.word()))));
    let quiz = Quiz {
        version: 1,
        id: ids.join("+"),
        title: settings.title.clone().unwrap_or_else(|| titles.join(" · ")),
        lang: first.map_or_else(String::new, |about| about.language.clone()),
        length: if items.len() > 10 { Some(10) } else { None },
        letter: settings.letter,
        sources,
        skills: skills.map(|skill| Named { id: word(skill.word()), label: label(skill.word()) }).collect(),
        items,
    };
    Study { quiz, plain }
}

/// A word of the bank's closed lists as the page has it: `close_reading`.
pub(crate) fn word(kebab: &str) -> String {
    kebab.replace('-', "_")
}

/// A word of the bank's closed lists as it is read: `Close reading`.
fn label(kebab: &str) -> String {
    let mut words = kebab.replace('-', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}
