//! Points for an answer: the rules of the page's script, told again and held to it by shared vectors (`tests/study/vectors.json`).

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::task::{Choice, Task};

/// What a pupil answers. Indices count from 0 in the task's lists, whatever order they were shown in.
/// The shapes are tried in this order: `Paired`, all of whose parts may be missing, after those with parts that must be there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// True or false, and the correction chosen.
    TrueFalse {
        /// The judgement.
        judgement: bool,
        /// Index of the correction.
        #[serde(default)]
        correction: Option<usize>,
    },
    /// A sentence of the letter.
    Sentence {
        /// Its paragraph.
        p: u32,
        /// Its index there.
        s: usize,
    },
    /// An answer and a quotation.
    Paired {
        /// Index of the answer.
        a: Option<usize>,
        /// Index of the quotation.
        b: Option<usize>,
    },
    /// Options, elements in order, or a response for each premise.
    Indices(Vec<Option<usize>>),
    /// A word for each blank.
    Words(Vec<String>),
    /// A verdict, a number, a date.
    Word(String),
}

impl Task {
    /// Points to be had.
    pub fn points(&self) -> u32 {
        let count = match self {
            Task::Choice { choose, .. } => *choose,
            Task::TrueFalse { answer, corrections, .. } => 1 + usize::from(!answer && !corrections.is_empty()),
            Task::Statement { .. } | Task::Numeric { .. } => 1,
            Task::Matching { premises, .. } => premises.len(),
            Task::Attribution { statements, .. } => statements.len(),
            Task::Ordering { elements, .. } => elements.len().saturating_sub(1),
            Task::Cloze { blanks, .. } => blanks.len(),
            Task::Paired { .. } | Task::Finding { .. } => 2,
            Task::Ideas { .. } => 0,
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

/// The points of an answer, from 0 to [`Task::points`]. An answer of another shape than the task's has none.
pub fn score(task: &Task, answer: &Answer) -> u32 {
    match (task, answer) {
        (Task::Choice { options, .. }, Answer::Indices(chosen)) => {
            let chosen: Vec<bool> =
                distinct(chosen).iter().filter_map(|at| options.get(*at)).map(|o| o.right).collect();
            let right = chosen.iter().filter(|right| **right).count();
            (2 * right).saturating_sub(chosen.len()) as u32
        }
        (Task::TrueFalse { answer: right, corrections, .. }, Answer::TrueFalse { judgement, correction }) => {
            let put_right = correction.and_then(|at| corrections.get(at)).is_some_and(|chosen| chosen.right);
            u32::from(judgement == right) + u32::from(!judgement && !right && put_right)
        }
        (Task::Statement { verdict, .. }, Answer::Word(word)) => u32::from(word == verdict),
        (Task::Matching { premises, .. }, Answer::Indices(responses)) => {
            agreeing(premises.iter().map(|premise| premise.response), responses)
        }
        (Task::Attribution { statements, .. }, Answer::Indices(speakers)) => {
            agreeing(statements.iter().map(|statement| statement.speaker), speakers)
        }
        (Task::Ordering { elements, .. }, Answer::Indices(order)) => {
            let repeats = distinct(order).len() != order.iter().flatten().count();
            let follows =
                |pair: &&[Option<usize>]| matches!(pair, [Some(a), Some(b)] if *b == a + 1 && *b < elements.len());
            if repeats { 0 } else { order.windows(2).filter(follows).count() as u32 }
        }
        (Task::Cloze { blanks, words, .. }, Answer::Words(typed)) => {
            blanks.iter().zip(typed).map(|(accepted, typed)| u32::from(fills(typed, accepted, words))).sum()
        }
        (Task::Numeric { answer, unit, tolerance, accept, .. }, Answer::Word(typed)) => {
            u32::from(is_number(typed, unit, answer, accept, tolerance.unwrap_or(0.0)))
        }
        (Task::Paired { answers, quotations, .. }, Answer::Paired { a, b }) => {
            let right = |at: &usize| answers.get(*at).is_some_and(|answer| answer.right);
            match a.filter(right) {
                Some(a) => 1 + u32::from(b.and_then(|b| quotations.get(b)).is_some_and(|quote| quote.answer == a)),
                None => 0,
            }
        }
        (Task::Finding { core, partial, .. }, Answer::Sentence { p, s }) => {
            if core.p == *p && core.s.contains(s) {
                2
            } else {
                u32::from(partial.iter().any(|near| near.p == *p && near.s.contains(s)))
            }
        }
        _ => 0,
    }
}

/// The indices that stand there, each once.
fn distinct(list: &[Option<usize>]) -> Vec<usize> {
    let mut all: Vec<usize> = list.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn agreeing(right: impl Iterator<Item = usize>, given: &[Option<usize>]) -> u32 {
    right.zip(given).filter(|(right, given)| Some(*right) == **given).count() as u32
}

/// A text as answers are compared: kinds of quotes and dashes, capitals, spaces and a last full stop do not count.
fn folded(text: &str) -> String {
    let plain = text.nfc().map(|c| match c {
        '‘' | '’' | '‚' | '`' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        c => c,
    });
    let plain: String = plain.collect();
    let spaced = plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    match spaced.strip_suffix('.') {
        Some(before) => before.trim_end().to_owned(),
        None => spaced,
    }
}

/// Whether a word fills a blank: an accepted answer, or one letter from one of five letters or more, where no other word of
/// the bank is as near.
fn fills(typed: &str, accepted: &[String], bank: &[String]) -> bool {
    let typed = folded(typed);
    let accepted: Vec<String> = accepted.iter().map(|answer| folded(answer)).collect();
    if typed.is_empty() || accepted.contains(&typed) {
        return accepted.contains(&typed);
    }
    let near = |word: &String| within_one_edit(&typed, word);
    let other = |word: &String| !accepted.contains(word) && near(word);
    accepted.iter().any(|answer| answer.chars().count() >= 5 && near(answer))
        && !bank.iter().map(|word| folded(word)).any(|word| other(&word))
}

/// Whether at most one character was put in, left out or replaced.
fn within_one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let rest = if short.len() == long.len() { same + 1 } else { same };
    short.get(rest..).unwrap_or_default() == long.get(same + 1..).unwrap_or_default()
}

fn is_number(typed: &str, unit: &str, answer: &str, accept: &[String], tolerance: f64) -> bool {
    let typed = without_unit(typed, unit);
    if typed.is_empty() {
        return false;
    }
    let same = |text: &str| without_unit(text, unit) == typed;
    same(answer)
        || accept.iter().any(|text| same(text))
        || match (decimal(&typed), decimal(&without_unit(answer, unit))) {
            (Some(typed), Some(wanted)) => (typed - wanted).abs() <= tolerance,
            _ => false,
        }
}

/// The known mistake that a typed number is, if it is one.
pub fn known_error<'a>(errors: &'a [Choice], unit: &str, typed: &str) -> Option<&'a Choice> {
    let typed = without_unit(typed, unit);
    errors.iter().find(|error| without_unit(&error.text.words(), unit) == typed)
}

/// What was typed, folded, without the unit that stands behind the blank already.
fn without_unit(text: &str, unit: &str) -> String {
    let (text, unit) = (folded(text), folded(unit));
    match text.strip_suffix(unit.as_str()) {
        Some(number) if !unit.is_empty() => number.trim_end().to_owned(),
        _ => text,
    }
}

/// A plain decimal number: a sign, digits, with commas before each three of them, and a point; no exponents, no words.
fn decimal(text: &str) -> Option<f64> {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let parts_thousands = |at: usize| {
        letters[at] == ',' && at > 0 && digit(at - 1) && (1..=3).all(|next| digit(at + next)) && !digit(at + 4)
    };
    let plain: String = (0..letters.len()).filter(|at| !parts_thousands(*at)).map(|at| letters[at]).collect();
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = all_digits(whole) && all_digits(part) && !(whole.is_empty() && part.is_empty());
    if is_plain { plain.parse().ok() } else { None }
}
