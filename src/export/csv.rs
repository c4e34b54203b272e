//! A plain table: a row for each exercise, a column for each part of it. `import` reads it back.

use super::asked::before;
use super::{Format, Held, Part};
use crate::exchange::archive::Packed;
use crate::exchange::table::{AFTER_OPTIONS, BEFORE_OPTIONS, csv};
use crate::exchange::{Exercise, Interaction, Package, Piece, Share};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "csv",
    about: "a table for spreadsheets (CSV, UTF-8), a row for each question; `pilcrow import` reads it back",
    lacks: &[Part::Pictures, Part::Stimulus],
    native: false,
    leaves_out: super::BANK_ALONE,
    hold: |exercise, _| Held::whole(form(exercise)),
    write: |package| {
        let name = format!("{}-TEACHER-questions.csv", package.letter.about.id);
        Ok(vec![Packed::new(name, csv(&rows(package)))])
    },
};

/// What a row is, in its column `form`; an import goes by it.
pub(super) fn form(exercise: &Exercise) -> &'static str {
    match exercise.interaction {
        Interaction::Choice { .. } => "choice",
        Interaction::Matching { .. } => "matching",
        Interaction::Ordering { .. } => "ordering",
        Interaction::Gaps { .. } => "gaps",
        Interaction::Entry { .. } => "entry",
        Interaction::HotText { .. } => "sentences",
        Interaction::Extended { .. } => "written",
        Interaction::Talk { .. } => "talk",
    }
}

/// The table with its header: of this format, and of workbooks.
pub(super) fn rows(package: &Package<'_>) -> Vec<Vec<String>> {
    let widest = package.exercises().map(|exercise| options(exercise).len()).max().unwrap_or(0);
    let numbered = (1..=widest).flat_map(|n| [format!("option {n}"), format!("why {n}")]);
    let header = BEFORE_OPTIONS.iter().map(|name| (*name).to_owned()).chain(numbered);
    let mut rows: Vec<Vec<String>> = vec![header.chain(AFTER_OPTIONS.iter().map(|name| (*name).to_owned())).collect()];
    for group in &package.groups {
        rows.extend(group.exercises.iter().map(|exercise| row(exercise, (&group.title, package), widest)));
    }
    rows
}

/// The cells of an exercise, with room for so many options.
pub(super) fn row(exercise: &Exercise, (group, package): (&str, &Package<'_>), widest: usize) -> Vec<String> {
    let lines = |list: Vec<String>| list.join("\n");
    let mut cells = vec![
        exercise.id.clone(),
        group.to_owned(),
        exercise.number.map(|n| n.to_string()).unwrap_or_default(),
        form(exercise).to_owned(),
        exercise.kind.to_string(),
        exercise.points.to_string(),
        exercise.gate.clone().unwrap_or_default(),
        before(exercise, package, str::to_owned).join("\n"),
        exercise.stem.clone(),
        text(exercise),
        answer(exercise),
    ];
    let mut options = options(exercise);
    options.resize(widest, (String::new(), String::new()));
    cells.extend(options.into_iter().flat_map(|(option, why)| [option, why]));
    let quoted = exercise.evidence.iter().map(|quoted| format!("{} “{}”", quoted.place, quoted.words));
    let (accept, errors) = accepted(exercise);
    let grading = match &exercise.interaction {
        Interaction::Extended { grading, .. } => grading.clone(),
        Interaction::Talk { norms, .. } => norms.clone(),
        _ => Vec::new(),
    };
    cells.extend([
        order(exercise),
        lines(accept),
        lines(errors),
        lines(near(exercise)),
        lines(grading),
        exercise.explanation.clone(),
        lines(quoted.collect()),
        lines(exercise.hints.clone()),
        exercise.teacher_note.clone(),
        lines(exercise.tags.clone()),
    ]);
    cells
}

/// The text in which something is to be filled in, marked or matched.
fn text(exercise: &Exercise) -> String {
    match &exercise.interaction {
        Interaction::Gaps { passage, .. } => passage
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Gap(answers) => format!("{{{{{}}}}}", answers.join("|")),
            })
            .collect(),
        Interaction::HotText { passages, .. } => {
            let passage = |passage: &crate::exchange::HotPassage| {
                let words: Vec<&str> = passage.sentences.iter().map(|s| s.words.as_str()).collect();
                format!("{} {}", passage.place, words.join(" "))
            };
            passages.iter().map(passage).collect::<Vec<_>>().join("\n")
        }
        Interaction::Matching { heads, .. } if !heads[0].is_empty() => heads.join("\n"),
        Interaction::Ordering { by, .. } => by.clone(),
        Interaction::Entry { unit, .. } => unit.clone(),
        Interaction::Talk { stance: Some(ends), .. } => ends.join("\n"),
        // The room to write, in lines.
        Interaction::Extended { lines, rows, .. } if rows.is_empty() => lines.to_string(),
        _ => String::new(),
    }
}

/// The key: `B`; `A, C`; a line for each pair (`premise => response`); the words.
fn answer(exercise: &Exercise) -> String {
    match &exercise.interaction {
        Interaction::Choice { options, .. } => {
            let right = (1..).zip(options).filter(|(_, option)| option.right);
            right.map(|(n, _): (usize, _)| n.to_string()).collect::<Vec<_>>().join(", ")
        }
        Interaction::Matching { premises, responses, .. } => {
            let pair = |premise: &crate::exchange::Premise| {
                let response = responses.iter().find(|response| response.id == premise.response);
                format!("{} => {}", premise.text, response.map_or("", |response| response.text.as_str()))
            };
            premises.iter().map(pair).collect::<Vec<_>>().join("\n")
        }
        Interaction::Ordering { elements, right, .. } => {
            let place = |id: &String| elements.iter().position(|element| element.id == *id).map(|at| at + 1);
            right.iter().filter_map(place).map(|n| n.to_string()).collect::<Vec<_>>().join(", ")
        }
        Interaction::HotText { passages, choose } => {
            let all = passages.iter().flat_map(|passage| &passage.sentences);
            let right = all.filter(|sentence| sentence.is_right(*choose));
            right.map(|sentence| sentence.words.clone()).collect::<Vec<_>>().join("\n")
        }
        Interaction::Entry { answers, .. } => answers.first().map_or(String::new(), |answer| answer.text.clone()),
        Interaction::Gaps { .. } => exercise.answer_line(),
        _ => String::new(),
    }
}

/// What is shown as a list, each with its reason: options, responses (reasons: those of the pairs, in their order), elements, words,
/// rows, what is asked further.
pub(super) fn options(exercise: &Exercise) -> Vec<(String, String)> {
    match &exercise.interaction {
        Interaction::Choice { options, .. } => options.iter().map(|o| (o.text.clone(), o.feedback.clone())).collect(),
        Interaction::Matching { premises, responses, .. } => {
            let longest = premises.len().max(responses.len());
            let response = |at: usize| responses.get(at).map(|r| r.text.clone()).unwrap_or_default();
            let why = |at: usize| premises.get(at).map(|p| p.feedback.clone()).unwrap_or_default();
            (0..longest).map(|at| (response(at), why(at))).collect()
        }
        Interaction::Ordering { elements, .. } => elements.iter().map(|e| (e.text.clone(), String::new())).collect(),
        Interaction::Gaps { words, .. } => words.iter().map(|word| (word.clone(), String::new())).collect(),
        Interaction::Extended { rows, .. } => {
            rows.iter().map(|row| (row.prompt.clone(), row.points.to_string())).collect()
        }
        Interaction::Talk { follow_ups, .. } => follow_ups.iter().map(|line| (line.clone(), String::new())).collect(),
        _ => Vec::new(),
    }
}

/// `shuffle`, or `fixed` with the numbers of the options that are locked.
fn order(exercise: &Exercise) -> String {
    match &exercise.interaction {
        Interaction::Choice { options, shuffle: true, .. } => {
            let fixed = (1..).zip(options).filter(|(_, option)| option.fixed).map(|(n, _): (usize, _)| n.to_string());
            let fixed: Vec<String> = fixed.collect();
            if fixed.is_empty() { "shuffle".to_owned() } else { format!("shuffle, not {}", fixed.join(", ")) }
        }
        Interaction::Matching { shuffle: true, .. } => "shuffle".to_owned(),
        Interaction::Choice { .. } | Interaction::Matching { .. } => "fixed".to_owned(),
        _ => String::new(),
    }
}

/// Sentences that earn a part of the points, with why they are not quite it.
fn near(exercise: &Exercise) -> Vec<String> {
    let near = exercise.interaction.near().into_iter();
    near.map(|sentence| format!("{} => {}", sentence.words, sentence.feedback)).collect()
}

/// Other answers that are right, and errors that were foreseen with what is said to them.
fn accepted(exercise: &Exercise) -> (Vec<String>, Vec<String>) {
    match &exercise.interaction {
        Interaction::Entry { answers, number, .. } => {
            let is_right = |answer: &&crate::exchange::Accepted| answer.share == Share::ALL;
            let mut accept: Vec<String> = answers.iter().filter(is_right).skip(1).map(|a| a.text.clone()).collect();
            if let Some(number) = number.filter(|number| number.tolerance > 0.0) {
                accept.push(format!("± {}", crate::exchange::decimal(number.tolerance)));
            }
            let wrong = answers.iter().filter(|answer| !is_right(answer));
            (accept, wrong.map(|answer| format!("{} => {}", answer.text, answer.feedback)).collect())
        }
        // Openings of sentences.
        Interaction::Extended { starters, .. } | Interaction::Talk { starters, .. } => (starters.clone(), Vec::new()),
        _ => (Vec::new(), Vec::new()),
    }
}
