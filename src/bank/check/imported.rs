//! What an imported item still lacks (rule W29): a warning for all of it, as its source had no place for it.

use super::report::Report;
use crate::bank::raw::RawItem;
use crate::diag::Severity;

/// Rules that a source may have broken where the item can be used all the same: how many options there are, how they are worded,
/// that who quotes the editor asks about sources.
const LENIENT: [&str; 12] = ["E02", "E03", "E05", "E06", "E07", "E09", "E10", "E11", "E13", "E15", "E16", "E17"];

/// Turns the errors of an imported item that are gaps or flaws of its source into warnings, if it could be `made` all the
/// same. An item that nobody imported keeps its errors.
pub(super) fn gaps(raw: &RawItem, made: bool, report: &mut Report) {
    let Some(imported) = raw.imported.as_ref().filter(|_| made) else { return };
    let mut lacking: Vec<String> = Vec::new();
    report.found.retain(|found| {
        if found.gap {
            let what = named(found.rule, &found.path);
            if !lacking.contains(&what) {
                lacking.push(what);
            }
        }
        !found.gap
    });
    for found in report.found.iter_mut().filter(|found| found.severity == Severity::Error) {
        if LENIENT.contains(&found.rule) || found.rule.starts_with('W') {
            found.severity = Severity::Warning;
        }
    }
    if !lacking.is_empty() {
        let message = format!("imported from {}, and not yet whole: {}", &*imported.from, lacking.join(", "));
        report.warning("W29", "imported", message, "write what is missing, then take `imported` out");
    }
}

/// What is missing: `items[3].distractors[1].because` → `because of distractors`.
fn named(rule: &str, path: &str) -> String {
    let rest = path.split_once("].").map_or("", |(_, rest)| rest);
    let bare = |part: &str| part.split('[').next().unwrap_or(part).trim_end_matches(':').to_owned();
    let parts: Vec<String> = rest.split('.').map(bare).collect();
    match parts.as_slice() {
        // What is not there at all has no path of its own.
        [field] if field == "id" && rule == "E06" => "`evidence`".to_owned(),
        [field] if field == "id" => "`hints`".to_owned(),
        [list, field] => format!("`{field}` of {list}"),
        [field] => format!("`{field}`"),
        _ => rest.to_owned(),
    }
}
