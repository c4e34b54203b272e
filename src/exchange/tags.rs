//! The words by which an item is searched in another program, and by which an import knows it again.

use crate::bank::Item;
use crate::letter::{Letter, Place};

/// The fields by which a bank is searched, each as `field:word`; a paragraph as `¶6`. An import reads them back.
pub(super) fn tags(item: &Item, letter: &Letter) -> Vec<String> {
    let section = letter.about.sections.get(item.section).map(|section| format!("section:{}", section.id));
    let mut tags = vec![format!("kind:{}", item.kind())];
    tags.extend(item.cite.iter().map(Place::to_string));
    tags.extend(section);
    tags.extend(item.theme.iter().map(|theme| format!("theme:{theme}")));
    tags.extend([
        format!("bloom:{}", item.bloom),
        format!("dok:{}", item.dok),
        format!("difficulty:{}", item.difficulty),
    ]);
    tags.extend(item.skills.iter().map(|skill| format!("skill:{skill}")));
    tags.extend(item.standards.iter().map(|code| format!("standard:{code}")));
    tags
}
