//! Pictures that items show: files of the package, or written in the document itself.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::package::resolved;
use crate::exchange::archive::Packed;
use crate::import::{FoundPicture, Opened};

/// The pictures so far.
pub(super) struct Pictures<'a> {
    opened: &'a Opened,
    pub found: Vec<FoundPicture>,
}

impl<'a> Pictures<'a> {
    pub fn new(opened: &'a Opened) -> Self {
        Pictures { opened, found: Vec::new() }
    }

    /// The number of the first picture of those that an item shows, and what is to be told of them.
    pub fn of(&mut self, path: &str, shown: &[(String, String)]) -> (Option<usize>, Vec<String>) {
        let mut told = Vec::new();
        let mut first = None;
        for (source, alt) in shown {
            let Some(file) = self.file(path, source) else {
                let named: String = source.chars().take(60).collect();
                told.push(format!("its picture “{named}” is not in the file"));
                continue;
            };
            if first.is_some() {
                told.push(format!("its further picture “{}” was left out", file.name));
                continue;
            }
            let picture = FoundPicture { file, alt: alt.trim().to_owned() };
            let known = self.found.iter().position(|known| *known == picture);
            first = Some(known.unwrap_or_else(|| {
                self.found.push(picture);
                self.found.len() - 1
            }));
        }
        (first, told)
    }

    fn file(&self, path: &str, source: &str) -> Option<Packed> {
        if let Some(rest) = source.strip_prefix("data:image/") {
            let (kind, data) = rest.split_once(";base64,")?;
            let data: String = data.chars().filter(|c| !c.is_whitespace()).collect();
            let bytes = STANDARD.decode(data).ok()?;
            let ending = match kind {
                "jpeg" => "jpg",
                "svg+xml" => "svg",
                kind => kind,
            };
            return Some(Packed::new(format!("picture-{}.{ending}", self.found.len() + 1), bytes));
        }
        self.opened.file(&resolved(path, source)?).cloned()
    }
}
