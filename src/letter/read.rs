//! Plain text → letter, in this order: split, classify, lift page and footnote marks, collapse spaces, number, hash.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::blocks::{self, Kind, Note};
use super::decode::{clean, report};
use super::{About, Editorial, Footnote, Letter, PageAnchor, Paragraph, Place, check, marks};
use crate::diag::{Diagnostic, Severity, has_errors};
use crate::text::sentences;

/// Reads a text as [`super::decode`] gives it. Everything lifted out of the text is in the reports.
///
/// # Errors
/// All reports, at least one of them an error: a text without a paragraph, one that differs from the fingerprints, or
/// sections that do not hold every paragraph once and in order.
pub fn read(text: &str, about: About) -> Result<(Letter, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (letter, places, mut reports) = number(text, about);
    check::fingerprints(&letter, &places, &mut reports);
    check::about(&letter, &mut reports);
    if has_errors(&reports) { Err(reports) } else { Ok((letter, reports)) }
}

/// The letter, the bytes of each paragraph in the text, and the reports. What `about` says is not yet held against the text.
pub(crate) fn number(text: &str, about: About) -> (Letter, Vec<Range<usize>>, Vec<Diagnostic>) {
    let mut reports = Vec::new();
    let text = clean(text, &mut reports);
    let (blocks, notes) = blocks::classify(&text);
    let mut reader = Reader::new(&text, notes, reports);
    for block in blocks {
        reader.block(block.kind, block.at);
    }
    reader.finish(about)
}

/// What has been read so far.
struct Reader<'a> {
    text: &'a str,
    head: String,
    paragraphs: Vec<Paragraph>,
    /// Bytes of each paragraph in the text.
    places: Vec<Range<usize>>,
    editorial: Vec<Editorial>,
    /// Numbers of the footnotes as printed.
    declared: Vec<u32>,
    footnotes: Vec<(Footnote, Range<usize>)>,
    anchors: Vec<PageAnchor>,
    reports: Vec<Diagnostic>,
}

/// A mark to be lifted out of a block.
enum Mark {
    Page(u32),
    /// By its index among the footnotes.
    Footnote(usize),
}

/// A one-based number of a list that is `len` long.
fn nth(len: usize) -> u32 {
    u32::try_from(len + 1).unwrap_or(u32::MAX)
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, notes: Vec<Note>, reports: Vec<Diagnostic>) -> Self {
        let declared = notes.iter().map(|note| note.number).collect();
        let footnote = |note: Note| {
            let words = marks::lift(&text[note.at.clone()], []).text;
            (Footnote { text: words, mark: None }, note.at)
        };
        Reader {
            text,
            head: String::new(),
            paragraphs: Vec::new(),
            places: Vec::new(),
            editorial: Vec::new(),
            declared,
            footnotes: notes.into_iter().map(footnote).collect(),
            anchors: Vec::new(),
            reports,
        }
    }

    fn report(&mut self, severity: Severity, message: String, at: Range<usize>) {
        self.reports.push(report(severity, message, at));
    }

    fn block(&mut self, kind: Kind, at: Range<usize>) {
        match kind {
            Kind::Heading => self.head = self.lift(at, Place::Head),
            Kind::Editorial => {
                let place = Place::Editorial(nth(self.editorial.len()));
                let text = self.lift(at.start + 1..at.end - 1, place);
                self.report(
                    Severity::Note,
                    format!("“[{text}]” was read as an editor’s note, {place}: it has no ¶ number"),
                    at,
                );
                self.editorial.push(Editorial { text, after: nth(self.paragraphs.len()) - 1 });
            }
            Kind::Prose => self.paragraph(at),
        }
    }

    fn paragraph(&mut self, at: Range<usize>) {
        let number = nth(self.paragraphs.len());
        let text = self.lift(at.clone(), Place::Paragraph(number));
        if text.is_empty() {
            return;
        }
        if text.matches('[').count() != text.matches(']').count() {
            self.report(Severity::Warning, format!("¶{number} has a bracket without its partner"), at.clone());
        }
        let sha256 = hex(&Sha256::digest(text.as_bytes()));
        self.paragraphs.push(Paragraph { number, sentences: sentences(&text), text, sha256 });
        self.places.push(at);
    }

    /// The words of a block without their marks, which go where they belong.
    fn lift(&mut self, at: Range<usize>, place: Place) -> String {
        let words = &self.text[at.clone()];
        let mut found: Vec<(Range<usize>, Mark)> =
            marks::pages(words).map(|mark| (mark.at, Mark::Page(mark.page))).collect();
        for (number, mark) in marks::footnotes(words, &self.declared) {
            let Some(index) = self.declared.iter().position(|declared| *declared == number) else { continue };
            found.push((mark, Mark::Footnote(index)));
        }
        found.retain(|(mark, kind)| match kind {
            Mark::Page(_) => true,
            Mark::Footnote(index) => self.is_first_mark(*index, place, at.start + mark.start..at.start + mark.end),
        });
        found.sort_by_key(|(mark, _)| mark.start);
        let lifted = marks::lift(words, found.iter().map(|(mark, _)| mark.clone()));
        for ((mark, kind), offset) in found.into_iter().zip(lifted.offsets) {
            let mark = at.start + mark.start..at.start + mark.end;
            match kind {
                Mark::Page(page) => self.page(page, place, (&lifted.text, offset), mark),
                Mark::Footnote(index) => {
                    self.footnotes[index].0.mark = Some((place, offset));
                    let message = format!(
                        "“{}” was lifted out of {place}: it is the mark of fn{}",
                        self.declared[index],
                        index + 1
                    );
                    self.report(Severity::Note, message, mark);
                }
            }
        }
        lifted.text
    }

    /// Whether a footnote has no mark yet; a second one stays in the text.
    fn is_first_mark(&mut self, index: usize, place: Place, at: Range<usize>) -> bool {
        let is_first = self.footnotes[index].0.mark.is_none();
        // Offsets are not known before all marks of the block are: the place is enough until then.
        self.footnotes[index].0.mark.get_or_insert((place, 0));
        if !is_first {
            let message =
                format!("this looks like a second mark of footnote {}; it was left in {place}", self.declared[index]);
            self.report(Severity::Warning, message, at);
        }
        is_first
    }

    fn page(&mut self, page: u32, place: Place, (text, offset): (&str, usize), at: Range<usize>) {
        // A page begins at its first word, not at the space before it.
        let offset = offset + usize::from(text[offset..].starts_with(' '));
        let offset = if matches!(place, Place::Paragraph(_)) { offset } else { 0 };
        if self.anchors.last().is_some_and(|last| last.page >= page) {
            let message = format!("page {page} comes after a page with the same number or a higher one");
            self.report(Severity::Warning, message, at.clone());
        }
        let message = format!("“{}” was lifted out of the text", &self.text[at.clone()]);
        self.report(Severity::Note, message, at);
        self.anchors.push(PageAnchor { page, paragraph: nth(self.paragraphs.len()), offset });
    }

    fn finish(mut self, about: About) -> (Letter, Vec<Range<usize>>, Vec<Diagnostic>) {
        for index in 0..self.footnotes.len() {
            let number = self.declared[index];
            let known = about.footnotes_without_mark.contains(&number);
            let message = match self.footnotes[index].0.mark {
                None if !known => format!("footnote {number} (fn{}) has no mark in the text", index + 1),
                Some(_) if known => {
                    format!("footnote {number} has a mark in the text, though `letter.yaml` says that it has none")
                }
                _ => continue,
            };
            let found = report(Severity::Warning, message, self.footnotes[index].1.clone());
            self.reports.push(match known {
                true => found,
                false => found.help(format!(
                    "Set the mark in the text, or say `footnotes_without_mark: [{number}]` in letter.yaml"
                )),
            });
        }
        match (&self.paragraphs[..], &self.places[..]) {
            ([], _) => {
                let nothing = report(Severity::Error, "the text has no paragraph", 0..0);
                self.reports.push(nothing.help("A paragraph is a block of prose between blank lines."));
            }
            ([.., last], places) => {
                // A page that begins after the last word begins at the end of the last paragraph.
                for anchor in self.anchors.iter_mut().filter(|anchor| anchor.paragraph > last.number) {
                    (anchor.paragraph, anchor.offset) = (last.number, last.text.len());
                }
                if let [only] = places
                    && self.text[only.clone()].lines().count() > 3
                {
                    let found = report(Severity::Warning, "all of the text is one paragraph", only.clone());
                    self.reports.push(found.help("Put a blank line between paragraphs."));
                }
            }
        }
        let mut letter = Letter {
            about,
            head: self.head,
            paragraphs: self.paragraphs,
            editorial: self.editorial,
            footnotes: self.footnotes.into_iter().map(|(footnote, _)| footnote).collect(),
            anchors: self.anchors,
            fingerprint: String::new(),
        };
        letter.fingerprint = fingerprint(&letter);
        (letter, self.places, self.reports)
    }
}

/// SHA-256 over all that a sheet may print of the letter: its text and what `letter.yaml` says.
fn fingerprint(letter: &Letter) -> String {
    let mut hash = Sha256::new();
    let mut part = |kind: &str, text: &str| {
        hash.update(kind);
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    part("head", &letter.head);
    letter.paragraphs.iter().for_each(|p| part("¶", &p.text));
    letter.editorial.iter().for_each(|e| part(&format!("ed{}", e.after), &e.text));
    letter.footnotes.iter().for_each(|f| part("fn", &f.text));
    // What steers the checks alone is not printed. (`absent` does too, but older codes have it.)
    let about = About {
        fingerprints: Vec::new(),
        footnotes_without_mark: Vec::new(),
        later: Vec::new(),
        words: Vec::new(),
        ..letter.about.clone()
    };
    // Strings and numbers always serialize.
    part("about", &serde_json::to_string(&about).unwrap_or_default());
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
