//! A session whose server reports by itself.

use std::time::Duration;

use onebox::api::Paging;
use onebox::api::messaging::{ListChats, SendMessage};
use onebox::config::Webhooks;
use onebox::model::chat::Chat;
use onebox::model::webhook::Webhook;
use onebox::store::Store;
use onebox::sync::Lead;
use onebox::sync::engine::Settings;
use onebox::sync::session::Session;
use tokio::time::timeout;

use super::{Desk, LONG, demo, number, settings};
use crate::support::weather::Weather;
use crate::support::{KEY, client};

/// Posts words that nobody said to all doors, with and without what proves the sender.
async fn forge(hooks: &[Webhook], chat: &Chat, message: &str) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let forged = format!(
        r#"{{"event": "message_edited", "account_id": "{}", "chat_id": "{}", "message_id": "{message}",
            "message": "forged", "is_sender": "false"}}"#,
        chat.account_id, chat.id
    );
    for hook in hooks {
        let refused = http.post(&hook.request_url).body(forged.clone());
        assert!(!refused.send().await.unwrap().status().is_success());
        let mut known = http.post(&hook.request_url).body(forged.clone());
        for header in &hook.headers {
            known = known.header(&header.key, &header.value);
        }
        let _ = known.send().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_webhooks_news_come_at_once_and_a_forged_report_changes_nothing() {
    let demo = demo().await;
    let direct = client(demo.url(), KEY);
    let line = Weather::before(demo.url()).await;
    let first = Desk::with(tempfile::tempdir().unwrap(), &line.url, settings(30)).await;
    first.settled().await;
    first.engine.stop().await;
    let dir = first.dir;

    let store = Store::open(dir.path()).unwrap();
    let lead = Lead::take(dir.path()).unwrap().unwrap();
    let webhooks = Webhooks {
        listen: "127.0.0.1:0".parse().unwrap(),
        public_url: None,
    };
    let access = client(&line.url, KEY);
    let session = Session::start(
        access,
        std::sync::Arc::default(),
        store.clone(),
        Settings::default(),
        Some(webhooks),
        "main",
        lead,
    )
    .await
    .unwrap();
    let mut status = session.engine.status();
    let ready = status.wait_for(|status| status.hooked && status.settled);
    timeout(LONG, ready).await.unwrap().unwrap();
    let hooks = direct
        .list_webhooks(&Paging::default())
        .await
        .unwrap()
        .items;
    assert_eq!(hooks.len(), 4);

    let chat = direct
        .list_chats(&ListChats::default())
        .await
        .unwrap()
        .items
        .remove(0);
    let words = SendMessage {
        text: Some("heard of at once".to_owned()),
        ..SendMessage::default()
    };
    let id = direct
        .send_message(&chat.id, &words)
        .await
        .unwrap()
        .unwrap();
    let there =
        format!("SELECT count(*) FROM messages WHERE uid = '{id}' AND text = 'heard of at once'");
    let mut changes = store.changes();
    timeout(LONG, async {
        while number(&store, &there) == 0 {
            let _ = timeout(Duration::from_millis(250), changes.recv()).await;
        }
    })
    .await
    .expect("nothing was heard of it");

    forge(&hooks, &chat, id.as_str()).await;
    session.stop().await;
    assert_eq!(
        number(&store, &there),
        1,
        "a report is a hint, and the API has the words"
    );
    assert_eq!(
        number(
            &store,
            "SELECT count(*) FROM messages WHERE text LIKE '%forged%'"
        ),
        0
    );
    let left = direct.list_webhooks(&Paging::default()).await.unwrap();
    assert_eq!(left.items, []);
}
