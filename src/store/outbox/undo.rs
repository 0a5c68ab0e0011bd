//! Takes back what the user did last: before it has gone out it is canceled, afterwards the opposite is done.

use jiff::Timestamp;
use rusqlite::OptionalExtension as _;

use super::submit::{When, hand_over};
use super::{acts, drafts, optimism, read, states};
use crate::model::act::{Act, ChatMark};
use crate::model::inbox::ConversationKey;
use crate::model::outbox::{DraftKey, OutboxId, OutboxState};
use crate::store::error::{Error, Result};
use crate::store::tx::{Change, Tx};

/// What came of taking something back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// There is nothing to take back.
    Nothing,
    /// It was taken back. The words of messages are drafts again.
    Done {
        label: String,
        drafts: Vec<DraftKey>,
        /// Where something looks as before.
        conversations: Vec<ConversationKey>,
    },
    /// It has gone out and has no opposite.
    TooLate { label: String },
}

/// Writes down how to take back what was just handed over. The lists are alike in order.
pub(super) fn remember(
    tx: &Tx<'_>,
    now: Timestamp,
    label: &str,
    ids: &[Option<OutboxId>],
    inverse: &[Option<Act>],
) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let json = |problem| Error::unreadable("undo", problem);
    tx.prepare_cached("INSERT INTO undo (at, label, acts, inverse) VALUES (?1, ?2, ?3, ?4)")?
        .execute((
            now.as_millisecond(),
            label,
            serde_json::to_string(ids).map_err(json)?,
            serde_json::to_string(inverse).map_err(json)?,
        ))?;
    Ok(())
}

/// Takes back what the user did last.
pub fn undo(tx: &Tx<'_>, now: Timestamp) -> Result<Undone> {
    type Row = (i64, String, String, String);
    let last: Option<Row> = tx
        .prepare_cached(
            "SELECT id, label, acts, inverse FROM undo WHERE used = 0 ORDER BY id DESC LIMIT 1",
        )?
        .query_row([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((entry, label, ids, inverse)) = last else {
        return Ok(Undone::Nothing);
    };
    tx.prepare_cached("UPDATE undo SET used = 1 WHERE id = ?1")?
        .execute([entry])?;
    let json = |problem| Error::unreadable("undo", problem);
    let ids: Vec<Option<OutboxId>> = serde_json::from_str(&ids).map_err(json)?;
    let inverse: Vec<Option<Act>> = serde_json::from_str(&inverse).map_err(json)?;
    let (mut done, mut words) = (false, Vec::new());
    let mut conversations = Vec::new();
    // The last one is the first to be taken back.
    for (id, opposite) in ids.into_iter().zip(inverse).rev() {
        let item = id.map(|id| read::get(tx, id)).transpose()?.flatten();
        let waits = item.as_ref().filter(|it| {
            matches!(
                it.state,
                OutboxState::Scheduled | OutboxState::Queued | OutboxState::Failed
            )
        });
        let canceled = item
            .as_ref()
            .is_some_and(|it| it.state == OutboxState::Canceled);
        if canceled {
            // It has never happened.
            continue;
        }
        if let Some(item) = waits {
            let act = states::cancel(tx, item.id, now)?;
            conversations.extend(optimism::conversation(tx, &act)?);
            words.extend(drafts::give_back(tx, &act, now)?);
            done = true;
        } else if let Some(act) = opposite {
            conversations.extend(optimism::conversation(tx, &act)?);
            hand_over(tx, vec![act], now, When::Now)?;
            done = true;
        }
    }
    tx.changed(Change::Outbox);
    Ok(if done {
        Undone::Done {
            label,
            drafts: words,
            conversations,
        }
    } else {
        Undone::TooLate { label }
    })
}

/// What takes an act back after it has gone out; worked out before it is shown.
pub(super) fn inverse(tx: &Tx<'_>, act: &Act) -> Result<Option<Act>> {
    Ok(match act {
        Act::MarkChat {
            account,
            chat,
            mark,
            on,
        } => (is_marked(tx, act, *mark)? != Some(*on)).then(|| Act::MarkChat {
            account: account.clone(),
            chat: chat.clone(),
            mark: *mark,
            on: !on,
        }),
        Act::ReadMail {
            account,
            thread,
            mail,
            read,
        } => Some(Act::ReadMail {
            account: account.clone(),
            thread: thread.clone(),
            mail: mail.clone(),
            read: !read,
        }),
        Act::MoveMail {
            account,
            thread,
            mail,
            ..
        }
        | Act::DeleteMail {
            account,
            thread,
            mail,
            for_good: false,
        } => acts::back_to_folder(tx, account, thread, mail)?,
        Act::EditMessage {
            account,
            chat,
            message,
            ..
        } => text_of(tx, message.as_str())?.map(|text| Act::EditMessage {
            account: account.clone(),
            chat: chat.clone(),
            message: message.clone(),
            text,
        }),
        // A reaction cannot be taken away, only replaced by the one before.
        Act::React {
            account,
            chat,
            message,
            ..
        } => own_reaction(tx, message.as_str())?.map(|emoji| Act::React {
            account: account.clone(),
            chat: chat.clone(),
            message: message.clone(),
            emoji,
        }),
        Act::Star {
            account,
            conversation,
            entry,
            on,
        } => Some(Act::Star {
            account: account.clone(),
            conversation: conversation.clone(),
            entry: entry.clone(),
            on: !on,
        }),
        Act::SendMessage(_)
        | Act::StartChat(_)
        | Act::SendEmail(_)
        | Act::ForwardMessage { .. }
        | Act::DeleteMessage { .. }
        | Act::DeleteChat { .. }
        | Act::DeleteMail { .. } => None,
    })
}

fn is_marked(tx: &Tx<'_>, act: &Act, mark: ChatMark) -> Result<Option<bool>> {
    let Some(key) = optimism::conversation(tx, act)? else {
        return Ok(None);
    };
    let query = match mark {
        ChatMark::Read => "SELECT unread = 0 FROM conversations WHERE id = ?1",
        ChatMark::Archived => "SELECT archived FROM conversations WHERE id = ?1",
        ChatMark::Pinned => "SELECT pinned FROM conversations WHERE id = ?1",
        ChatMark::Muted => "SELECT muted_until IS NOT NULL FROM conversations WHERE id = ?1",
    };
    Ok(tx
        .prepare_cached(query)?
        .query_row([key.0], |row| row.get::<_, i64>(0))
        .optional()?
        .map(|it| it != 0))
}

fn text_of(tx: &Tx<'_>, uid: &str) -> Result<Option<String>> {
    Ok(tx
        .prepare_cached("SELECT text FROM messages WHERE uid = ?1 AND text <> ''")?
        .query_row([uid], |row| row.get(0))
        .optional()?)
}

fn own_reaction(tx: &Tx<'_>, uid: &str) -> Result<Option<String>> {
    Ok(tx
        .prepare_cached(
            "SELECT value FROM reactions WHERE own = 1 AND message = (SELECT id FROM messages WHERE uid = ?1)",
        )?
        .query_row([uid], |row| row.get(0))
        .optional()?)
}
