//! The two kinds of note: a card with its question and answer, and a cloze with a card for each gap.

use serde_json::{Value, json};

/// Kinds of note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Front and back.
    Question,
    /// A text with gaps.
    Cloze,
}

/// When the two kinds were last changed, in seconds since 1970: a stamp to be raised by hand with them.
const CHANGED: i64 = 1_767_225_600;

/// How a card looks; by night as well.
const STYLE: &str = ".card { font-family: system-ui, sans-serif; font-size: 1.1em; line-height: 1.45; text-align: left; \
    max-width: 40em; margin: 0 auto; padding: 0 1em; }\n\
    blockquote { margin: .8em 0; padding-left: .8em; border-left: .25em solid #888; }\n\
    img { max-width: 100%; }\n\
    li { margin: .3em 0; }\n\
    .reasons, .quotations, .source, .paragraph, .caption, .words { font-size: .9em; }\n\
    .source, .paragraph, .caption { opacity: .75; }\n\
    .cloze { font-weight: bold; color: #0b57d0; }\n\
    .nightMode .cloze { color: #8ab4f8; }\n";

/// What stands under every answer.
const BELOW: &str = "{{#Explanation}}<p class=\"explanation\">{{Explanation}}</p>{{/Explanation}}\n\
    {{#Quotation}}{{Quotation}}{{/Quotation}}\n\
    {{#Paragraph}}<p class=\"paragraph\">{{Paragraph}}</p>{{/Paragraph}}\n\
    <p class=\"source\">{{Source}}</p>";

impl Sort {
    /// Both, in the order of their numbers.
    pub const ALL: [Sort; 2] = [Sort::Question, Sort::Cloze];

    /// Its name in Anki.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Question => "Pilcrow question",
            Sort::Cloze => "Pilcrow cloze",
        }
    }

    /// Its number: another for another list of fields, since Anki keeps one list for a number.
    pub fn id(self) -> i64 {
        super::number(&[self.name(), &self.fields().join(" ")])
    }

    /// The names of its fields. An import knows a note of ours by them.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Sort::Question => &[
                "ID",
                "Shown",
                "Question",
                "Options",
                "Answer",
                "Reasons",
                "Part B",
                "Options B",
                "Answer B",
                "Reasons B",
                "Paragraph",
                "Quotation",
                "Explanation",
                "Hints",
                "Note",
                "Source",
            ],
            Sort::Cloze => &[
                "ID",
                "Shown",
                "Question",
                "Text",
                "Words",
                "Paragraph",
                "Quotation",
                "Explanation",
                "Hints",
                "Note",
                "Source",
            ],
        }
    }

    fn front(self) -> &'static str {
        match self {
            Sort::Question => {
                "{{#Shown}}{{Shown}}{{/Shown}}\n<p class=\"question\">{{Question}}</p>\n{{Options}}\n\
                 {{#Part B}}<p class=\"question\">{{Part B}}</p>\n{{Options B}}{{/Part B}}\n\
                 {{#Hints}}{{hint:Hints}}{{/Hints}}"
            }
            Sort::Cloze => {
                "{{#Shown}}{{Shown}}{{/Shown}}\n<p class=\"question\">{{Question}}</p>\n<p>{{cloze:Text}}</p>\n\
                 {{#Words}}<p class=\"words\">{{Words}}</p>{{/Words}}\n{{#Hints}}{{hint:Hints}}{{/Hints}}"
            }
        }
    }

    fn back(self) -> String {
        match self {
            Sort::Question => format!(
                "{{{{FrontSide}}}}\n<hr id=\"answer\">\n{{{{Answer}}}}\n{{{{#Part B}}}}{{{{Answer B}}}}{{{{/Part B}}}}\n\
                 {{{{Reasons}}}}\n{{{{#Part B}}}}{{{{Reasons B}}}}{{{{/Part B}}}}\n{BELOW}"
            ),
            Sort::Cloze => format!("<p class=\"question\">{{{{Question}}}}</p>\n<p>{{{{cloze:Text}}}}</p>\n{BELOW}"),
        }
    }

    /// As a collection has it.
    pub fn described(self, deck: i64) -> Value {
        let field = |(ord, name): (usize, &&str)| json!({"name": name, "ord": ord, "sticky": false, "rtl": false, "font": "Arial", "size": 20, "media": []});
        let fields: Vec<Value> = self.fields().iter().enumerate().map(field).collect();
        let template = json!({
            "name": self.name(), "ord": 0, "qfmt": self.front(), "afmt": self.back(), "bqfmt": "", "bafmt": "",
            "did": null, "bfont": "", "bsize": 0,
        });
        json!({
            "id": self.id(), "name": self.name(), "type": i32::from(self == Sort::Cloze), "mod": CHANGED, "usn": -1,
            "sortf": 2, "did": deck, "tmpls": [template], "flds": fields, "css": STYLE, "tags": [], "vers": [],
            "latexPre": "\\documentclass{article}\n\\begin{document}\n", "latexPost": "\\end{document}",
            "req": [[0, "any", [2, 3]]],
        })
    }
}
