//! A diagnostic: severity, rule, place, message and remedy, and its rendering with a caret under the place.

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::input::{Input, Span};

/// How bad it is. Errors stop a run; warnings and notes are shown and do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For the author's information.
    Note,
    /// Probably a flaw; an item can allow it with a reason.
    Warning,
    /// Nothing is made while it stands.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// One fault, found at one place of one input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The rule's code, such as `E04`; empty where the fault has no rule (a parse error).
    pub rule: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where: the input's number in the run's list, and the bytes. `None` where no place exists (a missing file).
    pub place: Option<(usize, Span)>,
}

impl Diagnostic {
    /// An error without a rule, at a place.
    pub fn error(message: impl Into<String>, place: Option<(usize, Span)>) -> Self {
        Diagnostic { severity: Severity::Error, rule: "", message: message.into(), help: None, place }
    }

    /// The same with a remedy.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same under a rule's code.
    pub fn rule(mut self, rule: &'static str) -> Self {
        self.rule = rule;
        self
    }

    /// The diagnostic as a compiler shows it: `file:line:column`, the line, carets, the remedy. Plain text, no colour.
    pub fn render(&self, inputs: &[Input]) -> String {
        self.render_after(inputs, &mut Lines::default())
    }

    /// The same, counting lines from those already counted.
    fn render_after(&self, inputs: &[Input], lines: &mut Lines) -> String {
        if self.place.is_none() {
            return self.without_place();
        }
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = match self.rule {
            "" => level.primary_title(&self.message),
            rule => level.primary_title(&self.message).id(rule),
        };
        let mut report: Vec<Group<'_>> = Vec::with_capacity(1);
        let located = self.place.as_ref().and_then(|(at, span)| inputs.get(*at).map(|input| (*at, input, span)));
        let mut group = match located {
            Some((at, input, span)) => {
                let (excerpt, start, span) = excerpt(input, span);
                let snippet = Snippet::source(excerpt)
                    .line_start(lines.line(at, &input.text, start))
                    .path(&input.name)
                    .annotation(AnnotationKind::Primary.span(span));
                title.element(snippet)
            }
            None => Group::with_title(title),
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help));
        }
        report.push(group);
        Renderer::plain().render(&report)
    }
}

impl Diagnostic {
    /// `error[E14]: message` and its remedy, for what no excerpt can show.
    fn without_place(&self) -> String {
        let rule = if self.rule.is_empty() { String::new() } else { format!("[{}]", self.rule) };
        let help = self.help.as_ref().map_or_else(String::new, |help| format!("\n  help: {help}"));
        format!("{}{rule}: {}{help}", self.severity, self.message)
    }
}

/// The last place whose line was counted. From there on the next is counted: a bank of many megabytes with a fault in each
/// item would else be counted through for each of them.
#[derive(Debug, Default)]
struct Lines {
    input: usize,
    offset: usize,
    /// Line ends before the offset.
    before: usize,
}

impl Lines {
    /// The line of a byte of an input, from 1.
    fn line(&mut self, input: usize, text: &str, offset: usize) -> usize {
        if input != self.input || offset < self.offset {
            *self = Lines { input, ..Lines::default() };
        }
        self.before += memchr::memchr_iter(b'\n', &text.as_bytes()[self.offset..offset]).count();
        self.offset = offset;
        self.before + 1
    }
}

/// The lines that a span touches (three at most, each cut to 240 characters), so that a huge line cannot flood a terminal;
/// the byte at which the span begins; and the span in the excerpt.
fn excerpt<'a>(input: &'a Input, span: &Span) -> (&'a str, usize, Span) {
    const REACH: usize = 240;
    let text = &*input.text;
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(span.start);
    let mut end = boundary(span.end.max(start));
    if let Some((at, _)) = text[start..end].match_indices('\n').nth(2) {
        end = start + at;
    }
    end = boundary(end.min(start + 2 * REACH));
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let from = boundary(line_start.max(start.saturating_sub(REACH)));
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let to = boundary(line_end.min(end + REACH));
    (&text[from..to], start, start - from..(end - from).max(start - from))
}

/// All diagnostics of a run, in the order of file and place, each rendered, with a closing count.
pub fn render_all(diagnostics: &[Diagnostic], inputs: &[Input]) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|d| d.place.as_ref().map_or((usize::MAX, 0), |(at, span)| (*at, span.start)));
    let mut lines = Lines::default();
    let mut out: String = sorted.iter().map(|d| d.render_after(inputs, &mut lines) + "\n\n").collect();
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let tally: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter_map(|severity| match count(severity) {
            0 => None,
            1 => Some(format!("1 {severity}")),
            n => Some(format!("{n} {severity}s")),
        })
        .collect();
    if !tally.is_empty() {
        out += &tally.join(", ");
        out.push('\n');
    }
    out
}

/// Whether any of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// The nearest of `known` to a mistyped word, if one is near enough to be meant.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        // A long word is nobody's slip of the pen, and comparing it costs its length times the other's.
        .filter(|candidate| word.len() <= 4 * candidate.len() + 4)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The words of `known` that a mistyped or half-remembered word may mean: first those that hold it, or that it holds, then those
/// that differ by least; `most` of them.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let rank = |candidate: &'a str| {
        let inside = word.len() >= 3 && (candidate.contains(word) || word.contains(candidate));
        // As for `did_you_mean`: a long word is nobody's slip.
        let distance = (word.len() <= 4 * candidate.len() + 4).then(|| strsim::damerau_levenshtein(word, candidate));
        let near = distance.is_some_and(|distance| distance <= 1 + candidate.chars().count() / 3);
        (inside || near).then_some((!inside, distance, candidate))
    };
    let mut ranked: Vec<_> = known.into_iter().filter_map(rank).collect();
    ranked.sort_unstable();
    ranked.into_iter().take(most).map(|(.., candidate)| candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_words() {
        let known = ["ark-author", "ark-owner", "laos-first", "line"];
        assert_eq!(nearest("ark-autor", known, 3), ["ark-author", "ark-owner"]);
        assert_eq!(nearest("ark", known, 3), ["ark-owner", "ark-author"]);
        assert!(nearest("x", known, 3).is_empty());
    }
}
