//! The words on a sheet or key that come from neither the letter, the bank nor the blueprint (`templates/labels/*.yaml`).

use crate::text::{Inline, parse};

/// One language's words, under the names that the file has.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the file explains itself: each name is its own text")]
pub struct Labels {
    pub name: String,
    pub date: String,
    pub class: String,
    pub score: String,
    pub version: String,
    pub points_one: String,
    pub points_many: String,
    pub teacher: String,
    pub letter_heading: String,
    pub letter_needed: String,
    pub answers: String,
    pub answers_note: String,
    pub choose: String,
    pub true_letter: String,
    pub true_word: String,
    pub false_letter: String,
    pub false_word: String,
    pub correct_it: String,
    pub supported_letter: String,
    pub supported_word: String,
    pub contradicted_letter: String,
    pub contradicted_word: String,
    pub not_stated_letter: String,
    pub not_stated_word: String,
    pub order_text: String,
    pub order_time: String,
    pub cloze_stem: String,
    pub answer_line: String,
    pub look_in: String,
    pub part_a: String,
    pub part_b: String,
    pub part_b_stem: String,
    pub marked_by: String,
    pub your_notes: String,
    pub talk_starters: String,
    pub talk_norms: String,
    pub answer_key: String,
    pub at_a_glance: String,
    pub at_a_glance_note: String,
    pub number: String,
    pub answer: String,
    pub points: String,
    pub total: String,
    pub see_below: String,
    pub question_by_question: String,
    pub why: String,
    pub evidence: String,
    pub explanation: String,
    pub others_fail: String,
    pub rule: String,
    pub level: String,
    pub outside: String,
    pub outside_header: String,
    pub outside_stem: String,
    pub outside_source: String,
    pub outside_required: String,
    pub note: String,
    pub reread: String,
    pub reread_text: String,
    pub in_other_forms: String,
    pub misconception: String,
    pub accepted: String,
    pub not_credited: String,
    pub samples: String,
    pub rejected: String,
    pub also_accept: String,
    pub must_mention: String,
    pub known_errors: String,
    pub spelling: String,
    pub draw_on: String,
    pub rubric_criterion: String,
    pub rubric_earns: String,
    pub rubric_example: String,
    pub misconceptions: String,
    pub misconception_says: String,
    pub misconception_answer: String,
    pub questions: String,
    pub fairness: String,
    pub score_sheet: String,
    pub tally: String,
    pub tally_note: String,
    pub right: String,
    pub made_from: String,
    pub marking_strip: String,
    pub strip_note: String,
    pub strip_other: String,
    pub study_note: String,
    pub rule_choice: String,
    pub rule_multiple: String,
    pub rule_true_false: String,
    pub rule_statement: String,
    pub rule_pairs: String,
    pub rule_statements: String,
    pub rule_ordering: String,
    pub rule_cloze: String,
    pub rule_numeric: String,
    pub rule_open: String,
    pub rule_evidence: String,
    pub rule_paired: String,
    pub rule_rubric: String,
    pub rule_rows: String,
    pub rule_none: String,
}

/// A label with its places filled in: `fill("{n} points", &[("n", "3")])`.
pub fn fill(label: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(label.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

impl Labels {
    /// `1 point`, `3 points`.
    pub fn count_points(&self, points: u32) -> String {
        if points == 1 { self.points_one.clone() } else { fill(&self.points_many, &[("n", &points.to_string())]) }
    }

    /// A label as inline text, its places filled in.
    pub fn inline(label: &str, values: &[(&str, &str)]) -> Vec<Inline> {
        parse(&fill(label, values))
    }
}
