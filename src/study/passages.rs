//! A letter and its stimuli → what the page shows beside the questions.

use super::Text;
use super::item::figure;
use super::quiz::{Editorial, Gloss, Paragraph, Passage, Section, Source, Stimulus};
use crate::bank::{self, StimulusSet};
use crate::compose::marked;
use crate::letter::{Letter, Place};
use crate::text::Folded;

pub(super) fn source(letter: &Letter, sets: &[StimulusSet]) -> Source {
    let about = &letter.about;
    let line: Vec<&str> =
        [about.author.as_str(), &about.date, &about.place].into_iter().filter(|part| !part.is_empty()).collect();
    let edition: Vec<&str> =
        [about.citation.as_str(), &about.edition_note].into_iter().filter(|part| !part.is_empty()).collect();
    let headnote = if about.headnote.full.is_empty() { &about.headnote.short } else { &about.headnote.full };
    // Words of other languages are read aloud in their own.
    let own = |text: &str| Text::of(&marked(text, &about.languages));
    Source {
        id: about.id.clone(),
        title: about.title.clone(),
        genre: about.genre.clone(),
        about: Text::authored(&line.join(" · ")),
        headnote: Text::authored(headnote),
        edition: Text::authored(&edition.join(" ")),
        sections: about
            .sections
            .iter()
            .map(|section| Section {
                id: section.id.clone(),
                title: section.title.clone(),
                summary: Text::authored(&section.summary),
                first: section.range().start,
                last: section.range().end.saturating_sub(1),
            })
            .collect(),
        heading: Some(&letter.head)
            .filter(|head| !head.is_empty())
            .map(|head| Text::verbatim(head))
            .into_iter()
            .collect(),
        paragraphs: letter
            .paragraphs
            .iter()
            .map(|p| Paragraph {
                n: p.number,
                sentences: p.sentences.iter().map(|range| own(&p.text[range.clone()])).collect(),
            })
            .collect(),
        editorial: letter
            .editorial
            .iter()
            .map(|note| Editorial { after: note.after, text: Text::verbatim(&note.text) })
            .collect(),
        footnotes: letter.footnotes.iter().map(|note| Text::verbatim(&note.text)).collect(),
        glossary: about
            .glossary
            .iter()
            .map(|gloss| Gloss {
                term: gloss.word.clone(),
                meaning: Text::authored(&gloss.meaning),
                words: vec![as_it_stands(letter, gloss.cite, &gloss.word)],
                p: gloss.cite,
            })
            .collect(),
        stimuli: sets.iter().map(stimulus).collect(),
    }
}

/// A word as its paragraph has it: with its capitals and its own hyphens.
fn as_it_stands(letter: &Letter, paragraph: u32, word: &str) -> String {
    let text = letter.text_at(Place::Paragraph(paragraph)).unwrap_or_default();
    let found = Folded::new(text).find(&Folded::new(word)).and_then(|range| text.get(range));
    found.unwrap_or(word).to_owned()
}

fn stimulus(set: &StimulusSet) -> Stimulus {
    let passage = |passage: &bank::Passage| match passage {
        bank::Passage::Letter(quote) => {
            Passage::Words { text: Text::verbatim(&quote.text), credit: Text::default(), p: quote.cite.paragraph() }
        }
        bank::Passage::Other(text, credit) => {
            Passage::Words { text: Text::authored(text), credit: Text::authored(credit), p: None }
        }
        bank::Passage::Figure(shown) => Passage::Figure { figure: figure(shown) },
    };
    Stimulus {
        title: Text::authored(&set.title),
        intro: Text::authored(&set.intro),
        passages: set.passages.iter().map(passage).collect(),
    }
}
