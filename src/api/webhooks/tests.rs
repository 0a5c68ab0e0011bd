//! Tests of the webhooks area, on the examples of the contract.

use serde_json::{Value, json};

use super::*;
use crate::api::contract::{every_field_counts, items, json_body, keeps_to_contract, one, whole};

#[test]
fn every_example_of_the_contract_is_read() {
    let webhooks = items::<Webhook>(&rows::LIST_WEBHOOKS);
    assert_eq!(webhooks[0].source, Some(WebhookSource::Messaging));
    assert_eq!(
        webhooks[0].events,
        [WebhookEvent::MessageReceived, WebhookEvent::MessageRead]
    );
    assert_eq!(webhooks[0].headers[0].value, "secret-example");
    assert!(!format!("{webhooks:?}").contains("secret-example"));
    let Created(id) = one(&rows::CREATE_WEBHOOK);
    assert_eq!(id.as_str(), "we_2f0c6a1b9d");
}

#[test]
fn every_field_of_the_contract_reaches_the_model() {
    every_field_counts::<Webhook>("Webhook", &[]);
}

#[test]
fn accounts_are_read_as_objects_and_as_plain_ids() {
    let ids = |accounts: Value| -> Vec<AccountId> {
        let webhook: Webhook = whole(&json!({
            "id": "w", "enabled": true, "request_url": "https://x", "events": ["comet_seen"], "account_ids": accounts,
        }));
        assert_eq!(webhook.events, [WebhookEvent::Other("comet_seen".into())]);
        assert_eq!(webhook.source, None);
        webhook
            .accounts
            .into_iter()
            .map(|account| account.id)
            .collect()
    };
    assert_eq!(
        ids(json!([{"id": "a", "name": "Sam", "type": "LINKEDIN"}])),
        ["a".into()]
    );
    assert_eq!(ids(json!(["a", "b"])), ["a".into(), "b".into()]);
    assert_eq!(ids(json!([])), []);
}

#[test]
fn a_webhook_is_asked_for_with_all_that_was_wished() {
    let mut wish = CreateWebhook::new(WebhookSource::Messaging, "https://hooks.example.com/u");
    wish.format = Some(WebhookFormat::Json);
    wish.account_ids = vec!["a".into()];
    wish.enabled = Some(true);
    wish.headers = vec![WebhookHeader {
        key: "Unipile-Auth".into(),
        value: "secret".into(),
    }];
    wish.data = vec![WebhookField {
        name: "text".into(),
        key: "message".into(),
    }];
    wish.events = vec![WebhookEvent::MessageReceived];
    let request = create(&wish);
    keeps_to_contract(&request);
    assert!(!format!("{wish:?} {request:?}").contains("secret"));
    assert_eq!(
        json_body(&request),
        json!({
            "source": "messaging", "request_url": "https://hooks.example.com/u", "format": "json",
            "account_ids": ["a"], "enabled": true, "headers": [{"key": "Unipile-Auth", "value": "secret"}],
            "data": [{"name": "text", "key": "message"}], "events": ["message_received"],
        })
    );
}
