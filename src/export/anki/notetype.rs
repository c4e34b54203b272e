//! The two kinds of note: a card with its question and answer, and a cloze with a card for each gap.

use serde_json::{Value, json};

use crate::exchange::NoteSort;

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

/// Its number: another for another list of fields, since Anki keeps one list for a number.
pub(super) fn id(sort: NoteSort) -> i64 {
    super::number(&[sort.name(), &sort.fields().join(" ")])
}

fn front(sort: NoteSort) -> &'static str {
    match sort {
        NoteSort::Question => {
            "{{#Shown}}{{Shown}}{{/Shown}}\n<p class=\"question\">{{Question}}</p>\n{{Options}}\n\
                 {{#Part B}}<p class=\"question\">{{Part B}}</p>\n{{Options B}}{{/Part B}}\n\
                 {{#Hints}}{{hint:Hints}}{{/Hints}}"
        }
        NoteSort::Cloze => {
            "{{#Shown}}{{Shown}}{{/Shown}}\n<p class=\"question\">{{Question}}</p>\n<p>{{cloze:Text}}</p>\n\
                 {{#Words}}<p class=\"words\">{{Words}}</p>{{/Words}}\n{{#Hints}}{{hint:Hints}}{{/Hints}}"
        }
    }
}

fn back(sort: NoteSort) -> String {
    match sort {
        NoteSort::Question => format!(
            "{{{{FrontSide}}}}\n<hr id=\"answer\">\n{{{{Answer}}}}\n{{{{#Part B}}}}{{{{Answer B}}}}{{{{/Part B}}}}\n\
                 {{{{Reasons}}}}\n{{{{#Part B}}}}{{{{Reasons B}}}}{{{{/Part B}}}}\n{BELOW}"
        ),
        NoteSort::Cloze => format!("<p class=\"question\">{{{{Question}}}}</p>\n<p>{{{{cloze:Text}}}}</p>\n{BELOW}"),
    }
}

/// As a collection has it.
pub(super) fn described(sort: NoteSort, deck: i64) -> Value {
    let field = |(ord, name): (usize, &&str)| json!({"name": name, "ord": ord, "sticky": false, "rtl": false, "font": "Arial", "size": 20, "media": []});
    let fields: Vec<Value> = sort.fields().iter().enumerate().map(field).collect();
    let template = json!({
        "name": sort.name(), "ord": 0, "qfmt": front(sort), "afmt": back(sort), "bqfmt": "", "bafmt": "",
        "did": null, "bfont": "", "bsize": 0,
    });
    json!({
        "id": id(sort), "name": sort.name(), "type": i32::from(sort == NoteSort::Cloze), "mod": CHANGED, "usn": -1,
        "sortf": 2, "did": deck, "tmpls": [template], "flds": fields, "css": STYLE, "tags": [], "vers": [],
        "latexPre": "\\documentclass{article}\n\\begin{document}\n", "latexPost": "\\end{document}",
        "req": [[0, "any", [2, 3]]],
    })
}
