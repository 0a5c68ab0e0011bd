//! Keeps the index of words in step with what is stored.

use rusqlite::OptionalExtension as _;

use super::messages::Known;
use crate::model::inbox::{ConversationKey, EntryKey, PersonKey};
use crate::store::error::Result;
use crate::store::search::index_text;
use crate::store::tx::Tx;

/// Puts the words of an entry into the index.
pub(super) fn entry<'a>(
    tx: &Tx<'_>,
    key: EntryKey,
    known: Known,
    text: &str,
    subject: Option<&str>,
    files: impl Iterator<Item = &'a str>,
) -> Result<()> {
    if known != Known::Not {
        forget_entry(tx, key)?;
    }
    let (mut words, mut head, mut names) = (String::new(), String::new(), String::new());
    index_text(text, &mut words);
    index_text(subject.unwrap_or_default(), &mut head);
    for name in files {
        index_text(name, &mut names);
        names.push(' ');
    }
    if words.is_empty() && head.is_empty() && names.is_empty() {
        return Ok(());
    }
    tx.prepare_cached("INSERT INTO words (rowid, text, subject, files) VALUES (?1, ?2, ?3, ?4)")?
        .execute((key.0, words, head, names))?;
    Ok(())
}

/// Puts the words of an entry into the index again, as they are stored now.
pub(super) fn entry_again(tx: &Tx<'_>, uid: &str) -> Result<()> {
    type Row = (i64, String, Option<String>, bool);
    let found: Option<Row> = tx
        .prepare_cached("SELECT id, text, subject, deleted OR hidden FROM messages WHERE uid = ?1")?
        .query_row([uid], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((id, text, subject, is_away)) = found else {
        return Ok(());
    };
    if is_away {
        return forget_entry(tx, EntryKey(id));
    }
    let files: Vec<String> = tx
        .prepare_cached(
            "SELECT ifnull(name, '') FROM attachments WHERE message = ?1 ORDER BY position",
        )?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let files = files.iter().map(String::as_str);
    entry(
        tx,
        EntryKey(id),
        Known::Older,
        &text,
        subject.as_deref(),
        files,
    )
}

pub(super) fn forget_entry(tx: &Tx<'_>, key: EntryKey) -> Result<()> {
    tx.prepare_cached("DELETE FROM words WHERE rowid = ?1")?
        .execute([key.0])?;
    Ok(())
}

pub(super) fn person(tx: &Tx<'_>, key: PersonKey, name: &str) -> Result<()> {
    put_name(tx, key.0.saturating_mul(2), name)
}

pub(super) fn forget_person(tx: &Tx<'_>, key: PersonKey) -> Result<()> {
    put_name(tx, key.0.saturating_mul(2), "")
}

pub(super) fn conversation(tx: &Tx<'_>, key: ConversationKey, name: &str) -> Result<()> {
    put_name(tx, key.0.saturating_mul(2).saturating_add(1), name)
}

fn put_name(tx: &Tx<'_>, row: i64, name: &str) -> Result<()> {
    tx.prepare_cached("DELETE FROM names WHERE rowid = ?1")?
        .execute([row])?;
    let mut words = String::new();
    index_text(name, &mut words);
    if !words.is_empty() {
        tx.prepare_cached("INSERT INTO names (rowid, name) VALUES (?1, ?2)")?
            .execute((row, words))?;
    }
    Ok(())
}

/// Whether a text holds a link.
pub(super) fn has_link(text: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| {
        text.match_indices(start).any(|(at, _)| {
            let rest = text.get(at + start.len()..).unwrap_or_default();
            rest.chars().next().is_some_and(char::is_alphanumeric)
        })
    })
}
