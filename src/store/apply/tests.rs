//! Pages in any order, any number of times, give the same store.

use jiff::Timestamp;

use super::*;
use crate::model::chat::{Chat, ChatKind, Muted};
use crate::model::inbox::View;
use crate::model::message::Message;
use crate::model::person::Attendee;
use crate::store::read::{conversations, entries};
use crate::store::{Care, Store};

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join("profile")).unwrap();
    (dir, store)
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

pub(in crate::store) fn chat(id: &str) -> Chat {
    Chat {
        id: id.into(),
        account_id: "acc".into(),
        provider: None,
        provider_id: None,
        attendee_provider_id: Some("p1".into()),
        name: None,
        kind: ChatKind::OneToOne,
        last_activity: Some(at(0)),
        unread_count: 1,
        archived: false,
        pinned: None,
        muted: Muted::No,
        read_only: 0,
        disabled_features: vec![],
        subject: None,
        organization_id: None,
        mailbox_id: None,
        content: None,
        folders: vec![],
        last_message: None,
    }
}

pub(in crate::store) fn message(id: &str, second: i64, text: &str) -> Message {
    Message {
        id: id.into(),
        account_id: "acc".into(),
        chat_id: "chat".into(),
        chat_provider_id: None,
        provider_id: None,
        message_id: None,
        sender_id: Some("p1".into()),
        sender_attendee_id: None,
        text: Some(text.to_owned()),
        subject: None,
        timestamp: at(second),
        is_sender: false,
        attachments: vec![],
        reactions: vec![],
        quoted: None,
        reply_to: None,
        seen: None,
        seen_by: std::collections::BTreeMap::new(),
        delivered: None,
        hidden: false,
        deleted: false,
        edited: false,
        event: None,
        behavior: None,
        replies: None,
        reply_by: vec![],
        parent: None,
        is_forwarded: None,
        mentions: None,
        kind: None,
        attendee_kind: None,
        attendee_distance: None,
        sender_urn: None,
    }
}

fn attendee(name: &str) -> Attendee {
    Attendee {
        id: "att".into(),
        account_id: "acc".into(),
        provider_id: "p1".into(),
        name: name.to_owned(),
        is_self: false,
        hidden: false,
        picture_url: None,
        profile_url: None,
        public_identifier: None,
        specifics: None,
    }
}

#[test]
fn a_message_that_comes_before_its_chat_and_its_sender_finds_them_later() {
    let (_dir, store) = store();
    let rows = store
        .write_now(Care::Cache, |tx| {
            let applied = messages(tx, &[message("m1", 5, "hello there")], Stamp(1))?;
            assert_eq!(applied.unseen_chats, ["chat".into()]);
            chats(tx, &[chat("chat")], Stamp(2))?;
            attendees(tx, &[attendee("Ada")], Stamp(3))?;
            conversations::window(tx, View::Inbox, None, None, 10)
        })
        .unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].title, "Ada");
    assert_eq!(rows[0].snippet, "hello there");
    assert_eq!(rows[0].snippet_by.as_deref(), Some("Ada"));
    assert_eq!(rows[0].last_at, Some(at(5)));
    assert!(rows[0].needs_reply);
}

#[test]
fn an_older_answer_never_overwrites_a_newer_one() {
    let (_dir, store) = store();
    let window = store
        .write_now(Care::Cache, |tx| {
            messages(tx, &[message("m1", 5, "edited")], Stamp(7))?;
            messages(
                tx,
                &[message("m1", 5, "first"), message("m0", 4, "before")],
                Stamp(3),
            )?;
            gone(tx, "m2", Stamp(5))?;
            messages(tx, &[message("m2", 6, "deleted meanwhile")], Stamp(4))?;
            let key = conversations::window(tx, View::Inbox, None, None, 10)?[0].key;
            entries::before(tx, key, None, 10)
        })
        .unwrap();
    let texts: Vec<_> = window.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(texts, ["before", "edited"]);
}
