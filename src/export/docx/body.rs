//! Blocks of a document → paragraphs and tables of Word.

use std::collections::BTreeSet;

use super::drawing::Pictures;
use super::inline::{Look, entry, runs, tab, words};
use super::numbering::{HANG, Lists};
use super::parts::Sheet;
use super::styles::{PITCH, inside};
use super::tree::{Cell, Keep, Paragraph, Piece, Row, Table, keep_together, keep_with_next};
use super::{rows, tree};
use crate::doc::{Block, Document, Flow, Labelled, Masthead, PassageParagraph, Role, Term, Words};
use crate::exchange::archive::Packed;
use crate::exchange::xml::Xml;
use crate::text::{Inline, plain};

/// A body, with what belongs to it outside.
pub(super) struct Body {
    /// What stands in `w:body`.
    pub xml: String,
    /// Its lists.
    pub lists: Lists,
    /// Ids and targets of its pictures.
    pub pictures: Vec<(String, String)>,
    /// Their files.
    pub media: Vec<Packed>,
}

/// The body of a document.
pub(super) fn write(document: &Document) -> Body {
    let sheet = Sheet::of(document.style.paper);
    let mut targets = BTreeSet::new();
    collect(&document.blocks, &mut targets);
    let mut writer = Writer {
        words: &document.words,
        unplaced: targets.clone(),
        targets,
        lists: Lists::default(),
        pictures: Pictures::new(sheet),
        room: sheet.text_width(),
        place: Place::Page,
        literal: document.running.stamp.is_some(),
        question: 0,
        upper_lists: 0,
        bookmarks: 0,
    };
    let pieces = writer.blocks(&document.blocks);
    let mut xml = Xml::fragment();
    tree::write(&mut xml, &pieces);
    let (pictures, media) = writer.pictures.finish();
    Body { xml: xml.finish(), lists: writer.lists, pictures, media }
}

/// The paragraphs that stand in a reading: what references can lead to.
fn collect(blocks: &[Block], found: &mut BTreeSet<u32>) {
    for block in blocks {
        match block {
            Block::Passage(paragraphs) => found.extend(paragraphs.iter().filter_map(|paragraph| match paragraph {
                PassageParagraph::Numbered(number, _) => Some(*number),
                _ => None,
            })),
            Block::Numbered { body, .. } | Block::Frame { body, .. } | Block::Keep(body) => collect(body, found),
            _ => {}
        }
    }
}

/// Where blocks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Between the margins of the page.
    Page,
    /// Hanging from a question's number.
    Question,
    /// In a cell of a table.
    Cell,
}

pub(super) struct Writer<'d> {
    words: &'d Words,
    targets: BTreeSet<u32>,
    /// Targets whose bookmark is still to be set: a name may occur once.
    unplaced: BTreeSet<u32>,
    pub(super) lists: Lists,
    pub(super) pictures: Pictures,
    /// Width between the margins or in the cell, twentieths of a point.
    pub(super) room: u32,
    pub(super) place: Place,
    /// Letters of options are printed as given: a key names those of its sheet, and has not all of them.
    literal: bool,
    /// Number of the last question.
    question: u32,
    /// Lists of large letters that the question has so far.
    upper_lists: u32,
    bookmarks: u32,
}

impl Writer<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) -> Vec<Piece> {
        let mut out = Vec::new();
        blocks.iter().for_each(|block| self.block(block, &mut out));
        out
    }

    fn block(&mut self, block: &Block, out: &mut Vec<Piece>) {
        match block {
            Block::Masthead(masthead) => self.masthead(masthead, out),
            Block::Heading { level, text, note } => {
                let mut runs = self.runs(text);
                if let Some(note) = note {
                    runs += &words(&format!("  {}", unbroken(&plain(note))), Look::styled("Points"));
                }
                out.push(paragraph(if *level <= 2 { "Heading2" } else { "Heading3" }, runs));
            }
            Block::Paragraph { role, text } => {
                let style = self.style_of(*role);
                out.push(paragraph(style, self.runs(text)));
            }
            Block::Passage(paragraphs) => paragraphs.iter().for_each(|of| out.push(self.read(of))),
            Block::Numbered { label, note, body, whole } => {
                out.extend(self.numbered((label, note.as_deref()), body, *whole))
            }
            Block::Options { flow, options, .. } => self.options(*flow, options, out),
            Block::List(items) => {
                let style = self.style("ListBullet");
                out.extend(items.iter().map(|item| paragraph(&style, self.runs(item))));
            }
            Block::Terms { flow, terms } => {
                let style = self.style(if *flow == Flow::Pairs { "Term" } else { "TextTerm" });
                out.extend(terms.iter().map(|term| paragraph(&style, self.term(term))));
            }
            Block::Table(table) => rows::table(self, table, out),
            Block::AnswerSpace { lines, .. } => self.answer_lines(*lines, out),
            Block::WordBank(list) => {
                // The words of an entry stay together.
                let list: Vec<String> = list.iter().map(|word| unbroken(&plain(word))).collect();
                out.push(paragraph(self.style("WordBank"), words(&list.join("   ·   "), Look::default())));
            }
            Block::Frame { title, body, whole } => rows::frame(self, title.as_deref(), (body, *whole), out),
            Block::Figure(figure) => {
                let room = self.room - if self.place == Place::Question { HANG } else { 0 };
                let drawing = self.pictures.drawing(figure, room);
                let mut shown = vec![paragraph(self.style("Picture"), drawing)];
                for (style, text) in [("Caption", &figure.caption), ("Credit", &figure.credit)] {
                    if !text.is_empty() {
                        shown.push(paragraph(self.style(style), self.runs(text)));
                    }
                }
                keep_together(&mut shown);
                out.extend(shown);
            }
            Block::Grid(grid) => rows::grid(grid, self.room, out),
            Block::Keep(blocks) => {
                let mut kept = self.blocks(blocks);
                keep_together(&mut kept);
                out.extend(kept);
            }
            Block::PageBreak => {
                out.push(paragraph("BodyText", "<w:r><w:br w:type=\"page\"/></w:r>".to_owned()));
            }
        }
    }

    pub(super) fn runs(&self, inlines: &[Inline]) -> String {
        runs(inlines, Look::default(), &self.targets)
    }

    /// A style as it stands here.
    fn style(&self, id: &str) -> String {
        if self.place == Place::Question { inside(id) } else { id.to_owned() }
    }

    fn style_of(&self, role: Role) -> String {
        self.style(match role {
            Role::Body | Role::Stem | Role::Blanks | Role::Scale if self.place == Place::Cell => "TableText",
            Role::Body | Role::Stem | Role::Blanks | Role::Scale => "BodyText",
            Role::Directions => "Directions",
            Role::Quotation => "Quote",
            Role::Note => "Note",
            Role::Remark => "Remark",
        })
    }

    fn masthead(&mut self, masthead: &Masthead, out: &mut Vec<Piece>) {
        if !masthead.kicker.is_empty() {
            out.push(paragraph("Kicker", words(&masthead.kicker, Look::default())));
        }
        out.push(paragraph("Heading1", words(&masthead.title, Look::default())));
        let mut subtitle = words(&masthead.subtitle, Look::default());
        if let Some((_, form)) = &masthead.form {
            subtitle += &(tab() + &words(form, Look::styled("Label")));
        }
        out.push(paragraph("Subtitle", subtitle));
        if !masthead.fields.is_empty() {
            out.push(self.name_line(masthead));
        }
    }

    /// Name, date and the like with lines to write on: tabs led by low lines.
    fn name_line(&self, masthead: &Masthead) -> Piece {
        const GAP: u32 = 160;
        let weights: u32 = masthead.fields.iter().map(|field| u32::from(field.weight)).sum();
        let (mut tabs, mut runs, mut at) = (Vec::new(), String::new(), 0);
        for (number, field) in masthead.fields.iter().enumerate() {
            let last = number + 1 == masthead.fields.len();
            let after = if field.filled.starts_with('/') { 560 } else { 0 };
            at += self.room * u32::from(field.weight) / weights.max(1);
            runs += &words(&format!("{} ", field.label), Look::styled("Label"));
            if !field.filled.is_empty() && after == 0 {
                runs += &words(&field.filled, Look::default());
            }
            tabs.push((
                at - if last { after } else { GAP },
                if field.filled.is_empty() || after > 0 { "underscore" } else { "none" },
            ));
            runs += &tab();
            if after > 0 {
                runs += &words(&format!(" {}", field.filled), Look::default());
            }
            if !last {
                tabs.push((at, "none"));
                runs += &tab();
            }
        }
        Piece::Paragraph(Paragraph { tabs, ..Paragraph::new("NameLine", runs) })
    }

    fn read(&mut self, paragraph_: &PassageParagraph) -> Piece {
        match paragraph_ {
            PassageParagraph::Section(title) => paragraph("Heading3", self.runs(title)),
            PassageParagraph::Numbered(number, text) => {
                // The source's own number, which a list would change when a paragraph is taken out.
                let mut mark = words(&format!("¶{number}"), Look::styled("ParagraphMark"));
                if self.unplaced.remove(number) {
                    mark = self.bookmarked(&format!("p{number}"), &mark);
                }
                paragraph("ReadingParagraph", mark + &tab() + &self.runs(text))
            }
            PassageParagraph::Editorial(text) => {
                let bracketed = matches!(text.first(), Some(Inline::Text(first)) if first.starts_with('['));
                let [open, close] = if bracketed { ["", ""] } else { ["[", "]"] };
                let bracket = |bracket: &str| words(bracket, Look::default());
                paragraph("Editorial", bracket(open) + &self.runs(text) + &bracket(close))
            }
            PassageParagraph::Omission { from, to } => {
                let [printed, _] = self.words.omitted(*from, *to);
                paragraph("Omission", words(&printed, Look::default()))
            }
        }
    }

    fn bookmarked(&mut self, name: &str, runs: &str) -> String {
        self.bookmarks += 1;
        let id = self.bookmarks.to_string();
        let mut xml = Xml::fragment();
        xml.mark("w:bookmarkStart", &[("w:id", &id), ("w:name", name)]);
        xml.raw(runs);
        xml.mark("w:bookmarkEnd", &[("w:id", &id)]);
        xml.finish()
    }

    /// A question: its first paragraph has the number, whatever stands before it.
    fn numbered(&mut self, (label, note): (&str, Option<&str>), body: &[Block], whole: bool) -> Vec<Piece> {
        let outer = std::mem::replace(&mut self.place, Place::Question);
        self.upper_lists = 0;
        let mut pieces = self.blocks(body);
        let is_text =
            |piece: &Piece| matches!(piece, Piece::Paragraph(p) if p.list.is_none() && p.style == "QuestionBodyText");
        let mut head = match pieces.iter().position(is_text) {
            Some(at) => match pieces.remove(at) {
                Piece::Paragraph(paragraph) => paragraph,
                Piece::Table(_) => Paragraph::default(),
            },
            None => Paragraph::default(),
        };
        let next = (self.question + 1).to_string();
        let number = match entry(label) {
            Some(_) if label == next => {
                self.question += 1;
                String::new()
            }
            // A number that does not follow on the last, or a word, is printed as given.
            _ => words(label, Look::styled("Label")) + &tab(),
        };
        head.style = if number.is_empty() { "Question" } else { "LabelledQuestion" }.to_owned();
        if let Some(name) = entry(label) {
            head.runs = self.bookmarked(&name, &head.runs);
        }
        head.runs.insert_str(0, &number);
        if let Some(note) = note {
            head.runs += &words(&format!("  ({})", unbroken(note)), Look::styled("Points"));
        }
        pieces.insert(0, Piece::Paragraph(head));
        if whole {
            keep_together(&mut pieces);
        } else if let Some(two) = pieces.get_mut(..1) {
            keep_with_next(two);
        }
        self.place = outer;
        pieces
    }

    fn options(&mut self, flow: Flow, options: &[Labelled], out: &mut Vec<Piece>) {
        let follows = |first: u8| {
            let letters = (first..).map(|letter| char::from(letter).to_string());
            options.len() <= 26 && options.iter().zip(letters).all(|(option, letter)| option.label == letter)
        };
        let in_cell = self.place == Place::Cell;
        if !self.literal && follows(b'A') && !(flow == Flow::Row && self.place == Place::Page) {
            self.upper_lists += 1;
            let style = match (in_cell, self.upper_lists) {
                (true, _) => "CellOption",
                (_, 1) => "Option",
                _ => "SecondOption",
            };
            out.extend(options.iter().map(|option| paragraph(style, self.runs(&option.text))));
        } else if follows(b'a') {
            let list = Some(self.lists.small(in_cell));
            out.extend(options.iter().map(|option| {
                Piece::Paragraph(Paragraph { list, ..Paragraph::new("SmallOption", self.runs(&option.text)) })
            }));
        } else if flow == Flow::Row {
            let option = |option: &Labelled| {
                words(&label(option), Look::styled("Label"))
                    + &words("\u{a0}\u{a0}", Look::default())
                    + &self.runs(&option.text)
            };
            let row: Vec<String> = options.iter().map(option).collect();
            // Two judgments would be lost at the ends of a line.
            let shares = if options.len() == 2 { 4 } else { options.len().max(1) as u32 };
            let tabs = (1..options.len() as u32).map(|at| (HANG + at * (self.room - HANG) / shares, "none")).collect();
            let runs = row.join(&tab());
            out.push(Piece::Paragraph(Paragraph { tabs, ..Paragraph::new("OptionRow", runs) }));
        } else {
            let option =
                |option: &Labelled| words(&label(option), Look::styled("Label")) + &tab() + &self.runs(&option.text);
            out.extend(options.iter().map(|of| paragraph("LabelledOption", option(of))));
        }
    }

    fn term(&self, term: &Term) -> String {
        runs(&term.term, Look::styled("Strong"), &self.targets) + &tab() + &self.runs(&term.meaning)
    }

    /// Ruled lines: a page may end after the second, and not before the last but one.
    fn answer_lines(&mut self, lines: u32, out: &mut Vec<Piece>) {
        let style = self.style("AnswerLine");
        for at in 0..lines {
            let keep = match at {
                0 => Keep::With,
                at if at + 2 == lines => Keep::With,
                _ => Keep::Never,
            };
            out.push(Piece::Paragraph(Paragraph { keep, ..Paragraph::new(&style, String::new()) }));
        }
    }

    /// What stands in a cell of so wide a room; a cell ends with a paragraph.
    pub(super) fn cell(&mut self, blocks: &[Block], room: u32) -> Cell {
        let outer = (self.place, self.room);
        (self.place, self.room) = (Place::Cell, room);
        let mut pieces = self.blocks(blocks);
        if !matches!(pieces.last(), Some(Piece::Paragraph(_))) {
            pieces.push(paragraph("TableText", String::new()));
        }
        (self.place, self.room) = outer;
        Cell { merged: None, pieces }
    }
}

/// A text that no line's end parts.
fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// The label of an option; a box to tick where it has none.
fn label(option: &Labelled) -> String {
    if option.label.is_empty() { "☐".to_owned() } else { option.label.clone() }
}

pub(super) fn paragraph(style: impl Into<String>, runs: String) -> Piece {
    Piece::Paragraph(Paragraph::new(style, runs))
}

/// Height of so many lines to write on.
pub(super) fn height(lines: u32) -> u32 {
    lines * PITCH
}

/// A table, and the small paragraph that parts it from another.
pub(super) fn push_table(out: &mut Vec<Piece>, table: Table) {
    out.push(Piece::Table(table));
    out.push(paragraph("Gap", String::new()));
}

/// A row of a header.
pub(super) fn header(cells: Vec<Cell>) -> Row {
    Row { header: true, cells, ..Row::default() }
}
