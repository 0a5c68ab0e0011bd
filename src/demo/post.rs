//! What is sent to whom when something happened: which webhooks hear of an event, and with what body.
//!
//! Pure: `deliver` does the sending.

use serde_json::{Map, Value};

use super::areas::webhooks::{Format, Webhook};
use super::world::{Event, World};

/// One delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Post {
    pub(super) line: Line,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

/// Deliveries of one line arrive in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Line {
    /// A webhook, by its place.
    Webhook(u32),
    /// The notify address of a link to the wizard.
    Notify(String),
}

/// The deliveries that follow from an event.
pub(super) fn of(world: &World, event: &Event) -> Vec<Post> {
    if event.source == "hosted" {
        return notification(event).into_iter().collect();
    }
    (0_u32..)
        .zip(&world.webhooks)
        .filter(|(_, webhook)| hears(webhook, event))
        .map(|(at, webhook)| {
            let payload = trimmed(webhook, named(webhook, event));
            Post {
                line: Line::Webhook(at),
                url: webhook.request_url.clone(),
                headers: webhook.headers.clone(),
                body: match webhook.format {
                    Format::Json => payload.to_string(),
                    Format::Form => form(&payload),
                },
            }
        })
        .collect()
}

fn hears(webhook: &Webhook, event: &Event) -> bool {
    let source = match webhook.source.as_str() {
        // One seed of the contract calls the same thing so.
        "accounts" => "account_status",
        source => source,
    };
    !webhook.gone
        && webhook.enabled
        && source == event.source
        && webhook.events.iter().any(|name| name == event.event)
        && (webhook.accounts.is_empty() || webhook.accounts.contains(&event.account))
}

/// The payload with the name of the webhook. Account news keep their single key, by which they are recognised.
fn named(webhook: &Webhook, event: &Event) -> Value {
    let mut payload = event.payload.clone();
    if let Some(fields) = payload.as_object_mut()
        && event.source != "account_status"
    {
        let name = webhook.name.as_deref().map_or(Value::Null, Value::from);
        fields.insert("webhook_name".into(), name);
    }
    payload
}

/// The payload with only the fields that a webhook wants, under the names that it gives them.
fn trimmed(webhook: &Webhook, payload: Value) -> Value {
    if webhook.data.is_empty() {
        return payload;
    }
    let inner = payload.get("AccountStatus");
    let mut out = Map::new();
    for (name, key) in &webhook.data {
        let value = payload
            .get(key)
            .or_else(|| inner.and_then(|inner| inner.get(key)));
        if let Some(value) = value {
            out.insert(name.clone(), value.clone());
        }
    }
    Value::Object(out)
}

/// A payload as a form. What is not a text is written as JSON.
fn form(payload: &Value) -> String {
    // The crate that knows this encoding is only here as part of addresses.
    let Ok(mut url) = reqwest::Url::parse("http://form/") else {
        return String::new();
    };
    for (name, value) in payload.as_object().into_iter().flatten() {
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        url.query_pairs_mut().append_pair(name, &text);
    }
    url.query().unwrap_or_default().to_owned()
}

fn notification(event: &Event) -> Option<Post> {
    let url = event.payload.get("url")?.as_str()?.to_owned();
    let json = ("content-type".to_owned(), "application/json".to_owned());
    Some(Post {
        line: Line::Notify(url.clone()),
        url,
        headers: vec![json],
        body: event.payload.get("body")?.to_string(),
    })
}
