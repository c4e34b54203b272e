//! The words by which an item is searched in another program, and by which an import knows it again.

use std::ops::Range;

use crate::bank::{Basis, Item, Outside, Task};
use crate::letter::{Letter, Place};

/// Most characters of a tag in Moodle, which cuts off the rest (`TAG_MAX_LENGTH`).
const LONGEST: usize = 50;

/// The fields by which a bank is searched, each as `field:word`; a paragraph as `¶6`. An import reads them back.
pub(super) fn tags(item: &Item, letter: &Letter) -> Vec<String> {
    let section = letter.about.sections.get(item.section).map(|section| format!("section:{}", section.id));
    let mut tags = vec![format!("kind:{}", item.kind())];
    tags.extend(item.cite.iter().map(Place::to_string));
    tags.extend(section);
    tags.extend(item.theme.iter().map(|theme| format!("theme:{theme}")));
    tags.extend([
        format!("bloom:{}", item.bloom),
        format!("dok:{}", item.dok),
        format!("difficulty:{}", item.difficulty),
    ]);
    tags.extend(item.skills.iter().map(|skill| format!("skill:{skill}")));
    tags.extend(item.standards.iter().map(|code| format!("standard:{code}")));
    tags.extend((item.outside != Outside::None).then(|| format!("outside:{}", item.outside)));
    tags.extend(of_kind(&item.task));
    tags
}

/// What an interaction has no place for, and without which an item would come back as another.
fn of_kind(task: &Task) -> Vec<String> {
    match task {
        Task::Vocabulary { word, phrase, distractors, .. } => {
            let senses = distractors.iter().filter(|choice| choice.other_sense);
            let senses = senses.map(|choice| parted("other-sense", &super::inline::plain(&choice.text)).swap_remove(0));
            let mut tags = parted("word", word);
            tags.extend(parted("phrase", &phrase.text));
            tags.extend(senses);
            tags
        }
        Task::Ordering { basis: Basis::Time, .. } => vec![format!("basis:{}", Basis::Time)],
        Task::Organizer { layout, .. } => vec![format!("layout:{layout}")],
        _ => Vec::new(),
    }
}

/// Words as tags of a field: `phrase:to-desert-or`, and what is too long for one goes on in `phrase-2` and so on.
fn parted(field: &str, text: &str) -> Vec<String> {
    let mut tags = vec![format!("{field}:")];
    let mut is_new = true;
    for (_, word) in words(text) {
        let last = &tags[tags.len() - 1];
        if !is_new && last.chars().count() + 1 + word.chars().count() > LONGEST {
            tags.push(format!("{field}-{}:", tags.len() + 1));
            is_new = true;
        }
        if let Some(last) = tags.last_mut() {
            if !std::mem::take(&mut is_new) {
                last.push('-');
            }
            last.push_str(&word);
        }
    }
    tags
}

/// Words as a tag can have them, where spaces and commas part one tag from the next: `his-own-cause`.
pub fn in_a_tag(text: &str) -> String {
    words(text).into_iter().map(|(_, word)| word).collect::<Vec<_>>().join("-")
}

/// Where the words of a tag stand in a text, the first time.
pub fn tagged_run(text: &str, tag: &str) -> Option<Range<usize>> {
    let words = words(text);
    let run = |from: usize| {
        let mut left = tag;
        for (at, word) in &words[from..] {
            left = left.strip_prefix(word.as_str())?;
            if left.is_empty() {
                return Some(words[from].0.start..at.end);
            }
            left = left.strip_prefix('-')?;
        }
        None
    };
    (0..words.len()).find_map(run)
}

/// Runs of letters and digits, in small letters, and where they stand.
fn words(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let end = at + c.len_utf8();
        match found.last_mut().filter(|(last, _)| last.end == at) {
            Some((last, word)) => {
                last.end = end;
                word.extend(c.to_lowercase());
            }
            None => found.push((at..end, c.to_lowercase().collect())),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_for_a_tag_goes_on_in_the_next() {
        let text = "critical issue the mere signing by you of such a document, as I said at the UN";
        let tags = parted("phrase", text);
        assert_eq!(tags.len(), 2);
        assert!(tags.iter().all(|tag| tag.chars().count() <= LONGEST) && tags[1].starts_with("phrase-2:"), "{tags:?}");
        let joined: Vec<&str> = tags.iter().map(|tag| tag.split_once(':').unwrap().1).collect();
        assert_eq!(tagged_run(text, &joined.join("-")), Some(0..text.len()));
    }

    #[test]
    fn words_of_a_tag_are_found_again() {
        let text = "“Neither of us” will desert his own cause, or another’s cause.";
        assert_eq!(in_a_tag("His own cause,"), "his-own-cause");
        let found = |tag: &str| tagged_run(text, tag).map(|at| &text[at]);
        assert_eq!(found(&in_a_tag("desert his own cause")), Some("desert his own cause"));
        assert_eq!(found("another-s"), Some("another’s"));
        assert_eq!(found("neither-of-us"), Some("Neither of us"));
        for none in ["own-cau", "owncause", "", "-", "cause-or-another-s-cause-and"] {
            assert_eq!(found(none), None, "{none}");
        }
    }
}
