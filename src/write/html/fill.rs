//! What is filled in on a screen, as inputs: without a script, and without a form that would send them anywhere.

use super::inline::push_text;
use crate::doc::{Choice, Labelled};
use crate::text::Asked;

/// Appends a blank in a line.
pub(super) fn push_line(out: &mut String, asked: &Asked) {
    out.push_str("<input type=\"text\"");
    push_asked(out, asked);
    out.push('>');
}

/// Appends room for so many lines.
pub(super) fn push_lines(out: &mut String, lines: u32, asked: &Asked) {
    *out += &format!("<textarea class=\"space\" rows=\"{}\" style=\"--lines:{lines}\"", lines.max(1));
    push_asked(out, asked);
    out.push_str("></textarea>\n");
}

/// Name and words. What one pupil has typed is offered to no other.
fn push_asked(out: &mut String, asked: &Asked) {
    push_attribute(out, "name", &asked.name);
    push_attribute(out, "aria-label", &asked.words);
    out.push_str(" autocomplete=\"off\"");
}

fn push_attribute(out: &mut String, attribute: &str, value: &str) {
    *out += &format!(" {attribute}=\"");
    push_text(out, value);
    out.push('"');
}

/// Opens what goes around the options of a choice, a `div`.
pub(super) fn open_group(out: &mut String, choice: &Choice, asked: &Asked) {
    out.push_str("<div");
    push_attribute(out, "role", if choice.most > 1 { "group" } else { "radiogroup" });
    push_attribute(out, "aria-label", &asked.words);
    out.push_str(">\n");
}

/// Appends the circle or box by which an option is chosen: the words beside it say what it is.
pub(super) fn push_tick(out: &mut String, option: &Labelled, choice: &Choice, asked: &Asked) {
    out.push_str("<input");
    push_attribute(out, "type", if choice.most > 1 { "checkbox" } else { "radio" });
    push_attribute(out, "name", &asked.name);
    push_attribute(out, "value", &option.label);
    out.push('>');
}
