//! The program itself: looking for news, leaving.

use jiff::SignedDuration;

use super::Effects;
use crate::app::effect::{Effect, Wish};
use crate::app::layer::{Confirm, Layer};
use crate::app::state::State;
use crate::app::status::Link;
use crate::app::toast::Tone;

/// How soon a second `^C` quits.
const TWICE: SignedDuration = SignedDuration::from_secs(2);

pub(super) fn refresh(state: &mut State) -> Effects {
    if matches!(state.sync.link, Link::Offline { .. } | Link::Refused { .. }) {
        return vec![Effect::Engine(Wish::Retry)];
    }
    vec![Effect::Engine(Wish::Now)]
}

pub(super) fn quit(state: &mut State) -> Effects {
    let (waiting, stuck) = state.places.overview.outbox;
    if waiting + stuck == 0 {
        return vec![Effect::Quit];
    }
    let what = if waiting > 0 {
        format!("{waiting} not sent yet; it goes out the next time onebox runs")
    } else {
        format!("{stuck} could not be sent and waits for you")
    };
    state.layers.push(Layer::Confirm(Confirm {
        question: format!("{what}. Quit?"),
        effects: vec![Effect::Quit],
    }));
    Effects::new()
}

pub(super) fn interrupt(state: &mut State) -> Effects {
    let before = state.interrupted.replace(state.now);
    if before.is_some_and(|at| state.now.duration_since(at) < TWICE) {
        return vec![Effect::Quit];
    }
    state
        .toasts
        .say("Press ^C once more to quit.", Tone::Plain, state.now);
    Effects::new()
}

/// Leaves the mouse to the terminal, or takes it back.
pub(super) fn mouse(state: &mut State) -> Effects {
    state.settings.mouse = !state.settings.mouse;
    let word = if state.settings.mouse {
        "The mouse is onebox's again."
    } else {
        "The mouse is the terminal's: select as usual."
    };
    state.toasts.say(word, Tone::Plain, state.now);
    vec![Effect::Mouse(state.settings.mouse)]
}
