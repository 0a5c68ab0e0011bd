//! Accounts and their folders.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::{count, time};
use crate::model::account::{AccountStatus, Provider};
use crate::model::email::FolderRole;
use crate::model::id::AccountId;
use crate::model::inbox::{AccountKey, FolderKey, StoredAccount, StoredFolder};
use crate::model::words::Spelled as _;
use crate::store::error::Result;

/// All accounts, in the server's order.
pub fn all(db: &Connection) -> Result<Vec<StoredAccount>> {
    Ok(db
        .prepare_cached(
            "SELECT id, uid, provider, name, identity, own_id, status, status_since, has_chats, has_mail, paused,
                    synced_at, coalesce(n.unread, 0)
             FROM accounts
             LEFT JOIN (SELECT account, count(*) AS unread FROM conversations
                        WHERE archived = 0 AND gone = 0 AND unread > 0 GROUP BY account) n ON n.account = accounts.id
             WHERE gone = 0 AND stamp >= 0 ORDER BY position, id",
        )?
        .query_map([], account)?
        .collect::<rusqlite::Result<_>>()?)
}

fn account(row: &Row<'_>) -> rusqlite::Result<StoredAccount> {
    Ok(StoredAccount {
        key: AccountKey(row.get(0)?),
        id: row.get::<_, String>(1)?.into(),
        provider: Provider::from_word(&row.get::<_, String>(2)?),
        name: row.get(3)?,
        identity: row.get(4)?,
        own_id: row.get::<_, Option<String>>(5)?.map(Into::into),
        status: AccountStatus::from_word(&row.get::<_, String>(6)?),
        status_since: time(row.get(7)?),
        has_chats: row.get(8)?,
        has_mail: row.get(9)?,
        paused: row.get(10)?,
        synced_at: row.get::<_, Option<i64>>(11)?.map(time),
        unread: count(row.get(12)?),
    })
}

/// The server's ids of all accounts, those included that are gone or not fetched yet.
pub fn ids(db: &Connection) -> Result<HashMap<AccountKey, AccountId>> {
    Ok(db
        .prepare_cached("SELECT id, uid FROM accounts")?
        .query_map([], |row| {
            Ok((AccountKey(row.get(0)?), row.get::<_, String>(1)?.into()))
        })?
        .collect::<rusqlite::Result<_>>()?)
}

/// The server's id of an account; absent when it is gone.
pub fn id(db: &Connection, account: AccountKey) -> Result<Option<AccountId>> {
    Ok(db
        .prepare_cached("SELECT uid FROM accounts WHERE id = ?1 AND gone = 0 AND stamp >= 0")?
        .query_row([account.0], |row| row.get::<_, String>(0))
        .optional()?
        .map(Into::into))
}

/// The networks of all accounts.
pub fn providers(db: &Connection) -> Result<HashMap<AccountKey, Provider>> {
    Ok(db
        .prepare_cached("SELECT id, provider FROM accounts WHERE gone = 0")?
        .query_map([], |row| {
            let word: String = row.get(1)?;
            Ok((AccountKey(row.get(0)?), Provider::from_word(&word)))
        })?
        .collect::<rusqlite::Result<_>>()?)
}

const FOLDER: &str = "SELECT id, account, uid, name, role, provider_id,
        (SELECT count(DISTINCT m.id) FROM mail_folders f JOIN messages m ON m.id = f.message
         WHERE f.account = folders.account AND f.folder IN (folders.uid, folders.provider_id, '=' || folders.name)
           AND m.unread = 1)
    FROM folders";

/// The folders of an account, those with a role first.
pub fn folders(db: &Connection, account: AccountKey) -> Result<Vec<StoredFolder>> {
    let query = format!(
        "{FOLDER} WHERE account = ?1 AND gone = 0
         ORDER BY role IN ('unknown', ''), instr('inbox starred important drafts sent archive spam trash', role), name"
    );
    Ok(db
        .prepare_cached(&query)?
        .query_map([account.0], as_folder)?
        .collect::<rusqlite::Result<_>>()?)
}

/// One folder.
pub fn folder(db: &Connection, key: FolderKey) -> Result<Option<StoredFolder>> {
    Ok(db
        .prepare_cached(&format!("{FOLDER} WHERE id = ?1"))?
        .query_row([key.0], as_folder)
        .optional()?)
}

fn as_folder(row: &Row<'_>) -> rusqlite::Result<StoredFolder> {
    Ok(StoredFolder {
        key: FolderKey(row.get(0)?),
        account: AccountKey(row.get(1)?),
        uid: row.get(2)?,
        name: row.get(3)?,
        role: FolderRole::from_word(&row.get::<_, String>(4)?),
        provider_id: row.get(5)?,
        unread: count(row.get(6)?),
    })
}

/// The same for each account.
pub fn stored(db: &Connection) -> Result<BTreeMap<AccountKey, (u64, u64)>> {
    Ok(db
        .prepare_cached(
            "SELECT account, count(*), sum((SELECT count(*) FROM messages WHERE conversation = c.id))
             FROM conversations c WHERE gone = 0 GROUP BY account",
        )?
        .query_map([], |row| {
            let totals = (count(row.get(1)?), count(row.get(2)?));
            Ok((AccountKey(row.get(0)?), totals))
        })?
        .collect::<rusqlite::Result<_>>()?)
}

/// How many conversations and how many messages and mails are stored.
pub fn totals(db: &Connection) -> Result<(u64, u64)> {
    Ok(db.query_row(
        "SELECT (SELECT count(*) FROM conversations WHERE gone = 0), (SELECT count(*) FROM messages)",
        [],
        |row| Ok((count(row.get(0)?), count(row.get(1)?))),
    )?)
}
