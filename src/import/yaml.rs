//! Drafts → the text of a bank file, with comments where a decision is the teacher's.

use serde_yaml::Value;

use super::draft::Draft;
use super::{Ground, Read, Reader};
use crate::bank::raw::RawSet;
use crate::exchange::Shown;
use crate::scaffold::quoted;

/// Longest line of a comment.
const WIDTH: usize = 120;

/// The file `bank/imported.yaml`.
pub(super) fn bank(
    (drafts, sets): (&[Draft], &[Option<RawSet<'static>>]),
    read: &Read,
    reader: &Reader,
    ground: &Ground,
) -> String {
    let mut out = String::from("# yaml-language-server: $schema=../schema/bank.json\n");
    let title = if read.title.is_empty() { String::new() } else { format!(" “{}”", one_line(&read.title)) };
    comment(&mut out, 0, &format!("Imported{title}: {}.", reader.about));
    comment(
        &mut out,
        0,
        "TO DO marks what is yours to decide; `pilcrow check` lists what is missing as warnings (W29).",
    );
    comment(&mut out, 0, "Take out `imported` when an item is as you want it: from then on gaps are errors.");
    if !ground.given {
        comment(
            &mut out,
            0,
            "No text was given: put it into letter.txt, or import again with --letter. Until then all cite ¶1.",
        );
    }
    let alone = read.stimuli.iter().zip(sets).filter(|(_, set)| set.is_none());
    for (stimulus, _) in alone {
        out.push('\n');
        comment(
            &mut out,
            0,
            &format!(
                "A passage for several items: {}. To print it with them, make a set of it (see the manual).",
                stimulus.title
            ),
        );
        for passage in &stimulus.passages {
            let words = match passage {
                Shown::Quoted(quoted) => format!("{} “{}”", quoted.place, quoted.words),
                Shown::Text(text, source) => format!("{text} ({source})"),
                Shown::Figure(figure) => format!("[{}]", figure.alt),
            };
            comment(&mut out, 0, &words);
        }
    }
    out += if drafts.is_empty() { "items: []\n" } else { "items:\n" };
    for draft in drafts {
        out.push('\n');
        item(&mut out, draft);
    }
    let mut sets = sets.iter().flatten().peekable();
    if sets.peek().is_some() {
        out.push_str("\nsets:\n");
    }
    for raw in sets {
        out.push('\n');
        set(&mut out, raw);
    }
    out
}

/// A set: its fields, those that say nothing left out.
fn set(out: &mut String, raw: &RawSet<'static>) {
    // What the format describes can be written as YAML.
    let Ok(Value::Mapping(fields)) = serde_yaml::to_value(raw) else { return };
    if raw.passages.iter().any(|passage| passage.source.as_ref().is_some_and(|source| source.is_empty())) {
        comment(out, 2, "TO DO: source, where the words of the passage are from");
    }
    let fields = fields.iter().filter(|(_, value)| !is_empty(value));
    for (at, (name, value)) in fields.enumerate() {
        out.push_str(if at == 0 { "  - " } else { "    " });
        *out += &field(name.as_str().unwrap_or_default(), value);
    }
}

/// One item: its fields in the manual's order, those that say nothing left out.
fn item(out: &mut String, draft: &Draft) {
    // What the format describes can be written as YAML.
    let Ok(Value::Mapping(fields)) = serde_yaml::to_value(&draft.raw) else { return };
    for words in over(draft, "id") {
        comment(out, 2, words);
    }
    let mut first = true;
    for (name, value) in &fields {
        let Value::String(name) = name else { continue };
        let comments = if name == "id" { Vec::new() } else { over(draft, name) };
        let needed = name == "explanation" || name == "because" && value.is_string();
        if is_empty(value) && comments.is_empty() && !needed {
            continue;
        }
        for words in comments {
            comment(out, 4, words);
        }
        out.push_str(if std::mem::take(&mut first) { "  - " } else { "    " });
        *out += &field(name, value);
    }
}

/// The comments over a field.
fn over<'d>(draft: &'d Draft, field: &str) -> Vec<&'d str> {
    draft.comments.iter().filter(|(over, _)| *over == field).map(|(_, words)| words.as_str()).collect()
}

/// A field with its line's end: a list of entries under one another, all else on a line.
fn field(name: &str, value: &Value) -> String {
    match value {
        Value::Sequence(list) if list.iter().any(|entry| matches!(entry, Value::Mapping(_))) => {
            let entries: String = list.iter().map(|entry| format!("      - {}\n", flow(entry))).collect();
            format!("{name}:\n{entries}")
        }
        _ => format!("{name}: {}\n", flow(value)),
    }
}

/// A value on one line.
fn flow(value: &Value) -> String {
    match value {
        Value::Null => "\"\"".to_owned(),
        Value::Bool(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if is_word(text) => text.clone(),
        Value::String(text) => quoted(text),
        Value::Sequence(list) => format!("[{}]", list.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Mapping(fields) => {
            let fields = fields.iter().filter(|(name, value)| !is_empty(value) || (value.is_string() && needed(name)));
            let fields = fields.map(|(name, value)| match name {
                Value::String(name) => format!("{name}: {}", flow(value)),
                other => format!("{}: {}", flow(other), flow(value)),
            });
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Value::Tagged(tagged) => flow(&tagged.value),
    }
}

/// Fields of entries that are written even if they are empty: there is a gap to fill.
fn needed(name: &Value) -> bool {
    matches!(name, Value::String(name) if ["because", "text", "quote", "cite", "source"].contains(&name.as_str()))
}

/// A word of the format's lists, an id, a number.
fn is_word(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(plain)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Sequence(list) => list.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

fn comment(out: &mut String, indent: usize, words: &str) {
    let space = " ".repeat(indent);
    for line in crate::text::wrapped(&one_line(words), WIDTH - indent) {
        *out += &format!("{space}# {line}\n");
    }
}

/// Controls would end a comment.
fn one_line(words: &str) -> String {
    words.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}
