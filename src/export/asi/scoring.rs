//! Response processing: the conditions under which a response earns its part of 100.

use super::Profile;
use super::item::{RESPONSE, feedback_ident, nth, shown};
use crate::exchange::xml::Xml;
use crate::exchange::{Accepted, Labelled, Number, Piece, Premise, Share, blanks, decimal};

/// A condition of the response processing.
pub(super) struct Condition<'a> {
    /// Whether those after it are asked as well.
    pub goes_on: bool,
    /// What it gives: `Set` or `Add`, and how much of 100.
    pub score: Option<(&'static str, String)>,
    /// What is said.
    pub feedback: Option<&'a str>,
}

impl Condition<'_> {
    /// Writes it; `when`: what it asks for.
    pub fn write(&self, xml: &mut Xml, when: impl FnOnce(&mut Xml)) {
        xml.block("respcondition", &[("continue", if self.goes_on { "Yes" } else { "No" })], |xml| {
            xml.block("conditionvar", &[], when);
            if let Some((action, score)) = &self.score {
                xml.leaf("setvar", &[("varname", "SCORE"), ("action", action)], score);
            }
            if let Some(feedback) = self.feedback {
                xml.empty("displayfeedback", &[("feedbacktype", "Response"), ("linkrefid", feedback)]);
            }
        });
    }
}

/// That a response is this.
pub(super) fn equals(xml: &mut Xml, respident: &str, value: &str) {
    xml.leaf("varequal", &[("respident", respident)], value);
}

/// So many parts of 100 with two decimals, which add up to 100.
fn parts(count: usize) -> Vec<String> {
    let hundredth = |at: usize| (10_000 * (at + 1)) / count.max(1) - (10_000 * at) / count.max(1);
    (0..count).map(|at| format!("{}.{:02}", hundredth(at) / 100, hundredth(at) % 100)).collect()
}

pub(super) fn score_pairs(xml: &mut Xml, premises: &[Premise], responses: &[Labelled]) {
    for ((at, premise), part) in premises.iter().enumerate().zip(parts(premises.len())) {
        let Some(right) = responses.iter().position(|response| response.id == premise.response) else { continue };
        let (respident, value) = (format!("response_{}", nth(1, at)), nth(2, right));
        Condition { goes_on: true, score: Some(("Add", part)), feedback: None }
            .write(xml, |xml| equals(xml, &respident, &value));
        if !premise.feedback.is_empty() {
            let feedback = feedback_ident(&nth(1, at));
            Condition { goes_on: true, score: None, feedback: Some(&feedback) }
                .write(xml, |xml| xml.block("not", &[], |xml| equals(xml, &respident, &value)));
        }
    }
}

pub(super) fn score_order(xml: &mut Xml, elements: &[Labelled], right: &[String]) {
    for ((at, element), part) in elements.iter().enumerate().zip(parts(elements.len())) {
        let Some(place) = right.iter().position(|id| *id == element.id) else { continue };
        Condition { goes_on: true, score: Some(("Add", part)), feedback: None }
            .write(xml, |xml| equals(xml, &format!("response_{}", nth(1, at)), &nth(2, place)));
    }
}

pub(super) fn score_gaps(xml: &mut Xml, passage: &[Piece], list: &[String]) {
    let parts = parts(blanks(passage).count());
    for ((at, answers), part) in blanks(passage).enumerate().zip(parts) {
        // Canvas takes one word of a list as right, of what is typed any that is named.
        let most = if list.is_empty() { answers.len() } else { 1 };
        for answer in answers.iter().take(most) {
            let Some(nr) = shown(answers, list).iter().position(|word| *word == answer) else { continue };
            Condition { goes_on: true, score: Some(("Add", part.clone())), feedback: None }
                .write(xml, |xml| equals(xml, &format!("response_gap{}", at + 1), &nth(at + 1, nr)));
        }
    }
}

/// The right numbers, each with its margin: New Quizzes ask for all three comparisons, even where they are the same.
pub(super) fn score_number(xml: &mut Xml, answers: &[Accepted], number: Number) {
    let tolerance = number.tolerance;
    for value in number.right(answers) {
        let respident = [("respident", RESPONSE)];
        Condition { goes_on: false, score: Some(("Set", "100".to_owned())), feedback: None }.write(xml, |xml| {
            xml.block("or", &[], |xml| {
                xml.leaf("varequal", &respident, &decimal(value));
                xml.block("and", &[], |xml| {
                    xml.leaf("vargte", &respident, &decimal(value - tolerance));
                    xml.leaf("varlte", &respident, &decimal(value + tolerance));
                });
            });
        });
    }
}

/// The right words: a condition each. A cartridge has no `or`, and Moodle takes what stands side by side in the first condition.
pub(super) fn score_words(xml: &mut Xml, answers: &[Accepted], profile: Profile) {
    let right: Vec<&Accepted> = answers.iter().filter(|answer| answer.share == Share::ALL).collect();
    let together = if profile == Profile::Cartridge { right.len().max(1) } else { 1 };
    for some in right.chunks(together) {
        Condition { goes_on: false, score: Some(("Set", "100".to_owned())), feedback: None }
            .write(xml, |xml| some.iter().for_each(|answer| equals(xml, RESPONSE, &answer.text)));
    }
}
