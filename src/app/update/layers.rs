//! Keys for the window on top.

use super::{Effects, triage};
use crate::app::key::{Code, Key};
use crate::app::layer::{Confirm, Layer};
use crate::app::state::State;

/// Gives a key to the window on top; absent when there is none.
pub(super) fn pressed(state: &mut State, key: Key) -> Option<Effects> {
    let effects = match state.layers.last()? {
        Layer::Confirm(_) => confirm(state, key),
        Layer::Messages(_) => messages(state, key),
    };
    Some(effects)
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
