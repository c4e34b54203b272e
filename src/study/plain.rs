//! The questions as a plain list with their answers: what a page shows where no script runs, and what it prints.

use serde::Serialize;

use super::quiz::{Item, Piece, Task};
use super::{Chapter, Settings, Text};
use crate::bank;
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
    /// What is asked.
    pub stem: Vec<PlainRun>,
    /// Direction under it, such as `Choose 2.`.
    pub lead: Vec<PlainRun>,
    /// Address of a picture, what is to be seen on it, and what is said of it.
    pub figure: Option<[String; 3]>,
    /// Lists to choose from: options, premises and responses, answers and quotations.
    pub lists: Vec<PlainList>,
    /// The answer, a line for each of its parts.
    pub answer: Vec<Vec<PlainRun>>,
    /// Why it is right.
    pub because: Vec<PlainRun>,
    /// Where the letter shows it: `¶1, ¶2`.
    pub places: String,
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

/// Questions gathered under the headings of their sections.
pub(super) struct Sections<'a> {
    chapter: &'a Chapter<'a>,
    several: bool,
    found: Vec<(usize, PlainSection)>,
}

impl<'a> Sections<'a> {
    pub fn of(chapter: &'a Chapter<'a>, several: bool) -> Self {
        Sections { chapter, several, found: Vec::new() }
    }

    /// Adds a question; it stands under its section, behind those that are there.
    pub fn push(&mut self, item: &Item, of: &bank::Item, shown: (&Question, &Right), settings: &Settings<'_>) {
        let plain = PlainItem {
            stem: runs(&item.stem),
            figure: item.figure.as_ref().map(|f| [f.src.clone(), f.alt.clone(), f.caption.words()]),
            ..asked(item, shown.0, settings)
        };
        let plain = answered(plain, item, shown.1, settings);
        match self.found.iter_mut().find(|(section, _)| *section == of.section) {
            Some((_, section)) => section.items.push(plain),
            None => {
                let about = &self.chapter.letter.about;
                let named = about.sections.get(of.section).map(|s| format!("{} · {}", s.id, s.title));
                let title = match (named, self.several) {
                    (Some(named), false) => named,
                    (Some(named), true) => format!("{} · {named}", about.short_title),
                    (None, _) => about.title.clone(),
                };
                self.found.push((of.section, PlainSection { title, first: 0, items: vec![plain] }));
            }
        }
    }

    /// The sections; their questions are numbered on from those before.
    pub fn finish(self, before: usize) -> Vec<PlainSection> {
        let mut next = before + 1;
        let numbered = |(_, section): (usize, PlainSection)| {
            let first = next;
            next += section.items.len();
            PlainSection { first, ..section }
        };
        self.found.into_iter().map(numbered).collect()
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
    PlainList { head: authored(head), labels: first(entries), entries: entries.iter().map(|e| authored(&e.text)).collect() }
}

/// What is asked, without stem, number and picture.
fn asked(item: &Item, question: &Question, settings: &Settings<'_>) -> PlainItem {
    let labels = settings.labels;
    let mut plain = PlainItem {
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
            let all = verdicts.map(|verdict| fill(verdict, &[("genre", "text")])).join(" / ");
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
fn answered(
    mut plain: PlainItem,
    item: &Item,
    right: &Right,
    settings: &Settings<'_>,
) -> PlainItem {
    let labels = settings.labels;
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
            &[("genre", "text")],
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
