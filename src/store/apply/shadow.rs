//! Keeps what the user has just done on screen while the server does not know it yet.
//!
//! An act that changes a stored field ahead of the server leaves a shadow: what the server last said, and what the user
//! made of it. An answer that comes meanwhile changes the shadow and not what is shown.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, ToSql};

use super::index;
use crate::store::error::{Error, Result};
use crate::store::tx::Tx;

/// Fields that acts may change ahead of the server, and how to find the row.
const FIELDS: &[(&str, &str, &[&str])] = &[
    // A chat that two accounts are in has one uid and two rows.
    (
        "conversations",
        "id = ?1",
        &["archived", "pinned", "muted_until", "unread", "gone"],
    ),
    (
        "messages",
        "uid = ?1",
        &["text", "deleted", "edited", "unread", "hidden"],
    ),
    (
        "mails",
        "message = (SELECT id FROM messages WHERE uid = ?1)",
        &["role", "folders"],
    ),
];

/// Changes to a message that make it found by other words.
const SAID: [&str; 3] = ["text", "deleted", "hidden"];

/// Fields that are rows of another table, written as one JSON text: how to read and how to write them. Parameter 1 is
/// the uid, parameter 2 the text.
const LISTS: &[(&str, &str, &str, [&str; 2])] = &[
    (
        "messages",
        "reactions",
        "SELECT json_group_array(json_array(sender, value)) FROM (SELECT sender, value FROM reactions
           WHERE message = (SELECT id FROM messages WHERE uid = ?1) AND own = 1 ORDER BY sender, value)",
        [
            "DELETE FROM reactions WHERE message = (SELECT id FROM messages WHERE uid = ?1) AND own = 1",
            "REPLACE INTO reactions (message, sender, value, own)
             SELECT m.id, it.value ->> 0, it.value ->> 1, 1 FROM messages m, json_each(?2) it WHERE m.uid = ?1",
        ],
    ),
    (
        "mails",
        "places",
        "SELECT json_group_array(folder) FROM (SELECT folder FROM mail_folders
           WHERE message = (SELECT id FROM messages WHERE uid = ?1) ORDER BY folder)",
        [
            "DELETE FROM mail_folders WHERE message = (SELECT id FROM messages WHERE uid = ?1)",
            "INSERT OR IGNORE INTO mail_folders (account, folder, message)
             SELECT c.account, it.value, m.id
             FROM messages m JOIN conversations c ON c.id = m.conversation, json_each(?2) it WHERE m.uid = ?1",
        ],
    ),
];

/// A stored field, as parts of a statement: names never come from outside.
enum Field {
    Column {
        table: &'static str,
        is_row: &'static str,
        column: &'static str,
    },
    List {
        read: &'static str,
        write: [&'static str; 2],
    },
}

/// The field an act changes; an error for one that none may touch.
fn field(entity: &str, name: &str) -> Result<Field> {
    if let Some((.., read, write)) = LISTS
        .iter()
        .find(|(table, list, ..)| *table == entity && *list == name)
    {
        return Ok(Field::List {
            read,
            write: *write,
        });
    }
    FIELDS
        .iter()
        .find(|(table, ..)| *table == entity)
        .and_then(|(table, is_row, names)| {
            let column = names.iter().find(|known| **known == name)?;
            Some(Field::Column {
                table,
                is_row,
                column,
            })
        })
        .ok_or_else(|| Error::unreadable("shadow", format!("{entity}.{name} is no field")))
}

/// What a field holds; `None` when its row is not there.
pub(crate) fn read(tx: &Tx<'_>, entity: &str, row: &str, name: &str) -> Result<Option<Value>> {
    let query = match field(entity, name)? {
        Field::Column {
            table,
            is_row,
            column,
        } => format!("SELECT {column} FROM {table} WHERE {is_row}"),
        Field::List { read, .. } => read.to_owned(),
    };
    Ok(tx
        .prepare_cached(&query)?
        .query_row([row], |found| found.get(0))
        .optional()?)
}

/// Shows another value in a field.
pub(crate) fn write(tx: &Tx<'_>, entity: &str, row: &str, name: &str, value: &Value) -> Result<()> {
    let both: [&dyn ToSql; 2] = [&row, value];
    match field(entity, name)? {
        Field::Column {
            table,
            is_row,
            column,
        } => {
            let statement = format!("UPDATE {table} SET {column} = ?2 WHERE {is_row}");
            tx.prepare_cached(&statement)?.execute(both)?;
        }
        Field::List {
            write: [clear, fill],
            ..
        } => {
            tx.prepare_cached(clear)?.execute([row])?;
            tx.prepare_cached(fill)?.execute(both)?;
        }
    }
    if entity == "messages" && SAID.contains(&name) {
        index::entry_again(tx, row)?;
    }
    Ok(())
}

/// After the server's values were written into a row: notes them in its shadows and shows the user's again.
/// Tells whether there were any.
pub fn overlay(tx: &Tx<'_>, entity: &str, row: &str) -> Result<bool> {
    let shadows: Vec<(String, i64, Value)> = tx
        .prepare_cached(
            "SELECT field, act, after FROM shadows WHERE entity = ?1 AND row = ?2 ORDER BY act",
        )?
        .query_map((entity, row), |found| {
            Ok((found.get(0)?, found.get(1)?, found.get(2)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut noted = BTreeSet::new();
    for (name, act, after) in shadows {
        // Only the first of several acts on one field stands on what the server says.
        if noted.insert(name.clone()) {
            let said = read(tx, entity, row, &name)?;
            tx.prepare_cached(
                "UPDATE shadows SET before = ?5 WHERE entity = ?1 AND row = ?2 AND field = ?3 AND act = ?4",
            )?
            .execute((entity, row, &name, act, said))?;
        }
        write(tx, entity, row, &name, &after)?;
    }
    Ok(!noted.is_empty())
}
