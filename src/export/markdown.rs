//! CommonMark: the questions, and the key.

use super::prose::{Notation, files};
use super::{Format, Held};
use crate::bank::Figure;
use crate::exchange::archive::Packed;
use crate::exchange::inline::{markdown, markdown_words};
use crate::exchange::{Package, picture_file};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "markdown",
    about: "Markdown (CommonMark), for web pages, notes and other converters: questions and key",
    lacks: &[],
    native: false,
    leaves_out: super::BANK_ALONE,
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
    picture: Some(|figure| format!("![{}]({})\n", markdown_words(&figure.alt), picture(figure))),
    entry: |mark, text| format!("{} {text}  \n", mark_escaped(mark)),
};

/// The pictures that questions and passages show, each once, beside the text.
fn pictures(package: &Package<'_>) -> Vec<Packed> {
    let shown = package.figures(package.exercises());
    shown.into_iter().map(|figure| Packed::new(picture(figure), &*figure.picture.picture().web.bytes)).collect()
}

/// The place of a picture beside the text.
fn picture(figure: &Figure) -> String {
    format!("pictures/{}", picture_file(figure))
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
