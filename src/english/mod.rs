//! What is known of English: which words are common, what a word is made of, how long it is when spoken, how it is spelled.

mod common;
mod dictionary;
mod stem;
mod syllables;

pub use common::{Commonness, commonness};
pub use dictionary::Dictionary;
pub use stem::{parts, stem};
pub use syllables::{grade_level, syllables};

/// Whether a BCP 47 tag names a kind of English.
pub fn is_english(tag: &str) -> bool {
    tag.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en"))
}

/// The text of a list of words that is kept deflated; empty only if the program's own file were broken, which a test would show.
fn inflated(bytes: &[u8]) -> String {
    let mut text = String::new();
    match std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(bytes), &mut text) {
        Ok(_) => text,
        Err(_) => String::new(),
    }
}
