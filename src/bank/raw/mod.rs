//! A bank file as it is written: flat, optional, unchecked. Its descriptions become `questions/schema.json`.

mod of_item;
mod of_open;
mod parts;
mod typed;

pub use parts::*;
pub use typed::*;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::words::{
    Basis, Bloom, ClozeMode, Difficulty, Kind, Order, OrganizerLayout, Outside, Skill, Status, Teller, Verdict,
};

/// A bank file of Pilcrow: questions keyed to the paragraphs of a primary source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, bound(deserialize = "'de: 't"))]
pub struct RawBank<'t> {
    /// The items.
    // By themselves, as lists grow by being copied: a large file's would be copied and held twice.
    pub items: Vec<Box<RawItem<'t>>>,
    /// Stimulus sets: items that share a passage and stay together.
    pub sets: Vec<RawSet<'t>>,
    /// Misreadings that distractors and keys refer to.
    pub misconceptions: Vec<RawMisconception<'t>>,
}

/// An item of any kind; which fields belong to which kind is told in questions/README.md.
// What few items have is boxed too: the items of a large bank are all held at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 't"))]
pub struct RawItem<'t> {
    /// A name of its own in small letters, digits and hyphens, which never changes: codes on printed sheets depend on it.
    pub id: Typed<'t>,
    /// The kind of item.
    pub kind: Kind,
    /// The places that the item is about: paragraph numbers, `head`, `ed1`, `fn1`.
    #[serde(deserialize_with = "exact")]
    pub cite: Vec<Text<'t>>,
    /// The question.
    #[serde(default)]
    pub stem: Option<Typed<'t>>,
    /// A picture over the question.
    #[serde(default)]
    pub picture: Option<Box<RawPicture<'t>>>,
    /// True–false and statement checks: what is to be judged.
    #[serde(default)]
    pub statement: Option<Typed<'t>>,
    /// Vocabulary: the word.
    #[serde(default)]
    pub word: Option<Typed<'t>>,
    /// Vocabulary: the phrase in which the word stands.
    #[serde(default)]
    pub phrase: Option<Box<RawQuote<'t>>>,
    /// The right option.
    #[serde(default)]
    pub key: Option<Box<RawChoice<'t>>>,
    /// Multiple select: the right options.
    #[serde(default)]
    pub keys: Vec<RawChoice<'t>>,
    /// The wrong options.
    #[serde(default)]
    pub distractors: Vec<RawChoice<'t>>,
    /// Order of the options or responses: shuffled unless said.
    #[serde(default)]
    pub order: Option<Order>,
    /// True–false: `true` or `false`. Numeric: the number, year or date.
    #[serde(default)]
    pub answer: Option<Text<'t>>,
    /// Numeric: what the number counts.
    #[serde(default)]
    pub unit: Option<Typed<'t>>,
    /// Numeric: how far off is still right.
    #[serde(default)]
    pub tolerance: Option<f64>,
    /// Numeric: other ways to write the answer.
    #[serde(default)]
    pub accept: Vec<Text<'t>>,
    /// Numeric: wrong answers that are to be expected, each with a reply.
    #[serde(default)]
    pub known_errors: Vec<RawRemark<'t>>,
    /// True–false and statement checks: why the verdict is right.
    #[serde(default)]
    pub because: Option<Typed<'t>>,
    /// True–false: how a false statement is put right.
    #[serde(default)]
    pub correction: Option<Box<RawCorrection<'t>>>,
    /// Statement check: what the letter does with the statement.
    #[serde(default)]
    pub verdict: Option<Verdict>,
    /// Matching: headings of the two columns.
    #[serde(default)]
    pub heads: Option<Box<RawHeads<'t>>>,
    /// Matching: premises with their responses.
    #[serde(default)]
    pub pairs: Vec<RawPair<'t>>,
    /// Matching: responses that belong to no premise.
    #[serde(default)]
    pub extra_responses: Vec<RawRemark<'t>>,
    /// Attribution: who may have said it.
    #[serde(default)]
    pub speakers: Vec<RawSpeaker<'t>>,
    /// Attribution: what was said.
    #[serde(default)]
    pub statements: Vec<RawAttributed<'t>>,
    /// Ordering: by the letter's text or by time.
    #[serde(default)]
    pub basis: Option<Basis>,
    /// Ordering: the elements in their right order.
    #[serde(default)]
    pub elements: Vec<RawElement<'t>>,
    /// Cloze: the letter's words or the author's.
    #[serde(default)]
    pub mode: Option<ClozeMode>,
    /// Cloze: the passage, each missing word in double braces: `{{twice|two times}}`.
    #[serde(default)]
    pub passage: Option<Typed<'t>>,
    /// Cloze: words in the word bank that fit no blank.
    #[serde(default)]
    pub extra_words: Vec<Text<'t>>,
    /// Short answer: ideas that earn points.
    #[serde(default)]
    pub accepted: Vec<RawIdea<'t>>,
    /// Short answer: points of a full answer, if fewer than the ideas add up to.
    #[serde(default)]
    pub full_marks: Option<u32>,
    /// Answers that earn nothing, each with the reason.
    #[serde(default)]
    pub not_credited: Vec<RawRemark<'t>>,
    /// Sample answers with their scores.
    #[serde(default)]
    pub samples: Vec<RawSample<'t>>,
    /// Ruled lines on the sheet.
    #[serde(default)]
    pub lines: Option<u32>,
    /// Evidence finding: the paragraphs to search; left out, those in `cite`.
    #[serde(default)]
    pub search_in: Vec<u32>,
    /// Evidence finding: the words to be found.
    #[serde(default)]
    pub core: Option<Box<RawQuote<'t>>>,
    /// Evidence finding: words that come near, for one point.
    #[serde(default)]
    pub partial: Vec<RawPartial<'t>>,
    /// Evidence finding: with more copied words than this around the right ones, one point at most.
    #[serde(default)]
    pub max_extra_words: Option<u32>,
    /// Paired evidence: the question of Part B.
    #[serde(default)]
    pub part_b: Option<Typed<'t>>,
    /// Essay: the rubric.
    #[serde(default)]
    pub rubric: Vec<RawCriterion<'t>>,
    /// Essay: passages that a good essay may use.
    #[serde(default)]
    pub draw_on: Vec<RawQuote<'t>>,
    /// Essay: ids of misconceptions to look out for.
    #[serde(default)]
    pub misconceptions: Vec<Typed<'t>>,
    /// Organizer: its layout.
    #[serde(default)]
    pub layout: Option<OrganizerLayout>,
    /// Organizer: its rows.
    #[serde(default)]
    pub rows: Vec<RawRow<'t>>,
    /// Discussion: the ends of a line to stand on.
    #[serde(default)]
    pub stance: Option<Box<RawStance<'t>>>,
    /// Discussion: questions that follow.
    #[serde(default)]
    pub follow_ups: Vec<Typed<'t>>,
    /// Openings of sentences: always printed in a discussion, and beside a written answer where the sheet has starters.
    #[serde(default)]
    pub starters: Vec<Typed<'t>>,
    /// Discussion: rules of the talk.
    #[serde(default)]
    pub norms: Vec<Typed<'t>>,
    /// Quotations that prove the key, 4 to 45 words each, word for word.
    #[serde(default, deserialize_with = "exact")]
    pub evidence: Vec<RawEvidence<'t>>,
    /// What the item teaches, as the key prints it.
    pub explanation: Typed<'t>,
    /// Steps of help for self-study: first where to look, then what to look for.
    #[serde(default)]
    pub hints: Vec<Typed<'t>>,
    /// Bloom's level.
    pub bloom: Bloom,
    /// Webb's depth of knowledge, 1 to 4.
    #[schemars(range(min = 1, max = 4))]
    pub dok: u8,
    /// Difficulty band.
    pub difficulty: Difficulty,
    /// Share of pupils expected to get it right, such as 0.65; left out, 0.8, 0.6 or 0.4 by the band.
    #[serde(default)]
    pub estimate: Option<f64>,
    /// Skills exercised, one or more.
    pub skills: Vec<Skill>,
    /// One of the themes of letter.yaml.
    #[serde(default)]
    pub theme: Option<Typed<'t>>,
    /// Codes of standards, such as RH.9-10.1 or D2.His.11.9-12.
    #[serde(default, deserialize_with = "exact")]
    pub standards: Vec<Typed<'t>>,
    /// Never needed: points follow from the item's parts. Written, they are checked.
    #[serde(default)]
    pub points: Option<u32>,
    /// Minutes to answer; left out, the usual time for the kind.
    #[serde(default)]
    pub minutes: Option<f64>,
    /// What must be known beside the letter.
    #[serde(default)]
    pub outside: Option<Outside>,
    /// Ids of items that must not stand on the same sheet. Both name each other.
    #[serde(default)]
    pub enemies: Vec<Typed<'t>>,
    /// What would tell the answer if it stood on the same sheet; what says the key's own words is found without it.
    #[serde(default)]
    pub given_away_by: Vec<Teller>,
    /// Id of the stimulus set it belongs to.
    #[serde(default)]
    pub set: Option<Typed<'t>>,
    /// May serve as a common item of parallel forms.
    #[serde(default)]
    pub anchor: Option<YesNo>,
    /// `draft`: checked, never drawn.
    #[serde(default)]
    pub status: Option<Status>,
    /// Printed in the key only.
    #[serde(default)]
    pub teacher_note: Option<Typed<'t>>,
    /// Who has read the item without its key, and with what result.
    #[serde(default, deserialize_with = "exact")]
    pub review: Vec<RawReview<'t>>,
    /// Words in “ ” that are not quoted from the letter: a title, a slogan.
    #[serde(default)]
    pub not_a_quote: Vec<Text<'t>>,
    /// Warnings that were thought about, each with the reason to let them be.
    #[serde(default)]
    pub allow: Vec<RawAllow<'t>>,
    /// Where `pilcrow import` has it from: gaps in it are warnings (W29) until this is taken out.
    #[serde(default)]
    pub imported: Option<Box<RawImported<'t>>>,
}

/// A list that takes no more room than it needs: lists grow by doubling, and those of most items have one entry or two.
fn exact<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let mut list = Vec::deserialize(deserializer)?;
    list.shrink_to_fit();
    Ok(list)
}
