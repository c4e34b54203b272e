//! What a pupil reads of an item, and what its key says: the texts that can give another item away, and their length.

use super::{Item, Segment, Task};

impl Item {
    /// Every text of the item that a sheet prints: stem, options (the key's among them), words of a word bank.
    pub fn shown(&self) -> Vec<&str> {
        let mut out = vec![self.stem.as_str()];
        match &self.task {
            Task::SingleChoice { key, distractors, .. } | Task::Vocabulary { key, distractors, .. } => {
                out.extend(std::iter::once(key).chain(distractors).map(|choice| choice.text.as_str()));
            }
            Task::MultipleSelect { keys, distractors, .. } => {
                out.extend(keys.iter().chain(distractors).map(|choice| choice.text.as_str()));
            }
            Task::PairedEvidence { key, distractors, part_b } => {
                out.push(part_b);
                let pairs = std::iter::once(key).chain(distractors);
                out.extend(pairs.flat_map(|(choice, quote)| [choice.text.as_str(), quote.text.as_str()]));
            }
            Task::Matching { pairs, extra, .. } => {
                out.extend(pairs.iter().flat_map(|p| [p.premise.as_str(), p.response.as_str()]));
                out.extend(extra.iter().map(|e| e.text.as_str()));
            }
            Task::Attribution { speakers, statements } => {
                out.extend(speakers.iter().map(|s| s.text.as_str()));
                out.extend(statements.iter().map(|s| s.text.as_str()));
            }
            Task::Ordering { elements, .. } => out.extend(elements.iter().map(|e| e.text.as_str())),
            Task::Cloze { passage, extra_words, .. } => {
                out.extend(passage.iter().map(|segment| match segment {
                    Segment::Text(text) => text.as_str(),
                    Segment::Blank(answers) => answers.first().map_or("", String::as_str),
                }));
                out.extend(extra_words.iter().map(String::as_str));
            }
            Task::Organizer { rows, .. } => out.extend(rows.iter().map(|r| r.prompt.as_str())),
            Task::Essay { rubric, .. } => out.extend(rubric.iter().map(|c| c.earns.as_str())),
            Task::Discussion { follow_ups, .. } => out.extend(follow_ups.iter().map(String::as_str)),
            Task::TrueFalse { .. }
            | Task::StatementCheck { .. }
            | Task::Numeric { .. }
            | Task::ShortAnswer { .. }
            | Task::EvidenceFinding { .. } => {}
        }
        out
    }

    /// The words of its key, where the key has words of its own.
    pub fn keyed(&self) -> Vec<&str> {
        match &self.task {
            Task::SingleChoice { key, .. } | Task::Vocabulary { key, .. } => vec![&key.text],
            Task::MultipleSelect { keys, .. } => keys.iter().map(|key| key.text.as_str()).collect(),
            Task::PairedEvidence { key, .. } => vec![&key.0.text],
            Task::Cloze { passage, .. } => passage
                .iter()
                .filter_map(|segment| match segment {
                    Segment::Blank(answers) => answers.first().map(String::as_str),
                    Segment::Text(_) => None,
                })
                .collect(),
            Task::Numeric { answer, .. } => vec![answer],
            Task::EvidenceFinding { core, .. } => vec![&core.text],
            _ => Vec::new(),
        }
    }
}
