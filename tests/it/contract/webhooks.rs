//! Webhooks: made, listed, deleted.

use onebox::api::Paging;
use onebox::api::operation::Area;
use onebox::api::webhooks::CreateWebhook;
use onebox::model::account::Provider;
use onebox::model::id::WebhookId;
use onebox::model::webhook::{
    WebhookEvent, WebhookField, WebhookFormat, WebhookHeader, WebhookSource,
};

use super::{Scene, after, limit, refused, some};

#[tokio::test]
async fn webhooks_keep_to_the_contract() {
    let scene = Scene::open().await;
    let client = &scene.client;
    let account = scene.account(Provider::Whatsapp).await;
    let full = CreateWebhook {
        name: Some("Relay".into()),
        format: Some(WebhookFormat::Json),
        account_ids: vec![account.clone()],
        enabled: Some(true),
        headers: vec![WebhookHeader {
            key: "X-Secret".into(),
            value: "hush".into(),
        }],
        data: vec![WebhookField {
            name: "what".into(),
            key: "message".into(),
        }],
        events: vec![WebhookEvent::MessageReceived, WebhookEvent::MessageRead],
        ..CreateWebhook::new(WebhookSource::Messaging, "https://relay.example/hook")
    };
    let id = client.create_webhook(&full).await.unwrap();
    for source in [
        WebhookSource::Email,
        WebhookSource::EmailTracking,
        WebhookSource::AccountStatus,
        WebhookSource::Users,
        WebhookSource::CalendarEvent,
    ] {
        let plain = CreateWebhook::new(source, "http://127.0.0.1:9/hook");
        client.create_webhook(&plain).await.unwrap();
    }
    let page = client.list_webhooks(&limit(2)).await.unwrap();
    let next = after(page.cursor.clone(), 250);
    let mut all = some(page);
    all.extend(some(client.list_webhooks(&next).await.unwrap()));
    assert_eq!(all.len(), 6);
    let made = all.iter().find(|one| one.id == id).unwrap();
    assert_eq!(
        (&made.name, &made.headers, &made.data, &made.events),
        (&full.name, &full.headers, &full.data, &full.events)
    );
    assert_eq!(made.accounts[0].id, account);

    client.delete_webhook(&id).await.unwrap();
    let left = some(client.list_webhooks(&Paging::default()).await.unwrap());
    assert_eq!(left.len(), 5);

    refused(client.delete_webhook(&id).await, 404);
    refused(client.delete_webhook(&WebhookId::from("a/b")).await, 404);
    let mixed = CreateWebhook {
        events: vec![WebhookEvent::MailSent],
        ..full
    };
    refused(client.create_webhook(&mixed).await, 400);
    refused(scene.stranger.list_webhooks(&limit(1)).await, 401);
    scene.end(Area::Webhooks).await;
}
