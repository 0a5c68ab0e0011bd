//! Which mails make a thread: those with the same thread id, those that answer each other, and, where a mail says
//! neither, those with the same subject between the same people. The order in which they arrive makes no difference.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension as _;

use crate::model::email::Email;
use crate::model::inbox::{AccountKey, ConversationKey};
use crate::store::error::Result;
use crate::store::tx::{Change, Tx};

/// Finds or makes the thread of a mail; a mail that ties threads together makes one of them. Gives back the threads
/// that are no more, too.
pub(super) fn conversation(
    tx: &Tx<'_>,
    account: AccountKey,
    mail: &Email,
) -> Result<(ConversationKey, BTreeSet<ConversationKey>)> {
    let mut found = BTreeSet::new();
    let mut query =
        tx.prepare_cached("SELECT conversation FROM thread_keys WHERE account = ?1 AND key = ?2")?;
    let mut unknown = Vec::new();
    for key in keys(mail) {
        let known: Option<i64> = query
            .query_row((account.0, &key), |row| row.get(0))
            .optional()?;
        match known {
            Some(known) => drop(found.insert(ConversationKey(known))),
            None => unknown.push(key),
        }
    }
    let conversation = match found.pop_first() {
        Some(first) => first,
        None => make(tx, account, mail)?,
    };
    for other in &found {
        merge(tx, *other, conversation)?;
    }
    rename(tx, conversation, &uid(mail))?;
    for key in unknown {
        tx.prepare_cached("INSERT OR IGNORE INTO thread_keys VALUES (?1, ?2, ?3)")?
            .execute((account.0, key, conversation.0))?;
    }
    Ok((conversation, found))
}

fn make(tx: &Tx<'_>, account: AccountKey, mail: &Email) -> Result<ConversationKey> {
    let uid = uid(mail);
    let known: Option<i64> = tx
        .prepare_cached("SELECT id FROM conversations WHERE uid = ?1 AND account = ?2")?
        .query_row((&uid, account.0), |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(ConversationKey(id));
    }
    tx.prepare_cached(
        "INSERT INTO conversations (account, uid, is_mail, kind, stamp) VALUES (?1, ?2, 1, '', 0)",
    )?
    .execute((account.0, uid))?;
    Ok(ConversationKey(tx.last_insert_rowid()))
}

/// A thread is called by its thread id, or else by its first mail.
fn uid(mail: &Email) -> String {
    match &mail.thread_id {
        Some(id) if !id.is_empty() => id.clone(),
        _ => format!("mail:{}", mail.id),
    }
}

/// A thread is called by the smallest name that any of its mails gives it, whichever came first.
fn rename(tx: &Tx<'_>, key: ConversationKey, name: &str) -> Result<()> {
    let old: String = tx
        .prepare_cached("SELECT uid FROM conversations WHERE id = ?1")?
        .query_row([key.0], |row| row.get(0))?;
    if old.as_str() <= name {
        return Ok(());
    }
    let renamed = tx
        .prepare_cached("UPDATE OR IGNORE conversations SET uid = ?2 WHERE id = ?1")?
        .execute((key.0, name))?;
    if renamed > 0 {
        crate::store::outbox::moved(tx, key, &old, name)?;
        tx.changed(Change::Conversation(key));
    }
    Ok(())
}

/// Moves all of one thread into another one. The smaller uid stays, whichever came first.
fn merge(tx: &Tx<'_>, from: ConversationKey, into: ConversationKey) -> Result<()> {
    let uid = |key: ConversationKey| -> Result<String> {
        Ok(tx.query_row(
            "SELECT uid FROM conversations WHERE id = ?1",
            [key.0],
            |row| row.get(0),
        )?)
    };
    let name = std::cmp::min(uid(from)?, uid(into)?);
    for statement in [
        "UPDATE messages SET conversation = ?2 WHERE conversation = ?1",
        "UPDATE thread_keys SET conversation = ?2 WHERE conversation = ?1",
        "INSERT OR IGNORE INTO members SELECT ?2, handle FROM members WHERE conversation = ?1",
        "INSERT OR IGNORE INTO settings (conversation, starred, snoozed_until, nickname, read_marks, last_seen)
         SELECT ?2, starred, snoozed_until, nickname, read_marks, last_seen FROM settings WHERE conversation = ?1",
    ] {
        tx.execute(statement, (from.0, into.0))?;
    }
    for old in [uid(from)?, uid(into)?] {
        crate::store::outbox::moved(tx, into, &old, &name)?;
    }
    super::index::conversation(tx, from, "")?;
    tx.execute("DELETE FROM conversations WHERE id = ?1", [from.0])?;
    tx.execute(
        "UPDATE conversations SET uid = ?2 WHERE id = ?1",
        (into.0, name),
    )?;
    tx.changed(Change::Conversation(from));
    Ok(())
}

/// All that ties a mail to others.
fn keys(mail: &Email) -> Vec<String> {
    let id = |id: &str| format!("m:{}", id.trim().trim_matches(['<', '>']));
    let mut keys = Vec::new();
    let filled = |text: &&String| !text.trim().is_empty();
    keys.extend(
        mail.thread_id
            .as_ref()
            .filter(filled)
            .map(|it| format!("t:{it}")),
    );
    match mail.message_id.as_ref().filter(filled) {
        Some(it) => keys.push(id(it)),
        // Nobody can answer it by name, but what is learned of it later has to find it.
        None => keys.push(format!("u:{}", mail.id)),
    }
    let parent = mail
        .in_reply_to
        .as_ref()
        .and_then(|it| it.message_id.as_ref());
    keys.extend(parent.filter(filled).map(|it| id(it)));
    for header in &mail.headers {
        if header.name.eq_ignore_ascii_case("references")
            || header.name.eq_ignore_ascii_case("in-reply-to")
        {
            keys.extend(header.value.split_whitespace().take(50).map(id));
        }
    }
    let told = mail.thread_id.as_ref().is_some_and(|id| filled(&id)) || parent.is_some();
    if !told && let Some(key) = by_subject(mail) {
        keys.push(key);
    }
    keys
}

/// The subject without `Re:` and the like, with everybody who takes part.
fn by_subject(mail: &Email) -> Option<String> {
    let subject = bare_subject(mail.subject.as_deref()?);
    if subject.is_empty() {
        return None;
    }
    let everyone = mail.from.iter().chain(&mail.to).chain(&mail.cc);
    let people: BTreeSet<String> = everyone.map(|it| it.address.to_lowercase()).collect();
    let people: Vec<_> = people.into_iter().collect();
    Some(format!("s:{subject}|{}", people.join(",")))
}

/// A subject without what answering and forwarding put in front, in lower case.
pub(crate) fn bare_subject(subject: &str) -> String {
    const MARKS: [&str; 9] = [
        "re:", "fw:", "fwd:", "aw:", "wg:", "sv:", "tr:", "rif:", "antw:",
    ];
    let lower = subject.to_lowercase();
    let mut rest = lower.trim();
    while let Some(shorter) = MARKS.iter().find_map(|mark| rest.strip_prefix(mark)) {
        rest = shorter.trim_start();
    }
    rest.to_owned()
}
