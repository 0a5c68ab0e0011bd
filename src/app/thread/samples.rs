//! Conversations for tests.

use jiff::Timestamp;

use crate::app::effect::ThreadPage;
use crate::app::samples;
use crate::model::act::{Act, NewMessage};
use crate::model::email::{Address, Extent, FolderRole};
use crate::model::inbox::{Conversation, Entry, EntryKey, MailHead, StoredAttachment};
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

/// A mail of Ana's with HTML, a calendar file and a text.
pub fn mail(number: usize) -> Entry {
    let file = |id: &str, name: &str| StoredAttachment {
        id: id.into(),
        kind: "file".to_owned(),
        name: Some(name.to_owned()),
        mime: None,
        size: Some(500),
        width: None,
        height: None,
        duration: None,
        variant: false,
        unavailable: false,
        cid: None,
    };
    let head = MailHead {
        message_id: None,
        provider_id: None,
        role: FolderRole::Inbox,
        folders: Vec::new(),
        from: Some(Address::new("ana@x.example")),
        to: Vec::new(),
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        extent: Extent::Full,
        is_complete: Some(true),
        body: Some(1),
        has_html: true,
    };
    Entry {
        mail: Some(Box::new(head)),
        attachments: vec![file("a", "invite.ics"), file("b", "log.txt")],
        ..entry(number)
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
