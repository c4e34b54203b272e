//! An exercise as choices or single entries alone, for programs that know nothing else.

use super::inline::joined;
use super::{Accepted, Alternative, ChoiceSort, Exercise, Interaction, Labelled, Piece, Share, blanks, each_once};

/// What an exercise becomes where choices are all that a program has.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// The choices, in order; ids are the exercise's with `--1`, `--2` … of what is split.
    pub exercises: Vec<Exercise>,
    /// What that costs, as [`Exercise::lost`] has it.
    pub lost: Vec<String>,
}

/// The exercise as choices: a choice as it is; a choice for each premise of a matching and each gap that has a list of words; the
/// sentences of a text as options. `None` for what is typed, ordered or written.
pub fn choices(exercise: &Exercise) -> Option<Split> {
    match &exercise.interaction {
        Interaction::Choice { .. } => Some(Split { exercises: vec![exercise.clone()], lost: Vec::new() }),
        Interaction::Matching { premises, responses, .. } => {
            let of = premises.iter().map(|premise| {
                let stem = joined(&[&exercise.stem, &format!("**{}**", premise.text)]);
                // The reason is that of the pair: it is told with the explanation.
                let options = options(responses, |id, _| *id == premise.response);
                (stem, single(options), premise.feedback.clone())
            });
            Some(several(exercise, of, "each pair is a question of its own"))
        }
        Interaction::Gaps { passage, words } if !words.is_empty() => {
            let list: Vec<Labelled> = each_once(words)
                .into_iter()
                .enumerate()
                .map(|(at, word)| Labelled { id: letter(at), text: word.clone() })
                .collect();
            let of = blanks(passage).enumerate().map(|(at, answers)| {
                let stem = joined(&[&exercise.stem, &with_gap(passage, at)]);
                let options = options(&list, |_, text| answers.iter().any(|answer| answer == text));
                (stem, single(options), String::new())
            });
            Some(several(exercise, of, "each blank is a question of its own"))
        }
        Interaction::HotText { passages, choose } => {
            let sentences = passages.iter().flat_map(|passage| &passage.sentences);
            let options: Vec<Alternative> = sentences
                .enumerate()
                .map(|(at, sentence)| Alternative {
                    id: letter(at),
                    text: super::inline::as_markup(&sentence.words),
                    // A sentence that comes near has half of what a right one has.
                    right: sentence.is_right(*choose),
                    share: match sentence.share {
                        Share { of: 0, .. } if *choose > 1 => Share { of: -1, whole: *choose },
                        share => share,
                    },
                    feedback: sentence.feedback.clone(),
                    fixed: true,
                })
                .collect();
            let sort = if *choose == 1 { ChoiceSort::Single } else { ChoiceSort::Several(*choose) };
            let interaction = Interaction::Choice { options, sort, shuffle: false };
            let lost = vec!["the sentences of the text are options".to_owned()];
            Some(Split { exercises: vec![Exercise { interaction, ..exercise.clone() }], lost })
        }
        Interaction::Ordering { .. }
        | Interaction::Gaps { .. }
        | Interaction::Entry { .. }
        | Interaction::Extended { .. }
        | Interaction::Talk { .. } => None,
    }
}

/// Gaps without a list as entries, one a gap. `None` for anything else.
pub fn entries(exercise: &Exercise) -> Option<Split> {
    let Interaction::Gaps { passage, words } = &exercise.interaction else { return None };
    if !words.is_empty() {
        return None;
    }
    let of = blanks(passage).enumerate().map(|(at, answers)| {
        let stem = joined(&[&exercise.stem, &with_gap(passage, at)]);
        let accepted = |text: &String| Accepted { text: text.clone(), share: Share::ALL, feedback: String::new() };
        let answers = answers.iter().map(accepted).collect();
        (stem, Interaction::Entry { answers, number: None, unit: String::new() }, String::new())
    });
    Some(several(exercise, of, "each blank is a question of its own"))
}

fn single(options: Vec<Alternative>) -> Interaction {
    Interaction::Choice { options, sort: ChoiceSort::Single, shuffle: false }
}

fn several(exercise: &Exercise, of: impl Iterator<Item = (String, Interaction, String)>, lost: &str) -> Split {
    let exercises = of.enumerate().map(|(at, (stem, interaction, feedback))| Exercise {
        // No item's id has two hyphens in a row: it is nobody else's.
        id: format!("{}--{}", exercise.id, at + 1),
        stem,
        points: 1,
        interaction,
        explanation: joined(&[&feedback, &exercise.explanation]),
        ..exercise.clone()
    });
    Split { exercises: exercises.collect(), lost: vec![lost.to_owned()] }
}

fn options(list: &[Labelled], right: impl Fn(&String, &String) -> bool) -> Vec<Alternative> {
    list.iter()
        .map(|entry| {
            let right = right(&entry.id, &entry.text);
            let share = if right { Share::ALL } else { Share::NOTHING };
            let (id, text) = (entry.id.clone(), entry.text.clone());
            Alternative { id, text, right, share, feedback: String::new(), fixed: false }
        })
        .collect()
}

/// The passage with one gap as a blank; in place of the others stand dots.
fn with_gap(passage: &[Piece], asked: usize) -> String {
    let mut number = 0;
    let mut out = String::new();
    for piece in passage {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Gap(_) => {
                out.push_str(if number == asked { "____" } else { "[…]" });
                number += 1;
            }
        }
    }
    out
}

/// The label of a place in a list, from 0: A … Z, then AA, AB …
pub fn letter(at: usize) -> String {
    let nth = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    if at < 26 { nth(at).to_string() } else { format!("{}{}", nth(at / 26 - 1), nth(at)) }
}
