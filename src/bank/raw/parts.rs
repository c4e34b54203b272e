//! The parts of a raw item, set or misconception.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::typed::{Text, Typed, YesNo};
use crate::bank::words::{Blind, EvidenceRole, Pin};

/// Words of the letter and where they stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawQuote<'t> {
    /// Paragraph number, `head`, `ed1` or `fn1`.
    pub cite: Text<'t>,
    /// The words, exactly as the letter has them.
    pub quote: Typed<'t>,
}

/// A quotation and what it does for the item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawEvidence<'t> {
    /// Paragraph number, `head`, `ed1` or `fn1`.
    pub cite: Text<'t>,
    /// The words, exactly as the letter has them.
    pub quote: Typed<'t>,
    /// Its work: it proves the key unless said.
    #[serde(default)]
    pub role: Option<EvidenceRole>,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawChoice<'t> {
    /// As shown.
    pub text: Text<'t>,
    /// Why it is right or wrong, in six words or more, as the key prints it.
    pub because: Typed<'t>,
    /// Id of the misconception that it stands for.
    #[serde(default)]
    pub misconception: Option<Typed<'t>>,
    /// The place that it misreads; in paired evidence, where its quotation stands.
    #[serde(default)]
    pub cite: Option<Text<'t>>,
    /// Paired evidence: the words that seem to support it.
    #[serde(default)]
    pub quote: Option<Typed<'t>>,
    /// Keeps the option first or last.
    #[serde(default)]
    pub pin: Option<Pin>,
    /// Vocabulary: another sense of the same word from the dictionary.
    #[serde(default)]
    pub other_sense: Option<YesNo>,
}

/// Words with a reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawRemark<'t> {
    /// The words.
    pub text: Text<'t>,
    /// The reason.
    pub because: Typed<'t>,
}

/// How a false statement is put right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawCorrection<'t> {
    /// The words of the statement that are false.
    pub replace: Typed<'t>,
    /// What they should be.
    pub with: Typed<'t>,
    /// Other corrections to accept.
    #[serde(default)]
    pub accept: Vec<Text<'t>>,
    /// Words that a correction must have.
    #[serde(default)]
    pub must_mention: Vec<Text<'t>>,
    /// Corrections to refuse.
    #[serde(default)]
    pub reject: Vec<RawRemark<'t>>,
}

/// Headings of the two columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawHeads<'t> {
    /// Over the premises.
    pub premises: Typed<'t>,
    /// Over the responses.
    pub responses: Typed<'t>,
}

/// A premise with its response.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawPair<'t> {
    /// Left.
    pub premise: Text<'t>,
    /// Right.
    pub response: Text<'t>,
    /// Why they belong together.
    pub because: Typed<'t>,
}

/// Somebody to whom words are attributed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawSpeaker<'t> {
    /// A name of its own.
    pub id: Typed<'t>,
    /// As shown.
    pub text: Typed<'t>,
}

/// A statement with its speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawAttributed<'t> {
    /// As shown.
    pub text: Typed<'t>,
    /// Id of the speaker.
    pub speaker: Typed<'t>,
    /// Where it stands.
    pub cite: Text<'t>,
    /// Why it is that speaker's.
    pub because: Typed<'t>,
    /// Id of the misconception that it guards against.
    #[serde(default)]
    pub misconception: Option<Typed<'t>>,
}

/// An element of an ordering.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawElement<'t> {
    /// As shown.
    pub text: Typed<'t>,
    /// Where it stands.
    pub cite: Text<'t>,
    /// The words there.
    pub quote: Typed<'t>,
    /// Its date, for `basis: time`: `1945`, `1961-07` or `1961-07-25`.
    #[serde(default)]
    pub when: Option<Text<'t>>,
}

/// An idea that earns points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawIdea<'t> {
    /// The idea.
    pub idea: Typed<'t>,
    /// Its points.
    pub points: u32,
    /// Where the words behind it stand.
    #[serde(default)]
    pub cite: Option<Text<'t>>,
    /// The words behind it.
    #[serde(default)]
    pub quote: Option<Typed<'t>>,
}

/// A sample answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawSample<'t> {
    /// Points it gets.
    pub score: u32,
    /// The answer.
    pub text: Typed<'t>,
    /// Why that score.
    pub because: Typed<'t>,
}

/// Words that come near the right ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawPartial<'t> {
    /// Paragraph number, `head`, `ed1` or `fn1`.
    pub cite: Text<'t>,
    /// The words.
    pub quote: Typed<'t>,
    /// Why they are not enough.
    pub because: Typed<'t>,
}

/// A row of a rubric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawCriterion<'t> {
    /// Its name: `thesis`.
    pub id: Typed<'t>,
    /// Points to be had.
    pub max: u32,
    /// What earns them.
    pub earns: Typed<'t>,
    /// An example.
    #[serde(default)]
    pub example: Typed<'t>,
}

/// A row of an organizer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawRow<'t> {
    /// Its name: `origin`.
    pub id: Typed<'t>,
    /// As shown.
    pub prompt: Typed<'t>,
    /// Answers to accept.
    #[serde(default)]
    pub accept: Vec<Text<'t>>,
    /// Its points.
    pub points: u32,
    /// Ruled lines on the sheet: three unless said.
    #[serde(default)]
    pub lines: Option<u32>,
}

/// The ends of a line to stand on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawStance<'t> {
    /// One end.
    pub left: Typed<'t>,
    /// The other.
    pub right: Typed<'t>,
}

/// A warning that was thought about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawAllow<'t> {
    /// Code of the rule: `W06`.
    pub rule: Typed<'t>,
    /// Why it may stay.
    pub because: Typed<'t>,
}

/// A reading of the item by somebody who answered it from the letter, without its key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawReview<'t> {
    /// Who read it: a name or a part, such as `second reader`.
    pub by: Typed<'t>,
    /// When: `2026-11-27`.
    pub date: Text<'t>,
    /// Whether the reader’s answer was the key.
    pub blind: Blind,
    /// What the reader remarked; needed where the answers differed: what was done about it.
    #[serde(default)]
    pub note: Option<Typed<'t>>,
}

/// Where an item was imported from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawImported<'t> {
    /// The format, or the name of the file: `gift`.
    pub from: Typed<'t>,
    /// What the item was called there.
    #[serde(default)]
    pub id: Option<Text<'t>>,
}

/// A stimulus set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawSet<'t> {
    /// A name of its own.
    pub id: Typed<'t>,
    /// Title over the stimulus.
    pub title: Typed<'t>,
    /// What to do.
    #[serde(default)]
    pub intro: Typed<'t>,
    /// The stimulus.
    pub passages: Vec<RawPassage<'t>>,
}

/// A passage: `cite` and `quote` from the letter, or `text` and `source` from elsewhere, or a `picture`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawPassage<'t> {
    /// Paragraph number.
    #[serde(default)]
    pub cite: Option<Text<'t>>,
    /// The letter's words.
    #[serde(default)]
    pub quote: Option<Typed<'t>>,
    /// Words from elsewhere.
    #[serde(default)]
    pub text: Option<Typed<'t>>,
    /// Where those are from.
    #[serde(default)]
    pub source: Option<Typed<'t>>,
    /// A picture.
    #[serde(default)]
    pub picture: Option<RawPicture<'t>>,
}

/// A picture with what is said of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawPicture<'t> {
    /// The file in the bank folder, a PNG, JPEG or plain SVG: `pictures/berlin.svg`.
    pub file: Typed<'t>,
    /// Needed: what is to be seen, for those who do not see it.
    #[serde(default)]
    pub alt: Option<Typed<'t>>,
    /// Printed under it.
    #[serde(default)]
    pub caption: Option<Typed<'t>>,
    /// Where it is from and whose it is, printed after the caption.
    #[serde(default)]
    pub credit: Option<Typed<'t>>,
    /// Width on paper in mm; left out, its own size or the column's width.
    #[serde(default)]
    #[schemars(range(min = 10, max = 190))]
    pub width: Option<f64>,
}

/// A misreading, and what the letter says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawMisconception<'t> {
    /// A name of its own.
    pub id: Typed<'t>,
    /// The misreading.
    pub says: Typed<'t>,
    /// What the letter says.
    pub answer: Typed<'t>,
    /// Where.
    #[serde(default)]
    pub cite: Vec<Text<'t>>,
}
