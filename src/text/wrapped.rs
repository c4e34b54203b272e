//! Plain text broken into lines, for a terminal.

/// The text in lines of so many characters at most, broken at spaces; a longer word has a line of its own. At least one line.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let (length, last) = (word.chars().count(), lines.len() - 1);
        let so_far = lines[last].chars().count();
        if so_far > 0 && so_far + 1 + length > width {
            lines.push(word.to_owned());
        } else {
            if so_far > 0 {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("  ¶7 unbreakable x ", 3), ["¶7", "unbreakable", "x"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}
