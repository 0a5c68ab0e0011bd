//! Chats and who is in them.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::rows::Rows;
use super::{Applied, Stamp, handles, shadow};
use crate::model::chat::{Chat, ChatContent, ChatFeature, Muted};
use crate::model::inbox::ConversationKey;
use crate::model::person::Attendee;
use crate::model::words::Spelled as _;
use crate::store::error::Result;
use crate::store::tx::{Change, Tx};

/// Muted without an end.
const FOR_EVER: i64 = -1;

/// Writes a page of chats.
pub fn chats(tx: &Tx<'_>, page: &[Chat], stamp: Stamp) -> Result<Applied> {
    let mut rows = Rows::new(tx, stamp)?;
    let mut applied = Applied::default();
    for chat in page {
        if rows.is_gone(chat.id.as_str())? {
            continue;
        }
        let account = rows.account(chat.account_id.as_str())?;
        let (key, _) = rows.chat(account, chat.id.as_str())?;
        let old: i64 = tx
            .prepare_cached("SELECT stamp FROM conversations WHERE id = ?1")?
            .query_row([key.0], |row| row.get(0))?;
        if old > stamp.0 {
            continue;
        }
        if let Some(other) = &chat.attendee_provider_id {
            rows.handle(account, other.as_str())?;
        }
        let changed = write(tx, key, chat)?;
        tx.prepare_cached("UPDATE conversations SET stamp = ?2 WHERE id = ?1")?
            .execute((key.0, stamp.0))?;
        if old < 0 {
            applied.new += 1;
        } else {
            applied.changed += usize::from(changed);
        }
        // An answer that says what the user has made of it changes nothing but the shadow.
        shadow::overlay(tx, "conversations", &key.0.to_string())?;
        if changed || old < 0 {
            rows.touched.insert(key);
        }
        if let Some(last) = &chat.last_message {
            super::messages(tx, std::slice::from_ref(last), stamp)?;
        }
    }
    rows.finish()?;
    Ok(applied)
}

fn write(tx: &Tx<'_>, key: ConversationKey, chat: &Chat) -> Result<bool> {
    let muted = match &chat.muted {
        Muted::No => None,
        Muted::ForEver | Muted::Other(_) => Some(FOR_EVER),
        Muted::Until(end) => Some(end.as_millisecond()),
    };
    let content = chat.content.as_ref().map(|content| match content {
        ChatContent::Inmail => "inmail",
        ChatContent::Sponsored => "sponsored",
        ChatContent::LinkedinOffer => "linkedin_offer",
        ChatContent::Invitation => "invitation",
        ChatContent::Other(word) => word,
    });
    let disabled: Vec<_> = chat
        .disabled_features
        .iter()
        .map(|feature| match feature {
            ChatFeature::Reactions => "reactions",
            ChatFeature::Reply => "reply",
            ChatFeature::Other(word) => word,
        })
        .collect();
    // A new subject is a new name, and that is indexed when the title is found to be another one.
    tx.prepare_cached("UPDATE conversations SET title = '' WHERE id = ?1 AND subject IS NOT ?2")?
        .execute((key.0, &chat.subject))?;
    // A chat that does not tell whether it is pinned is left as it is.
    let changed = tx
        .prepare_cached(
            "UPDATE conversations SET kind = ?2, provider_id = ?3, other = ?4, name = ?5, subject = ?6, content = ?7,
                    server_at = ?8, read_only = ?9, disabled = ?10, archived = ?11, pinned = ifnull(?12, pinned),
                    muted_until = ?13, unread = ?14, gone = 0
             WHERE id = ?1 AND (kind, provider_id, other, name, subject, content, server_at, read_only, disabled,
                                archived, pinned, muted_until, unread, gone)
                   IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ifnull(?12, pinned), ?13, ?14, 0)",
        )?
        .execute(rusqlite::params![
            key.0,
            chat.kind.to_word(),
            chat.provider_id,
            chat.attendee_provider_id.as_ref().map(AsRef::as_ref),
            chat.name,
            chat.subject,
            content,
            chat.last_activity.map(Timestamp::as_millisecond),
            chat.read_only,
            serde_json::to_string(&disabled).unwrap_or_default(),
            chat.archived,
            chat.pinned,
            muted,
            i64::try_from(chat.unread_count).unwrap_or(i64::MAX),
        ])?;
    Ok(changed > 0)
}

/// Writes who is in a chat: the whole list, so that those who left are left out.
pub fn members(
    tx: &Tx<'_>,
    account: &str,
    chat: &str,
    list: &[Attendee],
    stamp: Stamp,
) -> Result<Applied> {
    let mut rows = Rows::new(tx, stamp)?;
    let mut applied = Applied::default();
    let account = rows.account(account)?;
    // What it tells about people holds, whatever became of the chat.
    let mut new = BTreeSet::new();
    for attendee in list {
        new.insert(handles::attendee_row(tx, account, attendee, stamp, &mut applied)?.0);
    }
    if rows.is_gone(chat)? {
        return Ok(applied);
    }
    let (key, _) = rows.chat(account, chat)?;
    let newest = tx
        .prepare_cached(
            "INSERT INTO member_lists VALUES (?1, ?2, 0)
             ON CONFLICT (conversation) DO UPDATE SET stamp = ?2 WHERE stamp <= ?2",
        )?
        .execute((key.0, stamp.0))?;
    if newest == 0 {
        return Ok(applied);
    }
    let old: BTreeSet<i64> = tx
        .prepare_cached("SELECT handle FROM members WHERE conversation = ?1")?
        .query_map([key.0], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for gone in old.difference(&new) {
        tx.execute(
            "DELETE FROM members WHERE conversation = ?1 AND handle = ?2",
            (key.0, gone),
        )?;
    }
    for joined in new.difference(&old) {
        tx.execute("INSERT INTO members VALUES (?1, ?2)", (key.0, joined))?;
    }
    if old != new {
        tx.changed(Change::Conversation(key));
        rows.touched.insert(key);
    }
    rows.finish()?;
    Ok(applied)
}
