//! What the server no longer has.

use rusqlite::OptionalExtension as _;

use super::{Stamp, index, refresh};
use crate::model::inbox::{ConversationKey, EntryKey};
use crate::store::error::Result;
use crate::store::tx::{Change, Tx};

/// Takes a message, a mail or a chat away, unless a newer answer has brought it back meanwhile. Tells whether it was
/// there.
pub fn gone(tx: &Tx<'_>, uid: &str, stamp: Stamp) -> Result<bool> {
    tx.prepare_cached(
        "INSERT INTO tombstones VALUES (?1, ?2) ON CONFLICT (uid) DO UPDATE SET stamp = max(stamp, ?2)",
    )?
    .execute((uid, stamp.0))?;
    let entry: Option<(i64, i64)> = tx
        .prepare_cached("SELECT id, conversation FROM messages WHERE uid = ?1 AND stamp <= ?2")?
        .query_row((uid, stamp.0), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((id, conversation)) = entry {
        index::forget_entry(tx, EntryKey(id))?;
        tx.execute("DELETE FROM messages WHERE id = ?1", [id])?;
        refresh(tx, ConversationKey(conversation))?;
        return Ok(true);
    }
    let chats: Vec<i64> = tx
        .prepare_cached(
            "SELECT id FROM conversations WHERE uid = ?1 AND is_mail = 0 AND stamp <= ?2",
        )?
        .query_map((uid, stamp.0), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in &chats {
        let key = ConversationKey(*id);
        tx.execute(
            "DELETE FROM words WHERE rowid IN (SELECT id FROM messages WHERE conversation = ?1)",
            [id],
        )?;
        index::conversation(tx, key, "")?;
        tx.execute("DELETE FROM conversations WHERE id = ?1", [id])?;
        tx.changed(Change::Conversation(key));
    }
    Ok(!chats.is_empty())
}
