//! The linked accounts.

use jiff::Timestamp;
use rusqlite::OptionalExtension as _;

use super::{Applied, Stamp, rows};
use crate::model::account::{Account, Connection, Provider};
use crate::model::inbox::{AccountKey, ConversationKey};
use crate::model::words::Spelled as _;
use crate::store::error::Result;
use crate::store::tx::{Change, Tx};

/// Writes the list of accounts; when it is the whole list, those that are not in it are gone.
pub fn accounts(
    tx: &Tx<'_>,
    list: &[Account],
    whole: bool,
    stamp: Stamp,
    now: Timestamp,
) -> Result<Applied> {
    let mut applied = Applied::default();
    if whole {
        rows::is_newest(tx, "accounts", stamp)?;
    }
    for (position, account) in list.iter().enumerate() {
        one(tx, account, position, stamp, now, &mut applied)?;
    }
    // Only the newest whole list says who is there; who was named in an older one alone is gone.
    applied.changed += tx.execute(
        "UPDATE accounts SET gone = 1, stamp = ?1 WHERE stamp < ?1 AND stamp >= 0 AND gone = 0",
        [rows::newest(tx, "accounts")?.0],
    )?;
    if applied.new + applied.changed > 0 {
        tx.changed(Change::Accounts);
    }
    Ok(applied)
}

fn one(
    tx: &Tx<'_>,
    account: &Account,
    position: usize,
    stamp: Stamp,
    now: Timestamp,
    applied: &mut Applied,
) -> Result<()> {
    let key = rows::account(tx, account.id.as_str())?;
    let status = account.status().to_word();
    let (old_status, old_stamp, old_provider): (String, i64, String) = tx
        .prepare_cached("SELECT status, stamp, provider FROM accounts WHERE id = ?1")?
        .query_row([key.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    if old_stamp > stamp.0 {
        return Ok(());
    }
    let (has_chats, has_mail) = holds(account);
    let (own_id, identity) = identity(account);
    let signatures: Vec<_> = account
        .signatures
        .iter()
        .map(|it| (&it.title, &it.content))
        .collect();
    let changed = tx
        .prepare_cached(
            "UPDATE accounts SET provider = ?2, name = ?3, identity = ?4, own_id = ?5, status = ?6,
                    created_at = ?7, has_chats = ?8, has_mail = ?9, signatures = ?10, position = ?11, gone = 0
             WHERE id = ?1 AND (provider, name, identity, own_id, status, created_at, has_chats, has_mail, signatures,
                                position, gone) IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0)",
        )?
        .execute((
            key.0,
            account.provider.to_word(),
            &account.name,
            identity,
            &own_id,
            &status,
            account.created_at.map(Timestamp::as_millisecond),
            has_chats,
            has_mail,
            serde_json::to_string(&signatures).unwrap_or_else(|_| "[]".to_owned()),
            i64::try_from(position).unwrap_or(i64::MAX),
        ))?;
    tx.prepare_cached("UPDATE accounts SET stamp = ?2 WHERE id = ?1")?
        .execute((key.0, stamp.0))?;
    if old_status != status || old_stamp < 0 {
        tx.prepare_cached("UPDATE accounts SET status_since = ?2 WHERE id = ?1")?
            .execute((key.0, now.as_millisecond()))?;
    }
    if old_provider != account.provider.to_word() {
        // What makes two handles one person depends on the network.
        super::handles::regroup(tx, key)?;
    }
    if let Some(own_id) = own_id {
        own_handle(tx, key.0, &own_id)?;
    }
    if old_stamp < 0 {
        applied.new += 1;
    } else {
        applied.changed += changed;
    }
    Ok(())
}

/// The owner is one of the people.
fn own_handle(tx: &Tx<'_>, account: i64, own_id: &str) -> Result<()> {
    let known: Option<i64> = tx
        .prepare_cached(
            "SELECT id FROM handles WHERE account = ?1 AND provider_id = ?2 AND is_self = 1",
        )?
        .query_row((account, own_id), |row| row.get(0))
        .optional()?;
    if known.is_none() {
        let handle = super::handles::mention(tx, AccountKey(account), own_id)?;
        tx.execute("UPDATE handles SET is_self = 1 WHERE id = ?1", [handle.0])?;
        // Mails that came before were taken for somebody else's.
        let mut mine = tx.prepare(
            "UPDATE messages SET own = 1, unread = 0 WHERE sender = ?1 AND own = 0 AND is_mail = 1 RETURNING conversation",
        )?;
        let touched: std::collections::BTreeSet<i64> = mine
            .query_map([handle.0], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for conversation in touched {
            super::refresh(tx, ConversationKey(conversation))?;
        }
    }
    Ok(())
}

/// Whether an account has chats and whether it has mails.
fn holds(account: &Account) -> (bool, bool) {
    match account.provider {
        Provider::Linkedin
        | Provider::Whatsapp
        | Provider::Telegram
        | Provider::Instagram
        | Provider::Messenger
        | Provider::Twitter
        | Provider::Slack
        | Provider::Mobile => (true, false),
        Provider::Imap | Provider::Icloud | Provider::Exchange => (false, true),
        Provider::Google | Provider::Outlook => (
            false,
            !matches!(&account.connection, Connection::Cloud { mail: None, .. }),
        ),
        Provider::GoogleCalendar => (false, false),
        // Nobody knows: ask for both, and take a refusal for an answer.
        Provider::Other(_) => (true, true),
    }
}

/// The owner's own id at the network, and what they are called there.
fn identity(account: &Account) -> (Option<String>, Option<String>) {
    match &account.connection {
        Connection::Linkedin(login) => (
            login.id.clone(),
            login
                .public_identifier
                .clone()
                .or_else(|| login.username.clone()),
        ),
        Connection::Whatsapp { phone_number } => (
            phone_number
                .as_ref()
                .map(|number| format!("{}@s.whatsapp.net", number.trim_start_matches('+'))),
            phone_number.clone(),
        ),
        Connection::Messaging(login) => (login.id.clone(), login.username.clone()),
        Connection::Slack(login) => (login.user_id.clone(), login.user.clone()),
        Connection::Mailbox(servers) => {
            let user = servers
                .imap_user
                .clone()
                .or_else(|| servers.smtp_user.clone());
            (user.as_deref().map(str::to_lowercase), user)
        }
        Connection::Cloud { mail, .. } => {
            let user = mail.as_ref().and_then(|login| login.username.clone());
            let user = user.or_else(|| account.name.contains('@').then(|| account.name.clone()));
            (user.as_deref().map(str::to_lowercase), user)
        }
        Connection::Phone { messages, .. } => {
            let number = messages.as_ref().and_then(|sim| sim.phone_number.clone());
            (number.clone(), number)
        }
        Connection::Calendar { .. } | Connection::Other { .. } => (None, None),
    }
}
