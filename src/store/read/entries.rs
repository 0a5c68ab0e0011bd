//! Messages and mails of a conversation, a window at a time, and single ones.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, Row, ToSql};
use serde::Deserialize;

use super::{count, time};
use crate::model::email::{Address, Extent, FolderRole};
use crate::model::id::AccountId;
use crate::model::inbox::{
    ConversationKey, Entry, EntryKey, HandleKey, MailHead, MailSource, Quote, StoredAttachment,
    StoredReaction,
};
use crate::model::message::MessageEvent;
use crate::model::words::Spelled as _;
use crate::store::error::Result;

pub(super) const COLUMNS: &str = "m.id, m.uid, m.conversation, m.sender, iif(h.name = '', NULL, h.name), m.sender_id, m.own,
    m.unread, m.starred, m.hidden, m.deleted, m.edited, m.forwarded, m.delivered, m.seen, m.event, m.subject, m.text,
    m.quote_uid, m.quote_by, m.quote_text, m.is_mail, m.has_files, m.has_marks";

/// The entries before a place, or the last ones of all; oldest first.
pub fn before(
    db: &Connection,
    conversation: ConversationKey,
    place: Option<EntryKey>,
    limit: u32,
) -> Result<Vec<Entry>> {
    let query = format!(
        "SELECT {COLUMNS} FROM messages m LEFT JOIN handles h ON h.id = m.sender
         WHERE m.conversation = ?1 AND m.id < ?2 AND m.hidden = 0 ORDER BY m.id DESC LIMIT ?3"
    );
    let place = place.map_or(i64::MAX, |key| key.0);
    let mut window = select(db, &query, &[&conversation.0, &place, &limit])?;
    window.reverse();
    Ok(window)
}

/// The entries from a place on, that one included; oldest first.
pub fn from(
    db: &Connection,
    conversation: ConversationKey,
    place: EntryKey,
    limit: u32,
) -> Result<Vec<Entry>> {
    let query = format!(
        "SELECT {COLUMNS} FROM messages m LEFT JOIN handles h ON h.id = m.sender
         WHERE m.conversation = ?1 AND m.id >= ?2 AND m.hidden = 0 ORDER BY m.id LIMIT ?3"
    );
    select(db, &query, &[&conversation.0, &place.0, &limit])
}

/// The oldest unread mail of a thread; chats only know how many are unread.
pub fn first_unread(db: &Connection, conversation: ConversationKey) -> Result<Option<EntryKey>> {
    Ok(db
        .prepare_cached("SELECT min(id) FROM messages WHERE conversation = ?1 AND unread = 1")?
        .query_row([conversation.0], |row| row.get::<_, Option<i64>>(0))?
        .map(EntryKey))
}

/// One entry.
pub fn get(db: &Connection, key: EntryKey) -> Result<Option<Entry>> {
    let query = format!(
        "SELECT {COLUMNS} FROM messages m LEFT JOIN handles h ON h.id = m.sender WHERE m.id = ?1"
    );
    Ok(select(db, &query, &[&key.0])?.pop())
}

/// Where an entry comes from: all that is needed to ask the server for what hangs on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub account: AccountId,
    /// The server's id of the message or the mail.
    pub uid: String,
    pub is_mail: bool,
}

/// Where an entry comes from.
pub fn origin(db: &Connection, key: EntryKey) -> Result<Option<Origin>> {
    Ok(db
        .prepare_cached(
            "SELECT a.uid, m.uid, m.is_mail FROM messages m JOIN conversations c ON c.id = m.conversation
             JOIN accounts a ON a.id = c.account WHERE m.id = ?1",
        )?
        .query_row([key.0], |row| {
            Ok(Origin {
                account: row.get::<_, String>(0)?.into(),
                uid: row.get(1)?,
                is_mail: row.get(2)?,
            })
        })
        .optional()?)
}

/// The entry with an id of the server.
pub fn with_uid(db: &Connection, uid: &str) -> Result<Option<Entry>> {
    let query = format!(
        "SELECT {COLUMNS} FROM messages m LEFT JOIN handles h ON h.id = m.sender WHERE m.uid = ?1"
    );
    Ok(select(db, &query, &[&uid])?.pop())
}

/// Where the last so many entries before a place begin.
pub fn start_of_last(
    db: &Connection,
    conversation: ConversationKey,
    place: Option<EntryKey>,
    count: u32,
) -> Result<Option<EntryKey>> {
    let place = place.map_or(i64::MAX, |key| key.0);
    Ok(db
        .prepare_cached(
            "SELECT min(id) FROM (SELECT id FROM messages WHERE conversation = ?1 AND id < ?2 AND hidden = 0
                                  ORDER BY id DESC LIMIT ?3)",
        )?
        .query_row((conversation.0, place, count), |row| {
            row.get::<_, Option<i64>>(0)
        })?
        .map(EntryKey))
}

/// Where the last so many entries of others begin: the unread ones of a chat.
pub fn start_of_unread(
    db: &Connection,
    conversation: ConversationKey,
    count: u64,
) -> Result<Option<EntryKey>> {
    Ok(db
        .prepare_cached(
            "SELECT min(id) FROM (SELECT id FROM messages WHERE conversation = ?1 AND hidden = 0 AND own = 0
                                  ORDER BY id DESC LIMIT ?2)",
        )?
        .query_row(
            (conversation.0, i64::try_from(count).unwrap_or(i64::MAX)),
            |row| row.get::<_, Option<i64>>(0),
        )?
        .map(EntryKey))
}

/// What of a mail does not come with its entry.
pub fn source(db: &Connection, key: EntryKey) -> Result<MailSource> {
    let found = db
        .prepare_cached("SELECT html, in_reply_to, headers FROM mails WHERE message = ?1")?
        .query_row([key.0], |row| {
            let headers: Option<String> = row.get(2)?;
            Ok(MailSource {
                html: row.get(0)?,
                in_reply_to: row.get(1)?,
                headers: headers
                    .and_then(|text| serde_json::from_str(&text).ok())
                    .unwrap_or_default(),
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// What is written in a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Number of the answer that brought it.
    pub body: i64,
    pub html: Option<String>,
    /// As its writer sent it without looks, or the words of the HTML.
    pub text: String,
    /// Whether there is more of one of them.
    pub cut: bool,
}

/// What is written in a mail, each at most so many letters long; nothing as long as its text is not here.
pub fn words(db: &Connection, key: EntryKey, most: u32) -> Result<Option<Words>> {
    Ok(db
        .prepare_cached(
            "SELECT t.body_stamp, substr(t.html, 1, ?2), substr(m.text, 1, ?2),
                    max(ifnull(length(t.html), 0), length(m.text)) > ?2
             FROM mails t JOIN messages m ON m.id = t.message WHERE t.message = ?1 AND t.body_stamp >= 0",
        )?
        .query_row((key.0, most), |row| {
            Ok(Words {
                body: row.get(0)?,
                html: row.get(1)?,
                text: row.get(2)?,
                cut: row.get(3)?,
            })
        })
        .optional()?)
}

/// The HTML body of a mail.
pub fn html(db: &Connection, key: EntryKey) -> Result<Option<String>> {
    Ok(db
        .prepare_cached("SELECT html FROM mails WHERE message = ?1")?
        .query_row([key.0], |row| row.get(0))
        .optional()?
        .flatten())
}

/// All entries, a window at a time in order of time; for exports.
pub fn all_from(db: &Connection, place: EntryKey, limit: u32) -> Result<Vec<Entry>> {
    let query = format!(
        "SELECT {COLUMNS} FROM messages m LEFT JOIN handles h ON h.id = m.sender
         WHERE m.id >= ?1 ORDER BY m.id LIMIT ?2"
    );
    select(db, &query, &[&place.0, &limit])
}

/// Entries that any query has named by their rows, with all that hangs on them.
pub(super) fn select(db: &Connection, query: &str, values: &[&dyn ToSql]) -> Result<Vec<Entry>> {
    let mut entries: Vec<(Entry, Hangs)> = db
        .prepare_cached(query)?
        .query_map(values, row)?
        .collect::<rusqlite::Result<_>>()?;
    let mut names = HashMap::new();
    // Most have none, and each look would be at another page of the file.
    let marked = entries.iter().filter(|(_, hangs)| hangs.marks);
    let keys: Vec<i64> = marked.map(|(entry, _)| entry.key.0).collect();
    let (mut reactions, mut readers) = (reactions(db, &keys)?, readers(db, &keys)?);
    for (entry, hangs) in &mut entries {
        if hangs.files {
            entry.attachments = attachments(db, entry.key)?;
        }
        if hangs.mail {
            entry.mail = mail(db, entry.key)?.map(Box::new);
            continue;
        }
        let mut called = |id: &str| name(db, entry.conversation, id, &mut names);
        for (value, sender, own) in reactions.remove(&entry.key.0).unwrap_or_default() {
            let by = called(&sender)?;
            entry.reactions.push(StoredReaction { value, by, own });
        }
        for (reader, at) in readers.remove(&entry.key.0).unwrap_or_default() {
            if let Some(name) = called(&reader)? {
                entry.readers.push((name, at.map(time)));
            }
        }
        if let Some(quote) = &mut entry.quote
            && let Some(by) = &quote.by
        {
            quote.by = called(by)?;
        }
    }
    Ok(entries.into_iter().map(|(entry, _)| entry).collect())
}

struct Hangs {
    files: bool,
    mail: bool,
    /// Reactions, or word of who has read it.
    marks: bool,
}

fn row(row: &Row<'_>) -> rusqlite::Result<(Entry, Hangs)> {
    let quote_uid: Option<String> = row.get(18)?;
    let quote_text: Option<String> = row.get(20)?;
    let quote = (quote_uid.is_some() || quote_text.is_some())
        .then_some(())
        .map(|()| {
            Ok::<_, rusqlite::Error>(Quote {
                uid: quote_uid.map(Into::into),
                by: row.get(19)?,
                text: quote_text.unwrap_or_default(),
            })
        });
    let entry = Entry {
        key: EntryKey(row.get(0)?),
        uid: row.get::<_, String>(1)?.into(),
        conversation: ConversationKey(row.get(2)?),
        sender: row.get::<_, Option<i64>>(3)?.map(HandleKey),
        sender_name: row.get(4)?,
        sender_id: row.get::<_, Option<String>>(5)?.map(Into::into),
        own: row.get(6)?,
        unread: row.get(7)?,
        starred: row.get(8)?,
        hidden: row.get(9)?,
        deleted: row.get(10)?,
        edited: row.get(11)?,
        forwarded: row.get(12)?,
        delivered: row.get(13)?,
        seen: row.get(14)?,
        event: row
            .get::<_, Option<String>>(15)?
            .map(|word| MessageEvent::from_word(&word)),
        subject: row.get(16)?,
        text: row.get(17)?,
        quote: quote.transpose()?,
        attachments: Vec::new(),
        reactions: Vec::new(),
        readers: Vec::new(),
        mail: None,
    };
    Ok((
        entry,
        Hangs {
            mail: row.get(21)?,
            files: row.get(22)?,
            marks: row.get(23)?,
        },
    ))
}

/// The files of an entry, in their order.
pub fn attachments(db: &Connection, key: EntryKey) -> Result<Vec<StoredAttachment>> {
    let number = |value: Option<i64>| value.map(count);
    Ok(db
        .prepare_cached(
            "SELECT uid, kind, name, mime, size, width, height, duration, variant, unavailable, cid
             FROM attachments WHERE message = ?1 ORDER BY position",
        )?
        .query_map([key.0], |row| {
            Ok(StoredAttachment {
                id: row.get::<_, String>(0)?.into(),
                kind: row.get(1)?,
                name: row.get(2)?,
                mime: row.get(3)?,
                size: number(row.get(4)?),
                width: number(row.get(5)?),
                height: number(row.get(6)?),
                duration: row.get(7)?,
                variant: row.get(8)?,
                unavailable: row.get(9)?,
                cid: row.get(10)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?)
}

type Names = HashMap<String, Option<String>>;
/// What hangs on each entry of a window.
type Hanging<T> = HashMap<i64, Vec<T>>;

/// The reactions of a window of entries: value, sender and whether it is the owner's.
fn reactions(db: &Connection, keys: &[i64]) -> Result<Hanging<(String, String, bool)>> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = db.prepare_cached(
        "SELECT r.message, r.value, r.sender, r.own FROM json_each(?1) j
         CROSS JOIN reactions r ON r.message = j.value ORDER BY r.message, r.value, r.sender",
    )?;
    let mut rows = query.query([serde_json::json!(keys).to_string()])?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let reaction = (row.get(1)?, row.get(2)?, row.get(3)?);
        found.entry(row.get(0)?).or_default().push(reaction);
    }
    Ok(found)
}

/// Who has read the entries of a window, and when.
fn readers(db: &Connection, keys: &[i64]) -> Result<Hanging<(String, Option<i64>)>> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = db.prepare_cached(
        "SELECT r.message, r.reader, r.at FROM json_each(?1) j
         CROSS JOIN read_marks r ON r.message = j.value ORDER BY r.message, r.at, r.reader",
    )?;
    let mut rows = query.query([serde_json::json!(keys).to_string()])?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    while let Some(row) = rows.next()? {
        found
            .entry(row.get(0)?)
            .or_default()
            .push((row.get(1)?, row.get(2)?));
    }
    Ok(found)
}

/// What somebody is called in a conversation; nobody sees a raw id.
fn name(
    db: &Connection,
    conversation: ConversationKey,
    provider_id: &str,
    names: &mut Names,
) -> Result<Option<String>> {
    if let Some(known) = names.get(provider_id) {
        return Ok(known.clone());
    }
    let found: Option<String> = db
        .prepare_cached(
            "SELECT name FROM handles WHERE provider_id = ?2 AND name <> ''
               AND account = (SELECT account FROM conversations WHERE id = ?1)",
        )?
        .query_row((conversation.0, provider_id), |row| row.get(0))
        .optional()?;
    names.insert(provider_id.to_owned(), found.clone());
    Ok(found)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Recipients {
    to: Vec<(Option<String>, String)>,
    cc: Vec<(Option<String>, String)>,
    bcc: Vec<(Option<String>, String)>,
    reply_to: Vec<(Option<String>, String)>,
}

fn address((name, address): (Option<String>, String)) -> Address {
    Address {
        name,
        ..Address::new(address)
    }
}

fn addresses(list: Vec<(Option<String>, String)>) -> Vec<Address> {
    list.into_iter().map(address).collect()
}

fn mail(db: &Connection, key: EntryKey) -> Result<Option<MailHead>> {
    Ok(db
        .prepare_cached(
            "SELECT message_id, provider_id, role, folders, sender, recipients, extent, is_complete, html IS NOT NULL,
                    body_stamp
             FROM mails WHERE message = ?1",
        )?
        .query_row([key.0], |row| {
            let recipients: String = row.get(5)?;
            // What cannot be read was not written by us; the mail is shown without it.
            let recipients: Recipients = serde_json::from_str(&recipients).unwrap_or_default();
            let sender: Option<String> = row.get(4)?;
            Ok(MailHead {
                message_id: row.get(0)?,
                provider_id: row.get(1)?,
                role: FolderRole::from_word(&row.get::<_, String>(2)?),
                folders: serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default(),
                from: sender
                    .and_then(|text| serde_json::from_str(&text).ok())
                    .map(address),
                to: addresses(recipients.to),
                cc: addresses(recipients.cc),
                bcc: addresses(recipients.bcc),
                reply_to: addresses(recipients.reply_to),
                extent: Extent::from_word(&row.get::<_, String>(6)?),
                is_complete: row.get(7)?,
                has_html: row.get(8)?,
                body: Some(row.get(9)?).filter(|stamp| *stamp >= 0),
            })
        })
        .optional()?)
}
