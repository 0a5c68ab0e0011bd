//! Words that are not sent yet. A draft ends when the outbox has its words, or when the user says so; never by being
//! opened.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, ToSql};

use super::{copies, optimism};
use crate::model::act::Act;
use crate::model::outbox::{Draft, DraftBody, DraftKey};
use crate::store::error::{Error, Result};
use crate::store::read::time;
use crate::store::tx::{Change, Tx};

/// Saves words: those of the conversation, those of a draft that has a key, or those of a new one.
pub fn save(
    tx: &Tx<'_>,
    key: Option<DraftKey>,
    body: &DraftBody,
    now: Timestamp,
) -> Result<DraftKey> {
    let text = serde_json::to_string(body).map_err(|error| Error::unreadable("draft", error))?;
    let account = body.account.as_ref().map(AsRef::as_ref);
    let key = match key {
        Some(key) => Some(key),
        None => match &body.conversation {
            Some(uid) => find(tx, account, uid)?,
            None => None,
        },
    };
    let old = match key {
        Some(key) => get(tx, key)?,
        None => None,
    };
    let key = if let (Some(key), Some(_)) = (key, &old) {
        tx.prepare_cached(
                "UPDATE drafts SET conversation = ?2, account = ?3, body = ?4, updated_at = ?5 WHERE id = ?1",
            )?
            .execute((key.0, &body.conversation, account, text, now.as_millisecond()))?;
        key
    } else {
        tx.prepare_cached(
            "INSERT INTO drafts (id, conversation, account, body, created_at, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        )?
        .execute((
            key.map(|key| key.0),
            &body.conversation,
            account,
            text,
            now.as_millisecond(),
        ))?;
        DraftKey(tx.last_insert_rowid())
    };
    if let Some(old) = old {
        mark(tx, &old.body)?;
    }
    mark(tx, body)?;
    Ok(key)
}

/// One draft.
pub fn get(db: &Connection, key: DraftKey) -> Result<Option<Draft>> {
    Ok(select(db, "id = ?1", &[&key.0])?.pop())
}

/// The draft of a conversation.
pub fn of_conversation(db: &Connection, account: &str, uid: &str) -> Result<Option<Draft>> {
    Ok(select(db, "conversation = ?2 AND account = ?1", &[&account, &uid])?.pop())
}

/// All drafts of an account, the latest first.
pub(super) fn of_account(db: &Connection, account: &str) -> Result<Vec<Draft>> {
    select(
        db,
        "account = ?1 ORDER BY updated_at DESC, id DESC",
        &[&account],
    )
}

/// The latest change of a message of a conversation that is not finished.
pub fn change_of(db: &Connection, account: &str, uid: &str) -> Result<Option<Draft>> {
    let mine =
        "conversation IS NULL AND account = ?1 AND json_extract(body, '$.edits.conversation') = ?2
         ORDER BY updated_at DESC, id DESC LIMIT 1";
    Ok(select(db, mine, &[&account, &uid])?.pop())
}

/// Drafts that belong to no conversation, the latest first.
pub fn loose(db: &Connection) -> Result<Vec<Draft>> {
    let loose = "conversation IS NULL AND json_extract(body, '$.edits') IS NULL
         ORDER BY updated_at DESC, id DESC";
    select(db, loose, &[])
}

/// All drafts, the latest first.
pub fn all(db: &Connection) -> Result<Vec<Draft>> {
    select(db, "1 ORDER BY updated_at DESC, id DESC", &[])
}

/// Ends a draft.
pub fn delete(tx: &Tx<'_>, key: DraftKey) -> Result<()> {
    let old = get(tx, key)?;
    tx.prepare_cached("DELETE FROM drafts WHERE id = ?1")?
        .execute([key.0])?;
    old.map_or(Ok(()), |old| mark(tx, &old.body))
}

/// Makes a draft of an act that was taken back. What was being written meanwhile stays below it.
pub fn give_back(tx: &Tx<'_>, act: &Act, now: Timestamp) -> Result<Option<DraftKey>> {
    let Some(mut body) = DraftBody::of(act) else {
        return Ok(None);
    };
    let begun = match &body.conversation {
        Some(uid) => of_conversation(tx, act.account().as_str(), uid)?,
        None => None,
    };
    if let Some(begun) = &begun {
        let parts = [body.text.trim_end(), begun.body.text.as_str()];
        let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
        body.text = parts.collect::<Vec<_>>().join("\n\n");
        body.attachments
            .extend(begun.body.attachments.iter().cloned());
    }
    let key = save(tx, begun.map(|it| it.key), &body, now)?;
    copies::come_back(tx, act, key)?;
    Ok(Some(key))
}

fn find(db: &Connection, account: Option<&str>, uid: &str) -> Result<Option<DraftKey>> {
    Ok(db
        .prepare_cached("SELECT id FROM drafts WHERE conversation = ?2 AND account IS ?1")?
        .query_row((account, uid), |row| row.get(0).map(DraftKey))
        .optional()?)
}

/// Keeps the row of the conversation in step.
fn mark(tx: &Tx<'_>, body: &DraftBody) -> Result<()> {
    tx.changed(Change::Drafts);
    let edited = body.edits.as_ref().map(|it| &it.conversation);
    let (Some(account), Some(uid)) = (&body.account, body.conversation.as_ref().or(edited)) else {
        return Ok(());
    };
    let Some(key) = optimism::find(tx, account.as_str(), uid)? else {
        return Ok(());
    };
    tx.prepare_cached(
        "UPDATE conversations SET has_draft = EXISTS (SELECT 1 FROM drafts WHERE account = ?3 AND (conversation = ?2
            OR conversation IS NULL AND json_extract(body, '$.edits.conversation') = ?2))
         WHERE id = ?1",
    )?
    .execute((key.0, uid, account.as_str()))?;
    tx.changed(Change::Conversation(key));
    Ok(())
}

fn select(db: &Connection, condition: &str, values: &[&dyn ToSql]) -> Result<Vec<Draft>> {
    let query = format!(
        "SELECT id, body, created_at, updated_at, conversation, account FROM drafts WHERE {condition}"
    );
    let rows: Vec<(Draft, String)> = db
        .prepare_cached(&query)?
        .query_map(values, |row| {
            let draft = Draft {
                key: DraftKey(row.get(0)?),
                body: DraftBody {
                    conversation: row.get(4)?,
                    account: row.get::<_, Option<String>>(5)?.map(Into::into),
                    ..DraftBody::default()
                },
                created_at: time(row.get(2)?),
                updated_at: time(row.get(3)?),
            };
            Ok((draft, row.get(1)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    rows.into_iter()
        .map(|(mut draft, text)| {
            let body: DraftBody =
                serde_json::from_str(&text).map_err(|error| Error::unreadable("draft", error))?;
            // A thread may be called otherwise by now.
            draft.body = DraftBody {
                conversation: draft.body.conversation,
                account: draft.body.account,
                ..body
            };
            Ok(draft)
        })
        .collect()
}
