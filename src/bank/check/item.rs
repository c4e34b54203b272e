//! One item: what all kinds have in common.

use std::fmt;

use super::report::Report;
use super::source::words;
use super::{Context, fields, quote, review, standards, tasks, wording};
use crate::bank::raw::{RawItem, Typed, YesNo, owned};
use crate::bank::{Difficulty, Evidence, EvidenceRole, Item, Kind, Outside, Quote, Skill, Task, Verdict};
use crate::letter::{Letter, Place};

/// Checks an item whole. `None` where its task cannot be made; what is wrong is in the report.
pub(super) fn check(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> Option<Item> {
    if !context.proved {
        fields::check(raw, report);
        wording::check(raw, context, report);
        standards::check(raw, report);
        context.names.check(raw, report);
    }
    let cite = cited(raw, context, report);
    let evidence = evidence(raw, &cite, context, report);
    named_in_stem(raw, &cite, report);
    let estimate = estimate(raw, report);
    let reviews = review::reviews(raw, report);
    let minutes = tenths_of_minutes(raw, report);
    starters(raw, report);
    let figure = raw.picture.as_ref().map(|picture| context.album.figure(picture, "picture", report));
    let task = tasks::check(raw, context, report)?;
    let points = points(raw, &task, report);
    Some(Item {
        id: raw.id.owned(),
        section: section(&cite, context.source.letter),
        cite,
        theme: raw.theme.as_ref().map(Typed::owned),
        stem: raw.stem.as_ref().or(raw.statement.as_ref())?.owned(),
        figure: figure.flatten(),
        task,
        evidence,
        explanation: raw.explanation.owned(),
        hints: owned(&raw.hints),
        points,
        tenths_of_minutes: minutes,
        bloom: raw.bloom,
        dok: raw.dok,
        difficulty: raw.difficulty,
        estimate,
        skills: raw.skills.clone(),
        standards: owned(&raw.standards),
        outside: raw.outside.unwrap_or(Outside::None),
        enemies: owned(&raw.enemies),
        given_away_by: raw.given_away_by.clone(),
        starters: owned(&raw.starters),
        set: raw.set.as_ref().and_then(|id| context.names.set(id)),
        anchor: raw.anchor == Some(YesNo(true)),
        teacher_note: raw.teacher_note.as_ref().map(Typed::owned),
        reviews,
    })
}

/// The places, in the letter's order: notes stand where the letter has them, footnotes at the end.
fn cited(raw: &RawItem, context: &Context<'_>, report: &mut Report) -> Vec<Place> {
    let typed = raw.cite.iter().enumerate();
    let mut cite: Vec<Place> = typed
        .filter_map(|(at, typed)| quote::place(typed, format_args!("cite[{at}]"), context.source, report))
        .collect();
    let note_after =
        |n: u32| context.source.letter.editorial.get(n.saturating_sub(1) as usize).map_or(0, |note| note.after);
    cite.sort_by_key(|place| match place {
        Place::Head => (0, 0, 0),
        Place::Paragraph(n) => (1, *n, 0),
        Place::Editorial(n) => (1, note_after(*n), *n),
        Place::Footnote(n) => (2, *n, 0),
    });
    cite.dedup();
    cite
}

fn section(cite: &[Place], letter: &Letter) -> usize {
    let paragraph = cite.iter().copied().find_map(Place::paragraph);
    paragraph.and_then(|n| letter.section_of(n)).unwrap_or(0)
}

fn evidence(raw: &RawItem, cite: &[Place], context: &Context<'_>, report: &mut Report) -> Vec<Evidence> {
    let mut evidence = Vec::with_capacity(raw.evidence.len());
    for (at, typed) in raw.evidence.iter().enumerate() {
        let path = format_args!("evidence[{at}]");
        let found = match context.proved {
            true => quote::quote(&typed.cite, &typed.quote, path, context.source, report),
            false => quote::evidence(&typed.cite, &typed.quote, path, context.source, report),
        };
        let Some(found) = found else { continue };
        edition_only(raw, &found, path, report);
        evidence.push(Evidence { quote: found, role: typed.role.unwrap_or(EvidenceRole::Key) });
    }
    proved(raw, cite, report);
    evidence
}

/// The editor's words prove nothing of the letter's content (E15).
fn edition_only(raw: &RawItem, quote: &Quote, path: fmt::Arguments<'_>, report: &mut Report) {
    let editors = !matches!(quote.cite, Place::Paragraph(_));
    let about_the_source = raw.skills.contains(&Skill::Sourcing) || raw.outside == Some(Outside::Header);
    if editors && !about_the_source {
        report.error(
            "E15",
            format_args!("{path}.cite"),
            format!("{} holds the editors’ words, not the author’s", quote.cite),
            "quote the letter, or give the item the skill `sourcing`",
        );
    }
}

/// One quotation at least proves the key and stands in a paragraph cited (E06).
fn proved(raw: &RawItem, cite: &[Place], report: &mut Report) {
    if !fields::must_prove(raw.kind) {
        return;
    }
    if raw.evidence.is_empty() {
        return report.gap("E06", "id", "no quotation proves the key", "write `evidence: [{cite: 6, quote: \"…\"}]`");
    }
    let proves = |role: Option<EvidenceRole>| role.unwrap_or(EvidenceRole::Key) == EvidenceRole::Key;
    let keyed: Vec<usize> = (0..raw.evidence.len()).filter(|at| proves(raw.evidence[*at].role)).collect();
    if keyed.is_empty() && !keys_a_silence(raw) {
        return report.error(
            "E06",
            "evidence[0].role",
            "no quotation here proves the key",
            "take out `role`, or add a quotation that proves the key",
        );
    }
    let inside = |at: &usize| raw.evidence[*at].cite.parse::<Place>().is_ok_and(|place| cite.contains(&place));
    if let Some(first) = keyed.first()
        && !keyed.iter().any(inside)
    {
        let place = &*raw.evidence[*first].cite;
        report.error(
            "E06",
            format_args!("evidence[{first}].cite"),
            format!("{place} is not among the places in `cite`"),
            format!("add {place} to `cite`, or quote a paragraph cited"),
        );
    }
}

/// What the letter does not say cannot be quoted: the nearest that it says is enough.
fn keys_a_silence(raw: &RawItem) -> bool {
    raw.verdict == Some(Verdict::NotStated) || raw.outside.is_some_and(|outside| outside != Outside::None)
}

/// A ¶ that the stem names is one that the item cites (E06).
fn named_in_stem(raw: &RawItem, cite: &[Place], report: &mut Report) {
    let (at, Some(stem)) =
        (if raw.stem.is_some() { "stem" } else { "statement" }, raw.stem.as_ref().or(raw.statement.as_ref()))
    else {
        return;
    };
    for named in paragraphs_named(stem) {
        if !cite.contains(&Place::Paragraph(named)) && !cite.is_empty() {
            report.error(
                "E06",
                at,
                format!("¶{named} is named here and not cited"),
                format!("add {named} to `cite`, or take it out of the question"),
            );
        }
    }
}

/// The ends of every `¶7` or `¶8–10` in a text.
fn paragraphs_named(text: &str) -> Vec<u32> {
    let mut named = Vec::new();
    for after in text.split('¶').skip(1) {
        let digits = |text: &str| text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())].to_owned();
        let first = digits(after.trim_start_matches(['\u{a0}', '\u{202f}']));
        let rest = &after[first.len().min(after.len())..];
        named.extend(first.parse::<u32>());
        if let Some(last) = rest.strip_prefix(['-', '–']).map(digits) {
            named.extend(last.parse::<u32>());
        }
    }
    named
}

fn starters(raw: &RawItem, report: &mut Report) {
    for (at, _) in raw.starters.iter().enumerate().filter(|(_, starter)| words(starter).is_empty()) {
        report.error("E18", format!("starters[{at}]"), "this starter is empty", "write it, or take it out");
    }
}

/// The estimate in thousandths.
fn estimate(raw: &RawItem, report: &mut Report) -> u32 {
    let usual = match raw.difficulty {
        Difficulty::Easy => 0.8,
        Difficulty::Medium => 0.6,
        Difficulty::Hard => 0.4,
    };
    let share = raw.estimate.unwrap_or(usual);
    if !(0.0..=1.0).contains(&share) {
        report.error(
            "E17",
            "estimate",
            format!("an estimate of {share} is not a share"),
            "write a share between 0 and 1, such as 0.65",
        );
    }
    thousandths(share.clamp(0.0, 1.0))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the share lies between 0 and 1")]
fn thousandths(share: f64) -> u32 {
    (share * 1000.0).round() as u32
}

/// The usual time to answer, in tenths of a minute (`teaching.md` §4).
fn usual_time(kind: Kind) -> u32 {
    match kind {
        Kind::Discussion => 0,
        Kind::StatementCheck | Kind::Numeric => 7,
        Kind::SingleChoice | Kind::Vocabulary => 10,
        Kind::MultipleSelect | Kind::TrueFalse => 15,
        Kind::PairedEvidence | Kind::EvidenceFinding | Kind::Ordering | Kind::Attribution => 25,
        Kind::Matching | Kind::Cloze => 30,
        Kind::ShortAnswer => 50,
        Kind::Organizer => 120,
        Kind::Essay => 400,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the time lies between 0 and 300 minutes")]
fn tenths_of_minutes(raw: &RawItem, report: &mut Report) -> u32 {
    match raw.minutes {
        None => usual_time(raw.kind),
        Some(minutes) if (0.0..=300.0).contains(&minutes) => (minutes * 10.0).round() as u32,
        Some(minutes) => {
            report.error(
                "E12",
                "minutes",
                format!("{minutes} minutes for an item"),
                "write minutes between 0 and 300, or leave them out",
            );
            usual_time(raw.kind)
        }
    }
}

/// Points follow from the parts; where they are written they must agree (E12).
fn points(raw: &RawItem, task: &Task, report: &mut Report) -> u32 {
    let points = match task {
        Task::ShortAnswer { accepted, .. } => {
            let sum = accepted.iter().map(|idea| idea.points).sum();
            raw.full_marks.map_or(sum, |full| full.min(sum))
        }
        other => tasks::points(other),
    };
    if let Some(written) = raw.points
        && written != points
    {
        let parts = if points == 1 { "its parts make 1".to_owned() } else { format!("its parts make {points}") };
        report.error(
            "E12",
            "points",
            format!("{written} points are written, and {parts}"),
            "leave `points` out: it follows from the parts",
        );
    }
    for (at, sample) in raw.samples.iter().enumerate() {
        if sample.score > points {
            report.error(
                "E12",
                format_args!("samples[{at}].score"),
                format!("this sample scores {} of {points} points", sample.score),
                "lower the score, or add ideas that earn it",
            );
        }
        if words(&sample.text).is_empty() {
            report.error(
                "E18",
                format_args!("samples[{at}].text"),
                "this sample is empty",
                "write the answer of a pupil",
            );
        }
    }
    points
}
