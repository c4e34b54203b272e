//! Words that an item claims to quote (E08), words that the letter does not have (E16), and texts left empty (E18).

use super::Context;
use super::report::Report;
use super::source::{run_in, words};
use crate::bank::raw::RawItem;
use crate::bank::{Outside, Passage, Verdict};
use crate::text::typographic;

/// What a text of an item is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bank) enum Part {
    /// Stem or statement.
    Stem,
    /// The text of a key.
    Key,
    /// The text of a distractor or of another part that is shown.
    Shown,
    /// What the key prints: rationales, explanation, hints.
    Explains,
}

/// The texts of an item with their paths, without quotations and pupils' answers.
pub(in crate::bank) fn texts(raw: &RawItem) -> Vec<(String, &str, Part)> {
    let mut texts: Vec<(String, &str, Part)> = Vec::new();
    let mut add = |path: String, text, part| texts.push((path, text, part));
    for (path, text) in [("stem", &raw.stem), ("statement", &raw.statement)] {
        text.iter().for_each(|text| add(path.to_owned(), text, Part::Stem));
    }
    let keys = raw.key.iter().map(|choice| ("key".to_owned(), choice, Part::Key));
    let keys = keys.chain(raw.keys.iter().enumerate().map(|(at, choice)| (format!("keys[{at}]"), choice, Part::Key)));
    let distractors =
        raw.distractors.iter().enumerate().map(|(at, choice)| (format!("distractors[{at}]"), choice, Part::Shown));
    for (path, choice, part) in keys.chain(distractors) {
        add(format!("{path}.text"), &choice.text, part);
        add(format!("{path}.because"), &choice.because, Part::Explains);
    }
    for (at, pair) in raw.pairs.iter().enumerate() {
        add(format!("pairs[{at}].premise"), &pair.premise, Part::Shown);
        add(format!("pairs[{at}].response"), &pair.response, Part::Shown);
        add(format!("pairs[{at}].because"), &pair.because, Part::Explains);
    }
    for (at, extra) in raw.extra_responses.iter().enumerate() {
        add(format!("extra_responses[{at}].text"), &extra.text, Part::Shown);
        add(format!("extra_responses[{at}].because"), &extra.because, Part::Explains);
    }
    for (at, statement) in raw.statements.iter().enumerate() {
        add(format!("statements[{at}].text"), &statement.text, Part::Shown);
        add(format!("statements[{at}].because"), &statement.because, Part::Explains);
    }
    for (at, element) in raw.elements.iter().enumerate() {
        add(format!("elements[{at}].text"), &element.text, Part::Shown);
    }
    raw.because.iter().for_each(|text| add("because".to_owned(), text, Part::Explains));
    add("explanation".to_owned(), &raw.explanation, Part::Explains);
    raw.hints.iter().enumerate().for_each(|(at, hint)| add(format!("hints[{at}]"), hint, Part::Explains));
    texts
}

/// Checks the texts of an item.
pub(super) fn check(raw: &RawItem, context: &Context<'_>, report: &mut Report) {
    let texts = texts(raw);
    for (path, text, _) in &texts {
        if text.trim().is_empty() {
            report.error("E18", path, "this text is empty", "write it, or take the line out");
        }
    }
    quoted_words(raw, &texts, context, report);
    absent_words(raw, &texts, context, report);
}

/// Words in “ ” are the letter's, or a given source's, or those of the item's own question, or said to be no quotation.
fn quoted_words(raw: &RawItem, texts: &[(String, &str, Part)], context: &Context<'_>, report: &mut Report) {
    let mut known: Vec<_> = raw.not_a_quote.iter().map(|text| words(text)).collect();
    let set = raw.set.as_ref().and_then(|id| context.sets.iter().find(|set| set.id == *id));
    known.extend(set.iter().flat_map(|set| &set.passages).filter_map(|passage| match passage {
        Passage::Other(text, _) => Some(words(text)),
        Passage::Figure(figure) => Some(words(&format!("{} {}", figure.alt, figure.caption))),
        Passage::Letter(_) => None,
    }));
    let own = raw.picture.iter().flat_map(|picture| [&picture.alt, &picture.caption]).flatten();
    known.extend(own.map(|text| words(text)));
    let shown = texts.iter().filter(|(_, _, part)| *part != Part::Explains).map(|(_, text, _)| words(&unquoted(text)));
    known.extend(shown);
    for (path, text, _) in texts {
        for quoted in quotations(text) {
            for piece in pieces(&quoted) {
                let piece = words(piece);
                let found = piece.is_empty()
                    || context.source.has_words(&piece)
                    || known.iter().any(|known| run_in(&piece, known).is_some());
                if !found {
                    let help = "quote the letter, or list the words under `not_a_quote`";
                    report.warning("E08", path, format!("“{quoted}” is not in the letter"), help);
                    break;
                }
            }
        }
    }
}

/// The texts between “ and ”, however the marks are typed.
pub(in crate::bank) fn quotations(text: &str) -> Vec<String> {
    let text = typographic(text);
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some(open) = rest.find('“') {
        let after = &rest[open + '“'.len_utf8()..];
        let Some(close) = after.find('”') else { break };
        found.push(after[..close].replace('*', ""));
        rest = &after[close..];
    }
    found
}

/// The text without what stands between “ and ”.
pub(in crate::bank) fn unquoted(text: &str) -> String {
    let text = typographic(text);
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '“' => {
                depth += 1;
                out.push(' ');
            }
            '”' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// A quotation cut where words are left out or put in: `…`, `...`, `[his]`, blanks.
fn pieces(quoted: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for part in quoted.split('…').flat_map(|part| part.split("...")).flat_map(|part| part.split("__")) {
        let mut rest = part;
        while let Some(open) = rest.find('[') {
            pieces.push(&rest[..open]);
            rest = rest[open..].find(']').map_or("", |close| &rest[open + close + 1..]);
        }
        pieces.push(rest);
    }
    pieces
}

/// Words of `letter.yaml`'s `absent` in a stem or key say that more than the letter is needed.
fn absent_words(raw: &RawItem, texts: &[(String, &str, Part)], context: &Context<'_>, report: &mut Report) {
    if raw.outside.is_some_and(|outside| outside != Outside::None) || raw.verdict == Some(Verdict::NotStated) {
        return;
    }
    for (path, text, part) in texts {
        if !matches!(part, Part::Stem | Part::Key) {
            continue;
        }
        let typed = words(text);
        for absent in &context.source.letter.about.absent {
            if run_in(&words(absent), &typed).is_some() {
                report.warning(
                    "E16",
                    path,
                    format!("“{absent}” is not in the letter"),
                    "say with `outside` what the pupil must know beside the letter, or put it otherwise",
                );
            }
        }
    }
}
