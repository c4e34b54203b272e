//! How much a pupil must read to answer (W16): words of stem and options, and the grade level of the stem's own words.

use super::View;
use crate::bank::Kind;
use crate::bank::check::report::Report;
use crate::bank::check::source::words;
use crate::bank::check::wording::unquoted;
use crate::english::{grade_level, syllables};
use crate::text::sentences;

/// Most words of a stem, without and with a quotation.
const STEM_WORDS: [usize; 2] = [45, 75];

/// Most words of an option.
const OPTION_WORDS: usize = 18;

/// Most words of options together, for each option: sixty for four.
const MEAN_OPTION_WORDS: usize = 15;

/// A grade level says nothing of fewer words.
const GRADED_WORDS: usize = 30;

/// W16.
pub(super) fn load(view: &View<'_>, report: &mut Report) {
    if matches!(view.raw.kind, Kind::Essay | Kind::Organizer | Kind::Discussion) {
        return;
    }
    let quotes = view.stem.contains(['“', '"']);
    let (count, most) = (view.stem_words.len(), STEM_WORDS[usize::from(quotes)]);
    if count > most {
        report.warning(
            "W16",
            "stem",
            format!("a stem of {count} words"),
            format!("ask in {most} words at most: what is tested is the letter, not the question"),
        );
    }
    for option in &view.options {
        let count = option.words().len();
        if count > OPTION_WORDS {
            report.warning(
                "W16",
                format!("{}.text", option.path),
                format!("an option of {count} words"),
                format!("say it in {OPTION_WORDS} words at most"),
            );
        }
    }
    let (count, options) = (view.options.iter().map(|option| option.words().len()).sum::<usize>(), view.options.len());
    if count > options * MEAN_OPTION_WORDS {
        let most = options * MEAN_OPTION_WORDS;
        report.warning(
            "W16",
            "distractors:",
            format!("the options have {count} words together"),
            format!("{options} options need no more than {most}: move to the stem what they share"),
        );
    }
    if view.english {
        grade(view, report);
    }
}

/// The stem's own words are no harder than the grade that its standards name, by one at most.
fn grade(view: &View<'_>, report: &mut Report) {
    if view.stem_words.len() < GRADED_WORDS {
        return;
    }
    let own = unquoted(view.stem);
    let own_words = words(&own);
    if own_words.len() < GRADED_WORDS {
        return;
    }
    let body = own.trim_end_matches([':', ';', ' ']);
    let count = sentences(body).len().max(1) + body.matches([':', ';']).count();
    let spoken = own_words.iter().map(|word| syllables(&word.folded)).sum();
    let level = grade_level(own_words.len(), count, spoken);
    let grade = if view.raw.standards.iter().any(|code| code.contains("9-10")) { 10 } else { 12 };
    if level > (grade + 1) * 10 {
        report.warning(
            "W16",
            "stem",
            format!("by its words and sentences this stem is for grade {}, the item for grade {grade}", level / 10),
            "make two sentences of it, and take shorter words",
        );
    }
}
