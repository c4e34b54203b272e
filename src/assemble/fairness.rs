//! A form's figures: points, minutes, spread, key positions, and the mark that guessing would bring.

use super::arrange::longest_run;
use super::{Job, limits};
use crate::bank::{Difficulty, Item, Segment, Skill, Task};
use crate::sheet::{Fairness, Paper};

/// The figures of a form whose keys stand at `positions` (position, number of options).
pub(super) fn of(job: Job<'_>, paper: &Paper, positions: &[(usize, usize)]) -> Fairness {
    let items: Vec<&Item> = paper.questions().filter_map(|q| job.bank.item(&q.item)).collect();
    let points: u32 = items.iter().map(|item| item.points).sum();
    let letters: Vec<usize> = positions.iter().map(|(at, _)| *at).collect();
    let most = positions.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let points_where =
        |matches: &dyn Fn(&Item) -> bool| items.iter().filter(|i| matches(i)).map(|i| i.points).sum::<u32>();
    Fairness {
        points,
        tenths_of_minutes: items.iter().map(|item| item.tenths_of_minutes).sum(),
        estimate: items.iter().map(|item| item.estimate * item.points).sum::<u32>() / points.max(1),
        guessing: (items.iter().map(|item| guess(item)).sum::<f64>() * 100.0).round() as u32,
        words: items.iter().map(|item| words_of(item)).sum(),
        skills: Skill::ALL
            .iter()
            .map(|skill| (skill.to_string(), points_where(&|item| item.skills.contains(skill))))
            .filter(|(_, points)| *points > 0)
            .collect(),
        dok: [1, 2, 3, 4].map(|dok| points_where(&|item| item.dok == dok)),
        difficulty: [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard]
            .map(|band| items.iter().filter(|item| item.difficulty == band).count() as u32),
        paragraphs: job
            .letter
            .paragraphs
            .iter()
            .map(|p| (p.number, items.iter().filter(|item| item.paragraphs().any(|n| n == p.number)).count() as u32))
            .filter(|(_, count)| *count > 0)
            .collect(),
        sections: job
            .letter
            .about
            .sections
            .iter()
            .enumerate()
            .map(|(at, section)| (section.id.clone(), points_where(&|item| item.section == at)))
            .filter(|(_, points)| *points > 0)
            .collect(),
        histogram: (0..most)
            .map(|at| (char::from(b'A' + at as u8).to_string(), letters.iter().filter(|l| **l == at).count() as u32))
            .collect(),
        longest_run: longest_run(&letters) as u32,
        longest_shortest: limits::longest_shortest(items.iter().copied()),
        anchors: Vec::new(),
        unmet: Vec::new(),
    }
}

/// Points that blind guessing brings on average, by the scoring rules of teaching.md §2.2.
fn guess(item: &Item) -> f64 {
    match &item.task {
        Task::SingleChoice { distractors, .. } | Task::Vocabulary { distractors, .. } => {
            1.0 / (distractors.len() + 1) as f64
        }
        Task::MultipleSelect { keys, distractors, .. } => plus_minus(keys.len(), keys.len() + distractors.len()),
        Task::TrueFalse { .. } => 0.5,
        Task::StatementCheck { .. } => 1.0 / 3.0,
        Task::Matching { pairs, extra, .. } => pairs.len() as f64 / (pairs.len() + extra.len()) as f64,
        Task::Attribution { speakers, statements } => statements.len() as f64 / speakers.len().max(1) as f64,
        // A given element follows on a given other in one of n random orders.
        Task::Ordering { elements, .. } => (elements.len() - 1) as f64 / elements.len() as f64,
        Task::Cloze { passage, extra_words, .. } => {
            let blanks = passage.iter().filter(|s| matches!(s, Segment::Blank(_))).count();
            blanks as f64 / (blanks + extra_words.len()) as f64
        }
        Task::PairedEvidence { distractors, .. } => {
            let chance = 1.0 / (distractors.len() + 1) as f64;
            chance + chance * chance
        }
        Task::Numeric { .. }
        | Task::ShortAnswer { .. }
        | Task::EvidenceFinding { .. }
        | Task::Essay { .. }
        | Task::Organizer { .. }
        | Task::Discussion { .. } => 0.0,
    }
}

/// Mean of max(0, right − wrong) where `keys` of `options` are chosen at random (hypergeometric).
fn plus_minus(keys: usize, options: usize) -> f64 {
    let choose = |n: usize, k: usize| -> f64 {
        if k > n { 0.0 } else { (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product() }
    };
    (0..=keys)
        .map(|right| {
            let wrong = keys - right;
            choose(keys, right) * choose(options - keys, wrong) / choose(options, keys)
                * right.saturating_sub(wrong) as f64
        })
        .sum()
}

/// Words that a pupil reads in an item.
pub(super) fn words_of(item: &Item) -> u32 {
    let mut texts: Vec<&str> = vec![&item.stem];
    match &item.task {
        Task::SingleChoice { key, distractors, .. } | Task::Vocabulary { key, distractors, .. } => {
            texts.push(&key.text);
            texts.extend(distractors.iter().map(|d| d.text.as_str()));
        }
        Task::MultipleSelect { keys, distractors, .. } => {
            texts.extend(keys.iter().chain(distractors).map(|c| c.text.as_str()))
        }
        Task::PairedEvidence { key, distractors, part_b } => {
            texts.push(part_b);
            texts.extend(std::iter::once(key).chain(distractors).flat_map(|(c, q)| [c.text.as_str(), q.text.as_str()]));
        }
        Task::Matching { pairs, extra, .. } => {
            texts.extend(pairs.iter().flat_map(|p| [p.premise.as_str(), p.response.as_str()]));
            texts.extend(extra.iter().map(|e| e.text.as_str()));
        }
        Task::Attribution { speakers, statements } => {
            texts.extend(speakers.iter().map(|s| s.text.as_str()));
            texts.extend(statements.iter().map(|s| s.text.as_str()));
        }
        Task::Ordering { elements, .. } => texts.extend(elements.iter().map(|e| e.text.as_str())),
        Task::Cloze { passage, extra_words, .. } => {
            texts.extend(passage.iter().map(|segment| match segment {
                Segment::Text(text) => text.as_str(),
                Segment::Blank(answers) => answers.first().map_or("", String::as_str),
            }));
            texts.extend(extra_words.iter().map(String::as_str));
        }
        Task::Organizer { rows, .. } => texts.extend(rows.iter().map(|r| r.prompt.as_str())),
        Task::Essay { rubric, .. } => texts.extend(rubric.iter().map(|c| c.earns.as_str())),
        Task::Discussion { follow_ups, .. } => texts.extend(follow_ups.iter().map(String::as_str)),
        Task::TrueFalse { .. }
        | Task::StatementCheck { .. }
        | Task::Numeric { .. }
        | Task::ShortAnswer { .. }
        | Task::EvidenceFinding { .. } => {}
    }
    texts.iter().map(|text| text.replace('—', " ").split_whitespace().count() as u32).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_three_of_six_by_plus_minus_brings_a_fifth() {
        // teaching.md §2.4: 0.20 of the points for "choose 3 of 6".
        assert!((plus_minus(3, 6) / 3.0 - 0.2).abs() < 0.001);
    }
}
