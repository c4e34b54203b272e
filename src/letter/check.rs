//! What `letter.yaml` says, held against the text: fingerprints, sections, salutation.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Letter;
use super::decode::report;
use crate::diag::{Diagnostic, Severity};
use crate::text::Folded;

/// Hex digits of a paragraph's SHA-256 that `letter.yaml` keeps.
pub(crate) const FINGERPRINT: usize = 10;

/// An error for every paragraph that is not the text that the items were written for. Missing fingerprints are none.
pub(super) fn fingerprints(letter: &Letter, places: &[Range<usize>], reports: &mut Vec<Diagnostic>) {
    let kept = &letter.about.fingerprints;
    let differs = |(paragraph, kept): (&super::Paragraph, &String)| {
        kept.len() < FINGERPRINT || !paragraph.sha256.starts_with(&kept.to_ascii_lowercase())
    };
    let paragraphs = &letter.paragraphs;
    if kept.len() > paragraphs.len() {
        let message =
            format!("letter.yaml has {} fingerprints, but the text has {} paragraphs", kept.len(), paragraphs.len());
        reports.push(
            Diagnostic::error(message, None).help("A paragraph is gone, or two have run together: restore the text."),
        );
    }
    // Past a paragraph too many or too few all the others differ: only the first is news.
    let most = if kept.is_empty() || kept.len() == paragraphs.len() { usize::MAX } else { 1 };
    for ((paragraph, kept), at) in paragraphs.iter().zip(kept).zip(places).filter(|(pair, _)| differs(*pair)).take(most)
    {
        let message = format!(
            "¶{} is not the text that the items were written for: its fingerprint is {}, letter.yaml has {kept}",
            paragraph.number,
            &paragraph.sha256[..FINGERPRINT]
        );
        let help = "Restore the text; or, if the change is meant, look over the items on this paragraph and put the new fingerprint into letter.yaml.";
        reports.push(report(Severity::Error, message, at.clone()).help(help));
    }
}

/// Faults of sections and salutation.
pub(super) fn about(letter: &Letter, reports: &mut Vec<Diagnostic>) {
    if letter.paragraphs.is_empty() {
        return;
    }
    let mut found = sections(letter);
    let salutation = &letter.about.salutation;
    let opening = Folded::new(&letter.paragraphs[0].text);
    if !salutation.trim().is_empty() && opening.find(&Folded::new(salutation)).is_none_or(|at| at.start > 0) {
        found.push(report_about(Severity::Warning, format!("¶1 does not begin with the salutation “{salutation}”")));
    }
    reports.append(&mut found);
}

fn report_about(severity: Severity, message: String) -> Diagnostic {
    Diagnostic { severity, ..Diagnostic::error(format!("letter.yaml: {message}"), None) }
}

/// Sections must hold every paragraph once, in order.
fn sections(letter: &Letter) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut fault = |message: String| found.push(report_about(Severity::Error, message));
    let mut ids = BTreeSet::new();
    let count = u32::try_from(letter.paragraphs.len()).unwrap_or(u32::MAX);
    let mut next = 1;
    for section in &letter.about.sections {
        let (id, range) = (&section.id, section.range());
        if !ids.insert(id) {
            fault(format!("two sections have the id {id}"));
        }
        if range.is_empty() || section.paragraphs.split(['-', '–']).count() > 2 {
            fault(format!("section {id}: “{}” is not a range of paragraphs, such as 1-3 or 4", section.paragraphs));
            continue;
        }
        let last = range.end - 1;
        if range.start > next {
            fault(format!("no section holds {}", listed(next, range.start - 1)));
        } else if range.start < next {
            fault(format!("section {id} begins with ¶{}, but the sections before it go to ¶{}", range.start, next - 1));
        }
        if last > count {
            fault(format!("section {id} goes to ¶{last}, but the letter ends with ¶{count}"));
        }
        next = next.max(range.end);
    }
    if next <= count {
        fault(format!("no section holds {}", listed(next, count)));
    }
    found
}

fn listed(first: u32, last: u32) -> String {
    if first == last { format!("¶{first}") } else { format!("¶{first}–{last}") }
}
