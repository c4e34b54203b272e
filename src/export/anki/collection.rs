//! The collection in a package: a database as every Anki since 2.1 reads it (schema 11). Nothing in it is of the day on which it
//! was made, so that the same notes give the same bytes.

use rusqlite::{Connection, params};
use serde_json::{Map, Value, json};
use sha1::{Digest, Sha1};

use super::note::Note;
use super::notetype::{described, id};
use crate::exchange::NoteSort;

/// A deck: its number, and its name with `::` between levels.
pub(super) struct Deck {
    pub id: i64,
    pub name: String,
}

/// A card, with its note: the cards of one note follow one another.
pub(super) struct Card {
    /// The number of its deck.
    pub deck: i64,
    /// By which Anki knows the note again.
    pub guid: String,
    /// Which card of the note, from 0.
    pub ord: usize,
    pub note: Note,
}

/// When the collection was begun, in seconds since 1970 (2026-01-01): any day does.
const BEGUN: i64 = 1_767_225_600;

/// The tables of schema 11.
const TABLES: &str = "
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
  ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
  models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
  flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
  ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL,
  odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
  ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_notes_csum ON notes (csum);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_revlog_cid ON revlog (cid);
";

/// The file `collection.anki2`.
///
/// # Errors
/// Of the database: more than it has room for.
pub(super) fn bytes(decks: &[Deck], cards: &[Card]) -> rusqlite::Result<Vec<u8>> {
    let mut database = Connection::open_in_memory()?;
    database.execute_batch("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA user_version = 0;")?;
    let work = database.transaction()?;
    work.execute_batch(TABLES)?;
    let first = decks.first().map_or(1, |deck| deck.id);
    let models: Map<String, Value> =
        NoteSort::ALL.iter().map(|sort| (id(*sort).to_string(), described(*sort, first))).collect();
    let mut all: Map<String, Value> = decks.iter().map(|d| (d.id.to_string(), deck(d.id, &d.name))).collect();
    all.insert("1".to_owned(), deck(1, "Default"));
    let text = |value: Value| value.to_string();
    work.execute(
        "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')",
        params![
            BEGUN,
            BEGUN * 1000,
            text(settings(cards.len())),
            text(models.into()),
            text(all.into()),
            text(json!({"1": options()})),
        ],
    )?;
    let mut note = 0;
    for (at, card) in (1_i64..).zip(cards) {
        // Numbers are stamps of milliseconds in Anki, and have to be unlike one another.
        if card.ord == 0 {
            note = BEGUN * 1000 + at;
            let Note { sort, fields, tags, asks, .. } = &card.note;
            let tags = format!(" {} ", tags.join(" "));
            work.execute(
                "INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, ?8, 0, '')",
                params![
                    note,
                    card.guid,
                    id(*sort),
                    stamp(&tags, fields),
                    tags,
                    fields.join("\u{1f}"),
                    asks,
                    checksum(fields.first().map_or("", String::as_str))
                ],
            )?;
        }
        work.execute(
            "INSERT INTO cards VALUES (?1, ?2, ?3, ?4, ?5, -1, 0, 0, ?6, 0, 0, 0, 0, 0, 0, 0, 0, '')",
            params![BEGUN * 1000 + at, note, card.deck, i64::try_from(card.ord).unwrap_or(0), BEGUN, at],
        )?;
    }
    work.commit()?;
    Ok(database.serialize("main")?.to_vec())
}

/// When a note counts as changed, in seconds since 1970: no day, for there is no clock, but another stamp for other words. Anki
/// updates a note if the stamps differ (“Always”) or if the new one is later (“If newer”): it is for a note that has grown. All
/// lie before the day on which anything is imported, so that what a person changes in Anki is newer.
fn stamp(tags: &str, fields: &[String]) -> i64 {
    const FIRST: i64 = 1_500_000_000;
    const A_CHARACTER: i64 = 2_000;
    const LONGEST: usize = 100_000;
    let length = fields.iter().map(|field| field.chars().count()).sum::<usize>().min(LONGEST);
    let mut parts: Vec<&str> = fields.iter().map(String::as_str).collect();
    parts.push(tags);
    FIRST + i64::try_from(length).unwrap_or(0) * A_CHARACTER + super::number(&parts) % A_CHARACTER
}

/// The beginning of a field's SHA-1, by which Anki finds notes that are alike.
fn checksum(field: &str) -> u32 {
    let digest: [u8; 20] = Sha1::digest(field.as_bytes()).into();
    let [a, b, c, d, ..] = digest;
    u32::from_be_bytes([a, b, c, d])
}

fn settings(cards: usize) -> Value {
    json!({
        "nextPos": cards + 1, "curDeck": 1, "activeDecks": [1], "curModel": id(NoteSort::Question), "sortType": "noteFld",
        "sortBackwards": false, "addToCur": true, "newSpread": 0, "dueCounts": true, "collapseTime": 1200,
        "estTimes": true, "timeLim": 0,
    })
}

fn deck(id: i64, name: &str) -> Value {
    json!({
        "id": id, "name": name, "mod": BEGUN, "usn": -1, "lrnToday": [0, 0], "revToday": [0, 0], "newToday": [0, 0],
        "timeToday": [0, 0], "collapsed": false, "browserCollapsed": false, "desc": "", "dyn": 0, "conf": 1,
        "extendNew": 0, "extendRev": 0,
    })
}

/// The options of decks, as Anki has them at first.
fn options() -> Value {
    json!({
        "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true,
        "dyn": false,
        "new": {"bury": false, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20},
        "rev": {"bury": false, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
        "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
    })
}
