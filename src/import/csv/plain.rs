//! A table of a person's own: a question, its options in columns, and which of them is right.

use super::Table;
use crate::exchange::inline::as_markup;
use crate::exchange::{Accepted, Alternative, ChoiceSort, Exercise, Interaction, Number, Share, letter};
use crate::import::exercise::{exercise, points};
use crate::import::{Entry, Question};

/// The questions of a table.
///
/// # Errors
/// A table without a column for the answer.
pub(super) fn entries(table: &Table) -> Result<Vec<Entry>, String> {
    if table.column("answer").is_none() {
        let header = table.header.join(", ");
        return Err(format!("the table has no column “answer”; its header is: {header}"));
    }
    let options: Vec<usize> = (0..table.header.len()).filter(|at| is_option(&table.header[*at])).collect();
    Ok(table.rows.iter().enumerate().map(|(at, row)| entry(table, &options, at, row)).collect())
}

/// `A`, `option b`, `answer 1`, `choice 2`, `distractor 1`.
pub(super) fn is_option(name: &str) -> bool {
    let words = ["option", "answer", "choice", "distractor", "response"];
    let rest = words.iter().find_map(|word| name.strip_prefix(word)).map_or(name, str::trim);
    let letter = rest.len() == 1 && rest.chars().all(|c| matches!(c, 'a'..='h'));
    let number = rest != name && !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit());
    letter || number
}

fn entry(table: &Table, options: &[usize], at: usize, row: &[String]) -> Entry {
    let cell = |name: &str| table.cell(row, table.column(name));
    let id = cell("id");
    // Without rows over it the header is row 1.
    let name = if id.is_empty() { format!("row {}", table.above + at + 2) } else { id.to_owned() };
    let dropped = |why: &str| Entry::Dropped { name: name.clone(), why: why.to_owned() };
    let (stem, answer) = (cell("question"), cell("answer"));
    if stem.is_empty() {
        return dropped("it has no question");
    }
    if answer.is_empty() {
        return dropped("it has no answer");
    }
    // An answer names a column, whether or not those before it are filled in.
    let all: Vec<&str> = options.iter().map(|at| table.cell(row, Some(*at))).collect();
    let shown: Vec<&str> = all.iter().copied().filter(|text| !text.is_empty()).collect();
    let mut changed = table.surplus(row);
    let interaction = match (judgment(answer), shown.len()) {
        (Some(truth), 0) => true_or_false(truth),
        (Some(truth), 2) if judgment(shown[0]) == Some(true) && judgment(shown[1]) == Some(false) => {
            true_or_false(truth)
        }
        (_, 0) => typed(answer),
        _ => match choice(&all, answer) {
            Some((interaction, added)) => {
                if added {
                    changed.push("the answer was not among the options and was added to them".to_owned());
                }
                interaction
            }
            None => return dropped(&format!("its answer “{answer}” is none of its options")),
        },
    };
    let place = |text: &str| {
        text.split([',', ';', ' '])
            .filter(|n| !n.is_empty())
            .map(|n| format!("¶{}", n.trim_start_matches('¶')))
            .collect()
    };
    let mut tags: Vec<String> = place(cell("paragraph"));
    tags.extend(cell("tags").split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned));
    let hints = cell("hints").lines().map(|hint| as_markup(hint.trim())).filter(|hint| !hint.is_empty());
    let given = cell("points").replace(',', ".").parse::<f64>().ok();
    let points = points(given, &interaction, &mut changed);
    let exercise = Exercise {
        points,
        explanation: as_markup(cell("explanation")),
        hints: hints.collect(),
        tags,
        ..exercise(id, as_markup(stem), interaction)
    };
    Entry::Question(Box::new(Question { exercise, picture: None, changed }))
}

fn judgment(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "t" | "yes" => Some(true),
        "false" | "f" | "no" => Some(false),
        _ => None,
    }
}

fn alternative(at: usize, text: &str, right: bool, share: Share) -> Alternative {
    Alternative { id: letter(at), text: as_markup(text), right, share, feedback: String::new(), fixed: false }
}

fn true_or_false(truth: bool) -> Interaction {
    let share = |right: bool| if right { Share::ALL } else { Share::NOTHING };
    let options = vec![alternative(0, "True", truth, share(truth)), alternative(1, "False", !truth, share(!truth))];
    Interaction::Choice { options, sort: ChoiceSort::TrueFalse, shuffle: false }
}

fn typed(answer: &str) -> Interaction {
    let all = answer.split(['|', '\n']).map(str::trim).filter(|text| !text.is_empty());
    let answers: Vec<Accepted> =
        all.map(|text| Accepted { text: text.to_owned(), share: Share::ALL, feedback: String::new() }).collect();
    let number = answers.first().and_then(|answer| answer.text.parse::<f64>().ok());
    let number = number.filter(|value| value.is_finite()).map(|value| Number { value, tolerance: 0.0 });
    Interaction::Entry { answers, number, unit: String::new() }
}

/// The options with the right ones marked: by letter, by number, or by their words; whether the answer had to be added.
/// `all` are the cells of the columns of options; an empty one is no option.
fn choice(all: &[&str], answer: &str) -> Option<(Interaction, bool)> {
    let same = |a: &str, b: &str| crate::text::fold(a.trim()) == crate::text::fold(b.trim());
    let by_words: Vec<usize> = (0..all.len()).filter(|at| !all[*at].is_empty() && same(all[*at], answer)).collect();
    let named: Option<Vec<usize>> =
        answer.split([',', ';', '|', '\n']).map(|part| place(part.trim(), all, same)).collect();
    let right = match (by_words.is_empty(), named) {
        (false, _) => by_words,
        (true, Some(named)) if !named.is_empty() => named,
        // Some tables list wrong options alone, and the right answer by itself.
        (true, _) if answer.chars().count() > 2 => Vec::new(),
        (true, _) => return None,
    };
    let is_added = right.is_empty();
    let filled = all.iter().enumerate().filter(|(_, text)| !text.is_empty());
    let filled = filled.map(|(at, text)| (*text, right.contains(&at)));
    let shown: Vec<(&str, bool)> = is_added.then_some((answer, true)).into_iter().chain(filled).collect();
    let whole = u32::try_from(shown.iter().filter(|(_, is_right)| *is_right).count()).ok()?;
    let options = shown.iter().enumerate().map(|(at, (text, is_right))| {
        let share = match (*is_right, whole) {
            (true, _) => Share { of: 1, whole },
            (false, 1) => Share::NOTHING,
            (false, _) => Share { of: -1, whole },
        };
        alternative(at, text, *is_right, share)
    });
    let sort = if whole > 1 { ChoiceSort::Several(whole) } else { ChoiceSort::Single };
    Some((Interaction::Choice { options: options.collect(), sort, shuffle: true }, is_added))
}

/// `B`, `b)`, `2`, or an option's words; only what is filled in can be named.
fn place(part: &str, all: &[&str], same: impl Fn(&str, &str) -> bool) -> Option<usize> {
    let bare = part.trim_matches(['(', ')', '.']);
    let named = match bare.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => Some(usize::from(letter.to_ascii_lowercase() - b'a')),
        _ => bare.parse::<usize>().ok().and_then(|n| n.checked_sub(1)),
    };
    let is_there = |at: &usize| all.get(*at).is_some_and(|text| !text.is_empty());
    named.filter(is_there).or_else(|| (0..all.len()).filter(is_there).find(|at| same(all[*at], part)))
}
