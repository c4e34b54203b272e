//! Readings of an item without its key (rule E23): somebody, a day, a result; and where the answers differed, what was done.

use super::report::Report;
use super::source::words;
use crate::bank::raw::{RawItem, Typed};
use crate::bank::{Blind, Review};

/// Checks the reviews of an item.
pub(super) fn reviews(raw: &RawItem, report: &mut Report) -> Vec<Review> {
    let mut reviews = Vec::with_capacity(raw.review.len());
    for (at, review) in raw.review.iter().enumerate() {
        if words(&review.by).is_empty() {
            report.error(
                "E23",
                format!("review[{at}].by"),
                "nobody is named as the reader",
                "write a name, or a part such as “second reader”",
            );
        }
        if !is_day(&review.date) {
            report.error(
                "E23",
                format!("review[{at}].date"),
                format!("“{}” is no day", &*review.date),
                "write year, month and day: 2026-11-27",
            );
        }
        let note = review.note.as_ref().map(Typed::owned).unwrap_or_default();
        if review.blind == Blind::Differed && words(&note).len() < 2 {
            report.error(
                "E23",
                format!("review[{at}].blind"),
                "the reader’s answer was not the key, and nothing says what was done",
                "add a `note`: what the reader answered, and why the key stands or how the item was changed",
            );
        }
        reviews.push(Review { by: review.by.owned(), date: review.date.to_string(), blind: review.blind, note });
    }
    reviews
}

/// A day of the calendar, `2026-11-27`.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |text: &str, digits: usize| {
        text.parse::<u32>().ok().filter(|_| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()))
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn days() {
        for day in ["2026-11-27", "2024-02-29", "2000-02-29"] {
            assert!(is_day(day), "{day}");
        }
        for no in
            ["2026-11-31", "2023-02-29", "1900-02-29", "2026-13-01", "26-11-27", "2026-11", "yesterday", "+026-01-01"]
        {
            assert!(!is_day(no), "{no}");
        }
    }
}
