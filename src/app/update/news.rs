//! What comes in: the clock, changes of the store, and answers.

use super::Effects;
use crate::app::compose;
use crate::app::effect::{Answer, Deed, Done, Effect, ThreadPage, Ticket};
use crate::app::msg::Changes;
use crate::app::state::{Opening, Pane, State, Then};
use crate::app::thread::Thread;
use crate::app::toast::Tone;
use crate::config::ReadMarks;

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
    let mut effects = Effects::new();
    if changes.anything || changes.overview || !changes.conversations.is_empty() {
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

pub(super) fn answered(state: &mut State, ticket: Ticket, answer: Answer) -> Effects {
    let answer = match compose::answered(state, ticket, answer) {
        Ok(effects) => return effects,
        Err(answer) => answer,
    };
    match answer {
        Answer::Overview(overview) => {
            if state.overview_asked != Some(ticket) {
                return Effects::new();
            }
            state.overview_asked = None;
            state.places.overview = *overview;
            if state.overview_stale {
                return state.refresh_overview().into_iter().collect();
            }
            Effects::new()
        }
        Answer::List { edge, rows, more } => {
            let stale = state.list.answered(ticket, edge, rows, more);
            let page = state.list_page();
            state.list.into_view(page);
            let mut effects = Effects::new();
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
            effects
        }
        Answer::Thread(page) => {
            if let Some(opening) = state.opening.filter(|it| it.ticket == ticket) {
                return opened(state, opening, *page);
            }
            let fresh = state.ticket();
            let Some(thread) = state.thread.as_mut() else {
                return Effects::new();
            };
            if thread.refreshed(ticket, *page) {
                return thread.refresh(fresh).into_iter().collect();
            }
            Effects::new()
        }
        Answer::Older { entries, more } => {
            if let Some(thread) = &mut state.thread {
                thread.older(ticket, entries, more);
            }
            Effects::new()
        }
        Answer::Newer { entries, more } => {
            if let Some(thread) = &mut state.thread {
                thread.newer(ticket, entries, more);
            }
            Effects::new()
        }
        Answer::Folder { .. }
        | Answer::Draft(_)
        | Answer::People(_)
        | Answer::Person(_)
        | Answer::Inmails(_) => Effects::new(),
        Answer::Failed(why) => {
            state.toasts.say(why, Tone::Bad, state.now);
            if state.overview_asked == Some(ticket) {
                state.overview_asked = None;
            }
            if state.opening.is_some_and(|it| it.ticket == ticket) {
                state.opening = None;
            }
            Effects::new()
        }
    }
}

/// A conversation has come.
fn opened(state: &mut State, opening: Opening, page: ThreadPage) -> Effects {
    state.opening = None;
    let unread = page.conversation.unread > 0;
    let peek = opening.then == Then::Peek;
    state.thread = Some(Thread::new(page, opening.around, peek));
    match opening.then {
        Then::Peek => return Effects::new(),
        Then::Read => state.focus = Pane::Thread,
        Then::Write => {
            let mut effects = compose::begin(state, None);
            effects.extend(read_mark(state, unread));
            return effects;
        }
    }
    read_mark(state, unread)
}

/// What was opened counts as read, if that is how the user wants it.
fn read_mark(state: &State, unread: bool) -> Effects {
    match &state.thread {
        Some(thread)
            if unread
                && state.settings.read_marks == ReadMarks::Open
                && !state.settings.readonly =>
        {
            vec![Effect::Do(Deed::Read(vec![thread.key()], true))]
        }
        _ => Effects::new(),
    }
}

pub(super) fn finished(state: &mut State, done: Done) -> Effects {
    let done = match compose::finished(state, done) {
        Ok(effects) => return effects,
        Err(done) => done,
    };
    match done {
        Done::Undoable(text) => state.toasts.done(text, state.now),
        Done::Said(text) => state.toasts.say(text, Tone::Good, state.now),
        Done::Failed(text) => state.toasts.say(text, Tone::Bad, state.now),
        Done::DraftSaved(..)
        | Done::DraftUnsaved(..)
        | Done::Sent(..)
        | Done::Unsent(..)
        | Done::GivenBack(..)
        | Done::Attached(..)
        | Done::Pasted(..) => {}
    }
    Effects::new()
}
