//! Looking at the pictures of messages: first in their place, then over the whole screen.

use super::Effects;
use crate::app::key::{Code, Key};
use crate::app::layer::Layer;
use crate::app::pictures::{PictureNews, Viewer};
use crate::app::state::State;
use crate::app::thread::Picked;
use crate::app::toast::Tone;
use crate::model::inbox::Entry;

/// The entry that is meant: the selected one, or the last one in view that has a picture.
fn meant(state: &State) -> Option<Viewer> {
    let thread = state.thread.as_ref()?;
    if let Some(entry) = thread.current() {
        return Viewer::of(entry);
    }
    let key = |it: Option<Picked>| match it {
        Some(Picked::Entry(key)) => Some(key),
        _ => None,
    };
    let first = key(thread.laid.first)?;
    let last = key(thread.laid.last);
    let entries = thread.entries.iter().rev();
    entries
        .skip_while(|it| last.is_some_and(|last| it.key > last))
        .take_while(|it| it.key >= first)
        .find_map(Viewer::of)
}

/// Shows a picture in its place; one that is shown there, over the whole screen.
pub(super) fn preview(state: &mut State) -> Effects {
    let Some(viewer) = meant(state) else {
        let words = "There is no picture here.";
        state.toasts.say(words, Tone::Plain, state.now);
        return Effects::new();
    };
    let keys = viewer.files.iter().map(|it| {
        let entry = viewer.entry;
        crate::app::pictures::key(entry, it)
    });
    let effects: Effects = keys.filter_map(|key| state.pictures.fetch(key)).collect();
    if effects.is_empty() {
        return show(state, viewer);
    }
    effects
}

/// Opens the window.
fn show(state: &mut State, viewer: Viewer) -> Effects {
    let key = viewer.key();
    state.layers.push(Layer::Picture(viewer));
    let effect = key.and_then(|key| state.pictures.fetch(key));
    effect.into_iter().collect()
}

/// Opens the pictures of an entry over the whole screen, if it has any.
pub(super) fn open(state: &mut State, entry: &Entry) -> Option<Effects> {
    let viewer = Viewer::of(entry)?;
    Some(show(state, viewer))
}

/// A key for the window.
pub(super) fn pressed(state: &mut State, key: Key) -> Effects {
    let Some(Layer::Picture(viewer)) = state.layers.last_mut() else {
        return Effects::new();
    };
    match key.code {
        Code::Char('l' | 'j' | 'n' | ' ') | Code::Right | Code::Down => viewer.turn(true),
        Code::Char('h' | 'k' | 'N') | Code::Left | Code::Up => viewer.turn(false),
        Code::Char('p' | 'q') | Code::Esc | Code::Enter => {
            state.layers.pop();
            return Effects::new();
        }
        _ => return Effects::new(),
    }
    let key = viewer.key();
    let effect = key.and_then(|key| state.pictures.fetch(key));
    effect.into_iter().collect()
}

/// Something came of a wish.
pub(super) fn heard(state: &mut State, news: PictureNews) -> Effects {
    if let Some(words) = state.pictures.hear(news) {
        state.toasts.say(words, Tone::Bad, state.now);
    }
    Effects::new()
}

/// Looks which pictures of the conversation are on this machine.
pub(super) fn look(state: &State) -> Effects {
    let entries = state.thread.iter().flat_map(|it| it.entries.iter());
    state.pictures.look(entries).into_iter().collect()
}
