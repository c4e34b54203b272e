//! The letter as a reading before the questions: whole, or just what the questions cite.

use std::collections::BTreeSet;

use super::{Context, aids};
use crate::blueprint::Reading;
use crate::doc::{Block, Inlines, PassageParagraph, Role};
use crate::letter::{Footnote, Letter, Place, Section};
use crate::sheet::Paper;
use crate::text::Inline;

/// The reading of a sheet; empty where nothing is to be printed.
pub(super) fn reading(paper: &Paper, context: Context<'_>) -> Vec<Block> {
    let letter = context.letter;
    let cited: BTreeSet<Place> = paper.questions().flat_map(|q| q.cite.iter().copied()).collect();
    let printed = |place: Place| match paper.reading {
        Reading::None => false,
        Reading::Cited => cited.contains(&place),
        Reading::Full => true,
    };
    let heading = |label: &str| Block::Heading { level: 2, text: vec![Inline::text(label)], note: None };
    let adapted = aids::adapted_sections(paper, context);
    let plain_words = |section: &Section| aids::adapted(section, context);
    if paper.reading == Reading::None {
        // Pupils have the letter: what is printed of it is in plain words.
        let head = (!adapted.is_empty()).then(|| heading(&context.named(&context.labels.adapted_heading)));
        let words = aids::glossary(paper, context);
        return head.into_iter().chain(words).chain(adapted.into_iter().map(plain_words)).collect();
    }
    let mut body = Vec::new();
    let mut passage = Vec::new();
    let mut omitted: Option<(u32, u32)> = None;
    for paragraph in &letter.paragraphs {
        let n = paragraph.number;
        if printed(Place::Paragraph(n)) {
            let section =
                letter.about.sections.iter().find(|s| s.range().start == n || is_first_printed(s.range(), n, &printed));
            if let Some(section) = section.filter(|section| adapted.contains(section)) {
                // The adapted text stands before its section, and before what is left out of the letter there.
                body.extend((!passage.is_empty()).then(|| Block::Passage(std::mem::take(&mut passage))));
                body.push(plain_words(section));
            }
            passage.extend(omitted.take().map(|(from, to)| PassageParagraph::Omission { from, to }));
            if let Some(section) = section {
                let title = vec![Inline::text(format!("{} · {}", section.id, section.title))];
                passage.push(PassageParagraph::Section(title));
            }
            let text = with_calls(&paragraph.text, calls(letter, Place::Paragraph(n), &printed));
            passage.push(PassageParagraph::Numbered(n, text));
        } else {
            omitted = Some((omitted.map_or(n, |(from, _)| from), n));
        }
        for (at, note) in (1..).zip(&letter.editorial) {
            // An editor's note belongs to the paragraph before it: it is printed where that is, or where a question cites it.
            let wanted =
                printed(Place::Editorial(at)) || (paper.reading == Reading::Cited && printed(Place::Paragraph(n)));
            if note.after == n && wanted {
                passage.extend(omitted.take().map(|(from, to)| PassageParagraph::Omission { from, to }));
                passage.push(PassageParagraph::Editorial(vec![Inline::text(&note.text)]));
            }
        }
    }
    passage.extend(omitted.map(|(from, to)| PassageParagraph::Omission { from, to }));
    let mut blocks = vec![heading(&context.named(&context.labels.letter_heading))];
    if printed(Place::Head) && !letter.head.is_empty() {
        let mut head = with_calls(&number_before(&letter.about.document, &letter.head), Vec::new());
        head.extend(with_calls(&letter.head, calls(letter, Place::Head, &printed)));
        blocks.push(Block::Paragraph { role: Role::Note, text: head });
    }
    blocks.extend(aids::glossary(paper, context));
    blocks.extend(body);
    blocks.push(Block::Passage(passage));
    for (at, note) in (1..).zip(&letter.footnotes) {
        if printed(Place::Footnote(at)) {
            blocks
                .push(Block::Paragraph { role: Role::Note, text: vec![Inline::text(format!("{at}. {}", note.text))] });
        }
    }
    if !letter.about.edition_note.is_empty() {
        blocks.push(Block::Paragraph { role: Role::Note, text: crate::text::parse(&letter.about.edition_note) });
    }
    blocks
}

/// The footnotes that are called at a place and printed, in order, each with the byte of the place’s text at which it is called.
fn calls(letter: &Letter, place: Place, printed: &impl Fn(Place) -> bool) -> Vec<(usize, u32)> {
    let notes = (1..).zip(&letter.footnotes).filter(|(number, _)| printed(Place::Footnote(*number)));
    let here = |(number, note): (u32, &Footnote)| note.mark.filter(|mark| mark.0 == place).map(|mark| (mark.1, number));
    let mut calls: Vec<(usize, u32)> = notes.filter_map(here).collect();
    calls.sort_unstable();
    calls
}

/// A text with the calls of its footnotes.
fn with_calls(text: &str, calls: Vec<(usize, u32)>) -> Inlines {
    let (mut inlines, mut from) = (Vec::with_capacity(2 * calls.len() + 1), 0);
    for (at, number) in calls {
        inlines.extend(text.get(from..at).map(Inline::text));
        inlines.push(Inline::Call(number));
        from = at;
    }
    inlines.extend(text.get(from..).filter(|rest| !rest.is_empty()).map(Inline::text));
    inlines
}

/// Whether ¶n is the first printed paragraph of a section whose own first paragraph is left out.
fn is_first_printed(section: std::ops::Range<u32>, n: u32, printed: &impl Fn(Place) -> bool) -> bool {
    section.clone().find(|p| printed(Place::Paragraph(*p))) == Some(n)
}

/// The document's number, where the heading does not begin with it already.
fn number_before(document: &str, head: &str) -> String {
    if document.is_empty() || head.starts_with(document) { String::new() } else { format!("{document}. ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_stand_where_they_stood() {
        let text = "month. I am";
        let called = |calls: &[(usize, u32)]| crate::text::plain(&with_calls(text, calls.to_vec()));
        assert_eq!(called(&[(6, 2)]), "month.² I am");
        assert_eq!(called(&[(0, 1), (6, 2), (text.len(), 10)]), "¹month.² I am¹⁰");
        assert_eq!(with_calls(text, Vec::new()), [Inline::text(text)]);
        assert!(with_calls("", Vec::new()).is_empty());
    }
}
