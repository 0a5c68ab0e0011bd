//! Chats.

use jiff::Timestamp;

use super::account::Provider;
use super::id::{AccountId, ChatId, MessageId, ProviderId};
use super::message::Message;

/// A conversation on a messaging network.
#[derive(Debug, Clone, PartialEq)]
pub struct Chat {
    pub id: ChatId,
    pub account_id: AccountId,
    pub provider: Option<Provider>,
    /// Id of the conversation at the network.
    pub provider_id: Option<String>,
    /// The other person of a one-to-one chat.
    pub attendee_provider_id: Option<ProviderId>,
    /// Title of a group; a one-to-one chat is called by its attendee.
    pub name: Option<String>,
    pub kind: ChatKind,
    /// When something last happened; absent when nothing was synced.
    pub last_activity: Option<Timestamp>,
    pub unread_count: u64,
    pub archived: bool,
    /// Absent where the server does not tell.
    pub pinned: Option<bool>,
    pub muted: Muted,
    /// 0 is writable; what tells the other numbers apart is not documented.
    pub read_only: i64,
    pub disabled_features: Vec<ChatFeature>,
    /// Subject of an InMail.
    pub subject: Option<String>,
    /// LinkedIn page that owns the mailbox.
    pub organization_id: Option<String>,
    pub mailbox_id: Option<String>,
    pub content: Option<ChatContent>,
    pub folders: Vec<ChatFolder>,
    /// Only where a single chat was asked for.
    pub last_message: Option<Box<Message>>,
}

impl Chat {
    /// Whether a reply can be written.
    pub fn is_writable(&self) -> bool {
        self.read_only == 0
    }
}

/// How many people a chat is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ChatKind {
    OneToOne,
    Group,
    Channel,
    Other(String),
}

/// Whether a chat is muted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Muted {
    No,
    ForEver,
    Until(Timestamp),
    /// It is, until a time that could not be read.
    Other(String),
}

/// What a chat may forbid.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ChatFeature {
    Reactions,
    Reply,
    Other(String),
}

/// What kind of LinkedIn conversation a chat is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ChatContent {
    Inmail,
    Sponsored,
    LinkedinOffer,
    Invitation,
    Other(String),
}

/// Where a network keeps a chat.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ChatFolder {
    Inbox,
    LinkedinClassic,
    LinkedinRecruiter,
    LinkedinSalesNavigator,
    LinkedinOrganization,
    Other(String),
}

/// A chat that was just started. The network may give no ids at once: find the chat by its attendee then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartedChat {
    pub chat_id: Option<ChatId>,
    pub message_id: Option<MessageId>,
}
