//! The part of a question’s points that an option earns, among the parts that Moodle knows: it refuses a file with any other
//! (`question_bank::fraction_options_full`).

use super::{ChoiceSort, Held, Share};
use crate::exchange::Alternative;

/// Percent that Moodle takes, less than nothing as well.
const KNOWN: [&str; 21] = [
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20", "16.66667",
    "14.28571", "12.5", "11.11111", "10", "5", "0",
];

/// What each option earns. The right ones of several earn 100 together, and the wrong ones take away at least as much, so that
/// ticking all earns nothing.
pub fn of(options: &[Alternative], sort: ChoiceSort) -> Vec<Share> {
    let ChoiceSort::Several(right) = sort else { return options.iter().map(|option| option.share).collect() };
    let wrong = options.iter().filter(|option| option.share.of < 0).count();
    let wrong = u32::try_from(wrong).unwrap_or(u32::MAX);
    let share = |option: &Alternative| match option.share {
        share if option.right => share,
        Share { of: 0.., .. } => Share::NOTHING,
        _ => Share { of: -1, whole: right.min(wrong).max(1) },
    };
    options.iter().map(share).collect()
}

/// As a multiple choice: whole, but for a share that had to be changed; not, where Moodle has no such share.
pub fn hold(options: &[Alternative], sort: ChoiceSort) -> Held {
    let shares = of(options, sort);
    let unknown = |share: &&Share| !KNOWN.contains(&share.percent().trim_start_matches('-'));
    if let Some(share) = shares.iter().find(unknown) {
        return Held::not(format!("Moodle gives no {} % of a question’s points", share.percent()));
    }
    let changed = |(option, share): (&Alternative, &Share)| option.share != *share;
    let near = |(option, share): (&Alternative, &Share)| changed((option, share)) && option.share.of > 0;
    let pairs = || options.iter().zip(&shares);
    let mut lost = Vec::new();
    if pairs().any(near) {
        lost.push("what comes near earns nothing".to_owned());
    }
    if pairs().any(|pair| changed(pair) && !near(pair)) {
        lost.push("a wrong tick costs more than on paper, so that ticking all earns nothing".to_owned());
    }
    Held::As("multichoice", lost)
}
