//! Files and folders that only their owner can read, whatever the umask is.

use std::io::{self, Write as _};
use std::path::Path;

/// Makes a folder, with those above it that are missing; those that are there stay as they are.
pub fn folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(above) = path.parent().filter(|above| !above.as_os_str().is_empty()) {
        folder(above)?;
    }
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        // Another process may have been quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        done => done,
    }
}

/// Writes a whole file, in a folder that is made when it is missing. Readers see the old text or the new one, never a
/// part; a link keeps pointing to its file.
pub fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let above = target.parent().unwrap_or(Path::new("."));
    folder(above)?;
    // Temporary files are made with mode 0600.
    let mut part = tempfile::NamedTempFile::new_in(above)?;
    part.write_all(text)?;
    part.as_file().sync_all()?;
    part.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// Opens a file to write at its end, in a folder that is made when it is missing.
pub fn append(path: &Path) -> io::Result<std::fs::File> {
    folder(path.parent().unwrap_or(Path::new(".")))?;
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Whether other users of the machine can read a file.
pub fn others_can_read(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        path.metadata()
            .is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_is_made_is_for_its_owner_only_and_what_was_there_stays() {
        let root = tempfile::tempdir().unwrap();
        let (there, deep) = (root.path().join("there"), root.path().join("there/a/b"));
        std::fs::create_dir(&there).unwrap();
        std::fs::set_permissions(&there, PermissionsExt::from_mode(0o755)).unwrap();
        folder(&deep).unwrap();
        folder(&deep).unwrap();
        assert_eq!(
            [&there, &there.join("a"), &deep].map(|path| mode(path)),
            [0o755, 0o700, 0o700]
        );
        let file = deep.join("c/file");
        write(&file, b"one").unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
        assert!(others_can_read(&file));
        write(&file, b"two").unwrap();
        assert_eq!(
            (
                mode(&file),
                others_can_read(&file),
                std::fs::read(&file).unwrap()
            ),
            (0o600, false, b"two".to_vec())
        );
        assert_eq!(std::fs::read_dir(deep.join("c")).unwrap().count(), 1);
    }

    #[test]
    fn a_link_to_settings_kept_elsewhere_survives_a_change() {
        let root = tempfile::tempdir().unwrap();
        let (real, link) = (root.path().join("real"), root.path().join("link"));
        std::fs::write(&real, "old").unwrap();
        symlink(&real, &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(std::fs::read_to_string(&real).unwrap(), "new");
    }
}
