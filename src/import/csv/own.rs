//! The table that `export --to csv` writes.

use super::Table;
use crate::bank::Kind;
use crate::exchange::{
    Accepted, Alternative, ChoiceSort, Exercise, HotPassage, HotSentence, Interaction, Labelled, Number, Piece,
    Premise, Quoted, Row, Share,
};
use crate::import::{Entry, Question};

pub(super) fn entries(table: &Table) -> Vec<Entry> {
    let mut ids: Vec<&str> = Vec::new();
    let mut entries = Vec::new();
    for row in &table.rows {
        let id = table.cell(row, table.exact("id"));
        let read = OwnRow { table, row };
        match read.interaction() {
            Some(interaction) => {
                let part = id.strip_suffix("-b").filter(|first| ids.last() == Some(first));
                let gate = part.filter(|_| read.cell("kind") == Kind::PairedEvidence.word()).map(str::to_owned);
                let exercise = read.exercise(interaction, gate);
                entries.push(Entry::Question(Box::new(Question { exercise, picture: None, changed: read.changed() })));
            }
            None => {
                let why =
                    format!("its form “{}” is not known, or its answer names nothing in the row", read.cell("form"));
                entries.push(Entry::Dropped { name: id.to_owned(), why });
            }
        }
        ids.push(id);
    }
    entries
}

struct OwnRow<'a> {
    table: &'a Table,
    row: &'a [String],
}

fn lines(cell: &str) -> impl Iterator<Item = &str> {
    cell.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// `B` of the second.
fn letter(at: usize) -> String {
    u8::try_from(at)
        .ok()
        .and_then(|at| b'A'.checked_add(at))
        .map_or_else(|| at.to_string(), |c| char::from(c).to_string())
}

impl<'a> OwnRow<'a> {
    fn cell(&self, name: &str) -> &'a str {
        self.table.cell(self.row, self.table.exact(name))
    }

    fn changed(&self) -> Vec<String> {
        let passage = !self.cell("passage").is_empty();
        passage.then(|| "the passage that it shares with others was left out".to_owned()).into_iter().collect()
    }

    fn exercise(&self, interaction: Interaction, gate: Option<String>) -> Exercise {
        let quoted = |line: &str| {
            let (place, words) = line.split_once(" “")?;
            Some(Quoted { place: place.to_owned(), words: words.strip_suffix('”')?.to_owned() })
        };
        Exercise {
            id: self.cell("id").to_owned(),
            item: String::new(),
            kind: self.cell("kind").parse().unwrap_or(crate::import::kind_of(&interaction)),
            number: None,
            stem: self.cell("question").to_owned(),
            figure: None,
            stimulus: None,
            points: self.cell("points").parse().unwrap_or(1),
            gate,
            interaction,
            explanation: self.cell("explanation").to_owned(),
            evidence: lines(self.cell("evidence")).filter_map(quoted).collect(),
            hints: lines(self.cell("hints")).map(str::to_owned).collect(),
            teacher_note: self.cell("note").to_owned(),
            tags: lines(self.cell("tags")).map(str::to_owned).collect(),
            lost: Vec::new(),
        }
    }

    /// The options that are filled in, with their reasons.
    fn options(&self) -> Vec<(&'a str, &'a str)> {
        let numbered = (1..).map_while(|n| {
            let option = self.table.exact(&format!("option {n}"))?;
            Some((self.table.cell(self.row, Some(option)), self.cell(&format!("why {n}"))))
        });
        numbered.collect()
    }

    /// `1, 3` as indexes.
    fn numbers(&self) -> Vec<usize> {
        let answer = self.cell("answer").split(',');
        answer.filter_map(|n| n.trim().parse::<usize>().ok()?.checked_sub(1)).collect()
    }

    fn interaction(&self) -> Option<Interaction> {
        let listed: Vec<(&str, &str)> = self.options().into_iter().filter(|(text, _)| !text.is_empty()).collect();
        let labelled =
            || listed.iter().enumerate().map(|(at, (text, _))| Labelled { id: letter(at), text: (*text).to_owned() });
        match self.cell("form") {
            "choice" => self.choice(&listed),
            "matching" => self.matching(labelled().collect()),
            "ordering" => {
                let right: Vec<String> = self.numbers().into_iter().map(letter).collect();
                (right.len() == listed.len() && !right.is_empty()).then(|| Interaction::Ordering {
                    elements: labelled().collect(),
                    right,
                    by: self.cell("text").to_owned(),
                })
            }
            "gaps" => {
                let words = listed.iter().map(|(text, _)| (*text).to_owned()).collect();
                let passage = pieces(self.cell("text"));
                passage
                    .iter()
                    .any(|piece| matches!(piece, Piece::Gap(_)))
                    .then_some(Interaction::Gaps { passage, words })
            }
            "entry" => Some(self.entry()),
            "sentences" => self.sentences(),
            "written" => {
                let row = |(prompt, points): &(&str, &str)| Row {
                    prompt: (*prompt).to_owned(),
                    points: points.parse().unwrap_or(1),
                    lines: 3,
                };
                let starters = lines(self.cell("accept")).map(str::to_owned).collect();
                let grading = lines(self.cell("grading")).map(str::to_owned).collect();
                Some(Interaction::Extended { lines: 6, rows: listed.iter().map(row).collect(), starters, grading })
            }
            "talk" => {
                let ends: Vec<String> = lines(self.cell("text")).map(str::to_owned).collect();
                let follow_ups = lines(self.cell("accept")).map(str::to_owned).collect();
                Some(Interaction::Talk {
                    stance: ends.try_into().ok(),
                    follow_ups,
                    starters: Vec::new(),
                    norms: Vec::new(),
                })
            }
            _ => None,
        }
    }

    fn choice(&self, listed: &[(&str, &str)]) -> Option<Interaction> {
        let right = self.numbers();
        let order = self.cell("order");
        let locked = |at: usize| match order.split_once("not ") {
            Some((_, list)) => list.split(',').any(|n| n.trim().parse() == Ok(at + 1)),
            None => order == "fixed",
        };
        let whole = u32::try_from(right.len()).ok().filter(|whole| *whole > 0)?;
        let several = self.cell("kind") == Kind::MultipleSelect.word() || whole > 1;
        let options = listed.iter().enumerate().map(|(at, (text, why))| Alternative {
            id: letter(at),
            text: (*text).to_owned(),
            right: right.contains(&at),
            share: match (right.contains(&at), several) {
                (true, _) => Share { of: 1, whole },
                (false, true) => Share { of: -1, whole },
                (false, false) => Share::NOTHING,
            },
            feedback: (*why).to_owned(),
            fixed: locked(at),
        });
        let options: Vec<Alternative> = options.collect();
        let sort = match (self.cell("kind") == Kind::TrueFalse.word() && options.len() == 2, several) {
            (true, _) => ChoiceSort::TrueFalse,
            (false, true) => ChoiceSort::Several(whole),
            (false, false) => ChoiceSort::Single,
        };
        let all_there = right.iter().all(|at| *at < options.len());
        all_there.then_some(Interaction::Choice { options, sort, shuffle: order.starts_with("shuffle") })
    }

    fn matching(&self, responses: Vec<Labelled>) -> Option<Interaction> {
        let options = self.options();
        let premise = |(at, line): (usize, &str)| {
            let (premise, response) = line.split_once(" => ")?;
            Some(Premise {
                id: letter(at).to_lowercase(),
                text: premise.to_owned(),
                response: responses.iter().find(|r| r.text == response)?.id.clone(),
                feedback: options.get(at).map_or("", |(_, why)| why).to_owned(),
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

    fn entry(&self) -> Interaction {
        let answer = self.cell("answer");
        let others: Vec<&str> = lines(self.cell("accept")).collect();
        let tolerance = others.iter().find_map(|line| line.strip_prefix("± ")?.parse::<f64>().ok());
        let right = std::iter::once(answer).chain(others.into_iter().filter(|line| !line.starts_with("± ")));
        let right = right.map(|text| Accepted { text: text.to_owned(), share: Share::ALL, feedback: String::new() });
        let wrong = lines(self.cell("errors")).map(|line| {
            let (text, feedback) = line.split_once(" => ").unwrap_or((line, ""));
            Accepted { text: text.to_owned(), share: Share::NOTHING, feedback: feedback.to_owned() }
        });
        let number = answer.parse().ok().map(|value| Number { value, tolerance: tolerance.unwrap_or(0.0) });
        Interaction::Entry { answers: right.chain(wrong).collect(), number, unit: self.cell("text").to_owned() }
    }

    fn sentences(&self) -> Option<Interaction> {
        let right: Vec<&str> = lines(self.cell("answer")).collect();
        let choose = u32::try_from(right.len()).ok().filter(|choose| *choose > 0)?;
        let passage = |line: &str| {
            let (place, words) = line.split_once(' ')?;
            let sentences = crate::letter::sentences(words).into_iter().enumerate().map(|(at, found)| HotSentence {
                id: format!("{}s{}", place.trim_start_matches('¶'), at + 1),
                words: words[found.clone()].to_owned(),
                share: match right.contains(&&words[found]) {
                    true => Share { of: 1, whole: choose },
                    false => Share::NOTHING,
                },
                feedback: String::new(),
            });
            Some(HotPassage { place: place.to_owned(), sentences: sentences.collect() })
        };
        Some(Interaction::HotText { passages: lines(self.cell("text")).filter_map(passage).collect(), choose })
    }
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
