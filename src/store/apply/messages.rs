//! Messages of chats.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use jiff::Timestamp;
use rusqlite::OptionalExtension as _;

use super::rows::Rows;
use super::{Applied, Stamp, index, shadow};
use crate::model::attachment::{Attachment, AttachmentKind};
use crate::model::inbox::{ConversationKey, EntryKey, HandleKey};
use crate::model::message::{Message, MessageEvent, Seen};
use crate::model::words::Spelled as _;
use crate::store::error::Result;
use crate::store::outbox;
use crate::store::tx::Tx;

/// Writes a page of messages, of one chat or of many.
pub fn messages(tx: &Tx<'_>, page: &[Message], stamp: Stamp) -> Result<Applied> {
    let mut rows = Rows::new(tx, stamp)?;
    let mut applied = Applied::default();
    for message in page {
        if rows.is_gone(message.id.as_str())? || rows.is_gone(message.chat_id.as_str())? {
            continue;
        }
        one(&mut rows, message, &mut applied)?;
    }
    for key in rows.touched.iter().chain(&rows.filled) {
        let unseen: Option<String> = tx
            .prepare_cached("SELECT uid FROM conversations WHERE id = ?1 AND stamp < 0")?
            .query_row([key.0], |row| row.get(0))
            .optional()?;
        applied.unseen_chats.extend(unseen.map(Into::into));
    }
    rows.finish()?;
    outbox::sighted(tx, page)?;
    Ok(applied)
}

fn one(rows: &mut Rows<'_>, message: &Message, applied: &mut Applied) -> Result<()> {
    let tx = rows.tx;
    let account = rows.account(message.account_id.as_str())?;
    let (conversation, last) = rows.chat(account, message.chat_id.as_str())?;
    let sender = match &message.sender_id {
        Some(id) if !id.as_str().is_empty() => Some(rows.handle(account, id.as_str())?),
        _ => None,
    };
    let digest = digest_of(message);
    let (key, known) = place(rows, message.id.as_str(), message.timestamp, digest)?;
    if matches!(known, Known::Newer | Known::Same) {
        return Ok(());
    }
    if known == Known::Older {
        rows.leaves(key, conversation)?;
    }
    let row = Row {
        key,
        conversation,
        sender,
        digest,
    };
    let text = write(rows, message, &row, known)?;
    attachments(tx, key, &message.attachments, known)?;
    reactions(tx, key, message, known)?;
    read_marks(tx, key, message, known)?;
    if message.deleted || message.hidden {
        rows.words.forget(key);
    } else {
        let files = message.attachments.iter().filter_map(file_name);
        let subject = message.subject.as_deref();
        rows.words.put(key, known, text, subject, files);
    }
    if known == Known::Not {
        applied.new += 1;
        if message.event.as_ref().is_some_and(tells_of_members) {
            want_members(tx, conversation, rows.stamp)?;
        }
    } else {
        applied.changed += 1;
        if shadow::overlay(tx, "messages", message.id.as_str())? {
            rows.words.put_again(tx, message.id.as_str())?;
        }
    }
    // History is most of what comes, and what is not the last entry makes no difference to the row.
    if known == Known::Not && last.is_some_and(|last| key < last) {
        rows.filled.insert(conversation);
    } else {
        rows.touched.insert(conversation);
    }
    Ok(())
}

/// What is known of the row of a message beside the message.
struct Row {
    key: EntryKey,
    conversation: ConversationKey,
    sender: Option<HandleKey>,
    digest: i64,
}

/// Writes the row of a message. Gives its text, which a deleted one has no more.
fn write<'a>(rows: &Rows<'_>, message: &'a Message, row: &Row, known: Known) -> Result<&'a str> {
    let text = message
        .text
        .as_deref()
        .filter(|_| !message.deleted)
        .unwrap_or_default();
    let quote = message.quoted.as_deref();
    let reply = message.reply_to.as_ref();
    let quoted_text = quote
        .and_then(|it| it.text.as_deref())
        .or_else(|| reply.and_then(|it| it.text.as_deref()));
    let quoted_by = quote
        .and_then(|it| it.sender_id.as_ref())
        .or_else(|| reply.and_then(|it| it.sender_id.as_ref()));
    let statement = if known == Known::Not { INSERT } else { UPDATE };
    rows.tx
        .prepare_cached(statement)?
        .execute(rusqlite::params![
            row.key.0,
            message.id.as_str(),
            row.conversation.0,
            row.sender.map(|it| it.0),
            message.sender_id.as_ref().map(AsRef::as_ref),
            message.is_sender,
            message.hidden,
            message.deleted,
            message.edited,
            message.is_forwarded.unwrap_or(false),
            message.is_silent(),
            message.delivered,
            message.seen,
            message.event.as_ref().map(|event| event.to_word()),
            message.subject,
            text,
            reply.and_then(|it| it.id.as_ref()).map(AsRef::as_ref),
            quoted_by.map(AsRef::as_ref),
            quoted_text,
            !message.attachments.is_empty(),
            index::has_link(text),
            row.digest,
            rows.stamp.0,
        ])?;
    Ok(text)
}

/// The members of a chat are to be fetched again.
fn want_members(tx: &Tx<'_>, conversation: ConversationKey, stamp: Stamp) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO member_lists VALUES (?1, -1, ?2)
         ON CONFLICT (conversation) DO UPDATE SET wanted = max(wanted, ?2)",
    )?
    .execute((conversation.0, stamp.0))?;
    Ok(())
}

/// Whether somebody came or went.
fn tells_of_members(event: &MessageEvent) -> bool {
    matches!(
        event,
        MessageEvent::GroupCreated
            | MessageEvent::ParticipantAdded
            | MessageEvent::ParticipantRemoved
            | MessageEvent::ParticipantLeft
    )
}

// Not one statement with an upsert: SQLite guards those with a journal of their own, which costs more than the row.
const INSERT: &str = "INSERT INTO messages (id, uid, conversation, sender, sender_id, own, hidden, deleted, edited,
        forwarded, silent, delivered, seen, event, subject, text, quote_uid, quote_by, quote_text, has_files, has_link,
        digest, stamp)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)";
const UPDATE: &str = "UPDATE messages SET conversation = ?3, sender = ?4, sender_id = ?5, own = ?6, hidden = ?7,
        deleted = ?8, edited = ?9, forwarded = ?10, silent = ?11, delivered = ?12, seen = ?13, event = ?14,
        subject = ?15, text = ?16, quote_uid = ?17, quote_by = ?18, quote_text = ?19, has_files = ?20, has_link = ?21,
        digest = ?22, stamp = ?23
    WHERE id = ?1 AND uid = ?2";

/// What the store had of an entry before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Not,
    Older,
    /// From a newer answer, which stays.
    Newer,
    /// The very same.
    Same,
}

/// The same as [`digest`] for a message, of which there are many: only what rarely hangs on one is written out for it.
fn digest_of(message: &Message) -> i64 {
    let mut hasher = DefaultHasher::new();
    let Message {
        id,
        account_id,
        chat_id,
        chat_provider_id,
        provider_id,
        message_id,
        sender_id,
        sender_attendee_id,
        text,
        subject,
        timestamp,
        is_sender,
        attachments,
        reactions,
        quoted,
        reply_to,
        seen,
        seen_by,
        delivered,
        hidden,
        deleted,
        edited,
        event,
        behavior,
        replies,
        reply_by,
        parent,
        is_forwarded,
        mentions,
        kind,
        attendee_kind,
        attendee_distance,
        sender_urn,
    } = message;
    (id, account_id, chat_id, chat_provider_id, provider_id).hash(&mut hasher);
    (message_id, sender_id, sender_attendee_id, text, subject).hash(&mut hasher);
    (timestamp, is_sender, reactions, reply_to, seen, seen_by).hash(&mut hasher);
    (delivered, hidden, deleted, edited, event, behavior).hash(&mut hasher);
    (replies, reply_by, parent, is_forwarded, mentions, kind).hash(&mut hasher);
    (attendee_kind, attendee_distance, sender_urn).hash(&mut hasher);
    if !attachments.is_empty() || quoted.is_some() {
        digest(&(attachments, quoted)).hash(&mut hasher);
    }
    hasher.finish().cast_signed()
}

/// A number that tells two answers about an entry apart.
pub(super) fn digest(answer: &impl std::fmt::Debug) -> i64 {
    struct Sink(DefaultHasher);
    impl std::fmt::Write for Sink {
        fn write_str(&mut self, part: &str) -> std::fmt::Result {
            self.0.write(part.as_bytes());
            Ok(())
        }
    }
    let mut sink = Sink(DefaultHasher::new());
    // Writing into a hasher cannot fail.
    let _ = std::fmt::Write::write_fmt(&mut sink, format_args!("{answer:?}"));
    sink.0.finish().cast_signed()
}

/// Finds the place of an entry in time; moves it there when the server has changed its mind about the time.
pub(super) fn place(
    rows: &mut Rows<'_>,
    uid: &str,
    at: Timestamp,
    digest: i64,
) -> Result<(EntryKey, Known)> {
    let (tx, stamp) = (rows.tx, rows.stamp);
    let known: Option<(i64, i64, i64)> = tx
        .prepare_cached("SELECT id, stamp, digest FROM messages WHERE uid = ?1")?
        .query_row([uid], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((id, old, old_digest)) = known else {
        return Ok((free(tx, uid, at)?, Known::Not));
    };
    if old > stamp.0 {
        return Ok((EntryKey(id), Known::Newer));
    }
    if old_digest == digest {
        tx.prepare_cached("UPDATE messages SET stamp = ?2 WHERE id = ?1")?
            .execute((id, stamp.0))?;
        return Ok((EntryKey(id), Known::Same));
    }
    if EntryKey(id).time().as_millisecond() == at.as_millisecond() {
        return Ok((EntryKey(id), Known::Older));
    }
    let key = free(tx, uid, at)?;
    rows.words.forget(EntryKey(id));
    tx.execute("UPDATE messages SET id = ?2 WHERE id = ?1", (id, key.0))?;
    Ok((key, Known::Older))
}

/// A key nobody has: which one of the millisecond comes from the uid, so that it does not depend on who was first.
fn free(tx: &Tx<'_>, uid: &str, at: Timestamp) -> Result<EntryKey> {
    let mut taken = tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM messages WHERE id = ?1)")?;
    for attempt in 0..8_u8 {
        let mut hasher = DefaultHasher::new();
        (uid, attempt).hash(&mut hasher);
        let tie = u16::try_from(hasher.finish() & 0x7fff).unwrap_or(0);
        let key = EntryKey::at(at, tie);
        if !taken.query_row([key.0], |row| row.get::<_, bool>(0))? {
            return Ok(key);
        }
    }
    // So many at one moment are no real messages; they go wherever there is room from there on.
    let last: i64 = tx
        .prepare_cached(
            "SELECT id FROM messages m WHERE id >= ?1
               AND NOT EXISTS (SELECT 1 FROM messages WHERE id = m.id + 1) ORDER BY id LIMIT 1",
        )?
        .query_row([EntryKey::first_at(at).0], |row| row.get(0))?;
    Ok(EntryKey(last.saturating_add(1)))
}

fn attachments(tx: &Tx<'_>, key: EntryKey, list: &[Attachment], known: Known) -> Result<()> {
    if known == Known::Older {
        tx.prepare_cached("DELETE FROM attachments WHERE message = ?1 AND position >= ?2")?
            .execute((key.0, i64::try_from(list.len()).unwrap_or(i64::MAX)))?;
    }
    for (position, it) in (0_i64..).zip(list) {
        let (kind, variant, size, duration) = match &it.kind {
            AttachmentKind::Image { size, sticker } => ("img", *sticker, *size, None),
            AttachmentKind::Video { size, gif } => ("video", *gif, *size, None),
            AttachmentKind::Audio {
                duration,
                voice_note,
            } => ("audio", *voice_note, None, *duration),
            AttachmentKind::File { .. } => ("file", false, None, None),
            AttachmentKind::LinkedinPost => ("linkedin_post", false, None, None),
            AttachmentKind::VideoMeeting { .. } => ("video_meeting", false, None, None),
            AttachmentKind::Other { kind, .. } => (kind.as_str(), false, None, None),
        };
        let pixels = |of: Option<u64>| of.and_then(|it| i64::try_from(it).ok());
        let extra = match &it.kind {
            AttachmentKind::VideoMeeting { starts_at, .. } => starts_at.map(|at| at.to_string()),
            AttachmentKind::Other { raw, .. } => Some(raw.clone()),
            _ => None,
        };
        tx.prepare_cached(
            "REPLACE INTO attachments (message, position, uid, kind, name, mime, size, width, height, duration,
                                       variant, unavailable, url, extra)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(rusqlite::params![
            key.0,
            position,
            it.id.as_str(),
            kind,
            file_name(it),
            it.mime,
            pixels(it.file_size),
            pixels(size.map(|it| it.width)),
            pixels(size.map(|it| it.height)),
            duration,
            variant,
            it.unavailable,
            it.url,
            extra,
        ])?;
    }
    Ok(())
}

fn file_name(attachment: &Attachment) -> Option<&str> {
    match &attachment.kind {
        AttachmentKind::File { name } if !name.is_empty() => Some(name),
        _ => None,
    }
}

fn reactions(tx: &Tx<'_>, key: EntryKey, message: &Message, known: Known) -> Result<()> {
    if known == Known::Older {
        tx.prepare_cached("DELETE FROM reactions WHERE message = ?1")?
            .execute([key.0])?;
    }
    for it in &message.reactions {
        tx.prepare_cached("REPLACE INTO reactions VALUES (?1, ?2, ?3, ?4)")?
            .execute((
                key.0,
                it.sender_id.as_ref().map_or("", AsRef::as_ref),
                &it.value,
                it.is_sender,
            ))?;
    }
    Ok(())
}

fn read_marks(tx: &Tx<'_>, key: EntryKey, message: &Message, known: Known) -> Result<()> {
    if known == Known::Older {
        tx.prepare_cached("DELETE FROM read_marks WHERE message = ?1")?
            .execute([key.0])?;
    }
    for (reader, seen) in &message.seen_by {
        let at = match seen {
            Seen::No => continue,
            Seen::At(at) => Some(at.as_millisecond()),
            Seen::Yes | Seen::Other(_) => None,
        };
        tx.prepare_cached("REPLACE INTO read_marks VALUES (?1, ?2, ?3)")?
            .execute((key.0, reader.as_str(), at))?;
    }
    Ok(())
}
