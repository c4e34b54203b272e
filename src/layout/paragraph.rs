//! A paragraph → lines of glyph runs, each with its baseline at 0.

use super::LayoutError;
use super::inline::{Atom, Atomizer, Word};
use super::linebreak::{Breaker, Place, Room, break_lines};
use super::look::{Fill, Type};
use super::page::{Glyph, Ink, Mark, Run};
use super::shape::Shaper;
use super::tree::{NodeId, Tree};
use crate::doc::Words;
use crate::text::Inline;

/// A line: marks from x = 0 on the baseline y = 0.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub marks: Vec<Mark>,
    /// Width of its ink, pt.
    pub width: f32,
}

/// What a paragraph is set with.
pub(super) struct Paragraphs<'f> {
    pub shaper: Shaper<'f>,
    pub tree: Tree,
    pub hyphens: Option<hypher::Lang>,
    /// Size of the number on a blank, pt.
    pub figures: f32,
    /// What is spoken for marks.
    pub words: &'f Words,
}

impl Paragraphs<'_> {
    /// Sets a paragraph in lines of `width` pt, the first shorter by `inset` pt.
    pub fn lines(
        &mut self,
        text: &[Inline],
        kind: &Type,
        node: NodeId,
        (width, inset): (f32, f32),
    ) -> Result<Vec<Line>, LayoutError> {
        let mut atomizer = Atomizer {
            shaper: &mut self.shaper,
            tree: &mut self.tree,
            hyphens: self.hyphens,
            widest: width - inset,
            figures: self.figures,
            words: self.words,
            atoms: Vec::new(),
        };
        atomizer.inlines(text, kind, node)?;
        let mut atoms = atomizer.atoms;
        while matches!(atoms.last(), Some(Atom::Space(_))) {
            atoms.pop();
        }
        if atoms.is_empty() {
            return Ok(Vec::new());
        }
        let room = Room { width, inset, justified: kind.fill == Fill::Justified };
        let breaker = Breaker::new(&atoms, room);
        let ends = break_lines(&atoms, room);
        let mut lines = Vec::with_capacity(ends.len());
        let mut start = None;
        for (at, &end) in ends.iter().enumerate() {
            let extent = breaker.extent(start, end);
            let slack = breaker.measure(start.is_none()) - extent.natural;
            let fills = room.justified && (at + 1 < ends.len() || slack < 0.0);
            let stretch = if fills && extent.spaces > 0.0 { (slack / extent.spaces).max(-0.34) } else { 0.0 };
            let mut line = LineBuilder { shaper: &mut self.shaper, marks: Vec::new(), x: 0.0, stretch };
            line.build(&atoms, start, end)?;
            let width = extent.natural + stretch * extent.spaces;
            let left = if kind.fill == Fill::Centered { (slack / 2.0).max(0.0) } else { 0.0 };
            let marks = line.marks.into_iter().map(|mark| mark.moved(left, 0.0)).collect();
            lines.push(Line { marks, width: left + width });
            start = Some(end);
        }
        Ok(lines)
    }

    /// The width of a text on one line, pt.
    pub fn natural_width(&mut self, text: &[Inline], kind: &Type) -> Result<f32, LayoutError> {
        let mut scratch = Tree::new();
        let mut atomizer = Atomizer {
            shaper: &mut self.shaper,
            tree: &mut scratch,
            hyphens: None,
            widest: f32::MAX,
            figures: self.figures,
            words: self.words,
            atoms: Vec::new(),
        };
        atomizer.inlines(text, &kind.fill(Fill::Ragged), Tree::ROOT)?;
        let atoms = atomizer.atoms;
        let width = |atom: &Atom| match atom {
            Atom::Word(word) | Atom::Space(word) => word.width,
        };
        Ok(atoms.iter().map(width).sum())
    }
}

struct LineBuilder<'a, 'f> {
    shaper: &'a mut Shaper<'f>,
    marks: Vec<Mark>,
    x: f32,
    /// Share of its width that each space gains.
    stretch: f32,
}

impl LineBuilder<'_, '_> {
    fn build(&mut self, atoms: &[Atom], start: Option<Place>, end: Place) -> Result<(), LayoutError> {
        let (first, skipped) = match start {
            None => (0, 0),
            Some(place) => match cut_at(atoms, place) {
                Some((_, at, _)) => (place.atom, at),
                None => (place.atom + 1, 0),
            },
        };
        for (index, atom) in atoms.iter().enumerate().take(end.atom).skip(first) {
            match atom {
                Atom::Word(word) if index == first && skipped > 0 => {
                    self.part(word, skipped, word.text.len(), false)?
                }
                Atom::Word(word) => self.word(word),
                Atom::Space(space) => self.space(space, self.stretch),
            }
        }
        match cut_at(atoms, end) {
            Some((word, at, hyphen)) => {
                let from = if end.atom == first { skipped } else { 0 };
                self.part(word, from, at, hyphen)?;
            }
            // The space at the line's end is kept for whoever reads the text without the lines.
            None => {
                if let Some(Atom::Space(space)) = atoms.get(end.atom) {
                    self.space(space, 0.0);
                }
            }
        }
        Ok(())
    }

    fn word(&mut self, word: &Word) {
        match &word.blank {
            None => self.append(word, &word.text, &word.shaped.glyphs),
            Some(blank) => {
                let run = Run {
                    face: word.face,
                    size: word.size,
                    x: self.x,
                    y: 0.0,
                    glyphs: word.shaped.glyphs.clone(),
                    text: word.text.clone(),
                    instead: Some(blank.reading.clone()),
                };
                self.marks.push(Mark { node: Some(word.node), ink: Ink::Text(run) });
                let end = self.x + word.width;
                let ink = Ink::Rule { from: (self.x, 2.0), to: (end, 2.0), thickness: 0.6 };
                self.marks.push(Mark { node: None, ink });
                self.x = end;
            }
        }
    }

    fn part(&mut self, word: &Word, from: usize, to: usize, hyphen: bool) -> Result<(), LayoutError> {
        let text = &word.text[from..to];
        if !hyphen {
            let shaped = self.shaper.shape(word.face, text)?;
            self.append(word, text, &shaped.glyphs);
            return Ok(());
        }
        let shaped = self.shaper.shape(word.face, &format!("{text}-"))?;
        self.append(word, &format!("{text}\u{ad}"), &lengthened(&shaped.glyphs, text.len()));
        Ok(())
    }

    fn space(&mut self, space: &Word, stretch: f32) {
        let glyphs: Vec<Glyph> = space
            .shaped
            .glyphs
            .iter()
            .map(|glyph| Glyph { advance: glyph.advance * (1.0 + stretch), ..glyph.clone() })
            .collect();
        self.append(space, &space.text, &glyphs);
    }

    /// Adds glyphs to the last run, or to a new one where face, size or node differ.
    fn append(&mut self, word: &Word, text: &str, glyphs: &[Glyph]) {
        let same = |mark: &Mark| match &mark.ink {
            Ink::Text(run) => {
                mark.node == Some(word.node) && run.face == word.face && run.size == word.size && run.instead.is_none()
            }
            _ => false,
        };
        if !self.marks.last().is_some_and(same) {
            let run = Run {
                face: word.face,
                size: word.size,
                x: self.x,
                y: 0.0,
                glyphs: Vec::new(),
                text: String::new(),
                instead: None,
            };
            self.marks.push(Mark { node: Some(word.node), ink: Ink::Text(run) });
        }
        if let Some(Mark { ink: Ink::Text(run), .. }) = self.marks.last_mut() {
            let shift = run.text.len() as u32;
            run.text.push_str(text);
            for glyph in glyphs {
                let text = glyph.text.start + shift..glyph.text.end + shift;
                run.glyphs.push(Glyph { text, ..glyph.clone() });
                self.x += glyph.advance * word.size / 1000.0;
            }
        }
    }
}

/// The hyphen that ends a line is a soft one (two bytes) to who reads the text.
fn lengthened(glyphs: &[Glyph], word_end: usize) -> Vec<Glyph> {
    let end = word_end as u32;
    let longer = |glyph: &Glyph| if glyph.text.end > end { glyph.text.start..end + 2 } else { glyph.text.clone() };
    glyphs.iter().map(|glyph| Glyph { text: longer(glyph), ..glyph.clone() }).collect()
}

fn cut_at(atoms: &[Atom], place: Place) -> Option<(&Word, usize, bool)> {
    match (atoms.get(place.atom), place.cut) {
        (Some(Atom::Word(word)), Some(cut)) => word.cuts.get(cut).map(|cut| (word, cut.at, cut.hyphen)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Style;
    use crate::layout::Faces;
    use crate::layout::look::Look;

    const WORDS: &str = "Whether we wish it or not, and for better or worse, we are the leaders of the world’s two \
        greatest rival powers, each with the ability to inflict great destruction on the other.";

    fn set(text: &[Inline], width: f32, fill: Fill) -> Vec<Line> {
        let faces = Faces::load().unwrap();
        let hyphens = Some(hypher::Lang::English);
        let words = Words::default();
        let (shaper, tree) = (Shaper::new(&faces), Tree::new());
        let mut setter = Paragraphs { shaper, tree, hyphens, figures: 8.0, words: &words };
        let kind = Look::new(&Style::default(), false).body.fill(fill);
        setter.lines(text, &kind, Tree::ROOT, (width, 0.0)).unwrap()
    }

    fn texts(lines: &[Line]) -> Vec<String> {
        let words = |mark: &Mark| match &mark.ink {
            Ink::Text(run) => run.text.clone(),
            _ => String::new(),
        };
        lines.iter().map(|line| line.marks.iter().map(words).collect()).collect()
    }

    #[test]
    fn justified_lines_fill_the_measure_but_for_the_last() {
        let lines = set(&[Inline::text(WORDS)], 220.0, Fill::Justified);
        let (last, others) = lines.split_last().unwrap();
        assert!(others.iter().all(|line| (line.width - 220.0).abs() < 0.1), "{:?}", texts(&lines));
        assert!(last.width <= 220.0);
    }

    #[test]
    fn no_word_is_lost_or_doubled() {
        for fill in [Fill::Ragged, Fill::Justified] {
            for width in [90.0, 150.0, 220.0, 400.0] {
                let joined: String = texts(&set(&[Inline::text(WORDS)], width, fill)).concat();
                assert_eq!(joined.replace('\u{ad}', ""), WORDS, "{width}");
            }
        }
    }

    #[test]
    fn a_line_breaks_after_a_dash_and_never_between_the_mark_and_its_number() {
        let text = [Inline::text("as urgent—if not more urgent—than ¶ 7 "), Inline::ParagraphRef(12)];
        for width in (40..160).step_by(3) {
            let lines = texts(&set(&text, width as f32, Fill::Ragged));
            assert!(lines.iter().all(|line| !line.starts_with('—') && !line.trim_end().ends_with('¶')), "{lines:?}");
        }
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_rather_than_let_out() {
        let lines = set(&[Inline::text("history.state.gov/historicaldocuments/frus1961")], 60.0, Fill::Ragged);
        assert!(lines.iter().all(|line| line.width <= 60.1), "{:?}", texts(&lines));
    }
}
