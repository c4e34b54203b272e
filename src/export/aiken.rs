//! Aiken: choices with one right answer and nothing else, a line each (`question/format/aiken`).

use super::asked::before;
use super::gift::ordered;
use super::{Format, Held, Part};
use crate::exchange::archive::Packed;
use crate::exchange::inline::{html, joined, plain};
use crate::exchange::{Alternative, ChoiceSort, Exercise, Interaction, Package, choices};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "aiken",
    about: "Aiken, the plainest text for choices with one right answer (Moodle and many others)",
    lacks: &[
        Part::Points,
        Part::Locks,
        Part::Feedback,
        Part::Explanation,
        Part::Evidence,
        Part::Hints,
        Part::Notes,
        Part::Tags,
        Part::Pictures,
        Part::Gate,
        Part::Stimulus,
        Part::Identifier,
    ],
    native: false,
    leaves_out: super::BANK_ALONE,
    hold,
    write,
};

/// Letters that options have.
const MOST: usize = 26;

fn hold(exercise: &Exercise, _: &Package<'_>) -> Held {
    let Some(split) = choices(exercise) else { return Held::not("Aiken knows choices with one right answer only") };
    let mut lost = split.lost;
    let (mut shuffle, mut marked) = (true, false);
    for part in &split.exercises {
        let Interaction::Choice { options, sort, shuffle: shuffled } = &part.interaction else { continue };
        if matches!(sort, ChoiceSort::Several(_)) || options.iter().filter(|option| option.right).count() != 1 {
            return Held::not("Aiken knows choices with one right answer only");
        }
        if options.len() > MOST {
            return Held::not("Aiken has letters for 26 options");
        }
        if options.iter().any(|option| !option.right && option.share.of > 0) {
            lost.push("what comes near earns nothing".to_owned());
        }
        shuffle &= *shuffled;
        marked |= html(&part.stem).contains('<') || options.iter().any(|option| html(&option.text).contains('<'));
    }
    if marked {
        lost.push("emphasis is left out".to_owned());
    }
    ordered(Held::As("choice", lost), shuffle)
}

fn write(package: &Package<'_>) -> Result<Vec<Packed>, String> {
    let mut out = String::new();
    for exercise in package.exercises() {
        for part in choices(exercise).iter().flat_map(|split| &split.exercises) {
            if let Interaction::Choice { options, .. } = &part.interaction {
                out += &written(part, options, package);
            }
        }
    }
    Ok(vec![Packed::new(format!("{}-TEACHER-aiken.txt", package.letter.about.id), out)])
}

fn written(exercise: &Exercise, options: &[Alternative], package: &Package<'_>) -> String {
    let mut out = format!("{}\n", stem(exercise, package));
    let mut right = 'A';
    for (letter, option) in ('A'..='Z').zip(options) {
        out += &format!("{letter}) {}\n", line(&plain(&option.text)));
        if option.right {
            right = letter;
        }
    }
    out + &format!("ANSWER: {right}\n\n")
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the set shares, what a picture shows, and the stem, on one line. A stem that begins as an option does (`U.S.`), or as
/// the line of the answer, has a word before it.
fn stem(exercise: &Exercise, package: &Package<'_>) -> String {
    let mut parts = before(exercise, package, plain);
    parts.push(plain(&exercise.stem));
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let text = line(&joined(&parts));
    let mut first = text.chars();
    let is_option = first.next().is_some_and(|c| c.is_ascii_uppercase()) && matches!(first.next(), Some('.' | ')'));
    if is_option || text.starts_with("ANSWER:") || text.chars().count() < 2 {
        format!("Question: {text}")
    } else {
        text
    }
}
