//! Keeps what the user has just done on screen while the server does not know it yet.
//!
//! An act that changes a stored field ahead of the server leaves a shadow: what the server last said, and what the user
//! made of it. An answer that comes meanwhile changes the shadow and not what is shown.

use rusqlite::types::Value;

use crate::store::error::{Error, Result};
use crate::store::tx::Tx;

/// Fields that acts may change ahead of the server, and how to find the row of a uid.
const FIELDS: &[(&str, &str, &[&str])] = &[
    (
        "conversations",
        "uid = ?1",
        &[
            "archived",
            "pinned",
            "muted_until",
            "unread",
            "gone",
            "name",
        ],
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

/// A stored field, as parts of a statement: names never come from outside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) table: &'static str,
    /// Finds the row by its uid, which is parameter 1.
    pub(crate) is_row: &'static str,
    pub(crate) column: &'static str,
}

/// The field an act changes; an error for one that none may touch.
pub(crate) fn field(entity: &str, name: &str) -> Result<Field> {
    FIELDS
        .iter()
        .find(|(table, ..)| *table == entity)
        .and_then(|(table, is_row, names)| {
            let column = names.iter().find(|known| **known == name)?;
            Some(Field {
                table,
                is_row,
                column,
            })
        })
        .ok_or_else(|| Error::unreadable("shadow", format!("{entity}.{name} is no field")))
}

/// After the server's values were written into a row: notes them in its shadows and shows the user's again.
pub fn overlay(tx: &Tx<'_>, entity: &str, uid: &str) -> Result<()> {
    let shadows: Vec<(String, i64, Value)> = tx
        .prepare_cached(
            "SELECT field, act, after FROM shadows WHERE entity = ?1 AND row = ?2 ORDER BY act",
        )?
        .query_map((entity, uid), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut noted: Vec<String> = Vec::new();
    for (name, act, after) in shadows {
        let Field {
            table,
            is_row,
            column,
        } = field(entity, &name)?;
        // Only the first of several acts on one field stands on what the server says.
        if !noted.contains(&name) {
            tx.execute(
                &format!(
                    "UPDATE shadows SET before = (SELECT {column} FROM {table} WHERE {is_row})
                     WHERE entity = ?2 AND row = ?1 AND field = ?3 AND act = ?4"
                ),
                (uid, entity, &name, act),
            )?;
            noted.push(name);
        }
        tx.execute(
            &format!("UPDATE {table} SET {column} = ?2 WHERE {is_row}"),
            (uid, after),
        )?;
    }
    Ok(())
}
