//! What a sheet must contain.
