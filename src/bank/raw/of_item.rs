//! Valid items back into the shape in which a file has them.

use std::borrow::Cow;

use super::of_open::open_task;
use super::{
    RawAttributed, RawBank, RawChoice, RawCorrection, RawElement, RawEvidence, RawHeads, RawItem, RawMisconception,
    RawPair, RawPassage, RawPicture, RawQuote, RawRemark, RawReview, RawSample, RawSet, RawSpeaker, Text, Typed, YesNo,
};
use crate::bank::{
    Bank, Bloom, Choice, Correction, Difficulty, EvidenceRole, Figure, Item, Kind, Order, Outside, Passage, Quote,
    Remark, Sample, Segment, Task,
};
use crate::letter::Place;

pub(super) fn typed(text: &str) -> Typed<'static> {
    Typed(Cow::Owned(text.to_owned()))
}

fn text(words: &str) -> Text<'static> {
    Text(typed(words))
}

pub(super) fn texts(list: &[String]) -> Vec<Text<'static>> {
    list.iter().map(|words| text(words)).collect()
}

pub(super) fn all_typed(list: &[String]) -> Vec<Typed<'static>> {
    list.iter().map(|words| typed(words)).collect()
}

/// `6`, `head`, `ed1`: as a file has it.
pub(super) fn place(place: Place) -> Text<'static> {
    text(place.to_string().trim_start_matches('¶'))
}

impl<'t> RawItem<'t> {
    /// An item of a kind with nothing else in it: id, the least of the levels, no skill.
    pub fn empty(id: &str, kind: Kind) -> RawItem<'static> {
        RawItem {
            id: typed(id),
            kind,
            cite: Vec::new(),
            stem: None,
            picture: None,
            statement: None,
            word: None,
            phrase: None,
            key: None,
            keys: Vec::new(),
            distractors: Vec::new(),
            order: None,
            answer: None,
            unit: None,
            tolerance: None,
            accept: Vec::new(),
            known_errors: Vec::new(),
            because: None,
            correction: None,
            verdict: None,
            heads: None,
            pairs: Vec::new(),
            extra_responses: Vec::new(),
            speakers: Vec::new(),
            statements: Vec::new(),
            basis: None,
            elements: Vec::new(),
            mode: None,
            passage: None,
            extra_words: Vec::new(),
            accepted: Vec::new(),
            full_marks: None,
            not_credited: Vec::new(),
            samples: Vec::new(),
            lines: None,
            search_in: Vec::new(),
            core: None,
            partial: Vec::new(),
            max_extra_words: None,
            part_b: None,
            rubric: Vec::new(),
            draw_on: Vec::new(),
            misconceptions: Vec::new(),
            layout: None,
            rows: Vec::new(),
            stance: None,
            follow_ups: Vec::new(),
            starters: Vec::new(),
            norms: Vec::new(),
            evidence: Vec::new(),
            explanation: typed(""),
            hints: Vec::new(),
            bloom: Bloom::Remember,
            dok: 1,
            difficulty: Difficulty::Medium,
            estimate: None,
            skills: Vec::new(),
            theme: None,
            standards: Vec::new(),
            points: None,
            minutes: None,
            outside: None,
            given_away_by: Vec::new(),
            enemies: Vec::new(),
            set: None,
            anchor: None,
            status: None,
            teacher_note: None,
            review: Vec::new(),
            not_a_quote: Vec::new(),
            allow: Vec::new(),
            imported: None,
        }
    }
}

impl RawBank<'_> {
    /// Items of a bank with the sets and misconceptions that they name.
    pub fn of(bank: &Bank, items: &[&Item]) -> RawBank<'static> {
        let raw = items.iter().map(|item| Box::new(raw_item(item, bank, items)));
        let used = |index: usize| items.iter().any(|item| item.set == Some(index));
        let sets = bank.sets.iter().enumerate().filter(|(index, _)| used(*index)).map(|(_, set)| RawSet {
            id: typed(&set.id),
            title: typed(&set.title),
            intro: typed(&set.intro),
            passages: set.passages.iter().map(passage).collect(),
        });
        let misconceptions = bank.misconceptions.iter().map(|misconception| RawMisconception {
            id: typed(&misconception.id),
            says: typed(&misconception.says),
            answer: typed(&misconception.answer),
            cite: misconception.cite.iter().map(|at| place(*at)).collect(),
        });
        RawBank { items: raw.collect(), sets: sets.collect(), misconceptions: misconceptions.collect() }
    }
}

fn passage(passage: &Passage) -> RawPassage<'static> {
    let empty = RawPassage { cite: None, quote: None, text: None, source: None, picture: None };
    match passage {
        Passage::Letter(quote) => {
            RawPassage { cite: Some(place(quote.cite)), quote: Some(typed(&quote.text)), ..empty }
        }
        Passage::Other(words, source) => RawPassage { text: Some(typed(words)), source: Some(typed(source)), ..empty },
        Passage::Figure(figure) => RawPassage { picture: Some(picture(figure)), ..empty },
    }
}

fn picture(figure: &Figure) -> RawPicture<'static> {
    let some = |text: &String| (!text.is_empty()).then(|| typed(text));
    RawPicture {
        file: typed(&figure.file),
        alt: some(&figure.alt),
        caption: some(&figure.caption),
        credit: some(&figure.credit),
        width: figure.width.map(f64::from),
    }
}

pub(super) fn quoted(quote: &Quote) -> RawQuote<'static> {
    RawQuote { cite: place(quote.cite), quote: typed(&quote.text) }
}

fn choice(choice: &Choice) -> RawChoice<'static> {
    RawChoice {
        text: text(&choice.text),
        because: typed(&choice.because),
        misconception: choice.misconception.as_deref().map(typed),
        cite: choice.cite.map(place),
        quote: None,
        pin: choice.pin,
        other_sense: choice.other_sense.then_some(YesNo(true)),
    }
}

pub(super) fn proved((option, quote): &(Choice, Quote)) -> RawChoice<'static> {
    RawChoice { cite: Some(place(quote.cite)), quote: Some(typed(&quote.text)), ..choice(option) }
}

pub(super) fn remarks(list: &[Remark]) -> Vec<RawRemark<'static>> {
    list.iter().map(|remark| RawRemark { text: text(&remark.text), because: typed(&remark.because) }).collect()
}

pub(super) fn samples(list: &[Sample]) -> Vec<RawSample<'static>> {
    let raw =
        |sample: &Sample| RawSample { score: sample.score, text: typed(&sample.text), because: typed(&sample.because) };
    list.iter().map(raw).collect()
}

fn raw_item(item: &Item, bank: &Bank, others: &[&Item]) -> RawItem<'static> {
    let mut raw = RawItem::empty(&item.id, item.kind());
    raw.cite = item.cite.iter().map(|at| place(*at)).collect();
    match &item.task {
        Task::TrueFalse { .. } | Task::StatementCheck { .. } => raw.statement = Some(typed(&item.stem)),
        _ => raw.stem = Some(typed(&item.stem)),
    }
    raw.picture = item.figure.as_deref().map(picture).map(Box::new);
    raw.evidence = item
        .evidence
        .iter()
        .map(|evidence| RawEvidence {
            cite: place(evidence.quote.cite),
            quote: typed(&evidence.quote.text),
            role: Some(evidence.role).filter(|role| *role != EvidenceRole::Key),
        })
        .collect();
    raw.explanation = typed(&item.explanation);
    raw.hints = all_typed(&item.hints);
    raw.bloom = item.bloom;
    raw.dok = item.dok;
    raw.difficulty = item.difficulty;
    raw.estimate = Some(f64::from(item.estimate) / 1000.0);
    raw.skills.clone_from(&item.skills);
    raw.theme = item.theme.as_deref().map(typed);
    raw.standards = all_typed(&item.standards);
    raw.minutes = Some(f64::from(item.tenths_of_minutes) / 10.0);
    raw.outside = Some(item.outside).filter(|outside| *outside != Outside::None);
    let known = |id: &&String| others.iter().any(|other| other.id == **id);
    raw.enemies = item.enemies.iter().filter(known).map(|id| typed(id)).collect();
    raw.set = item.set.and_then(|set| bank.sets.get(set)).map(|set| typed(&set.id));
    raw.anchor = item.anchor.then_some(YesNo(true));
    raw.starters = all_typed(&item.starters);
    raw.given_away_by.clone_from(&item.given_away_by);
    raw.teacher_note = item.teacher_note.as_deref().map(typed);
    let review = |review: &crate::bank::Review| RawReview {
        by: typed(&review.by),
        date: text(&review.date),
        blind: review.blind,
        note: (!review.note.is_empty()).then(|| typed(&review.note)),
    };
    raw.review = item.reviews.iter().map(review).collect();
    task(item, &mut raw);
    raw
}

fn order(order: Order) -> Option<Order> {
    Some(order).filter(|order| *order != Order::Shuffle)
}

/// The fields of the item's kind.
fn task(item: &Item, raw: &mut RawItem<'static>) {
    match &item.task {
        Task::SingleChoice { key, distractors, order: by } => {
            raw.key = Some(choice(key).into());
            raw.distractors = distractors.iter().map(choice).collect();
            raw.order = order(*by);
        }
        Task::Vocabulary { word, phrase, key, distractors, order: by } => {
            raw.word = Some(typed(word));
            raw.phrase = Some(quoted(phrase).into());
            raw.key = Some(choice(key).into());
            raw.distractors = distractors.iter().map(choice).collect();
            raw.order = order(*by);
        }
        Task::MultipleSelect { keys, distractors, order: by } => {
            raw.keys = keys.iter().map(choice).collect();
            raw.distractors = distractors.iter().map(choice).collect();
            raw.order = order(*by);
        }
        Task::TrueFalse { because, correction } => {
            raw.because = Some(typed(because));
            raw.answer = Some(text(if correction.is_none() { "true" } else { "false" }));
            raw.correction = correction.as_ref().map(corrected).map(Box::new);
        }
        Task::StatementCheck { verdict, because } => {
            raw.because = Some(typed(because));
            raw.verdict = Some(*verdict);
        }
        Task::Matching { heads, pairs, extra, order: by } => {
            raw.heads = Some(RawHeads { premises: typed(&heads[0]), responses: typed(&heads[1]) }.into());
            let pair = |pair: &crate::bank::Pair| RawPair {
                premise: text(&pair.premise),
                response: text(&pair.response),
                because: typed(&pair.because),
            };
            raw.pairs = pairs.iter().map(pair).collect();
            raw.extra_responses = remarks(extra);
            raw.order = order(*by);
        }
        Task::Attribution { speakers, statements } => {
            let speaker =
                |speaker: &crate::bank::Speaker| RawSpeaker { id: typed(&speaker.id), text: typed(&speaker.text) };
            raw.speakers = speakers.iter().map(speaker).collect();
            let statement = |statement: &crate::bank::Attributed| RawAttributed {
                text: typed(&statement.text),
                speaker: typed(&statement.speaker),
                cite: place(statement.cite),
                because: typed(&statement.because),
                misconception: statement.misconception.as_deref().map(typed),
            };
            raw.statements = statements.iter().map(statement).collect();
        }
        Task::Ordering { basis, elements } => {
            raw.basis = Some(*basis);
            let element = |element: &crate::bank::Element| RawElement {
                text: typed(&element.text),
                cite: place(element.quote.cite),
                quote: typed(&element.quote.text),
                when: element.when.as_deref().map(text),
            };
            raw.elements = elements.iter().map(element).collect();
        }
        Task::Cloze { mode, passage, extra_words } => {
            let piece = |segment: &Segment| match segment {
                Segment::Text(words) => words.clone(),
                Segment::Blank(answers) => format!("{{{{{}}}}}", answers.join("|")),
            };
            raw.mode = Some(*mode);
            raw.passage = Some(typed(&passage.iter().map(piece).collect::<String>()));
            raw.extra_words = texts(extra_words);
        }
        Task::Numeric { answer, unit, tolerance, accept, known_errors } => {
            raw.answer = Some(text(answer));
            raw.unit = (!unit.is_empty()).then(|| typed(unit));
            raw.tolerance = *tolerance;
            raw.accept = texts(accept);
            raw.known_errors = remarks(known_errors);
        }
        Task::EvidenceFinding { .. }
        | Task::PairedEvidence { .. }
        | Task::ShortAnswer { .. }
        | Task::Essay { .. }
        | Task::Organizer { .. }
        | Task::Discussion { .. } => open_task(item, raw),
    }
}

fn corrected(correction: &Correction) -> RawCorrection<'static> {
    RawCorrection {
        replace: typed(&correction.replace),
        with: typed(&correction.with),
        accept: texts(&correction.accept),
        must_mention: texts(&correction.must_mention),
        reject: remarks(&correction.reject),
    }
}
