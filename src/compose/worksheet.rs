//! Paper → worksheet: what the pupil gets. No key comes near it.

use std::sync::Arc;

use super::figure::figure;
use super::question::question;
use super::reading::reading;
use super::{Context, Labels, aids, asked, languages};
use crate::bank::Passage;
use crate::blueprint::{Headnote, Reading};
use crate::doc::{AnswerGrid, Block, Bubble, CellContent, Document, Field, Grid, GridCell, Masthead, Role, Running};
use crate::sheet::{self, Entry, Paper, Prompt, Question};
use crate::text::{Asked, Inline, parse};

/// From so many questions with a letter for an answer on, the sheet has an answer grid.
const GRID_FROM: usize = 5;

/// The worksheet of a form.
pub fn worksheet(paper: &Paper, context: Context<'_>) -> Document {
    let labels = context.labels;
    let title = context.title(paper).to_owned();
    let version = context.version(paper.form);
    let mut blocks = vec![Block::Masthead(masthead(paper, context))];
    let about = &context.letter.about;
    let headnote = match paper.headnote {
        Headnote::None => "",
        Headnote::Short => &about.headnote.short,
        Headnote::Full => &about.headnote.full,
    };
    if !headnote.is_empty() {
        blocks.push(Block::Paragraph { role: Role::Note, text: parse(headnote) });
    }
    if paper.reading == Reading::None {
        blocks.push(Block::Paragraph { role: Role::Directions, text: parse(&context.named(&labels.letter_needed)) });
    }
    blocks.extend(answer_grid(paper, context));
    blocks.extend(reading(paper, context));
    let mut starters = aids::starters(paper.questions(), context);
    for part in &paper.parts {
        let points: u32 = entries(&part.entries).map(|q| q.points).sum();
        let note = (points > 0).then(|| vec![Inline::text(labels.count_points(points))]);
        blocks.push(Block::Heading { level: 2, text: parse(&part.title), note });
        if !part.directions.is_empty() {
            blocks.push(Block::Paragraph { role: Role::Directions, text: parse(&part.directions) });
        }
        // Before the first part that asks for writing.
        if aids::starters(entries(&part.entries), context).is_some() {
            blocks.extend(starters.take());
        }
        for entry in &part.entries {
            match entry {
                Entry::Question(q) => blocks.push(question(q, context)),
                Entry::Set(set, questions) => {
                    let mut kept: Vec<Block> =
                        context.sets.get(*set).map(|set| stimulus(set, labels)).into_iter().collect();
                    kept.extend(questions.iter().map(|q| question(q, context)));
                    blocks.push(Block::Keep(kept));
                }
            }
        }
    }
    languages::mark(&mut blocks, &about.languages);
    Document {
        title: format!("{title} · {version}"),
        language: about.language.clone(),
        style: context.style,
        words: context.labels.page_words.clone(),
        running: context.running(
            format!("{title} · {}", about.short_title),
            version,
            aids::marked_code(paper, context),
            false,
        ),
        lines: None,
        blocks,
    }
}

/// The items of a bank as a worksheet to choose from: like a form's, but without what a form alone has, its letter, its code and
/// its points.
pub fn collection(paper: &Paper, context: Context<'_>) -> Document {
    without_form(worksheet(paper, context), paper, context)
}

/// A document without what only a drawn form has.
pub(super) fn without_form(document: Document, paper: &Paper, context: Context<'_>) -> Document {
    let title = document.title.replace(&format!(" · {}", context.version(paper.form)), "");
    let [left, _] = document.running.head;
    let code = context.letter.about.id.clone();
    let running = Running { head: [left, String::new()], code, ..document.running };
    let mut blocks = document.blocks;
    for block in &mut blocks {
        match block {
            Block::Masthead(masthead) => {
                masthead.form = None;
                masthead.fields.retain(|field| field.label != context.labels.score);
            }
            Block::Heading { note, .. } => *note = None,
            _ => {}
        }
    }
    Document { title, running, blocks, ..document }
}

/// A question by itself, under its stimulus if it has one: a document for the eye of an author.
pub fn alone(question: &Question, set: Option<usize>, context: Context<'_>) -> Document {
    let stimulus = set.and_then(|set| context.sets.get(set)).map(|set| stimulus(set, context.labels));
    Document {
        title: question.item.clone(),
        language: context.letter.about.language.clone(),
        style: context.style,
        words: context.labels.page_words.clone(),
        running: Running::default(),
        lines: None,
        blocks: stimulus.into_iter().chain([self::question(question, context)]).collect(),
    }
}

fn masthead(paper: &Paper, context: Context<'_>) -> Masthead {
    let (labels, heading) = (context.labels, context.heading);
    let kicker: Vec<&str> =
        [heading.class.as_str(), heading.teacher.as_str()].into_iter().filter(|s| !s.is_empty()).collect();
    let field = |label: &str, filled: &str, weight, name: Option<&str>| {
        let asked = name.filter(|_| context.style.fillable);
        let asked = asked.map(|name| Arc::new(Asked { name: name.to_owned(), words: label.to_owned() }));
        Field { label: label.to_owned(), filled: filled.to_owned(), personal: false, weight, asked }
    };
    let name = field(&labels.name, &heading.pupil, 6, Some("name"));
    Masthead {
        kicker: kicker.join(" · "),
        title: context.title(paper).to_owned(),
        subtitle: context.subtitle(),
        form: Some((paper.form.letter(), context.version(paper.form))),
        fields: vec![
            Field { personal: !heading.pupil.is_empty(), ..name },
            field(&labels.date, "", 3, Some("date")),
            field(&labels.class, &heading.class, 3, Some("class")),
            field(&labels.score, &format!("/ {}", paper.points()), 2, None),
        ],
        citation: context.letter.about.citation.clone(),
    }
}

fn entries(list: &[Entry]) -> impl Iterator<Item = &Question> {
    list.iter().flat_map(|entry| match entry {
        Entry::Question(question) => std::slice::from_ref(question),
        Entry::Set(_, questions) => questions.as_slice(),
    })
}

/// The answer grid, for a pencil; on a sheet with few answers by letters there is none, nor on one that is filled in on a screen,
/// where letters are chosen where they stand.
fn answer_grid(paper: &Paper, context: Context<'_>) -> Option<Block> {
    let labels = context.labels;
    let lettered = lettered(paper, labels);
    if !has_answer_grid(paper, context) {
        return None;
    }
    let note = match context.style.answer_grid {
        AnswerGrid::Letters => &labels.answers_note,
        AnswerGrid::Bubbles => &labels.bubbles_note,
        AnswerGrid::None => return None,
    };
    let cells = lettered.iter().flat_map(|question| grid_cells(question, &[], context)).collect();
    Some(Block::Keep(vec![
        Block::Grid(Grid { label: labels.answers.clone(), cells }),
        Block::Paragraph { role: Role::Note, text: parse(note) },
    ]))
}

/// Whether the sheet of a form has an answer grid.
pub(super) fn has_answer_grid(paper: &Paper, context: Context<'_>) -> bool {
    let style = context.style;
    let many = || lettered(paper, context.labels).len() >= GRID_FROM;
    style.answer_grid != AnswerGrid::None && !style.fillable && many()
}

/// A question that is answered by letters.
pub(super) struct Lettered {
    pub number: u32,
    /// How many letters its answer has, in each part.
    letters: u32,
    /// For each of its parts the letters to choose from: as the key has them, and as they are printed.
    parts: Vec<Vec<(String, String)>>,
}

/// The questions that have a cell in the answer grid: those answered by letters.
pub(super) fn lettered(paper: &Paper, labels: &Labels) -> Vec<Lettered> {
    let options =
        |list: &[sheet::Labelled]| list.iter().map(|o| (o.label.clone(), o.label.clone())).collect::<Vec<_>>();
    let words =
        |list: &[(&str, &String)]| list.iter().map(|(word, letter)| ((*word).to_owned(), (*letter).clone())).collect();
    let parts = |question: &Question| match &question.prompt {
        Prompt::Choice { options: list, .. } => Some(vec![options(list)]),
        Prompt::TrueFalse => Some(vec![words(&[("T", &labels.true_letter), ("F", &labels.false_letter)])]),
        Prompt::StatementCheck => Some(vec![words(&[
            ("S", &labels.supported_letter),
            ("C", &labels.contradicted_letter),
            ("N", &labels.not_stated_letter),
        ])]),
        Prompt::Paired { answers, quotations, .. } => Some(vec![options(answers), options(quotations)]),
        _ => None,
    };
    let letters = |question: &Question| match question.prompt {
        Prompt::Choice { choose, .. } => choose,
        _ => 1,
    };
    let lettered = |question: &Question| {
        Some(Lettered { number: question.number, letters: letters(question), parts: parts(question)? })
    };
    paper.questions().filter_map(lettered).collect()
}

/// The cells of a question in the answer grid, one for each of its parts, with what is right there; without it they are the
/// pupil’s.
pub(super) fn grid_cells(question: &Lettered, right: &[Vec<String>], context: Context<'_>) -> Vec<GridCell> {
    let labels = context.labels;
    let cell = |(at, choices): (usize, &Vec<(String, String)>)| {
        let right = |word: &String| right.get(at).is_some_and(|right| right.contains(word));
        let bubble = |(word, letter): &(String, String)| Bubble { letter: letter.clone(), filled: right(word) };
        let content = match context.style.answer_grid {
            AnswerGrid::Bubbles => CellContent::Bubbles(choices.iter().map(bubble).collect()),
            AnswerGrid::Letters | AnswerGrid::None => {
                let filled = choices.iter().filter(|(word, _)| right(word));
                CellContent::Letters(filled.map(|(_, letter)| letter.as_str()).collect())
            }
        };
        let number = question.number.to_string();
        let (number, spoken) = match [&labels.part_a, &labels.part_b].get(at) {
            Some(part) if question.parts.len() > 1 => {
                (format!("{number}{}", asked::letter(at as u32 + 1)), Some(asked::part(&number, part, labels)))
            }
            _ => (number, None),
        };
        GridCell { number, spoken, letters: question.letters, content }
    };
    question.parts.iter().enumerate().map(cell).collect()
}

fn stimulus(set: &crate::bank::StimulusSet, labels: &Labels) -> Block {
    let mut body = Vec::new();
    if !set.intro.is_empty() {
        body.push(Block::Paragraph { role: Role::Directions, text: parse(&set.intro) });
    }
    for passage in &set.passages {
        match passage {
            Passage::Letter(quote) => {
                body.push(Block::Paragraph { role: Role::Quotation, text: labels.quotation(quote.cite, &quote.text) });
            }
            Passage::Other(text, source) => {
                body.push(Block::Paragraph { role: Role::Quotation, text: parse(text) });
                body.push(Block::Paragraph { role: Role::Note, text: parse(source) });
            }
            Passage::Figure(shown) => body.push(figure(shown)),
        }
    }
    Block::Frame { title: Some(parse(&set.title)), body, whole: true }
}
