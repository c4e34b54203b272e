//! Inline text → words and spaces of known width: the input of the line breaker.

use std::sync::Arc;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_script::Script;

use super::LayoutError;
use super::face::{FaceId, script_of};
use super::look::{Fill, Type};
use super::page::{Field, Filling, Glyph};
use super::shape::{Shaped, Shaper};
use super::tree::{NodeId, NodeRole, Tree};
use crate::doc::Words;
use crate::text::{Asked, Inline, raised};

/// A word or a space.
#[derive(Debug, Clone)]
pub(super) enum Atom {
    Word(Word),
    /// Where a line may end; its width is that of a word's.
    Space(Word),
}

/// Text without a space, in one face.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub face: FaceId,
    /// Size, pt.
    pub size: f32,
    pub node: NodeId,
    pub shaped: Arc<Shaped>,
    /// Width, pt.
    pub width: f32,
    /// How far it may stand out over the left and the right end of a justified line, pt.
    pub hang: (f32, f32),
    /// Places inside it where a line may end.
    pub cuts: Vec<Cut>,
    /// What a blank is.
    pub blank: Option<Blank>,
    /// Whether it is of the text’s own words, by whose bytes places in the text are told.
    pub own: bool,
}

impl Word {
    pub fn text(&self) -> &str {
        &self.shaped.text
    }
}

/// A blank in the text, a rule as wide as the word: the word's own text is its number.
#[derive(Debug, Clone)]
pub(super) enum Blank {
    /// Read so.
    Paper(String),
    /// Filled in on a screen, of this height over its rule, pt.
    Screen(Arc<Field>, f32),
}

/// What stands free after a blank's number where something is typed, sizes of the number.
pub(super) const BESIDE: f32 = 0.15;

/// A place inside a word where a line may end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cut {
    /// Byte of the word's text.
    pub at: usize,
    /// Whether a hyphen is added.
    pub hyphen: bool,
    /// Width of what stands before it with the hyphen, and of what stands after it, pt.
    pub widths: (f32, f32),
    /// How far what stands before it may stand out at the right, and what stands after it at the left, pt.
    pub hang: (f32, f32),
    /// Only where nothing else helps.
    pub last_resort: bool,
    /// Whether a hyphen leaves two letters before it or two or three after it: `al-lies`, `entire-ly`.
    pub stub: bool,
}

/// Turns inline text into atoms.
pub(super) struct Atomizer<'a, 'f> {
    pub shaper: &'a mut Shaper<'f>,
    pub tree: &'a mut Tree,
    /// The language whose hyphenation is used, if any.
    pub hyphens: Option<hypher::Lang>,
    /// The widest that a word may be, pt; a wider one gets cuts at every character.
    pub widest: f32,
    /// Size of the number on a blank, pt.
    pub figures: f32,
    /// What is spoken for marks.
    pub words: &'f Words,
    pub atoms: Vec<Atom>,
    /// Whether what comes is of the text’s own words.
    pub own: bool,
}

impl Atomizer<'_, '_> {
    pub fn inlines(&mut self, inlines: &[Inline], kind: &Type, node: NodeId) -> Result<(), LayoutError> {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(text, kind, node)?,
                Inline::Emphasis(inner) => self.inlines(inner, &kind.italic(), node)?,
                Inline::Strong(inner) => self.inlines(inner, &kind.bold(), node)?,
                Inline::Foreign(language, inner) => {
                    let span = self.tree.add_foreign(node, language);
                    // Where nothing is hyphenated, these words are not either.
                    let hyphens = self.hyphens.and_then(|_| hyphens_of(language));
                    let own = std::mem::replace(&mut self.hyphens, hyphens);
                    let set = self.inlines(inner, kind, span);
                    self.hyphens = own;
                    set?;
                }
                Inline::ParagraphRef(number) => {
                    let span = self.tree.add_spoken(node, self.words.paragraph(*number));
                    self.word(&format!("¶{number}"), kind, span)?;
                }
                Inline::Call(number) => {
                    let span = self.tree.add_spoken(node, self.words.footnote(*number));
                    let own = std::mem::replace(&mut self.own, false);
                    let set = self.word(&raised(*number), kind, span);
                    self.own = own;
                    set?;
                }
                Inline::Lines([printed, spoken]) => {
                    let span = self.tree.add_spoken(node, spoken.as_str());
                    self.text(printed, kind, span)?;
                }
                Inline::Entry(label) => {
                    let link = self.tree.add_link(node, label);
                    self.text(label, kind, link)?;
                }
                Inline::Blank { number, width, asked } => {
                    self.blank((*number, *width), asked.as_deref(), kind, node)?;
                }
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str, kind: &Type, node: NodeId) -> Result<(), LayoutError> {
        let mut start = 0;
        let mut before = ' ';
        for (at, character) in text.char_indices() {
            // The space of “¶ 7” does not part the mark from its number.
            if character.is_whitespace() && character != '\u{a0}' && before != '¶' {
                self.word(&text[start..at], kind, node)?;
                self.space(kind, node)?;
                start = at + character.len_utf8();
            }
            before = character;
        }
        self.word(&text[start..], kind, node)
    }

    fn space(&mut self, kind: &Type, node: NodeId) -> Result<(), LayoutError> {
        if matches!(self.atoms.last(), Some(Atom::Word(_))) {
            let space = self.piece(kind.face(), " ", kind.size, node)?;
            self.atoms.push(Atom::Space(space));
        }
        Ok(())
    }

    fn word(&mut self, text: &str, kind: &Type, node: NodeId) -> Result<(), LayoutError> {
        let mut start = 0;
        for end in unspaced_breaks(text) {
            self.unbroken(&text[start..end], kind, node)?;
            self.break_without_space();
            start = end;
        }
        self.unbroken(&text[start..], kind, node)
    }

    /// A line may end here, though nothing stands here.
    fn break_without_space(&mut self) {
        if let Some(Atom::Word(word)) = self.atoms.last() {
            let nothing = Arc::new(Shaped { text: "".into(), glyphs: Vec::new(), width: 0.0 });
            let space =
                Word { shaped: nothing, width: 0.0, hang: (0.0, 0.0), cuts: Vec::new(), blank: None, ..word.clone() };
            self.atoms.push(Atom::Space(space));
        }
    }

    fn unbroken(&mut self, text: &str, kind: &Type, node: NodeId) -> Result<(), LayoutError> {
        // Every face has the characters of plain ASCII.
        if text.bytes().all(|byte| byte.is_ascii_graphic()) && !text.is_empty() {
            return self.part(kind.face(), text, kind, node);
        }
        for (face, range) in self.shaper.split(kind.face(), text)? {
            self.part(face, &text[range], kind, node)?;
        }
        Ok(())
    }

    fn part(&mut self, face: FaceId, text: &str, kind: &Type, node: NodeId) -> Result<(), LayoutError> {
        let mut word = self.piece(face, text, kind.size, node)?;
        word.cuts = self.cuts(&word, kind.fill == Fill::Justified)?;
        self.atoms.push(Atom::Word(word));
        Ok(())
    }

    fn blank(
        &mut self,
        (number, ems): (Option<(u32, u32)>, f32),
        asked: Option<&Asked>,
        kind: &Type,
        node: NodeId,
    ) -> Result<(), LayoutError> {
        let shown = number.map_or_else(|| " ".to_string(), |(number, _)| number.to_string());
        let (span, blank) = match asked {
            None => {
                let reading = self.words.blank(number);
                (self.tree.add_spoken(node, reading.clone()), Blank::Paper(reading))
            }
            Some(asked) => {
                let field = Field::of(asked, Filling::Line(None), kind.typed());
                (self.tree.add(node, NodeRole::Field), Blank::Screen(Arc::new(field), kind.leading * 0.9))
            }
        };
        let mut word = self.piece(FaceId::Sans, &shown, self.figures.min(kind.size), span)?;
        // The number stands on the rule, at its left end, and leaves room to write; what is typed stands all beside it.
        let beside = if asked.is_some() && number.is_some() { word.width + word.size * BESIDE } else { 0.0 };
        word.width = (ems * kind.size + beside).max(word.width * 2.5).min(self.widest).max(kind.size);
        word.blank = Some(blank);
        self.atoms.push(Atom::Word(word));
        Ok(())
    }

    fn piece(&mut self, face: FaceId, text: &str, size: f32, node: NodeId) -> Result<Word, LayoutError> {
        let shaped = self.shaper.shape(face, text)?;
        let width = shaped.width * size / 1000.0;
        let hang = (hang(text.chars().next(), &shaped, size).0, hang(text.chars().next_back(), &shaped, size).1);
        Ok(Word { face, size, node, shaped, width, hang, cuts: Vec::new(), blank: None, own: self.own })
    }

    fn cuts(&mut self, word: &Word, hyphenate: bool) -> Result<Vec<Cut>, LayoutError> {
        let mut places: Vec<(usize, bool, bool)> = Vec::new();
        let text = word.text();
        for (at, mark) in text.char_indices() {
            let end = at + mark.len_utf8();
            let letters = |part: &str| part.chars().any(char::is_alphanumeric);
            // A hyphen in capitals and figures is part of a code, which is copied letter by letter.
            let breaks = mark == '—' || mark == '/' || mark == '-' && text.chars().any(char::is_lowercase);
            if breaks && letters(&text[..at]) && letters(&text[end..]) {
                places.push((end, false, false));
            }
        }
        if let (true, Some(lang)) = (hyphenate, self.hyphens) {
            places.extend(syllables(text, lang).into_iter().map(|at| (at, true, false)));
        }
        if word.width > self.widest {
            places.extend(text.char_indices().skip(1).map(|(at, _)| (at, false, true)));
        }
        places.sort_unstable();
        places.dedup_by_key(|place| place.0);
        let mut cuts = Vec::with_capacity(places.len());
        for (at, hyphen, last_resort) in places {
            let head = format!("{}{}", &text[..at], if hyphen { "-" } else { "" });
            let shaped = self.shaper.shape(word.face, &head)?;
            let after = self.shaper.shape(word.face, &text[at..])?;
            let hang = (
                hang(head.chars().next_back(), &shaped, word.size).1,
                hang(text[at..].chars().next(), &after, word.size).0,
            );
            let widths = (shaped.width * word.size / 1000.0, after.width * word.size / 1000.0);
            let letters = |part: &str| part.chars().filter(|letter| letter.is_alphabetic()).count();
            let stub = hyphen && (letters(&text[..at]) < 3 || letters(&text[at..]) < 4);
            cuts.push(Cut { at, hyphen, widths, hang, last_resort, stub });
        }
        Ok(cuts)
    }
}

/// Places inside a text without a space where a line may end in the scripts of Asia, bytes: between Chinese characters, between
/// Thai words. Source: UAX 14, and the dictionaries of ICU4X.
fn unspaced_breaks(text: &str) -> Vec<usize> {
    // No script below the first of India's is written without spaces.
    let unspaced =
        |c: char| c >= '\u{900}' && script_of(c.encode_utf8(&mut [0; 4])).is_some_and(|script| script != Script::Latin);
    if text.is_ascii() || !text.chars().any(unspaced) {
        return Vec::new();
    }
    let breaks = LineSegmenter::new_auto(LineBreakOptions::default());
    breaks.segment_str(text).filter(|at| (1..text.len()).contains(at)).collect()
}

/// The hyphenation of a language, if it is known by two letters.
fn hyphens_of(language: &str) -> Option<hypher::Lang> {
    let primary = language.split('-').next()?.to_ascii_lowercase();
    primary.as_bytes().try_into().ok().and_then(hypher::Lang::from_iso)
}

/// How far a first or last character stands out over the left or the right end of a justified line, pt: light marks
/// would leave a hole in the edge. The shares are those of pdfTeX's character protrusion for a text face, rounded.
fn hang(character: Option<char>, shaped: &Shaped, size: f32) -> (f32, f32) {
    let glyph = |glyph: Option<&Glyph>| glyph.map_or(0.0, |glyph| glyph.advance * size / 1000.0);
    let (first, last) = (glyph(shaped.glyphs.first()), glyph(shaped.glyphs.last()));
    match character {
        Some('“' | '‘' | '«') => (first * 0.5, 0.0),
        Some('(' | '[') => (first * 0.1, 0.0),
        Some('.' | ',') => (0.0, last * 0.7),
        Some('-') => (0.0, last * 0.6),
        Some('”' | '’' | '»') => (0.0, last * 0.5),
        Some(':' | ';') => (0.0, last * 0.35),
        Some('–' | '—') => (0.0, last * 0.25),
        Some('!' | '?' | ')' | ']') => (0.0, last * 0.1),
        _ => (0.0, 0.0),
    }
}

/// Hyphenation places of a word, bytes: two letters stay before and three after; names and compounds stay whole.
fn syllables(word: &str, lang: hypher::Lang) -> Vec<usize> {
    let is_letter = |c: char| c.is_alphabetic();
    let (Some(start), Some(last)) = (word.find(is_letter), word.rfind(is_letter)) else { return Vec::new() };
    let end = last + word[last..].chars().next().map_or(0, char::len_utf8);
    let core = &word[start..end];
    if core.chars().count() < 6 || !core.chars().all(char::is_lowercase) {
        return Vec::new();
    }
    let mut at = start;
    let mut places: Vec<usize> = hypher::hyphenate_bounded(core, lang, 2, 3)
        .map(|syllable| {
            at += syllable.len();
            at
        })
        .collect();
    places.pop();
    places
}
