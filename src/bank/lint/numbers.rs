//! Rules on options that are numbers, dates or ranges: W14, W15.

use super::View;
use crate::bank::check::report::Report;
use crate::bank::check::source::words;
use crate::bank::{MONTHS, Order};

/// W14: numbers and dates ascend on every form.
pub(super) fn ascending(view: &View<'_>, report: &mut Report) {
    let numbers = view.options.len() > 2 && view.options.iter().all(|option| is_number(&option.choice.text));
    if numbers && view.is_choice() && view.raw.order != Some(Order::Logical) {
        let at = if view.raw.order.is_some() { "order" } else { "id" };
        report.error(
            "W14",
            at,
            "the options are numbers or dates, and are shuffled",
            "write `order: logical`: then they ascend on every form",
        );
    }
}

/// A number or a date and nothing else: `1939`, `2,855`, `July 25`, `October 16, 1961`.
fn is_number(text: &str) -> bool {
    if !has_digit(text) {
        return false;
    }
    let words = words(text);
    let digits = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            && word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).chars().all(|c| c.is_ascii_digit())
    };
    range(text).is_none()
        && words.iter().any(|word| digits(&word.folded))
        && words.iter().all(|word| digits(&word.folded) || MONTHS.contains(&&*word.folded))
}

/// W15: ranges of numbers do not overlap.
pub(super) fn overlapping(view: &View<'_>, report: &mut Report) {
    let ranges: Vec<_> =
        view.options.iter().filter_map(|option| range(&option.choice.text).map(|range| (option, range))).collect();
    for (at, (option, (low, high))) in ranges.iter().enumerate() {
        if let Some((other, _)) = ranges[..at].iter().find(|(_, (first, last))| low <= last && first <= high) {
            let message = format!("“{}” overlaps with “{}”", option.choice.text.0, other.choice.text.0);
            report.error("W15", format!("{}.text", option.path), message, "let each number fall into one range only");
        }
    }
}

/// `1939–1945`, `10 to 20`, `from 10 to 20`.
fn range(text: &str) -> Option<(u64, u64)> {
    if !has_digit(text) {
        return None;
    }
    let text = text.trim().trim_start_matches("from ").trim_start_matches("From ");
    let (low, high) = text.split_once(['–', '-', '—']).or_else(|| text.split_once(" to "))?;
    let number = |text: &str| text.split_whitespace().next().and_then(|word| word.replace(',', "").parse::<u64>().ok());
    let low = low.trim().replace(',', "").parse::<u64>().ok()?;
    number(high).filter(|high| *high >= low).map(|high| (low, high))
}

/// Most options have none, and are looked at no further.
fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_dates_and_ranges() {
        for yes in ["1939", "2,855", "July 25", "October 16, 1961", "25th"] {
            assert!(is_number(yes), "{yes}");
        }
        for no in ["three", "in 1939", "May", "1939–1945", "July"] {
            assert!(!is_number(no), "{no}");
        }
        assert_eq!(range("10 to 20 men"), Some((10, 20)));
        assert_eq!(range("1939–1945"), Some((1939, 1945)));
        assert_eq!(range("turning-point"), None);
    }
}
