//! The fields of kinds whose answer is looked for, written or spoken.

use super::marking::Mark;
use super::{Making, cited, text, typed};
use crate::bank::raw::{RawCriterion, RawIdea, RawItem, RawPartial, RawQuote, RawRemark, RawRow, RawSample, RawStance};
use crate::bank::{Kind, OrganizerLayout};
use crate::exchange::inline::{as_markup, joined};
use crate::exchange::{Accepted, HotPassage, Interaction, Quoted, Row, Share};
use crate::letter::Place;
use crate::text::fold;

impl Making<'_> {
    pub(super) fn open(&mut self, raw: &mut RawItem<'static>) {
        let exercise = self.exercise;
        if let Interaction::Extended { starters, .. } = &exercise.interaction {
            raw.starters = starters.iter().map(|line| typed(line)).collect();
        }
        match &exercise.interaction {
            Interaction::Entry { answers, .. } => {
                raw.kind = Kind::ShortAnswer;
                self.changed.push("a typed answer is marked by eye here".to_owned());
                raw.accepted = vec![idea(&accepted(answers), exercise.points.max(1))];
                self.foreseen(answers);
            }
            Interaction::HotText { passages, choose } => self.hot_text(raw, passages, *choose),
            Interaction::Extended { rows, .. } if !rows.is_empty() => {
                let told = exercise.tagged("layout").next().and_then(|word| word.parse().ok());
                let usual = if rows.len() == 3 { OrganizerLayout::Cer } else { OrganizerLayout::Opvl };
                raw.layout = Some(told.unwrap_or(usual));
                raw.rows = rows.iter().enumerate().map(|(at, row)| organizer_row(at, row)).collect();
                self.graded(raw);
            }
            Interaction::Extended { lines, .. } if exercise.kind == Kind::Essay => {
                raw.kind = Kind::Essay;
                raw.lines = Some((*lines).max(1));
                self.graded(raw);
                if raw.rubric.is_empty() {
                    raw.rubric = vec![RawCriterion {
                        id: typed("whole"),
                        max: exercise.points.max(1),
                        earns: typed("[What earns the points.]"),
                        example: typed(""),
                    }];
                    self.comments.push(("rubric", "TO DO: the rows of the rubric; their points add up".to_owned()));
                }
            }
            Interaction::Extended { lines, .. } => {
                raw.lines = Some((*lines).max(1));
                self.graded(raw);
                if raw.accepted.is_empty() {
                    raw.accepted = vec![idea("[An idea that earns the points.]", exercise.points.max(1))];
                    self.comments.push(("accepted", "TO DO: the ideas that earn points".to_owned()));
                }
                let all: u32 = raw.accepted.iter().map(|idea| idea.points).sum();
                // A card tells no points: a full answer has those of the best sample.
                let best = raw.samples.iter().map(|sample| sample.score).max();
                let full = best.map_or(exercise.points, |best| best.max(exercise.points));
                raw.full_marks = Some(full).filter(|full| (1..all).contains(full) && (*full > 1 || best.is_some()));
            }
            Interaction::Talk { stance, follow_ups, starters, norms } => {
                raw.stance =
                    stance.as_ref().map(|[left, right]| RawStance { left: typed(left), right: typed(right) }.into());
                raw.follow_ups = follow_ups.iter().map(|line| typed(line)).collect();
                raw.starters = starters.iter().map(|line| typed(line)).collect();
                raw.norms = norms.iter().map(|line| typed(line)).collect();
            }
            _ => {}
        }
    }

    /// Wrong answers with what is said to them: comments, as an answer that is marked by eye has no place for them.
    fn foreseen(&mut self, answers: &[Accepted]) {
        let mut wrong = answers.iter().filter(|answer| answer.share != Share::ALL).peekable();
        if wrong.peek().is_some() {
            self.changed.push("wrong answers that it foresaw stand in comments".to_owned());
        }
        for answer in wrong {
            let words = format!("“{}”", answer.text);
            self.comments.push(("accepted", joined(&["as it came, wrong:", &words, &answer.feedback])));
        }
    }

    /// How an answer is marked: the fields of the item, as far as the file has them in their form; else comments over the field
    /// in which it belongs.
    fn graded(&mut self, raw: &mut RawItem<'static>) {
        let Interaction::Extended { grading, .. } = &self.exercise.interaction else { return };
        let field = match raw.kind {
            Kind::Essay => "rubric",
            Kind::Organizer => "rows",
            _ => "accepted",
        };
        // Bold words of another program’s notes are no parts of an item.
        let is_own = self.exercise.tagged("kind").next().is_some();
        let mut left = false;
        for paragraph in grading {
            let mark = Mark::of(paragraph, raw.kind).filter(|_| is_own);
            if mark.and_then(|mark| self.marked(raw, mark)).is_none() {
                left = true;
                self.comments.push((field, format!("as it came: {paragraph}")));
            }
        }
        if left {
            self.changed.push("how it is marked, or a part of it, stands in comments".to_owned());
        }
    }

    /// A paragraph for the marker becomes a part of the item; nothing where the item has no place for it.
    fn marked(&self, raw: &mut RawItem<'static>, mark: Mark) -> Option<()> {
        let at = |quoted: &Quoted| self.locate(quoted).map(|(place, words)| (cited(place), typed(&words)));
        let remark = |words: &str, because: &str| RawRemark { text: text(words), because: typed(because) };
        match (raw.kind, mark) {
            (Kind::ShortAnswer, Mark::Idea { points, idea, proof }) => {
                let (cite, quote) = match &proof {
                    Some(proof) => at(proof).map(|(cite, quote)| (Some(cite), Some(quote)))?,
                    None => (None, None),
                };
                raw.accepted.push(RawIdea { idea: typed(&idea), points, cite, quote });
            }
            (Kind::Essay, Mark::Criterion { id, max, earns, example }) => {
                raw.rubric.push(RawCriterion { id: typed(&id), max, earns: typed(&earns), example: typed(&example) });
            }
            (Kind::Essay, Mark::DrawOn(quoted)) => {
                let (cite, quote) = at(&quoted)?;
                raw.draw_on.push(RawQuote { cite, quote });
            }
            (Kind::ShortAnswer | Kind::Essay, Mark::Refused { text, because }) => {
                raw.not_credited.push(remark(&text, &because));
            }
            // A sample earns no more than the ideas or rows before it.
            (Kind::ShortAnswer | Kind::Essay, Mark::Sample { score, text, because }) => {
                let all: u32 =
                    raw.accepted.iter().map(|idea| idea.points).chain(raw.rubric.iter().map(|row| row.max)).sum();
                if score > all {
                    return None;
                }
                raw.samples.push(RawSample { score, text: typed(&text), because: typed(&because) });
            }
            (Kind::Organizer, Mark::Row { prompt, accept }) if !accept.is_empty() => {
                // What came as HTML has spaces where the bank keeps words together.
                let row = raw.rows.iter_mut().find(|row| fold(&row.prompt) == fold(&prompt))?;
                row.accept = accept.iter().map(|answer| text(answer)).collect();
            }
            _ => return None,
        }
        Some(())
    }

    /// The words to be found: the first quotation, if the right sentences have it, else these sentences. Sentences that earn a
    /// part of the points come near.
    fn hot_text(&mut self, raw: &mut RawItem<'static>, passages: &[HotPassage], choose: u32) {
        let right = passages.iter().flat_map(|passage| &passage.sentences);
        let right = right.filter(|sentence| sentence.is_right(choose));
        let right = right.map(|sentence| sentence.words.as_str()).collect::<Vec<_>>().join(" ");
        let first =
            self.exercise.evidence.first().map(|quoted| quoted.words.as_str()).filter(|words| right.contains(words));
        let searched = passages.iter().filter_map(|passage| match passage.place.parse() {
            Ok(Place::Paragraph(n)) => Some(n),
            _ => None,
        });
        raw.search_in = searched.filter(|n| self.ground.letter.text_at(Place::Paragraph(*n)).is_some()).collect();
        for (place, sentence) in passages.iter().flat_map(|p| p.sentences.iter().map(move |s| (&p.place, s))) {
            if sentence.share.of <= 0 || sentence.is_right(choose) {
                continue;
            }
            let words = sentence.words.clone();
            match self.locate(&Quoted { place: place.clone(), words }) {
                Some((place, words)) => raw.partial.push(RawPartial {
                    cite: cited(place),
                    quote: typed(&words),
                    because: typed(&sentence.feedback),
                }),
                None => {
                    self.comments.push(("core", format!("near, as it came: “{}”", sentence.words)));
                    self.changed
                        .push("a sentence that comes near, for a part of the points, stands in a comment".to_owned());
                }
            }
        }
        match self.quotation(first.unwrap_or(&right)) {
            Some(core) => raw.core = Some(core.into()),
            None => {
                raw.core = Some(RawQuote { cite: cited(self.first_place()), quote: typed("") }.into());
                self.comments.push(("core", format!("as it came: “{right}”")));
                self.not_yet(raw, "the words to be found are not in the letter");
            }
        }
    }
}

fn accepted(answers: &[Accepted]) -> String {
    let right = answers.iter().filter(|answer| answer.share == Share::ALL);
    right.map(|answer| as_markup(&answer.text)).collect::<Vec<_>>().join(" / ")
}

fn idea(words: &str, points: u32) -> RawIdea<'static> {
    RawIdea { idea: typed(words), points, cite: None, quote: None }
}

fn organizer_row(at: usize, row: &Row) -> RawRow<'static> {
    RawRow {
        id: typed(&format!("row-{}", at + 1)),
        prompt: typed(&row.prompt),
        accept: vec![text("[an answer to accept]")],
        points: row.points.max(1),
        lines: Some(row.lines.max(1)),
    }
}
