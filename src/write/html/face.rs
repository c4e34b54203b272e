//! The embedded faces as `@font-face` rules, and texts as CSS strings.

use std::fmt::Write;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::doc::Print;

/// One face of a family.
struct Face {
    family: &'static str,
    style: &'static str,
    weight: u16,
    woff2: &'static [u8],
}

const SERIF: [Face; 3] = [
    Face {
        family: "Source Serif 4",
        style: "normal",
        weight: 400,
        woff2: include_bytes!("../../../templates/fonts/web/source-serif-4-latin-400-normal.woff2"),
    },
    Face {
        family: "Source Serif 4",
        style: "italic",
        weight: 400,
        woff2: include_bytes!("../../../templates/fonts/web/source-serif-4-latin-400-italic.woff2"),
    },
    Face {
        family: "Source Serif 4",
        style: "normal",
        weight: 700,
        woff2: include_bytes!("../../../templates/fonts/web/source-serif-4-latin-700-normal.woff2"),
    },
];

const SANS: [Face; 2] = [
    Face {
        family: "Atkinson Hyperlegible Next",
        style: "normal",
        weight: 400,
        woff2: include_bytes!("../../../templates/fonts/web/atkinson-hyperlegible-next-latin-400-normal.woff2"),
    },
    Face {
        family: "Atkinson Hyperlegible Next",
        style: "normal",
        weight: 700,
        woff2: include_bytes!("../../../templates/fonts/web/atkinson-hyperlegible-next-latin-700-normal.woff2"),
    },
];

static WITH_SERIF: LazyLock<String> = LazyLock::new(|| rules(SERIF.iter().chain(&SANS)));
static SANS_ALONE: LazyLock<String> = LazyLock::new(|| rules(SANS.iter()));

/// The `@font-face` rules of the faces that a print uses: the accessible ones have no serif, and carry none.
pub(super) fn font_faces(print: Print) -> &'static str {
    match print {
        Print::Standard | Print::Spaced => &WITH_SERIF,
        Print::Large | Print::Dyslexia => &SANS_ALONE,
    }
}

fn rules<'a>(faces: impl Iterator<Item = &'a Face>) -> String {
    faces
        .map(|Face { family, style, weight, woff2 }| {
            let base64 = STANDARD.encode(woff2);
            format!(
                "@font-face {{ font-family: \"{family}\"; font-style: {style}; font-weight: {weight}; \
                 src: url(data:font/woff2;base64,{base64}) format(\"woff2\"); }}\n"
            )
        })
        .collect()
}

/// A text as a quoted CSS string: all but letters, digits and spaces as code points, so that no quote, line end or
/// `</style>` of the text is one.
pub(super) fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '\0' => out.push('\u{FFFD}'),
            ' ' | 'a'..='z' | 'A'..='Z' | '0'..='9' => out.push(c),
            // Writing to a String cannot fail.
            _ => drop(write!(out, "\\{:x} ", u32::from(c))),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_css_string_cannot_be_left() {
        assert_eq!(css_string("K7-3 B"), "\"K7\\2d 3 B\"");
        let hostile = css_string("\"}\n</style><script>é\\");
        assert!(
            hostile[1..hostile.len() - 1].chars().all(|c| c == '\\' || c == ' ' || c.is_ascii_alphanumeric()),
            "{hostile}"
        );
    }

    #[test]
    fn accessible_prints_carry_no_serif() {
        assert!(!font_faces(Print::Large).contains("Serif"));
        assert_eq!(font_faces(Print::Spaced).matches("@font-face").count(), 5);
    }
}
