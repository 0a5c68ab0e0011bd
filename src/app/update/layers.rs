//! Keys for the window on top.

use super::going::in_thread;
use super::{Effects, message, triage, windows};
use crate::app::compose::{self, choose, mail, new_chat};
use crate::app::days;
use crate::app::key::{Code, Key};
use crate::app::layer::{Confirm, Layer};
use crate::app::state::{Pane, State};
use crate::model::inbox::EntryKey;

/// Gives a key to the window on top; absent when there is none.
pub(super) fn pressed(state: &mut State, key: Key) -> Option<Effects> {
    let effects = match state.layers.last()? {
        Layer::Confirm(_) => confirm(state, key),
        Layer::Messages(_) => messages(state, key),
        Layer::Choose(_) => choose::pressed(state, key),
        Layer::NewChat(_) => new_chat::pressed(state, key),
        Layer::Mail(_) => mail::pressed(state, key),
        Layer::Doubt(_) => mail::answered_doubt(state, matches!(key.typed(), Some('y' | 'Y'))),
        Layer::Date(_) => date(state, key),
        Layer::Picture(_) => super::pictures::pressed(state, key),
        Layer::Openables(_) => openables(state, key),
        Layer::Palette(_)
        | Layer::Help(_)
        | Layer::Switch(_)
        | Layer::Search(_)
        | Layer::Move(_)
        | Layer::Theme(..) => return windows::pressed(state, key),
    };
    Some(effects)
}

/// Gives a pasted text to the window on top, or to the composer.
pub(super) fn pasted(state: &mut State, text: &str) -> Effects {
    match state.layers.last() {
        Some(Layer::Choose(_)) => choose::pasted(state, text),
        Some(Layer::NewChat(_)) => new_chat::pasted(state, text),
        Some(Layer::Mail(_)) => mail::pasted(state, text),
        Some(_) => windows::pasted(state, text).unwrap_or_default(),
        None if state.focus == Pane::Compose => compose::paste(state, text),
        None => Effects::new(),
    }
}

fn confirm(state: &mut State, key: Key) -> Effects {
    let Some(Layer::Confirm(Confirm { effects, .. })) = state.layers.pop() else {
        return Effects::new();
    };
    match key.typed() {
        Some('y' | 'Y') => triage::confirmed(state, effects),
        _ => Effects::new(),
    }
}

/// Types the words of a day, and goes there.
fn date(state: &mut State, key: Key) -> Effects {
    let Some(Layer::Date(ask)) = state.layers.last_mut() else {
        return Effects::new();
    };
    match key.code {
        Code::Esc => {
            state.layers.pop();
        }
        Code::Backspace => {
            ask.words.pop();
        }
        Code::Char('u' | 'w') if key.ctrl => ask.words.clear(),
        Code::Enter => {
            let day = days::read(&ask.words, state.now, &state.settings.zone);
            // What is not understood stays, with the words that say so.
            let Some(day) = day else {
                return Effects::new();
            };
            state.layers.pop();
            if let Some(at) = days::start(day, &state.settings.zone) {
                return in_thread(state, |thread, ticket| {
                    thread.go_to(EntryKey::first_at(at), false, ticket)
                });
            }
        }
        _ => ask.words.extend(key.typed()),
    }
    Effects::new()
}

/// A row of the window on top was clicked.
pub(super) fn clicked(state: &mut State, at: usize) -> Effects {
    match state.layers.last_mut() {
        Some(Layer::Openables(it)) => {
            it.cursor = at;
            picked(state)
        }
        // The first of the two answers is yes.
        Some(Layer::Confirm(_)) => match state.layers.pop() {
            Some(Layer::Confirm(it)) if at == 0 => triage::confirmed(state, it.effects),
            _ => Effects::new(),
        },
        Some(Layer::Choose(_)) => choose::clicked(state, at),
        Some(Layer::NewChat(_)) => new_chat::clicked(state, at),
        Some(Layer::Mail(_)) => mail::clicked(state, at),
        Some(Layer::Doubt(_)) => mail::answered_doubt(state, at == 0),
        _ => windows::clicked(state, at).unwrap_or_default(),
    }
}

/// The wheel over the window on top: as the keys that move there.
pub(super) fn wheel(state: &mut State, way: isize) -> Effects {
    let key = Key {
        code: if way < 0 { Code::Up } else { Code::Down },
        ctrl: false,
        alt: false,
        shift: false,
    };
    match state.layers.last() {
        Some(Layer::Confirm(_) | Layer::Doubt(_)) | None => Effects::new(),
        Some(_) => pressed(state, key).unwrap_or_default(),
    }
}

fn openables(state: &mut State, key: Key) -> Effects {
    let Some(Layer::Openables(it)) = state.layers.last_mut() else {
        return Effects::new();
    };
    let last = it.items.len().saturating_sub(1);
    match key.code {
        Code::Char('j') | Code::Down => it.cursor = (it.cursor + 1).min(last),
        Code::Char('k') | Code::Up => it.cursor = it.cursor.saturating_sub(1),
        Code::Enter | Code::Char('o') => return picked(state),
        Code::Esc | Code::Char('q') => {
            state.layers.pop();
        }
        Code::Char(digit) => {
            let at = digit.to_digit(10).and_then(|it| it.checked_sub(1));
            if let Some(at) = at.and_then(|it| usize::try_from(it).ok())
                && at <= last
            {
                it.cursor = at;
                return picked(state);
            }
        }
        _ => {}
    }
    Effects::new()
}

fn picked(state: &mut State) -> Effects {
    let Some(Layer::Openables(mut it)) = state.layers.pop() else {
        return Effects::new();
    };
    if it.cursor >= it.items.len() {
        return Effects::new();
    }
    let item = it.items.swap_remove(it.cursor);
    message::go(state, item)
}

fn messages(state: &mut State, key: Key) -> Effects {
    let last = state.toasts.all().len().saturating_sub(1);
    let Some(Layer::Messages(first)) = state.layers.last_mut() else {
        return Effects::new();
    };
    match key.code {
        Code::Char('j') | Code::Down => *first = (*first + 1).min(last),
        Code::Char('k') | Code::Up => *first = first.saturating_sub(1),
        Code::Esc | Code::Char('q') | Code::Enter => {
            state.layers.pop();
        }
        _ => {}
    }
    Effects::new()
}
