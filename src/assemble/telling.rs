//! What stands on a sheet beside its questions and may tell an answer: headnote, adapted text, glossary (F05, F13, teaching.md
//! §1.5 and §5.2). An item that is told is not drawn; of a word that is asked about the meaning is not printed.

use std::collections::BTreeSet;

use super::Job;
use super::words::{Run, Words, common, holds, split};
use crate::bank::{Item, Segment, Skill, Task, Teller};
use crate::blueprint::{Aid, Headnote, Reading};
use crate::letter::{Gloss, Place};
use crate::text::{quotations, without_languages};

/// The headnote and adapted text of a run.
pub(super) struct Telling {
    headnote: Option<Printed>,
    /// Whether it is the full one.
    full: bool,
    adapted: Option<Printed>,
}

/// A printed text.
struct Printed {
    words: Vec<u32>,
    runs: Vec<Run>,
    /// The letter's own text, where what it says too is not told by this one.
    letter: Option<(Vec<u32>, Vec<Run>)>,
}

impl Printed {
    fn new<'t>(texts: impl Iterator<Item = &'t str> + Clone, words: &mut Words) -> Option<Printed> {
        let numbers: Vec<u32> = texts.clone().flat_map(|text| words.numbers(text)).collect();
        (!numbers.is_empty()).then(|| Printed { words: numbers, runs: words.runs(texts, 0), letter: None })
    }

    /// Whether it says a text: all of it, if the text has a word of weight or a figure, or three words in a row with two of
    /// weight.
    fn says(&self, text: &str, words: &mut Words) -> bool {
        let weighs = |word: &str| word.chars().nth(5).is_some() || word.contains(|c: char| c.is_ascii_digit());
        let whole = words.numbers(text);
        let letter_has = self.letter.as_ref().is_some_and(|(words, _)| holds(words, &whole));
        let weighty = split(&without_languages(text)).any(weighs);
        self.runs_of(text, words) > 0 || (weighty && !letter_has && holds(&self.words, &whole))
    }

    /// How many runs of three words, two of them of weight, it has in common with a text, and the letter has not.
    fn runs_of(&self, text: &str, words: &mut Words) -> usize {
        let in_letter = |run: &Run| self.letter.as_ref().is_some_and(|(_, runs)| runs.binary_search(run).is_ok());
        let mut own = words.runs([text], 2);
        own.retain(|run| !in_letter(run));
        common(&own, &self.runs)
    }
}

impl Telling {
    pub fn of(job: Job<'_>, words: &mut Words) -> Telling {
        let about = &job.letter.about;
        let headnote = match job.blueprint.headnote {
            Headnote::None => "",
            Headnote::Short => &about.headnote.short,
            Headnote::Full => &about.headnote.full,
        };
        let adapted = about.sections.iter().flat_map(|section| &section.adapted).map(|adapted| adapted.text.as_str());
        let is_adapted = job.blueprint.aids.contains(&Aid::Adapted);
        let mut adapted = if is_adapted { Printed::new(adapted, words) } else { None };
        if let Some(adapted) = &mut adapted {
            let letter = || job.letter.paragraphs.iter().map(|p| p.text.as_str());
            adapted.letter = Some((letter().flat_map(|p| words.numbers(p)).collect(), words.runs(letter(), 0)));
        }
        Telling {
            headnote: Printed::new(std::iter::once(headnote), words),
            full: job.blueprint.headnote == Headnote::Full,
            adapted,
        }
    }

    /// What tells the answer of an item, if anything does.
    pub fn tells(&self, job: Job<'_>, item: &Item, words: &mut Words) -> Option<Teller> {
        let named = |teller: Teller| item.given_away_by.contains(&teller);
        let keyed = match &item.task {
            // Its words stand in the word bank anyway.
            Task::Cloze { .. } => Vec::new(),
            _ => item.keyed(),
        };
        if let Some(headnote) = &self.headnote {
            // A statement that the headnote makes would be judged by it and not by the letter.
            let judged = match &item.task {
                Task::TrueFalse { .. } | Task::StatementCheck { .. } => headnote.runs_of(&item.stem, words) > 1,
                _ => false,
            };
            let said = keyed.iter().any(|text| headnote.says(text, words));
            if said || judged || named(Teller::Headnote) || self.full && named(Teller::FullHeadnote) {
                return Some(Teller::Headnote);
            }
        }
        let adapted = self.adapted.as_ref()?;
        let rendered = |n: u32| rendering(job, n);
        let told = match &item.task {
            Task::Vocabulary { word, phrase, .. } => {
                let plain = match phrase.cite {
                    Place::Paragraph(n) => rendered(n),
                    _ => None,
                };
                plain.is_some_and(|text| !holds(&words.numbers(text), &words.numbers(word)))
            }
            _ => item.hidden().into_iter().any(|n| rendered(n).is_some()),
        };
        let said = keyed.iter().any(|text| adapted.says(text, words));
        (told || said || named(Teller::Adapted)).then_some(Teller::Adapted)
    }
}

/// The adapted text that renders a paragraph.
fn rendering(job: Job<'_>, paragraph: u32) -> Option<&str> {
    let mut adapted = job.letter.about.sections.iter().flat_map(|section| &section.adapted);
    adapted.find(|adapted| adapted.cite.contains(&paragraph)).map(|adapted| adapted.text.as_str())
}

/// The words that a form with these items may explain: those of the paragraphs that it prints, or cites where it prints none,
/// but for those that an item asks about. In the order of the alphabet.
pub(super) fn glossary(job: Job<'_>, items: &[&Item]) -> Vec<Gloss> {
    let cited: BTreeSet<u32> = items.iter().flat_map(|item| item.paragraphs()).collect();
    let printed = |n: u32| job.blueprint.reading == Reading::Full || cited.contains(&n);
    let mut words = Words::default();
    let mut asked = |gloss: &Gloss| {
        let word = words.numbers(&gloss.word);
        let meaning = Printed::new(std::iter::once(gloss.meaning.as_str()), &mut words);
        items.iter().any(|item| asks(item, &word, meaning.as_ref(), &mut words))
    };
    let glosses = job.letter.about.glossary.iter().filter(|gloss| gloss.paragraphs().any(printed));
    let mut found: Vec<Gloss> = glosses.filter(|gloss| !asked(gloss)).cloned().collect();
    found.sort_by_key(|gloss| crate::text::fold(&gloss.word));
    found
}

/// Whether an item asks about a word, or its key says the word's meaning.
fn asks(item: &Item, word: &[u32], meaning: Option<&Printed>, words: &mut Words) -> bool {
    if meaning.is_some_and(|meaning| item.keyed().into_iter().any(|text| meaning.says(text, words))) {
        return true;
    }
    let has = |text: &str, words: &mut Words| holds(&words.numbers(text), word);
    let same = |text: &str, words: &mut Words| {
        let other = words.numbers(text);
        holds(&other, word) || holds(word, &other)
    };
    let own = match &item.task {
        Task::Vocabulary { word, .. } => same(word, words),
        Task::Matching { pairs, .. } => pairs.iter().any(|p| words.numbers(&p.premise) == word),
        Task::Cloze { passage, .. } => passage.iter().any(|segment| match segment {
            Segment::Blank(answers) => answers.iter().any(|answer| same(answer, words)),
            Segment::Text(_) => false,
        }),
        _ => false,
    };
    own || (item.skills.contains(&Skill::Vocabulary) && has(&item.stem, words))
        || quotations(&item.stem).iter().any(|quotation| words.numbers(quotation) == word)
}
