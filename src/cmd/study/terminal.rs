//! `study --terminal`: the quiz as a session in a terminal, by the rules of the page.

use std::path::Path;

use super::super::terminal::say;
use super::super::text::hanging;
use super::super::told::counted;
use super::super::{Failure, Outcome};
use super::ask::Question;
use super::desk::{Desk, Picked, desk, label};
use super::feedback::feedback;
use super::progress::Progress;
use crate::rng::{Form, Purpose, Seed, Stream};
use crate::study::session::{Card, Round, State, Turned, choose, is_due};
use crate::study::{Item, Quiz, Task};

/// Lengths of a round that are offered.
const LENGTHS: [usize; 3] = [5, 10, 20];

/// Seconds of a day.
const DAY: u64 = 86_400;

/// Runs a session: what to practice, a round, its summary.
///
/// # Errors
/// A file of progress that is none, or cannot be written; a terminal that fails.
pub(super) fn run(quiz: &Quiz, seed: Option<Seed>, kept: Option<&Path>) -> Result<Outcome, Failure> {
    let now = now();
    let mut session = Session {
        quiz,
        seed: seed.or_else(|| Seed::new((now % u64::from(Seed::MAX)) as u32)).unwrap_or_else(Seed::usual),
        day: (now / DAY) as i64,
        progress: Progress::read(kept, &quiz.id)?,
        desk: desk(),
    };
    session.run(kept.is_some())?;
    Ok(Outcome::Done)
}

/// Seconds since 1970. Only what comes next in a session depends on it, never a file that is handed out.
#[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "what is due depends on the day")]
fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

struct Session<'a> {
    quiz: &'a Quiz,
    seed: Seed,
    day: i64,
    progress: Progress,
    desk: Box<dyn Desk>,
}

impl Session<'_> {
    fn run(&mut self, kept: bool) -> Result<(), Failure> {
        let stays = match kept {
            true => "Your progress is kept in the file that you named.",
            false => "Your progress is not kept; --progress FILE keeps it.",
        };
        say(&format!(
            "{}\nFor study, never for a grade: the answers are in this program. {stays}\n\n",
            self.quiz.title
        ))?;
        let Some(ids) = self.wish()? else { return Ok(()) };
        let mut round = Round::of(ids);
        while let Some(turn) = round.asked().cloned() {
            let Some(item) = self.quiz.items.iter().find(|item| item.id == turn.id) else { break };
            if !self.question(&mut round, item, turn.again)? {
                break;
            }
        }
        self.summary(&round)
    }

    fn stream(&self, id: &str, attempt: u32) -> Stream {
        Stream::new(self.seed, Form::FIRST, Purpose { id, what: "study", attempt })
    }

    /// What to practice: the ids of a round.
    fn wish(&mut self) -> Result<Option<Vec<String>>, Failure> {
        let all: Vec<&Item> = self.quiz.items.iter().collect();
        let due = |item: &&Item| is_due(self.progress.cards(), &item.id, self.day);
        let mut groups: Vec<(String, Vec<&Item>)> =
            vec![("Due today".to_owned(), all.iter().copied().filter(due).collect())];
        groups.push(("Surprise me".to_owned(), all.clone()));
        for (at, source) in self.quiz.sources.iter().enumerate() {
            groups.extend(source.sections.iter().map(|section| {
                let of = all.iter().copied().filter(|item| item.source == at && item.section == section.id);
                (format!("Section {} · {}", section.id, section.title), of.collect())
            }));
        }
        groups.extend(self.quiz.skills.iter().map(|skill| {
            let of = all.iter().copied().filter(|item| item.skills.contains(&skill.id));
            (format!("Skill: {}", skill.label), of.collect())
        }));
        groups.retain(|(_, items)| !items.is_empty());
        let names: Vec<String> = groups.iter().map(|(name, items)| format!("{name} ({})", items.len())).collect();
        let Some(chosen) = self.menu("What will you practice?", &names)? else { return Ok(None) };
        let Some((_, items)) = groups.into_iter().nth(chosen) else { return Ok(None) };
        let lengths: Vec<usize> = LENGTHS.into_iter().filter(|length| *length < items.len()).collect();
        let names: Vec<String> = lengths.iter().map(usize::to_string).chain([format!("All {}", items.len())]).collect();
        let length = match lengths.is_empty() {
            true => Some(0),
            false => self.menu("How many questions?", &names)?,
        };
        let Some(length) = length else { return Ok(None) };
        let mut stream = self.stream("round", 0);
        let length = lengths.get(length).copied();
        Ok(Some(choose(&items, self.progress.cards(), self.day, length, &mut stream)))
    }

    /// A list, and one of it.
    fn menu(&mut self, prompt: &str, names: &[String]) -> Result<Option<usize>, Failure> {
        let list: String = names.iter().enumerate().map(|(at, name)| format!("  {}. {name}\n", label(at))).collect();
        if !self.desk.shows(names) {
            say(&format!("{list}\n"))?;
        }
        Ok(match self.desk.pick(prompt, names, &[])? {
            Some(Picked::Option(at)) => Some(at),
            _ => None,
        })
    }

    /// Asks a question and says what came of it; whether the round goes on.
    fn question(&mut self, round: &mut Round, item: &Item, again: bool) -> Result<bool, Failure> {
        let Some(source) = self.quiz.sources.get(item.source) else { return Ok(false) };
        let (at, of) = round.place();
        let places: Vec<String> = item.cite.iter().map(|n| format!("¶{n}")).collect();
        let once_more = if again { " · once more" } else { "" };
        say(&format!("\n── Question {at} of {of} · {}{once_more}\n\n", places.join(", ")))?;
        let mut stream = self.stream(&item.id, u32::from(again));
        let mut question = Question { item, source, letter: self.quiz.letter, desk: self.desk.as_mut() };
        let Some(reply) = question.ask(&mut stream)? else { return Ok(false) };
        let Some(sure) = self.sure(item)? else { return Ok(false) };
        (0..reply.hints).for_each(|_| round.hint());
        let came = round.answer(item, &reply.answer);
        let (turned, day) = (Turned { outcome: came.1, sure, again }, self.day);
        self.progress.keep(|cards| {
            let card = Card::moved(cards.get(&item.id).copied(), turned, day);
            cards.insert(item.id.clone(), card);
        })?;
        say(&feedback(item, source, &reply.answer, came))?;
        Ok(true)
    }

    /// Whether the pupil is sure; a list to check oneself by is not asked about.
    fn sure(&mut self, item: &Item) -> Result<Option<bool>, Failure> {
        if matches!(item.task, Task::Ideas { .. }) {
            return Ok(Some(false));
        }
        let picked = self.desk.pick("Are you sure?", &["Sure".to_owned(), "Not sure".to_owned()], &[])?;
        Ok(picked.map(|picked| picked == Picked::Option(0)))
    }

    /// How the round went.
    fn summary(&self, round: &Round) -> Result<(), Failure> {
        let states = round.states();
        if states.is_empty() {
            return say("\nNothing was answered.\n");
        }
        let mut out = format!("\n── Your round: {}\n\n", counted(states.len(), "question"));
        for (state, words) in [
            (State::First, "right at once"),
            (State::Hint, "right with a hint"),
            (State::Retry, "right when they came again"),
            (State::Missed, "missed"),
            (State::Checked, "checked by yourself"),
        ] {
            let count = states.iter().filter(|(_, found)| *found == state).count();
            if count > 0 {
                out += &format!("{count:>5}  {words}\n");
            }
        }
        for (at, source) in self.quiz.sources.iter().enumerate() {
            let of_source = |id: &str| self.quiz.items.iter().find(|item| item.id == id && item.source == at);
            let shaky = states.iter().filter(|(_, state)| !matches!(state, State::First | State::Checked));
            let mut places: Vec<u32> =
                shaky.filter_map(|(id, _)| of_source(id)).flat_map(|item| item.cite.iter().copied()).collect();
            places.sort_unstable();
            places.dedup();
            if !places.is_empty() {
                let places: Vec<String> = places.iter().map(|n| format!("¶{n}")).collect();
                let title = if self.quiz.sources.len() > 1 { format!("{}: ", source.title) } else { String::new() };
                out += &format!("\n{}", hanging("Read again: ", 12, &format!("{title}{}", places.join(", "))));
            }
        }
        say(&out)
    }
}
