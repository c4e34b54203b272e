//! An exercise → the content type that asks it, with its fields.

use serde_json::{Value, json};

use super::{BLANKS, CHOICE, DRAG, Library, MARK, TRUE_FALSE};
use crate::bank::Figure;
use crate::compose::Labels;
use crate::exchange::inline::{escaped, html, joined, plain};
use crate::exchange::{
    Accepted, Alternative, ChoiceSort, Exercise, HotPassage, Interaction, Labelled, Piece, Premise, Share, Shown,
    Stimulus,
};

/// The type and its fields; `None` for what no type asks.
///
/// `figure`: the picture that stands over it.
pub(super) fn of(
    exercise: &Exercise,
    labels: &Labels,
    stimulus: Option<&Stimulus>,
    figure: Option<&Figure>,
) -> Option<(Library, Value)> {
    let library = library(exercise)?;
    let before =
        figure.map(under).unwrap_or_default() + &stimulus.map(|stimulus| shared(stimulus, figure)).unwrap_or_default();
    let asked = |more: &str| format!("{before}<p>{}</p>{more}", html(&exercise.stem));
    let mut params = match &exercise.interaction {
        Interaction::Choice { options, .. } if library == TRUE_FALSE => true_false(exercise, options, asked("")),
        Interaction::Choice { options, sort, shuffle } => json!({
            "question": asked(""),
            "answers": options.iter().map(|option| answer(option, exercise)).collect::<Vec<_>>(),
            "behaviour": {
                "enableRetry": true,
                "enableSolutionsButton": true,
                "enableCheckButton": true,
                "type": if matches!(sort, ChoiceSort::Several(_)) { "multi" } else { "single" },
                "singlePoint": false,
                "randomAnswers": *shuffle && !options.iter().any(|option| option.fixed),
                "showSolutionsRequiresInput": true,
                "confirmCheckDialog": false,
                "confirmRetryDialog": false,
                "autoCheck": false,
                "passPercentage": 100,
                "showScorePoints": true,
            },
        }),
        Interaction::Matching { heads, premises, responses, .. } => {
            let heads = if heads[0].is_empty() {
                String::new()
            } else {
                format!("<p>{} → {}</p>", html(&heads[0]), html(&heads[1]))
            };
            drag(asked(&heads), &pairs(premises, responses), &unused(premises, responses))
        }
        Interaction::Ordering { elements, right, by } => {
            drag(asked(&format!("<p>{}</p>", html(by))), &order(elements, right), &[])
        }
        Interaction::Gaps { passage, words } if !words.is_empty() => {
            let (text, left) = dragged(passage, words);
            drag(asked(""), &text, &left)
        }
        Interaction::Gaps { passage, .. } => {
            let question: String = passage.iter().map(blank).collect();
            blanks(asked(""), &format!("<p>{question}</p>"))
        }
        Interaction::Entry { answers, unit, .. } => {
            let right = answers.iter().filter(|answer| answer.share == Share::ALL && is_typable(&answer.text));
            let right: Vec<String> = right.map(|Accepted { text, .. }| escaped(text)).collect();
            blanks(asked(""), &format!("<p>*{}* {}</p>", right.join("/"), html(unit)))
        }
        Interaction::HotText { passages, choose } => json!({
            "taskDescription": asked(&format!("<p>{}</p>", escaped(&labels.mark_sentences))),
            "textField": numbered(passages, *choose),
            "behaviour": {
                "enableRetry": true,
                "enableSolutionsButton": true,
                "enableCheckButton": true,
                "showScorePoints": true,
            },
        }),
        Interaction::Extended { .. } | Interaction::Talk { .. } => return None,
    };
    if !matches!(library, TRUE_FALSE | CHOICE)
        && let Some(params) = params.as_object_mut()
    {
        let feedback = json!([{ "from": 0, "to": 100, "feedback": explained(exercise, "").0 }]);
        params.insert("overallFeedback".to_owned(), feedback);
    }
    Some((library, params))
}

/// The type that asks it.
pub(super) fn library(exercise: &Exercise) -> Option<Library> {
    Some(match &exercise.interaction {
        Interaction::Choice { sort: ChoiceSort::TrueFalse, .. } => TRUE_FALSE,
        Interaction::Choice { .. } => CHOICE,
        Interaction::Matching { .. } | Interaction::Ordering { .. } => DRAG,
        Interaction::Gaps { words, .. } if !words.is_empty() => DRAG,
        Interaction::Gaps { .. } | Interaction::Entry { .. } => BLANKS,
        Interaction::HotText { .. } => MARK,
        Interaction::Extended { .. } | Interaction::Talk { .. } => return None,
    })
}

/// Whether an answer has none of the signs by which blanks are written.
pub(super) fn is_typable(answer: &str) -> bool {
    !answer.contains(['*', ':', '/'])
}

/// Most characters of a text that is no HTML, as H5P’s editor takes it.
pub(super) const LONGEST: usize = 255;

/// What is said after an answer: why, and the words that prove it, plain, so much as H5P takes; and whether that is all.
pub(super) fn explained(exercise: &Exercise, because: &str) -> (String, bool) {
    let quoted = exercise.evidence.iter().map(|quoted| format!("{} “{}”", quoted.place, quoted.words));
    let why = [plain(because), plain(&exercise.explanation)].into_iter();
    let (mut said, mut whole) = (String::new(), true);
    for part in why.chain(quoted).filter(|part| !part.is_empty()) {
        let longer = joined(&[&said, &part]);
        if longer.chars().count() <= LONGEST { said = longer } else { whole = false }
    }
    (said, whole)
}

/// What stands under the picture on paper.
fn under(figure: &Figure) -> String {
    let words = joined(&[&html(&figure.caption), &html(&figure.credit)]);
    if words.is_empty() { words } else { format!("<p><small>{words}</small></p>") }
}

/// The passage; one picture, that over the question, is seen, and of others there is the description.
fn shared(stimulus: &Stimulus, over: Option<&Figure>) -> String {
    let mut out = format!("<p><strong>{}</strong></p>", escaped(&stimulus.title));
    if !stimulus.intro.is_empty() {
        out += &format!("<p>{}</p>", html(&stimulus.intro));
    }
    for passage in &stimulus.passages {
        match passage {
            Shown::Quoted(quoted) => {
                out += &format!("<p>{}</p>", escaped(&format!("{} “{}”", quoted.place, quoted.words)))
            }
            Shown::Text(text, source) => out += &format!("<p>{} ({})</p>", html(text), html(source)),
            Shown::Figure(figure) if over.is_some_and(|over| over.file == figure.file) => {}
            Shown::Figure(figure) => out += &format!("<p><em>[{}]</em></p>{}", escaped(&figure.alt), under(figure)),
        }
    }
    out
}

/// An option, with its reason and the explanation: they are HTML of any length here, and are said to whoever chooses it.
fn answer(option: &Alternative, exercise: &Exercise) -> Value {
    let quoted = exercise.evidence.iter().map(|quoted| escaped(&format!("{} “{}”", quoted.place, quoted.words)));
    let all = [html(&option.feedback), html(&exercise.explanation)].into_iter().chain(quoted);
    let said: String = all.filter(|part| !part.is_empty()).map(|part| format!("<div>{part}</div>")).collect();
    json!({
        "text": format!("<div>{}</div>", html(&option.text)),
        "correct": option.right,
        "tipsAndFeedback": { "tip": "", "chosenFeedback": said, "notChosenFeedback": "" },
    })
}

/// The reason of a judgement: both options have it.
pub(super) fn because(options: &[Alternative]) -> &str {
    options.first().map_or("", |option| option.feedback.as_str())
}

fn true_false(exercise: &Exercise, options: &[Alternative], question: String) -> Value {
    let word = |at: usize| options.get(at).map(|option| plain(&option.text)).unwrap_or_default();
    let (said, _) = explained(exercise, because(options));
    json!({
        "question": question,
        "correct": if options.first().is_some_and(|option| option.right) { "true" } else { "false" },
        "l10n": { "trueText": word(0), "falseText": word(1) },
        "behaviour": {
            "enableRetry": true,
            "enableSolutionsButton": true,
            "enableCheckButton": true,
            "confirmCheckDialog": false,
            "confirmRetryDialog": false,
            "autoCheck": false,
            "feedbackOnCorrect": said,
            "feedbackOnWrong": said,
        },
    })
}

/// The words that belong nowhere, so many as H5P takes; and whether these are all.
fn distractors(words: &[String]) -> (String, bool) {
    let (mut out, mut whole) = (String::new(), true);
    for word in words {
        let longer = joined(&[&out, &format!("*{word}*")]);
        if longer.chars().count() <= LONGEST { out = longer } else { whole = false }
    }
    (out, whole)
}

/// Whether all words that belong nowhere are there.
pub(super) fn has_all_words(exercise: &Exercise) -> bool {
    let left = match &exercise.interaction {
        Interaction::Matching { premises, responses, .. } => unused(premises, responses),
        Interaction::Gaps { passage, words } if !words.is_empty() => dragged(passage, words).1,
        _ => Vec::new(),
    };
    distractors(&left).1
}

/// Words to be dragged into a text; `left`: those that belong nowhere.
fn drag(task: String, text: &str, left: &[String]) -> Value {
    let (left, _) = distractors(left);
    json!({
        "taskDescription": task,
        "textField": text,
        "distractors": left,
        "behaviour": {
            "enableRetry": true,
            "enableSolutionsButton": true,
            "enableCheckButton": true,
            "instantFeedback": false,
        },
    })
}

/// Plain words for a text in which stars mark what is dragged.
fn starless(words: &str) -> String {
    words.replace('*', "∗").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words that are dragged: a colon would begin a tip, a backslash a reason.
fn draggable(markup: &str) -> String {
    starless(&plain(markup)).replace(':', "∶").replace('\\', "∖")
}

fn pairs(premises: &[Premise], responses: &[Labelled]) -> String {
    let of = |premise: &Premise| responses.iter().find(|response| response.id == premise.response);
    let line = |premise: &Premise| {
        let response = of(premise).map(|response| draggable(&response.text)).unwrap_or_default();
        format!("{} *{response}*", starless(&plain(&premise.text)))
    };
    premises.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn unused(premises: &[Premise], responses: &[Labelled]) -> Vec<String> {
    let is_used = |response: &&Labelled| premises.iter().any(|premise| premise.response == response.id);
    responses.iter().filter(|response| !is_used(response)).map(|response| draggable(&response.text)).collect()
}

fn order(elements: &[Labelled], right: &[String]) -> String {
    let text = |id: &String| elements.iter().find(|element| element.id == *id).map(|element| draggable(&element.text));
    let line = |(at, id): (usize, &String)| format!("{}. *{}*", at + 1, text(id).unwrap_or_default());
    right.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// The passage, and the words of the list that it does not use.
fn dragged(passage: &[Piece], words: &[String]) -> (String, Vec<String>) {
    let mut left: Vec<&String> = words.iter().collect();
    let mut text = String::new();
    for piece in passage {
        match piece {
            Piece::Text(words) => text += &plain(words).replace('*', "∗"),
            Piece::Gap(answers) => {
                let word = answers.first().map(String::as_str).unwrap_or_default();
                if let Some(at) = left.iter().position(|known| *known == word) {
                    left.remove(at);
                }
                text += &format!("*{}*", draggable(&crate::exchange::inline::as_markup(word)));
            }
        }
    }
    (text, left.into_iter().map(|word| draggable(&crate::exchange::inline::as_markup(word))).collect())
}

fn blank(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => html(text).replace('*', "∗"),
        Piece::Gap(answers) => {
            format!("*{}*", answers.iter().map(|answer| escaped(answer)).collect::<Vec<_>>().join("/"))
        }
    }
}

fn blanks(task: String, question: &str) -> Value {
    json!({
        "text": task,
        "questions": [question],
        "behaviour": {
            "enableRetry": true,
            "allowRetryIfCorrect": false,
            "enableSolutionsButton": true,
            "enableCheckButton": true,
            "autoCheck": false,
            "caseSensitive": false,
            "showSolutionsRequiresInput": true,
            "separateLines": false,
            "confirmCheckDialog": false,
            "confirmRetryDialog": false,
            "acceptSpellingErrors": false,
        },
    })
}

/// The sentences with a number before each, those of the right ones between stars: single words alone can be marked.
fn numbered(passages: &[HotPassage], choose: u32) -> String {
    let mut number = 0;
    let mut out = String::new();
    for passage in passages {
        out += &format!("<p>{}", escaped(&passage.place));
        for sentence in &passage.sentences {
            number += 1;
            let is_right = sentence.is_right(choose);
            let mark = if is_right { format!("*{number}*") } else { number.to_string() };
            out += &format!(" ({mark}) {}", escaped(&sentence.words).replace('*', "**"));
        }
        out += "</p>";
    }
    out
}
