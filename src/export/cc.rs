//! Common Cartridge 1.1: a quiz for each group, listed in the cartridge’s organization.

use super::asi::{self, Assessment, Profile, form};
use super::{Format, Held, Part};
use crate::exchange::archive::{Packed, zipped};
use crate::exchange::xml::Xml;
use crate::exchange::{Exercise, Group, Interaction, Package, Share, Split, choices, entries};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "cc",
    about: "a Common Cartridge 1.1 (imscc) for Moodle, Canvas, Blackboard and others, as a course import: a quiz for each section",
    lacks: &[Part::Hints, Part::Notes, Part::Tags, Part::Gate, Part::Stimulus],
    native: false,
    leaves_out: super::BANK_ALONE,
    hold,
    write,
};

/// The exercise in the six kinds that a cartridge has: as it is, or as several choices or entries.
fn parts(exercise: &Exercise) -> Option<Split> {
    match &exercise.interaction {
        Interaction::Ordering { .. } => None,
        Interaction::Gaps { words, .. } if words.is_empty() => entries(exercise),
        Interaction::Matching { .. } | Interaction::Gaps { .. } => choices(exercise),
        _ => Some(Split { exercises: vec![exercise.clone()], lost: Vec::new() }),
    }
}

fn hold(exercise: &Exercise, _: &Package<'_>) -> Held {
    let Some(Split { exercises, mut lost }) = parts(exercise) else {
        return Held::not("a cartridge has no question in which things are put in order");
    };
    let mut lose = |what: &str| lost.push(what.to_owned());
    match &exercise.interaction {
        Interaction::Choice { options, sort: crate::exchange::ChoiceSort::Single, .. } if options.len() < 3 => {
            lose("with two options it is a multiple response: a cartridge’s choice has three");
        }
        Interaction::Matching { responses, .. } if responses.len() < 3 => {
            lose("with two options it is a multiple response: a cartridge’s choice has three");
        }
        Interaction::Choice { sort: crate::exchange::ChoiceSort::Several(2..), .. } => {
            lose("all right options and no other earn the points: the cartridge knows no part of them");
        }
        Interaction::HotText { choose, .. } => {
            lose("the sentences of the text are options");
            if !exercise.interaction.near().is_empty() {
                lose("a sentence that comes near earns nothing");
            }
            if *choose > 1 {
                lose("all right options and no other earn the points: the cartridge knows no part of them");
            }
        }
        Interaction::Entry { answers, number, .. } => {
            if number.is_some_and(|number| number.tolerance > 0.0) {
                lose("a number is taken only as it is written: what is near is not");
            }
            if answers.iter().any(|answer| answer.share != Share::ALL && !answer.feedback.is_empty()) {
                lose("what is said to foreseen errors is left out");
            }
        }
        Interaction::Extended { rows, .. } if !rows.is_empty() => {
            lose("its rows stand in the question, and one text answers them");
        }
        Interaction::Talk { .. } => lose("it is a text to talk about, with room to write"),
        _ => {}
    }
    let first = exercises.first().unwrap_or(exercise);
    Held::As(form(first, Profile::Cartridge), lost)
}

fn write(package: &Package<'_>) -> Result<Vec<Packed>, String> {
    let split = |group: &Group| {
        let exercises = group.exercises.iter().filter_map(parts).flat_map(|split| split.exercises);
        Group { exercises: exercises.collect(), ..group.clone() }
    };
    let groups: Vec<Group> = package.groups.iter().map(split).collect();
    let shown: Vec<&Group> = groups.iter().collect();
    let pictures = asi::pictures(package, &shown);
    let quizzes = groups.iter().map(|group| {
        let ident = format!("q-{}", group.id);
        let groups = [group];
        let quiz =
            Assessment { ident: &ident, title: &group.title, groups: &groups, package, profile: Profile::Cartridge };
        Packed::new(format!("{ident}/assessment.xml"), quiz.xml())
    });
    let quizzes: Vec<Packed> = quizzes.collect();
    let mut files = vec![Packed::new("imsmanifest.xml", manifest(package, &quizzes, &pictures))];
    files.extend(quizzes);
    files.extend(pictures);
    let bytes = zipped(&files)?;
    Ok(vec![Packed::new(format!("{}-TEACHER.imscc", package.letter.about.id), bytes)])
}

fn manifest(package: &Package<'_>, quizzes: &[Packed], pictures: &[Packed]) -> String {
    let (cp, lom) =
        ("http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1", "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest");
    let profile = "http://www.imsglobal.org/profile/cc/ccv1p1";
    let location = format!("{cp} {profile}/ccv1p1_imscp_v1p2_v1p0.xsd {lom} {profile}/LOM/ccv1p1_lommanifest_v1p0.xsd");
    let identifier = format!("pilcrow-{}", package.letter.about.id);
    let root = [
        ("identifier", identifier.as_str()),
        ("xmlns", cp),
        ("xmlns:lomimscc", lom),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", location.as_str()),
    ];
    let language = package.letter.about.language.as_str();
    let mut xml = Xml::new();
    xml.block("manifest", &root, |xml| {
        xml.block("metadata", &[], |xml| {
            xml.leaf("schema", &[], "IMS Common Cartridge");
            xml.leaf("schemaversion", &[], "1.1.0");
            xml.block("lomimscc:lom", &[], |xml| {
                xml.block("lomimscc:general", &[], |xml| {
                    for (name, words) in [("title", &package.title), ("description", &package.letter.about.citation)] {
                        xml.block(&format!("lomimscc:{name}"), &[], |xml| {
                            xml.leaf("lomimscc:string", &[("language", language)], words);
                        });
                    }
                });
            });
        });
        xml.block("organizations", &[], |xml| {
            let shape = [("identifier", "organization"), ("structure", "rooted-hierarchy")];
            xml.block("organization", &shape, |xml| {
                xml.block("item", &[("identifier", "root")], |xml| {
                    xml.block("item", &[("identifier", "module")], |xml| {
                        xml.leaf("title", &[], &package.title);
                        for group in &package.groups {
                            let (item, quiz) = (format!("item-{}", group.id), format!("q-{}", group.id));
                            xml.block("item", &[("identifier", &item), ("identifierref", &quiz)], |xml| {
                                xml.leaf("title", &[], &group.title);
                            });
                        }
                    });
                });
            });
        });
        xml.block("resources", &[], |xml| {
            for (group, quiz) in package.groups.iter().zip(quizzes) {
                let id = format!("q-{}", group.id);
                let kind = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment";
                xml.block("resource", &[("identifier", id.as_str()), ("type", kind)], |xml| {
                    xml.empty("file", &[("href", &quiz.name)]);
                });
            }
            asi::webcontent(xml, pictures);
        });
    });
    xml.finish()
}
