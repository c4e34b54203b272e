//! A row of named cells, as `export --to csv` writes it → a question. The note of a deck comes this way too.

use std::collections::BTreeMap;

use super::exercise::exercise;
use super::{Entry, Question};
use crate::bank::Kind;
use crate::exchange::table::{AFTER_OPTIONS, BEFORE_OPTIONS};
use crate::exchange::{
    Accepted, Alternative, ChoiceSort, Exercise, HotPassage, HotSentence, Interaction, Labelled, Number, Piece,
    Premise, Quoted, Share, letter,
};
use crate::letter::Place;

/// Whether a name is one of a table’s columns.
pub(super) fn is_known(name: &str) -> bool {
    let numbered = |kind: &str| name.strip_prefix(kind).is_some_and(|n| n.parse::<u32>().is_ok());
    BEFORE_OPTIONS.contains(&name) || AFTER_OPTIONS.contains(&name) || numbered("option ") || numbered("why ")
}

/// Cells by their names.
pub(super) struct Row<'a> {
    cells: BTreeMap<&'a str, &'a str>,
}

/// An option or its like, where it stands among all, and its reason.
struct Listed<'a> {
    at: usize,
    text: &'a str,
    why: &'a str,
}

fn lines(cell: &str) -> impl Iterator<Item = &str> {
    cell.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The forms of questions in a table.
const FORMS: [&str; 8] = ["choice", "matching", "ordering", "gaps", "entry", "sentences", "written", "talk"];

/// What a table has between the parts of a line.
const ARROW: &str = " => ";

impl<'a> Row<'a> {
    pub fn new(cells: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Row { cells: cells.into_iter().collect() }
    }

    /// A cell; empty where the row has none of the name.
    fn cell(&self, name: &str) -> &'a str {
        self.cells.get(name).copied().unwrap_or_default()
    }

    /// The question, with what was changed in reading it.
    pub fn entry(&self, mut changed: Vec<String>) -> Entry {
        let Some(interaction) = self.interaction() else {
            let (form, answer) = (self.cell("form"), self.cell("answer"));
            let why = match FORMS.contains(&form) {
                true => format!("its answer “{answer}” names nothing in the row"),
                false => format!("its form “{form}” is none of {}", FORMS.join(", ")),
            };
            return Entry::Dropped { name: self.cell("id").to_owned(), why };
        };
        if !self.cell("passage").is_empty() {
            changed
                .push("what stands before the question, a passage or a picture’s description, was left out".to_owned());
        }
        Entry::Question(Box::new(Question { exercise: self.exercise(interaction), picture: None, changed }))
    }

    fn exercise(&self, interaction: Interaction) -> Exercise {
        let gate = self.cell("gate");
        let bare = exercise(self.cell("id"), self.cell("question"), interaction);
        Exercise {
            kind: self.cell("kind").parse().unwrap_or(bare.kind),
            points: self.cell("points").parse().unwrap_or(1),
            gate: (!gate.is_empty()).then(|| gate.to_owned()),
            explanation: self.cell("explanation").to_owned(),
            evidence: lines(self.cell("evidence")).map(quoted).collect(),
            hints: lines(self.cell("hints")).map(str::to_owned).collect(),
            teacher_note: self.cell("note").to_owned(),
            tags: lines(self.cell("tags")).map(str::to_owned).collect(),
            ..bare
        }
    }

    /// The options that are filled in, with their reasons.
    fn listed(&self) -> Vec<Listed<'a>> {
        let numbered = (1..).map_while(|n: usize| {
            let text = self.cells.get(format!("option {n}").as_str())?;
            Some(Listed { at: n - 1, text, why: self.cell(&format!("why {n}")) })
        });
        numbered.filter(|listed| !listed.text.is_empty()).collect()
    }

    /// The reason that stands at a place, whether or not something is listed there.
    fn why(&self, at: usize) -> &'a str {
        self.cell(&format!("why {}", at + 1))
    }

    /// `1, 3` as indexes; none if a part of it is no number: a key is not guessed.
    fn numbers(&self) -> Vec<usize> {
        let parts = self.cell("answer").split(',').map(str::trim).filter(|part| !part.is_empty());
        let at = |part: &str| part.parse::<usize>().ok()?.checked_sub(1);
        parts.map(at).collect::<Option<_>>().unwrap_or_default()
    }

    fn interaction(&self) -> Option<Interaction> {
        let listed = self.listed();
        let labelled =
            || listed.iter().map(|Listed { at, text, .. }| Labelled { id: letter(*at), text: (*text).to_owned() });
        match self.cell("form") {
            "choice" => self.choice(&listed),
            "matching" => self.matching(labelled().collect()),
            "ordering" => {
                let right = self.numbers();
                let mut sorted = right.clone();
                sorted.sort_unstable();
                let each = sorted.iter().eq(listed.iter().map(|listed| &listed.at));
                (each && !right.is_empty()).then(|| Interaction::Ordering {
                    elements: labelled().collect(),
                    right: right.into_iter().map(letter).collect(),
                    by: self.cell("text").to_owned(),
                })
            }
            "gaps" => {
                let words = listed.iter().map(|word| word.text.to_owned()).collect();
                let passage = pieces(self.cell("text"));
                passage
                    .iter()
                    .any(|piece| matches!(piece, Piece::Gap(_)))
                    .then_some(Interaction::Gaps { passage, words })
            }
            "entry" => Some(self.typed()),
            "sentences" => self.sentences(),
            "written" => {
                let row = |row: &Listed<'_>| crate::exchange::Row {
                    prompt: row.text.to_owned(),
                    points: row.why.parse().unwrap_or(1),
                    lines: 3,
                };
                let (starters, grading) = (self.list("accept"), self.list("grading"));
                let room = self.cell("text").parse().unwrap_or(6);
                Some(Interaction::Extended { lines: room, rows: listed.iter().map(row).collect(), starters, grading })
            }
            "talk" => Some(Interaction::Talk {
                stance: self.list("text").try_into().ok(),
                follow_ups: listed.iter().map(|line| line.text.to_owned()).collect(),
                starters: self.list("accept"),
                norms: self.list("grading"),
            }),
            _ => None,
        }
    }

    /// The lines of a cell.
    fn list(&self, name: &str) -> Vec<String> {
        lines(self.cell(name)).map(str::to_owned).collect()
    }

    fn choice(&self, listed: &[Listed<'_>]) -> Option<Interaction> {
        let right = self.numbers();
        let order = self.cell("order");
        let locked = |at: usize| match order.split_once("not ") {
            Some((_, list)) => list.split(',').any(|n| n.trim().parse() == Ok(at + 1)),
            None => order == "fixed",
        };
        let whole = u32::try_from(right.len()).ok().filter(|whole| *whole > 0)?;
        let several = self.cell("kind") == Kind::MultipleSelect.word() || whole > 1;
        let options = listed.iter().map(|Listed { at, text, why }| Alternative {
            id: letter(*at),
            text: (*text).to_owned(),
            right: right.contains(at),
            share: match (right.contains(at), several) {
                (true, _) => Share { of: 1, whole },
                (false, true) => Share { of: -1, whole },
                (false, false) => Share::NOTHING,
            },
            feedback: (*why).to_owned(),
            fixed: locked(*at),
        });
        let options: Vec<Alternative> = options.collect();
        let sort = match (self.cell("kind") == Kind::TrueFalse.word() && options.len() == 2, several) {
            (true, _) => ChoiceSort::TrueFalse,
            (false, true) => ChoiceSort::Several(whole),
            (false, false) => ChoiceSort::Single,
        };
        let all_there = right.iter().all(|at| listed.iter().any(|listed| listed.at == *at));
        all_there.then_some(Interaction::Choice { options, sort, shuffle: order.starts_with("shuffle") })
    }

    fn matching(&self, responses: Vec<Labelled>) -> Option<Interaction> {
        let premise = |(at, line): (usize, &str)| {
            let (premise, response) = line.split_once(ARROW)?;
            Some(Premise {
                id: letter(at).to_lowercase(),
                text: premise.to_owned(),
                response: responses.iter().find(|r| r.text == response)?.id.clone(),
                feedback: self.why(at).to_owned(),
            })
        };
        let premises: Option<Vec<Premise>> = lines(self.cell("answer")).enumerate().map(premise).collect();
        let premises = premises.filter(|premises| !premises.is_empty())?;
        let heads: Vec<String> = lines(self.cell("text")).map(str::to_owned).collect();
        Some(Interaction::Matching {
            heads: heads.try_into().unwrap_or_default(),
            reuse: self.cell("kind") == Kind::Attribution.word(),
            premises,
            responses,
            shuffle: self.cell("order") == "shuffle",
        })
    }

    fn typed(&self) -> Interaction {
        let answer = self.cell("answer");
        let others: Vec<&str> = lines(self.cell("accept")).collect();
        let tolerance = others.iter().find_map(|line| line.strip_prefix("± ")?.parse::<f64>().ok());
        let right = std::iter::once(answer).chain(others.into_iter().filter(|line| !line.starts_with("± ")));
        let right = right.map(|text| Accepted { text: text.to_owned(), share: Share::ALL, feedback: String::new() });
        let wrong = lines(self.cell("errors")).map(|line| {
            let (text, feedback) = line.split_once(ARROW).unwrap_or((line, ""));
            Accepted { text: text.to_owned(), share: Share::NOTHING, feedback: feedback.to_owned() }
        });
        let number = answer.parse().ok().map(|value| Number { value, tolerance: tolerance.unwrap_or(0.0) });
        Interaction::Entry { answers: right.chain(wrong).collect(), number, unit: self.cell("text").to_owned() }
    }

    fn sentences(&self) -> Option<Interaction> {
        let right: Vec<&str> = lines(self.cell("answer")).collect();
        let choose = u32::try_from(right.len()).ok().filter(|choose| *choose > 0)?;
        let near: Vec<(&str, &str)> =
            lines(self.cell("near")).map(|line| line.split_once(ARROW).unwrap_or((line, ""))).collect();
        let passage = |line: &str| {
            let (place, words) = line.split_once(' ')?;
            let sentence = |(at, found): (usize, std::ops::Range<usize>)| {
                let words = &words[found];
                let near = near.iter().find(|(sentence, _)| *sentence == words);
                let (share, feedback) = match near {
                    _ if right.contains(&words) => (Share { of: 1, whole: choose }, ""),
                    Some((_, why)) => (Share { of: 1, whole: 2 * choose }, *why),
                    None => (Share::NOTHING, ""),
                };
                let id = format!("{}s{}", place.trim_start_matches('¶'), at + 1);
                HotSentence { id, words: words.to_owned(), share, feedback: feedback.to_owned() }
            };
            let sentences = crate::text::sentences(words).into_iter().enumerate().map(sentence);
            Some(HotPassage { place: place.to_owned(), sentences: sentences.collect() })
        };
        Some(Interaction::HotText { passages: lines(self.cell("text")).filter_map(passage).collect(), choose })
    }
}

/// `¶6 “…”`, in quotation marks of any kind or none. A line that begins with no place is kept whole: the words are looked for
/// everywhere.
pub(super) fn quoted(line: &str) -> Quoted {
    const PAIRS: [(char, char); 5] = [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“'), ('‘', '’')];
    let (place, words) = match line.split_once(char::is_whitespace) {
        Some((place, words)) => (place.trim_end_matches([':', ',']), words.trim()),
        None => ("", line),
    };
    // A number alone names a paragraph only where quoted words follow it.
    let quotes = words.starts_with(PAIRS.map(|(open, _)| open));
    let names = place.parse::<Place>().is_ok() && (quotes || !place.starts_with(|c: char| c.is_ascii_digit()));
    let (place, words) = if names { (place, words) } else { ("", line) };
    let bare = PAIRS.iter().find_map(|(open, close)| words.strip_prefix(*open)?.strip_suffix(*close)).unwrap_or(words);
    Quoted { place: place.to_owned(), words: bare.to_owned() }
}

/// A passage with `{{word|other}}`.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inside, behind)) = after.split_once("}}") else { break };
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(Piece::Gap(inside.split('|').map(str::to_owned).collect()));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}
