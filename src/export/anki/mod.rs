//! Anki: a package (`.apkg`) with a note for each item, in a deck with a subdeck for each section, and the pictures.

mod collection;
mod note;
mod notetype;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{Format, Held, Part};
use crate::bank::Figure;
use crate::exchange::archive::{Packed, zipped};
use crate::exchange::{Exercise, Interaction, NoteSort, Package, picture_ending};
use collection::{Card, Deck};
use note::Note;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "anki",
    about: "a deck for Anki, a note for each item (.apkg); a second import updates it",
    lacks: &[Part::Points, Part::Stimulus],
    native: false,
    leaves_out: super::BANK_ALONE,
    hold,
    write,
};

fn hold(exercise: &Exercise, _: &Package<'_>) -> Held {
    match &exercise.interaction {
        Interaction::Gaps { .. } => Held::whole("cloze"),
        Interaction::Choice { shuffle: true, .. } | Interaction::Matching { shuffle: true, .. } => {
            Held::partly("card", "the options keep one order on the card")
        }
        _ => Held::whole("card"),
    }
}

fn write(package: &Package<'_>) -> Result<Vec<Packed>, String> {
    let media = Media::of(package);
    let id = &package.letter.about.id;
    // Two colons part decks.
    let named = |title: &str| title.replace("::", ":").replace('"', "”");
    let top = named(&package.title);
    let mut decks = vec![Deck { id: number(&[id, "deck"]), name: top.clone() }];
    let mut cards: Vec<Card> = Vec::new();
    for group in &package.groups {
        let deck = number(&[id, "deck", &group.id]);
        decks.push(Deck { id: deck, name: format!("{top}::{}", named(&group.title)) });
        let mut exercises = group.exercises.iter().peekable();
        while let Some(exercise) = exercises.next() {
            // The part that asks for the evidence of an answer stands on the same card.
            let second = exercises.next_if(|next| next.gate.as_ref() == Some(&exercise.id));
            let note = Note::of((exercise, second), package, &media);
            let ords = if note.sort == NoteSort::Cloze { note.gaps } else { 1 };
            let guid = name(&[id, "note", &exercise.id]);
            cards.extend((0..ords).map(|ord| Card { deck, guid: guid.clone(), ord, note: note.clone() }));
        }
    }
    let collection =
        collection::bytes(&decks, &cards).map_err(|error| format!("the deck cannot be written: {error}"))?;
    let mut files = vec![Packed::new("collection.anki2", collection)];
    let list: BTreeMap<String, &str> =
        media.files.iter().enumerate().map(|(at, (name, _))| (at.to_string(), name.as_str())).collect();
    files.push(Packed::new("media", serde_json::to_vec(&list).map_err(|error| error.to_string())?));
    files.extend(media.files.iter().enumerate().map(|(at, (_, bytes))| Packed::new(at.to_string(), bytes.clone())));
    let packed = zipped(&files)?;
    Ok(vec![Packed::new(format!("{id}-TEACHER-anki.apkg"), packed)])
}

/// A name that is the same on every export, of what it is made of: 20 hexadecimal digits.
fn name(parts: &[&str]) -> String {
    hashed(parts).iter().take(10).map(|byte| format!("{byte:02x}")).collect()
}

/// A number like one of the millisecond stamps by which Anki names decks, the same on every export: below 2⁴¹, never small.
fn number(parts: &[&str]) -> i64 {
    let bytes = hashed(parts);
    let low = bytes.iter().take(5).fold(0_i64, |number, byte| (number << 8) | i64::from(*byte));
    (1 << 40) + low
}

fn hashed(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().into()
}

/// The pictures, by names that no other deck has: all decks share one folder.
struct Media {
    files: Vec<(String, Vec<u8>)>,
}

impl Media {
    fn of(package: &Package<'_>) -> Media {
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        for figure in package.figures(package.exercises()) {
            let name = Media::name(figure);
            if files.iter().all(|(known, _)| *known != name) {
                files.push((name, figure.picture.picture().web.bytes.to_vec()));
            }
        }
        Media { files }
    }

    /// Its name tells nothing, and is another when the picture is.
    fn name(figure: &Figure) -> String {
        let digest = Sha256::digest(&figure.picture.picture().web.bytes);
        let hex: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("pilcrow-{hex}.{}", picture_ending(figure))
    }
}
