//! Inline text → escaped HTML.

use std::collections::BTreeSet;

use super::direction;
use super::fill::push_line;
use crate::doc::Words;
use crate::text::{Asked, Inline, raised};

/// Widest blank that is drawn, ems; a line is not much longer.
const WIDEST_BLANK: f32 = 40.0;

/// Appends a text with all that means something to HTML escaped, in elements and attributes alike. Characters that HTML
/// does not allow are shown as U+FFFD.
pub(super) fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || is_noncharacter(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
}

fn is_noncharacter(c: char) -> bool {
    matches!(u32::from(c), 0xFDD0..=0xFDEF) || u32::from(c) & 0xFFFE == 0xFFFE
}

/// What inline text is written with.
#[derive(Clone, Copy)]
pub(super) struct Inlines<'a> {
    /// What is heard for marks that the page shows by their shape alone.
    pub words: &'a Words,
    /// Paragraphs to which references lead.
    pub targets: &'a BTreeSet<u32>,
}

impl Inlines<'_> {
    /// Appends inline text. References to the paragraphs in `targets` become links to them.
    pub fn push(self, out: &mut String, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => push_text(out, text),
                Inline::Emphasis(inner) => self.wrap(out, "em", inner),
                Inline::Strong(inner) => self.wrap(out, "strong", inner),
                Inline::Foreign(language, inner) => {
                    out.push_str("<span lang=\"");
                    push_text(out, language);
                    *out += &format!("\" dir=\"{}\">", direction(language));
                    self.push(out, inner);
                    out.push_str("</span>");
                }
                Inline::ParagraphRef(number) if self.targets.contains(number) => {
                    *out += &format!("<a class=\"reference\" href=\"#p{number}\">");
                    push_paragraph_mark(out, *number, self.words);
                    *out += "</a>";
                }
                Inline::ParagraphRef(number) => {
                    *out += "<span class=\"reference\">";
                    push_paragraph_mark(out, *number, self.words);
                    *out += "</span>";
                }
                Inline::Entry(label) => match entry_id(label) {
                    Some(id) => {
                        *out += &format!("<a class=\"reference\" href=\"#{id}\">");
                        push_text(out, label);
                        *out += "</a>";
                    }
                    None => push_text(out, label),
                },
                Inline::Call(number) => {
                    *out += &format!("<span aria-hidden=\"true\">{}</span>", raised(*number));
                    push_spoken(out, &format!(" {}", self.words.footnote(*number)));
                }
                // Lines that another print numbers: on a screen they break where the window ends.
                Inline::Lines([printed, _]) => push_text(out, printed),
                Inline::Blank { number, width, asked } => self.blank(out, (*number, *width), asked.as_deref()),
            }
        }
    }

    fn blank(self, out: &mut String, (number, width): (Option<(u32, u32)>, f32), asked: Option<&Asked>) {
        let width = if width.is_finite() { width.clamp(1.0, WIDEST_BLANK) } else { WIDEST_BLANK };
        *out += &format!("<span class=\"blank\" style=\"width:{width}em\">");
        if let Some((number, _)) = number {
            *out += &format!("<span class=\"blank-number\" aria-hidden=\"true\">{number}</span>");
        }
        match asked {
            None => push_spoken(out, &self.words.blank(number)),
            Some(asked) => push_line(out, asked),
        }
        // A word joiner: no line begins with the comma after a blank.
        *out += "</span>\u{2060}";
    }

    fn wrap(self, out: &mut String, element: &str, inner: &[Inline]) {
        *out += &format!("<{element}>");
        self.push(out, inner);
        *out += &format!("</{element}>");
    }
}

/// The id of a numbered entry, if its label is a number: other labels (`Part A`) come several times.
pub(super) fn entry_id(label: &str) -> Option<String> {
    let number = !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit());
    number.then(|| format!("q{label}"))
}

/// Appends `¶7`, which is read “paragraph 7”: screen readers say “pilcrow”, or nothing, for the sign.
pub(super) fn push_paragraph_mark(out: &mut String, number: u32, words: &Words) {
    *out += &format!("<span aria-hidden=\"true\">¶{number}</span>");
    push_spoken(out, &words.paragraph(number));
}

/// Appends words that are heard and not seen.
pub(super) fn push_spoken(out: &mut String, words: &str) {
    *out += "<span class=\"spoken\">";
    push_text(out, words);
    *out += "</span>";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_forbids_is_replaced() {
        let mut out = String::new();
        push_text(&mut out, "a\0\u{7}\u{FFFF}\u{2028}\u{202E}<'\"&");
        assert_eq!(out, "a\u{FFFD}\u{FFFD}\u{FFFD}\u{2028}\u{202E}&lt;&#39;&quot;&amp;");
    }
}
