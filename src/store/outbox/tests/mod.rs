//! What the user did is shown at once, kept whatever happens, and taken back when the server refuses.

use std::time::Duration;

use jiff::Timestamp;

mod properties;
mod shown;
mod swept;

use super::*;
use crate::model::act::{Act, ChatMark, NewMessage};
use crate::model::inbox::{Conversation, ConversationKey};
use crate::model::message::Message;
use crate::model::outbox::{DraftBody, OutboxId, OutboxItem, OutboxState};
use crate::store::apply::samples::{chat, message};
use crate::store::apply::{self, Stamp};
use crate::store::read::{conversations, entries};
use crate::store::{Care, Result, Store, Tx};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

/// A store with a chat in which there are two messages, one of them own.
fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join("profile")).unwrap();
    write(&store, |tx| {
        apply::chats(tx, &[chat("chat")], Stamp(1))?;
        apply::messages(
            tx,
            &[message("m1", 1, "hello"), own("m2", 2, "ok")],
            Stamp(2),
        )
    });
    (dir, store)
}

fn own(id: &str, second: i64, text: &str) -> Message {
    Message {
        is_sender: true,
        ..message(id, second, text)
    }
}

fn write<T: Send + 'static>(
    store: &Store,
    work: impl FnOnce(&Tx<'_>) -> Result<T> + Send + 'static,
) -> T {
    store.write_now(Care::Kept, work).unwrap()
}

fn row(store: &Store) -> Conversation {
    store
        .read_now(|db| conversations::get(db, ConversationKey(1)))
        .unwrap()
        .unwrap()
}

fn item(store: &Store, id: OutboxId) -> OutboxItem {
    store.read_now(|db| get(db, id)).unwrap().unwrap()
}

fn say(text: &str) -> Act {
    Act::SendMessage(NewMessage::text("acc".into(), "chat".into(), text))
}

fn mark(mark: ChatMark, on: bool) -> Act {
    Act::MarkChat {
        account: "acc".into(),
        chat: "chat".into(),
        mark,
        on,
    }
}

fn hand(store: &Store, act: Act, second: i64) -> OutboxId {
    write(store, move |tx| {
        submit(tx, vec![act], at(second), When::Now)
    })[0]
}

fn next_ids(store: &Store, second: i64) -> Vec<OutboxId> {
    let found = store.read_now(|db| next(db, at(second))).unwrap();
    found.into_iter().map(|it| it.id).collect()
}

fn go(store: &Store, id: OutboxId, second: i64) {
    assert!(write(store, move |tx| begin(
        tx,
        id,
        at(second),
        Some(at(second))
    )));
}

fn lose(store: &Store, id: OutboxId, second: i64) {
    write(store, move |tx| {
        unknown(tx, id, "cut", at(second), at(second))
    });
}

fn see(store: &Store, page: Vec<Message>, stamp: i64) {
    write(store, move |tx| apply::messages(tx, &page, Stamp(stamp)));
}

#[test]
fn what_the_server_refuses_is_shown_as_the_server_has_it_again() {
    let (_dir, store) = store();
    let archive = hand(&store, mark(ChatMark::Archived, true), 10);
    assert!(row(&store).archived);
    // An answer that comes meanwhile does not bring it back.
    let mut pinned = chat("chat");
    pinned.pinned = Some(true);
    write(&store, move |tx| apply::chats(tx, &[pinned], Stamp(5)));
    assert_eq!((row(&store).archived, row(&store).pinned), (true, true));
    go(&store, archive, 11);
    write(&store, move |tx| fail(tx, archive, "not offered", at(12)));
    assert!(!row(&store).archived);
    assert_eq!(item(&store, archive).error.as_deref(), Some("not offered"));
    // The user's own wish shows it again.
    write(&store, move |tx| retry(tx, archive, at(13)));
    assert!(row(&store).archived);
}

#[test]
fn an_answer_that_was_on_its_way_when_an_act_succeeded_does_not_undo_it_on_screen() {
    let (_dir, store) = store();
    let id = hand(&store, mark(ChatMark::Muted, true), 10);
    go(&store, id, 11);
    write(&store, move |tx| {
        succeed(tx, id, &Success::default(), Stamp(9), at(12))
    });
    write(&store, |tx| apply::chats(tx, &[chat("chat")], Stamp(8)));
    assert!(row(&store).muted, "an older answer has won");
    write(&store, |tx| apply::chats(tx, &[chat("chat")], Stamp(10)));
    assert!(!row(&store).muted, "the server is not believed any more");
}

#[test]
fn a_message_that_was_edited_and_then_forwarded_goes_on_with_its_new_words() {
    let (_dir, store) = store();
    let edit = Act::EditMessage {
        account: "acc".into(),
        chat: "chat".into(),
        message: "m2".into(),
        text: "okay".into(),
    };
    let forward = Act::ForwardMessage {
        account: "acc".into(),
        message: "m2".into(),
        to: "other".into(),
    };
    let edit = hand(&store, edit, 10);
    let forward = hand(&store, forward, 10);
    assert_eq!(next_ids(&store, 11), [edit]);
    go(&store, edit, 11);
    assert_eq!(next_ids(&store, 11), []);
    write(&store, move |tx| fail(tx, edit, "too late", at(12)));
    assert_eq!(next_ids(&store, 12), [forward]);
}

#[test]
fn messages_of_a_conversation_go_out_in_order_and_no_conversation_waits_for_another() {
    let (_dir, store) = store();
    let [first, second] = ["one", "two"].map(|text| hand(&store, say(text), 10));
    let mut other = NewMessage::text("acc".into(), "other".into(), "hi");
    other.chat = "other".into();
    let elsewhere = hand(&store, Act::SendMessage(other), 11);
    let later = write(&store, |tx| {
        submit(tx, vec![say("on monday")], at(5), When::At(at(900)))
    })[0];
    assert_eq!(next_ids(&store, 12), [first, elsewhere]);
    go(&store, first, 12);
    assert_eq!(next_ids(&store, 12), [elsewhere]);
    write(&store, move |tx| {
        requeue(tx, first, at(20), "slow down", at(13))
    });
    assert_eq!(
        next_ids(&store, 14),
        [elsewhere],
        "the second one has overtaken the first"
    );
    go(&store, first, 20);
    lose(&store, first, 21);
    let archive = hand(&store, mark(ChatMark::Archived, true), 21);
    assert_eq!(
        next_ids(&store, 22),
        [elsewhere, archive],
        "only messages wait for an unknown one"
    );
    assert_eq!(
        next_ids(&store, 21 + 61),
        [second, elsewhere],
        "an unknown one holds others for ever"
    );
    write(&store, move |tx| fail(tx, second, "refused", at(90)));
    assert_eq!(next_ids(&store, 901).first(), Some(&elsewhere));
    assert!(!next_ids(&store, 899).contains(&later));
    go(&store, archive, 901);
    write(&store, move |tx| {
        succeed(tx, archive, &Success::default(), Stamp(9), at(902))
    });
    assert!(
        next_ids(&store, 903).contains(&later),
        "a failed one holds up what follows"
    );
}

#[test]
fn a_clock_that_was_set_back_does_not_hold_what_waits_for_seconds() {
    let (_dir, store) = store();
    let soon = write(&store, |tx| {
        submit(
            tx,
            vec![say("hi")],
            at(90_000),
            When::After(Duration::from_secs(8)),
        )
    })[0];
    assert_eq!(next_ids(&store, 90_001), []);
    assert_eq!(next_ids(&store, 0), [soon]);
}

#[test]
fn an_unknown_message_is_sent_when_it_is_seen_and_a_real_second_one_is_not_taken_for_it() {
    let (_dir, store) = store();
    let id = hand(&store, say("ok"), 100);
    go(&store, id, 100);
    lose(&store, id, 101);
    // "ok" of before, "ok" of somebody else, and "ok" of much later are other messages.
    let much_later = own("m5", 100 + 3_600, "ok");
    see(
        &store,
        vec![own("m2", 2, "ok"), message("m3", 101, "ok"), much_later],
        3,
    );
    assert_eq!(item(&store, id).state, OutboxState::Unknown);
    see(&store, vec![own("m4", 102, " ok\n")], 4);
    let settled = item(&store, id);
    assert_eq!(
        (settled.state, settled.result.as_deref()),
        (OutboxState::Sent, Some("m4"))
    );
    // What one act has claimed is no proof for another one.
    let again = hand(&store, say("ok"), 103);
    go(&store, again, 103);
    lose(&store, again, 104);
    see(&store, vec![own("m4", 102, "ok")], 5);
    assert_eq!(item(&store, again).state, OutboxState::Unknown);
    assert!(
        store
            .read_now(|db| of_conversation(db, "acc", "chat"))
            .unwrap()
            .iter()
            .all(|it| it.id == again)
    );
}

#[test]
fn an_own_message_of_before_the_attempt_is_no_proof_whatever_the_clocks_say() {
    let (_dir, store) = store();
    let id = hand(&store, say("ok"), 10);
    assert!(write(&store, move |tx| begin(tx, id, at(10), None)));
    lose(&store, id, 11);
    see(
        &store,
        vec![own("m2", 2, "ok again"), own("m2", 2, "ok")],
        3,
    );
    assert_eq!(item(&store, id).state, OutboxState::Unknown);
    see(&store, vec![own("m9", 80_000, "ok")], 4);
    assert_eq!(
        item(&store, id).state,
        OutboxState::Sent,
        "a clock that is a day off hides it"
    );
}

#[test]
fn what_was_on_its_way_when_a_process_died_is_unknown_and_never_sent_again_by_itself() {
    let (_dir, store) = store();
    let (message, read) = (
        hand(&store, say("hi"), 10),
        hand(&store, mark(ChatMark::Read, true), 10),
    );
    go(&store, message, 11);
    go(&store, read, 11);
    assert_eq!(write(&store, |tx| recover(tx, at(20))), 2);
    assert_eq!(item(&store, message).state, OutboxState::Unknown);
    assert_eq!(item(&store, read).state, OutboxState::Queued);
    for second in [21, 100, 100_000] {
        assert!(!next_ids(&store, second).contains(&message));
    }
    assert_eq!(row(&store).unread, 0);
}
