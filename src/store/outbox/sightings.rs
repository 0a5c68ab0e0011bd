//! Knows a message again that may have been sent: own, with the same words and as many files, written by the server
//! after the attempt, not there before it, and not what came of another act.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};

use super::{optimism, read};
use crate::mail::{html, outgoing};
use crate::model::act::{Act, NewMail};
use crate::model::email::{Email, FolderRole};
use crate::model::message::Message;
use crate::model::outbox::{OutboxId, OutboxItem, OutboxState};
use crate::model::text::clean;
use crate::store::error::Result;
use crate::store::read::time;
use crate::store::tx::{Change, Tx};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// What the server's clock may be off within itself.
const BEFORE: i64 = 2 * MINUTE;
/// What the server may take to send; what comes later is another message.
const AFTER: i64 = 15 * MINUTE;
/// So many own messages of a conversation are compared before one is sent.
const LOOK_BACK: u32 = 200;

/// What a message says: text and number of files.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    text: String,
    files: i64,
}

/// Text as it is compared: networks change blanks and line ends.
fn normal(text: &str) -> String {
    // How quotes are marked differs between HTML and text.
    let text = clean(text);
    let words = text.split(|c: char| c.is_whitespace() || c == '>');
    words
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn said(db: &Connection, act: &Act) -> Result<Option<Said>> {
    Ok(match act {
        Act::SendMessage(it) => Some(Said {
            text: normal(&it.text),
            files: count(act.files().count()),
        }),
        Act::StartChat(it) => Some(Said {
            text: normal(&it.text),
            files: count(act.files().count()),
        }),
        Act::ForwardMessage { message, .. } => db
            .prepare_cached(
                "SELECT text, (SELECT count(*) FROM attachments WHERE message = m.id) FROM messages m WHERE uid = ?1",
            )?
            .query_row([message.as_str()], |row| {
                Ok(Said {
                    text: normal(&row.get::<_, String>(0)?),
                    files: row.get(1)?,
                })
            })
            .optional()?,
        _ => None,
    })
}

/// The uids of own messages that say the same already: none of them can be the one that is about to be sent.
pub(super) fn twins(tx: &Tx<'_>, item: &OutboxItem) -> Result<Vec<String>> {
    let Some(said) = said(tx, &item.act)? else {
        return Ok(Vec::new());
    };
    let places: Vec<i64> = match &item.act {
        // One person may have a chat with the account already, which is used again.
        Act::StartChat(it) => match it.attendees.as_slice() {
            [one] => tx
                .prepare_cached(
                    "SELECT id FROM conversations WHERE other = ?2 AND account = (SELECT id FROM accounts WHERE uid = ?1)",
                )?
                .query_map((it.account.as_str(), one.as_str()), |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?,
            _ => Vec::new(),
        },
        act => optimism::conversation(tx, act)?
            .map(|key| key.0)
            .into_iter()
            .collect(),
    };
    let mut twins = Vec::new();
    for place in places {
        let mut query = tx.prepare_cached(
            "SELECT uid, text, (SELECT count(*) FROM attachments WHERE message = m.id)
             FROM messages m WHERE conversation = ?1 AND own = 1 ORDER BY id DESC LIMIT ?2",
        )?;
        let mut rows = query.query((place, LOOK_BACK))?;
        while let Some(row) = rows.next()? {
            let files: i64 = row.get(2)?;
            if files == said.files && normal(&row.get::<_, String>(1)?) == said.text {
                twins.push(row.get(0)?);
            }
        }
    }
    Ok(twins)
}

/// Settles acts whose messages have come with a page: those that are unknown, and those that are sent and got no id.
pub(in crate::store) fn sighted(tx: &Tx<'_>, page: &[Message]) -> Result<()> {
    let mut own: Vec<&Message> = page
        .iter()
        .filter(|it| it.is_sender && !it.deleted)
        .collect();
    if own.is_empty() || !any_unseen(tx)? {
        return Ok(());
    }
    own.sort_by(|a, b| (a.timestamp, &a.id).cmp(&(b.timestamp, &b.id)));
    for message in own {
        let Some(item) = candidate(tx, message)? else {
            continue;
        };
        claim(tx, item.id, message.id.as_str(), message.chat_id.as_str())?;
    }
    Ok(())
}

fn any_unseen(tx: &Tx<'_>) -> Result<bool> {
    Ok(tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'unknown' OR state = 'sent' AND result IS NULL)",
        )?
        .query_row([], |row| row.get(0))?)
}

/// The act that a message is what came of: one that was certainly sent before one that may have been.
fn candidate(tx: &Tx<'_>, message: &Message) -> Result<Option<OutboxItem>> {
    let ids: Vec<i64> = tx
        .prepare_cached(
            "SELECT id FROM outbox WHERE account = ?1 AND conversation = ?2
               AND (state = 'unknown' OR state = 'sent' AND result IS NULL)
             ORDER BY state = 'unknown', turn, id",
        )?
        .query_map(
            (message.account_id.as_str(), message.chat_id.as_str()),
            |row| row.get(0),
        )?
        .collect::<rusqlite::Result<_>>()?;
    for id in ids {
        let Some(item) = read::get(tx, OutboxId(id))? else {
            continue;
        };
        if is_it(tx, &item, message)? && !on_its_way(tx, &item)? {
            return Ok(Some(item));
        }
    }
    Ok(None)
}

/// Whether a message is what came of an act.
pub fn is_it(db: &Connection, item: &OutboxItem, message: &Message) -> Result<bool> {
    let Some(said) = said(db, &item.act)? else {
        return Ok(false);
    };
    let text = normal(message.text.as_deref().unwrap_or_default());
    if !message.is_sender || text != said.text || count(message.attachments.len()) != said.files {
        return Ok(false);
    }
    let Some((server_at, twins)) = read::traces(db, item.id)? else {
        return Ok(false);
    };
    Ok(in_time(item, server_at, message.timestamp)
        && !twins.iter().any(|uid| uid == message.id.as_str())
        && !is_claimed(db, message.id.as_str())?)
}

/// Between which moments the server must have written what came of an act; `None` when it was never tried.
pub fn window(db: &Connection, item: &OutboxItem) -> Result<Option<(Timestamp, Timestamp)>> {
    let server_at = read::traces(db, item.id)?.and_then(|(at, _)| at);
    Ok(bounds(item, server_at).map(|(from, to)| (time(from), time(to))))
}

/// Whether the server wrote it around the attempt. Where its clock was not known, ours may be off by a day.
fn in_time(item: &OutboxItem, server_at: Option<i64>, written: Timestamp) -> bool {
    let written = written.as_millisecond();
    bounds(item, server_at).is_some_and(|(from, to)| (from..=to).contains(&written))
}

fn bounds(item: &OutboxItem, server_at: Option<i64>) -> Option<(i64, i64)> {
    let (at, slack) = match (server_at, item.attempted_at) {
        (Some(at), _) => (at, 0),
        (None, Some(at)) => (at.as_millisecond(), DAY),
        (None, None) => return None,
    };
    Some((at - BEFORE - slack, at + AFTER + slack))
}

fn is_claimed(db: &Connection, uid: &str) -> Result<bool> {
    Ok(db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM outbox WHERE result = ?1)")?
        .query_row([uid], |row| row.get(0))?)
}

/// Whether the same words are on their way in the same place: then nobody knows yet whose message it is.
fn on_its_way(tx: &Tx<'_>, item: &OutboxItem) -> Result<bool> {
    let acts: Vec<String> = tx
        .prepare_cached("SELECT act FROM outbox WHERE lane = ?1 AND state = 'sending'")?
        .query_map([&item.lane], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mine = said(tx, &item.act)?;
    for act in acts {
        if said(tx, &read::read_act(&act)?)? == mine {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Notes what came of an act.
pub fn claim(tx: &Tx<'_>, id: OutboxId, uid: &str, chat: &str) -> Result<()> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'sent', error = NULL, result = ?2, conversation = ifnull(conversation, ?3)
         WHERE id = ?1 AND (state = 'unknown' OR state = 'sent' AND result IS NULL)",
    )?
    .execute((id.0, uid, chat))?;
    tx.changed(Change::Outbox);
    Ok(())
}

/// Settles mails that are unknown and have come with a page.
pub(in crate::store) fn sighted_mails(tx: &Tx<'_>, page: &[Email]) -> Result<()> {
    if page.is_empty() || !any_unseen(tx)? {
        return Ok(());
    }
    let ids: Vec<i64> = tx
        .prepare_cached(
            "SELECT id FROM outbox WHERE state = 'unknown' AND act ->> 'do' = 'send_email' ORDER BY turn, id",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut mails: Vec<&Email> = page.iter().collect();
    mails.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    for id in ids {
        let Some(item) = read::get(tx, OutboxId(id))? else {
            continue;
        };
        for mail in &mails {
            if claim_mail(tx, &item, mail)? {
                break;
            }
        }
    }
    Ok(())
}

/// Settles an unknown mail if this is what came of it.
fn claim_mail(tx: &Tx<'_>, item: &OutboxItem, mail: &Email) -> Result<bool> {
    let Act::SendEmail(sent) = &item.act else {
        return Ok(false);
    };
    let Some((server_at, _)) = read::traces(tx, item.id)? else {
        return Ok(false);
    };
    let own: bool = tx
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM messages WHERE uid = ?1 AND own = 1)")?
        .query_row([mail.id.as_str()], |row| row.get(0))?;
    let tracking = mail.tracking_id.as_deref();
    let is_it = item.state == OutboxState::Unknown
        && own
        && mail.role != FolderRole::Drafts
        && mail.account_id == sent.account
        && in_time(item, server_at, mail.date)
        && is_same_mail(sent, mail)
        && !is_claimed(tx, mail.id.as_str())?
        && !tracking.map_or(Ok(false), |id| is_claimed(tx, id))?;
    if is_it {
        tx.prepare_cached(
            "UPDATE outbox SET state = 'sent', error = NULL, result = ?2 WHERE id = ?1 AND state = 'unknown'",
        )?
        .execute((item.id.0, tracking.unwrap_or(mail.id.as_str())))?;
        tx.changed(Change::Outbox);
    }
    Ok(is_it)
}

/// Same subject, same people, same words; providers add signatures and pixels below them.
fn is_same_mail(sent: &NewMail, mail: &Email) -> bool {
    let subject = normal(mail.subject.as_deref().unwrap_or_default());
    if subject != normal(&sent.subject) || mail.attachments.len() < sent.attachments.len() {
        return false;
    }
    let theirs: BTreeSet<String> = mail.to.iter().map(|it| it.address.to_lowercase()).collect();
    let ours: BTreeSet<String> = sent.to.iter().map(|it| it.address.to_lowercase()).collect();
    if theirs != ours {
        return false;
    }
    let words = normal(&html::letter(&outgoing::html(&sent.body)).plain());
    let plain_part = mail.body_plain.as_deref().map(normal).unwrap_or_default();
    let html_part = mail
        .body
        .as_deref()
        .map(|html| normal(&html::letter(html).plain()))
        .unwrap_or_default();
    let written = match &sent.body {
        MailBody::Plain(text) => normal(text),
        MailBody::Markdown(_) | MailBody::Html(_) => words.clone(),
    };
    // A mail of which only the head is here says nothing about its words.
    (mail.body.is_some() || mail.body_plain.is_some())
        && (plain_part.contains(&written)
            || plain_part.contains(&words)
            || html_part.contains(&words))
}
