//! Deliveries: what the server reports to a webhook. They are hints that something has changed; the API has the truth.

use jiff::Timestamp;

use super::account::{AccountStatus, Provider};
use super::email::FolderRole;
use super::id::{
    AccountId, AttendeeId, CalendarId, ChatId, EmailId, EventId, MessageId, ProviderId,
};
use super::webhook::WebhookEvent;

/// One report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    Message(Box<MessageDelivery>),
    Mail(Box<MailDelivery>),
    Account(AccountDelivery),
    Relation(RelationDelivery),
    Tracking(Box<TrackingDelivery>),
    Calendar(CalendarDelivery),
    /// The hosted wizard has linked an account.
    Linked(LinkedDelivery),
    /// Something this version does not know.
    Other(OtherDelivery),
}

/// Something happened to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageDelivery {
    pub event: WebhookEvent,
    pub account: AccountId,
    pub chat: ChatId,
    pub message: MessageId,
    pub provider_message: Option<String>,
    /// When the message was written, whatever happened to it later.
    pub at: Option<Timestamp>,
    pub text: Option<String>,
    pub sender: Option<Party>,
    /// Whether the owner of the account wrote it, as far as that can be told.
    pub is_sender: Option<bool>,
    pub is_group: Option<bool>,
    /// A line of the conversation's own, such as somebody leaving.
    pub is_event: Option<bool>,
    pub has_attachments: bool,
    /// The emoji, where somebody reacted.
    pub reaction: Option<String>,
    pub reaction_by: Option<Party>,
    pub read_by: Option<Party>,
}

/// A person of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub attendee: Option<AttendeeId>,
    pub provider: Option<ProviderId>,
    pub name: Option<String>,
    pub profile_url: Option<String>,
}

/// Something happened to a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailDelivery {
    pub event: WebhookEvent,
    pub account: AccountId,
    pub email: EmailId,
    pub date: Option<Timestamp>,
    pub subject: Option<String>,
    pub role: Option<FolderRole>,
    pub folders: Vec<String>,
    /// False while the server still fetches parts of it.
    pub is_complete: Option<bool>,
    pub tracking_id: Option<String>,
}

/// An account is doing better or worse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountDelivery {
    pub account: AccountId,
    pub provider: Option<Provider>,
    pub event: WebhookEvent,
    /// How it is now, where the event tells.
    pub status: Option<AccountStatus>,
}

/// Somebody has become a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationDelivery {
    pub account: AccountId,
    pub provider: ProviderId,
    pub name: Option<String>,
    pub public_identifier: Option<String>,
    pub profile_url: Option<String>,
    pub at: Option<Timestamp>,
}

/// Somebody opened a tracked mail or followed a link in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackingDelivery {
    pub event: WebhookEvent,
    pub tracking_id: String,
    pub event_id: Option<String>,
    pub account: Option<AccountId>,
    pub email: Option<EmailId>,
    pub at: Option<Timestamp>,
    /// The link that was followed.
    pub url: Option<String>,
    pub label: Option<String>,
}

/// Something happened to an event of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDelivery {
    pub event: WebhookEvent,
    pub account: AccountId,
    pub calendar: Option<CalendarId>,
    pub id: EventId,
    pub title: Option<String>,
}

/// What the hosted wizard reports when it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedDelivery {
    pub account: AccountId,
    /// `AccountCreated` or `AccountReconnected`.
    pub event: WebhookEvent,
    /// What the link to the wizard was given to be recognised by.
    pub name: Option<String>,
}

/// A report of an unknown kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherDelivery {
    pub event: Option<WebhookEvent>,
    pub account: Option<AccountId>,
}
