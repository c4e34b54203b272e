//! The sheet code: format version, seed, form and fingerprints, with a check symbol, in Crockford's base 32.
