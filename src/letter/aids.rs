//! What `letter.yaml` gives to help with the text, held against it: glossary, adapted text, starters, people and places.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::{Adapted, Gloss, Letter, Named, Paragraph, Place, Section, Starters, word_count};
use crate::diag::{Diagnostic, Severity};
use crate::input::Input;
use crate::text::{Folded, quotations};
use crate::yaml::Places;

/// Words of the adapted text of a long section, one that has the most of these words or more (teaching.md §5.2).
const ADAPTED: RangeInclusive<usize> = 200..=250;

/// Words of a section's adapted text, given those of the section. A short one may grow by a quarter: to take a dense sentence
/// apart costs words. It has half at least: what says less leaves thoughts out.
fn length(original: usize) -> RangeInclusive<usize> {
    if original >= *ADAPTED.end() { ADAPTED } else { original.div_ceil(2)..=original + original / 4 }
}

/// Every fault, at its place in `letter.yaml`, which is the input with number `index`.
pub fn aids(letter: &Letter, input: &Input, index: usize) -> Vec<Diagnostic> {
    let paragraphs: String = letter.paragraphs.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
    let mut check = Check { letter, whole: Folded::new(&paragraphs), found: Vec::new() };
    let about = &letter.about;
    check.glossary(&about.glossary);
    for (at, section) in about.sections.iter().enumerate().filter(|(_, section)| !section.adapted.is_empty()) {
        check.adapted(&format!("sections[{at}]"), section);
    }
    check.starters(&about.starters);
    for (list, named) in [("people", &about.people), ("places", &about.places)] {
        named.iter().enumerate().for_each(|(at, named)| check.named(&format!("{list}[{at}]"), named));
    }
    if check.found.is_empty() {
        return Vec::new();
    }
    let places = Places::new(&input.text);
    let diagnostic = |found: Found| {
        let place = Some((index, places.span(&found.path)));
        Diagnostic { severity: found.severity, ..Diagnostic::error(found.message, place) }.help(found.help)
    };
    check.found.into_iter().map(diagnostic).collect()
}

struct Found {
    path: String,
    severity: Severity,
    message: String,
    help: String,
}

struct Check<'a> {
    letter: &'a Letter,
    /// The text of all paragraphs.
    whole: Folded,
    found: Vec<Found>,
}

impl Check<'_> {
    fn add(&mut self, severity: Severity, path: String, message: String, help: impl Into<String>) {
        self.found.push(Found { path, severity, message, help: help.into() });
    }

    fn error(&mut self, path: String, message: String, help: impl Into<String>) {
        self.add(Severity::Error, path, message, help);
    }

    fn warning(&mut self, path: String, message: String, help: impl Into<String>) {
        self.add(Severity::Warning, path, message, help);
    }

    /// Whether there is a text; an empty one is an error.
    fn text(&mut self, path: String, text: &str) -> bool {
        let there = !text.trim().is_empty();
        if !there {
            self.error(path, "this text is empty".to_owned(), "write it, or take the whole entry out");
        }
        there
    }

    fn unknown(&mut self, path: String, place: &str) {
        let last = self.letter.paragraphs.len();
        self.error(path, format!("the letter has no {place}"), format!("its paragraphs are ¶1 to ¶{last}"));
    }

    fn glossary(&mut self, glossary: &[Gloss]) {
        let mut explained = BTreeSet::new();
        for (at, gloss) in glossary.iter().enumerate() {
            let path = format!("glossary[{at}]");
            let named = self.text(format!("{path}.word"), &gloss.word);
            self.text(format!("{path}.meaning"), &gloss.meaning);
            let word = Folded::new(&gloss.word);
            for (number, n) in gloss.paragraphs().enumerate() {
                let field = if number == 0 { format!("{path}.cite") } else { format!("{path}.also[{}]", number - 1) };
                match self.letter.text_at(Place::Paragraph(n)) {
                    None => self.unknown(field, &format!("¶{n}")),
                    Some(text) if named && Folded::new(text).find(&word).is_none() => self.warning(
                        field,
                        format!("“{}” is not in ¶{n}", gloss.word),
                        "write the word as the letter has it there, or name the paragraph in which it stands",
                    ),
                    Some(_) if !explained.insert((word.text().to_owned(), n)) => self.warning(
                        path.clone(),
                        format!("“{}” in ¶{n} is explained twice", gloss.word),
                        "keep one of the two",
                    ),
                    Some(_) => {}
                }
            }
        }
    }

    fn adapted(&mut self, path: &str, section: &Section) {
        let range = section.range();
        let mut next = range.start;
        let mut left = Vec::new();
        for (at, Adapted { cite, text }) in section.adapted.iter().enumerate() {
            let path = format!("{path}.adapted[{at}]");
            if self.text(format!("{path}.text"), text) {
                self.quotations(&format!("{path}.text"), text);
            }
            if cite.is_empty() {
                let message = "this paragraph renders none of the letter".to_owned();
                self.error(format!("{path}.cite"), message, "name those that it renders: `cite: [7]`");
            }
            for (number, n) in cite.iter().enumerate() {
                let field = format!("{path}.cite[{number}]");
                if !range.contains(n) {
                    let inside = format!("it has ¶{}", section.paragraphs.replace('-', "–"));
                    self.error(field, format!("¶{n} is not in section {}", section.id), inside);
                } else if *n < next {
                    let message = format!("¶{n} stands here a second time, or after a later paragraph");
                    self.error(field, message, "render each paragraph once, in the order of the letter");
                } else {
                    left.extend(next..*n);
                    next = n + 1;
                }
            }
        }
        left.extend(next..range.end);
        if let Some(first) = left.first() {
            let message = format!("no adapted paragraph of section {} renders ¶{first}", section.id);
            self.warning(
                format!("{path}.adapted:"),
                message,
                "render it, or add its number to the paragraph that does",
            );
        }
        self.length(path, section);
    }

    /// A text longer than pupils can bear helps nobody, and one that is much shorter says less than the letter.
    fn length(&mut self, path: &str, section: &Section) {
        let original: usize = section
            .range()
            .filter_map(|n| self.letter.paragraphs.get(n.saturating_sub(1) as usize))
            .map(Paragraph::word_count)
            .sum();
        let words: usize = section.adapted.iter().map(|adapted| word_count(&adapted.text)).sum();
        let wanted = length(original);
        if !wanted.contains(&words) {
            let message =
                format!("the adapted text of section {} has {words} words, the section {original}", section.id);
            let help = format!("{} to {} words are wanted", wanted.start(), wanted.end());
            self.warning(format!("{path}.adapted:"), message, help);
        }
    }

    fn starters(&mut self, groups: &[Starters]) {
        for (at, group) in groups.iter().enumerate() {
            let path = format!("starters[{at}]");
            self.text(format!("{path}.purpose"), &group.purpose);
            if group.starters.is_empty() {
                let message = "this purpose has no starter".to_owned();
                self.error(path.clone(), message, "write `starters: [\"Kennedy argues that …\"]`");
            }
            for (at, starter) in group.starters.iter().enumerate() {
                self.text(format!("{path}.starters[{at}]"), starter);
            }
        }
    }

    fn named(&mut self, path: &str, named: &Named) {
        self.text(format!("{path}.name"), &named.name);
        if self.text(format!("{path}.letter"), &named.letter) {
            self.quotations(&format!("{path}.letter"), &named.letter);
        }
        if named.cite.is_empty() {
            let message = format!("“{}” stands nowhere in the letter", named.name);
            self.error(format!("{path}.cite"), message, "name the places where it does: `cite: [16]`");
        }
        for (at, typed) in named.cite.iter().enumerate() {
            let field = format!("{path}.cite[{at}]");
            match typed.0.parse::<Place>() {
                Ok(place) if self.letter.text_at(place).is_some() => {}
                Ok(place) => self.unknown(field, &place.to_string()),
                Err(()) => self.error(
                    field,
                    format!("“{}” is no place in the letter", typed.0),
                    "write a paragraph number, `head`, `ed1` or `fn1`",
                ),
            }
        }
        for (at, known) in named.elsewhere.iter().enumerate() {
            self.text(format!("{path}.elsewhere[{at}].text"), &known.text);
        }
    }

    /// What stands between quotation marks must be the letter's own words.
    fn quotations(&mut self, path: &str, text: &str) {
        for words in quotations(text) {
            let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
            if self.whole.find(&Folded::new(bare)).is_none() {
                let message = format!("“{bare}” is not in the letter");
                self.warning(path.to_owned(), message, "quote its words as they are, or take the quotation marks away");
            }
        }
    }
}
