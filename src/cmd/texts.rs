//! The texts and pictures of a bank folder, from the program itself or from disk, with what could not be read of them.

use std::borrow::Cow;
use std::path::Path;

use rayon::prelude::*;
use rust_embed::RustEmbed;

use super::{Failure, pictures};
use crate::diag::{Diagnostic, Severity};
use crate::input::Input;
use crate::letter;
use crate::picture::Stored;

#[derive(RustEmbed)]
#[folder = "questions/kennedy-1961"]
#[include = "letter.*"]
#[include = "bank/*.yaml"]
#[include = "blueprints/*.yaml"]
#[include = "pictures/*"]
struct BuiltIn;

/// The texts of a bank folder.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// The texts, under the names that messages show.
    pub inputs: Vec<Input>,
    /// What each is in the folder: `letter.txt`, `letter.yaml`, `bank/….yaml`, `blueprints/….yaml`.
    pub names: Vec<String>,
    /// The files in the folder `pictures`.
    pub pictures: Vec<Stored>,
    /// Files that could not be read, or were passed over, and what was changed in reading the letter.
    pub faults: Vec<Diagnostic>,
}

impl Texts {
    /// The folder, or the built-in bank.
    ///
    /// # Errors
    /// What is no bank folder, or a part of one that may not be looked into.
    pub fn read(folder: Option<&Path>) -> Result<Texts, Failure> {
        match folder {
            Some(folder) => Texts::from_folder(folder),
            None => Ok(Texts::built_in()),
        }
    }

    fn built_in() -> Texts {
        let mut names: Vec<_> = BuiltIn::iter().collect();
        names.sort();
        let mut texts = Texts::default();
        for name in names {
            let Some(file) = BuiltIn::get(&name) else { continue };
            if name.starts_with(pictures::FOLDER) {
                texts.pictures.push(Stored { name: name.to_string(), bytes: Ok(file.data.into()) });
            } else {
                let text = match file.data {
                    Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).unwrap_or_default()),
                    Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).unwrap_or_default()),
                };
                texts.push(name.to_string(), Input::new(name.to_string(), text));
            }
        }
        texts
    }

    /// Adds a text that is `name` in the folder.
    pub(super) fn push(&mut self, name: String, input: Input) {
        self.names.push(name);
        self.inputs.push(input);
    }

    /// Numbers of the texts whose names in the folder match.
    pub(super) fn named(&self, matches: impl Fn(&str) -> bool) -> Vec<usize> {
        (0..self.names.len()).filter(|at| matches(&self.names[*at])).collect()
    }

    fn from_folder(folder: &Path) -> Result<Texts, Failure> {
        let mut texts = Texts::default();
        texts.letter(folder)?;
        texts.pictures = pictures::of_folder(folder);
        texts.about(folder);
        for part in ["bank", "blueprints"] {
            let names: Vec<String> =
                texts.yaml_files(folder, part)?.into_iter().map(|file| format!("{part}/{file}")).collect();
            let read: Vec<_> = names.par_iter().map(|name| Input::read(&folder.join(name))).collect();
            for (name, read) in names.into_iter().zip(read) {
                match read {
                    Ok(input) => texts.push(name, input),
                    Err(fault) => texts.faults.push(fault),
                }
            }
        }
        if !texts.names.iter().any(|name| name.starts_with("bank/")) && texts.faults.is_empty() {
            let message = format!("{} has no items", folder.join("bank").display());
            texts
                .faults
                .push(warning(message).help("put YAML files with `items:` into it; the manual shows each kind"));
        }
        Ok(texts)
    }

    /// A letter may be in any of the usual encodings; its bytes are decoded, its YAML neighbours must be UTF-8.
    fn letter(&mut self, folder: &Path) -> Result<(), Failure> {
        let path = folder.join("letter.txt");
        if !folder.exists() {
            return Err(Failure::with_help(
                format!("{}: there is no such folder", folder.display()),
                "check the name, and the folder in which you are",
            ));
        }
        let missing = path.symlink_metadata().is_err_and(|error| error.kind() != std::io::ErrorKind::PermissionDenied);
        if missing {
            return Err(Failure::with_help(
                format!("{} has no letter.txt, so it is no bank folder", folder.display()),
                "give the folder that holds letter.txt, letter.yaml and bank/; `pilcrow new TEXT.txt` starts one",
            ));
        }
        let plain = |bytes: Vec<u8>| match letter::plain(&bytes) {
            Ok(()) => Ok(bytes),
            Err(fault) => Err(Diagnostic { message: format!("{}: {}", path.display(), fault.message), ..fault }),
        };
        match crate::file::read_bytes(&path).and_then(plain) {
            Ok(bytes) => {
                let (text, reports) = letter::decode(&bytes);
                self.faults.extend(reports);
                self.push("letter.txt".to_owned(), Input::new(path.display().to_string(), text));
            }
            Err(fault) => self.faults.push(fault),
        }
        Ok(())
    }

    fn about(&mut self, folder: &Path) {
        let path = folder.join("letter.yaml");
        match Input::read(&path) {
            Ok(input) => self.push("letter.yaml".to_owned(), input),
            Err(fault) if !path.exists() => {
                self.faults.push(fault.help("it says what the text is; `pilcrow new` writes one for any text"));
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    /// Names of the YAML files in a part of the folder, sorted; none where there is no such part. What else is there is
    /// told: an editor that added `.txt` would hide a file's items.
    fn yaml_files(&mut self, folder: &Path, part: &str) -> Result<Vec<String>, Failure> {
        let place = folder.join(part);
        let entries = match std::fs::read_dir(&place) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                return Err(Failure::with_help(
                    format!("{}: you may not look into this folder", place.display()),
                    "change the rights of the folder",
                ));
            }
            Err(_) => {
                return Err(Failure::with_help(
                    format!("{} is no folder that can be read", place.display()),
                    format!("make it a folder, and put the YAML files of the {part} into it"),
                ));
            }
        };
        let mut all: Vec<String> =
            entries.filter_map(|entry| entry.ok().map(|e| e.file_name().to_string_lossy().into_owned())).collect();
        all.sort();
        let (names, others): (Vec<String>, Vec<String>) = all
            .into_iter()
            .filter(|name| !name.starts_with('.') && !name.ends_with('~'))
            .partition(|name| is_yaml(name));
        self.faults.extend(others.iter().map(|name| {
            warning(format!("{} is not read", place.join(name).display()))
                .help("only files whose names end in .yaml are; rename it, or take it out of the folder")
        }));
        Ok(names)
    }
}

fn is_yaml(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".yaml") || name.ends_with(".yml")
}

fn warning(message: String) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..Diagnostic::error(message, None) }
}
