//! `merge`: the manifests of a run's parts become the manifest of the run, if the parts are all there and nothing is there twice.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::manifest::{Manifest, PartOfRun};
use super::shard::Shard;
use super::terminal::say;
use super::told::counted;
use super::{Failure, Outcome, output};

/// What to join.
#[derive(Debug, Clone)]
pub struct Merge {
    /// Manifests of parts, and folders in which such lie.
    pub parts: Vec<PathBuf>,
    /// Folder for the joined manifest; `None`: that of the first part.
    pub out: Option<PathBuf>,
}

/// A part's manifest and where it lies.
struct Part {
    path: PathBuf,
    about: PartOfRun,
    manifest: Manifest<'static>,
}

/// Runs the command.
///
/// # Errors
/// Manifests that cannot be read or are of different runs; every gap and every overlap. Then nothing is written.
pub fn run(merge: &Merge) -> Result<Outcome, Failure> {
    let parts = read(&merge.parts)?;
    let [first, ..] = parts.as_slice() else { return Err(Failure::new("no manifest of a part was given")) };
    let strangers: Vec<String> = parts[1..].iter().filter_map(|part| other_run(first, part)).collect();
    if !strangers.is_empty() {
        return Err(Failure::with_help(
            strangers.join("\n"),
            "give the manifests of one run: the same command in every part, but for --shard; nothing was written",
        ));
    }
    let faults: Vec<String> =
        missing_parts(&parts).into_iter().chain(doubled_parts(&parts)).chain(faulty_files(&parts)).collect();
    if !faults.is_empty() {
        return Err(Failure::with_help(
            format!("the parts do not make one whole run:\n  {}", faults.join("\n  ")),
            "make a part with gaps again by its command with --resume; take away what is there twice; nothing was written",
        ));
    }
    let folder = merge.out.clone().unwrap_or(folder_of(&first.path));
    let count = parts.len() as u32;
    let whole = parts.into_iter().map(|part| part.manifest).reduce(joined);
    let Some(whole) = whole else { return Ok(Outcome::Done) };
    output::make_folder(&folder)?;
    let path = folder.join("manifest.yaml");
    whole.write(&path, None)?;
    say(&format!(
        "{} joined, none missing, nothing there twice: {}, {}\n\n  Written to {}\n",
        counted(count as usize, "part"),
        counted(whole.sheets.len(), "worksheet"),
        counted(whole.keys.len(), "key"),
        path.display()
    ))?;
    Ok(Outcome::Done)
}

/// Every manifest that is named or lies in a folder that is named, each once, part after part.
fn read(named: &[PathBuf]) -> Result<Vec<Part>, Failure> {
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut faults: Vec<String> = Vec::new();
    for path in named {
        if !path.is_dir() {
            paths.push(path.clone());
            continue;
        }
        let found = Manifest::parts_in(path);
        if found.is_empty() {
            faults.push(format!(
                "{}: no manifest of a part lies in this folder, such as manifest-1-of-5.yaml",
                path.display()
            ));
        }
        paths.extend(found);
    }
    let mut seen = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    for path in paths {
        // A file that is named twice, or named and in a folder that is, is one file all the same.
        let place = path.canonicalize().unwrap_or(path.clone());
        if seen.contains(&place) {
            continue;
        }
        seen.push(place);
        match Manifest::read(&path) {
            Err(failure) => faults.push(failure.to_string().trim_start_matches("error: ").to_owned()),
            Ok(Manifest { part: None, .. }) => {
                faults
                    .push(format!("{}: this is the manifest of a whole run; there is nothing to join", path.display()));
            }
            Ok(mut manifest) => parts.extend(manifest.part.take().map(|about| Part { path, about, manifest })),
        }
    }
    if !faults.is_empty() {
        return Err(Failure::with_help(
            faults.join("\n"),
            "`pilcrow make --shard 2/5` writes manifest-2-of-5.yaml beside its files; give these manifests, or their folder",
        ));
    }
    parts.sort_by_key(|part| (part.about.shard.of, part.about.shard.part));
    Ok(parts)
}

/// In what a part is of another run than the first.
fn other_run(first: &Part, part: &Part) -> Option<String> {
    let (a, b) = (&first.manifest, &part.manifest);
    let short = |print: &str| print.chars().take(16).collect::<String>();
    let facts = [
        ("the version of pilcrow", a.pilcrow.clone(), b.pilcrow.clone()),
        ("the letter", a.letter.clone(), b.letter.clone()),
        ("the seed", a.seed.get().to_string(), b.seed.get().to_string()),
        ("the bank", short(&a.bank_fingerprint), short(&b.bank_fingerprint)),
        ("the blueprint", short(&a.blueprint_fingerprint), short(&b.blueprint_fingerprint)),
        ("the title", a.title.clone().unwrap_or_default(), b.title.clone().unwrap_or_default()),
        ("the number of parts", first.about.shard.of.to_string(), part.about.shard.of.to_string()),
        ("the number of worksheets", first.about.worksheets.to_string(), part.about.worksheets.to_string()),
    ];
    let mut differ: Vec<String> = facts
        .into_iter()
        .filter(|(_, ours, theirs)| ours != theirs)
        .map(|(what, ours, theirs)| format!("{what} is “{theirs}”, not “{ours}”"))
        .collect();
    if a.style != b.style {
        differ.push("the look of the sheets is another".to_owned());
    }
    let same = first.about.run == part.about.run && a.snapshot == b.snapshot && a.pictures == b.pictures;
    if differ.is_empty() && !same {
        differ.push("its roster, its head, its labels or its files were asked for otherwise".to_owned());
    }
    let name = |part: &Part| part.path.display().to_string();
    (!differ.is_empty())
        .then(|| format!("{} is of another run than {}: {}", name(part), name(first), differ.join("; ")))
}

fn missing_parts(parts: &[Part]) -> Vec<String> {
    let Some(of) = parts.first().map(|part| part.about.shard.of) else { return Vec::new() };
    let mut there = parts.iter().map(|part| part.about.shard.part).peekable();
    let mut gaps = Vec::new();
    for part in 1..=of {
        if there.peek() != Some(&part) {
            gaps.push(format!("gap: part {part} of {of} is missing (--shard {})", Shard { part, of }));
        }
        while there.peek() == Some(&part) {
            there.next();
        }
    }
    gaps
}

fn doubled_parts(parts: &[Part]) -> Vec<String> {
    let same = |pair: &&[Part]| pair[0].about.shard == pair[1].about.shard;
    let pairs = parts.windows(2).filter(same);
    pairs
        .map(|pair| {
            let Shard { part, of } = pair[0].about.shard;
            format!("overlap: part {part} of {of} is in {} and in {}", pair[0].path.display(), pair[1].path.display())
        })
        .collect()
}

/// Lists that are not as long as their part is, files that are not there, and files that are named twice.
fn faulty_files(parts: &[Part]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut named: BTreeMap<&str, &Part> = BTreeMap::new();
    for part in parts {
        let length = part.about.shard.range(part.about.worksheets).len();
        let found = part.manifest.sheets.len();
        let path = part.path.display();
        if found != length {
            faults.push(format!("gap: {path} lists {}, and its part has {length}", counted(found, "worksheet")));
        }
        let folder = folder_of(&part.path);
        for file in files(&part.manifest) {
            if !folder.join(file).is_file() {
                faults.push(format!("gap: {} is not there, and {path} lists it", folder.join(file).display()));
            }
            match named.insert(file, part) {
                // Where a whole part is there twice, that was said.
                Some(other) if other.path == part.path || other.about.shard != part.about.shard => {
                    faults.push(format!("overlap: {file} is listed in {} and in {path}", other.path.display()));
                }
                _ => {}
            }
        }
    }
    faults
}

/// Every file that a manifest lists.
fn files<'m>(manifest: &'m Manifest<'_>) -> impl Iterator<Item = &'m str> {
    let written = manifest.sheets.iter().chain(&manifest.keys).flat_map(|written| &written.files);
    written.chain(&manifest.strip).map(String::as_str)
}

/// Two manifests as one, lists after lists.
fn joined<'a>(mut whole: Manifest<'a>, part: Manifest<'a>) -> Manifest<'a> {
    whole.sheets.extend(part.sheets);
    whole.keys.extend(part.keys);
    whole.strip.extend(part.strip);
    whole
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}
