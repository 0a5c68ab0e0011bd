//! The number of the last request, so that the next process goes on counting.

use rusqlite::{Connection, OptionalExtension as _};

use crate::store::apply::Stamp;
use crate::store::error::Result;
use crate::store::tx::Tx;

/// The highest stamp that has been given out.
pub fn stored_stamp(db: &Connection) -> Result<Stamp> {
    let text: Option<String> = db
        .prepare_cached("SELECT value FROM meta WHERE key = 'stamp'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(Stamp(text.and_then(|text| text.parse().ok()).unwrap_or(0)))
}

/// Notes that stamps up to this one may have been given out.
pub fn raise_stamp(tx: &Tx<'_>, to: Stamp) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO meta VALUES ('stamp', ?1)
         ON CONFLICT (key) DO UPDATE SET value = ?1 WHERE CAST(value AS INTEGER) < CAST(?1 AS INTEGER)",
    )?
    .execute([to.0.to_string()])?;
    Ok(())
}
