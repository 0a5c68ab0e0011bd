//! Files that go with messages: copied into the profile or left where they lie, and known by their hash, so that what
//! goes out is what the user chose.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use crate::model::act::{FileRef, LARGEST_FILE};
use crate::store::error::Result as Stored;
use crate::store::open::{private_dir, private_file};
use crate::store::tx::Tx;

/// Where copies lie in a profile, each called by its hash.
const DIR: &str = "files";
/// Held by all who copy, together, and by who sweeps, alone.
const LOCK: &str = ".lock";
/// How a copy is called until it is complete.
const PART: &str = ".part-";
/// Between the copy and the draft or act that refers to it nothing does, so a new copy is left alone for so long.
const NEW: Duration = Duration::from_secs(3600);

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
    keep_all(profile, path, file, size)
}

/// Writes a file that came over the network into the profile; it has no name there.
pub fn keep_bytes(profile: &Path, bytes: &[u8]) -> Result<FileRef, FileTrouble> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    keep_all(profile, Path::new("file"), bytes, size)
}

fn keep_all(
    profile: &Path,
    path: &Path,
    from: impl Read,
    size: u64,
) -> Result<FileRef, FileTrouble> {
    let failed = |source| unreadable(path, source);
    let dir = profile.join(DIR);
    private_dir(&dir).map_err(|error| failed(std::io::Error::other(error)))?;
    // Meanwhile nothing is swept.
    let lock = lock_file(&dir).map_err(failed)?;
    lock.lock_shared().map_err(failed)?;
    let part = tempfile::Builder::new().prefix(PART).tempfile_in(&dir);
    let part = part.map_err(failed)?;
    let sha256 = hash(from, part.as_file()).map_err(failed)?;
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

/// Deletes the copies nothing refers to any more: no draft, and no act that may still go out or be taken back. Tells how
/// many. Within a step of writing, so that nothing begins to refer to them meanwhile.
pub fn sweep(tx: &Tx<'_>, profile: &Path) -> Stored<usize> {
    let dir = profile.join(DIR);
    let Ok(names) = fs::read_dir(&dir) else {
        return Ok(0);
    };
    let Some(_alone) = lock_file(&dir).ok().filter(|it| it.try_lock().is_ok()) else {
        return Ok(0);
    };
    let mut swept = 0;
    for entry in names.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| is_ours(name)) else {
            continue;
        };
        if is_old(&entry) && !is_referred_to(tx, name)? && fs::remove_file(entry.path()).is_ok() {
            swept += 1;
        }
    }
    Ok(swept)
}

/// Whether it is the name of a copy, or of a part of one that was left behind.
fn is_ours(name: &str) -> bool {
    name.starts_with(PART) || name.len() == 64 && name.bytes().all(|it| it.is_ascii_hexdigit())
}

/// Whether nothing is about to refer to a copy. One from the future is not old.
fn is_old(entry: &fs::DirEntry) -> bool {
    let written = entry.metadata().and_then(|about| about.modified()).ok();
    let age = written.and_then(|at| SystemTime::now().duration_since(at).ok());
    age.is_some_and(|age| age >= NEW)
}

/// Looks for the name in what is written, whatever else stands there and whether or not it can be read. What was taken
/// back counts, as its words may come back as a draft.
fn is_referred_to(db: &Connection, name: &str) -> Stored<bool> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM drafts WHERE instr(body, ?1) > 0)
                 OR EXISTS (SELECT 1 FROM outbox WHERE state <> 'sent' AND instr(act, ?1) > 0)",
        )?
        .query_row([name], |row| row.get(0))?)
}

fn lock_file(dir: &Path) -> std::io::Result<File> {
    private_file(&dir.join(LOCK))
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
