//! Acts on one message: copying, opening what is in it, saving its files.

use super::Effects;
use crate::app::effect::{Effect, Fetch, FetchFor};
use crate::app::layer::Layer;
use crate::app::openable::{self, Openable, Openables};
use crate::app::state::State;
use crate::app::toast::Tone;
use crate::mail::links::links;
use crate::model::inbox::{Entry, EntryKey, StoredAccount};

/// The message an act is for: the selected one, or the last.
fn meant(state: &State) -> Option<&Entry> {
    let thread = state.thread.as_ref()?;
    thread.current().or_else(|| thread.entries.last())
}

fn entry(state: &State, key: EntryKey) -> Option<&Entry> {
    let thread = state.thread.as_ref()?;
    thread.entries.iter().find(|it| it.key == key)
}

fn account(state: &State) -> Option<&StoredAccount> {
    let thread = state.thread.as_ref()?;
    state.places.account(thread.conversation.account)
}

fn refuse(state: &mut State, words: &str) -> Effects {
    state.toasts.say(words, Tone::Plain, state.now);
    Effects::new()
}

pub(super) fn copy(state: &mut State) -> Effects {
    let text = meant(state).map(|it| it.text.trim().to_owned());
    match text.filter(|it| !it.is_empty()) {
        Some(text) => {
            state.toasts.say("Copied the text", Tone::Good, state.now);
            vec![Effect::Copy(text)]
        }
        None => refuse(state, "There are no words to copy in it."),
    }
}

/// Opens the one thing that can be opened, or lets the user pick.
pub(super) fn open(state: &mut State) -> Effects {
    let mut items = meant(state).map_or_else(Vec::new, |it| openable::all(it, account(state)));
    match items.len() {
        0 => refuse(state, "There is no link and no file in it."),
        1 => items.pop().map_or_else(Effects::new, |it| go(state, it)),
        _ => {
            let window = Openables { items, cursor: 0 };
            state.layers.push(Layer::Openables(window));
            Effects::new()
        }
    }
}

pub(super) fn go(state: &mut State, what: Openable) -> Effects {
    match what {
        Openable::Link(url) => vec![Effect::OpenUrl(url)],
        Openable::File(file) => fetch(state, vec![file], FetchFor::Open),
    }
}

pub(super) fn open_link(state: &mut State, key: EntryKey, at: usize) -> Effects {
    let found = entry(state, key).and_then(|it| links(&it.text).into_iter().nth(at));
    found
        .map(|it| Effect::OpenUrl(it.url))
        .into_iter()
        .collect()
}

pub(super) fn open_attachment(state: &mut State, key: EntryKey, at: usize) -> Effects {
    let files = entry(state, key).map(|it| openable::files(it, account(state)));
    let file = files.and_then(|all| all.into_iter().find(|it| it.place == at));
    match file {
        Some(file) => fetch(state, vec![file], FetchFor::Open),
        None => refuse(
            state,
            "It cannot be fetched: the network does not give it out.",
        ),
    }
}

/// Saves the files of a message.
pub(super) fn download(state: &mut State) -> Effects {
    let files = meant(state).map_or_else(Vec::new, |it| openable::files(it, account(state)));
    if files.is_empty() {
        return refuse(state, "There is no file in it.");
    }
    fetch(state, files, FetchFor::Keep)
}

fn fetch(state: &mut State, files: Vec<Fetch>, what_for: FetchFor) -> Effects {
    if state.fetching.is_some() {
        return refuse(state, "Another file is being fetched: Esc stops it.");
    }
    if let Some(first) = files.first() {
        state.fetching = Some(crate::app::status::Fetching {
            name: first.name.clone(),
            bytes: 0,
            of: None,
        });
    }
    vec![Effect::Fetch(files, what_for)]
}

/// Stops the fetching of files, if there is any.
pub(super) fn stop(state: &mut State) -> Option<Effects> {
    // What was saved by then is told by whoever knows.
    state.fetching.as_ref()?;
    Some(vec![Effect::StopFetching])
}
