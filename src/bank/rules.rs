//! The table of rules: code, gravest severity, title. `check` and `lint` report under these codes.

use crate::diag::Severity::{self, Error, Note, Warning};

/// A rule of the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its code: `E04`, `W06`.
    pub code: &'static str,
    /// The gravest severity that it reports. Only warnings and notes can be allowed by an item.
    pub severity: Severity,
    /// Whether a lesser finding under the same code exists, which can be allowed.
    pub lesser: bool,
    /// What it demands, in a line.
    pub title: &'static str,
}

const fn rule(code: &'static str, severity: Severity, title: &'static str) -> Rule {
    Rule { code, severity, lesser: false, title }
}

const fn graded(code: &'static str, title: &'static str) -> Rule {
    Rule { code, severity: Error, lesser: true, title }
}

/// Every rule, by code.
pub const RULES: &[Rule] = &[
    rule("E01", Error, "ids are unique, in small letters, digits and hyphens"),
    rule("E02", Error, "the right number of keys and options"),
    graded("E03", "no two options are equal; none stands inside another"),
    rule("E04", Error, "every quotation stands word for word at its place"),
    rule("E05", Error, "evidence is 4 to 45 words long and found in one paragraph only"),
    rule("E06", Error, "the key is proved inside the paragraphs cited, and the stem names no others"),
    rule("E07", Error, "every option says why it is right or wrong"),
    rule("E08", Warning, "words in “ ” are in the letter"),
    rule("E09", Error, "a cloze rebuilds the letter's text and does not give its answers away"),
    rule("E10", Error, "the elements of an ordering follow one another"),
    rule("E11", Error, "matching has a response too many, and one answer for each premise"),
    rule("E12", Error, "points add up"),
    rule("E13", Error, "each option of paired evidence has its own quotation"),
    rule("E14", Error, "enemies name each other; every name is known"),
    rule("E15", Error, "the editor's words prove nothing but sourcing"),
    rule("E16", Warning, "words that the letter does not have are flagged"),
    graded("E17", "standards and depths are in their lists and agree"),
    rule("E18", Error, "an item has the fields of its kind, and no others"),
    rule("E19", Error, "what is allowed is a warning, with a reason"),
    rule("E20", Error, "a set has two to four items and a stimulus"),
    rule("E21", Error, "a picture has alternative text"),
    rule("E22", Error, "the file of a picture is there and can be printed"),
    rule("E23", Error, "a review says who read the item, when, and with what result"),
    rule("W01", Error, "no “all of the above”"),
    rule("W02", Error, "a negative word in a stem is in bold capitals"),
    rule("W03", Error, "no negative option under a negative stem"),
    rule("W04", Warning, "no “always” or “never” in distractors alone"),
    rule("W05", Warning, "no “may” or “often” in the key alone"),
    graded("W06", "the key is not conspicuously long"),
    rule("W07", Warning, "options are about as long as one another"),
    rule("W08", Warning, "a stem asks something"),
    rule("W09", Warning, "a blank stands at the end of a stem"),
    rule("W10", Error, "a stem does not end in “a” or “an”"),
    rule("W11", Warning, "the key does not begin otherwise than all distractors"),
    rule("W12", Warning, "stem and key share no rare word that distractors lack"),
    rule("W13", Note, "words that open every option belong in the stem"),
    rule("W14", Error, "numbers and dates ascend"),
    rule("W15", Error, "ranges of numbers do not overlap"),
    rule("W16", Warning, "stem and options are short, and no harder than the grade"),
    rule("W17", Warning, "the letter's own words are not in the key alone"),
    rule("W18", Warning, "a keyed item does not ask what pupils think"),
    rule("W19", Note, "no word above the pupils’ heads without a gloss"),
    rule("W20", Warning, "clean typing: single spaces, final stops alike"),
    rule("W21", Note, "a statement to be judged has one idea, in 25 words, without a negative"),
    rule("W22", Note, "each distractor names its misconception or paragraph"),
    rule("W23", Warning, "alternative text says what is to be seen, and nothing twice"),
    rule("W24", Warning, "a picture has 150 dots to the inch"),
    rule("W25", Warning, "a distractor is not true as well"),
    rule("W26", Warning, "a key says nothing that the letter cannot know"),
    rule("W27", Warning, "words are spelled as the dictionary has them"),
    rule("W28", Error, "words marked as another language have its tag"),
    rule("W29", Warning, "an imported item has what its source lacked"),
];

impl Rule {
    /// The rule with a code.
    pub fn of(code: &str) -> Option<&'static Rule> {
        RULES.iter().find(|rule| rule.code == code)
    }

    /// Whether an item may allow it.
    pub fn can_be_allowed(&self) -> bool {
        self.lesser || self.severity != Error
    }
}
