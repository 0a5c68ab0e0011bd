//! Opens the file of a profile: private, migrated, and set aside when it is damaged.
//!
//! Beside `onebox.db` lies `kept.db`, which holds a second copy of drafts and outbox. Triggers write it in the same
//! step, so unsent words outlive the loss of the first file.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::{Error, Result};
use super::migrations;

pub(super) const MAIN: &str = "onebox.db";
pub(super) const KEPT: &str = "kept.db";
/// Stands beside a file in which damage was found while it was in use.
const DAMAGED: &str = "damaged";

/// A connection that may write, and what the user should know about how it was opened.
pub(super) struct Opened {
    pub(super) writer: Connection,
    pub(super) notes: Vec<String>,
}

/// Opens or makes the files in a directory.
pub(super) fn open(dir: &Path) -> Result<Opened> {
    private_dir(dir)?;
    let _alone = alone(dir)?;
    let mut notes = Vec::new();
    if dir.join(DAMAGED).exists() {
        notes.push(set_aside(dir, MAIN)?);
    }
    let kept = dir.join(KEPT);
    if let Err(Error::Damaged(_)) = check_kept(&kept) {
        notes.push(set_aside(dir, KEPT)?);
    }
    let path = dir.join(MAIN);
    let writer = match connect(&path, &kept) {
        Err(Error::Damaged(_)) => {
            notes.push(set_aside(dir, MAIN)?);
            connect(&path, &kept)?
        }
        other => other?,
    };
    Ok(Opened { writer, notes })
}

/// A connection that can only read.
pub(super) fn reader(dir: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(dir.join(MAIN), flags)?;
    db.busy_timeout(BUSY)?;
    keep_plans(&db)?;
    db.execute_batch("PRAGMA cache_size = -2000; PRAGMA temp_store = MEMORY;")?;
    Ok(db)
}

/// Remembers that the file is damaged, so that the next start sets it aside.
pub(super) fn report_damage(dir: &Path) {
    if let Err(error) = private_file(&dir.join(DAMAGED)) {
        tracing::error!(%error, "the damaged store could not be marked");
    }
}

const BUSY: std::time::Duration = std::time::Duration::from_secs(10);
const STATEMENTS: usize = 256;

/// Prepares every statement once: without this, SQLite plans those anew that are given other values, which takes longer
/// than to run them.
fn keep_plans(db: &Connection) -> Result<()> {
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn connect(path: &Path, kept: &Path) -> Result<Connection> {
    // SQLite gives its other files the rights of the first one.
    for file in [path, kept] {
        private_file(file).map_err(|source| Error::Open {
            path: file.to_owned(),
            source,
        })?;
    }
    let mut db = Connection::open(path)?;
    db.busy_timeout(BUSY)?;
    keep_plans(&db)?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -5000; PRAGMA journal_size_limit = 16777216;
         PRAGMA wal_autocheckpoint = 4000;",
    )?;
    migrations::run(&mut db, path)?;
    db.execute("ATTACH ?1 AS kept", [kept.to_string_lossy().as_ref()])?;
    db.execute_batch(KEEP)?;
    // Asked of the file itself: a process may have died after making it and before filling it.
    let restored: bool = db.query_row(
        "SELECT EXISTS (SELECT 1 FROM main.meta WHERE key = 'kept')",
        [],
        |row| row.get(0),
    )?;
    db.execute_batch(if restored { CATCH_UP } else { RESTORE })?;
    db.execute_batch(MIRROR)?;
    Ok(db)
}

const KEEP: &str = "PRAGMA kept.journal_mode = WAL; PRAGMA kept.synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS kept.drafts (
      id INTEGER PRIMARY KEY, conversation TEXT, account TEXT, body TEXT, created_at INTEGER, updated_at INTEGER);
    CREATE TABLE IF NOT EXISTS kept.outbox (
      id INTEGER PRIMARY KEY, account TEXT, conversation TEXT, lane TEXT, act TEXT, state TEXT, due_at INTEGER,
      created_at INTEGER, updated_at INTEGER, attempted_at INTEGER, tries INTEGER, error TEXT, result TEXT,
      turn INTEGER, looks INTEGER, server_at INTEGER, twins TEXT);";

/// Into a new file goes what the old one had promised to keep. What was on its way then may have arrived.
const RESTORE: &str = "BEGIN IMMEDIATE;
    INSERT INTO main.drafts SELECT * FROM kept.drafts;
    INSERT INTO main.outbox
      SELECT id, account, conversation, lane, act, CASE state WHEN 'sending' THEN 'unknown' ELSE state END, due_at,
             created_at, updated_at, attempted_at, tries, error, result, turn, looks, server_at, twins FROM kept.outbox;
    INSERT INTO main.meta VALUES ('kept', 'restored');
    COMMIT;";

/// A process that dies between the commits of the two files leaves the copy one step behind.
const CATCH_UP: &str = "BEGIN IMMEDIATE;
    DELETE FROM kept.drafts WHERE id NOT IN (SELECT id FROM main.drafts);
    REPLACE INTO kept.drafts SELECT * FROM main.drafts EXCEPT SELECT * FROM kept.drafts;
    DELETE FROM kept.outbox WHERE id NOT IN (SELECT id FROM main.outbox);
    REPLACE INTO kept.outbox SELECT * FROM main.outbox EXCEPT SELECT * FROM kept.outbox;
    COMMIT;";

/// Copies every change of drafts and outbox into the other file, within the same step.
const MIRROR: &str = "
    CREATE TEMP TRIGGER keep_draft AFTER INSERT ON main.drafts BEGIN
      REPLACE INTO kept.drafts SELECT * FROM main.drafts WHERE id = new.id; END;
    CREATE TEMP TRIGGER keep_draft_change AFTER UPDATE ON main.drafts BEGIN
      REPLACE INTO kept.drafts SELECT * FROM main.drafts WHERE id = new.id; END;
    CREATE TEMP TRIGGER keep_draft_end AFTER DELETE ON main.drafts BEGIN
      DELETE FROM kept.drafts WHERE id = old.id; END;
    CREATE TEMP TRIGGER keep_act AFTER INSERT ON main.outbox BEGIN
      REPLACE INTO kept.outbox SELECT * FROM main.outbox WHERE id = new.id; END;
    CREATE TEMP TRIGGER keep_act_change AFTER UPDATE ON main.outbox BEGIN
      REPLACE INTO kept.outbox SELECT * FROM main.outbox WHERE id = new.id; END;
    CREATE TEMP TRIGGER keep_act_end AFTER DELETE ON main.outbox BEGIN
      DELETE FROM kept.outbox WHERE id = old.id; END;";

fn check_kept(path: &Path) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let db = Connection::open(path)?;
    db.busy_timeout(BUSY)?;
    let sound: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if sound == "ok" {
        return Ok(());
    }
    Err(Error::Damaged(rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
        Some(sound),
    )))
}

/// Moves a damaged file and its companions away under a name nothing else has.
fn set_aside(dir: &Path, name: &str) -> Result<String> {
    let failed = |source| Error::Open {
        path: dir.to_owned(),
        source,
    };
    let place = (1..1000)
        .map(|n| dir.join(format!("{name}.damaged-{n}")))
        .find(|place| !place.exists())
        .unwrap_or_else(|| dir.join(format!("{name}.damaged")));
    for end in ["", "-wal", "-shm"] {
        let from = dir.join(format!("{name}{end}"));
        let to = PathBuf::from(format!("{}{end}", place.display()));
        match fs::rename(&from, &to) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed(error));
            }
            _ => {}
        }
    }
    if name == MAIN {
        let _ = fs::remove_file(dir.join(DAMAGED));
    }
    Ok(format!(
        "The stored data was damaged and has been set aside as {}. Everything is fetched anew; drafts and unsent messages are kept.",
        place.display()
    ))
}

/// Waits until no other process is opening the files; the lock ends with the value.
fn alone(dir: &Path) -> Result<File> {
    let path = dir.join("open.lock");
    private_file(&path)
        .and_then(|file| file.lock().map(|()| file))
        .map_err(|source| Error::Open { path, source })
}

/// Makes a directory only its owner can look into, or makes an existing one so.
pub(super) fn private_dir(dir: &Path) -> Result<()> {
    let made = fs::create_dir_all(dir);
    #[cfg(unix)]
    let made = made.and_then(|()| {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))
    });
    made.map_err(|source| Error::Open {
        path: dir.to_owned(),
        source,
    })
}

/// Opens or makes a file only its owner can read.
pub(crate) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
        let file = options.mode(0o600).open(path)?;
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
        }
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}
