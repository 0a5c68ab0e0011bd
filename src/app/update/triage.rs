//! Acts on conversations: shown at once, carried out by the store, taken back with one key.

use super::Effects;
use super::moving::rest;
use crate::app::ahead::Done;
use crate::app::effect::{Deed, Effect, Triage};
use crate::app::layer::{Confirm, Layer};
use crate::app::state::{Pane, Screen, State};
use crate::app::thread::{Picked, Thread};
use crate::app::toast::Tone;
use crate::config::ReadMarks;
use crate::model::email::FolderRole;
use crate::model::inbox::{Conversation, ConversationKey};

/// What is said where nothing may be changed.
pub(super) const READONLY: &str = "onebox runs with --readonly: nothing is changed.";

/// Says that nothing may be changed, if that is so.
pub(super) fn forbidden(state: &mut State) -> bool {
    if state.settings.readonly {
        state.toasts.say(READONLY, Tone::Bad, state.now);
    }
    state.settings.readonly
}

pub(super) fn archive(state: &mut State) -> Effects {
    let on = !all(state, |it| it.archived);
    apply(state, Triage::Archive(on))
}

pub(super) fn pin(state: &mut State) -> Effects {
    let on = !all(state, |it| it.pinned);
    apply(state, Triage::Pin(on))
}

pub(super) fn mute(state: &mut State) -> Effects {
    let on = !all(state, |it| it.muted);
    apply(state, Triage::Mute(on))
}

pub(super) fn unread(state: &mut State) -> Effects {
    let read = !all(state, |it| it.unread == 0);
    apply(state, Triage::Read(read))
}

/// Stars the selected message, or the conversations.
pub(super) fn star(state: &mut State) -> Effects {
    if let Some(thread) = state
        .thread
        .as_mut()
        .filter(|_| state.focus == Pane::Thread)
    {
        let (key, selected) = (thread.key(), thread.selected);
        let entry = thread
            .entries
            .iter_mut()
            .find(|it| Some(Picked::Entry(it.key)) == selected);
        if let Some(entry) = entry {
            entry.starred = !entry.starred;
            let deed = Deed::StarEntry(key, entry.uid.clone(), entry.starred);
            return vec![Effect::Do(deed)];
        }
    }
    let on = !all(state, |it| it.starred);
    apply(state, Triage::Star(on))
}

/// Deletes the selected message of the user's own, or the conversations. What cannot be taken back is asked for.
pub(super) fn delete(state: &mut State) -> Effects {
    if forbidden(state) {
        return Effects::new();
    }
    let selected = state.thread.as_ref().filter(|_| in_thread(state));
    if let Some(entry) = selected.and_then(Thread::current) {
        if !entry.own || entry.mail.is_some() {
            let word = if entry.own {
                "A mail that was sent cannot be deleted alone: Esc, then delete the whole conversation."
            } else {
                "Only your own messages can be deleted. Esc, then delete the whole conversation."
            };
            state.toasts.say(word, Tone::Bad, state.now);
            return Effects::new();
        }
        let words = short(&entry.text, 30);
        let question = format!("Delete “{words}” for everybody? It cannot be taken back");
        let effects = vec![Effect::Do(Deed::DeleteMessage(entry.key))];
        return ask(state, &question, effects);
    }
    let keys = targets(state);
    if let Some(effects) = delete_drafts(state, &keys) {
        return effects;
    }
    let known: Vec<&Conversation> = keys.iter().filter_map(|key| known(state, *key)).collect();
    let Some(first) = known.first() else {
        return Effects::new();
    };
    let all_mails = known.len() == keys.len() && known.iter().all(|it| it.is_mail);
    let for_good = in_trash(state);
    let what = Triage::Delete { for_good };
    if all_mails && !for_good {
        return apply(state, what);
    }
    let name = match keys.len() {
        1 => format!("the conversation with {}", short(&first.title, 40)),
        count => format!("{count} conversations"),
    };
    let question = format!("Delete {name} at the provider? It cannot be taken back");
    // Carried out when the answer is yes.
    ask(state, &question, vec![Effect::Do(Deed::Triage(keys, what))])
}

fn ask(state: &mut State, question: &str, effects: Effects) -> Effects {
    let question = format!("{question}.");
    state
        .layers
        .push(Layer::Confirm(Confirm { question, effects }));
    Effects::new()
}

/// What was asked for is done: shows it ahead of the store.
pub(super) fn confirmed(state: &mut State, effects: Effects) -> Effects {
    let mut all = Effects::new();
    for effect in effects {
        match effect {
            Effect::Do(Deed::Triage(keys, what)) => all.extend(show(state, keys, what)),
            other => all.push(other),
        }
    }
    all
}

pub(super) fn undo(state: &mut State) -> Effects {
    if forbidden(state) {
        return Effects::new();
    }
    vec![Effect::Do(Deed::Undo)]
}

fn apply(state: &mut State, what: Triage) -> Effects {
    let here = matches!(what, Triage::Star(_));
    if state.screen != Screen::Inbox || !here && forbidden(state) {
        return Effects::new();
    }
    let keys = targets(state);
    if keys.is_empty() {
        return Effects::new();
    }
    if keys.iter().any(|it| it.draft().is_some()) {
        let word = "This is a draft: it can be opened, or deleted.";
        state.toasts.say(word, Tone::Plain, state.now);
        return Effects::new();
    }
    show(state, keys, what)
}

/// Asks whether drafts shall be thrown away that belong to no conversation; absent when none are meant.
fn delete_drafts(state: &mut State, keys: &[ConversationKey]) -> Option<Effects> {
    let drafts: Vec<_> = keys.iter().filter_map(|it| it.draft()).collect();
    if drafts.is_empty() {
        return None;
    }
    if drafts.len() < keys.len() {
        let word = "Drafts and conversations are not deleted in one go.";
        state.toasts.say(word, Tone::Bad, state.now);
        return Some(Effects::new());
    }
    let question = match drafts.len() {
        1 => "Throw this draft away? It cannot be taken back".to_owned(),
        count => format!("Throw {count} drafts away? It cannot be taken back"),
    };
    let mut effects = Effects::new();
    for draft in drafts {
        effects.push(Effect::Do(Deed::DropDraft(state.ticket(), Some(draft))));
    }
    state.list.marked.clear();
    Some(ask(state, &question, effects))
}

fn show(state: &mut State, keys: Vec<ConversationKey>, what: Triage) -> Effects {
    let deletes = matches!(what, Triage::Delete { .. });
    let mails = keys
        .iter()
        .all(|key| known(state, *key).is_some_and(|it| it.is_mail));
    let gone = deletes || matches!(what, Triage::Archive(_));
    state.ahead.push(Done {
        keys: keys.clone(),
        what,
        undo: !deletes || mails && !in_trash(state),
    });
    let page = state.list_page();
    let before = state.list.current().map(|it| it.key);
    state.list.settle(&state.ahead, page);
    state.list.marked.clear();
    if let Some(thread) = &mut state.thread {
        state.ahead.lay_over(&mut thread.conversation);
        if gone && keys.contains(&thread.key()) && state.focus != Pane::Places {
            // What is done with is left behind: the next one is under the cursor.
            state.focus = Pane::List;
        }
    }
    let mut effects = vec![Effect::Do(Deed::Triage(keys, what))];
    if state.list.current().map(|it| it.key) != before {
        effects.extend(rest(state));
    }
    if state.list.rows.is_empty() {
        state.thread = None;
    }
    effects
}

/// The store has done it, or refuses to.
pub(super) fn triaged(state: &mut State, done: Result<String, String>) -> Effects {
    let undo = state.ahead.reported().is_some_and(|it| it.undo);
    match done {
        Ok(said) if undo => state.toasts.done(said, state.now),
        Ok(said) => state.toasts.say(said, Tone::Good, state.now),
        Err(why) => state.toasts.say(why, Tone::Bad, state.now),
    }
    look_again(state)
}

/// Something was taken back: the cursor goes to it.
pub(super) fn undone(state: &mut State, said: String, keys: Vec<ConversationKey>) -> Effects {
    state.toasts.say(said, Tone::Good, state.now);
    state.list.wanted = keys.into_iter().next_back();
    look_again(state)
}

/// Asks the store how everything looks now; what it was asked before does not count any more.
fn look_again(state: &mut State) -> Effects {
    let ticket = state.ticket();
    let mut effects = vec![state.list.look_again(ticket)];
    effects.extend(state.refresh_overview());
    let ticket = state.ticket();
    effects.extend(state.thread.as_mut().and_then(|it| it.refresh(ticket)));
    effects
}

/// Something was sent into the open conversation: answered is read, if that is how the user wants it.
pub(in crate::app) fn answered(state: &mut State) -> Effects {
    let thread = state.thread.as_ref().filter(|it| {
        it.conversation.unread > 0
            && state.settings.read_marks == ReadMarks::Reply
            && !state.settings.readonly
    });
    match thread.map(Thread::key) {
        Some(key) => seen(state, key),
        None => Effects::new(),
    }
}

/// A conversation counts as read: that is seen at once, with what was opened, and not when the disk has it.
pub(super) fn seen(state: &mut State, key: ConversationKey) -> Effects {
    let it = known(state, key).filter(|it| it.unread > 0 && !it.archived);
    if let Some(account) = it.map(|it| it.account) {
        let of_shown = state.list.filter.account.is_none_or(|it| it == account);
        state.places.one_read(account, of_shown);
    }
    state.ahead.push(Done {
        keys: vec![key],
        what: Triage::Read(true),
        undo: false,
    });
    // It stays in the list until the store has answered, also where only unread ones are.
    for row in state.list.rows.iter_mut().filter(|it| it.key == key) {
        state.ahead.lay_over(row);
    }
    vec![Effect::Do(Deed::Seen(vec![key]))]
}

/// The store knows what was read, or refuses to.
pub(super) fn reported_seen(state: &mut State, done: Result<(), String>) -> Effects {
    state.ahead.reported();
    match done {
        // What is written is told by the store itself.
        Ok(()) => Effects::new(),
        Err(why) => {
            state.toasts.say(why, Tone::Bad, state.now);
            look_again(state)
        }
    }
}

/// The conversations an act is for.
fn targets(state: &State) -> Vec<ConversationKey> {
    match &state.thread {
        Some(thread) if in_thread(state) => vec![thread.key()],
        _ => state.list.targets(),
    }
}

fn in_thread(state: &State) -> bool {
    state.focus == Pane::Thread
}

fn known(state: &State, key: ConversationKey) -> Option<&Conversation> {
    let open = state.thread.as_ref().map(|it| &it.conversation);
    let in_list = state.list.get(key);
    in_list.or_else(|| open.filter(|it| it.key == key))
}

/// Whether all conversations an act is for are so already.
fn all(state: &State, is: impl Fn(&Conversation) -> bool) -> bool {
    let keys = targets(state);
    keys.iter().filter_map(|key| known(state, *key)).all(is)
}

fn in_trash(state: &State) -> bool {
    let filter = &state.list.filter;
    let Some(uid) = &filter.folder else {
        return false;
    };
    let mut folders = state.places.overview.folders.iter();
    folders.any(|it| {
        Some(it.account) == filter.account && it.uid == *uid && it.role == FolderRole::Trash
    })
}

/// The start of a text on one line.
fn short(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default().trim_end()),
        None => line,
    }
}
