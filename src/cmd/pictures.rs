//! The files in a bank's folder `pictures`, from the program itself or from disk.

use std::path::Path;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::file;
use crate::picture::{Fault, Stored};

/// Folder of the pictures inside a bank folder.
pub(super) const FOLDER: &str = "pictures";

/// Largest file of a picture, bytes.
const LARGEST: u64 = 4 << 20;

/// Most bytes of a bank's pictures together: a manifest, which may have 128 MB, keeps them all.
const LARGEST_TOGETHER: usize = 48 << 20;

/// The pictures of a bank folder, sorted by name; none where there is no folder for them. What cannot be read is told where
/// an item asks for it: a file that nothing shows is in nobody's way.
pub(super) fn of_folder(bank: &Path) -> Vec<Stored> {
    let place = bank.join(FOLDER);
    let entries = std::fs::read_dir(&place).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.starts_with('.') && !name.ends_with('~'));
    names.sort();
    let mut together = 0;
    let read = |name: String| {
        let bytes = inside(bank, &place.join(&name)).and_then(|()| {
            let bytes = file::read_picture(&place.join(&name), LARGEST).map_err(as_fault)?;
            together += bytes.len();
            if together > LARGEST_TOGETHER {
                let most = LARGEST_TOGETHER >> 20;
                let message = format!("the pictures of this bank are larger than {most} MB together");
                return Err(Fault::new(message, "save them in fewer pixels, or take out those that no item shows"));
            }
            Ok(Arc::from(bytes))
        });
        Stored { name: format!("{FOLDER}/{name}"), bytes }
    };
    names.into_iter().map(read).collect()
}

/// A link is followed inside the bank folder only: a bank from elsewhere cannot print this machine's files.
fn inside(bank: &Path, path: &Path) -> Result<(), Fault> {
    let real = |path: &Path| path.canonicalize().ok();
    match (real(bank), real(path)) {
        (Some(bank), Some(path)) if !path.starts_with(&bank) => Err(Fault::new(
            "the file is a link that leads out of the bank folder",
            "put the file itself into the folder pictures",
        )),
        _ => Ok(()),
    }
}

fn as_fault(fault: Diagnostic) -> Fault {
    Fault { message: fault.message, help: fault.help.unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_read_by_name_and_large_ones_refused() {
        let bank = tempfile::tempdir().unwrap();
        let folder = bank.path().join(FOLDER);
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("b.svg"), "<svg/>").unwrap();
        std::fs::write(folder.join("a.png"), vec![0; 1 + (4 << 20)]).unwrap();
        std::fs::write(folder.join(".hidden"), "").unwrap();
        let read = of_folder(bank.path());
        assert_eq!(read.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["pictures/a.png", "pictures/b.svg"]);
        let fault = read[0].bytes.as_ref().unwrap_err();
        assert!(fault.message.contains("larger than 4 MB") && fault.help.contains("fewer pixels"), "{fault:?}");
        assert_eq!(read[1].bytes.as_deref().unwrap(), b"<svg/>");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let (bank, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::create_dir(bank.path().join(FOLDER)).unwrap();
        std::fs::write(other.path().join("secret.png"), "x").unwrap();
        std::fs::write(bank.path().join("own.png"), "y").unwrap();
        let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, bank.path().join(FOLDER).join(name)).unwrap();
        link(&other.path().join("secret.png"), "a.png");
        link(&bank.path().join("own.png"), "b.png");
        let read = of_folder(bank.path());
        assert!(read[0].bytes.as_ref().unwrap_err().message.contains("leads out"));
        assert_eq!(read[1].bytes.as_deref().unwrap(), b"y");
    }
}
