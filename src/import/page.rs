//! The texts of other programs in HTML, Markdown or plain words; and the parts of a text that an export marked with a class
//! because the program has no field for them.

use super::{Marked, from_html};
use crate::exchange::inline::as_markup;
use crate::exchange::xml::decoded;
use crate::exchange::{Quoted, Shown, Stimulus};

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    /// HTML, or words with some.
    Html,
    /// Markdown, whose stars are those of authored text.
    Markdown,
    /// Words alone.
    Plain,
}

impl Notation {
    /// As Moodle calls it; what is not known there is HTML.
    pub fn of(name: &str) -> Notation {
        match name.trim() {
            "markdown" => Notation::Markdown,
            "plain_text" | "plain" => Notation::Plain,
            _ => Notation::Html,
        }
    }

    /// The text as authored text, on one line.
    pub fn read(self, text: &str) -> Marked {
        let line = || text.split_whitespace().collect::<Vec<_>>().join(" ");
        match self {
            Notation::Html => from_html(text),
            Notation::Plain => Marked { text: as_markup(&line()), ..Marked::default() },
            Notation::Markdown => from_markdown(&line()),
        }
    }
}

/// Stars stay; a backslash is taken from the signs that it kept from being mark-up.
fn from_markdown(line: &str) -> Marked {
    let mut text = String::new();
    let mut changed = Vec::new();
    let mut signs = line.chars().peekable();
    while let Some(c) = signs.next() {
        match (c, signs.peek()) {
            ('\\', Some(next)) if next.is_ascii_punctuation() && *next != '*' => {}
            _ => text.push(c),
        }
    }
    if line.contains("](") || line.contains('`') || line.starts_with(['#', '>']) {
        changed.push("Markdown was read as words; emphasis alone is kept".to_owned());
    }
    Marked { text, changed, pictures: Vec::new() }
}

/// Takes the first element with a class out of HTML: what is in it.
fn take(html: &mut String, element: &str, class: &str) -> Option<String> {
    let (opening, closing) = (format!("<{element} class=\"pilcrow-{class}\">"), format!("</{element}>"));
    let at = html.find(&opening)?;
    let from = at + opening.len();
    let length = html[from..].find(&closing)?;
    let inner = html[from..from + length].to_owned();
    html.replace_range(at..from + length + closing.len(), " ");
    Some(inner)
}

/// Takes every element with a class out of HTML, up to a number that no question needs.
fn take_all(html: &mut String, element: &str, class: &str) -> Vec<String> {
    const MOST: usize = 100;
    std::iter::from_fn(|| take(html, element, class)).take(MOST).collect()
}

/// Takes a list with a class out of HTML: its entries.
pub(super) fn take_list(html: &mut String, class: &str) -> Vec<String> {
    let Some(inner) = take(html, "ul", class) else { return Vec::new() };
    inner.split("<li>").skip(1).map(|entry| from_html(entry.trim_end_matches("</li>")).text).collect()
}

/// What a question asks, in its parts.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub stem: String,
    pub set: Option<Stimulus>,
    pub heads: [String; 2],
    pub by: String,
    pub unit: String,
    /// A passage with gaps, as it stands.
    pub passage: Option<String>,
    pub stance: Option<[String; 2]>,
    /// What follows up, begins a sentence, rules a talk.
    pub lists: [Vec<String>; 3],
    /// Rows to be filled in.
    pub rows: Vec<String>,
    /// Source and alternative text.
    pub pictures: Vec<(String, String)>,
    pub changed: Vec<String>,
}

/// Reads a question's text.
pub(super) fn asked(text: &str, notation: Notation) -> Asked {
    if notation != Notation::Html {
        let Marked { text, pictures, changed } = notation.read(text);
        return Asked { stem: text, pictures, changed, ..Asked::default() };
    }
    let mut rest = text.to_owned();
    let mut asked = Asked::default();
    if let Some(inner) = take(&mut rest, "div", "set") {
        asked.set = Some(set(inner, &mut asked.changed));
    }
    for inner in take_all(&mut rest, "p", "picture") {
        let Marked { text, pictures, .. } = from_html(&inner);
        asked.pictures.extend(pictures);
        if !text.is_empty() {
            asked.changed.push(format!("what stood under its picture was left out: {text}"));
        }
    }
    let pair = |inner: String, between: &str| -> Option<[String; 2]> {
        let (left, right) = inner.split_once(between)?;
        Some([from_html(left).text, from_html(right).text])
    };
    asked.heads = take(&mut rest, "p", "heads").and_then(|inner| pair(inner, " → ")).unwrap_or_default();
    asked.stance = take(&mut rest, "p", "stance").and_then(|inner| pair(inner, " ←→ "));
    let mut line = |class: &str| take(&mut rest, "p", class).map(|inner| from_html(&inner).text).unwrap_or_default();
    (asked.by, asked.unit) = (line("by"), line("unit"));
    asked.passage = take(&mut rest, "p", "passage");
    asked.lists = ["follow-ups", "starters", "norms"].map(|class| take_list(&mut rest, class));
    asked.rows = take_list(&mut rest, "rows");
    let stem = take(&mut rest, "p", "stem");
    let around = from_html(&rest);
    asked.pictures.extend(around.pictures);
    asked.changed.extend(around.changed);
    asked.stem = match stem {
        Some(stem) => crate::exchange::inline::joined(&[&from_html(&stem).text, &around.text]),
        None => around.text,
    };
    asked
}

/// The passage of a set.
fn set(mut inner: String, changed: &mut Vec<String>) -> Stimulus {
    if !take_all(&mut inner, "p", "picture").is_empty() {
        changed.push("the picture of the shared passage was left out".to_owned());
    }
    let title = inner.split_once("<h4>").and_then(|(_, rest)| rest.split_once("</h4>")).map_or("", |(title, _)| title);
    let title = decoded(title);
    let intro = take(&mut inner, "p", "intro").map(|intro| from_html(&intro).text).unwrap_or_default();
    let passages = inner.split("<blockquote>").skip(1).map(|block| {
        let mut block = block.split("</blockquote>").next().unwrap_or_default().to_owned();
        match take(&mut block, "p", "evidence").and_then(|line| quoted(&line)) {
            Some(quoted) => Shown::Quoted(quoted),
            None => {
                let (text, source) = block.split_once("<small>").unwrap_or((&block, ""));
                Shown::Text(from_html(text).text, from_html(source).text)
            }
        }
    });
    Stimulus { id: String::new(), passages: passages.collect(), title, intro }
}

/// `¶6 “…”` as HTML has it.
fn quoted(line: &str) -> Option<Quoted> {
    let line = decoded(line);
    let (place, words) = line.split_once(" “")?;
    Some(Quoted { place: place.to_owned(), words: words.strip_suffix('”')?.to_owned() })
}

/// What is told after any answer.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub explanation: String,
    /// Of each pair, in order; none where the text has none.
    pub reasons: Vec<String>,
    pub evidence: Vec<Quoted>,
    pub changed: Vec<String>,
}

/// Reads what is told after any answer.
pub(super) fn told(text: &str, notation: Notation) -> Told {
    if notation != Notation::Html {
        let Marked { text, changed, .. } = notation.read(text);
        return Told { explanation: text, changed, ..Told::default() };
    }
    let mut rest = text.to_owned();
    let evidence = take_all(&mut rest, "p", "evidence").iter().filter_map(|line| quoted(line)).collect();
    let mut told = Told { evidence, ..Told::default() };
    if let Some(inner) = take(&mut rest, "ul", "reasons") {
        let reason = |entry: &str| {
            let entry = entry.split_once("</span>").map_or(entry, |(_, reason)| reason);
            from_html(entry.trim_end_matches("</li>")).text
        };
        told.reasons = inner.split("<li>").skip(1).map(reason).collect();
    }
    let Marked { text, pictures, changed } = from_html(&rest);
    (told.explanation, told.changed) = (text, changed);
    if !pictures.is_empty() {
        told.changed.push("a picture in what is told afterwards was left out".to_owned());
    }
    told
}

/// The paragraphs of a text, none of them empty.
pub(super) fn paragraphs(text: &str, notation: Notation) -> Vec<String> {
    let ends = ["</p>", "</li>", "<br>", "<br/>", "<br />", "</div>"];
    let mut parted = text.to_owned();
    match notation {
        Notation::Html => ends.iter().for_each(|end| parted = parted.replace(end, "\u{2029}")),
        Notation::Markdown | Notation::Plain => parted = parted.replace('\n', "\u{2029}"),
    }
    parted.split('\u{2029}').map(|part| notation.read(part).text).filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_parts_are_taken_out_and_the_rest_is_the_stem() {
        let html = "<p class=\"pilcrow-stem\">A <em>b</em></p><p class=\"pilcrow-heads\">L → R</p> c";
        let asked = asked(html, Notation::Html);
        assert_eq!((asked.stem.as_str(), asked.heads), ("A *b* c", ["L".to_owned(), "R".to_owned()]));
        let told = told("<p>Why</p><p class=\"pilcrow-evidence\">¶6 “a &amp; “b””</p>", Notation::Html);
        assert_eq!((told.explanation.as_str(), told.evidence[0].words.as_str()), ("Why", "a & “b”"));
    }

    #[test]
    fn broken_parts_stay_words() {
        for html in ["<p class=\"pilcrow-stem\">a", "<ul class=\"pilcrow-rows\"><li>a", "<div class=\"pilcrow-set\">"] {
            asked(html, Notation::Html);
            told(html, Notation::Html);
        }
        let told = told("<p class=\"pilcrow-evidence\">nothing quoted</p>x", Notation::Html);
        assert_eq!(told.explanation, "x");
    }

    #[test]
    fn other_notations_are_read() {
        assert_eq!(Notation::Plain.read("2 * 3 <b>").text, "2 \\* 3 <b>");
        assert_eq!(Notation::Markdown.read("a *b* \\# \\_ \\*").text, "a *b* # _ \\*");
        assert_eq!(paragraphs("<p>a</p>\n<p></p><p>b", Notation::Html), ["a", "b"]);
    }
}
