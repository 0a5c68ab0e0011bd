//! Compares what the provider lists as drafts with what is known of it.

use jiff::Timestamp;
use rusqlite::OptionalExtension as _;

use super::{Copy, CopyKey, GIVEN_UP, HEADER, Leaving, SETTLE, State, select, stored, tidy, words};
use crate::model::act::FileRef;
use crate::model::email::Email;
use crate::model::id::{AccountId, EmailId};
use crate::model::outbox::{Draft, DraftBody, DraftKey};
use crate::store::apply;
use crate::store::error::Result;
use crate::store::outbox::drafts;
use crate::store::tx::Tx;

/// What a look at the list has brought.
#[derive(Debug, Default)]
pub struct Stock {
    /// Drafts that were written or changed elsewhere.
    pub strangers: Vec<Stranger>,
    /// Copies that are not listed any more.
    pub missing: Vec<(CopyKey, EmailId)>,
    /// Mails that nobody needs there.
    pub leaving: Vec<Leaving>,
}

/// A draft that was written or changed elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    pub mail: EmailId,
    /// The copy that it was.
    pub copy: Option<CopyKey>,
}

/// What became of a draft from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// It is a draft here, too.
    New(DraftKey),
    /// The draft that it was has changed as it did.
    Changed(DraftKey),
    /// The draft here had changed, too: this one lies beside it.
    Beside(DraftKey),
}

/// Takes note of the drafts that a provider lists. What is missing on a list that could not be read whole says nothing.
pub fn take_stock(
    tx: &Tx<'_>,
    account: &AccountId,
    mails: &[Email],
    is_whole: bool,
    now: Timestamp,
) -> Result<Stock> {
    settle(tx, account, now, is_whole.then_some(mails))?;
    let mut stock = Stock::default();
    for mail in mails {
        if let Some(stranger) = look_at(tx, account, mail)? {
            stock.strangers.push(stranger);
        }
    }
    let listed = |id: &EmailId| mails.iter().any(|mail| mail.id == *id);
    let changed = |key: CopyKey| stock.strangers.iter().any(|it| it.copy == Some(key));
    for copy in of_account(tx, account)? {
        let Some(mail) = copy.mail.clone() else {
            continue;
        };
        if changed(copy.key) {
            continue;
        }
        if !listed(&mail) {
            if is_whole {
                stock.missing.push((copy.key, mail));
            }
            continue;
        }
        apply::hide(tx, mail.as_str(), is_shown_as_draft(tx, &copy)?)?;
        if copy.draft.is_none() && copy.act.is_none() {
            let for_good = tx
                .prepare_cached("SELECT own AND replaced FROM draft_copies WHERE id = ?1")?
                .query_row([copy.key.0], |row| row.get(0))?;
            stock.leaving.push(Leaving {
                copy: copy.key,
                mail,
                for_good,
            });
        }
    }
    Ok(stock)
}

fn of_account(tx: &Tx<'_>, account: &AccountId) -> Result<Vec<Copy>> {
    select(
        tx,
        "account = ?1 AND state <> 'refused'",
        &[&account.as_str()],
    )
}

/// Whether the conversation shows the draft, so that it need not show the mail as well.
fn is_shown_as_draft(tx: &Tx<'_>, copy: &Copy) -> Result<bool> {
    let Some(key) = copy.draft else {
        return Ok(true);
    };
    Ok(drafts::get(tx, key)?.is_some_and(|it| it.body.conversation.is_some()))
}

/// Works out what has happened here since the last look.
fn settle(tx: &Tx<'_>, account: &AccountId, now: Timestamp, list: Option<&[Email]>) -> Result<()> {
    tidy(tx)?;
    let account = account.as_str();
    // What was sent or taken back has no draft any more.
    tx.prepare_cached(
        "UPDATE draft_copies SET act = NULL WHERE account = ?1 AND act IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE id = act AND state NOT IN ('sent', 'canceled'))",
    )?
    .execute([account])?;
    // A draft that is written from another account now is stored there.
    tx.prepare_cached(
        "UPDATE draft_copies SET draft = NULL, replaced = 1
         WHERE account = ?1 AND draft IN (SELECT id FROM drafts WHERE account IS NOT ?1)",
    )?
    .execute([account])?;
    let Some(list) = list else { return Ok(()) };
    for copy in select(tx, "account = ?1 AND mail IS NULL", &[&account])? {
        let age = now.duration_since(copy.at).abs();
        if list.iter().any(|mail| is_of(&copy, mail)) {
            continue;
        }
        if copy.state == State::Storing && age > SETTLE {
            tx.prepare_cached(
                "UPDATE draft_copies SET draft = NULL, replaced = 1, state = 'stored' WHERE id = ?1",
            )?
            .execute([copy.key.0])?;
        } else if copy.draft.is_none() && copy.act.is_none() && age > GIVEN_UP {
            tx.prepare_cached("DELETE FROM draft_copies WHERE id = ?1")?
                .execute([copy.key.0])?;
        }
    }
    Ok(())
}

fn name(mail: &Email) -> Option<&str> {
    let mut headers = mail.headers.iter();
    let header = headers.find(|it| it.name.eq_ignore_ascii_case(HEADER))?;
    Some(header.value.trim()).filter(|name| !name.is_empty())
}

/// Whether a mail is a copy that was not seen in the list before. Some servers keep no headers: then the words tell.
fn is_of(copy: &Copy, mail: &Email) -> bool {
    copy.mail.is_none()
        && match (name(mail), copy.name.as_deref()) {
            (Some(there), Some(here)) => there == here,
            _ => copy.words == words::listed(mail),
        }
}

/// Finds out what a listed draft is. Gives back one that was written or changed elsewhere.
fn look_at(tx: &Tx<'_>, account: &AccountId, mail: &Email) -> Result<Option<Stranger>> {
    let copies = of_account(tx, account)?;
    let seen = words::listed(mail);
    let stranger = |copy: Option<&Copy>| Stranger {
        mail: mail.id.clone(),
        copy: copy.map(|it| it.key),
    };
    if let Some(copy) = copies.iter().find(|it| it.mail.as_ref() == Some(&mail.id)) {
        let same = copy.seen.as_ref() == Some(&seen);
        return Ok((!same).then(|| stranger(Some(copy))));
    }
    let unseen = copies.iter().rev().find(|copy| is_of(copy, mail));
    if let Some(copy) = unseen {
        found(tx, copy, mail, &seen)?;
        return Ok(None);
    }
    // Who changed it there may have made another mail of it.
    let known = copies
        .iter()
        .find(|it| it.name.is_some() && it.name.as_deref() == name(mail));
    if known.is_none() && adopt(tx, account, mail, &seen)? {
        return Ok(None);
    }
    Ok(Some(stranger(known)))
}

/// A copy is seen in the list for the first time.
fn found(tx: &Tx<'_>, copy: &Copy, mail: &Email, seen: &str) -> Result<()> {
    tx.prepare_cached("UPDATE draft_copies SET mail = ?2, seen = ?3 WHERE id = ?1")?
        .execute((copy.key.0, mail.id.as_str(), seen))?;
    if copy.state == State::Storing {
        stored(tx, copy.key, None)?;
    }
    move_along(tx, copy, mail)
}

/// A draft whose thread is nothing but itself goes to the thread of its new copy, or it would belong to nothing.
fn move_along(tx: &Tx<'_>, copy: &Copy, mail: &Email) -> Result<()> {
    let Some(draft) = copy
        .draft
        .map(|key| drafts::get(tx, key))
        .transpose()?
        .flatten()
    else {
        return Ok(());
    };
    let (Some(old), Some(new)) = (&draft.body.conversation, thread(tx, mail)?) else {
        return Ok(());
    };
    let others: bool = tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM messages m JOIN conversations c ON c.id = m.conversation
               JOIN accounts a ON a.id = c.account
               WHERE c.uid = ?1 AND a.uid = ?2 AND m.uid NOT IN (SELECT mail FROM draft_copies WHERE mail IS NOT NULL))",
        )?
        .query_row((old, mail.account_id.as_str()), |row| row.get(0))?;
    if others || *old == new || is_taken(tx, mail, &new)? {
        return Ok(());
    }
    let body = DraftBody {
        conversation: Some(new),
        ..draft.body
    };
    drafts::save(tx, Some(draft.key), &body, draft.updated_at)?;
    Ok(())
}

/// After the loss of this table the drafts are still there: one that says the same is the one that was stored.
fn adopt(tx: &Tx<'_>, account: &AccountId, mail: &Email, seen: &str) -> Result<bool> {
    for draft in drafts::of_account(tx, account.as_str())? {
        let Some(written) = draft.body.mail() else {
            continue;
        };
        let has_copy = !select(tx, "draft = ?1", &[&draft.key.0])?.is_empty();
        if !has_copy && words::written(&written) == seen {
            link(tx, draft.key, mail, &words::exact(&written), seen)?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// A mail is the copy of a draft from now on.
fn link(tx: &Tx<'_>, draft: DraftKey, mail: &Email, exact: &str, seen: &str) -> Result<()> {
    tx.prepare_cached("DELETE FROM draft_copies WHERE mail = ?1")?
        .execute([mail.id.as_str()])?;
    tx.prepare_cached(
        "INSERT INTO draft_copies (draft, account, name, mail, stored, words, seen, state, own, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 'stored', 0, ?7)",
    )?
    .execute((
        draft.0,
        mail.account_id.as_str(),
        name(mail),
        mail.id.as_str(),
        exact,
        seen,
        mail.date.as_millisecond(),
    ))?;
    let shown = drafts::get(tx, draft)?.is_some_and(|it| it.body.conversation.is_some());
    apply::hide(tx, mail.id.as_str(), shown)
}

/// Makes a draft of one that was written or changed elsewhere. Its files have been fetched.
pub fn pick_up(
    tx: &Tx<'_>,
    stranger: &Stranger,
    mail: &Email,
    files: Vec<FileRef>,
    now: Timestamp,
) -> Result<Picked> {
    let own: Option<String> = tx
        .prepare_cached("SELECT identity FROM accounts WHERE uid = ?1")?
        .query_row([mail.account_id.as_str()], |row| row.get(0))
        .optional()?
        .flatten();
    let mut body = words::body(mail, own.as_deref(), files);
    let copy = match stranger.copy {
        Some(key) => select(tx, "id = ?1", &[&key.0])?.pop(),
        None => None,
    };
    let here = match copy.as_ref().and_then(|it| it.draft) {
        Some(key) => drafts::get(tx, key)?,
        None => None,
    };
    let unchanged = |draft: &Draft| {
        let exact = draft.body.mail().as_ref().map(words::exact);
        exact.as_deref() == copy.as_ref().map(|it| it.stored.as_str())
    };
    if let Some(copy) = &copy {
        tx.prepare_cached("DELETE FROM draft_copies WHERE id = ?1")?
            .execute([copy.key.0])?;
    }
    let picked = match here {
        Some(draft) if unchanged(&draft) => {
            body.conversation.clone_from(&draft.body.conversation);
            Picked::Changed(drafts::save(tx, Some(draft.key), &body, now)?)
        }
        Some(_) => {
            body.subject.push_str(" (changed elsewhere)");
            Picked::Beside(drafts::save(tx, None, &body, now)?)
        }
        None => {
            let thread = thread(tx, mail)?;
            body.conversation = match thread {
                Some(uid) if !is_taken(tx, mail, &uid)? => Some(uid),
                _ => None,
            };
            Picked::New(drafts::save(tx, None, &body, now)?)
        }
    };
    let (Picked::New(key) | Picked::Changed(key) | Picked::Beside(key)) = picked;
    let exact = body.mail().as_ref().map(words::exact).unwrap_or_default();
    link(tx, key, mail, &exact, &words::listed(mail))?;
    Ok(picked)
}

/// The thread in which a mail is stored.
fn thread(tx: &Tx<'_>, mail: &Email) -> Result<Option<String>> {
    Ok(tx
        .prepare_cached(
            "SELECT c.uid FROM messages m JOIN conversations c ON c.id = m.conversation WHERE m.uid = ?1",
        )?
        .query_row([mail.id.as_str()], |row| row.get(0))
        .optional()?)
}

/// Whether a thread has a draft already; there is one at most.
fn is_taken(tx: &Tx<'_>, mail: &Email, thread: &str) -> Result<bool> {
    Ok(drafts::of_conversation(tx, mail.account_id.as_str(), thread)?.is_some())
}

/// The provider does not have a copy any more: it was sent or thrown away elsewhere, and the draft ends here too unless it
/// was changed here since.
pub fn ended_elsewhere(tx: &Tx<'_>, key: CopyKey) -> Result<()> {
    let Some(copy) = select(tx, "id = ?1", &[&key.0])?.pop() else {
        return Ok(());
    };
    super::gone(tx, key)?;
    let Some(draft) = copy
        .draft
        .map(|key| drafts::get(tx, key))
        .transpose()?
        .flatten()
    else {
        return Ok(());
    };
    let others = select(tx, "draft = ?1", &[&draft.key.0])?;
    let exact = draft.body.mail().as_ref().map(words::exact);
    if others.is_empty() && exact.as_ref() == Some(&copy.stored) {
        drafts::delete(tx, draft.key)?;
    }
    Ok(())
}
