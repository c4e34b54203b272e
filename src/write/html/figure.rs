//! A picture as `<figure>`: the file itself in a data address, so that the page needs nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::inline::push_text;
use crate::doc::Figure;

/// Millimetres to a point.
const MM: f32 = 25.4 / 72.0;

/// Opens the figure and writes the picture; caption and closing tag are for the caller to add.
pub(super) fn open(out: &mut String, figure: &Figure) {
    let (width, height) = figure.picture.size;
    // As wide as on paper; the style sheet keeps it within the screen and enlarges it for large print.
    let shown = figure.width.unwrap_or(figure.picture.width_unasked() * MM);
    *out += &format!("<figure><img style=\"--width:{shown:.1}mm\" width=\"{width:.0}\" height=\"{height:.0}\" alt=\"");
    push_text(out, &figure.alt);
    let web = &figure.picture.web;
    *out += &format!("\" src=\"data:{};base64,", web.media_type);
    STANDARD.encode_string(&web.bytes, out);
    *out += "\">";
}
