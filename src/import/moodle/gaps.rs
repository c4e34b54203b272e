//! Passages with gaps: Moodle’s cloze (`{1:SHORTANSWER:=word}`), and words that are chosen or dragged (`[[1]]`).

use super::text_in;
use crate::exchange::xml::{Node, decoded};
use crate::exchange::{Interaction, Piece};
use crate::import::exercise::note;
use crate::import::from_html;
use crate::import::graded::{Head, word_list};

/// Stands for a gap while the text around it is read.
const GAP: char = '\u{E000}';

/// The text of a question, in which no sign stands that will stand for a gap.
fn text(node: &Node, head: &Head) -> (String, bool) {
    let whole = || text_in(node, "questiontext");
    let (text, own) = head.asked.passage.as_ref().map_or_else(|| (whole(), false), |text| (text.clone(), true));
    (text.replace(GAP, ""), own)
}

/// The passage, and the stem before it: where an export did not mark the passage it begins with the paragraph of the first gap.
fn parted(text: &str, own: bool, answers: Vec<Vec<String>>, head: &mut Head) -> Vec<Piece> {
    let passage = if own {
        text
    } else {
        let first = text.find(GAP).unwrap_or(0);
        let begins = ["<p>", "<p ", "<br", "<div", "<li", "<blockquote"];
        let at = begins.iter().filter_map(|begin| text[..first].rfind(begin)).max().unwrap_or(0);
        let (stem, passage) = text.split_at(at);
        head.asked.stem = from_html(stem).text;
        passage
    };
    let read = from_html(passage);
    head.asked.changed.extend(read.changed);
    let mut pieces = Vec::new();
    let mut answers = answers.into_iter();
    for (at, text) in read.text.split(GAP).enumerate() {
        if at > 0 {
            pieces.extend(answers.next().map(Piece::Gap));
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
    }
    pieces
}

/// A gap of cloze.
struct Embedded {
    chosen: bool,
    right: Vec<String>,
    options: Vec<String>,
}

/// What a brace begins.
enum Begun {
    /// A gap, and its length.
    Gap(Embedded, usize),
    /// No gap: the brace is a sign of the text.
    Words,
    /// A gap that nothing closes; what does not close this one closes none after it.
    Endless,
}

/// A passage in which gaps are typed or chosen.
pub(super) fn cloze(node: &Node, head: &mut Head) -> Result<Interaction, String> {
    let (text, own) = text(node, head);
    let mut out = String::new();
    let mut found: Vec<Embedded> = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match embedded(rest, head) {
            Begun::Gap(gap, length) => {
                found.push(gap);
                out.push(GAP);
                rest = &rest[length..];
            }
            Begun::Words => {
                out.push('{');
                rest = &rest[1..];
            }
            Begun::Endless => break,
        }
    }
    out.push_str(rest);
    if found.is_empty() {
        return Err("it has no gap that can be read".to_owned());
    }
    if found.iter().any(|gap| gap.right.is_empty()) {
        return Err("one of its gaps has no right answer".to_owned());
    }
    let mixed = found.iter().any(|gap| gap.chosen) && found.iter().any(|gap| !gap.chosen);
    let options: Vec<String> = found.iter().filter(|gap| gap.chosen).flat_map(|gap| gap.options.clone()).collect();
    let same = found.iter().all(|gap| gap.options.len() == found[0].options.len());
    let answers: Vec<Vec<String>> = found.into_iter().map(|gap| gap.right).collect();
    let mut all = options;
    if mixed {
        head.changed.push("gaps to type in are filled from the list of words as well".to_owned());
        all.extend(answers.iter().filter_map(|right| right.first().cloned()));
    } else if !all.is_empty() && !same {
        head.changed.push("its gaps share one list of words".to_owned());
    }
    let passage = parted(&out, own, answers, head);
    let words = word_list(&passage, &all);
    Ok(Interaction::Gaps { passage, words })
}

/// Where the content of the gap at the beginning of a text begins, and its form; nothing if it is no gap.
fn opened(text: &str) -> Option<(usize, &str)> {
    let inside = text.strip_prefix('{')?;
    let after = inside.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(':')?;
    let form = &after[..after.find(|c: char| !(c.is_ascii_uppercase() || c == '_'))?];
    after[form.len()..].starts_with(':').then(|| (text.len() - after.len() + form.len() + 1, form))
}

/// What the brace at the beginning of a text begins.
fn embedded(text: &str, head: &mut Head) -> Begun {
    let Some((begin, form)) = opened(text) else { return Begun::Words };
    let chosen = match form {
        "SHORTANSWER" | "SA" | "MW" | "SHORTANSWER_C" | "SAC" | "MWC" | "NUMERICAL" | "NM" => false,
        _ if form.starts_with("MULTICHOICE") || form.starts_with("MULTIRESPONSE") => true,
        "MC" | "MCS" | "MCV" | "MCVS" | "MCH" | "MCHS" | "MR" | "MRS" | "MRH" | "MRHS" => true,
        _ => return Begun::Words,
    };
    // The brace that ends it; one with a backslash is a brace, and `&#125;` has none.
    let mut end = begin;
    let mut escaped = false;
    for c in text[begin..].chars() {
        match c {
            '}' if !escaped => break,
            _ => escaped = c == '\\' && !escaped,
        }
        end += c.len_utf8();
    }
    if !text[end..].starts_with('}') {
        return Begun::Endless;
    }
    let mut gap = Embedded { chosen, right: Vec::new(), options: Vec::new() };
    for alternative in unescaped(&text[begin..end], '~') {
        let mut parts = unescaped(&alternative, '#').into_iter();
        let answer = parts.next().unwrap_or_default();
        if parts.next().is_some_and(|feedback| !feedback.trim().is_empty()) {
            note(&mut head.changed, "what was said to the answers of a gap was left out");
        }
        let (percent, answer) = weighed(answer.trim());
        if answer.is_empty() || (answer == "*" && !chosen) {
            continue;
        }
        let mut words = from_html(&answer.replace("\\}", "}").replace("\\#", "#").replace("\\~", "~")).text;
        words = crate::exchange::inline::plain(&words).replace("\\*", "*");
        if form.starts_with('N') {
            let number = words.split(':').next().unwrap_or_default().to_owned();
            if number != words {
                note(&mut head.changed, "how far off a number in a gap may be was left out");
            }
            words = number;
        }
        if percent > 99.0 {
            gap.right.push(words.clone());
        } else if percent > 0.0 {
            note(&mut head.changed, "an answer that earned a part of a gap is a wrong one here");
        }
        gap.options.push(words);
    }
    Begun::Gap(gap, end + 1)
}

/// `=word`, `%50%word`, `word`.
fn weighed(answer: &str) -> (f64, &str) {
    if let Some(words) = answer.strip_prefix('=') {
        return (100.0, words);
    }
    let weighed = answer.strip_prefix('%').and_then(|rest| rest.split_once('%'));
    let parsed = weighed.and_then(|(percent, words)| Some((percent.replace(',', ".").parse::<f64>().ok()?, words)));
    parsed.unwrap_or((0.0, answer))
}

/// A text parted at a sign, but not where a backslash stands before it, or where it is part of `&#126;`.
fn unescaped(text: &str, at: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before = None;
    for c in text.chars() {
        if c == at && !matches!(before, Some('\\' | '&')) {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
        before = Some(c);
    }
    parts
}

/// A passage whose gaps `[[1]]` name words of a list.
pub(super) fn words(node: &Node, head: &mut Head) -> Result<Interaction, String> {
    let listed = node.all("selectoption").chain(node.all("dragbox"));
    let option = |option: &Node| {
        let group = option.first("group").map_or_else(|| "1".to_owned(), |group| group.words().trim().to_owned());
        (crate::exchange::inline::plain(&from_html(&text_in_self(option)).text), group)
    };
    let listed: Vec<(String, String)> = listed.map(option).collect();
    if listed.iter().any(|(_, group)| *group != listed[0].1) {
        head.changed.push("its groups of words are one list".to_owned());
    }
    let (text, own) = text(node, head);
    let mut out = String::new();
    let mut answers = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("[[") {
        out.push_str(&rest[..at]);
        let inside = &rest[at + 2..];
        let length = inside.find(|c: char| !(c.is_ascii_digit() || c == ' ')).unwrap_or(inside.len());
        let behind = inside[length..].strip_prefix("]]");
        let number = behind.and_then(|behind| Some((inside[..length].trim().parse::<usize>().ok()?, behind)));
        let Some((number, behind)) = number else {
            out.push_str("[[");
            rest = &rest[at + 2..];
            continue;
        };
        let word = number.checked_sub(1).and_then(|at| listed.get(at));
        let (word, _) = word.ok_or_else(|| format!("its gap [[{number}]] names no word of its list"))?;
        answers.push(vec![word.clone()]);
        out.push(GAP);
        rest = behind;
    }
    out.push_str(rest);
    if answers.is_empty() {
        return Err("it has no gap".to_owned());
    }
    let passage = parted(&out, own, answers, head);
    let options: Vec<String> = listed.into_iter().map(|(word, _)| word).collect();
    let words = word_list(&passage, &options);
    Ok(Interaction::Gaps { passage, words })
}

/// The words of an element, in `<text>` or without.
fn text_in_self(node: &Node) -> String {
    let text = node.first("text").map_or_else(|| node.words(), Node::words);
    // A word is plain: what looks like mark-up in it is words, but for references to characters.
    let text = decoded(text.trim());
    crate::exchange::inline::escaped(&text)
}
