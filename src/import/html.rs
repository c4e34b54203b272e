//! HTML of other programs, well-formed or not → authored text, with what was left out of it.

use crate::exchange::inline::as_markup;
use crate::exchange::xml::decoded;
use crate::text::is_language_tag;

/// HTML as authored text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text, in the mark-up of `text`, on one line.
    pub text: String,
    /// Pictures in it: source and alternative text, both as written.
    pub pictures: Vec<(String, String)>,
    /// What was changed, each as the end of a sentence, none twice.
    pub changed: Vec<String>,
}

/// Elements whose content is no text.
const HIDDEN: [&str; 5] = ["script", "style", "head", "object", "iframe"];

/// Elements after which words stand apart.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "hr",
    "dt",
    "dd",
    "td",
    "th",
    "figure",
];

/// Bytes that are looked through for the ends of tags that have none, in a short text.
const PATIENCE: usize = 1 << 20;

/// Reads HTML: emphasis and strong are kept, pictures are listed, other mark-up is passed over, and what loses its meaning by
/// that is told. It always succeeds.
pub fn from_html(html: &str) -> Marked {
    let mut reader = Reader::default();
    let mut rest = html;
    // Every sign of a tag that does not end is looked at to the end of the text: not more often than a person would write one.
    let mut patience = PATIENCE.max(html.len().saturating_mul(8));
    while let Some(at) = rest.find('<') {
        reader.words(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let opens = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let end = if opens && patience >= rest.len() { tag_end(rest) } else { None };
        let Some(end) = end else {
            // No tag: a sign of its own.
            patience = patience.saturating_sub(if opens { rest.len() } else { 0 });
            reader.words("<");
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let closes = tag.starts_with('/');
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if !closes && HIDDEN.contains(&name.as_str()) {
            reader.changed(&format!("a <{name}> was left out"));
            // What closes itself has nothing inside.
            rest = if tag.ends_with('/') { rest } else { closing(rest, &name) };
        } else {
            reader.tag(&name, closes, tag);
        }
    }
    reader.words(rest);
    reader.finish()
}

/// The text from the tag on that closes an element; nothing if none does.
fn closing<'t>(text: &'t str, name: &str) -> &'t str {
    let closes = |at: &usize| {
        let tag = text.as_bytes().get(at + 2..at + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    text.match_indices("</").map(|(at, _)| at).find(closes).map_or("", |at| &text[at..])
}

/// Where a tag ends; a `>` in quotes does not end it.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') if text[..at].ends_with('=') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// The value of an attribute.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = lower[..*at].chars().next_back();
        before.is_some_and(char::is_whitespace) && lower[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next().unwrap_or_default(),
        _ => value.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default(),
    };
    Some(decoded(value))
}

#[derive(Default)]
struct Reader {
    marked: Marked,
    /// Stars that are open.
    open: Vec<&'static str>,
    /// Tags of the languages of open spans; of the others nothing.
    spans: Vec<Option<String>>,
    /// Whether one of them has a language.
    foreign: bool,
    /// Stars that wait for the next word: emphasis begins with a word, not a space.
    waiting: Vec<&'static str>,
    /// Stars that closed last, innermost first, and where the text ended then.
    closed: Vec<(&'static str, usize)>,
}

impl Reader {
    fn changed(&mut self, what: &str) {
        if !self.marked.changed.iter().any(|known| known == what) {
            self.marked.changed.push(what.to_owned());
        }
    }

    /// Words between tags; runs of spaces are one.
    fn words(&mut self, html: &str) {
        for c in as_markup(&decoded(html)).chars() {
            if c.is_whitespace() {
                self.space();
                continue;
            }
            for stars in std::mem::take(&mut self.waiting) {
                let end = self.marked.text.len();
                // Words that go on in the same emphasis are one run: the stars between them would be signs.
                match self.closed.pop_if(|closed| *closed == (stars, end)) {
                    Some(_) => self.marked.text.truncate(end - stars.len()),
                    None => self.marked.text.push_str(stars),
                }
                self.open.push(stars);
            }
            self.closed.clear();
            self.marked.text.push(c);
        }
    }

    fn space(&mut self) {
        if !self.marked.text.is_empty() && !self.marked.text.ends_with(' ') {
            self.marked.text.push(' ');
        }
    }

    fn tag(&mut self, name: &str, closes: bool, tag: &str) {
        match name {
            "em" | "i" => self.stars("*", closes),
            "strong" | "b" => self.stars("**", closes),
            "img" if !closes => {
                let (source, alt) = (attribute(tag, "src"), attribute(tag, "alt"));
                self.marked.pictures.push((source.unwrap_or_default(), alt.unwrap_or_default()));
            }
            "span" => self.span(closes, attribute(tag, "xml:lang").or_else(|| attribute(tag, "lang"))),
            "sub" | "sup" if !closes => self.changed("raised or lowered signs became plain ones"),
            "u" | "ins" if !closes => self.changed("underlining was left out"),
            "s" | "strike" | "del" if !closes => self.changed("striking out was left out"),
            "table" if !closes => self.changed("a table became words in a row"),
            "ul" | "ol" if !closes => self.changed("a list became words in a row"),
            "a" if !closes => self.changed("a link lost its address"),
            "audio" | "video" | "embed" if !closes => self.changed("sound or film was left out"),
            "math" if !closes => self.changed("a formula became its signs in a row"),
            "li" if !closes => {
                self.space();
                self.words("• ");
            }
            _ => {}
        }
        if BLOCKS.contains(&name) {
            self.space();
        }
    }

    /// Words in another language keep its tag.
    fn span(&mut self, closes: bool, language: Option<String>) {
        let language = language.filter(|tag| is_language_tag(tag) && !self.foreign);
        if !closes {
            if language.is_some() {
                self.foreign = true;
                self.marked.text.push('[');
            }
            self.spans.push(language);
        } else if let Some(Some(tag)) = self.spans.pop() {
            self.foreign = false;
            self.marked.text += &format!("]{{{tag}}}");
        }
    }

    fn stars(&mut self, stars: &'static str, closes: bool) {
        if !closes {
            if !self.open.contains(&stars) && !self.waiting.contains(&stars) {
                self.waiting.push(stars);
            }
        } else if let Some(at) = self.waiting.iter().position(|waiting| *waiting == stars) {
            self.waiting.remove(at);
        } else if let Some(at) = self.open.iter().rposition(|open| *open == stars) {
            // What was opened after it is closed with it: mark-up nests.
            let spaced = self.marked.text.ends_with(' ');
            let kept = self.marked.text.trim_end().len();
            self.marked.text.truncate(kept);
            for open in self.open.split_off(at).into_iter().rev() {
                self.marked.text.push_str(open);
                self.closed.push((open, self.marked.text.len()));
            }
            if spaced {
                self.marked.text.push(' ');
            }
        }
    }

    fn finish(mut self) -> Marked {
        let kept = self.marked.text.trim_end().len();
        self.marked.text.truncate(kept);
        for open in std::mem::take(&mut self.open).into_iter().rev() {
            self.marked.text.push_str(open);
        }
        for tag in std::mem::take(&mut self.spans).into_iter().flatten() {
            self.marked.text += &format!("]{{{tag}}}");
        }
        self.marked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_authored_text() {
        let text = |html: &str| from_html(html).text;
        assert_eq!(text("<p>Who <b>said</b>&nbsp;it?</p><p>2 &lt; 3 * 4</p>"), "Who **said** it? 2 < 3 \\* 4");
        assert_eq!(text("a <i> b </i>c <strong>d <em>e</strong> f"), "a *b* c **d *e*** f");
        assert_eq!(text("5 < 6 and 7 > 3 <"), "5 < 6 and 7 > 3 <");
        assert_eq!(text("x<!-- no -->y<script>alert('<b>')</é></SCRIPT>z"), "xyz");
        assert_eq!(text("a <span class=x>b</span> <span lang=\"fr\">détente</span>"), "a b [détente]{fr}");
        assert_eq!(text("<b></b>a<b> </b>"), "a");
        assert_eq!(text("<p>&nbsp;Who&nbsp; said</p>"), "Who said");
        // Word writes runs of letters.
        assert_eq!(text("<b>Ken</b><b>nedy</b> <b>a</b> <b>b</b>"), "**Kennedy** **a** **b**");
        assert_eq!(text("<b><i>x</i></b><b><i>y</i></b>"), "***xy***");
        assert_eq!(text("<p>Whom? <iframe src=\"x\"/> The rest.</p>"), "Whom? The rest.");
        let read = from_html("<img src='a.png'></img><u>a</u> <del>b</del>");
        assert_eq!((read.pictures.len(), read.changed.len()), (1, 2));
        let read = from_html("<img alt=\"A > map\" src='a.png'><table><tr><td>1</td><td>2</td></tr></table>");
        assert_eq!(read.pictures, [("a.png".to_owned(), "A > map".to_owned())]);
        assert_eq!((read.text.as_str(), read.changed.len()), ("1 2", 1));
    }

    #[test]
    fn broken_html_is_read_to_its_end() {
        for html in ["<", "<b", "<b>", "<a href=\"x", "<!--", "<script>", "</b></i>", "&", "&#;", "<>", "<b><i>x"] {
            from_html(html);
        }
        assert_eq!(from_html("<b><i>x").text, "***x***");
        // Quick, whatever does not end.
        for part in ["<a ", "<script>", "<span>", "<b", "</", "<!--", "<a =\""] {
            from_html(&format!("{}=\">", part.repeat(200_000)));
        }
    }
}
