//! Blocks → escaped HTML fragments, with the structure of the tagged PDF: questions are entries of a list, headings skip no
//! level.

mod grid;

use std::collections::BTreeSet;

use crate::doc::{Block, Document, Figure, Flow, PassageParagraph, Role, Table, Term, Words};
use crate::text::{Inline, raised};

use super::fill::push_lines;
use super::inline::{Inlines, entry_id, push_paragraph_mark, push_spoken, push_text};
use super::{HtmlError, Templates, figure};

/// From this many characters in a cell on, a table of three or more columns is stacked on a narrow screen.
const LONG_CELL: usize = 24;

/// From so many terms on, they stand in two columns where the print has room.
const COLUMNS_FROM: usize = 4;

/// Writes the blocks of a document's body, those after its masthead: one flow of text for each run of pages, so that a page break stands between
/// flows and not in the columns of one.
pub(super) fn write(templates: &Templates, document: &Document, blocks: &[Block]) -> Result<String, HtmlError> {
    let mut targets = BTreeSet::new();
    collect_paragraphs(blocks, &mut targets);
    let mut fragment = Fragment {
        templates,
        words: &document.words,
        out: String::new(),
        unplaced: targets.clone(),
        targets,
        level: 1,
        grids: 0,
        frames: 0,
    };
    for (at, flow) in blocks.split(|block| matches!(block, Block::PageBreak)).enumerate() {
        if at > 0 {
            fragment.block(&Block::PageBreak)?;
        }
        if !flow.is_empty() {
            fragment.out += "<div class=\"flow\">\n";
            fragment.blocks(flow)?;
            fragment.out += "</div>\n";
        }
    }
    Ok(fragment.out)
}

/// The numbers of all paragraphs that stand in a reading: what references can lead to.
fn collect_paragraphs(blocks: &[Block], found: &mut BTreeSet<u32>) {
    for block in blocks {
        match block {
            Block::Passage(paragraphs) => found.extend(paragraphs.iter().filter_map(|paragraph| match paragraph {
                PassageParagraph::Numbered(number, _) => Some(*number),
                _ => None,
            })),
            Block::Numbered { body, .. } | Block::Frame { body, .. } | Block::Keep(body) => {
                collect_paragraphs(body, found)
            }
            Block::Table(table) => table.rows.iter().flatten().for_each(|cell| collect_paragraphs(cell, found)),
            _ => {}
        }
    }
}

/// The HTML so far, and where in the outline it stands.
pub(super) struct Fragment<'a> {
    templates: &'a Templates,
    pub(super) words: &'a Words,
    pub(super) out: String,
    /// Paragraphs that references lead to.
    targets: BTreeSet<u32>,
    /// Those of them whose id is still to be given: an id may occur once.
    unplaced: BTreeSet<u32>,
    /// Level of the last heading.
    level: u8,
    grids: u32,
    frames: u32,
}

impl Fragment<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Result<(), HtmlError> {
        let is_numbered = |block: &Block| matches!(block, Block::Numbered { .. });
        for run in blocks.chunk_by(|one, next| is_numbered(one) && is_numbered(next)) {
            let listed = run.first().is_some_and(is_numbered);
            if listed {
                self.out += "<ol class=\"questions\">\n";
            }
            run.iter().try_for_each(|block| self.block(block))?;
            if listed {
                self.out += "</ol>\n";
            }
        }
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result<(), HtmlError> {
        match block {
            Block::Masthead(masthead) => {
                self.out += &format!("<header>\n{}</header>\n", self.templates.masthead(masthead, self.words)?);
                self.level = 1;
            }
            Block::Heading { level, text, note } => self.heading(*level, text, note.as_deref()),
            Block::Paragraph { role, text } => self.paragraph(*role, text),
            Block::Passage(paragraphs) => self.passage(paragraphs),
            Block::Numbered { label, note, body, whole } => self.numbered((label, note.as_deref()), body, *whole)?,
            Block::Options { flow, options, choice } => self.options(*flow, options, choice.as_ref()),
            Block::List(items) => self.list("<ul>\n", items.iter().map(Vec::as_slice)),
            Block::Terms { flow, terms } => self.terms(*flow, terms),
            Block::Table(table) => self.table(table)?,
            Block::AnswerSpace { lines, asked: None } => {
                self.out += "<div class=\"space\" aria-hidden=\"true\">";
                (0..*lines).for_each(|_| self.out += "<i></i>");
                self.out += "</div>\n";
            }
            Block::AnswerSpace { lines, asked: Some(asked) } => push_lines(&mut self.out, *lines, asked),
            Block::WordBank(words) => self.word_bank(words),
            Block::Frame { title, body, whole } => self.frame(title.as_deref(), body, *whole)?,
            Block::Figure(figure) => self.figure(figure),
            Block::Grid(grid) => self.grid(grid),
            Block::Keep(body) => {
                self.out += "<div class=\"keep\">\n";
                self.blocks(body)?;
                self.out += "</div>\n";
            }
            Block::PageBreak => self.out += "<hr class=\"page-break\">\n",
        }
        Ok(())
    }

    fn heading(&mut self, level: u8, text: &[Inline], note: Option<&[Inline]>) {
        let h = level.clamp(2, 3).min(self.level + 1);
        self.level = h;
        self.out += &format!("<div class=\"heading level-{level}\"><h{h}>");
        self.inlines(text);
        self.out += &format!("</h{h}>");
        if let Some(note) = note {
            self.out += " <p class=\"note\">";
            self.inlines(note);
            self.out += "</p>";
        }
        self.out += "</div>\n";
    }

    fn paragraph(&mut self, role: Role, text: &[Inline]) {
        let (open, close) = match role {
            Role::Body | Role::Blanks | Role::Scale => ("<p>", "</p>\n"),
            Role::Stem => ("<p class=\"stem\">", "</p>\n"),
            Role::Directions => ("<p class=\"directions\">", "</p>\n"),
            Role::Quotation => ("<blockquote><p>", "</p></blockquote>\n"),
            Role::Note => ("<p class=\"small\">", "</p>\n"),
            Role::Remark if matches!(text, [Inline::Strong(_)]) => ("<p class=\"remark lead\">", "</p>\n"),
            Role::Remark => ("<p class=\"remark\">", "</p>\n"),
        };
        self.out += open;
        self.inlines(text);
        self.out += close;
    }

    fn passage(&mut self, paragraphs: &[PassageParagraph]) {
        self.out += "<div class=\"passage\">\n";
        for paragraph in paragraphs {
            match paragraph {
                PassageParagraph::Section(title) => {
                    let h = if self.level == 1 { 2 } else { 3 };
                    self.out += &format!("<h{h} class=\"section\">");
                    self.inlines(title);
                    self.out += &format!("</h{h}>\n");
                }
                PassageParagraph::Numbered(number, text) => {
                    let id = if self.unplaced.remove(number) { format!(" id=\"p{number}\"") } else { String::new() };
                    self.out += &format!("<p class=\"paragraph\"{id}><span class=\"mark\">");
                    push_paragraph_mark(&mut self.out, *number, self.words);
                    self.out += "</span> ";
                    self.inlines(text);
                    self.out += "</p>\n";
                }
                PassageParagraph::Editorial(text) => self.editorial(text),
                PassageParagraph::Omission { from, to } => {
                    let [printed, spoken] = self.words.omitted(*from, *to);
                    self.out += "<p class=\"omission\"><span aria-hidden=\"true\">";
                    push_text(&mut self.out, &printed);
                    self.out += "</span>";
                    push_spoken(&mut self.out, &spoken);
                    self.out += "</p>\n";
                }
            }
        }
        self.out += "</div>\n";
    }

    /// The editor's words stand in brackets, which the source may have or not.
    fn editorial(&mut self, text: &[Inline]) {
        let bracketed = matches!(text.first(), Some(Inline::Text(first)) if first.starts_with('['));
        let (open, close) = if bracketed { ("", "") } else { ("[", "]") };
        self.out += &format!("<p class=\"editorial\">{open}");
        self.inlines(text);
        self.out += &format!("{close}</p>\n");
    }

    fn numbered(&mut self, (label, note): (&str, Option<&str>), body: &[Block], whole: bool) -> Result<(), HtmlError> {
        let width = if label.chars().count() > 3 { " wide-label" } else { "" };
        let whole = if whole { " whole" } else { "" };
        let id = entry_id(label).map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
        self.out += &format!("<li class=\"numbered{width}{whole}\"{id}><span class=\"label\">");
        push_text(&mut self.out, label);
        self.out += "</span>\n<div class=\"body\">\n";
        if let Some(note) = note {
            self.out += "<p class=\"note\">";
            push_text(&mut self.out, note);
            self.out += "</p>\n";
        }
        self.blocks(body)?;
        self.out += "</div></li>\n";
        Ok(())
    }

    fn list<'b>(&mut self, open: &str, items: impl Iterator<Item = &'b [Inline]>) {
        self.out += open;
        for item in items {
            self.out += "<li>";
            self.inlines(item);
            self.out += "</li>\n";
        }
        self.out += "</ul>\n";
    }

    fn terms(&mut self, flow: Flow, terms: &[Term]) {
        let class = match flow {
            Flow::Pairs if terms.len() >= COLUMNS_FROM => "terms compact pairs",
            Flow::Pairs => "terms compact",
            Flow::Stacked | Flow::Row => "terms",
        };
        self.out += &format!("<dl class=\"{class}\">\n");
        for Term { term, meaning } in terms {
            self.out += "<div><dt>";
            self.inlines(term);
            self.out += "</dt> <dd>";
            self.inlines(meaning);
            self.out += "</dd></div>\n";
        }
        self.out += "</dl>\n";
    }

    fn word_bank(&mut self, words: &[Vec<Inline>]) {
        let mut open = String::from("<ul class=\"word-bank\" aria-label=\"");
        push_text(&mut open, &self.words.word_bank);
        open += "\">\n";
        self.list(&open, words.iter().map(Vec::as_slice));
    }

    fn table(&mut self, table: &Table) -> Result<(), HtmlError> {
        let headers: Vec<String> = table.header.iter().map(|header| self.plain(header)).collect();
        let long = table.rows.iter().flatten().any(|cell| cell.len() > 1 || self.cell_length(cell) >= LONG_CELL);
        // Two lists side by side, as in a matching exercise.
        let lists = table.rows.iter().flatten().flatten().any(|block| matches!(block, Block::Options { .. }));
        let mut class = String::from(if table.ruled { "ruled" } else { "open" });
        if table.side_by_side {
            class += " brief";
        } else if table.widths.len() >= 3 && long || lists {
            class += " stacking";
        }
        self.out += &format!("<table class=\"{class}\">\n<colgroup>");
        let total: f32 = table.widths.iter().sum();
        for width in &table.widths {
            let share = if total > 0.0 { width / total * 100.0 } else { 0.0 };
            self.out += &format!("<col style=\"width:{share:.1}%\">");
        }
        self.out += "</colgroup>\n";
        if !table.header.is_empty() {
            self.out += "<thead><tr>";
            for header in &table.header {
                self.header_cell("col", header);
            }
            self.out += "</tr></thead>\n";
        }
        self.out += "<tbody>\n";
        for row in &table.rows {
            self.out += "<tr>";
            for (column, cell) in row.iter().enumerate() {
                self.cell(cell, headers.get(column).map_or("", String::as_str), table.row_headers && column == 0)?;
            }
            self.out += "</tr>\n";
        }
        self.out += "</tbody></table>\n";
        Ok(())
    }

    /// A header without words heads nothing, and is a plain cell.
    fn header_cell(&mut self, scope: &str, text: &[Inline]) {
        if self.plain(text).trim().is_empty() {
            self.out += "<td></td>";
            return;
        }
        self.out += &format!("<th scope=\"{scope}\">");
        self.inlines(text);
        self.out += "</th>";
    }

    fn cell(&mut self, cell: &[Block], header: &str, is_header: bool) -> Result<(), HtmlError> {
        let element = if is_header && !cell.is_empty() { "th" } else { "td" };
        self.out += &format!("<{element}");
        if element == "th" {
            self.out += " scope=\"row\"";
        }
        if !header.trim().is_empty() {
            self.out += " data-column=\"";
            push_text(&mut self.out, header);
            self.out += "\"";
        }
        self.out += ">";
        match cell {
            [Block::Paragraph { role: Role::Body, text }] => self.inlines(text),
            blocks => self.blocks(blocks)?,
        }
        self.out += &format!("</{element}>");
        Ok(())
    }

    fn frame(&mut self, title: Option<&[Inline]>, body: &[Block], whole: bool) -> Result<(), HtmlError> {
        let class = if whole { "frame whole" } else { "frame" };
        let Some(title) = title else {
            self.out += &format!("<div class=\"{class}\">\n");
            self.blocks(body)?;
            self.out += "</div>\n";
            return Ok(());
        };
        self.frames += 1;
        let id = format!("frame-{}", self.frames);
        self.out += &format!(
            "<div class=\"{class}\" role=\"group\" aria-labelledby=\"{id}\"><p class=\"frame-title\" id=\"{id}\">"
        );
        self.inlines(title);
        self.out += "</p>\n";
        self.blocks(body)?;
        self.out += "</div>\n";
        Ok(())
    }

    fn figure(&mut self, figure: &Figure) {
        figure::open(&mut self.out, figure);
        if !figure.caption.is_empty() || !figure.credit.is_empty() {
            self.out += "<figcaption>";
            self.inlines(&figure.caption);
            self.out += " <span class=\"credit\">";
            self.inlines(&figure.credit);
            self.out += "</span></figcaption>";
        }
        self.out += "</figure>\n";
    }

    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        Inlines { words: self.words, targets: &self.targets }.push(&mut self.out, inlines);
    }

    /// Inline text without its mark-up.
    pub(super) fn plain(&self, inlines: &[Inline]) -> String {
        let words = |inline: &Inline| match inline {
            Inline::Text(text) | Inline::Entry(text) => text.clone(),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Foreign(_, inner) => self.plain(inner),
            Inline::ParagraphRef(number) => format!("¶{number}"),
            Inline::Call(number) => raised(*number),
            Inline::Lines([printed, _]) => printed.clone(),
            Inline::Blank { number, .. } => self.words.blank(*number),
        };
        inlines.iter().map(words).collect()
    }

    fn cell_length(&self, cell: &[Block]) -> usize {
        match cell {
            [Block::Paragraph { text, .. }] => self.plain(text).chars().count(),
            [] => 0,
            _ => LONG_CELL,
        }
    }
}
