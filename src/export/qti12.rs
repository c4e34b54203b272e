//! QTI 1.2 in a zip archive, as Canvas reads it into classic quizzes and New Quizzes: one quiz an archive, as New Quizzes ask.

use super::asi::{self, Assessment, Profile, form, is_plain};
use super::{Format, Held, Part};
use crate::exchange::archive::{Packed, zipped};
use crate::exchange::xml::Xml;
use crate::exchange::{Exercise, Group, Interaction, Package, Piece, Share, as_number, choices};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "qti12",
    about: "a QTI 1.2 package (zip) for Canvas, classic quizzes and New Quizzes; `pilcrow import` reads it back",
    lacks: &[Part::Gate],
    native: false,
    leaves_out: "Canvas reads no levels, skills and standards (they stand in the file), a classic quiz shuffles the options \
                 of all its questions or of none; enemies, what gives an item away, \
                 estimates, minutes, misconceptions and reviews are left out",
    hold,
    write,
};

fn hold(exercise: &Exercise, _: &Package<'_>) -> Held {
    let mut lost: Vec<String> = Vec::new();
    let mut lose = |what: &str| lost.push(what.to_owned());
    match &exercise.interaction {
        Interaction::Matching { responses, .. } if !responses.iter().all(|response| is_plain(&response.text)) => {
            lose("emphasis in what is matched is plain");
        }
        Interaction::Ordering { .. } => lose("each part is matched with its place, and scored by its place"),
        Interaction::Gaps { passage, words } if !words.is_empty() => {
            let other = |piece: &Piece| matches!(piece, Piece::Gap(answers) if answers.iter().skip(1).any(|answer| words.contains(answer)));
            if passage.iter().any(other) {
                lose("one word of the list is right for each blank");
            }
        }
        Interaction::Entry { answers, number, .. } => {
            let right = |answer: &&crate::exchange::Accepted| answer.share == Share::ALL;
            if number.is_some() && answers.iter().filter(right).any(|answer| as_number(&answer.text).is_none()) {
                lose("a number is asked for: answers in words are not accepted");
            }
            if answers.iter().any(|answer| answer.share != Share::ALL) {
                lose("what is said to foreseen errors is in the file, but Canvas does not show it");
            }
        }
        Interaction::HotText { .. } => {
            choices(exercise).iter().flat_map(|split| &split.lost).for_each(|what| lose(what));
            if !exercise.interaction.near().is_empty() {
                lose("a sentence that comes near earns nothing");
            }
        }
        Interaction::Extended { rows, grading, .. } => {
            if !rows.is_empty() {
                lose("its rows stand in the question, and one text answers them");
            }
            if !grading.is_empty() {
                lose("how it is marked is shown to teachers in New Quizzes alone");
            }
        }
        Interaction::Talk { .. } => {
            lose("it is a text to talk about, without an answer");
            for part in super::held::said_afterwards(exercise) {
                lose(part.lost());
            }
        }
        _ => {}
    }
    if !exercise.hints.is_empty() && !exercise.is_marked_by_program() {
        lose("the hints are in the file, but Canvas does not show them");
    }
    if !exercise.teacher_note.is_empty() {
        lose("the note for the teacher is in the file, but Canvas does not show it");
    }
    Held::As(form(exercise, Profile::Canvas), lost)
}

fn write(package: &Package<'_>) -> Result<Vec<Packed>, String> {
    let id = &package.letter.about.id;
    if !package.drawn {
        let groups: Vec<&Group> = package.groups.iter().collect();
        let bytes = archive(package, (&format!("q-{id}"), &package.title), &groups)?;
        return Ok(vec![Packed::new(format!("{id}-TEACHER-qti12.zip"), bytes)]);
    }
    package
        .groups
        .iter()
        .map(|group| {
            let bytes = archive(package, (&format!("q-{id}-{}", group.id), &group.title), &[group])?;
            Ok(Packed::new(format!("{id}-TEACHER-qti12-{}.zip", group.id), bytes))
        })
        .collect()
}

/// An archive with a quiz.
fn archive(package: &Package<'_>, (ident, title): (&str, &str), groups: &[&Group]) -> Result<Vec<u8>, String> {
    let quiz = Assessment { ident, title, groups, package, profile: Profile::Canvas };
    let pictures = asi::pictures(package, groups);
    let mut files = vec![
        Packed::new("imsmanifest.xml", manifest(ident, &pictures)),
        Packed::new(format!("{ident}/{ident}.xml"), quiz.xml()),
        Packed::new(format!("{ident}/assessment_meta.xml"), settings(&quiz)),
    ];
    files.extend(pictures);
    zipped(&files)
}

fn manifest(quiz: &str, pictures: &[Packed]) -> String {
    let root = [
        ("identifier", "pilcrow-manifest"),
        ("xmlns", "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        (
            "xsi:schemaLocation",
            "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1 http://www.imsglobal.org/xsd/imscp_v1p1.xsd",
        ),
    ];
    let (questions, meta) = (format!("{quiz}/{quiz}.xml"), format!("{quiz}/assessment_meta.xml"));
    let meta_id = format!("{quiz}-meta");
    let mut xml = Xml::new();
    xml.block("manifest", &root, |xml| {
        xml.block("metadata", &[], |xml| {
            xml.leaf("schema", &[], "IMS Content");
            xml.leaf("schemaversion", &[], "1.1.3");
        });
        xml.empty("organizations", &[]);
        xml.block("resources", &[], |xml| {
            xml.block("resource", &[("identifier", quiz), ("type", "imsqti_xmlv1p2")], |xml| {
                xml.empty("file", &[("href", &questions)]);
                xml.empty("dependency", &[("identifierref", &meta_id)]);
            });
            let of_meta = [
                ("identifier", meta_id.as_str()),
                ("type", "associatedcontent/imscc_xmlv1p1/learning-application-resource"),
                ("href", meta.as_str()),
            ];
            xml.block("resource", &of_meta, |xml| xml.empty("file", &[("href", &meta)]));
            asi::webcontent(xml, pictures);
        });
    });
    xml.finish()
}

/// How the quiz is given. A classic quiz shuffles all options or none: it does where every choice may be shuffled.
fn settings(quiz: &Assessment<'_>) -> String {
    let may = |exercise: &Exercise| match &exercise.interaction {
        Interaction::Choice { options, shuffle, sort } => {
            *sort == crate::exchange::ChoiceSort::TrueFalse || *shuffle && !options.iter().any(|option| option.fixed)
        }
        Interaction::HotText { .. } => false,
        _ => true,
    };
    let shuffle = !quiz.package.drawn && quiz.exercises().all(may);
    let points = quiz.points().to_string();
    let place = "http://canvas.instructure.com/xsd/cccv1p0";
    let location = format!("{place} https://canvas.instructure.com/xsd/cccv1p0.xsd");
    let root = [
        ("identifier", quiz.ident),
        ("xmlns", place),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", location.as_str()),
    ];
    let fields = [
        ("title", quiz.title),
        ("description", ""),
        ("shuffle_answers", if shuffle { "true" } else { "false" }),
        ("scoring_policy", "keep_highest"),
        ("hide_results", ""),
        ("quiz_type", "assignment"),
        ("points_possible", &points),
        ("show_correct_answers", "true"),
        ("allowed_attempts", "1"),
        ("one_question_at_a_time", "false"),
        ("cant_go_back", "false"),
        // Not seen by pupils until the teacher says so.
        ("available", "false"),
    ];
    let mut xml = Xml::new();
    xml.block("quiz", &root, |xml| fields.iter().for_each(|(name, words)| xml.leaf(name, &[], words)));
    xml.finish()
}
