//! Document → one HTML file. `tera` is used here alone.
