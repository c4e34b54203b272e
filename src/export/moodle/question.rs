//! One question: what all have in common, and what each of Moodle’s types adds.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::asked::{asked, list, told};
use super::{grades, hold};
use crate::bank::Figure;
use crate::exchange::inline::{escaped, html, plain};
use crate::exchange::xml::Xml;
use crate::exchange::{
    Accepted, Alternative, ChoiceSort, Exercise, HotPassage, Interaction, Labelled, Number, Package, Premise, Row,
    Share, blanks, choices, decimal, each_once, picture_file,
};
use crate::export::Held;

/// What a wrong try costs where Moodle lets pupils try again: a third, as its own form proposes.
const PENALTY: &str = "0.3333333";

/// Writes a question that is held.
pub(super) fn write(xml: &mut Xml, exercise: &Exercise, package: &Package<'_>) {
    let Held::As(form, _) = hold(exercise, package) else { return };
    xml.block("question", &[("type", form)], |xml| {
        head(xml, exercise, package, form);
        body(xml, exercise, form);
        for hint in &exercise.hints {
            marked(xml, "hint", &html(hint));
        }
        if !exercise.tags.is_empty() {
            xml.block("tags", &[], |xml| {
                for tag in &exercise.tags {
                    xml.block("tag", &[], |xml| xml.leaf("text", &[], tag));
                }
            });
        }
    });
}

/// An element with HTML.
fn marked(xml: &mut Xml, name: &str, html: &str) {
    xml.block(name, &[("format", "html")], |xml| xml.cdata_leaf("text", &[], html));
}

fn head(xml: &mut Xml, exercise: &Exercise, package: &Package<'_>, form: &str) {
    let number = exercise.number.map(|number| format!("{number:02} ")).unwrap_or_default();
    xml.block("name", &[], |xml| xml.leaf("text", &[], &format!("{number}{}", exercise.title())));
    let image = |figure: &Figure| {
        format!("<img src=\"@@PLUGINFILE@@/{}\" alt=\"{}\"/>", picture_file(figure), escaped(&figure.alt))
    };
    let text = asked(exercise, package, image, |_, _| GAP.to_string());
    let text = with_gaps(&text, exercise, form);
    xml.block("questiontext", &[("format", "html")], |xml| {
        xml.cdata_leaf("text", &[], &text);
        for figure in package.figures([exercise]) {
            let attributes = [("name", &*picture_file(figure)), ("path", "/"), ("encoding", "base64")];
            xml.leaf("file", &attributes, &STANDARD.encode(&figure.picture.picture().web.bytes));
        }
    });
    marked(xml, "generalfeedback", &told(exercise));
    if form != "cloze" {
        let points = if form == "description" { 0 } else { exercise.points };
        xml.leaf("defaultgrade", &[], &points.to_string());
    }
    let penalty = match form {
        "truefalse" => "1",
        "essay" | "description" => "0",
        _ => PENALTY,
    };
    xml.leaf("penalty", &[], penalty);
    xml.leaf("hidden", &[], "0");
    xml.leaf("idnumber", &[], &exercise.id);
}

/// Stands for a gap until the words around it are written.
const GAP: char = '\u{E000}';

/// The text with its gaps as Moodle has them. A bracket or brace of the words, which would be read as a gap, is written as a
/// reference to a character.
fn with_gaps(text: &str, exercise: &Exercise, form: &str) -> String {
    let free = |part: &str| match form {
        "gapselect" => part.replace("[[", "&#91;&#91;"),
        "cloze" => part.replace('{', "&#123;"),
        _ => part.to_owned(),
    };
    let Interaction::Gaps { passage, .. } = &exercise.interaction else { return free(text) };
    let mut parts = text.split(GAP);
    let mut out = free(parts.next().unwrap_or_default());
    let mut gaps = blanks(passage);
    for part in parts {
        if let Some(answers) = gaps.next() {
            out += &match place(exercise, answers) {
                Some(number) if form == "gapselect" => format!("[[{number}]]"),
                _ => embedded(exercise, answers),
            };
        }
        out += &free(part);
    }
    out
}

/// Number of the word that fills a gap, in the list of words, from 1.
fn place(exercise: &Exercise, answers: &[String]) -> Option<usize> {
    let Interaction::Gaps { words, .. } = &exercise.interaction else { return None };
    each_once(words).into_iter().position(|word| answers.contains(word)).map(|at| at + 1)
}

/// A gap as cloze has it: to be typed, or chosen from the list of words.
fn embedded(exercise: &Exercise, answers: &[String]) -> String {
    let Interaction::Gaps { words, .. } = &exercise.interaction else { return String::new() };
    let right = |word: &str| format!("={}", embedded_words(word));
    let (form, alternatives): (&str, Vec<String>) = if words.is_empty() {
        ("SHORTANSWER", answers.iter().map(|answer| right(&literal(answer))).collect())
    } else {
        let shown = |word: &String| if answers.contains(word) { right(word) } else { embedded_words(word) };
        ("MULTICHOICE_S", each_once(words).into_iter().map(shown).collect())
    };
    format!("{{1:{form}:{}}}", alternatives.join("~"))
}

/// Words inside a gap of cloze: what parts answers there is written as a reference to a character, which Moodle resolves.
fn embedded_words(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        match c {
            '~' | '#' | '{' | '}' | '%' | '=' | '\\' | '"' | '&' | '<' | '>' => {
                out += &format!("&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// A star stands for any words in a short answer; one that is meant has a backslash.
pub(in crate::export) fn literal(words: &str) -> String {
    words.replace('*', "\\*")
}

fn body(xml: &mut Xml, exercise: &Exercise, form: &str) {
    match &exercise.interaction {
        Interaction::Choice { options, sort: ChoiceSort::TrueFalse, .. } => {
            for (option, word) in options.iter().zip(["true", "false"]) {
                let fraction = if option.right { "100" } else { "0" };
                xml.block("answer", &[("fraction", fraction), ("format", "plain_text")], |xml| {
                    xml.leaf("text", &[], word);
                    marked(xml, "feedback", &html(&option.feedback));
                });
            }
        }
        Interaction::Choice { options, sort, shuffle } => choice(xml, options, *sort, *shuffle),
        Interaction::Matching { premises, responses, shuffle, .. } => matching(xml, premises, responses, *shuffle),
        Interaction::Ordering { elements, right, .. } => ordering(xml, elements, right),
        Interaction::Gaps { words, .. } if form == "gapselect" => {
            xml.leaf("shuffleanswers", &[], "0");
            for word in each_once(words) {
                xml.block("selectoption", &[], |xml| {
                    xml.leaf("text", &[], word);
                    xml.leaf("group", &[], "1");
                });
            }
        }
        Interaction::Entry { answers, number, unit } => match number {
            Some(number) if form == "numerical" => numerical(xml, answers, *number, unit),
            _ => {
                xml.leaf("usecase", &[], "0");
                for answer in answers {
                    let attributes = [("fraction", &*answer.share.percent()), ("format", "plain_text")];
                    xml.block("answer", &attributes, |xml| {
                        xml.leaf("text", &[], &literal(&answer.text));
                        marked(xml, "feedback", &html(&answer.feedback));
                    });
                }
            }
        },
        Interaction::HotText { passages, .. } => {
            if let Some((options, sort)) = sentences(exercise, passages) {
                choice(xml, &options, sort, false);
            }
        }
        Interaction::Extended { lines, rows, starters, grading } => {
            essay(xml, *lines, &template(rows, starters), grading.iter().chain([&exercise.teacher_note]));
        }
        Interaction::Gaps { .. } | Interaction::Talk { .. } => {}
    }
}

/// Sentences as options, each with its place.
pub(in crate::export) fn sentences(
    exercise: &Exercise,
    passages: &[HotPassage],
) -> Option<(Vec<Alternative>, ChoiceSort)> {
    let places = passages.iter().flat_map(|p| p.sentences.iter().map(move |_| &p.place));
    let first = choices(exercise)?.exercises.into_iter().next()?;
    let Interaction::Choice { mut options, sort, .. } = first.interaction else { return None };
    for (option, place) in options.iter_mut().zip(places) {
        option.text = format!("{place} {}", option.text);
    }
    Some((options, sort))
}

fn choice(xml: &mut Xml, options: &[Alternative], sort: ChoiceSort, shuffle: bool) {
    let truth = |truth: bool| if truth { "true" } else { "false" };
    xml.leaf("single", &[], truth(!matches!(sort, ChoiceSort::Several(_))));
    xml.leaf("shuffleanswers", &[], truth(shuffle));
    xml.leaf("answernumbering", &[], "ABCD");
    for (option, share) in options.iter().zip(grades::of(options, sort)) {
        xml.block("answer", &[("fraction", &share.percent()), ("format", "html")], |xml| {
            xml.cdata_leaf("text", &[], &html(&option.text));
            marked(xml, "feedback", &html(&option.feedback));
        });
    }
}

fn matching(xml: &mut Xml, premises: &[Premise], responses: &[Labelled], shuffle: bool) {
    xml.leaf("shuffleanswers", &[], if shuffle { "true" } else { "false" });
    let pair = |xml: &mut Xml, premise: &str, response: &str| {
        xml.block("subquestion", &[("format", "html")], |xml| {
            xml.cdata_leaf("text", &[], &html(premise));
            xml.block("answer", &[], |xml| xml.leaf("text", &[], &plain(response)));
        });
    };
    for premise in premises {
        let response = responses.iter().find(|response| response.id == premise.response);
        pair(xml, &premise.text, response.map_or("", |response| &response.text));
    }
    // A response that belongs to none has no premise.
    for response in responses.iter().filter(|response| premises.iter().all(|p| p.response != response.id)) {
        pair(xml, "", &response.text);
    }
}

/// The elements in the right order; a point for each right step from one to the next.
fn ordering(xml: &mut Xml, elements: &[Labelled], right: &[String]) {
    for (name, value) in [
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", "0"),
        ("gradingtype", "RELATIVE_NEXT_EXCLUDE_LAST"),
        ("showgrading", "SHOW"),
        ("numberingstyle", "ABCD"),
    ] {
        xml.leaf(name, &[], value);
    }
    for (at, id) in right.iter().enumerate() {
        let text = elements.iter().find(|element| element.id == *id).map_or("", |element| &element.text);
        xml.block("answer", &[("fraction", &(at + 1).to_string()), ("format", "html")], |xml| {
            xml.cdata_leaf("text", &[], &html(text));
        });
    }
}

fn numerical(xml: &mut Xml, answers: &[Accepted], number: Number, unit: &str) {
    for answer in answers {
        let Ok(value) = answer.text.parse::<f64>() else { continue };
        let tolerance = if answer.share == Share::ALL { number.tolerance } else { 0.0 };
        xml.block("answer", &[("fraction", &answer.share.percent()), ("format", "plain_text")], |xml| {
            xml.leaf("text", &[], &decimal(value));
            marked(xml, "feedback", &html(&answer.feedback));
            xml.leaf("tolerance", &[], &decimal(tolerance));
        });
    }
    let unit = plain(unit);
    if !unit.is_empty() {
        xml.block("units", &[], |xml| {
            xml.block("unit", &[], |xml| {
                xml.leaf("multiplier", &[], "1");
                xml.leaf("unit_name", &[], &unit);
            });
        });
    }
    // The unit may be typed or left out; without one there is none to ask for.
    xml.leaf("unitgradingtype", &[], "0");
    xml.leaf("showunits", &[], if unit.is_empty() { "3" } else { "0" });
    xml.leaf("unitsleft", &[], "0");
}

/// What the pupil begins with: a table to fill in, or sentences to go on with.
fn template(rows: &[Row], starters: &[String]) -> String {
    let row = |row: &Row| {
        format!(
            "<tr class=\"pilcrow-row\"><th scope=\"row\">{} [{}]</th><td><br/></td></tr>",
            html(&row.prompt),
            row.points
        )
    };
    let rows: String = rows.iter().map(row).collect();
    let table = if rows.is_empty() { rows } else { format!("<table><tbody>{rows}</tbody></table>") };
    list("starters", starters.iter().map(|starter| html(starter))) + &table
}

fn essay<'t>(xml: &mut Xml, lines: u32, template: &str, notes: impl Iterator<Item = &'t String>) {
    /// Heights of its box that Moodle offers.
    const HEIGHTS: [u32; 10] = [2, 3, 5, 10, 15, 20, 25, 30, 35, 40];
    let height = HEIGHTS.into_iter().find(|height| *height >= lines).unwrap_or(40);
    xml.leaf("responseformat", &[], "editor");
    xml.leaf("responserequired", &[], "1");
    xml.leaf("responsefieldlines", &[], &height.to_string());
    xml.leaf("attachments", &[], "0");
    xml.leaf("attachmentsrequired", &[], "0");
    let notes: String = notes.filter(|note| !note.is_empty()).map(|note| format!("<p>{}</p>", html(note))).collect();
    marked(xml, "graderinfo", &notes);
    marked(xml, "responsetemplate", template);
}
