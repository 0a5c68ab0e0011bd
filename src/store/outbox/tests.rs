//! What the user did is shown at once, kept whatever happens, and taken back when the server refuses.

use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::model::act::{Act, ChatMark, DraftBody, NewMessage, OutboxId, OutboxItem, OutboxState};
use crate::model::inbox::{Conversation, ConversationKey};
use crate::model::message::Message;
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

#[test]
fn undo_takes_back_what_has_not_gone_out_and_reverses_what_has() {
    let (_dir, store) = store();
    hand(&store, mark(ChatMark::Pinned, true), 10);
    let undone = write(&store, |tx| undo(tx, at(11)));
    assert!(
        matches!(undone, Undone::Done { ref label, .. } if label.starts_with("Pin")),
        "{undone:?}"
    );
    assert!(!row(&store).pinned);
    let id = hand(&store, mark(ChatMark::Archived, true), 12);
    go(&store, id, 12);
    write(&store, move |tx| {
        succeed(tx, id, &Success::default(), Stamp(9), at(13))
    });
    write(&store, |tx| undo(tx, at(14)));
    assert!(!row(&store).archived);
    let opposite = store.read_now(|db| next(db, at(15))).unwrap().remove(0);
    assert_eq!(opposite.act, mark(ChatMark::Archived, false));
    let sent = hand(&store, say("too late"), 16);
    go(&store, opposite.id, 16);
    write(&store, move |tx| {
        succeed(tx, opposite.id, &Success::default(), Stamp(10), at(16))
    });
    go(&store, sent, 17);
    let undone = write(&store, |tx| undo(tx, at(18)));
    assert!(matches!(undone, Undone::TooLate { .. }));
    assert_eq!(write(&store, |tx| undo(tx, at(18))), Undone::Nothing);
}

#[test]
fn words_that_are_taken_back_are_a_draft_again_above_those_that_were_begun_meanwhile() {
    let (_dir, store) = store();
    let body = |text: &str| DraftBody {
        account: Some("acc".into()),
        conversation: Some("chat".to_owned()),
        text: text.to_owned(),
        ..DraftBody::default()
    };
    let key = write(&store, {
        let body = body("first words");
        move |tx| drafts::save(tx, None, &body, at(1))
    });
    assert!(row(&store).has_draft);
    write(&store, move |tx| {
        submit_draft(
            tx,
            key,
            vec![say("first words")],
            at(2),
            When::After(Duration::from_secs(8)),
        )
    });
    assert!(!row(&store).has_draft);
    write(&store, {
        let body = body("next words");
        move |tx| drafts::save(tx, None, &body, at(3))
    });
    write(&store, |tx| undo(tx, at(4)));
    let found = store
        .read_now(|db| drafts::of_conversation(db, "acc", "chat"))
        .unwrap()
        .unwrap();
    assert_eq!(found.body.text, "first words\n\nnext words");
    assert_eq!(next_ids(&store, 100), []);
    write(&store, move |tx| drafts::delete(tx, found.key));
    assert!(!row(&store).has_draft);
}

#[test]
fn a_star_is_known_here_only_and_can_be_undone() {
    let (_dir, store) = store();
    let ids = write(&store, |tx| {
        let acts = acts::star(tx, ConversationKey(1), Some("m1".into()), true)?;
        submit(tx, acts, at(1), When::Now)
    });
    assert!(ids.is_empty() && row(&store).starred);
    write(&store, |tx| undo(tx, at(2)));
    assert!(!row(&store).starred);
}

#[test]
fn an_edited_message_a_deleted_one_and_a_reaction_are_shown_at_once_and_found_by_their_words() {
    let (_dir, store) = store();
    let (account, chat) = (|| "acc".into(), || "chat".into());
    let text = |store: &Store, uid: &'static str| {
        store
            .read_now(move |db| entries::with_uid(db, uid))
            .unwrap()
            .unwrap()
    };
    let edit = hand(
        &store,
        Act::EditMessage {
            account: account(),
            chat: chat(),
            message: "m2".into(),
            text: "fine".into(),
        },
        1,
    );
    let react = hand(
        &store,
        Act::React {
            account: account(),
            chat: chat(),
            message: "m1".into(),
            emoji: "🎉".into(),
        },
        1,
    );
    let delete = hand(
        &store,
        Act::DeleteMessage {
            account: account(),
            chat: chat(),
            message: "m2".into(),
        },
        2,
    );
    assert!(text(&store, "m2").deleted);
    assert_eq!(text(&store, "m1").reactions[0].value, "🎉");
    // The server's own news about the messages change nothing of that.
    see(
        &store,
        vec![
            Message {
                seen: Some(true),
                ..own("m2", 2, "ok")
            },
            message("m1", 1, "hello!"),
        ],
        7,
    );
    assert!(text(&store, "m2").deleted);
    assert_eq!(text(&store, "m1").reactions.len(), 1);
    for id in [edit, react, delete] {
        write(&store, move |tx| fail(tx, id, "no", at(3)));
    }
    let (m1, m2) = (text(&store, "m1"), text(&store, "m2"));
    assert_eq!(
        (m2.text.as_str(), m2.deleted, m2.edited),
        ("ok", false, false)
    );
    assert!(m1.reactions.is_empty() && m1.text == "hello!");
    let words = store.read_now(|db| {
        let count = |word: &str| -> Result<i64> {
            Ok(db.query_row(
                "SELECT count(*) FROM words WHERE words MATCH ?1",
                [word],
                |row| row.get(0),
            )?)
        };
        Ok((count("fine")?, count("ok")?, count("hello")?))
    });
    assert_eq!(words.unwrap(), (0, 1, 1));
}

#[test]
fn drafts_and_outbox_outlive_the_file_they_lie_in() {
    let (dir, store) = store();
    let body = DraftBody {
        text: "not sent yet".into(),
        ..DraftBody::default()
    };
    write(&store, move |tx| drafts::save(tx, None, &body, at(1)));
    let id = hand(&store, say("hi"), 10);
    go(&store, id, 11);
    drop(store);
    let profile = dir.path().join("profile");
    std::fs::write(profile.join("onebox.db"), vec![7; 40_000]).unwrap();
    let _ = std::fs::remove_file(profile.join("onebox.db-wal"));
    let store = Store::open(&profile).unwrap();
    assert_eq!(item(&store, id).state, OutboxState::Unknown);
    assert_eq!(
        store.read_now(drafts::all).unwrap()[0].body.text,
        "not sent yet"
    );
}

#[derive(Debug, Clone)]
enum Step {
    Submit(ChatMark, bool),
    Begin(usize),
    Succeed(usize),
    Fail(usize),
    Unknown(usize),
    Requeue(usize),
    Cancel(usize),
    Retry(usize),
    Recover,
    Server(bool, bool, bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let marks = prop_oneof![
        Just(ChatMark::Archived),
        Just(ChatMark::Pinned),
        Just(ChatMark::Muted)
    ];
    let which = 0..6_usize;
    let step = prop_oneof![
        4 => (marks, any::<bool>()).prop_map(|(mark, on)| Step::Submit(mark, on)),
        4 => which.clone().prop_map(Step::Begin),
        3 => which.clone().prop_map(Step::Succeed),
        2 => which.clone().prop_map(Step::Fail),
        1 => which.clone().prop_map(Step::Unknown),
        1 => which.clone().prop_map(Step::Requeue),
        1 => which.clone().prop_map(Step::Cancel),
        1 => which.prop_map(Step::Retry),
        1 => Just(Step::Recover),
        2 => any::<(bool, bool, bool)>().prop_map(|(a, b, c)| Step::Server(a, b, c)),
    ];
    prop::collection::vec(step, 1..30)
}

/// What the server holds: archived, pinned, muted.
type Truth = [bool; 3];

fn place(mark: ChatMark) -> usize {
    match mark {
        ChatMark::Archived => 0,
        ChatMark::Pinned => 1,
        _ => 2,
    }
}

fn shown(store: &Store) -> Truth {
    let row = row(store);
    [row.archived, row.pinned, row.muted]
}

fn server_says(tx: &Tx<'_>, truth: Truth, stamp: i64) -> Result<()> {
    let mut said = chat("chat");
    said.archived = truth[0];
    said.pinned = Some(truth[1]);
    if truth[2] {
        said.muted = crate::model::chat::Muted::ForEver;
    }
    apply::chats(tx, &[said], Stamp(stamp)).map(drop)
}

/// Does a step in the store and in the truth; steps that make no sense are refused, which is what is tested.
fn take(store: &Store, step: &Step, ids: &mut Vec<OutboxId>, truth: &mut Truth, n: i64) {
    let pick = |which: usize| ids.get(which % ids.len().max(1)).copied();
    let now = at(n);
    match *step {
        Step::Submit(which, on) => ids.push(hand(store, mark(which, on), n)),
        Step::Begin(which) => {
            let ready = store.read_now(move |db| next(db, now)).unwrap();
            if let Some(id) = pick(which).filter(|id| ready.iter().any(|it| it.id == *id)) {
                go(store, id, n);
            }
        }
        Step::Succeed(which) => {
            let Some(id) = pick(which) else { return };
            let told = write(store, move |tx| {
                succeed(tx, id, &Success::default(), Stamp(n * 10), now)
            });
            if let (true, Act::MarkChat { mark, on, .. }) = (told, item(store, id).act) {
                truth[place(mark)] = on;
            }
        }
        Step::Fail(which) => {
            if let Some(id) = pick(which) {
                write(store, move |tx| fail(tx, id, "no", now));
            }
        }
        Step::Unknown(which) => {
            if let Some(id) = pick(which) {
                lose(store, id, n);
            }
        }
        Step::Requeue(which) => {
            if let Some(id) = pick(which) {
                write(store, move |tx| requeue(tx, id, now, "later", now));
            }
        }
        Step::Cancel(which) => {
            if let Some(id) = pick(which) {
                let _ = store.write_now(Care::Kept, move |tx| cancel(tx, id, now));
            }
        }
        Step::Retry(which) => {
            if let Some(id) = pick(which) {
                let _ = store.write_now(Care::Kept, move |tx| retry(tx, id, now));
            }
        }
        Step::Recover => {
            write(store, move |tx| recover(tx, now));
        }
        Step::Server(a, b, c) => {
            *truth = [a, b, c];
            let said = *truth;
            write(store, move |tx| server_says(tx, said, n * 10));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_to_acts_in_whatever_order_the_user_sees_their_own_wish_or_the_servers(steps in steps()) {
        let (_dir, store) = store();
        let (mut ids, mut truth) = (Vec::new(), [false; 3]);
        for (n, step) in (10..).zip(&steps) {
            take(&store, step, &mut ids, &mut truth, n);
            let live: Vec<OutboxItem> = ids.iter().map(|id| item(&store, *id)).collect();
            // At most one of a lane is on its way.
            prop_assert!(live.iter().filter(|it| it.state == OutboxState::Sending).count() <= 1);
            let mut expected = truth;
            for it in &live {
                let is_open = !matches!(it.state, OutboxState::Sent | OutboxState::Failed | OutboxState::Canceled);
                if let (true, Act::MarkChat { mark, on, .. }) = (is_open, &it.act) {
                    expected[place(*mark)] = *on;
                }
                let id = it.id;
                let shadows: i64 = store.read_now(move |db| {
                    Ok(db.query_row("SELECT count(*) FROM shadows WHERE act = ?1", [id.0], |row| row.get(0))?)
                }).unwrap();
                prop_assert_eq!(shadows, i64::from(is_open), "{:?}", it);
            }
            prop_assert_eq!(shown(&store), expected, "after {:?}", step);
        }
    }
}
