//! Plain text in lines of a terminal's width: the questions, and the key.

use super::prose::{Notation, files};
use super::{Format, Held, Part};
use crate::exchange::inline::plain;
use crate::text::wrapped;

/// Characters of a line.
const WIDTH: usize = 78;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "text",
    about: "plain text, for anything that takes words: questions and key",
    lacks: &[Part::Pictures],
    native: false,
    leaves_out: "emphasis, enemies, what gives an item away, estimates, minutes, misconceptions and reviews are left out",
    hold: |_, _| Held::whole("question and key"),
    write: |package| Ok(files(package, &NOTATION)),
};

const NOTATION: Notation = Notation {
    ending: "txt",
    inline: plain,
    words: |words| words.to_owned(),
    heading: |level, text| {
        let line = if level == 1 { "=" } else { "-" };
        match level {
            3 => format!("{text}\n\n"),
            _ => format!("{text}\n{}\n\n", line.repeat(text.chars().count().min(WIDTH))),
        }
    },
    quotation: |text| hung("    ", text),
    picture: None,
    entry: |mark, text| hung(&format!("{mark:<3} "), text),
};

/// Lines that hang from what the first begins with.
fn hung(first: &str, text: &str) -> String {
    let indent = first.chars().count();
    let space = " ".repeat(indent);
    let starts = std::iter::once(first).chain(std::iter::repeat(space.as_str()));
    let lines = wrapped(text, WIDTH - indent);
    lines.iter().zip(starts).map(|(line, start)| format!("{start}{line}").trim_end().to_owned() + "\n").collect()
}
