//! How an act gets from one state to the next. Every step checks the state it starts from, so that two processes, or a
//! late answer, cannot do a step twice.

use jiff::Timestamp;
use rusqlite::OptionalExtension as _;

use super::{optimism, read, sightings};
use crate::model::act::Act;
use crate::model::outbox::{OutboxId, OutboxItem};
use crate::store::apply::Stamp;
use crate::store::error::{Error, Result};
use crate::store::tx::{Change, Tx};

/// What the server made of an act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Success {
    /// The uid of the message, the tracking id of the mail; absent when the server gave none.
    pub result: Option<String>,
    /// The chat that was started.
    pub conversation: Option<String>,
}

/// The act goes out now: written down before the request, so that nobody sends it again without looking. Tells whether
/// it is still to go out. `server_now` is the server's clock, where it is known.
pub fn begin(
    tx: &Tx<'_>,
    id: OutboxId,
    now: Timestamp,
    server_now: Option<Timestamp>,
) -> Result<bool> {
    let Some(item) = read::get(tx, id)? else {
        return Ok(false);
    };
    let twins = sightings::twins(tx, &item)?;
    let twins = serde_json::to_string(&twins).unwrap_or_else(|_| "[]".to_owned());
    let begun = tx
        .prepare_cached(
            "UPDATE outbox SET state = 'sending', attempted_at = ?2, updated_at = ?2, tries = tries + 1, looks = 0,
                    error = NULL, server_at = ?3, twins = ?4
             WHERE id = ?1 AND state IN ('scheduled', 'queued')",
        )?
        .execute((
            id.0,
            now.as_millisecond(),
            server_now.map(Timestamp::as_millisecond),
            twins,
        ))?;
    changed(tx, &item.act)?;
    Ok(begun == 1)
}

/// The server has taken it, or it was seen there.
pub fn succeed(
    tx: &Tx<'_>,
    id: OutboxId,
    success: &Success,
    stamp: Stamp,
    now: Timestamp,
) -> Result<bool> {
    let moved = tx
        .prepare_cached(
            "UPDATE outbox SET state = 'sent', updated_at = ?2, error = NULL, result = ?3,
                    conversation = ifnull(conversation, ?4)
             WHERE id = ?1 AND state IN ('sending', 'unknown')",
        )?
        .execute((
            id.0,
            now.as_millisecond(),
            &success.result,
            &success.conversation,
        ))?;
    if moved == 1 {
        optimism::confirm(tx, id, stamp)?;
    }
    told(tx, id)?;
    Ok(moved == 1)
}

/// The server has refused it, or it cannot be sent at all: what it changed is taken back.
pub fn fail(tx: &Tx<'_>, id: OutboxId, reason: &str, now: Timestamp) -> Result<bool> {
    let moved = tx
        .prepare_cached(
            "UPDATE outbox SET state = 'failed', updated_at = ?2, error = ?3
             WHERE id = ?1 AND state IN ('scheduled', 'queued', 'sending', 'unknown')",
        )?
        .execute((id.0, now.as_millisecond(), reason))?;
    if moved == 1 {
        optimism::take_back(tx, id)?;
    }
    told(tx, id)?;
    Ok(moved == 1)
}

/// Nobody knows whether it arrived. It is looked for from `look_at` on.
pub fn unknown(
    tx: &Tx<'_>,
    id: OutboxId,
    reason: &str,
    look_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'unknown', updated_at = ?2, due_at = ?3, looks = 0, error = ?4
         WHERE id = ?1 AND state = 'sending'",
    )?
    .execute((id.0, now.as_millisecond(), look_at.as_millisecond(), reason))?;
    told(tx, id)
}

/// It was looked for and not found, or the look itself did not work out, which does not count.
pub fn looked(
    tx: &Tx<'_>,
    id: OutboxId,
    counts: bool,
    again: Timestamp,
    reason: Option<&str>,
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE outbox SET looks = looks + ?2, due_at = ?3, error = ifnull(?4, error) WHERE id = ?1 AND state = 'unknown'",
    )?
    .execute((id.0, counts, again.as_millisecond(), reason))?;
    told(tx, id)
}

/// The server's clock is known now, but was not when the act went out: notes when that was by it. Tells whether that
/// was missing.
pub fn timed(tx: &Tx<'_>, id: OutboxId, attempted: Timestamp) -> Result<bool> {
    let noted = tx
        .prepare_cached("UPDATE outbox SET server_at = ?2 WHERE id = ?1 AND server_at IS NULL")?
        .execute((id.0, attempted.as_millisecond()))?;
    Ok(noted > 0)
}

/// It certainly did not happen and is tried again later, at its place in the lane.
pub fn requeue(
    tx: &Tx<'_>,
    id: OutboxId,
    due: Timestamp,
    reason: &str,
    now: Timestamp,
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'queued', updated_at = ?2, due_at = ?3, error = ?4
         WHERE id = ?1 AND state IN ('sending', 'unknown')",
    )?
    .execute((id.0, now.as_millisecond(), due.as_millisecond(), reason))?;
    told(tx, id)
}

/// It certainly did not go out, since the server is away: it is as if it had not been tried.
pub fn hold(tx: &Tx<'_>, id: OutboxId, reason: &str, now: Timestamp) -> Result<()> {
    tx.prepare_cached(
        "UPDATE outbox SET state = 'queued', updated_at = ?2, due_at = ?2, tries = max(tries - 1, 0), error = ?3
         WHERE id = ?1 AND state = 'sending'",
    )?
    .execute((id.0, now.as_millisecond(), reason))?;
    told(tx, id)
}

/// The user takes it back. What it changed is taken back too; the act comes back for those who want its words.
pub fn cancel(tx: &Tx<'_>, id: OutboxId, now: Timestamp) -> Result<Act> {
    let item = existing(tx, id)?;
    let moved = tx
        .prepare_cached(
            "UPDATE outbox SET state = 'canceled', updated_at = ?2
             WHERE id = ?1 AND state IN ('scheduled', 'queued', 'failed', 'unknown')",
        )?
        .execute((id.0, now.as_millisecond()))?;
    if moved == 0 {
        return Err(Error::NotPossible(
            "It cannot be taken back any more: it is on its way or done",
        ));
    }
    optimism::take_back(tx, id)?;
    changed(tx, &item.act)?;
    Ok(item.act)
}

/// The user wants it sent again, or sent now.
pub fn retry(tx: &Tx<'_>, id: OutboxId, now: Timestamp) -> Result<()> {
    let item = existing(tx, id)?;
    let moved = tx
        .prepare_cached(
            "UPDATE outbox SET state = 'queued', updated_at = ?2, due_at = ?2, turn = min(turn, ?2), error = NULL
             WHERE id = ?1 AND state IN ('failed', 'unknown', 'scheduled', 'queued')",
        )?
        .execute((id.0, now.as_millisecond()))?;
    if moved == 0 {
        return Err(Error::NotPossible(
            "It cannot be sent again: it is on its way, done or taken back",
        ));
    }
    optimism::show(tx, id, &item.act)?;
    changed(tx, &item.act)
}

/// At the start: what was on its way when a process ended may have arrived. Acts that can be done twice go out again.
pub fn recover(tx: &Tx<'_>, now: Timestamp) -> Result<usize> {
    let ids: Vec<i64> = tx
        .prepare_cached("SELECT id FROM outbox WHERE state = 'sending'")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in &ids {
        let id = OutboxId(*id);
        let reason = "onebox ended before the answer came";
        if existing(tx, id)?.act.is_repeatable() {
            requeue(tx, id, now, reason, now)?;
        } else {
            unknown(tx, id, reason, now, now)?;
        }
    }
    Ok(ids.len())
}

/// Lets go of what has been done for a long time. What failed or is unknown stays until the user has said something.
pub fn tidy(tx: &Tx<'_>, before: Timestamp) -> Result<usize> {
    let at = before.as_millisecond();
    tx.execute("DELETE FROM undo WHERE at < ?1", [at])?;
    Ok(tx.execute(
        "DELETE FROM outbox WHERE state IN ('sent', 'canceled') AND updated_at < ?1",
        [at],
    )?)
}

fn existing(tx: &Tx<'_>, id: OutboxId) -> Result<OutboxItem> {
    read::get(tx, id)?.ok_or(Error::Missing {
        what: "act in the outbox",
    })
}

fn told(tx: &Tx<'_>, id: OutboxId) -> Result<()> {
    let act: Option<String> = tx
        .prepare_cached("SELECT act FROM outbox WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    act.map_or(Ok(()), |act| changed(tx, &read::read_act(&act)?))
}

fn changed(tx: &Tx<'_>, act: &Act) -> Result<()> {
    tx.changed(Change::Outbox);
    optimism::touch(tx, act)
}
