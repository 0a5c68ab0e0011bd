//! People and how to reach them.

use rusqlite::{Connection, OptionalExtension as _};

use crate::model::inbox::{AccountKey, Handle, HandleKey, PersonKey, StoredPerson};
use crate::store::error::Result;

/// One person with all handles.
pub fn get(db: &Connection, key: PersonKey) -> Result<Option<StoredPerson>> {
    let name = db
        .prepare_cached("SELECT name FROM people WHERE id = ?1")?
        .query_row([key.0], |row| row.get(0))
        .optional()?;
    let Some(name) = name else { return Ok(None) };
    Ok(Some(StoredPerson {
        key,
        name,
        handles: handles(db, key)?,
    }))
}

fn handles(db: &Connection, key: PersonKey) -> Result<Vec<Handle>> {
    Ok(db
        .prepare_cached(
            "SELECT id, account, provider_id, name, public_id, headline, is_self FROM handles WHERE person = ?1
             ORDER BY account, provider_id",
        )?
        .query_map([key.0], |row| {
            Ok(Handle {
                key: HandleKey(row.get(0)?),
                account: AccountKey(row.get(1)?),
                provider_id: row.get::<_, String>(2)?.into(),
                name: row.get(3)?,
                public_id: row.get(4)?,
                headline: row.get(5)?,
                is_self: row.get(6)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?)
}

/// The person behind a handle.
pub fn of_handle(db: &Connection, handle: HandleKey) -> Result<Option<PersonKey>> {
    Ok(db
        .prepare_cached("SELECT person FROM handles WHERE id = ?1")?
        .query_row([handle.0], |row| row.get(0).map(PersonKey))
        .optional()?)
}
