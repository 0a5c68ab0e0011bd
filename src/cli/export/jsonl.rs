//! Everything, as JSON for programs.

use super::super::Failure;
use super::super::form::WINDOW;
use super::super::records::{self, Detail, Ids};
use super::super::span::Walk;
use super::{Chats, Scope, each_chat};
use crate::model::inbox::{Conversation, Entry, EntryKey, PersonKey};
use crate::store::{Store, outbox, read};

pub(super) fn write(store: &Store, scope: &Scope) -> Result<(), Failure> {
    let ids = Ids::load(store)?;
    match scope {
        Scope::Everything => everything(store, &ids),
        Scope::Chat(_) => each_chat(store, scope, |it| chat(store, it, &ids)),
        Scope::Person(person) => {
            records::print(&records::person(person, &ids))?;
            each_chat(store, scope, |it| chat(store, it, &ids))
        }
    }
}

/// A conversation and all that was said in it.
fn chat(store: &Store, it: &Conversation, ids: &Ids) -> Result<(), Failure> {
    head(store, it, ids)?;
    let mut walk = Walk::all(it.key);
    loop {
        let window = walk.step(store)?;
        if window.is_empty() {
            return Ok(());
        }
        for entry in &window {
            print(store, entry, it, ids)?;
        }
    }
}

fn head(store: &Store, it: &Conversation, ids: &Ids) -> Result<(), Failure> {
    let members = store.read_now(|db| read::people::members(db, it.key))?;
    records::print(&records::chat(it, ids, Some(&members)))
}

fn print(store: &Store, it: &Entry, chat: &Conversation, ids: &Ids) -> Result<(), Failure> {
    let source = match &it.mail {
        Some(_) => Some(store.read_now(|db| read::entries::source(db, it.key))?),
        None => None,
    };
    let detail = Detail {
        source: source.as_ref(),
        ..Detail::of(chat)
    };
    records::print(&records::entry(it, &detail, ids))
}

fn everything(store: &Store, ids: &Ids) -> Result<(), Failure> {
    for account in store.read_now(read::accounts::all)? {
        records::print(&records::account(&account))?;
        for folder in store.read_now(|db| read::accounts::folders(db, account.key))? {
            records::print(&records::folder(&folder, ids))?;
        }
    }
    people(store, ids)?;
    each_chat(store, &Scope::Everything, |it| head(store, it, ids))?;
    let mut chats = Chats::default();
    let mut place = EntryKey(i64::MIN);
    loop {
        let window = store.read_now(|db| read::entries::all_from(db, place, WINDOW))?;
        let Some(last) = window.last() else { break };
        place = EntryKey(last.key.0.saturating_add(1));
        for it in &window {
            if let Some(chat) = chats.get(store, it.conversation)? {
                print(store, it, chat, ids)?;
            }
        }
    }
    let drafts = store.read_now(outbox::drafts::all)?;
    drafts
        .iter()
        .try_for_each(|it| records::print(&records::draft(it)))
}

fn people(store: &Store, ids: &Ids) -> Result<(), Failure> {
    let mut place = PersonKey(0);
    loop {
        let window = store.read_now(|db| read::people::names_after(db, place, WINDOW))?;
        let Some(last) = window.last() else {
            return Ok(());
        };
        place = last.0;
        for (key, _) in window {
            if let Some(person) = store.read_now(|db| read::people::get(db, key))? {
                records::print(&records::person(&person, ids))?;
            }
        }
    }
}
