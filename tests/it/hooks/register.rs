//! Webhooks come and go: none is left behind, none of anybody else is touched, and one that fails is alone in it.

use std::sync::atomic::{AtomicU32, Ordering};

use onebox::api::webhooks::CreateWebhook;
use onebox::demo::{Demo, Mischief, Options};
use onebox::model::webhook::{WebhookEvent, WebhookSource};
use onebox::sync::Asker;
use onebox::sync::webhook::{BadPublicUrl, ReceiverLimits, register};

use super::{hooks, receiver, registered};
use crate::support::script::{Script, answer};
use crate::support::{KEY, client, demo, options};

#[tokio::test(flavor = "multi_thread")]
async fn what_a_crash_left_behind_goes_and_what_others_made_stays() {
    let demo = demo().await;
    let client = client(demo.url(), KEY);
    let segment = "0".repeat(32);
    let mut foreign = Vec::new();
    for (name, url) in [
        (Some("Relay"), "https://relay.example/hook".to_owned()),
        (
            Some("onebox main"),
            format!("http://127.0.0.1:9/onebox/{segment}"),
        ),
        (
            Some("onebox main 01abcdef"),
            format!("https://relay.example/onebox/{segment}"),
        ),
        (
            Some("onebox main 01abcdef"),
            "http://127.0.0.1:9/hook".to_owned(),
        ),
        (
            Some("onebox work 01abcdef"),
            format!("http://127.0.0.1:9/onebox/{segment}"),
        ),
        (None, format!("http://127.0.0.1:9/onebox/{segment}")),
    ] {
        let mut hook = CreateWebhook::new(WebhookSource::Messaging, url);
        hook.name = name.map(str::to_owned);
        foreign.push(client.create_webhook(&hook).await.unwrap());
    }
    let mut runs = Vec::new();
    for _ in 0..3 {
        // Each run but the last one ends without a word.
        let (receiver, deliveries) = receiver(ReceiverLimits::default()).await;
        let made = registered(&client, &receiver).await;
        let there = hooks(&client).await;
        assert_eq!(there.len(), foreign.len() + 4);
        runs.push((receiver, deliveries, made));
    }
    let (_, _, made) = runs.pop().unwrap();
    let messaging = hooks(&client).await;
    let messaging = messaging
        .iter()
        .find(|hook| !foreign.contains(&hook.id))
        .unwrap();
    assert!(messaging.events.contains(&WebhookEvent::MessageDeleted));
    assert!(
        messaging
            .name
            .as_deref()
            .unwrap()
            .starts_with("onebox main ")
    );
    assert!(made.remove(&client, &Asker::default()).await.is_empty());
    let left: Vec<_> = hooks(&client)
        .await
        .into_iter()
        .map(|hook| hook.id)
        .collect();
    assert_eq!(left, foreign);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_leaves_no_webhook_that_nobody_knows_of() {
    let demo = Demo::start(Options {
        mischief: Mischief {
            drop_rate: 0.5,
            ..Mischief::default()
        },
        ..options()
    })
    .await
    .unwrap();
    let client = client(demo.url(), KEY);
    let (receiver, _deliveries) = receiver(ReceiverLimits::default()).await;
    let asker = Asker::default();
    let made = register(&client, &asker, &receiver, None, "main")
        .await
        .unwrap();
    let all = [
        WebhookSource::Messaging,
        WebhookSource::Email,
        WebhookSource::AccountStatus,
        WebhookSource::Users,
    ];
    let there: Vec<_> = hooks(&client).await;
    let covered = all.iter().filter(|source| made.covers(source)).count();
    assert_eq!((there.len(), made.refused().len()), (covered, 4 - covered));
    assert!(covered > 0, "{made:?}");
    assert!(made.remove(&client, &asker).await.is_empty());
    assert_eq!(hooks(&client).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_is_refused_is_named_and_the_others_are_there() {
    let posts = AtomicU32::new(0);
    let script = Script::open(move |head| {
        let json = [("content-type", "application/json")];
        let refuse = |status| answer(status, &json, br#"{"type": "errors/x", "title": "No"}"#);
        if head.starts_with("GET") {
            return answer(
                "200 OK",
                &json,
                br#"{"object": "WebhookList", "items": [], "cursor": null}"#,
            );
        }
        if head.starts_with("DELETE") {
            return refuse("404 Not Found");
        }
        match posts.fetch_add(1, Ordering::SeqCst) {
            // Some events of messages, mails as a whole, and `account_status` as a word.
            0 => refuse("400 Bad Request"),
            2 => refuse("403 Forbidden"),
            3 => refuse("422 Unprocessable Entity"),
            n => {
                let body = format!(r#"{{"object": "WebhookCreated", "webhook_id": "w{n}"}}"#);
                answer("201 Created", &json, body.as_bytes())
            }
        }
    })
    .await;
    let client = client(&script.url, KEY);
    let (receiver, _deliveries) = receiver(ReceiverLimits::default()).await;
    let asker = Asker::default();
    let made = register(&client, &asker, &receiver, None, "main")
        .await
        .unwrap();
    for source in [
        WebhookSource::Messaging,
        WebhookSource::AccountStatus,
        WebhookSource::Users,
    ] {
        assert!(made.covers(&source), "{source:?}");
    }
    let [refused] = made.refused() else {
        panic!("{made:?}");
    };
    assert_eq!(refused.source, WebhookSource::Email);
    assert_eq!(refused.error.status(), Some(403));
    let posts = script.asked();
    let posts = posts.iter().filter(|line| line.starts_with("POST"));
    assert_eq!(posts.count(), 6);
    // Somebody else has removed them already, which is as good.
    assert!(made.remove(&client, &asker).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_elsewhere_needs_an_address_that_it_can_reach() {
    let client = client("https://api1.unipile.example:13111", KEY);
    let (receiver, _deliveries) = receiver(ReceiverLimits::default()).await;
    let answer = register(&client, &Asker::default(), &receiver, None, "main").await;
    let error = answer.unwrap_err();
    assert!(matches!(error, BadPublicUrl::Missing { .. }), "{error:?}");
    assert!(error.to_string().contains("public_url"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_the_secret_nor_the_address_is_ever_printed() {
    let demo = demo().await;
    let client = client(demo.url(), KEY);
    let (receiver, _deliveries) = receiver(ReceiverLimits::default()).await;
    let made = registered(&client, &receiver).await;
    let hook = hooks(&client).await.remove(0);
    let shown = format!("{receiver:?} {made:?}");
    assert!(!shown.contains(&hook.headers[0].value));
    assert!(!shown.contains(hook.request_url.rsplit('/').next().unwrap()));
    assert_ne!(hook.headers[0].value, KEY);
}
