//! The answer grid: a box to write a letter in, or circles to fill in, for each question that is answered by letters.

/// Cells with numbers, filled row by row from the left; rows break where the measure ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// What stands at the left of the rows, such as `Answers` or `Form A`.
    pub label: String,
    /// The cells.
    pub cells: Vec<GridCell>,
}

/// A cell of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct GridCell {
    /// Its number: `7`, or `16A` where each part of a question has a cell.
    pub number: String,
    /// What is spoken for the number, where that is not enough: `Question 16, Part A`.
    pub spoken: Option<String>,
    /// How many letters are written in it.
    pub letters: u32,
    /// What stands beside the number.
    pub content: CellContent,
}

/// What stands in a cell of a grid.
#[derive(Debug, Clone, PartialEq)]
pub enum CellContent {
    /// Letters; none on a worksheet, where they are written in.
    Letters(String),
    /// Circles in a row. On a worksheet none is filled.
    Bubbles(Vec<Bubble>),
}

/// A circle with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bubble {
    /// The letter.
    pub letter: String,
    /// Whether it is filled in.
    pub filled: bool,
}

/// Width and height of a cell for letters, mm: large enough for a pencilled one.
pub const GRID_CELL_MM: (f32, f32) = (11.0, 8.5);

/// Distance of bubbles from one another, and of their rows, mm. A number takes the place of a bubble.
pub const BUBBLE_PITCH_MM: (f32, f32) = (6.0, 7.0);

/// Diameter of a bubble, mm.
pub const BUBBLE_MM: f32 = 4.6;

/// Width of the column in which a grid's label stands, mm: with it, fourteen cells for letters fill a line of either paper. It
/// does not depend on the label, so that the rows of a strip break where those of the sheet do.
pub const GRID_LABEL_MM: f32 = 18.0;

/// How many more letters find room in a cell for each usual width that is added to it.
const MORE_LETTERS: u32 = 3;

/// Most bubbles of a cell that is as wide as others; one with more takes the width of several.
const MOST: usize = 5;

impl Grid {
    /// How many bubbles a cell of the usual width has; `None` for a grid for letters.
    pub fn bubbles(&self) -> Option<usize> {
        let most = self.cells.iter().filter_map(GridCell::bubbles);
        most.clone().filter(|most| *most <= MOST).max().or(most.max().map(|_| MOST))
    }
}

impl GridCell {
    /// A cell with letters, or for a letter.
    pub fn letters(number: impl Into<String>, letters: impl Into<String>) -> Self {
        GridCell { number: number.into(), spoken: None, letters: 1, content: CellContent::Letters(letters.into()) }
    }

    /// How many bubbles it has, if it has bubbles.
    fn bubbles(&self) -> Option<usize> {
        match &self.content {
            CellContent::Letters(_) => None,
            CellContent::Bubbles(row) => Some(row.len()),
        }
    }

    /// Whether the next cell is for another part of the same question.
    pub fn goes_on(&self, next: &GridCell) -> bool {
        fn question(cell: &GridCell) -> &str {
            cell.number.trim_end_matches(char::is_alphabetic)
        }
        self.spoken.is_some() && next.spoken.is_some() && question(self) == question(next)
    }

    /// How many times the usual width it takes, in a grid whose usual cell has so many bubbles ([`Grid::bubbles`]).
    pub fn span(&self, bubbles: Option<usize>) -> usize {
        match (self.bubbles(), bubbles) {
            (Some(own), Some(usual)) => (own + 1).div_ceil(usual + 1),
            _ => 1 + self.letters.saturating_sub(1).div_ceil(MORE_LETTERS) as usize,
        }
    }
}
