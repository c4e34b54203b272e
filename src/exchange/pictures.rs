//! Pictures of exercises: which there are, and what their files are called in an archive.

use sha2::{Digest, Sha256};

use super::{Exercise, Package, Shown, Stimulus};
use crate::bank::Figure;

impl Stimulus {
    /// Its pictures, in order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.passages.iter().filter_map(|passage| match passage {
            Shown::Figure(figure) => Some(&**figure),
            Shown::Quoted(_) | Shown::Text(..) => None,
        })
    }
}

impl Package<'_> {
    /// The pictures of exercises, each once: those of the passages that they share, and their own.
    pub fn figures<'p>(&'p self, exercises: impl IntoIterator<Item = &'p Exercise>) -> Vec<&'p Figure> {
        let mut found: Vec<&Figure> = Vec::new();
        for exercise in exercises {
            let stimulus = exercise.stimulus.and_then(|at| self.stimuli.get(at));
            for figure in stimulus.into_iter().flat_map(Stimulus::figures).chain(exercise.figure.as_deref()) {
                if !found.iter().any(|known| known.file == figure.file) {
                    found.push(figure);
                }
            }
        }
        found
    }
}

/// The name of a picture's file in an archive: without folders, in signs that every system takes, with the ending of what it is.
/// A name that had to be changed has the beginning of a hash, so that no two pictures share one.
pub fn picture_file(figure: &Figure) -> String {
    let name = figure.file.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let ending = picture_ending(figure);
    let fit = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
    let plain: String = stem.chars().map(fit).collect();
    if figure.file == format!("pictures/{plain}.{ending}") {
        return name.to_owned();
    }
    let digest = Sha256::digest(figure.file.as_bytes());
    let hash: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{plain}-{hash}.{ending}")
}

/// The ending of a picture's file, by what it is, whatever the file's name: `svg`, `jpg`, `png`.
pub fn picture_ending(figure: &Figure) -> &'static str {
    match figure.picture.picture().web.media_type {
        "image/svg+xml" => "svg",
        "image/jpeg" => "jpg",
        _ => "png",
    }
}
