//! Statements to be judged (W21): one idea, short, without a negative.

use super::View;
use crate::bank::Kind;
use crate::bank::check::report::Report;
use crate::bank::check::source::words;
use crate::bank::check::wording::unquoted;

/// Most words of a statement.
const WORDS: usize = 25;

/// Words that make “true” the answer to what is not so.
const NEGATIVES: [&str; 10] =
    ["not", "no", "never", "none", "nothing", "nobody", "neither", "nor", "cannot", "nowhere"];

/// Words before a second clause, after a comma or a semicolon.
const JOINING: [&str; 6] = ["and", "but", "so", "while", "whereas", "although"];

/// W21.
pub(super) fn one_idea(view: &View<'_>, report: &mut Report) {
    let Some(statement) = &view.raw.statement else { return };
    if !matches!(view.raw.kind, Kind::TrueFalse | Kind::StatementCheck) {
        return;
    }
    let own = unquoted(statement);
    let own_words = words(&own);
    let count = words(statement).len();
    if count > WORDS {
        let message = format!("a statement of {count} words");
        report.note("W21", "statement", message, format!("{WORDS} words are enough for one idea"));
    }
    if let Some(word) = own_words.iter().find(|word| NEGATIVES.contains(&&*word.folded) || word.folded.ends_with("n't"))
    {
        report.note(
            "W21",
            "statement",
            format!("“{}” in a statement to be judged", &own[word.at.clone()]),
            "say it without the negative: to deny a denial tests logic, not reading",
        );
    }
    if let Some(joint) = joint(&own) {
        report.note(
            "W21",
            "statement",
            format!("“{joint}” joins two ideas"),
            "judge one idea: of two, one may be true and the other false",
        );
    }
}

/// What joins two clauses: `because`, a semicolon, or the only comma with a conjunction after it. With more commas it is
/// probably a list.
fn joint(text: &str) -> Option<&str> {
    let found = words(text);
    let because = found.iter().enumerate().find(|(at, word)| {
        word.folded == "because" && *at > 0 && found.get(at + 1).is_some_and(|next| next.folded != "of")
    });
    if let Some((_, word)) = because {
        return Some(&text[word.at.clone()]);
    }
    if text.contains(';') {
        return Some(";");
    }
    let mut commas = text.match_indices(',');
    let (Some((comma, _)), None) = (commas.next(), commas.next()) else { return None };
    let next = found.iter().find(|word| word.at.start > comma)?;
    JOINING.contains(&&*next.folded).then(|| &text[next.at.clone()])
}

#[cfg(test)]
mod tests {
    use super::joint;

    #[test]
    fn joints() {
        assert_eq!(joint("He writes, and he waits."), Some("and"));
        assert_eq!(joint("He writes because he waits."), Some("because"));
        assert_eq!(joint("He writes; he waits."), Some(";"));
        for one in
            ["He names Laos, Berlin, and Vienna.", "Because of Laos he waits.", "He, too, waits.", "In ¶3, he waits."]
        {
            assert_eq!(joint(one), None, "{one}");
        }
    }
}
