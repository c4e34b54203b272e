//! The right answer of an exercise: its words, for keys, tables and cards, and what of an interaction earns points.

use super::{Accepted, ChoiceSort, Exercise, HotSentence, Interaction, Labelled, Number, Piece, Share};

/// A part of the right answer: the id or label that names it (empty where nothing does), and its words in mark-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// `B`; `a`, of the premise; the gap's number; the id of an element of an order.
    pub label: String,
    /// The words.
    pub words: String,
    /// Why; may be empty.
    pub because: String,
}

impl Exercise {
    /// The parts of the right answer, in order: keys, pairs, elements, words of gaps, accepted answers, sentences. Nothing for
    /// what a person marks.
    pub fn answers(&self) -> Vec<Answer> {
        let answer = |label: &str, words: String, because: &str| Answer {
            label: label.to_owned(),
            words,
            because: because.to_owned(),
        };
        let text =
            |list: &[Labelled], id: &str| list.iter().find(|l| l.id == id).map_or(String::new(), |l| l.text.clone());
        match &self.interaction {
            Interaction::Choice { options, .. } => {
                let right = options.iter().filter(|option| option.right);
                right.map(|option| answer(&option.id, option.text.clone(), &option.feedback)).collect()
            }
            Interaction::Matching { premises, responses, .. } => premises
                .iter()
                .map(|premise| {
                    let words =
                        format!("{} → {}. {}", premise.text, premise.response, text(responses, &premise.response));
                    answer(&premise.id, words, &premise.feedback)
                })
                .collect(),
            Interaction::Ordering { elements, right, .. } => {
                right.iter().map(|id| answer(id, text(elements, id), "")).collect()
            }
            Interaction::Gaps { passage, .. } => {
                let gaps = blanks(passage).map(|answers| answers.join(" / "));
                gaps.enumerate().map(|(at, words)| answer(&(at + 1).to_string(), words, "")).collect()
            }
            Interaction::Entry { answers, .. } => {
                let right = answers.iter().filter(|accepted| accepted.share == Share::ALL);
                right.map(|accepted| answer("", accepted.text.clone(), &accepted.feedback)).collect()
            }
            Interaction::HotText { passages, choose } => {
                let all = passages.iter().flat_map(|p| p.sentences.iter().map(move |s| (&p.place, s)));
                all.filter(|(_, sentence)| sentence.is_right(*choose))
                    .map(|(place, sentence)| answer(place, super::inline::as_markup(&sentence.words), ""))
                    .collect()
            }
            Interaction::Extended { .. } | Interaction::Talk { .. } => Vec::new(),
        }
    }

    /// The answer as it is marked by eye: `B`, `A, C`, `a–C, b–A`, `C, A, B`, or the words.
    pub fn answer_line(&self) -> String {
        let labels =
            |between: &str| self.answers().iter().map(|answer| answer.label.clone()).collect::<Vec<_>>().join(between);
        match &self.interaction {
            Interaction::Choice { sort: ChoiceSort::TrueFalse, .. } => {
                self.answers().first().map_or(String::new(), |answer| answer.words.clone())
            }
            Interaction::Choice { .. } | Interaction::Ordering { .. } => labels(", "),
            Interaction::Matching { premises, .. } => {
                premises.iter().map(|p| format!("{}–{}", p.id, p.response)).collect::<Vec<_>>().join(", ")
            }
            Interaction::Gaps { passage, .. } => {
                let first = blanks(passage).filter_map(|answers| answers.first().cloned());
                first.collect::<Vec<_>>().join(", ")
            }
            Interaction::Entry { unit, .. } => {
                let first = self.answers().into_iter().next().map_or(String::new(), |answer| answer.words);
                super::inline::joined(&[&first, unit])
            }
            Interaction::HotText { .. } => {
                self.answers().into_iter().map(|answer| answer.words).collect::<Vec<_>>().join(" ")
            }
            Interaction::Extended { .. } | Interaction::Talk { .. } => String::new(),
        }
    }
}

impl Number {
    /// Every number that is right, each once: it, and the accepted answers that are numbers. All have its margin.
    pub fn right(self, answers: &[Accepted]) -> Vec<f64> {
        let mut right = vec![self.value];
        let accepted = answers.iter().filter(|answer| answer.share == Share::ALL);
        for other in accepted.filter_map(|answer| as_number(&answer.text)) {
            if !right.contains(&other) {
                right.push(other);
            }
        }
        right
    }
}

/// A number as people write it: `1,200`.
pub fn as_number(text: &str) -> Option<f64> {
    text.replace(',', "").trim().parse::<f64>().ok().filter(|value| value.is_finite())
}

impl HotSentence {
    /// Whether it is one of so many right ones.
    pub fn is_right(&self, choose: u32) -> bool {
        self.share == Share { of: 1, whole: choose }
    }
}

impl Interaction {
    /// The sentences that come near: they earn a part of what a right one earns.
    pub fn near(&self) -> Vec<&HotSentence> {
        let Interaction::HotText { passages, choose } = self else { return Vec::new() };
        let all = passages.iter().flat_map(|passage| &passage.sentences);
        all.filter(|sentence| sentence.share.of > 0 && !sentence.is_right(*choose)).collect()
    }
}

/// The answers of each gap of a passage, in order.
pub fn blanks(passage: &[Piece]) -> impl Iterator<Item = &Vec<String>> {
    passage.iter().filter_map(|piece| match piece {
        Piece::Gap(answers) => Some(answers),
        Piece::Text(_) => None,
    })
}

/// The words of a list, each once, in their order: a list is sorted without regard to capitals, so that the same may stand apart.
pub fn each_once(words: &[String]) -> Vec<&String> {
    let mut each: Vec<&String> = Vec::new();
    for word in words {
        if !each.contains(&word) {
            each.push(word);
        }
    }
    each
}
