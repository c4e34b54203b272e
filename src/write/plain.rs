//! Document → plain text, as a terminal shows it: blocks one under another, columns side by side.

use crate::doc::{
    Block, CellContent, Document, Figure, Flow, GridCell, Inlines, Labelled, PassageParagraph, Table, Term, Words,
};
use crate::text::{plain as words_of, wrapped};

/// The blocks of a document, in lines of so many characters.
pub fn plain(document: &Document, width: usize) -> String {
    let lines = Writer { words: &document.words }.blocks(&document.blocks, width);
    lines.iter().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// Beyond so many ruled lines the room to write is told, not shown.
const RULED: u32 = 3;

struct Writer<'a> {
    words: &'a Words,
}

impl Writer<'_> {
    /// Blocks with an empty line between them.
    fn blocks(&self, blocks: &[Block], width: usize) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for block in blocks {
            let lines = self.block(block, width);
            if !out.is_empty() && !lines.is_empty() {
                out.push(String::new());
            }
            out.extend(lines);
        }
        out
    }

    fn block(&self, block: &Block, width: usize) -> Vec<String> {
        match block {
            Block::Masthead(head) => [&head.kicker, &head.title, &head.subtitle]
                .into_iter()
                .filter(|text| !text.is_empty())
                .flat_map(|text| wrapped(text, width))
                .collect(),
            Block::Heading { text, note, .. } => {
                let note = note.as_ref().map(|note| format!(" ({})", words_of(note))).unwrap_or_default();
                wrapped(&(words_of(text) + &note), width)
            }
            Block::Paragraph { text, .. } => wrapped(&words_of(text), width),
            Block::Passage(paragraphs) => {
                paragraphs.iter().flat_map(|paragraph| self.paragraph(paragraph, width)).collect()
            }
            Block::Numbered { label, note, body, .. } => {
                let label = format!("{label}. ");
                let margin = note.as_ref().map_or(0, |note| note.chars().count() + 2);
                let room = width.saturating_sub(label.chars().count() + margin);
                let mut lines = hung(&label, self.blocks(body, room));
                if let (Some(note), Some(first)) = (note, lines.first_mut()) {
                    let space = width.saturating_sub(first.chars().count() + note.chars().count()).max(1);
                    *first = format!("{first}{}{note}", " ".repeat(space));
                }
                lines
            }
            Block::Options { flow, options, .. } => self.options(*flow, options, width),
            Block::List(list) => {
                list.iter().flat_map(|text| hung("• ", wrapped(&words_of(text), width.saturating_sub(2)))).collect()
            }
            Block::Terms { terms, .. } => {
                let term = |term: &Term| format!("{}: {}", words_of(&term.term), words_of(&term.meaning));
                terms.iter().flat_map(|pair| hung("• ", wrapped(&term(pair), width.saturating_sub(2)))).collect()
            }
            Block::Table(table) => self.table(table, width),
            Block::AnswerSpace { lines, .. } if *lines > RULED => vec![format!("({lines} lines to write on)")],
            Block::AnswerSpace { lines, .. } => (0..*lines).map(|_| "_".repeat(width.min(60))).collect(),
            Block::WordBank(words) => {
                let words: Vec<String> = words.iter().map(|word| words_of(word)).collect();
                hung("[ ", wrapped(&(words.join(" · ") + " ]"), width.saturating_sub(2)))
            }
            Block::Frame { title, body, .. } => {
                let title = title.iter().flat_map(|title| wrapped(&words_of(title), width.saturating_sub(2)));
                let body = self.blocks(body, width.saturating_sub(2));
                let gap = (!body.is_empty()).then(String::new);
                title.chain(gap).chain(body).map(|line| format!("│ {line}")).collect()
            }
            Block::Figure(figure) => shown(figure, width),
            Block::Grid(grid) => {
                let cells: Vec<String> = grid.cells.iter().map(in_cell).collect();
                wrapped(&format!("{}: {}", grid.label, cells.join(" | ")), width)
            }
            Block::Keep(blocks) => self.blocks(blocks, width),
            Block::PageBreak => Vec::new(),
        }
    }

    fn paragraph(&self, paragraph: &PassageParagraph, width: usize) -> Vec<String> {
        match paragraph {
            PassageParagraph::Section(title) => wrapped(&words_of(title), width),
            PassageParagraph::Numbered(number, text) => {
                hung(&format!("¶{number:<3}"), wrapped(&words_of(text), width.saturating_sub(4)))
            }
            PassageParagraph::Editorial(text) => wrapped(&format!("[{}]", words_of(text)), width),
            PassageParagraph::Omission { from, to } => wrapped(&self.words.omitted(*from, *to)[0], width),
        }
    }

    fn options(&self, flow: Flow, options: &[Labelled], width: usize) -> Vec<String> {
        let label = |option: &Labelled| if option.label.is_empty() { "[ ]".to_owned() } else { option.label.clone() };
        if flow == Flow::Row {
            let row: Vec<String> =
                options.iter().map(|option| format!("{}  {}", label(option), words_of(&option.text))).collect();
            let row = row.join("     ");
            if row.chars().count() <= width {
                return vec![row];
            }
        }
        let label_width = options.iter().map(|option| label(option).chars().count()).max().unwrap_or(0) + 2;
        let option = |option: &Labelled| {
            let first = format!("{:label_width$}", label(option));
            hung(&first, wrapped(&words_of(&option.text), width.saturating_sub(label_width)))
        };
        options.iter().flat_map(option).collect()
    }

    /// Rows under one another, their cells side by side, parted by a line that is ruled if the table is.
    fn table(&self, table: &Table, width: usize) -> Vec<String> {
        let sum: f32 = table.widths.iter().sum::<f32>().max(f32::EPSILON);
        let room = width.saturating_sub(3 * table.widths.len().saturating_sub(1));
        let widths: Vec<usize> = table.widths.iter().map(|share| share_of(room, share / sum)).collect();
        let between = if table.ruled { " │ " } else { "   " };
        let beside = |cells: Vec<Vec<String>>| -> Vec<String> {
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            let line = |at: usize| {
                let cells = cells.iter().zip(&widths).map(|(cell, width)| {
                    let text = cell.get(at).map_or("", String::as_str);
                    format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())))
                });
                cells.collect::<Vec<_>>().join(between)
            };
            (0..height).map(line).collect()
        };
        let mut out = Vec::new();
        if !table.header.is_empty() {
            out.extend(beside(table.header.iter().zip(&widths).map(|(cell, width)| heading(cell, *width)).collect()));
            out.push("─".repeat(width));
        }
        for (at, row) in table.rows.iter().enumerate() {
            if at > 0 {
                out.push(if table.ruled { "─".repeat(width) } else { String::new() });
            }
            out.extend(beside(row.iter().zip(&widths).map(|(cell, width)| self.blocks(cell, *width)).collect()));
        }
        out
    }
}

/// A cell of a grid: its number, and its letters or circles.
fn in_cell(cell: &GridCell) -> String {
    let content = match &cell.content {
        CellContent::Letters(letters) => letters.clone(),
        CellContent::Bubbles(row) => row.iter().map(|bubble| format!("({})", bubble.letter)).collect(),
    };
    format!("{} {content}", cell.number)
}

fn heading(cell: &Inlines, width: usize) -> Vec<String> {
    wrapped(&words_of(cell), width)
}

/// What stands in place of a picture: its alternative text, caption and credit.
fn shown(figure: &Figure, width: usize) -> Vec<String> {
    let mut lines = wrapped(&format!("[{}]", figure.alt), width);
    for text in [&figure.caption, &figure.credit] {
        if !text.is_empty() {
            lines.extend(wrapped(&words_of(text), width));
        }
    }
    lines
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the width of a terminal")]
fn share_of(room: usize, share: f32) -> usize {
    (room as f32 * share) as usize
}

/// Lines that hang from a label.
fn hung(label: &str, lines: Vec<String>) -> Vec<String> {
    let space = " ".repeat(label.chars().count());
    let start = |at: usize| if at == 0 { label } else { &space };
    lines.iter().enumerate().map(|(at, line)| format!("{}{line}", start(at))).collect()
}
