//! Words typed on the command line or in a roster, made fit for one line of a sheet.

/// One line: spaces folded, controls and marks that turn the direction of writing taken out.
pub(super) fn one_line(words: &str) -> String {
    let is_unseen = |c: char| matches!(c, '\u{200b}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let seen: String = words.chars().filter(|c| c.is_whitespace() || !(c.is_control() || is_unseen(*c))).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_line_of_what_can_be_seen() {
        assert_eq!(super::one_line(" a\n b\t\u{7}c\u{202e}d "), "a b cd");
    }
}
