//! What went wrong, counted by kind, for `onebox doctor`.

use jiff::Timestamp;
use rusqlite::Connection;

use crate::model::inbox::AccountKey;
use crate::store::error::Result;
use crate::store::tx::Tx;

/// A kind of trouble and how often it was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Absent where it is about no single account.
    pub account: Option<AccountKey>,
    pub kind: String,
    pub count: u64,
    pub last_at: Timestamp,
    /// The last one, in words.
    pub detail: String,
}

/// Counts a trouble.
pub fn note(
    tx: &Tx<'_>,
    account: Option<AccountKey>,
    kind: &str,
    detail: &str,
    now: Timestamp,
) -> Result<()> {
    let detail: String = detail.chars().take(500).collect();
    tx.prepare_cached(
        "INSERT INTO troubles VALUES (?1, ?2, 1, ?3, ?4)
         ON CONFLICT (account, kind) DO UPDATE SET count = count + 1, last_at = ?3, detail = ?4",
    )?
    .execute((
        account.map_or(0, |it| it.0),
        kind,
        now.as_millisecond(),
        detail,
    ))?;
    Ok(())
}

/// All troubles, the latest first.
pub fn all(db: &Connection) -> Result<Vec<Trouble>> {
    Ok(db
        .prepare_cached("SELECT account, kind, count, last_at, detail FROM troubles ORDER BY last_at DESC, kind")?
        .query_map([], |row| {
            let account: i64 = row.get(0)?;
            let count: i64 = row.get(2)?;
            Ok(Trouble {
                account: (account != 0).then_some(AccountKey(account)),
                kind: row.get(1)?,
                count: u64::try_from(count).unwrap_or(0),
                last_at: Timestamp::from_millisecond(row.get(3)?).unwrap_or(Timestamp::UNIX_EPOCH),
                detail: row.get(4)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?)
}

/// Forgets all that was counted.
pub fn clear(tx: &Tx<'_>) -> Result<()> {
    tx.execute("DELETE FROM troubles", [])?;
    Ok(())
}
