//! Clean typing (W20): single spaces, final stops alike. Marks of languages (W28).

use super::{View, prose};
use crate::bank::check::report::Report;
use crate::bank::check::wording::texts;
use crate::letter::About;
use crate::text::{LONGEST_MARKED, faulty_mark, is_language_tag};

/// W20. Straight quotation marks and double hyphens are no fault: they are printed as typographic ones.
pub(super) fn clean(view: &View<'_>, report: &mut Report) {
    for (path, text, _) in texts(view.raw) {
        if text.trim().as_bytes().windows(2).any(|pair| pair == b"  ") {
            report.warning("W20", path, "two spaces stand together", "take one out");
        }
    }
    final_stops(view, report);
}

/// W28 in an item: a mark that names no language would be printed as it was typed.
pub(super) fn languages(view: &View<'_>, report: &mut Report) {
    prose::prose(view.raw, &mut |path, text, _| language(path, text, report));
}

/// W28 in letter.yaml.
pub(in crate::bank) fn languages_of(about: &About, report: &mut Report) {
    prose::of_letter(about, &mut |path, text, _| language(path, text, report));
}

/// W28 in a text.
pub(in crate::bank) fn language(path: &dyn Fn() -> String, text: &str, report: &mut Report) {
    let Some(mark) = faulty_mark(text) else { return };
    if is_language_tag(mark) {
        report.error(
            "W28",
            path(),
            format!("the brackets before “{{{mark}}}” hold no words, or too many"),
            format!("put the words in that language between the brackets, at most {LONGEST_MARKED} bytes"),
        );
    } else {
        report.error(
            "W28",
            path(),
            format!("“{mark}” is not the tag of a language"),
            "after the words in brackets write its code of two or three letters: [détente]{fr}",
        );
    }
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
