//! Acts on one message: copying, opening what is in it, saving its files.

use super::Effects;
use crate::app::effect::{Effect, Fetch, FetchFor};
use crate::app::layer::{Confirm, Layer};
use crate::app::openable::{self, Openable, Openables, Way};
use crate::app::state::State;
use crate::app::thread::stands_in;
use crate::app::toast::Tone;
use crate::mail::letter::Letter;
use crate::mail::links::host;
use crate::model::inbox::{Entry, EntryKey, StoredAccount};

/// The message an act is for: the selected one, or the last.
fn meant(state: &State) -> Option<&Entry> {
    state.thread.as_ref()?.meant()
}

fn entry(state: &State, key: EntryKey) -> Option<&Entry> {
    let thread = state.thread.as_ref()?;
    thread.entries.iter().find(|it| it.key == key)
}

fn letter(state: &State, key: EntryKey) -> Option<&Letter> {
    let letter = state.thread.as_ref()?.letter(key)?;
    Some(letter)
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
    let text = meant(state).map(|it| {
        let has_html = it.mail.as_ref().is_some_and(|it| it.has_html);
        // As it is read.
        match letter(state, it.key).filter(|_| has_html) {
            Some(letter) => letter.plain().trim().to_owned(),
            None => it.text.trim().to_owned(),
        }
    });
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
    let mut items = meant(state).map_or_else(Vec::new, |it| {
        openable::all(it, letter(state, it.key), account(state))
    });
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
        Openable::Link(way) => lead(state, way),
        Openable::File(file) => fetch(state, vec![file], FetchFor::Open),
    }
}

/// Opens a link; one that shows another host than it leads to only when the user has seen that.
fn lead(state: &mut State, way: Way) -> Effects {
    let open = vec![Effect::OpenUrl(way.target.clone())];
    let Some(shows) = way.pretends else {
        return open;
    };
    let to = host(&way.target);
    state.layers.push(Layer::Confirm(Confirm {
        question: format!("This link shows {shows} and leads to {to}. Open it?"),
        effects: open,
    }));
    Effects::new()
}

pub(super) fn open_link(state: &mut State, key: EntryKey, at: usize) -> Effects {
    let ways = entry(state, key).map(|it| openable::ways(it, letter(state, key)));
    let found = ways.and_then(|it| it.into_iter().nth(at));
    found.map_or_else(Effects::new, |way| lead(state, way))
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

/// The files of a message that are worth saving: those that are shown among its words only when there are no others.
fn files(state: &State, entry: &Entry) -> Vec<Fetch> {
    let all = openable::files(entry, account(state));
    let letter = letter(state, entry.key);
    let is_apart = |file: &Fetch| {
        let cid = entry.attachments.get(file.place);
        let cid = cid.and_then(|it| it.cid.as_deref());
        letter.is_none_or(|it| !stands_in(it, cid))
    };
    let apart: Vec<Fetch> = all.iter().filter(|it| is_apart(it)).cloned().collect();
    if apart.is_empty() { all } else { apart }
}

/// Saves the files of all that was said, as far as it is here.
pub(super) fn download_all(state: &mut State) -> Effects {
    let entries = state.thread.iter().flat_map(|it| it.entries.iter());
    let files: Vec<Fetch> = entries.flat_map(|it| files(state, it)).collect();
    if files.is_empty() {
        return refuse(state, "There is no file in this conversation.");
    }
    fetch(state, files, FetchFor::Keep)
}

/// Saves the files of a message.
pub(super) fn download(state: &mut State) -> Effects {
    let files = meant(state).map_or_else(Vec::new, |it| files(state, it));
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
            what: (first.message.clone(), first.attachment.clone()),
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
