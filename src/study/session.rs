//! A round of questions and the boxes that bring them back: the rules of the page's script, told again and held to it by shared
//! vectors (`tests/study/sessions.json`). A day is a whole number; what day it is, the caller says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::quiz::Item;
use super::score::{Answer, score};
use super::task::Task;
use crate::rng::Stream;

/// Days until a question of each box is due again; those of the first at once.
pub const INTERVALS: [i64; 5] = [0, 1, 3, 7, 16];

/// What is known of a question that was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its box, 1 to 5.
    #[serde(rename = "box")]
    pub leitner: u8,
    /// The day of the last answer.
    pub day: i64,
    /// It comes first next time: the pupil was sure, and wrong.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first: bool,
}

/// The cards of a quiz by the ids of its items.
pub type Cards = BTreeMap<String, Card>;

/// How an answer went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Every point, without help.
    Right,
    /// Every point, with a hint: it stays in its box.
    Hinted,
    /// Less.
    Missed,
}

impl Card {
    /// The day on which it is due.
    pub fn due(&self) -> i64 {
        let after = INTERVALS.get(usize::from(self.leitner.max(1)) - 1).copied().unwrap_or(INTERVALS[4]);
        self.day.saturating_add(after)
    }

    /// The card after an answer. A question that was missed goes to the first box; `again`: it was missed in this round before,
    /// and whatever comes of it now, a sure mistake is to come first in the next.
    pub fn moved(card: Option<Card>, turn: Turned, day: i64) -> Card {
        let before = card.map_or(1, |card| card.leitner.clamp(1, 5));
        let owed = turn.again && card.is_some_and(|card| card.first);
        match turn.outcome {
            Outcome::Missed => Card { leitner: 1, day, first: turn.sure || owed },
            Outcome::Hinted => Card { leitner: before, day, first: owed },
            Outcome::Right => Card { leitner: (before + 1).min(5), day, first: owed },
        }
    }
}

/// An answer as the boxes see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turned {
    /// How it went.
    pub outcome: Outcome,
    /// Whether the pupil was sure of it.
    pub sure: bool,
    /// Whether the question was missed in this round before.
    pub again: bool,
}

/// Whether a question is due: it was answered before, and its days are over.
pub fn is_due(cards: &Cards, id: &str, day: i64) -> bool {
    cards.get(id).is_some_and(|card| card.due() <= day)
}

/// Ids for a round out of the items that fit: sure mistakes first, then what has been due longest, then new ones, then what is
/// not due yet, the nearest first; what shares a stimulus stays together. Chance says which of the new ones are asked; they come
/// in the order of `items`, which is the text's. `length`: `None` for all.
pub fn choose(items: &[&Item], cards: &Cards, day: i64, length: Option<usize>, stream: &mut Stream) -> Vec<String> {
    let rank = |item: &Item| match cards.get(&item.id) {
        Some(card) if card.first => (0, card.due()),
        Some(card) if card.due() <= day => (1, card.due()),
        None => (2, 0),
        Some(card) => (3, card.due()),
    };
    let mut mixed: Vec<(usize, &Item)> = items.iter().copied().enumerate().collect();
    stream.shuffle(&mut mixed);
    mixed.sort_by_key(|(_, item)| rank(item));
    mixed.truncate(length.unwrap_or(usize::MAX));
    mixed.sort_by_key(|(at, item)| (rank(item), if cards.contains_key(&item.id) { 0 } else { *at }));
    let stimulus = |item: &Item| item.stimulus.map(|stimulus| (item.source, stimulus));
    let mut groups: Vec<Vec<&Item>> = Vec::new();
    for (_, item) in mixed {
        let shared = stimulus(item);
        let fits = |group: &&mut Vec<&Item>| shared.is_some() && group.first().is_some_and(|f| stimulus(f) == shared);
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups.into_iter().flatten().map(|item| item.id.clone()).collect()
}

/// A question in its turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Id of the item.
    pub id: String,
    /// It was missed in this round before.
    pub again: bool,
}

/// How a question of a round went in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Right at once.
    First,
    /// Right with a hint.
    Hint,
    /// Right when it came again.
    Retry,
    /// Missed.
    Missed,
    /// A list that one checks oneself by.
    Checked,
}

/// A round: questions in turn, and how they went. What is missed comes again at its end, once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Round {
    queue: Vec<Turn>,
    at: usize,
    hints: usize,
    states: Vec<(String, State)>,
}

impl Round {
    /// A round of these questions.
    pub fn of(ids: Vec<String>) -> Round {
        Round { queue: ids.into_iter().map(|id| Turn { id, again: false }).collect(), ..Round::default() }
    }

    /// The question whose turn it is; `None` at the end.
    pub fn asked(&self) -> Option<&Turn> {
        self.queue.get(self.at)
    }

    /// Its place among all that are to be asked, from 1, and how many those are.
    pub fn place(&self) -> (usize, usize) {
        (self.at + 1, self.queue.len())
    }

    /// Gives a hint for it.
    pub fn hint(&mut self) {
        self.hints += 1;
    }

    /// Takes the answer to it and goes on; the points, and how that counts.
    pub fn answer(&mut self, item: &Item, answer: &Answer) -> (u32, Outcome) {
        let Some(Turn { id, again }) = self.queue.get(self.at).cloned() else { return (0, Outcome::Missed) };
        let points = score(&item.task, answer);
        let (full, checked) = match &item.task {
            // Not scored: right is who said it all.
            Task::Ideas { ideas, .. } => (matches!(answer, Answer::Indices(said) if said.len() == ideas.len()), true),
            task => (points == task.points(), false),
        };
        let outcome = match (full, self.hints) {
            (false, _) => Outcome::Missed,
            (true, 0) => Outcome::Right,
            (true, _) => Outcome::Hinted,
        };
        let state = match outcome {
            _ if checked => State::Checked,
            Outcome::Missed => State::Missed,
            _ if again => State::Retry,
            Outcome::Hinted => State::Hint,
            Outcome::Right => State::First,
        };
        match self.states.iter_mut().find(|(known, _)| *known == id) {
            Some((_, known)) => *known = state,
            None => self.states.push((id.clone(), state)),
        }
        // The answer of a list has just been read: to ask it again would ask for nothing.
        if outcome == Outcome::Missed && !again && !checked {
            self.queue.push(Turn { id, again: true });
        }
        self.at += 1;
        self.hints = 0;
        (points, outcome)
    }

    /// How the questions that were answered went, in the order of the round.
    pub fn states(&self) -> &[(String, State)] {
        &self.states
    }
}
