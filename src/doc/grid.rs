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

/// Width of the column in which a grid's label stands, mm: with it, [`GRID_ROW`] cells for letters fill a line of either paper. It
/// does not depend on the label, so that the rows of a strip break where those of the sheet do.
pub const GRID_LABEL_MM: f32 = 18.0;

/// So many cells for letters a line of either paper holds beside the label.
pub const GRID_ROW: usize = 14;

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

    /// The cells of each row: as few rows as can be that have room for so many usual cells, each about as long as the others.
    /// `span` is how many times the usual width a cell takes.
    pub fn rows(&self, columns: usize, span: impl Fn(&GridCell) -> usize) -> Vec<Vec<&GridCell>> {
        let most = filled(&self.cells, columns, &span);
        let even = (1..columns).map(|fewer| filled(&self.cells, fewer, &span)).find(|rows| rows.len() == most.len());
        even.unwrap_or(most)
    }
}

/// The cells of each row where each takes as many as it can of so many usual ones.
fn filled(cells: &[GridCell], columns: usize, span: impl Fn(&GridCell) -> usize) -> Vec<Vec<&GridCell>> {
    let mut rows: Vec<Vec<&GridCell>> = Vec::new();
    let mut used = columns;
    // The parts of a question stay in one row.
    for question in cells.chunk_by(GridCell::goes_on) {
        if used + question.iter().map(&span).sum::<usize>() > columns {
            rows.push(Vec::new());
            used = 0;
        }
        for cell in question {
            let span = span(cell);
            if used + span > columns && used > 0 {
                rows.push(Vec::new());
                used = 0;
            }
            used += span;
            if let Some(row) = rows.last_mut() {
                row.push(cell);
            }
        }
    }
    rows
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_few_as_can_be_and_about_as_long_as_one_another() {
        let part = |letter: &str| GridCell {
            spoken: Some(format!("Part {letter}")),
            ..GridCell::letters(format!("99{letter}"), "")
        };
        let lengths = |single: usize, parts: &[&str], columns| -> Vec<usize> {
            let cells = (1..=single).map(|number| GridCell::letters(number.to_string(), ""));
            let cells = cells.chain(parts.iter().map(|letter| part(letter))).collect();
            let grid = Grid { label: String::new(), cells };
            grid.rows(columns, |cell| cell.span(None)).iter().map(Vec::len).collect()
        };
        assert_eq!(lengths(14, &[], 14), [14]);
        assert_eq!(lengths(20, &[], 14), [10, 10]);
        assert_eq!(lengths(13, &["A", "B"], 14), [8, 7], "the parts of a question stay in one row");
        assert_eq!(lengths(15, &["A", "B"], 14), [9, 8]);
        assert_eq!(lengths(29, &[], 14), [10, 10, 9]);
        assert_eq!(lengths(3, &[], 1), [1, 1, 1]);
        assert_eq!(lengths(0, &[], 14), [0_usize; 0]);
    }
}
