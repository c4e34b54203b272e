//! The fingerprint of a bank: any change of what a sheet or key prints changes it.

use sha2::{Digest, Sha256};

use super::Status;
use super::raw::{RawBank, RawPicture};
use crate::letter::Letter;
use crate::picture::Stored;

/// Fields that steer the checks and print nothing.
const NOT_PRINTED: [&str; 3] = ["allow", "not_a_quote", "status"];

/// SHA-256 over the letter's fingerprint, the content of the files, drafts left out, and the bytes of the pictures that they
/// show: 64 hex digits. Comments, layout and the split into files do not count; the order of items does.
pub(super) fn of<'a>(letter: &Letter, files: impl Iterator<Item = &'a RawBank>, pictures: &[Stored]) -> String {
    let mut shown: Vec<&str> = Vec::new();
    let mut lists = [Vec::new(), Vec::new(), Vec::new()];
    for file in files {
        let [items, sets, misconceptions] = &mut lists;
        items.extend(file.items.iter().filter(|item| item.status != Some(Status::Draft)).map(canonical));
        sets.extend(file.sets.iter().map(canonical));
        shown.extend(printed_pictures(file).map(|picture| picture.file.as_str()));
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
    for picture in pictures.iter().filter(|picture| shown.contains(&picture.name.as_str())) {
        if let Ok(bytes) = &picture.bytes {
            hash.update(format!("\n{} {}\n", picture.name, bytes.len()));
            hash.update(bytes);
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The pictures of a file's sets and of its items, drafts left out.
fn printed_pictures(file: &RawBank) -> impl Iterator<Item = &RawPicture> {
    let items = file.items.iter().filter(|item| item.status != Some(Status::Draft));
    let passages = file.sets.iter().flat_map(|set| &set.passages);
    items.filter_map(|item| item.picture.as_ref()).chain(passages.filter_map(|passage| passage.picture.as_ref()))
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
