//! The notes of a deck as Anki exports them in plain text (“Notes in Plain Text”, `.txt`), or any text with a question and its
//! answer between tabs.

mod foreign;
mod own;
mod parts;

use super::{Opened, Read, Reader};
use crate::exchange::inline::escaped;

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "anki",
    about: "Anki’s notes in plain text (.txt): front, back, cloze, tags",
    detects: |opened| {
        let is_headed = Headers::of(&opened.text).1;
        is_headed || in_tabs(&opened.text) && !(super::csv::READER.detects)(opened)
    },
    read,
};

/// Most notes of a file, and most fields of a note.
const MOST_NOTES: usize = 50_000;
const MOST_FIELDS: usize = 1_000;

/// A note: its fields in HTML, and what its columns say of it.
struct Note {
    fields: Vec<String>,
    notetype: String,
    deck: String,
    tags: Vec<String>,
}

fn read(opened: &Opened) -> Result<Read, String> {
    let (headers, is_headed) = Headers::of(&opened.text);
    // Of an odd number one mark is never closed, and would swallow the notes after it: all are signs of the text then.
    let is_quoted = headers.rest.matches('"').count().is_multiple_of(2);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(is_headed.then_some(b'#'))
        .quoting(is_quoted)
        .delimiter(headers.separator)
        .from_reader(headers.rest.as_bytes());
    let mut entries = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("the notes cannot be read: {error}"))?;
        if record.len() > MOST_FIELDS {
            return Err(format!("a note has more than {MOST_FIELDS} fields"));
        }
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if entries.len() >= MOST_NOTES {
            return Err(format!("the file has more than {MOST_NOTES} notes"));
        }
        let note = headers.note(&record);
        match own::sort_of(&note) {
            Some(sort) => entries.extend(own::entries(sort, &note)),
            None => entries.push(foreign::entry(&note, entries.len() + 1)),
        }
    }
    let mut notes = Vec::new();
    if !is_quoted {
        notes.push("A quotation mark is never closed: all of them were read as signs of the text.".to_owned());
    }
    if !headers.unknown.is_empty() {
        notes.push(format!("Headers that are not known were left out: {}.", headers.unknown.join(", ")));
    }
    Ok(Read { title: headers.deck.clone(), entries, notes, ..Read::default() })
}

/// Whether most lines have a tab: notes without headers.
fn in_tabs(text: &str) -> bool {
    let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(50);
    let parted = lines().filter(|line| line.trim().contains('\t')).count();
    parted > 0 && parted * 2 > lines().count()
}

/// The lines with which the file begins (`#separator:tab`), and what they say.
struct Headers<'t> {
    separator: u8,
    html: bool,
    /// Columns that are no fields, from 0.
    guid: Option<usize>,
    notetype: Option<usize>,
    deck_column: Option<usize>,
    tags_column: Option<usize>,
    /// What holds for all notes.
    all_notetype: String,
    deck: String,
    tags: Vec<String>,
    unknown: Vec<String>,
    rest: &'t str,
}

impl<'t> Headers<'t> {
    /// The headers, and whether there are any that only Anki has.
    fn of(text: &'t str) -> (Headers<'t>, bool) {
        let mut headers = Headers {
            separator: 0,
            html: false,
            guid: None,
            notetype: None,
            deck_column: None,
            tags_column: None,
            all_notetype: String::new(),
            deck: String::new(),
            tags: Vec::new(),
            unknown: Vec::new(),
            rest: text,
        };
        let mut known = 0;
        let mut has_html = false;
        while let Some(line) = headers.rest.strip_prefix('#') {
            let (line, rest) = line.split_once('\n').unwrap_or((line, ""));
            headers.rest = rest;
            let Some((name, value)) = line.split_once(':') else { continue };
            // A tab is a value too.
            let value = if value.trim().is_empty() { value.trim_end_matches('\r') } else { value.trim() };
            let column = || value.parse::<usize>().ok().and_then(|column| column.checked_sub(1));
            known += 1;
            match name.trim_end().to_lowercase().as_str() {
                "separator" => headers.separator = separator(value),
                "html" => {
                    headers.html = value.eq_ignore_ascii_case("true");
                    has_html = true;
                }
                "guid column" => headers.guid = column(),
                "notetype column" => headers.notetype = column(),
                "deck column" => headers.deck_column = column(),
                "tags column" => headers.tags_column = column(),
                "notetype" => headers.all_notetype = value.to_owned(),
                "deck" => headers.deck = value.to_owned(),
                "tags" => headers.tags = value.split_whitespace().map(str::to_owned).collect(),
                // Names of columns; what becomes of notes that are there already.
                "columns" | "if matches" => {}
                _ => {
                    known -= 1;
                    headers.unknown.push(format!("“{}”", name.trim()));
                }
            }
        }
        if known == 0 {
            // Written by hand: a number sign is a sign like others.
            (headers.rest, headers.unknown) = (text, Vec::new());
        }
        let first = headers.rest.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        if headers.separator == 0 {
            let count = |c: &u8| first.bytes().filter(|byte| byte == c).count();
            headers.separator =
                b"\t;,|".iter().rev().copied().max_by_key(count).filter(|c| count(c) > 0).unwrap_or(b'\t');
        }
        if !has_html {
            // Older versions wrote HTML without a word about it.
            headers.html = headers.rest.contains("<br") || headers.rest.contains("&nbsp;");
        }
        (headers, known > 0)
    }

    fn note(&self, record: &csv::StringRecord) -> Note {
        let of = |column: Option<usize>| column.and_then(|at| record.get(at)).unwrap_or_default().trim().to_owned();
        let special = [self.guid, self.notetype, self.deck_column, self.tags_column];
        let fields = record.iter().enumerate().filter(|(at, _)| !special.contains(&Some(*at)));
        let as_html = |field: &str| match self.html {
            true => field.to_owned(),
            false => escaped(field).replace('\n', "<br>"),
        };
        let named = of(self.notetype);
        Note {
            fields: fields.map(|(_, field)| as_html(field)).collect(),
            notetype: if named.is_empty() { self.all_notetype.clone() } else { named },
            deck: of(self.deck_column),
            tags: of(self.tags_column).split_whitespace().map(str::to_owned).chain(self.tags.clone()).collect(),
        }
    }
}

/// By its name, or the sign itself; a tab where it is neither.
fn separator(value: &str) -> u8 {
    match value.to_lowercase().as_str() {
        "tab" | "\\t" => b'\t',
        "comma" => b',',
        "semicolon" => b';',
        "space" => b' ',
        "pipe" => b'|',
        "colon" => b':',
        other => match other.as_bytes() {
            [sign] => *sign,
            _ => b'\t',
        },
    }
}
