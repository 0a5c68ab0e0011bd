//! What can go wrong with the store, in words.

use std::path::PathBuf;

/// Why something could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("The store cannot be opened at {path}: {source}.")]
    Open {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error(
        "The store at {path} was written by a newer onebox (its version is {found}, this one knows {known}). Update onebox."
    )]
    Newer {
        path: PathBuf,
        found: i64,
        known: i64,
    },
    #[error(
        "The stored data is damaged. Start onebox again: it sets the damaged file aside and fetches everything anew; drafts and unsent messages are kept."
    )]
    Damaged(#[source] rusqlite::Error),
    #[error(
        "The disk is full, so nothing can be stored. Free some space; nothing that was stored is lost."
    )]
    Full(#[source] rusqlite::Error),
    #[error("Another onebox keeps the store busy. Try again in a moment.")]
    Busy(#[source] rusqlite::Error),
    #[error("The store could not do that: {0}.")]
    Sql(#[source] rusqlite::Error),
    /// What is stored is not what this program writes.
    #[error("A stored {what} cannot be read: {problem}.")]
    Unreadable { what: &'static str, problem: String },
    #[error("There is no such {what} here any more.")]
    Missing { what: &'static str },
    /// What was asked for makes no sense.
    #[error("{0}.")]
    NotPossible(&'static str),
    /// The thread of the store has ended.
    #[error("The store is closed.")]
    Closed,
}

pub type Result<T> = std::result::Result<T, Error>;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error),
            Some(ErrorCode::DiskFull) => Self::Full(error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(error),
            _ => Self::Sql(error),
        }
    }
}

impl Error {
    /// The same failure for another one who waits for the same step.
    pub(super) fn again(&self) -> Self {
        let failure = |source: &rusqlite::Error| {
            let code = source.sqlite_error().copied();
            rusqlite::Error::SqliteFailure(
                code.unwrap_or_else(|| rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_ERROR)),
                Some(source.to_string()),
            )
        };
        match self {
            Self::Damaged(source) => Self::Damaged(failure(source)),
            Self::Full(source) => Self::Full(failure(source)),
            Self::Busy(source) => Self::Busy(failure(source)),
            Self::Sql(source) => Self::Sql(failure(source)),
            _ => Self::Closed,
        }
    }

    pub(super) fn unreadable(what: &'static str, problem: impl std::fmt::Display) -> Self {
        Self::Unreadable {
            what,
            problem: problem.to_string(),
        }
    }
}
