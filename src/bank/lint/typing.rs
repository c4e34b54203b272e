//! Clean typing (W20): single spaces, final stops alike.

use super::View;
use crate::bank::check::report::Report;
use crate::bank::check::wording::texts;

/// W20. Straight quotation marks and double hyphens are no fault: they are printed as typographic ones.
pub(super) fn clean(view: &View<'_>, report: &mut Report) {
    for (path, text, _) in texts(view.raw) {
        if text.trim().as_bytes().windows(2).any(|pair| pair == b"  ") {
            report.warning("W20", path, "two spaces stand together", "take one out");
        }
    }
    final_stops(view, report);
}

/// Options end alike: all with a stop, or none.
fn final_stops(view: &View<'_>, report: &mut Report) {
    let stopped = |text: &str| text.trim_end().trim_end_matches(['”', '"', '’', ')']).ends_with(['.', '?', '!']);
    let with = view.options.iter().filter(|option| stopped(&option.choice.text)).count();
    if with == 0 || with == view.options.len() {
        return;
    }
    let odd_has_stop = with * 2 <= view.options.len();
    for option in view.options.iter().filter(|option| stopped(&option.choice.text) == odd_has_stop) {
        let (message, help) = match odd_has_stop {
            true => ("this option ends with a stop, others without", "take the stop out"),
            false => ("this option has no final stop, others have", "add the stop"),
        };
        report.warning("W20", format!("{}.text", option.path), message, help);
    }
}
