//! Zip archives: written with the same bytes every time, read within limits.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// A file of an archive, or beside others: its path with forward slashes, and its contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// `items/q1.xml`.
    pub name: String,
    /// The contents.
    pub bytes: Vec<u8>,
}

impl Packed {
    /// A file.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Packed { name: name.into(), bytes: bytes.into() }
    }
}

/// An archive of these files in this order. Its times are all the same (1980, the first that zip knows), its names have
/// forward slashes and lead nowhere else.
///
/// # Errors
/// In a sentence: a name that leads elsewhere or stands twice, or too much for a zip archive.
pub fn zipped(files: &[Packed]) -> Result<Vec<u8>, String> {
    let refused = |name: &str, why: &dyn std::fmt::Display| format!("“{name}” cannot stand in a zip archive: {why}");
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        if !is_inside(&file.name) {
            return Err(refused(&file.name, &"the name leads out of its folder"));
        }
        writer.start_file(file.name.as_str(), options).map_err(|error| refused(&file.name, &error))?;
        writer.write_all(&file.bytes).map_err(|error| refused(&file.name, &error))?;
    }
    writer.finish().map(Cursor::into_inner).map_err(|error| format!("the zip archive cannot be closed: {error}"))
}

/// Whether a name with forward slashes stays in its folder on every system.
fn is_inside(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part != "." && part != "..";
    !name.contains(['\\', ':', '\0']) && name.split('/').all(part)
}

/// Most files of an archive that is read.
const MOST_FILES: usize = 20_000;
/// Most bytes of all its files together.
const MOST_BYTES: u64 = 256 << 20;
/// Bytes that an archive may unpack to whatever its size; past them it may be so many times its size.
const SMALL: u64 = 4 << 20;
/// What text compresses to at best, with room: a bomb has a thousand.
const MOST_RATIO: u64 = 200;

/// The files of an archive, folders left out, in its own order.
///
/// # Errors
/// In a sentence: what is no archive, is cut off or damaged, has passwords, names that lead out of their folder, or unpacks to
/// more than the limits.
pub fn unzipped(bytes: &[u8]) -> Result<Vec<Packed>, String> {
    let damaged = |error: &dyn std::fmt::Display| format!("the archive is damaged or cut off: {error}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.len() > MOST_FILES {
        return Err(format!("the archive has {} files, more than {MOST_FILES}", archive.len()));
    }
    let length = bytes.len() as u64;
    let most = MOST_BYTES.min(SMALL.max(length.saturating_mul(MOST_RATIO)));
    let mut left = most;
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let name = archive.name_for_index(at).and_then(Result::ok).unwrap_or_default().into_owned();
        let file = archive.by_index(at).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                format!("“{name}” in the archive has a password: pack it again without one")
            }
            error => damaged(&error),
        })?;
        let name = file.name().map_err(|error| damaged(&error))?.replace('\\', "/");
        let name = name.trim_start_matches("./").to_owned();
        if file.is_dir() || name.ends_with('/') {
            continue;
        }
        if file.is_symlink() || !is_inside(&name) {
            return Err(format!("“{name}” in the archive leads out of its folder"));
        }
        let mut unpacked = Vec::new();
        // The size that an archive states is its own word: what is read is counted.
        file.take(left + 1).read_to_end(&mut unpacked).map_err(|error| damaged(&error))?;
        left = left.checked_sub(unpacked.len() as u64).ok_or_else(|| {
            format!("the archive unpacks to more than {} MB, which its size does not promise", most >> 20)
        })?;
        files.push(Packed { name, bytes: unpacked });
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked_and_the_bytes_are_the_same() {
        let files = [Packed::new("a/b.xml", "é"), Packed::new("c.txt", vec![b'x'; 10_000])];
        let (one, other) = (zipped(&files).unwrap(), zipped(&files).unwrap());
        assert_eq!(one, other);
        assert_eq!(unzipped(&one).unwrap(), files);
        for name in ["../a", "/a", "a//b", "a\\b", "c:/a", "", "a/./b"] {
            assert!(zipped(&[Packed::new(name, "")]).unwrap_err().contains("leads out"), "{name}");
        }
        assert!(zipped(&[files[1].clone(), files[1].clone()]).unwrap_err().contains("c.txt"));
    }

    /// An archive with a name that the writer here would refuse.
    fn named(name: &str) -> Vec<u8> {
        let mut bytes = zipped(&[Packed::new("aaaaaaaa", "x")]).unwrap();
        while let Some(at) = bytes.windows(8).position(|window| window == b"aaaaaaaa") {
            bytes[at..at + 8].copy_from_slice(name.as_bytes());
        }
        bytes
    }

    #[test]
    fn hostile_archives_are_refused() {
        for name in ["../../ab", "/etc/pwd", "..\\..\\ab", "c:/a/b/c"] {
            assert!(unzipped(&named(name)).unwrap_err().contains("leads out"), "{name}");
        }
        let bomb = zipped(&[Packed::new("bomb", vec![0; 64 << 20])]).unwrap();
        assert!(bomb.len() < 100_000 && unzipped(&bomb).unwrap_err().contains("unpacks to more"));
        let whole = zipped(&[Packed::new("a", "text of some length that is packed")]).unwrap();
        for end in [0, 10, whole.len() / 2, whole.len() - 1] {
            assert!(unzipped(&whole[..end]).is_err(), "{end}");
        }
    }
}
