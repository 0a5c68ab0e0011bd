//! Conversations for tests.

use jiff::Timestamp;

use crate::app::effect::ThreadPage;
use crate::app::samples;
use crate::model::act::{Act, NewMessage};
use crate::model::inbox::{Conversation, Entry, EntryKey};
use crate::model::outbox::{OutboxId, OutboxItem, OutboxState};

pub fn conversation(last: usize) -> Conversation {
    Conversation {
        uid: "chat".to_owned(),
        snippet: String::new(),
        last_entry: Some(key(last)),
        last_at: None,
        unread: 0,
        needs_reply: false,
        ..samples::conversation(1, "Ana")
    }
}

pub fn key(number: usize) -> EntryKey {
    let at = Timestamp::from_second(1_700_000_000 + i64::try_from(number).unwrap() * 60).unwrap();
    EntryKey::first_at(at)
}

/// A message of Ana's; one a minute.
pub fn entry(number: usize) -> Entry {
    Entry {
        key: key(number),
        uid: format!("m{number}").into(),
        sender_name: Some("Ana".to_owned()),
        ..samples::entry(1, &format!("message {number}"))
    }
}

pub fn page(numbers: std::ops::Range<usize>) -> ThreadPage {
    let last = numbers.end.saturating_sub(1);
    ThreadPage {
        has_older: true,
        complete: false,
        begins: false,
        ..samples::page(conversation(last), numbers.map(entry).collect())
    }
}

/// A message that has not arrived.
pub fn waiting(id: i64, text: &str, state: OutboxState) -> OutboxItem {
    OutboxItem {
        id: OutboxId(id),
        account: "a".into(),
        conversation: Some("chat".to_owned()),
        lane: String::new(),
        act: Act::SendMessage(NewMessage::text("a".into(), "chat".into(), text)),
        state,
        due_at: Timestamp::UNIX_EPOCH,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        attempted_at: None,
        tries: 0,
        looks: 0,
        error: None,
        result: None,
    }
}
