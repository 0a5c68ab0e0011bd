//! What the user does: everything that the server has to be told.
//!
//! An act is kept as JSON and by the server's ids, so that it means something when all the rest is lost.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::email::Address;
use super::id::{AccountId, ChatId, DraftId, EmailId, MessageId, ProviderId};

/// Files above this size are refused by some networks.
pub const LARGE_FILE: u64 = 15_000_000;
/// Files above this size are refused by the server.
pub const LARGEST_FILE: u64 = 25 << 20;

/// One thing the user does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Act {
    SendMessage(NewMessage),
    StartChat(NewChat),
    SendEmail(NewMail),
    React {
        account: AccountId,
        chat: ChatId,
        message: MessageId,
        emoji: String,
    },
    EditMessage {
        account: AccountId,
        chat: ChatId,
        message: MessageId,
        text: String,
    },
    ForwardMessage {
        account: AccountId,
        message: MessageId,
        to: ChatId,
    },
    DeleteMessage {
        account: AccountId,
        chat: ChatId,
        message: MessageId,
    },
    /// Changes one property of a chat.
    MarkChat {
        account: AccountId,
        chat: ChatId,
        mark: ChatMark,
        on: bool,
    },
    DeleteChat {
        account: AccountId,
        chat: ChatId,
    },
    ReadMail {
        account: AccountId,
        thread: String,
        mail: EmailId,
        read: bool,
    },
    MoveMail {
        account: AccountId,
        thread: String,
        mail: EmailId,
        /// Names of the folders it lies in afterwards.
        folders: Vec<String>,
        /// Role of the first of them, as the server spells it.
        role: String,
    },
    DeleteMail {
        account: AccountId,
        thread: String,
        mail: EmailId,
        /// Whether it lies in the trash already and is gone afterwards.
        for_good: bool,
    },
    /// Known to this machine only: the server is never told.
    Star {
        account: AccountId,
        conversation: String,
        /// The whole conversation when absent.
        entry: Option<MessageId>,
        on: bool,
    },
}

/// A property of a chat that the user can switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatMark {
    Read,
    Archived,
    Pinned,
    Muted,
}

/// A message into a chat that exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMessage {
    pub account: AccountId,
    pub chat: ChatId,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub quote: Option<MessageId>,
    /// Slack: the thread to answer in.
    #[serde(default)]
    pub thread: Option<String>,
    #[serde(default)]
    pub attachments: Vec<FileRef>,
    #[serde(default)]
    pub voice: Option<FileRef>,
    #[serde(default)]
    pub video: Option<FileRef>,
    /// WhatsApp: how long to seem to be typing first, in milliseconds.
    #[serde(default)]
    pub typing_ms: Option<u64>,
}

impl NewMessage {
    /// A message of nothing but words.
    pub fn text(account: AccountId, chat: ChatId, text: impl Into<String>) -> Self {
        Self {
            account,
            chat,
            text: text.into(),
            quote: None,
            thread: None,
            attachments: Vec::new(),
            voice: None,
            video: None,
            typing_ms: None,
        }
    }
}

/// The first message to one or more people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewChat {
    pub account: AccountId,
    /// Two or more make a group.
    pub attendees: Vec<ProviderId>,
    /// Name of a group.
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub text: String,
    /// Subject of an InMail.
    #[serde(default)]
    pub subject: Option<String>,
    #[serde(default)]
    pub inmail: bool,
    /// LinkedIn: `classic`, `recruiter` or `sales_navigator`.
    #[serde(default)]
    pub product: Option<String>,
    #[serde(default)]
    pub attachments: Vec<FileRef>,
    #[serde(default)]
    pub voice: Option<FileRef>,
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMail {
    pub account: AccountId,
    /// The conversation it is part of, when it answers one.
    #[serde(default)]
    pub thread: Option<String>,
    /// An alias that is set up at the provider; the account's own address when absent.
    #[serde(default)]
    pub from: Option<Correspondent>,
    pub to: Vec<Correspondent>,
    #[serde(default)]
    pub cc: Vec<Correspondent>,
    #[serde(default)]
    pub bcc: Vec<Correspondent>,
    #[serde(default)]
    pub subject: String,
    pub body: MailBody,
    /// The mail that this one answers.
    #[serde(default)]
    pub reply_to: Option<EmailId>,
    /// The mail that this one passes on.
    #[serde(default)]
    pub forwards: Option<EmailId>,
    #[serde(default)]
    pub attachments: Vec<FileRef>,
    /// The draft stored at the provider that this was.
    #[serde(default)]
    pub draft: Option<DraftId>,
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    #[serde(default)]
    pub tracking: Option<MailTracking>,
    /// Names this mail to the server, so that asking twice gives one mail; made up when it is handed over.
    #[serde(default)]
    pub key: String,
}

/// The words of a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailBody {
    Plain(String),
    Markdown(String),
    Html(String),
}

impl MailBody {
    /// The words as they were written.
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Markdown(text) | Self::Html(text) => text,
        }
    }
}

/// What to find out about a mail after it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailTracking {
    pub opens: bool,
    pub links: bool,
    pub label: Option<String>,
}

/// Who writes a mail or gets one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correspondent {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub address: String,
}

impl From<&Correspondent> for Address {
    fn from(it: &Correspondent) -> Self {
        Self {
            name: it.name.clone(),
            ..Self::new(it.address.clone())
        }
    }
}

impl From<&Address> for Correspondent {
    fn from(it: &Address) -> Self {
        Self {
            name: it.name.clone(),
            address: it.address.clone(),
        }
    }
}

/// A file to send: where it lies, and what it was when the user chose it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    pub path: PathBuf,
    /// The name the others see.
    pub name: String,
    pub size: u64,
    #[serde(default)]
    pub mime: Option<String>,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
}

impl FileRef {
    /// Whether some networks will not take it.
    pub fn is_large(&self) -> bool {
        self.size > LARGE_FILE
    }
}

impl Act {
    /// The account that does it.
    pub fn account(&self) -> &AccountId {
        match self {
            Self::SendMessage(it) => &it.account,
            Self::StartChat(it) => &it.account,
            Self::SendEmail(it) => &it.account,
            Self::React { account, .. }
            | Self::EditMessage { account, .. }
            | Self::ForwardMessage { account, .. }
            | Self::DeleteMessage { account, .. }
            | Self::MarkChat { account, .. }
            | Self::DeleteChat { account, .. }
            | Self::ReadMail { account, .. }
            | Self::MoveMail { account, .. }
            | Self::DeleteMail { account, .. }
            | Self::Star { account, .. } => account,
        }
    }

    /// The uid of the conversation in which it happens, if there is one yet.
    pub fn conversation(&self) -> Option<&str> {
        match self {
            Self::SendMessage(it) => Some(it.chat.as_str()),
            Self::StartChat(_) => None,
            Self::SendEmail(it) => it.thread.as_deref(),
            Self::ForwardMessage { to, .. } => Some(to.as_str()),
            Self::React { chat, .. }
            | Self::EditMessage { chat, .. }
            | Self::DeleteMessage { chat, .. }
            | Self::MarkChat { chat, .. }
            | Self::DeleteChat { chat, .. } => Some(chat.as_str()),
            Self::ReadMail { thread, .. }
            | Self::MoveMail { thread, .. }
            | Self::DeleteMail { thread, .. } => Some(thread),
            Self::Star { conversation, .. } => Some(conversation),
        }
    }

    /// Whether others get something to read that they would get twice if it were sent twice.
    pub fn is_message(&self) -> bool {
        matches!(
            self,
            Self::SendMessage(_)
                | Self::StartChat(_)
                | Self::SendEmail(_)
                | Self::ForwardMessage { .. }
        )
    }

    /// Whether the words are the user's own, typed for this.
    pub fn is_written(&self) -> bool {
        matches!(
            self,
            Self::SendMessage(_) | Self::StartChat(_) | Self::SendEmail(_)
        )
    }

    /// Whether doing it twice is the same as doing it once.
    pub fn is_repeatable(&self) -> bool {
        matches!(
            self,
            Self::MarkChat { .. }
                | Self::ReadMail { .. }
                | Self::MoveMail { .. }
                | Self::EditMessage { .. }
        )
    }

    /// The files that go with it.
    pub fn files(&self) -> impl Iterator<Item = &FileRef> {
        let (list, voice, video): (&[FileRef], _, _) = match self {
            Self::SendMessage(it) => (&it.attachments, it.voice.as_ref(), it.video.as_ref()),
            Self::StartChat(it) => (&it.attachments, it.voice.as_ref(), None),
            Self::SendEmail(it) => (&it.attachments, None, None),
            _ => (&[], None, None),
        };
        list.iter().chain(voice).chain(video)
    }
}
