//! How deliveries are written on the wire, and which is which: some say what they are, some are known by their shape.

use serde_json::{Map, Value};

use crate::api::error::BadAnswer;
use crate::api::fields::{Decode, Fields, Flaw, Flaws, parse_json};
use crate::api::words::Spelled as _;
use crate::model::account::AccountStatus;
use crate::model::delivery::{
    AccountDelivery, CalendarDelivery, Delivery, LinkedDelivery, MailDelivery, MessageDelivery,
    OtherDelivery, Party, RelationDelivery, TrackingDelivery,
};
use crate::model::webhook::{WebhookEvent, WebhookSource};

/// Why a delivery cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDelivery {
    #[error("a delivery is not JSON and not a form: {0}")]
    Body(#[from] BadAnswer),
    #[error("a delivery lacks what it needs: {0}")]
    Flaw(Flaw),
}

/// Reads the body of a delivery. It may come without a content type, which then is told by its looks.
pub fn read_delivery(content_type: Option<&str>, body: &[u8]) -> Result<Delivery, BadDelivery> {
    let is_form = content_type.is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
    });
    let value = if is_form {
        read_form(body)
    } else {
        parse_json(body).or_else(|error| match body.trim_ascii_start().first() {
            Some(byte) if byte.is_ascii_alphabetic() && body.contains(&b'=') => Ok(read_form(body)),
            _ => Err(error),
        })?
    };
    Fields::read(&value, &Flaws::default()).map_err(BadDelivery::Flaw)
}

/// Fields that hold more than a text; a form writes them as JSON or as `sender[attendee_name]`.
const NESTED: &[&str] = &[
    "AccountStatus",
    "account_info",
    "attachments",
    "folders",
    "reaction_sender",
    "read_by",
    "sender",
];

fn read_form(body: &[u8]) -> Value {
    let mut fields = Map::new();
    // The crate that knows this encoding is only here as part of addresses.
    if let Ok(mut url) = reqwest::Url::parse("http://form/") {
        url.set_query(Some(&String::from_utf8_lossy(body)));
        for (name, text) in url.query_pairs() {
            put(&mut fields, &name, text.into_owned());
        }
    }
    Value::Object(fields)
}

/// Puts in one field of a form; an empty one is how a form says null.
fn put(fields: &mut Map<String, Value>, name: &str, text: String) {
    if text.is_empty() {
        return;
    }
    let inner = name
        .split_once('[')
        .and_then(|(outer, rest)| Some((outer, rest.strip_suffix(']')?)))
        .filter(|(outer, _)| NESTED.contains(outer));
    match inner {
        Some((outer, "")) => {
            let list = fields.entry(outer).or_insert_with(|| Value::Array(vec![]));
            if let Value::Array(items) = list {
                items.push(text.into());
            }
        }
        Some((outer, part)) => {
            let object = fields
                .entry(outer)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(parts) = object {
                parts.insert(part.to_owned(), text.into());
            }
        }
        None if NESTED.contains(&name) => {
            let value = serde_json::from_str(&text).unwrap_or_else(|_| text.into());
            fields.insert(name.to_owned(), value);
        }
        None => {
            fields.insert(name.to_owned(), text.into());
        }
    }
}

impl Decode for Delivery {
    const NAME: &'static str = "Delivery";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        if f.has("AccountStatus") {
            return f.need_one("AccountStatus").map(Self::Account);
        }
        // The wizard names no event; what it says of the account is its mark.
        if let (false, Some(word)) = (f.has("event"), f.token("status")) {
            let event = account_event(&word);
            if event.source().is_some() {
                return linked(f, event).map(Self::Linked);
            }
        }
        let Some(event) = f.word("event").or_else(|| f.word("type")) else {
            return Ok(other(f, None));
        };
        Ok(match WebhookEvent::source(&event) {
            Some(WebhookSource::Messaging) => Self::Message(Box::new(message(f, event)?)),
            Some(WebhookSource::Email) => Self::Mail(Box::new(mail(f, event)?)),
            Some(WebhookSource::EmailTracking) => Self::Tracking(Box::new(tracking(f, event)?)),
            Some(WebhookSource::Users) => Self::Relation(relation(f)?),
            Some(WebhookSource::CalendarEvent) => Self::Calendar(calendar(f, event)?),
            _ => other(f, Some(event)),
        })
    }
}

fn message(f: &Fields<'_>, event: WebhookEvent) -> Result<MessageDelivery, Flaw> {
    let sender: Option<Party> = f.one("sender");
    Ok(MessageDelivery {
        event,
        account: f.need("account_id")?.into(),
        chat: f.need("chat_id")?.into(),
        message: f.need("message_id")?.into(),
        provider_message: f.token("provider_message_id"),
        at: f.time("timestamp"),
        text: f.text("message"),
        is_sender: f
            .flag("is_sender")
            .or_else(|| Some(sender.as_ref()?.provider.as_ref()?.as_str() == owner(f)?)),
        sender,
        is_group: f.flag("is_group"),
        is_event: f.flag("is_event"),
        has_attachments: match f.value("attachments") {
            Some(Value::Array(items)) => !items.is_empty(),
            Some(Value::Object(fields)) => !fields.is_empty(),
            _ => false,
        },
        reaction: f.text("reaction"),
        reaction_by: f.one("reaction_sender"),
        read_by: f.one("read_by"),
    })
}

/// The provider id of the account's owner.
fn owner(f: &Fields<'_>) -> Option<String> {
    f.inside("account_info")?.token("user_id")
}

fn mail(f: &Fields<'_>, event: WebhookEvent) -> Result<MailDelivery, Flaw> {
    Ok(MailDelivery {
        event,
        account: f.need("account_id")?.into(),
        // An older form calls it so.
        email: f.need("email_id").or_else(|_| f.need("id"))?.into(),
        date: f.time("date"),
        subject: f.text("subject"),
        role: f.word("role"),
        folders: f.texts("folders"),
        is_complete: f.flag("is_complete"),
        tracking_id: f.token("tracking_id"),
    })
}

fn tracking(f: &Fields<'_>, event: WebhookEvent) -> Result<TrackingDelivery, Flaw> {
    Ok(TrackingDelivery {
        event,
        tracking_id: f.need("tracking_id")?,
        event_id: f.token("event_id"),
        account: f.id("account_id"),
        email: f.id("email_id"),
        at: f.time("date"),
        url: f.text("url"),
        label: f.text("label"),
    })
}

fn relation(f: &Fields<'_>) -> Result<RelationDelivery, Flaw> {
    Ok(RelationDelivery {
        account: f.need("account_id")?.into(),
        provider: f.need("user_provider_id")?.into(),
        name: f.text("user_full_name"),
        public_identifier: f.text("user_public_identifier"),
        profile_url: f.text("user_profile_url"),
        at: f.time("timestamp"),
    })
}

fn calendar(f: &Fields<'_>, event: WebhookEvent) -> Result<CalendarDelivery, Flaw> {
    Ok(CalendarDelivery {
        event,
        account: f.need("account_id")?.into(),
        calendar: f.id("calendar_id"),
        id: f.need("id")?.into(),
        title: f.text("title"),
    })
}

fn linked(f: &Fields<'_>, event: WebhookEvent) -> Result<LinkedDelivery, Flaw> {
    Ok(LinkedDelivery {
        account: f.need("account_id")?.into(),
        event,
        name: f.text("name"),
    })
}

fn other(f: &Fields<'_>, event: Option<WebhookEvent>) -> Delivery {
    Delivery::Other(OtherDelivery {
        event,
        account: f.id("account_id"),
    })
}

/// Accounts shout the words that webhooks are asked for in small letters.
fn account_event(word: &str) -> WebhookEvent {
    WebhookEvent::from_word(&word.to_ascii_lowercase())
}

impl Decode for AccountDelivery {
    const NAME: &'static str = "AccountStatus";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let message = f.need("message")?;
        let status = AccountStatus::from_word(&message.to_ascii_uppercase());
        Ok(Self {
            account: f.need("account_id")?.into(),
            provider: f.word("account_type"),
            event: account_event(&message),
            status: (!matches!(status, AccountStatus::Other(_))).then_some(status),
        })
    }
}

impl Decode for Party {
    const NAME: &'static str = "WebhookAttendee";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            attendee: f.id("attendee_id"),
            provider: f.id("attendee_provider_id"),
            name: f.text("attendee_name"),
            profile_url: f.text("attendee_profile_url"),
        })
    }
}
