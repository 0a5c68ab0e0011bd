//! The mouse: what a click, the wheel and a drag mean where they happen.

use jiff::{SignedDuration, Timestamp};

use super::going::{in_thread, open, pick, show};
use super::moving::{reach, rest};
use super::{Effects, act, layers, message, pictures};
use crate::app::compose::{self, pointed};
use crate::app::layer::Layer;
use crate::app::layout::Areas;
use crate::app::pointer::{Pointer, Press, Target};
use crate::app::state::{Pane, Screen, State};
use crate::app::thread::{Picked, Scroll};
use crate::model::inbox::{ConversationKey, EntryKey};

/// Two clicks within this time at the same place are one double click.
const DOUBLE: SignedDuration = SignedDuration::from_millis(400);
/// How many rows and how many lines one notch of the wheel moves.
const ROWS: isize = 2;
const LINES: i32 = 3;

/// What was clicked last, and when.
#[derive(Debug, Clone, Default)]
pub struct Clicked(Option<(Timestamp, Target)>);

impl Clicked {
    /// Whether this click makes a double one of the last.
    fn again(&mut self, target: &Target, now: Timestamp) -> bool {
        let double = self.0.take().is_some_and(|(at, last)| {
            last == *target && now.duration_since(at) <= DOUBLE && at <= now
        });
        if !double {
            self.0 = Some((now, target.clone()));
        }
        double
    }
}

pub(super) fn moved(state: &mut State, pointer: Pointer) -> Effects {
    let Pointer {
        press,
        x,
        shift,
        target,
        ..
    } = pointer;
    match press {
        Press::WheelUp => wheel(state, target.as_ref(), -1),
        Press::WheelDown => wheel(state, target.as_ref(), 1),
        Press::Drag => drag(state, x),
        Press::Release => {
            state.dragged = None;
            Effects::new()
        }
        Press::Click => {
            state.toasts.put_away_good(state.now);
            state.begun.clear();
            match target {
                Some(target) => click(state, target, x, shift),
                None => Effects::new(),
            }
        }
    }
}

/// A click in what is being written, wherever that is; whether it was one.
fn written(state: &mut State, target: &Target, x: u16) -> bool {
    match *target {
        Target::Words { width, row, from } => {
            pointed::words(state, width, row, usize::from(x.saturating_sub(from)));
        }
        Target::Chip(at) => pointed::file(state, at),
        Target::Offer(at) => pointed::offer(state, at),
        _ => return false,
    }
    true
}

/// A click while a window lies over the screen.
fn in_window(state: &mut State, target: &Target) -> Effects {
    let top = state.layers.last();
    // The question in the footer is answered there; any other click says no.
    let asks = matches!(top, Some(Layer::Confirm(_) | Layer::Doubt(_)));
    let writes = matches!(top, Some(Layer::Mail(_)));
    match target {
        Target::Item(at) => return layers::clicked(state, *at),
        Target::MailField(_) | Target::Recipient(..) => compose::mail::pointed(state, target),
        Target::Outside if writes => return act(state, crate::app::Command::Leave),
        _ if asks || matches!(target, Target::Outside) => {
            state.layers.pop();
        }
        _ => {}
    }
    Effects::new()
}

fn click(state: &mut State, target: Target, x: u16, shift: bool) -> Effects {
    if written(state, &target, x) {
        return Effects::new();
    }
    if !state.layers.is_empty() {
        return in_window(state, &target);
    }
    let now = state.now;
    let double = state.clicked.again(&target, now);
    match target {
        Target::Border(_) => {
            state.dragged = Some(target);
            Effects::new()
        }
        Target::Command(command) => act(state, command),
        Target::View(view) => show(state, view),
        Target::Place(place) => pick(state, place),
        Target::Account(at) => {
            state.accounts.cursor = at;
            if double { open(state) } else { Effects::new() }
        }
        Target::Conversation(key) => conversation(state, key, shift, double),
        Target::Marker(key) => mark(state, key),
        Target::Pane(pane) => {
            focus(state, pane);
            Effects::new()
        }
        Target::Entry(key) => entry(state, key, double),
        Target::Quote(key) => {
            select(state, Picked::Entry(key));
            in_thread(state, |it, ticket| it.go_quoted(key, ticket))
        }
        Target::Fold(key) => {
            select(state, Picked::Entry(key));
            act(state, crate::app::Command::Open)
        }
        Target::Addresses(key) => {
            select(state, Picked::Entry(key));
            act(state, crate::app::Command::Addresses)
        }
        Target::Link(key, at) => {
            select(state, Picked::Entry(key));
            message::open_link(state, key, at)
        }
        Target::Attachment(key, at) => {
            select(state, Picked::Entry(key));
            let picture = pictures::open_file(state, key, at);
            picture.unwrap_or_else(|| message::open_attachment(state, key, at))
        }
        Target::Waiting(id) => {
            select(state, Picked::Waiting(id));
            Effects::new()
        }
        Target::MailField(_) | Target::Recipient(..) => {
            focus(state, Pane::Compose);
            compose::mail::pointed(state, &target);
            Effects::new()
        }
        Target::Item(at) if state.focus == Pane::Compose => compose::mail::clicked(state, at),
        Target::Item(_)
        | Target::Outside
        | Target::Words { .. }
        | Target::Chip(_)
        | Target::Offer(_) => Effects::new(),
    }
}

/// One click puts the cursor on it, two open it; with shift, all from the cursor to here are marked.
fn conversation(state: &mut State, key: ConversationKey, shift: bool, double: bool) -> Effects {
    focus(state, Pane::List);
    let page = state.list_page();
    if shift {
        state.list.mark_to(key, page);
        return reach(state);
    }
    state.list.select_key(key, page);
    if double { open(state) } else { rest(state) }
}

fn mark(state: &mut State, key: ConversationKey) -> Effects {
    focus(state, Pane::List);
    if !state.list.marked.remove(&key) {
        state.list.marked.insert(key);
    }
    let page = state.list_page();
    state.list.select_key(key, page);
    Effects::new()
}

fn entry(state: &mut State, key: EntryKey, double: bool) -> Effects {
    select(state, Picked::Entry(key));
    if double {
        return act(state, crate::app::Command::Open);
    }
    Effects::new()
}

fn select(state: &mut State, item: Picked) {
    focus(state, Pane::Thread);
    if let Some(thread) = &mut state.thread {
        thread.selected = Some(item);
        // What is clicked is seen: the view stays where it is.
        if let Some(top) = thread.laid.top {
            thread.scroll = Scroll::At(top);
        }
    }
}

/// Gives a pane the keys; a conversation that was only looked at stays so.
fn focus(state: &mut State, pane: Pane) {
    if pane == Pane::Thread && state.thread.is_none() {
        return;
    }
    if pane == Pane::Places && state.focus != Pane::Places {
        state.places.cursor = state.places.row_of(&state.list.filter);
    }
    state.focus = pane;
}

fn wheel(state: &mut State, target: Option<&Target>, way: isize) -> Effects {
    if !state.layers.is_empty() {
        return layers::wheel(state, way);
    }
    if state.screen == Screen::Accounts {
        state
            .accounts
            .move_by(way, state.places.overview.accounts.len());
        return Effects::new();
    }
    match target {
        Some(
            Target::Conversation(_)
            | Target::Marker(_)
            | Target::View(_)
            | Target::Pane(Pane::List),
        ) => {
            let page = state.list_page();
            state.list.scroll(way * ROWS, page);
            rest(state)
        }
        Some(Target::Place(_) | Target::Pane(Pane::Places)) => {
            let last = state.places.rows().len().saturating_sub(1);
            let offset = state.places.offset.saturating_add_signed(way * ROWS);
            state.places.offset = offset.min(last);
            Effects::new()
        }
        Some(
            Target::Entry(_)
            | Target::Quote(_)
            | Target::Fold(_)
            | Target::Link(..)
            | Target::Attachment(..)
            | Target::Waiting(_)
            | Target::Words { .. }
            | Target::Chip(_)
            | Target::Pane(Pane::Thread | Pane::Compose),
        ) => {
            if let Some(thread) = &mut state.thread {
                thread.scroll_by(if way < 0 { -LINES } else { LINES });
            }
            Effects::new()
        }
        _ => Effects::new(),
    }
}

/// Moves the border that was taken hold of.
fn drag(state: &mut State, x: u16) -> Effects {
    let Some(Target::Border(pane)) = state.dragged else {
        return Effects::new();
    };
    let Areas { places, list, .. } = state.areas();
    if pane == Pane::Places {
        state.widths.places = Some(x.saturating_add(1));
    } else {
        let from = list.or(places).map_or(0, |area| area.x);
        state.widths.list = Some(x.saturating_sub(from).saturating_add(1));
    }
    let page = state.list_page();
    state.list.into_view(page);
    Effects::new()
}
