//! What an imported item still lacks (rule W29): a warning for all of it, as its source had no place for it.

use super::report::Found;
use crate::bank::raw::RawItem;
use crate::diag::Severity;

/// Rules that a source may have broken where the item can be used all the same: how many options there are, how they are worded.
const LENIENT: [&str; 11] = ["E02", "E03", "E05", "E06", "E07", "E09", "E10", "E11", "E13", "E16", "E17"];

/// Turns the errors of an imported item that are gaps or flaws of its source into warnings, if it could be `made` all the
/// same. An item that nobody imported keeps its errors.
pub(super) fn gaps(raw: &RawItem, made: bool, found: &mut Vec<Found>) {
    let Some(imported) = raw.imported.as_ref().filter(|_| made) else { return };
    let mut lacking: Vec<String> = Vec::new();
    let mut base = String::new();
    found.retain(|found| {
        if found.gap {
            let (of, what) = named(found.rule, &found.path);
            if !lacking.contains(&what) {
                lacking.push(what);
            }
            base = of;
        }
        !found.gap
    });
    for found in found.iter_mut().filter(|found| found.severity == Severity::Error) {
        if LENIENT.contains(&found.rule) || found.rule.starts_with('W') {
            found.severity = Severity::Warning;
        }
    }
    if !lacking.is_empty() {
        found.push(Found {
            path: format!("{base}.imported"),
            severity: Severity::Warning,
            rule: "W29",
            message: format!("imported from {}, and not yet whole: {}", &*imported.from, lacking.join(", ")),
            help: "write what is missing, then take `imported` out".to_owned(),
            gap: false,
        });
    }
}

/// The entry, and what is missing in it: `items[3].distractors[1].because` → `items[3]`, `because of distractors`.
fn named(rule: &str, path: &str) -> (String, String) {
    let (base, rest) = path.split_once("].").map_or((path, ""), |(base, rest)| (base, rest));
    let base = if base.ends_with(']') { base.to_owned() } else { format!("{base}]") };
    let bare = |part: &str| part.split('[').next().unwrap_or(part).trim_end_matches(':').to_owned();
    let parts: Vec<String> = rest.split('.').map(bare).collect();
    let what = match parts.as_slice() {
        // What is not there at all has no path of its own.
        [field] if field == "id" && rule == "E06" => "`evidence`".to_owned(),
        [field] if field == "id" => "`hints`".to_owned(),
        [list, field] => format!("`{field}` of {list}"),
        [field] => format!("`{field}`"),
        _ => rest.to_owned(),
    };
    (base, what)
}
