//! The words on a sheet or key that come from neither the letter, the bank nor the blueprint (`templates/labels/*.yaml`).

use crate::doc::Inlines;
use crate::doc::Words;
use crate::letter::Place;
use crate::text::{Inline, fill, parse};

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
    pub glossary_title: String,
    pub starters_title: String,
    pub adapted_heading: String,
    pub adapted_title: String,
    pub adapted_note: String,
    pub modified_mark: String,
    pub answers: String,
    pub answers_note: String,
    pub bubbles_note: String,
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
    pub asked_question: String,
    pub asked_within: String,
    pub asked_answer: String,
    pub asked_before: String,
    pub look_in: String,
    pub mark_sentences: String,
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
    pub run_in: String,
    pub question_by_question: String,
    pub why: String,
    pub evidence: String,
    pub explanation: String,
    pub others_fail: String,
    pub rule: String,
    pub level: String,
    pub picture: String,
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
    pub score_sheet_note: String,
    pub score_questions: String,
    pub section: String,
    pub initials: String,
    pub tally: String,
    pub tally_note: String,
    pub right: String,
    pub made_from: String,
    pub marking_strip: String,
    pub strip_note: String,
    pub strip_other: String,
    pub study_note: String,
    pub aids_all: String,
    pub aids_some: String,
    pub aid_glossary: String,
    pub aid_starters: String,
    pub aid_adapted: String,
    pub modified_note: String,
    pub who_and_where: String,
    pub who_letter: String,
    pub who_elsewhere: String,
    pub known_edition: String,
    pub known_document: String,
    pub known_history: String,
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
    pub fair_points: String,
    pub fair_minutes: String,
    pub fair_words: String,
    pub fair_estimate: String,
    pub fair_guessing: String,
    pub fair_guessing_of: String,
    pub fair_sections: String,
    pub fair_paragraphs: String,
    pub fair_skills: String,
    pub fair_dok: String,
    pub fair_difficulty: String,
    pub fair_letters: String,
    pub fair_run: String,
    pub fair_length: String,
    pub fair_length_of: String,
    pub fair_anchors: String,
    pub fair_limits: String,
    pub fair_met: String,
    pub from_code: String,
    pub from_blueprint: String,
    pub from_seed: String,
    pub from_bank: String,
    pub from_blueprint_print: String,
    pub from_program: String,
    pub mode_same_items: String,
    pub mode_section_shuffle: String,
    pub mode_parallel: String,
    pub place_head: String,
    pub place_editorial: String,
    pub place_footnote: String,
    pub estimated: String,
    pub depth: String,
    pub item_name: String,
    pub page_words: Words,
}

impl Labels {
    /// `1 point`, `3 points`.
    pub fn count_points(&self, points: u32) -> String {
        if points == 1 { self.points_one.clone() } else { fill(&self.points_many, &[("n", &points.to_string())]) }
    }

    /// Depth of knowledge, on one line: `DOK 2`.
    pub(super) fn dok(&self, depth: u32) -> String {
        fill(&self.depth, &[("n", &depth.to_string())]).replace(' ', "\u{a0}")
    }

    /// A strong label with its mark, and the text that it leads in: `Why: …`.
    pub(super) fn led_in(&self, label: &str, text: impl IntoIterator<Item = Inline>) -> Inlines {
        let mut out = vec![Inline::strong(fill(&self.run_in, &[("label", label)]) + " ")];
        out.extend(text);
        out
    }

    /// The answer to one part of a question: `Part A → B`. Letters of parts and of answers look the same, so the part is
    /// always named in words.
    pub(super) fn part_answer(part: &str, letter: &str) -> String {
        format!("{part} → {letter}").replace(' ', "\u{a0}")
    }

    /// A label as inline text, its places filled in.
    pub fn inline(label: &str, values: &[(&str, &str)]) -> Vec<Inline> {
        parse(&fill(label, values))
    }

    /// `¶3, ¶6–8` for a list of places: a paragraph sign before each number or range.
    pub(super) fn places(&self, list: &[Place]) -> Inlines {
        let mut out = Inlines::new();
        let mut rest = list;
        while let Some(first) = rest.first() {
            if !out.is_empty() {
                out.push(Inline::text(", "));
            }
            let follows = |pair: &&[Place]| matches!(pair, [Place::Paragraph(a), Place::Paragraph(b)] if *b == a + 1);
            let run = rest.windows(2).take_while(follows).count();
            match (first, rest[run]) {
                (Place::Paragraph(n), Place::Paragraph(last)) => {
                    out.push(Inline::ParagraphRef(*n));
                    if run > 0 {
                        out.push(Inline::text(format!("–{last}")));
                    }
                }
                (place, _) => out.push(Inline::text(self.place(*place))),
            }
            rest = &rest[run + 1..];
        }
        out
    }

    /// How a place is called in running text.
    pub(crate) fn place(&self, place: Place) -> String {
        match place {
            Place::Head => self.place_head.clone(),
            Place::Paragraph(n) => format!("¶{n}"),
            Place::Editorial(n) => fill(&self.place_editorial, &[("n", &n.to_string())]),
            Place::Footnote(n) => fill(&self.place_footnote, &[("n", &n.to_string())]),
        }
    }

    /// A quotation with its place before it: `¶6 “…”`, with the letter's own characters.
    pub(super) fn quotation(&self, place: Place, words: &str) -> Inlines {
        let mut out = self.places(&[place]);
        out.push(Inline::text(format!(" {}", super::quoted(words))));
        out
    }
}
