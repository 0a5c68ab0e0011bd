//! Pages in any order, any number of times, give the same store.

use super::samples::{at, attendee, chat, message};
use super::*;
use crate::model::inbox::{Edge, View};
use crate::store::read::{conversations, entries};
use crate::store::{Care, Store};

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join("profile")).unwrap();
    (dir, store)
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
            conversations::window(tx, View::Inbox, None, Edge::Top, 10)
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
            let key = conversations::window(tx, View::Inbox, None, Edge::Top, 10)?[0].key;
            entries::before(tx, key, None, 10)
        })
        .unwrap();
    let texts: Vec<_> = window.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(texts, ["before", "edited"]);
}
