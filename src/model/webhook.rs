//! Webhooks: where the server reports events, and which.

use super::account::Provider;
use super::id::{AccountId, WebhookId};

/// A place that the server reports events to.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    pub id: WebhookId,
    pub kind: Option<WebhookKind>,
    pub enabled: bool,
    pub name: Option<String>,
    pub request_url: String,
    pub format: Option<WebhookFormat>,
    /// What it reports about; guessed from its events where the server does not say.
    pub source: Option<WebhookSource>,
    pub headers: Vec<WebhookHeader>,
    /// All accounts when empty.
    pub accounts: Vec<WebhookAccount>,
    pub events: Vec<WebhookEvent>,
    /// Renames and trims the fields of what is sent; everything when empty.
    pub data: Vec<WebhookField>,
    pub trigger: Option<WebhookTrigger>,
}

/// Who set a webhook off.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WebhookKind {
    /// The server, when something happens.
    Auto,
    /// A person, by a button.
    Trigger,
    Other(String),
}

/// How an event is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WebhookFormat {
    Json,
    Form,
    Other(String),
}

/// What a webhook reports about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WebhookSource {
    Messaging,
    Email,
    EmailTracking,
    AccountStatus,
    /// Another name for `AccountStatus` that one of the sources uses.
    Accounts,
    Users,
    CalendarEvent,
    Other(String),
}

/// What can be reported.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WebhookEvent {
    MessageReceived,
    MessageRead,
    MessageReaction,
    MessageEdited,
    MessageDeleted,
    MessageDelivered,
    MailReceived,
    MailSent,
    MailMoved,
    MailOpened,
    MailLinkClicked,
    AccountCreated,
    AccountNotCreated,
    AccountDeleted,
    AccountReconnected,
    AccountSynced,
    AccountStopped,
    AccountOk,
    AccountConnecting,
    AccountError,
    AccountCredentials,
    NewRelation,
    CalendarEventCreated,
    CalendarEventUpdated,
    CalendarEventDeleted,
    Other(String),
}

impl WebhookEvent {
    /// What an event is about.
    pub fn source(&self) -> Option<WebhookSource> {
        Some(match self {
            Self::MessageReceived
            | Self::MessageRead
            | Self::MessageReaction
            | Self::MessageEdited
            | Self::MessageDeleted
            | Self::MessageDelivered => WebhookSource::Messaging,
            Self::MailReceived | Self::MailSent | Self::MailMoved => WebhookSource::Email,
            Self::MailOpened | Self::MailLinkClicked => WebhookSource::EmailTracking,
            Self::AccountCreated
            | Self::AccountNotCreated
            | Self::AccountDeleted
            | Self::AccountReconnected
            | Self::AccountSynced
            | Self::AccountStopped
            | Self::AccountOk
            | Self::AccountConnecting
            | Self::AccountError
            | Self::AccountCredentials => WebhookSource::AccountStatus,
            Self::NewRelation => WebhookSource::Users,
            Self::CalendarEventCreated
            | Self::CalendarEventUpdated
            | Self::CalendarEventDeleted => WebhookSource::CalendarEvent,
            Self::Other(_) => return None,
        })
    }
}

/// A header that comes with every event. Its value is how an event proves itself, so it is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookHeader {
    pub key: String,
    pub value: String,
}

impl std::fmt::Debug for WebhookHeader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebhookHeader")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// An account that a webhook is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookAccount {
    pub id: AccountId,
    pub name: Option<String>,
    pub provider: Option<Provider>,
}

/// A field of what is sent, under a name of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookField {
    /// The name it gets.
    pub name: String,
    /// The field to send.
    pub key: String,
}

/// The button that sets a webhook off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookTrigger {
    pub icon: Option<String>,
    pub name: Option<String>,
    pub context: Option<TriggerContext>,
}

/// Where such a button stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TriggerContext {
    Message,
    Chat,
    Other(String),
}
