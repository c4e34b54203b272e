//! A first bank for any text: its paragraphs numbered, an item of each kind made of its own words, a blueprint that draws.

mod items;
mod quotations;

use crate::diag::{Diagnostic, has_errors};
use crate::letter::{About, FINGERPRINT, Letter, number};
use quotations::Source;

/// Paragraphs that a proposed section holds, about.
const SECTION: usize = 5;
/// Words of ¶1 that serve as a title where there is no heading.
const TITLE_WORDS: usize = 7;

/// What an editor needs to complete the fields, put beside the files that name it.
const SCHEMAS: [(&str, &str); 3] = [
    ("schema/bank.json", include_str!("../../questions/schema.json")),
    ("schema/blueprint.json", include_str!("../../questions/schema-blueprint.json")),
    ("schema/letter.json", include_str!("../../questions/schema-letter.json")),
];

/// A folder for a text, not yet written.
#[derive(Debug, Clone, PartialEq)]
pub struct Started {
    /// Each file's path in the folder, and its contents.
    pub files: Vec<(String, String)>,
    /// How many paragraphs the text has.
    pub paragraphs: usize,
    /// What the reader lifted out of the text, and what it doubts.
    pub reports: Vec<Diagnostic>,
}

/// Starts a bank for a text, as [`crate::letter::decode`] gives it. `name` is the text's name without its ending.
///
/// # Errors
/// What the reader says of a text without a paragraph.
pub fn start(name: &str, text: &str) -> Result<Started, Vec<Diagnostic>> {
    let (letter, mut files, reports) = numbered(name, text)?;
    let (items, drawn) = items::bank(&Source::new(&letter));
    files.insert(2, ("bank/items.yaml".to_owned(), items));
    // A blueprint that draws nothing would be a fault of the bank.
    if !drawn.is_empty() {
        files.insert(3, ("blueprints/first-sheet.yaml".to_owned(), blueprint(&drawn)));
    }
    Ok(Started { files, paragraphs: letter.paragraphs.len(), reports })
}

/// The files of a folder for a text without items and blueprints, and the text numbered.
///
/// # Errors
/// As [`start`].
pub fn letter(name: &str, text: &str) -> Result<(Letter, Files), Vec<Diagnostic>> {
    numbered(name, text).map(|(letter, files, _)| (letter, files))
}

/// What an editor needs to complete the fields, by their paths in a bank folder.
pub fn schemas() -> impl Iterator<Item = (String, String)> {
    SCHEMAS.into_iter().map(|(path, schema)| (path.to_owned(), schema.to_owned()))
}

/// Paths in a bank folder and contents.
pub type Files = Vec<(String, String)>;

fn numbered(name: &str, text: &str) -> Result<(Letter, Files, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (letter, _, reports) = number(text, About::default());
    if has_errors(&reports) {
        return Err(reports);
    }
    let mut files =
        vec![("letter.txt".to_owned(), text.to_owned()), ("letter.yaml".to_owned(), letter_yaml(&slug(name), &letter))];
    files.extend(schemas());
    Ok((letter, files, reports))
}

/// Small letters, digits and single hyphens.
fn slug(name: &str) -> String {
    const LONGEST: usize = 40;
    let lower = name.to_lowercase();
    let parts: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let slug: String = parts.join("-").chars().take(LONGEST).collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "letter".to_owned() } else { slug.to_owned() }
}

fn letter_yaml(id: &str, letter: &Letter) -> String {
    let title = title(letter);
    let sections: String = sections(letter.paragraphs.len())
        .map(|(id, from, to)| {
            let (range, words) = if from == to {
                (format!("{from}"), format!("Paragraph {from}"))
            } else {
                (format!("{from}-{to}"), format!("Paragraphs {from}–{to}"))
            };
            format!("  - {{id: {id}, title: {}, paragraphs: {}}}\n", quoted(&words), quoted(&range))
        })
        .collect();
    let prints: Vec<&str> = letter.paragraphs.iter().map(|p| &p.sha256[..FINGERPRINT]).collect();
    let prints: Vec<String> = prints.into_iter().map(quoted).collect();
    let salutation = salutation(letter);
    format!(
        "# yaml-language-server: $schema=schema/letter.json\n\
         # What the printed text does not say of itself. Put your own words in place of those in [brackets].\n\
         id: {id}\n\
         title: {title}\n\
         short_title: {title}            # for the head of each page\n\
         genre: text                    # what sheets call it: letter, speech, diary\n\
         author: \"[author]\"\n\
         recipient: \"\"                  # if it is a letter\n\
         date: \"\"                       # in words: \"October 16, 1961\"\n\
         place: \"\"\n\
         language: en-US\n\
         citation: \"[where the text is printed]\"   # at the foot of every page\n\
         {salutation}\
         # Sections in order; together they hold every paragraph once. Give them titles of your own.\n\
         sections:\n{sections}\
         themes: []\n\
         # An introduction for pupils, in two lengths.\n\
         headnote: {{short: \"\", full: \"\"}}\n\
         # Words explained: - {{word: din, cite: 2, meaning: \"loud, long noise\"}}\n\
         glossary: []\n\
         # Openings of sentences for written answers: - {{purpose: \"Make a claim\", starters: [\"The text says that …\"]}}\n\
         starters: []\n\
         # Who and what stands in it. The name, what the text itself says, and apart what only others say:\n\
         # - {{name: \"…\", cite: [2], letter: \"…\", elsewhere: [{{text: \"…\", known_from: history}}]}}\n\
         people: []\n\
         places: []\n\
         # A section may have a version in plain words: adapted: [{{cite: [1], text: \"…\"}}]\n\
         # How each paragraph was when the items were written: a changed text is noticed.\n\
         fingerprints: [{}]\n",
        prints.join(", "),
        title = quoted(&title),
    )
}

/// The heading, or the first words.
fn title(letter: &Letter) -> String {
    if !letter.head.is_empty() {
        return letter.head.clone();
    }
    let Some(first) = letter.paragraphs.first() else { return "[title]".to_owned() };
    let mut words = first.text.split_whitespace();
    let title: Vec<&str> = words.by_ref().take(TITLE_WORDS).collect();
    let title: String = title.join(" ").chars().take(80).collect();
    if words.next().is_some() {
        title.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned() + " …"
    } else {
        title
    }
}

/// `Dear … :` at the beginning of ¶1.
fn salutation(letter: &Letter) -> String {
    const LONGEST: usize = 80;
    let opening = letter.paragraphs.first().map_or("", |p| p.text.as_str());
    match opening.find([':', ',']) {
        Some(end) if opening.starts_with("Dear ") && end < LONGEST => {
            format!("salutation: {}   # opening words of ¶1\n", quoted(&opening[..=end]))
        }
        _ => String::new(),
    }
}

/// Ids and paragraphs of sections of about the same size.
fn sections(paragraphs: usize) -> impl Iterator<Item = (String, usize, usize)> {
    let count = paragraphs.div_ceil(SECTION).max(1);
    let cut = move |index: usize| paragraphs * index / count;
    (0..count).filter(move |_| paragraphs > 0).map(move |index| (section_id(index), cut(index) + 1, cut(index + 1)))
}

/// A … Z, then S27, S28 …
fn section_id(index: usize) -> String {
    match u8::try_from(index) {
        Ok(letter @ 0..26) => char::from(b'A' + letter).to_string(),
        _ => format!("S{}", index + 1),
    }
}

fn blueprint(drawn: &[&str]) -> String {
    let cells: String = drawn.iter().map(|kind| format!("      - {{take: 1, kinds: [{kind}]}}\n")).collect();
    format!(
        "# yaml-language-server: $schema=../schema/blueprint.json\n\
         # What a worksheet is to contain.\n\
         name: first-sheet\n\
         title: \"A first worksheet\"\n\
         about: \"One question of each kind that needs no wording of your own.\"\n\
         modes: [same-items]\n\
         reading: none      # none, cited, full\n\
         headnote: none     # none, short, full\n\
         parts:\n  \
         - title: \"Questions\"\n    \
         directions: \"Read the text, then answer the questions.\"\n    \
         cells:         # as many as you like; each takes items that meet all that it names\n{cells}"
    )
}

/// A text as YAML writes it in double quotes, whatever characters it has.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            ' '..='~'
            | '\u{a0}'..='\u{2027}'
            | '\u{202a}'..='\u{d7ff}'
            | '\u{e000}'..='\u{fefe}'
            | '\u{ff00}'..='\u{fffd}' => out.push(c),
            '\u{10000}'.. => out.push(c),
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        for (name, id) in [("Speech (1863)", "speech-1863"), ("Über.x", "ber-x"), ("…", "letter"), ("", "letter")] {
            assert_eq!(slug(name), id);
        }
    }

    #[test]
    fn sections_hold_all() {
        for n in 1..200 {
            let mut next = 1;
            for (_, from, to) in sections(n) {
                assert!(from == next && to >= from);
                next = to + 1;
            }
            assert_eq!(next, n + 1);
        }
        assert_eq!(sections(0).count(), 0);
    }
}
