//! Sheet → worksheet, answer key, marking strip, as documents.
