//! A paragraph → lines of glyph runs, each with its baseline at 0. What was set once is set again by copying.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::LayoutError;
use super::inline::{Atom, Atomizer};
use super::line::{Line, LineBuilder};
use super::linebreak::{Breaker, Place, Room, break_lines};
use super::look::{Fill, Type};
use super::page::Mark;
use super::shape::{ShapedWords, Shaper};
use super::tree::{Node, NodeId, Tree};
use crate::doc::{Inlines, Words};
use crate::known::Lately;
use crate::text::Inline;

/// So many paragraphs are kept, and at most as many again.
const KEPT: usize = 2_000;

/// A paragraph as it is set anywhere: its nodes are numbered from its own, 0.
#[derive(Debug)]
pub(super) struct SetParagraph {
    cause: Cause,
    lines: Vec<Line>,
    /// Its nodes after itself: words that are spoken otherwise than printed, and links.
    nodes: Vec<Node>,
    /// Width of the widest line, pt.
    width: f32,
    /// Width of the widest piece that no line end parts but in need, pt.
    unparted: f32,
}

/// Everything that a paragraph's setting depends on.
#[derive(Debug, PartialEq)]
struct Cause {
    text: Inlines,
    kind: Type,
    /// Width of the lines, and by how much the first is shorter, pt.
    room: (f32, f32),
    /// Language, words and figures of the document.
    document: u64,
}

/// Paragraphs that were set before, by the hash of what they depend on. Of two with one hash the later one is kept.
pub(super) type SetParagraphs = Lately<u64, Arc<SetParagraph>, KEPT>;

/// What a paragraph is set with.
pub(super) struct Paragraphs<'f> {
    pub shaper: Shaper<'f>,
    pub tree: Tree,
    /// What is spoken for marks.
    pub words: &'f Words,
    hyphens: Option<hypher::Lang>,
    /// Size of the number on a blank, pt.
    figures: f32,
    document: u64,
    kept: SetParagraphs,
}

impl<'f> Paragraphs<'f> {
    /// Keeps what another has set, to be copied when it is asked for.
    pub fn learn(&mut self, (words, paragraphs): (ShapedWords, SetParagraphs)) {
        self.shaper.learn(words);
        self.kept.learn(paragraphs);
    }

    /// Sets paragraphs of a document; `hyphens` is the language by which it is hyphenated, `figures` the size of the number
    /// on a blank, pt.
    pub fn new(
        (shaper, kept): (Shaper<'f>, SetParagraphs),
        words: &'f Words,
        hyphens: Option<[u8; 2]>,
        figures: f32,
    ) -> Self {
        let mut document = FxHasher::default();
        (hyphens, words, figures.to_bits()).hash(&mut document);
        Paragraphs {
            shaper,
            tree: Tree::new(),
            words,
            hyphens: hyphens.and_then(hypher::Lang::from_iso),
            figures,
            document: document.finish(),
            kept,
        }
    }

    /// The tree, and what is kept for the next document.
    pub fn finish(self) -> (Tree, Shaper<'f>, SetParagraphs) {
        (self.tree, self.shaper, self.kept)
    }

    /// Sets what stands on no other sheet, if `once` is true, without keeping anything of it.
    pub fn once<T>(&mut self, once: bool, set: impl FnOnce(&mut Self) -> T) -> T {
        self.shaper.keeps = !once;
        let done = set(self);
        self.shaper.keeps = true;
        done
    }

    /// Sets a paragraph in lines of `width` pt, the first shorter by `inset` pt.
    pub fn lines(
        &mut self,
        text: &[Inline],
        kind: &Type,
        node: NodeId,
        room: (f32, f32),
    ) -> Result<Vec<Line>, LayoutError> {
        let set = self.set(text, kind, room)?;
        Ok(self.under(&set, node))
    }

    /// How many lines a paragraph has, and the width of the widest, pt.
    pub fn extent(&mut self, text: &[Inline], kind: &Type, room: (f32, f32)) -> Result<(usize, f32), LayoutError> {
        let set = self.set(text, kind, room)?;
        Ok((set.lines.len(), set.width))
    }

    /// The width of a text on one line, pt.
    pub fn natural_width(&mut self, text: &[Inline], kind: &Type) -> Result<f32, LayoutError> {
        Ok(self.extent(text, &kind.fill(Fill::Ragged), (f32::MAX, 0.0))?.1)
    }

    /// The widths of a text's longest word and of the whole on one line, pt.
    pub fn widths(&mut self, text: &[Inline], kind: &Type) -> Result<(f32, f32), LayoutError> {
        let set = self.set(text, &kind.fill(Fill::Ragged), (f32::MAX, 0.0))?;
        Ok((set.unparted, set.width))
    }

    /// A copy of a set paragraph whose nodes are in the tree, under `node`.
    fn under(&mut self, set: &SetParagraph, node: NodeId) -> Vec<Line> {
        let first = self.tree.nodes().len();
        let placed = |relative: NodeId| if relative == Tree::ROOT { node } else { first + relative - 1 };
        for inner in &set.nodes {
            self.tree.add_copy(placed(inner.parent), inner);
        }
        let mark = |mark: &Mark| Mark { node: mark.node.map(placed), ink: mark.ink.clone() };
        let line = |line: &Line| Line { marks: line.marks.iter().map(mark).collect(), ..*line };
        set.lines.iter().map(line).collect()
    }

    fn set(&mut self, text: &[Inline], kind: &Type, room: (f32, f32)) -> Result<Arc<SetParagraph>, LayoutError> {
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        (kind.face().number(), kind.size.to_bits(), room.0.to_bits(), room.1.to_bits()).hash(&mut hasher);
        let hash = hasher.finish();
        let same = |cause: &Cause| {
            cause.text == text && cause.kind == *kind && cause.room == room && cause.document == self.document
        };
        if let Some(set) = self.kept.get(&hash).filter(|set| same(&set.cause)) {
            return Ok(set);
        }
        let cause = Cause { text: text.to_vec(), kind: *kind, room, document: self.document };
        let set = Arc::new(self.set_anew(cause)?);
        if self.shaper.keeps {
            self.kept.insert(hash, Arc::clone(&set));
        }
        Ok(set)
    }

    fn set_anew(&mut self, cause: Cause) -> Result<SetParagraph, LayoutError> {
        let Cause { text, kind, room: (width, inset), .. } = &cause;
        let (width, inset) = (*width, *inset);
        let mut tree = Tree::new();
        let mut atomizer = Atomizer {
            shaper: &mut self.shaper,
            tree: &mut tree,
            hyphens: self.hyphens,
            widest: width - inset,
            figures: self.figures,
            words: self.words,
            atoms: Vec::new(),
            own: true,
        };
        atomizer.inlines(text, kind, Tree::ROOT)?;
        let mut atoms = atomizer.atoms;
        while matches!(atoms.last(), Some(Atom::Space(_))) {
            atoms.pop();
        }
        let nodes = tree.nodes().iter().skip(1).cloned().collect();
        if atoms.is_empty() {
            return Ok(SetParagraph { cause, lines: Vec::new(), nodes, width: 0.0, unparted: 0.0 });
        }
        let room = Room { width, inset, em: kind.size, justified: kind.fill == Fill::Justified };
        let breaker = Breaker::new(&atoms, room);
        let ends = break_lines(&breaker);
        let mut lines = Vec::with_capacity(ends.len());
        let mut start = None;
        for (at, &end) in ends.iter().enumerate() {
            let extent = breaker.extent(start, end);
            let slack = breaker.measure(start.is_none()) - extent.natural;
            let fills = room.justified && (at + 1 < ends.len() || slack < 0.0);
            let stretch = if fills && extent.spaces > 0.0 { (slack / extent.spaces).max(-0.34) } else { 0.0 };
            let marks = LineBuilder::new(&mut self.shaper, stretch).build(&atoms, start, end)?;
            let width = extent.natural + stretch * extent.spaces;
            let left = if kind.fill == Fill::Centered { (slack / 2.0).max(0.0) } else { 0.0 };
            let marks = marks.into_iter().map(|mark| mark.moved(left - extent.hang, 0.0)).collect();
            lines.push(Line { marks, width: left + width, start: offset(&atoms, start) });
            start = Some(end);
        }
        let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        Ok(SetParagraph { cause, lines, nodes, width, unparted: unparted(&atoms) })
    }
}

/// The widest piece of a paragraph between two places where a line may end, pt.
fn unparted(atoms: &[Atom]) -> f32 {
    let (mut widest, mut piece): (f32, f32) = (0.0, 0.0);
    for atom in atoms {
        let Atom::Word(word) = atom else {
            piece = 0.0;
            continue;
        };
        // What stands before the next cut, from the last one on.
        let mut passed = 0.0;
        for cut in word.cuts.iter().filter(|cut| !cut.last_resort) {
            widest = widest.max(piece + cut.widths.0 - passed);
            (piece, passed) = (0.0, word.width - cut.widths.1);
        }
        piece += word.width - passed;
        widest = widest.max(piece);
    }
    widest
}

/// How many bytes of a paragraph's words stand before a place: the same in every print.
fn offset(atoms: &[Atom], start: Option<Place>) -> u32 {
    let Some(place) = start else { return 0 };
    let length = |atom: &Atom| match atom {
        Atom::Word(word) | Atom::Space(word) if word.own => word.text().len() as u32,
        Atom::Word(_) | Atom::Space(_) => 0,
    };
    let inside = match (atoms.get(place.atom), place.cut) {
        (Some(Atom::Word(word)), Some(cut)) => word.cuts.get(cut).map_or(0, |cut| cut.at as u32),
        (Some(space), _) => length(space),
        _ => 0,
    };
    atoms.iter().take(place.atom).map(length).sum::<u32>() + inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Style;
    use crate::layout::Faces;
    use crate::layout::look::{Look, Size};
    use crate::layout::page::Ink;

    const WORDS: &str = "Whether we wish it or not, and for better or worse, we are the leaders of the world’s two \
        greatest rival powers, each with the ability to inflict great destruction on the other.";

    fn set(text: &[Inline], width: f32, fill: Fill) -> Vec<Line> {
        let faces = Faces::load().unwrap();
        let words = Words::default();
        let shaper = Shaper::new(&faces, ShapedWords::default());
        let mut setter = Paragraphs::new((shaper, SetParagraphs::default()), &words, Some(*b"en"), 8.0);
        let kind = Look::new(&Style::default(), Size::Usual, false).body.fill(fill);
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
    fn light_marks_hang_over_the_ends_of_justified_lines() {
        let words =
            "“Whether we wish it or not, and for better, or worse, so, we are, then, the leaders of, well, the world.”";
        let lines = set(&[Inline::text(words)], 130.0, Fill::Justified);
        let ink = |mark: &Mark| match &mark.ink {
            Ink::Text(run) => {
                let spaces = run.text.len() - run.text.trim_end().len();
                let glyphs = &run.glyphs[..run.glyphs.len() - spaces];
                Some((run.x, run.x + glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * run.size / 1000.0))
            }
            _ => None,
        };
        let inks: Vec<(f32, f32)> = lines.iter().map(|line| line.marks.iter().find_map(ink).unwrap()).collect();
        assert!(inks[0].0 < -1.0, "the opening quotation mark stands out at the left: {inks:?}");
        for (line, (_, end)) in texts(&lines).iter().zip(&inks).take(lines.len() - 1) {
            let hangs = line.trim_end().ends_with([',', '\u{ad}']);
            assert_eq!(*end > 130.5, hangs, "{line}: {end}");
        }
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
    fn the_call_of_a_footnote_stays_with_its_word_and_counts_for_nothing() {
        let words = "of last month. I am";
        let (before, after) = words.split_at("of last month.".len());
        let called = [Inline::text(before), Inline::Call(12), Inline::text(after)];
        let mut broken = 0;
        for width in 30..140 {
            let (with, without) = (&called[..], &[Inline::text(words)][..]);
            let [with, without] = [with, without].map(|text| set(text, width as f32, Fill::Ragged));
            let lines = texts(&with);
            assert!(lines.iter().all(|line| !line.starts_with('¹')), "{lines:?}");
            let at = |start: u32| words[start as usize..].chars().next();
            assert!(with.iter().zip(&lines).all(|(line, text)| at(line.start) == text.chars().next()), "{lines:?}");
            let starts = |lines: &[Line]| lines.iter().map(|line| line.start).collect::<Vec<_>>();
            broken += usize::from(with.len() > 1 && starts(&with) == starts(&without));
        }
        assert!(broken > 20, "{broken}");
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_rather_than_let_out() {
        let lines = set(&[Inline::text("history.state.gov/historicaldocuments/frus1961")], 60.0, Fill::Ragged);
        assert!(lines.iter().all(|line| line.width <= 60.1), "{:?}", texts(&lines));
    }
}
