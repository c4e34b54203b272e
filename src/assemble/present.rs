//! One item as it is shown on one form: options permuted within their locks, labels given, and the key in those labels.

use crate::bank::{Basis, Choice, Item, MONTHS, Order, Pin, Quote, Segment, Task, Verdict};
use crate::letter::{Letter, Place};
use crate::rng::Stream;
use crate::sheet::{Labelled, Prompt, Right};
use crate::text::{Folded, without_languages};

/// An item as one form shows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Presented {
    pub prompt: Prompt,
    pub right: Right,
    /// Labels with the texts they stand for, key first.
    pub labels: Vec<Labelled>,
    /// Where the key stands among the options, where there is one key: position and number of options.
    pub position: Option<(usize, usize)>,
    /// Whether a lock leaves the key no choice of position.
    pub locked: bool,
}

impl Presented {
    fn open(prompt: Prompt, right: Right) -> Presented {
        Presented { prompt, right, labels: Vec::new(), position: None, locked: false }
    }
}

/// Where an item's key comes to stand among its options, and how many there are, as [`present`] would show it with the same
/// stream, but without the cost of showing it: of the orders that are tried most are given up. `None`: no single key.
pub(super) fn key_place(item: &Item, letter: &Letter, stream: impl FnOnce() -> Stream) -> Option<(usize, usize)> {
    let options = match &item.task {
        Task::SingleChoice { key, distractors, order } | Task::Vocabulary { key, distractors, order, .. } => {
            Options::of_choice(key, distractors, *order)
        }
        Task::PairedEvidence { key, distractors, .. } => Options::of_pairs(key, distractors),
        _ => return None,
    };
    let order = options.arranged(letter, &mut stream());
    order.iter().position(|at| *at == 0).map(|at| (at, order.len()))
}

/// Shows an item; all its chance comes from `stream`.
pub(super) fn present(item: &Item, letter: &Letter, stream: &mut Stream) -> Presented {
    match &item.task {
        Task::SingleChoice { key, distractors, order } | Task::Vocabulary { key, distractors, order, .. } => {
            let (shown, labels) = Options::of_choice(key, distractors, *order).show(letter, stream);
            let position = shown.iter().position(|o| o.label == labels[0].label).unwrap_or(0);
            Presented {
                position: Some((position, shown.len())),
                locked: *order != Order::Shuffle || key.pin.is_some(),
                right: Right::Labels(vec![labels[0].label.clone()]),
                prompt: Prompt::Choice { options: shown, choose: 1 },
                labels,
            }
        }
        Task::MultipleSelect { keys, distractors, order } => {
            let options =
                Options { keys: keys.iter().collect(), distractors: distractors.iter().collect(), order: *order };
            let (shown, labels) = options.show(letter, stream);
            let mut right: Vec<String> = labels[..keys.len()].iter().map(|l| l.label.clone()).collect();
            right.sort();
            Presented {
                labels,
                ..Presented::open(Prompt::Choice { options: shown, choose: keys.len() as u32 }, Right::Labels(right))
            }
        }
        Task::TrueFalse { correction, .. } => {
            Presented::open(Prompt::TrueFalse, Right::Word(if correction.is_none() { "T" } else { "F" }.to_owned()))
        }
        Task::StatementCheck { verdict, .. } => {
            let letter = match verdict {
                Verdict::Supported => "S",
                Verdict::Contradicted => "C",
                Verdict::NotStated => "N",
            };
            Presented::open(Prompt::StatementCheck, Right::Word(letter.to_owned()))
        }
        Task::Matching { heads, pairs, extra, order } => {
            let mut premises: Vec<&str> = pairs.iter().map(|p| p.premise.as_str()).collect();
            let mut responses: Vec<&str> =
                pairs.iter().map(|p| p.response.as_str()).chain(extra.iter().map(|e| e.text.as_str())).collect();
            stream.shuffle(&mut premises);
            match order {
                Order::Logical => responses.sort_by_key(|text| logical_key(text)),
                Order::Text | Order::Shuffle => stream.shuffle(&mut responses),
            }
            let (premises, responses) = (small(&premises), capital(&responses));
            let pairs = premises.iter().filter_map(|premise| {
                let pair = pairs.iter().find(|p| p.premise == premise.text)?;
                let response = responses.iter().find(|r| r.text == pair.response)?;
                Some((premise.label.clone(), response.label.clone()))
            });
            let right = Right::Pairs(pairs.collect());
            Presented::open(Prompt::Matching { heads: heads.clone(), premises, responses }, right)
        }
        Task::Attribution { speakers, statements } => {
            let speakers_shown = capital(&speakers.iter().map(|s| s.text.as_str()).collect::<Vec<_>>());
            let mut texts: Vec<&str> = statements.iter().map(|s| s.text.as_str()).collect();
            stream.shuffle(&mut texts);
            let shown = small(&texts);
            let pairs = shown.iter().filter_map(|label| {
                let statement = statements.iter().find(|s| s.text == label.text)?;
                let speaker = speakers.iter().position(|s| s.id == statement.speaker)?;
                Some((label.label.clone(), speakers_shown[speaker].label.clone()))
            });
            let right = Right::Pairs(pairs.collect());
            Presented::open(Prompt::Attribution { speakers: speakers_shown, statements: shown }, right)
        }
        Task::Ordering { basis, elements } => {
            let display = mixed(elements.len(), stream);
            let shown = capital(&display.iter().map(|at| elements[*at].text.as_str()).collect::<Vec<_>>());
            let sequence = (0..elements.len())
                .filter_map(|at| display.iter().position(|shown| *shown == at))
                .map(|at| shown[at].label.clone())
                .collect();
            let prompt = Prompt::Ordering { by_time: *basis == Basis::Time, elements: shown };
            Presented::open(prompt, Right::Sequence(sequence))
        }
        Task::Cloze { passage, extra_words, .. } => {
            let answers: Vec<String> = passage
                .iter()
                .filter_map(|segment| match segment {
                    Segment::Blank(answers) => answers.first().cloned(),
                    Segment::Text(_) => None,
                })
                .collect();
            let mut words: Vec<String> = answers.iter().chain(extra_words).cloned().collect();
            // A word that fills two blanks stands twice in the bank: the number of words tells nothing then.
            words.sort_by_key(|word| word.to_lowercase());
            let passage = passage.iter().map(|segment| match segment {
                Segment::Text(text) => Some(text.clone()),
                Segment::Blank(_) => None,
            });
            Presented::open(Prompt::Cloze { passage: passage.collect(), words }, Right::Words(answers))
        }
        Task::Numeric { answer, unit, .. } => {
            Presented::open(Prompt::Numeric { unit: unit.clone() }, Right::Word(answer.clone()))
        }
        Task::ShortAnswer { lines, .. } => Presented::open(Prompt::ShortAnswer { lines: *lines }, Right::Open),
        Task::EvidenceFinding { search_in, core, .. } => {
            Presented::open(Prompt::EvidenceFinding { search_in: search_in.clone() }, Right::Word(core.text.clone()))
        }
        Task::PairedEvidence { key, distractors, part_b } => {
            paired(key, distractors, part_b, Options::of_pairs(key, distractors).show(letter, stream))
        }
        Task::Essay { rubric, lines, .. } => {
            let criteria = rubric.iter().map(|c| (c.id.clone(), c.max, c.earns.clone())).collect();
            Presented::open(Prompt::Essay { criteria, lines: *lines }, Right::Open)
        }
        Task::Organizer { rows, .. } => {
            let rows = rows.iter().map(|r| (r.prompt.clone(), r.points, r.lines)).collect();
            Presented::open(Prompt::Organizer { rows }, Right::Open)
        }
        Task::Discussion { stance, follow_ups, norms } => Presented::open(
            Prompt::Discussion { stance: stance.clone(), follow_ups: follow_ups.clone(), norms: norms.clone() },
            Right::Open,
        ),
    }
}

/// Answers as they are shown, with their labels, and the quotations in the letter's order.
fn paired(
    key: &(Choice, Quote),
    distractors: &[(Choice, Quote)],
    part_b: &str,
    (answers, labels): (Vec<Labelled>, Vec<Labelled>),
) -> Presented {
    let mut pairs: Vec<&(Choice, Quote)> = std::iter::once(key).chain(distractors).collect();
    pairs.sort_by_key(|(_, quote)| (quote.cite, quote.at.start));
    let quotations = capital(&pairs.iter().map(|(_, quote)| quote.text.as_str()).collect::<Vec<_>>());
    let evidence =
        pairs.iter().position(|pair| **pair == *key).map_or_else(String::new, |at| quotations[at].label.clone());
    Presented {
        position: answers.iter().position(|a| a.label == labels[0].label).map(|at| (at, answers.len())),
        locked: key.0.pin.is_some(),
        right: Right::Paired(labels[0].label.clone(), evidence),
        prompt: Prompt::Paired { answers, part_b: part_b.to_owned(), quotations },
        labels,
    }
}

/// The options of a choice, with their lock.
struct Options<'a> {
    keys: Vec<&'a Choice>,
    distractors: Vec<&'a Choice>,
    order: Order,
}

impl<'a> Options<'a> {
    fn of_choice(key: &'a Choice, distractors: &'a [Choice], order: Order) -> Self {
        Options { keys: vec![key], distractors: distractors.iter().collect(), order }
    }

    fn of_pairs(key: &'a (Choice, Quote), distractors: &'a [(Choice, Quote)]) -> Self {
        let distractors = distractors.iter().map(|(choice, _)| choice).collect();
        Options { keys: vec![&key.0], distractors, order: Order::Shuffle }
    }

    /// The options as printed, and their labels in the author's order, keys first.
    fn show(&self, letter: &Letter, stream: &mut Stream) -> (Vec<Labelled>, Vec<Labelled>) {
        let (all, order) = (self.all(), self.arranged(letter, stream));
        let shown = capital(&order.iter().map(|at| all[*at].text.as_str()).collect::<Vec<_>>());
        let labels =
            (0..all.len()).filter_map(|at| order.iter().position(|o| *o == at)).map(|at| shown[at].clone()).collect();
        (shown, labels)
    }

    fn all(&self) -> Vec<&'a Choice> {
        self.keys.iter().chain(&self.distractors).copied().collect()
    }

    /// The order in which they are printed, by their places in the author's: free options are shuffled, ranked ones sorted,
    /// pinned ones put first or last.
    fn arranged(&self, letter: &Letter, stream: &mut Stream) -> Vec<usize> {
        let all = self.all();
        let ranks: Vec<usize> = match self.order {
            Order::Shuffle => vec![0; all.len()],
            Order::Logical => ranks(&all.iter().map(|c| logical_key(&c.text)).collect::<Vec<_>>()),
            Order::Text => ranks(&all.iter().map(|c| place_in(letter, c)).collect::<Vec<_>>()),
        };
        let mut order: Vec<usize> = (0..all.len()).collect();
        stream.shuffle(&mut order);
        order.sort_by_key(|at| {
            let end = match all[*at].pin {
                Some(Pin::First) => 0,
                None => 1,
                Some(Pin::Last) => 2,
            };
            (end, ranks[*at])
        });
        order
    }
}

/// The rank of each element among all.
fn ranks<T: Ord>(keys: &[T]) -> Vec<usize> {
    keys.iter().map(|key| keys.iter().filter(|other| *other < key).count()).collect()
}

/// Where the letter has an option's words, or the place that the option cites.
fn place_in(letter: &Letter, choice: &Choice) -> (Place, usize) {
    let words = without_languages(&choice.text);
    let words = Folded::new(words.trim_matches(['“', '”', '"']));
    let found = letter
        .paragraphs
        .iter()
        .find_map(|p| Folded::new(&p.text).find(&words).map(|at| (Place::Paragraph(p.number), at.start)));
    found.unwrap_or((choice.cite.unwrap_or(Place::Paragraph(u32::MAX)), 0))
}

/// Sorts numbers by value, dates by calendar, and what is neither by the alphabet.
fn logical_key(text: &str) -> (u8, i64, i64, String) {
    let folded = without_languages(text).to_lowercase();
    let numbers: Vec<i64> =
        folded.replace(',', "").split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    let month = folded
        .split(|c: char| !c.is_alphabetic())
        .find_map(|word| MONTHS.iter().position(|m| *m == word || word.len() >= 3 && m.starts_with(word)));
    match (month, numbers.as_slice()) {
        (Some(month), numbers) => {
            let year = numbers.iter().find(|n| **n > 31).copied().unwrap_or(0);
            let day = numbers.iter().find(|n| **n <= 31).copied().unwrap_or(0);
            (0, year, month as i64 * 32 + day, folded)
        }
        (None, [first, rest @ ..]) => (0, *first, rest.first().copied().unwrap_or(0), folded),
        (None, []) => (1, 0, 0, folded),
    }
}

/// Whether texts stand in the order of their numbers, dates or alphabet: that of `order: logical`.
pub fn is_logical(texts: &[&str]) -> bool {
    texts.iter().map(|text| logical_key(text)).is_sorted()
}

/// A display order of an ordering: never right, never reversed, 30–70 % of the pairs inverted.
pub(crate) fn mixed(count: usize, stream: &mut Stream) -> Vec<usize> {
    let pairs = count * count.saturating_sub(1) / 2;
    let mut order: Vec<usize> = (0..count).collect();
    // Of the orders of four or more elements at least a third are mixed enough: 200 draws in vain do not occur.
    for _ in 0..200 {
        stream.shuffle(&mut order);
        let inverted = super::draw::pairs(count).filter(|(a, b)| order[*b] > order[*a]).count();
        if (pairs * 3..=pairs * 7).contains(&(inverted * 10)) {
            break;
        }
    }
    order
}

/// Labels A, B, C …
fn capital(texts: &[&str]) -> Vec<Labelled> {
    label(texts, b'A')
}

/// Labels a, b, c …
fn small(texts: &[&str]) -> Vec<Labelled> {
    label(texts, b'a')
}

fn label(texts: &[&str], first: u8) -> Vec<Labelled> {
    (first..)
        .zip(texts)
        .map(|(letter, text)| Labelled { label: char::from(letter).to_string(), text: (*text).to_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_dates_and_words_have_their_order() {
        let mut texts = ["July 25", "June 4", "1,000", "12", "Zeal", "Bread"];
        texts.sort_by_key(|t| logical_key(t));
        let at = |t: &str| texts.iter().position(|x| *x == t).unwrap();
        assert!(at("June 4") < at("July 25") && at("12") < at("1,000") && at("Bread") < at("Zeal"));
    }
}
