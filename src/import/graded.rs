//! Answers with the percent that they earn, as Moodle’s formats have them → the interactions of the common model, and what
//! that changes.

use std::collections::{BTreeMap, BTreeSet};

use super::exercise::{exercise, note, points};
use super::page::{Asked, Told};
use super::{Entry, Question, kind_of};
use crate::bank::Kind;
use crate::exchange::{
    Accepted, Alternative, ChoiceSort, Exercise, HotPassage, HotSentence, Interaction, Labelled, Number, Piece,
    Premise, Share, letter,
};

/// An answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Answer {
    /// Authored text; of what is typed: words.
    pub text: String,
    /// Of the question’s points.
    pub percent: f64,
    /// Authored text.
    pub feedback: String,
}

/// A question but for its interaction.
pub(super) struct Head {
    pub id: String,
    pub tags: Vec<String>,
    pub hints: Vec<String>,
    /// As the file has them, if it does.
    pub points: Option<f64>,
    pub asked: Asked,
    pub told: Told,
    pub changed: Vec<String>,
}

impl Head {
    /// The word of a field among the tags: `kind:matching`.
    fn tagged(&self, field: &str) -> Option<&str> {
        self.tags.iter().find_map(|tag| tag.strip_prefix(field)?.strip_prefix(':'))
    }

    /// The kind that an export wrote.
    pub fn kind(&self) -> Option<Kind> {
        self.tagged("kind").and_then(|word| word.parse().ok())
    }

    /// The question with its interaction; `before` is the question before it, from which it may hang.
    pub fn question(self, interaction: Interaction, before: Option<&Entry>) -> Question {
        let kind = self.kind().unwrap_or_else(|| kind_of(&interaction));
        let mut changed = self.changed;
        self.asked.changed.into_iter().chain(self.told.changed).for_each(|what| note(&mut changed, what));
        // One is what the programs write where nobody said anything.
        let given = self.points.filter(|points| (points - 1.0).abs() > 1e-6);
        let points = points(given, &interaction, &mut changed);
        let exercise = Exercise {
            gate: gate(&self.id, kind, before),
            kind,
            points,
            explanation: self.told.explanation,
            evidence: self.told.evidence,
            hints: self.hints,
            tags: self.tags,
            ..exercise(self.id, self.asked.stem, interaction)
        };
        Question { exercise, picture: None, changed }
    }
}

/// The second part of an answer with its evidence follows the first: `x`, `x--b`; on a sheet `x-form-a`, `x--b-form-a`.
fn gate(id: &str, kind: Kind, before: Option<&Entry>) -> Option<String> {
    let Some(Entry::Question(before)) = before.filter(|_| kind == Kind::PairedEvidence) else { return None };
    let first = &before.exercise.id;
    let second = match first.rsplit_once("-form-") {
        Some((item, form)) => format!("{item}--b-form-{form}"),
        None => format!("{first}--b"),
    };
    (second == id).then(|| first.clone())
}

/// A choice; sentences to be marked, where an export wrote them as options. What cannot be a choice: why, as a sentence's end.
pub(super) fn choice(answers: &[Answer], single: bool, shuffle: bool, head: &mut Head) -> Result<Interaction, String> {
    if answers.len() < 2 {
        return Err("it has fewer than two options".to_owned());
    }
    let earns_all = |answer: &Answer| answer.percent > 99.99;
    let right: Vec<bool> = if single && answers.iter().filter(|answer| earns_all(answer)).count() > 1 {
        // Each of them would do there. On paper that is a choice of several.
        head.changed.push("several of its options are right, so all of them are asked for".to_owned());
        answers.iter().map(earns_all).collect()
    } else if single {
        let most = answers.iter().map(|answer| answer.percent).fold(0.0, f64::max);
        if most > 0.0 && most < 99.99 {
            head.changed.push(format!("its best option earned {most} % and is the right one here"));
        }
        let mut found = false;
        answers
            .iter()
            .map(|answer| answer.percent > 0.0 && answer.percent >= most && !std::mem::replace(&mut found, true))
            .collect()
    } else {
        answers.iter().map(|answer| answer.percent > 0.0).collect()
    };
    let count = right.iter().filter(|right| **right).count();
    if count == 0 || count == answers.len() {
        return Err(format!("{} of its options is right", if count == 0 { "none" } else { "every one" }));
    }
    let whole = u32::try_from(count).unwrap_or(u32::MAX);
    if let Some(passages) = sentences(answers, &right, whole).filter(|_| head.kind() == Some(Kind::EvidenceFinding)) {
        return Ok(Interaction::HotText { passages, choose: whole });
    }
    let several = whole > 1;
    if single {
        let near = answers.iter().zip(&right).filter(|(answer, right)| !**right && answer.percent > 0.0).count();
        if near > 0 {
            head.changed.push("an option that earned a part of the points is a wrong one here".to_owned());
        }
    } else {
        uneven(answers, whole, head);
    }
    let options = answers.iter().zip(&right).enumerate().map(|(at, (answer, right))| Alternative {
        id: letter(at),
        text: answer.text.clone(),
        right: *right,
        share: match (*right, several) {
            (true, _) => Share { of: 1, whole },
            (false, true) => Share { of: -1, whole },
            (false, false) => Share::NOTHING,
        },
        feedback: answer.feedback.clone(),
        fixed: false,
    });
    let sort = if several { ChoiceSort::Several(whole) } else { ChoiceSort::Single };
    Ok(Interaction::Choice { options: options.collect(), sort, shuffle })
}

/// What several answers earned there that they do not earn here.
fn uneven(answers: &[Answer], whole: u32, head: &mut Head) {
    let sum: f64 = answers.iter().map(|answer| answer.percent).filter(|percent| *percent > 0.0).sum();
    let each = 100.0 / f64::from(whole);
    let counted: Vec<&Answer> = answers.iter().filter(|answer| answer.percent > 0.0).collect();
    if whole == 1 {
        head.changed.push("several could be ticked, and one is right: it is a single choice here".to_owned());
    } else if (sum - 100.0).abs() > 0.1 {
        head.changed.push(format!("its right options earned {sum} % together; here each earns a point"));
    } else if counted.iter().any(|answer| (answer.percent - each).abs() > 0.1) {
        head.changed.push("its right options counted unequally; here each earns a point".to_owned());
    }
    if whole > 1 && answers.iter().any(|answer| answer.percent == 0.0) {
        head.changed.push("a wrong tick cost nothing; here it takes a point off".to_owned());
    }
}

/// Options as sentences with their places, if each has one.
fn sentences(answers: &[Answer], right: &[bool], choose: u32) -> Option<Vec<HotPassage>> {
    let mut passages: Vec<HotPassage> = Vec::new();
    for (answer, right) in answers.iter().zip(right) {
        let (place, words) = answer.text.split_once(' ').filter(|(place, _)| place.starts_with('¶'))?;
        if passages.last().is_none_or(|last| last.place != place) {
            passages.push(HotPassage { place: place.to_owned(), sentences: Vec::new() });
        }
        let passage = passages.last_mut()?;
        let number = passage.sentences.len() + 1;
        passage.sentences.push(HotSentence {
            id: format!("{}s{number}", place.replace('¶', "p")),
            words: crate::exchange::inline::plain(words),
            share: if *right { Share { of: 1, whole: choose } } else { Share::NOTHING },
            feedback: answer.feedback.clone(),
        });
    }
    (!passages.is_empty()).then_some(passages)
}

/// True or false, with what is said to each.
pub(super) fn judged(is_true: bool, [when_true, when_false]: [String; 2]) -> Interaction {
    let option = |at: usize, text: &str, right: bool, feedback: String| Alternative {
        id: letter(at),
        text: text.to_owned(),
        right,
        share: if right { Share::ALL } else { Share::NOTHING },
        feedback,
        fixed: true,
    };
    let options = vec![option(0, "True", is_true, when_true), option(1, "False", !is_true, when_false)];
    Interaction::Choice { options, sort: ChoiceSort::TrueFalse, shuffle: false }
}

/// What is typed. A star alone, which takes every answer, is left out; a part of the points becomes none.
pub(super) fn entry(answers: &[Answer], tolerance: f64, unit: String, head: &mut Head) -> Option<Interaction> {
    let mut accepted = Vec::new();
    for answer in answers {
        let words = answer.text.trim();
        if words == "*" || words.is_empty() {
            if !answer.feedback.is_empty() {
                head.changed.push("what was said to every other answer was left out".to_owned());
            }
            continue;
        }
        if words.replace("\\*", "").contains('*') {
            head.changed.push("a star that stood for any words is a star here".to_owned());
        }
        let right = answer.percent > 99.0;
        if !right && answer.percent > 0.0 {
            head.changed.push("an answer that earned a part of the points is a wrong one here".to_owned());
        }
        accepted.push(Accepted {
            text: words.replace("\\*", "*"),
            share: if right { Share::ALL } else { Share::NOTHING },
            feedback: answer.feedback.clone(),
        });
    }
    let first = accepted.iter().find(|answer| answer.share == Share::ALL)?;
    let number = first.text.parse::<f64>().ok().filter(|value| value.is_finite());
    let number = number.map(|value| Number { value, tolerance });
    Some(Interaction::Entry { answers: accepted, number, unit })
}

/// Pairs; a response without a premise belongs to none. Where an export wrote an order as places it is an order again.
pub(super) fn matching(pairs: &[(String, String)], shuffle: bool, head: &mut Head) -> Option<Interaction> {
    let mut responses: Vec<Labelled> = Vec::new();
    let mut premises: Vec<Premise> = Vec::new();
    let mut known: BTreeMap<&String, String> = BTreeMap::new();
    for (premise, response) in pairs {
        if response.is_empty() {
            head.changed.push("a premise without its response was left out".to_owned());
            continue;
        }
        let id = known.entry(response).or_insert_with(|| {
            let id = letter(responses.len());
            responses.push(Labelled { id: id.clone(), text: response.clone() });
            id
        });
        let id = id.clone();
        if !premise.is_empty() {
            let feedback = head.told.reasons.get(premises.len()).cloned().unwrap_or_default();
            let label = letter(premises.len()).to_lowercase();
            premises.push(Premise { id: label, text: premise.clone(), response: id, feedback });
        }
    }
    if premises.is_empty() {
        return None;
    }
    if head.kind() == Some(Kind::Ordering)
        && let Some(interaction) = order(&premises, &responses, &head.asked.by)
    {
        return Some(interaction);
    }
    let mut served = BTreeSet::new();
    let twice = !premises.iter().all(|premise| served.insert(&premise.response));
    let reuse = twice || head.kind() == Some(Kind::Attribution);
    let heads = std::mem::take(&mut head.asked.heads);
    Some(Interaction::Matching { heads, premises, responses, shuffle, reuse })
}

/// Steps and the number of the place of each.
fn order(premises: &[Premise], responses: &[Labelled], by: &str) -> Option<Interaction> {
    let place = |premise: &Premise| {
        let response = responses.iter().find(|response| response.id == premise.response)?;
        response.text.parse::<usize>().ok()
    };
    let mut placed: Vec<(usize, Labelled)> = Vec::new();
    for (at, premise) in premises.iter().enumerate() {
        placed.push((place(premise)?, Labelled { id: letter(at), text: premise.text.clone() }));
    }
    let elements = placed.iter().map(|(_, element)| element.clone()).collect();
    placed.sort_by_key(|(place, _)| *place);
    let right = placed.into_iter().map(|(_, element)| element.id).collect();
    Some(Interaction::Ordering { elements, right, by: by.to_owned() })
}

/// Elements that the file has in their right order.
pub(super) fn ordered(texts: Vec<String>, by: String) -> Option<Interaction> {
    let elements: Vec<Labelled> =
        texts.into_iter().enumerate().map(|(at, text)| Labelled { id: letter(at), text }).collect();
    let right = elements.iter().map(|element| element.id.clone()).collect();
    (elements.len() > 1).then_some(Interaction::Ordering { elements, right, by })
}

/// The list of words of a passage: each option as often as it fills a gap, or once.
pub(super) fn word_list(passage: &[Piece], options: &[String]) -> Vec<String> {
    let mut each: Vec<&String> = Vec::new();
    for option in options {
        if !each.contains(&option) {
            each.push(option);
        }
    }
    let filled = |option: &String| {
        passage.iter().filter(|piece| matches!(piece, Piece::Gap(answers) if answers.first() == Some(option))).count()
    };
    each.into_iter().flat_map(|option| std::iter::repeat_n(option.clone(), filled(option).max(1))).collect()
}
