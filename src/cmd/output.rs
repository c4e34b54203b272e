//! Files written whole: to a temporary file in the same folder, then renamed.

use std::io::Write;
use std::path::Path;

use super::Failure;

/// Makes the folder if it is not there.
pub(super) fn make_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|e| {
        Failure::with_help(format!("the folder {} cannot be made: {e}", folder.display()), "choose another with --out")
    })
}

/// Replaces a file whole or leaves it as it was.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let attempt = || -> std::io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".pilcrow-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        // A temporary file is private; what is handed out is readable as any other file of its owner is.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
        }
        file.persist(path)?;
        Ok(())
    };
    attempt().map_err(|e| {
        Failure::with_help(format!("{} cannot be written: {e}", path.display()), "choose another folder with --out")
    })
}
