//! The people and places of a letter: what it says of each and, apart and marked, what only other sources say.

use super::super::source::Source;
use crate::letter::KnownFrom;

/// The people and places, each with what the letter says and, apart and marked, what it does not.
pub(super) fn people(source: &Source) -> String {
    let about = &source.letter.about;
    let mut out = format!("{}\n", about.title);
    for (title, list) in [("People", &about.people), ("Places", &about.places)] {
        if list.is_empty() {
            out += &format!("\n{title}: letter.yaml has none\n");
            continue;
        }
        out += &format!("\n{title}\n");
        for named in list {
            let places: Vec<String> = named.places().map(|place| place.to_string()).collect();
            out += &format!("\n  {} ({})\n    the letter says: {}\n", named.name, places.join(", "), named.letter);
            for known in &named.elsewhere {
                let from = match known.known_from {
                    KnownFrom::Edition => "edition",
                    KnownFrom::Document => "document",
                    KnownFrom::History => "history",
                };
                out += &format!("    only elsewhere ({from}): {}\n", known.text);
            }
        }
    }
    out
}
