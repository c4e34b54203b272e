//! The manifest beside the sheets: what was made, and enough to make it again when the bank has changed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::shard::Shard;
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

/// Largest manifest, bytes: it holds every file of a bank, each of which may have 16 MB, and a line for each pupil.
const LARGEST: u64 = 128 << 20;

/// What it begins with.
const HEAD: &str = "# What pilcrow made here. Keep it: with it, keys can be made again from the codes on the sheets,\n# even after the bank has changed. It holds the answers.\n";

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
    pub snapshot: Vec<Kept>,
    /// The pictures as they were: each file in base64.
    #[serde(default, skip_serializing)]
    pub pictures: Vec<Kept>,
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
    /// What the sheets with a code have to help with reading and writing.
    pub fn aids(&self, code: &str) -> Aids {
        let sheets = self.sheets.iter().filter(|sheet| sheet.code == code).map(|sheet| &sheet.aids);
        Aids::of(sheets).unwrap_or_else(|| Aids { all: self.blueprint.aids.clone(), ..Aids::default() })
    }

    pub fn keep(texts: &Texts) -> Vec<Kept> {
        let kept = texts.names.iter().zip(&texts.inputs);
        kept.map(|(name, input)| Kept { name: name.clone(), text: input.text.clone() }).collect()
    }

    /// The pictures that the bank names.
    pub fn keep_pictures(texts: &Texts, named: &[String]) -> Vec<Kept> {
        let kept = texts.pictures.iter().filter(|picture| named.contains(&picture.name)).filter_map(|picture| {
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
        output::write_whole(path, self.written()?.as_bytes())
    }

    fn written(&self) -> Result<String, Failure> {
        let failed = |e: serde_yaml::Error| Failure::new(format!("the manifest cannot be written: {e}"));
        let mut text = HEAD.to_owned() + &serde_yaml::to_string(self).map_err(failed)?;
        // The texts are nearly all of a manifest, and the library's emitter weighs each of their characters.
        for (field, list) in [("snapshot", &self.snapshot), ("pictures", &self.pictures)] {
            match list.is_empty() {
                true => text += &format!("{field}: []\n"),
                false => text += &format!("{field}:\n"),
            }
            for kept in list {
                match block(&kept.text) {
                    Some(block) => {
                        let name = serde_yaml::to_string(&kept.name).map_err(failed)?;
                        text += &format!("- name: {}\n  text: {block}", name.trim_end());
                    }
                    None => text += &serde_yaml::to_string(std::slice::from_ref(kept)).map_err(failed)?,
                }
            }
        }
        Ok(text)
    }

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

    pub fn read(path: &Path) -> Result<Manifest, Failure> {
        let input = Input::read_within(path, LARGEST)?;
        let (manifest, faults) = yaml::read::<Manifest>(&input, 0);
        manifest.filter(|_| !has_errors(&faults)).ok_or_else(|| Failure::faults(&faults, &[input]))
    }
}

/// A text as a literal block of YAML, four spaces in, if it can be one: its lines stand as they are (YAML 1.2.2, 8.1.2).
fn block(text: &str) -> Option<String> {
    let printable =
        |c: char| c == '\n' || c >= ' ' && !matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    if text.starts_with([' ', '\n']) || text.trim().is_empty() || !text.chars().all(printable) {
        return None;
    }
    // What of the line ends after the last line belongs to the text.
    let chomping = match (text.ends_with("\n\n"), text.ends_with('\n')) {
        (true, _) => "|+",
        (_, true) => "|",
        _ => "|-",
    };
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    out.push_str(chomping);
    out.push('\n');
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            out.push_str("    ");
            out.push_str(line);
        }
        out.push('\n');
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Deserialize)]
    struct Read {
        text: String,
        after: String,
    }

    proptest! {
        #[test]
        fn a_text_is_read_back_as_it_was(text in "[a-z ¶:#|>\"'\\-\t\n\r\u{85}]{0,24}", end in "\n{0,3}") {
            let text = text + &end;
            if let Some(block) = block(&text) {
                let read: Read = serde_yaml::from_str(&format!("text: {block}after: x\n")).unwrap();
                prop_assert_eq!((read.text, read.after), (text, "x".to_owned()));
            }
        }
    }

    #[test]
    fn the_texts_of_a_bank_are_blocks() {
        assert_eq!(block("a: 1\n\n  b: 2\n").as_deref(), Some("|\n    a: 1\n\n      b: 2\n"));
        assert_eq!(block("a").as_deref(), Some("|-\n    a\n"));
        assert!(block(" a").is_none() && block("a\tb\r\n").is_none() && block("").is_none());
    }
}
