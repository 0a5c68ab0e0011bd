//! What is done with messages that are there: changing one's own, reacting, passing on, and dealing with what was not
//! sent.

use super::choose::{self, Choose, What};
use super::mail::Start;
use super::{Composer, Effects, To, change};
use crate::app::effect::{Deed, Effect, Read};
use crate::app::layer::Layer;
use crate::app::picker::Picker;
use crate::app::places::Filter;
use crate::app::state::{Pane, State};
use crate::app::thread::Thread;
use crate::app::toast::Tone;
use crate::mail::answer::Answer;
use crate::model::inbox::{Edge, Entry, View};
use crate::model::limits;
use crate::model::outbox::{OutboxItem, OutboxState};

/// How many conversations are offered to pass a message on to.
const TARGETS: u32 = 2000;

/// What was not sent and is meant: the selected one, or with nothing selected the last one that failed.
fn unsent(thread: &Thread) -> Option<&OutboxItem> {
    let stuck = |it: &&OutboxItem| matches!(it.state, OutboxState::Failed | OutboxState::Unknown);
    match thread.selected {
        Some(_) => thread.current_waiting(),
        None => thread.waiting.iter().rev().find(stuck),
    }
}

/// Sends again what was not sent, or sends at once what waits for its time.
pub(in crate::app) fn send_again(state: &mut State) -> Effects {
    let thread = state.thread.as_ref();
    if let Some(item) = thread.and_then(unsent) {
        return vec![Effect::Do(Deed::Retry(item.id))];
    }
    let word = "Everything here was sent.";
    state.toasts.say(word, Tone::Plain, state.now);
    Effects::new()
}

/// Gives up what was not sent, when that is what is meant; absent when something else is.
pub(in crate::app) fn discard(state: &mut State) -> Option<Effects> {
    if state.focus != Pane::Thread {
        return None;
    }
    let item = unsent(state.thread.as_ref()?)?;
    Some(vec![Effect::Do(Deed::Cancel(item.id))])
}

/// Changes an own message that was sent, or takes back into the composer what was not.
pub(in crate::app) fn edit(state: &mut State) -> Effects {
    if let Some(item) = state.thread.as_ref().and_then(unsent) {
        return vec![Effect::Do(Deed::Rewrite(item.id))];
    }
    let ticket = state.ticket();
    let Some(thread) = &state.thread else {
        return Effects::new();
    };
    let entry = match thread.selected {
        Some(_) => thread.current(),
        None => thread.entries.iter().rev().find(|it| it.own),
    };
    let Some(entry) = entry else {
        return Effects::new();
    };
    if let Some(why) = unchangeable(state, thread, entry) {
        state.toasts.say(why, Tone::Bad, state.now);
        return Effects::new();
    }
    let (Some(to), key) = (To::of(state, thread), entry.key) else {
        return Effects::new();
    };
    let composer = match thread.change.as_ref().filter(|it| it.entry == key) {
        Some(change) => Composer::of_change(to, change, ticket),
        None => Some(Composer::changing(to, entry, ticket)),
    };
    if change::go_on(state, key) {
        return Effects::new();
    }
    // What was being written there stays on disk and comes back afterwards.
    let kept = state.composer.as_mut().and_then(Composer::keep);
    state.composer = composer;
    state.focus = Pane::Compose;
    kept.into_iter().collect()
}

/// Why a message cannot be changed.
fn unchangeable(state: &State, thread: &Thread, entry: &Entry) -> Option<String> {
    if state.settings.readonly {
        return Some("onebox runs read-only: nothing is changed.".to_owned());
    }
    if !entry.own || entry.deleted || entry.event.is_some() || thread.conversation.is_mail {
        return Some("Only your own messages can be changed.".to_owned());
    }
    let provider = &thread.conversation.provider;
    let Some(time) = limits::editable(provider) else {
        let name = provider.label();
        return Some(format!("{name} does not let messages be changed."));
    };
    let age = state.now.duration_since(entry.key.time());
    (age > time).then(|| {
        format!(
            "{} lets messages be changed for {} minutes only.",
            provider.label(),
            time.as_mins()
        )
    })
}

/// Opens the window that picks a reaction to the selected message, or to the last one of somebody else.
pub(in crate::app) fn react(state: &mut State) -> Effects {
    let Some(thread) = state.thread.as_ref().filter(|it| !it.conversation.is_mail) else {
        let word = "Nobody can react to a mail.";
        state.toasts.say(word, Tone::Bad, state.now);
        return Effects::new();
    };
    let last = || thread.entries.iter().rev().find(|it| !it.own);
    let entry = thread.current().or_else(last);
    if let Some(entry) = entry.filter(|it| it.event.is_none() && !it.deleted) {
        let choose = choose::reactions(entry.key, &state.places.overview.reacted);
        state.layers.push(Layer::Choose(Box::new(choose)));
    }
    Effects::new()
}

/// Opens the window that picks whom to pass the selected message on to.
pub(in crate::app) fn forward(state: &mut State) -> Effects {
    let ticket = state.ticket();
    let Some(thread) = &state.thread else {
        return Effects::new();
    };
    if thread.conversation.is_mail {
        let entry = thread.current().map(|it| it.key);
        return super::begin(state, Start::Answer(Answer::Forward), entry);
    }
    let provider = &thread.conversation.provider;
    if !limits::forwards(provider) {
        let word = format!("{} does not pass messages on.", provider.label());
        state.toasts.say(word, Tone::Bad, state.now);
        return Effects::new();
    }
    let Some(entry) = thread.current().or(thread.entries.last()) else {
        return Effects::new();
    };
    let account = Some(thread.conversation.account);
    let picker = Picker::new("Forward to", Vec::new());
    let mut choose = Choose::new(picker, What::Forward(entry.key, Vec::new()));
    choose.asked = Some(ticket);
    state.layers.push(Layer::Choose(Box::new(choose)));
    let filter = Filter {
        view: View::Inbox,
        account,
        folder: None,
    };
    vec![Effect::Read(
        ticket,
        Read::List {
            filter,
            edge: Edge::Top,
            limit: TARGETS,
        },
    )]
}
