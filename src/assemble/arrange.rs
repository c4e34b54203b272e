//! One form's order of questions and options: drawn, tested against F01–F03 and against the other forms, drawn again.

use std::collections::BTreeMap;

use super::draw::{Pick, Selection};
use super::present::{Presented, key_place, present};
use super::search::ATTEMPTS;
use super::{Drawn, Job, Shortfall, fairness, telling};
use crate::bank::Item;
use crate::blueprint::{Aid, Mode};
use crate::code::SheetCode;
use crate::rng::{Form, Purpose, Stream};
use crate::sheet::{Answer, Entry, Key, Paper, PaperPart, Question, Sheet};

/// Where a question's key stands among its options, and how many there are; `None` where it has no single key among options.
type KeyPlace = Option<(usize, usize)>;

/// The order of picks and the presentation of each item, by its index in the bank.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Arrangement {
    parts: Vec<Vec<Pick>>,
    presented: BTreeMap<usize, Presented>,
    /// Of each question, in order.
    keys: Vec<KeyPlace>,
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
    let items: Vec<usize> = parts.iter().flatten().flat_map(|pick| pick.items.iter().copied()).collect();
    let anchors: Vec<usize> =
        parts.iter().flatten().filter(|pick| pick.anchor).flat_map(|pick| pick.items.clone()).collect();
    let kept = |at: usize| fixed.filter(|_| anchors.contains(&at)).and_then(|f| f.presented.get(&at));
    let stream = |at: usize, attempt| {
        Stream::new(job.seed, form, Purpose { id: &job.bank.items[at].id, what: "options", attempt })
    };
    let shown = |attempt| {
        let show = |at: &usize| {
            let anew = || present(&job.bank.items[*at], job.letter, &mut stream(*at, attempt));
            (*at, kept(*at).cloned().unwrap_or_else(anew))
        };
        items.iter().map(show).collect::<BTreeMap<usize, Presented>>()
    };
    let place = |at: usize, attempt| match kept(at) {
        Some(shown) => shown.position,
        None => key_place(&job.bank.items[at], job.letter, || stream(at, attempt)),
    };
    let common: Vec<bool> = items.iter().map(|at| kept(*at).is_some()).collect();
    let mut failures: BTreeMap<String, u32> = BTreeMap::new();
    let mut found: Option<(u32, Vec<KeyPlace>, Vec<String>)> = None;
    for attempt in 0..ATTEMPTS {
        let keys: Vec<KeyPlace> = items.iter().map(|at| place(*at, attempt)).collect();
        let broken = broken_limits(&keys, (before, &common));
        if broken.is_empty() {
            found = Some((attempt, keys, broken));
            break;
        }
        for limit in &broken {
            *failures.entry(limit.clone()).or_default() += 1;
        }
        // F03 is a warning: a form that breaks it alone serves if none better is found.
        if found.is_none() && broken.iter().all(|limit| limit.starts_with("F03")) {
            found = Some((attempt, keys, broken));
        }
    }
    if let Some((attempt, keys, unmet)) = found {
        let presented = shown(attempt);
        return Ok(Arrangement { parts, presented, keys, unmet });
    }
    let last = shown(ATTEMPTS - 1);
    let locked: Vec<&str> =
        last.iter().filter(|(_, p)| p.locked).map(|(at, _)| job.bank.items[*at].id.as_str()).collect();
    let locks = match locked.as_slice() {
        [] => "no option is locked".to_owned(),
        ids => format!("the options of {} are locked in their order", ids.join(", ")),
    };
    let reason = |(limit, times): (String, u32)| {
        format!("form {}: {times} of {ATTEMPTS} arrangements failed by: {limit} ({locks})", form.letter())
    };
    Err(Shortfall { reasons: failures.into_iter().map(reason).collect() })
}

/// An item as the question with a number.
pub(super) fn question(item: &Item, number: u32, presented: &Presented) -> Question {
    Question {
        number,
        item: item.id.clone(),
        stem: item.stem.clone(),
        points: item.points,
        cite: item.cite.clone(),
        figure: item.figure.clone(),
        starters: item.starters.clone(),
        prompt: presented.prompt.clone(),
    }
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
    /// Its items, by index in the bank, in the order of the questions.
    fn items(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().flatten().flat_map(|pick| pick.items.iter().copied())
    }
}

impl Drawn<'_> {
    /// A form as a value.
    pub(super) fn sheet(&self, arrangement: &Arrangement, selection: &Selection, form: Form) -> Sheet {
        let job = self.job;
        let mut number = 0;
        let mut answers = Vec::new();
        let mut anchors = Vec::new();
        let mut question = |at: usize, anchor: bool| {
            number += 1;
            let item = &job.bank.items[at];
            let presented = arrangement.presented.get(&at)?;
            answers.push(Answer {
                number,
                item: item.id.clone(),
                right: presented.right.clone(),
                labels: presented.labels.clone(),
            });
            if anchor {
                anchors.push(number);
            }
            Some(self::question(item, number, presented))
        };
        let parts = job
            .blueprint
            .parts
            .iter()
            .zip(&arrangement.parts)
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
        let explained = || telling::glossary(job, &selection.items(job).collect::<Vec<_>>());
        let glossary = match (job.blueprint.aids.contains(&Aid::Glossary), &self.anchors) {
            (false, _) => Vec::new(),
            // All forms have the same items.
            (true, None) => self.glossary.get_or_init(explained).clone(),
            (true, Some(_)) => explained(),
        };
        let paper = Paper {
            title: job.blueprint.title.clone(),
            form,
            code: SheetCode { form, ..self.code },
            reading: job.blueprint.reading,
            headnote: job.blueprint.headnote,
            glossary,
            parts,
        };
        let items: Vec<usize> = arrangement.items().collect();
        let positions: Vec<(usize, usize)> = arrangement.keys.iter().flatten().copied().collect();
        let mut fairness = fairness::of(job, &items, &positions);
        fairness.words = items.iter().map(|at| self.words(*at)).sum();
        fairness.anchors = anchors;
        fairness.unmet = selection.unmet.iter().chain(&arrangement.unmet).cloned().collect();
        Sheet { paper, key: Key { answers, fairness } }
    }
}

/// Which of F01–F03 and of the limits between forms an arrangement with these keys breaks, given the forms before it and which of
/// its questions are common to all.
fn broken_limits(keys: &[KeyPlace], (before, common): (&[Arrangement], &[bool])) -> Vec<String> {
    let positions: Vec<(usize, usize)> = keys.iter().flatten().copied().collect();
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
    if before.iter().any(|other| too_like(keys, &other.keys, common)) {
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

/// Whether a copied strip would score well: half of the places alike (from 16 on), or five in a row. Questions without a single
/// key are passed over, and those `common` to all forms, whose options stand alike by design.
fn too_like(a: &[KeyPlace], b: &[KeyPlace], common: &[bool]) -> bool {
    let (mut places, mut alike, mut run, mut longest) = (0, 0, 0, 0);
    for ((x, y), common) in a.iter().zip(b).zip(common) {
        let (Some((x, _)), Some((y, _)), false) = (x, y, common) else { continue };
        places += 1;
        run = if x == y { run + 1 } else { 0 };
        alike += usize::from(x == y);
        longest = longest.max(run);
    }
    (places >= 16 && alike * 2 >= places) || longest >= 5
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
        let a: Vec<KeyPlace> = (0..6).map(|n| Some((n % 4, 4))).collect();
        let own = vec![false; a.len()];
        assert!(too_like(&a, &a, &own));
        assert!(!too_like(&a, &a, &vec![true; a.len()]), "what is common to all forms is alike by design");
        assert!(!too_like(&a, &a.iter().map(|p| p.map(|(p, n)| ((p + 1) % n, n))).collect::<Vec<_>>(), &own));
    }
}
