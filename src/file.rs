//! Text files from disk: what cannot be a bank, blueprint or table is refused with its remedy before it is read.

use std::fs::{File, Metadata};
use std::io::{self, Read as _};
use std::path::Path;

use crate::diag::Diagnostic;
use crate::input::Input;

/// Largest file that is read, bytes: a bank of 10,000 items has 14 MB.
const LARGEST: u64 = 16 << 20;

impl Input {
    /// Reads a file of UTF-8 text under its path as name. A byte order mark at its head is dropped.
    ///
    /// # Errors
    /// A missing, unreadable or too large file, a folder, a device, or text that is not UTF-8, with the remedy.
    pub fn read(path: &Path) -> Result<Input, Diagnostic> {
        Input::read_within(path, LARGEST)
    }

    /// The same for a file that may have so many bytes.
    ///
    /// # Errors
    /// As [`Input::read`].
    pub fn read_within(path: &Path, most: u64) -> Result<Input, Diagnostic> {
        let name = path.display().to_string();
        let mut bytes = bytes_within(path, most)?;
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        String::from_utf8(bytes).map(|text| Input { name: name.clone(), text: text.into() }).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            refused(
                format!("{name}, line {line}: the text is not UTF-8"),
                "in your editor choose “Save with encoding” and UTF-8",
            )
        })
    }
}

/// Reads a file whole, whatever its encoding.
///
/// # Errors
/// A missing, unreadable or too large file, a folder or a device, with the remedy.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    bytes_within(path, LARGEST)
}

/// Largest file of another program that is read, bytes: such files hold pictures.
const LARGEST_ARCHIVE: u64 = 128 << 20;

/// The same for a file of another program.
///
/// # Errors
/// As [`read_bytes`].
pub fn read_archive(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    bytes_or_help(path, LARGEST_ARCHIVE, "export fewer questions at a time")
}

/// The same for a picture that may have so many bytes.
///
/// # Errors
/// As [`read_bytes`].
pub fn read_picture(path: &Path, most: u64) -> Result<Vec<u8>, Diagnostic> {
    let smaller = "save it in fewer pixels (2000 fill the width of a page sharply), or a photograph as JPEG";
    bytes_or_help(path, most, smaller)
}

/// The same for a font that may have so many bytes.
///
/// # Errors
/// As [`read_bytes`].
pub fn read_font(path: &Path, most: u64) -> Result<Vec<u8>, Diagnostic> {
    bytes_or_help(path, most, "take a font of fewer characters")
}

/// The bytes, or, where they are too many, what to do about this kind of file.
fn bytes_or_help(path: &Path, most: u64, smaller: &str) -> Result<Vec<u8>, Diagnostic> {
    let too_large = |fault: Diagnostic| match fault.message == too_large(&path.display().to_string(), most).message {
        true => fault.help(smaller),
        false => fault,
    };
    bytes_within(path, most).map_err(too_large)
}

fn bytes_within(path: &Path, most: u64) -> Result<Vec<u8>, Diagnostic> {
    let name = path.display().to_string();
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => {
            refused(format!("{name}: there is no such file"), "check the name, and the folder in which you are")
        }
        io::ErrorKind::PermissionDenied => {
            refused(format!("{name}: you may not read this file"), "change the rights of the file")
        }
        _ => refused(format!("{name}: the file cannot be read: {error}"), "copy it to a disk that can be read"),
    };
    // Before it is opened: a named pipe would wait for its writer.
    let about = path.metadata().map_err(unreadable)?;
    regular(&name, &about, most)?;
    // One more than it has tells the end without asking for room again.
    let mut bytes = Vec::with_capacity(about.len() as usize + 1);
    let file = File::open(path).map_err(unreadable)?;
    // A file may have grown since it was asked for its size.
    file.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > most {
        return Err(too_large(&name, most));
    }
    Ok(bytes)
}

fn refused(message: String, help: &str) -> Diagnostic {
    Diagnostic::error(message, None).help(help)
}

fn regular(name: &str, about: &Metadata, most: u64) -> Result<(), Diagnostic> {
    if about.is_dir() {
        Err(refused(format!("{name}: this is a folder"), "name a file in it"))
    } else if !about.is_file() {
        Err(refused(format!("{name}: this is not a file on a disk"), "name a text file"))
    } else if about.len() > most {
        Err(too_large(name, most))
    } else {
        Ok(())
    }
}

fn too_large(name: &str, most: u64) -> Diagnostic {
    refused(
        format!("{name}: the file is larger than {} MB", most >> 20),
        "split it: a bank may have as many files as you like",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(name: &str, bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Input::read(&path).unwrap_err().message
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        assert!(refusal("a.yaml", b"a\nb\xff\n").contains("line 2"));
        assert!(refusal("a.yaml", &vec![b' '; 1 + (16 << 20)]).contains("larger than 16 MB"));
        let folder = tempfile::tempdir().unwrap();
        assert!(Input::read(folder.path()).unwrap_err().message.contains("folder"));
        assert!(Input::read(&folder.path().join("b.yaml")).unwrap_err().message.contains("no such file"));
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, b"\xef\xbb\xbfitems:\n").unwrap();
        assert_eq!(Input::read(&path).unwrap().text, "items:\n");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_is_not_waited_for() {
        assert!(Input::read(Path::new("/dev/zero")).unwrap_err().message.contains("not a file"));
    }
}
