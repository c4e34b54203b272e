//! Fields on pages: the pieces of one grow together, and those that a page's end has parted are numbered.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::page::{Field, Ink, Mark, Page};
use crate::doc::Words;

/// Pieces of room to write in may stand so far from each other, pt, and still be one: the line between them is up to 1.33 pt thick,
/// in the largest print.
const SLACK: f32 = 1.5;

/// Puts marks on a page. Room to write in that goes on under itself grows.
pub(super) fn put(page: &mut Page, marks: impl Iterator<Item = Mark>) {
    for mark in marks {
        if let Ink::Field { rect, field } = &mark.ink
            && let Some(above) = page.marks.iter_mut().rev().find_map(|known| piece_of(known, field))
            && (above[0] - rect[0]).abs() < SLACK
            && (above[1] + above[3] - rect[1]).abs() < SLACK
        {
            above[3] = rect[1] + rect[3] - above[1];
            continue;
        }
        page.marks.push(mark);
    }
}

fn piece_of<'m>(mark: &'m mut Mark, field: &Arc<Field>) -> Option<&'m mut [f32; 4]> {
    match &mut mark.ink {
        Ink::Field { rect, field: known } if Arc::ptr_eq(known, field) => Some(rect),
        _ => None,
    }
}

/// Gives the parts of a field names and words of their own: each is filled in by itself.
pub(super) fn number_parts(pages: &mut [Page], words: &Words) {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let address = |field: &Arc<Field>| Arc::as_ptr(field) as usize;
    for field in pages.iter_mut().flat_map(fields) {
        *counts.entry(address(field)).or_default() += 1;
    }
    counts.retain(|_, count| *count > 1);
    let mut met: BTreeMap<usize, usize> = BTreeMap::new();
    for field in pages.iter_mut().flat_map(fields) {
        let Some(&count) = counts.get(&address(field)) else { continue };
        let number = met.entry(address(field)).or_default();
        *number += 1;
        let name = format!("{}.{number}", field.name);
        let words = words.asked_part(&field.words, *number, count);
        *field = Arc::new(Field { name, words, ..(**field).clone() });
    }
}

fn fields(page: &mut Page) -> impl Iterator<Item = &mut Arc<Field>> {
    page.marks.iter_mut().filter_map(|mark| match &mut mark.ink {
        Ink::Field { field, .. } => Some(field),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::page::Filling;

    fn piece(field: &Arc<Field>, x: f32, y: f32) -> Mark {
        Mark { node: Some(1), ink: Ink::Field { rect: [x, y, 100.0, 20.0], field: Arc::clone(field) } }
    }

    fn all(page: &mut Page) -> Vec<(String, String)> {
        fields(page).map(|field| (field.name.clone(), field.words.clone())).collect()
    }

    #[test]
    fn pieces_grow_together_and_parts_are_numbered() {
        let field = |name: &str| {
            let (name, words) = (name.to_owned(), format!("Question {name}"));
            Arc::new(Field { name, words, filling: Filling::Lines, size: 10.0 })
        };
        let (seven, eight) = (field("7"), field("8"));
        let mut pages = [Page::default(), Page::default()];
        // Two lines at the foot of a column, one at the head of the next, and two on the next page.
        put(&mut pages[0], [(50.0, 600.0), (50.0, 620.0), (300.0, 50.0)].iter().map(|(x, y)| piece(&seven, *x, *y)));
        put(&mut pages[1], [50.0, 70.0].iter().map(|y| piece(&seven, 50.0, *y)));
        put(&mut pages[1], [90.0, 110.0].iter().map(|y| piece(&eight, 50.0, *y)));
        let heights = |page: &Page| -> Vec<f32> {
            let height = |mark: &Mark| match &mark.ink {
                Ink::Field { rect, .. } => rect[3],
                other => panic!("{other:?}"),
            };
            page.marks.iter().map(height).collect()
        };
        assert_eq!(heights(&pages[0]), [40.0, 20.0]);
        assert_eq!(heights(&pages[1]), [40.0, 40.0]);
        let words = Words { asked_part: "{asked}, part {n} of {count}".to_owned(), ..Words::default() };
        number_parts(&mut pages, &words);
        let part = |n| (format!("7.{n}"), format!("Question 7, part {n} of 3"));
        assert_eq!(all(&mut pages[0]), [part(1), part(2)]);
        assert_eq!(all(&mut pages[1]), [part(3), ("8".to_owned(), "Question 8".to_owned())]);
    }
}
