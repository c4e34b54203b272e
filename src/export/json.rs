//! JSON: a bank as pilcrow itself reads it, by the schema of `questions/schema.json`; or drawn sheets with their keys.

use serde::Serialize;

use super::{Format, Held};
use crate::bank::raw::RawBank;
use crate::exchange::archive::Packed;
use crate::exchange::{Group, Package, Stimulus};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "JSON, for programs: a bank file by pilcrow’s own schema; of drawn sheets, their questions and keys",
    lacks: &[],
    native: true,
    leaves_out: "what only `check` reads (`allow`, `not_a_quote`), drafts, and the files of pictures stay in the bank",
    hold: |_, _| Held::whole("item"),
    write,
};

/// Drawn sheets.
#[derive(Serialize)]
struct Sheets<'a> {
    title: &'a str,
    source: &'a str,
    citation: &'a str,
    sheets: &'a [Group],
    stimuli: &'a [Stimulus],
}

fn write(package: &Package<'_>) -> Result<Vec<Packed>, String> {
    let about = &package.letter.about;
    let (name, text) = if package.drawn {
        let sheets = Sheets {
            title: &package.title,
            source: &about.title,
            citation: &about.citation,
            sheets: &package.groups,
            stimuli: &package.stimuli,
        };
        (format!("{}-TEACHER-sheets.json", about.id), serde_json::to_string_pretty(&sheets))
    } else {
        let bank = RawBank::of(package.bank, &package.items);
        (format!("{}-TEACHER-bank.json", about.id), without_gaps(&bank))
    };
    let text = text.map_err(|error| error.to_string())?;
    Ok(vec![Packed::new(name, text + "\n")])
}

/// Fields that say nothing are left out, at any depth.
fn without_gaps(bank: &RawBank<'_>) -> Result<String, serde_json::Error> {
    fn thinned(value: serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Object(fields) => {
                let says =
                    |value: &serde_json::Value| !(value.is_null() || value.as_array().is_some_and(Vec::is_empty));
                fields
                    .into_iter()
                    .filter(|(_, value)| says(value))
                    .map(|(name, value)| (name, thinned(value)))
                    .collect()
            }
            serde_json::Value::Array(list) => list.into_iter().map(thinned).collect(),
            other => other,
        }
    }
    serde_json::to_string_pretty(&thinned(serde_json::to_value(bank)?))
}
