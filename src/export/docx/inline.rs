//! Inline text → runs.

use std::collections::BTreeSet;

use crate::exchange::xml::Xml;
use crate::text::{Inline, raised};
use crate::write::html::direction;

/// Widest blank, ems.
const WIDEST_BLANK: f32 = 40.0;

/// How a run looks beside its paragraph's style, and in which language it is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look<'a> {
    /// Id of a style of characters.
    pub style: &'a str,
    /// Strong inside another style.
    strong: bool,
    /// Emphasized inside another style.
    emphasis: bool,
    language: &'a str,
}

impl<'a> Look<'a> {
    /// A style of characters.
    pub fn styled(style: &'a str) -> Self {
        Look { style, ..Look::default() }
    }

    fn strong(self) -> Self {
        if self.style.is_empty() { Look { style: "Strong", ..self } } else { Look { strong: true, ..self } }
    }

    fn emphasis(self) -> Self {
        if self.style.is_empty() { Look { style: "Emphasis", ..self } } else { Look { emphasis: true, ..self } }
    }
}

/// Runs of inline text; references to paragraphs in `targets` lead to them.
pub(super) fn runs(inlines: &[Inline], look: Look<'_>, targets: &BTreeSet<u32>) -> String {
    let mut xml = Xml::fragment();
    push(&mut xml, inlines, look, targets);
    xml.finish()
}

/// Words in one look.
pub(super) fn words(words: &str, look: Look<'_>) -> String {
    let mut xml = Xml::fragment();
    push_words(&mut xml, words, look);
    xml.finish()
}

/// A tab.
pub(super) fn tab() -> String {
    "<w:r><w:tab/></w:r>".to_owned()
}

fn push(xml: &mut Xml, inlines: &[Inline], look: Look<'_>, targets: &BTreeSet<u32>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => push_words(xml, text, look),
            Inline::Emphasis(inner) => push(xml, inner, look.emphasis(), targets),
            Inline::Strong(inner) => push(xml, inner, look.strong(), targets),
            Inline::Foreign(language, inner) => push(xml, inner, Look { language, ..look }, targets),
            Inline::ParagraphRef(number) => {
                let mark = format!("¶{number}");
                match targets.contains(number) {
                    true => linked(xml, &format!("p{number}"), &mark, look),
                    false => push_words(xml, &mark, look),
                }
            }
            Inline::Call(number) => push_words(xml, &raised(*number), look),
            Inline::Lines([printed, _]) => push_words(xml, printed, look),
            Inline::Entry(label) => match entry(label) {
                Some(entry) => linked(xml, &entry, label, look),
                None => push_words(xml, label, look),
            },
            Inline::Blank { number, width, .. } => {
                if let Some((number, _)) = number {
                    push_words(xml, &number.to_string(), Look::styled("BlankNumber"));
                }
                let width = if width.is_finite() { width.clamp(1.0, WIDEST_BLANK) } else { WIDEST_BLANK };
                // A low line is half an em wide.
                push_words(xml, &"_".repeat((width * 2.0).round() as usize), Look::styled("Blank"));
            }
        }
    }
}

/// The bookmark of a numbered entry.
pub(super) fn entry(label: &str) -> Option<String> {
    let number = !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit());
    number.then(|| format!("q{label}"))
}

fn linked(xml: &mut Xml, to: &str, text: &str, look: Look<'_>) {
    xml.within("w:hyperlink", &[("w:anchor", to), ("w:history", "1")], |xml| push_words(xml, text, look));
}

fn push_words(xml: &mut Xml, words: &str, look: Look<'_>) {
    if words.is_empty() {
        return;
    }
    xml.within("w:r", &[], |xml| {
        let Look { style, strong, emphasis, language } = look;
        if !style.is_empty() || strong || emphasis || !language.is_empty() {
            xml.within("w:rPr", &[], |xml| {
                if !style.is_empty() {
                    xml.mark("w:rStyle", &[("w:val", style)]);
                }
                if strong {
                    xml.mark("w:b", &[]);
                }
                if emphasis {
                    xml.mark("w:i", &[]);
                }
                let right_to_left = !language.is_empty() && direction(language) == "rtl";
                if right_to_left {
                    xml.mark("w:rtl", &[]);
                }
                if !language.is_empty() {
                    xml.mark("w:lang", &[(if right_to_left { "w:bidi" } else { "w:val" }, language)]);
                }
            });
        }
        xml.within("w:t", &[("xml:space", "preserve")], |xml| xml.text(&words.replace(['\n', '\t'], " ")));
    });
}
