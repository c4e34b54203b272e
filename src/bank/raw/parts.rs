//! The parts of a raw item, set or misconception.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

use crate::bank::words::{EvidenceRole, Pin};
pub use crate::yaml::Text;

/// Words of the letter and where they stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawQuote {
    /// Paragraph number, `head`, `ed1` or `fn1`.
    pub cite: Text,
    /// The words, exactly as the letter has them.
    pub quote: String,
}

/// A quotation and what it does for the item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawEvidence {
    /// Paragraph number, `head`, `ed1` or `fn1`.
    pub cite: Text,
    /// The words, exactly as the letter has them.
    pub quote: String,
    /// Its work: it proves the key unless said.
    #[serde(default)]
    pub role: Option<EvidenceRole>,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawChoice {
    /// As shown.
    pub text: Text,
    /// Why it is right or wrong, in six words or more, as the key prints it.
    pub because: String,
    /// Id of the misconception that it stands for.
    #[serde(default)]
    pub misconception: Option<String>,
    /// The place that it misreads; in paired evidence, where its quotation stands.
    #[serde(default)]
    pub cite: Option<Text>,
    /// Paired evidence: the words that seem to support it.
    #[serde(default)]
    pub quote: Option<String>,
    /// Keeps the option first or last.
    #[serde(default)]
    pub pin: Option<Pin>,
    /// Vocabulary: another sense of the same word from the dictionary.
    #[serde(default)]
    pub other_sense: Option<YesNo>,
}

/// Words with a reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRemark {
    /// The words.
    pub text: Text,
    /// The reason.
    pub because: String,
}

/// How a false statement is put right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawCorrection {
    /// The words of the statement that are false.
    pub replace: String,
    /// What they should be.
    pub with: String,
    /// Other corrections to accept.
    #[serde(default)]
    pub accept: Vec<Text>,
    /// Words that a correction must have.
    #[serde(default)]
    pub must_mention: Vec<Text>,
    /// Corrections to refuse.
    #[serde(default)]
    pub reject: Vec<RawRemark>,
}

/// Headings of the two columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawHeads {
    /// Over the premises.
    pub premises: String,
    /// Over the responses.
    pub responses: String,
}

/// A premise with its response.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPair {
    /// Left.
    pub premise: Text,
    /// Right.
    pub response: Text,
    /// Why they belong together.
    pub because: String,
}

/// Somebody to whom words are attributed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSpeaker {
    /// A name of its own.
    pub id: String,
    /// As shown.
    pub text: String,
}

/// A statement with its speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawAttributed {
    /// As shown.
    pub text: String,
    /// Id of the speaker.
    pub speaker: String,
    /// Where it stands.
    pub cite: Text,
    /// Why it is that speaker's.
    pub because: String,
    /// Id of the misconception that it guards against.
    #[serde(default)]
    pub misconception: Option<String>,
}

/// An element of an ordering.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawElement {
    /// As shown.
    pub text: String,
    /// Where it stands.
    pub cite: Text,
    /// The words there.
    pub quote: String,
    /// Its date, for `basis: time`: `1945`, `1961-07` or `1961-07-25`.
    #[serde(default)]
    pub when: Option<Text>,
}

/// An idea that earns points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawIdea {
    /// The idea.
    pub idea: String,
    /// Its points.
    pub points: u32,
    /// Where the words behind it stand.
    #[serde(default)]
    pub cite: Option<Text>,
    /// The words behind it.
    #[serde(default)]
    pub quote: Option<String>,
}

/// A sample answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSample {
    /// Points it gets.
    pub score: u32,
    /// The answer.
    pub text: String,
    /// Why that score.
    pub because: String,
}

/// Words that come near the right ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPartial {
    /// Paragraph number, `head`, `ed1` or `fn1`.
    pub cite: Text,
    /// The words.
    pub quote: String,
    /// Why they are not enough.
    pub because: String,
}

/// A row of a rubric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawCriterion {
    /// Its name: `thesis`.
    pub id: String,
    /// Points to be had.
    pub max: u32,
    /// What earns them.
    pub earns: String,
    /// An example.
    #[serde(default)]
    pub example: String,
}

/// A row of an organizer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRow {
    /// Its name: `origin`.
    pub id: String,
    /// As shown.
    pub prompt: String,
    /// Answers to accept.
    #[serde(default)]
    pub accept: Vec<Text>,
    /// Its points.
    pub points: u32,
    /// Ruled lines on the sheet: three unless said.
    #[serde(default)]
    pub lines: Option<u32>,
}

/// The ends of a line to stand on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStance {
    /// One end.
    pub left: String,
    /// The other.
    pub right: String,
}

/// A warning that was thought about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawAllow {
    /// Code of the rule: `W06`.
    pub rule: String,
    /// Why it may stay.
    pub because: String,
}

/// A stimulus set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSet {
    /// A name of its own.
    pub id: String,
    /// Title over the stimulus.
    pub title: String,
    /// What to do.
    #[serde(default)]
    pub intro: String,
    /// The stimulus.
    pub passages: Vec<RawPassage>,
}

/// A passage: `cite` and `quote` from the letter, or `text` and `source` from elsewhere, or a `picture`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPassage {
    /// Paragraph number.
    #[serde(default)]
    pub cite: Option<Text>,
    /// The letter's words.
    #[serde(default)]
    pub quote: Option<String>,
    /// Words from elsewhere.
    #[serde(default)]
    pub text: Option<String>,
    /// Where those are from.
    #[serde(default)]
    pub source: Option<String>,
    /// A picture.
    #[serde(default)]
    pub picture: Option<RawPicture>,
}

/// A picture with what is said of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPicture {
    /// The file in the bank folder, a PNG, JPEG or plain SVG: `pictures/berlin.svg`.
    pub file: String,
    /// Needed: what is to be seen, for those who do not see it.
    #[serde(default)]
    pub alt: Option<String>,
    /// Printed under it.
    #[serde(default)]
    pub caption: Option<String>,
    /// Where it is from and whose it is, printed after the caption.
    #[serde(default)]
    pub credit: Option<String>,
    /// Width on paper in mm; left out, its own size or the column's width.
    #[serde(default)]
    #[schemars(range(min = 10, max = 190))]
    pub width: Option<f64>,
}

/// A misreading, and what the letter says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawMisconception {
    /// A name of its own.
    pub id: String,
    /// The misreading.
    pub says: String,
    /// What the letter says.
    pub answer: String,
    /// Where.
    #[serde(default)]
    pub cite: Vec<Text>,
}

/// `yes` or `no`, `true` or `false`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct YesNo(pub bool);

impl<'de> Deserialize<'de> for YesNo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "yes" | "true" => Ok(YesNo(true)),
            "no" | "false" => Ok(YesNo(false)),
            other => Err(serde::de::Error::custom(format!("“{other}” is neither yes nor no"))),
        }
    }
}

impl JsonSchema for YesNo {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "YesNo".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "enum": ["yes", "no", true, false] })
    }
}
