//! What became of each question, line by line.

use serde::Serialize;

use super::names::Names;

/// How much of a question is in the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Became {
    /// All that the file has of it.
    Whole,
    /// Something was changed or left out.
    Changed,
    /// It is not in the bank.
    Dropped,
}

/// What became of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What the file calls it.
    pub name: String,
    /// Id of the item in the bank; empty if it was dropped.
    pub item: String,
    /// How much of it is there.
    pub became: Became,
    /// What was changed, or why it was dropped, each as the end of a sentence.
    pub why: Vec<String>,
}

/// The lines so far.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub lines: Vec<Line>,
    ids: Names,
}

impl Ledger {
    /// A question that is not in the bank.
    pub fn dropped(&mut self, name: &str, why: &str) {
        let why = vec![why.to_owned()];
        self.lines.push(Line { name: name.to_owned(), item: String::new(), became: Became::Dropped, why });
    }

    /// A question that is.
    pub fn carried(&mut self, name: &str, item: &str, why: Vec<String>) {
        let became = if why.is_empty() { Became::Whole } else { Became::Changed };
        self.lines.push(Line { name: name.to_owned(), item: item.to_owned(), became, why });
    }

    /// An id that no item has yet, made of what the file calls the question.
    pub fn id(&mut self, name: &str) -> String {
        self.ids.id(name, self.lines.len() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_free_and_made_of_names() {
        let mut ledger = Ledger::default();
        let ids: Vec<String> =
            ["Why?", "why", "why-2", "WHY", "7", "7", "?!"].iter().map(|name| ledger.id(name)).collect();
        assert_eq!(ids, ["why", "why-2", "why-2-2", "why-3", "q-7", "q-7-2", "q-1"]);
        let many: std::collections::BTreeSet<String> = (0..50_000).map(|_| ledger.id("the same")).collect();
        assert_eq!(many.len(), 50_000);
    }
}
