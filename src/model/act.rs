//! What the user does: everything that the server has to be told, and the words that are not sent yet.
//!
//! An act is kept as JSON and by the server's ids, so that it means something when all the rest is lost.

use std::path::PathBuf;

use jiff::Timestamp;
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
    Html(String),
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

/// Names an act in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OutboxId(pub i64);

/// Names a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftKey(pub i64);

/// How far an act has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutboxState {
    /// Waits for its time: the user can still take it back, or wants it sent later.
    Scheduled,
    /// Goes out as soon as it can.
    Queued,
    /// Is on its way.
    Sending,
    /// The server has it.
    Sent,
    /// The server or the network has refused it.
    Failed,
    /// It may or may not have arrived.
    Unknown,
    /// The user has taken it back.
    Canceled,
}

impl OutboxState {
    const WORDS: [(Self, &'static str); 7] = [
        (Self::Scheduled, "scheduled"),
        (Self::Queued, "queued"),
        (Self::Sending, "sending"),
        (Self::Sent, "sent"),
        (Self::Failed, "failed"),
        (Self::Unknown, "unknown"),
        (Self::Canceled, "canceled"),
    ];

    pub fn as_str(self) -> &'static str {
        let word = Self::WORDS.iter().find(|(state, _)| *state == self);
        word.map_or("unknown", |(_, word)| word)
    }

    /// The state of a word; absent for one that nobody writes.
    pub fn from_word(word: &str) -> Option<Self> {
        let state = Self::WORDS.iter().find(|(_, known)| *known == word);
        state.map(|(state, _)| *state)
    }
}

/// An act in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxItem {
    pub id: OutboxId,
    pub account: AccountId,
    /// The uid of its conversation; absent while there is none.
    pub conversation: Option<String>,
    /// Acts of one lane go out in order.
    pub lane: String,
    pub act: Act,
    pub state: OutboxState,
    /// When it goes out, or when an unknown one is looked for again.
    pub due_at: Timestamp,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub attempted_at: Option<Timestamp>,
    pub tries: u32,
    /// How often it was looked for.
    pub looks: u32,
    /// Why it failed, waits or is unknown.
    pub error: Option<String>,
    /// What came of it: the uid of a message, the tracking id of a mail.
    pub result: Option<String>,
}

/// Words that are not sent yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub key: DraftKey,
    pub body: DraftBody,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What a draft holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftBody {
    pub account: Option<AccountId>,
    /// The uid of the conversation it belongs to; absent for a new message.
    pub conversation: Option<String>,
    pub text: String,
    pub subject: String,
    pub to: Vec<Correspondent>,
    pub cc: Vec<Correspondent>,
    pub bcc: Vec<Correspondent>,
    /// Whom a new chat is for.
    pub attendees: Vec<ProviderId>,
    /// The entry it answers.
    pub quote: Option<MessageId>,
    pub attachments: Vec<FileRef>,
}

impl DraftBody {
    /// Whether there is nothing in it worth keeping.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
            && self.subject.trim().is_empty()
            && self.attachments.is_empty()
            && (self.conversation.is_some()
                || self.to.is_empty()
                    && self.cc.is_empty()
                    && self.bcc.is_empty()
                    && self.attendees.is_empty())
    }

    /// The words of an act that was taken back; absent for one that the user did not write.
    pub fn of(act: &Act) -> Option<Self> {
        let draft = match act {
            Act::SendMessage(it) => Self {
                text: it.text.clone(),
                quote: it.quote.clone(),
                attachments: it.attachments.clone(),
                ..Self::default()
            },
            Act::StartChat(it) => Self {
                text: it.text.clone(),
                subject: it.subject.clone().or(it.title.clone()).unwrap_or_default(),
                attendees: it.attendees.clone(),
                attachments: it.attachments.clone(),
                ..Self::default()
            },
            Act::SendEmail(it) => Self {
                text: match &it.body {
                    MailBody::Plain(text) | MailBody::Html(text) => text.clone(),
                },
                subject: it.subject.clone(),
                to: it.to.clone(),
                cc: it.cc.clone(),
                bcc: it.bcc.clone(),
                quote: it.reply_to.as_ref().map(|id| id.as_str().into()),
                attachments: it.attachments.clone(),
                ..Self::default()
            },
            _ => return None,
        };
        Some(Self {
            account: Some(act.account().clone()),
            conversation: act.conversation().map(str::to_owned),
            ..draft
        })
    }
}
