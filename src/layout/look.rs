//! The look of each print: faces, sizes, leading, margins and spaces. Every number of the design stands here.

use super::face::FaceId;
use crate::doc::{LARGE, Paper, Print, RULE_PITCH_MM, Style};

/// Points to a millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;

/// What no printer's edge may cut: half an inch on every side, pt.
pub(super) const EDGE: f32 = 36.0;

/// Width of the text of a page with one column, pt.
const TEXT_WIDTH: f32 = 488.0;

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
    /// Left and right margin of the text, pt.
    pub side: f32,
    /// Text columns. Large print has always one: two of them would hold three words a line.
    pub columns: usize,
    /// Space between columns, pt.
    pub gutter: f32,
    /// What is left free at the right of the text for the pages of the standard print, pt.
    pub reserve: f32,
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
    /// Head and foot of the page.
    pub furniture: Type,
    /// The citation at the foot.
    pub citation: Type,
    /// The pages of the standard print, in the margin of another.
    pub standard_page: Type,
    /// The form's letter.
    pub form: Type,
    /// The widest line that reads well, pt.
    pub measure: f32,
    /// Distance of ruled lines, pt.
    pub pitch: f32,
    /// Factor of a grid's cells: 1 but in large print, whose figures would not go in.
    pub grid: f32,
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
    pub fn new(style: &Style, key: bool) -> Self {
        let page = match style.paper {
            Paper::Letter => (612.0, 792.0),
            Paper::A4 => (210.0 * MM, 297.0 * MM),
        };
        let (family, size, leading) = match style.print {
            Print::Standard if key => (Family::Serif, 10.0, 12.6),
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
        // Both papers have one width of text, so that both break alike; A4 lays the rest to its height.
        let side = if large || columns == 2 { 50.0 } else { (page.0 - TEXT_WIDTH) / 2.0 };
        Look {
            page,
            side,
            columns,
            gutter: 22.0,
            reserve: if large { 36.0 } else { 0.0 },
            body,
            passage: body.fill(if justify { Fill::Justified } else { Fill::Ragged }),
            label: Type { leading, ..sans(size * 0.93) }.bold(),
            note: Type { leading: if large { leading } else { size * 1.07 }, ..sans(size * 0.82) },
            headings: if large {
                [heading(1.4), heading(1.22), heading(1.1)]
            } else {
                [heading(if italics { 2.0 } else { 1.75 }), heading(1.32), heading(1.09)]
            },
            figures: if large { (size, size) } else { (size * 0.66, 7.0) },
            kicker: sans(8.5).bold(),
            subtitle: if italics { body.italic().sized(size * 1.05, leading) } else { body },
            // In the largest prints head and foot stay at the least size of large print, or they would take a fifth of the page.
            furniture: least(if italics { 9.0 } else { 11.0 }),
            citation: least(if italics { 7.5 } else { 9.0 }),
            standard_page: match (large, columns) {
                (true, _) => sans(size).bold(),
                (_, 1) => sans(8.5).bold(),
                // All that a narrow margin holds.
                _ => sans(6.5).bold(),
            },
            form: Type { size: if key { 40.0 } else { 34.0 }, ..sans(34.0).bold() },
            measure: match style.print {
                Print::Standard if key => 41.0 * size,
                Print::Standard => 37.5 * size,
                Print::Spaced => 40.0 * size,
                // The narrowest words of Atkinson Hyperlegible set 2.4 characters to the em: 29.5 em hold 70 at most.
                Print::Dyslexia => 29.5 * size,
                Print::Large => page.0,
            },
            pitch: RULE_PITCH_MM * MM * if style.print == Print::Spaced { 1.5 } else { 1.0 },
            grid: if large { 1.75 } else { 1.0 },
            grid_beside: italics,
            cell_pad: if key { size * 0.13 } else { size * 0.3 },
            pairs: style.print == Print::Standard && columns == 1,
            hang: if large { (38.0, 30.0) } else { (size * 2.0, size * 1.6) },
            tick: size.max(11.0),
            hyphenate: justify,
        }
    }

    /// Width between the side margins, pt.
    pub fn width(&self) -> f32 {
        self.page.0 - 2.0 * self.side
    }

    /// Width of one column, pt.
    pub fn column(&self) -> f32 {
        let columns = self.columns as f32;
        (self.width() - self.reserve - self.gutter * (columns - 1.0)) / columns
    }
}

impl Type {
    fn with(self, weight: Weight) -> Self {
        Type { weight, ..self }
    }
}
