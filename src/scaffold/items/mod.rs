//! One commented item of each kind, made of a text's own words.

mod matched;
mod worded;

use super::quotations::{Quotation, Source};
use super::quoted;
use crate::bank::Kind;

/// An example in the making: YAML lines after `kind`.
struct Example {
    cite: Vec<u32>,
    /// Lines of the kind's own fields, each with its indent and end.
    own: String,
    evidence: Vec<Quotation>,
    explanation: String,
    hint: String,
    /// Bloom's level, depth, band, skill.
    level: (&'static str, u8, &'static str, &'static str),
    /// Its wording is sound as it stands; else it is a draft.
    is_ready: bool,
}

/// Depth of items that only look for words in the text.
const FIND: (&str, u8, &str, &str) = ("remember", 1, "easy", "close-reading");
/// Depth of items that ask what words mean.
const UNDERSTAND: (&str, u8, &str, &str) = ("understand", 2, "medium", "close-reading");
/// Depth of items that weigh the text.
const WEIGH: (&str, u8, &str, &str) = ("analyze", 3, "hard", "argument");

/// `bank/items.yaml`, and the kinds of which an item can be drawn.
pub(super) fn bank(source: &Source<'_>) -> (String, Vec<&'static str>) {
    let mut out = String::from(
        "# yaml-language-server: $schema=../schema/bank.json\n\
         # One item of each kind, made of the text’s own words: keep what serves, reword the rest, write your own.\n\
         # Items with `status: draft` are checked but never drawn: their wording is an example only.\n",
    );
    let mut items = String::new();
    let mut drawn = Vec::new();
    for kind in Kind::ALL {
        let (comment, example) = example(*kind, source);
        items += &format!("\n  # {kind}: {comment}\n");
        match example {
            Some(example) => {
                items += &example.yaml(*kind);
                if example.is_ready {
                    drawn.push(kind.word());
                }
            }
            None => {
                items += "  # (Left out: this text has too few words that stand in one place only to make an example of them.)\n"
            }
        }
    }
    let is_empty = !items.contains("\n  - id:");
    out += if is_empty { "items: []\n" } else { "items:\n" };
    (out + &items, drawn)
}

impl Example {
    fn yaml(&self, kind: Kind) -> String {
        let cite: Vec<String> = self.cite.iter().map(u32::to_string).collect();
        let mut out = format!("  - id: example-{kind}\n    kind: {kind}\n");
        if !self.is_ready {
            out += "    status: draft           # take this line out when the wording is your own\n";
        }
        out += &format!("    cite: [{}]\n{}    evidence:\n", cite.join(", "), self.own);
        for quotation in &self.evidence {
            out += &format!("      - {}\n", cited(quotation));
        }
        out += &format!("    explanation: {}\n    hints: [{}]\n", quoted(&self.explanation), quoted(&self.hint));
        let (bloom, dok, difficulty, skill) = self.level;
        out + &format!("    bloom: {bloom}\n    dok: {dok}\n    difficulty: {difficulty}\n    skills: [{skill}]\n")
    }
}

fn cited(quotation: &Quotation) -> String {
    format!("{{cite: {}, quote: {}}}", quotation.paragraph, quoted(&quotation.text))
}

fn stem(words: &str) -> String {
    format!("    stem: {}\n", quoted(words))
}

/// `{text: …, because: …}`.
fn option(text: &str, because: &str) -> String {
    format!("{{text: {}, because: {}}}", quoted(text), quoted(because))
}

/// An option that is a quotation, with where it stands as its rationale.
fn quotation_option(quotation: &Quotation) -> String {
    let because = format!(
        "These words begin in sentence {} of ¶{} and stand nowhere else.",
        quotation.sentence, quotation.paragraph
    );
    option(&format!("“{}”", quotation.text), &because)
}

fn list(field: &str, entries: impl IntoIterator<Item = String>) -> String {
    let entries: String = entries.into_iter().map(|entry| format!("      - {entry}\n")).collect();
    format!("    {field}:\n{entries}")
}

/// The paragraphs of quotations, each once, in order.
fn paragraphs<'a>(quotations: impl IntoIterator<Item = &'a Quotation>) -> Vec<u32> {
    let mut cite: Vec<u32> = quotations.into_iter().map(|quotation| quotation.paragraph).collect();
    cite.sort_unstable();
    cite.dedup();
    cite
}

fn example(kind: Kind, source: &Source<'_>) -> (&'static str, Option<Example>) {
    match kind {
        Kind::SingleChoice => {
            ("one key, two to four distractors; the options are shuffled on each form", matched::single_choice(source))
        }
        Kind::MultipleSelect => {
            ("two or more keys; the sheet says how many to choose", matched::multiple_select(source))
        }
        Kind::TrueFalse => ("if it is false, the pupil puts it right", matched::true_false(source)),
        Kind::StatementCheck => ("supported, contradicted or not-stated", worded::statement_check(source)),
        Kind::Matching => ("pairs, and at least one response too many", matched::matching(source)),
        Kind::Attribution => ("who says it? Name the speakers of your text", worded::attribution(source)),
        Kind::Ordering => ("four to six elements, written in the right order", matched::ordering(source)),
        Kind::Cloze => {
            ("missing words in double braces; the word bank is made from them and extra_words", matched::cloze(source))
        }
        Kind::Numeric => ("a number, a year or a date", matched::numeric(source)),
        Kind::ShortAnswer => ("a few lines, marked by ideas", worded::short_answer(source)),
        Kind::EvidenceFinding => ("copy the words that show it", worded::evidence_finding(source)),
        Kind::Vocabulary => {
            ("options that can be put in the word’s place; one is another sense of it", worded::vocabulary(source))
        }
        Kind::PairedEvidence => ("an answer, and the words that prove it", worded::paired_evidence(source)),
        Kind::Essay => ("with a rubric; its points add up", worded::essay(source)),
        Kind::Organizer => ("a table to fill in: opvl, nara4, dig4 or cer", worded::organizer(source)),
        Kind::Discussion => ("for talk, not for points", worded::discussion(source)),
    }
}

/// An item on one quotation.
fn one_place(
    quotation: &Quotation,
    own: String,
    level: (&'static str, u8, &'static str, &'static str),
    is_ready: bool,
) -> Example {
    Example {
        cite: vec![quotation.paragraph],
        own,
        evidence: vec![quotation.clone()],
        explanation: format!("The place is ¶{}, sentence {}.", quotation.paragraph, quotation.sentence),
        hint: format!("Read sentence {} of ¶{}.", quotation.sentence, quotation.paragraph),
        level,
        is_ready,
    }
}
