//! The file in which a session in a terminal keeps what is due when.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::super::{Failure, output};
use crate::input::Input;
use crate::study::session::Cards;

/// The cards of a quiz, and where they are kept.
pub(super) struct Progress {
    path: Option<PathBuf>,
    kept: Kept,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// Id of the quiz.
    quiz: String,
    cards: Cards,
}

impl Progress {
    /// What the file has; nothing yet where there is no file. Without a path nothing is kept.
    ///
    /// # Errors
    /// A file that is not of this quiz: it is left as it is.
    pub fn read(path: Option<&Path>, quiz: &str) -> Result<Progress, Failure> {
        let fresh = Kept { quiz: quiz.to_owned(), cards: Cards::new() };
        let Some(path) = path else { return Ok(Progress { path: None, kept: fresh }) };
        let kept = if path.exists() {
            let text = Input::read(path)?.text;
            serde_json::from_str::<Kept>(&text).map_err(|error| {
                Failure::with_help(
                    format!("{}: this is no progress of a quiz: {error}", path.display()),
                    "name another file with --progress; it is made when there is none",
                )
            })?
        } else {
            fresh
        };
        if kept.quiz != quiz {
            return Err(Failure::with_help(
                format!("{}: this is the progress of the quiz {}, not of {quiz}", path.display(), kept.quiz),
                "name another file with --progress, or the banks of that quiz with --bank",
            ));
        }
        Ok(Progress { path: Some(path.to_owned()), kept })
    }

    /// The cards.
    pub fn cards(&self) -> &Cards {
        &self.kept.cards
    }

    /// Changes the cards and keeps them at once: a session may end at any time.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn keep(&mut self, change: impl FnOnce(&mut Cards)) -> Result<(), Failure> {
        change(&mut self.kept.cards);
        let Some(path) = &self.path else { return Ok(()) };
        let text = serde_json::to_string_pretty(&self.kept)
            .map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
        output::write_whole(path, format!("{text}\n").as_bytes())
    }
}
