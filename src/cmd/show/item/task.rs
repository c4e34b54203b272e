//! What is asked of pupils and what is right, as a teacher reads it: one arm for each kind of task.

use super::{Teacher, quoted};
use crate::bank::{Attributed, Correction, Segment, Task};

impl Teacher<'_> {
    pub(super) fn task(&mut self, task: &Task) {
        match task {
            Task::SingleChoice { key, distractors, .. } => self.choices([key], distractors),
            Task::Vocabulary { word, phrase, key, distractors, .. } => {
                self.part("Word");
                self.line("", &format!("{word}, in {}", quoted(phrase)));
                self.choices([key], distractors);
            }
            Task::MultipleSelect { keys, distractors, .. } => self.choices(keys, distractors),
            Task::TrueFalse { because, correction } => self.judged(because, correction.as_ref()),
            Task::StatementCheck { verdict, because } => {
                self.part("Answer");
                self.line("✓ ", verdict.word());
                self.under(because);
            }
            Task::Matching { heads, pairs, extra, .. } => {
                self.part(&heads.join(" → "));
                for pair in pairs {
                    self.line("✓ ", &format!("{} → {}", pair.premise, pair.response));
                    self.under(&pair.because);
                }
                self.remarks("Responses that belong to no premise", extra);
            }
            Task::Attribution { speakers, statements } => {
                self.part("Statements");
                for statement in statements {
                    let speaker = speakers.iter().find(|speaker| speaker.id == statement.speaker);
                    self.statement(statement, speaker.map_or("", |speaker| &speaker.text));
                }
            }
            Task::Ordering { elements, .. } => {
                self.part("The right order");
                for (at, element) in elements.iter().enumerate() {
                    self.line(&format!("{}. ", at + 1), &element.text);
                    let when = element.when.as_ref().map(|when| format!("{when}; ")).unwrap_or_default();
                    self.under(&format!("{when}{}", quoted(&element.quote)));
                }
            }
            Task::Cloze { passage, extra_words, .. } => {
                self.part("With its answers");
                self.line("", &filled(passage));
                self.list("Words that fit no blank", extra_words);
            }
            Task::Numeric { answer, unit, tolerance, accept, known_errors } => {
                self.part("Answer");
                let tolerance = tolerance.map(|off| format!(", {off} more or less")).unwrap_or_default();
                self.line("✓ ", format!("{answer} {unit}{tolerance}").trim_end());
                self.list("Also right", accept);
                self.remarks("Errors to be expected", known_errors);
            }
            Task::EvidenceFinding { search_in, core, partial, max_extra_words } => {
                let places: Vec<String> = search_in.iter().map(|n| format!("¶{n}")).collect();
                self.part(&format!("Words to be found in {}", places.join(", ")));
                self.line("✓ ", &quoted(core));
                self.under(&format!("with {max_extra_words} copied words more at most"));
                for (quote, because) in partial {
                    self.line("½ ", &quoted(quote));
                    self.under(because);
                }
            }
            Task::PairedEvidence { key, distractors, part_b } => {
                self.part("Options, as written, each with its quotation");
                for (mark, (choice, quote)) in
                    std::iter::once(("✓ ", key)).chain(distractors.iter().map(|distractor| ("✗ ", distractor)))
                {
                    self.choice(mark, choice);
                    self.under(&quoted(quote));
                }
                self.list("Part B", Some(part_b).filter(|text| !text.is_empty()));
            }
            Task::ShortAnswer { .. } | Task::Essay { .. } | Task::Organizer { .. } | Task::Discussion { .. } => {
                self.open_ended(task);
            }
        }
    }

    fn judged(&mut self, because: &str, correction: Option<&Correction>) {
        self.part("Answer");
        self.line("✓ ", if correction.is_none() { "true" } else { "false" });
        self.under(because);
        if let Some(correction) = correction {
            self.part("Correction");
            self.line("✓ ", &format!("{} → {}", correction.replace, correction.with));
            self.list("Also right", &correction.accept);
            self.list("It must have the words", &correction.must_mention);
            self.remarks("Not right", &correction.reject);
        }
    }

    fn statement(&mut self, statement: &Attributed, speaker: &str) {
        self.line("✓ ", &format!("{} → {speaker} ({})", statement.text, statement.cite));
        self.under(&statement.because);
        if let Some(id) = &statement.misconception {
            self.under(&format!("(guards against misconception {id})"));
        }
    }

    /// What is marked by a reader, or not marked.
    fn open_ended(&mut self, task: &Task) {
        match task {
            Task::ShortAnswer { accepted, not_credited, samples, lines } => {
                self.part(&format!("Ideas that earn points ({lines} lines)"));
                for idea in accepted {
                    self.line(&format!("{} · ", idea.points), &idea.idea);
                    self.under(&idea.quote.as_ref().map(quoted).unwrap_or_default());
                }
                self.remarks("Not credited", not_credited);
                self.samples(samples);
            }
            Task::Essay { rubric, draw_on, not_credited, samples, misconceptions, lines } => {
                self.part(&format!("Rubric ({lines} lines)"));
                for row in rubric {
                    self.line(&format!("{} · ", row.max), &format!("{}: {}", row.id, row.earns));
                    self.under(&row.example);
                }
                self.list("To draw on", &draw_on.iter().map(quoted).collect::<Vec<_>>());
                self.remarks("Not credited", not_credited);
                self.samples(samples);
                self.list("Misconceptions to look out for", misconceptions);
            }
            Task::Organizer { layout, rows } => {
                self.part(&format!("Rows ({layout})"));
                for row in rows {
                    self.line(&format!("{} · ", row.points), &row.prompt);
                    row.accept.iter().for_each(|accept| self.under(&format!("✓ {accept}")));
                }
            }
            Task::Discussion { stance, follow_ups, norms } => {
                if let Some(stance) = stance {
                    self.part("Stance");
                    self.line("", &stance.join(" — "));
                }
                self.list("To follow up", follow_ups);
                self.list("Norms", norms);
            }
            _ => {}
        }
    }
}

/// A passage with its answers in brackets, others to accept after a stroke.
fn filled(passage: &[Segment]) -> String {
    let piece = |segment: &Segment| match segment {
        Segment::Text(text) => text.clone(),
        Segment::Blank(answers) => format!("[{}]", answers.join(" | ")),
    };
    passage.iter().map(piece).collect()
}
