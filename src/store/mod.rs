//! Everything onebox knows, in one SQLite file per profile: network writes it, screens and shell read it.
//!
//! A read gets a connection that cannot write; a write is a closure that the one writing thread runs inside a step it
//! shares with others that wait. Queries are plain functions on a connection, a file for each subject.

pub mod apply;
pub mod check;
mod error;
mod migrations;
mod open;
pub mod outbox;
pub mod pictures;
pub mod progress;
pub mod read;
pub mod recent;
pub mod search;
mod tx;
mod writer;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{broadcast, oneshot};

pub use error::{Error, Result};
pub(crate) use open::private_file;
pub use tx::{Change, Tx};
pub use writer::Care;

use writer::{Job, Writer};

/// A handle on the stored data of a profile; cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    dir: PathBuf,
    notes: Vec<String>,
    readers: Mutex<Vec<Connection>>,
    /// A connection that only watches for writes, and the version it last saw.
    watcher: Mutex<Option<(Connection, i64)>>,
    writer: Writer,
    changes: broadcast::Sender<BTreeSet<Change>>,
}

/// Changes that wait for a listener who is slow; one who is slower still is told that anything may have changed.
const WAITING_CHANGES: usize = 256;
/// Connections that are kept open for the next reader.
const READERS: usize = 3;

impl Store {
    /// Opens the data in a directory, or makes it.
    pub fn open(dir: &Path) -> Result<Self> {
        let opened = open::open(dir)?;
        let (changes, _) = broadcast::channel(WAITING_CHANGES);
        let writer = Writer::start(opened.writer, dir.to_owned(), changes.clone())?;
        Ok(Self {
            inner: Arc::new(Inner {
                dir: dir.to_owned(),
                notes: opened.notes,
                readers: Mutex::default(),
                watcher: Mutex::default(),
                writer,
                changes,
            }),
        })
    }

    /// Whether something has been stored in a directory.
    pub fn is_there(dir: &Path) -> bool {
        dir.join(open::MAIN).exists()
    }

    /// Where the data lies.
    pub fn dir(&self) -> &Path {
        &self.inner.dir
    }

    /// What the user should know about how it was opened.
    pub fn notes(&self) -> &[String] {
        &self.inner.notes
    }

    /// Tells of every write of this process, after it is safe.
    pub fn changes(&self) -> broadcast::Receiver<BTreeSet<Change>> {
        self.inner.changes.subscribe()
    }

    /// Whether anybody, this process included, has written since the last time this was asked.
    pub fn was_written(&self) -> Result<bool> {
        let mut watcher = self
            .inner
            .watcher
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (db, last) = match watcher.take() {
            Some((db, last)) => (db, Some(last)),
            None => (open::reader(&self.inner.dir)?, None),
        };
        let version = db.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        *watcher = Some((db, version));
        Ok(last != Some(version))
    }

    /// Reads without holding up the async runtime.
    pub async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.read_now(query))
            .await
            .map_err(|_| Error::Closed)?
    }

    /// Reads on the thread of the caller, which has to be one that may wait for the disk.
    pub fn read_now<T>(&self, query: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let idle = self.readers().pop();
        let db = idle.map_or_else(|| open::reader(&self.inner.dir), Ok)?;
        // One step for all of it: one state of the store, and locks are taken once instead of for each statement.
        let step = db.unchecked_transaction()?;
        let answer = query(&step);
        drop(step);
        if let Err(Error::Damaged(_)) = &answer {
            open::report_damage(&self.inner.dir);
        }
        let mut readers = self.readers();
        if readers.len() < READERS && db.is_autocommit() {
            readers.push(db);
        }
        answer
    }

    fn readers(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.inner
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes, all or nothing; answers when it is as safe as `care` asks.
    pub async fn write<T: Send + 'static>(
        &self,
        care: Care,
        work: impl FnOnce(&Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.inner.writer.send(Job::new(care, work, move |done| {
            let _ = reply.send(done);
        }))?;
        answer.await.map_err(|_| Error::Closed)?
    }

    /// Writes, and waits for it on the thread of the caller.
    pub fn write_now<T: Send + 'static>(
        &self,
        care: Care,
        work: impl FnOnce(&Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = std::sync::mpsc::channel();
        self.inner.writer.send(Job::new(care, work, move |done| {
            let _ = reply.send(done);
        }))?;
        answer.recv().map_err(|_| Error::Closed)?
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("dir", &self.inner.dir)
            .finish_non_exhaustive()
    }
}
