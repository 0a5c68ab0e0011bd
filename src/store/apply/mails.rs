//! Mails. Their heads follow the newest answer; text and files follow the newest answer that had them, since lists may
//! leave them out.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::json;

use super::messages::{Known, digest, place};
use super::rows::Rows;
use super::{Applied, Stamp, handles, index, shadow, threads};
use crate::model::email::{Address, Email, Extent, FolderRole, Origin};
use crate::model::inbox::{AccountKey, ConversationKey, EntryKey, HandleKey};
use crate::model::words::Spelled as _;
use crate::store::error::Result;
use crate::store::outbox;
use crate::store::tx::Tx;

/// Writes a page of mails.
pub fn mails(tx: &Tx<'_>, page: &[Email], stamp: Stamp) -> Result<Applied> {
    let mut rows = Rows::new(tx, stamp)?;
    let mut applied = Applied::default();
    for mail in page {
        if !rows.is_gone(mail.id.as_str())? {
            one(&mut rows, mail, &mut applied)?;
        }
    }
    rows.finish()?;
    outbox::sighted_mails(tx, page)?;
    Ok(applied)
}

fn one(rows: &mut Rows<'_>, mail: &Email, applied: &mut Applied) -> Result<()> {
    let tx = rows.tx;
    let account = rows.account(mail.account_id.as_str())?;
    let at = mail.date.as_millisecond();
    let known_body = body_stamp(tx, mail.id.as_str())?;
    let brings_body = has_body(mail) && known_body.is_none_or(|old| old <= rows.stamp.0);
    let (key, known) = place(rows, mail.id.as_str(), mail.date, digest(mail))?;
    match known {
        Known::Same => {
            if brings_body {
                tx.prepare_cached("UPDATE mails SET body_stamp = ?2 WHERE message = ?1")?
                    .execute((key.0, rows.stamp.0))?;
            }
            return Ok(());
        }
        Known::Newer => {
            if brings_body && known_body != Some(rows.stamp.0) {
                body(rows, key, mail)?;
                // Only an answer with a body names all that it answers.
                if !mail.headers.is_empty() {
                    let (_, merged) = threads::conversation(tx, account, mail)?;
                    rows.touched.retain(|key| !merged.contains(key));
                }
                rows.touched.insert(conversation_of(tx, key)?);
            }
            return Ok(());
        }
        Known::Not | Known::Older => {}
    }
    let people = correspondents(tx, account, mail, at)?;
    let sender = mail.from.as_ref().and(people.first().copied());
    let (conversation, merged) = threads::conversation(tx, account, mail)?;
    let named = named(tx, key)?;
    if known == Known::Older {
        rows.leaves(key, conversation)?;
    }
    head(tx, key, mail, conversation, sender, rows.stamp)?;
    for handle in &people {
        tx.prepare_cached("INSERT OR IGNORE INTO members VALUES (?1, ?2)")?
            .execute((conversation.0, handle.0))?;
    }
    if known == Known::Older && named != self::named(tx, key)? {
        regroup(tx, conversation)?;
    }
    in_folders(tx, account, key, mail)?;
    if brings_body {
        body(rows, key, mail)?;
    } else {
        reindex(rows, key, mail.id.as_str())?;
    }
    if known == Known::Not {
        applied.new += 1;
    } else {
        applied.changed += 1;
        if shadow::overlay(tx, "messages", mail.id.as_str())? {
            rows.words.put_again(tx, mail.id.as_str())?;
        }
        shadow::overlay(tx, "mails", mail.id.as_str())?;
    }
    rows.touched.retain(|key| !merged.contains(key));
    rows.touched.insert(conversation);
    Ok(())
}

/// Whether an answer holds the text of a mail and its files.
fn has_body(mail: &Email) -> bool {
    match &mail.extent {
        Some(Extent::Full) => true,
        Some(Extent::Reference | Extent::Metadata) => false,
        Some(Extent::Other(_)) | None => mail.body.is_some() || mail.body_plain.is_some(),
    }
}

fn body_stamp(tx: &Tx<'_>, uid: &str) -> Result<Option<i64>> {
    Ok(rusqlite::OptionalExtension::optional(
        tx.prepare_cached(
            "SELECT body_stamp FROM mails WHERE message = (SELECT id FROM messages WHERE uid = ?1)",
        )?
        .query_row([uid], |row| row.get(0)),
    )?)
}

fn conversation_of(tx: &Tx<'_>, key: EntryKey) -> Result<ConversationKey> {
    Ok(ConversationKey(
        tx.prepare_cached("SELECT conversation FROM messages WHERE id = ?1")?
            .query_row([key.0], |row| row.get(0))?,
    ))
}

fn head(
    tx: &Tx<'_>,
    key: EntryKey,
    mail: &Email,
    conversation: ConversationKey,
    sender: Option<HandleKey>,
    stamp: Stamp,
) -> Result<()> {
    let is_self = match sender {
        Some(handle) => tx
            .prepare_cached("SELECT is_self FROM handles WHERE id = ?1")?
            .query_row([handle.0], |row| row.get(0))?,
        None => false,
    };
    let own = is_self || matches!(mail.role, FolderRole::Sent | FolderRole::Drafts);
    tx.prepare_cached(
        "INSERT INTO messages (id, uid, conversation, sender, sender_id, is_mail, own, unread, subject, has_files,
                               digest, stamp)
         VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (uid) DO UPDATE SET conversation = ?3, sender = ?4, sender_id = ?5, own = ?6, unread = ?7,
            subject = ?8, has_files = ?9, digest = ?10, stamp = ?11",
    )?
    .execute(rusqlite::params![
        key.0,
        mail.id.as_str(),
        conversation.0,
        sender.map(|it| it.0),
        mail.from.as_ref().map(|it| &it.address),
        own,
        !mail.is_read && !own,
        mail.subject,
        mail.has_attachments.unwrap_or(!mail.attachments.is_empty()),
        digest(mail),
        stamp.0,
    ])?;
    let recipients = json!({
        "to": pairs(&mail.to), "cc": pairs(&mail.cc), "bcc": pairs(&mail.bcc), "reply_to": pairs(&mail.reply_to),
    });
    tx.prepare_cached(
        "INSERT INTO mails (message, message_id, in_reply_to, thread_id, provider_id, tracking_id, role, folders,
                            read_date, sender, recipients, extent, is_complete, origin, body_stamp)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, '1_meta', ?12, ?13, -1)
         ON CONFLICT (message) DO UPDATE SET message_id = ?2, in_reply_to = ?3, thread_id = ?4, provider_id = ?5,
            tracking_id = ?6, role = ?7, folders = ?8, read_date = ?9, sender = ?10, recipients = ?11,
            is_complete = ?12, origin = ?13",
    )?
    .execute(rusqlite::params![
        key.0,
        mail.message_id,
        mail.in_reply_to.as_ref().and_then(|it| it.message_id.as_ref()),
        mail.thread_id,
        mail.provider_id,
        mail.tracking_id,
        mail.role.to_word(),
        json!(mail.folders).to_string(),
        mail.read_date.map(Timestamp::as_millisecond),
        mail.from.as_ref().map(|it| json!([it.name, it.address]).to_string()),
        recipients.to_string(),
        mail.is_complete,
        mail.origin.as_ref().map(|origin| match origin {
            Origin::Unipile => "unipile",
            Origin::External => "external",
            Origin::Other(word) => word,
        }),
    ])?;
    Ok(())
}

fn pairs(list: &[Address]) -> Vec<(Option<&str>, &str)> {
    list.iter()
        .map(|it| (it.name.as_deref(), it.address.as_str()))
        .collect()
}

/// Most people of one mail: one to thousands is a list, not people.
const MOST: usize = 100;

/// Everybody a mail names, its sender first.
fn correspondents(
    tx: &Tx<'_>,
    account: AccountKey,
    mail: &Email,
    at: i64,
) -> Result<Vec<HandleKey>> {
    let everyone = [&mail.to, &mail.cc, &mail.bcc, &mail.reply_to];
    let everyone = mail.from.iter().chain(everyone.into_iter().flatten());
    let mut seen = BTreeSet::new();
    let mut people = Vec::new();
    for it in everyone.take(MOST) {
        if it.address.is_empty() && people.is_empty() {
            // The sender's place stays the sender's.
            people.push(handles::correspondent(
                tx,
                account,
                "",
                it.name.as_deref(),
                at,
            )?);
            continue;
        }
        let handle = handles::correspondent(tx, account, &it.address, it.name.as_deref(), at)?;
        if seen.insert(handle) {
            people.push(handle);
        }
    }
    Ok(people)
}

fn in_folders(tx: &Tx<'_>, account: AccountKey, key: EntryKey, mail: &Email) -> Result<()> {
    tx.prepare_cached("DELETE FROM mail_folders WHERE message = ?1")?
        .execute([key.0])?;
    let names = mail.folders.iter().map(|name| format!("={name}"));
    let ids = mail.folder_ids.iter().map(|id| id.as_str().to_owned());
    let folders: BTreeSet<String> = if mail.folder_ids.is_empty() {
        names.collect()
    } else {
        ids.collect()
    };
    for folder in folders {
        tx.prepare_cached("INSERT OR IGNORE INTO mail_folders VALUES (?1, ?2, ?3)")?
            .execute((account.0, folder, key.0))?;
    }
    Ok(())
}

/// Whom a stored mail names, as it is written.
fn named(tx: &Tx<'_>, key: EntryKey) -> Result<Option<(Option<String>, String)>> {
    Ok(rusqlite::OptionalExtension::optional(
        tx.prepare_cached("SELECT sender, recipients FROM mails WHERE message = ?1")?
            .query_row([key.0], |row| Ok((row.get(0)?, row.get(1)?))),
    )?)
}

/// Works out anew who takes part in a thread, after a mail of it has gone or names others.
pub(super) fn regroup(tx: &Tx<'_>, thread: ConversationKey) -> Result<()> {
    type Pairs = Vec<(Option<String>, String)>;
    let mails: Vec<(Option<String>, String)> = tx
        .prepare_cached(
            "SELECT sender, recipients FROM mails
             WHERE message IN (SELECT id FROM messages WHERE conversation = ?1)",
        )?
        .query_map([thread.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut people = BTreeSet::new();
    for (sender, recipients) in mails {
        let sender: Option<(Option<String>, String)> =
            sender.and_then(|it| serde_json::from_str(&it).ok());
        let lists: std::collections::HashMap<String, Pairs> =
            serde_json::from_str(&recipients).unwrap_or_default();
        let list = |name: &str| lists.get(name).cloned().unwrap_or_default();
        let all = ["to", "cc", "bcc", "reply_to"].into_iter().flat_map(list);
        people.extend(
            sender
                .into_iter()
                .chain(all)
                .take(MOST)
                .map(|(_, address)| address.to_lowercase()),
        );
    }
    tx.prepare_cached("DELETE FROM members WHERE conversation = ?1")?
        .execute([thread.0])?;
    for address in people {
        tx.prepare_cached(
            "INSERT OR IGNORE INTO members SELECT ?1, id FROM handles
             WHERE provider_id = ?2 AND account = (SELECT account FROM conversations WHERE id = ?1)",
        )?
        .execute((thread.0, address))?;
    }
    Ok(())
}

/// A mail that came back has what was told since; its text is fetched anew.
pub(super) fn forget_body(tx: &Tx<'_>, uid: &str, stamp: Stamp) -> Result<()> {
    let old = rusqlite::OptionalExtension::optional(
        tx.prepare_cached(
            "UPDATE mails SET html = NULL, headers = NULL, extent = '1_meta', body_stamp = -1
             WHERE message = (SELECT id FROM messages WHERE uid = ?1) AND body_stamp BETWEEN 0 AND ?2
             RETURNING message",
        )?
        .query_row((uid, stamp.0), |row| row.get(0).map(EntryKey)),
    )?;
    let Some(key) = old else { return Ok(()) };
    tx.execute("DELETE FROM attachments WHERE message = ?1", [key.0])?;
    tx.execute(
        "UPDATE messages SET text = '', has_link = 0 WHERE id = ?1",
        [key.0],
    )?;
    let mut rows = Rows::new(tx, stamp)?;
    reindex(&mut rows, key, uid)?;
    rows.touched.insert(conversation_of(tx, key)?);
    rows.finish()
}

/// Writes text, files and headers.
fn body(rows: &mut Rows<'_>, key: EntryKey, mail: &Email) -> Result<()> {
    let (tx, stamp) = (rows.tx, rows.stamp);
    let html = mail.body.as_deref().unwrap_or_default();
    let text = match mail.body_plain.as_deref().map(str::trim) {
        Some(text) if !text.is_empty() => text.to_owned(),
        _ => crate::mail::html::letter(html).plain().trim().to_owned(),
    };
    tx.prepare_cached("UPDATE messages SET text = ?2, has_link = ?3 WHERE id = ?1")?
        .execute((
            key.0,
            &text,
            index::has_link(&text) || html.contains("<a href=\"http"),
        ))?;
    let headers: Vec<_> = mail
        .headers
        .iter()
        .map(|it| (&it.name, &it.value))
        .collect();
    tx.prepare_cached(
        "UPDATE mails SET html = ?2, headers = ?3, extent = '2_full', body_stamp = ?4 WHERE message = ?1",
    )?
    .execute((
        key.0,
        Some(html).filter(|html| !html.is_empty()),
        (!headers.is_empty()).then(|| json!(headers).to_string()),
        stamp.0,
    ))?;
    tx.prepare_cached("DELETE FROM attachments WHERE message = ?1")?
        .execute([key.0])?;
    for (position, it) in (0_i64..).zip(&mail.attachments) {
        tx.prepare_cached(
            "INSERT INTO attachments (message, position, uid, kind, name, mime, size, cid)
             VALUES (?1, ?2, ?3, 'file', ?4, ?5, ?6, ?7)",
        )?
        .execute((
            key.0,
            position,
            it.id.as_str(),
            &it.name,
            &it.mime,
            it.size.and_then(|size| i64::try_from(size).ok()),
            &it.cid,
        ))?;
    }
    reindex(rows, key, mail.id.as_str())
}

/// Subject and text may come from two answers.
fn reindex(rows: &mut Rows<'_>, key: EntryKey, uid: &str) -> Result<()> {
    let tx = rows.tx;
    // A head may not say that there are files.
    tx.prepare_cached(
        "UPDATE messages SET has_files = 1
         WHERE id = ?1 AND has_files = 0 AND EXISTS (SELECT 1 FROM attachments WHERE message = ?1)",
    )?
    .execute([key.0])?;
    rows.words.put_again(tx, uid)
}
