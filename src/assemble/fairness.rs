//! A form's figures: points, minutes, spread, key positions, and the mark that guessing would bring.

use super::arrange::longest_run;
use super::{Job, limits};
use crate::bank::{Difficulty, Item, Segment, Skill, Task};
use crate::sheet::Fairness;

/// The figures of a form of these items (by index in the bank) whose keys stand at `positions` (position, number of options),
/// but for its words, which are counted once for all forms.
pub(super) fn of(job: Job<'_>, items: &[usize], positions: &[(usize, usize)]) -> Fairness {
    let items: Vec<&Item> = items.iter().filter_map(|at| job.bank.items.get(*at)).collect();
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
        words: 0,
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
    item.shown().iter().map(|text| text.replace('—', " ").split_whitespace().count() as u32).sum()
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
