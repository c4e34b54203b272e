//! The look of each print: faces, sizes, leading, margins and spaces. Every number of the design stands here.

use super::face::FaceId;
use crate::doc::{Imposition, LARGE, LARGE_RULE_PITCH_MM, Paper, Print, RULE_PITCH_MM, Style};

/// Points to a millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;

/// Space between two columns, pt.
const GUTTER: f32 = 22.0;

/// What the margins of two columns gain where the pages of the standard print stand in them, each on the outer side of its
/// column, pt: room for `std.` that nobody takes for a part of the line beside it.
const MARKED: f32 = 10.0;

/// The same room at the right of one column, pt.
const MARK: f32 = 24.0;

/// What a page is, whole or small, and what stands round its text.
struct Frame {
    /// Width and height, pt.
    page: (f32, f32),
    /// What no printer's edge and no knife may cut, pt.
    edge: f32,
    /// Width of one column of text, pt. Both papers have one, so that both break alike; A4 lays the rest to its height.
    width: f32,
    /// Left and right margin where there are two columns or large print, pt.
    side: f32,
    /// Sizes of the headings, in those of running text.
    headings: [f32; 3],
    /// Size of the form's letter, and of head and foot, pt.
    sizes: (f32, f32),
    /// Share of the space between questions and over headings.
    air: f32,
    /// Space between two columns, pt.
    gutter: f32,
    /// Room wanted between one column and the edge at its right, pt.
    mark: f32,
}

impl Frame {
    fn of(paper: (f32, f32), imposition: Imposition) -> Self {
        let page = match imposition {
            Imposition::Whole => paper,
            Imposition::TwoUp => (paper.0, paper.1 / 2.0),
            Imposition::FourUp => (paper.0 / 2.0, paper.1 / 2.0),
            Imposition::Booklet => (paper.1 / 2.0, paper.0),
        };
        let (edge, (width, side), headings, sizes, air) = match imposition {
            Imposition::Whole => (36.0, (488.0, 50.0), [2.0, 1.32, 1.09], (34.0, 9.0), 1.0),
            Imposition::TwoUp => (22.0, (488.0, 34.0), [1.4, 1.15, 1.05], (16.0, 8.0), 0.5),
            Imposition::FourUp => (20.0, (256.0, 20.0), [1.4, 1.15, 1.05], (16.0, 8.0), 0.5),
            Imposition::Booklet => (28.0, (330.0, 28.0), [1.65, 1.25, 1.09], (26.0, 8.5), 0.85),
        };
        Frame { page, edge, width, side, headings, sizes, air, gutter: GUTTER, mark: 0.0 }
    }

    /// The same with room for the pages of the standard print in its margins. A small page has none.
    fn marked(self) -> Self {
        Frame { side: self.side + MARKED, mark: MARK, ..self }
    }
}

/// The size of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// As in every document of its print.
    Usual,
    /// A point less and tighter, for the small forms of the standard print.
    Smaller,
}

/// Serif or sans serif.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Serif,
    Sans,
}

/// How heavy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Semibold,
    Bold,
}

/// How lines fill the measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    Ragged,
    Justified,
    Centered,
}

/// The setting of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    pub family: Family,
    pub weight: Weight,
    pub italic: bool,
    /// Size, pt.
    pub size: f32,
    /// Distance of baselines, pt.
    pub leading: f32,
    pub fill: Fill,
    /// Whether emphasis may be italic; else it is bold.
    pub italics: bool,
}

impl Type {
    /// The face that it is set in.
    pub fn face(&self) -> FaceId {
        match (self.family, self.weight, self.italic) {
            (Family::Serif, Weight::Regular, false) => FaceId::Serif,
            (Family::Serif, Weight::Regular, true) => FaceId::SerifItalic,
            (Family::Serif, Weight::Semibold, _) => FaceId::SerifSemibold,
            (Family::Serif, Weight::Bold, _) => FaceId::SerifBold,
            (Family::Sans, Weight::Regular, false) => FaceId::Sans,
            (Family::Sans, Weight::Regular, true) => FaceId::SansItalic,
            (Family::Sans, _, _) => FaceId::SansBold,
        }
    }

    /// The size at which the sans-serif face, in which pupils type, looks as large, pt.
    pub fn typed(&self) -> f32 {
        if self.family == Family::Serif { self.size * 0.93 } else { self.size }
    }

    pub fn italic(self) -> Self {
        if self.italics { Type { italic: !self.italic, ..self } } else { self.bold() }
    }

    pub fn bold(self) -> Self {
        Type { weight: Weight::Bold, ..self }
    }

    pub fn fill(self, fill: Fill) -> Self {
        Type { fill, ..self }
    }

    pub fn sized(self, size: f32, leading: f32) -> Self {
        Type { size, leading, ..self }
    }
}

/// All that the setting of a document needs to know of its [`Style`].
#[derive(Debug, Clone)]
pub(super) struct Look {
    /// Width and height of the page, pt.
    pub page: (f32, f32),
    /// What is left free at every edge, pt.
    pub edge: f32,
    /// Left and right margin of the text, pt.
    pub side: f32,
    /// The pages of a document are padded to a multiple of this.
    pub multiple: usize,
    /// Text columns. Large print has always one: two of them would hold three words a line.
    pub columns: usize,
    /// Width of one column, pt.
    pub column: f32,
    /// Space between columns, pt.
    pub gutter: f32,
    /// Running text, stems, options.
    pub body: Type,
    /// The reading.
    pub passage: Type,
    /// Labels of questions and options, table headers, word banks.
    pub label: Type,
    /// Points, remarks at the edge.
    pub note: Type,
    /// The masthead's title and headings of level 2 and 3.
    pub headings: [Type; 3],
    /// The number before a blank, and in a cell of a grid, pt.
    pub figures: (f32, f32),
    /// The line over the title.
    pub kicker: Type,
    /// The line under it.
    pub subtitle: Type,
    /// Share of the space between questions and over headings.
    pub air: f32,
    /// Space under the masthead, pt.
    pub head_space: f32,
    /// Head and foot of the page.
    pub furniture: Type,
    /// The citation at the foot, or at the head of the first page.
    pub citation: Type,
    /// Whether it stands at the head, once: at the foot of each page it would have several lines.
    pub cited_once: bool,
    /// The pages of the standard print, in the margin of another.
    pub standard_page: Type,
    /// The form's letter.
    pub form: Type,
    /// Whether it is a small form, cut from others: it has a lean head and foot.
    pub cut: bool,
    /// The widest line that reads well, pt.
    pub measure: f32,
    /// Distance of ruled lines, pt.
    pub pitch: f32,
    /// Thickness of a line to write on, pt.
    pub rule: f32,
    /// Factor of a grid's cells: 1 but in large print, whose figures would not go in.
    pub grid: f32,
    /// Size of the numbers and letters of bubbles, pt.
    pub bubble: f32,
    /// Width of a column of the sheet, pt: the rows of a grid end where those of the sheet do, in a key too.
    pub grid_room: f32,
    /// Whether a grid's label goes into its column.
    pub grid_beside: bool,
    /// Space over and under the text of a ruled table's cell, pt.
    pub cell_pad: f32,
    /// Whether short options stand two by two.
    pub pairs: bool,
    /// Where a body hangs from its label: question, option, pt.
    pub hang: (f32, f32),
    /// Size of the circle or box before an option that is chosen on a screen, pt.
    pub tick: f32,
    /// Whether the reading is hyphenated.
    pub hyphenate: bool,
}

impl Look {
    /// The look of a style; `key` for what a teacher reads: smaller type, a larger form letter.
    pub fn new(style: &Style, size: Size, key: bool) -> Self {
        let paper = match style.paper {
            Paper::Letter => (612.0, 792.0),
            Paper::A4 => (210.0 * MM, 297.0 * MM),
        };
        let marked = matches!(style.print, Print::Dyslexia | Print::Spaced);
        let frame_of = |imposition| match Frame::of(paper, imposition) {
            frame if marked && imposition == Imposition::Whole => frame.marked(),
            frame => frame,
        };
        let sheet = frame_of(style.imposed());
        let imposition = if key { Imposition::Whole } else { style.imposed() };
        let frame = frame_of(imposition);
        let page = frame.page;
        let (family, size, leading) = match style.print {
            Print::Standard if key => (Family::Serif, 10.0, 12.6),
            Print::Standard if size == Size::Smaller => (Family::Serif, 10.0, 12.2),
            Print::Standard => (Family::Serif, 11.0, 13.75),
            Print::Large => (Family::Sans, f32::from(style.large), f32::from(style.large) * 1.5),
            Print::Dyslexia => (Family::Sans, 13.0, 19.5),
            Print::Spaced => (Family::Serif, 11.5, 18.0),
        };
        let large = style.print == Print::Large;
        let italics = family == Family::Serif;
        let columns = if large { 1 } else { usize::from(style.columns.clamp(1, 2)) };
        let body = Type { family, weight: Weight::Regular, italic: false, size, leading, fill: Fill::Ragged, italics };
        let sans = |small: f32| {
            let size = if large { size } else { small };
            Type { family: Family::Sans, size, leading: size * 1.3, ..body }
        };
        let least = |small: f32| {
            let size = if large { f32::from(LARGE) } else { small };
            Type { size, leading: size * 1.3, ..sans(small) }
        };
        let heading = |factor: f32| {
            let weight = if italics { Weight::Semibold } else { Weight::Bold };
            body.sized(size * factor, size * factor * 1.2).with(weight)
        };
        let justify = style.print == Print::Standard && columns == 1;
        let wide = large || columns == 2;
        let side = |frame: &Frame| {
            let even = (frame.page.0 - frame.width) / 2.0;
            if wide { frame.side } else { even.min(frame.page.0 - frame.edge - frame.width - frame.mark) }
        };
        // The pages of the standard print stand at the right of large print.
        let reserve = if large { 42.0 } else { 0.0 };
        let column = |frame: &Frame| {
            let free = frame.page.0 - 2.0 * side(frame) - reserve - frame.gutter * (columns as f32 - 1.0);
            if wide { free / columns as f32 } else { frame.width }
        };
        Look {
            page,
            edge: frame.edge,
            multiple: match imposition {
                Imposition::Booklet => 4,
                _ if style.duplex => 2,
                _ => 1,
            },
            side: side(&frame),
            columns,
            column: column(&frame),
            gutter: frame.gutter,
            body,
            passage: body.fill(if justify { Fill::Justified } else { Fill::Ragged }),
            label: Type { leading, ..sans(size * 0.93) }.bold(),
            note: Type { leading: if large { leading } else { size * 1.07 }, ..sans(size * 0.82) },
            headings: if large {
                [heading(1.4), heading(1.22), heading(1.1)]
            } else {
                // The sans serif looks larger.
                let title = frame.headings[0].min(if italics { 2.0 } else { 1.75 });
                [heading(title), heading(frame.headings[1]), heading(frame.headings[2])]
            },
            figures: if large { (size, size) } else { (size * 0.66, 7.0) },
            kicker: sans(8.5).bold(),
            subtitle: match imposition.cut() {
                Some(_) if italics => Type { leading: 10.0, ..sans(8.0) },
                Some(_) => Type { leading: size * 1.07, ..sans(size * 0.82) },
                None if italics => body.italic().sized(size * 1.05, leading),
                None => body,
            },
            air: frame.air,
            head_space: leading * if imposition.cut().is_some() { 0.6 } else { 1.1 * frame.air.max(0.8) },
            // In the largest prints head and foot stay at the least size of large print, or they would take a fifth of the page.
            furniture: least(frame.sizes.1 + if italics { 0.0 } else { 2.0 }),
            citation: least(if italics { 7.5 } else { 9.0 }),
            cited_once: large,
            standard_page: match (large, columns) {
                (true, _) => least(size).bold(),
                (_, 1) => sans(8.5).bold(),
                // All that a narrow margin holds.
                _ => sans(8.0).bold(),
            },
            form: Type { size: if key { 40.0 } else { frame.sizes.0 }, ..sans(34.0).bold() },
            cut: imposition.cut().is_some(),
            measure: match style.print {
                Print::Standard if key => 41.0 * size,
                Print::Standard => 37.5 * size,
                Print::Spaced => 40.0 * size,
                // The narrowest words of Atkinson Hyperlegible set 2.4 characters to the em: 29.5 em hold 70 at most.
                Print::Dyslexia => 29.5 * size,
                Print::Large => page.0,
            },
            pitch: MM
                * match style.print {
                    Print::Standard | Print::Dyslexia => RULE_PITCH_MM,
                    Print::Spaced => RULE_PITCH_MM * 1.5,
                    Print::Large => LARGE_RULE_PITCH_MM * size / f32::from(LARGE),
                },
            rule: if large { size / f32::from(LARGE) } else { 0.5 },
            grid: if large { 1.75 } else { 1.0 },
            bubble: if large { f32::from(LARGE) } else { 7.5 },
            grid_room: column(&sheet).min(column(&frame_of(Imposition::Whole))),
            grid_beside: italics,
            cell_pad: if key { size * 0.13 } else { size * 0.3 },
            pairs: style.print == Print::Standard && (columns == 1 || imposition.cut().is_some()),
            hang: if large { (38.0, 30.0) } else { (size * 2.0, size * 1.6) },
            tick: size.max(11.0),
            hyphenate: justify,
        }
    }

    /// Width between the side margins, pt.
    pub fn width(&self) -> f32 {
        self.page.0 - 2.0 * self.side
    }
}

impl Type {
    fn with(self, weight: Weight) -> Self {
        Type { weight, ..self }
    }
}
