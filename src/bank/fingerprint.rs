//! The fingerprint of a bank: any change of what a sheet or key prints changes it.

use sha2::{Digest, Sha256};

use super::Status;
use super::raw::RawBank;
use crate::letter::Letter;

/// Fields that steer the checks and print nothing.
const NOT_PRINTED: [&str; 3] = ["allow", "not_a_quote", "status"];

/// SHA-256 over the letter's fingerprint and the content of the files, drafts left out: 64 hex digits. Comments, layout
/// and the split into files do not count; the order of items does.
pub(super) fn of<'a>(letter: &Letter, files: impl Iterator<Item = &'a RawBank>) -> String {
    let mut lists = [Vec::new(), Vec::new(), Vec::new()];
    for file in files {
        let [items, sets, misconceptions] = &mut lists;
        items.extend(file.items.iter().filter(|item| item.status != Some(Status::Draft)).map(canonical));
        sets.extend(file.sets.iter().map(canonical));
        misconceptions.extend(file.misconceptions.iter().map(canonical));
    }
    let mut hash = Sha256::new();
    hash.update(letter.fingerprint.as_bytes());
    for (name, list) in ["items", "sets", "misconceptions"].iter().zip(lists) {
        hash.update(format!("\n{name}\n"));
        for entry in list {
            hash.update(entry);
            hash.update("\n");
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// JSON with sorted keys and without what is not there, so that a new optional field of the format changes nothing.
fn canonical<T: serde::Serialize>(entry: &T) -> String {
    let mut value = serde_json::to_value(entry).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|name, _| !NOT_PRINTED.contains(&name.as_str()));
    }
    sorted(&mut value);
    value.to_string()
}

fn sorted(value: &mut serde_json::Value) {
    use serde_json::Value;
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !empty(value));
            fields.sort_keys();
            fields.values_mut().for_each(sorted);
        }
        Value::Array(entries) => entries.iter_mut().for_each(sorted),
        _ => {}
    }
}
