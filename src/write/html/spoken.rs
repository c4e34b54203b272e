//! What a screen reader says for marks that the page shows by their shape alone.

/// A blank to fill in: `blank 3 of 5`, or `blank`.
pub(super) fn blank(number: Option<(u32, u32)>) -> String {
    match number {
        Some((number, of)) => format!("blank {number} of {of}"),
        None => "blank".to_owned(),
    }
}

/// A paragraph's mark.
pub(super) fn paragraph(number: u32) -> String {
    format!("paragraph {number}")
}

/// Paragraphs that a reading leaves out.
pub(super) fn omission(from: u32, to: u32) -> String {
    if from == to { format!("paragraph {from} is left out") } else { format!("paragraphs {from} to {to} are left out") }
}

/// The words to choose from.
pub(super) const WORD_BANK: &str = "Word bank";
