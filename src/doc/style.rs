//! How a document is to look: what a user chooses of paper, print and answer space.

/// Everything about the look that a user chooses; none of it changes items, numbers or letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Style {
    /// Sheet size.
    pub paper: Paper,
    /// 1 or 2 text columns.
    pub columns: u8,
    /// Which readers it is set for.
    pub print: Print,
    /// Ruled or blank answer space.
    pub answers: Answers,
    /// What the answer grid at the head of a worksheet has for each answer.
    #[serde(default)]
    pub answer_grid: AnswerGrid,
    /// Pad to an even number of pages.
    pub duplex: bool,
    /// What is numbered beside the reading.
    #[serde(default)]
    pub numbers: Numbers,
    /// Size of large print, pt; the other prints have their own.
    #[serde(default = "large_size")]
    pub large: u8,
    /// Whether a worksheet is filled in on a screen.
    #[serde(default)]
    pub fillable: bool,
    /// How the pages of a worksheet stand on paper.
    #[serde(default)]
    pub imposition: Imposition,
}

/// Usual size of large print, pt.
pub const LARGE: u8 = 18;

fn large_size() -> u8 {
    LARGE
}

impl Default for Style {
    fn default() -> Self {
        Style {
            paper: Paper::Letter,
            columns: 1,
            print: Print::Standard,
            answers: Answers::Lines,
            answer_grid: AnswerGrid::Letters,
            duplex: false,
            numbers: Numbers::Paragraphs,
            large: LARGE,
            fillable: false,
            imposition: Imposition::Whole,
        }
    }
}

impl Style {
    /// How a worksheet of this style is imposed: large print, which half a page would not hold, has whole pages always.
    pub fn imposed(&self) -> Imposition {
        if self.print == Print::Large { Imposition::Whole } else { self.imposition }
    }
}

/// How the pages of a worksheet stand on paper. What a teacher reads stands on whole pages always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Imposition {
    /// A page on each side.
    #[default]
    Whole,
    /// Two pages on a side that is cut across.
    TwoUp,
    /// Four pages on a side that is cut across and down.
    FourUp,
    /// Two pages on each side of sheets that are folded into a booklet.
    Booklet,
}

impl Imposition {
    /// How many small pages stand across and down on a paper that is cut; `None` for one that is not.
    pub fn cut(self) -> Option<(usize, usize)> {
        match self {
            Imposition::TwoUp => Some((1, 2)),
            Imposition::FourUp => Some((2, 2)),
            Imposition::Whole | Imposition::Booklet => None,
        }
    }
}

/// What is numbered beside the reading, and so what questions refer to.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Default,
    clap::ValueEnum,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Numbers {
    /// ¶ numbers: `¶7`.
    #[default]
    Paragraphs,
    /// Every fifth line: `lines 45–62`.
    Lines,
    /// Both: `¶7 (lines 45–62)`.
    Both,
}

/// Paper size, portrait.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// 8½ × 11 in, 612 × 792 pt.
    Letter,
    /// 210 × 297 mm.
    A4,
}

/// The kinds of print, after `teaching.md`'s table of variants: an accommodation, not another test.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Print {
    /// Serif text of 11 pt with 1.25 leading.
    Standard,
    /// 18 pt sans serif, leading 1.5, no italics, left-aligned.
    Large,
    /// 13 pt sans serif, leading 1.5, at most 70 characters a line, bold for emphasis.
    Dyslexia,
    /// The standard face with half as much answer space again and wide leading.
    Spaced,
}

/// Answer space.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Answers {
    /// Ruled lines, 8.5 mm apart, 12 mm in large print.
    Lines,
    /// The same space, empty.
    Blank,
    /// The same space in a box.
    Box,
    /// Squares of 5 mm, about as high.
    Grid,
}

/// What the answer grid at the head of a worksheet has for each answer.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Default,
    clap::ValueEnum,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerGrid {
    /// A box in which its letter is written.
    #[default]
    Letters,
    /// A circle for each of its letters, to be filled in.
    Bubbles,
    /// There is no grid.
    None,
}
