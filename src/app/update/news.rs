//! What comes in: the clock, changes of the store, and answers.

use super::moving::{reach, rest};
use super::{Effects, accounts, triage, windows};
use crate::app::compose;
use crate::app::effect::{Answer, Deed, Done, Effect, Overview, Read, ThreadPage, Ticket};
use crate::app::msg::Changes;
use crate::app::places::{needs_user, remedy, status_words};
use crate::app::state::{Opening, Pane, State, Then};
use crate::app::status::{Link, Sync};
use crate::app::thread::Thread;
use crate::app::toast::Tone;
use crate::config::ReadMarks;
use crate::model::inbox::{Conversation, Edge};

pub(super) fn tick(state: &mut State, now: jiff::Timestamp) -> Effects {
    state.now = now;
    if state.peek_at.is_some_and(|at| at <= now) {
        state.peek_at = None;
        let shown = state.thread.as_ref().map(Thread::key);
        if let Some(key) = state
            .list
            .current()
            .map(|it| it.key)
            .filter(|key| Some(*key) != shown)
        {
            return state.open(key, None, Then::Peek);
        }
    }
    Effects::new()
}

pub(super) fn changed(state: &mut State, changes: &Changes) -> Effects {
    let mut effects = accounts::count(state);
    if changes.anything || changes.overview || !changes.conversations.is_empty() {
        effects.extend(compose::started::look(state));
        effects.extend(state.refresh_overview());
        let ticket = state.ticket();
        effects.extend(state.list.refresh(ticket));
    }
    if changes.anything || changes.overview {
        effects.extend(compose::new_chat::refresh(state));
    }
    let ticket = state.ticket();
    if let Some(thread) = state.thread.as_mut().filter(|it| changes.touches(it.key())) {
        effects.extend(thread.refresh(ticket));
    }
    effects
}

/// How it goes has changed; what has gone wrong is said once.
pub(super) fn told(state: &mut State, sync: Sync) -> Effects {
    let before = std::mem::replace(&mut state.sync, sync);
    let mut words = Vec::new();
    for (id, problem) in &state.sync.problems {
        if before.problems.get(id) != Some(problem) {
            let mut all = state.places.overview.accounts.iter();
            let name = all.find(|it| it.id == *id).map(|it| it.name.as_str());
            words.push(match name {
                Some(name) => format!("{name}: {problem}"),
                None => problem.clone(),
            });
        }
    }
    if let Some(trouble) = state
        .sync
        .trouble
        .as_ref()
        .filter(|it| before.trouble.as_ref() != Some(it))
    {
        words.push(trouble.clone());
    }
    match (&state.sync.link, &before.link) {
        (Link::Refused { reason }, old) if !matches!(old, Link::Refused { .. }) => {
            words.push(format!("{reason} Log in again with `onebox login`."));
        }
        (Link::Offline { reason, .. }, old) if !matches!(old, Link::Offline { .. }) => {
            words.push(format!("Offline: {reason}"));
        }
        _ => {}
    }
    for words in words {
        state.toasts.say(words, Tone::Bad, state.now);
    }
    let mut effects = accounts::count(state);
    effects.extend(compose::mail::online(state));
    effects
}

/// Says which accounts have stopped to work.
fn tell_of_accounts(state: &mut State, before: &Overview) {
    let now = &state.places.overview.accounts;
    let worked = |key| {
        let mut all = before.accounts.iter();
        all.any(|it| it.key == key && !needs_user(it))
    };
    let words: Vec<String> = now
        .iter()
        .filter(|it| needs_user(it) && worked(it.key))
        .map(|it| {
            let remedy = remedy(&it.status).unwrap_or_default();
            format!("{} {}. {remedy}", it.name, status_words(&it.status))
        })
        .collect();
    for words in words {
        state.toasts.say(words, Tone::Bad, state.now);
    }
}

/// Says what was refused and why; what holds no words of the user is then put away.
fn tell_of_failures(state: &mut State, before: &Overview) -> Effects {
    let all = &state.places.overview.failures;
    let new = all.iter().filter(|it| !before.failures.contains(it));
    let mut effects = Effects::new();
    for failure in new {
        state
            .toasts
            .say(failure.words.clone(), Tone::Bad, state.now);
        if failure.empty {
            effects.push(Effect::Do(Deed::Forget(failure.id)));
        }
    }
    effects
}

pub(super) fn answered(state: &mut State, ticket: Ticket, answer: Answer) -> Effects {
    let answer = match compose::answered(state, ticket, answer) {
        Ok(effects) => return effects,
        Err(answer) => answer,
    };
    match answer {
        Answer::Overview(overview) => counted(state, ticket, *overview),
        Answer::List { edge, rows, more } => listed(state, ticket, edge, rows, more),
        Answer::Thread(page) => told_of(state, ticket, *page),
        Answer::Older { entries, more } => {
            longer(state, |thread| thread.older(ticket, entries, more))
        }
        Answer::Newer { entries, more } => {
            longer(state, |thread| thread.newer(ticket, entries, more))
        }
        Answer::Totals(_) => {
            accounts::counted(state, ticket, answer);
            Effects::new()
        }
        Answer::Sought(sought) => windows::answered(state, ticket, sought),
        Answer::Folder { .. }
        | Answer::Draft(_)
        | Answer::Begun(_)
        | Answer::People(_)
        | Answer::Desk(_)
        | Answer::Book(_)
        | Answer::Person(_)
        | Answer::Inmails(_) => Effects::new(),
        Answer::Failed(why) => failed(state, ticket, why),
    }
}

/// More of the conversation has come; what changed meanwhile is asked for behind it.
fn longer(state: &mut State, take_in: impl FnOnce(&mut Thread) -> bool) -> Effects {
    let fresh = state.ticket();
    let Some(thread) = state.thread.as_mut() else {
        return Effects::new();
    };
    if take_in(thread) {
        return thread.refresh(fresh).into_iter().collect();
    }
    Effects::new()
}

/// A conversation has come.
fn opened(state: &mut State, opening: Opening, page: ThreadPage) -> Effects {
    state.opening = None;
    let unread = page.conversation.unread > 0;
    let peek = opening.then == Then::Peek;
    state.thread = Some(Thread::new(page, opening.around, peek));
    windows::give_hits(state);
    match opening.then {
        Then::Peek => return Effects::new(),
        Then::Read => state.focus = Pane::Thread,
        Then::Write(start) => {
            let mut effects = compose::begin(state, start, None);
            if state.focus != Pane::Compose {
                // Where nothing can be written, words must not become commands.
                state.held.clear();
            }
            effects.extend(read_mark(state, unread));
            return effects;
        }
    }
    read_mark(state, unread)
}

/// What was opened counts as read, if that is how the user wants it.
fn read_mark(state: &mut State, unread: bool) -> Effects {
    match &state.thread {
        Some(thread)
            if unread
                && state.settings.read_marks == ReadMarks::Open
                && !state.settings.readonly =>
        {
            let key = thread.key();
            triage::seen(state, key)
        }
        _ => Effects::new(),
    }
}

pub(super) fn finished(state: &mut State, done: Done) -> Effects {
    let done = match compose::finished(state, done) {
        Ok(effects) => return effects,
        Err(done) => *done,
    };
    match done {
        Done::Undoable(text) => state.toasts.done(text, state.now),
        Done::Said(text) => state.toasts.say(text, Tone::Good, state.now),
        Done::Failed(text) => state.toasts.say(text, Tone::Bad, state.now),
        Done::Triaged(done) => return triage::triaged(state, done),
        Done::Seen(done) => return triage::reported_seen(state, done),
        Done::Undone(said, keys) => return triage::undone(state, said, keys),
        Done::DraftSaved(..)
        | Done::DraftUnsaved(..)
        | Done::Sent(..)
        | Done::Unsent(..)
        | Done::GivenBack(..)
        | Done::Attached(..)
        | Done::Pasted(..)
        | Done::Gathered(..) => {}
    }
    Effects::new()
}

/// What the left pane counts has come.
fn counted(state: &mut State, ticket: Ticket, overview: Overview) -> Effects {
    if state.overview_asked != Some(ticket) {
        return Effects::new();
    }
    state.overview_asked = None;
    let before = std::mem::replace(&mut state.places.overview, overview);
    tell_of_accounts(state, &before);
    let mut effects = tell_of_failures(state, &before);
    if state.overview_stale {
        effects.extend(state.refresh_overview());
    }
    let mut boxes = state
        .places
        .overview
        .accounts
        .iter()
        .filter(|it| it.has_mail);
    let known = |key| state.desk.mailboxes.iter().any(|it| it.account == key);
    if boxes.any(|it| !known(it.key)) && before.accounts != state.places.overview.accounts {
        effects.push(Effect::Read(state.ticket(), Read::Desk));
    }
    effects
}

/// A window of the list has come.
fn listed(
    state: &mut State,
    ticket: Ticket,
    edge: Edge,
    mut rows: Vec<Conversation>,
    more: bool,
) -> Effects {
    state.ahead.settle(&mut rows, &state.list.filter);
    let before = state.list.current().map(|it| it.key);
    let stale = state.list.answered(ticket, edge, rows, more);
    let page = state.list_page();
    state.list.into_view(page);
    let mut effects = Effects::new();
    let now = state.list.current().map(|it| it.key);
    if before.is_some() && now != before {
        effects.extend(rest(state));
    }
    if stale {
        let ticket = state.ticket();
        effects.extend(state.list.refresh(ticket));
    }
    if state.thread.is_none()
        && state.opening.is_none()
        && let Some(first) = state.list.current()
    {
        let key = first.key;
        effects.extend(state.open(key, None, Then::Peek));
    }
    effects.extend(reach(state));
    effects
}

/// A conversation has come, or how it looks now.
fn told_of(state: &mut State, ticket: Ticket, mut page: ThreadPage) -> Effects {
    state.ahead.lay_over(&mut page.conversation);
    if let Some(opening) = state.opening.filter(|it| it.ticket == ticket) {
        return opened(state, opening, page);
    }
    let fresh = state.ticket();
    let Some(thread) = state.thread.as_mut() else {
        return Effects::new();
    };
    if thread.answered(ticket, page) {
        return thread.refresh(fresh).into_iter().collect();
    }
    Effects::new()
}

/// A question could not be answered.
fn failed(state: &mut State, ticket: Ticket, why: String) -> Effects {
    accounts::counted(state, ticket, Answer::Failed(String::new()));
    state.toasts.say(why, Tone::Bad, state.now);
    if state.overview_asked == Some(ticket) {
        state.overview_asked = None;
    }
    state.desk_asked.take_if(|it| *it == ticket);
    if state.opening.is_some_and(|it| it.ticket == ticket) {
        state.opening = None;
    }
    if let Some(thread) = &mut state.thread {
        thread.failed(ticket);
    }
    Effects::new()
}
