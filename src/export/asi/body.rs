//! What an item says, as HTML: paragraphs with classes, by which an import knows them again.

use std::fmt::Write;

use crate::bank::Figure;
use crate::exchange::inline::{escaped, html, plain};
use crate::exchange::{Exercise, Interaction, Piece, Quoted, Row, Shown, Stimulus};

/// A paragraph of a class.
fn paragraph(out: &mut String, class: &str, inner: &str) {
    // A `String` takes whatever is written to it.
    let _ = write!(out, "<p class=\"pilcrow-{class}\">{inner}</p>");
}

/// What is asked: the picture, the stem, and what stands under it.
pub(super) fn question(exercise: &Exercise) -> String {
    let mut out = String::new();
    if let Some(figure) = &exercise.figure {
        push_figure(&mut out, figure);
    }
    paragraph(&mut out, "stem", &html(&exercise.stem));
    match &exercise.interaction {
        Interaction::Matching { heads, .. } if !heads[0].is_empty() => {
            paragraph(&mut out, "heads", &format!("{} → {}", html(&heads[0]), html(&heads[1])));
        }
        Interaction::Ordering { by, .. } => paragraph(&mut out, "by", &html(by)),
        Interaction::Gaps { passage, .. } => paragraph(&mut out, "passage", &gaps(passage)),
        Interaction::Entry { unit, .. } if !unit.is_empty() => {
            paragraph(&mut out, "unit", &format!("____ {}", html(unit)));
        }
        Interaction::HotText { passages, .. } => {
            for passage in passages {
                let words: Vec<&str> = passage.sentences.iter().map(|sentence| sentence.words.as_str()).collect();
                paragraph(&mut out, "search", &escaped(&format!("{} {}", passage.place, words.join(" "))));
            }
        }
        Interaction::Extended { rows, starters, .. } => {
            for Row { prompt, points, .. } in rows {
                paragraph(&mut out, "row", &format!("{} ({points})", html(prompt)));
            }
            starters.iter().for_each(|line| paragraph(&mut out, "starter", &html(line)));
        }
        Interaction::Talk { stance, follow_ups, starters, norms } => {
            if let Some([left, right]) = stance {
                paragraph(&mut out, "stance", &format!("{} ↔ {}", html(left), html(right)));
            }
            follow_ups.iter().for_each(|line| paragraph(&mut out, "follow-up", &html(line)));
            starters.iter().for_each(|line| paragraph(&mut out, "starter", &html(line)));
            norms.iter().for_each(|line| paragraph(&mut out, "norm", &html(line)));
        }
        _ => {}
    }
    out
}

/// A passage with `[gap1]`, as Canvas marks blanks.
fn gaps(passage: &[Piece]) -> String {
    let mut number = 0;
    let mut out = String::new();
    for piece in passage {
        match piece {
            Piece::Text(text) => out.push_str(&html(text)),
            Piece::Gap(_) => {
                number += 1;
                let _ = write!(out, "[gap{number}]");
            }
        }
    }
    out
}

/// What is said after any answer: why, and the words that prove it. Empty where there is nothing.
pub(super) fn general(exercise: &Exercise) -> String {
    let mut out = String::new();
    if !exercise.explanation.is_empty() {
        paragraph(&mut out, "why", &html(&exercise.explanation));
    }
    exercise.evidence.iter().for_each(|quoted| push_quoted(&mut out, "evidence", quoted));
    out
}

/// What is said after a wrong answer.
pub(super) fn hints(exercise: &Exercise) -> String {
    let mut out = String::new();
    exercise.hints.iter().for_each(|hint| paragraph(&mut out, "hint", &html(hint)));
    out
}

/// What several items share.
pub(super) fn shared(stimulus: &Stimulus) -> String {
    let mut out = String::new();
    paragraph(&mut out, "set-title", &format!("<strong>{}</strong>", escaped(&stimulus.title)));
    if !stimulus.intro.is_empty() {
        paragraph(&mut out, "set-intro", &html(&stimulus.intro));
    }
    for passage in &stimulus.passages {
        match passage {
            Shown::Quoted(quoted) => push_quoted(&mut out, "set-quoted", quoted),
            Shown::Text(text, source) => {
                paragraph(&mut out, "set-text", &format!("{} ({})", html(text), html(source)));
            }
            Shown::Figure(figure) => push_figure(&mut out, figure),
        }
    }
    out
}

fn push_quoted(out: &mut String, class: &str, quoted: &Quoted) {
    paragraph(out, class, &escaped(&format!("{} “{}”", quoted.place, quoted.words)));
}

fn push_figure(out: &mut String, figure: &Figure) {
    let (source, alt) = (super::picture(figure), escaped(&figure.alt));
    // As both platforms resolve a file of the archive.
    paragraph(out, "figure", &format!("<img src=\"$IMS-CC-FILEBASE$/{source}\" alt=\"{alt}\"/>"));
    let under = [&figure.caption, &figure.credit].into_iter().filter(|text| !text.is_empty());
    under.for_each(|text| paragraph(out, "caption", &html(text)));
}

/// Whether a text loses nothing as plain words.
pub(in crate::export) fn is_plain(markup: &str) -> bool {
    html(markup) == escaped(&plain(markup))
}
