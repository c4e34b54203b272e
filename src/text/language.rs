//! Tags of languages, and the mark-up that has one after words: `[détente]{fr}`.

use std::borrow::Cow;

/// Whether a text has the shape of a BCP 47 tag: the language in two or three letters, then script, region and the like.
///
/// Source: RFC 5646, 2.1. Longer names of languages are allowed there, but none has been registered.
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The tag in braces with which a text begins, `{fr}`, if it does.
pub fn tag_after(text: &str) -> Option<&str> {
    /// Longer tags than this say nothing to any reader.
    const LONGEST: usize = 35;
    let inside = text.strip_prefix('{')?;
    let end = inside.bytes().take(LONGEST + 1).position(|byte| byte == b'}')?;
    inside.get(..end).filter(|tag| is_language_tag(tag))
}

/// Most bytes of words with a mark: a bracket that looks farther would take a hostile text's square in time.
pub const LONGEST_MARKED: usize = 600;

/// The words that begin with the bracket of a text, `[détente]{fr}`, with their language, if these are such words.
pub fn foreign(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[')?;
    let mut bytes = inside.bytes().take(LONGEST_MARKED);
    let end = bytes.position(|byte| matches!(byte, b'[' | b']')).filter(|end| *end > 0)?;
    let tag = tag_after(inside[end..].strip_prefix(']')?)?;
    Some((&inside[..end], tag))
}

/// The first mark that is meant to name a language and does not: what stands in its braces. The two braces of a cloze are none.
pub fn faulty_mark(text: &str) -> Option<&str> {
    text.match_indices("]{").find_map(|(at, _)| {
        let open = text[..at].rfind(['[', ']']).filter(|open| text[*open..].starts_with('['))?;
        let inside = &text[at + 2..];
        if inside.starts_with('{') || foreign(&text[open..]).is_some() {
            return None;
        }
        Some(inside.split(['}', ' ', '\n']).next().unwrap_or_default())
    })
}

/// Authored text without the marks of languages, for whoever looks for words in it.
pub fn without_languages(text: &str) -> Cow<'_, str> {
    if !text.contains("]{") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match foreign(rest) {
            Some((words, tag)) => {
                out.push_str(words);
                rest = &rest[words.len() + tag.len() + 4..];
            }
            None => {
                out.push('[');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_a_shape() {
        for tag in ["fr", "FR", "deu", "zh-Hans", "sr-Latn-RS", "de-1996"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in ["", "f", "french", "fr_FR", "fr-", "fr--CA", "fr-abcdefghi", "fr FR", "é"] {
            assert!(!is_language_tag(tag), "{tag}");
        }
        assert_eq!(without_languages("a [b]{fr}, [c] [[d e]{pt-BR}"), "a b, [c] [d e");
        assert_eq!(without_languages("a [b] {fr}"), "a [b] {fr}");
        for (text, mark) in [
            ("the [détente]{french}, so", "french"),
            ("a [b]{fr} [c]{x} [d]{y}", "x"),
            ("[]{fr}", "fr"),
            ("[a]{}", ""),
            ("[a]{fr", "fr"),
        ] {
            assert_eq!(faulty_mark(text), Some(mark), "{text}");
        }
        for text in ["", "[a]{fr}", "a]{x}", "[a] {x}", "[a]{{was|were}}", "[a]b]{x}", "]{"] {
            assert_eq!(faulty_mark(text), None, "{text}");
        }
        assert_eq!(faulty_mark(&format!("[{}]{{fr}}", "a".repeat(LONGEST_MARKED))), Some("fr"));
        assert_eq!(tag_after("{fr} und"), Some("fr"));
        for text in ["", "{", "{}", "{fr", "(fr)", "{french}", "x{fr}"] {
            assert_eq!(tag_after(text), None, "{text}");
        }
    }
}
