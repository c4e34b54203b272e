//! Words that an item claims to quote (E08), words that the letter does not have (E16), and texts left empty (E18).

use std::fmt;

use super::Context;
use super::report::Report;
use super::source::{run_in, words};
use crate::bank::raw::{RawChoice, RawItem};
use crate::bank::{Outside, Passage, Verdict};
use crate::diag::Severity;
use crate::text::{quotations, typographic};

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

/// Where a text stands in its item. It is written out only for a finding, as most texts have none.
#[derive(Debug, Clone, Copy)]
pub(in crate::bank) struct Path(&'static str, Option<usize>, &'static str);

impl Path {
    /// Of the one key.
    pub(in crate::bank) const KEY: Path = Path("key", None, "");

    /// Of a distractor.
    pub(in crate::bank) fn distractor(at: usize) -> Path {
        Path("distractors", Some(at), "")
    }
}

impl fmt::Display for Path {
    /// `stem`, `key.text`, `distractors[1].because`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Path(list, at, field) = self;
        f.write_str(list)?;
        if let Some(at) = at {
            write!(f, "[{at}]")?;
        }
        if field.is_empty() { Ok(()) } else { write!(f, ".{field}") }
    }
}

/// The options of an item with their paths: keys, then distractors.
pub(in crate::bank) fn choices<'a>(raw: &'a RawItem<'_>) -> impl Iterator<Item = (Path, &'a RawChoice<'a>)> {
    let keys = raw.keys.iter().enumerate().map(|(at, choice)| (Path("keys", Some(at), ""), choice));
    let distractors = raw.distractors.iter().enumerate().map(|(at, choice)| (Path::distractor(at), choice));
    raw.key.as_deref().map(|choice| (Path::KEY, choice)).into_iter().chain(keys).chain(distractors)
}

/// The texts of an item with their paths, without quotations and pupils' answers.
pub(in crate::bank) fn texts<'a>(raw: &'a RawItem<'_>) -> Vec<(Path, &'a str, Part)> {
    let mut texts: Vec<(Path, &'a str, Part)> = Vec::with_capacity(24);
    let mut add = |list, at, field, text, part| texts.push((Path(list, at, field), text, part));
    for (name, text) in [("stem", &raw.stem), ("statement", &raw.statement)] {
        text.iter().for_each(|text| add(name, None, "", text, Part::Stem));
    }
    for (Path(list, at, _), choice) in choices(raw) {
        let part = if list == "distractors" { Part::Shown } else { Part::Key };
        add(list, at, "text", &choice.text, part);
        add(list, at, "because", &choice.because, Part::Explains);
    }
    for (at, pair) in raw.pairs.iter().enumerate() {
        add("pairs", Some(at), "premise", &pair.premise, Part::Shown);
        add("pairs", Some(at), "response", &pair.response, Part::Shown);
        add("pairs", Some(at), "because", &pair.because, Part::Explains);
    }
    for (at, extra) in raw.extra_responses.iter().enumerate() {
        add("extra_responses", Some(at), "text", &extra.text, Part::Shown);
        add("extra_responses", Some(at), "because", &extra.because, Part::Explains);
    }
    for (at, statement) in raw.statements.iter().enumerate() {
        add("statements", Some(at), "text", &statement.text, Part::Shown);
        add("statements", Some(at), "because", &statement.because, Part::Explains);
    }
    for (at, element) in raw.elements.iter().enumerate() {
        add("elements", Some(at), "text", &element.text, Part::Shown);
    }
    raw.because.iter().for_each(|text| add("because", None, "", text, Part::Explains));
    add("explanation", None, "", &raw.explanation, Part::Explains);
    raw.hints.iter().enumerate().for_each(|(at, hint)| add("hints", Some(at), "", hint, Part::Explains));
    texts
}

/// Checks the texts of an item.
pub(super) fn check(raw: &RawItem, context: &Context<'_>, report: &mut Report) {
    let texts = texts(raw);
    for (path, text, _) in &texts {
        if text.trim().is_empty() {
            report.gap("E18", path, "this text is empty", "write it, or take the line out");
        }
    }
    // The rest are warnings.
    if context.grounds.least <= Severity::Warning {
        quoted_words(raw, &texts, context, report);
        absent_words(raw, &texts, context, report);
    }
}

/// Words in “ ” are the letter's, or a given source's, or those of the item's own question, or said to be no quotation.
fn quoted_words(raw: &RawItem, texts: &[(Path, &str, Part)], context: &Context<'_>, report: &mut Report) {
    let mut known: Option<Vec<String>> = None;
    for (path, text, _) in texts {
        for quoted in quotations(text) {
            for piece in pieces(&quoted) {
                let piece = words(piece);
                let found = piece.is_empty()
                    || context.source.has_words(&piece)
                    || known
                        .get_or_insert_with(|| known_beside_the_letter(raw, texts, context))
                        .iter()
                        .any(|known| run_in(&piece, &words(known)).is_some());
                if !found {
                    let help = "quote the letter, or list the words under `not_a_quote`";
                    report.warning("E08", path, format!("“{quoted}” is not in the letter"), help);
                    break;
                }
            }
        }
    }
}

/// Texts that an item may quote though they are not the letter's.
fn known_beside_the_letter(raw: &RawItem, texts: &[(Path, &str, Part)], context: &Context<'_>) -> Vec<String> {
    let mut known: Vec<String> = raw.not_a_quote.iter().map(|text| text.0.owned()).collect();
    let set = raw.set.as_ref().and_then(|id| context.sets.get(context.names.set(id)?));
    known.extend(set.iter().flat_map(|set| &set.passages).filter_map(|passage| match passage {
        Passage::Other(text, _) => Some(text.clone()),
        Passage::Figure(figure) => Some(format!("{} {}", figure.alt, figure.caption)),
        Passage::Letter(_) => None,
    }));
    known.extend(
        raw.picture.iter().flat_map(|picture| [&picture.alt, &picture.caption]).flatten().map(|text| text.to_string()),
    );
    known.extend(texts.iter().filter(|(_, _, part)| *part != Part::Explains).map(|(_, text, _)| unquoted(text)));
    known
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

/// Whether a byte of a text stands between quotation marks.
pub(in crate::bank) fn quoted_at(text: &str, at: usize) -> bool {
    let before = &text[..at];
    before.matches('“').count() > before.matches('”').count() || before.matches('"').count() % 2 == 1
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
fn absent_words(raw: &RawItem, texts: &[(Path, &str, Part)], context: &Context<'_>, report: &mut Report) {
    if raw.outside.is_some_and(|outside| outside != Outside::None) || raw.verdict == Some(Verdict::NotStated) {
        return;
    }
    for (path, text, part) in texts {
        if !matches!(part, Part::Stem | Part::Key) {
            continue;
        }
        let typed = words(text);
        for (absent, wanted) in &context.source.absent {
            if run_in(wanted, &typed).is_some() {
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
