//! The questions as a plain list with their answers: what a page shows where no script runs, and what it prints.

use std::collections::BTreeMap;

use serde::Serialize;

use super::quiz::{self, Item, Passage, Stimulus};
use super::task::{Piece, Task};
use super::{Chapter, Settings, Text};
use crate::bank;
use crate::compose::Labels;
use crate::sheet::{Labelled, Prompt, Question, Right};
use crate::text::fill;

/// A run of a text: words, and how they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlainRun {
    /// The words.
    pub t: String,
    /// Emphasized.
    pub em: bool,
    /// Strong.
    pub strong: bool,
}

/// Questions of a section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlainSection {
    /// Its heading.
    pub title: String,
    /// Number of its first question.
    pub first: usize,
    /// Its questions.
    pub items: Vec<PlainItem>,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlainItem {
    /// What it shares with other questions, where it is the first of them.
    pub stimulus: Option<PlainStimulus>,
    /// The number of the question over which that stands, where it is not.
    pub shares_with: Option<usize>,
    /// What is asked.
    pub stem: Vec<PlainRun>,
    /// Direction under it, such as `Choose 2.`.
    pub lead: Vec<PlainRun>,
    /// A picture over it.
    pub figure: Option<PlainFigure>,
    /// Lists to choose from: options, premises and responses, answers and quotations.
    pub lists: Vec<PlainList>,
    /// The answer, a line for each of its parts.
    pub answer: Vec<Vec<PlainRun>>,
    /// Why it is right.
    pub because: Vec<PlainRun>,
    /// Where the letter shows it: `¶1, ¶2`.
    pub places: String,
}

/// What several questions share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlainStimulus {
    /// Its title.
    pub title: Vec<PlainRun>,
    /// What to do.
    pub intro: Vec<PlainRun>,
    /// What is read, with where it is from, or seen.
    pub passages: Vec<PlainPassage>,
}

/// A passage of a stimulus.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlainPassage {
    /// The words; none for a picture.
    pub text: Vec<PlainRun>,
    /// Where they are from.
    pub credit: Vec<PlainRun>,
    /// A picture.
    pub figure: Option<PlainFigure>,
}

/// A picture, told: its file lies among the questions that the script asks, and no second time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlainFigure {
    /// What is to be seen.
    pub alt: String,
    /// What is said of it.
    pub caption: String,
}

/// A list to choose from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlainList {
    /// What stands over it; may be empty.
    pub head: Vec<PlainRun>,
    /// What its labels are: `A` for A, B, C, `a` for a, b, c, empty for none.
    pub labels: String,
    /// Its texts.
    pub entries: Vec<Vec<PlainRun>>,
}

/// Questions gathered under the headings of their sections, in whose order they come.
pub(super) struct Sections<'a> {
    chapter: &'a Chapter<'a>,
    stimuli: &'a [Stimulus],
    several: bool,
    next: usize,
    /// Number of the first question on each stimulus.
    shared: BTreeMap<usize, usize>,
    found: Vec<(usize, PlainSection)>,
}

impl<'a> Sections<'a> {
    /// `before`: how many questions stand in the chapters before.
    pub fn of(chapter: &'a Chapter<'a>, stimuli: &'a [Stimulus], several: bool, before: usize) -> Self {
        Sections { chapter, stimuli, several, next: before + 1, shared: BTreeMap::new(), found: Vec::new() }
    }

    /// Adds a question.
    pub fn push(&mut self, item: &Item, of: &bank::Item, shown: (&Question, &Right), settings: &Settings<'_>) {
        let genre = self.chapter.letter.about.genre.as_str();
        let number = self.next;
        self.next += 1;
        let first = item.stimulus.map(|at| (at, *self.shared.entry(at).or_insert(number)));
        let stimulus = first.filter(|(_, first)| *first == number).and_then(|(at, _)| self.stimuli.get(at));
        let plain = PlainItem {
            stimulus: stimulus.map(self::stimulus),
            shares_with: first.map(|(_, first)| first).filter(|first| *first != number),
            stem: runs(&item.stem),
            figure: item.figure.as_ref().map(figure),
            ..asked(item, shown.0, (settings.labels, genre))
        };
        let plain = answered(plain, item, shown.1, (settings.labels, genre));
        match self.found.last_mut() {
            Some((section, there)) if *section == of.section => there.items.push(plain),
            _ => {
                let about = &self.chapter.letter.about;
                let named = about.sections.get(of.section).map(|s| format!("{} · {}", s.id, s.title));
                let title = match (named, self.several) {
                    (Some(named), false) => named,
                    (Some(named), true) => format!("{} · {named}", about.short_title),
                    (None, _) => about.title.clone(),
                };
                self.found.push((of.section, PlainSection { title, first: number, items: vec![plain] }));
            }
        }
    }

    pub fn finish(self) -> Vec<PlainSection> {
        self.found.into_iter().map(|(_, section)| section).collect()
    }
}

fn figure(figure: &quiz::Figure) -> PlainFigure {
    PlainFigure { alt: figure.alt.clone(), caption: figure.caption.words() }
}

fn stimulus(stimulus: &Stimulus) -> PlainStimulus {
    let passage = |passage: &Passage| match passage {
        Passage::Figure { figure: shown } => {
            PlainPassage { text: Vec::new(), credit: Vec::new(), figure: Some(figure(shown)) }
        }
        // A passage of the letter is told by its place: the letter is before those who read the list.
        Passage::Words { p: Some(n), .. } => {
            let text = runs(&Text::Plain(format!("¶{n}")));
            PlainPassage { text, credit: Vec::new(), figure: None }
        }
        Passage::Words { text, credit, p: None } => {
            PlainPassage { text: runs(text), credit: runs(credit), figure: None }
        }
    };
    PlainStimulus {
        title: runs(&stimulus.title),
        intro: runs(&stimulus.intro),
        passages: stimulus.passages.iter().map(passage).collect(),
    }
}

fn runs(text: &Text) -> Vec<PlainRun> {
    let run = |(words, style): (&str, &str)| PlainRun {
        t: words.to_owned(),
        em: style.contains("em"),
        strong: style.contains("strong"),
    };
    text.runs().into_iter().map(run).collect()
}

fn authored(source: &str) -> Vec<PlainRun> {
    runs(&Text::authored(source))
}

fn first(entries: &[Labelled]) -> String {
    entries.first().map_or_else(String::new, |entry| entry.label.clone())
}

fn list(head: &str, entries: &[Labelled]) -> PlainList {
    PlainList {
        head: authored(head),
        labels: first(entries),
        entries: entries.iter().map(|e| authored(&e.text)).collect(),
    }
}

/// What is asked, without stem, number and picture.
fn asked(item: &Item, question: &Question, (labels, genre): (&Labels, &str)) -> PlainItem {
    let mut plain = PlainItem {
        stimulus: None,
        shares_with: None,
        stem: Vec::new(),
        lead: Vec::new(),
        figure: None,
        lists: Vec::new(),
        answer: Vec::new(),
        because: Vec::new(),
        places: String::new(),
    };
    match &question.prompt {
        Prompt::Choice { options, choose } => {
            if *choose > 1 {
                plain.lead = authored(&fill(&labels.choose, &[("n", &choose.to_string())]));
            }
            plain.lists.push(list("", options));
        }
        Prompt::TrueFalse => plain.lead = authored(&format!("{} / {}", labels.true_word, labels.false_word)),
        Prompt::StatementCheck => {
            let verdicts = [&labels.supported_word, &labels.contradicted_word, &labels.not_stated_word];
            let all = verdicts.map(|verdict| fill(verdict, &[("genre", genre)])).join(" / ");
            plain.lead = authored(&all);
        }
        Prompt::Matching { heads, premises, responses } => {
            plain.lists = vec![list(&heads[0], premises), list(&heads[1], responses)];
        }
        Prompt::Attribution { speakers, statements } => {
            plain.lists = vec![list("", speakers), list("", statements)];
        }
        Prompt::Ordering { elements, .. } => plain.lists.push(list("", elements)),
        Prompt::Cloze { words, .. } => {
            plain.lead = cloze(&item.task);
            let entries = words.iter().map(|word| authored(word)).collect();
            plain.lists.push(PlainList { head: Vec::new(), labels: String::new(), entries });
        }
        Prompt::EvidenceFinding { search_in } => {
            let places: Vec<String> = search_in.iter().map(|n| format!("¶{n}")).collect();
            plain.lead = authored(&fill(&labels.look_in, &[("places", &places.join(", "))]));
        }
        Prompt::Paired { answers, quotations, .. } => {
            let part_b = match &item.task {
                Task::Paired { part_b, .. } => runs(part_b),
                _ => Vec::new(),
            };
            let entries = quotations.iter().map(|q| runs(&Text::verbatim(&format!("“{}”", q.text)))).collect();
            plain.lists = vec![list("", answers), PlainList { head: part_b, labels: first(quotations), entries }];
        }
        Prompt::Numeric { .. }
        | Prompt::ShortAnswer { .. }
        | Prompt::Essay { .. }
        | Prompt::Organizer { .. }
        | Prompt::Discussion { .. } => {}
    }
    plain
}

/// The passage with its blanks.
fn cloze(task: &Task) -> Vec<PlainRun> {
    let Task::Cloze { passage, .. } = task else { return Vec::new() };
    let piece = |piece: &Piece| match piece {
        Piece::Words(text) => runs(text),
        Piece::Blank { .. } => vec![PlainRun { t: "____".to_owned(), em: false, strong: false }],
    };
    passage.iter().flat_map(piece).collect()
}

/// The same with its answer.
fn answered(mut plain: PlainItem, item: &Item, right: &Right, (labels, genre): (&Labels, &str)) -> PlainItem {
    plain.answer = match (&item.task, right) {
        (Task::TrueFalse { answer: true, .. }, _) => vec![authored(&labels.true_word)],
        (Task::TrueFalse { corrections, .. }, _) => {
            let right = corrections.iter().find(|correction| correction.right).map(|right| runs(&right.text));
            std::iter::once(authored(&labels.false_word)).chain(right).collect()
        }
        (Task::Statement { verdict, .. }, _) => vec![authored(&fill(
            match verdict.as_str() {
                "supported" => &labels.supported_word,
                "contradicted" => &labels.contradicted_word,
                _ => &labels.not_stated_word,
            },
            &[("genre", genre)],
        ))],
        (Task::Ideas { ideas, .. }, _) => ideas.iter().map(|idea| runs(&idea.idea)).collect(),
        (Task::Numeric { answer, unit, .. }, _) => vec![authored(format!("{answer} {unit}").trim())],
        (_, Right::Labels(labels)) => vec![authored(&labels.join(", "))],
        (_, Right::Word(word)) => vec![runs(&Text::verbatim(&format!("“{word}”")))],
        (_, Right::Pairs(pairs)) => {
            let all: Vec<String> = pairs.iter().map(|(premise, response)| format!("{premise} – {response}")).collect();
            vec![authored(&all.join(", "))]
        }
        (_, Right::Sequence(sequence)) => vec![authored(&sequence.join(" → "))],
        (_, Right::Words(words)) => vec![authored(&words.join(", "))],
        (_, Right::Paired(answer, quotation)) => vec![authored(&format!("{answer}, {quotation}"))],
        (_, Right::Open) => Vec::new(),
    };
    plain.because = match &item.task {
        Task::Choice { options, .. } | Task::Paired { answers: options, .. } => {
            options.iter().find(|option| option.right).map_or_else(Vec::new, |right| runs(&right.because))
        }
        Task::TrueFalse { because, .. } | Task::Statement { because, .. } => runs(because),
        _ => Vec::new(),
    };
    let proof = item.evidence.iter().filter(|e| e.role == "key");
    let mut places: Vec<String> = Vec::new();
    for place in proof.filter_map(|e| e.p.map(|n| format!("¶{n}")).or_else(|| e.from.clone())) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    plain.places = places.join(", ");
    plain
}
