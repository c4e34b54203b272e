//! What a worksheet that is filled in on a screen asks for: a name and words for each blank, choice and answer space.

use std::sync::Arc;

use super::{Labels, fill};
use crate::doc::{Block, Choice, Labelled};
use crate::text::{Asked, Inline};

/// A place to fill in, in a question's blocks.
enum Place<'a> {
    Choice(&'a mut Choice),
    /// Room to write in, and what stands before it in its row of a table.
    Space(&'a mut Option<Arc<Asked>>, Option<String>),
    /// A blank in a text, with its number.
    Blank(&'a mut Option<Arc<Asked>>, Option<(u32, u32)>),
    /// A blank before a premise or a statement: the label, and the words that spoken go with it.
    Before(&'a mut Option<Arc<Asked>>, String, String),
}

/// Gives each place of a question's blocks its name, `7` or `7.blank.3`, and its words.
pub(super) fn ask(number: u32, blocks: &mut [Block], labels: &Labels) {
    let mut counts = Counts::default();
    places(blocks, None, labels, &mut |place| counts.note(&place));
    let question = question(&number.to_string(), labels);
    let mut met = Counts::default();
    places(blocks, None, labels, &mut |place| {
        met.note(&place);
        let (part, what) = match &place {
            Place::Choice(choice) if choice.part.is_empty() => ("choice".to_owned(), String::new()),
            Place::Choice(choice) => (letter(met.choices), choice.part.clone()),
            Place::Space(_, Some(row)) => (numbered("text", met.spaces, counts.spaces), row.clone()),
            Place::Space(_, None) => (numbered("text", met.spaces, counts.spaces), labels.asked_answer.clone()),
            Place::Blank(_, Some((n, count))) => (format!("blank.{n}"), labels.page_words.blank(Some((*n, *count)))),
            Place::Blank(_, None) => {
                let which = (counts.blanks > 1).then_some((met.blanks, counts.blanks));
                (numbered("line", met.blanks, counts.blanks), labels.page_words.blank(which))
            }
            Place::Before(_, label, words) => (label.clone(), words.clone()),
        };
        // One place alone goes by the question's number.
        let name = if counts.places == 1 { number.to_string() } else { format!("{number}.{part}") };
        let words = match what.is_empty() {
            true => question.clone(),
            false => within(&question, &what, labels),
        };
        let asked = Some(Arc::new(Asked { name, words }));
        match place {
            Place::Choice(choice) => choice.asked = asked,
            Place::Space(place, _) | Place::Blank(place, _) | Place::Before(place, ..) => *place = asked,
        }
    });
}

fn question(number: &str, labels: &Labels) -> String {
    fill(&labels.asked_question, &[("n", number)])
}

fn within(question: &str, what: &str, labels: &Labels) -> String {
    fill(&labels.asked_within, &[("question", question), ("what", what)])
}

/// A part of a question in words: `Question 16, Part A`.
pub(super) fn part(number: &str, part: &str, labels: &Labels) -> String {
    within(&question(number, labels), part, labels)
}

#[derive(Default)]
struct Counts {
    places: u32,
    choices: u32,
    spaces: u32,
    /// Those without a number of their own.
    blanks: u32,
}

impl Counts {
    fn note(&mut self, place: &Place<'_>) {
        self.places += 1;
        match place {
            Place::Choice(_) => self.choices += 1,
            Place::Space(..) => self.spaces += 1,
            Place::Blank(_, None) => self.blanks += 1,
            Place::Blank(_, Some(_)) | Place::Before(..) => {}
        }
    }
}

fn numbered(word: &str, number: u32, count: u32) -> String {
    if count > 1 { format!("{word}.{number}") } else { word.to_owned() }
}

/// The letter of a part, counted from 1.
pub(super) fn letter(part: u32) -> String {
    char::from_u32(u32::from('A') + part.saturating_sub(1)).map_or_else(|| part.to_string(), String::from)
}

/// Visits the places in reading order; `row` is what heads the row of a table.
fn places(blocks: &mut [Block], row: Option<&str>, labels: &Labels, visit: &mut impl FnMut(Place<'_>)) {
    for block in blocks {
        match block {
            Block::Paragraph { text, .. } => blanks(text, visit),
            Block::Options { options, choice, .. } => {
                // A blank in an option that is chosen is none to fill in.
                match choice {
                    Some(choice) => visit(Place::Choice(choice)),
                    None => options.iter_mut().for_each(|option| before(option, labels, visit)),
                }
            }
            Block::AnswerSpace { asked, .. } => visit(Place::Space(asked, row.map(str::to_owned))),
            Block::List(entries) => entries.iter_mut().for_each(|entry| blanks(entry, visit)),
            Block::Table(table) => {
                for cells in &mut table.rows {
                    let head = cells.first().filter(|_| table.row_headers).and_then(|cell| head(cell, labels));
                    cells.iter_mut().for_each(|cell| places(cell, head.as_deref(), labels, visit));
                }
            }
            Block::Numbered { body, .. } | Block::Frame { body, .. } | Block::Keep(body) => {
                places(body, row, labels, visit);
            }
            Block::Masthead(_)
            | Block::Heading { .. }
            | Block::Passage(_)
            | Block::Terms { .. }
            | Block::WordBank(_)
            | Block::Figure(_)
            | Block::Grid(_)
            | Block::PageBreak => {}
        }
    }
}

/// The first words of a cell.
fn head(cell: &[Block], labels: &Labels) -> Option<String> {
    cell.iter().find_map(|block| match block {
        Block::Paragraph { text, .. } => Some(labels.page_words.first_words(text)),
        _ => None,
    })
}

/// The blanks of an option: one at its head is answered for the words after it.
fn before(option: &mut Labelled, labels: &Labels, visit: &mut impl FnMut(Place<'_>)) {
    match option.text.as_mut_slice() {
        [Inline::Blank { asked, .. }, after @ ..] => {
            let words = labels.page_words.first_words(after);
            let words = fill(&labels.asked_before, &[("label", &option.label), ("text", &words)]);
            visit(Place::Before(asked, option.label.clone(), words));
            blanks(after, visit);
        }
        text => blanks(text, visit),
    }
}

fn blanks(text: &mut [Inline], visit: &mut impl FnMut(Place<'_>)) {
    for inline in text {
        match inline {
            Inline::Blank { number, asked, .. } => visit(Place::Blank(asked, *number)),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Foreign(_, inner) => blanks(inner, visit),
            Inline::Text(_) | Inline::ParagraphRef(_) | Inline::Call(_) | Inline::Lines(_) | Inline::Entry(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Flow, Role, Words};
    use crate::text::parse;

    fn labels() -> Labels {
        let text = include_str!("../../templates/labels/en.yaml");
        serde_yaml::from_str(text).unwrap()
    }

    /// Name and words of each place.
    fn asked(number: u32, mut blocks: Vec<Block>) -> Vec<(String, String)> {
        let labels = labels();
        ask(number, &mut blocks, &labels);
        let mut found = Vec::new();
        places(&mut blocks, None, &labels, &mut |place| {
            let asked = match place {
                Place::Choice(choice) => choice.asked.clone(),
                Place::Space(asked, _) | Place::Blank(asked, _) | Place::Before(asked, ..) => asked.clone(),
            };
            let asked = asked.expect("every place is asked for");
            found.push((asked.name.clone(), asked.words.clone()));
        });
        found
    }

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, words)| ((*name).to_owned(), (*words).to_owned())).collect()
    }

    fn options(most: u32, part: &str, texts: &[(&str, &str)]) -> Block {
        let options = texts.iter().map(|(label, text)| Labelled { label: (*label).to_owned(), text: parse(text) });
        let choice = (most > 0).then(|| Choice { most, part: part.to_owned(), asked: None });
        Block::Options { flow: Flow::Stacked, options: options.collect(), choice }
    }

    #[test]
    fn one_place_goes_by_the_number_of_its_question() {
        let space = || Block::AnswerSpace { lines: 2, asked: None };
        assert_eq!(asked(7, vec![space()]), pairs(&[("7", "Question 7, your answer")]));
        assert_eq!(asked(4, vec![options(1, "", &[("A", "yes")])]), pairs(&[("4", "Question 4")]));
        assert_eq!(
            asked(5, vec![options(1, "", &[("T", "True")]), space()]),
            pairs(&[("5.choice", "Question 5"), ("5.text", "Question 5, your answer")])
        );
    }

    #[test]
    fn parts_blanks_and_statements_have_names_of_their_own() {
        assert_eq!(
            asked(12, vec![options(1, "Part A", &[("A", "yes")]), options(1, "Part B", &[("A", "no")])]),
            pairs(&[("12.A", "Question 12, Part A"), ("12.B", "Question 12, Part B")])
        );
        let cloze = vec![
            Inline::text("a "),
            Inline::blank(Some((1, 2)), 4.0),
            Inline::Strong(vec![Inline::blank(Some((2, 2)), 4.0)]),
        ];
        assert_eq!(
            asked(3, vec![Block::Paragraph { role: Role::Stem, text: cloze }]),
            pairs(&[("3.blank.1", "Question 3, blank 1 of 2"), ("3.blank.2", "Question 3, blank 2 of 2")])
        );
        assert_eq!(
            asked(9, vec![options(0, "", &[("a", "____ the ark of ¶6"), ("b", "____ the horse ____")])]),
            pairs(&[
                ("9.a", "Question 9, a: the ark of paragraph 6"),
                ("9.b", "Question 9, b: the horse blank"),
                ("9.line", "Question 9, blank")
            ])
        );
    }

    #[test]
    fn long_words_are_cut_between_two_of_them() {
        let words = Words::default().first_words(&parse(&"word ".repeat(40)));
        assert!(words.ends_with("word …") && words.chars().count() <= 62, "{words}");
    }
}
