//! Bank, blueprint, seed and form → sheet.
