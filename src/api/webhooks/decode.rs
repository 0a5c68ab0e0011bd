//! How webhooks are written on the wire.

use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::words::words;
use crate::model::text::clean;
use crate::model::webhook::{
    TriggerContext, Webhook, WebhookAccount, WebhookEvent, WebhookField, WebhookFormat,
    WebhookHeader, WebhookKind, WebhookSource, WebhookTrigger,
};

words! {
    WebhookKind { "AUTO" => Auto, "TRIGGER" => Trigger }
    WebhookFormat { "json" => Json, "form" => Form }
    WebhookSource {
        "messaging" => Messaging, "email" => Email, "email_tracking" => EmailTracking,
        "account_status" => AccountStatus, "accounts" => Accounts, "users" => Users,
        "calendar_event" => CalendarEvent,
    }
    WebhookEvent {
        "message_received" => MessageReceived, "message_read" => MessageRead, "message_reaction" => MessageReaction,
        "message_edited" => MessageEdited, "message_deleted" => MessageDeleted,
        "message_delivered" => MessageDelivered, "mail_received" => MailReceived, "mail_sent" => MailSent,
        "mail_moved" => MailMoved, "mail_opened" => MailOpened, "mail_link_clicked" => MailLinkClicked,
        "creation_success" => AccountCreated, "creation_fail" => AccountNotCreated, "deleted" => AccountDeleted,
        "reconnected" => AccountReconnected, "sync_success" => AccountSynced, "stopped" => AccountStopped,
        "ok" => AccountOk, "connecting" => AccountConnecting, "error" => AccountError,
        "credentials" => AccountCredentials, "new_relation" => NewRelation,
        "calendar_event_created" => CalendarEventCreated, "calendar_event_updated" => CalendarEventUpdated,
        "calendar_event_deleted" => CalendarEventDeleted,
    }
    TriggerContext { "MESSAGE" => Message, "CHAT" => Chat }
}

impl Decode for Webhook {
    const NAME: &'static str = "Webhook";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let events: Vec<WebhookEvent> = f.words("events");
        Ok(Self {
            id: f.need("id")?.into(),
            kind: f.word("type"),
            enabled: f.is("enabled"),
            name: f.text("name"),
            request_url: clean(&f.need("request_url")?),
            format: f.word("format"),
            source: f
                .word("source")
                .or_else(|| events.iter().find_map(WebhookEvent::source)),
            headers: f.list("headers"),
            accounts: accounts(f),
            events,
            data: f.list("data"),
            trigger: f.one("trigger"),
        })
    }
}

/// Objects as documented, or the plain ids with which webhooks are created.
fn accounts(f: &Fields<'_>) -> Vec<WebhookAccount> {
    let ids = f.tokens("account_ids");
    if ids.is_empty() {
        return f.list("account_ids");
    }
    ids.into_iter()
        .map(|id| WebhookAccount {
            id: id.into(),
            name: None,
            provider: None,
        })
        .collect()
}

impl Decode for WebhookHeader {
    const NAME: &'static str = "WebhookHeader";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            key: clean(&f.need("key")?),
            value: f.token("value").unwrap_or_default(),
        })
    }
}

impl Decode for WebhookAccount {
    const NAME: &'static str = "WebhookAccount";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            name: f.text("name"),
            provider: f.word("type"),
        })
    }
}

impl Decode for WebhookField {
    const NAME: &'static str = "WebhookDataField";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            name: clean(&f.need("name")?),
            key: f.need("key")?,
        })
    }
}

impl Decode for WebhookTrigger {
    const NAME: &'static str = "WebhookTrigger";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            icon: f.text("icon"),
            name: f.text("name"),
            context: f.word("context"),
        })
    }
}
