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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::demo::areas::hooks;
    use crate::demo::areas::stage::{ask, fits, good, world};
    use crate::demo::areas::webhooks::create;

    fn hook(world: &mut World, body: Value) {
        let mut body = body;
        body["request_url"] = "http://127.0.0.1:9/hook".into();
        good(world, create, &ask(body), (201, "WebhookCreated"));
    }

    /// The last message of the first conversation of an account, as its event.
    fn message(world: &mut World, event: &'static str, account: u32) -> Event {
        let chat = world
            .chats
            .iter()
            .position(|chat| chat.account == account && !chat.times.is_empty());
        let chat = u32::try_from(chat.unwrap()).unwrap();
        let n = u32::try_from(world.chat(chat).unwrap().times.len() - 1).unwrap();
        hooks::message(world, event, chat, n);
        world.events.pop().unwrap()
    }

    #[test]
    fn only_those_who_asked_for_it_hear_of_an_event() {
        let world = &mut world();
        let other = world.account_id(1);
        hook(world, json!({"source": "messaging", "name": "all"}));
        hook(
            world,
            json!({"source": "messaging", "account_ids": [other]}),
        );
        hook(world, json!({"source": "messaging", "enabled": false}));
        hook(
            world,
            json!({"source": "messaging", "events": ["message_read"]}),
        );
        hook(world, json!({"source": "email"}));
        let lines = |posts: Vec<Post>| posts.into_iter().map(|post| post.line).collect::<Vec<_>>();
        let event = message(world, "message_received", 0);
        let posts = of(world, &event);
        let body: Value = serde_json::from_str(&posts[0].body).unwrap();
        fits("MessageWebhookPayload", &body);
        assert_eq!(body["webhook_name"], "all");
        assert_eq!(lines(posts), [Line::Webhook(0)]);
        let event = message(world, "message_received", 1);
        assert_eq!(
            lines(of(world, &event)),
            [Line::Webhook(0), Line::Webhook(1)]
        );
        let event = message(world, "message_read", 0);
        assert_eq!(lines(of(world, &event)), [Line::Webhook(3)]);
    }

    #[test]
    fn fields_get_the_names_that_a_webhook_gives_them() {
        let world = &mut world();
        let data = json!([{"name": "what", "key": "event"}, {"name": "mine", "key": "is_sender"},
            {"name": "hook", "key": "webhook_name"}, {"name": "none", "key": "no_such_field"}]);
        let body = json!({"source": "messaging", "format": "form", "name": "a b&c", "data": data});
        hook(world, body);
        let event = message(world, "message_received", 0);
        let posts = of(world, &event);
        let form = reqwest::Url::parse(&format!("http://form/?{}", posts[0].body)).unwrap();
        let fields: Vec<_> = form.query_pairs().collect();
        assert_eq!(fields.len(), 3);
        for (name, value) in [("what", "message_received"), ("hook", "a b&c")] {
            assert!(fields.contains(&(name.into(), value.into())), "{fields:?}");
        }
        assert!(posts[0].headers.is_empty(), "not even a content type");
    }

    #[test]
    fn account_news_keep_their_single_key_and_go_to_both_names_of_the_source() {
        let world = &mut world();
        hook(world, json!({"source": "account_status", "name": "x"}));
        hook(world, json!({"source": "accounts"}));
        hooks::account(world, 0, "credentials");
        let event = world.events.pop().unwrap();
        let posts = of(world, &event);
        assert_eq!(posts.len(), 2);
        let body: Value = serde_json::from_str(&posts[0].body).unwrap();
        fits("AccountStatusWebhookPayload", &body);
        assert_eq!(body.as_object().unwrap().len(), 1);
        assert_eq!(body["AccountStatus"]["message"], "CREDENTIALS");
    }
}
