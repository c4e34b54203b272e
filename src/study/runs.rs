//! Inline text as the page gets it: a string, or a list of runs with their styles.

use serde::{Deserialize, Serialize};

use crate::text::{self, Inline};

/// Text with its styles; never mark-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// Words in one style.
    Plain(String),
    /// Words in several.
    Runs(Vec<Run>),
}

impl Default for Text {
    fn default() -> Self {
        Text::Plain(String::new())
    }
}

/// A run of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Run {
    /// Words without a style.
    Plain(String),
    /// Words with one.
    Styled {
        /// The words.
        t: String,
        /// `em`, `strong`, `em strong`, `blank`; empty for none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        style: String,
        /// The tag of their language, where it is another than the text's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lang: Option<String>,
    },
}

impl Text {
    /// Authored text, in the mark-up of [`text::parse`].
    pub fn authored(source: &str) -> Text {
        Text::of(&text::parse(source))
    }

    /// Words as they stand, without mark-up.
    pub fn verbatim(words: &str) -> Text {
        Text::Plain(words.to_owned())
    }

    /// Inlines.
    pub fn of(inlines: &[Inline]) -> Text {
        let mut runs = Vec::new();
        push(inlines, Style::default(), &mut runs);
        match runs.as_slice() {
            [] => Text::Plain(String::new()),
            [Run::Plain(words)] => Text::Plain(words.clone()),
            _ => Text::Runs(runs),
        }
    }

    /// Its runs: words, and the style, empty for none.
    pub fn runs(&self) -> Vec<(&str, &str)> {
        match self {
            Text::Plain(words) if words.is_empty() => Vec::new(),
            Text::Plain(words) => vec![(words, "")],
            Text::Runs(runs) => runs
                .iter()
                .map(|run| match run {
                    Run::Plain(words) => (words.as_str(), ""),
                    Run::Styled { t, style, .. } => (t.as_str(), style.as_str()),
                })
                .collect(),
        }
    }

    /// The words alone.
    pub fn words(&self) -> String {
        self.runs().iter().map(|(words, _)| *words).collect()
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.runs().is_empty()
    }
}

/// What is open around a run.
#[derive(Debug, Clone, Copy, Default)]
struct Style<'a> {
    em: bool,
    strong: bool,
    lang: Option<&'a str>,
}

/// Adds inlines under what is open around them.
fn push<'a>(inlines: &'a [Inline], around: Style<'a>, out: &mut Vec<Run>) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner) => push(inner, Style { em: true, ..around }, out),
            Inline::Strong(inner) => push(inner, Style { strong: true, ..around }, out),
            Inline::Foreign(lang, inner) => push(inner, Style { lang: Some(lang), ..around }, out),
            Inline::Blank { .. } => {
                out.push(Run::Styled { t: "____".to_owned(), style: "blank".to_owned(), lang: None });
            }
            Inline::Text(_) | Inline::ParagraphRef(_) | Inline::Call(_) | Inline::Lines(_) | Inline::Entry(_) => {
                push_words(&text::plain(std::slice::from_ref(inline)), around, out);
            }
        }
    }
}

/// Words go to the run before them where that has their style.
fn push_words(words: &str, around: Style<'_>, out: &mut Vec<Run>) {
    let named = match (around.em, around.strong) {
        (false, false) => "",
        (true, false) => "em",
        (false, true) => "strong",
        (true, true) => "em strong",
    };
    let bare = named.is_empty() && around.lang.is_none();
    match out.last_mut() {
        Some(Run::Plain(before)) if bare => before.push_str(words),
        Some(Run::Styled { t, style, lang }) if !bare && style == named && lang.as_deref() == around.lang => {
            t.push_str(words);
        }
        _ if bare => out.push(Run::Plain(words.to_owned())),
        _ => {
            let lang = around.lang.map(str::to_owned);
            out.push(Run::Styled { t: words.to_owned(), style: named.to_owned(), lang });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn styles_are_named_and_neighbours_joined() {
        let json = |source: &str| serde_json::to_string(&Text::authored(source)).unwrap();
        assert_eq!(json("plain in ¶7 only"), r#""plain in ¶7 only""#);
        assert_eq!(json("a *b* c"), r#"["a ",{"t":"b","style":"em"}," c"]"#);
        assert_eq!(
            json("**Not *so* much**"),
            r#"[{"t":"Not ","style":"strong"},{"t":"so","style":"em strong"},{"t":" much","style":"strong"}]"#
        );
        assert_eq!(json("It is ____."), r#"["It is ",{"t":"____","style":"blank"},"."]"#);
        assert_eq!(json("the [détente]{fr}."), r#"["the ",{"t":"détente","lang":"fr"},"."]"#);
        assert_eq!(json(""), r#""""#);
    }
}
