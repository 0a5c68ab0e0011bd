//! Takes back what the user did last: before it has gone out it is canceled, afterwards the opposite is done.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::OptionalExtension as _;

use super::submit::{When, hand_over};
use super::{acts, drafts, optimism, read, states};
use crate::model::act::{Act, ChatMark};
use crate::model::inbox::ConversationKey;
use crate::model::outbox::{DraftKey, OutboxId, OutboxState};
use crate::store::error::{Error, Result};
use crate::store::read::time;
use crate::store::tx::{Change, Tx};

/// How long what was done can be taken back.
pub const UNDOABLE: Duration = Duration::from_secs(10);

/// How far taking back reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Nothing that was done before this.
    pub since: Timestamp,
    /// How long words can be taken back, where that is longer than for everything else.
    pub words: Duration,
}

impl Reach {
    /// Whether something is still within reach that was done at that time.
    fn has(&self, at: Timestamp, written: bool, now: Timestamp) -> bool {
        let longest = if written {
            self.words.max(UNDOABLE)
        } else {
            UNDOABLE
        };
        at >= self.since && now.duration_since(at).unsigned_abs() <= longest
    }
}

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

/// Something that was done in one stroke.
struct Stroke {
    id: i64,
    label: String,
    acts: Vec<Option<OutboxId>>,
    inverse: Vec<Option<Act>>,
}

/// What was done last and can be reached.
fn last(tx: &Tx<'_>, reach: &Reach, now: Timestamp) -> Result<Option<Stroke>> {
    type Row = (i64, i64, String, String, String);
    let mut query = tx.prepare_cached(
        "SELECT id, at, label, acts, inverse FROM undo WHERE used = 0 AND at >= ?1 ORDER BY id DESC",
    )?;
    let rows: Vec<Row> = query
        .query_map([reach.since.as_millisecond()], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let json = |problem| Error::unreadable("undo", problem);
    for (id, at, label, acts, inverse) in rows {
        let at = time(at);
        if !reach.has(at, true, now) {
            continue;
        }
        let acts: Vec<Option<OutboxId>> = serde_json::from_str(&acts).map_err(json)?;
        let mut written = false;
        for act in acts.iter().flatten() {
            written |= read::get(tx, *act)?.is_some_and(|it| it.act.is_written());
        }
        if reach.has(at, written, now) {
            let inverse = serde_json::from_str(&inverse).map_err(json)?;
            return Ok(Some(Stroke {
                id,
                label,
                acts,
                inverse,
            }));
        }
    }
    Ok(None)
}

/// Takes back what the user did last.
pub fn undo(tx: &Tx<'_>, reach: &Reach, now: Timestamp) -> Result<Undone> {
    let Some(stroke) = last(tx, reach, now)? else {
        return Ok(Undone::Nothing);
    };
    let Stroke {
        id: entry,
        label,
        acts: ids,
        inverse,
    } = stroke;
    tx.prepare_cached("UPDATE undo SET used = 1 WHERE id = ?1")?
        .execute([entry])?;
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
