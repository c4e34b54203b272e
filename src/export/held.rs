//! What a format can hold of an exercise.

use crate::exchange::{Exercise, Interaction, Package, Shown};

/// What becomes of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// It is there, as the other program calls it (`multichoice`); what it loses by that, each as the end of a sentence.
    As(&'static str, Vec<String>),
    /// It cannot be held: why, as the end of a sentence.
    Not(String),
}

impl Held {
    /// It loses nothing.
    pub fn whole(form: &'static str) -> Held {
        Held::As(form, Vec::new())
    }

    /// It loses something.
    pub fn partly(form: &'static str, lost: impl Into<String>) -> Held {
        Held::As(form, vec![lost.into()])
    }

    /// It cannot be held.
    pub fn not(why: impl Into<String>) -> Held {
        Held::Not(why.into())
    }
}

/// What an exercise may have beside what is asked and its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Points other than one.
    Points,
    /// Options, premises or elements that the program shuffles.
    Shuffle,
    /// Options that stay in their place when others are shuffled.
    Locks,
    /// A reason for each option or pair.
    Feedback,
    /// What the item teaches.
    Explanation,
    /// Quotations with their ¶.
    Evidence,
    /// Steps of help.
    Hints,
    /// What the teacher alone reads; how an open answer is marked.
    Notes,
    /// Words to search by.
    Tags,
    /// Pictures, with their alternative text.
    Pictures,
    /// A part that earns nothing without the part before it.
    Gate,
    /// What a set of exercises shares, once for all of them.
    Stimulus,
    /// A name that stays the same from export to export.
    Identifier,
}

impl Part {
    /// What is said where it is lost, as the end of a sentence.
    pub(super) fn lost(self) -> &'static str {
        match self {
            Part::Points => "every question counts alike, whatever its points",
            Part::Shuffle => "the options keep one order",
            Part::Locks => "options that should keep their place may be shuffled",
            Part::Feedback => "the reasons of the options are left out",
            Part::Explanation => "the explanation is left out",
            Part::Evidence => "the quotations are left out",
            Part::Hints => "the hints are left out",
            Part::Notes => "the notes for the teacher are left out",
            Part::Tags => "its kind, skills, standards and levels are left out",
            Part::Pictures => "the picture is left out; its description stands in its place",
            Part::Gate => "Part B counts even if Part A is wrong",
            Part::Stimulus => "the shared passage stands before each question of its set",
            Part::Identifier => "a second import adds the questions again",
        }
    }

    /// Whether the exercise has it.
    pub(super) fn is_in(self, exercise: &Exercise, package: &Package<'_>) -> bool {
        let filled = |text: &String| !text.is_empty();
        match (self, &exercise.interaction) {
            (Part::Points, _) => exercise.points != 1,
            (Part::Shuffle, Interaction::Choice { shuffle, .. } | Interaction::Matching { shuffle, .. }) => *shuffle,
            (Part::Locks, Interaction::Choice { options, shuffle, .. }) => {
                *shuffle && options.iter().any(|option| option.fixed)
            }
            (Part::Shuffle | Part::Locks, _) => false,
            (Part::Feedback, Interaction::Choice { options, .. }) => options.iter().any(|o| filled(&o.feedback)),
            (Part::Feedback, Interaction::Matching { premises, .. }) => premises.iter().any(|p| filled(&p.feedback)),
            (Part::Feedback, Interaction::Entry { answers, .. }) => answers.iter().any(|a| filled(&a.feedback)),
            (Part::Feedback, sentences) => sentences.near().iter().any(|sentence| filled(&sentence.feedback)),
            (Part::Explanation, _) => filled(&exercise.explanation),
            (Part::Evidence, _) => !exercise.evidence.is_empty(),
            (Part::Hints, _) => !exercise.hints.is_empty(),
            (Part::Notes, Interaction::Extended { grading, .. }) => {
                filled(&exercise.teacher_note) || !grading.is_empty()
            }
            (Part::Notes, _) => filled(&exercise.teacher_note),
            (Part::Tags, _) => !exercise.tags.is_empty(),
            (Part::Pictures, _) => {
                let stimulus = exercise.stimulus.and_then(|at| package.stimuli.get(at));
                let is_picture = |shown: &Shown| matches!(shown, Shown::Figure(_));
                exercise.figure.is_some() || stimulus.is_some_and(|stimulus| stimulus.passages.iter().any(is_picture))
            }
            (Part::Gate, _) => exercise.gate.is_some(),
            (Part::Stimulus, _) => exercise.stimulus.is_some(),
            (Part::Identifier, _) => true,
        }
    }
}

/// What an exercise has to say after an answer, which is lost where nothing is answered.
pub(super) fn said_afterwards(exercise: &Exercise) -> impl Iterator<Item = Part> {
    let parts =
        [(Part::Explanation, !exercise.explanation.is_empty()), (Part::Evidence, !exercise.evidence.is_empty())];
    parts.into_iter().filter_map(|(part, is_there)| is_there.then_some(part))
}
