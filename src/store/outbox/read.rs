//! What lies in the outbox, and what is to go out next.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql};

use super::{LOOKS, SETTLE};
use crate::model::act::Act;
use crate::model::outbox::{OutboxId, OutboxItem, OutboxState};
use crate::store::error::{Error, Result};
use crate::store::read::time;

const COLUMNS: &str = "id, account, conversation, lane, act, state, due_at, created_at, updated_at, attempted_at, tries, \
                       looks, error, result";

/// One act.
pub fn get(db: &Connection, id: OutboxId) -> Result<Option<OutboxItem>> {
    Ok(select(db, "id = ?1", &[&id.0])?.pop())
}

/// The latest acts, newest first.
pub fn all(db: &Connection, limit: u32) -> Result<Vec<OutboxItem>> {
    select(db, "1 ORDER BY id DESC LIMIT ?1", &[&limit])
}

/// All acts that are not done: those that wait, are on their way, failed or are unknown.
pub fn pending(db: &Connection) -> Result<Vec<OutboxItem>> {
    select(db, "state NOT IN ('sent', 'canceled') ORDER BY id", &[])
}

/// Messages of a conversation that are not among its entries yet, in their order.
pub fn of_conversation(db: &Connection, account: &str, uid: &str) -> Result<Vec<OutboxItem>> {
    let waiting = "conversation = ?2 AND account = ?1 AND state <> 'canceled'
         AND NOT (state = 'sent' AND result IS NOT NULL
              AND (EXISTS (SELECT 1 FROM messages WHERE uid = outbox.result)
                   OR EXISTS (SELECT 1 FROM mails WHERE tracking_id = outbox.result)))
         AND NOT (state = 'sent' AND updated_at < (SELECT max(updated_at) FROM outbox) - 86400000)
         ORDER BY turn, id";
    let mut found = select(db, waiting, &[&account, &uid])?;
    found.retain(|it| it.act.is_message());
    Ok(found)
}

/// How many acts wait or are on their way, and how many need the user: failed or unknown.
pub fn open(db: &Connection) -> Result<(u64, u64)> {
    let count = |states: &str| -> Result<u64> {
        let query = format!("SELECT count(*) FROM outbox WHERE state IN ({states})");
        let found: i64 = db.prepare_cached(&query)?.query_row([], |row| row.get(0))?;
        Ok(u64::try_from(found).unwrap_or(0))
    };
    Ok((
        count("'scheduled', 'queued', 'sending'")?,
        count("'failed', 'unknown'")?,
    ))
}

/// How many acts that others will see wait or are on their way, and how many acts of any kind need the user. Marks and
/// moves that only keep the server in step are nothing to worry about.
pub fn unsent(db: &Connection) -> Result<(u64, u64)> {
    let (_, stuck) = open(db)?;
    let waiting: i64 = db
        .prepare_cached(
            "SELECT count(*) FROM outbox WHERE state IN ('scheduled', 'queued', 'sending')
               AND act ->> 'do' IN ('send_message', 'start_chat', 'send_email', 'forward_message', 'edit_message',
                                    'delete_message', 'react')",
        )?
        .query_row([], |row| row.get(0))?;
    Ok((u64::try_from(waiting).unwrap_or(0), stuck))
}

/// Acts that were refused, the latest first.
pub fn failed(db: &Connection, limit: u32) -> Result<Vec<OutboxItem>> {
    select(
        db,
        "state = 'failed' ORDER BY updated_at DESC, id DESC LIMIT ?1",
        &[&limit],
    )
}

/// The act of every lane that can go out now; at most one of each.
pub fn next(db: &Connection, now: Timestamp) -> Result<Vec<OutboxItem>> {
    let found = lines(db, now)?
        .into_values()
        .filter_map(|line| match head(&line, now) {
            Head::Ready(id) => Some(id),
            Head::Waits(_) | Head::Nothing => None,
        })
        .collect::<Vec<_>>();
    let mut items = Vec::with_capacity(found.len());
    for id in found {
        items.extend(get(db, id)?);
    }
    items.sort_by_key(|it| (it.due_at, it.id));
    Ok(items)
}

/// Unknown acts that are to be looked for now.
pub fn looks(db: &Connection, now: Timestamp) -> Result<Vec<OutboxItem>> {
    let found = select(
        db,
        "state = 'unknown' AND looks < ?1 ORDER BY turn, id",
        &[&LOOKS],
    )?;
    Ok(found
        .into_iter()
        .filter(|it| is_due(it.due_at, it.updated_at, now))
        .collect())
}

/// When there is something to do next; `None` when nothing waits for a time.
pub fn next_due(db: &Connection, now: Timestamp) -> Result<Option<Timestamp>> {
    let waits = lines(db, now)?
        .into_values()
        .filter_map(|line| match head(&line, now) {
            Head::Ready(_) => Some(now),
            Head::Waits(until) => Some(until),
            Head::Nothing => None,
        });
    let first = waits.min();
    let later: Option<i64> = db
        .prepare_cached(
            "SELECT min(due_at) FROM outbox WHERE state = 'unknown' AND looks < ?1
                OR state IN ('scheduled', 'queued') AND turn > ?2",
        )?
        .query_row((LOOKS, now.as_millisecond()), |row| row.get(0))?;
    Ok(first.into_iter().chain(later.map(time)).min())
}

/// What decides about the order of a lane.
struct Place {
    id: OutboxId,
    state: OutboxState,
    is_message: bool,
    /// A forward of words that are being changed.
    is_early: bool,
    due_at: Timestamp,
    updated_at: Timestamp,
    looks: u32,
}

/// Every lane with what stands in it, in order.
fn lines(db: &Connection, now: Timestamp) -> Result<BTreeMap<String, Vec<Place>>> {
    let mut lines: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let mut query = db.prepare_cached(
        "SELECT lane, id, state, act ->> 'do', due_at, updated_at, looks, turn, created_at,
            act ->> 'do' = 'forward_message' AND EXISTS (
              SELECT 1 FROM outbox AS edit WHERE edit.id < outbox.id AND edit.act ->> 'do' = 'edit_message'
                AND edit.act ->> 'message' = outbox.act ->> 'message'
                AND edit.state IN ('scheduled', 'queued', 'sending'))
         FROM outbox WHERE state NOT IN ('sent', 'canceled', 'failed') ORDER BY lane, turn, id",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let turn = time(row.get(7)?);
        if !is_due(turn, time(row.get(8)?), now) {
            continue;
        }
        let kind: String = row.get(3)?;
        lines.entry(row.get(0)?).or_default().push(Place {
            id: OutboxId(row.get(1)?),
            state: state(&row.get::<_, String>(2)?)?,
            is_message: matches!(
                kind.as_str(),
                "send_message" | "start_chat" | "send_email" | "forward_message"
            ),
            is_early: row.get(9)?,
            due_at: time(row.get(4)?),
            updated_at: time(row.get(5)?),
            looks: row.get(6)?,
        });
    }
    Ok(lines)
}

/// What a lane comes to.
enum Head {
    Ready(OutboxId),
    Waits(Timestamp),
    Nothing,
}

fn head(line: &[Place], now: Timestamp) -> Head {
    // One that is tried again may stand before one that is on its way.
    if line.iter().any(|it| it.state == OutboxState::Sending) {
        return Head::Nothing;
    }
    let mut held: Option<Timestamp> = None;
    for place in line {
        match place.state {
            OutboxState::Unknown => {
                let until = place
                    .updated_at
                    .checked_add(SETTLE)
                    .unwrap_or(Timestamp::MAX);
                if place.is_message && place.looks < LOOKS && !is_due(until, place.updated_at, now)
                {
                    held = held.max(Some(until));
                }
            }
            _ if place.is_message && held.is_some() => {}
            // Its end makes this one ready; nobody has to wake up for it.
            _ if place.is_early => return Head::Nothing,
            _ if is_due(place.due_at, place.updated_at, now) => return Head::Ready(place.id),
            _ => return Head::Waits(place.due_at),
        }
    }
    held.map_or(Head::Nothing, Head::Waits)
}

/// Whether a moment has come. A clock that was set back meanwhile does not hold what only had to wait for minutes.
fn is_due(at: Timestamp, since: Timestamp, now: Timestamp) -> bool {
    const MINUTE: i64 = 60_000;
    let (at, since, now) = (
        at.as_millisecond(),
        since.as_millisecond(),
        now.as_millisecond(),
    );
    at <= now || since > now + MINUTE && at - since <= 10 * MINUTE
}

pub(super) fn state(word: &str) -> Result<OutboxState> {
    OutboxState::from_word(word)
        .ok_or_else(|| Error::unreadable("act", format!("its state is `{word}`")))
}

fn select(db: &Connection, condition: &str, values: &[&dyn ToSql]) -> Result<Vec<OutboxItem>> {
    let query = format!("SELECT {COLUMNS} FROM outbox WHERE {condition}");
    let rows: Vec<_> = db
        .prepare_cached(&query)?
        .query_map(values, item)?
        .collect::<rusqlite::Result<_>>()?;
    rows.into_iter()
        .map(|(mut item, act, word)| {
            item.act = read_act(&act)?;
            item.state = state(&word)?;
            Ok(item)
        })
        .collect()
}

pub(super) fn read_act(text: &str) -> Result<Act> {
    serde_json::from_str(text).map_err(|error| Error::unreadable("act", error))
}

/// A row, with the act and the state as they are written.
fn item(row: &Row<'_>) -> rusqlite::Result<(OutboxItem, String, String)> {
    let account: String = row.get(1)?;
    let item = OutboxItem {
        id: OutboxId(row.get(0)?),
        account: account.as_str().into(),
        conversation: row.get(2)?,
        lane: row.get(3)?,
        act: Act::DeleteChat {
            account: account.into(),
            chat: "".into(),
        },
        state: OutboxState::Unknown,
        due_at: time(row.get(6)?),
        created_at: time(row.get(7)?),
        updated_at: time(row.get(8)?),
        attempted_at: row.get::<_, Option<i64>>(9)?.map(time),
        tries: row.get(10)?,
        looks: row.get(11)?,
        error: row.get(12)?,
        result: row.get(13)?,
    };
    Ok((item, row.get(4)?, row.get(5)?))
}

/// What is not in an item and only counts when it is looked for: when it was tried by the server's clock, and what
/// looked the same before.
pub(super) fn traces(db: &Connection, id: OutboxId) -> Result<Option<(Option<i64>, Vec<String>)>> {
    let found: Option<(Option<i64>, String)> = db
        .prepare_cached("SELECT server_at, twins FROM outbox WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.map(|(at, twins)| (at, serde_json::from_str(&twins).unwrap_or_default())))
}
