//! Places and quotations (rules E04 and E05): every one must be in the letter, word for word.

use std::fmt;

use super::report::Report;
use super::source::{Source, count_words};
use crate::bank::Quote;
use crate::letter::Place;
use crate::text::Wanted;

/// Fewest and most words of a quotation that serves as evidence.
const EVIDENCE_WORDS: std::ops::RangeInclusive<usize> = 4..=45;

/// Reads a place of the letter. `at` is the path of the citation.
pub(super) fn place(typed: &str, at: impl fmt::Display, source: &Source<'_>, report: &mut Report) -> Option<Place> {
    let last = source.letter.paragraphs.len();
    let help = || format!("the letter has ¶1 to ¶{last}; `head`, `ed1` and `fn1` are its title, notes and footnotes");
    match typed.parse::<Place>() {
        Ok(place) if source.has(place) => Some(place),
        Ok(place) => {
            report.error("E04", at, format!("the letter has no {place}"), help());
            None
        }
        Err(()) => {
            report.error("E04", at, format!("“{typed}” is no place in the letter"), help());
            None
        }
    }
}

/// Finds a quotation; where it is not, says what comes nearest. `at` is the path of what holds `cite` and `quote`.
pub(super) fn quote(
    cite: &str,
    typed: &str,
    at: impl fmt::Display,
    source: &Source<'_>,
    report: &mut Report,
) -> Option<Quote> {
    found(cite, (typed, &Wanted::new(typed)), at, source, report)
}

fn found(
    cite: &str,
    (typed, wanted): (&str, &Wanted),
    at: impl fmt::Display,
    source: &Source<'_>,
    report: &mut Report,
) -> Option<Quote> {
    let place = place(cite, format_args!("{at}.cite"), source, report)?;
    if typed.trim().is_empty() {
        report.gap("E04", format_args!("{at}.quote"), "no words are quoted", format!("copy the words from {place}"));
        return Some(Quote { cite: place, text: String::new(), at: 0..0 });
    }
    let quote = source.quote(place, wanted);
    if quote.is_none() {
        let (message, help) = not_there(place, typed, source);
        report.error("E04", format_args!("{at}.quote"), message, help);
    }
    quote
}

/// Why a quotation is not at its place, and what to do.
pub(super) fn not_there(place: Place, typed: &str, source: &Source<'_>) -> (String, String) {
    let elsewhere = source.places_of(&Wanted::new(typed));
    if let Some(other) = elsewhere.first() {
        let cite = other.to_string().replace('¶', "");
        return (format!("these words are not in {place}"), format!("they stand in {other}: write `cite: {cite}`"));
    }
    let Some(nearest) = source.nearest(typed, place) else {
        let help = format!("nothing in the letter comes near: copy the words from {place}");
        return (format!("these words are not in {place}"), help);
    };
    let message = match &nearest.differs {
        Some((typed, there)) if typed.is_empty() => format!("these words are not in {place}: “{there}” is left out"),
        Some((typed, there)) if there.is_empty() => {
            format!("these words are not in {place}: “{typed}” comes after its last word")
        }
        Some((typed, there)) => format!("these words are not in {place}: it has “{there}” where “{typed}” is typed"),
        None => format!("these words are in {place}, but with other signs between them"),
    };
    let message = match nearest.place == place {
        true => message,
        false => {
            message.replacen(&format!("{place}: it has"), &format!("{place}; {} is nearest: it has", nearest.place), 1)
        }
    };
    (message, format!("{} has: {}", nearest.place, nearest.text))
}

/// Finds what serves as evidence: long enough, not too long, and in one place alone (E05).
pub(super) fn evidence(
    cite: &str,
    typed: &str,
    at: impl fmt::Display,
    source: &Source<'_>,
    report: &mut Report,
) -> Option<Quote> {
    let wanted = Wanted::new(typed);
    let quote = found(cite, (typed, &wanted), &at, source, report)?;
    let count = count_words(&quote.text);
    if !EVIDENCE_WORDS.contains(&count) {
        let help = match count < *EVIDENCE_WORDS.start() {
            true => "take in more of the sentence: 4 to 45 words",
            false => "choose the words that prove it: 4 to 45 words",
        };
        let words = if count == 1 { "word" } else { "words" };
        report.error("E05", format_args!("{at}.quote"), format!("the quotation has {count} {words}"), help);
    }
    let places = source.places_of(&wanted);
    if places.len() > 1 {
        let list: Vec<String> = places.iter().map(ToString::to_string).collect();
        report.error(
            "E05",
            format_args!("{at}.quote"),
            format!("these words stand in {}", list.join(" and ")),
            "take in more words, so that the place is certain",
        );
    }
    Some(quote)
}
