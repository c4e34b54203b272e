//! What a session in a terminal says after an answer: whether it is right, why others fail, why the key holds, and where it stands.

use super::super::text::hanging;
use crate::study::score::{Answer, known_error};
use crate::study::session::Outcome;
use crate::study::{Choice, Item, Source, Task, Text};

/// A passage of the letter that was chosen or asked for.
pub(super) fn sentence(source: &Source, p: u32, s: usize) -> String {
    let paragraph = source.paragraphs.iter().find(|paragraph| paragraph.n == p);
    paragraph.and_then(|paragraph| paragraph.sentences.get(s)).map_or_else(String::new, Text::words)
}

/// All that is said, in lines that fit a terminal.
pub(super) fn feedback(item: &Item, source: &Source, answer: &Answer, (points, outcome): (u32, Outcome)) -> String {
    let of = item.task.points();
    let verdict = match outcome {
        _ if matches!(item.task, Task::Ideas { .. }) => "What counts on paper:".to_owned(),
        Outcome::Right => "✓ Right.".to_owned(),
        Outcome::Hinted => "✓ Right, with help.".to_owned(),
        Outcome::Missed if of > 1 => format!("✗ Not yet: {points} of {of} points."),
        Outcome::Missed => "✗ Not yet.".to_owned(),
    };
    let mut said = Said { out: format!("\n{verdict}\n") };
    said.task(&item.task, source, answer);
    said.line("", &item.explanation.words());
    for evidence in &item.evidence {
        let place = evidence.p.map(|n| format!("¶{n}")).or_else(|| evidence.from.clone()).unwrap_or_default();
        said.line(&format!("{place} "), &format!("“{}”", evidence.text));
    }
    said.out
}

struct Said {
    out: String,
}

impl Said {
    /// A line that hangs from what it begins with, if that is short; nothing for no words.
    fn line(&mut self, first: &str, words: &str) {
        let hung = first.chars().count();
        match words {
            "" => {}
            _ if hung > 4 => self.out += &hanging("  ", 2, &format!("{first}{words}")),
            _ => self.out += &hanging(&format!("  {first}"), 2 + hung, words),
        }
    }

    /// Words with their reason.
    fn with_reason(&mut self, sign: &str, text: &Text, because: &Text) {
        let because = because.words();
        let words = if because.is_empty() { text.words() } else { format!("{} – {because}", text.words()) };
        self.line(&format!("{sign} "), &words);
    }

    /// A wrong choice: why it fails, and what the letter says against the misreading behind it.
    fn wrong(&mut self, choice: &Choice) {
        self.with_reason("✗", &choice.text, &choice.because);
        if let Some(answer) = &choice.misconception {
            self.line("  ", &answer.words());
        }
    }

    fn choices(&mut self, options: &[Choice], chosen: &[usize]) {
        for (at, option) in options.iter().enumerate() {
            match (option.right, chosen.contains(&at)) {
                (true, _) => self.with_reason("✓", &option.text, &option.because),
                (false, true) => self.wrong(option),
                (false, false) => {}
            }
        }
    }

    fn task(&mut self, task: &Task, source: &Source, answer: &Answer) {
        let indices: Vec<Option<usize>> = match answer {
            Answer::Indices(indices) => indices.clone(),
            _ => Vec::new(),
        };
        match (task, answer) {
            (Task::Choice { options, .. }, _) => {
                self.choices(options, &indices.iter().flatten().copied().collect::<Vec<_>>());
            }
            (Task::TrueFalse { answer: right, because, corrections }, given) => {
                self.line(if *right { "True: " } else { "False: " }, &because.words());
                let chosen = match given {
                    Answer::TrueFalse { correction, .. } => *correction,
                    _ => None,
                };
                self.choices(corrections, &chosen.into_iter().collect::<Vec<_>>());
            }
            (Task::Statement { verdict, because }, _) => {
                self.line(&format!("{}: ", verdict_words(verdict, &source.genre)), &because.words());
            }
            (Task::Matching { premises, responses, .. }, _) => {
                for (at, premise) in premises.iter().enumerate() {
                    let right = indices.get(at).copied().flatten() == Some(premise.response);
                    let response = responses.get(premise.response).map_or_else(String::new, |r| r.text.words());
                    let pair = Text::Plain(format!("{} → {response}", premise.text.words()));
                    self.with_reason(sign(right), &pair, &premise.because);
                }
            }
            (Task::Attribution { speakers, statements }, _) => {
                for (at, statement) in statements.iter().enumerate() {
                    let right = indices.get(at).copied().flatten() == Some(statement.speaker);
                    let speaker = speakers.get(statement.speaker).map_or_else(String::new, |s| s.text.words());
                    let pair = Text::Plain(format!("{} → {speaker}", statement.text.words()));
                    self.with_reason(sign(right), &pair, &statement.because);
                }
            }
            (Task::Ordering { elements, .. }, _) => {
                for (at, element) in elements.iter().enumerate() {
                    self.line(&format!("{}. ", at + 1), &element.text.words());
                }
            }
            (Task::Cloze { blanks, .. }, _) => {
                for (at, accepted) in blanks.iter().enumerate() {
                    self.line(&format!("{}. ", at + 1), &accepted.join(", or "));
                }
            }
            (Task::Numeric { answer: right, unit, errors, .. }, Answer::Word(typed)) => {
                if let Some(error) = known_error(errors, unit, typed) {
                    self.wrong(error);
                }
                self.line("✓ ", format!("{right} {unit}").trim());
            }
            (Task::Paired { answers, quotations, .. }, Answer::Paired { a, .. }) => {
                self.choices(answers, &a.iter().copied().collect::<Vec<_>>());
                let proof = quotations.iter().find(|q| answers.get(q.answer).is_some_and(|answer| answer.right));
                if let Some(proof) = proof {
                    self.line("Its proof: ", &format!("“{}”", proof.text));
                }
            }
            (Task::Finding { core, partial, .. }, Answer::Sentence { p, s }) => {
                let part = partial.iter().find(|near| near.p == *p && near.s.contains(s));
                if let Some(near) = part {
                    self.line("That is a part of it: ", &near.because.words());
                }
                for at in &core.s {
                    self.line(&format!("✓ ¶{} ", core.p), &sentence(source, core.p, *at));
                }
            }
            (Task::Ideas { not_credited, samples, .. }, _) => {
                for choice in not_credited {
                    self.wrong(choice);
                }
                for sample in samples {
                    self.line(&format!("For {} on paper: ", sample.score), &sample.text.words());
                }
            }
            (Task::Numeric { .. } | Task::Paired { .. } | Task::Finding { .. }, _) => {}
        }
    }
}

fn sign(right: bool) -> &'static str {
    if right { "✓" } else { "✗" }
}

/// A verdict as it is read.
pub(super) fn verdict_words(verdict: &str, genre: &str) -> String {
    match verdict {
        "supported" => format!("Supported by the {genre}"),
        "contradicted" => "Contradicted".to_owned(),
        _ => "Not stated".to_owned(),
    }
}
