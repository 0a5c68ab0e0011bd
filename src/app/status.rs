//! How it goes with fetching and sending, as the screen tells it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::id::{AccountId, AttachmentId, MessageId};

/// Whether the server is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Link {
    /// Nothing was asked yet.
    #[default]
    Unknown,
    Online,
    Offline {
        since: Timestamp,
        next_try: Timestamp,
        reason: String,
    },
    /// The key was refused.
    Refused {
        reason: String,
    },
    /// Another onebox fetches and sends for this profile.
    Elsewhere,
    /// There is no server to ask.
    Nowhere,
}

/// A file on its way to this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetching {
    pub name: String,
    pub bytes: u64,
    /// How many there will be, where the server tells.
    pub of: Option<u64>,
    /// The message it hangs on, and which of its files it is.
    pub what: (MessageId, AttachmentId),
}

/// How it goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sync {
    pub link: Link,
    /// What is being fetched, by account.
    pub working: BTreeMap<AccountId, Vec<&'static str>>,
    /// What went wrong last, by account.
    pub problems: BTreeMap<AccountId, String>,
    /// Nothing is left to fetch that is known of.
    pub settled: bool,
    /// The server reports by itself.
    pub hooked: bool,
    /// Something that concerns all, in words.
    pub trouble: Option<String>,
}
