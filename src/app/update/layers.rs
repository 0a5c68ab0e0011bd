//! Keys for the window on top.

use super::Effects;
use super::going::in_thread;
use crate::app::days;
use crate::app::key::{Code, Key};
use crate::app::layer::{Confirm, Layer};
use crate::app::state::State;
use crate::model::inbox::EntryKey;

/// Gives a key to the window on top; absent when there is none.
pub(super) fn pressed(state: &mut State, key: Key) -> Option<Effects> {
    let effects = match state.layers.last()? {
        Layer::Confirm(_) => confirm(state, key),
        Layer::Messages(_) => messages(state, key),
        Layer::Date(_) => date(state, key),
        Layer::Picture(_) => super::pictures::pressed(state, key),
    };
    Some(effects)
}

fn confirm(state: &mut State, key: Key) -> Effects {
    let Some(Layer::Confirm(Confirm { effects, .. })) = state.layers.pop() else {
        return Effects::new();
    };
    match key.typed() {
        Some('y' | 'Y') => effects,
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
