//! Items of a bank as one sheet, all of them: nothing is drawn, and no limit is asked for.

use super::arrange::question;
use super::present::present;
use crate::bank::{Bank, Item};
use crate::blueprint::{Headnote, Reading};
use crate::code::{SheetCode, short};
use crate::letter::Letter;
use crate::rng::{Form, Purpose, Seed, Stream};
use crate::sheet::{Answer, Entry, Fairness, Key, Paper, PaperPart, Question, Sheet};

/// Items as a sheet, in the order given, a part for each title; items of a set that follow one another stand under its
/// stimulus. Their options are shuffled as [`alone`](super::alone) shuffles them. It has the paragraphs that they cite, and no
/// figures, since it is no form.
pub fn collected(parts: &[(String, Vec<&Item>)], letter: &Letter, bank: &Bank, seed: Seed) -> Sheet {
    let mut answers = Vec::new();
    let mut numbered = |item: &Item| -> Question {
        let mut stream = Stream::new(seed, Form::FIRST, Purpose { id: &item.id, what: "options", attempt: 0 });
        let shown = present(item, letter, &mut stream);
        let number = answers.len() as u32 + 1;
        let question = question(item, number, &shown);
        answers.push(Answer { number, item: item.id.clone(), right: shown.right, labels: shown.labels });
        question
    };
    let parts = parts.iter().map(|(title, items)| {
        let mut entries: Vec<Entry> = Vec::new();
        for item in items {
            let question = numbered(item);
            match (entries.last_mut(), item.set) {
                (Some(Entry::Set(set, questions)), Some(own)) if *set == own => questions.push(question),
                (_, Some(set)) => entries.push(Entry::Set(set, vec![question])),
                (_, None) => entries.push(Entry::Question(question)),
            }
        }
        PaperPart { title: title.clone(), directions: String::new(), entries }
    });
    let parts = parts.collect();
    let headnote = &letter.about.headnote;
    let paper = Paper {
        title: letter.about.title.clone(),
        form: Form::FIRST,
        code: SheetCode { seed, form: Form::FIRST, bank: short(&bank.fingerprint), blueprint: 0 },
        reading: Reading::Cited,
        headnote: if headnote.full.is_empty() { Headnote::Short } else { Headnote::Full },
        glossary: Vec::new(),
        parts,
    };
    Sheet { paper, key: Key { answers, fairness: Fairness::default() } }
}
