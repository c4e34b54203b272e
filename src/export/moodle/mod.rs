//! Moodle XML: a question bank with its categories, as Moodle’s own importer reads it (`question/format/xml`, and the importers
//! of its question types `ordering` and `gapselect`).

pub(super) mod grades;
pub(super) mod question;

use super::{Format, Held, Part};
use crate::exchange::archive::Packed;
use crate::exchange::inline::html;
use crate::exchange::xml::Xml;
use crate::exchange::{Accepted, ChoiceSort, Exercise, Group, Interaction, Labelled, Package, Piece, Share, choices};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "moodle-xml",
    about: "Moodle’s question bank (XML), for courses there: all that Moodle can mark, and essays with notes for the marker",
    lacks: &[Part::Locks, Part::Gate, Part::Stimulus],
    native: false,
    leaves_out: super::BANK_ALONE,
    hold,
    write,
};

fn hold(exercise: &Exercise, package: &Package<'_>) -> Held {
    let held = match &exercise.interaction {
        Interaction::Choice { sort: ChoiceSort::TrueFalse, .. } => Held::whole("truefalse"),
        Interaction::Choice { options, sort, .. } => grades::hold(options, *sort),
        Interaction::Matching { premises, .. } if premises.len() < 2 => Held::not("Moodle matches two pairs and more"),
        Interaction::Matching { responses, .. } => matching(responses),
        Interaction::Ordering { .. } if package.drawn => {
            Held::partly("ordering", "Moodle shows the steps in an order of its own")
        }
        Interaction::Ordering { .. } => Held::whole("ordering"),
        Interaction::Gaps { passage, words } => Held::whole(gaps(passage, words)),
        Interaction::Entry { answers, .. } => entry(exercise, answers),
        Interaction::HotText { .. } => sentences(exercise),
        Interaction::Extended { .. } => Held::whole("essay"),
        Interaction::Talk { .. } => Held::whole("description"),
    };
    match held {
        // Essays alone have a field that pupils do not see.
        Held::As(form, mut lost) if form != "essay" && !exercise.teacher_note.is_empty() => {
            lost.push(Part::Notes.lost().to_owned());
            Held::As(form, lost)
        }
        held => held,
    }
}

/// Responses stand in a list of plain words.
pub(super) fn matching(responses: &[Labelled]) -> Held {
    if responses.iter().any(|response| html(&response.text).contains('<')) {
        return Held::partly("matching", "responses lose their emphasis");
    }
    Held::whole("matching")
}

/// A list of words to choose from, or gaps to type in; and gaps for which several words of the list are right.
fn gaps(passage: &[Piece], words: &[String]) -> &'static str {
    let one_fits = |piece: &Piece| match piece {
        Piece::Text(_) => true,
        Piece::Gap(answers) => answers.iter().filter(|answer| words.contains(answer)).count() == 1,
    };
    if !words.is_empty() && passage.iter().all(one_fits) { "gapselect" } else { "cloze" }
}

/// Numbers with their tolerance; words, or numbers that may be written in words, as short answers.
pub(super) fn entry(exercise: &Exercise, answers: &[Accepted]) -> Held {
    let Interaction::Entry { number: Some(number), .. } = &exercise.interaction else {
        return Held::whole("shortanswer");
    };
    let is_number = |answer: &&Accepted| answer.text.parse::<f64>().is_ok_and(f64::is_finite);
    let words = answers.iter().filter(|answer| !is_number(answer));
    let (right, wrong): (Vec<&Accepted>, Vec<&Accepted>) = words.partition(|answer| answer.share == Share::ALL);
    match (number.tolerance > 0.0, right.is_empty(), wrong.is_empty()) {
        (_, true, true) => Held::whole("numerical"),
        (false, ..) => Held::whole("shortanswer"),
        (true, false, _) => Held::partly("numerical", "the number in words is not taken"),
        (true, true, false) => Held::partly("numerical", "a foreseen answer in words is not met with its reason"),
    }
}

/// Sentences of a text as options.
pub(super) fn sentences(exercise: &Exercise) -> Held {
    let Some(split) = choices(exercise) else { return Held::not("its sentences cannot be options") };
    let Some(Interaction::Choice { options, sort, .. }) = split.exercises.first().map(|first| &first.interaction)
    else {
        return Held::not("its sentences cannot be options");
    };
    match grades::hold(options, *sort) {
        Held::As(form, lost) => Held::As(form, split.lost.into_iter().chain(lost).collect()),
        not => not,
    }
}

fn write(package: &Package<'_>) -> Result<Vec<Packed>, String> {
    let mut xml = Xml::new();
    xml.block("quiz", &[], |xml| {
        for group in &package.groups {
            category(xml, package, group);
            for exercise in &group.exercises {
                question::write(xml, exercise, package);
            }
        }
    });
    Ok(vec![Packed::new(format!("{}-TEACHER-moodle.xml", package.letter.about.id), xml.finish())])
}

/// Where the questions after it belong, below the course’s own categories.
fn category(xml: &mut Xml, package: &Package<'_>, group: &Group) {
    xml.block("question", &[("type", "category")], |xml| {
        xml.block("category", &[], |xml| xml.leaf("text", &[], &path(package, group)));
        let about = &package.letter.about;
        xml.block("info", &[("format", "plain_text")], |xml| xml.leaf("text", &[], &about.citation));
        xml.leaf("idnumber", &[], &format!("{}-{}", about.id, group.id));
    });
}

/// `$course$/top/Title/Section`: a stroke in a name is doubled.
pub(super) fn path(package: &Package<'_>, group: &Group) -> String {
    let name = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('/', "//");
    format!("$course$/top/{}/{}", name(&package.title), name(&group.title))
}
