//! Every act reaches the server, and the store shows it before and after.

use std::time::Duration;

use jiff::Timestamp;
use onebox::demo::Mischief;
use onebox::model::account::Provider;
use onebox::model::act::Act;
use onebox::model::chat::{Chat, Muted};
use onebox::model::outbox::OutboxState;
use onebox::store::outbox::{Reach, acts, undo};
use onebox::store::read::entries;
use onebox::store::{Care, Result};
use rusqlite::Connection;

use super::{Desk, chats_of, messages, server, sure};

/// Hands over acts that were made of what is stored, and sends them.
async fn act(desk: &Desk, make: impl FnOnce(&Connection) -> Result<Vec<Act>>) {
    let acts = desk.store.read_now(make).unwrap();
    assert!(!acts.is_empty());
    let ids = desk.submit(acts).await;
    desk.settle().await;
    for id in ids {
        let item = desk.item(id);
        assert_eq!(item.state, OutboxState::Sent, "{item:?}");
    }
}

async fn server_has(desk: &Desk, chat: &Chat) -> Chat {
    sure(|| desk.client.get_chat(&chat.id, None)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_of_a_chat_reach_the_server_and_stay_on_screen() {
    let demo = server(Mischief {
        error_rate: 0.3,
        ..Mischief::default()
    })
    .await;
    let desk = Desk::patient(demo.url());
    let chat = chats_of(&desk.client, Provider::Whatsapp).await.remove(0);
    let (stamp, first) = (desk.stamp(), chat.clone());
    desk.store
        .write(Care::Cache, move |tx| {
            onebox::store::apply::chats(tx, &[first], stamp)
        })
        .await
        .unwrap();
    let key = desk.row(chat.id.as_str()).key;
    for on in [true, false] {
        act(&desk, |db| acts::archive(db, key, on)).await;
        act(&desk, |db| acts::pin(db, key, on)).await;
        act(&desk, |db| acts::mute(db, key, on)).await;
        let there = server_has(&desk, &chat).await;
        assert_eq!(
            (there.archived, there.pinned, there.muted != Muted::No),
            (on, Some(on), on)
        );
        let row = desk.row(chat.id.as_str());
        assert_eq!((row.archived, row.pinned, row.muted), (on, on, on));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn read_marks_reactions_edits_forwards_and_deletions_reach_the_server() {
    let demo = server(Mischief::default()).await;
    let desk = Desk::patient(demo.url());
    desk.fetch().await;
    let found = chats_of(&desk.client, Provider::Whatsapp).await;
    let (chat, other) = (found[0].clone(), found[1].clone());
    let key = desk.row(chat.id.as_str()).key;
    if chat.unread_count == 0 {
        act(&desk, |db| acts::read(db, key, false)).await;
        assert!(server_has(&desk, &chat).await.unread_count > 0);
    }
    act(&desk, |db| acts::read(db, key, true)).await;
    assert_eq!(server_has(&desk, &chat).await.unread_count, 0);
    assert_eq!(desk.row(chat.id.as_str()).unread, 0);
    desk.say(&chat, "with a tpyo").await;
    desk.settle().await;
    let newest = messages(&desk.client, &chat.id).await.remove(0);
    let shown = |uid: &str| {
        let uid = uid.to_owned();
        desk.store
            .read_now(move |db| entries::with_uid(db, &uid))
            .unwrap()
    };
    assert!(shown(newest.id.as_str()).is_some(), "sent and not shown");
    let (account, uid) = (chat.account_id.clone(), chat.id.clone());
    act(&desk, |_| {
        Ok(vec![
            Act::EditMessage {
                account: account.clone(),
                chat: uid.clone(),
                message: newest.id.clone(),
                text: "with a typo".into(),
            },
            Act::React {
                account: account.clone(),
                chat: uid.clone(),
                message: newest.id.clone(),
                emoji: "🎉".into(),
            },
            Act::ForwardMessage {
                account: account.clone(),
                message: newest.id.clone(),
                to: other.id.clone(),
            },
        ])
    })
    .await;
    let there = desk.client.get_message(&newest.id).await.unwrap();
    assert_eq!(there.text.as_deref(), Some("with a typo"));
    assert_eq!(there.reactions[0].value, "🎉");
    assert_eq!(
        messages(&desk.client, &other.id).await[0].text.as_deref(),
        Some("with a typo")
    );
    act(&desk, |_| {
        Ok(vec![Act::DeleteMessage {
            account,
            chat: uid,
            message: newest.id.clone(),
        }])
    })
    .await;
    assert!(desk.client.get_message(&newest.id).await.unwrap().deleted);
    assert!(shown(newest.id.as_str()).unwrap().deleted);
    // What the server then says is the same.
    desk.fetch_chat(&chat.id).await;
    assert!(shown(newest.id.as_str()).unwrap().deleted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_chat_is_gone_here_and_there() {
    let demo = server(Mischief::default()).await;
    let desk = Desk::patient(demo.url());
    desk.fetch().await;
    let chat = chats_of(&desk.client, Provider::Whatsapp).await.remove(3);
    let key = desk.row(chat.id.as_str()).key;
    act(&desk, |db| acts::delete(db, key)).await;
    assert_eq!(
        desk.client
            .get_chat(&chat.id, None)
            .await
            .unwrap_err()
            .status(),
        Some(404)
    );
    let found = desk
        .store
        .read_now(|db| onebox::store::read::conversations::with_uid(db, chat.id.as_str()));
    assert_eq!(found.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_archived_is_back_after_undo() {
    let demo = server(Mischief::default()).await;
    let desk = Desk::patient(demo.url());
    desk.fetch().await;
    let chat = chats_of(&desk.client, Provider::Whatsapp).await.remove(0);
    let key = desk.row(chat.id.as_str()).key;
    act(&desk, |db| acts::archive(db, key, true)).await;
    let now = desk.now();
    let reach = Reach {
        since: Timestamp::UNIX_EPOCH,
        words: Duration::ZERO,
    };
    desk.store
        .write(Care::Kept, move |tx| undo(tx, &reach, now))
        .await
        .unwrap();
    assert!(!desk.row(chat.id.as_str()).archived);
    desk.settle().await;
    assert!(!server_has(&desk, &chat).await.archived);
}
