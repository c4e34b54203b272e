//! How a session in a terminal asks a question: it is printed whole, then the desk takes the answer.

use super::super::Failure;
use super::super::terminal::say;
use super::super::text::hanging;
use super::desk::{Command, Desk, Picked, label};
use super::feedback::{sentence, verdict_words};
use crate::rng::Stream;
use crate::study::score::Answer;
use crate::study::{Arranged, Item, Passage, Piece, Source, Task, Text, arranged};

/// The verdicts of a statement check, as answers name them.
const VERDICTS: [&str; 3] = ["supported", "contradicted", "not_stated"];

/// A question and where it is asked.
pub(super) struct Question<'a> {
    pub item: &'a Item,
    pub source: &'a Source,
    /// Whether the letter may be read.
    pub letter: bool,
    pub desk: &'a mut dyn Desk,
}

/// What came of asking.
pub(super) struct Reply {
    pub answer: Answer,
    /// How many hints were taken.
    pub hints: usize,
}

impl Question<'_> {
    /// Asks; `None`: the user wants to end.
    pub fn ask(&mut self, stream: &mut Stream) -> Result<Option<Reply>, Failure> {
        let order = arranged(&self.item.task, stream);
        self.show(&order)?;
        let mut hints = 0;
        // Help first: once the answer is begun, the desk asks for nothing else.
        let first = loop {
            let (prompt, options) = self.opening(&order);
            let commands = self.commands(hints);
            match self.desk.pick(&prompt, &options, &commands)? {
                None => return Ok(None),
                Some(Picked::Option(at)) => break at,
                Some(Picked::Command(at)) => match commands.get(at).map(|command| command.key) {
                    Some('?') => {
                        say(&hanging(&format!("Hint {}: ", hints + 1), 8, &self.hint(hints)))?;
                        hints += 1;
                    }
                    _ => self.read()?,
                },
            }
        };
        Ok(self.rest(first, &order)?.map(|answer| Reply { answer, hints }))
    }

    fn commands(&self, hints: usize) -> Vec<Command> {
        let mut all = Vec::new();
        if hints < self.item.hints.len() {
            all.push(Command { key: '?', name: format!("hint {} of {}", hints + 1, self.item.hints.len()) });
        }
        if self.letter && !self.item.hide && !self.item.cite.is_empty() {
            let places: Vec<String> = self.item.cite.iter().map(|n| format!("¶{n}")).collect();
            all.push(Command { key: 'l', name: format!("read {}", places.join(", ")) });
        }
        all
    }

    fn hint(&self, at: usize) -> String {
        self.item.hints.get(at).map_or_else(String::new, Text::words)
    }

    /// Prints the paragraphs that the question is about.
    fn read(&self) -> Result<(), Failure> {
        let mut out = String::from("\n");
        for paragraph in self.source.paragraphs.iter().filter(|p| self.item.cite.contains(&p.n)) {
            let sentences: Vec<String> = paragraph.sentences.iter().map(Text::words).collect();
            out += &hanging(&format!("¶{} ", paragraph.n), 5, &sentences.join(" "));
        }
        say(&format!("{out}\n"))
    }

    /// Prints stimulus, stem and lists.
    fn show(&self, order: &Arranged) -> Result<(), Failure> {
        let mut out = String::new();
        if let Some(stimulus) = self.item.stimulus.and_then(|at| self.source.stimuli.get(at)) {
            out += &hanging("", 0, &stimulus.title.words());
            out += &hanging("", 0, &stimulus.intro.words());
            for passage in &stimulus.passages {
                match passage {
                    Passage::Words { text, credit, .. } => {
                        out += &hanging("  | ", 4, &text.words());
                        out += &hanging("  | ", 4, &credit.words());
                    }
                    Passage::Figure { figure } => out += &hanging("  | ", 4, &format!("Picture: {}", figure.alt)),
                }
            }
            out.push('\n');
        }
        if let Some(figure) = &self.item.figure {
            out += &hanging("  | ", 4, &format!("Picture: {}", figure.alt));
        }
        out += &hanging("", 0, &self.item.stem.words());
        if let Task::Choice { phrase: Some(phrase), .. } = &self.item.task {
            out += &hanging("  | ", 4, &format!("“{}”", phrase.words()));
        }
        for (head, list) in self.lists(order) {
            out.push('\n');
            if !head.is_empty() {
                out += &hanging("", 0, &head);
            }
            let prompted = !matches!(self.item.task, Task::Matching { .. } | Task::Attribution { .. });
            if prompted && self.desk.shows(&list) {
                continue;
            }
            for (at, text) in list.iter().enumerate() {
                out += &hanging(&format!("  {}. ", label(at)), 5, text);
            }
        }
        say(&format!("{out}\n"))
    }

    /// The lists of the question as they are shown, with what stands over them.
    fn lists(&self, order: &Arranged) -> Vec<(String, Vec<String>)> {
        let nothing = String::new;
        match &self.item.task {
            Task::Choice { options, choose, .. } => {
                let head = if *choose > 1 { format!("Choose {choose}.") } else { nothing() };
                vec![(head, shown(options, &order.first, |option| option.text.words()))]
            }
            Task::Matching { heads, premises, responses, .. } => vec![
                (heads[0].words(), shown(premises, &order.first, |premise| premise.text.words())),
                (heads[1].words(), shown(responses, &order.second, |response| response.text.words())),
            ],
            Task::Attribution { speakers, statements } => vec![
                (nothing(), shown(statements, &order.first, |statement| statement.text.words())),
                ("Who?".to_owned(), shown(speakers, &order.second, |speaker| speaker.text.words())),
            ],
            Task::Ordering { elements, .. } => {
                vec![(nothing(), shown(elements, &order.first, |element| element.text.words()))]
            }
            Task::Cloze { passage, words, .. } => {
                let piece = |piece: &Piece| match piece {
                    Piece::Words(text) => text.words(),
                    Piece::Blank { blank } => format!("__{}__", blank + 1),
                };
                let text: String = passage.iter().map(piece).collect();
                vec![(text, Vec::new()), (format!("Words: {}", words.join(" · ")), Vec::new())]
            }
            Task::Paired { answers, .. } => {
                vec![(nothing(), shown(answers, &order.first, |answer| answer.text.words()))]
            }
            Task::Finding { .. } => {
                let sentences = self.sentences();
                let text = |(p, s): &(u32, usize)| format!("¶{p} {}", sentence(self.source, *p, *s));
                vec![("Which sentence?".to_owned(), sentences.iter().map(text).collect())]
            }
            Task::TrueFalse { .. } | Task::Statement { .. } | Task::Numeric { .. } | Task::Ideas { .. } => Vec::new(),
        }
    }

    /// The sentences among which one is to be found.
    fn sentences(&self) -> Vec<(u32, usize)> {
        let Task::Finding { search_in, .. } = &self.item.task else { return Vec::new() };
        let inside = self.source.paragraphs.iter().filter(|paragraph| search_in.contains(&paragraph.n));
        inside.flat_map(|paragraph| (0..paragraph.sentences.len()).map(|s| (paragraph.n, s))).collect()
    }

    /// The first thing that is asked: the answer itself, where it is one of a list.
    fn opening(&self, order: &Arranged) -> (String, Vec<String>) {
        match &self.item.task {
            Task::Choice { options, choose: 1, .. } => {
                ("Your answer".to_owned(), shown(options, &order.first, |option| option.text.words()))
            }
            Task::TrueFalse { .. } => ("True or false?".to_owned(), vec!["True".to_owned(), "False".to_owned()]),
            Task::Statement { .. } => {
                ("Your verdict".to_owned(), VERDICTS.map(|verdict| verdict_words(verdict, &self.source.genre)).to_vec())
            }
            Task::Paired { answers, .. } => {
                ("Part A".to_owned(), shown(answers, &order.first, |answer| answer.text.words()))
            }
            Task::Finding { .. } => {
                let texts = self.sentences().iter().map(|(p, s)| sentence(self.source, *p, *s)).collect();
                ("Your sentence".to_owned(), texts)
            }
            _ => ("Ready?".to_owned(), vec!["Answer".to_owned()]),
        }
    }

    /// What is asked after the opening.
    fn rest(&mut self, first: usize, order: &Arranged) -> Result<Option<Answer>, Failure> {
        let at = |list: &[usize], shown: usize| list.get(shown).copied();
        Ok(match &self.item.task {
            Task::Choice { choose: 1, .. } => Some(Answer::Indices(vec![at(&order.first, first)])),
            Task::Choice { options, choose, .. } => {
                let texts = shown(options, &order.first, |option| option.text.words());
                let chosen = self.desk.pick_many(&format!("Choose {choose}"), &texts)?;
                chosen.map(|chosen| Answer::Indices(chosen.iter().map(|c| at(&order.first, *c)).collect()))
            }
            Task::TrueFalse { corrections, .. } => {
                let judgement = first == 0;
                if judgement || corrections.is_empty() {
                    return Ok(Some(Answer::TrueFalse { judgement, correction: None }));
                }
                let texts = shown(corrections, &order.first, |correction| correction.text.words());
                self.print("How is it put right?", &texts)?;
                match self.desk.pick("Your correction", &texts, &[])? {
                    Some(Picked::Option(chosen)) => {
                        Some(Answer::TrueFalse { judgement, correction: at(&order.first, chosen) })
                    }
                    _ => None,
                }
            }
            Task::Statement { .. } => VERDICTS.get(first).map(|verdict| Answer::Word((*verdict).to_owned())),
            Task::Matching { premises, responses, .. } => {
                let premises: Vec<String> = premises.iter().map(|premise| premise.text.words()).collect();
                let responses = shown(responses, &order.second, |response| response.text.words());
                self.pairs(&premises, &responses, order)?
            }
            Task::Attribution { speakers, statements } => {
                let statements: Vec<String> = statements.iter().map(|statement| statement.text.words()).collect();
                let speakers = shown(speakers, &order.second, |speaker| speaker.text.words());
                self.pairs(&statements, &speakers, order)?
            }
            Task::Ordering { elements, by } => {
                let texts = shown(elements, &order.first, |element| element.text.words());
                let prompt = if by == "time" { "Earliest first" } else { "In the order of the text" };
                let chosen = self.desk.put_in_order(prompt, &texts)?;
                chosen.map(|chosen| Answer::Indices(chosen.iter().map(|c| at(&order.first, *c)).collect()))
            }
            Task::Cloze { blanks, .. } => {
                let mut words = Vec::new();
                for number in 1..=blanks.len() {
                    let Some(word) = self.desk.word(&format!("Blank {number} of {}", blanks.len()))? else {
                        return Ok(None);
                    };
                    words.push(word);
                }
                Some(Answer::Words(words))
            }
            Task::Numeric { unit, .. } => {
                let prompt = if unit.is_empty() { "Your answer".to_owned() } else { format!("Your answer, in {unit}") };
                self.desk.word(&prompt)?.map(Answer::Word)
            }
            Task::Paired { part_b, quotations, .. } => {
                let texts: Vec<String> = quotations.iter().map(|quote| format!("“{}”", quote.text)).collect();
                self.print(&part_b.words(), &texts)?;
                match self.desk.pick("Part B", &texts, &[])? {
                    Some(Picked::Option(b)) => {
                        Some(Answer::Paired { a: at(&order.first, first), b: at(&order.second, b) })
                    }
                    _ => None,
                }
            }
            Task::Finding { .. } => self.sentences().get(first).map(|(p, s)| Answer::Sentence { p: *p, s: *s }),
            Task::Ideas { ideas, .. } => {
                if self.desk.word("Your answer (for yourself)")?.is_none() {
                    return Ok(None);
                }
                let texts: Vec<String> = ideas.iter().map(|idea| idea.idea.words()).collect();
                self.print("These ideas count:", &texts)?;
                let said = self.desk.pick_many("Which did you say?", &texts)?;
                said.map(|said| Answer::Indices(said.into_iter().map(Some).collect()))
            }
        })
    }

    /// Prints a list under what is asked of it, unless the desk shows it whole.
    fn print(&self, head: &str, texts: &[String]) -> Result<(), Failure> {
        let list: String = match self.desk.shows(texts) {
            true => String::new(),
            false => texts.iter().enumerate().map(|(n, t)| hanging(&format!("  {}. ", label(n)), 5, t)).collect(),
        };
        say(&format!("\n{}{list}\n", hanging("", 0, head)))
    }

    /// One of the second list for each of the first, in the order in which that is shown.
    fn pairs(&mut self, first: &[String], second: &[String], order: &Arranged) -> Result<Option<Answer>, Failure> {
        let mut chosen = vec![None; first.len()];
        for at in &order.first {
            let prompt = first.get(*at).map_or("", String::as_str);
            match self.desk.pick(prompt, second, &[])? {
                Some(Picked::Option(response)) => chosen[*at] = order.second.get(response).copied(),
                _ => return Ok(None),
            }
        }
        Ok(Some(Answer::Indices(chosen)))
    }
}

/// The texts of a list in the order in which it is shown.
fn shown<T>(list: &[T], order: &[usize], text: impl Fn(&T) -> String) -> Vec<String> {
    order.iter().filter_map(|at| list.get(*at)).map(text).collect()
}
