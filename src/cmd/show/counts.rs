//! `show --counts`: every number that tells what a bank holds, as tables or as JSON.

use serde::Serialize;

use super::super::Failure;
use super::super::source::Source;
use super::super::table::table;
use crate::bank::{Blind, Choice, Difficulty, Item, Kind, OrganizerLayout, Skill, Task};

/// What a bank holds.
#[derive(Debug, Serialize)]
pub(super) struct Counts {
    letter: String,
    items: usize,
    drafts: usize,
    points: u32,
    kinds: Vec<OfKind>,
    paragraphs: Vec<OfParagraph>,
    sections: Vec<OfSection>,
    skills: Vec<Named>,
    misconceptions: Vec<OfMisconception>,
    sets: Vec<Named>,
    organizers: Vec<Named>,
    review: Review,
}

#[derive(Debug, Serialize)]
struct OfKind {
    kind: Kind,
    items: usize,
    points: u32,
}

#[derive(Debug, Serialize)]
struct OfParagraph {
    paragraph: u32,
    items: usize,
    kinds: usize,
}

/// Items of a section by difficulty (easy, medium, hard) and depth of knowledge (1 to 4).
#[derive(Debug, Serialize)]
struct OfSection {
    section: String,
    items: usize,
    difficulty: [usize; 3],
    dok: [usize; 4],
}

/// Distractors that carry a misconception, and items with such a one.
#[derive(Debug, Serialize)]
struct OfMisconception {
    id: String,
    says: String,
    distractors: usize,
    items: usize,
    /// Statements of an attribution and essays that guard against it.
    elsewhere: usize,
}

#[derive(Debug, Serialize)]
struct Named {
    name: String,
    items: usize,
}

/// Items read without their keys: how many, how many of them agreed at every reading, and how many differed at one.
#[derive(Debug, Serialize)]
struct Review {
    read: usize,
    agreed: usize,
    differed: usize,
    unread: usize,
}

impl Counts {
    /// Of a bank.
    pub fn of(source: &Source) -> Self {
        let (bank, letter) = (&source.bank, &source.letter);
        let items = &bank.items;
        let named = |name: &str, has: &dyn Fn(&Item) -> bool| Named {
            name: name.to_owned(),
            items: items.iter().filter(|item| has(item)).count(),
        };
        let layout = |item: &Item| match &item.task {
            Task::Organizer { layout, .. } => Some(*layout),
            _ => None,
        };
        Counts {
            letter: letter.about.id.clone(),
            items: items.len(),
            drafts: bank.drafts.len(),
            points: items.iter().map(|item| item.points).sum(),
            kinds: Kind::ALL.iter().map(|kind| of_kind(items, *kind)).collect(),
            paragraphs: letter.paragraphs.iter().map(|paragraph| of_paragraph(items, paragraph.number)).collect(),
            sections: letter
                .about
                .sections
                .iter()
                .enumerate()
                .map(|(at, section)| of_section(items, at, &section.id))
                .collect(),
            skills: Skill::ALL.iter().map(|skill| named(skill.word(), &|item| item.skills.contains(skill))).collect(),
            misconceptions: bank
                .misconceptions
                .iter()
                .map(|known| of_misconception(items, &known.id, &known.says))
                .collect(),
            sets: bank.sets.iter().enumerate().map(|(at, set)| named(&set.id, &|item| item.set == Some(at))).collect(),
            organizers: OrganizerLayout::ALL
                .iter()
                .map(|wanted| named(wanted.word(), &|item| layout(item) == Some(*wanted)))
                .collect(),
            review: review(items),
        }
    }

    /// As JSON.
    ///
    /// # Errors
    /// None that a user could bring about.
    pub fn json(&self) -> Result<String, Failure> {
        serde_json::to_string_pretty(self).map(|json| json + "\n").map_err(|e| Failure::new(e.to_string()))
    }

    /// As tables.
    pub fn tables(&self) -> String {
        let mut out = format!("{}: {} items, {} points", self.letter, self.items, self.points);
        if self.drafts > 0 {
            out += &format!(", and {} drafts", self.drafts);
        }
        out += "\n";
        let mut add = |title: &str, header: &[&str], rows: Vec<Vec<String>>| {
            if !rows.is_empty() {
                out += &format!("\n{title}\n{}", table(header, &rows));
            }
        };
        let row = |name: &str, numbers: &[usize]| {
            std::iter::once(name.to_owned()).chain(numbers.iter().map(ToString::to_string)).collect::<Vec<_>>()
        };
        let named = |list: &[Named]| list.iter().map(|one| row(&one.name, &[one.items])).collect::<Vec<_>>();
        let kinds = self.kinds.iter().map(|of| row(of.kind.word(), &[of.items, of.points as usize]));
        add("Items by kind", &["kind", "items", "points"], kinds.collect());
        let paragraphs = self.paragraphs.iter().map(|of| row(&format!("¶{}", of.paragraph), &[of.items, of.kinds]));
        add("Items and kinds by paragraph", &["¶", "items", "kinds"], paragraphs.collect());
        let sections = self.sections.iter().map(|of| {
            let numbers: Vec<usize> = std::iter::once(of.items).chain(of.difficulty).chain(of.dok).collect();
            row(&of.section, &numbers)
        });
        let header = ["section", "items", "easy", "medium", "hard", "DOK 1", "DOK 2", "DOK 3", "DOK 4"];
        add("Items of each section by difficulty and by depth of knowledge", &header, sections.collect());
        add("Items by skill", &["skill", "items"], named(&self.skills));
        let misconceptions =
            self.misconceptions.iter().map(|of| row(&of.id, &[of.distractors, of.items, of.elsewhere]));
        let header = ["misconception", "distractors", "items", "elsewhere"];
        add("Misconceptions and the distractors that carry them", &header, misconceptions.collect());
        add(&format!("Sets: {}", self.sets.len()), &["set", "items"], named(&self.sets));
        add("Organizers by layout", &["layout", "items"], named(&self.organizers));
        let Review { read, agreed, differed, unread } = &self.review;
        out += &format!(
            "\nRead without the key: {read} items ({agreed} agreed, {differed} differed at a reading); {unread} not yet\n"
        );
        out
    }
}

fn of_kind(items: &[Item], kind: Kind) -> OfKind {
    let of = items.iter().filter(|item| item.kind() == kind);
    OfKind { kind, items: of.clone().count(), points: of.map(|item| item.points).sum() }
}

fn of_paragraph(items: &[Item], paragraph: u32) -> OfParagraph {
    let on = items.iter().filter(|item| item.paragraphs().any(|n| n == paragraph));
    let mut kinds: Vec<Kind> = on.clone().map(Item::kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    OfParagraph { paragraph, items: on.count(), kinds: kinds.len() }
}

fn of_section(items: &[Item], at: usize, id: &str) -> OfSection {
    let of = items.iter().filter(|item| item.section == at);
    let bands = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];
    OfSection {
        section: id.to_owned(),
        items: of.clone().count(),
        difficulty: bands.map(|band| of.clone().filter(|item| item.difficulty == band).count()),
        dok: [1, 2, 3, 4].map(|dok| of.clone().filter(|item| item.dok == dok).count()),
    }
}

fn of_misconception(items: &[Item], id: &str, says: &str) -> OfMisconception {
    let carry = |item: &Item| {
        let names = |choice: &&Choice| choice.misconception.as_deref() == Some(id);
        match &item.task {
            Task::SingleChoice { distractors, .. }
            | Task::Vocabulary { distractors, .. }
            | Task::MultipleSelect { distractors, .. } => distractors.iter().filter(names).count(),
            Task::PairedEvidence { distractors, .. } => {
                distractors.iter().map(|(choice, _)| choice).filter(names).count()
            }
            _ => 0,
        }
    };
    let elsewhere = |item: &Item| match &item.task {
        Task::Attribution { statements, .. } => {
            statements.iter().filter(|statement| statement.misconception.as_deref() == Some(id)).count()
        }
        Task::Essay { misconceptions, .. } => misconceptions.iter().filter(|other| *other == id).count(),
        _ => 0,
    };
    OfMisconception {
        id: id.to_owned(),
        says: says.to_owned(),
        distractors: items.iter().map(carry).sum(),
        items: items.iter().filter(|item| carry(item) > 0).count(),
        elsewhere: items.iter().map(elsewhere).sum(),
    }
}

fn review(items: &[Item]) -> Review {
    let read = items.iter().filter(|item| !item.reviews.is_empty());
    let differed =
        read.clone().filter(|item| item.reviews.iter().any(|review| review.blind == Blind::Differed)).count();
    let read = read.count();
    Review { read, agreed: read - differed, differed, unread: items.len() - read }
}
