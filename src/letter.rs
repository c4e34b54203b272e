//! The letter: paragraphs, sentences, sections, page anchors, notes; and the reader of plain text.
