//! Acts on their way to the server, and words that are not sent yet.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::act::{Act, Correspondent, FileRef, MailBody, MailTracking, NewMail};
use super::id::{AccountId, AttachmentId, EmailId, MessageId, ProviderId};

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
    /// What they are called, in the same order.
    pub names: Vec<String>,
    /// Name of a new group.
    pub title: Option<String>,
    pub inmail: bool,
    /// The message it answers.
    pub quote: Option<MessageId>,
    /// The message it changes.
    pub edits: Option<DraftEdit>,
    pub attachments: Vec<FileRef>,
    /// What only a mail has; absent for a message.
    pub mail: Option<Box<MailDraft>>,
}

/// What only a mail has that is being written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailDraft {
    /// An alias; the account's own address when absent.
    pub from: Option<Correspondent>,
    /// The mail that it answers.
    pub answers: Option<EmailId>,
    /// The mail that it passes on.
    pub forwards: Option<EmailId>,
    /// Files of that mail that have to be fetched before this one can go out.
    pub awaited: Vec<AwaitedFile>,
    pub format: MailFormat,
    /// Names and values of further header lines.
    pub headers: Vec<(String, String)>,
    pub tracking: Option<MailTracking>,
}

/// A file of a mail that is passed on, as long as it is not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwaitedFile {
    pub attachment: AttachmentId,
    pub name: String,
    pub size: Option<u64>,
    pub mime: Option<String>,
}

/// How the words of a mail are meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailFormat {
    /// As they stand.
    #[default]
    Plain,
    Markdown,
    /// They are HTML; only the shell writes such.
    Html,
}

/// A message that was sent and is being changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftEdit {
    /// The uid of its conversation, which has a draft of its own beside this one.
    pub conversation: String,
    pub message: MessageId,
}

impl DraftBody {
    /// Whether it is a message of its own, and not one for a conversation that is there.
    pub fn is_loose(&self) -> bool {
        self.conversation.is_none() && self.edits.is_none()
    }

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

    /// The mail that it would be if it were sent now; absent for a message, and where nobody is to write it.
    pub fn mail(&self) -> Option<NewMail> {
        let mail = self.mail.as_ref()?;
        let text = self.text.clone();
        Some(NewMail {
            account: self.account.clone()?,
            thread: self.conversation.clone(),
            from: mail.from.clone(),
            to: self.to.clone(),
            cc: self.cc.clone(),
            bcc: self.bcc.clone(),
            subject: self.subject.clone(),
            body: match mail.format {
                MailFormat::Plain => MailBody::Plain(text),
                MailFormat::Markdown => MailBody::Markdown(text),
                MailFormat::Html => MailBody::Html(text),
            },
            reply_to: mail.answers.clone(),
            forwards: mail.forwards.clone(),
            attachments: self.attachments.clone(),
            draft: None,
            headers: mail.headers.clone(),
            tracking: mail.tracking.clone(),
            key: String::new(),
        })
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
                subject: it.subject.clone().unwrap_or_default(),
                title: it.title.clone(),
                inmail: it.inmail,
                attendees: it.attendees.clone(),
                attachments: it.attachments.clone(),
                ..Self::default()
            },
            Act::SendEmail(it) => Self {
                text: it.body.text().to_owned(),
                subject: it.subject.clone(),
                to: it.to.clone(),
                cc: it.cc.clone(),
                bcc: it.bcc.clone(),
                attachments: it.attachments.clone(),
                mail: Some(Box::new(MailDraft::of(it))),
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

impl MailDraft {
    fn of(mail: &NewMail) -> Self {
        Self {
            from: mail.from.clone(),
            answers: mail.reply_to.clone(),
            forwards: mail.forwards.clone(),
            awaited: Vec::new(),
            format: match mail.body {
                MailBody::Plain(_) => MailFormat::Plain,
                MailBody::Markdown(_) => MailFormat::Markdown,
                MailBody::Html(_) => MailFormat::Html,
            },
            headers: mail.headers.clone(),
            tracking: mail.tracking.clone(),
        }
    }
}
