//! Makes the acts that change a whole conversation, be it a chat or a thread of mails.

use rusqlite::{Connection, OptionalExtension as _};

use super::moves::{self, Goal};
use crate::model::act::{Act, ChatMark};
use crate::model::id::{AccountId, EmailId, MessageId};
use crate::model::inbox::{ConversationKey, FolderKey};
use crate::store::error::{Error, Result};

/// A conversation as acts name it.
pub(super) struct Named {
    pub(super) account: AccountId,
    pub(super) uid: String,
    pub(super) is_mail: bool,
}

/// Marks a conversation as read or as unread; nothing where it is so already.
pub fn read(db: &Connection, key: ConversationKey, read: bool) -> Result<Vec<Act>> {
    let it = named(db, key)?;
    if !it.is_mail {
        let unread: bool = db
            .prepare_cached("SELECT unread > 0 FROM conversations WHERE id = ?1")?
            .query_row([key.0], |row| row.get(0))?;
        return Ok((unread == read)
            .then(|| mark(it, ChatMark::Read, read))
            .into_iter()
            .collect());
    }
    // Unread again is only the last mail that came from somebody else.
    let mails = mails(
        db,
        key,
        if read {
            "unread = 1 ORDER BY id"
        } else {
            "own = 0 AND unread = 0 ORDER BY id DESC LIMIT 1"
        },
    )?;
    let act = |mail| Act::ReadMail {
        account: it.account.clone(),
        thread: it.uid.clone(),
        mail,
        read,
    };
    Ok(mails.into_iter().map(act).collect())
}

/// Marks a single mail as read or as unread; nothing where it is so already.
pub fn read_one(db: &Connection, mail: &str, read: bool) -> Result<Vec<Act>> {
    let found: Option<(i64, bool)> = db
        .prepare_cached("SELECT conversation, unread FROM messages WHERE uid = ?1 AND is_mail = 1")?
        .query_row([mail], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (thread, unread) = found.ok_or(Error::Missing { what: "mail" })?;
    let it = named(db, ConversationKey(thread))?;
    let act = Act::ReadMail {
        account: it.account,
        thread: it.uid,
        mail: mail.into(),
        read,
    };
    Ok((unread == read).then_some(act).into_iter().collect())
}

/// Takes a conversation out of the inbox or puts it back; `here` is the folder that is shown.
pub fn archive(
    db: &Connection,
    key: ConversationKey,
    here: Option<FolderKey>,
    on: bool,
) -> Result<Vec<Act>> {
    let it = named(db, key)?;
    if !it.is_mail {
        return Ok(vec![mark(it, ChatMark::Archived, on)]);
    }
    let goal = if on { Goal::Archive } else { Goal::Inbox };
    moves::to(db, key, here, goal)
}

/// Pins a chat or lets it go.
pub fn pin(db: &Connection, key: ConversationKey, on: bool) -> Result<Vec<Act>> {
    of_chat(db, key, ChatMark::Pinned, on)
}

/// Mutes a chat or lets it ring again.
pub fn mute(db: &Connection, key: ConversationKey, on: bool) -> Result<Vec<Act>> {
    of_chat(db, key, ChatMark::Muted, on)
}

/// Stars a conversation, or one entry of it, or takes the star away.
pub fn star(
    db: &Connection,
    key: ConversationKey,
    entry: Option<MessageId>,
    on: bool,
) -> Result<Vec<Act>> {
    let it = named(db, key)?;
    Ok(vec![Act::Star {
        account: it.account,
        conversation: it.uid,
        entry,
        on,
    }])
}

fn of_chat(db: &Connection, key: ConversationKey, what: ChatMark, on: bool) -> Result<Vec<Act>> {
    let it = named(db, key)?;
    if it.is_mail {
        return Err(Error::NotPossible(
            "Mail providers have nothing of the kind: only chats can be pinned or muted",
        ));
    }
    Ok(vec![mark(it, what, on)])
}

fn mark(it: Named, mark: ChatMark, on: bool) -> Act {
    Act::MarkChat {
        account: it.account,
        chat: it.uid.into(),
        mark,
        on,
    }
}

pub(super) fn named(db: &Connection, key: ConversationKey) -> Result<Named> {
    db.prepare_cached(
        "SELECT a.uid, c.uid, c.is_mail FROM conversations c JOIN accounts a ON a.id = c.account WHERE c.id = ?1",
    )?
    .query_row([key.0], |row| {
        Ok(Named {
            account: row.get::<_, String>(0)?.into(),
            uid: row.get(1)?,
            is_mail: row.get(2)?,
        })
    })
    .optional()?
    .ok_or(Error::Missing {
        what: "conversation",
    })
}

fn mails(db: &Connection, key: ConversationKey, which: &str) -> Result<Vec<EmailId>> {
    let query =
        format!("SELECT uid FROM messages WHERE conversation = ?1 AND is_mail = 1 AND {which}");
    Ok(db
        .prepare_cached(&query)?
        .query_map([key.0], |row| row.get::<_, String>(0).map(EmailId::from))?
        .collect::<rusqlite::Result<_>>()?)
}

/// The folder of a role and the role mails in it have; Gmail archives by leaving a mail in all of its mail.
pub(super) fn target(db: &Connection, account: &AccountId, role: &str) -> Result<(String, String)> {
    if let Some(name) = folder(db, account, role)? {
        return Ok((name, role.to_owned()));
    }
    if role == "archive"
        && let Some(name) = folder(db, account, "all")?
    {
        return Ok((name, "all".to_owned()));
    }
    Err(Error::NotPossible(match role {
        "archive" => "This mailbox has no archive",
        _ => "This mailbox has no folder for that",
    }))
}

/// The name of an account's folder with a role.
pub(super) fn folder(db: &Connection, account: &AccountId, role: &str) -> Result<Option<String>> {
    Ok(db
        .prepare_cached(
            "SELECT name FROM folders WHERE account = (SELECT id FROM accounts WHERE uid = ?1) AND role = ?2 AND gone = 0
             ORDER BY id LIMIT 1",
        )?
        .query_row((account.as_str(), role), |row| row.get(0))
        .optional()?)
}

/// Whether a mail lies in the trash.
pub(super) fn in_trash(db: &Connection, mail: &EmailId) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM mails WHERE role = 'trash' AND message = (SELECT id FROM messages WHERE uid = ?1))",
        )?
        .query_row([mail.as_str()], |row| row.get(0))?)
}

/// The act that puts a mail back where it lies now; `None` when it is not stored or lies nowhere.
pub(super) fn back_to_folder(
    db: &Connection,
    account: &AccountId,
    thread: &str,
    mail: &EmailId,
) -> Result<Option<Act>> {
    let found: Option<(String, String)> = db
        .prepare_cached(
            "SELECT role, folders FROM mails WHERE message = (SELECT id FROM messages WHERE uid = ?1)",
        )?
        .query_row([mail.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((role, names)) = found else {
        return Ok(None);
    };
    let folders: Vec<String> = serde_json::from_str(&names).unwrap_or_default();
    Ok((!folders.is_empty()).then(|| Act::MoveMail {
        account: account.clone(),
        thread: thread.to_owned(),
        mail: mail.clone(),
        folders,
        role,
    }))
}
