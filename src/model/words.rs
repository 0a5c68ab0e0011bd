//! Values that are written as a word: by the server, in the store, in what the shell prints. A word nobody knows is
//! kept as it came and can be written again.

use std::borrow::Cow;

use super::account::{AccountStatus, Provider};
use super::chat::ChatKind;
use super::email::{Extent, FolderRole};
use super::message::MessageEvent;

/// A value with a spelling.
pub trait Spelled: Sized {
    fn from_word(word: &str) -> Self;
    fn to_word(&self) -> Cow<'_, str>;
}

/// Gives enums their words: `spelled! { Provider { "WHATSAPP" => Whatsapp, "LINKEDIN" => Linkedin } }`. Every enum has
/// a variant `Other(String)`, which is not listed.
macro_rules! spelled {
    ($($name:ident { $($word:literal => $variant:ident),* $(,)? })*) => {$(
        impl crate::model::words::Spelled for $name {
            fn from_word(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)*
                    other => Self::Other(crate::model::text::clean(other)),
                }
            }

            fn to_word(&self) -> std::borrow::Cow<'_, str> {
                match self {
                    $(Self::$variant => $word.into(),)*
                    Self::Other(word) => word.as_str().into(),
                }
            }
        }
    )*};
}

pub(crate) use spelled;

spelled! {
    Provider {
        "LINKEDIN" => Linkedin, "WHATSAPP" => Whatsapp, "TELEGRAM" => Telegram, "INSTAGRAM" => Instagram,
        "MESSENGER" => Messenger, "TWITTER" => Twitter, "SLACK" => Slack, "MAIL" => Imap,
        "GOOGLE_OAUTH" => Google, "OUTLOOK" => Outlook, "ICLOUD" => Icloud, "EXCHANGE" => Exchange,
        "GOOGLE_CALENDAR" => GoogleCalendar, "MOBILE" => Mobile,
    }
    AccountStatus {
        "OK" => Ok, "CONNECTING" => Connecting, "STOPPED" => Stopped, "ERROR" => Error,
        "PERMISSIONS" => Permissions, "CREDENTIALS" => Credentials,
    }
    ChatKind { "0" => OneToOne, "1" => Group, "2" => Channel }
    MessageEvent {
        "0" => Unknown, "1" => Reaction, "2" => ReactionToOwner, "3" => GroupCreated, "4" => TitleChanged,
        "5" => ParticipantAdded, "6" => ParticipantRemoved, "7" => ParticipantLeft, "8" => MissedVoiceCall,
        "9" => MissedOtherCall,
    }
    Extent { "0_ref" => Reference, "1_meta" => Metadata, "2_full" => Full }
    FolderRole {
        "inbox" => Inbox, "sent" => Sent, "archive" => Archive, "drafts" => Drafts, "trash" => Trash,
        "spam" => Spam, "all" => All, "important" => Important, "starred" => Starred, "unknown" => Unknown,
    }
}
