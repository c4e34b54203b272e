//! Files written whole: to a temporary file in the same folder, then renamed.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Error, ErrorKind, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Failure;
use crate::exchange::archive::Packed;

/// What the names of temporary files begin with.
const TEMPORARY: &str = ".pilcrow-";

/// Makes the folder if it is not there.
pub(super) fn make_folder(folder: &Path) -> Result<(), Failure> {
    if folder.exists() && !folder.is_dir() {
        return Err(Failure::with_help(
            format!("{} is a file, so no folder can have that name", folder.display()),
            "choose another folder with --out",
        ));
    }
    std::fs::create_dir_all(folder).map_err(|error| failed_folder(folder, &error))
}

/// Makes a folder with files, under their paths in it, whole or not at all.
pub(super) fn new_folder(folder: &Path, files: &[Packed]) -> Result<(), Failure> {
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(parent)?;
    let attempt = || -> std::io::Result<()> {
        let temporary = tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(parent)?;
        for file in files {
            let path = temporary.path().join(&file.name);
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            std::fs::write(path, &file.bytes)?;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(temporary.path(), std::fs::Permissions::from_mode(0o755))?;
        }
        std::fs::rename(temporary.path(), folder)
    };
    attempt().map_err(|error| failed_folder(folder, &error))
}

/// Replaces a file whole or leaves it as it was; a file that has these bytes already is not touched.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    replace(path, bytes).map_err(|error| failed_file(path, &error))
}

/// The same, with the plain error.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if has_bytes(path, bytes) {
        return Ok(());
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut file = tempfile::Builder::new().prefix(&temporary_prefix(&name)).tempfile_in(folder)?;
    file.write_all(bytes)?;
    open_to_readers(file.as_file())?;
    file.persist(path)?;
    Ok(())
}

/// A file that is written bit by bit and is there when it is finished, or never.
pub(super) struct Begun {
    file: std::io::BufWriter<tempfile::NamedTempFile>,
    path: PathBuf,
    failure: Option<Error>,
}

/// Begins a file.
pub(super) fn begin(path: &Path) -> Result<Begun, Failure> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let file = tempfile::Builder::new().prefix(&temporary_prefix(&name)).tempfile_in(folder);
    let file = file.map_err(|error| failed_file(path, &error))?;
    Ok(Begun { file: std::io::BufWriter::with_capacity(1 << 18, file), path: path.to_owned(), failure: None })
}

impl Write for Begun {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes).inspect_err(|error| {
            self.failure = error.raw_os_error().map(Error::from_raw_os_error);
        })
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Begun {
    /// Why it could not be written: of an error that a library was handed, it gives back the words alone.
    pub fn failure(&mut self) -> Option<Error> {
        self.failure.take()
    }

    /// Gives it its name, in place of what had it; a file that has these bytes already is not touched.
    pub fn finish(self) -> Result<(), Failure> {
        let Begun { file, path, .. } = self;
        let attempt = || -> std::io::Result<()> {
            let file = file.into_inner().map_err(|error| error.into_error())?;
            if same_bytes(file.path(), &path)? {
                return Ok(());
            }
            open_to_readers(file.as_file())?;
            file.persist(&path)?;
            Ok(())
        };
        attempt().map_err(|error| failed_file(&path, &error))
    }
}

/// Removes the temporary files that a killed run has left of these files. Those of other files may be another run's, at work.
pub(super) fn remove_leftovers<'a>(folder: &Path, files: impl Iterator<Item = &'a str>) {
    let left: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(TEMPORARY))
        .collect();
    if left.is_empty() {
        return;
    }
    let prefixes: BTreeSet<String> = files.map(temporary_prefix).collect();
    for entry in left {
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = name.rfind('-').is_some_and(|end| prefixes.contains(&name[..=end]));
        if ours {
            // One that stays is in nobody's way.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Why a file could not be written, by its own name.
pub(super) fn failed_file(path: &Path, error: &Error) -> Failure {
    failed(&path.display().to_string(), error)
}

/// Why nothing could be written in a folder.
pub(super) fn failed_folder(folder: &Path, error: &Error) -> Failure {
    failed(&format!("the folder {}", folder.display()), error)
}

/// Tells whose temporary file it is, in as few characters for a long name as for a short one: a name has at most 255 bytes.
fn temporary_prefix(name: &str) -> String {
    let digest: String = Sha256::digest(name.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{TEMPORARY}{digest}-")
}

fn has_bytes(path: &Path, bytes: &[u8]) -> bool {
    let same_length = path.symlink_metadata().is_ok_and(|about| about.is_file() && about.len() == bytes.len() as u64);
    same_length && std::fs::read(path).is_ok_and(|found| found == bytes)
}

/// Whether there is a second file like the first, byte for byte, read in pieces.
fn same_bytes(first: &Path, second: &Path) -> std::io::Result<bool> {
    let length = first.metadata()?.len();
    if !second.symlink_metadata().is_ok_and(|about| about.is_file() && about.len() == length) {
        return Ok(false);
    }
    let Ok(other) = File::open(second) else { return Ok(false) };
    let (mut one, mut other) = (BufReader::new(File::open(first)?), BufReader::new(other));
    loop {
        let (a, b) = (one.fill_buf()?, other.fill_buf()?);
        let both = a.len().min(b.len());
        if both == 0 {
            return Ok(a.len() == b.len());
        }
        if a[..both] != b[..both] {
            return Ok(false);
        }
        one.consume(both);
        other.consume(both);
    }
}

/// A temporary file is private; what is handed out is readable as any other file of its owner is.
#[cfg(unix)]
fn open_to_readers(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_readers(_: &File) -> std::io::Result<()> {
    Ok(())
}

/// What could not be written, why, and what to do: the error's own words name the temporary file, which helps nobody.
fn failed(what: &str, error: &Error) -> Failure {
    let (reason, help) = match error.kind() {
        ErrorKind::PermissionDenied => ("you may not write there".to_owned(), "choose a folder of your own with --out"),
        ErrorKind::ReadOnlyFilesystem => ("the disk is read-only".to_owned(), "choose another folder with --out"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("the disk is full".to_owned(), "make room, or choose a folder on another disk with --out")
        }
        ErrorKind::FileTooLarge => (
            "a file may not be so large here".to_owned(),
            "raise the limit (ulimit -f), or choose another folder with --out",
        ),
        ErrorKind::NotADirectory => ("a part of its path is a file".to_owned(), "choose another folder with --out"),
        ErrorKind::IsADirectory => {
            ("a folder has that name".to_owned(), "rename that folder, or choose another with --out")
        }
        ErrorKind::InvalidFilename => ("the name is too long".to_owned(), "choose a shorter path with --out"),
        _ => {
            let root = error
                .raw_os_error()
                .map_or_else(|| error.to_string(), |code| Error::from_raw_os_error(code).to_string());
            (root, "choose another folder with --out")
        }
    };
    Failure::with_help(format!("{what} cannot be written: {reason}"), help)
}
