//! Room to write in: ruled, blank, in a box, or in squares.

use std::sync::Arc;

use super::galley::{Slab, cost};
use super::look::MM;
use super::page::{Field, Filling, Ink, Mark};
use super::setter::{Setter, Slot};
use super::tree::NodeRole;
use crate::doc::{Answers, SQUARE_MM};
use crate::text::Asked;

/// Thickness of the lines between squares in that of a ruled line: writing must outshine them.
const THIN: f32 = 0.5;

impl Setter<'_> {
    /// Space as high as `lines` ruled lines, in slabs between which a page may end; at least two lines stay on either page.
    /// On a screen each slab is a piece of one field, which grow together where they stand one under another.
    pub fn answer_space(&mut self, lines: u32, asked: Option<&Asked>, slot: Slot) {
        let (answers, rule) = (self.style.answers, self.look.rule);
        let (count, pitch) = match answers {
            Answers::Grid => squares(lines as f32 * self.look.pitch),
            _ => (lines, self.look.pitch),
        };
        if matches!(answers, Answers::Box | Answers::Grid) {
            // A line leaves the room over it free by itself.
            self.galley.gap(self.look.body.leading * 0.5);
        }
        let field = asked.map(|asked| Arc::new(Field::of(asked, Filling::Lines, self.look.body.typed())));
        for at in 0..count {
            let (first, last) = (at == 0, at + 1 == count);
            let mut marks = match answers {
                Answers::Lines => vec![across(slot, pitch, rule)],
                Answers::Blank => Vec::new(),
                Answers::Box => boxed(slot, pitch, (first, last), rule),
                Answers::Grid => row(slot, pitch, first, rule * THIN),
            };
            if let Some(field) = &field {
                // An element of its own for each: those that have grown together say nothing.
                let node = Some(self.node(slot.node, NodeRole::Field));
                let rect = within((answers, rule), slot, pitch, first);
                marks.push(Mark { node, ink: Ink::Field { rect, field: Arc::clone(field) } });
            }
            // What introduces it holds the first line: after the rubric of an essay a page may end.
            self.galley.cost(if at == 1 || last { cost::FORBIDDEN } else { cost::PART });
            self.galley.push(Slab::new(pitch, pitch * 0.75, marks));
        }
    }
}

/// How many rows of squares come nearest to a height, and the height of one, pt.
fn squares(height: f32) -> (u32, f32) {
    let side = SQUARE_MM * MM;
    ((height / side).round().max(1.0) as u32, side)
}

fn boxed(slot: Slot, pitch: f32, (first, last): (bool, bool), rule: f32) -> Vec<Mark> {
    let mut marks = vec![down(slot.x, pitch, rule), down(slot.x + slot.width, pitch, rule)];
    marks.extend(first.then(|| across(slot, 0.0, rule)));
    marks.extend(last.then(|| across(slot, pitch, rule)));
    marks
}

/// Where a slab is written in: inside the lines around it, but over those between, ends and all, which a white ground covers
/// once something is typed. Left, top, width, height, pt.
fn within((answers, rule): (Answers, f32), slot: Slot, pitch: f32, first: bool) -> [f32; 4] {
    let line = if answers == Answers::Grid { rule * THIN } else { rule };
    let (left, width) = match answers {
        Answers::Lines | Answers::Blank => (-line, slot.width),
        Answers::Box => (line, slot.width),
        Answers::Grid => (line, squares_across(slot.width, pitch) * pitch),
    };
    let top = if first && left > 0.0 { line } else { 0.0 };
    [slot.x + left, top, width - 2.0 * left, pitch - line - top]
}

/// How many whole squares fit in a width.
fn squares_across(width: f32, side: f32) -> f32 {
    (width / side).floor().max(1.0)
}

/// A row of whole squares from the left edge on.
fn row(slot: Slot, side: f32, first: bool, thin: f32) -> Vec<Mark> {
    let count = squares_across(slot.width, side);
    let whole = Slot { width: count * side, ..slot };
    let mut marks: Vec<Mark> = (0..=count as u32).map(|at| down(slot.x + at as f32 * side, side, thin)).collect();
    marks.extend(first.then(|| across(whole, 0.0, thin)));
    marks.push(across(whole, side, thin));
    marks
}

fn across(slot: Slot, y: f32, thickness: f32) -> Mark {
    Mark { node: None, ink: Ink::Rule { from: (slot.x, y), to: (slot.x + slot.width, y), thickness } }
}

fn down(x: f32, height: f32, thickness: f32) -> Mark {
    Mark { node: None, ink: Ink::Rule { from: (x, 0.0), to: (x, height), thickness } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tree::Tree;

    #[test]
    fn squares_are_whole_and_about_as_high_as_the_lines() {
        let (rows, side) = squares(4.0 * 8.5 * MM);
        assert_eq!((rows, (side / MM).round()), (7, 5.0));
        let slot = Slot { x: 10.0, width: 100.0, node: Tree::ROOT };
        let right = |mark: &Mark| match &mark.ink {
            Ink::Rule { to, .. } => to.0,
            other => panic!("{other:?}"),
        };
        let widest = row(slot, side, true, 0.25).iter().map(right).fold(0.0, f32::max);
        assert!((widest - 10.0 - 7.0 * side).abs() < 0.01, "{widest}");
    }
}
