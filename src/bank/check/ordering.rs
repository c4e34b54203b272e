//! An ordering: its elements strictly follow one another, by place or by date (rule E10).

use std::fmt;

use super::report::Report;
use super::{Context, quote};
use crate::bank::raw::RawItem;
use crate::bank::{Basis, Element, Quote, Task};
use crate::letter::Place;

/// Checks an ordering and makes its task.
pub(super) fn check(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> Option<Task> {
    let basis = raw.basis?;
    if !(4..=6).contains(&raw.elements.len()) && !raw.elements.is_empty() {
        report.error(
            "E10",
            "elements:",
            format!("{} elements", raw.elements.len()),
            "write four to six elements, in their right order",
        );
    }
    let mut elements: Vec<Element> = Vec::with_capacity(raw.elements.len());
    for (at, typed) in raw.elements.iter().enumerate() {
        let path = format_args!("elements[{at}]");
        let quote = quote::quote(&typed.cite, &typed.quote, path, context.source, report);
        let when = when(basis, typed.when.as_deref(), path, report);
        if let Some(last) = elements.last() {
            let follows = match (basis, &quote) {
                (Basis::Text, Some(quote)) => position(&last.quote) < position(quote),
                (Basis::Text, None) => true,
                (Basis::Time, _) => later(last.when.as_deref(), when.as_deref()),
            };
            if !follows {
                let field = if basis == Basis::Text { "quote" } else { "when" };
                report.error(
                    "E10",
                    format_args!("{path}.{field}"),
                    format!("this does not come after “{}”", last.text),
                    "write the elements in their right order, each with a place or date of its own",
                );
            }
        }
        elements.push(Element { text: typed.text.owned(), quote: quote?, when });
    }
    Some(Task::Ordering { basis, elements })
}

fn position(quote: &Quote) -> (Place, usize) {
    (quote.cite, quote.at.start)
}

fn when(basis: Basis, typed: Option<&str>, path: fmt::Arguments<'_>, report: &mut Report) -> Option<String> {
    match (basis, typed) {
        (Basis::Time, None) => {
            report.error("E10", path, "this element has no date", "write `when: 1961`, `1961-07` or `1961-07-25`")
        }
        (_, Some(date)) if !is_date(date) => {
            report.error(
                "E10",
                format_args!("{path}.when"),
                format!("“{date}” is not a date"),
                "write 1961, 1961-07 or 1961-07-25",
            );
            return None;
        }
        _ => {}
    }
    typed.map(str::to_owned)
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, digits: usize, range: std::ops::RangeInclusive<u32>| {
        part.len() == digits
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse().is_ok_and(|n| range.contains(&n))
    };
    (1..=3).contains(&parts.len())
        && parts
            .iter()
            .zip([(4, 0..=9999), (2, 1..=12), (2, 1..=31)])
            .all(|(part, (digits, range))| number(part, digits, range))
}

/// Whether the second date is certainly after the first; a missing one is reported elsewhere.
fn later(first: Option<&str>, second: Option<&str>) -> bool {
    match (first, second) {
        (Some(first), Some(second)) => {
            let common = first.len().min(second.len());
            first[..common] < second[..common]
        }
        _ => true,
    }
}
