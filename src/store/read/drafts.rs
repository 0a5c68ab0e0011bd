//! What has been written and not been sent.

use jiff::Timestamp;
use rusqlite::Connection;

use super::time;
use crate::store::error::Result;

/// A draft as it is stored; its body is JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    pub id: i64,
    /// The server's id; absent for a new message.
    pub conversation: Option<String>,
    pub account: Option<String>,
    pub body: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// All drafts, a window at a time in the order they were begun.
pub fn after(db: &Connection, id: i64, limit: u32) -> Result<Vec<DraftRow>> {
    Ok(db
        .prepare_cached(
            "SELECT id, conversation, account, body, created_at, updated_at FROM drafts WHERE id > ?1
             ORDER BY id LIMIT ?2",
        )?
        .query_map((id, limit), |row| {
            Ok(DraftRow {
                id: row.get(0)?,
                conversation: row.get(1)?,
                account: row.get(2)?,
                body: row.get(3)?,
                created_at: time(row.get(4)?),
                updated_at: time(row.get(5)?),
            })
        })?
        .collect::<rusqlite::Result<_>>()?)
}
