//! Mailboxes of the demo world.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// The mail of one account.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::demo) struct Mailbox {
    pub(in crate::demo) account: u32,
    pub(in crate::demo) folders: Vec<Folder>,
    /// Every mail that ever lay here, in the order in which they came; numbers never change.
    pub(in crate::demo) mails: Vec<Mail>,
    pub(in crate::demo) later: VecDeque<Mail>,
}

/// A folder or label.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Folder {
    pub(in crate::demo) name: String,
    pub(in crate::demo) role: String,
    pub(in crate::demo) provider_id: String,
}

/// A mail address and the name shown with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::demo) struct Address {
    pub(in crate::demo) name: String,
    pub(in crate::demo) address: String,
}

/// One mail.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::demo) struct Mail {
    pub(in crate::demo) at: i64,
    pub(in crate::demo) thread: String,
    /// Names of the folders and labels it lies in; the first one gives its role.
    pub(in crate::demo) folders: Vec<String>,
    pub(in crate::demo) read_at: Option<i64>,
    pub(in crate::demo) message_id: String,
    pub(in crate::demo) from: Address,
    pub(in crate::demo) to: Vec<Address>,
    pub(in crate::demo) cc: Vec<Address>,
    pub(in crate::demo) bcc: Vec<Address>,
    pub(in crate::demo) reply_to: Vec<Address>,
    pub(in crate::demo) subject: Option<String>,
    pub(in crate::demo) html: String,
    pub(in crate::demo) plain: String,
    pub(in crate::demo) attachments: Vec<MailFile>,
    pub(in crate::demo) headers: Vec<(String, String)>,
    /// Message-ID of the mail that this one answers.
    pub(in crate::demo) in_reply_to: Option<String>,
    pub(in crate::demo) tracking_id: Option<String>,
    /// Sent through this server.
    pub(in crate::demo) from_here: bool,
    pub(in crate::demo) draft_id: Option<String>,
    pub(in crate::demo) gone: bool,
    /// Until then the server says that parts are still missing.
    pub(in crate::demo) complete_at: i64,
}

/// A file on a mail.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::demo) struct MailFile {
    pub(in crate::demo) name: String,
    pub(in crate::demo) cid: Option<String>,
    pub(in crate::demo) mime: Option<String>,
    /// A text that stands in for drawn bytes, such as an invitation.
    pub(in crate::demo) text: Option<String>,
    /// Bytes that somebody sent.
    #[serde(with = "super::chat::bytes_text")]
    pub(in crate::demo) bytes: Option<Vec<u8>>,
}
