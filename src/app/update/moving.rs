//! Moving: in the panes, and from pane to pane.

use jiff::SignedDuration;

use super::going::{filter_to, in_thread, open};
use super::{Effects, message};
use crate::app::layout::inside;
use crate::app::places::Filter;
use crate::app::state::{Pane, Screen, State};
use crate::app::thread::Thread;

/// How long the cursor rests on a conversation before that is shown.
const REST: SignedDuration = SignedDuration::from_millis(180);

pub(super) fn step(state: &mut State, by: isize) -> Effects {
    if state.screen == Screen::Accounts {
        return among_accounts(state, by);
    }
    match state.focus {
        Pane::Places => {
            state.places.move_by(by);
            show_place(state);
        }
        Pane::List => {
            let page = state.list_page();
            state.list.move_by(by, page);
            return rest(state);
        }
        Pane::Thread | Pane::Compose => {
            if let Some(thread) = &mut state.thread {
                thread.move_by(by);
            }
        }
    }
    Effects::new()
}

/// Moves the cursor on the screen of accounts.
fn among_accounts(state: &mut State, by: isize) -> Effects {
    let count = state.places.overview.accounts.len();
    state.accounts.move_by(by, count);
    Effects::new()
}

pub(super) fn half(state: &mut State, halves: isize) -> Effects {
    if state.screen == Screen::Accounts {
        return among_accounts(state, halves * 5);
    }
    match state.focus {
        Pane::Places => {
            state.places.move_by(halves * 5);
            show_place(state);
        }
        Pane::List => {
            let page = state.list_page();
            let by = (page / 2).max(1).cast_signed() * halves;
            state.list.move_by(by, page);
            return rest(state);
        }
        Pane::Thread | Pane::Compose => {
            if let Some(thread) = &mut state.thread {
                // A whole page leaves a line or two of the one before.
                let lines = i32::from(thread.laid.height.saturating_sub(2) / 2).max(1);
                thread.scroll_by(lines.saturating_mul(i32::try_from(halves).unwrap_or(0)));
            }
        }
    }
    Effects::new()
}

pub(super) fn jump(state: &mut State, last: bool) -> Effects {
    if state.screen == Screen::Accounts {
        return among_accounts(state, if last { isize::MAX } else { isize::MIN });
    }
    match state.focus {
        Pane::Places => {
            state.places.cursor = if last {
                state.places.rows().len().saturating_sub(1)
            } else {
                0
            };
            show_place(state);
        }
        Pane::List => {
            let (page, ticket) = (state.list_page(), state.ticket());
            let asked = state.list.jump(last, page, ticket);
            let mut effects = rest(state);
            effects.extend(asked);
            return effects;
        }
        Pane::Thread | Pane::Compose if last => return in_thread(state, Thread::go_end),
        Pane::Thread | Pane::Compose => return in_thread(state, Thread::go_start),
    }
    Effects::new()
}

/// Scrolls the left pane until its cursor is seen, or what the list shows when the cursor is elsewhere.
pub(super) fn show_place(state: &mut State) {
    let Some(area) = state.areas().places else {
        return;
    };
    let at = match state.focus {
        Pane::Places => state.places.cursor,
        _ => state.places.row_of(&state.list.filter),
    };
    let page = usize::from(inside(area).height);
    state.places.into_view(at, page);
}

/// The cursor of the list has moved.
pub(super) fn rest(state: &mut State) -> Effects {
    state.peek_at = state.now.checked_add(REST).ok();
    reach(state)
}

pub(super) fn reach(state: &mut State) -> Effects {
    let (page, ticket) = (state.list_page(), state.ticket());
    let more = state.list.reach(page, ticket);
    more.into_iter().chain(state.list.beyond(page)).collect()
}

pub(super) fn turn(state: &mut State, forward: bool) -> Effects {
    if state.screen == Screen::Accounts {
        return Effects::new();
    }
    if state.focus == Pane::Places {
        let folded = if forward {
            state.places.unfold()
        } else {
            state.places.fold()
        };
        if folded {
            show_place(state);
            return Effects::new();
        }
    }
    state.focus = match (state.focus, forward) {
        (Pane::Places, true) | (Pane::Thread | Pane::Compose, false) => Pane::List,
        (Pane::List, false) => {
            state.places.cursor = state.places.row_of(&state.list.filter);
            state.focus = Pane::Places;
            show_place(state);
            Pane::Places
        }
        (Pane::List, true) => {
            return open(state);
        }
        (stays, _) => stays,
    };
    Effects::new()
}

/// Back exactly one level.
pub(super) fn back(state: &mut State) -> Effects {
    if let Some(effects) = message::stop(state) {
        return effects;
    }
    if state.screen == Screen::Accounts {
        state.screen = Screen::Inbox;
        return Effects::new();
    }
    match state.focus {
        Pane::Compose => state.focus = Pane::Thread,
        Pane::Thread => {
            if let Some(thread) = state.thread.as_mut().filter(|it| it.selected.is_some()) {
                thread.selected = None;
            } else {
                state.focus = Pane::List;
            }
        }
        Pane::Places => state.focus = Pane::List,
        Pane::List if !state.list.marked.is_empty() => state.list.marked.clear(),
        Pane::List => {
            if state.list.filter != Filter::default() {
                return filter_to(state, Filter::default());
            }
        }
    }
    Effects::new()
}
