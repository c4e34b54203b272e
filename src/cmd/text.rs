//! Words made fit for a line: those typed on the command line or in a roster, for a sheet; a text, for a terminal.

use crate::text::wrapped;

/// A text for a terminal is broken at so many characters.
pub(super) const WIDTH: usize = 96;

/// The text in lines that fit a terminal, the first after `first`, all at the indent. Each ends in a newline.
pub(super) fn hanging(first: &str, indent: usize, text: &str) -> String {
    let space = " ".repeat(indent);
    let opening = format!("{first}{}", &space[first.chars().count().min(indent)..]);
    let lines = wrapped(text, WIDTH.saturating_sub(indent));
    let starts = std::iter::once(opening.as_str()).chain(std::iter::repeat(space.as_str()));
    lines.iter().zip(starts).map(|(line, start)| format!("{start}{line}").trim_end().to_owned() + "\n").collect()
}

/// One line: spaces folded, controls and marks that turn the direction of writing taken out.
pub(super) fn one_line(words: &str) -> String {
    let is_unseen = |c: char| matches!(c, '\u{200b}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let seen: String = words.chars().filter(|c| c.is_whitespace() || !(c.is_control() || is_unseen(*c))).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines_hang_from_what_they_begin_with() {
        assert_eq!(super::hanging("A  ", 3, "one two"), "A  one two\n");
        assert_eq!(super::hanging("A", 3, "one"), "A  one\n");
        let long = super::hanging("", 4, &"word ".repeat(40));
        assert!(long.lines().all(|line| line.len() <= super::WIDTH && line.starts_with("    word")), "{long}");
    }

    #[test]
    fn one_line_of_what_can_be_seen() {
        assert_eq!(super::one_line(" a\n b\t\u{7}c\u{202e}d "), "a b cd");
    }
}
