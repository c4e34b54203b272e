//! CommonMark: the questions, and the key.

use super::prose::{Notation, files};
use super::{Format, Held};
use crate::bank::Figure;
use crate::exchange::archive::Packed;
use crate::exchange::inline::{markdown, markdown_words};
use crate::exchange::{Package, Shown};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "markdown",
    about: "Markdown (CommonMark), for web pages, notes and other converters: questions and key",
    lacks: &[],
    native: false,
    leaves_out: "enemies, what gives an item away, estimates, minutes, misconceptions and reviews are left out",
    hold: |_, _| Held::whole("question and key"),
    write: |package| Ok(files(package, &NOTATION).into_iter().chain(pictures(package)).collect()),
};

const NOTATION: Notation = Notation {
    ending: "md",
    inline: markdown,
    words: markdown_words,
    heading: |level, text| format!("{} {text}\n\n", "#".repeat(level)),
    quotation: |text| format!("> {text}\n"),
    // A list would renumber, and letters are no list: each line stands as a paragraph of its own.
    picture: Some(|figure| format!("![{}]({})\n", markdown_words(&figure.alt), figure.file)),
    entry: |mark, text| format!("{} {text}  \n", mark_escaped(mark)),
};

/// The pictures that questions and passages show, each once, beside the text.
fn pictures(package: &Package<'_>) -> Vec<Packed> {
    let of_stimuli =
        package.stimuli.iter().flat_map(|stimulus| &stimulus.passages).filter_map(|passage| match passage {
            Shown::Figure(figure) => Some(figure),
            _ => None,
        });
    let mut found: Vec<&Figure> = Vec::new();
    for figure in package.exercises().filter_map(|exercise| exercise.figure.as_ref()).chain(of_stimuli) {
        if !found.iter().any(|known| known.file == figure.file) {
            found.push(figure);
        }
    }
    found.into_iter().map(|figure| Packed::new(figure.file.as_str(), &*figure.picture.picture().web.bytes)).collect()
}

/// `1.` would begin a list, `#` a heading.
fn mark_escaped(mark: &str) -> String {
    match mark {
        "#" => "\\#".to_owned(),
        mark => match mark.strip_suffix('.') {
            Some(number) if number.chars().all(|c| c.is_ascii_digit()) => format!("**{number}.**"),
            _ => mark.to_owned(),
        },
    }
}
