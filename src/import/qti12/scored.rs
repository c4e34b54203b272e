//! Response processing: which answers earn points, and what is said to which.

use super::texts;
use crate::exchange::xml::Node;

/// A condition: what it asks for, what it gives, what it says.
struct Condition {
    /// Response, answer, and whether it is asked that this be not the answer.
    asked: Vec<(String, String, bool)>,
    /// Bounds of a number: at least, at most.
    least: Option<f64>,
    most: Option<f64>,
    /// Whether only a part of the answer is asked for.
    partly: bool,
    score: f64,
    feedback: Vec<String>,
}

/// The conditions of an item.
pub(super) struct Scored {
    conditions: Vec<Condition>,
    /// Feedback by ident, HTML.
    said: Vec<(String, String)>,
}

/// A number that earns points: it, and how far off is right as well.
pub(super) type Margin = (f64, f64);

impl Scored {
    pub fn of(item: &Node) -> Scored {
        let conditions = item.below("respcondition").into_iter().map(condition).collect();
        let said = item.below("itemfeedback").into_iter();
        let said = said.map(|node| (node.attribute("ident").unwrap_or_default().to_owned(), texts::html(node)));
        Scored { conditions, said: said.filter(|(_, html)| !html.trim().is_empty()).collect() }
    }

    /// The most that a condition gives.
    fn most(&self) -> f64 {
        self.conditions.iter().map(|condition| condition.score).fold(0.0, f64::max)
    }

    /// Answers of a response that earn points, with what they earn of the most that one does; each once.
    pub fn keys(&self, response: &str) -> Vec<(String, f64)> {
        let mut keys: Vec<(String, f64)> = Vec::new();
        let most = self.most();
        for condition in self.conditions.iter().filter(|condition| condition.score > 0.0) {
            for (of, answer, not) in &condition.asked {
                if of == response && !not && !keys.iter().any(|(known, _)| known == answer) {
                    keys.push((answer.clone(), condition.score / most));
                }
            }
        }
        keys
    }

    /// Whether answers of a response that earn points are asked for in part alone.
    pub fn is_partly(&self) -> bool {
        self.conditions.iter().any(|condition| condition.partly && condition.score > 0.0)
    }

    /// Numbers that earn points.
    pub fn numbers(&self) -> Vec<Margin> {
        let of = |condition: &Condition| {
            let exact = condition.asked.iter().find_map(|(_, answer, not)| (!not).then(|| number(answer))?);
            Some(match (exact, condition.least, condition.most) {
                (Some(exact), least, most) => {
                    let off = [least.map(|least| exact - least), most.map(|most| most - exact)];
                    (exact, off.into_iter().flatten().fold(0.0, f64::max))
                }
                (None, Some(least), Some(most)) if least <= most => (f64::midpoint(least, most), (most - least) / 2.0),
                _ => return None,
            })
        };
        self.conditions.iter().filter(|condition| condition.score > 0.0).filter_map(of).collect()
    }

    /// What is said to an answer, HTML; may be empty. `wrong`: what is said where it is not given.
    pub fn to(&self, response: &str, answer: &str, wrong: bool) -> &str {
        let is_of = |condition: &&Condition| {
            let asked = |(of, known, not): &(String, String, bool)| of == response && known == answer && *not == wrong;
            condition.asked.len() == 1 && condition.asked.iter().any(asked) && !condition.feedback.is_empty()
        };
        let idents = self.conditions.iter().filter(is_of).flat_map(|condition| &condition.feedback);
        let own = idents.filter(|ident| !is_general(ident)).find_map(|ident| self.feedback(ident));
        // Canvas names what it says after the answer, whatever the condition.
        own.or_else(|| self.feedback(&format!("{answer}_fb"))).unwrap_or_default()
    }

    /// Feedback by its ident.
    pub fn feedback(&self, ident: &str) -> Option<&str> {
        self.said.iter().find(|(known, _)| known == ident).map(|(_, html)| html.as_str())
    }
}

/// What is said to everyone, or to all that are right or wrong.
fn is_general(ident: &str) -> bool {
    matches!(ident, "general_fb" | "correct_fb" | "general_incorrect_fb" | "correct" | "incorrect")
}

fn condition(node: &Node) -> Condition {
    let mut condition =
        Condition { asked: Vec::new(), least: None, most: None, partly: false, score: 0.0, feedback: Vec::new() };
    if let Some(when) = node.first("conditionvar") {
        condition.ask(when, false);
    }
    // Blackboard gives `SCORE.max`.
    let points = |node: &Node| {
        let is = |name: &str, word: &str| node.attribute(name).is_some_and(|v| v.trim().eq_ignore_ascii_case(word));
        // Brightspace counts wrong answers as well; others take points off.
        if is("action", "subtract") || is("varname", "D2L_Incorrect") {
            return None;
        }
        let words = node.words();
        if words.trim().ends_with(".max") { Some(100.0) } else { number(&words) }
    };
    condition.score = node.all("setvar").filter_map(points).fold(0.0, f64::max);
    condition.feedback =
        node.all("displayfeedback").filter_map(|said| said.attribute("linkrefid")).map(str::to_owned).collect();
    condition
}

impl Condition {
    /// The reader of XML has seen to it that this is not deep.
    fn ask(&mut self, node: &Node, not: bool) {
        for child in node.nodes() {
            let of = || child.attribute("respident").unwrap_or_default().to_owned();
            match child.name.as_str() {
                "varequal" | "varsubset" => self.asked.push((of(), child.words().trim().to_owned(), not)),
                "varsubstring" => {
                    self.partly = true;
                    self.asked.push((of(), child.words().trim().to_owned(), not));
                }
                "vargte" | "vargt" => self.least = number(&child.words()),
                "varlte" | "varlt" => self.most = number(&child.words()),
                "not" => self.ask(child, !not),
                _ => self.ask(child, not),
            }
        }
    }
}

/// A number; a comma before three digits parts thousands, any other is a decimal one.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_three = |part: &str| part.split('.').next().is_some_and(|digits| digits.len() == 3);
    let is_grouped = !text.starts_with('0') && text.split(',').skip(1).all(is_three);
    let plain = text.replace(',', if is_grouped { "" } else { "." });
    plain.parse::<f64>().ok().filter(|number| number.is_finite())
}
