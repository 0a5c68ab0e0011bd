//! One step of writing: the connection, and a list of what it touches for those who show it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Deref;

use rusqlite::Connection;

use crate::model::inbox::{AccountKey, ConversationKey};

/// What a write has touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Accounts, their states, their folders.
    Accounts,
    /// The row of a conversation, or what is in it.
    Conversation(ConversationKey),
    People,
    Pictures,
    Drafts,
    Outbox,
    /// How far an account has been fetched.
    Progress(AccountKey),
    /// Another process has written; nobody knows what.
    Anything,
}

/// A step of writing. Reads and writes go through the connection it derefs to.
pub struct Tx<'a> {
    db: &'a Connection,
    changes: RefCell<BTreeSet<Change>>,
}

impl<'a> Tx<'a> {
    pub(super) fn new(db: &'a Connection) -> Self {
        Self {
            db,
            changes: RefCell::default(),
        }
    }

    /// Notes that something was touched.
    pub fn changed(&self, change: Change) {
        self.changes.borrow_mut().insert(change);
    }

    pub(super) fn into_changes(self) -> BTreeSet<Change> {
        self.changes.into_inner()
    }
}

impl Deref for Tx<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.db
    }
}

impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx")
            .field("changes", &self.changes)
            .finish_non_exhaustive()
    }
}
