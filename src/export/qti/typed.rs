//! Interactions in which something is typed or written: gaps, numbers, text.

use super::asked::{Asked, Part, Scoring, bounds, correct, declaration, earned, outcome};
use super::rules::{add, base, is_answered, mapped, number, set, variable, when};
use super::tree::{Element, html, qti};
use crate::exchange::inline::xhtml;
use crate::exchange::{Accepted, Number, Piece, Share, as_number, each_once};

/// Points for each of some words that are typed, whatever their capitals; no word twice.
fn typed<'a>(points: f64, words: impl IntoIterator<Item = (&'a str, Share)>) -> Element {
    let mut seen: Vec<String> = Vec::new();
    let mut entries = Vec::new();
    for (word, share) in words {
        let folded = word.to_lowercase();
        if !seen.contains(&folded) {
            seen.push(folded);
            let entry = qti("mapEntry").with("mapKey", word).with("mappedValue", number(earned(share, points)));
            entries.push(entry.with("caseSensitive", "false"));
        }
    }
    bounds(points).hold(entries)
}

pub(super) fn written(response: &str, prompt: &str, lines: u32) -> Element {
    let prompt = qti("prompt").markup(prompt);
    let interaction = qti("extendedTextInteraction").with("responseIdentifier", response);
    interaction.with("expectedLines", lines.max(1).to_string()).hold([prompt])
}

/// Room for words of so many letters that does not tell their number.
fn roomy(letters: usize) -> String {
    (letters.max(1).div_ceil(10) * 10).to_string()
}

impl Part<'_> {
    pub(super) fn gaps(&self, passage: &[Piece], words: &[String]) -> Asked {
        let gaps = passage.iter().filter(|piece| matches!(piece, Piece::Gap(_))).count();
        let each = self.points() / f64::from(u32::try_from(gaps.max(1)).unwrap_or(1));
        let listed = each_once(words);
        let id = |word: &String| listed.iter().position(|known| *known == word).map(|at| format!("word-{}", at + 1));
        let mut asked = self.nothing(Vec::new());
        let mut shown = html("p").with("class", "passage");
        let mut rules = Vec::new();
        let mut at = 0;
        for piece in passage {
            let answers = match piece {
                Piece::Text(text) => {
                    shown = shown.markup(xhtml(text));
                    continue;
                }
                Piece::Gap(answers) => answers,
            };
            at += 1;
            let response = format!("{}_{at}", self.response);
            let (declared, interaction) = if words.is_empty() {
                let declared = declaration(&response, "single", "string")
                    .hold([correct(answers.first().map(String::as_str))])
                    .hold([typed(each, answers.iter().map(|answer| (answer.as_str(), Share::ALL)))]);
                let longest = answers.iter().map(|answer| answer.chars().count()).max().unwrap_or(0);
                (declared, qti("textEntryInteraction").with("expectedLength", roomy(longest)))
            } else {
                let right: Vec<String> = answers.iter().filter_map(id).collect();
                let entries =
                    right.iter().map(|id| qti("mapEntry").with("mapKey", id).with("mappedValue", number(each)));
                let map = qti("mapping").with("defaultValue", "0").hold(entries);
                let declared = declaration(&response, "single", "identifier")
                    .hold([correct(right.first().map(String::as_str))])
                    .hold([map]);
                let choice =
                    |word: &String| qti("inlineChoice").with("identifier", id(word).unwrap_or_default()).words(word);
                (
                    declared,
                    qti("inlineChoiceInteraction").with("shuffle", "false").hold(listed.iter().copied().map(choice)),
                )
            };
            asked.responses.push(declared);
            shown = shown.hold([interaction.with("responseIdentifier", &response)]);
            rules.push(when(is_answered(&response), [add(mapped(&response))]));
        }
        asked.body.push(shown);
        Asked { scoring: Scoring::Rules(rules), ..asked }
    }

    pub(super) fn entry(&self, answers: &[Accepted], expected: Option<Number>, unit: &str) -> Asked {
        let right = answers.iter().filter(|answer| answer.share.of > 0);
        let first = right.clone().next().map(|answer| answer.text.as_str());
        let near = expected.filter(|number| number.tolerance > 0.0);
        let kind = if near.is_some() { "float" } else { "string" };
        let mut declared = declaration(&self.response, "single", kind).hold([correct(first)]);
        let scoring = match near {
            // Numbers are compared, each with its margin; words for them have no place there.
            Some(near) => {
                let tolerance = number(near.tolerance);
                let equal = |value: f64| {
                    qti("equal")
                        .with("toleranceMode", "absolute")
                        .with("tolerance", format!("{tolerance} {tolerance}"))
                        .hold([variable(&self.response), base("float", number(value))])
                };
                let any = qti("or").hold(near.right(answers).into_iter().map(equal));
                Scoring::Rules(vec![when(any, [add(base("float", number(self.points())))])])
            }
            None => {
                declared = declared.hold([typed(self.points(), right.map(|a| (a.text.as_str(), a.share)))]);
                Scoring::Rules(vec![when(is_answered(&self.response), [add(mapped(&self.response))])])
            }
        };
        let mut asked = self.nothing(Vec::new());
        let is_said = |answer: &&Accepted| near.is_none() || as_number(&answer.text).is_some();
        let told = answers.iter().filter(|answer| !answer.feedback.is_empty()).filter(is_said);
        let told: Vec<(String, &Accepted)> =
            (1..).zip(told).map(|(at, answer): (usize, _)| (format!("answer-{at}"), answer)).collect();
        let mut rules = Vec::new();
        for (name, answer) in &told {
            let said = if near.is_some() {
                qti("equal").with("toleranceMode", "exact").hold([
                    variable(&self.response),
                    base("float", as_number(&answer.text).map(number).unwrap_or_default()),
                ])
            } else {
                let same = qti("stringMatch").with("caseSensitive", "false");
                same.hold([variable(&self.response), base("string", &answer.text)])
            };
            rules.push(when(said, [set(&self.feedback, base("identifier", name))]));
        }
        if !told.is_empty() {
            asked.telling.push(when(is_answered(&self.response), rules));
            asked.outcomes.push(outcome(&self.feedback, "single", "identifier"));
        }
        let longest = answers.iter().map(|answer| answer.text.chars().count()).max().unwrap_or(0);
        let interaction = qti("textEntryInteraction")
            .with("expectedLength", roomy(longest))
            .with("responseIdentifier", &self.response);
        let mut shown = html("p").with("class", "entry").hold([interaction]);
        if !unit.is_empty() {
            shown = shown.words(" ").hold([html("span").with("class", "unit").words(unit)]);
        }
        for (name, answer) in &told {
            shown = self.with_told(shown, name, &answer.feedback);
        }
        asked.body.push(shown);
        Asked { responses: vec![declared], scoring, ..asked }
    }

    pub(super) fn written(&self, lines: u32, shown: Vec<Element>) -> Asked {
        let mut asked = self.telling(false, "", qti("null"));
        asked.responses = vec![declaration(&self.response, "single", "string")];
        asked.body = shown;
        asked.body.push(written(&self.response, &xhtml(&self.exercise.stem), lines));
        asked.scoring = Scoring::Human;
        asked
    }
}
