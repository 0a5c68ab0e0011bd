//! Files that go with messages: copied into the profile or left where they lie, and known by their hash, so that what
//! goes out is what the user chose.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::model::act::{FileRef, LARGEST_FILE};
use crate::store::open::{private_dir, private_file};

/// Why a file cannot go out.
#[derive(Debug, thiserror::Error)]
pub enum FileTrouble {
    #[error("{path} cannot be read: {source}. Attach the file again.", path = path.display())]
    Unreadable {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{path} is no file.", path = path.display())]
    NoFile { path: PathBuf },
    #[error("{name} has {size} bytes, and more than {LARGEST_FILE} (25 MiB) cannot be sent.")]
    TooLarge { name: String, size: u64 },
    #[error("{path} is not the file any more that was attached: it has changed. Attach it again.", path = path.display())]
    Changed { path: PathBuf },
}

/// Refers to a file where it lies.
pub fn refer(path: &Path) -> Result<FileRef, FileTrouble> {
    let (file, size) = open(path)?;
    let sha256 = hash(file, std::io::sink()).map_err(|source| unreadable(path, source))?;
    Ok(FileRef {
        path: path.to_owned(),
        name: name_of(path),
        size,
        mime: mime_guess::from_path(path).first_raw().map(str::to_owned),
        sha256,
    })
}

/// Copies a file into the profile, where nobody else can read it or change it.
pub fn keep(profile: &Path, path: &Path) -> Result<FileRef, FileTrouble> {
    let (file, size) = open(path)?;
    let failed = |source| unreadable(path, source);
    let dir = profile.join("files");
    private_dir(&dir).map_err(|error| failed(std::io::Error::other(error)))?;
    let part = tempfile::NamedTempFile::new_in(&dir).map_err(failed)?;
    let sha256 = hash(file, part.as_file()).map_err(failed)?;
    part.as_file().sync_all().map_err(failed)?;
    let place = dir.join(&sha256);
    // The same bytes are there already when somebody kept them before.
    part.persist(&place).map_err(|error| failed(error.error))?;
    private_file(&place).map_err(failed)?;
    Ok(FileRef {
        path: place,
        name: name_of(path),
        size,
        mime: mime_guess::from_path(path).first_raw().map(str::to_owned),
        sha256,
    })
}

/// Whether a file is still what it was.
pub fn check(file: &FileRef) -> Result<(), FileTrouble> {
    let (open, size) = open(&file.path)?;
    let changed = || FileTrouble::Changed {
        path: file.path.clone(),
    };
    if size != file.size {
        return Err(changed());
    }
    let found = hash(open, std::io::sink()).map_err(|source| unreadable(&file.path, source))?;
    if found == file.sha256 {
        Ok(())
    } else {
        Err(changed())
    }
}

fn open(path: &Path) -> Result<(File, u64), FileTrouble> {
    let about = fs::metadata(path).map_err(|source| unreadable(path, source))?;
    if !about.is_file() {
        return Err(FileTrouble::NoFile {
            path: path.to_owned(),
        });
    }
    if about.len() > LARGEST_FILE {
        return Err(FileTrouble::TooLarge {
            name: name_of(path),
            size: about.len(),
        });
    }
    let file = File::open(path).map_err(|source| unreadable(path, source))?;
    Ok((file, about.len()))
}

fn unreadable(path: &Path, source: std::io::Error) -> FileTrouble {
    FileTrouble::Unreadable {
        path: path.to_owned(),
        source,
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || "file".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// The hash of all bytes, which are passed on.
fn hash(mut from: impl Read, mut to: impl std::io::Write) -> std::io::Result<String> {
    use std::fmt::Write as _;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        let count = from.read(&mut piece)?;
        let Some(bytes) = piece.get(..count).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        hasher.update(bytes);
        to.write_all(bytes)?;
    }
    to.flush()?;
    let mut text = String::with_capacity(64);
    for byte in hasher.finalize() {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}
