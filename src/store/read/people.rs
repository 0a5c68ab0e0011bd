//! People and how to reach them.

use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::model::inbox::{
    AccountKey, ConversationKey, Handle, HandleKey, PersonKey, StoredPerson,
};
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
            "SELECT id, account, provider_id, name, public_id, headline, is_self, uid FROM handles WHERE person = ?1
             ORDER BY account, provider_id",
        )?
        .query_map([key.0], handle)?
        .collect::<rusqlite::Result<_>>()?)
}

fn handle(row: &Row<'_>) -> rusqlite::Result<Handle> {
    Ok(Handle {
        key: HandleKey(row.get(0)?),
        account: AccountKey(row.get(1)?),
        provider_id: row.get::<_, String>(2)?.into(),
        name: row.get(3)?,
        public_id: row.get(4)?,
        headline: row.get(5)?,
        is_self: row.get(6)?,
        uid: row.get::<_, Option<String>>(7)?.map(Into::into),
    })
}

/// Who is in a conversation, as its account knows them; by name.
pub fn members(db: &Connection, conversation: ConversationKey) -> Result<Vec<Handle>> {
    Ok(db
        .prepare_cached(
            "SELECT h.id, h.account, h.provider_id, h.name, h.public_id, h.headline, h.is_self, h.uid
             FROM members m JOIN handles h ON h.id = m.handle WHERE m.conversation = ?1
             ORDER BY h.is_self, h.name, h.provider_id",
        )?
        .query_map([conversation.0], handle)?
        .collect::<rusqlite::Result<_>>()?)
}

/// Everybody an account knows but its owner: those first who were written with last, the others by name.
pub fn of_account(db: &Connection, account: AccountKey, limit: u32) -> Result<Vec<Handle>> {
    Ok(db
        .prepare_cached(
            "SELECT h.id, h.account, h.provider_id, h.name, h.public_id, h.headline, h.is_self, h.uid
             FROM handles h LEFT JOIN conversations c ON c.account = h.account AND c.other = h.provider_id
             WHERE h.account = ?1 AND h.is_self = 0 AND h.name <> ''
             GROUP BY h.id ORDER BY max(c.sort) DESC, h.name LIMIT ?2",
        )?
        .query_map((account.0, limit), handle)?
        .collect::<rusqlite::Result<_>>()?)
}

/// The people behind a key, such as `phone:33600000000`, or an id: the server's or the network's own.
pub fn with_id(db: &Connection, id: &str, key: Option<&str>) -> Result<Vec<PersonKey>> {
    Ok(db
        .prepare_cached(
            "SELECT person FROM handles WHERE uid = ?1
             UNION SELECT person FROM accounts a JOIN handles h ON h.account = a.id WHERE h.provider_id = ?1
             UNION SELECT id FROM people WHERE key = ?2",
        )?
        .query_map((id, key), |row| row.get(0).map(PersonKey))?
        .collect::<rusqlite::Result<_>>()?)
}

/// Names of all people, a window at a time.
pub fn names_after(
    db: &Connection,
    place: PersonKey,
    limit: u32,
) -> Result<Vec<(PersonKey, String)>> {
    Ok(db
        .prepare_cached("SELECT id, name FROM people WHERE id > ?1 ORDER BY id LIMIT ?2")?
        .query_map((place.0, limit), |row| {
            Ok((PersonKey(row.get(0)?), row.get(1)?))
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
