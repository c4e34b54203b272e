//! Where letter, bank, blueprints, labels and templates come from: the program itself, or a teacher's own folders.

use std::collections::BTreeMap;
use std::path::Path;

use rust_embed::RustEmbed;

use super::Failure;
use crate::bank::{self, Bank};
use crate::blueprint::{self, Blueprint};
use crate::compose::Labels;
use crate::diag::{Diagnostic, Severity, has_errors, render_all};
use crate::input::Input;
use crate::letter::{self, About, Letter};
use crate::write::html::Templates;
use crate::yaml;

#[derive(RustEmbed)]
#[folder = "questions/kennedy-1961"]
#[include = "letter.*"]
#[include = "bank/*.yaml"]
#[include = "blueprints/*.yaml"]
struct BuiltIn;

/// English, built in.
const ENGLISH: &str = include_str!("../../templates/labels/en.yaml");

/// The texts of a bank folder.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// The texts, under the names that messages show.
    pub inputs: Vec<Input>,
    /// What each is in the folder: `letter.txt`, `letter.yaml`, `bank/….yaml`, `blueprints/….yaml`.
    pub names: Vec<String>,
}

/// A bank folder, read and checked.
pub struct Source {
    /// The letter.
    pub letter: Letter,
    /// Its bank.
    pub bank: Bank,
    /// Its blueprints.
    pub blueprints: Vec<Blueprint>,
    /// The texts that they were read from.
    pub texts: Texts,
}

impl Texts {
    /// The folder, or the built-in bank.
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
            if let Some(file) = BuiltIn::get(&name) {
                texts.push(name.to_string(), Input::new(name.to_string(), String::from_utf8_lossy(&file.data)));
            }
        }
        texts
    }

    /// Adds a text that is `name` in the folder.
    pub(super) fn push(&mut self, name: String, input: Input) {
        self.names.push(name);
        self.inputs.push(input);
    }

    fn from_folder(folder: &Path) -> Result<Texts, Failure> {
        let letter = folder.join("letter.txt");
        if !letter.exists() {
            return Err(Failure::with_help(
                format!("{} has no letter.txt, so it is no bank folder", folder.display()),
                "give the folder that holds letter.txt, letter.yaml and bank/; `pilcrow new TEXT.txt` starts one",
            ));
        }
        let mut names = vec!["letter.txt".to_owned(), "letter.yaml".to_owned()];
        for part in ["bank", "blueprints"] {
            names.extend(yaml_files(&folder.join(part))?.iter().map(|file| format!("{part}/{file}")));
        }
        let mut faults = Vec::new();
        let mut texts = Texts::default();
        for name in names {
            let path = folder.join(&name);
            match if name == "letter.txt" { read_letter(&path) } else { Input::read(&path) } {
                Ok(input) => texts.push(name, input),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(texts) } else { Err(Failure::new(render_all(&faults, &[]))) }
    }

    fn named(&self, matches: impl Fn(&str) -> bool) -> Vec<usize> {
        (0..self.names.len()).filter(|at| matches(&self.names[*at])).collect()
    }

    /// Everything in it, and every fault of every file.
    pub fn load(self) -> (Option<Source>, Vec<Diagnostic>, Texts) {
        let mut faults = Vec::new();
        let find = |name: &str| self.named(|n| n == name).first().copied();
        let (Some(text), Some(about)) = (find("letter.txt"), find("letter.yaml")) else {
            faults.push(Diagnostic::error("letter.txt and letter.yaml are both needed", None));
            return (None, faults, self);
        };
        let (parsed, found) = yaml::read::<About>(&self.inputs[about], about);
        faults.extend(found);
        let Some(parsed) = parsed else { return (None, faults, self) };
        let letter = match letter::read(&self.inputs[text].text, parsed) {
            Ok((letter, found)) => {
                faults.extend(found.into_iter().map(|d| at_input(d, text)));
                letter
            }
            Err(found) => {
                faults.extend(found.into_iter().map(|d| at_input(d, text)));
                return (None, faults, self);
            }
        };
        let gather = |indexes: &[usize]| indexes.iter().map(|at| self.inputs[*at].clone()).collect::<Vec<_>>();
        let relocate = |list: Vec<Diagnostic>, indexes: &[usize]| -> Vec<Diagnostic> {
            let moved = |d: Diagnostic| match &d.place {
                Some((at, span)) => Diagnostic { place: indexes.get(*at).map(|i| (*i, span.clone())), ..d },
                None => d,
            };
            list.into_iter().map(moved).collect()
        };
        let items = self.named(|n| n.starts_with("bank/"));
        let (bank, found) = bank::load(&gather(&items), &letter);
        faults.extend(relocate(found, &items));
        let prints = self.named(|n| n.starts_with("blueprints/"));
        let (blueprints, found) = blueprint::load(&gather(&prints), &letter, &bank);
        faults.extend(relocate(found, &prints));
        let source = Source { letter, bank, blueprints, texts: self.clone() };
        (Some(source), faults, self)
    }
}

/// The letter's reader knows one text only: its places are in the first input.
fn at_input(d: Diagnostic, input: usize) -> Diagnostic {
    Diagnostic { place: d.place.map(|(_, span)| (input, span)), ..d }
}

impl Source {
    /// A bank without errors; its warnings are left to `pilcrow check`.
    ///
    /// # Errors
    /// Every error of every file, as `check` shows them.
    pub fn sound(folder: Option<&Path>) -> Result<Source, Failure> {
        let (source, faults, texts) = Texts::read(folder)?.load();
        Source::accept(source, faults, &texts)
    }

    /// The same from texts that a manifest holds.
    pub fn from_texts(texts: Texts) -> Result<Source, Failure> {
        let (source, faults, texts) = texts.load();
        Source::accept(source, faults, &texts)
    }

    fn accept(source: Option<Source>, faults: Vec<Diagnostic>, texts: &Texts) -> Result<Source, Failure> {
        let errors: Vec<Diagnostic> = faults.into_iter().filter(|d| d.severity == Severity::Error).collect();
        match source {
            Some(source) if !has_errors(&errors) => Ok(source),
            _ => Err(Failure::with_help(
                render_all(&errors, &texts.inputs).trim_end(),
                "nothing was written; mend these places and run the command again",
            )),
        }
    }
}

/// A letter may be in any of the usual encodings; its bytes are decoded, its YAML neighbours must be UTF-8.
fn read_letter(path: &Path) -> Result<Input, Diagnostic> {
    let bytes = crate::file::read_bytes(path)?;
    Ok(Input::new(path.display().to_string(), letter::decode(&bytes).0))
}

/// Names of the YAML files in a folder, sorted; none where there is no such folder.
fn yaml_files(folder: &Path) -> Result<Vec<String>, Failure> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Failure::new(format!("{} cannot be read: {error}", folder.display()))),
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok().map(|e| e.file_name().to_string_lossy().into_owned()))
        .filter(|name| name.ends_with(".yaml") || name.ends_with(".yml"))
        .collect();
    names.sort();
    Ok(names)
}

/// The words on the sheets and the frames of the HTML files.
pub struct Look {
    /// The words.
    pub labels: Labels,
    /// The frames.
    pub templates: Templates,
}

impl Look {
    /// Built in, or with a teacher's own files in place of those of the same name.
    pub fn read(folder: Option<&Path>) -> Result<Look, Failure> {
        let mut overrides = BTreeMap::new();
        let mut labels = Input::new("labels/en.yaml", ENGLISH);
        if let Some(folder) = folder {
            if !folder.is_dir() {
                return Err(Failure::new(format!("--templates: {} is no folder", folder.display())));
            }
            let own = folder.join("labels/en.yaml");
            if own.exists() {
                labels = Input::read(&own)?;
            }
            let known: Vec<&str> = Templates::names().collect();
            for entry in
                std::fs::read_dir(folder).map_err(|e| Failure::new(format!("{}: {e}", folder.display())))?.flatten()
            {
                let name = entry.file_name().to_string_lossy().into_owned();
                let meant = name.ends_with(".html") || name.ends_with(".css") || known.contains(&name.as_str());
                if meant && entry.path().is_file() {
                    let input = Input::read(&entry.path())?;
                    overrides.insert(name, input.text);
                }
            }
        }
        let (parsed, faults) = yaml::read::<Labels>(&labels, 0);
        let labels =
            parsed.filter(|_| !has_errors(&faults)).ok_or_else(|| Failure::faults(&faults, &[labels]))?;
        let templates = Templates::with_overrides(&overrides).map_err(|e| Failure::new(e.to_string()))?;
        Ok(Look { labels, templates })
    }
}
