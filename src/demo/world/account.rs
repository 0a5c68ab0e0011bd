//! Linked accounts of the demo world.

use serde::{Deserialize, Serialize};

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
