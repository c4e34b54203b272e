//! Where sentences begin and end.

use std::ops::Range;

/// Abbreviations that a name or number follows: their stop ends nothing.
const BEFORE_NAMES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "gen", "sen", "rep", "gov", "prof", "rev", "hon", "capt", "col", "lt", "sgt", "maj",
    "adm", "cmdr", "pres", "messrs", "mme", "mlle", "mt", "ft", "vs", "cf", "viz", "al", "e.g", "i.e",
];

/// Abbreviations only where a digit follows: `No. 5`, but not “No. I refuse.”
const BEFORE_NUMBERS: &[&str] = &[
    "no", "nos", "vol", "vols", "p", "pp", "art", "sec", "ch", "fig", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
    "sept", "sep", "oct", "nov", "dec", "ca", "c",
];

/// Abbreviations that may end a sentence: they do before a word with which sentences begin.
const EITHER: &[&str] = &["jr", "sr", "inc", "co", "corp", "ltd", "etc", "dept", "gov't", "bros"];

/// Words with which sentences begin, and names do not.
const OPENINGS: &[&str] = &[
    "A", "An", "And", "As", "At", "But", "By", "For", "From", "He", "Her", "His", "How", "I", "If", "In", "It", "Its",
    "My", "No", "Not", "Now", "On", "Or", "Our", "She", "So", "That", "The", "Their", "Then", "There", "These", "They",
    "This", "Those", "Thus", "To", "We", "What", "When", "Where", "Which", "While", "Who", "Why", "With", "Yet", "You",
    "Your",
];

/// The sentences of a paragraph, as byte ranges without the space between them. Every character but that space is in one.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = text.len() - text.trim_start().len();
    let mut from = start;
    while let Some(offset) = text[from..].find(is_stop) {
        let stop = from + offset;
        let rest = text[stop..].trim_start_matches(is_stop);
        let stops = &text[stop..text.len() - rest.len()];
        let rest = rest.trim_start_matches(is_closing);
        let end = text.len() - rest.len();
        if ends_sentence(&text[start..stop], stops, rest) {
            found.push(start..end);
            start = text.len() - rest.trim_start().len();
            from = start;
        } else {
            from = end;
        }
    }
    let end = text.trim_end().len();
    if start < end {
        found.push(start..end);
    }
    found
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '\'' | ')' | ']' | '»' | '」')
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '"' | '\'' | '(' | '[' | '«' | '—' | '¿' | '¡')
}

/// Whether stops between these texts end the sentence.
fn ends_sentence(before: &str, stops: &str, after: &str) -> bool {
    let next = after.trim_start();
    if next.is_empty() || stops.starts_with(['。', '！', '？']) {
        return true;
    }
    if next.len() == after.len() {
        return false;
    }
    let next = next.trim_start_matches(is_opening);
    if next.starts_with(char::is_lowercase) {
        return false;
    }
    stops != "." || !is_abbreviation(before, next)
}

/// Whether the stop after `before` marks an abbreviation and not an end, given what follows.
fn is_abbreviation(before: &str, next: &str) -> bool {
    let word_start = before.rfind(|c: char| c.is_whitespace() || is_opening(c));
    let word =
        word_start.map_or(before, |at| before[at..].trim_start_matches(|c: char| c.is_whitespace() || is_opening(c)));
    let next_word = next.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').next().unwrap_or_default();
    let next_opens = OPENINGS.contains(&next_word);
    let lower = word.to_lowercase();
    let is = |list: &[&str]| list.contains(&lower.as_str());
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        // A list's own number: “1. We ask …”.
        _ if word_start.is_none() && !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) => true,
        _ if is(BEFORE_NAMES) => true,
        _ if is(BEFORE_NUMBERS) && next.starts_with(|c: char| c.is_ascii_digit()) => true,
        // An initial; but “I.” is mostly the pronoun.
        (Some(c), None) => c.is_uppercase() && c != 'I',
        // U.S., J.F.K., a.m.
        (Some(_), Some(_)) if is_dotted(word) => !next_opens,
        _ => is(EITHER) && !next_opens,
    }
}

/// Single letters with stops between them.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::sentences;

    /// `|` stands where one sentence ends and the next begins.
    fn split(text: &str) -> String {
        sentences(text).into_iter().map(|at| &text[at]).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn as_a_reader_would() {
        for expected in [
            "Dear Mr. Chairman: I regret it.|I have come.",
            "He said “Go.”|She went.",
            "“Why?” he asked.|“Because.”",
            "The U.S. Senate met.|It voted.",
            "He left the U.S.|The Senate met.",
            "J. F. Kennedy wrote to Dr. St. John.|So it was.",
            "Wait … for it.|So…|We go.",
            "Well … no!|Really?!|Yes... or no.",
            "It rose 3.5 percent in No. 5 of vol. 2.|No.|I refuse.",
            "1. We ask.|2. We get.",
            "At 5 p.m. Khrushchev came.|It was 5 p.m.|He spoke.",
            "(It ended.)|[Then] it began.",
            "No stop at all",
            "Ends in space.",
            "",
        ] {
            let text = expected.replace('|', " ");
            assert_eq!(split(&text), expected);
        }
    }

    #[test]
    fn scripts_without_spaces() {
        assert_eq!(split("我们来了。你好！好"), "我们来了。|你好！|好");
    }
}
