//! One form's order of questions and options: drawn, tested against F01–F03 and against the other forms, drawn again.

use std::collections::BTreeMap;

use super::draw::{Pick, Selection};
use super::present::{Presented, present};
use super::search::ATTEMPTS;
use super::{Job, Shortfall, fairness, telling};
use crate::blueprint::{Aid, Mode};
use crate::rng::{Form, Purpose, Stream};
use crate::sheet::{Answer, Entry, Key, Paper, PaperPart, Question, Sheet};

/// The order of picks and the presentation of each item, by its index in the bank.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Arrangement {
    parts: Vec<Vec<Pick>>,
    presented: BTreeMap<usize, Presented>,
    unmet: Vec<String>,
}

/// Arranges a form so that it meets the limits and differs enough from the forms `before` it in its block. Items that `fixed`
/// has stand as they stand there, if they are anchors.
pub(super) fn arrange(
    job: Job<'_>,
    selection: &Selection,
    form: Form,
    before: &[Arrangement],
    fixed: Option<&Arrangement>,
) -> Result<Arrangement, Shortfall> {
    let parts = sequence(job, selection, form);
    let anchors: Vec<usize> =
        parts.iter().flatten().filter(|pick| pick.anchor).flat_map(|pick| pick.items.clone()).collect();
    let mut failures: BTreeMap<String, u32> = BTreeMap::new();
    let mut fallback: Option<Arrangement> = None;
    let mut locked: Vec<usize> = Vec::new();
    for attempt in 0..ATTEMPTS {
        let mut arrangement = Arrangement { parts: parts.clone(), presented: BTreeMap::new(), unmet: Vec::new() };
        for at in parts.iter().flatten().flat_map(|pick| &pick.items) {
            let item = &job.bank.items[*at];
            let kept = fixed.filter(|_| anchors.contains(at)).and_then(|f| f.presented.get(at));
            let shown = kept.cloned().unwrap_or_else(|| {
                let mut stream = Stream::new(job.seed, form, Purpose { id: &item.id, what: "options", attempt });
                present(item, job.letter, &mut stream)
            });
            arrangement.presented.insert(*at, shown);
        }
        let broken = broken_limits(&arrangement, before);
        if broken.is_empty() {
            return Ok(arrangement);
        }
        locked = arrangement.presented.iter().filter(|(_, p)| p.locked).map(|(at, _)| *at).collect();
        for limit in &broken {
            *failures.entry(limit.clone()).or_default() += 1;
        }
        // F03 is a warning: a form that breaks it alone serves if none better is found.
        if fallback.is_none() && broken.iter().all(|limit| limit.starts_with("F03")) {
            arrangement.unmet = broken;
            fallback = Some(arrangement);
        }
    }
    fallback.ok_or_else(|| {
        let locked: Vec<&str> = locked.iter().map(|at| job.bank.items[*at].id.as_str()).collect();
        let locks = match locked.as_slice() {
            [] => "no option is locked".to_owned(),
            ids => format!("the options of {} are locked in their order", ids.join(", ")),
        };
        Shortfall {
            reasons: failures
                .into_iter()
                .map(|(limit, times)| {
                    format!("form {}: {times} of {ATTEMPTS} arrangements failed by: {limit} ({locks})", form.letter())
                })
                .collect(),
        }
    })
}

/// The picks in the order of the form: text order, or shuffled inside each run of one section.
fn sequence(job: Job<'_>, selection: &Selection, form: Form) -> Vec<Vec<Pick>> {
    let mut parts = selection.parts.clone();
    if job.blueprint.mode() != Mode::SectionShuffle {
        return parts;
    }
    let section = |pick: &Pick| pick.items.first().map(|at| job.bank.items[*at].section);
    for (number, part) in parts.iter_mut().enumerate() {
        for run in part.chunk_by_mut(|a, b| section(a) == section(b)) {
            let id = format!("part {number} section {:?}", run.first().and_then(section));
            Stream::new(job.seed, form, Purpose { id: &id, what: "sequence", attempt: 0 }).shuffle(run);
        }
    }
    parts
}

impl Arrangement {
    /// Positions of the keys, in the order of the questions.
    fn positions(&self) -> Vec<(usize, usize)> {
        self.parts
            .iter()
            .flatten()
            .flat_map(|pick| &pick.items)
            .filter_map(|at| self.presented.get(at).and_then(|p| p.position))
            .collect()
    }

    /// Keys by question number: `None` where a question has no single key among options.
    fn strip(&self) -> Vec<Option<usize>> {
        let items = self.parts.iter().flatten().flat_map(|pick| &pick.items);
        items.map(|at| self.presented.get(at).and_then(|p| p.position).map(|(at, _)| at)).collect()
    }

    /// The sheet as a value.
    pub fn sheet(&self, job: Job<'_>, selection: &Selection, form: Form) -> Sheet {
        let mut number = 0;
        let mut answers = Vec::new();
        let mut anchors = Vec::new();
        let mut question = |at: usize, anchor: bool| {
            number += 1;
            let item = &job.bank.items[at];
            let presented = self.presented.get(&at)?;
            answers.push(Answer {
                number,
                item: item.id.clone(),
                right: presented.right.clone(),
                labels: presented.labels.clone(),
            });
            if anchor {
                anchors.push(number);
            }
            Some(Question {
                number,
                item: item.id.clone(),
                stem: item.stem.clone(),
                points: item.points,
                cite: item.cite.clone(),
                figure: item.figure.clone(),
                starters: item.starters.clone(),
                prompt: presented.prompt.clone(),
            })
        };
        let parts = job
            .blueprint
            .parts
            .iter()
            .zip(&self.parts)
            .map(|(part, picks)| PaperPart {
                title: part.title.clone(),
                directions: part.directions.clone(),
                entries: picks
                    .iter()
                    .flat_map(|pick| {
                        let questions: Vec<Question> =
                            pick.items.iter().filter_map(|at| question(*at, pick.anchor)).collect();
                        match pick.set {
                            Some(set) => vec![Entry::Set(set, questions)],
                            None => questions.into_iter().map(Entry::Question).collect(),
                        }
                    })
                    .collect(),
            })
            .filter(|part| !part.entries.is_empty())
            .collect();
        let glossary = match job.blueprint.aids.contains(&Aid::Glossary) {
            true => telling::glossary(job, &selection.items(job).collect::<Vec<_>>()),
            false => Vec::new(),
        };
        let paper = Paper {
            title: job.blueprint.title.clone(),
            form,
            code: job.code(form),
            reading: job.blueprint.reading,
            headnote: job.blueprint.headnote,
            glossary,
            parts,
        };
        let mut fairness = fairness::of(job, &paper, &self.positions());
        fairness.anchors = anchors;
        fairness.unmet = selection.unmet.iter().chain(&self.unmet).cloned().collect();
        Sheet { paper, key: Key { answers, fairness } }
    }
}

/// Which of F01–F03 and of the limits between forms an arrangement breaks.
fn broken_limits(arrangement: &Arrangement, before: &[Arrangement]) -> Vec<String> {
    let positions = arrangement.positions();
    let mut broken = Vec::new();
    for options in 2..=5 {
        let group: Vec<usize> = positions.iter().filter(|(_, n)| *n == options).map(|(at, _)| *at).collect();
        if !balanced(&group, options) {
            broken.push("F01: a letter is the key too often or too seldom".to_owned());
        }
    }
    let letters: Vec<usize> = positions.iter().map(|(at, _)| *at).collect();
    if longest_run(&letters) > 3 || longest_cycle(&letters) >= 8 {
        broken.push("F02: the keys stand in a run of four, or in a pattern".to_owned());
    }
    let inner = positions.iter().filter(|(at, n)| *at > 0 && at + 1 < *n).count();
    if positions.len() >= 12 && !(positions.len() * 35..=positions.len() * 65).contains(&(inner * 100)) {
        broken.push("F03: the share of keys in middle positions is not between 35 and 65 percent".to_owned());
    }
    let strip = arrangement.strip();
    if before.iter().any(|other| too_like(&strip, &other.strip())) {
        broken.push(
            "between forms: the keys agree with another form's in half of the places, or in five in a row".to_owned(),
        );
    }
    broken
}

/// F01 with the count of options as its base: from 2 × base questions on, each letter between max(1, ⌊n/base⌋ − s) and
/// ⌈n/base⌉ + s, s = max(1, round(n/10)); below that only the upper limit.
fn balanced(positions: &[usize], base: usize) -> bool {
    let n = positions.len();
    let slack = ((n + 5) / 10).max(1);
    let least = if n >= 2 * base { (n / base).saturating_sub(slack).max(1) } else { 0 };
    let most = n.div_ceil(base) + slack;
    n < base || (0..base).all(|letter| (least..=most).contains(&positions.iter().filter(|p| **p == letter).count()))
}

/// Longest run of one letter.
pub(super) fn longest_run(letters: &[usize]) -> usize {
    letters.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0)
}

/// Longest stretch in which each letter follows on the one before, A after D.
fn longest_cycle(letters: &[usize]) -> usize {
    letters.chunk_by(|a, b| (a + 1) % 4 == *b).map(<[usize]>::len).max().unwrap_or(0)
}

/// Whether a copied strip would score well: half of the places alike (from 16 on), or five in a row.
fn too_like(a: &[Option<usize>], b: &[Option<usize>]) -> bool {
    let same: Vec<bool> = a.iter().zip(b).filter_map(|(x, y)| Some((*x)? == (*y)?)).collect();
    let alike = same.iter().filter(|s| **s).count();
    let run = same.chunk_by(|x, y| x == y).filter(|c| c[0]).map(<[bool]>::len).max().unwrap_or(0);
    (same.len() >= 16 && alike * 2 >= same.len()) || run >= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_balance_of_letters_is_the_table_of_the_rule() {
        // n = 12 allows 2–4 of each letter, n = 20 allows 3–7.
        let keys =
            |counts: [usize; 4]| -> Vec<usize> { counts.iter().enumerate().flat_map(|(l, n)| vec![l; *n]).collect() };
        assert!(balanced(&keys([2, 4, 4, 2]), 4));
        assert!(!balanced(&keys([1, 4, 4, 3]), 4));
        assert!(!balanced(&keys([5, 3, 2, 2]), 4));
        assert!(balanced(&keys([3, 7, 7, 3]), 4));
        assert!(!balanced(&keys([2, 7, 7, 4]), 4));
    }

    #[test]
    fn runs_cycles_and_likeness_are_seen() {
        assert_eq!(longest_run(&[0, 1, 1, 1, 1, 2]), 4);
        assert_eq!(longest_cycle(&[2, 0, 1, 2, 3, 0, 1, 2, 3]), 8);
        let a: Vec<Option<usize>> = (0..6).map(|n| Some(n % 4)).collect();
        assert!(too_like(&a, &a));
        assert!(!too_like(&a, &a.iter().map(|p| p.map(|p| (p + 1) % 4)).collect::<Vec<_>>()));
    }
}
