//! A cloze: its passage cut into words and blanks, rebuilt and compared with the letter (rule E09).

use super::report::Report;
use super::source::{run_in, words};
use super::{Context, quote};
use crate::bank::raw::RawItem;
use crate::bank::{ClozeMode, Segment, Task};
use crate::letter::Place;
use crate::text::{Folded, Wanted, without_languages};

/// Checks a cloze and makes its task.
pub(super) fn check(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> Option<Task> {
    let (mode, passage) = (raw.mode?, raw.passage.as_ref()?);
    let segments = match segments(passage) {
        Ok(segments) => segments,
        Err((message, help)) => {
            report.error("E09", "passage", message, help);
            return None;
        }
    };
    let answers: Vec<&Vec<String>> = segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Blank(answers) => Some(answers),
            Segment::Text(_) => None,
        })
        .collect();
    if answers.is_empty() {
        report.error("E09", "passage", "the passage has no blank", "put a word in double braces: {{twice}}");
    }
    if mode == ClozeMode::Verbatim {
        rebuilt(raw, &segments, context, report);
    }
    given_away(&segments, &answers, report);
    for (at, extra) in raw.extra_words.iter().enumerate() {
        let alike = |other: &str| Folded::new(other).text() == Folded::new(extra).text();
        if answers.iter().any(|answers| answers.iter().any(|answer| alike(answer))) {
            report.error(
                "E09",
                format_args!("extra_words[{at}]"),
                format!("“{}” is an answer", extra.0),
                "an extra word fits no blank",
            );
        }
        if raw.extra_words[..at].iter().any(|other| alike(other)) {
            report.error(
                "E09",
                format_args!("extra_words[{at}]"),
                format!("“{}” stands twice", extra.0),
                "take one out",
            );
        }
    }
    Some(Task::Cloze {
        mode,
        passage: segments,
        extra_words: raw.extra_words.iter().map(|word| word.0.owned()).collect(),
    })
}

/// Cuts a passage at its double braces.
fn segments(passage: &str) -> Result<Vec<Segment>, (String, &'static str)> {
    let mut segments = Vec::new();
    let mut rest = passage;
    while let Some(open) = rest.find("{{") {
        let after = &rest[open + 2..];
        let Some(close) = after.find("}}") else {
            return Err(("a blank is opened and not closed".to_owned(), "close it: {{twice}}"));
        };
        let answers: Vec<String> = after[..close].split('|').map(|answer| answer.trim().to_owned()).collect();
        if answers.iter().any(|answer| answer.is_empty() || answer.contains(['{', '}'])) {
            return Err((
                format!("“{{{{{}}}}}” is not a blank", &after[..close]),
                "between the braces stand the answer and others to accept: {{twice|two times}}",
            ));
        }
        if open > 0 {
            segments.push(Segment::Text(rest[..open].to_owned()));
        }
        segments.push(Segment::Blank(answers));
        rest = &after[close + 2..];
    }
    if rest.contains("}}") {
        return Err(("a blank is closed and not opened".to_owned(), "open it: {{twice}}"));
    }
    if !rest.is_empty() {
        segments.push(Segment::Text(rest.to_owned()));
    }
    Ok(segments)
}

/// The passage with its answers in place is the letter's text, at one of the places cited.
fn rebuilt(raw: &RawItem, segments: &[Segment], context: &Context<'_>, report: &mut Report) {
    let whole: String = segments
        .iter()
        .map(|segment| match segment {
            Segment::Text(text) => text.as_str(),
            Segment::Blank(answers) => answers.first().map_or("", String::as_str),
        })
        .collect();
    let whole = without_languages(&whole);
    let cited: Vec<Place> = raw.cite.iter().filter_map(|cite| cite.parse().ok()).collect();
    let Some(first) = cited.first() else { return };
    let stands = context.source.places_of(&Wanted::new(&whole));
    if !cited.iter().any(|place| stands.contains(place)) {
        let (message, help) = quote::not_there(*first, &whole, context.source);
        report.error("E09", "passage", format!("with its answers the passage is not the letter’s: {message}"), help);
    }
}

/// No answer may be read elsewhere in the passage.
fn given_away(segments: &[Segment], answers: &[&Vec<String>], report: &mut Report) {
    let printed: Vec<_> = segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Text(text) => Some(words(text)),
            Segment::Blank(_) => None,
        })
        .collect();
    for answer in answers.iter().filter_map(|answers| answers.first()) {
        let wanted = words(answer);
        if printed.iter().any(|text| run_in(&wanted, text).is_some()) {
            report.error(
                "E09",
                "passage",
                format!("the answer “{answer}” can be read elsewhere in the passage"),
                "choose another word for the blank",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces() {
        let blank = |answers: &[&str]| Segment::Blank(answers.iter().map(|a| (*a).to_owned()).collect());
        assert_eq!(
            segments("a {{b| c}}{{d}}.").unwrap(),
            [Segment::Text("a ".into()), blank(&["b", "c"]), blank(&["d"]), Segment::Text(".".into())]
        );
        for bad in ["{{a", "a}}", "{{}}", "{{a|}}", "{{a {{b}} c}}"] {
            assert!(segments(bad).is_err(), "{bad}");
        }
    }
}
