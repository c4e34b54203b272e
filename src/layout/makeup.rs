//! Make-up: galleys parted into pages, with their furniture.

use std::borrow::Cow;

use super::LayoutError;
use super::ahead::set_in_parts;
use super::breaks::Regions;
use super::face::{Faces, Stock};
use super::fields::{number_parts, put};
use super::furniture::Furniture;
use super::galley::{Galley, Slab, loosen};
use super::look::{Fill, Look, Size};
use super::page::{Entry, Ink, Page, Pages, Part, Spot};
use super::paginate::{Column, balance, paginate};
use super::paragraph::Paragraphs;
use super::references::refer_to_lines;
use super::setter::{Setter, Slot};
use super::shape::Shaper;
use super::tree::{NodeRole, Tree};
use crate::doc::{Block, Document, LineMap, Numbers, Print, Style};
use crate::text::{Inline, fill};

/// Who sets a document.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cores {
    /// The one that is asked.
    One,
    /// It, and all that are free.
    All,
}

/// A document set and parted, before its marks are put on pages.
pub(super) struct MakeUp<'a> {
    document: &'a Document,
    faces: &'a Faces,
    setter: Setter<'a>,
    furniture: Furniture<'a>,
    /// What runs over all columns of the first page, and its height with the space under it, pt.
    head: (Galley, f32),
    body: Vec<Slab>,
    columns: Vec<Column>,
}

impl<'a> MakeUp<'a> {
    /// Sets a document in a style, which may be another than its own. Small forms that take several pieces are set a little
    /// smaller where that spares one, which costs a second setting.
    pub fn of(document: &'a Document, style: Style, (faces, cores): (&'a Faces, Cores)) -> Result<Self, LayoutError> {
        let made_up = MakeUp::sized(document, style, Size::Usual, (faces, cores))?;
        let small = document.imposed().cut().is_some() && style.print == Print::Standard;
        // Lines that have numbers break as the other documents of their form say.
        if !small || made_up.columns.len() <= made_up.setter.look.columns || style.numbers != Numbers::Paragraphs {
            return Ok(made_up);
        }
        let smaller = MakeUp::sized(document, style, Size::Smaller, (faces, cores))?;
        let (taken, given_up) =
            if smaller.columns.len() < made_up.columns.len() { (smaller, made_up) } else { (made_up, smaller) };
        restock(given_up.setter, faces);
        Ok(taken)
    }

    fn sized(
        document: &'a Document,
        style: Style,
        size: Size,
        (faces, cores): (&'a Faces, Cores),
    ) -> Result<Self, LayoutError> {
        let (mut setter, furniture) = begin(document, style, size, faces)?;
        let wide = Slot { x: 0.0, width: setter.look.width(), node: Tree::ROOT };
        let column = Slot { width: setter.look.column, ..wide };
        let lines = match &document.lines {
            Some(lines) => Some(Cow::Borrowed(&**lines)),
            None => line_map(document, style, faces)?.map(Cow::Owned),
        };
        let blocks = match lines {
            None => Cow::Borrowed(&document.blocks),
            Some(lines) => Cow::Owned(refer_to_lines(&document.blocks, &lines, style.numbers, &document.words)),
        };
        // The masthead runs over all columns; what follows it flows in them.
        let heads = blocks.iter().take_while(|block| matches!(block, Block::Masthead(_))).count();
        let (heads, blocks) = blocks.split_at(heads);
        setter.blocks(heads, wide)?;
        let head = std::mem::take(&mut setter.galley);
        let space = setter.look.head_space;
        match cores {
            Cores::One => setter.blocks(blocks, column)?,
            Cores::All => {
                let another = || begin(document, style, size, faces).map(|(setter, _)| setter);
                set_in_parts(&mut setter, blocks, column, another)?;
            }
        }
        let mut body = std::mem::take(&mut setter.galley).slabs;
        let head_height = head.height(0) + if heads.is_empty() { 0.0 } else { space };
        let (first_top, top) = furniture.tops();
        let bottom = furniture.bottom();
        fits(head.slabs.iter().chain(&body), bottom - top)?;
        loosen(&mut body, bottom - top);
        let regions =
            Regions { heights: (bottom - first_top - head_height, bottom - top), columns: setter.look.columns };
        let mut columns = paginate(&body, regions);
        for page in columns.chunks_mut(regions.columns) {
            balance(&body, page);
        }
        Ok(MakeUp { document, faces, setter, furniture, head: (head, head_height), body, columns })
    }

    /// The place in the document at which each page after the first begins. What was set is kept for the next document.
    pub fn finish(self) -> Vec<(u32, u32, u32)> {
        let per_page = self.setter.look.columns;
        let first = |page: &[Column]| page.iter().find_map(|column| self.body.get(column.clone())?.first());
        let starts = self.columns.chunks(per_page).skip(1).filter_map(first).map(|slab| slab.place).collect();
        restock(self.setter, self.faces);
        starts
    }

    /// Writes into the margin where each page of the standard print begins, so that a class can work together.
    pub fn mark_standard_pages(&mut self, starts: &[(u32, u32, u32)]) -> Result<(), LayoutError> {
        let look = &self.setter.look;
        let kind = look.standard_page;
        // As far from the text as the paper allows: of two columns, each has its own side of the page.
        let beside = match look.columns {
            1 => [look.page.0 - look.edge - look.side; 2],
            _ => [look.edge - look.side, look.side + look.column - look.edge],
        };
        let columns = look.columns;
        let lines = self.document.words.standard_page.len() as u8;
        let (mut last, mut above) = (None, 0.0);
        for (number, start) in (2..).zip(starts) {
            let Some(at) = self.body.iter().rposition(|slab| slab.place <= *start) else { continue };
            let column = self.columns.iter().position(|column| column.contains(&at)).unwrap_or(0) % columns;
            let outer = columns > 1 && column == 0;
            let mut marks = Vec::new();
            for (line, words) in (0u8..).zip(&self.document.words.standard_page) {
                let words = [Inline::text(fill(words, &[("n", &number.to_string())]))];
                let width = self.setter.text.natural_width(&words, &kind)?;
                let x = beside[column] - if outer { 0.0 } else { width };
                let slot = Slot { x, width, node: Tree::ROOT };
                let (set, _) = self.setter.single(&words, &kind, slot)?;
                marks.extend(
                    set.into_iter()
                        .map(|mark: super::page::Mark| mark.unread().moved(0.0, f32::from(line) * kind.leading)),
                );
            }
            // Two pages that begin in one piece of matter stand under one another.
            above = if last == Some(at) { above + f32::from(lines) * kind.leading } else { 0.0 };
            last = Some(at);
            let slab = &mut self.body[at];
            let baseline = slab.baseline + above;
            slab.marks.extend(marks.into_iter().map(|mark| mark.moved(0.0, baseline)));
        }
        Ok(())
    }

    /// The pages, with head and foot.
    pub fn pages(mut self) -> Result<Pages, LayoutError> {
        let Placed { mut pages, outline, entries } = self.placed();
        number_parts(&mut pages, &self.document.words);
        while !pages.len().is_multiple_of(self.setter.look.multiple) {
            pages.push(blank_page(&mut self.setter)?);
        }
        self.furniture.furnish(&mut self.setter.text, &mut pages)?;
        let Look { page: size, edge, .. } = self.setter.look;
        Ok(Pages {
            title: self.document.title.clone(),
            language: self.document.language.clone(),
            size,
            live: [edge, edge, size.0 - edge, size.1 - edge],
            tree: restock(self.setter, self.faces),
            pages,
            parts: vec![Part {
                title: self.document.title.clone(),
                node: Tree::ROOT,
                start: Spot::default(),
                headings: outline.len(),
            }],
            outline,
            entries,
        })
    }

    fn placed(&self) -> Placed {
        let look = &self.setter.look;
        let (first_top, top) = self.furniture.tops();
        let mut placed = Placed { pages: vec![Page::default()], outline: Vec::new(), entries: Vec::new() };
        for (y, slab) in self.head.0.stacked() {
            placed.place((look.side, first_top + y), slab);
        }
        for (at, column) in self.columns.iter().enumerate() {
            let (page, column_of_page) = (at / look.columns, at % look.columns);
            if page >= placed.pages.len() {
                placed.pages.push(Page::default());
            }
            let x = look.side + column_of_page as f32 * (look.column + look.gutter);
            let mut y = if page == 0 { first_top + self.head.1 } else { top };
            let slabs = self.body.get(column.clone()).unwrap_or_default();
            // A ruled line at the very foot would be taken for the foot's own.
            let room = self.furniture.bottom() - y - look.body.leading * 0.5;
            // No gap grows by more than a line: it would look like one that was forgotten.
            let most = look.body.leading;
            let grow = if self.ends_short(page) { 0.0 } else { growth(slabs, room, most) };
            for (index, slab) in slabs.iter().enumerate() {
                if index > 0 {
                    y += slab.gap + slab.give(most) * grow;
                } else if let Some(repeat) = &slab.repeat {
                    placed.place((x, y), repeat);
                    y += repeat.height;
                }
                placed.place((x, y), slab);
                y += slab.height;
            }
        }
        placed
    }

    /// Whether a page ends with the document, or where the next is begun by force: the rest of it is meant to be white.
    fn ends_short(&self, page: usize) -> bool {
        let columns = self.columns.chunks(self.setter.look.columns).nth(page).unwrap_or_default();
        let end = columns.last().map_or(0, |column| column.end);
        self.body.get(end).is_none_or(|next| next.starts_page)
    }
}

/// The numbered lines of a document's reading, as a style breaks them.
pub(super) fn line_map(document: &Document, style: Style, faces: &Faces) -> Result<Option<LineMap>, LayoutError> {
    if style.numbers == Numbers::Paragraphs {
        return Ok(None);
    }
    let (mut setter, _) = begin(document, style, Size::Usual, faces)?;
    let column = Slot { x: 0.0, width: setter.look.column, node: Tree::ROOT };
    for block in document.blocks.iter().filter(|block| matches!(block, Block::Passage(_))) {
        setter.blocks(std::slice::from_ref(block), column)?;
    }
    let lines = std::mem::take(&mut setter.lines);
    restock(setter, faces);
    Ok(Some(lines))
}

fn begin<'a>(
    document: &'a Document,
    style: Style,
    size: Size,
    faces: &'a Faces,
) -> Result<(Setter<'a>, Furniture<'a>), LayoutError> {
    let look = Look::new(&style, size, document.running.stamp.is_some());
    let language = document.language.as_bytes().first_chunk().filter(|_| look.hyphenate).copied();
    let stock = faces.stock();
    let shaper = Shaper::new(faces, stock.words);
    let mut text = Paragraphs::new((shaper, stock.paragraphs), &document.words, language, look.figures.0);
    let furniture = Furniture::new(&document.running, &look, &mut text)?;
    let room = furniture.bottom() - furniture.tops().1;
    Ok((Setter::new(text, look, style, room), furniture))
}

/// Keeps what was set for the next document; the reading structure is this one's.
fn restock(setter: Setter<'_>, faces: &Faces) -> Tree {
    let (tree, shaper, paragraphs) = setter.text.finish();
    faces.restock(Stock { words: shaper.into_kept(), paragraphs });
    tree
}

/// Nothing may run over the foot of its page unsaid.
fn fits<'a>(slabs: impl Iterator<Item = &'a Slab>, room: f32) -> Result<(), LayoutError> {
    for slab in slabs {
        let over = slab.height + slab.repeat.as_ref().map_or(0.0, |head| head.height) - room;
        if over > 0.01 {
            let words = slab.marks.iter().find_map(|mark| match &mark.ink {
                Ink::Text(run) if mark.node.is_some() => Some(run.text.chars().take(60).collect()),
                _ => None,
            });
            return Err(LayoutError::TooHigh { near: words.unwrap_or_default(), by: over.ceil() as u32 });
        }
    }
    Ok(())
}

/// The share of what they can give, by which the gaps of a column grow to bring its foot to `room` pt: white is shared out between
/// questions rather than left under them. None grows by more than `most` pt, and none at all where that would not fill the
/// column: then all keep the distance that they have on every other page.
fn growth(slabs: &[Slab], room: f32, most: f32) -> f32 {
    let repeated = slabs.first().and_then(|slab| slab.repeat.as_ref()).map_or(0.0, |repeat| repeat.height);
    let gaps: f32 = slabs.iter().skip(1).map(|slab| slab.gap).sum();
    let height: f32 = slabs.iter().map(|slab| slab.height).sum::<f32>() + repeated + gaps;
    let gives: f32 = slabs.iter().skip(1).map(|slab| slab.give(most)).sum();
    let white = room - height;
    if white > 0.0 && white <= gives { white / gives } else { 0.0 }
}

/// Pages that are being filled.
struct Placed {
    pages: Vec<Page>,
    outline: Vec<Entry>,
    entries: Vec<(String, Spot)>,
}

impl Placed {
    fn place(&mut self, (x, y): (f32, f32), slab: &Slab) {
        let at = Spot { page: self.pages.len() - 1, x: 0.0, y };
        if let Some((level, text)) = &slab.entry {
            self.outline.push(Entry { level: *level, text: text.clone(), at });
        }
        self.entries.extend(slab.name.as_ref().map(|label| (label.clone(), at)));
        if let Some(page) = self.pages.last_mut() {
            put(page, slab.marks.iter().cloned().map(|mark| mark.moved(x, y)));
        }
    }
}

/// The back of the last sheet, which says that nothing is missing from it.
fn blank_page(setter: &mut Setter<'_>) -> Result<Page, LayoutError> {
    let node = setter.node(Tree::ROOT, NodeRole::Paragraph);
    let kind = setter.look.note.fill(Fill::Centered);
    let words = [Inline::text(setter.text.words.empty_page.as_str())];
    let lines = setter.text.lines(&words, &kind, node, (setter.look.width(), 0.0))?;
    let (x, y) = (setter.look.side, setter.look.page.1 * 0.45);
    let marks = lines.into_iter().flat_map(|line| line.marks).map(|mark| mark.moved(x, y));
    Ok(Page { marks: marks.collect(), ..Page::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_at_the_foot_is_shared_out_up_to_a_limit() {
        let slab = |gap| Slab { gap, ..Slab::new(20.0, 15.0, Vec::new()) };
        let slabs = [slab(10.0), slab(10.0), slab(10.0)];
        assert_eq!(growth(&slabs, 88.0, 15.0), 0.5);
        assert_eq!(growth(&slabs, 96.0, 15.0), 1.0);
        assert_eq!(growth(&slabs, 400.0, 15.0), 0.0, "more than can be shared out stays at the foot");
        assert_eq!(growth(&slabs, 70.0, 15.0), 0.0);
        assert_eq!(growth(&slabs[..1], 400.0, 15.0), 0.0);
    }
}
