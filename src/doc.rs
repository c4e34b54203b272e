//! The document: a dozen blocks, before layout. It knows no questions, no letter, no output format.

mod grid;
mod style;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use grid::{
    BUBBLE_MM, BUBBLE_PITCH_MM, Bubble, CellContent, GRID_CELL_MM, GRID_LABEL_MM, GRID_ROW, Grid, GridCell,
};

use crate::picture::Picture;
use crate::text::{Asked, Inline};

pub use style::{AnswerGrid, Answers, Imposition, LARGE, Numbers, Paper, Print, Style};
pub use words::Words;

/// Inline text of one paragraph, cell or label.
pub type Inlines = Vec<Inline>;

/// One finished document, ready for a writer.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Title for metadata, window title and outline.
    pub title: String,
    /// BCP 47 tag, such as `en-US`.
    pub language: String,
    /// How it is to look.
    pub style: Style,
    /// The words of its language that the page itself needs.
    pub words: Words,
    /// What stands at the head and foot of every page.
    pub running: Running,
    /// Where the paragraphs of a reading stand that another document prints with numbered lines.
    pub lines: Option<Arc<LineMap>>,
    /// The content, in reading order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// How its pages stand on paper.
    pub fn imposed(&self) -> Imposition {
        if self.running.stamp.is_some() { Imposition::Whole } else { self.style.imposed() }
    }
}

/// The numbered lines of a reading, as one print breaks them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineMap {
    /// By paragraph: number of its first line, and the words of each line.
    pub paragraphs: BTreeMap<u32, (u32, Vec<String>)>,
}

/// Page furniture; the page number (“page x of y”) is the layout's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Running {
    /// Head of every page after the first: left (the pupil on a personal sheet, the title, the source, the last of which are given
    /// up where there is no room), right.
    pub head: [String; 2],
    /// A stamp on every page, the first included: `TEACHER`.
    pub stamp: Option<String>,
    /// Foot, left: the sheet code.
    pub code: String,
    /// Foot, a line of its own under the code and page number: the source's citation.
    pub citation: String,
}

/// A block of the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The head of the first page.
    Masthead(Masthead),
    /// A heading, level 2 or 3 (the masthead's title is level 1), with a quiet note at its right or under it.
    Heading {
        /// 2 or 3.
        level: u8,
        /// The heading.
        text: Inlines,
        /// Such as the points of a part.
        note: Option<Inlines>,
    },
    /// A paragraph.
    Paragraph {
        /// What kind.
        role: Role,
        /// Its text.
        text: Inlines,
    },
    /// A reading: paragraphs of a source with their own numbers beside them.
    Passage(Vec<PassageParagraph>),
    /// A body that hangs from a label: a question from its number, an answer from its part.
    Numbered {
        /// `7`, `Part A`; printed as given, bold.
        label: String,
        /// A note at the right edge of the first line, such as `2 points`.
        note: Option<String>,
        /// What hangs from it.
        body: Vec<Block>,
        /// Whether it is kept on one page if it fits on one; else it breaks between its blocks.
        whole: bool,
    },
    /// Options that hang from their labels.
    Options {
        /// Stacked or in a row.
        flow: Flow,
        /// The options in printed order.
        options: Vec<Labelled>,
        /// How they are chosen from; `None` where they are only read, as the words that blanks are filled with.
        choice: Option<Choice>,
    },
    /// A bulleted list.
    List(Vec<Inlines>),
    /// Terms with their meanings, which hang beside them.
    Terms {
        /// In pairs: smaller, and read down two columns where four or more stand in standard print on a page of one column.
        flow: Flow,
        /// The terms.
        terms: Vec<Term>,
    },
    /// A table.
    Table(Table),
    /// Room to write in, as high as so many ruled lines, and ruled or not as [`Style::answers`] says. Not read aloud.
    AnswerSpace {
        /// How many lines.
        lines: u32,
        /// What is asked for, where it is filled in on a screen.
        asked: Option<Arc<Asked>>,
    },
    /// The words to choose from, in one box, A to Z as given.
    WordBank(Vec<Inlines>),
    /// A frame around what belongs together: a stimulus, a note.
    Frame {
        /// Its title.
        title: Option<Inlines>,
        /// What it holds.
        body: Vec<Block>,
        /// Whether it is kept on one page if it fits on one; else it breaks as its blocks do.
        whole: bool,
    },
    /// A picture with its caption.
    Figure(Figure),
    /// Equal cells in rows: the answer grid of a sheet, or a row of a marking strip; both have cells of one size, so that
    /// the strip can be laid beside the grid.
    Grid(Grid),
    /// Blocks that may not be parted by a page break if they fit on one page.
    Keep(Vec<Block>),
    /// What follows starts on a new page.
    PageBreak,
}

/// A picture with its caption.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The picture.
    pub picture: Arc<Picture>,
    /// What is to be seen, spoken to those who do not see it.
    pub alt: String,
    /// Under it; may be empty.
    pub caption: Inlines,
    /// Where it is from, under the caption; may be empty.
    pub credit: Inlines,
    /// Width in standard print, mm; `None`: its own size within the column.
    pub width: Option<f32>,
}

/// The head of page 1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Masthead {
    /// Small line over the title: class and teacher, or `Answer key`.
    pub kicker: String,
    /// The title, level 1.
    pub title: String,
    /// Under it: author, recipient, date.
    pub subtitle: String,
    /// The form: letter, and the same in words (`Version B`).
    pub form: Option<(String, String)>,
    /// Blanks to fill in: name, date, class, score. `filled` prints a known value on the line.
    pub fields: Vec<Field>,
    /// The source's citation, printed here in large print alone: there it would take several lines at the foot of each page.
    pub citation: String,
}

/// A blank at the head of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// `Name`.
    pub label: String,
    /// What is known already (a name from the roster), or after the blank (`/ 30` for the score).
    pub filled: String,
    /// Whether that is one pupil's and stands on no other sheet.
    pub personal: bool,
    /// Share of the line's width relative to the other fields.
    pub weight: u8,
    /// What is asked for, where it is filled in on a screen; the score never is.
    pub asked: Option<Arc<Asked>>,
}

/// What a paragraph is for; each role has one look per print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Body,
    /// A question's stem.
    Stem,
    /// Directions to the pupil: italic in standard print, bold label face in the accessible ones.
    Directions,
    /// A quotation from a source, set in.
    Quotation,
    /// A small note.
    Note,
    /// A label and a text in the key (`Why`, `Points`): first inline strong.
    Remark,
    /// Words that ask for a series of blanks, and the blanks.
    Blanks,
    /// A scale: the words at its ends, and between them a blank on which a stance is marked.
    Scale,
}

/// A paragraph of a reading.
#[derive(Debug, Clone, PartialEq)]
pub enum PassageParagraph {
    /// A section's title inside the reading.
    Section(Inlines),
    /// A paragraph with its own number, `¶7` in the margin.
    Numbered(u32, Inlines),
    /// The editor's words: unnumbered, in brackets and italics.
    Editorial(Inlines),
    /// Paragraphs left out here: a centred mark, [`Words::omitted`].
    Omission {
        /// First paragraph left out.
        from: u32,
        /// Last paragraph left out.
        to: u32,
    },
}

/// How options stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// One under another.
    Stacked,
    /// Two by two, read row by row, where four or more are short, the print is standard and the page has one column or is half
    /// a page; else stacked.
    Pairs,
    /// In one row where they fit (true / false), else stacked.
    Row,
}

/// How options are chosen from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// How many may be chosen; where it is one, it takes the place of the one before.
    pub most: u32,
    /// Which of several choices of one entry this is, such as `Part A`; else empty.
    pub part: String,
    /// What is asked for, where the choice is made on a screen.
    pub asked: Option<Arc<Asked>>,
}

impl Choice {
    /// What is asked for at one of the options, each of which has a name of its own where several may be chosen.
    pub fn asked_at(&self, option: &Labelled, words: &Words) -> Option<Asked> {
        let asked = self.asked.as_ref()?;
        let own = if self.most > 1 { format!(".{}", option.label) } else { String::new() };
        Some(Asked { name: format!("{}{own}", asked.name), words: words.option(asked, option) })
    }
}

/// A text that hangs from a label.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    /// `A`; empty for a box to tick.
    pub label: String,
    /// The text.
    pub text: Inlines,
}

/// A term with its meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The term.
    pub term: Inlines,
    /// What it means.
    pub meaning: Inlines,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Relative column widths.
    pub widths: Vec<f32>,
    /// Header cells; repeated where the table breaks over pages. Empty: no header row.
    pub header: Vec<Inlines>,
    /// Rows of cells, each a list of blocks; every row has as many cells as there are widths.
    pub rows: Vec<Vec<Vec<Block>>>,
    /// Ruled, or open (a matching exercise, a list of facts).
    pub ruled: bool,
    /// The first cell of each row is its header.
    pub row_headers: bool,
    /// Whether its many short rows may be set in two groups side by side, the second read after the first, in standard print
    /// on a page of one column. The table stays one.
    pub side_by_side: bool,
}

/// Distance of ruled answer lines, mm (times 1.5 in spaced print).
pub const RULE_PITCH_MM: f32 = 8.5;

/// The same in large print of [`LARGE`] pt, in proportion at other sizes: who reads large letters writes large ones.
pub const LARGE_RULE_PITCH_MM: f32 = 12.0;

/// Side of a square of gridded answer space, mm.
pub const SQUARE_MM: f32 = 5.0;
