//! Lists of mails, over all accounts or of some folders.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::entries::{COLUMNS, get, select};
use crate::model::email::FolderRole;
use crate::model::inbox::{AccountKey, Entry, EntryKey};
use crate::model::words::Spelled as _;
use crate::store::error::Result;

/// Which mails to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Which {
    pub account: Option<AccountKey>,
    /// Only those the server says lie in a folder for this.
    pub role: Option<FolderRole>,
    pub unread: bool,
}

/// The latest mails before a place; newest first.
pub fn before(
    db: &Connection,
    which: &Which,
    place: Option<EntryKey>,
    limit: u32,
) -> Result<Vec<Entry>> {
    let query = format!(
        "SELECT {COLUMNS} FROM mails CROSS JOIN messages m ON m.id = mails.message
         JOIN conversations c ON c.id = m.conversation LEFT JOIN handles h ON h.id = m.sender
         WHERE mails.message < ?1 AND (?2 IS NULL OR c.account = ?2) AND (?3 IS NULL OR mails.role = ?3)
           AND (?4 = 0 OR m.unread = 1)
         ORDER BY mails.message DESC LIMIT ?5"
    );
    let place = place.map_or(i64::MAX, |key| key.0);
    let role = which.role.as_ref().map(|role| role.to_word().into_owned());
    let account = which.account.map(|it| it.0);
    select(
        db,
        &query,
        &[&place, &account, &role, &which.unread, &limit],
    )
}

/// All mails from a place on; oldest first.
pub fn from(db: &Connection, place: EntryKey, limit: u32) -> Result<Vec<Entry>> {
    let query = format!(
        "SELECT {COLUMNS} FROM mails CROSS JOIN messages m ON m.id = mails.message
         LEFT JOIN handles h ON h.id = m.sender
         WHERE mails.message >= ?1 ORDER BY mails.message LIMIT ?2"
    );
    select(db, &query, &[&place.0, &limit])
}

/// The latest mails of some folders before a place; newest first, each once. A folder is named by its account and its
/// uid, its id at the network, or `=` and its name: each mail tells one of these.
pub fn in_folders(
    db: &Connection,
    folders: &[(AccountKey, String)],
    unread: bool,
    place: Option<EntryKey>,
    limit: u32,
) -> Result<Vec<Entry>> {
    let place = place.map_or(i64::MAX, |key| key.0);
    let mut found = BTreeSet::new();
    let mut of_one = db.prepare_cached(
        "SELECT f.message FROM mail_folders f
         WHERE f.account = ?1 AND f.folder = ?2 AND f.message < ?3
           AND (?4 = 0 OR (SELECT unread FROM messages WHERE id = f.message) = 1)
         ORDER BY f.message DESC LIMIT ?5",
    )?;
    for (account, folder) in folders {
        let keys = of_one.query_map((account.0, folder, place, unread, limit), |row| row.get(0))?;
        for key in keys {
            found.insert(EntryKey(key?));
        }
    }
    let wanted = found.into_iter().rev().take(limit as usize);
    wanted.filter_map(|key| get(db, key).transpose()).collect()
}
