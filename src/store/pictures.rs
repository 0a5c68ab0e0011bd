//! Pictures of people and groups, as the server gave them: small, capped by those who fetch them.

use rusqlite::{Connection, OptionalExtension as _};

use crate::model::inbox::PictureOwner;
use crate::store::error::Result;
use crate::store::tx::{Change, Tx};

fn word(owner: PictureOwner) -> String {
    match owner {
        PictureOwner::Handle(key) => format!("handle:{}", key.0),
        PictureOwner::Conversation(key) => format!("conversation:{}", key.0),
    }
}

/// Stores a picture, or that there is none.
pub fn put(tx: &Tx<'_>, owner: PictureOwner, picture: Option<&[u8]>, now: i64) -> Result<()> {
    tx.prepare_cached("REPLACE INTO pictures (owner, bytes, fetched_at) VALUES (?1, ?2, ?3)")?
        .execute((word(owner), picture, now))?;
    tx.changed(Change::Pictures);
    Ok(())
}

/// The picture of somebody; `None` where there is none, or none yet.
pub fn get(db: &Connection, owner: PictureOwner) -> Result<Option<Vec<u8>>> {
    Ok(db
        .prepare_cached("SELECT bytes FROM pictures WHERE owner = ?1")?
        .query_row([word(owner)], |row| row.get(0))
        .optional()?
        .flatten())
}
