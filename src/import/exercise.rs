//! What every reader makes a question of: the exercise, the points that it has in a bank, and what was changed, told once.

use super::kind_of;
use crate::bank::Kind;
use crate::exchange::{ChoiceSort, Exercise, Interaction, Piece};

/// A question that has nothing but what is asked; its kind and points are those of its interaction.
pub(super) fn exercise(id: impl Into<String>, stem: impl Into<String>, interaction: Interaction) -> Exercise {
    Exercise {
        id: id.into(),
        item: String::new(),
        kind: kind_of(&interaction),
        number: None,
        stem: stem.into(),
        figure: None,
        stimulus: None,
        points: natural(&interaction).unwrap_or(1),
        gate: None,
        interaction,
        explanation: String::new(),
        evidence: Vec::new(),
        hints: Vec::new(),
        teacher_note: String::new(),
        tags: Vec::new(),
        lost: Vec::new(),
    }
}

/// The points of a question: in a bank they follow from its parts, so that those of the file are told where they are others;
/// what a person marks has those of the file, as a whole number.
pub(super) fn points(given: Option<f64>, interaction: &Interaction, changed: &mut Vec<String>) -> u32 {
    const MOST: u32 = 1_000;
    let given = given.filter(|points| (0.0..=f64::from(MOST)).contains(points));
    match (natural(interaction), given) {
        (Some(points), Some(given)) if (given - f64::from(points)).abs() > 1e-6 => {
            let s = if points == 1 { "" } else { "s" };
            note(changed, format!("it has {points} point{s} here, by what is asked, and had {}", said(given)));
            points
        }
        (Some(points), _) => points,
        (None, Some(given)) => {
            let off = |points: &u32| (f64::from(*points) - given).abs();
            let whole = (0..=MOST).min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(1);
            if off(&whole) > 1e-6 {
                note(changed, format!("its {} points became a whole number", said(given)));
            }
            whole
        }
        (None, None) => 1,
    }
}

fn said(points: f64) -> String {
    crate::exchange::decimal(points)
}

/// Points that the parts of an interaction make; `None` for what a person marks.
fn natural(interaction: &Interaction) -> Option<u32> {
    let count = |n: usize| u32::try_from(n).ok();
    match interaction {
        Interaction::Choice { sort: ChoiceSort::Several(right), .. } => Some(*right),
        Interaction::Choice { .. } => Some(1),
        Interaction::Entry { .. } => (kind_of(interaction) == Kind::Numeric).then_some(1),
        Interaction::Matching { premises, .. } => count(premises.len()),
        Interaction::Ordering { right, .. } => count(right.len().saturating_sub(1)),
        Interaction::Gaps { passage, .. } => {
            count(passage.iter().filter(|piece| matches!(piece, Piece::Gap(_))).count())
        }
        Interaction::HotText { .. } => Some(2),
        Interaction::Extended { .. } | Interaction::Talk { .. } => None,
    }
}

/// Adds what was changed, once.
pub(super) fn note(changed: &mut Vec<String>, what: impl Into<String>) {
    let what = what.into();
    if !changed.contains(&what) {
        changed.push(what);
    }
}

/// Words and what stands behind them in brackets.
pub(super) fn bracketed(text: &str) -> (&str, &str) {
    let mut depth = 0;
    let Some(inner) = text.strip_suffix(')') else { return (text, "") };
    for (at, c) in inner.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            '(' => return inner[..at].strip_suffix(' ').map_or((text, ""), |words| (words, &inner[at + 1..])),
            _ => {}
        }
    }
    (text, "")
}
