//! A YAML text → a value of a type, or every fault of shape at its place.
