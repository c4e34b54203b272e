//! GIFT: questions as text, for Moodle and the many programs that read it (`question/format/gift`).

use super::asked::{asked, list, told};
use super::moodle::{entry, grades, matching, path, question, sentences};
use super::{Format, Held, Part};
use crate::bank::Figure;
use crate::exchange::archive::Packed;
use crate::exchange::inline::{escaped, html, plain};
use crate::exchange::{
    Accepted, Alternative, ChoiceSort, Exercise, Interaction, Number, Package, Share, choices, decimal, entries,
};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "gift",
    about: "GIFT, text that Moodle and many quiz programs read: choices, matching, numbers, short answers, essays",
    lacks: &[Part::Points, Part::Locks, Part::Hints, Part::Notes, Part::Pictures, Part::Gate, Part::Stimulus],
    native: false,
    leaves_out: super::BANK_ALONE,
    hold,
    write,
};

fn hold(exercise: &Exercise, _: &Package<'_>) -> Held {
    match &exercise.interaction {
        Interaction::Choice { sort: ChoiceSort::TrueFalse, .. } => Held::whole("truefalse"),
        Interaction::Choice { options, sort, shuffle } => ordered(grades::hold(options, *sort), *shuffle),
        Interaction::Matching { premises, .. } if premises.len() < 2 => Held::not("GIFT matches two pairs and more"),
        Interaction::Matching { responses, .. } => matching(responses),
        Interaction::Ordering { .. } => {
            Held::partly("matching", "the order is asked as the place of each step, and marked place by place")
        }
        Interaction::Gaps { .. } => match (choices(exercise), entries(exercise)) {
            (Some(split), _) => Held::As("multichoice", split.lost),
            (None, Some(split)) => Held::As("shortanswer", split.lost),
            (None, None) => Held::not("its blanks cannot be asked one by one"),
        },
        Interaction::Entry { answers, .. } if answers.iter().any(|answer| answer.text.contains("->")) => {
            Held::not("an arrow in an answer would be read as a matching")
        }
        Interaction::Entry { answers, .. } => entry(exercise, answers),
        Interaction::HotText { .. } => ordered(sentences(exercise), false),
        Interaction::Extended { .. } => Held::whole("essay"),
        Interaction::Talk { .. } => label(exercise),
    }
}

/// A label has no place for what is told afterwards.
fn label(exercise: &Exercise) -> Held {
    let lost = super::held::said_afterwards(exercise).map(|part| part.lost().to_owned());
    Held::As("description", lost.collect())
}

/// Who reads GIFT decides by itself whether options are shuffled.
pub(super) fn ordered(held: Held, shuffle: bool) -> Held {
    match held {
        Held::As(form, mut lost) if !shuffle => {
            lost.push("options that should keep their order may be shuffled".to_owned());
            Held::As(form, lost)
        }
        held => held,
    }
}

fn write(package: &Package<'_>) -> Result<Vec<Packed>, String> {
    let mut out = String::new();
    for group in &package.groups {
        out += &format!("$CATEGORY: {}\n\n", path(package, group));
        for exercise in &group.exercises {
            let split = match &exercise.interaction {
                Interaction::Gaps { .. } => choices(exercise).or_else(|| entries(exercise)),
                _ => None,
            };
            match split {
                Some(split) => split.exercises.iter().for_each(|part| out += &written(part, package)),
                None => out += &written(exercise, package),
            }
        }
    }
    Ok(vec![Packed::new(format!("{}-TEACHER-gift.txt", package.letter.about.id), out)])
}

/// Words with what means something to GIFT escaped, on one line.
fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        match c {
            '\\' | '~' | '=' | '#' | '{' | '}' | ':' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A question with its name, its tags in a comment, and its answers; a blank line ends it.
fn written(exercise: &Exercise, package: &Package<'_>) -> String {
    let bare = |tag: &String| tag.replace(['[', ']', '<', '>', '`'], " ");
    let tags: String = exercise.tags.iter().map(|tag| format!(" [tag:{}]", bare(tag))).collect();
    let number = exercise.number.map(|number| format!("{number:02} ")).unwrap_or_default();
    let name = escape(&format!("{number}{}", exercise.title()));
    let described = |figure: &Figure| format!("<em>[{}]</em>", escaped(&figure.alt));
    let mut text = asked(exercise, package, described, |_, _| String::new());
    if let Interaction::Extended { rows, starters, .. } = &exercise.interaction {
        text += &list("rows", rows.iter().map(|row| format!("{} [{}]", html(&row.prompt), row.points)));
        text += &list("starters", starters.iter().map(|starter| html(starter)));
    }
    let told = told(exercise);
    let told = if told.is_empty() { told } else { format!("\t####{}\n", escape(&told)) };
    let head = format!("// [id:{}]{tags}\n::{name}::[html]{}", exercise.id, escape(&text));
    match answers(exercise, package) {
        None => format!("{head}\n\n"),
        Some(answers) => format!("{head}{{{answers}\n{told}}}\n\n"),
    }
}

/// What stands between the braces; nothing for a label.
fn answers(exercise: &Exercise, package: &Package<'_>) -> Option<String> {
    let Held::As(form, _) = hold(exercise, package) else { return None };
    let pair = |premise: &str, response: &str| format!("\n\t={} -> {}", escape(&html(premise)), escape(response));
    Some(match &exercise.interaction {
        Interaction::Choice { options, sort: ChoiceSort::TrueFalse, .. } => judged(options),
        Interaction::Choice { options, sort, .. } => choice(options, *sort),
        Interaction::Matching { premises, responses, .. } => {
            let text = |id: &str| plain(responses.iter().find(|r| r.id == id).map_or("", |r| &r.text));
            let pairs = premises.iter().map(|premise| pair(&premise.text, &text(&premise.response)));
            let unused = responses.iter().filter(|r| premises.iter().all(|p| p.response != r.id));
            pairs.chain(unused.map(|response| pair("", &plain(&response.text)))).collect()
        }
        Interaction::Ordering { elements, right, .. } => {
            let place = |id: &String| right.iter().position(|other| other == id).map_or(0, |at| at + 1);
            elements.iter().map(|element| pair(&element.text, &place(&element.id).to_string())).collect()
        }
        Interaction::Entry { answers, number: Some(number), .. } if form == "numerical" => numbers(answers, *number),
        Interaction::Entry { answers, .. } => {
            let answer = |answer: &Accepted| {
                let text = escape(&question::literal(&answer.text));
                format!("\n\t=%{}%{text}{}", answer.share.percent(), feedback(&answer.feedback))
            };
            answers.iter().map(answer).collect()
        }
        Interaction::HotText { passages, .. } => {
            let (options, sort) = question::sentences(exercise, passages)?;
            choice(&options, sort)
        }
        Interaction::Extended { .. } => String::new(),
        Interaction::Gaps { .. } | Interaction::Talk { .. } => return None,
    })
}

fn feedback(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("#{}", escape(&html(text))) }
}

/// What is said to a wrong answer comes before what is said to a right one.
fn judged(options: &[Alternative]) -> String {
    let is_true = options.first().is_some_and(|option| option.right);
    let told = |right: bool| {
        let option = options.iter().find(|option| option.right == right);
        escape(&html(option.map_or("", |option| &option.feedback)))
    };
    format!("\n\t{}#{}#{}", if is_true { "TRUE" } else { "FALSE" }, told(false), told(true))
}

fn choice(options: &[Alternative], sort: ChoiceSort) -> String {
    let shares = grades::of(options, sort);
    let option = |(option, share): (&Alternative, Share)| {
        let mark = match share {
            Share::ALL if sort == ChoiceSort::Single => "=".to_owned(),
            Share { of: 0, .. } => "~".to_owned(),
            share => format!("~%{}%", share.percent()),
        };
        format!("\n\t{mark}{}{}", escape(&html(&option.text)), feedback(&option.feedback))
    };
    options.iter().zip(shares).map(option).collect()
}

fn numbers(answers: &[Accepted], number: Number) -> String {
    let answer = |answer: &Accepted| {
        let value = answer.text.parse::<f64>().ok()?;
        let tolerance = if answer.share == Share::ALL { number.tolerance } else { 0.0 };
        let (value, tolerance) = (decimal(value), decimal(tolerance));
        Some(format!("\n\t=%{}%{value}:{tolerance}{}", answer.share.percent(), feedback(&answer.feedback)))
    };
    format!("#{}", answers.iter().filter_map(answer).collect::<String>())
}
