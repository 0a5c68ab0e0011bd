//! Shows an act before the server knows of it, and takes that back when the server refuses.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, params};
use serde_json::json;

use super::moves;
use crate::model::act::{Act, ChatMark};
use crate::model::inbox::ConversationKey;
use crate::model::outbox::OutboxId;
use crate::store::apply::{self, Stamp, shadow};
use crate::store::error::{Error, Result};
use crate::store::tx::{Change, Tx};

/// One field and what the user makes of it.
struct Wish {
    entity: &'static str,
    row: String,
    field: &'static str,
    after: Value,
}

impl Wish {
    fn new(entity: &'static str, row: &str, field: &'static str, after: impl Into<Value>) -> Self {
        Self {
            entity,
            row: row.to_owned(),
            field,
            after: after.into(),
        }
    }
}

/// Shows what an act makes of the store; the server's values are kept beside it.
pub(super) fn show(tx: &Tx<'_>, id: OutboxId, act: &Act) -> Result<()> {
    for wish in wishes(tx, act)? {
        let Wish {
            entity,
            row,
            field,
            after,
        } = wish;
        let Some(shown) = shadow::read(tx, entity, &row, field)? else {
            continue;
        };
        let known: Vec<(i64, Value)> = tx
            .prepare_cached(
                "SELECT act, before FROM shadows WHERE entity = ?1 AND row = ?2 AND field = ?3 ORDER BY act",
            )?
            .query_map(params![entity, row, field], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        if known.iter().any(|(act, _)| *act == id.0) {
            continue;
        }
        // An act that is tried again stands before those that came after it.
        let before = match known.first() {
            Some((first, said)) if *first > id.0 => said.clone(),
            _ => shown,
        };
        tx.prepare_cached(
            "INSERT INTO shadows (act, entity, row, field, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![id.0, entity, row, field, before, after])?;
        if known.last().is_none_or(|(last, _)| *last < id.0) {
            shadow::write(tx, entity, &row, field, &after)?;
        }
    }
    Ok(())
}

/// The server has taken the act: what is shown is the truth now. Answers that were asked for before are older.
pub(super) fn confirm(tx: &Tx<'_>, id: OutboxId, stamp: Stamp) -> Result<()> {
    for (entity, row, field, _, after) in shadows(tx, id)? {
        let open: Option<Value> = tx
            .prepare_cached(
                "SELECT after FROM shadows WHERE entity = ?1 AND row = ?2 AND field = ?3 AND act <> ?4
                 ORDER BY act DESC LIMIT 1",
            )?
            .query_row(params![entity, row, field, id.0], |row| row.get(0))
            .optional()?;
        tx.prepare_cached(
            "UPDATE shadows SET before = ?4 WHERE entity = ?1 AND row = ?2 AND field = ?3
               AND act = (SELECT min(act) FROM shadows WHERE entity = ?1 AND row = ?2 AND field = ?3 AND act <> ?5)",
        )?
        .execute(params![entity, row, field, after, id.0])?;
        // The same answer as before would now be another one.
        let statement = if entity == "conversations" {
            "UPDATE conversations SET stamp = max(stamp, ?2) WHERE id = ?1 AND stamp >= 0"
        } else {
            "UPDATE messages SET stamp = max(stamp, ?2), digest = 0 WHERE uid = ?1"
        };
        tx.prepare_cached(statement)?.execute((&row, stamp.0))?;
        // What the user wants beyond that goes on being shown.
        shadow::write(tx, &entity, &row, &field, open.as_ref().unwrap_or(&after))?;
    }
    forget(tx, id)
}

/// The act has not happened: shows again what the server says, or what a later act makes of it.
pub(super) fn take_back(tx: &Tx<'_>, id: OutboxId) -> Result<()> {
    for (entity, row, field, before, _) in shadows(tx, id)? {
        let others: Vec<(i64, Value)> = tx
            .prepare_cached(
                "SELECT act, after FROM shadows WHERE entity = ?1 AND row = ?2 AND field = ?3 AND act <> ?4 ORDER BY act",
            )?
            .query_map(params![entity, row, field, id.0], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        if let Some((first, _)) = others.first().filter(|(first, _)| *first > id.0) {
            tx.prepare_cached(
                "UPDATE shadows SET before = ?5 WHERE entity = ?1 AND row = ?2 AND field = ?3 AND act = ?4",
            )?
            .execute(params![entity, row, field, first, before])?;
        }
        let shown = others.last().map_or(&before, |(_, after)| after);
        shadow::write(tx, &entity, &row, &field, shown)?;
    }
    forget(tx, id)
}

fn forget(tx: &Tx<'_>, id: OutboxId) -> Result<()> {
    tx.prepare_cached("DELETE FROM shadows WHERE act = ?1")?
        .execute([id.0])?;
    Ok(())
}

type Shadow = (String, String, String, Value, Value);

fn shadows(tx: &Tx<'_>, id: OutboxId) -> Result<Vec<Shadow>> {
    Ok(tx
        .prepare_cached("SELECT entity, row, field, before, after FROM shadows WHERE act = ?1")?
        .query_map([id.0], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })?
        .collect::<rusqlite::Result<_>>()?)
}

/// Does what only this machine knows of; tells whether that was all.
pub(super) fn stays_here(tx: &Tx<'_>, act: &Act) -> Result<bool> {
    let Act::Star { entry, on, .. } = act else {
        return Ok(false);
    };
    if let Some(entry) = entry {
        tx.prepare_cached("UPDATE messages SET starred = ?2 WHERE uid = ?1")?
            .execute((entry.as_str(), on))?;
    } else {
        let key = conversation(tx, act)?.ok_or(Error::Missing {
            what: "conversation",
        })?;
        tx.prepare_cached(
            "INSERT INTO settings (conversation, starred) VALUES (?1, ?2)
             ON CONFLICT (conversation) DO UPDATE SET starred = ?2",
        )?
        .execute((key.0, on))?;
    }
    touch(tx, act)?;
    Ok(true)
}

/// Works out the row of the conversation anew.
pub(super) fn touch(tx: &Tx<'_>, act: &Act) -> Result<()> {
    if let Some(key) = conversation(tx, act)? {
        apply::refresh(tx, key)?;
        tx.changed(Change::Conversation(key));
    }
    Ok(())
}

/// The conversation in which an act happens, where it is stored.
pub(super) fn conversation(tx: &Tx<'_>, act: &Act) -> Result<Option<ConversationKey>> {
    // Threads are called otherwise when they grow together; their mails stay.
    let entry = match act {
        Act::ReadMail { mail, .. } | Act::MoveMail { mail, .. } | Act::DeleteMail { mail, .. } => {
            Some(mail.as_str())
        }
        Act::Star { entry, .. } => entry.as_ref().map(AsRef::as_ref),
        _ => None,
    };
    let by_entry: Option<i64> = match entry {
        Some(uid) => tx
            .prepare_cached("SELECT conversation FROM messages WHERE uid = ?1")?
            .query_row([uid], |row| row.get(0))
            .optional()?,
        None => None,
    };
    if by_entry.is_some() {
        return Ok(by_entry.map(ConversationKey));
    }
    let Some(uid) = act.conversation() else {
        return Ok(None);
    };
    find(tx, act.account().as_str(), uid)
}

/// The conversation of a uid as one account has it.
pub(super) fn find(tx: &Tx<'_>, account: &str, uid: &str) -> Result<Option<ConversationKey>> {
    Ok(tx
        .prepare_cached(
            "SELECT id FROM conversations WHERE uid = ?2 AND account = (SELECT id FROM accounts WHERE uid = ?1)",
        )?
        .query_row((account, uid), |row| row.get(0).map(ConversationKey))
        .optional()?)
}

fn wishes(tx: &Tx<'_>, act: &Act) -> Result<Vec<Wish>> {
    Ok(match act {
        Act::React { message, emoji, .. } => {
            let own: Option<String> = tx
                .prepare_cached("SELECT own_id FROM accounts WHERE uid = ?1")?
                .query_row([act.account().as_str()], |row| row.get(0))
                .optional()?
                .flatten();
            let list = json!([[own.unwrap_or_default(), emoji]]).to_string();
            vec![Wish::new("messages", message.as_str(), "reactions", list)]
        }
        Act::EditMessage { message, text, .. } => vec![
            Wish::new("messages", message.as_str(), "text", text.clone()),
            Wish::new("messages", message.as_str(), "edited", true),
        ],
        Act::DeleteMessage { message, .. } => vec![
            Wish::new("messages", message.as_str(), "text", String::new()),
            Wish::new("messages", message.as_str(), "deleted", true),
        ],
        Act::MarkChat { mark, on, .. } => mark_chat(tx, act, *mark, *on)?,
        Act::DeleteChat { .. } => on_row(tx, act, "gone", true)?,
        Act::ReadMail { mail, read, .. } => {
            vec![Wish::new("messages", mail.as_str(), "unread", !*read)]
        }
        Act::MoveMail {
            mail,
            folders,
            role,
            ..
        } => {
            let mails = if moves::has_labels(tx, act.account())? {
                moves::companions(tx, mail.as_str())?
            } else {
                vec![mail.to_string()]
            };
            let mut wishes = Vec::new();
            for mail in mails {
                wishes.extend(lie_in(tx, act, &mail, folders, role)?);
            }
            wishes
        }
        Act::DeleteMail {
            mail,
            for_good: true,
            ..
        } => vec![Wish::new("messages", mail.as_str(), "hidden", true)],
        Act::DeleteMail { mail, .. } => match super::acts::folder(tx, act.account(), "trash")? {
            Some(name) => lie_in(tx, act, mail.as_str(), &[name], "trash")?,
            None => vec![Wish::new(
                "mails",
                mail.as_str(),
                "role",
                "trash".to_owned(),
            )],
        },
        Act::SendMessage(_)
        | Act::StartChat(_)
        | Act::SendEmail(_)
        | Act::ForwardMessage { .. }
        | Act::Star { .. } => Vec::new(),
    })
}

fn mark_chat(tx: &Tx<'_>, act: &Act, mark: ChatMark, on: bool) -> Result<Vec<Wish>> {
    match mark {
        ChatMark::Archived => on_row(tx, act, "archived", on),
        ChatMark::Pinned => on_row(tx, act, "pinned", on),
        ChatMark::Muted => on_row(
            tx,
            act,
            "muted_until",
            if on { Value::Integer(-1) } else { Value::Null },
        ),
        ChatMark::Read if on => on_row(tx, act, "unread", 0),
        ChatMark::Read => {
            let Some(key) = conversation(tx, act)? else {
                return Ok(Vec::new());
            };
            let unread: i64 = tx.query_row(
                "SELECT max(unread, 1) FROM conversations WHERE id = ?1",
                [key.0],
                |row| row.get(0),
            )?;
            on_row(tx, act, "unread", unread)
        }
    }
}

fn on_row(
    tx: &Tx<'_>,
    act: &Act,
    field: &'static str,
    after: impl Into<Value>,
) -> Result<Vec<Wish>> {
    let key = conversation(tx, act)?;
    Ok(key
        .map(|key| Wish::new("conversations", &key.0.to_string(), field, after))
        .into_iter()
        .collect())
}

/// A mail in other folders: its role, their names, and the folders' own lists.
fn lie_in(tx: &Tx<'_>, act: &Act, mail: &str, folders: &[String], role: &str) -> Result<Vec<Wish>> {
    let mut places = Vec::with_capacity(folders.len());
    for name in folders {
        // Folders that the server tells by uid are counted by uid.
        let by_uid: Option<String> = tx
            .prepare_cached(
                "SELECT uid FROM folders WHERE account = (SELECT id FROM accounts WHERE uid = ?1) AND name = ?2 AND gone = 0
                   AND EXISTS (SELECT 1 FROM mail_folders WHERE account = folders.account AND folder NOT LIKE '=%')",
            )?
            .query_row((act.account().as_str(), name), |row| row.get(0))
            .optional()?;
        places.push(by_uid.unwrap_or_else(|| format!("={name}")));
    }
    places.sort_unstable();
    Ok(vec![
        Wish::new("mails", mail, "role", role.to_owned()),
        Wish::new("mails", mail, "folders", json!(folders).to_string()),
        Wish::new("mails", mail, "places", json!(places).to_string()),
    ])
}
