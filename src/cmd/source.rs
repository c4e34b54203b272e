//! Letter, bank and blueprints made of a folder's texts; labels and templates, built in or a teacher's own.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::Failure;
use super::texts::Texts;
use crate::bank::{self, Bank, Unchecked};
use crate::blueprint::{self, Blueprint};
use crate::compose::Labels;
use crate::diag::{Diagnostic, Severity, has_errors};
use crate::input::Input;
use crate::layout::{Faces, FontFile};
use crate::letter::{self, About, Letter};
use crate::write::html::Templates;
use crate::yaml;

/// English, built in.
const ENGLISH: &str = include_str!("../../templates/labels/en.yaml");

/// A bank folder, read and checked.
pub struct Source {
    /// The letter.
    pub letter: Letter,
    /// Its bank.
    pub bank: Bank,
    /// Its blueprints.
    pub blueprints: Vec<Blueprint>,
    /// The texts that they were read from, and the pictures of the folder.
    pub texts: Arc<Texts>,
}

/// How much is looked for in a bank.
#[derive(Debug, Clone, Copy)]
enum Rigor {
    /// Nothing: it is the bank that the program brings, which its tests have checked.
    Proved,
    /// Whatever is as grave as this, or graver.
    Telling(Severity),
}

impl Texts {
    /// Everything in it, and every fault of every file.
    pub fn load(self) -> (Option<Source>, Vec<Diagnostic>, Arc<Texts>) {
        let texts = Arc::new(self);
        let (source, faults) = texts.read_all(Rigor::Telling(Severity::Note));
        (source, faults, texts)
    }

    /// A bank may have a hundred megabytes: its texts are shared with the source, never copied.
    fn read_all(self: &Arc<Self>, rigor: Rigor) -> (Option<Source>, Vec<Diagnostic>) {
        let mut faults = self.faults.clone();
        let find = |name: &str| self.named(|n| n == name).first().copied();
        let (Some(text), Some(about)) = (find("letter.txt"), find("letter.yaml")) else {
            if !has_errors(&faults) {
                faults.push(Diagnostic::error("letter.txt and letter.yaml are both needed", None));
            }
            return (None, faults);
        };
        let items = self.named(|n| n.starts_with("bank/"));
        let (of_items, source) = (self.gathered(&items), &self.inputs[text].text);
        let ((letter, found), unchecked) = rayon::join(
            || {
                let (parsed, found) = self.read_about(about);
                (parsed.map(|parsed| letter::read(source, parsed)), found)
            },
            || Unchecked::read(&of_items),
        );
        faults.extend(found);
        let letter = match letter {
            Some(Ok((letter, found))) => {
                // Whoever keeps the fingerprints has seen what was lifted out of the text: it is no news.
                let known = |d: &Diagnostic| d.severity == Severity::Note && !letter.about.fingerprints.is_empty();
                let found = found.into_iter().filter(|d| !known(d)).collect::<Vec<_>>();
                faults.extend(found.into_iter().map(|d| at_input(d, text)));
                if let Rigor::Telling(_) = rigor {
                    faults.extend(letter::aids(&letter, &self.inputs[about], about));
                }
                letter
            }
            without => {
                let found = without.and_then(Result::err).unwrap_or_default();
                faults.extend(found.into_iter().map(|d| at_input(d, text)));
                // What is wrong with the items’ files by themselves is told all the same.
                faults.extend(relocated(unchecked.into_faults(), &items));
                return (None, faults);
            }
        };
        let bank = match rigor {
            Rigor::Proved => bank::load_proved(unchecked, &letter, &self.pictures),
            Rigor::Telling(least) => {
                let (bank, found) = bank::load_telling(unchecked, &letter, &self.pictures, least);
                faults.extend(relocated(found, &items));
                faults.extend(bank::prose_of_letter((&self.inputs[about], about), &letter, least));
                bank
            }
        };
        let prints = self.named(|n| n.starts_with("blueprints/"));
        let (blueprints, found) = blueprint::load(&self.gathered(&prints), &letter, &bank);
        faults.extend(relocated(found, &prints));
        (Some(Source { letter, bank, blueprints, texts: self.clone() }), faults)
    }

    /// What letter.yaml says of the letter, and its faults.
    fn read_about(&self, about: usize) -> (Option<About>, Vec<Diagnostic>) {
        let (parsed, mut faults) = yaml::read::<About>(&self.inputs[about], about);
        let Some(parsed) = parsed else { return (None, faults) };
        if !is_file_stem(&parsed.id) {
            let place = yaml::locate(&self.inputs[about].text, "id");
            faults.push(
                Diagnostic::error("files cannot be named by this id", Some((about, place))).help(format!(
                    "use 1 to {LONGEST_STEM} small letters, digits and hyphens, such as gettysburg-1863"
                )),
            );
        }
        faults.extend(parsed.faults().into_iter().map(|(path, message, help)| {
            let place = yaml::locate(&self.inputs[about].text, &path);
            Diagnostic::error(message, Some((about, place))).help(help)
        }));
        (Some(parsed), faults)
    }

    /// The texts with these numbers. They stand together as a folder is read; only a manifest can have them in another order.
    fn gathered(&self, indexes: &[usize]) -> Cow<'_, [Input]> {
        match indexes {
            [first, .., last] if last - first + 1 == indexes.len() => Cow::Borrowed(&self.inputs[*first..=*last]),
            _ => indexes.iter().map(|at| self.inputs[*at].clone()).collect(),
        }
    }
}

/// Longest id of a letter, characters.
const LONGEST_STEM: usize = 60;

/// Whether files can be named by it on every system, and in one folder only.
fn is_file_stem(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=LONGEST_STEM).contains(&id.len()) && id.chars().all(plain) && !id.starts_with('-')
}

/// Faults of some of the texts, at the numbers that these have among all.
fn relocated(list: Vec<Diagnostic>, indexes: &[usize]) -> Vec<Diagnostic> {
    let moved = |d: Diagnostic| match &d.place {
        Some((at, span)) => Diagnostic { place: indexes.get(*at).map(|i| (*i, span.clone())), ..d },
        None => d,
    };
    list.into_iter().map(moved).collect()
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
        Source::sound_of(Arc::new(Texts::read(folder)?), folder)
    }

    /// The same of texts that were read from a folder, or that the program brings.
    pub fn sound_of(texts: Arc<Texts>, folder: Option<&Path>) -> Result<Source, Failure> {
        let rigor = if folder.is_some() { Rigor::Telling(Severity::Error) } else { Rigor::Proved };
        let (source, faults) = texts.read_all(rigor);
        Source::accept(source, faults, &texts)
    }

    /// The same from texts that a manifest holds.
    pub fn from_texts(texts: Texts) -> Result<Source, Failure> {
        let texts = Arc::new(texts);
        let (source, faults) = texts.read_all(Rigor::Telling(Severity::Error));
        Source::accept(source, faults, &texts)
    }

    fn accept(source: Option<Source>, faults: Vec<Diagnostic>, texts: &Texts) -> Result<Source, Failure> {
        let errors: Vec<Diagnostic> = faults.into_iter().filter(|d| d.severity == Severity::Error).collect();
        match source {
            Some(source) if !has_errors(&errors) => Ok(source),
            _ => Err(Failure::faults(&errors, &texts.inputs)
                .and_help("nothing was written; mend these places and run the command again")),
        }
    }
}

/// The words on the sheets and the frames of the HTML files.
pub struct Look {
    /// The words.
    pub labels: Labels,
    /// The frames.
    pub templates: Templates,
    /// The texts of labels and of a teacher's own frames, by name, and the hashes of the fonts: what a run looks like rests
    /// on them.
    pub texts: BTreeMap<String, String>,
    /// A teacher's own fonts, by name: they serve for the characters that the built-in ones lack.
    pub fonts: Vec<FontFile>,
}

impl Look {
    /// Built in, or with a teacher's own files in place of those of the same name.
    pub fn read(folder: Option<&Path>) -> Result<Look, Failure> {
        let mut overrides = BTreeMap::new();
        let mut labels = Input::new("labels/en.yaml", ENGLISH);
        if let Some(folder) = folder {
            if !folder.is_dir() {
                return Err(Failure::with_help(
                    format!("--templates: {} is no folder", folder.display()),
                    "name the folder that holds your worksheet.html, key.html or labels/en.yaml",
                ));
            }
            let own = folder.join("labels/en.yaml");
            if own.exists() {
                labels = Input::read(&own)?;
            }
            frames(folder, "", &mut overrides)?;
            if folder.join("study").is_dir() {
                frames(&folder.join("study"), "study/", &mut overrides)?;
            }
        }
        let (parsed, faults) = yaml::read::<Labels>(&labels, 0);
        let words = labels.text.clone().into_owned();
        let labels = parsed.filter(|_| !has_errors(&faults)).ok_or_else(|| Failure::faults(&faults, &[labels]))?;
        let templates = Templates::with_overrides(&overrides).map_err(|e| Failure::new(e.to_string()))?;
        let mut texts = overrides;
        texts.insert("labels/en.yaml".to_owned(), words);
        let fonts = folder.map(own_fonts).transpose()?.unwrap_or_default();
        for font in &fonts {
            texts.insert(
                font.name.clone(),
                Sha256::digest(&font.bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
            );
        }
        Ok(Look { labels, templates, texts, fonts })
    }

    /// The faces to print with.
    ///
    /// # Errors
    /// A font of the teacher's own that cannot serve, and why.
    pub fn faces(&self) -> Result<Faces, Failure> {
        Faces::with_own(&self.fonts).map_err(|fault| Failure::new(fault.to_string()))
    }
}

/// The frames, styles and scripts in a folder of a teacher's own, under the names that those of the program have.
fn frames(folder: &Path, under: &str, into: &mut BTreeMap<String, String>) -> Result<(), Failure> {
    let entries = std::fs::read_dir(folder).map_err(|e| Failure::new(format!("{}: {e}", folder.display())))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let script = !under.is_empty() && name.ends_with(".js");
        if (name.ends_with(".html") || name.ends_with(".css") || script) && entry.path().is_file() {
            into.insert(format!("{under}{name}"), Input::read(&entry.path())?.text.into_owned());
        }
    }
    Ok(())
}

/// The largest font file that is read, bytes: those of Chinese have 20 MB.
const LARGEST_FONT: u64 = 64 << 20;

/// The fonts in the folder `fonts` of a teacher's templates, in the order of their names.
fn own_fonts(folder: &Path) -> Result<Vec<FontFile>, Failure> {
    let place = folder.join("fonts");
    let Ok(entries) = std::fs::read_dir(&place) else { return Ok(Vec::new()) };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let is_font = |path: &std::path::PathBuf| {
        let end = path.extension().map(|end| end.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        ["ttf", "otf", "ttc", "woff", "woff2"].contains(&end.as_str())
    };
    paths.retain(is_font);
    let read = |path: &std::path::PathBuf| {
        let bytes = crate::file::read_font(path, LARGEST_FONT)?;
        Ok(FontFile { name: path.display().to_string(), bytes })
    };
    paths.iter().map(read).collect()
}
