//! What is known to be missing: chats that were only mentioned, chats without their last messages, names, mails
//! without text, pictures, and rows that a full walk did not see again.

use rusqlite::{Connection, OptionalExtension as _};

use crate::model::id::{AccountId, ChatId, EmailId, MessageId};
use crate::model::inbox::{AccountKey, ConversationKey, HandleKey, PictureOwner};
use crate::store::apply::Stamp;
use crate::store::error::Result;

/// Chats that were mentioned and never fetched.
pub fn unseen_chats(db: &Connection, account: AccountKey, limit: u32) -> Result<Vec<ChatId>> {
    ids(
        db,
        "SELECT uid FROM conversations WHERE account = ?1 AND stamp < 0 AND is_mail = 0 AND gone = 0
         ORDER BY sort DESC LIMIT ?2",
        (account.0, limit),
    )
}

/// Chats in which something happened after their last stored message, the latest first.
pub fn stale_chats(db: &Connection, account: AccountKey, limit: u32) -> Result<Vec<ChatId>> {
    ids(
        db,
        "SELECT uid FROM conversations
         WHERE account = ?1 AND is_mail = 0 AND gone = 0 AND archived IN (0, 1) AND server_at IS NOT NULL
           AND server_at > ifnull(last_message >> 15, 0)
           AND NOT EXISTS (SELECT 1 FROM ranges WHERE scope = 'chat:' || conversations.uid AND hi >= server_at)
         ORDER BY sort DESC LIMIT ?2",
        (account.0, limit),
    )
}

/// Groups whose people were never fetched, the latest first.
pub fn memberless_chats(db: &Connection, account: AccountKey, limit: u32) -> Result<Vec<ChatId>> {
    ids(
        db,
        "SELECT uid FROM conversations
         WHERE account = ?1 AND is_mail = 0 AND gone = 0 AND stamp >= 0 AND kind <> '0'
           AND NOT EXISTS (SELECT 1 FROM member_lists l WHERE l.conversation = conversations.id AND l.stamp >= l.wanted)
         ORDER BY sort DESC LIMIT ?2",
        (account.0, limit),
    )
}

/// Chats that a full walk which began at a stamp did not see again.
pub fn unseen_since(db: &Connection, account: AccountKey, stamp: Stamp) -> Result<Vec<ChatId>> {
    ids(
        db,
        "SELECT uid FROM conversations
         WHERE account = ?1 AND is_mail = 0 AND gone = 0 AND stamp >= 0 AND stamp < ?2 LIMIT 500",
        (account.0, stamp.0),
    )
}

/// Entries of a stretch of time, ends included, that a walk through it which began at a stamp did not see again.
pub fn unseen_between(
    db: &Connection,
    account: AccountKey,
    is_mail: bool,
    (lo, hi): (i64, i64),
    stamp: Stamp,
    limit: u32,
) -> Result<Vec<MessageId>> {
    let key = |at: i64| at.saturating_mul(1 << 15);
    ids(
        db,
        "SELECT m.uid FROM messages m JOIN conversations c ON c.id = m.conversation
         WHERE m.id >= ?1 AND m.id < ?2 AND m.stamp < ?3 AND m.is_mail = ?4 AND c.account = ?5
         ORDER BY m.id DESC LIMIT ?6",
        (
            key(lo),
            key(hi.saturating_add(1)),
            stamp.0,
            is_mail,
            account.0,
            limit,
        ),
    )
}

/// The same for the entries of one chat.
pub fn unseen_in_chat(
    db: &Connection,
    account: AccountKey,
    chat: &ChatId,
    (lo, hi): (i64, i64),
    stamp: Stamp,
) -> Result<Vec<MessageId>> {
    let key = |at: i64| at.saturating_mul(1 << 15);
    ids(
        db,
        "SELECT uid FROM messages
         WHERE conversation = (SELECT id FROM conversations WHERE uid = ?1 AND account = ?2)
           AND id >= ?3 AND id < ?4 AND stamp < ?5 ORDER BY id DESC LIMIT 50",
        (
            chat.as_str(),
            account.0,
            key(lo),
            key(hi.saturating_add(1)),
            stamp.0,
        ),
    )
}

/// When something last happened in a chat, as the server told it.
pub fn told_activity(db: &Connection, account: AccountKey, chat: &ChatId) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached("SELECT server_at FROM conversations WHERE uid = ?1 AND account = ?2")?
        .query_row((chat.as_str(), account.0), |row| row.get(0))
        .optional()?
        .flatten())
}

/// Mails of which only the head is here or the server had not all, the latest first.
pub fn bodiless_mails(db: &Connection, account: AccountKey, limit: u32) -> Result<Vec<EmailId>> {
    ids(
        db,
        "SELECT m.uid FROM mails JOIN messages m ON m.id = mails.message JOIN conversations c ON c.id = m.conversation
         WHERE c.account = ?1 AND (mails.body_stamp < 0 OR mails.is_complete = 0)
         ORDER BY mails.body_stamp >= 0, mails.message DESC LIMIT ?2",
        (account.0, limit),
    )
}

/// Somebody, or a group, whose picture was never asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pictureless {
    pub owner: PictureOwner,
    /// The server's id of the person or of the group.
    pub uid: String,
    pub account: AccountId,
}

impl AsRef<str> for Pictureless {
    fn as_ref(&self) -> &str {
        &self.uid
    }
}

/// People of recent conversations, those who wrote last in groups and the groups themselves, as far as their picture was
/// never asked for.
pub fn pictureless(db: &Connection, limit: u32) -> Result<Vec<Pictureless>> {
    Ok(db
        .prepare_cached(
            "SELECT is_group, id, uid, account FROM (
               SELECT 0 AS is_group, h.id AS id, h.uid AS uid, a.uid AS account, c.sort AS sort
               FROM conversations c JOIN accounts a ON a.id = c.account
               JOIN handles h ON h.account = c.account AND h.provider_id = c.other
               WHERE c.gone = 0 AND a.gone = 0 AND a.paused = 0
               UNION ALL
               SELECT 0, h.id, h.uid, a.uid, c.sort FROM conversations c JOIN accounts a ON a.id = c.account
               JOIN handles h ON h.id = c.snippet_by
               WHERE c.kind <> '0' AND c.is_mail = 0 AND c.gone = 0 AND a.gone = 0 AND a.paused = 0
               UNION ALL
               SELECT 1, c.id, c.uid, a.uid, c.sort FROM conversations c JOIN accounts a ON a.id = c.account
               WHERE c.kind <> '0' AND c.is_mail = 0 AND c.stamp >= 0 AND c.gone = 0 AND a.gone = 0 AND a.paused = 0)
             WHERE uid IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM pictures WHERE owner = iif(is_group, 'conversation:', 'handle:') || id)
             GROUP BY is_group, id ORDER BY max(sort) DESC LIMIT ?1",
        )?
        .query_map([limit], |row| {
            let (is_group, id) = (row.get(0)?, row.get(1)?);
            Ok(Pictureless {
                owner: if is_group {
                    PictureOwner::Conversation(ConversationKey(id))
                } else {
                    PictureOwner::Handle(HandleKey(id))
                },
                uid: row.get(2)?,
                account: row.get::<_, String>(3)?.into(),
            })
        })?
        .collect::<rusqlite::Result<_>>()?)
}

fn ids<T: From<String>>(
    db: &Connection,
    query: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<T>> {
    Ok(db
        .prepare_cached(query)?
        .query_map(values, |row| row.get::<_, String>(0).map(T::from))?
        .collect::<rusqlite::Result<_>>()?)
}
