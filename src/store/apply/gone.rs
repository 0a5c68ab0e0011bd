//! What the server no longer has.

use rusqlite::OptionalExtension as _;

use super::{Stamp, UNSEEN, index, mails, refresh};
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
    let entry: Option<(i64, i64, bool)> = tx
        .prepare_cached(
            "SELECT id, conversation, is_mail FROM messages WHERE uid = ?1 AND stamp <= ?2",
        )?
        .query_row((uid, stamp.0), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    if let Some((id, conversation, is_mail)) = entry {
        index::forget_entry(tx, EntryKey(id))?;
        tx.execute("DELETE FROM messages WHERE id = ?1", [id])?;
        if is_mail {
            mails::regroup(tx, ConversationKey(conversation))?;
        } else {
            forget_if_only_mentioned(tx, ConversationKey(conversation))?;
        }
        refresh(tx, ConversationKey(conversation))?;
        return Ok(true);
    }
    mails::forget_body(tx, uid, stamp)?;
    let chats: Vec<i64> = tx
        .prepare_cached("SELECT id FROM conversations WHERE uid = ?1 AND is_mail = 0")?
        .query_map([uid], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut any = false;
    for id in chats {
        any |= chat(tx, ConversationKey(id), stamp)?;
    }
    Ok(any)
}

/// Forgets a chat of which nothing is known but that a message which is gone was in it.
fn forget_if_only_mentioned(tx: &Tx<'_>, key: ConversationKey) -> Result<()> {
    let forgotten = tx
        .prepare_cached(
            "DELETE FROM conversations WHERE id = ?1 AND stamp < 0
               AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation = ?1)
               AND NOT EXISTS (SELECT 1 FROM member_lists WHERE conversation = ?1 AND stamp >= 0)",
        )?
        .execute([key.0])?;
    if forgotten > 0 {
        index::conversation(tx, key, "")?;
        tx.changed(Change::Conversation(key));
    }
    Ok(())
}

/// Takes away all of a chat that no newer answer has brought.
fn chat(tx: &Tx<'_>, key: ConversationKey, stamp: Stamp) -> Result<bool> {
    let at = (key.0, stamp.0);
    let newest: i64 = tx
        .prepare_cached(
            "SELECT max(stamp, ifnull((SELECT max(stamp) FROM messages WHERE conversation = ?1), -1),
                        ifnull((SELECT stamp FROM member_lists WHERE conversation = ?1), -1))
             FROM conversations WHERE id = ?1",
        )?
        .query_row([key.0], |row| row.get(0))?;
    tx.execute(
        "DELETE FROM words WHERE rowid IN (SELECT id FROM messages WHERE conversation = ?1 AND stamp <= ?2)",
        at,
    )?;
    let entries = tx.execute(
        "DELETE FROM messages WHERE conversation = ?1 AND stamp <= ?2",
        at,
    )?;
    tx.execute(
        "DELETE FROM ranges WHERE scope = 'chat:' || (SELECT uid FROM conversations WHERE id = ?1)",
        [key.0],
    )?;
    if newest <= stamp.0 {
        index::conversation(tx, key, "")?;
        tx.execute("DELETE FROM conversations WHERE id = ?1", [key.0])?;
        tx.changed(Change::Conversation(key));
        return Ok(true);
    }
    // It came back, but not all of what was known about it did.
    tx.execute(
        "DELETE FROM members WHERE conversation = ?1
           AND NOT EXISTS (SELECT 1 FROM member_lists WHERE conversation = ?1 AND stamp > ?2)",
        at,
    )?;
    tx.execute(
        "DELETE FROM member_lists WHERE conversation = ?1 AND stamp <= ?2",
        at,
    )?;
    let reset = tx.execute(
        "UPDATE conversations SET kind = '', provider_id = NULL, other = NULL, name = NULL, subject = NULL,
                content = NULL, server_at = NULL, read_only = 0, disabled = '[]', archived = 0, pinned = 0,
                muted_until = NULL, unread = 0, gone = 0, stamp = ?3
         WHERE id = ?1 AND stamp <= ?2",
        (key.0, stamp.0, UNSEEN.0),
    )?;
    refresh(tx, key)?;
    Ok(entries + reset > 0)
}
