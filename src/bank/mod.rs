//! The valid bank: items for one letter.
