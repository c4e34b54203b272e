//! What is asked and what is told afterwards as HTML, for programs whose texts are HTML. Parts that have no field of their own
//! there have a class by which an import knows them again.

use crate::bank::Figure;
use crate::exchange::inline::{escaped, html, joined};
use crate::exchange::{Exercise, Interaction, Package, Piece, Quoted, Shown};

/// What stands before a question, a line each: the shared passage, and what pictures show. `inline`: how authored text is written.
pub(super) fn before(exercise: &Exercise, package: &Package<'_>, inline: impl Fn(&str) -> String) -> Vec<String> {
    let described = |figure: &Figure| format!("[{}]", figure.alt);
    let mut lines = Vec::new();
    if let Some(stimulus) = exercise.stimulus.and_then(|at| package.stimuli.get(at)) {
        lines.extend([stimulus.title.clone(), inline(&stimulus.intro)]);
        lines.extend(stimulus.passages.iter().map(|passage| match passage {
            Shown::Quoted(quoted) => format!("{} “{}”", quoted.place, quoted.words),
            Shown::Text(text, source) => format!("{} ({})", inline(text), inline(source)),
            Shown::Figure(figure) => described(figure),
        }));
    }
    lines.extend(exercise.figure.as_deref().map(described));
    lines.retain(|line| !line.is_empty());
    lines
}

/// A question's text: the shared passage, the picture, the stem, and what the interaction shows beside its options. `passage`
/// is what a gap is written as: by its number and its answers.
pub(super) fn asked(
    exercise: &Exercise,
    package: &Package<'_>,
    picture: impl Fn(&Figure) -> String,
    gap: impl Fn(usize, &[String]) -> String,
) -> String {
    let mut before = String::new();
    if let Some(stimulus) = exercise.stimulus.and_then(|at| package.stimuli.get(at)) {
        before += &format!("<div class=\"pilcrow-set\"><h4>{}</h4>", escaped(&stimulus.title));
        if !stimulus.intro.is_empty() {
            before += &format!("<p class=\"pilcrow-intro\">{}</p>", html(&stimulus.intro));
        }
        for passage in &stimulus.passages {
            before += &match passage {
                Shown::Quoted(quoted) => format!("<blockquote>{}</blockquote>", evidence(quoted)),
                Shown::Text(text, source) => {
                    format!("<blockquote>{} <small>{}</small></blockquote>", html(text), html(source))
                }
                Shown::Figure(figure) => shown(figure, &picture),
            };
        }
        before += "</div>";
    }
    if let Some(figure) = &exercise.figure {
        before += &shown(figure, &picture);
    }
    let after = beside(&exercise.interaction, gap);
    // A stem that stands alone needs no mark.
    let class = if before.is_empty() && after.is_empty() { "" } else { " class=\"pilcrow-stem\"" };
    format!("{before}<p{class}>{}</p>{after}", html(&exercise.stem))
}

/// A picture with its caption and its source.
fn shown(figure: &Figure, picture: impl Fn(&Figure) -> String) -> String {
    let under = joined(&[&html(&figure.caption), &html(&figure.credit)]);
    let under = if under.is_empty() { under } else { format!("<br/><small>{under}</small>") };
    format!("<p class=\"pilcrow-picture\">{}{under}</p>", picture(figure))
}

/// `¶6 “…”`.
fn evidence(quoted: &Quoted) -> String {
    format!("<p class=\"pilcrow-evidence\">{} “{}”</p>", escaped(&quoted.place), escaped(&quoted.words))
}

/// What an interaction shows that is neither its stem nor its options.
fn beside(interaction: &Interaction, gap: impl Fn(usize, &[String]) -> String) -> String {
    let line = |class: &str, inner: &str| {
        if inner.is_empty() { String::new() } else { format!("<p class=\"pilcrow-{class}\">{inner}</p>") }
    };
    match interaction {
        Interaction::Matching { heads: [left, right], .. } if !left.is_empty() && !right.is_empty() => {
            line("heads", &format!("{} → {}", html(left), html(right)))
        }
        Interaction::Ordering { by, .. } => line("by", &html(by)),
        Interaction::Gaps { passage, .. } => {
            let mut number = 0;
            let pieces = passage.iter().map(|piece| match piece {
                Piece::Text(text) => html(text),
                Piece::Gap(answers) => {
                    number += 1;
                    gap(number, answers)
                }
            });
            line("passage", &pieces.collect::<String>())
        }
        Interaction::Entry { unit, .. } => line("unit", &html(unit)),
        Interaction::Talk { stance, follow_ups, starters, norms } => {
            let stance = stance.iter().map(|[left, right]| format!("{} ←→ {}", html(left), html(right)));
            let lists = [("follow-ups", follow_ups), ("starters", starters), ("norms", norms)];
            let lists = lists.into_iter().map(|(class, entries)| list(class, entries.iter().map(|entry| html(entry))));
            line("stance", &stance.collect::<String>()) + &lists.collect::<String>()
        }
        Interaction::Choice { .. }
        | Interaction::Matching { .. }
        | Interaction::HotText { .. }
        | Interaction::Extended { .. } => String::new(),
    }
}

/// A list; nothing where nothing is in it.
pub(super) fn list(class: &str, entries: impl Iterator<Item = String>) -> String {
    let entries: String = entries.map(|entry| format!("<li>{entry}</li>")).collect();
    if entries.is_empty() { entries } else { format!("<ul class=\"pilcrow-{class}\">{entries}</ul>") }
}

/// What is told after any answer: the explanation, the reasons of pairs, which have no field of their own, and the evidence.
pub(super) fn told(exercise: &Exercise) -> String {
    let mut out = String::new();
    if !exercise.explanation.is_empty() {
        out += &format!("<p>{}</p>", html(&exercise.explanation));
    }
    if let Interaction::Matching { premises, .. } = &exercise.interaction
        && premises.iter().any(|premise| !premise.feedback.is_empty())
    {
        let reasons = premises.iter().map(|premise| {
            let reason = html(&premise.feedback);
            format!("<span class=\"pilcrow-premise\">{}:</span> {reason}", html(&premise.text))
        });
        out += &list("reasons", reasons);
    }
    out.extend(exercise.evidence.iter().map(evidence));
    out
}
