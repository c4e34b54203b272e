//! In which order a question's lists are shown this time: shuffled under the locks that hold on paper.

use super::task::{Choice, Order, Pin, Task};
use crate::assemble::mixed;
use crate::rng::Stream;

/// Indices into a task's lists, in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arranged {
    /// Options, corrections, premises, statements, elements, answers.
    pub first: Vec<usize>,
    /// Responses, speakers, quotations.
    pub second: Vec<usize>,
}

/// Arranges a task; all its chance comes from `stream`.
pub fn arranged(task: &Task, stream: &mut Stream) -> Arranged {
    match task {
        Task::Choice { options, order, .. } => Arranged { first: locked(options, *order, stream), second: Vec::new() },
        Task::TrueFalse { corrections, .. } => {
            Arranged { first: shuffled(corrections.len(), stream), second: Vec::new() }
        }
        Task::Matching { premises, responses, order, .. } => {
            Arranged { first: shuffled(premises.len(), stream), second: locked(responses, *order, stream) }
        }
        Task::Attribution { speakers, statements } => {
            Arranged { first: shuffled(statements.len(), stream), second: (0..speakers.len()).collect() }
        }
        Task::Ordering { elements, .. } => Arranged { first: mixed(elements.len(), stream), second: Vec::new() },
        Task::Paired { answers, quotations, .. } => {
            Arranged { first: locked(answers, Order::Shuffle, stream), second: (0..quotations.len()).collect() }
        }
        Task::Statement { .. }
        | Task::Cloze { .. }
        | Task::Numeric { .. }
        | Task::Finding { .. }
        | Task::Ideas { .. } => Arranged::default(),
    }
}

fn shuffled(count: usize, stream: &mut Stream) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    stream.shuffle(&mut order);
    order
}

fn locked(options: &[Choice], order: Order, stream: &mut Stream) -> Vec<usize> {
    let mut all = match order {
        Order::Shuffle => shuffled(options.len(), stream),
        Order::Fixed => (0..options.len()).collect(),
    };
    all.sort_by_key(|at| match options[*at].pin {
        Some(Pin::First) => 0,
        None => 1,
        Some(Pin::Last) => 2,
    });
    all
}
