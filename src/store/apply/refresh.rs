//! Works out the row of a conversation from what is in it, so that listing conversations is a walk along an index.

use rusqlite::OptionalExtension as _;

use super::index;
use crate::model::chat::ChatKind;
use crate::model::inbox::ConversationKey;
use crate::model::words::Spelled as _;
use crate::store::error::Result;
use crate::store::tx::{Change, Tx};

/// Longest start of a message that a list shows, in characters.
const SNIPPET: usize = 160;
/// Most names in a title.
const NAMES: usize = 4;

/// Works out the row of a conversation anew.
pub fn refresh(tx: &Tx<'_>, key: ConversationKey) -> Result<()> {
    let Some(chat) = load(tx, key)? else {
        return Ok(());
    };
    let last = last(tx, key)?;
    let title = if chat.is_mail {
        thread_title(tx, key)?
    } else {
        chat_title(tx, key, &chat)?
    };
    let mut subject = chat.subject.clone();
    if chat.is_mail {
        refresh_thread(tx, key, last.as_ref())?;
        subject = last.as_ref().and_then(|it| it.subject.clone());
    }
    let time = last.as_ref().map_or(0, |it| it.time);
    let sort = chat.server_at.unwrap_or(0).max(time);
    let bulk = last.as_ref().is_some_and(|it| is_bulk(&it.sender_id));
    let personal = chat.is_mail || chat.kind == ChatKind::OneToOne;
    let needs_reply = personal
        && !bulk
        && chat.read_only == 0
        && chat.content.as_deref() != Some("sponsored")
        && last.as_ref().is_some_and(|it| !it.own && !it.is_event);
    tx.prepare_cached(
        "UPDATE conversations SET title = ?2, snippet = ?3, snippet_by = ?4, last_message = ?5, last_own = ?6,
                sort = ?7, has_files = ?8, needs_reply = ?9 AND muted_until IS NULL AND archived = 0,
                starred = ifnull((SELECT starred FROM settings WHERE conversation = ?1), 0)
                          OR EXISTS (SELECT 1 FROM messages WHERE conversation = ?1 AND starred = 1),
                has_draft = EXISTS (SELECT 1 FROM drafts d
                             WHERE (d.conversation = conversations.uid OR d.conversation IS NULL
                                    AND json_extract(d.body, '$.edits.conversation') = conversations.uid)
                             AND d.account = (SELECT uid FROM accounts WHERE id = conversations.account))
         WHERE id = ?1",
    )?
    .execute(rusqlite::params![
        key.0,
        &title,
        last.as_ref().map_or("", |it| it.snippet.as_str()),
        last.as_ref().filter(|it| !it.own).and_then(|it| it.sender),
        last.as_ref().map(|it| it.id),
        last.as_ref().is_some_and(|it| it.own),
        sort,
        last.as_ref().is_some_and(|it| it.has_files),
        needs_reply,
    ])?;
    if (&title, &subject) != (&chat.title, &chat.subject) {
        let subject = subject.unwrap_or_default();
        index::conversation(tx, key, &format!("{title} {subject}"))?;
    }
    tx.changed(Change::Conversation(key));
    Ok(())
}

/// What a row is worked out from.
struct Chat {
    account: i64,
    is_mail: bool,
    kind: ChatKind,
    other: Option<String>,
    name: Option<String>,
    subject: Option<String>,
    content: Option<String>,
    server_at: Option<i64>,
    read_only: i64,
    title: String,
}

fn load(tx: &Tx<'_>, key: ConversationKey) -> Result<Option<Chat>> {
    Ok(tx
        .prepare_cached(
            "SELECT account, is_mail, kind, other, name, subject, content, server_at, read_only, title
             FROM conversations WHERE id = ?1",
        )?
        .query_row([key.0], |row| {
            Ok(Chat {
                account: row.get(0)?,
                is_mail: row.get(1)?,
                kind: ChatKind::from_word(&row.get::<_, String>(2)?),
                other: row.get(3)?,
                name: row.get(4)?,
                subject: row.get(5)?,
                content: row.get(6)?,
                server_at: row.get(7)?,
                read_only: row.get(8)?,
                title: row.get(9)?,
            })
        })
        .optional()?)
}

struct Last {
    id: i64,
    time: i64,
    own: bool,
    is_event: bool,
    sender: Option<i64>,
    sender_id: String,
    snippet: String,
    has_files: bool,
    subject: Option<String>,
}

/// The last entry that is shown.
fn last(tx: &Tx<'_>, key: ConversationKey) -> Result<Option<Last>> {
    let found = tx
        .prepare_cached(
            "SELECT m.id, m.own, m.event IS NOT NULL, m.sender, ifnull(m.sender_id, ''),
                    substr(m.text, 1, iif(mails.message IS NULL, 400, 4000)),
                    m.deleted, m.has_files, m.subject, mails.message IS NOT NULL
             FROM messages m LEFT JOIN mails ON mails.message = m.id
             WHERE m.conversation = ?1 AND m.hidden = 0 AND ifnull(mails.role, '') NOT IN ('drafts')
             ORDER BY m.id DESC LIMIT 1",
        )?
        .query_row([key.0], |row| {
            let id: i64 = row.get(0)?;
            let deleted: bool = row.get(6)?;
            let text: String = row.get(5)?;
            Ok((
                Last {
                    id,
                    time: crate::model::inbox::EntryKey(id).time().as_millisecond(),
                    own: row.get(1)?,
                    is_event: row.get(2)?,
                    sender: row.get(3)?,
                    sender_id: row.get(4)?,
                    snippet: match (deleted, row.get(9)?) {
                        (true, _) => String::new(),
                        (false, true) => crate::mail::plain::snippet(&text, SNIPPET),
                        (false, false) => one_line(&text),
                    },
                    has_files: row.get(7)?,
                    subject: row.get(8)?,
                },
                deleted,
            ))
        })
        .optional()?;
    let Some((mut last, deleted)) = found else {
        return Ok(None);
    };
    if deleted {
        "Message deleted".clone_into(&mut last.snippet);
    } else if last.snippet.is_empty() && last.has_files {
        last.snippet = file(tx, last.id)?;
    }
    Ok(Some(last))
}

/// What a message without words is about.
fn file(tx: &Tx<'_>, message: i64) -> Result<String> {
    let found: Option<(String, Option<String>, bool)> = tx
        .prepare_cached("SELECT kind, name, variant FROM attachments WHERE message = ?1 ORDER BY position LIMIT 1")?
        .query_row([message], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((kind, name, variant)) = found else {
        return Ok(String::new());
    };
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        return Ok(one_line(&name));
    }
    Ok(match (kind.as_str(), variant) {
        ("img", false) => "Photo",
        ("img", true) => "Sticker",
        ("video", false) => "Video",
        ("video", true) => "GIF",
        ("audio", true) => "Voice message",
        ("audio", false) => "Audio",
        ("linkedin_post", _) => "Shared post",
        ("video_meeting", _) => "Video meeting",
        _ => "Attachment",
    }
    .to_owned())
}

fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.chars().count() > SNIPPET {
            break;
        }
    }
    line.chars().take(SNIPPET).collect()
}

fn chat_title(tx: &Tx<'_>, key: ConversationKey, chat: &Chat) -> Result<String> {
    let filled = |name: &&String| !name.trim().is_empty();
    if let Some(name) = chat.name.as_ref().filter(filled) {
        return Ok(name.clone());
    }
    if let Some(other) = &chat.other {
        let name: Option<String> = tx
            .prepare_cached(
                "SELECT name FROM handles WHERE account = ?1 AND provider_id = ?2 AND name <> ''",
            )?
            .query_row((chat.account, other), |row| row.get(0))
            .optional()?;
        if let Some(name) = name {
            return Ok(name);
        }
    }
    let names = names(
        tx,
        "SELECT h.name FROM members m JOIN handles h ON h.id = m.handle
         WHERE m.conversation = ?1 AND h.is_self = 0 AND h.name <> '' ORDER BY h.name, h.provider_id",
        key,
    )?;
    if !names.is_empty() {
        return Ok(joined(&names));
    }
    if let Some(subject) = chat.subject.as_ref().filter(filled) {
        return Ok(subject.clone());
    }
    Ok(chat.other.as_deref().map(bare_handle).unwrap_or_default())
}

/// A raw id that a person can read something in: a phone number, a user name.
fn bare_handle(id: &str) -> String {
    match id.split_once('@') {
        Some((number, _)) if number.chars().all(|c| c.is_ascii_digit()) => format!("+{number}"),
        _ => String::new(),
    }
}

/// A thread is called by those who wrote in it, or by those it went to.
fn thread_title(tx: &Tx<'_>, key: ConversationKey) -> Result<String> {
    let writers = names(
        tx,
        "SELECT iif(h.name = '', h.provider_id, h.name) FROM messages m JOIN handles h ON h.id = m.sender
         WHERE m.conversation = ?1 AND m.own = 0 GROUP BY h.id ORDER BY min(m.id)",
        key,
    )?;
    if !writers.is_empty() {
        return Ok(joined(&writers));
    }
    let others = names(
        tx,
        "SELECT iif(h.name = '', h.provider_id, h.name) FROM members m JOIN handles h ON h.id = m.handle
         WHERE m.conversation = ?1 AND h.is_self = 0 ORDER BY 1, h.provider_id",
        key,
    )?;
    Ok(joined(&others))
}

fn names(tx: &Tx<'_>, query: &str, key: ConversationKey) -> Result<Vec<String>> {
    Ok(tx
        .prepare_cached(query)?
        .query_map([key.0], |row| row.get(0))?
        .take(NAMES + 1)
        .collect::<rusqlite::Result<_>>()?)
}

fn joined(names: &[String]) -> String {
    match names.get(..NAMES) {
        Some(first) if names.len() > NAMES => format!("{} …", first.join(", ")),
        _ => names.join(", "),
    }
}

/// Where a thread lies, what it is about and how much of it is unread comes from its mails.
fn refresh_thread(tx: &Tx<'_>, key: ConversationKey, last: Option<&Last>) -> Result<()> {
    let count: i64 = tx
        .prepare_cached("SELECT count(*) FROM messages WHERE conversation = ?1")?
        .query_row([key.0], |row| row.get(0))?;
    // What was sent stays where it is when the rest is thrown away, which is not to bring the thread back.
    let archived: i64 = tx
        .prepare_cached(
            "SELECT CASE WHEN max(role = 'inbox') THEN 0
                         WHEN max(role NOT IN ('trash', 'spam', 'drafts', 'sent')) THEN 1
                         WHEN max(role IN ('trash', 'spam')) THEN 2
                         WHEN max(role = 'sent') THEN 1
                         ELSE 2 END
             FROM mails WHERE message IN (SELECT id FROM messages WHERE conversation = ?1)",
        )?
        .query_row([key.0], |row| row.get(0))?;
    tx.prepare_cached(
        "UPDATE conversations SET archived = ?2, gone = ?3,
                unread = (SELECT count(*) FROM messages WHERE conversation = ?1 AND unread = 1),
                subject = (SELECT subject FROM messages WHERE id = ?4)
         WHERE id = ?1",
    )?
    .execute((key.0, archived, count == 0, last.map(|it| it.id)))?;
    Ok(())
}

/// Whether an address is one that nobody reads answers at.
fn is_bulk(address: &str) -> bool {
    const SIGNS: [&str; 12] = [
        "noreply",
        "no-reply",
        "no_reply",
        "donotreply",
        "do-not-reply",
        "newsletter",
        "notification",
        "mailer",
        "bounce",
        "updates@",
        "news@",
        "digest",
    ];
    let address = address.to_ascii_lowercase();
    address.contains('@') && SIGNS.iter().any(|sign| address.contains(sign))
}
