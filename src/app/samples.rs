//! Accounts, conversations and messages as tests need them, and states with an inbox of them.

use jiff::Timestamp;

use super::effect::{Answer, Effect, Read, ThreadPage};
use super::layout::Size;
use super::{Key, Msg, Settings, State, update};
use crate::model::account::Provider;
use crate::model::chat::ChatKind;
use crate::model::inbox::{
    AccountKey, Conversation, ConversationKey, Entry, EntryKey, StoredAccount,
};

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

/// A conversation; later ones of a list are older.
pub(crate) fn conversation(number: i64, title: &str) -> Conversation {
    Conversation {
        key: ConversationKey(number),
        account: AccountKey(1),
        uid: format!("chat-{number}"),
        is_mail: false,
        kind: ChatKind::OneToOne,
        provider: Provider::Whatsapp,
        picture: None,
        title: title.to_owned(),
        subject: None,
        snippet: "hello".to_owned(),
        snippet_by: None,
        last_entry: Some(EntryKey(number)),
        last_own: false,
        last_at: Some(at(-number)),
        unread: 1,
        archived: false,
        pinned: false,
        muted: false,
        starred: false,
        has_draft: false,
        needs_reply: true,
        has_files: false,
        writable: true,
    }
}

pub(crate) fn account(key: i64, name: &str) -> StoredAccount {
    StoredAccount {
        key: AccountKey(key),
        id: format!("acc-{key}").as_str().into(),
        provider: Provider::Whatsapp,
        name: name.to_owned(),
        identity: None,
        own_id: None,
        status: crate::model::account::AccountStatus::Ok,
        status_since: at(0),
        has_chats: true,
        has_mail: false,
        paused: false,
        synced_at: Some(at(0)),
        unread: 0,
    }
}

pub(crate) fn entry(key: i64, text: &str) -> Entry {
    Entry {
        key: EntryKey(key),
        uid: format!("message-{key}").as_str().into(),
        conversation: ConversationKey(1),
        sender: None,
        sender_name: Some("Ada".to_owned()),
        sender_id: None,
        own: false,
        unread: false,
        starred: false,
        hidden: false,
        deleted: false,
        edited: false,
        forwarded: false,
        delivered: None,
        seen: None,
        event: None,
        subject: None,
        text: text.to_owned(),
        quote: None,
        attachments: Vec::new(),
        reactions: Vec::new(),
        readers: Vec::new(),
        mail: None,
    }
}

/// All of a conversation.
pub(crate) fn page(conversation: Conversation, entries: Vec<Entry>) -> ThreadPage {
    ThreadPage {
        conversation,
        entries,
        has_older: false,
        has_newer: false,
        complete: true,
        begins: true,
        gaps: Vec::new(),
        at: None,
        unread_from: None,
        members: Vec::new(),
        waiting: Vec::new(),
        draft: None,
        change: None,
        letters: Vec::new(),
    }
}

/// An inbox with conversations of these names, the cursor on the first.
pub(crate) fn inbox(titles: &[&str]) -> State {
    let size = Size {
        width: 120,
        height: 30,
    };
    let mut state = State::new(Settings::default(), at(0), size);
    let rows = (1..).zip(titles).map(|(at, it)| conversation(at, it));
    let effects = state.begin();
    answer_list(&mut state, &effects, rows.collect());
    state
}

/// Answers the question for the list that is among the effects.
pub(crate) fn answer_list(
    state: &mut State,
    effects: &[Effect],
    rows: Vec<Conversation>,
) -> Vec<Effect> {
    for effect in effects {
        if let Effect::Read(ticket, Read::List { edge, .. }) = effect {
            let (edge, more) = (*edge, false);
            return update(
                state,
                Msg::Answer(*ticket, Answer::List { edge, rows, more }),
            );
        }
    }
    panic!("the list was not asked for: {effects:?}");
}

/// Opens a conversation of the list with these entries, as Enter does.
pub(crate) fn open(state: &mut State, entries: Vec<Entry>) {
    let effects = press(state, "Enter");
    answer_thread(state, &effects, entries);
}

/// Answers the question for the conversation that is among the effects.
pub(crate) fn answer_thread(
    state: &mut State,
    effects: &[Effect],
    entries: Vec<Entry>,
) -> Vec<Effect> {
    let page = page(state.list.current().unwrap().clone(), entries);
    for effect in effects {
        if let Effect::Read(ticket, Read::Thread { .. }) = effect {
            let answer = Answer::Thread(Box::new(page));
            return update(state, Msg::Answer(*ticket, answer));
        }
    }
    panic!("it was not asked for: {effects:?}");
}

/// Presses keys one after the other; gives all that comes of it.
pub(crate) fn press(state: &mut State, keys: &str) -> Vec<Effect> {
    let keys = keys.split(' ').map(|key| key.parse::<Key>().unwrap());
    keys.flat_map(|key| update(state, Msg::Key(key))).collect()
}

pub(crate) fn titles(state: &State) -> Vec<&str> {
    state.list.rows.iter().map(|it| it.title.as_str()).collect()
}
