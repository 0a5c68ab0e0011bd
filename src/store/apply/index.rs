//! Keeps the index of words in step with what is stored.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension as _;

use super::messages::Known;
use crate::model::inbox::{ConversationKey, EntryKey, PersonKey};
use crate::store::error::Result;
use crate::store::search::index_text;
use crate::store::tx::Tx;

/// What a page changes in the index of words. FTS5 begins a new piece of its file whenever a row comes before the last
/// one, and pages run from the newest to the oldest, so all of a page is written at its end, in order.
#[derive(Default)]
pub(super) struct Words {
    entries: BTreeMap<EntryKey, Option<Columns>>,
}

/// The folded words of an entry.
struct Columns {
    text: String,
    subject: String,
    files: String,
    known: Known,
}

impl Words {
    /// Puts the words of an entry into the index.
    pub(super) fn put<'a>(
        &mut self,
        key: EntryKey,
        known: Known,
        text: &str,
        subject: Option<&str>,
        files: impl Iterator<Item = &'a str>,
    ) {
        let mut columns = Columns {
            text: String::with_capacity(text.len()),
            subject: String::new(),
            files: String::new(),
            known,
        };
        index_text(text, &mut columns.text);
        index_text(subject.unwrap_or_default(), &mut columns.subject);
        for name in files {
            index_text(name, &mut columns.files);
        }
        self.entries.insert(key, Some(columns));
    }

    /// Takes an entry out of it.
    pub(super) fn forget(&mut self, key: EntryKey) {
        self.entries.insert(key, None);
    }

    /// Puts the words of an entry into it as they are stored now.
    pub(super) fn put_again(&mut self, tx: &Tx<'_>, uid: &str) -> Result<()> {
        type Row = (i64, String, Option<String>, bool);
        let found: Option<Row> = tx
            .prepare_cached(
                "SELECT id, text, subject, deleted OR hidden FROM messages WHERE uid = ?1",
            )?
            .query_row([uid], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .optional()?;
        let Some((id, text, subject, is_away)) = found else {
            return Ok(());
        };
        if is_away {
            self.forget(EntryKey(id));
            return Ok(());
        }
        let files: Vec<String> = tx
            .prepare_cached(
                "SELECT ifnull(name, '') FROM attachments WHERE message = ?1 ORDER BY position",
            )?
            .query_map([id], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let files = files.iter().map(String::as_str);
        self.put(EntryKey(id), Known::Older, &text, subject.as_deref(), files);
        Ok(())
    }

    pub(super) fn write(self, tx: &Tx<'_>) -> Result<()> {
        for (key, columns) in self.entries {
            if columns.as_ref().is_none_or(|it| it.known != Known::Not) {
                forget_entry(tx, key)?;
            }
            let Some(it) = columns else { continue };
            if !(it.text.is_empty() && it.subject.is_empty() && it.files.is_empty()) {
                tx.prepare_cached(
                    "INSERT INTO words (rowid, text, subject, files) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute((key.0, it.text, it.subject, it.files))?;
            }
        }
        Ok(())
    }
}

/// Puts the words of an entry into the index again, as they are stored now.
pub(super) fn entry_again(tx: &Tx<'_>, uid: &str) -> Result<()> {
    let mut words = Words::default();
    words.put_again(tx, uid)?;
    words.write(tx)
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
