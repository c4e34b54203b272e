//! Anki packages: a note for each item with stable ids, legal cloze, pictures that are there; and that what Anki then writes as
//! text comes back.

use std::collections::{BTreeMap, BTreeSet};

use pilcrow::bank::{Item, Kind};
use pilcrow::exchange::Package;
use pilcrow::exchange::archive::{Packed, unzipped};

use crate::common::exchange::{bank_of, essences, exported, imported, parts, with_bank, with_items};
use crate::common::{Shipped, kennedy, shipped};

/// A note of a package, as its database has it.
struct Stored {
    guid: String,
    notetype: String,
    deck: String,
    tags: String,
    fields: Vec<String>,
    cards: usize,
}

/// The notes of a package in their order.
fn stored(apkg: &[u8]) -> (Vec<Stored>, Vec<Packed>) {
    let files = unzipped(apkg).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("collection.anki2");
    std::fs::write(&at, &files[0].bytes).unwrap();
    let database = rusqlite::Connection::open(&at).unwrap();
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    let json = |column: &str| -> serde_json::Value {
        let text: String = database.query_row(&format!("SELECT {column} FROM col"), [], |row| row.get(0)).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let (models, decks) = (json("models"), json("decks"));
    let mut query = database
        .prepare(
            "SELECT guid, mid, tags, flds, (SELECT did FROM cards WHERE nid = notes.id LIMIT 1),
             (SELECT count(*) FROM cards WHERE nid = notes.id) FROM notes ORDER BY id",
        )
        .unwrap();
    let named = |list: &serde_json::Value, id: i64| list[id.to_string()]["name"].as_str().unwrap().to_owned();
    let notes = query
        .query_map([], |row| {
            let fields: String = row.get(3)?;
            Ok(Stored {
                guid: row.get(0)?,
                notetype: named(&models, row.get(1)?),
                tags: row.get::<_, String>(2)?.trim().to_owned(),
                fields: fields.split('\u{1f}').map(str::to_owned).collect(),
                deck: named(&decks, row.get(4)?),
                cards: usize::try_from(row.get::<_, i64>(5)?).unwrap(),
            })
        })
        .unwrap();
    (notes.map(Result::unwrap).collect(), files)
}

/// The notes as Anki exports them in plain text: with HTML and the columns of guid, type, deck and tags.
fn as_text(notes: &[Stored]) -> Packed {
    let longest = notes.iter().map(|note| note.fields.len()).max().unwrap();
    let mut text = format!(
        "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:{}\n",
        longest + 4
    );
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
    for note in notes {
        let mut row = vec![note.guid.as_str(), &note.notetype, &note.deck];
        row.extend(note.fields.iter().map(String::as_str));
        // Notes with fewer fields have empty columns before their tags.
        row.resize(longest + 3, "");
        row.push(&note.tags);
        writer.write_record(row).unwrap();
    }
    text += &String::from_utf8(writer.into_inner().unwrap()).unwrap();
    Packed::new("notes.txt", text)
}

fn notes_of(package: &Package<'_>) -> (Vec<Stored>, Vec<Packed>) {
    stored(&exported(package, "anki").files[0].bytes)
}

#[test]
fn every_item_is_a_note_with_its_place_words_and_explanation() {
    for shipped in shipped() {
        with_bank(&shipped.source, |package| {
            let (notes, files) = notes_of(package);
            assert_eq!(notes.len(), shipped.source.bank.items.len());
            let guids: BTreeSet<&str> = notes.iter().map(|note| note.guid.as_str()).collect();
            assert_eq!(guids.len(), notes.len());
            let decks: BTreeSet<&str> = notes.iter().map(|note| note.deck.as_str()).collect();
            assert_eq!(decks.len(), package.groups.len());
            assert!(decks.iter().all(|deck| deck.starts_with(&format!("{}::", package.title))));
            let media: BTreeMap<String, String> = serde_json::from_slice(&files[1].bytes).unwrap();
            assert_eq!(media.len(), files.len() - 2);
            for (note, item) in notes.iter().zip(package.exercises().filter(|exercise| exercise.gate.is_none())) {
                assert_eq!(note.fields[0], item.id);
                let all = note.fields.join(" ");
                assert!(item.evidence.iter().all(|quoted| all.contains(&quoted.place)), "{}", item.id);
                let from_end = |back: usize| &note.fields[note.fields.len() - back];
                // Paragraph, explanation.
                assert!(!from_end(6).is_empty() && !from_end(4).is_empty(), "{}", item.id);
                for (at, _) in all.match_indices("src=\"") {
                    let source = all[at + 5..].split('"').next().unwrap();
                    assert!(media.values().any(|name| name == source), "{source}");
                }
                let gaps = all.matches("{{c").count();
                assert_eq!(note.notetype == "Pilcrow cloze", gaps > 0);
                assert_eq!(note.cards, gaps.max(1));
                assert!(!all.contains("[sound:") && !all.contains('\\'));
            }
        });
    }
}

#[test]
fn the_same_note_has_the_same_name_when_its_words_change() {
    let source = kennedy();
    let item = &source.bank.items[0];
    let mut other = item.clone();
    other.stem = "Something else is asked: {{c1::x}} [sound:a.mp3] \\(x\\)?".to_owned();
    let note = |item: &Item| with_items(&source, &[item], |package| notes_of(package).0.remove(0));
    let (one, other) = (note(item), note(&other));
    assert_eq!(one.guid, other.guid);
    assert_ne!(one.fields, other.fields);
    assert!(!other.fields.join(" ").contains("{{c1::"));
}

/// The items that do not come back equal through Anki's text.
fn differences(shipped: &Shipped) -> Vec<String> {
    let source = &shipped.source;
    let items: Vec<&Item> = source.bank.items.iter().filter(|item| item.figure.is_none()).collect();
    let text = with_items(source, &items, |package| as_text(&notes_of(package).0));
    let back = imported(shipped, &text, None);
    assert!(back.lines.len() == items.len() && !back.lines.is_empty());
    let (before, after) = (essences(source, &source.bank), essences(source, &bank_of(&back, shipped)));
    let mut out = Vec::new();
    for (id, came) in items.iter().flat_map(|item| parts(&item.id)) {
        let Some(one) = before.get(&id) else { continue };
        let other = after.get(&id).or_else(|| after.get(&came));
        if Some(one) != other {
            let other = other.cloned().unwrap_or_default();
            let at = one.iter().zip(&other).position(|(a, b)| a != b).unwrap_or(one.len().min(other.len()));
            out.push(format!("{id}\n  - {:?}\n  + {:?}", one.get(at), other.get(at)));
        }
    }
    out
}

#[test]
fn lists_that_were_lost_on_the_way_are_told() {
    let [kennedy, _] = shipped();
    let item = kennedy.source.bank.items.iter().find(|item| item.kind() == Kind::SingleChoice).unwrap();
    let text = with_items(&kennedy.source, &[item], |package| as_text(&notes_of(package).0));
    let text = String::from_utf8(text.bytes).unwrap().replace("#html:true", "#html:false");
    let bare: String = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words)).collect();
    let back = imported(&kennedy, &Packed::new("n.txt", bare), Some("anki"));
    assert!(back.lines[0].why.iter().any(|why| why.contains("no list any more")), "{:?}", back.lines);
}

#[test]
fn what_anki_writes_comes_back_equal() {
    for shipped in shipped() {
        let found = differences(&shipped);
        assert!(found.is_empty(), "{} differ\n{}", found.len(), found.join("\n"));
    }
}
