//! How far the walks through lists are that have no times: chats, people.

use rusqlite::{Connection, OptionalExtension as _};

use crate::model::inbox::AccountKey;
use crate::store::apply::Stamp;
use crate::store::error::Result;
use crate::store::tx::{Change, Tx};

/// The state of one walk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walked {
    pub pages: i64,
    pub items: i64,
    /// When its end was last reached, in milliseconds.
    pub done_at: Option<i64>,
}

/// How far a list of an account is.
pub fn get(db: &Connection, account: AccountKey, list: &str) -> Result<Walked> {
    Ok(db
        .prepare_cached(
            "SELECT pages, items, done_at FROM cursors WHERE account = ?1 AND list = ?2",
        )?
        .query_row((account.0, list), |row| {
            Ok(Walked {
                pages: row.get(0)?,
                items: row.get(1)?,
                done_at: row.get(2)?,
            })
        })
        .optional()?
        .unwrap_or_default())
}

/// Notes a page; a walk that begins anew counts from the start.
pub fn turned(
    tx: &Tx<'_>,
    account: AccountKey,
    list: &str,
    first: bool,
    items: usize,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO cursors (account, list, pages, items) VALUES (?1, ?2, 1, ?4)
         ON CONFLICT (account, list) DO UPDATE SET pages = iif(?3, 1, pages + 1), items = iif(?3, ?4, items + ?4)",
    )?
    .execute((account.0, list, first, i64::try_from(items).unwrap_or(0)))?;
    tx.changed(Change::Progress(account));
    Ok(())
}

/// Notes that the end of a list was reached.
pub fn done(tx: &Tx<'_>, account: AccountKey, list: &str, now: i64) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO cursors (account, list, done_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (account, list) DO UPDATE SET done_at = ?3",
    )?
    .execute((account.0, list, now))?;
    tx.changed(Change::Progress(account));
    Ok(())
}

/// Begins all lists of an account anew, and those of who is in its groups.
pub fn forget(tx: &Tx<'_>, account: AccountKey, stamp: Stamp) -> Result<()> {
    tx.prepare_cached("UPDATE cursors SET done_at = NULL WHERE account = ?1")?
        .execute([account.0])?;
    tx.prepare_cached(
        "UPDATE member_lists SET wanted = ?2
         WHERE conversation IN (SELECT id FROM conversations WHERE account = ?1)",
    )?
    .execute((account.0, stamp.0))?;
    Ok(())
}

/// Notes when news of an account were last fetched.
pub fn synced(tx: &Tx<'_>, account: AccountKey, now: i64) -> Result<()> {
    tx.prepare_cached("UPDATE accounts SET synced_at = ?2 WHERE id = ?1")?
        .execute((account.0, now))?;
    tx.changed(Change::Progress(account));
    Ok(())
}

/// Stops or resumes the fetching of an account.
pub fn pause(tx: &Tx<'_>, account: AccountKey, paused: bool) -> Result<()> {
    tx.prepare_cached("UPDATE accounts SET paused = ?2 WHERE id = ?1")?
        .execute((account.0, paused))?;
    tx.changed(Change::Accounts);
    Ok(())
}
