//! What is written is in exactly one place in the store, whatever happens.

use std::time::Duration;

use jiff::Timestamp;

use super::Deeds;
use super::writing::attach;
use crate::app::effect::{Answer, Deed, Done, Read, Ticket};
use crate::model::act::Act;
use crate::model::inbox::{AccountKey, ConversationKey, EntryKey};
use crate::model::outbox::{Draft, DraftBody, OutboxItem, OutboxState};
use crate::runtime::reads;
use crate::store::apply::samples::{chat, message};
use crate::store::apply::{self, Stamp};
use crate::store::outbox::{self, drafts};
use crate::store::{Care, Store};

const TICKET: Ticket = Ticket(5);

fn deeds() -> (tempfile::TempDir, Deeds) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join("profile")).unwrap();
    store
        .write_now(Care::Kept, |tx| {
            apply::chats(tx, &[chat("chat")], Stamp(1))?;
            apply::messages(tx, &[message("m1", 1, "hello")], Stamp(2))
        })
        .unwrap();
    (dir, Deeds::new(store, Duration::from_secs(8)))
}

fn body(text: &str) -> DraftBody {
    DraftBody {
        account: Some("acc".into()),
        conversation: Some("chat".to_owned()),
        text: text.to_owned(),
        quote: Some("m1".into()),
        ..DraftBody::default()
    }
}

fn stored(deeds: &Deeds) -> (Vec<Draft>, Vec<OutboxItem>) {
    let read = |db: &rusqlite::Connection| Ok((drafts::all(db)?, outbox::all(db, 9)?));
    deeds.store.read_now(read).unwrap()
}

#[tokio::test]
async fn a_draft_is_one_however_often_it_is_saved_and_ends_when_the_outbox_has_it() {
    let (_dir, mut deeds) = deeds();
    for text in ["h", "he", "hey"] {
        // The key is not known yet to whoever writes.
        let done = deeds
            .perform(Deed::SaveDraft(TICKET, None, Box::new(body(text))))
            .await;
        assert!(matches!(done, Some(Done::DraftSaved(TICKET, ..))));
    }
    let (drafts, _) = stored(&deeds);
    assert!(drafts.len() == 1 && drafts[0].body.text == "hey");
    let sent = Deed::Send(TICKET, None, Box::new(body("hey!")), None);
    assert!(matches!(
        deeds.perform(sent).await,
        Some(Done::Sent(TICKET, _, None))
    ));
    let (drafts, items) = stored(&deeds);
    assert!(drafts.is_empty() && items.len() == 1);
    assert_eq!(
        items[0].state,
        OutboxState::Scheduled,
        "it can be taken back"
    );
    let Some(Done::GivenBack(key, _)) = deeds.perform(Deed::Undo).await else {
        panic!()
    };
    let Answer::Draft(Some(draft)) = reads::answer(&deeds.store, &Read::Draft(key)) else {
        panic!()
    };
    assert_eq!(draft.body, body("hey!"));
}

#[tokio::test]
async fn a_first_message_that_was_saved_before_leaves_no_draft_behind() {
    let (_dir, mut deeds) = deeds();
    let first = |text: &str| DraftBody {
        conversation: None,
        quote: None,
        attendees: vec!["p1".into(), "p2".into()],
        names: vec!["Ada".to_owned(), "Bob".to_owned()],
        title: Some("The team".to_owned()),
        ..body(text)
    };
    for text in ["h", "hello"] {
        deeds
            .perform(Deed::SaveDraft(TICKET, None, Box::new(first(text))))
            .await;
    }
    let Answer::Draft(Some(draft)) = reads::answer(&deeds.store, &Read::NewDraft { mail: false })
    else {
        panic!()
    };
    assert_eq!(draft.body, first("hello"));
    let at = Timestamp::now() + jiff::SignedDuration::from_hours(2);
    let sent = Deed::Send(TICKET, None, Box::new(first("hello")), Some(at));
    assert!(
        matches!(deeds.perform(sent).await, Some(Done::Sent(TICKET, _, Some(then))) if then == at)
    );
    let (drafts, items) = stored(&deeds);
    assert!(drafts.is_empty());
    let Act::StartChat(chat) = &items[0].act else {
        panic!()
    };
    assert_eq!(chat.title.as_deref(), Some("The team"));
    assert_eq!(chat.attendees.len(), 2);
    assert!(items[0].due_at > Timestamp::now());
}

#[tokio::test]
async fn a_file_that_vanished_is_told_before_sending_and_the_words_stay_a_draft() {
    let (dir, mut deeds) = deeds();
    let path = dir.path().join("my deck.pdf");
    std::fs::write(&path, b"slides").unwrap();
    let name = path.display().to_string();
    let Done::Attached(_, files, None) = attach(TICKET, vec![name.clone()], None).await else {
        panic!()
    };
    let with_file = |text: &str| DraftBody {
        attachments: files.clone(),
        ..body(text)
    };
    let sent = Deed::Send(TICKET, None, Box::new(with_file("one")), None);
    assert!(matches!(
        deeds.perform(sent).await,
        Some(Done::Sent(TICKET, _, None))
    ));
    // What is in the outbox is a copy: nobody can take it away any more.
    std::fs::remove_file(&path).unwrap();
    let (_, items) = stored(&deeds);
    let file = items[0].act.files().next().unwrap();
    assert_eq!(std::fs::read(&file.path).unwrap(), b"slides");
    assert_eq!(file.name, "my deck.pdf");
    let sent = Deed::Send(TICKET, None, Box::new(with_file("two")), None);
    let Some(Done::Unsent(_, why)) = deeds.perform(sent).await else {
        panic!()
    };
    assert!(why.contains("my deck.pdf"), "{why}");
    let (drafts, items) = stored(&deeds);
    assert_eq!((drafts[0].body.text.as_str(), items.len()), ("two", 1));
    let pasted = attach(TICKET, vec![name.clone()], Some(name.clone())).await;
    assert_eq!(pasted, Done::Pasted(TICKET, name));
}

#[tokio::test]
async fn what_failed_can_be_written_anew_sent_again_or_given_up() {
    let (_dir, mut deeds) = deeds();
    deeds.undo = Duration::ZERO;
    deeds
        .perform(Deed::Send(TICKET, None, Box::new(body("hey")), None))
        .await;
    let (_, items) = stored(&deeds);
    let id = items[0].id;
    let fail = move |tx: &crate::store::Tx<'_>| {
        outbox::begin(tx, id, Timestamp::now(), None)?;
        outbox::fail(tx, id, "no", Timestamp::now())
    };
    assert!(deeds.store.write_now(Care::Kept, fail).unwrap());
    assert_eq!(deeds.perform(Deed::Retry(id)).await, None);
    assert_eq!(stored(&deeds).1[0].state, OutboxState::Queued);
    assert!(deeds.store.write_now(Care::Kept, fail).unwrap());
    let done = deeds.perform(Deed::Rewrite(id)).await;
    assert!(matches!(done, Some(Done::GivenBack(..))));
    let (drafts, items) = stored(&deeds);
    assert_eq!(drafts[0].body, body("hey"));
    assert_eq!(items[0].state, OutboxState::Canceled);
    deeds
        .perform(Deed::DropDraft(TICKET, Some(drafts[0].key)))
        .await;
    assert!(stored(&deeds).0.is_empty());
}

#[tokio::test]
async fn messages_are_answered_with_an_emoji_and_passed_on_by_their_own_names() {
    let (_dir, mut deeds) = deeds();
    let entry = entry(&deeds);
    deeds.perform(Deed::React(entry, "👍".to_owned())).await;
    deeds
        .perform(Deed::Forward(entry, ConversationKey(1)))
        .await;
    let (_, items) = stored(&deeds);
    assert!(
        matches!(&items[1].act, Act::React { emoji, chat, .. } if emoji == "👍" && chat.as_str() == "chat")
    );
    assert!(
        matches!(&items[0].act, Act::ForwardMessage { message, .. } if message.as_str() == "m1")
    );
}

fn entry(deeds: &Deeds) -> EntryKey {
    let read = |db: &rusqlite::Connection| crate::store::read::entries::with_uid(db, "m1");
    deeds.store.read_now(read).unwrap().unwrap().key
}

#[test]
fn the_folder_that_is_typed_is_listed_and_people_come_with_their_names() {
    let (dir, deeds) = deeds();
    std::fs::create_dir(dir.path().join("sub")).unwrap();
    std::fs::write(dir.path().join(".hidden"), b"x").unwrap();
    let folder = format!("{}/", dir.path().display());
    let Answer::Folder { names, .. } = reads::answer(&deeds.store, &Read::Folder(folder)) else {
        panic!()
    };
    let names: Vec<&str> = names.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["profile", "sub", ".hidden"]);
    let nowhere = Read::Folder("/nowhere/at/all/".to_owned());
    assert!(matches!(
        reads::answer(&deeds.store, &nowhere),
        Answer::Failed(_)
    ));
    let people = Read::People(AccountKey(1));
    assert!(matches!(
        reads::answer(&deeds.store, &people),
        Answer::People(_)
    ));
}
