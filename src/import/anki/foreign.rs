//! Notes of other people: front and back, and texts with gaps.

use super::Note;
use super::parts::words;
use crate::exchange::inline::{joined, plain};
use crate::exchange::{Accepted, Exercise, Interaction, Number, Piece, Share};
use crate::import::exercise::exercise;
use crate::import::html::{Marked, from_html};
use crate::import::{Entry, Question};

/// The question of a note; `number` is its place in the file.
pub(super) fn entry(note: &Note, number: usize) -> Entry {
    let dropped = |why: &str| Entry::Dropped { name: format!("note {number}"), why: why.to_owned() };
    let mut changed = Vec::new();
    let fields: Vec<String> = note.fields.iter().map(|field| without_sounds(field, &mut changed)).collect();
    let cloze = fields.iter().position(|field| first_gap(field).is_some());
    if fields.iter().any(|field| field.contains("image-occlusion:")) {
        return dropped("a picture with covered parts has no like in a bank");
    }
    let (stem, interaction, hints, used) = match cloze {
        Some(at) => {
            let found = gaps(&fields[at]);
            changed.extend(found.changed);
            let stem = match at {
                0 => "Fill in the blanks.".to_owned(),
                _ => joined(
                    &fields[..at]
                        .iter()
                        .map(|field| marked(field, &mut changed))
                        .collect::<Vec<_>>()
                        .iter()
                        .map(String::as_str)
                        .collect::<Vec<_>>(),
                ),
            };
            (stem, Interaction::Gaps { passage: found.pieces, words: Vec::new() }, found.hints, at + 1)
        }
        None => {
            let front = marked(fields.first().map_or("", String::as_str), &mut changed);
            let back = marked(fields.get(1).map_or("", String::as_str), &mut changed);
            if front.is_empty() {
                return dropped("its front has no words");
            }
            if back.is_empty() {
                return dropped("its back has no words");
            }
            (front, answered(&back), Vec::new(), 2)
        }
    };
    let others: Vec<String> =
        fields.iter().skip(used).map(|field| marked(field, &mut changed)).filter(|text| !text.is_empty()).collect();
    if !others.is_empty() {
        changed.push("what its other fields say became its explanation".to_owned());
    }
    let mut tags = note.tags.clone();
    if !note.deck.is_empty() {
        tags.push(format!("deck:{}", note.deck));
    }
    let mut seen: Vec<String> = Vec::new();
    changed.retain(|what| {
        !seen.contains(what) && {
            seen.push(what.clone());
            true
        }
    });
    // Anki’s names for notes are signs at random: the first words of the question say more.
    let bare = exercise("", stem, interaction);
    let exercise = Exercise { explanation: others.join(" "), hints, tags, ..bare };
    Entry::Question(Box::new(Question { exercise, picture: None, changed }))
}

/// A field as authored text; what it loses is told.
fn marked(field: &str, changed: &mut Vec<String>) -> String {
    let Marked { text, pictures, changed: lost } = from_html(field);
    changed.extend(lost);
    changed.extend(
        pictures.iter().map(|(source, _)| format!("its picture “{source}” is not in the text that Anki writes")),
    );
    text
}

/// A back is what is to be written; whether that is a number or a sentence its kind says.
fn answered(back: &str) -> Interaction {
    let text = plain(back);
    let number = text.parse::<f64>().ok().filter(|value| value.is_finite());
    let number = number.map(|value| Number { value, tolerance: 0.0 });
    let answers = vec![Accepted { text, share: Share::ALL, feedback: String::new() }];
    Interaction::Entry { answers, number, unit: String::new() }
}

/// The field without `[sound:x.mp3]`.
fn without_sounds(field: &str, changed: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(field.len());
    let mut rest = field;
    while let Some((before, after)) = rest.split_once("[sound:") {
        out.push_str(before);
        let Some((name, behind)) = after.split_once(']') else { break };
        changed.push(format!("its sound “{name}” was left out"));
        rest = behind;
    }
    out + rest
}

/// A text with its gaps.
pub(super) struct Gapped {
    pub pieces: Vec<Piece>,
    pub hints: Vec<String>,
    pub changed: Vec<String>,
}

/// Where the next gap begins, and where its words do.
fn first_gap(html: &str) -> Option<(usize, usize)> {
    html.match_indices("{{c").find_map(|(at, open)| {
        let digits = html[at + open.len()..].chars().take_while(char::is_ascii_digit).count();
        let words = at + open.len() + digits;
        (digits > 0 && html[words..].starts_with("::")).then_some((at, words + 2))
    })
}

/// Stands for a gap while the text around it is read.
const GAP: char = '\u{e000}';

/// So many gaps without an end are looked for, each to the end of the text; after them no gap is one.
const MOST_ENDLESS: usize = 100;

/// The pieces of a text with `{{c1::words::hint}}`.
pub(super) fn gaps(html: &str) -> Gapped {
    let mut around = String::with_capacity(html.len());
    let (mut answers, mut hints, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    let html = html.replace(GAP, " ");
    let mut rest = html.as_str();
    let mut endless = 0;
    while let Some((at, words)) = first_gap(rest).filter(|_| endless < MOST_ENDLESS) {
        around.push_str(&rest[..at]);
        let inside = &rest[words..];
        let Some(end) = gap_end(inside) else {
            // It never ends: its braces are words.
            endless += 1;
            around.push_str(&rest[at..words]);
            rest = inside;
            continue;
        };
        let mut inner = inside[..end].to_owned();
        if first_gap(&inner).is_some() {
            changed.push("a gap in a gap became a part of it".to_owned());
            inner = flat(&inner);
        }
        let (answer, hint) = inner.split_once("::").unwrap_or((&inner, ""));
        answers.push(self::words(answer));
        if !hint.is_empty() {
            hints.push(from_html(hint).text);
        }
        around.push(GAP);
        rest = inside.get(end + 2..).unwrap_or_default();
    }
    around.push_str(rest);
    let Marked { text, pictures, changed: lost } = from_html(&around);
    changed.extend(lost);
    changed.extend(
        pictures.iter().map(|(source, _)| format!("its picture “{source}” is not in the text that Anki writes")),
    );
    let mut pieces = Vec::new();
    let mut answers = answers.into_iter();
    for (at, text) in text.split(GAP).enumerate() {
        if at > 0 {
            pieces.extend(answers.next().map(|answer| Piece::Gap(vec![answer])));
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
    }
    if !hints.is_empty() {
        changed.push("the hints of its gaps became hints of the question".to_owned());
    }
    Gapped { pieces, hints, changed }
}

/// Where a gap’s words end: at the braces that close it, and not those of a gap in it.
fn gap_end(inside: &str) -> Option<usize> {
    let mut depth = 1;
    let mut at = 0;
    while let Some(found) = inside[at..].find(['{', '}']) {
        at += found;
        let here = &inside[at..];
        if here.starts_with("{{") {
            depth += 1;
            at += 2;
        } else if here.starts_with("}}") {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
            at += 2;
        } else {
            at += 1;
        }
    }
    None
}

/// The words of a gap with those of the gaps in it.
fn flat(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((at, words)) = first_gap(rest) {
        out.push_str(&rest[..at]);
        rest = &rest[words..];
    }
    (out + rest).replace("}}", "")
}
