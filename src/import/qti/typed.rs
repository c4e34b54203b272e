//! Interactions in which something is typed, written or drawn into a passage.

use super::asked::{Asking, Dropped, id_of, no_key, without_feedback};
use super::declared::{row_points, said, taken_with, tolerance};
use super::shown::{HERE, words_with};
use crate::exchange::xml::{Child, Node};
use crate::exchange::{Accepted, Interaction, Number, Piece, Row, Share};

impl Asking<'_> {
    /// Everything that is written: one answer, or rows.
    pub fn written(&mut self, interactions: &[&Node], grading: Vec<String>) -> Interaction {
        let lines = |node: &Node| {
            let stated = node.attribute("expectedLines").and_then(|lines| lines.trim().parse::<u32>().ok());
            stated.filter(|lines| (1..=60).contains(lines)).unwrap_or(6)
        };
        let starters = self.list("starters");
        let mut rows = Vec::new();
        if interactions.len() > 1 {
            for (at, node) in (1..).zip(interactions) {
                let prompt = node.first("prompt").map(|prompt| self.text(prompt)).unwrap_or_default();
                rows.push(Row { prompt, points: row_points(self.item, at).unwrap_or(1), lines: lines(node) });
            }
        }
        let lines = interactions.iter().map(|node| lines(node)).sum();
        Interaction::Extended { lines, rows, starters, grading }
    }

    /// A number or words to be typed.
    pub fn entry(&mut self, interaction: &Node, unit: String) -> Result<Interaction, Dropped> {
        let response = interaction.attribute("responseIdentifier").unwrap_or_default();
        let declared = self.declared(interaction);
        let mut right = declared.typed();
        let Some(first) = right.first() else { return Err(no_key(&declared)) };
        let value = first.parse::<f64>().ok().filter(|value| value.is_finite());
        let off = tolerance(self.item, response).unwrap_or(0.0);
        let number = value.map(|value| Number { value, tolerance: off });
        let others = value.map(|value| taken_with(self.item, response, value)).unwrap_or_default();
        right.extend(others.into_iter().filter(|other| !right.contains(other)).collect::<Vec<_>>());
        let accepted = |text: &String| Accepted { text: text.clone(), share: Share::ALL, feedback: String::new() };
        let mut answers: Vec<Accepted> = right.iter().map(accepted).collect();
        for said in said(self.item, response) {
            let feedback = self.told.to(&said.feedback);
            if !feedback.is_empty() && !answers.iter().any(|answer| answer.text == said.value) {
                answers.push(Accepted { text: said.value, share: Share::NOTHING, feedback });
            }
        }
        if declared.mapping.iter().any(|(_, points)| *points > 0.0 && declared.most.is_none_or(|most| *points < most)) {
            let partial = declared.mapping.iter().filter(|(key, _)| declared.share(key) != Share::ALL);
            if partial.clone().any(|(_, points)| *points > 0.0) {
                self.note(vec!["answers that earn a part of the points were left out".to_owned()]);
            }
        }
        Ok(Interaction::Entry { answers, number, unit })
    }

    /// A passage with gaps, from its words with places for the interactions.
    pub fn gaps(&mut self, passage: &str, interactions: &[&Node]) -> Result<Interaction, Dropped> {
        let mut gaps: Vec<Vec<String>> = Vec::new();
        let mut lists: Vec<Vec<String>> = Vec::new();
        for node in interactions {
            let declared = self.declared(node);
            let choices: Vec<(String, String)> =
                node.all("inlineChoice").map(|choice| (id_of(choice).to_owned(), without_feedback(choice))).collect();
            let text = |id: &String| choices.iter().find(|(known, _)| known == id).map(|(_, text)| text.clone());
            let answers: Vec<String> = match choices.is_empty() {
                true => declared.typed(),
                false => declared.typed().iter().filter_map(text).collect(),
            };
            if answers.is_empty() {
                return Err(no_key(&declared));
            }
            gaps.push(answers);
            lists.push(choices.into_iter().map(|(_, text)| text).collect());
        }
        if lists.windows(2).any(|two| two[0] != two[1]) {
            self.note(vec!["the lists of its gaps became one".to_owned()]);
        }
        Ok(Interaction::Gaps { words: word_list(&lists.concat(), &gaps), passage: pieces(passage, gaps) })
    }

    /// A passage into whose gaps words are drawn.
    pub fn gap_match(&mut self, interaction: &Node) -> Result<(String, Interaction), Dropped> {
        let declared = self.declared(interaction);
        let mut ids: Vec<String> = Vec::new();
        let mut shown = interaction.clone();
        shown.children.retain(|child| !matches!(child, Child::Node(node) if matches!(node.name.as_str(), "gapText" | "gapImg" | "prompt")));
        let read = words_with(&shown, &mut |gap| {
            ids.push(id_of(gap).to_owned());
            Some(ids.len() - 1)
        });
        self.note(read.changed);
        let texts: Vec<(String, String)> =
            interaction.all("gapText").map(|node| (id_of(node).to_owned(), without_feedback(node))).collect();
        let text = |id: &str| texts.iter().find(|(known, _)| known == id).map(|(_, text)| text.clone());
        let answers = |gap: &String| {
            let pairs = declared.correct.iter().filter_map(|pair| pair.split_once(char::is_whitespace));
            pairs.filter(|(_, of)| of.trim() == gap).filter_map(|(id, _)| text(id)).collect::<Vec<_>>()
        };
        let gaps: Vec<Vec<String>> = ids.iter().map(answers).collect();
        if gaps.is_empty() || gaps.iter().any(Vec::is_empty) {
            return Err(no_key(&declared));
        }
        let listed: Vec<String> = texts.iter().map(|(_, text)| text.clone()).collect();
        let prompt = interaction.first("prompt").map(|prompt| self.text(prompt)).unwrap_or_default();
        Ok((prompt, Interaction::Gaps { words: word_list(&listed, &gaps), passage: pieces(&read.text, gaps) }))
    }
}

/// The list of words: one for each gap, and those that belong to none.
fn word_list(listed: &[String], gaps: &[Vec<String>]) -> Vec<String> {
    if listed.is_empty() {
        return Vec::new();
    }
    let mut words: Vec<String> = gaps.iter().filter_map(|gap| gap.first().cloned()).collect();
    for word in listed {
        if !words.contains(word) {
            words.push(word.clone());
        }
    }
    words.sort();
    words
}

/// A passage at the places of its gaps.
fn pieces(passage: &str, gaps: Vec<Vec<String>>) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut gaps: Vec<Option<Vec<String>>> = gaps.into_iter().map(Some).collect();
    let mut rest = passage;
    while let Some((before, after)) = rest.split_once(HERE[0]) {
        let Some((number, behind)) = after.split_once(HERE[1]) else { break };
        if !before.is_empty() {
            out.push(Piece::Text(before.to_owned()));
        }
        let gap = number.parse::<usize>().ok().and_then(|at| gaps.get_mut(at)?.take());
        out.extend(gap.map(Piece::Gap));
        rest = behind;
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest.to_owned()));
    }
    out
}
