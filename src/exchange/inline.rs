//! Inline text in the notations of other programs: HTML and XHTML, plain text, Markdown; and plain words as mark-up.

use crate::text::{self, Inline};

/// Appends a text with all that means something to XML or HTML escaped, in elements and attributes alike. What neither
/// allows becomes U+FFFD.
pub fn push_escaped(out: &mut String, words: &str) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(u32::from(c), 0xFDD0..=0xFDEF) || u32::from(c) & 0xFFFE == 0xFFFE => {
                out.push('\u{FFFD}');
            }
            c => out.push(c),
        }
    }
}

/// Plain words for HTML and XHTML.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    push_escaped(&mut out, words);
    out
}

/// Authored text as HTML: `em`, `strong`, `span lang`, `¶7`, `____`; no block around it. But for `lang` it is XHTML too.
pub fn html(markup: &str) -> String {
    marked_up(markup, "lang")
}

/// Authored text as XHTML by the rules of XML, with `xml:lang`: for QTI and its like.
pub fn xhtml(markup: &str) -> String {
    marked_up(markup, "xml:lang")
}

fn marked_up(markup: &str, lang: &str) -> String {
    let mut out = String::with_capacity(markup.len() + 16);
    push_html(&mut out, &text::parse(markup), lang);
    out
}

fn push_html(out: &mut String, inlines: &[Inline], lang: &str) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner) => {
                out.push_str("<em>");
                push_html(out, inner, lang);
                out.push_str("</em>");
            }
            Inline::Strong(inner) => {
                out.push_str("<strong>");
                push_html(out, inner, lang);
                out.push_str("</strong>");
            }
            Inline::Foreign(language, inner) => {
                *out += &format!("<span {lang}=\"{}\">", escaped(language));
                push_html(out, inner, lang);
                out.push_str("</span>");
            }
            other => push_escaped(out, &text::plain(std::slice::from_ref(other))),
        }
    }
}

/// Authored text without mark-up, quotes typographic.
pub fn plain(markup: &str) -> String {
    text::plain(&text::parse(markup))
}

/// Authored text as CommonMark.
pub fn markdown(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len() + 8);
    push_markdown(&mut out, &text::parse(markup));
    out
}

/// Plain words for CommonMark.
pub fn markdown_words(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    push_markdown_words(&mut out, words);
    out
}

fn push_markdown(out: &mut String, inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner) => {
                out.push('*');
                push_markdown(out, inner);
                out.push('*');
            }
            Inline::Strong(inner) => {
                out.push_str("**");
                push_markdown(out, inner);
                out.push_str("**");
            }
            Inline::Foreign(_, inner) => push_markdown(out, inner),
            other => push_markdown_words(out, &text::plain(std::slice::from_ref(other))),
        }
    }
}

fn push_markdown_words(out: &mut String, words: &str) {
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Plain words as authored text: stars that would be mark-up are kept from being it, and a space parts braces from the brackets
/// before them, which would be the mark of a language.
pub fn as_markup(words: &str) -> String {
    words.replace('*', "\\*").replace("]{", "] {")
}

/// Texts with a space between them; empty ones are left out.
pub fn joined(texts: &[&str]) -> String {
    texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_notation_has_its_own_escapes() {
        let markup = "*a* < **b & \"c\"** ¶7 \\*d\\* ____ #1 [x]";
        assert_eq!(html(markup), "<em>a</em> &lt; <strong>b &amp; “c”</strong> ¶7 *d* ____ #1 [x]");
        assert_eq!(html("a [détente]{fr}"), "a <span lang=\"fr\">détente</span>");
        assert_eq!(xhtml("[Ostpolitik]{de}"), "<span xml:lang=\"de\">Ostpolitik</span>");
        assert_eq!(plain(markup), "a < b & “c” ¶7 *d* ____ #1 [x]");
        assert_eq!(markdown(markup), "*a* \\< **b \\& “c”** ¶7 \\*d\\* \\_\\_\\_\\_ \\#1 \\[x\\]");
        assert_eq!(plain(&as_markup("2*3 *x*")), "2*3 *x*");
        assert_eq!(escaped("\u{0}\u{ffff}'\"<"), "\u{FFFD}\u{FFFD}'&quot;&lt;");
    }
}
