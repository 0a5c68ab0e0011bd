//! Folders and labels of mailboxes.

use super::{Applied, Stamp, rows};
use crate::model::email::Folder;
use crate::model::words::Spelled as _;
use crate::store::error::Result;
use crate::store::tx::{Change, Tx};

/// Writes all folders of an account; those that are not in the list are gone.
pub fn folders(tx: &Tx<'_>, account: &str, list: &[Folder], stamp: Stamp) -> Result<Applied> {
    let account = rows::account(tx, account)?;
    let mut applied = Applied::default();
    if !rows::is_newest(tx, &format!("folders:{}", account.0), stamp)? {
        return Ok(applied);
    }
    for folder in list {
        applied.changed += tx
            .prepare_cached(
                "INSERT INTO folders (account, uid, name, role, provider_id, mails, stamp)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (account, uid) DO UPDATE SET name = ?3, role = ?4, provider_id = ?5, mails = ?6, gone = 0,
                        stamp = ?7
                 WHERE stamp <= ?7",
            )?
            .execute((
                account.0,
                folder.id.as_str(),
                &folder.name,
                folder.role.to_word(),
                &folder.provider_id,
                folder.mails.and_then(|count| i64::try_from(count).ok()),
                stamp.0,
            ))?;
    }
    applied.changed += tx.execute(
        "UPDATE folders SET gone = 1, stamp = ?2 WHERE account = ?1 AND stamp < ?2 AND gone = 0",
        (account.0, stamp.0),
    )?;
    if applied.changed > 0 {
        tx.changed(Change::Accounts);
    }
    Ok(applied)
}
