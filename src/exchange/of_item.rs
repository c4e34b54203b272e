//! Item → exercises: what each kind becomes where a program has no such kind is decided here, once.

use super::inline::{as_markup, joined};
use super::notes;
use super::tags::tags;
use super::{
    Accepted, Alternative, ChoiceSort, Exercise, HotPassage, HotSentence, Interaction, Labelled, Number, Piece,
    Premise, Quoted, Row, Share,
};
use crate::bank::{
    Attributed, Bank, Choice, Correction, Item, Order, Pair, Quote, Remark, Segment, Speaker, Task, Verdict,
};
use crate::compose::{Labels, fill};
use crate::letter::{Letter, Place};
use crate::sheet::{self, Prompt, Question};

/// Whose words an export uses beside the bank's.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    /// The letter.
    pub letter: &'a Letter,
    /// The bank.
    pub bank: &'a Bank,
    /// The words on a sheet.
    pub labels: &'a Labels,
}

/// The exercises that an item becomes, as a question shows it: one, or two for an answer with its evidence. `paper`: the order
/// of the options is the sheet's, and stays.
pub(super) fn exercises(item: &Item, shown: &Question, paper: bool, wording: Wording<'_>) -> Vec<Exercise> {
    let become_ = Becoming { item, paper, wording };
    let base = Exercise {
        id: item.id.clone(),
        item: item.id.clone(),
        kind: item.kind(),
        number: None,
        stem: item.stem.clone(),
        figure: item.figure.clone(),
        stimulus: None,
        points: item.points,
        gate: None,
        interaction: Interaction::Talk {
            stance: None,
            follow_ups: Vec::new(),
            starters: Vec::new(),
            norms: Vec::new(),
        },
        explanation: item.explanation.clone(),
        evidence: item.evidence.iter().map(|evidence| Quoted::from(&evidence.quote)).collect(),
        hints: item.hints.clone(),
        teacher_note: item.teacher_note.clone().unwrap_or_default(),
        tags: tags(item, wording.letter),
        lost: Vec::new(),
    };
    if let (Task::PairedEvidence { key, distractors, part_b }, Prompt::Paired { answers, quotations, .. }) =
        (&item.task, &shown.prompt)
    {
        return become_.paired(base, (key, distractors, part_b), (answers, quotations));
    }
    vec![become_.single(base, &shown.prompt)]
}

/// What every exercise of an item is made with.
struct Becoming<'a> {
    item: &'a Item,
    paper: bool,
    wording: Wording<'a>,
}

impl Becoming<'_> {
    /// The exercise of every kind but paired evidence.
    fn single(&self, base: Exercise, prompt: &Prompt) -> Exercise {
        match (&self.item.task, prompt) {
            (
                Task::SingleChoice { key, distractors, order } | Task::Vocabulary { key, distractors, order, .. },
                Prompt::Choice { options, .. },
            ) => {
                let find = |text: &str| (key.text == text, distractors.iter().chain([key]).find(|c| c.text == text));
                let options = options.iter().map(|option| alternative(option, find(&option.text), Share::NOTHING, 1));
                Exercise { interaction: self.choice(options.collect(), ChoiceSort::Single, *order), ..base }
            }
            (Task::MultipleSelect { keys, distractors, order }, Prompt::Choice { options, .. }) => {
                let whole = u32::try_from(keys.len()).unwrap_or(1);
                let find = |text: &str| {
                    let all = keys.iter().chain(distractors);
                    (keys.iter().any(|key| key.text == text), all.clone().find(|choice| choice.text == text))
                };
                let wrong = Share { of: -1, whole };
                let options = options.iter().map(|option| alternative(option, find(&option.text), wrong, whole));
                Exercise { interaction: self.choice(options.collect(), ChoiceSort::Several(whole), *order), ..base }
            }
            (Task::TrueFalse { because, correction }, _) => self.judged(base, because, correction.as_ref()),
            (Task::StatementCheck { verdict, because }, _) => self.checked(base, *verdict, because),
            (Task::Matching { heads, pairs, extra, .. }, Prompt::Matching { premises, responses, .. }) => {
                self.matched(base, heads, (pairs, extra), (premises, responses))
            }
            (
                Task::Attribution { speakers, statements },
                Prompt::Attribution { speakers: heard, statements: shown },
            ) => self.attributed(base, (speakers, statements), (heard, shown)),
            (Task::Ordering { elements, .. }, Prompt::Ordering { by_time, elements: shown }) => {
                let id = |text: &str| shown.iter().find(|s| s.text == text).map(|s| s.label.clone());
                let right = elements.iter().filter_map(|element| id(&element.text)).collect();
                let labels = self.wording.labels;
                let by = self.named(if *by_time { &labels.order_time } else { &labels.order_text });
                // The last quotations are the elements’ own, in their order: by it an import knows whose each is.
                let own: Vec<Quoted> = elements.iter().map(|element| Quoted::from(&element.quote)).collect();
                let mut evidence: Vec<Quoted> = base.evidence.iter().filter(|q| !own.contains(q)).cloned().collect();
                evidence.extend(own);
                Exercise {
                    interaction: Interaction::Ordering { elements: labelled(shown), right, by },
                    evidence,
                    ..base
                }
            }
            (Task::Cloze { passage, .. }, Prompt::Cloze { words, .. }) => {
                let passage = passage.iter().map(|segment| match segment {
                    Segment::Text(text) => Piece::Text(text.clone()),
                    Segment::Blank(answers) => Piece::Gap(answers.clone()),
                });
                Exercise { interaction: Interaction::Gaps { passage: passage.collect(), words: words.clone() }, ..base }
            }
            (Task::Numeric { answer, unit, tolerance, accept, known_errors }, _) => {
                let right = std::iter::once(answer).chain(accept);
                let right =
                    right.map(|text| Accepted { text: text.clone(), share: Share::ALL, feedback: String::new() });
                let wrong = known_errors.iter().map(|error| Accepted {
                    text: error.text.clone(),
                    share: Share::NOTHING,
                    feedback: error.because.clone(),
                });
                let number = |value| Number { value, tolerance: tolerance.unwrap_or(0.0) };
                let interaction = Interaction::Entry {
                    number: answer.parse::<f64>().ok().filter(|value| value.is_finite()).map(number),
                    answers: right.chain(wrong).collect(),
                    unit: unit.clone(),
                };
                Exercise { interaction, ..base }
            }
            (Task::EvidenceFinding { search_in, core, partial, .. }, _) => self.found(base, search_in, (core, partial)),
            _ => self.open(base),
        }
    }

    fn choice(&self, options: Vec<Alternative>, sort: ChoiceSort, order: Order) -> Interaction {
        Interaction::Choice { options, sort, shuffle: !self.paper && order == Order::Shuffle }
    }

    /// A label with the word for the source in its place.
    fn named(&self, label: &str) -> String {
        fill(label, &[("genre", &self.wording.letter.about.genre)])
    }

    /// True or false; the correction is told, and not asked for.
    fn judged(&self, base: Exercise, because: &str, correction: Option<&Correction>) -> Exercise {
        let labels = self.wording.labels;
        let option = |id: &str, word: &str, right: bool| Alternative {
            id: id.to_owned(),
            text: word.to_owned(),
            right,
            share: if right { Share::ALL } else { Share::NOTHING },
            feedback: because.to_owned(),
            fixed: true,
        };
        let is_true = correction.is_none();
        let options = vec![option("A", &labels.true_word, is_true), option("B", &labels.false_word, !is_true)];
        let corrected = correction.map(|c| format!("{} → {}.", c.replace, c.with)).unwrap_or_default();
        let lost = match is_true {
            true => "the words that show it, worth a point, are not asked for",
            false => "the correction, worth a point, is told and not asked for",
        };
        Exercise {
            points: 1,
            interaction: Interaction::Choice { options, sort: ChoiceSort::TrueFalse, shuffle: false },
            explanation: joined(&[&corrected, &base.explanation]),
            lost: vec![lost.to_owned()],
            ..base
        }
    }

    /// Supported, contradicted, not stated.
    fn checked(&self, base: Exercise, verdict: Verdict, because: &str) -> Exercise {
        let labels = self.wording.labels;
        let words = [&labels.supported_word, &labels.contradicted_word, &labels.not_stated_word];
        let verdicts = [Verdict::Supported, Verdict::Contradicted, Verdict::NotStated];
        let options = ["A", "B", "C"].iter().zip(words).zip(verdicts).map(|((id, word), of)| Alternative {
            id: (*id).to_owned(),
            text: self.named(word),
            right: of == verdict,
            share: if of == verdict { Share::ALL } else { Share::NOTHING },
            feedback: because.to_owned(),
            fixed: true,
        });
        let interaction = Interaction::Choice { options: options.collect(), sort: ChoiceSort::Single, shuffle: false };
        Exercise { interaction, ..base }
    }

    fn matched(
        &self,
        base: Exercise,
        heads: &[String; 2],
        (pairs, extra): (&[Pair], &[Remark]),
        (premises, responses): (&[sheet::Labelled], &[sheet::Labelled]),
    ) -> Exercise {
        let id = |text: &str| responses.iter().find(|r| r.text == text).map(|r| r.label.clone());
        let premise = |shown: &sheet::Labelled| {
            let pair = pairs.iter().find(|pair| pair.premise == shown.text)?;
            Some(Premise {
                id: shown.label.clone(),
                text: shown.text.clone(),
                response: id(&pair.response)?,
                feedback: pair.because.clone(),
            })
        };
        let unused = extra.iter().map(|remark| format!("{}: {}", remark.text, remark.because));
        let note = unused.fold(base.teacher_note.clone(), |note, line| joined(&[&note, &line]));
        let interaction = Interaction::Matching {
            heads: heads.clone(),
            premises: premises.iter().filter_map(premise).collect(),
            responses: labelled(responses),
            shuffle: !self.paper,
            reuse: false,
        };
        Exercise { interaction, teacher_note: note, ..base }
    }

    /// Who says it? A matching in which a response serves several times.
    fn attributed(
        &self,
        base: Exercise,
        (speakers, statements): (&[Speaker], &[Attributed]),
        (heard, shown): (&[sheet::Labelled], &[sheet::Labelled]),
    ) -> Exercise {
        let premise = |shown: &sheet::Labelled| {
            let statement = statements.iter().find(|statement| statement.text == shown.text)?;
            let speaker = speakers.iter().find(|speaker| speaker.id == statement.speaker)?;
            Some(Premise {
                id: shown.label.clone(),
                text: shown.text.clone(),
                response: heard.iter().find(|heard| heard.text == speaker.text)?.label.clone(),
                feedback: statement.because.clone(),
            })
        };
        let interaction = Interaction::Matching {
            heads: [String::new(), String::new()],
            premises: shown.iter().filter_map(premise).collect(),
            responses: labelled(heard),
            shuffle: !self.paper,
            reuse: true,
        };
        Exercise { interaction, ..base }
    }

    /// Sentences to mark in place of words to copy. Where no sentence has them the words are copied, for a person to mark.
    fn found(&self, base: Exercise, search_in: &[u32], (core, partial): (&Quote, &[(Quote, String)])) -> Exercise {
        let letter = self.wording.letter;
        let paragraphs = || {
            let nth = |n: &u32| letter.paragraphs.get(n.saturating_sub(1) as usize);
            search_in.iter().filter_map(nth)
        };
        let touches = |quote: &Quote, n: u32, at: &std::ops::Range<usize>| {
            quote.cite == Place::Paragraph(n) && quote.at.start < at.end && at.start < quote.at.end
        };
        let all = paragraphs().flat_map(|p| p.sentences.iter().map(move |at| (p.number, at)));
        let choose = all.filter(|(n, at)| touches(core, *n, at)).count();
        let Ok(choose @ 1..) = u32::try_from(choose) else { return self.open(base) };
        let passages = paragraphs().map(|paragraph| HotPassage {
            place: Place::Paragraph(paragraph.number).to_string(),
            sentences: (1..)
                .zip(&paragraph.sentences)
                .map(|(number, at): (usize, _)| {
                    let near = partial.iter().find(|(quote, _)| touches(quote, paragraph.number, at));
                    let (share, feedback) = match near {
                        _ if touches(core, paragraph.number, at) => (Share { of: 1, whole: choose }, String::new()),
                        Some((_, because)) => (Share { of: 1, whole: 2 * choose }, because.clone()),
                        None => (Share::NOTHING, String::new()),
                    };
                    let words = paragraph.text[at.clone()].to_owned();
                    HotSentence { id: format!("p{}s{number}", paragraph.number), words, share, feedback }
                })
                .collect(),
        });
        let mut evidence = base.evidence.clone();
        evidence.insert(0, Quoted::from(core));
        dedup(&mut evidence);
        let lost = "whole sentences are marked, not words copied: words too many cost nothing".to_owned();
        let interaction = Interaction::HotText { passages: passages.collect(), choose };
        Exercise { interaction, evidence, lost: vec![lost], ..base }
    }

    /// What a person marks, or nobody.
    fn open(&self, base: Exercise) -> Exercise {
        let grading = notes::grading(self.item, self.wording);
        let extended = |lines: u32, rows: Vec<Row>| Interaction::Extended {
            lines,
            rows,
            starters: self.item.starters.clone(),
            grading: grading.clone(),
        };
        let interaction = match &self.item.task {
            Task::ShortAnswer { lines, .. } | Task::Essay { lines, .. } => extended(*lines, Vec::new()),
            Task::Organizer { rows, .. } => {
                let row = |row: &crate::bank::OrganizerRow| Row {
                    prompt: row.prompt.clone(),
                    points: row.points,
                    lines: row.lines,
                };
                extended(rows.iter().map(|row| row.lines).sum(), rows.iter().map(row).collect())
            }
            Task::Discussion { stance, follow_ups, norms } => Interaction::Talk {
                stance: stance.clone(),
                follow_ups: follow_ups.clone(),
                starters: self.item.starters.clone(),
                norms: norms.clone(),
            },
            _ => extended(3, Vec::new()),
        };
        Exercise { interaction, ..base }
    }

    /// Part A, and Part B, which earns nothing without it.
    fn paired(
        &self,
        base: Exercise,
        (key, distractors, part_b): (&(Choice, Quote), &[(Choice, Quote)], &str),
        (answers, quotations): (&[sheet::Labelled], &[sheet::Labelled]),
    ) -> Vec<Exercise> {
        let labels = self.wording.labels;
        let all = || std::iter::once(key).chain(distractors);
        let find = |text: &str| (key.0.text == text, all().map(|(choice, _)| choice).find(|c| c.text == text));
        let options = answers.iter().map(|option| alternative(option, find(&option.text), Share::NOTHING, 1)).collect();
        let quoted = quotations.iter().map(|option| {
            let right = key.1.text == option.text;
            let answer = all().find(|(_, quote)| quote.text == option.text);
            Alternative {
                id: option.label.clone(),
                text: as_markup(&format!("“{}”", option.text.replace('“', "‘").replace('”', "’"))),
                right,
                share: if right { Share::ALL } else { Share::NOTHING },
                feedback: answer.map(|(choice, _)| choice.because.clone()).unwrap_or_default(),
                fixed: true,
            }
        });
        // Other programs take a space that keeps words together for any other.
        let usual = || self.named(&labels.part_b_stem).replace('\u{a0}', " ");
        let asked = if part_b.is_empty() { usual() } else { part_b.to_owned() };
        let first = Exercise {
            points: 1,
            interaction: self.choice(options, ChoiceSort::Single, Order::Shuffle),
            stem: joined(&[&format!("**{}**", labels.part_a), &base.stem]),
            ..base.clone()
        };
        let second = Exercise {
            id: format!("{}--b", base.id),
            points: 1,
            figure: None,
            stem: joined(&[&format!("**{}**", labels.part_b), &asked]),
            gate: Some(base.id.clone()),
            interaction: Interaction::Choice { options: quoted.collect(), sort: ChoiceSort::Single, shuffle: false },
            ..base
        };
        vec![first, second]
    }
}

/// An option as shown, with what the bank says of it.
fn alternative(
    shown: &sheet::Labelled,
    (right, choice): (bool, Option<&Choice>),
    wrong: Share,
    whole: u32,
) -> Alternative {
    Alternative {
        id: shown.label.clone(),
        text: shown.text.clone(),
        right,
        share: if right { Share { of: 1, whole } } else { wrong },
        feedback: choice.map(|choice| choice.because.clone()).unwrap_or_default(),
        fixed: choice.is_some_and(|choice| choice.pin.is_some()),
    }
}

fn labelled(shown: &[sheet::Labelled]) -> Vec<Labelled> {
    shown.iter().map(|shown| Labelled { id: shown.label.clone(), text: shown.text.clone() }).collect()
}

/// Each quotation once.
fn dedup(quotations: &mut Vec<Quoted>) {
    let mut seen: Vec<Quoted> = Vec::with_capacity(quotations.len());
    quotations.retain(|quoted| {
        let new = !seen.contains(quoted);
        if new {
            seen.push(quoted.clone());
        }
        new
    });
}
