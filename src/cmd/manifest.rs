//! The manifest beside the sheets: what was made, and enough to make it again when the bank has changed.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::texts::Texts;
use super::{Failure, output};
use crate::blueprint::Blueprint;
use crate::diag::has_errors;
use crate::doc::Style;
use crate::input::Input;
use crate::picture::{Fault, Stored};
use crate::rng::Seed;
use crate::yaml;

/// Largest manifest, bytes: it holds every file of a bank, each of which may have 16 MB, and a line for each pupil.
const LARGEST: u64 = 128 << 20;

/// What a run made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
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
    /// What was written.
    pub sheets: Vec<Written>,
    /// The bank as it was: text of each file.
    pub snapshot: Vec<Kept>,
    /// The pictures as they were: each file in base64.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Kept>,
}

/// A sheet that was written.
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
    /// Points.
    pub points: u32,
    /// Names of its files.
    pub files: Vec<String>,
}

/// A file of the bank as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    /// Name inside the bank folder.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Manifest {
    pub fn keep(texts: &Texts) -> Vec<Kept> {
        let kept = texts.names.iter().zip(&texts.inputs);
        kept.map(|(name, input)| Kept { name: name.clone(), text: input.text.clone() }).collect()
    }

    /// The pictures that the bank names.
    pub fn keep_pictures(texts: &Texts) -> Vec<Kept> {
        let kept = texts.pictures.iter().filter_map(|picture| {
            let bytes = picture.bytes.as_ref().ok()?;
            Some(Kept { name: picture.name.clone(), text: STANDARD.encode(bytes) })
        });
        kept.collect()
    }

    pub fn texts(&self) -> Texts {
        let mut texts = Texts::default();
        for kept in &self.snapshot {
            texts.push(kept.name.clone(), Input::new(&kept.name, &kept.text));
        }
        let spoilt =
            |_| Fault::new("the manifest does not hold it whole", "fetch the manifest again from where it was made");
        texts.pictures.extend(self.pictures.iter().map(|kept| Stored {
            name: kept.name.clone(),
            bytes: STANDARD.decode(&kept.text).map(Into::into).map_err(spoilt),
        }));
        texts
    }

    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        let body =
            serde_yaml::to_string(self).map_err(|e| Failure::new(format!("the manifest cannot be written: {e}")))?;
        let head = "# What pilcrow made here. Keep it: with it, keys can be made again from the codes on the sheets,\n# even after the bank has changed. It holds the answers.\n";
        output::write_whole(path, format!("{head}{body}").as_bytes())
    }

    pub fn read(path: &Path) -> Result<Manifest, Failure> {
        let input = Input::read_within(path, LARGEST)?;
        let (manifest, faults) = yaml::read::<Manifest>(&input, 0);
        manifest.filter(|_| !has_errors(&faults)).ok_or_else(|| Failure::faults(&faults, &[input]))
    }
}
