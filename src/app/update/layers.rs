//! Keys for the window on top.

use super::Effects;
use crate::app::compose::{self, choose, new_chat};
use crate::app::key::{Code, Key};
use crate::app::layer::{Confirm, Layer};
use crate::app::state::{Pane, State};

/// Gives a key to the window on top; absent when there is none.
pub(super) fn pressed(state: &mut State, key: Key) -> Option<Effects> {
    let effects = match state.layers.last()? {
        Layer::Confirm(_) => confirm(state, key),
        Layer::Messages(_) => messages(state, key),
        Layer::Choose(_) => choose::pressed(state, key),
        Layer::NewChat(_) => new_chat::pressed(state, key),
    };
    Some(effects)
}

/// Gives a pasted text to the window on top, or to the composer.
pub(super) fn pasted(state: &mut State, text: &str) -> Effects {
    match state.layers.last() {
        Some(Layer::Choose(_)) => choose::pasted(state, text),
        Some(Layer::NewChat(_)) => new_chat::pasted(state, text),
        Some(_) => Effects::new(),
        None if state.focus == Pane::Compose => compose::paste(state, text),
        None => Effects::new(),
    }
}

/// A click on a row of the window on top.
pub(super) fn clicked(state: &mut State, row: usize) -> Effects {
    match state.layers.last() {
        Some(Layer::Choose(_)) => choose::clicked(state, row),
        Some(Layer::NewChat(_)) => new_chat::clicked(state, row),
        _ => Effects::new(),
    }
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
