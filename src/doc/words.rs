//! The words of its language that a page itself needs, printed or spoken.

use super::{Bubble, Labelled};
use crate::text::{Asked, Inline, fill};

/// What is printed or spoken of the page itself and of marks that sight alone explains. `{n}` and the like are filled in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// `page {n} of {count}`.
    pub page: String,
    /// On the back that `duplex` adds.
    pub empty_page: String,
    /// Spoken for a blank without a number.
    pub blank: String,
    /// Spoken: `blank {n} of {count}`.
    pub numbered_blank: String,
    /// Spoken for `¶7`: `paragraph {n}`.
    pub paragraph: String,
    /// Spoken for the call of a footnote: `footnote {n}`.
    pub footnote: String,
    /// Printed where one paragraph `{n}` of a reading is left out, and spoken.
    pub omitted_one: [String; 2],
    /// Printed where the paragraphs `{from}` to `{to}` are left out, and spoken.
    pub omitted_many: [String; 2],
    /// The same for one paragraph where paragraphs have no numbers.
    pub omitted_unnumbered_one: [String; 2],
    /// The same for `{count}` paragraphs.
    pub omitted_unnumbered_many: [String; 2],
    /// In place of a sentence on the numbers of paragraphs, where lines alone have numbers.
    pub lines_numbered: String,
    /// Spoken for an empty box before an option.
    pub tick_box: String,
    /// Spoken before the words to choose from.
    pub word_bank: String,
    /// Over the rest of what a page's end parted: `{label}, continued`.
    pub continued: String,
    /// The same over what has no label.
    pub goes_on: String,
    /// Spoken for the circles of a question, `A, B, C or D`: `{letters} or {last}`.
    pub choices: String,
    /// In the margin of another print, where page `{n}` of the standard one begins: its lines.
    pub standard_page: [String; 2],
    /// One numbered line `{n}` of a reading, printed and spoken.
    pub line: [String; 2],
    /// The lines `{from}` to `{to}`, printed and spoken.
    pub lines: [String; 2],
    /// A paragraph, and several, named by their `{lines}` alone: in the singular and the plural, so that sentences stay right.
    pub paragraph_at: String,
    /// See `paragraph_at`.
    pub paragraphs_at: String,
    /// Between the last two paragraphs of a list, as authors write it.
    pub and: String,
    /// Before a paragraph in which something is found, as authors write it: `in `, small.
    pub inside: String,
    /// Spoken for an option that is chosen on a screen: what is `{asked}`, its `{label}` and first words, `{text}`.
    pub option: String,
    /// Spoken for room to write in that a page's end parts: `{asked}, part {n} of {count}`.
    pub asked_part: String,
}

impl Words {
    /// The number of a page.
    pub fn page(&self, number: usize, count: usize) -> String {
        fill(&self.page, &[("n", &number.to_string()), ("count", &count.to_string())])
    }

    /// A blank: its number and how many there are.
    pub fn blank(&self, number: Option<(u32, u32)>) -> String {
        match number {
            Some((number, count)) => {
                fill(&self.numbered_blank, &[("n", &number.to_string()), ("count", &count.to_string())])
            }
            None => self.blank.clone(),
        }
    }

    /// The call of a footnote.
    pub fn footnote(&self, number: u32) -> String {
        fill(&self.footnote, &[("n", &number.to_string())])
    }

    /// A paragraph's mark.
    pub fn paragraph(&self, number: u32) -> String {
        fill(&self.paragraph, &[("n", &number.to_string())])
    }

    /// An option that is chosen on a screen, by its label and first words.
    pub fn option(&self, asked: &Asked, option: &Labelled) -> String {
        let text = self.first_words(&option.text);
        fill(&self.option, &[("asked", &asked.words), ("label", &option.label), ("text", &text)])
    }

    /// A part of room to write in that a page's end parts.
    pub fn asked_part(&self, asked: &str, number: usize, count: usize) -> String {
        let numbers = [number, count].map(|number| number.to_string());
        fill(&self.asked_part, &[("asked", asked), ("n", &numbers[0]), ("count", &numbers[1])])
    }

    /// The first words of a text as they are spoken, enough to know it by.
    pub fn first_words(&self, text: &[Inline]) -> String {
        const MOST: usize = 60;
        let all = self.spoken(text);
        let mut out = String::new();
        for word in all.split_whitespace() {
            if !out.is_empty() && out.chars().count() + word.chars().count() > MOST {
                return out + " …";
            }
            out += if out.is_empty() { "" } else { " " };
            out += word;
        }
        out
    }

    /// A text as it is spoken: marks in words.
    fn spoken(&self, text: &[Inline]) -> String {
        let spoken = |inline: &Inline| match inline {
            Inline::Text(text) | Inline::Entry(text) => text.clone(),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Foreign(_, inner) => self.spoken(inner),
            Inline::ParagraphRef(number) => self.paragraph(*number),
            Inline::Call(number) => format!(" {}", self.footnote(*number)),
            Inline::Lines([_, spoken]) => spoken.clone(),
            Inline::Blank { number, .. } => self.blank(*number),
        };
        text.iter().map(spoken).collect()
    }

    /// What is spoken for a row of circles: its letters.
    pub fn choices(&self, row: &[Bubble]) -> String {
        match row {
            [before @ .., last] if !before.is_empty() => {
                let letters: Vec<&str> = before.iter().map(|bubble| bubble.letter.as_str()).collect();
                fill(&self.choices, &[("letters", &letters.join(", ")), ("last", &last.letter)])
            }
            row => row.iter().map(|bubble| bubble.letter.as_str()).collect(),
        }
    }

    /// Numbered lines: printed, spoken.
    pub fn lines(&self, from: u32, to: u32) -> [String; 2] {
        let labels = if from == to { &self.line } else { &self.lines };
        let (from, to) = (from.to_string(), to.to_string());
        labels.each_ref().map(|label| fill(label, &[("n", &from), ("from", &from), ("to", &to)]))
    }

    /// Paragraphs left out: printed, spoken.
    pub fn omitted(&self, from: u32, to: u32) -> [String; 2] {
        let labels = if from == to { &self.omitted_one } else { &self.omitted_many };
        let (from, to) = (from.to_string(), to.to_string());
        labels.each_ref().map(|label| fill(label, &[("n", &from), ("from", &from), ("to", &to)]))
    }

    /// The same where paragraphs have no numbers.
    pub fn omitted_unnumbered(&self, from: u32, to: u32) -> [String; 2] {
        let labels = if from == to { &self.omitted_unnumbered_one } else { &self.omitted_unnumbered_many };
        let count = (to - from + 1).to_string();
        labels.each_ref().map(|label| fill(label, &[("count", &count)]))
    }
}
