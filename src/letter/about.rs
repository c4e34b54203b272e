//! What `letter.yaml` says: the source's titles and sections, and what helps pupils and teachers to read it.

use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::Place;
use crate::text::is_language_tag;

/// What the printed text does not say of itself (`letter.yaml`).
///
/// Fields that came later leave nothing in the fingerprint where they are empty, so that older banks keep theirs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Short name, used in file names.
    pub id: String,
    /// Title of the source.
    pub title: String,
    /// Title for running heads.
    pub short_title: String,
    /// What sheets call it: letter, speech, diary.
    #[serde(default = "text")]
    pub genre: String,
    /// Who wrote it.
    pub author: String,
    /// To whom.
    #[serde(default)]
    pub recipient: String,
    /// When, in words.
    #[serde(default)]
    pub date: String,
    /// Where.
    #[serde(default)]
    pub place: String,
    /// Number of the document in its collection.
    #[serde(default)]
    pub document: String,
    /// BCP 47 tag.
    #[serde(default = "english")]
    pub language: String,
    /// The source's citation, printed at the foot of every page.
    pub citation: String,
    /// Page of the printed volume on which it begins.
    #[serde(default)]
    pub first_page: Option<u32>,
    /// Numbers of footnotes whose mark the printed text has lost: known, and so not told again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes_without_mark: Vec<u32>,
    /// Opening words of ¶1 that are the salutation.
    #[serde(default)]
    pub salutation: String,
    /// Sections, in order, which together hold every paragraph once.
    pub sections: Vec<Section>,
    /// Theme tags that items may carry.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Introduction for the pupil.
    #[serde(default)]
    pub headnote: Headnote,
    /// What was done to the text.
    #[serde(default)]
    pub edition_note: String,
    /// Words that the letter does not contain (rule E16).
    #[serde(default)]
    pub absent: Vec<String>,
    /// Names of things that came after the letter (rule W26), beside those that are known everywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<String>,
    /// Names and terms that the dictionary need not have (rule W27).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Words explained.
    #[serde(default)]
    pub glossary: Vec<Gloss>,
    /// Words of other languages, read aloud in their own wherever they stand: in the text, on sheets and in keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<ForeignWords>,
    /// Openings of sentences for written answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub starters: Vec<Starters>,
    /// Who stands in the letter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Named>,
    /// Which places and bodies stand in the letter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Named>,
    /// The first ten hex digits of each paragraph's SHA-256.
    #[serde(default)]
    pub fingerprints: Vec<String>,
}

fn english() -> String {
    "en-US".to_owned()
}

fn text() -> String {
    "text".to_owned()
}

/// A section of the letter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// `A`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its paragraphs, `1-3` or `4`.
    pub paragraphs: String,
    /// In one line.
    #[serde(default)]
    pub summary: String,
    /// The section in plain words, in the order of its paragraphs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adapted: Vec<Adapted>,
}

/// A paragraph of a section's adapted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adapted {
    /// The paragraphs that it renders.
    pub cite: Vec<u32>,
    /// What they say, in plain words.
    pub text: String,
}

/// Introduction for the pupil, in two lengths.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Headnote {
    /// Two sentences.
    #[serde(default)]
    pub short: String,
    /// A paragraph.
    #[serde(default)]
    pub full: String,
}

/// A word explained in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gloss {
    /// The word as the letter has it.
    pub word: String,
    /// Where it stands.
    pub cite: u32,
    /// Other paragraphs in which it stands with the same meaning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<u32>,
    /// Its meaning there.
    pub meaning: String,
}

/// Words of another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForeignWords {
    /// BCP 47 tag: `fr`.
    pub language: String,
    /// Words and phrases, as they are written.
    pub words: Vec<String>,
}

/// Openings of sentences that serve one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Starters {
    /// What they are for: `Make a claim`.
    pub purpose: String,
    /// The openings.
    pub starters: Vec<String>,
}

/// A person or place of the letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// As the letter has the name, or who it is.
    pub name: String,
    /// Where: paragraph numbers, `head`, `ed1`, `fn1`.
    pub cite: Vec<Cited>,
    /// What the letter itself says.
    pub letter: String,
    /// What other sources alone say.
    #[serde(default)]
    pub elsewhere: Vec<Known>,
}

/// A place as it is typed: `16`, `ed1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cited(pub String);

impl JsonSchema for Cited {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cited".into()
    }

    /// Editors that know YAML's own types must not object to `cite: [6]`.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"] })
    }
}

/// A statement that the letter itself does not make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The statement.
    pub text: String,
    /// How it is known.
    pub known_from: KnownFrom,
}

/// How a statement that is not the letter's is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KnownFrom {
    /// The heading and notes of the edition say it.
    Edition,
    /// Another document of the time says it.
    Document,
    /// Every history of the time says it.
    History,
}

impl About {
    /// What of it is faulty by itself: its path in the file, what is wrong, the remedy.
    pub fn faults(&self) -> Vec<(String, String, &'static str)> {
        let lists = self.languages.iter().enumerate();
        let tags = lists.clone().map(|(at, list)| (format!("languages[{at}].language"), &list.language));
        let tags = std::iter::once(("language".to_owned(), &self.language)).chain(tags);
        let tags = tags.filter(|(_, tag)| !is_language_tag(tag)).map(|(path, tag)| {
            let help =
                "write its code of two or three letters, and its region after a hyphen if that matters: fr, de, pt-BR";
            (path, format!("“{tag}” is not the tag of a language"), help)
        });
        let empty = lists.filter(|(_, list)| list.words.iter().all(|words| words.trim().is_empty()));
        let empty = empty.map(|(at, list)| {
            let message = format!("no words are listed as {}", list.language);
            (format!("languages[{at}].words:"), message, "list them, as they are written; or take the entry out")
        });
        tags.chain(empty).collect()
    }
}

impl Section {
    /// Its paragraphs as numbers; empty where `paragraphs` cannot be read.
    pub fn range(&self) -> Range<u32> {
        let mut ends = self.paragraphs.split(['-', '–']).map(|n| n.trim().parse::<u32>().unwrap_or(0));
        let first = ends.next().unwrap_or(0);
        let last = ends.next().unwrap_or(first);
        if first == 0 || last < first { 0..0 } else { first..last.saturating_add(1) }
    }
}

impl Gloss {
    /// Every paragraph in which the word has this meaning.
    pub fn paragraphs(&self) -> impl Iterator<Item = u32> + '_ {
        std::iter::once(self.cite).chain(self.also.iter().copied())
    }
}

impl Named {
    /// The places in which it stands; what is none was told when the letter was read.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        self.cite.iter().filter_map(|typed| typed.0.parse().ok())
    }
}
