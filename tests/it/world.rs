//! The embedded world: it lives, it misbehaves when asked to, and it stays the same for the same seed.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use onebox::api::messaging::{ListChatMessages, ListChats, SendMessage};
use onebox::api::{BaseUrl, Client, Error, Trouble};
use onebox::demo::{Clock, Demo, Mischief, Options};
use onebox::model::chat::Chat;
use onebox::model::message::Message;

use crate::support::{BEGAN, KEY, options};

fn client(demo: &Demo) -> Client {
    Client::new(BaseUrl::parse(demo.url()).unwrap(), &KEY.into()).unwrap()
}

async fn latest_chat(client: &Client) -> Chat {
    client
        .list_chats(&ListChats::default())
        .await
        .unwrap()
        .items
        .remove(0)
}

async fn messages(client: &Client, chat: &Chat) -> Vec<Message> {
    client
        .list_chat_messages(&chat.id, &ListChatMessages::default())
        .await
        .unwrap()
        .items
}

fn text(words: &str) -> SendMessage {
    SendMessage {
        text: Some(words.to_owned()),
        ..SendMessage::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_is_written_to_reads_it_and_answers_after_a_while() {
    let now = Arc::new(AtomicI64::new(BEGAN));
    let read = Arc::clone(&now);
    let clock = Clock::by_hand(move || read.load(Ordering::SeqCst));
    let demo = Demo::start(Options {
        clock,
        live: true,
        ..options()
    })
    .await
    .unwrap();
    let client = client(&demo);
    let chat = latest_chat(&client).await;
    let sent = client
        .send_message(&chat.id, &text("Here is the deck!"))
        .await
        .unwrap()
        .unwrap();
    let mine = messages(&client, &chat).await.remove(0);
    assert_eq!(
        (mine.id == sent, mine.is_sender, mine.seen),
        (true, true, Some(false))
    );
    now.fetch_add(120_000, Ordering::SeqCst);
    let after = messages(&client, &chat).await;
    let mine = after.iter().position(|message| message.id == sent).unwrap();
    assert_eq!(after[mine].seen, Some(true), "nobody has read it");
    assert!(
        after[..mine].iter().any(|message| !message.is_sender),
        "nobody has answered"
    );
    let read = client.get_chat(&chat.id, None).await.unwrap();
    assert!(read.unread_count > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_connection_loses_the_answer_and_not_the_message() {
    let mischief = Mischief {
        drop_rate: 1.0,
        ..Mischief::default()
    };
    let demo = Demo::start(Options {
        mischief,
        ..options()
    })
    .await
    .unwrap();
    let client = client(&demo);
    let chat = latest_chat(&client).await;
    let error = client
        .send_message(&chat.id, &text("Did this arrive?"))
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            Error::Network {
                trouble: Trouble::Cut,
                reached: true,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(error.may_have_happened());
    let there = messages(&client, &chat).await;
    assert_eq!(
        there
            .iter()
            .filter(|message| message.text.as_deref() == Some("Did this arrive?"))
            .count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_answers_429_and_says_how_long_at_least_every_other_time() {
    let mischief = Mischief {
        rate_limit: Some((3, Duration::from_secs(60))),
        ..Mischief::default()
    };
    let demo = Demo::start(Options {
        mischief,
        ..options()
    })
    .await
    .unwrap();
    let client = client(&demo);
    let mut waits = Vec::new();
    for n in 0..7 {
        match client.list_chats(&ListChats::default()).await {
            Ok(_) => assert!(n < 3),
            Err(error) => {
                assert_eq!(error.status(), Some(429));
                waits.push(error.retry_after());
            }
        }
    }
    assert_eq!(waits.len(), 4);
    assert_eq!(waits.iter().flatten().count(), 2);
}
