//! Each of Moodle’s types as an interaction.

use super::{gaps, marked, said, text_in, truth, words};
use crate::bank::Kind;
use crate::exchange::xml::Node;
use crate::exchange::{Interaction, Row};
use crate::import::exercise::note;
use crate::import::graded::{Answer, Head, choice, entry, judged, matching, ordered};
use crate::import::page::{Notation, paragraphs, take_list};

/// A type that has a like in a bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Choice,
    TrueFalse,
    Short,
    Numerical,
    Matching,
    Cloze,
    /// Words chosen or dragged into gaps `[[1]]`.
    Words,
    Ordering,
    Essay,
    Label,
}

impl Form {
    /// The type of a name, or why it has no like.
    pub fn of(name: &str) -> Result<Form, String> {
        Ok(match name {
            "multichoice" | "multichoiceset" | "oumultiresponse" => Form::Choice,
            "truefalse" => Form::TrueFalse,
            "shortanswer" => Form::Short,
            "numerical" => Form::Numerical,
            "matching" | "match" | "ddmatch" => Form::Matching,
            "cloze" | "multianswer" => Form::Cloze,
            "gapselect" | "ddwtos" => Form::Words,
            "ordering" => Form::Ordering,
            "essay" | "essayautograde" => Form::Essay,
            "description" => Form::Label,
            "" => return Err("it does not say of what type it is".to_owned()),
            "calculated" | "calculatedsimple" | "calculatedmulti" => {
                return Err("a question with calculated numbers has no like in a bank".to_owned());
            }
            "ddmarker" | "ddimageortext" => {
                return Err("places in a picture have no like in a bank".to_owned());
            }
            "random" | "randomsamatch" => return Err("it draws other questions, and has none of its own".to_owned()),
            other => return Err(format!("Moodle’s type “{other}” has no like in a bank")),
        })
    }
}

/// The interaction of a question, or why it cannot be had, as the end of a sentence.
pub(super) fn interaction(node: &Node, form: Form, notation: Notation, head: &mut Head) -> Result<Interaction, String> {
    let none = || "it has no answer that is right".to_owned();
    match form {
        Form::Choice => {
            let answers = answers(node, notation, head);
            let set = matches!(node.attribute("type"), Some("multichoiceset" | "oumultiresponse"));
            let single = truth(node, "single", true) && !set;
            let answers = if set { even(&answers) } else { answers };
            choice(&answers, single, truth(node, "shuffleanswers", false), head)
        }
        Form::TrueFalse => {
            let mut judgment = None;
            let mut told = [String::new(), String::new()];
            for (at, answer) in node.all("answer").enumerate() {
                let word = text_of(answer).to_lowercase();
                let says_true = if word == "true" || word == "false" { word == "true" } else { at == 0 };
                told[usize::from(!says_true)] = feedback(answer, notation, head);
                if percent(answer) > 99.0 {
                    judgment = Some(says_true);
                }
            }
            judgment.map(|is_true| judged(is_true, told)).ok_or_else(none)
        }
        Form::Short => {
            let unit = std::mem::take(&mut head.asked.unit);
            if truth(node, "usecase", false) {
                head.changed.push("capital letters counted there".to_owned());
            }
            let answers = typed(node, notation, head);
            entry(&answers, 0.0, unit, head).ok_or_else(none)
        }
        Form::Numerical => numerical(node, notation, head).ok_or_else(none),
        Form::Matching => {
            let pair = |sub: &Node| {
                let response = text_in(sub, "answer");
                (marked(sub, notation).text, Notation::Plain.read(&response).text)
            };
            let pairs: Vec<(String, String)> = node.all("subquestion").map(pair).collect();
            matching(&pairs, truth(node, "shuffleanswers", true), head).ok_or_else(|| "it has no pairs".to_owned())
        }
        Form::Cloze => gaps::cloze(node, head),
        Form::Words => gaps::words(node, head),
        Form::Ordering => {
            let texts = answers(node, notation, head).into_iter().map(|answer| answer.text).collect();
            ordered(texts, std::mem::take(&mut head.asked.by))
                .ok_or_else(|| "it has nothing to put in order".to_owned())
        }
        Form::Essay => Ok(essay(node, notation, head)),
        Form::Label if head.kind() == Some(Kind::Discussion) => {
            let [follow_ups, starters, norms] = std::mem::take(&mut head.asked.lists);
            Ok(Interaction::Talk { stance: head.asked.stance.take(), follow_ups, starters, norms })
        }
        Form::Label => Err(format!("it is a label and asks nothing: {}", first_words(&head.asked.stem))),
    }
}

fn first_words(text: &str) -> String {
    text.split_whitespace().take(12).collect::<Vec<_>>().join(" ")
}

fn percent(answer: &Node) -> f64 {
    let attribute = answer.attribute("fraction").and_then(|percent| percent.trim().parse::<f64>().ok());
    // Old files have it as an element, as a part of one.
    let element = || words(answer, "fraction")?.parse::<f64>().ok().map(|part| part * 100.0);
    attribute.or_else(element).filter(|percent| percent.is_finite()).unwrap_or(0.0)
}

/// The words of an answer that is typed; old files have them outside `<text>`.
fn text_of(answer: &Node) -> String {
    match answer.first("text") {
        Some(text) => text.words().trim().to_owned(),
        None => {
            let own = answer.children.iter().filter_map(|child| match child {
                crate::exchange::xml::Child::Text(text) => Some(text.as_str()),
                crate::exchange::xml::Child::Node(_) => None,
            });
            own.collect::<String>().trim().to_owned()
        }
    }
}

fn answers(node: &Node, notation: Notation, head: &mut Head) -> Vec<Answer> {
    let mut found = Vec::new();
    for answer in node.all("answer") {
        let text = marked(answer, notation);
        let feedback = feedback(answer, notation, head);
        text.changed.into_iter().for_each(|what| note(&mut head.changed, what));
        let mut words = text.text;
        if let Some((source, alt)) = text.pictures.first() {
            head.changed.push(format!("the picture of an option was left out: {source}"));
            if words.is_empty() {
                words.clone_from(alt);
            }
        }
        if words.is_empty() {
            head.changed.push("an empty option was left out".to_owned());
            continue;
        }
        found.push(Answer { text: words, percent: percent(answer), feedback });
    }
    found
}

/// Types that give all or nothing mark each right option as whole.
fn even(answers: &[Answer]) -> Vec<Answer> {
    let right = answers.iter().filter(|answer| answer.percent > 0.0).count().max(1);
    let each = 100.0 / f64::from(u32::try_from(right).unwrap_or(1));
    let even = |answer: &Answer| Answer { percent: if answer.percent > 0.0 { each } else { -each }, ..answer.clone() };
    answers.iter().map(even).collect()
}

/// What is said to an answer.
fn feedback(answer: &Node, notation: Notation, head: &mut Head) -> String {
    answer.first("feedback").map(|inner| said(inner, notation, &mut head.changed)).unwrap_or_default()
}

/// Answers whose words are plain.
fn typed(node: &Node, notation: Notation, head: &mut Head) -> Vec<Answer> {
    let answer = |answer: &Node| Answer {
        text: text_of(answer),
        percent: percent(answer),
        feedback: feedback(answer, notation, head),
    };
    node.all("answer").map(answer).collect()
}

fn numerical(node: &Node, notation: Notation, head: &mut Head) -> Option<Interaction> {
    let tolerance = |answer: &Node| words(answer, "tolerance").and_then(|text| text.parse::<f64>().ok());
    let right = node.all("answer").find(|answer| percent(answer) > 99.0)?;
    let tolerance = tolerance(right).filter(|tolerance| tolerance.is_finite() && *tolerance > 0.0).unwrap_or(0.0);
    let units: Vec<String> =
        node.all("units").flat_map(|units| units.all("unit")).filter_map(|unit| words(unit, "unit_name")).collect();
    if units.len() > 1 {
        head.changed.push(format!("of its units one is kept: {}", units[0]));
    }
    let shown = std::mem::take(&mut head.asked.unit);
    let unit = units.first().map_or(shown, |unit| Notation::Plain.read(unit).text);
    let answers = typed(node, notation, head);
    entry(&answers, tolerance, unit, head)
}

fn essay(node: &Node, notation: Notation, head: &mut Head) -> Interaction {
    let lines = words(node, "responsefieldlines").and_then(|lines| lines.parse::<u32>().ok()).unwrap_or(15);
    let text = |name: &str| {
        let inner = node.first(name)?;
        let notation = inner.attribute("format").map_or(notation, Notation::of);
        Some((inner.first("text").unwrap_or(inner).words(), notation))
    };
    let grading = text("graderinfo").map(|(text, notation)| paragraphs(&text, notation)).unwrap_or_default();
    let (mut template, notation) = text("responsetemplate").unwrap_or((String::new(), notation));
    let mut starters = take_list(&mut template, "starters");
    let mut rows = Vec::new();
    for row in template.split("<tr class=\"pilcrow-row\">").skip(1) {
        let prompt = row.split("</th>").next().map(|head| Notation::Html.read(head).text).unwrap_or_default();
        rows.extend(row_of(&prompt));
    }
    if rows.is_empty() {
        starters.extend(paragraphs(&template, notation));
    }
    if words(node, "attachments").is_some_and(|count| count != "0") {
        head.changed.push("files cannot be handed in with an answer here".to_owned());
    }
    let lines = lines.clamp(1, 60);
    // A box of Moodle's usual height is for an essay.
    if head.kind().is_none() && lines >= 10 {
        head.tags.push(format!("kind:{}", Kind::Essay));
    }
    Interaction::Extended { lines, rows, starters, grading }
}

/// `prompt [2]`.
pub(in crate::import) fn row_of(text: &str) -> Option<Row> {
    let (prompt, points) = text.rsplit_once(" [")?;
    let points = points.trim_end_matches(']').parse().ok()?;
    Some(Row { prompt: prompt.to_owned(), points, lines: 3 })
}
