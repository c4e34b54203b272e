//! From the flat raw item to the task of its kind, with the rules that one kind alone has (E10–E13).

use super::report::Report;
use super::source::words;
use super::wording::Path;
use super::{Context, cloze, open_ended, options, ordering, quote};
use crate::bank::raw::{RawChoice, RawItem, RawRemark, Text, Typed, owned};
use crate::bank::{Attributed, Choice, Correction, Kind, Order, Pair, Quote, Remark, Segment, Speaker, Task};
use crate::letter::Place;
use crate::text::{Folded, without_languages};

/// Words that may be copied around the right ones.
const EXTRA_WORDS: u32 = 15;

/// Checks the parts of a kind, and makes the task. `None` where a needed part is missing, which is reported elsewhere.
pub(super) fn check(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> Option<Task> {
    let order = raw.order.unwrap_or(Order::Shuffle);
    match raw.kind {
        Kind::SingleChoice => {
            let (keys, distractors) = options::check(raw, context, report);
            Some(Task::SingleChoice { key: keys.into_iter().next()?, distractors, order })
        }
        Kind::MultipleSelect => {
            let (keys, distractors) = options::check(raw, context, report);
            Some(Task::MultipleSelect { keys, distractors, order })
        }
        Kind::Vocabulary => vocabulary(raw, context, report),
        Kind::PairedEvidence => paired(raw, context, report),
        Kind::TrueFalse => true_false(raw, report),
        Kind::StatementCheck => {
            Some(Task::StatementCheck { verdict: raw.verdict?, because: raw.because.as_ref()?.owned() })
        }
        Kind::Matching => matching(raw, report),
        Kind::Attribution => attribution(raw, context, report),
        Kind::Ordering => ordering::check(raw, context, report),
        Kind::Cloze => cloze::check(raw, context, report),
        Kind::Numeric => numeric(raw, report),
        Kind::ShortAnswer => open_ended::short_answer(raw, context, report),
        Kind::EvidenceFinding => evidence_finding(raw, context, report),
        Kind::Essay => open_ended::essay(raw, context, report),
        Kind::Organizer => open_ended::organizer(raw, report),
        Kind::Discussion => Some(Task::Discussion {
            stance: raw.stance.as_ref().map(|stance| [stance.left.owned(), stance.right.owned()]),
            follow_ups: owned(&raw.follow_ups),
            norms: owned(&raw.norms),
        }),
    }
}

/// Points that a task's parts make. Of a short answer: the sum of its ideas.
pub(super) fn points(task: &Task) -> u32 {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    match task {
        Task::SingleChoice { .. } | Task::Vocabulary { .. } | Task::StatementCheck { .. } | Task::Numeric { .. } => 1,
        Task::TrueFalse { .. } | Task::EvidenceFinding { .. } | Task::PairedEvidence { .. } => 2,
        Task::MultipleSelect { keys, .. } => count(keys.len()),
        Task::Matching { pairs, .. } => count(pairs.len()),
        Task::Attribution { statements, .. } => count(statements.len()),
        Task::Ordering { elements, .. } => count(elements.len().saturating_sub(1)),
        Task::Cloze { passage, .. } => {
            count(passage.iter().filter(|segment| matches!(segment, Segment::Blank(_))).count())
        }
        Task::ShortAnswer { accepted, .. } => accepted.iter().map(|idea| idea.points).sum(),
        Task::Essay { rubric, .. } => rubric.iter().map(|criterion| criterion.max).sum(),
        Task::Organizer { rows, .. } => rows.iter().map(|row| row.points).sum(),
        Task::Discussion { .. } => 0,
    }
}

pub(super) fn typed(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.0.owned()).collect()
}

pub(super) fn remarks(raw: &[RawRemark]) -> Vec<Remark> {
    raw.iter().map(|remark| Remark { text: remark.text.0.owned(), because: remark.because.owned() }).collect()
}

fn same(a: &str, b: &str) -> bool {
    let folded = |text: &str| Folded::new(without_languages(text.trim()).as_ref());
    folded(a).text() == folded(b).text()
}

fn vocabulary(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> Option<Task> {
    let (keys, distractors) = options::check(raw, context, report);
    let phrase = raw
        .phrase
        .as_ref()
        .and_then(|phrase| quote::quote(&phrase.cite, &phrase.quote, "phrase", context.source, report));
    let (word, phrase) = (raw.word.as_ref()?.owned(), phrase?);
    if super::source::run_in(&words(&word), &words(&phrase.text)).is_none() {
        report.error("E04", "word", format!("“{word}” is not in the phrase"), "write the word as the phrase has it");
    }
    Some(Task::Vocabulary {
        word,
        phrase,
        key: keys.into_iter().next()?,
        distractors,
        order: raw.order.unwrap_or(Order::Shuffle),
    })
}

/// Every option has a quotation, and no two the same (E13).
fn paired(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> Option<Task> {
    let (keys, distractors) = options::check(raw, context, report);
    let mut quoted: Vec<Quote> = Vec::new();
    let mut prove = |choice: Choice, typed: &RawChoice, path: Path| -> Option<(Choice, Quote)> {
        let (Some(cite), Some(text)) = (&typed.cite, &typed.quote) else {
            report.error(
                "E13",
                path,
                "this option brings no quotation",
                "give it `cite` and `quote`: the words that a pupil who chose it would point to",
            );
            return None;
        };
        // An unknown place is told with the option itself.
        choice.cite?;
        let quote = quote::quote(cite, text, path, context.source, report)?;
        if quoted.contains(&quote) {
            report.error(
                "E13",
                format_args!("{path}.quote"),
                "another option brings the same quotation",
                "each option has words of its own",
            );
        }
        quoted.push(quote.clone());
        Some((choice, quote))
    };
    let key = keys.into_iter().zip(&raw.key).next().and_then(|(choice, typed)| prove(choice, typed, Path::KEY));
    let distractors: Vec<_> = distractors
        .into_iter()
        .zip(&raw.distractors)
        .enumerate()
        .map(|(at, (choice, typed))| prove(choice, typed, Path::distractor(at)))
        .collect();
    let part_b = raw.part_b.as_ref().map(Typed::owned).unwrap_or_default();
    Some(Task::PairedEvidence { key: key?, distractors: distractors.into_iter().collect::<Option<_>>()?, part_b })
}

fn true_false(raw: &RawItem, report: &mut Report) -> Option<Task> {
    let answer = match raw.answer.as_ref()?.to_lowercase().as_str() {
        "true" | "yes" => true,
        "false" | "no" => false,
        other => {
            report.error("E02", "answer", format!("“{other}” is neither true nor false"), "write true or false");
            return None;
        }
    };
    let correction = match (&raw.correction, answer) {
        (Some(_), true) => {
            report.error(
                "E02",
                "correction:",
                "a true statement has nothing to correct",
                "take `correction` out, or write `answer: false`",
            );
            None
        }
        (None, false) => {
            report.error(
                "E02",
                "answer",
                "a false statement needs its correction",
                "write `correction: {replace: \"…\", with: \"…\"}`",
            );
            None
        }
        (correction, _) => correction.as_ref(),
    };
    if let (Some(correction), Some(statement)) = (correction, &raw.statement)
        && Folded::new(&without_languages(statement))
            .find(&Folded::new(&without_languages(&correction.replace)))
            .is_none()
    {
        report.error(
            "E02",
            "correction.replace",
            "these words are not in the statement",
            "copy from the statement the words that are false",
        );
    }
    let correction = correction.map(|raw| Correction {
        replace: raw.replace.owned(),
        with: raw.with.owned(),
        accept: typed(&raw.accept),
        must_mention: typed(&raw.must_mention),
        reject: remarks(&raw.reject),
    });
    Some(Task::TrueFalse { because: raw.because.as_ref()?.owned(), correction })
}

/// A response too many at least, and one answer for each premise (E11).
fn matching(raw: &RawItem, report: &mut Report) -> Option<Task> {
    let heads = raw.heads.as_ref()?;
    if !(2..=7).contains(&raw.pairs.len()) && !raw.pairs.is_empty() {
        report.error("E11", "pairs:", format!("{} pairs", raw.pairs.len()), "write two to seven pairs");
    }
    if raw.extra_responses.is_empty() {
        report.error(
            "E11",
            "pairs:",
            "as many responses as premises",
            "add one response too many at least under `extra_responses`: else the last pair gives itself away",
        );
    }
    for (at, pair) in raw.pairs.iter().enumerate() {
        if raw.pairs[..at].iter().any(|other| same(&other.premise, &pair.premise)) {
            report.error(
                "E11",
                format_args!("pairs[{at}].premise"),
                "this premise stands twice",
                "each premise has one answer",
            );
        }
        if raw.pairs[..at].iter().any(|other| same(&other.response, &pair.response)) {
            report.error(
                "E11",
                format_args!("pairs[{at}].response"),
                "this response belongs to another premise already",
                "each response is used once",
            );
        }
    }
    for (at, extra) in raw.extra_responses.iter().enumerate() {
        let taken = raw.pairs.iter().any(|pair| same(&pair.response, &extra.text))
            || raw.extra_responses[..at].iter().any(|other| same(&other.text, &extra.text));
        if taken {
            report.error(
                "E11",
                format_args!("extra_responses[{at}].text"),
                "this response stands among the others",
                "an extra response belongs to no premise",
            );
        }
    }
    let pairs = raw.pairs.iter().map(|pair| Pair {
        premise: pair.premise.0.owned(),
        response: pair.response.0.owned(),
        because: pair.because.owned(),
    });
    Some(Task::Matching {
        heads: [heads.premises.owned(), heads.responses.owned()],
        pairs: pairs.collect(),
        extra: remarks(&raw.extra_responses),
        order: raw.order.unwrap_or(Order::Shuffle),
    })
}

fn attribution(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> Option<Task> {
    if raw.speakers.len() == 1 {
        report.error("E02", "speakers:", "a single speaker", "name two at least");
    }
    for (at, speaker) in raw.speakers.iter().enumerate() {
        if raw.speakers[..at].iter().any(|other| other.id == speaker.id) {
            report.error(
                "E01",
                format_args!("speakers[{at}].id"),
                format!("the speaker “{}” stands twice", speaker.id),
                "give each an id of its own",
            );
        }
    }
    let mut statements = Vec::with_capacity(raw.statements.len());
    for (at, raw_statement) in raw.statements.iter().enumerate() {
        if !raw.speakers.iter().any(|speaker| speaker.id == raw_statement.speaker) {
            let ids: Vec<&str> = raw.speakers.iter().map(|speaker| &*speaker.id).collect();
            report.error(
                "E14",
                format_args!("statements[{at}].speaker"),
                format!("there is no speaker “{}”", raw_statement.speaker),
                format!("the speakers are {}", ids.join(", ")),
            );
        }
        if let Some(id) = &raw_statement.misconception {
            context.names.misconception(report, format_args!("statements[{at}].misconception"), id);
        }
        let Some(cite) =
            quote::place(&raw_statement.cite, format_args!("statements[{at}].cite"), context.source, report)
        else {
            continue;
        };
        statements.push(Attributed {
            text: raw_statement.text.owned(),
            speaker: raw_statement.speaker.owned(),
            cite,
            because: raw_statement.because.owned(),
            misconception: raw_statement.misconception.as_ref().map(Typed::owned),
        });
    }
    let speakers =
        raw.speakers.iter().map(|speaker| Speaker { id: speaker.id.owned(), text: speaker.text.owned() }).collect();
    Some(Task::Attribution { speakers, statements })
}

fn numeric(raw: &RawItem, report: &mut Report) -> Option<Task> {
    let answer = raw.answer.as_ref()?.0.owned();
    if !answer.chars().any(|c| c.is_ascii_digit()) {
        report.error(
            "E02",
            "answer",
            format!("“{answer}” has no digit"),
            "write the number in digits; words go under `accept`",
        );
    }
    if let Some(tolerance) = raw.tolerance
        && !(tolerance >= 0.0 && answer.parse::<f64>().is_ok())
    {
        report.error(
            "E02",
            "tolerance",
            "a tolerance is for a plain number, and not below 0",
            "take it out, or write the answer as a plain number",
        );
    }
    for (at, error) in raw.known_errors.iter().enumerate() {
        if same(&error.text, &answer) || raw.accept.iter().any(|accept| same(accept, &error.text)) {
            report.error(
                "E02",
                format_args!("known_errors[{at}].text"),
                format!("“{}” is a right answer here", error.text.0),
                "a known error is a wrong answer",
            );
        }
    }
    let unit = raw.unit.as_ref().map(Typed::owned).unwrap_or_default();
    Some(Task::Numeric {
        answer,
        unit,
        tolerance: raw.tolerance,
        accept: typed(&raw.accept),
        known_errors: remarks(&raw.known_errors),
    })
}

fn evidence_finding(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> Option<Task> {
    let core = raw.core.as_ref().and_then(|core| quote::quote(&core.cite, &core.quote, "core", context.source, report));
    let mut partial = Vec::with_capacity(raw.partial.len());
    for (at, near) in raw.partial.iter().enumerate() {
        let quote = quote::quote(&near.cite, &near.quote, format_args!("partial[{at}]"), context.source, report);
        partial.extend(quote.map(|quote| (quote, near.because.owned())));
    }
    let cited = raw.cite.iter().filter_map(|cite| cite.parse().ok());
    let cited = cited.filter_map(|place| if let Place::Paragraph(n) = place { Some(n) } else { None });
    let search_in: Vec<u32> = if raw.search_in.is_empty() { cited.collect() } else { raw.search_in.clone() };
    for (at, n) in raw.search_in.iter().enumerate() {
        if !context.source.has(Place::Paragraph(*n)) {
            report.error(
                "E04",
                format_args!("search_in[{at}]"),
                format!("the letter has no ¶{n}"),
                format!("it has ¶1 to ¶{}", context.source.letter.paragraphs.len()),
            );
        }
    }
    let core = core?;
    if !matches!(core.cite, Place::Paragraph(n) if search_in.contains(&n)) {
        report.error(
            "E06",
            "core.cite",
            format!("the words are in {}, where nobody searches", core.cite),
            "add the paragraph to `search_in`, or to `cite` if there is none",
        );
    }
    Some(Task::EvidenceFinding {
        search_in,
        core,
        partial,
        max_extra_words: raw.max_extra_words.unwrap_or(EXTRA_WORDS),
    })
}
