//! A day at the embedded server, heard of through webhooks.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use onebox::api::messaging::{ListChats, SendMessage};
use onebox::demo::{Clock, Demo, Options};
use onebox::model::account::AccountStatus;
use onebox::model::delivery::Delivery;
use onebox::model::webhook::{WebhookEvent, WebhookSource};
use onebox::sync::Asker;
use onebox::sync::webhook::ReceiverLimits;

use super::{hear, hooks, receiver, registered};
use crate::support::{BEGAN, KEY, client, options};

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_is_heard_of_and_nothing_stays_behind_at_the_end() {
    let now = Arc::new(AtomicI64::new(BEGAN));
    let hand = Arc::clone(&now);
    let demo = Demo::start(Options {
        clock: Clock::by_hand(move || hand.load(Ordering::SeqCst)),
        live: true,
        ..options()
    })
    .await
    .unwrap();
    let client = client(demo.url(), KEY);
    let (receiver, mut deliveries) = receiver(ReceiverLimits::default()).await;
    let made = registered(&client, &receiver).await;
    for source in [
        WebhookSource::Messaging,
        WebhookSource::Email,
        WebhookSource::AccountStatus,
        WebhookSource::Users,
    ] {
        assert!(made.covers(&source), "{source:?}");
    }
    assert_eq!(hooks(&client).await.len(), 4);

    let chats = client.list_chats(&ListChats::default()).await.unwrap();
    let chat = &chats.items[0];
    let words = SendMessage {
        text: Some("Here is the deck!".to_owned()),
        ..SendMessage::default()
    };
    let sent = client.send_message(&chat.id, &words).await.unwrap();
    let own = hear(&mut deliveries, |delivery| match delivery {
        Delivery::Message(message) if Some(&message.message) == sent.as_ref() => Some(message),
        _ => None,
    })
    .await;
    assert_eq!(own.event, WebhookEvent::MessageReceived);
    assert_eq!((&own.chat, &own.account), (&chat.id, &chat.account_id));
    assert_eq!(own.is_sender, Some(true));
    assert_eq!(own.text.as_deref(), Some("Here is the deck!"));

    now.fetch_add(120_000, Ordering::SeqCst);
    // The three come over different webhooks, so in any order.
    let (mut read, mut answered, mut healed) = (false, false, false);
    hear(&mut deliveries, |delivery| {
        match delivery {
            Delivery::Message(message) if message.chat == chat.id => {
                read |= message.event == WebhookEvent::MessageRead && message.read_by.is_some();
                answered |= message.is_sender == Some(false);
            }
            Delivery::Account(account) => healed |= account.status == Some(AccountStatus::Ok),
            _ => {}
        }
        (read && answered && healed).then_some(())
    })
    .await;
    assert_eq!(
        (receiver.counts().refused, receiver.counts().missed),
        (0, 0)
    );

    assert!(made.remove(&client, &Asker::default()).await.is_empty());
    assert_eq!(hooks(&client).await, []);
    receiver.stop().await;
}
