//! QTI 3.0 and 2.1 packages: one model of items, tests and manifest, spelt in two ways.

mod asked;
mod item;
mod manifest;
mod rules;
mod tree;
mod typed;

use self::item::{Item, picture, stimulus_document, stimulus_href};
use self::manifest::{Listed, Test};
use super::{Format, Held, Part};
use crate::exchange::archive::{Packed, zipped};
use crate::exchange::qti::{Dialect, QTI3, QTI21};
use crate::exchange::{Exercise, Interaction, Package, Piece, as_number};

/// Who made it.
const TOOL: &str = "pilcrow";

/// QTI 3.0.
pub(super) const QTI3_FORMAT: Format = Format {
    name: "qti3",
    about: "a QTI 3.0 package (zip), for TAO, Citolab and other platforms of 1EdTech’s newer standard",
    lacks: &[],
    native: false,
    leaves_out: super::BANK_ALONE,
    hold,
    write: |package| write(package, &QTI3),
};

/// QTI 2.1.
pub(super) const QTI21_FORMAT: Format = Format {
    name: "qti21",
    about: "a QTI 2.1 package (zip), for TAO, ONYX, OpenOLAT and most test platforms",
    lacks: &[Part::Stimulus],
    native: false,
    leaves_out: super::BANK_ALONE,
    hold,
    write: |package| write(package, &QTI21),
};

fn hold(exercise: &Exercise, _: &Package<'_>) -> Held {
    let mut lost: Vec<String> = Vec::new();
    if !exercise.hints.is_empty() {
        lost.push("the hints are shown to the tutor, and not to the pupil".to_owned());
    }
    let form = match &exercise.interaction {
        Interaction::Choice { .. } => "choice",
        Interaction::Matching { .. } => "match",
        Interaction::Ordering { .. } => "order",
        Interaction::Gaps { words, .. } if words.is_empty() => "text entry",
        Interaction::Gaps { passage, words } => {
            let unlisted =
                |piece: &Piece| matches!(piece, Piece::Gap(answers) if answers.iter().any(|a| !words.contains(a)));
            if passage.iter().any(unlisted) {
                lost.push("right answers that are not in the list of words are left out".to_owned());
            }
            "inline choice"
        }
        Interaction::Entry { answers, number, .. } => {
            let compared = number.is_some_and(|number| number.tolerance > 0.0);
            if compared && answers.iter().any(|answer| as_number(&answer.text).is_none()) {
                lost.push("answers in words are left out, as numbers are compared".to_owned());
            }
            "text entry"
        }
        Interaction::HotText { .. } => "hottext",
        Interaction::Extended { .. } => "extended text",
        Interaction::Talk { .. } => "text without an answer",
    };
    Held::As(form, lost)
}

fn write(package: &Package<'_>, dialect: &Dialect) -> Result<Vec<Packed>, String> {
    let tests = tests(package);
    let language = &package.letter.about.language;
    let listed = Listed { package, tests: &tests, dialect };
    let mut files = vec![Packed::new("imsmanifest.xml", listed.document())];
    files.extend(tests.iter().map(|test| Packed::new(test.href(), test.document(dialect))));
    let items = tests.iter().flat_map(Test::items);
    files.extend(items.map(|item| Packed::new(item.href(), item.document(language, dialect))));
    if dialect.has_stimuli {
        let stimuli = package.stimuli.iter();
        files.extend(stimuli.map(|s| Packed::new(stimulus_href(s), stimulus_document(s, language, dialect))));
    }
    for figure in listed.pictures() {
        let name = picture(figure);
        if !files.iter().any(|file| file.name == name) {
            files.push(Packed::new(name, &*figure.picture.picture().web.bytes));
        }
    }
    let name = format!("{}-TEACHER-{}.zip", package.letter.about.id, dialect.name);
    let bytes = zipped(&files)?;
    Ok(vec![Packed::new(name, bytes)])
}

/// A test for each sheet, or one with a section for each of the letter.
fn tests<'a>(package: &'a Package<'_>) -> Vec<Test<'a>> {
    let mut sections = package.groups.iter().map(|group| (group, Item::of(&group.exercises, package)));
    if package.drawn {
        return sections
            .map(|section| Test { id: section.0.id.clone(), title: &section.0.title, sections: vec![section] })
            .collect();
    }
    vec![Test { id: "bank".to_owned(), title: &package.title, sections: sections.by_ref().collect() }]
}
