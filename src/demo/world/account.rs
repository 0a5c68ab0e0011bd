//! Linked accounts of the demo world.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One linked account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Account {
    /// Name used in the texts of the world, such as `whatsapp-work`.
    pub(in crate::demo) key: String,
    pub(in crate::demo) network: Network,
    pub(in crate::demo) name: String,
    pub(in crate::demo) status: Status,
    pub(in crate::demo) created_at: i64,
    /// The owner's own id at the network.
    pub(in crate::demo) own_id: String,
    /// What the connection is made with: an address, a number or a user name.
    pub(in crate::demo) login: String,
    pub(in crate::demo) gone: bool,
    /// How often its history was asked to be fetched anew, and until when that runs.
    pub(in crate::demo) resync_until: Option<i64>,
    /// Whether the end of a part of that was told.
    #[serde(default)]
    pub(in crate::demo) chunk_told: bool,
    /// What the connection was made with besides the login, such as the servers of a mailbox; never a secret.
    #[serde(default)]
    pub(in crate::demo) made_with: Map<String, Value>,
}

impl Account {
    /// A setting that the connection was made with.
    pub(in crate::demo) fn setting(&self, name: &str) -> Option<&str> {
        self.made_with.get(name).and_then(Value::as_str)
    }
}

/// Networks, by the type that accounts show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::demo) enum Network {
    Linkedin,
    Whatsapp,
    Telegram,
    Instagram,
    Messenger,
    Twitter,
    Slack,
    Google,
    Outlook,
    Mail,
}

impl Network {
    /// The type of the account on the wire.
    pub(in crate::demo) fn word(self) -> &'static str {
        match self {
            Self::Linkedin => "LINKEDIN",
            Self::Whatsapp => "WHATSAPP",
            Self::Telegram => "TELEGRAM",
            Self::Instagram => "INSTAGRAM",
            Self::Messenger => "MESSENGER",
            Self::Twitter => "TWITTER",
            Self::Slack => "SLACK",
            Self::Google => "GOOGLE_OAUTH",
            Self::Outlook => "OUTLOOK",
            Self::Mail => "MAIL",
        }
    }

    pub(in crate::demo) fn is_mail(self) -> bool {
        matches!(self, Self::Google | Self::Outlook | Self::Mail)
    }
}

/// Health of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::demo) enum Status {
    Ok,
    Connecting,
    Credentials,
    Stopped,
    Error,
}

impl Status {
    pub(in crate::demo) fn word(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Connecting => "CONNECTING",
            Self::Credentials => "CREDENTIALS",
            Self::Stopped => "STOPPED",
            Self::Error => "ERROR",
        }
    }
}
