//! The table of the limits of a form: code, whether it forbids a form, title.

/// A limit of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormRule {
    /// Its code: `F04`.
    pub code: &'static str,
    /// Whether a form that breaks it is never made; else it is made if no draw is better, and the run tells of it.
    pub forbids: bool,
    /// What it demands, in a line.
    pub title: &'static str,
}

const fn rule(code: &'static str, forbids: bool, title: &'static str) -> FormRule {
    FormRule { code, forbids, title }
}

/// Every limit, by code.
pub const FORM_RULES: &[FormRule] = &[
    rule("F01", true, "no letter is the key too often or too seldom"),
    rule("F02", true, "the keys stand in no run of four and in no pattern"),
    rule("F03", false, "keys stand neither mostly in the middle nor mostly at the ends"),
    rule("F04", false, "the key is not too often the longest option, or the shortest"),
    rule("F05", false, "nothing on a form tells the key of one of its questions"),
    rule("F06", true, "enemies never stand together"),
    rule("F07", false, "questions spread over sections and paragraphs"),
    rule("F08", false, "half of the points ask for more than recall"),
    rule("F09", false, "true and false are mixed"),
    rule("F10", false, "no two questions ask the same"),
    rule("F11", true, "parallel forms are as hard and as long as one another"),
    rule("F12", true, "sets and pairs are whole"),
    rule("F13", true, "no passage is printed that a question hides"),
];
