//! Webhooks: who wants to hear of what.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use axum::http::{HeaderName, HeaderValue};

use crate::demo::ask::Ask;
use crate::demo::ids::Kind;
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;

/// Somebody who wants to hear of events.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Webhook {
    pub(in crate::demo) source: String,
    pub(in crate::demo) request_url: String,
    pub(in crate::demo) name: Option<String>,
    pub(in crate::demo) format: Format,
    /// Empty means all accounts, those linked later too.
    pub(in crate::demo) accounts: Vec<u32>,
    pub(in crate::demo) enabled: bool,
    pub(in crate::demo) headers: Vec<(String, String)>,
    pub(in crate::demo) events: Vec<String>,
    /// Fields to send, as pairs of the name they get and the name they have; empty sends everything.
    pub(in crate::demo) data: Vec<(String, String)>,
    pub(in crate::demo) gone: bool,
}

/// How a payload is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::demo) enum Format {
    Json,
    Form,
}

/// The events of a source, and how many of them a webhook gets that names none.
fn events_of(source: &str) -> Option<(&'static [&'static str], usize)> {
    Some(match source {
        "messaging" => (
            &[
                "message_received",
                "message_read",
                "message_reaction",
                "message_edited",
                "message_deleted",
                "message_delivered",
            ],
            1,
        ),
        "email" => (&["mail_received", "mail_sent", "mail_moved"], 1),
        "email_tracking" => (&["mail_opened", "mail_link_clicked"], 1),
        // No default is documented for these; half of a health report would be of no use, so all of it is sent.
        "account_status" | "accounts" => (
            &[
                "creation_success",
                "creation_fail",
                "deleted",
                "reconnected",
                "sync_success",
                "stopped",
                "ok",
                "connecting",
                "error",
                "credentials",
            ],
            10,
        ),
        "users" => (&["new_relation"], 1),
        "calendar_event" => (
            &[
                "calendar_event_created",
                "calendar_event_updated",
                "calendar_event_deleted",
            ],
            3,
        ),
        _ => return None,
    })
}

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let kept = |_: &Ask| {
        Ok((0_u32..)
            .zip(&world.webhooks)
            .filter(|(_, webhook)| !webhook.gone)
            .collect())
    };
    let page = cut(ask, "webhooks", 250, 100, kept)?;
    let page = page.map(|(at, webhook)| wire(world, at, webhook));
    Ok(Reply::ok(page.answer("WebhookList")))
}

fn wire(world: &World, at: u32, webhook: &Webhook) -> Value {
    let pairs = |pairs: &[(String, String)], left: &str, right: &str| -> Vec<Value> {
        pairs
            .iter()
            .map(|(a, b)| json!({left: a, right: b}))
            .collect()
    };
    let accounts: Vec<Value> = webhook
        .accounts
        .iter()
        .filter_map(|at| Some((*at, world.accounts.get(*at as usize)?)))
        .map(|(at, account)| {
            json!({"id": world.account_id(at), "name": account.name, "type": account.network.word()})
        })
        .collect();
    let mut out = json!({
        "object": "Webhook",
        "id": world.ids().make(Kind::Webhook, at, 0),
        "type": "AUTO",
        "enabled": webhook.enabled,
        "request_url": webhook.request_url,
        "format": match webhook.format { Format::Json => "json", Format::Form => "form" },
        "source": webhook.source,
        "headers": pairs(&webhook.headers, "key", "value"),
        "account_ids": accounts,
        "events": webhook.events,
        "data": pairs(&webhook.data, "name", "key"),
    });
    let Some(fields) = out.as_object_mut() else {
        return out;
    };
    if let Some(name) = &webhook.name {
        fields.insert("name".into(), name.as_str().into());
    }
    // Webhooks for health know no choice of events: they get everything, which needs no list.
    let all = events_of(&webhook.source).is_some_and(|(all, _)| webhook.events == all);
    if all && matches!(webhook.source.as_str(), "account_status" | "accounts") {
        fields.remove("events");
    }
    out
}

pub(in crate::demo) fn create(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let source = ask.need_text("source")?;
    let (known, default) = events_of(&source)
        .ok_or_else(|| Problem::invalid(format!("`source`: {source} is not known.")))?;
    let request_url = ask.need_text("request_url")?;
    web_address("request_url", &request_url)?;
    let format = match ask.text("format")?.as_deref() {
        None | Some("json") => Format::Json,
        Some("form") => Format::Form,
        Some(_) => return Err(Problem::invalid("`format` must be json or form.")),
    };
    let webhook = Webhook {
        request_url,
        name: ask.text("name")?,
        format,
        accounts: accounts(world, ask)?,
        enabled: ask.yes("enabled")?.unwrap_or(true),
        headers: headers(ask)?,
        events: events(ask, &source, known, default)?,
        data: pairs(ask, "data", "name", "key")?,
        gone: false,
        source,
    };
    let at = u32::try_from(world.webhooks.len())
        .map_err(|_| Problem::new(500, "unexpected_error", "Too many webhooks"))?;
    world.webhooks.push(webhook);
    world.version += 1;
    let id = world.ids().make(Kind::Webhook, at, 0);
    Ok(Reply::created(
        json!({"object": "WebhookCreated", "webhook_id": id}),
    ))
}

fn accounts(world: &World, ask: &Ask) -> Result<Vec<u32>, Problem> {
    list_of(ask, "account_ids")?
        .iter()
        .map(|id| match id.as_str() {
            Some(id) => world.account(id).map(|(at, _)| at),
            None => Err(Problem::invalid("`account_ids` must be a list of ids.")),
        })
        .collect()
}

fn events(ask: &Ask, source: &str, known: &[&str], default: usize) -> Result<Vec<String>, Problem> {
    let asked = list_of(ask, "events")?;
    if asked.is_empty() {
        let first = known.iter().take(default);
        return Ok(first.map(|event| (*event).to_owned()).collect());
    }
    asked
        .iter()
        .map(|event| match event.as_str() {
            Some(event) if known.contains(&event) => Ok(event.to_owned()),
            _ => Err(Problem::invalid(format!(
                "`events`: {event} is no event of {source}."
            ))),
        })
        .collect()
}

/// Headers that a delivery can carry; those that belong to the connection are not for sale.
fn headers(ask: &Ask) -> Result<Vec<(String, String)>, Problem> {
    const OURS: [&str; 4] = ["host", "content-length", "transfer-encoding", "connection"];
    let headers = pairs(ask, "headers", "key", "value")?;
    for (key, value) in &headers {
        let name = HeaderName::try_from(key.as_str()).ok();
        let name = name.filter(|name| !OURS.contains(&name.as_str()));
        if name.is_none() || HeaderValue::from_str(value).is_err() {
            return Err(Problem::invalid(format!(
                "`headers`: {key} cannot be sent."
            )));
        }
    }
    Ok(headers)
}

fn list_of(ask: &Ask, name: &str) -> Result<Vec<Value>, Problem> {
    match ask.field(name) {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(Problem::invalid(format!("`{name}` must be a list."))),
    }
}

fn pairs(ask: &Ask, name: &str, left: &str, right: &str) -> Result<Vec<(String, String)>, Problem> {
    let text = |item: &Value, part: &str| {
        let text = item.get(part).and_then(Value::as_str);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    list_of(ask, name)?
        .iter()
        .map(|item| Some((text(item, left)?, text(item, right)?)))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| {
            Problem::invalid(format!(
                "`{name}` must list objects with `{left}` and `{right}`."
            ))
        })
}

pub(in crate::demo) fn delete(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let place = world.ids().read(Kind::Webhook, ask.part("webhook_id"));
    let webhook = place
        .and_then(|(at, _)| world.webhooks.get_mut(at as usize))
        .filter(|webhook| !webhook.gone)
        .ok_or_else(|| Problem::not_found("webhook"))?;
    webhook.gone = true;
    world.version += 1;
    Ok(Reply::ok(json!({"object": "WebhookDeleted"})))
}

/// Checks that a text is the address of a web page or server.
pub(super) fn web_address(name: &str, text: &str) -> Result<(), Problem> {
    let url = reqwest::Url::parse(text).ok();
    let fits = url.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if fits {
        Ok(())
    } else {
        Err(Problem::invalid(format!(
            "`{name}` must be an http or https address."
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::areas::stage::{ask, at, bad, good, world};

    #[test]
    fn a_webhook_is_made_listed_and_deleted() {
        let world = &mut world();
        let account = world.account_id(0);
        let full = json!({
            "source": "messaging", "request_url": "https://example.com/hook", "name": "mine", "format": "form",
            "account_ids": [account], "headers": [{"key": "X-Secret", "value": "s"}],
            "events": ["message_read", "message_edited"], "data": [{"name": "text", "key": "message"}],
        });
        let made = good(world, create, &ask(full), (201, "WebhookCreated"));
        for source in [
            "messaging",
            "email",
            "email_tracking",
            "account_status",
            "accounts",
            "users",
            "calendar_event",
        ] {
            let body = ask(json!({"source": source, "request_url": "http://127.0.0.1:9"}));
            good(world, create, &body, (201, "WebhookCreated"));
        }
        let all = good(world, list, &ask(Value::Null), (200, "WebhookList"));
        let items = all["items"].as_array().unwrap();
        assert_eq!(items.len(), 8);
        assert_eq!(items[0]["account_ids"][0]["type"], "LINKEDIN");
        assert_eq!(items[1]["events"], json!(["message_received"]));
        let id = made["webhook_id"].as_str().unwrap();
        let one = at("webhook_id", id, ask(Value::Null));
        good(world, delete, &one, (200, "WebhookDeleted"));
        assert_eq!(bad(world, delete, &one), (404, "resource_not_found"));
        let left = good(world, list, &ask(Value::Null), (200, "WebhookList"));
        assert_eq!(left["items"].as_array().unwrap().len(), 7);
    }

    #[test]
    fn a_webhook_that_could_not_work_is_refused() {
        let world = &mut world();
        let fine = json!({"source": "email", "request_url": "http://127.0.0.1:9"});
        for (name, value, expected) in [
            ("source", json!("fax"), 400),
            ("source", Value::Null, 400),
            ("request_url", json!("ftp://127.0.0.1"), 400),
            ("request_url", json!("no address"), 400),
            ("format", json!("xml"), 400),
            ("events", json!(["message_received"]), 400),
            ("events", json!("mail_sent"), 400),
            ("headers", json!([{"key": "a b", "value": "c"}]), 400),
            ("headers", json!([{"key": "Host", "value": "c"}]), 400),
            ("headers", json!([{"key": "x", "value": "a\nb"}]), 400),
            ("data", json!([{"name": "x"}]), 400),
            ("account_ids", json!(["nobody"]), 404),
        ] {
            let mut body = fine.clone();
            body[name] = value;
            assert_eq!(bad(world, create, &ask(body)).0, expected, "{name}");
        }
    }
}
