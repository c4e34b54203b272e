//! A named text, byte spans in it, and their lines and columns.

use std::borrow::Cow;
use std::ops::Range;

/// Bytes `start..end` of an [`Input`]'s text.
pub type Span = Range<usize>;

/// A text with the name under which it is shown in messages (a path, or `<built in>/…`).
#[derive(Debug, Clone)]
pub struct Input {
    /// The name shown in messages.
    pub name: String,
    /// The text, UTF-8; that of a file in the program itself is not copied.
    pub text: Cow<'static, str>,
}

impl Input {
    /// A text under a name.
    pub fn new(name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Self {
        Input { name: name.into(), text: text.into() }
    }

    /// Line and column of a byte offset, both from 1; columns count characters. Offsets past the end give the end.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[..end];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let input = Input::new("x", "a\n“é” b");
        let at = input.text.find('b').unwrap();
        assert_eq!(input.line_column(at), (2, 5));
        assert_eq!(input.line_column(999), (2, 6));
    }
}
