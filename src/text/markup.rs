//! The inline mark-up of authored text: `*emphasis*`, `**strong**`, `\*`, `¶7`, `____`, `[détente]{fr}`.

use super::language::foreign;
use super::{Inline, typographic};

/// Underlines that make a blank.
const BLANK: usize = 4;
/// Width of a blank for each of its underlines, em: four give room for a word.
const EMS_PER_UNDERLINE: f32 = 1.5;
/// The widest blank, em: more would not fit a column.
const WIDEST: f32 = 30.0;

/// Reads authored text. It cannot fail: what is no mark-up stays as typed, and straight quotes become typographic.
pub fn parse(source: &str) -> Vec<Inline> {
    inlines(&typographic(source))
}

fn inlines(source: &str) -> Vec<Inline> {
    let mut builder = Builder { frames: vec![Frame::default()] };
    let mut rest = source;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '\\' if rest[1..].starts_with('*') => {
                builder.text("*");
                2
            }
            '*' => builder.stars(before, rest),
            '¶' => builder.reference(rest),
            '_' => builder.underlines(rest),
            '[' => builder.foreign(rest),
            _ => {
                let end = rest.find(['\\', '*', '¶', '_', '[']).filter(|end| *end > 0).unwrap_or(rest.len());
                let end = if c == '\\' { 1 } else { end };
                builder.text(&rest[..end]);
                end
            }
        };
        before = rest[..taken].chars().next_back();
        rest = &rest[taken..];
    }
    builder.finish()
}

/// The two kinds of stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stars {
    One,
    Two,
}

impl Stars {
    fn typed(self) -> &'static str {
        match self {
            Stars::One => "*",
            Stars::Two => "**",
        }
    }
}

/// What has been read since a star that may open something.
#[derive(Debug, Default)]
struct Frame {
    opened_by: Option<Stars>,
    content: Vec<Inline>,
}

/// Frames open at this point, the outermost first. Stars of one kind do not nest, so there are three at most,
/// and the work is linear in the text however many stars it has.
struct Builder {
    frames: Vec<Frame>,
}

impl Builder {
    fn content(&mut self) -> &mut Vec<Inline> {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last].content
    }

    fn text(&mut self, text: &str) {
        match self.content().last_mut() {
            Some(Inline::Text(words)) => words.push_str(text),
            _ => self.content().push(Inline::text(text)),
        }
    }

    /// Puts inlines after the content, joining text with text.
    fn extend(&mut self, inlines: Vec<Inline>) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(&text),
                other => self.content().push(other),
            }
        }
    }

    fn stars(&mut self, before: Option<char>, rest: &str) -> usize {
        let run = rest.len() - rest.trim_start_matches('*').len();
        let after = rest[run..].chars().next();
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let can_open = after.is_some_and(|c| !c.is_whitespace()) && !(digit(before) && digit(after));
        let can_close = before.is_some_and(|c| !c.is_whitespace());
        let top = self.frames.last().and_then(|frame| frame.opened_by);
        let parts: &[Stars] = match (run, top) {
            (1, _) => &[Stars::One],
            (2, _) => &[Stars::Two],
            (3, Some(Stars::One)) => &[Stars::One, Stars::Two],
            (3, _) => &[Stars::Two, Stars::One],
            _ => {
                self.text(&rest[..run]);
                return run;
            }
        };
        for &part in parts {
            let is_open = self.frames.iter().any(|frame| frame.opened_by == Some(part));
            if is_open && can_close {
                self.close(part);
            } else if !is_open && can_open {
                self.frames.push(Frame { opened_by: Some(part), content: Vec::new() });
            } else {
                self.text(part.typed());
            }
        }
        run
    }

    fn close(&mut self, kind: Stars) {
        while let Some(frame) = self.frames.pop() {
            match frame.opened_by {
                Some(opened) if opened == kind => {
                    self.content().push(match kind {
                        Stars::One => Inline::Emphasis(frame.content),
                        Stars::Two => Inline::Strong(frame.content),
                    });
                    return;
                }
                _ => self.as_typed(frame),
            }
        }
    }

    /// Stars that nothing closed go back into the text.
    fn as_typed(&mut self, frame: Frame) {
        if let Some(opened) = frame.opened_by {
            self.text(opened.typed());
        }
        self.extend(frame.content);
    }

    fn reference(&mut self, rest: &str) -> usize {
        let digits = &rest['¶'.len_utf8()..];
        let digits = &digits[..digits.len() - digits.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
        match digits.parse::<u32>() {
            Ok(number) if !digits.starts_with('0') => self.content().push(Inline::ParagraphRef(number)),
            _ => {
                self.text("¶");
                self.text(digits);
            }
        }
        '¶'.len_utf8() + digits.len()
    }

    fn foreign(&mut self, rest: &str) -> usize {
        match foreign(rest) {
            Some((words, tag)) => {
                self.content().push(Inline::Foreign(tag.into(), inlines(words)));
                words.len() + tag.len() + 4
            }
            None => {
                self.text("[");
                1
            }
        }
    }

    fn underlines(&mut self, rest: &str) -> usize {
        let run = rest.len() - rest.trim_start_matches('_').len();
        if run < BLANK {
            self.text(&rest[..run]);
        } else {
            let width = (f32::from(u16::try_from(run).unwrap_or(u16::MAX)) * EMS_PER_UNDERLINE).min(WIDEST);
            self.content().push(Inline::blank(None, width));
        }
        run
    }

    fn finish(mut self) -> Vec<Inline> {
        while self.frames.len() > 1 {
            if let Some(frame) = self.frames.pop() {
                self.as_typed(frame);
            }
        }
        std::mem::take(self.content()).into_iter().filter(|inline| *inline != Inline::text("")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    fn text(words: &str) -> Inline {
        Inline::text(words)
    }

    #[test]
    fn emphasis_and_strong() {
        assert_eq!(
            parse("a *b* **c** d"),
            [text("a "), Inline::emphasis("b"), text(" "), Inline::strong("c"), text(" d")]
        );
        assert_eq!(parse("***a***"), [Inline::Strong(vec![Inline::emphasis("a")])]);
        assert_eq!(parse("**a *b***"), [Inline::Strong(vec![text("a "), Inline::emphasis("b")])]);
        assert_eq!(parse("*a **b***"), [Inline::Emphasis(vec![text("a "), Inline::strong("b")])]);
    }

    #[test]
    fn stars_that_match_nothing_stay() {
        for typed in
            ["*", "a * b * c", "2*3*4", "*a", "a*", "**a*b", "****", "a ****b**** c", "* a*", "*a **b", r"\", r"a\b"]
        {
            assert_eq!(plain(&parse(typed)), typed, "{typed}");
            assert!(parse(typed).iter().all(|inline| matches!(inline, Inline::Text(_))) || typed == "**a*b", "{typed}");
        }
        assert_eq!(parse(r"\*a\*"), [text("*a*")]);
        assert_eq!(parse("*a **b* c**"), [Inline::emphasis("a **b"), text(" c**")]);
    }

    #[test]
    fn paragraph_references() {
        assert_eq!(parse("¶6–7"), [Inline::ParagraphRef(6), text("–7")]);
        assert_eq!(parse("*see ¶12.*"), [Inline::Emphasis(vec![text("see "), Inline::ParagraphRef(12), text(".")])]);
        for typed in ["¶", "¶ 7", "¶0", "¶007", "¶99999999999", "¶¶"] {
            assert_eq!(parse(typed), [text(typed)]);
        }
    }

    #[test]
    fn blanks_are_as_wide_as_typed() {
        assert_eq!(parse("a ____ b"), [text("a "), Inline::blank(None, 6.0), text(" b")]);
        assert_eq!(parse("___"), [text("___")]);
        assert!(matches!(parse(&"_".repeat(100_000))[..], [Inline::Blank { width: 30.0, .. }]));
    }

    #[test]
    fn words_in_another_language() {
        let foreign = |tag: &str, words: Vec<Inline>| Inline::Foreign(tag.into(), words);
        assert_eq!(parse("the [détente]{fr}, so"), [text("the "), foreign("fr", vec![text("détente")]), text(", so")]);
        assert_eq!(
            parse("*[Realpolitik]{de}* [**мир**]{ru}"),
            [
                Inline::Emphasis(vec![foreign("de", vec![text("Realpolitik")])]),
                text(" "),
                foreign("ru", vec![Inline::strong("мир")])
            ]
        );
        for typed in ["[so]", "[so] {fr}", "[]{fr}", "[so]{french}", "[a [b]{", "[", "]{fr}", "{fr}"] {
            assert_eq!(parse(typed), [text(typed)], "{typed}");
        }
        assert_eq!(plain(&parse("[a [b]{fr}")), "[a b");
        assert_eq!(plain(&parse(&"[".repeat(100_000))).len(), 100_000);
    }

    #[test]
    fn quotes_look_through_stars() {
        assert_eq!(plain(&parse("\"*So*,\" he said")), "“So,” he said");
        assert_eq!(plain(&parse("he said *\"so\"*")), "he said “so”");
    }

    #[test]
    fn nothing_at_all() {
        assert_eq!(parse(""), []);
    }
}
