//! Reading aids that are asked for: whether the bank has them, and what the user should know of them.

use std::collections::BTreeSet;

use super::Failure;
use super::run::Run;
use super::source::Source;
use crate::bank::{Item, Kind};
use crate::blueprint::Aid;
use crate::letter::Section;
use crate::sheet::{Paper, Question};

/// Whether the bank has what is asked for, by flags, blueprint or roster.
///
/// # Errors
/// Every aid that it lacks, and the remedy.
pub(super) fn are_there(source: &Source, aids: &BTreeSet<Aid>) -> Result<(), Failure> {
    let about = &source.letter.about;
    let lacking: Vec<&str> = aids
        .iter()
        .filter_map(|aid| match aid {
            Aid::Glossary => about.glossary.is_empty().then_some("a glossary (`glossary:`)"),
            Aid::Starters => {
                // Those of a discussion are printed anyway.
                let own = |item: &Item| item.kind() != Kind::Discussion && !item.starters.is_empty();
                let own = source.bank.items.iter().any(own);
                (about.starters.is_empty() && !own).then_some("sentence starters (`starters:`)")
            }
            Aid::Adapted => {
                let none = about.sections.iter().all(|section| section.adapted.is_empty());
                none.then_some("the adapted text of any section (`adapted:`)")
            }
        })
        .collect();
    if lacking.is_empty() {
        return Ok(());
    }
    Err(Failure::with_help(
        format!("this bank’s letter.yaml does not have {}", lacking.join(", nor ")),
        "write it into letter.yaml, as questions/README.md shows, or do not ask for it; nothing was written",
    ))
}

/// What a run asks for and its sheets have no use for, or have in part; and what a teacher must know of modified sheets.
pub(super) fn notes(run: &Run<'_>, paper: &Paper) -> Vec<String> {
    let asked = &run.blueprint.aids;
    let mut notes = Vec::new();
    if asked.contains(&Aid::Starters) && !paper.questions().any(Question::is_written) {
        notes.push("no question asks for an answer in sentences: no sentence starters are printed".to_owned());
    }
    if asked.contains(&Aid::Glossary) && paper.glossary.is_empty() {
        notes.push("the glossary has no word of these paragraphs that no question asks about".to_owned());
    }
    if asked.contains(&Aid::Adapted) {
        let letter = &run.source.letter;
        let paragraphs = paper.paragraphs(letter);
        let printed = |section: &&Section| section.range().any(|n| paragraphs.contains(&n));
        let (plain, adapted): (Vec<&Section>, Vec<&Section>) =
            letter.about.sections.iter().filter(printed).partition(|section| section.adapted.is_empty());
        if !adapted.is_empty() {
            notes.push(
                "M after the code marks the sheets with the adapted text: a modification, whose scores are kept apart"
                    .to_owned(),
            );
        }
        if !plain.is_empty() {
            let ids: Vec<&str> = plain.iter().map(|section| section.id.as_str()).collect();
            notes.push(format!("letter.yaml has no adapted text of section {}", ids.join(", ")));
        }
    }
    notes
}
