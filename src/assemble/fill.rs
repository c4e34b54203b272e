//! A cell without a number: as many items as meet the blueprint's points and minutes, spread over the sections.

use std::collections::VecDeque;

use super::Job;
use super::draw::priority;
use super::limits::Conflicts;

/// The longest list in which an exact sum of points is searched; a larger bank is cut to the items of highest priority.
const REACH: usize = 400;

/// Items of `candidates` that, with those drawn `before`, come to the blueprint's questions and points exactly and keep its
/// minutes; `None` where this draw's priorities allow no such choice.
pub(super) fn fill(
    job: Job<'_>,
    candidates: &[usize],
    before: &[usize],
    attempt: u32,
    conflicts: &mut Conflicts<'_>,
) -> Option<Vec<usize>> {
    let points = |at: &usize| job.bank.items[*at].points as usize;
    let minutes = |at: &usize| job.bank.items[*at].tenths_of_minutes;
    let mut taken: Vec<usize> = Vec::new();
    let mut free = spread(job, candidates, attempt).into_iter().filter(|at| {
        let told = conflicts.told(*at).is_some();
        let is_free =
            !told && taken.iter().chain(before).all(|other| other != at && !conflicts.between(&[*at], &[*other]));
        taken.extend(is_free.then_some(*at));
        is_free
    });
    let rest = |total: Option<u32>, had: usize| match total {
        Some(total) => (total as usize).checked_sub(had).map(Some),
        None => Some(None),
    };
    let asked = Sum {
        questions: rest(job.blueprint.questions, before.len())?,
        points: rest(job.blueprint.points, before.iter().map(points).sum())?,
    };
    let mut time = job.blueprint.minutes.map(|m| (m * 10).saturating_sub(before.iter().map(minutes).sum()));
    // What the points come to depends on every item that is free. Without them the first ones serve, and whether the others are
    // free need not be known: to compare all items of a bank takes longer than to draw from them.
    let all: Option<Vec<usize>> = asked.points.map(|_| free.by_ref().collect());
    let reach = all.as_ref().map(|all| Reach::of(&asked, &all.iter().map(points).collect::<Vec<_>>()));
    let mut left = asked;
    let mut chosen = Vec::new();
    for (i, at) in all.into_iter().flatten().chain(free).enumerate() {
        let Some(after) = left.less(points(&at)) else {
            // Without points: there are as many questions as are asked.
            if reach.is_none() { break } else { continue }
        };
        let reached = reach.as_ref().is_none_or(|reach| reach.holds(i + 1, &after));
        if reached && time.is_none_or(|t| t >= minutes(&at)) {
            left = after;
            time = time.map(|t| t - minutes(&at));
            chosen.push(at);
        }
    }
    (left.questions.unwrap_or(0) == 0 && left.points.unwrap_or(0) == 0).then_some(chosen)
}

/// What is still asked for; `None` does not matter.
#[derive(Clone, Copy)]
struct Sum {
    questions: Option<usize>,
    points: Option<usize>,
}

impl Sum {
    /// What is asked after one more question of so many points, if that is not too many.
    fn less(self, points: usize) -> Option<Sum> {
        let sub = |from: Option<usize>, n: usize| from.map_or(Some(None), |f| f.checked_sub(n).map(Some));
        Some(Sum { questions: sub(self.questions, 1)?, points: sub(self.points, points)? })
    }
}

/// Which sums the items from the i-th on can come to exactly.
struct Reach {
    width: usize,
    rows: Vec<Vec<bool>>,
}

impl Reach {
    fn of(asked: &Sum, points: &[usize]) -> Reach {
        let (most_questions, most_points) = (asked.questions.unwrap_or(0), asked.points.unwrap_or(0));
        let width = most_points + 1;
        let mut rows = vec![vec![false; (most_questions + 1) * width]; points.len() + 1];
        rows[points.len()][0] = true;
        for i in (0..points.len()).rev() {
            for q in 0..=most_questions {
                for p in 0..=most_points {
                    let sum = Sum { questions: asked.questions.map(|_| q), points: asked.points.map(|_| p) };
                    let with = sum.less(points[i]).is_some_and(|s| rows[i + 1][index(&s, width)]);
                    rows[i][q * width + p] = with || rows[i + 1][q * width + p];
                }
            }
        }
        Reach { width, rows }
    }

    fn holds(&self, from: usize, sum: &Sum) -> bool {
        self.rows[from][index(sum, self.width)]
    }
}

fn index(sum: &Sum, width: usize) -> usize {
    sum.questions.unwrap_or(0) * width + sum.points.unwrap_or(0)
}

/// The candidates by priority, one section after another in turn, so that the first few already come from everywhere.
pub(super) fn spread(job: Job<'_>, candidates: &[usize], attempt: u32) -> Vec<usize> {
    let mut ranked: Vec<(u64, usize)> =
        candidates.iter().map(|at| (priority(job, &job.bank.items[*at].id, attempt), *at)).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    let mut sections: Vec<(usize, VecDeque<usize>)> = Vec::new();
    for (_, at) in ranked {
        let section = job.bank.items[at].section;
        match sections.iter_mut().find(|(s, _)| *s == section) {
            Some((_, queue)) => queue.push_back(at),
            None => sections.push((section, VecDeque::from([at]))),
        }
    }
    let mut order = Vec::with_capacity(candidates.len());
    while order.len() < REACH.min(candidates.len()) {
        order.extend(sections.iter_mut().filter_map(|(_, queue)| queue.pop_front()));
    }
    order
}
