//! The limits of a form before its options are permuted: conflicts between items (F05, F06, F10, F13), spread and depth
//! (F07–F09), points and minutes. Thresholds after `teaching.md` §3; what holds only for a sheet of some length is tested from there on.

use std::collections::{BTreeMap, BTreeSet};

use super::draw::Selection;
use super::telling::Telling;
use super::words::{Run, Words, common};
use super::{Job, parallel};
use crate::bank::{EvidenceRole, Item, Passage, Task, Teller, Verdict};
use crate::known::Known;
use crate::letter::{Paragraph, Place};
use crate::text::without_languages;

/// From so many questions on, spread over paragraphs and depth of knowledge are limited (F07, F08): on an exit ticket of four
/// questions each paragraph carries a quarter of the points whatever is drawn.
const SPREAD_FROM: usize = 8;

/// Words that turn a question round, as rule W02 has them printed.
const NEGATIVES: [&str; 3] = ["**NOT**", "**EXCEPT**", "**LEAST**"];

/// Whether items may stand on one sheet, remembered.
pub(super) struct Conflicts<'a> {
    job: Job<'a>,
    strict: bool,
    known: Known<(bool, usize, usize), bool>,
    profiles: BTreeMap<usize, Profile>,
    telling: Telling,
    told: BTreeMap<usize, Option<Teller>>,
    words: Words,
}

/// What an item shows and what its key says, as far as one item can give another away. Runs are sorted and stand once.
struct Profile {
    /// Three-word runs of the key with at least two words of weight.
    key_runs: Vec<Run>,
    /// Three-word runs of what a pupil reads of the item; none goes from one text into the next.
    shown_runs: Vec<Run>,
    /// Three-word runs of the stem.
    stem_runs: Vec<Run>,
    /// Sentences (place and number) whose words the item keys.
    sentences: BTreeSet<(Place, usize)>,
    /// Paragraphs of which it prints a passage, as a stimulus.
    printed: BTreeSet<u32>,
}

impl<'a> Conflicts<'a> {
    /// What is forbidden (F06, F13), until `strictly` asks for more.
    pub fn new(job: Job<'a>) -> Self {
        let mut words = Words::default();
        let telling = Telling::of(job, &mut words);
        Conflicts {
            job,
            strict: false,
            known: Known::default(),
            profiles: BTreeMap::new(),
            telling,
            told: BTreeMap::new(),
            words,
        }
    }

    /// From now on also what teaching.md calls warnings (F05, F10), or no longer. What was found out either way is kept.
    pub fn strictly(&mut self, strict: bool) -> &mut Self {
        self.strict = strict;
        self
    }

    /// What stands beside the questions and tells the answer of an item, if anything does. Such an item is never drawn.
    pub fn told(&mut self, at: usize) -> Option<Teller> {
        let (job, telling, words) = (self.job, &self.telling, &mut self.words);
        *self.told.entry(at).or_insert_with(|| telling.tells(job, &job.bank.items[at], words))
    }

    /// Whether the answer of any of these items is told.
    pub fn any_told(&mut self, items: &[usize]) -> bool {
        items.iter().any(|at| self.told(*at).is_some())
    }

    /// Whether any item of `a` conflicts with any of `b`. Items of one set are never asked about: their author put them together.
    pub fn between(&mut self, a: &[usize], b: &[usize]) -> bool {
        a.iter().any(|x| b.iter().any(|y| self.pair(*x, *y)))
    }

    fn pair(&mut self, a: usize, b: usize) -> bool {
        let pair = (a.min(b), a.max(b));
        if let Some(known) = self.known.get(&(self.strict, pair.0, pair.1)) {
            return *known;
        }
        let job = self.job;
        let (first, second) = (&job.bank.items[pair.0], &job.bank.items[pair.1]);
        for at in [pair.0, pair.1] {
            self.profiles.entry(at).or_insert_with(|| Profile::of(job, &job.bank.items[at], &mut self.words));
        }
        let found = forbidden(first, second)
            || match (self.profiles.get(&pair.0), self.profiles.get(&pair.1)) {
                (Some(p), Some(q)) => p.prints_hidden(second) || q.prints_hidden(first) || self.strict && p.like(q),
                _ => false,
            };
        self.known.insert((self.strict, pair.0, pair.1), found);
        found
    }
}

/// F06: enemies never together.
fn forbidden(a: &Item, b: &Item) -> bool {
    a.enemies.contains(&b.id) || b.enemies.contains(&a.id)
}

impl Profile {
    fn of(job: Job<'_>, item: &Item, words: &mut Words) -> Profile {
        let mut printed = BTreeSet::new();
        if let Some(set) = item.set {
            printed.extend(job.bank.sets[set].passages.iter().filter_map(|passage| match passage {
                Passage::Letter(quote) => quote.cite.paragraph(),
                Passage::Other(..) | Passage::Figure(_) => None,
            }));
        }
        let sentences = item
            .evidence
            .iter()
            .filter(|e| e.role == EvidenceRole::Key)
            .map(|e| {
                let sentence = match e.quote.cite {
                    Place::Paragraph(n) => job
                        .letter
                        .paragraphs
                        .get(n as usize - 1)
                        .and_then(|p| p.sentences.iter().position(|s| s.contains(&e.quote.at.start))),
                    _ => None,
                };
                (e.quote.cite, sentence.unwrap_or(0))
            })
            .collect();
        Profile {
            key_runs: words.runs(item.keyed(), 2),
            shown_runs: words.runs(item.shown(), 0),
            stem_runs: words.runs([item.stem.as_str()], 0),
            sentences,
            printed,
        }
    }

    /// F13: this item's stimulus prints a paragraph that the other hides.
    fn prints_hidden(&self, other: &Item) -> bool {
        other.hidden().iter().any(|p| self.printed.contains(p))
    }

    /// F05 and F10: one tells the other's key, both key the same sentence, or the stems are near-duplicates (Jaccard ≥ 0.6).
    fn like(&self, other: &Profile) -> bool {
        let both = common(&self.stem_runs, &other.stem_runs);
        let either = self.stem_runs.len() + other.stem_runs.len() - both;
        common(&self.key_runs, &other.shown_runs) > 0
            || common(&other.key_runs, &self.shown_runs) > 0
            || self.sentences.intersection(&other.sentences).next().is_some()
            || (either > 0 && both * 10 >= either * 6)
    }
}

/// Limits that a selection breaks.
#[derive(Default)]
pub(super) struct Found {
    /// Those that forbid the form.
    pub hard: Vec<String>,
    /// Those that are met if any draw meets them.
    pub soft: Vec<String>,
}

/// F05 and F10 where a draw without them was taken: pairs that the strict `conflicts` part, each named. Items of one set are
/// their author's to put together.
pub(super) fn given_way(selection: &Selection, conflicts: &mut Conflicts<'_>) -> Vec<String> {
    let picks: Vec<_> = selection.picks().collect();
    let mut told = Vec::new();
    for (at, pick) in picks.iter().enumerate() {
        for other in &picks[..at] {
            if conflicts.between(&pick.items, &other.items) {
                let names = |items: &[usize]| {
                    items.iter().map(|i| conflicts.job.bank.items[*i].id.as_str()).collect::<Vec<_>>().join(", ")
                };
                told.push(format!(
                    "F05 or F10: {} and {} give each other away, key the same sentence, or ask alike",
                    names(&other.items),
                    names(&pick.items)
                ));
            }
        }
    }
    told
}

pub(super) fn of_selection(job: Job<'_>, selection: &Selection) -> Found {
    let mut found = Found::default();
    let items: Vec<&Item> = selection.items(job).collect();
    let points: u32 = items.iter().map(|item| item.points).sum();
    let tenths: u32 = items.iter().map(|item| item.tenths_of_minutes).sum();
    if let Some(wanted) = job.blueprint.points.filter(|wanted| *wanted != points) {
        found.hard.push(format!("the points do not come to {wanted}"));
    }
    if let Some(most) = job.blueprint.minutes.filter(|most| most * 10 < tenths) {
        found.hard.push(format!("the items take more than {most} minutes"));
    }
    coverage(job, &items, points, &mut found.soft);
    found.soft.extend(parallel::lacking_anchors(job, selection));
    if items.len() >= SPREAD_FROM && points > 0 {
        let deep = |least: u8| items.iter().filter(|item| item.dok >= least).map(|item| item.points).sum::<u32>();
        if deep(2) * 2 < points {
            found.soft.push("F08: less than half of the points ask for depth of knowledge 2 or more".to_owned());
        }
        if deep(3) * 10 < points {
            found.soft.push("F08: less than a tenth of the points asks for depth of knowledge 3 or more".to_owned());
        }
    }
    let asked_negatively = items.iter().filter(|item| NEGATIVES.iter().any(|word| item.stem.contains(word))).count();
    if items.len() >= SPREAD_FROM && asked_negatively * 10 > items.len() {
        found.soft.push("W02: more than a tenth of the questions are asked in the negative".to_owned());
    }
    let judged: Vec<bool> = items
        .iter()
        .filter_map(|item| match &item.task {
            Task::TrueFalse { correction, .. } => Some(correction.is_none()),
            _ => None,
        })
        .collect();
    let true_ones = judged.iter().filter(|t| **t).count();
    if judged.len() >= 5 && !(judged.len() * 4..=judged.len() * 6).contains(&(true_ones * 10)) {
        found.soft.push("F09: the share of true statements is not between 40 and 60 percent".to_owned());
    }
    let verdicts: Vec<Verdict> = items
        .iter()
        .filter_map(|item| match &item.task {
            Task::StatementCheck { verdict, .. } => Some(*verdict),
            _ => None,
        })
        .collect();
    if verdicts.len() >= 3 && verdicts.iter().all(|v| *v == verdicts[0]) {
        found.soft.push("F09: all statement checks have the same verdict".to_owned());
    }
    lengths(&items, &mut found.soft);
    found
}

/// F07: every section that the blueprint names has a question, and no paragraph carries more than a quarter of the points; in a
/// text of few paragraphs, half again its share of the words.
fn coverage(job: Job<'_>, items: &[&Item], points: u32, soft: &mut Vec<String>) {
    let named: BTreeSet<&str> =
        job.blueprint.parts.iter().flat_map(|p| &p.cells).flat_map(|c| &c.sections).map(String::as_str).collect();
    if named.len() <= items.len() {
        for id in named {
            if !items.iter().any(|item| job.letter.about.sections.get(item.section).is_some_and(|s| s.id == id)) {
                soft.push(format!("F07: no question on section {id}"));
            }
        }
    }
    if items.len() < SPREAD_FROM {
        return;
    }
    // An item's points are shared out over the paragraphs that it cites; twelve hundredths keep the sum whole up to four.
    let mut carried: BTreeMap<u32, u32> = BTreeMap::new();
    for item in items {
        let cited: Vec<u32> = item.paragraphs().collect();
        for p in &cited {
            *carried.entry(*p).or_default() += item.points * 1200 / cited.len() as u32;
        }
    }
    let words = |paragraph: &Paragraph| paragraph.word_count() as u32;
    let all: u32 = job.letter.paragraphs.iter().map(words).sum();
    for (paragraph, share) in carried {
        let own = job.letter.paragraphs.iter().find(|p| p.number == paragraph).map_or(0, words);
        // In hundredths: three halves of its part of the words.
        let most = (own * 150 / all.max(1)).max(25);
        if share > points * 12 * most {
            let most = if most == 25 { "a quarter".to_owned() } else { format!("{most} percent") };
            soft.push(format!("F07: ¶{paragraph} carries more than {most} of the points"));
        }
    }
}

/// F04: the key is the longest option, or the shortest, no more often than chance would have it in 95 of 100 sheets.
fn lengths(items: &[&Item], soft: &mut Vec<String>) {
    let [longest, shortest, n] = longest_shortest(items.iter().copied());
    for (count, what) in [(longest, "longest"), (shortest, "shortest")] {
        if n >= 6 && count >= tail(n) {
            soft.push(format!("F04: the key is the {what} option too often"));
        }
    }
}

/// How often the key is strictly the longest option, the shortest, and how many questions have a key among options.
pub(super) fn longest_shortest<'a>(items: impl Iterator<Item = &'a Item>) -> [u32; 3] {
    let mut counts = [0; 3];
    for item in items {
        let (key, others) = match &item.task {
            Task::SingleChoice { key, distractors, .. } | Task::Vocabulary { key, distractors, .. } => {
                (key, distractors.iter().collect::<Vec<_>>())
            }
            Task::PairedEvidence { key: (key, _), distractors, .. } => {
                (key, distractors.iter().map(|(d, _)| d).collect())
            }
            _ => continue,
        };
        let length = |text: &str| without_languages(text).chars().count();
        let own = length(&key.text);
        counts[0] += u32::from(others.iter().all(|o| length(&o.text) < own));
        counts[1] += u32::from(others.iter().all(|o| length(&o.text) > own));
        counts[2] += 1;
    }
    counts
}

/// The smallest count that chance (one in four) reaches in fewer than 5 of 100 sheets of n choices.
fn tail(n: u32) -> u32 {
    let mut chance = 0.75f64.powi(n as i32);
    let mut above = 1.0;
    for count in 0..=n {
        if above < 0.05 {
            return count;
        }
        above -= chance;
        chance *= f64::from(n - count) / f64::from(count + 1) / 3.0;
    }
    n + 1
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tail_is_the_table_of_the_rule() {
        let table = [(6, 4), (8, 5), (10, 6), (12, 7), (15, 8), (20, 9), (25, 11), (30, 13)];
        for (n, limit) in table {
            assert_eq!(super::tail(n), limit, "n = {n}");
        }
    }
}
