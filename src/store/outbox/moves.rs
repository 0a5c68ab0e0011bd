//! Makes the acts that move and delete the mails of a thread: which of its mails are meant, and where they lie then.
//!
//! A thread may lie in several folders. Meant are its mails in the folder that is shown; without one those in the inbox,
//! and where none is there those that others wrote. What the user sent stays where it is, unless that folder is shown
//! or there is nothing else. Gmail knows labels in place of folders and always moves the whole thread.

use rusqlite::{Connection, OptionalExtension as _};

use super::acts::{Named, in_trash, named, target};
use crate::model::account::Provider;
use crate::model::act::Act;
use crate::model::email::FolderRole;
use crate::model::id::{AccountId, EmailId};
use crate::model::inbox::{ConversationKey, FolderKey};
use crate::model::words::Spelled as _;
use crate::store::error::{Error, Result};

/// Where mails go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    Inbox,
    Archive,
    Spam,
    Folder(FolderKey),
}

/// A mail of a thread and where it lies.
struct Mail {
    uid: EmailId,
    own: bool,
    role: FolderRole,
    /// Names of its folders.
    folders: Vec<String>,
    /// Whether it lies in the folder that is shown.
    here: bool,
}

/// Where the mails lie afterwards.
struct Target {
    name: String,
    role: String,
}

/// Moves the mails of a thread; `here` is the folder that is shown. Nothing where none of them is meant.
pub fn to(
    db: &Connection,
    key: ConversationKey,
    here: Option<FolderKey>,
    goal: Goal,
) -> Result<Vec<Act>> {
    let it = named(db, key)?;
    if !it.is_mail {
        return Err(Error::NotPossible("Only mails lie in folders"));
    }
    let target = place(db, &it.account, goal)?;
    let meant = meant(mails(db, key, here)?, goal, &target);
    let act = |mail: EmailId, folders: Vec<String>| Act::MoveMail {
        account: it.account.clone(),
        thread: it.uid.clone(),
        mail,
        folders,
        role: target.role.clone(),
    };
    if !has_labels(db, &it.account)? {
        let all = meant.into_iter();
        return Ok(all
            .map(|mail| act(mail.uid, vec![target.name.clone()]))
            .collect());
    }
    let shown = here.map(|it| name_of(db, it)).transpose()?.flatten();
    let folders = labels(db, &it.account, &meant, shown.as_deref(), &target)?;
    // One request moves all of them.
    let last = meant.into_iter().next_back();
    Ok(last
        .map(|mail| act(mail.uid, folders))
        .into_iter()
        .collect())
}

/// Moves a single mail; where mails have labels, its thread goes along.
pub fn one(db: &Connection, mail: &str, goal: Goal) -> Result<Vec<Act>> {
    let key = thread_of(db, mail)?;
    let it = named(db, key)?;
    let target = place(db, &it.account, goal)?;
    let mut all = mails(db, key, None)?;
    all.retain(|it| it.uid.as_str() == mail && it.folders.first() != Some(&target.name));
    let folders = if has_labels(db, &it.account)? {
        labels(db, &it.account, &all, None, &target)?
    } else {
        vec![target.name]
    };
    let act = |mail: Mail| Act::MoveMail {
        account: it.account.clone(),
        thread: it.uid.clone(),
        mail: mail.uid,
        folders: folders.clone(),
        role: target.role.clone(),
    };
    Ok(all.into_iter().map(act).collect())
}

/// Moves a single mail to the trash, or deletes it for good when it lies there.
pub fn delete_one(db: &Connection, mail: &str) -> Result<Vec<Act>> {
    let it = named(db, thread_of(db, mail)?)?;
    let mail = EmailId::from(mail);
    Ok(vec![Act::DeleteMail {
        account: it.account,
        thread: it.uid,
        for_good: in_trash(db, &mail)?,
        mail,
    }])
}

fn thread_of(db: &Connection, mail: &str) -> Result<ConversationKey> {
    db.prepare_cached("SELECT conversation FROM messages WHERE uid = ?1 AND is_mail = 1")?
        .query_row([mail], |row| row.get(0).map(ConversationKey))
        .optional()?
        .ok_or(Error::Missing { what: "mail" })
}

/// Deletes a chat, or moves the mails of a thread to the trash; those that lie there already are gone for good.
pub fn delete(db: &Connection, key: ConversationKey, here: Option<FolderKey>) -> Result<Vec<Act>> {
    let it = named(db, key)?;
    if !it.is_mail {
        return Ok(vec![Act::DeleteChat {
            account: it.account,
            chat: it.uid.into(),
        }]);
    }
    let all = mails(db, key, here)?;
    let labels = has_labels(db, &it.account)?;
    // A label is no place: a thread that has one goes as a whole.
    let shown = all.iter().any(|mail| mail.here) && (!labels || is_trash(db, here)?);
    let found = if shown {
        best(all, &[&|mail| mail.here])
    } else {
        let goes = |mail: &Mail| mail.role == FolderRole::Inbox || labels && is_in_sight(mail);
        let sent = |mail: &Mail| mail.role == FolderRole::Sent;
        best(all, &[&goes, &is_in_sight, &sent, &|_| true])
    };
    let Named { account, uid, .. } = it;
    let act = |mail: Mail| {
        Ok(Act::DeleteMail {
            account: account.clone(),
            thread: uid.clone(),
            for_good: in_trash(db, &mail.uid)?,
            mail: mail.uid,
        })
    };
    found.into_iter().map(act).collect()
}

/// Whether somebody else's mail lies where people look for it.
fn is_in_sight(mail: &Mail) -> bool {
    !mail.own
        && !matches!(
            mail.role,
            FolderRole::Trash | FolderRole::Spam | FolderRole::Sent
        )
}

/// The mails that are meant, oldest first.
fn meant(all: Vec<Mail>, goal: Goal, target: &Target) -> Vec<Mail> {
    let shown = all.iter().any(|mail| mail.here);
    let is_there = |mail: &Mail| mail.folders.first() == Some(&target.name);
    let all = all.into_iter().filter(|mail| !is_there(mail)).collect();
    let in_inbox = |mail: &Mail| mail.role == FolderRole::Inbox;
    match goal {
        Goal::Archive | Goal::Spam if shown => {
            best(all, &[&|mail| mail.here && mail.role != FolderRole::Sent])
        }
        _ if shown => best(all, &[&|mail| mail.here]),
        Goal::Archive => best(all, &[&in_inbox]),
        Goal::Inbox => best(all, &[&is_in_sight, &|mail| !mail.own]),
        Goal::Spam => best(all, &[&in_inbox, &is_in_sight, &|mail| !mail.own]),
        Goal::Folder(_) => best(
            all,
            &[&in_inbox, &is_in_sight, &|mail| !mail.own, &|_| true],
        ),
    }
}

/// The mails of the first kind that there are any of.
fn best(mut all: Vec<Mail>, kinds: &[&dyn Fn(&Mail) -> bool]) -> Vec<Mail> {
    let kind = kinds.iter().find(|kind| all.iter().any(kind));
    all.retain(|mail| kind.is_some_and(|kind| kind(mail)));
    all
}

fn mails(db: &Connection, key: ConversationKey, here: Option<FolderKey>) -> Result<Vec<Mail>> {
    // A mail tells its folder by the folder's uid, by its id at the network, or by its name.
    let mut query = db.prepare_cached(
        "SELECT m.uid, m.own, mails.role, mails.folders,
                EXISTS (SELECT 1 FROM folders f JOIN mail_folders l ON l.account = f.account
                          AND l.folder IN (f.uid, f.provider_id, '=' || f.name)
                        WHERE f.id = ?2 AND l.message = m.id)
         FROM messages m JOIN mails ON mails.message = m.id
         WHERE m.conversation = ?1 AND m.hidden = 0 AND mails.role <> 'drafts' ORDER BY m.id",
    )?;
    let rows = query.query_map((key.0, here.map(|it| it.0)), |row| {
        Ok(Mail {
            uid: row.get::<_, String>(0)?.into(),
            own: row.get(1)?,
            role: FolderRole::from_word(&row.get::<_, String>(2)?),
            folders: serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default(),
            here: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn place(db: &Connection, account: &AccountId, goal: Goal) -> Result<Target> {
    let role = match goal {
        Goal::Inbox => "inbox",
        Goal::Archive => "archive",
        Goal::Spam => "spam",
        Goal::Folder(key) => {
            let found = db
                .prepare_cached(
                    "SELECT name, role FROM folders WHERE id = ?1 AND gone = 0
                       AND account = (SELECT id FROM accounts WHERE uid = ?2)",
                )?
                .query_row((key.0, account.as_str()), |row| {
                    Ok(Target {
                        name: row.get(0)?,
                        role: row.get(1)?,
                    })
                })
                .optional()?;
            return found.ok_or(Error::NotPossible("That folder is in another mailbox"));
        }
    };
    let (name, role) = target(db, account, role)?;
    Ok(Target { name, role })
}

/// The labels of a thread after it was moved: its new place first, since that tells its role, then those that the user
/// gave it. The label that is shown is the place it leaves.
fn labels(
    db: &Connection,
    account: &AccountId,
    mails: &[Mail],
    shown: Option<&str>,
    target: &Target,
) -> Result<Vec<String>> {
    let mut found = vec![target.name.clone()];
    if matches!(target.role.as_str(), "spam" | "trash") {
        return Ok(found);
    }
    let mut role = db.prepare_cached(
        "SELECT role FROM folders WHERE name = ?2 AND account = (SELECT id FROM accounts WHERE uid = ?1)",
    )?;
    for name in mails.iter().flat_map(|mail| &mail.folders) {
        let role: Option<String> = role
            .query_row((account.as_str(), name), |row| row.get(0))
            .optional()?;
        let kept = matches!(
            role.as_deref(),
            None | Some("unknown" | "starred" | "important")
        );
        let leaves = shown == Some(name) && target.role != "archive";
        if kept && !leaves && !found.contains(name) {
            found.push(name.clone());
        }
    }
    Ok(found)
}

/// Whether mails of an account have labels, and move with their whole thread.
pub(super) fn has_labels(db: &Connection, account: &AccountId) -> Result<bool> {
    let word: Option<String> = db
        .prepare_cached("SELECT provider FROM accounts WHERE uid = ?1")?
        .query_row([account.as_str()], |row| row.get(0))
        .optional()?;
    Ok(word.is_some_and(|word| Provider::from_word(&word) == Provider::Google))
}

/// The mails that Gmail moves with one of a thread: all but what the user wrote.
pub(super) fn companions(db: &Connection, mail: &str) -> Result<Vec<String>> {
    let mut query = db.prepare_cached(
        "SELECT m.uid FROM messages m JOIN mails ON mails.message = m.id
         WHERE m.conversation = (SELECT conversation FROM messages WHERE uid = ?1)
           AND (m.uid = ?1 OR mails.role NOT IN ('sent', 'drafts')) ORDER BY m.id",
    )?;
    let rows = query.query_map([mail], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn name_of(db: &Connection, folder: FolderKey) -> Result<Option<String>> {
    Ok(db
        .prepare_cached("SELECT name FROM folders WHERE id = ?1")?
        .query_row([folder.0], |row| row.get(0))
        .optional()?)
}

fn is_trash(db: &Connection, folder: Option<FolderKey>) -> Result<bool> {
    let role: Option<String> = db
        .prepare_cached("SELECT role FROM folders WHERE id = ?1")?
        .query_row([folder.map(|it| it.0)], |row| row.get(0))
        .optional()?;
    Ok(role.as_deref() == Some("trash"))
}
