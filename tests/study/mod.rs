//! The self-study quiz, through the program: what its file holds, how it is scored, what comes next, what it refuses.

mod file;
mod terminal;

use std::collections::BTreeMap;

use pilcrow::rng::{Form, Purpose, Seed, Stream};
use pilcrow::study::score::{Answer, score};
use pilcrow::study::session::{Card, Round, State, Turned, choose, is_due};
use pilcrow::study::{Item, Task, Text};

#[derive(serde::Deserialize)]
struct Vector {
    name: String,
    task: Task,
    answer: Answer,
    points: u32,
    of: u32,
}

/// The page's script is held to the same vectors by node's own test runner.
#[test]
fn points_are_those_of_the_shared_vectors() {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("vectors.json")).unwrap();
    assert!(vectors.len() >= 60);
    let faults: Vec<String> = vectors
        .iter()
        .filter_map(|v| {
            let got = (score(&v.task, &v.answer), v.task.points());
            (got != (v.points, v.of)).then(|| format!("{}: {got:?} for {:?}", v.name, (v.points, v.of)))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[derive(serde::Deserialize)]
struct Session {
    name: String,
    day: i64,
    cards: BTreeMap<String, Card>,
    items: Vec<Asked>,
    length: Option<usize>,
    due: Vec<String>,
    steps: Vec<Step>,
    states: Vec<Ended>,
}

#[derive(serde::Deserialize)]
struct Asked {
    id: String,
    stimulus: Option<usize>,
    #[serde(default)]
    ideas: bool,
}

#[derive(serde::Deserialize)]
struct Step {
    id: String,
    again: bool,
    right: bool,
    hints: usize,
    sure: bool,
    card: Card,
}

#[derive(serde::Deserialize)]
struct Ended {
    id: String,
    state: State,
}

/// A question of which only the name and the sort matter.
fn item(asked: &Asked) -> Item {
    let words = |text: &str| Text::Plain(text.to_owned());
    let task = if asked.ideas {
        let idea = pilcrow::study::Idea { idea: words("x"), points: 1 };
        Task::Ideas { ideas: vec![idea], not_credited: Vec::new(), samples: Vec::new() }
    } else {
        Task::Statement { verdict: "supported".to_owned(), because: words("") }
    };
    Item {
        id: asked.id.clone(),
        source: 0,
        kind: "statement_check".to_owned(),
        section: "A".to_owned(),
        skills: Vec::new(),
        points: task.points(),
        cite: vec![1],
        stem: words("x"),
        figure: None,
        stimulus: asked.stimulus,
        hints: Vec::new(),
        explanation: words(""),
        evidence: Vec::new(),
        hide: false,
        task,
    }
}

#[test]
fn rounds_go_as_the_shared_sessions_say() {
    let sessions: Vec<Session> = serde_json::from_str(include_str!("sessions.json")).unwrap();
    assert!(sessions.len() >= 20);
    for Session { name, day, mut cards, items, length, due, steps, states } in sessions {
        let items: Vec<Item> = items.iter().map(item).collect();
        let all: Vec<&Item> = items.iter().collect();
        let found: Vec<&String> = items.iter().map(|item| &item.id).filter(|id| is_due(&cards, id, day)).collect();
        assert_eq!(found, due.iter().collect::<Vec<_>>(), "{name}");
        let mut stream =
            Stream::new(Seed::new(1).unwrap(), Form::FIRST, Purpose { id: "round", what: "study", attempt: 0 });
        let mut round = Round::of(choose(&all, &cards, day, length, &mut stream));
        for step in &steps {
            let turn = round.asked().unwrap_or_else(|| panic!("{name}: over before {}", step.id)).clone();
            assert_eq!((&turn.id, turn.again), (&step.id, step.again), "{name}");
            let item = items.iter().find(|item| item.id == turn.id).unwrap();
            (0..step.hints).for_each(|_| round.hint());
            let answer = match (&item.task, step.right) {
                (Task::Ideas { .. }, true) => Answer::Indices(vec![Some(0)]),
                (Task::Ideas { .. }, false) => Answer::Indices(Vec::new()),
                (_, true) => Answer::Word("supported".to_owned()),
                (_, false) => Answer::Word("contradicted".to_owned()),
            };
            let (_, outcome) = round.answer(item, &answer);
            let turned = Turned { outcome, sure: step.sure, again: turn.again };
            let card = Card::moved(cards.get(&turn.id).copied(), turned, day);
            assert_eq!(card, step.card, "{name}: {}", step.id);
            cards.insert(turn.id, card);
        }
        assert_eq!(round.asked(), None, "{name}");
        let expected: Vec<(String, State)> = states.into_iter().map(|end| (end.id, end.state)).collect();
        let sorted = |mut list: Vec<(String, State)>| {
            list.sort();
            list
        };
        assert_eq!(sorted(round.states().to_vec()), sorted(expected), "{name}");
    }
}
