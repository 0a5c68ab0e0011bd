//! Hands acts over: the rows of the outbox, what is shown at once, what undoes it, and the end of the draft.

use std::hash::{BuildHasher as _, Hasher as _};
use std::time::Duration;

use jiff::Timestamp;

use super::{copies, drafts, labels, optimism, undo};
use crate::model::act::Act;
use crate::model::outbox::{DraftKey, OutboxId, OutboxState};
use crate::store::error::{Error, Result};
use crate::store::tx::{Change, Tx};

/// When acts are to go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Now,
    /// After a time in which the user can take it back. Acts without words of the user do not wait for it.
    After(Duration),
    /// Later.
    At(Timestamp),
}

/// Hands over what the user did in one stroke. Gives the acts that the server will be told of.
pub fn submit(tx: &Tx<'_>, acts: Vec<Act>, now: Timestamp, when: When) -> Result<Vec<OutboxId>> {
    let label = labels::label(tx, &acts)?;
    let mut inverse = Vec::with_capacity(acts.len());
    for act in &acts {
        inverse.push(undo::inverse(tx, act)?);
    }
    let ids = hand_over(tx, acts, now, when)?;
    undo::remember(tx, now, &label, &ids, &inverse)?;
    Ok(ids.into_iter().flatten().collect())
}

/// Hands over what happened by itself, such as a read mark: nothing the user would want to undo.
pub fn submit_quietly(tx: &Tx<'_>, acts: Vec<Act>, now: Timestamp) -> Result<Vec<OutboxId>> {
    let ids = hand_over(tx, acts, now, When::Now)?;
    Ok(ids.into_iter().flatten().collect())
}

/// Hands over the words of a draft, which ends with it.
pub fn submit_draft(
    tx: &Tx<'_>,
    draft: DraftKey,
    acts: Vec<Act>,
    now: Timestamp,
    when: When,
) -> Result<Vec<OutboxId>> {
    let mut copies = Vec::new();
    let mut acts = acts;
    for act in &mut acts {
        if let Act::SendEmail(mail) = act {
            copies.extend(copies::leave(tx, draft, mail)?);
        }
    }
    let ids = submit(tx, acts, now, when)?;
    if let [id] = ids.as_slice() {
        copies::follow(tx, &copies, *id)?;
    }
    drafts::delete(tx, draft)?;
    Ok(ids)
}

/// One place for each act; absent for those that only this machine knows of.
pub(super) fn hand_over(
    tx: &Tx<'_>,
    acts: Vec<Act>,
    now: Timestamp,
    when: When,
) -> Result<Vec<Option<OutboxId>>> {
    let due = match when {
        When::After(time) if acts.iter().any(Act::is_written) => {
            now.checked_add(time).unwrap_or(now)
        }
        When::Now | When::After(_) => now,
        When::At(time) => time.max(now),
    };
    acts.into_iter()
        .map(|act| one(tx, act, now, due))
        .collect::<Result<_>>()
}

fn one(tx: &Tx<'_>, mut act: Act, now: Timestamp, due: Timestamp) -> Result<Option<OutboxId>> {
    check(&act)?;
    if optimism::stays_here(tx, &act)? {
        return Ok(None);
    }
    if let Act::SendEmail(mail) = &mut act
        && mail.key.is_empty()
    {
        mail.key = unique();
    }
    let text = serde_json::to_string(&act).map_err(|error| Error::unreadable("act", error))?;
    let state = if due > now {
        OutboxState::Scheduled
    } else {
        OutboxState::Queued
    };
    tx.prepare_cached(
        "INSERT INTO outbox (account, conversation, lane, act, state, due_at, created_at, updated_at, turn)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?6)",
    )?
    .execute((
        act.account().as_str(),
        act.conversation(),
        lane(&act),
        text,
        state.as_str(),
        due.as_millisecond(),
        now.as_millisecond(),
    ))?;
    let id = OutboxId(tx.last_insert_rowid());
    optimism::show(tx, id, &act)?;
    optimism::touch(tx, &act)?;
    tx.changed(Change::Outbox);
    Ok(Some(id))
}

/// What no server could do anything with is refused here, while the user still sees it.
fn check(act: &Act) -> Result<()> {
    let nothing = "There is nothing to send: write something or attach a file";
    let nobody = "Nobody is named to send it to";
    let problem = match act {
        Act::SendMessage(it) => {
            (it.text.trim().is_empty() && act.files().next().is_none()).then_some(nothing)
        }
        Act::StartChat(it) if it.attendees.is_empty() => Some(nobody),
        Act::StartChat(it) => {
            (it.text.trim().is_empty() && act.files().next().is_none()).then_some(nothing)
        }
        Act::SendEmail(it) => {
            (it.to.is_empty() && it.cc.is_empty() && it.bcc.is_empty()).then_some(nobody)
        }
        Act::EditMessage { text, .. } => text.trim().is_empty().then_some(nothing),
        _ => None,
    };
    problem.map_or(Ok(()), |words| Err(Error::NotPossible(words)))
}

/// Acts that must keep their order share a lane: those of a conversation, or of the same people while there is none.
fn lane(act: &Act) -> String {
    let account = act.account();
    if let Some(uid) = act.conversation() {
        return format!("{account}/{uid}");
    }
    let mut people: Vec<&str> = match act {
        Act::StartChat(it) => it.attendees.iter().map(AsRef::as_ref).collect(),
        Act::SendEmail(it) => it.to.iter().map(|to| to.address.as_str()).collect(),
        _ => Vec::new(),
    };
    people.sort_unstable();
    format!("{account}/new:{}", people.join(","))
}

/// A name nobody else makes up: 128 bits of chance.
pub(super) fn unique() -> String {
    let chance = || std::hash::RandomState::new().build_hasher().finish();
    let more = std::hash::RandomState::new().hash_one(chance());
    format!("onebox-{:016x}{more:016x}", chance())
}
