//! How an answer is marked: the paragraphs that an export writes for the marker → ideas, rubrics, samples again.

use crate::bank::Kind;
use crate::exchange::Quoted;
use crate::import::exercise::bracketed;
use crate::letter::Place;

/// A paragraph for the marker.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// `**2 points** idea (¶6 “…”)`.
    Idea { points: u32, idea: String, proof: Option<Quoted> },
    /// `**thesis, 2 points:** what earns them *an example*`.
    Criterion { id: String, max: u32, earns: String, example: String },
    /// `**Can draw on** ¶6 “…”`.
    DrawOn(Quoted),
    /// `**Not credited:** words (why)`.
    Refused { text: String, because: String },
    /// `**Sample answer, 2 points:** words (why)`.
    Sample { score: u32, text: String, because: String },
    /// `**Origin** (2 points) – an answer – another`.
    Row { prompt: String, accept: Vec<String> },
}

impl Mark {
    /// Reads a paragraph for a kind of item; nothing where it is of no such form.
    pub fn of(paragraph: &str, kind: Kind) -> Option<Mark> {
        let (label, rest) = paragraph.strip_prefix("**")?.split_once("**")?;
        let rest = rest.trim();
        if kind == Kind::Organizer {
            let (points, answers) = rest.strip_prefix('(')?.split_once(')')?;
            number(points)?;
            let accept = answers.split("– ").map(|answer| answer.trim().to_owned()).filter(|a| !a.is_empty()).collect();
            return Some(Mark::Row { prompt: label.to_owned(), accept });
        }
        let Some(name) = label.strip_suffix(':') else {
            if label.starts_with(|c: char| c.is_ascii_digit()) {
                let (idea, proof) = proved(rest);
                return Some(Mark::Idea { points: number(label)?, idea: idea.to_owned(), proof });
            }
            return quoted(rest).filter(|_| number(label).is_none()).map(Mark::DrawOn);
        };
        let scored = name.rsplit_once(", ").and_then(|(name, points)| Some((name, number(points)?)));
        let Some((name, points)) = scored else {
            let (text, because) = bracketed(rest);
            return Some(Mark::Refused { text: text.to_owned(), because: because.to_owned() });
        };
        let is_id = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if kind == Kind::Essay && is_id {
            let parted = rest.strip_suffix('*').and_then(|rest| rest.rsplit_once(" *"));
            let (earns, example) = parted.filter(|(_, example)| example.contains(' ')).unwrap_or((rest, ""));
            let (id, earns, example) = (name.to_owned(), earns.to_owned(), example.to_owned());
            return Some(Mark::Criterion { id, max: points, earns, example });
        }
        let (text, because) = bracketed(rest);
        Some(Mark::Sample { score: points, text: text.to_owned(), because: because.to_owned() })
    }
}

/// The first number of a text: `2 points`.
fn number(text: &str) -> Option<u32> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?;
    digits.parse().ok()
}

/// Words and the quotation that stands behind them in brackets.
fn proved(text: &str) -> (&str, Option<Quoted>) {
    let (words, inner) = bracketed(text);
    match quoted(inner) {
        Some(proof) => (words, Some(proof)),
        None => (text, None),
    }
}

/// `¶6 “…”`.
fn quoted(text: &str) -> Option<Quoted> {
    let (place, words) = text.split_once(" “")?;
    place.parse::<Place>().ok()?;
    Some(Quoted { place: place.to_owned(), words: crate::exchange::inline::plain(words.strip_suffix('”')?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read_and_no_other() {
        let of = |text: &str| Mark::of(text, Kind::ShortAnswer);
        let quoted = Quoted { place: "¶1".to_owned(), words: "the press (of events)".to_owned() };
        assert_eq!(
            of("**2 points** They show respect (both) (¶1 “the press (of events)”)"),
            Some(Mark::Idea { points: 2, idea: "They show respect (both)".to_owned(), proof: Some(quoted.clone()) })
        );
        let idea = Mark::Idea { points: 1, idea: "a (b)".to_owned(), proof: None };
        assert_eq!(of("**1 point** a (b)"), Some(idea));
        let refused = |text: &str, because: &str| Mark::Refused { text: text.to_owned(), because: because.to_owned() };
        assert_eq!(of("**Not credited:** a (b (c))"), Some(refused("a", "b (c)")));
        assert_eq!(of("**Not credited:** a (b) c"), Some(refused("a (b) c", "")));
        let sample = Mark::Sample { score: 0, text: "a".to_owned(), because: String::new() };
        assert_eq!(of("**Sample answers, 0 points:** a"), Some(sample));
        assert_eq!(of("**Can draw on** ¶1 “the press (of events)”"), Some(Mark::DrawOn(quoted)));
        let criterion = Mark::Criterion {
            id: "claim".to_owned(),
            max: 2,
            earns: "A *real* claim".to_owned(),
            example: "He is right".to_owned(),
        };
        assert_eq!(Mark::of("**claim, 2 points:** A *real* claim *He is right*", Kind::Essay), Some(criterion));
        let row = Mark::Row { prompt: "Origin".to_owned(), accept: vec!["a".to_owned(), "b".to_owned()] };
        assert_eq!(Mark::of("**Origin** (2 points) – a – b", Kind::Organizer), Some(row));
        for none in ["Award 2 for it", "**Note** see the sheet", "**", "** **", "**a", "**Origin** (x) – a"] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
