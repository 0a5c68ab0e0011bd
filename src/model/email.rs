//! Mails, folders, drafts, the address book.

use jiff::Timestamp;

use super::account::Provider;
use super::id::{AccountId, AttachmentId, EmailId, FolderId};

/// One mail.
#[derive(Debug, Clone, PartialEq)]
pub struct Email {
    pub id: EmailId,
    /// The id that older servers gave.
    pub deprecated_id: Option<EmailId>,
    pub account_id: AccountId,
    pub provider: Option<Provider>,
    /// How much of it is filled in.
    pub extent: Option<Extent>,
    pub date: Timestamp,
    /// Role of the folder it lies in.
    pub role: FolderRole,
    /// Names of its folders.
    pub folders: Vec<String>,
    pub folder_ids: Vec<FolderId>,
    pub is_read: bool,
    /// When it was read, as far as the server knows; whether it was is in `is_read`.
    pub read_date: Option<Timestamp>,
    /// The `Message-ID` header, angle brackets included.
    pub message_id: Option<String>,
    /// Opaque, sometimes a JSON text.
    pub provider_id: Option<String>,
    /// Groups a conversation.
    pub thread_id: Option<String>,
    pub from: Option<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub bcc: Vec<Address>,
    pub reply_to: Vec<Address>,
    pub subject: Option<String>,
    /// HTML as a rule.
    pub body: Option<String>,
    /// Often empty even when `body` is not.
    pub body_plain: Option<String>,
    pub has_attachments: Option<bool>,
    pub attachments: Vec<EmailAttachment>,
    /// Only where they were asked for.
    pub headers: Vec<Header>,
    pub origin: Option<Origin>,
    /// Ties a sent mail to the answer of sending it.
    pub tracking_id: Option<String>,
    pub in_reply_to: Option<InReplyTo>,
    /// Whether the server has fetched all of its parts.
    pub is_complete: Option<bool>,
    /// About the mail that this one answers, as JSON text; its shape is not documented.
    pub parent_mail: Option<String>,
}

/// How much of a mail is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Extent {
    Reference,
    /// All but the bodies.
    Metadata,
    Full,
    Other(String),
}

/// What a folder is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FolderRole {
    Inbox,
    Sent,
    Archive,
    Drafts,
    Trash,
    Spam,
    All,
    Important,
    Starred,
    Unknown,
    Other(String),
}

/// Who wrote a mail with which program.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Sent through this API.
    Unipile,
    External,
    Other(String),
}

/// A sender or a recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub name: Option<String>,
    /// The mail address.
    pub address: String,
    pub kind: Option<AddressKind>,
    pub picture_url: Option<String>,
}

impl Address {
    /// A mail address without a name.
    pub fn new(address: impl Into<String>) -> Self {
        Self {
            name: None,
            address: address.into(),
            kind: None,
            picture_url: None,
        }
    }

    /// The same address with a name in front.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            ..self
        }
    }
}

/// What kind of address it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AddressKind {
    Email,
    Other(String),
}

/// A file that hangs on a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailAttachment {
    pub id: AttachmentId,
    pub name: String,
    pub extension: Option<String>,
    /// In bytes.
    pub size: Option<u64>,
    pub mime: Option<String>,
    /// Name by which the HTML body shows it in place.
    pub cid: Option<String>,
}

/// A header line of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    pub value: String,
}

/// The mail that another one answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InReplyTo {
    /// Its `Message-ID` header.
    pub message_id: Option<String>,
    pub id: Option<EmailId>,
}

/// A folder or a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    pub id: FolderId,
    pub account_id: AccountId,
    pub name: String,
    pub role: FolderRole,
    /// How many mails lie in it.
    pub mails: Option<u64>,
    /// What the list of mails wants in order to show only this folder.
    pub provider_id: String,
}

/// What the server says about a mail that it has sent. The mail itself appears at the next sync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentEmail {
    /// Not the mail's id; the synced mail carries it too.
    pub tracking_id: String,
    pub provider_id: Option<String>,
    /// Outlook only.
    pub provider_immutable_id: Option<String>,
}

/// What became of a mail that was to be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum EmailRemoval {
    Deleted,
    Trashed,
    Other(String),
}

/// An entry of the address book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub id: String,
    pub account_id: Option<AccountId>,
    pub source: Option<String>,
    pub given_name: Option<String>,
    pub middle_name: Option<String>,
    pub surname: Option<String>,
    pub nickname: Option<String>,
    pub company_name: Option<String>,
    pub job_title: Option<String>,
    pub picture_url: Option<String>,
    pub emails: Vec<ContactPoint>,
    pub phone_numbers: Vec<ContactPoint>,
}

/// A mail address or a phone number of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPoint {
    pub value: String,
    /// Such as `home` or `work`.
    pub label: Option<String>,
}
