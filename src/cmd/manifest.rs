//! The manifest beside the sheets: what was made, and enough to make it again when the bank has changed.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::shard::Shard;
use super::snapshot::{self, Kept, Taken};
use super::texts::Texts;
use super::{Failure, output};
use crate::blueprint::{Aid, Blueprint};
use crate::compose::Aids;
use crate::diag::has_errors;
use crate::doc::Style;
use crate::input::Input;
use crate::picture::{Fault, Stored};
use crate::rng::Seed;
use crate::yaml;

/// Largest manifest, bytes: it holds every file of a bank, each of which may have 16 MB, and a line for each pupil. Of a bank
/// of 60,000 items it has 125 MB.
const LARGEST: u64 = 256 << 20;

/// What it begins with.
const HEAD: &str = "# What pilcrow made here. Keep it: with it, keys can be made again from the codes on the sheets,\n# even after the bank has changed. It holds the answers.\n";

/// What a run made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest<'a> {
    /// Version of the program.
    pub pilcrow: String,
    /// Id of the letter.
    pub letter: String,
    /// Seed.
    pub seed: Seed,
    /// SHA-256 of the bank.
    pub bank_fingerprint: String,
    /// SHA-256 of the blueprint as used.
    pub blueprint_fingerprint: String,
    /// The title that the teacher gave, if any.
    #[serde(default)]
    pub title: Option<String>,
    /// The look.
    pub style: Style,
    /// The blueprint as used.
    pub blueprint: Blueprint,
    /// Which part of a run this is; of a whole run there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<PartOfRun>,
    /// The sheets, in the order of the run.
    pub sheets: Vec<Written>,
    /// The keys that were written.
    #[serde(default)]
    pub keys: Vec<Written>,
    /// The files of the marking strip.
    #[serde(default)]
    pub strip: Vec<String>,
    /// The bank as it was: text of each file.
    #[serde(skip_serializing)]
    pub snapshot: Vec<Kept<'a>>,
    /// The pictures as they were: each file in base64.
    #[serde(default, skip_serializing)]
    pub pictures: Vec<Kept<'a>>,
}

/// A part of a run, and of which run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PartOfRun {
    /// Which part.
    pub shard: Shard,
    /// Worksheets of the whole run.
    pub worksheets: usize,
    /// SHA-256 of everything that decides the run.
    pub run: String,
}

/// A sheet or key that was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    /// Form.
    pub form: String,
    /// Code.
    pub code: String,
    /// Pupil, on a personal sheet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pupil: String,
    /// Reading aids on it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub aids: BTreeSet<Aid>,
    /// Points.
    pub points: u32,
    /// Names of its files; none where the run was not asked to write them.
    pub files: Vec<String>,
}

impl<'a> Manifest<'a> {
    /// What the sheets with a code have to help with reading and writing.
    pub fn aids(&self, code: &str) -> Aids {
        let sheets = self.sheets.iter().filter(|sheet| sheet.code == code).map(|sheet| &sheet.aids);
        Aids::of(sheets).unwrap_or_else(|| Aids { all: self.blueprint.aids.clone(), ..Aids::default() })
    }

    pub fn keep(texts: &'a Texts) -> Vec<Kept<'a>> {
        let kept = texts.names.iter().zip(&texts.inputs);
        kept.map(|(name, input)| Kept { name: name.into(), text: (&*input.text).into() }).collect()
    }

    /// The pictures that the bank names.
    pub fn keep_pictures(texts: &'a Texts, named: &[String]) -> Vec<Kept<'a>> {
        let kept = texts.pictures.iter().filter(|picture| named.contains(&picture.name)).filter_map(|picture| {
            let bytes = picture.bytes.as_ref().ok()?;
            Some(Kept { name: (&picture.name).into(), text: STANDARD.encode(bytes).into() })
        });
        kept.collect()
    }

    /// The texts and pictures, taken out of it.
    pub fn take_texts(&mut self) -> Texts {
        let mut texts = Texts::default();
        for Kept { name, text } in std::mem::take(&mut self.snapshot) {
            let name = name.into_owned();
            texts.push(name.clone(), Input::new(name, text.into_owned()));
        }
        let spoilt =
            |_| Fault::new("the manifest does not hold it whole", "fetch the manifest again from where it was made");
        texts.pictures.extend(std::mem::take(&mut self.pictures).into_iter().map(|kept| Stored {
            name: kept.name.into_owned(),
            bytes: STANDARD.decode(kept.text.as_bytes()).map(Into::into).map_err(spoilt),
        }));
        texts
    }

    /// Writes it, text after text, where they are not made [`Ahead`]: no second copy of a large bank is held.
    pub fn write(&self, path: &Path, texts: Option<Ahead>) -> Result<(), Failure> {
        let mut file = output::begin(path)?;
        let written = || -> std::io::Result<()> {
            file.write_all(HEAD.as_bytes())?;
            serde_yaml::to_writer(&mut file, self)
                .map_err(|error| file.failure().unwrap_or_else(|| std::io::Error::other(error)))?;
            match texts.and_then(Ahead::taken) {
                Some(texts) => file.write_all(&texts)?,
                None => snapshot::write(&mut file, "snapshot", &self.snapshot)?,
            }
            snapshot::write(&mut file, "pictures", &self.pictures)
        };
        written().map_err(|error| output::failed_file(path, &error))?;
        file.finish()
    }
}

/// Most bytes of texts that are made ahead.
const AHEAD: usize = 4 << 20;

/// The texts of a small bank as they will stand in a manifest, made while a core has nothing to do: a run of one sheet waited a
/// fifteenth of its time for them.
pub(super) struct Ahead(Receiver<Vec<u8>>);

impl Ahead {
    /// Begins to make them. Of a large bank nothing is made ahead.
    pub fn begin(texts: &Arc<Texts>) -> Option<Ahead> {
        let size: usize = texts.inputs.iter().map(|input| input.text.len()).sum();
        if size > AHEAD {
            return None;
        }
        let texts = Arc::clone(texts);
        let (made, receiver) = mpsc::channel();
        rayon::spawn(move || {
            let mut out = Vec::with_capacity(size + size / 4);
            if snapshot::write(&mut out, "snapshot", &Manifest::keep(&texts)).is_ok() {
                // A run that has ended meanwhile takes nothing.
                let _ = made.send(out);
            }
        });
        Some(Ahead(receiver))
    }

    fn taken(self) -> Option<Vec<u8>> {
        self.0.recv().ok()
    }
}

impl Manifest<'static> {
    /// The manifest of a folder: of a whole run, or of the first part that is there, which can make every key of the run too.
    pub fn of_folder(folder: &Path) -> Option<PathBuf> {
        let whole = folder.join("manifest.yaml");
        if whole.is_file() { Some(whole) } else { Manifest::parts_in(folder).into_iter().next() }
    }

    /// The manifests of parts that lie in a folder, part after part.
    pub fn parts_in(folder: &Path) -> Vec<PathBuf> {
        let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut found: Vec<Shard> = names
            .filter_map(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                let shard: Shard =
                    name.strip_prefix("manifest-")?.strip_suffix(".yaml")?.replacen("-of-", "/", 1).parse().ok()?;
                (shard.manifest() == name).then_some(shard)
            })
            .collect();
        found.sort_by_key(|shard| (shard.of, shard.part));
        found.into_iter().map(|shard| folder.join(shard.manifest())).collect()
    }

    /// A manifest without its texts, which stand last, are nearly all of it, and are not read; `None` where none can be had.
    pub fn read_head(path: &Path) -> Option<Self> {
        let mut lines = BufReader::new(File::open(path).ok()?.take(LARGEST));
        let mut head = Vec::new();
        while !head.ends_with(b"\nsnapshot:\n") && lines.read_until(b'\n', &mut head).ok()? > 0 {}
        let head = String::from_utf8(head).ok()?;
        let head =
            head.strip_suffix("snapshot:\n").map_or_else(|| head.clone(), |head| format!("{head}snapshot: []\n"));
        Manifest::parsed(Input::new(path.display().to_string(), head)).ok()
    }

    fn parsed(input: Input) -> Result<Self, Failure> {
        let (manifest, faults) = yaml::read::<Manifest<'static>>(&input, 0);
        manifest.filter(|_| !has_errors(&faults)).ok_or_else(|| Failure::faults(&faults, &[input]))
    }

    pub fn read(path: &Path) -> Result<Self, Failure> {
        let mut input = Input::read_within(path, LARGEST)?;
        let mut texts = None;
        if let Some(Taken { head, snapshot, pictures }) = snapshot::take(&input.text) {
            input = Input::new(input.name, format!("{head}snapshot: []\n"));
            texts = Some((snapshot, pictures));
        }
        let manifest = Manifest::parsed(input)?;
        Ok(match texts {
            Some((snapshot, pictures)) => Manifest { snapshot, pictures, ..manifest },
            None => manifest,
        })
    }
}
