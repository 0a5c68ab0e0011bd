//! Messages and what hangs on them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::attachment::Attachment;
use super::id::{AccountId, AttendeeId, ChatId, MessageId, ProviderId};

/// One message of a chat.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub id: MessageId,
    pub account_id: AccountId,
    pub chat_id: ChatId,
    pub chat_provider_id: Option<String>,
    /// Id of the message at the network.
    pub provider_id: Option<String>,
    /// A second id that newer servers give beside the first.
    pub message_id: Option<MessageId>,
    pub sender_id: Option<ProviderId>,
    /// Absent for people who were not synced.
    pub sender_attendee_id: Option<AttendeeId>,
    /// Plain text; absent when there are only attachments.
    pub text: Option<String>,
    /// Subject of an InMail.
    pub subject: Option<String>,
    pub timestamp: Timestamp,
    /// Whether the owner of the account sent it.
    pub is_sender: bool,
    pub attachments: Vec<Attachment>,
    pub reactions: Vec<Reaction>,
    pub quoted: Option<Box<QuotedMessage>>,
    pub reply_to: Option<ReplyTo>,
    /// Own message: read by someone. Other message: read by the owner.
    pub seen: Option<bool>,
    pub seen_by: BTreeMap<ProviderId, Seen>,
    pub delivered: Option<bool>,
    /// Whether to keep it out of the thread; as a preview it is fine.
    pub hidden: bool,
    pub deleted: bool,
    pub edited: bool,
    /// What happened, when this is a line of the system.
    pub event: Option<MessageEvent>,
    pub behavior: Option<i64>,
    /// Number of replies in a Slack thread.
    pub replies: Option<u64>,
    pub reply_by: Vec<String>,
    /// Message that a Slack thread hangs on.
    pub parent: Option<MessageId>,
    pub is_forwarded: Option<bool>,
    /// Who is mentioned, as JSON text; its shape is not documented.
    pub mentions: Option<String>,
    /// LinkedIn's kind of message.
    pub kind: Option<MessageKind>,
    /// LinkedIn's kind of sender.
    pub attendee_kind: Option<AttendeeKind>,
    /// LinkedIn's degree of the sender.
    pub attendee_distance: Option<i64>,
    /// LinkedIn's long name of the sender.
    pub sender_urn: Option<String>,
}

impl Message {
    /// Whether it should not ring.
    pub fn is_silent(&self) -> bool {
        self.behavior == Some(0)
    }
}

/// Whether and when somebody has seen a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Seen {
    Yes,
    No,
    At(Timestamp),
    Other(String),
}

/// What a line of the system tells.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MessageEvent {
    Unknown,
    Reaction,
    ReactionToOwner,
    GroupCreated,
    TitleChanged,
    ParticipantAdded,
    ParticipantRemoved,
    ParticipantLeft,
    MissedVoiceCall,
    /// A missed call of the second kind: the sources disagree whether video or audio.
    MissedOtherCall,
    Other(String),
}

/// LinkedIn's kind of message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MessageKind {
    Message,
    Other(String),
}

/// LinkedIn's kind of sender.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AttendeeKind {
    Member,
    Organization,
    /// Neither a member nor an organization, as LinkedIn itself says.
    Neither,
    Other(String),
}

/// A reaction to a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reaction {
    /// The emoji itself.
    pub value: String,
    pub sender_id: Option<ProviderId>,
    /// Whether the owner of the account reacted.
    pub is_sender: bool,
}

/// The message that another one quotes, shortened.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotedMessage {
    pub provider_id: Option<String>,
    pub sender_id: Option<ProviderId>,
    pub text: Option<String>,
    pub attachments: Vec<Attachment>,
}

/// The message that another one answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReplyTo {
    pub id: Option<MessageId>,
    pub provider_id: Option<String>,
    pub timestamp: Option<Timestamp>,
    pub sender_attendee_id: Option<AttendeeId>,
    pub sender_id: Option<ProviderId>,
    pub text: Option<String>,
}
