//! A bank's items, or drawn sheets → the package that formats write.

use std::sync::Arc;

use super::of_item::{Wording, exercises};
use super::{Exercise, Group, Package, Quoted, Shown, Stimulus};
use crate::assemble::{alone, collected};
use crate::bank::{Item, Passage, StimulusSet};
use crate::rng::Seed;
use crate::sheet::{Entry, Question, Sheet};

/// Items of a bank, a group for each section of the letter. `seed` decides the order of options that a program does not
/// shuffle by itself.
pub fn from_bank<'a>(items: &[&'a Item], seed: Seed, wording: Wording<'a>) -> Package<'a> {
    let sections = &wording.letter.about.sections;
    let mut sets = Sets::default();
    let mut groups = Vec::new();
    let mut parts = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        // The items of a set stand together, where the first of them stands.
        let mut of: Vec<&&'a Item> = items.iter().filter(|item| item.section == at).collect();
        let first = |item: &Item| {
            of.iter().position(|other| item.id == other.id || item.set.is_some() && other.set == item.set)
        };
        let ranks: Vec<Option<usize>> = of.iter().map(|item| first(item)).collect();
        let mut ranked: Vec<(Option<usize>, &&'a Item)> = ranks.into_iter().zip(of.drain(..)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let ordered: Vec<&'a Item> = ranked.into_iter().map(|(_, item)| *item).collect();
        let mut all = Vec::new();
        for item in &ordered {
            let (question, _) = alone(item, wording.letter, seed);
            let stimulus = item.set.map(|set| sets.index(set));
            all.extend(exercises(item, &question, false, wording).into_iter().map(|e| Exercise { stimulus, ..e }));
        }
        if !all.is_empty() {
            let id = format!("section-{}", section.id.to_lowercase());
            let title = format!("{}: {}", section.id, section.title);
            groups.push(Group { id: plain_id(&id), title: title.clone(), exercises: all });
            parts.push((title, ordered));
        }
    }
    let mut sheet = collected(&parts, wording.letter, wording.bank, seed);
    sheet.paper.title.clone_from(&wording.labels.questions);
    Package {
        title: wording.letter.about.title.clone(),
        letter: wording.letter,
        bank: wording.bank,
        items: items.to_vec(),
        groups,
        stimuli: sets.stimuli(&wording.bank.sets),
        drawn: false,
        sheets: Arc::new([sheet]),
        blueprint: None,
        labels: wording.labels,
    }
}

/// Drawn sheets, a group each, with the order of paper. [`Package::blueprint`] is for the caller to say.
pub fn from_sheets<'a>(sheets: &[Sheet], wording: Wording<'a>) -> Package<'a> {
    let mut sets = Sets::default();
    let mut groups = Vec::new();
    for sheet in sheets {
        let paper = &sheet.paper;
        let form = paper.form.letter();
        let mut all = Vec::new();
        let mut add = |question: &Question, set: Option<usize>| {
            let Some(item) = wording.bank.item(&question.item) else { return };
            let stimulus = set.map(|set| sets.index(set));
            let end = format!("-form-{}", form.to_lowercase());
            let on_form = |e: Exercise| Exercise {
                id: e.id + &end,
                gate: e.gate.map(|gate| gate + &end),
                number: Some(question.number),
                stimulus,
                ..e
            };
            all.extend(exercises(item, question, true, wording).into_iter().map(on_form));
        };
        for entry in paper.parts.iter().flat_map(|part| &part.entries) {
            match entry {
                Entry::Question(question) => add(question, None),
                Entry::Set(set, questions) => questions.iter().for_each(|question| add(question, Some(*set))),
            }
        }
        if !all.is_empty() {
            let title = format!("{} {form} ({})", paper.title, paper.code);
            groups.push(Group { id: format!("form-{}", form.to_lowercase()), title, exercises: all });
        }
    }
    let drawn =
        |item: &&Item| sheets.iter().flat_map(|sheet| sheet.paper.questions()).any(|question| question.item == item.id);
    Package {
        title: sheets.first().map_or(String::new(), |sheet| sheet.paper.title.clone()),
        letter: wording.letter,
        bank: wording.bank,
        items: wording.bank.items.iter().filter(drawn).collect(),
        groups,
        stimuli: sets.stimuli(&wording.bank.sets),
        drawn: true,
        sheets: sheets.into(),
        blueprint: None,
        labels: wording.labels,
    }
}

/// Small letters, digits and hyphens.
fn plain_id(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}

/// The sets that exercises share, in the order in which they are met.
#[derive(Default)]
struct Sets(Vec<usize>);

impl Sets {
    fn index(&mut self, set: usize) -> usize {
        self.0.iter().position(|known| *known == set).unwrap_or_else(|| {
            self.0.push(set);
            self.0.len() - 1
        })
    }

    fn stimuli(&self, sets: &[StimulusSet]) -> Vec<Stimulus> {
        self.0.iter().filter_map(|set| sets.get(*set)).map(stimulus).collect()
    }
}

fn stimulus(set: &StimulusSet) -> Stimulus {
    let passage = |passage: &Passage| match passage {
        Passage::Letter(quote) => Shown::Quoted(Quoted::from(quote)),
        Passage::Other(text, source) => Shown::Text(text.clone(), source.clone()),
        Passage::Figure(figure) => Shown::Figure(figure.clone()),
    };
    Stimulus {
        id: set.id.clone(),
        title: super::inline::plain(&set.title),
        intro: set.intro.clone(),
        passages: set.passages.iter().map(passage).collect(),
    }
}
