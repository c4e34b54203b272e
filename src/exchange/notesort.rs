//! The kinds of note by which a deck holds exercises: an export writes their fields, and an import knows them again.

/// Kinds of note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteSort {
    /// Front and back.
    Question,
    /// A text with gaps.
    Cloze,
}

impl NoteSort {
    /// Both.
    pub const ALL: [NoteSort; 2] = [NoteSort::Question, NoteSort::Cloze];

    /// Its name in the program that shows the cards.
    pub fn name(self) -> &'static str {
        match self {
            NoteSort::Question => "Pilcrow question",
            NoteSort::Cloze => "Pilcrow cloze",
        }
    }

    /// The names of its fields, in order.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            NoteSort::Question => &[
                "ID",
                "Shown",
                "Question",
                "Options",
                "Answer",
                "Reasons",
                "Part B",
                "Options B",
                "Answer B",
                "Reasons B",
                "Paragraph",
                "Quotation",
                "Explanation",
                "Hints",
                "Note",
                "Source",
            ],
            NoteSort::Cloze => &[
                "ID",
                "Shown",
                "Question",
                "Text",
                "Words",
                "Paragraph",
                "Quotation",
                "Explanation",
                "Hints",
                "Note",
                "Source",
            ],
        }
    }
}
