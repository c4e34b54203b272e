//! The answer grid at the head of a worksheet, and of a strip: a box or a row of bubbles for each answer.

use super::super::inline::{push_spoken, push_text};
use super::Fragment;
use crate::doc::{Bubble, CellContent, GRID_ROW, Grid, GridCell};

impl Fragment<'_> {
    pub(super) fn grid(&mut self, grid: &Grid) {
        self.grids += 1;
        let id = format!("grid-{}", self.grids);
        let usual = grid.bubbles();
        let class = match usual {
            Some(usual) => format!(" bubbles\" style=\"--usual:{usual}"),
            None => row(grid).map(|row| format!("\" style=\"--row:{row}")).unwrap_or_default(),
        };
        self.out += &format!("<div class=\"grid{class}\"><p class=\"grid-label\" id=\"{id}\">");
        push_text(&mut self.out, &grid.label);
        self.out += &format!("</p>\n<ol aria-labelledby=\"{id}\">\n");
        for cell in &grid.cells {
            let wide = match cell.span(usual) {
                1 => String::new(),
                span => format!(" style=\"--span:{span}\""),
            };
            match &cell.spoken {
                None => {
                    self.out += &format!("<li{wide}><span class=\"cell-number\">");
                    push_text(&mut self.out, &cell.number);
                }
                Some(spoken) => {
                    self.out += &format!("<li{wide}><span class=\"cell-number of-part\"><span aria-hidden=\"true\">");
                    push_text(&mut self.out, &cell.number);
                    self.out += "</span>";
                    push_spoken(&mut self.out, spoken);
                }
            }
            self.out += "</span> ";
            match &cell.content {
                CellContent::Letters(letters) if letters.is_empty() => {
                    push_spoken(&mut self.out, &self.words.blank(None));
                }
                CellContent::Letters(letters) => {
                    self.out += "<span class=\"cell\">";
                    push_text(&mut self.out, letters);
                    self.out += "</span>";
                }
                CellContent::Bubbles(row) => self.bubbles(row),
            }
            self.out += "</li>\n";
        }
        self.out += "</ol></div>\n";
    }

    /// Circles in a row: read are those that are filled in, or which letters there are where none is.
    fn bubbles(&mut self, row: &[Bubble]) {
        self.out += "<span class=\"bubbles-row\">";
        for Bubble { letter, filled } in row {
            self.out += if *filled { "<b class=\"bubble\">" } else { "<i class=\"bubble\" aria-hidden=\"true\">" };
            push_text(&mut self.out, letter);
            self.out += if *filled { "</b>" } else { "</i>" };
        }
        self.out += "</span>";
        if !row.iter().any(|bubble| bubble.filled) {
            push_spoken(&mut self.out, &self.words.choices(row));
        }
    }
}

/// How many boxes for letters make the longest row where one row does not hold all: on paper the rows are as long as one another.
fn row(grid: &Grid) -> Option<usize> {
    let rows = grid.rows(GRID_ROW, |cell| cell.span(None));
    let length = |row: &Vec<&GridCell>| row.iter().map(|cell| cell.span(None)).sum();
    rows.iter().map(length).max().filter(|_| rows.len() > 1)
}
