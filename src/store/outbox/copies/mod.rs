//! Copies of mail drafts at the provider, which can store a draft, list it, send it and take it away, but not change it.
//!
//! ```text
//! begin (on the disk) ─► one request ─► stored ─► seen in the list ─► replaced or ended ─► taken away there
//!    └── no answer: looked for in the list by its name, or else by its words; never stored a second time before
//! ```
//!
//! A draft that changes is stored anew first, and its older copy taken away afterwards, so that it is always there at
//! least once. What somebody changed there meanwhile is not taken away: it becomes a draft of its own here.

mod stock;
mod words;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Row, ToSql};

use super::drafts;
use crate::model::act::{Act, NewMail};
use crate::model::id::{AccountId, DraftId, EmailId};
use crate::model::outbox::{Draft, DraftKey, OutboxId};
use crate::store::apply;
use crate::store::error::Result;
use crate::store::read::time;
use crate::store::tx::Tx;

pub use stock::{Picked, Stock, Stranger, ended_elsewhere, pick_up, take_stock};

/// The header by which a copy is known again.
pub const HEADER: &str = "X-Onebox-Draft";
/// A copy of which no answer came has arrived within this, or never.
const SETTLE: SignedDuration = SignedDuration::from_secs(60);
/// A copy that is not wanted any more and is not listed either is looked for no longer than this.
const GIVEN_UP: SignedDuration = SignedDuration::from_hours(24);

/// Names a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyKey(i64);

/// How far the storing of a copy has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It may have arrived.
    Storing,
    Stored,
    /// The provider did not want it.
    Refused,
}

/// What a provider holds of a draft.
#[derive(Debug, Clone)]
struct Copy {
    key: CopyKey,
    draft: Option<DraftKey>,
    act: Option<OutboxId>,
    name: Option<String>,
    draft_id: Option<DraftId>,
    mail: Option<EmailId>,
    stored: String,
    words: String,
    seen: Option<String>,
    state: State,
    at: Timestamp,
}

/// A mail that is a draft at the provider and has to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    pub copy: CopyKey,
    pub mail: EmailId,
    /// A newer one is there, so that nobody will look for this one in the trash.
    pub for_good: bool,
}

fn select(db: &Connection, condition: &str, values: &[&dyn ToSql]) -> Result<Vec<Copy>> {
    let query = format!(
        "SELECT id, draft, act, name, draft_id, mail, stored, words, seen, state, at FROM draft_copies
         WHERE {condition} ORDER BY id"
    );
    Ok(db
        .prepare_cached(&query)?
        .query_map(values, copy)?
        .collect::<rusqlite::Result<_>>()?)
}

fn copy(row: &Row<'_>) -> rusqlite::Result<Copy> {
    Ok(Copy {
        key: CopyKey(row.get(0)?),
        draft: row.get::<_, Option<i64>>(1)?.map(DraftKey),
        act: row.get::<_, Option<i64>>(2)?.map(OutboxId),
        name: row.get(3)?,
        draft_id: row.get::<_, Option<String>>(4)?.map(Into::into),
        mail: row.get::<_, Option<String>>(5)?.map(Into::into),
        stored: row.get(6)?,
        words: row.get(7)?,
        seen: row.get(8)?,
        state: match row.get::<_, String>(9)?.as_str() {
            "storing" => State::Storing,
            "refused" => State::Refused,
            _ => State::Stored,
        },
        at: time(row.get(10)?),
    })
}

/// The drafts of an account that are to be stored, if nobody has touched them since a moment, and the latest touch of
/// those that have to wait.
pub fn due(
    db: &Connection,
    account: &AccountId,
    untouched_since: Timestamp,
) -> Result<(Vec<Draft>, Option<Timestamp>)> {
    let mut due = Vec::new();
    let mut touched = None;
    for draft in drafts::of_account(db, account.as_str())? {
        let Some(mail) = to_store(&draft) else {
            continue;
        };
        let copies = select(
            db,
            "draft = ?1 AND account = ?2",
            &[&draft.key.0, &account.as_str()],
        )?;
        if copies.iter().any(|it| it.state == State::Storing) {
            continue;
        }
        if copies
            .last()
            .is_some_and(|it| it.stored == words::exact(&mail))
        {
            continue;
        }
        if draft.updated_at <= untouched_since {
            due.push(draft);
        } else {
            touched = touched.max(Some(draft.updated_at));
        }
    }
    Ok((due, touched))
}

/// The mail of a draft that can be stored; one whose files are still to come cannot.
fn to_store(draft: &Draft) -> Option<NewMail> {
    let waits = draft
        .body
        .mail
        .as_ref()
        .is_some_and(|it| !it.awaited.is_empty());
    if waits || draft.body.is_empty() {
        return None;
    }
    draft.body.mail()
}

/// Whether the provider is to be told or asked of something about the drafts of an account.
pub fn is_wanted(db: &Connection, account: &AccountId, untouched_since: Timestamp) -> Result<bool> {
    let left: bool = db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM draft_copies c LEFT JOIN drafts d ON d.id = c.draft
               WHERE c.account = ?1 AND c.state <> 'refused'
                 AND (c.draft IS NULL AND (c.act IS NULL OR NOT EXISTS (
                        SELECT 1 FROM outbox WHERE id = c.act AND state NOT IN ('sent', 'canceled')))
                      OR d.account IS NOT c.account))",
        )?
        .query_row([account.as_str()], |row| row.get(0))?;
    Ok(left || !due(db, account, untouched_since)?.0.is_empty())
}

/// A copy goes out now, under a name of its own: written down before the request. `sent` is the mail as it goes out.
/// Absent when the draft has ended meanwhile.
pub fn begin(
    tx: &Tx<'_>,
    draft: &Draft,
    sent: &NewMail,
    now: Timestamp,
) -> Result<Option<(CopyKey, String)>> {
    if drafts::get(tx, draft.key)?.is_none() {
        return Ok(None);
    }
    let name = super::submit::unique();
    let exact = draft.body.mail().as_ref().map(words::exact);
    tx.prepare_cached(
        "INSERT INTO draft_copies (draft, account, name, stored, words, state, own, at)
         VALUES (?1, ?2, ?3, ?4, ?5, 'storing', 1, ?6)",
    )?
    .execute((
        draft.key.0,
        sent.account.as_str(),
        &name,
        exact.unwrap_or_default(),
        words::written(sent),
        now.as_millisecond(),
    ))?;
    Ok(Some((CopyKey(tx.last_insert_rowid()), name)))
}

/// The provider has it: it takes the place of the older ones.
pub fn stored(tx: &Tx<'_>, key: CopyKey, draft_id: Option<&DraftId>) -> Result<()> {
    tx.prepare_cached(
        "UPDATE draft_copies SET state = 'stored', draft_id = ifnull(?2, draft_id) WHERE id = ?1",
    )?
    .execute((key.0, draft_id.map(AsRef::as_ref)))?;
    tx.prepare_cached(
        "UPDATE draft_copies SET draft = NULL, replaced = 1
         WHERE id <> ?1 AND draft = (SELECT draft FROM draft_copies WHERE id = ?1)",
    )?
    .execute([key.0])?;
    tidy(tx)
}

/// It certainly did not arrive. Where the provider did not want it, it is not stored again before it changes.
pub fn failed(tx: &Tx<'_>, key: CopyKey, for_good: bool) -> Result<()> {
    let statement = if for_good {
        "UPDATE draft_copies SET state = 'refused' WHERE id = ?1"
    } else {
        "DELETE FROM draft_copies WHERE id = ?1"
    };
    tx.prepare_cached(statement)?.execute([key.0])?;
    Ok(())
}

/// What was refused and has no draft any more, nobody looks for.
fn tidy(tx: &Tx<'_>) -> Result<()> {
    tx.prepare_cached("DELETE FROM draft_copies WHERE state = 'refused' AND draft IS NULL")?
        .execute([])?;
    Ok(())
}

/// The provider has it no more, or not as a draft.
pub fn gone(tx: &Tx<'_>, key: CopyKey) -> Result<()> {
    let mail: Option<String> = tx
        .prepare_cached("DELETE FROM draft_copies WHERE id = ?1 RETURNING mail")?
        .query_map([key.0], |row| row.get(0))?
        .next()
        .transpose()?
        .flatten();
    match mail {
        Some(mail) => apply::hide(tx, &mail, false),
        None => Ok(()),
    }
}

/// A draft goes to the outbox as a mail: its copies wait for what becomes of it. Where the provider holds the very same
/// mail, that is what is sent; an older one is taken away afterwards.
pub(super) fn leave(tx: &Tx<'_>, draft: DraftKey, mail: &mut NewMail) -> Result<Vec<CopyKey>> {
    let copies = select(tx, "draft = ?1 AND state <> 'refused'", &[&draft.0])?;
    let exact = words::exact(mail);
    let same = copies
        .iter()
        .rev()
        .find(|it| it.stored == exact && it.state == State::Stored);
    if let Some(same) = same {
        mail.draft.clone_from(&same.draft_id);
    }
    Ok(copies.into_iter().map(|it| it.key).collect())
}

/// The mail that a draft has become has its place in the outbox.
pub(super) fn follow(tx: &Tx<'_>, copies: &[CopyKey], act: OutboxId) -> Result<()> {
    for key in copies {
        tx.prepare_cached("UPDATE draft_copies SET draft = NULL, act = ?2 WHERE id = ?1")?
            .execute((key.0, act.0))?;
    }
    Ok(())
}

/// A mail that was taken back is a draft again, and so are its copies, unless the draft has some already.
pub(super) fn come_back(tx: &Tx<'_>, act: &Act, draft: DraftKey) -> Result<()> {
    let Act::SendEmail(mail) = act else {
        return Ok(());
    };
    if mail.key.is_empty() {
        return Ok(());
    }
    tx.prepare_cached(
        "UPDATE draft_copies SET draft = ?3, act = NULL
         WHERE act IN (SELECT id FROM outbox WHERE account = ?1 AND state = 'canceled' AND instr(act, ?2) > 0)
           AND NOT EXISTS (SELECT 1 FROM draft_copies WHERE draft = ?3)",
    )?
    .execute((mail.account.as_str(), &mail.key, draft.0))?;
    Ok(())
}
