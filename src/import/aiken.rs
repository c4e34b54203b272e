//! Aiken: choices with one right answer, a line each.

use super::graded::{Answer, Head, choice};
use super::page::{Asked, Notation, Told};
use super::{Entry, Read, Reader};

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "aiken",
    about: "Aiken, lines of choices with the letter of the right one",
    detects: |opened| {
        let mut options = 0;
        opened.text.lines().any(|line| {
            if answer(line).is_some() {
                return options > 1;
            }
            options += usize::from(option(line.trim()).is_some());
            false
        })
    },
    read: |opened| Ok(Read { entries: entries(&opened.text), ..Read::default() }),
};

/// `A) text`, `b. text`: letter and text.
fn option(line: &str) -> Option<(char, &str)> {
    let mut signs = line.chars();
    let letter = signs.next().filter(char::is_ascii_alphabetic)?;
    matches!(signs.next(), Some(')' | '.')).then(|| (letter.to_ascii_uppercase(), signs.as_str().trim()))
}

/// What follows `ANSWER:`.
fn answer(line: &str) -> Option<&str> {
    let line = line.trim();
    let word = line.get(..6)?;
    word.eq_ignore_ascii_case("answer").then(|| line[6..].trim_start().strip_prefix(':'))?.map(str::trim)
}

/// A stem without the number of its question, if it has one: `2. When?`, `12) Who?`.
fn numberless(stem: &str) -> Option<&str> {
    let rest = stem.trim_start_matches(|c: char| c.is_ascii_digit());
    // A year is no number of a question.
    let rest = rest.strip_prefix(['.', ')']).filter(|_| (1..=3).contains(&(stem.len() - rest.len())))?;
    rest.starts_with(' ').then(|| rest.trim_start()).filter(|rest| !rest.is_empty())
}

/// A question in the making.
#[derive(Default)]
struct Block {
    stem: String,
    options: Vec<String>,
    /// A blank line came after the options.
    ended: bool,
}

fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut block = Block::default();
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            block.ended = !block.options.is_empty();
            continue;
        }
        if let Some(letters) = answer(line) {
            let whole = std::mem::take(&mut block);
            entries.push(whole.question(letters));
            continue;
        }
        let expected = u8::try_from(block.options.len()).ok().and_then(|at| b'A'.checked_add(at)).map(char::from);
        match option(line) {
            // A line with the next letter is an option, if there is something that it answers.
            Some((letter, text)) if Some(letter) == expected && !block.stem.is_empty() => {
                block.options.push(text.to_owned());
            }
            _ if block.ended => {
                // The question before has no line of its answer.
                entries.push(std::mem::take(&mut block).question(""));
                line.clone_into(&mut block.stem);
            }
            _ => {
                let open = block.options.last_mut().unwrap_or(&mut block.stem);
                if !open.is_empty() {
                    open.push(' ');
                }
                open.push_str(line);
            }
        }
    }
    if !block.stem.is_empty() || !block.options.is_empty() {
        entries.push(block.question(""));
    }
    entries
}

impl Block {
    fn question(self, letters: &str) -> Entry {
        let name: String = self.stem.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
        let dropped = |why: String| Entry::Dropped {
            name: if name.is_empty() { format!("ANSWER: {letters}") } else { name.clone() },
            why,
        };
        let mut named = letters.chars();
        let letter = named.next().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_uppercase());
        let Some(letter) = letter else { return dropped("it has no line that names its answer".to_owned()) };
        if named.any(|c| c.is_alphanumeric()) {
            return dropped(format!("its answer “{letters}” is not one letter"));
        }
        let right = u32::from(letter) - u32::from('A');
        if right as usize >= self.options.len() {
            return dropped(format!("its answer “{letter}” is none of its options"));
        }
        let read = |text: &str| Notation::Plain.read(text).text;
        // The word that an export puts before a stem that begins as an option does.
        let bare = self.stem.strip_prefix("Question: ").filter(|rest| option(rest).is_some());
        // A sheet numbers its questions itself.
        let numberless = bare.is_none().then(|| numberless(&self.stem)).flatten();
        let changed: Vec<String> = numberless.iter().map(|_| "the number before it was left out".to_owned()).collect();
        let mut head = Head {
            id: String::new(),
            tags: Vec::new(),
            hints: Vec::new(),
            points: None,
            asked: Asked { stem: read(bare.or(numberless).unwrap_or(&self.stem)), ..Asked::default() },
            told: Told::default(),
            changed,
        };
        let answer = |(at, text): (u32, &String)| Answer {
            text: read(text),
            percent: if at == right { 100.0 } else { 0.0 },
            feedback: String::new(),
        };
        let answers: Vec<Answer> = (0..).zip(&self.options).map(answer).collect();
        match choice(&answers, true, true, &mut head) {
            Ok(interaction) => Entry::Question(Box::new(head.question(interaction, None))),
            Err(why) => dropped(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_options_from_stems() {
        let text = "U.S. ships in 1962:\nA. were few\nb) were many\nthat year\nANSWER: B\n\nA. Lincoln spoke where?\nA) here\nB) there\nanswer: a\n\nno key\nA) x\nB) y\n\nWhich?\nA) x\nB) y\nANSWER: C\n";
        let found = entries(text);
        let told: Vec<String> = found
            .iter()
            .map(|entry| match entry {
                Entry::Question(question) => format!("{} {}", question.exercise.stem, question.exercise.answer_line()),
                Entry::Dropped { name, why } => format!("{name}: {why}"),
            })
            .collect();
        assert_eq!(told[0], "U.S. ships in 1962: B");
        assert_eq!(told[1], "A. Lincoln spoke where? A");
        assert_eq!(
            ["2. When?", "12) Who?", "1961. When?", "3.5 is?"].map(numberless),
            [Some("When?"), Some("Who?"), None, None]
        );
        assert!(told[2].contains("no line that names") && told[3].contains("none of its options"), "{told:?}");
    }
}
