//! Reading aids: the glossary, the sentence starters and the adapted text on the sheet, and what the key says of them.

use std::collections::BTreeSet;

use super::labels::Labels;
use super::names::Names;
use super::{Context, KeyContext, fill, languages};
use crate::blueprint::Aid;
use crate::doc::{Block, Flow, Inlines, Role, Table, Term};
use crate::letter::{Adapted, Known, KnownFrom, Named, Place, Section};
use crate::sheet::{Paper, Question};
use crate::text::{Inline, parse, plain};

/// What the sheets of a form have to help with reading and writing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Aids {
    /// All of its sheets.
    pub all: BTreeSet<Aid>,
    /// Some of them, after a roster.
    pub some: BTreeSet<Aid>,
}

impl Aids {
    /// Of sheets with these aids each.
    pub fn of<'a>(sheets: impl Iterator<Item = &'a BTreeSet<Aid>>) -> Option<Aids> {
        let mut both: Option<(BTreeSet<Aid>, BTreeSet<Aid>)> = None;
        for aids in sheets {
            let (all, any) = both.get_or_insert_with(|| (aids.clone(), BTreeSet::new()));
            all.retain(|aid| aids.contains(aid));
            any.extend(aids);
        }
        both.map(|(all, any)| Aids { some: any.difference(&all).copied().collect(), all })
    }
}

/// The words to know, in a frame; nothing where no word is left to explain.
pub(super) fn glossary(paper: &Paper, context: Context<'_>) -> Option<Block> {
    if !context.aids.contains(&Aid::Glossary) || paper.glossary.is_empty() {
        return None;
    }
    let printed = paper.paragraphs(context.letter);
    let terms = paper.glossary.iter().map(|gloss| {
        let mut meaning = parse(&gloss.meaning);
        for (at, n) in gloss.paragraphs().filter(|n| printed.contains(n)).enumerate() {
            // The place stays with the last word.
            meaning.push(Inline::text(if at == 0 { "\u{a0}(" } else { ", " }));
            meaning.push(Inline::ParagraphRef(n));
        }
        meaning.push(Inline::text(")"));
        Term { term: vec![Inline::text(&gloss.word)], meaning }
    });
    let title = Some(parse(&context.labels.glossary_title));
    let body = vec![Block::Terms { flow: Flow::Pairs, terms: terms.collect() }];
    Some(Block::Frame { title, body, whole: false })
}

/// The letter's starters in a frame, if one of these questions is to be written and has none of its own.
pub(super) fn starters<'a>(mut questions: impl Iterator<Item = &'a Question>, context: Context<'_>) -> Option<Block> {
    let groups = &context.letter.about.starters;
    let wanted = |question: &Question| question.is_written() && question.starters.is_empty();
    if !context.aids.contains(&Aid::Starters) || groups.is_empty() || !questions.any(wanted) {
        return None;
    }
    let rows = groups.iter().map(|group| {
        let purpose = Block::Paragraph { role: Role::Body, text: vec![Inline::strong(&group.purpose)] };
        let list = Block::List(group.starters.iter().map(|starter| parse(starter)).collect());
        vec![vec![purpose], vec![list]]
    });
    let table = Table {
        widths: vec![1.2, 3.0],
        header: Vec::new(),
        rows: rows.collect(),
        ruled: false,
        row_headers: true,
        side_by_side: false,
    };
    let title = Some(parse(&context.labels.starters_title));
    Some(Block::Frame { title, body: vec![Block::Table(table)], whole: true })
}

/// A written question's own starters: they stand before the room for its answer.
pub(super) fn own_starters(question: &Question, context: Context<'_>) -> Vec<Block> {
    if !question.is_written() || !context.aids.contains(&Aid::Starters) {
        return Vec::new();
    }
    listed_starters(question, context.labels)
}

/// Starters under their words of introduction; nothing where there are none.
pub(super) fn listed_starters(question: &Question, labels: &Labels) -> Vec<Block> {
    if question.starters.is_empty() {
        return Vec::new();
    }
    let begin = Block::Paragraph { role: Role::Directions, text: parse(&labels.talk_starters) };
    vec![begin, Block::List(question.starters.iter().map(|starter| parse(starter)).collect())]
}

/// The sections of which a sheet prints the adapted text: those of its paragraphs that have one.
pub(super) fn adapted_sections<'a>(paper: &Paper, context: Context<'a>) -> Vec<&'a Section> {
    if !context.aids.contains(&Aid::Adapted) {
        return Vec::new();
    }
    let printed = paper.paragraphs(context.letter);
    let sections = context.letter.about.sections.iter();
    sections.filter(|s| !s.adapted.is_empty() && s.range().any(|n| printed.contains(&n))).collect()
}

/// A section's adapted text in a frame, marked as such.
pub(super) fn adapted(section: &Section, context: Context<'_>) -> Block {
    let labels = context.labels;
    let title = fill(&labels.adapted_title, &[("section", &format!("{} · {}", section.id, section.title))]);
    let terms = section.adapted.iter().map(|Adapted { cite, text }| {
        let places: Vec<Place> = cite.iter().map(|n| Place::Paragraph(*n)).collect();
        Term { term: labels.places(&places), meaning: parse(text) }
    });
    let body = vec![
        Block::Paragraph { role: Role::Note, text: parse(&context.named(&labels.adapted_note)) },
        Block::Terms { flow: Flow::Stacked, terms: terms.collect() },
    ];
    Block::Frame { title: Some(vec![Inline::text(title)]), body, whole: false }
}

/// A sheet's code, marked where the sheet is a modification of the form.
pub(super) fn marked_code(paper: &Paper, context: Context<'_>) -> String {
    let code = paper.code.to_string();
    if adapted_sections(paper, context).is_empty() {
        code
    } else {
        format!("{code} · {}", context.labels.modified_mark)
    }
}

/// What the sheets of the form had, for the head of its key.
pub(super) fn told(paper: &Paper, context: KeyContext<'_>) -> Vec<Block> {
    let (labels, aids) = (context.shared.labels, context.aids);
    let note = |text: &str| Block::Paragraph { role: Role::Note, text: parse(text) };
    let mut said = Vec::new();
    if !aids.all.is_empty() {
        said.push(fill(&labels.aids_all, &[("aids", &named(&aids.all, labels))]));
    }
    if !aids.some.is_empty() {
        said.push(fill(&labels.aids_some, &[("aids", &named(&aids.some, labels))]));
    }
    let mut out: Vec<Block> = said.first().map(|_| note(&said.join(" "))).into_iter().collect();
    let any: BTreeSet<Aid> = aids.all.union(&aids.some).copied().collect();
    if !adapted_sections(paper, Context { aids: &any, ..context.shared }).is_empty() {
        out.push(note(&labels.modified_note));
    }
    out
}

/// `glossary, sentence starters`.
fn named(aids: &BTreeSet<Aid>, labels: &Labels) -> String {
    let name = |aid: &Aid| match aid {
        Aid::Glossary => labels.aid_glossary.as_str(),
        Aid::Starters => &labels.aid_starters,
        Aid::Adapted => &labels.aid_adapted,
    };
    aids.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Who and what the questions name: what the letter says there, and apart what it does not.
pub(super) fn who_and_where(paper: &Paper, context: KeyContext<'_>) -> Vec<Block> {
    let (labels, about) = (context.shared.labels, &context.shared.letter.about);
    let all: Vec<&Named> = about.people.iter().chain(&about.places).collect();
    let names = Names::of(&all.iter().map(|named| named.name.as_str()).collect::<Vec<_>>());
    let asked: Vec<(&[Place], String)> =
        paper.questions().map(|question| (question.cite.as_slice(), printed(question, context.shared))).collect();
    let wanted = |(at, named): &(usize, &Named)| {
        let mut asked = asked.iter().filter(|(cite, _)| named.places().any(|place| cite.contains(&place)));
        asked.any(|(_, text)| names.named(*at, text))
    };
    let paragraph = |text: Inlines| vec![Block::Paragraph { role: Role::Body, text }];
    let known = |known: &Known| {
        let from = match known.known_from {
            KnownFrom::Edition => &labels.known_edition,
            KnownFrom::Document => &labels.known_document,
            KnownFrom::History => &labels.known_history,
        };
        let mut text = parse(&known.text);
        text.extend([Inline::text(" "), Inline::emphasis(format!("({from})"))]);
        text
    };
    let row = |named: &Named| {
        let elsewhere = match named.elsewhere.as_slice() {
            [] => paragraph(vec![Inline::text("–")]),
            [one] => paragraph(known(one)),
            more => vec![Block::List(more.iter().map(known).collect())],
        };
        vec![paragraph(parse(&named.name)), paragraph(parse(&named.letter)), elsewhere]
    };
    let rows: Vec<Vec<Vec<Block>>> = all.into_iter().enumerate().filter(wanted).map(|(_, named)| row(named)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let letter = context.shared.named(&labels.who_letter);
    let header = [&labels.name, &letter, &labels.who_elsewhere].map(|text| parse(text)).to_vec();
    vec![
        Block::Heading { level: 2, text: parse(&labels.who_and_where), note: None },
        Block::Table(Table {
            widths: vec![1.1, 2.6, 2.6],
            header,
            rows,
            ruled: true,
            row_headers: true,
            side_by_side: false,
        }),
    ]
}

/// All that a question prints, in one text.
fn printed(question: &Question, context: Context<'_>) -> String {
    let mut text = String::new();
    languages::texts(&mut [super::question::question(question, context)], &mut |inlines| {
        text += &plain(inlines);
        text.push('\n');
    });
    text
}
